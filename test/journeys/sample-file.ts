/** A name and a hospital number that stand on the first page of the sample. */
export const patient = { names: ['Maria Beispiel'], numbers: ['4711-0815'] } as const;
/** What can be read on its pages and points to nobody. */
export const harmless = 'Visible words of a report';

/** A PDF of two pages with an annotation and document information; its first page names a patient, its second one nobody. */
export function samplePdf(): Uint8Array {
  const content = (...lines: readonly string[]) => {
    const text = lines.map((line, index) => `BT /F1 16 Tf 30 ${150 - index * 30} Td (${line}) Tj ET`).join('\n');
    return `<< /Length ${text.length} >>\nstream\n${text}\nendstream`;
  };
  const page = (contents: string, rest = '') =>
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents ${contents} /Resources << /Font << /F1 5 0 R >> >> ${rest}>>`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R 8 0 R] /Count 2 >>',
    page('4 0 R', '/Annots [6 0 R] '),
    content(`Patient: ${patient.names[0]}`, `Hospital number ${patient.numbers[0]}`, 'Aortic root 45 mm'),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    '<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] /Contents (A hidden remark) >>',
    '<< /Author (Hidden Author) >>',
    page('9 0 R'),
    content(harmless),
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 7 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
