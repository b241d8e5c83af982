import { PDFDocument, StandardFonts } from 'pdf-lib';
import sharp from 'sharp';
import type { Added, ReviewFinding, Which } from '../../bot/pages/pages.ts';
import type { Certainty, IdentifierKind } from '../../domain/identifiers/spans.ts';
import type { Box } from '../../domain/ports.ts';

/** A piece of a line; with a kind it is what the search finds. */
type Part = string | readonly [text: string, kind: IdentifierKind, certainty: Certainty];
interface Line {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly parts: readonly Part[];
}

const sheet = { width: 595, height: 842 };
const metrics = await (await PDFDocument.create()).embedFont(StandardFonts.Helvetica);
/** Drawn in a font of Helvetica's widths, so that a frame stands where its word does. */
const font = 'Liberation Sans, Arimo, Helvetica, Arial, sans-serif';

const certain = (text: string, kind: IdentifierKind): Part => [text, kind, 'certain'];
const possible = (text: string, kind: IdentifierKind): Part => [text, kind, 'possible'];
const paragraph = (top: number, lines: readonly (readonly Part[])[]): Line[] =>
  lines.map((parts, at) => ({ x: 64, y: top + at * 19, size: 11.5, parts }));

const letter: readonly Line[] = [
  { x: 64, y: 84, size: 19, parts: [possible('Lakeside Teaching Hospital', 'institution')] },
  { x: 64, y: 104, size: 10.5, parts: ['Vascular outpatient clinic · Tel. ', certain('+32 2 555 01 47', 'phone')] },
  ...paragraph(160, [
    ['Patient: ', certain('Marisol Quint', 'name'), '     born ', certain('14.03.1987', 'birth-date')],
    ['Hospital no. ', certain('LT-4471902', 'number'), '     ', certain('12 Harbour Walk, 4021 Brightport', 'address')],
  ]),
  ...paragraph(232, [
    ['Dear colleague,'],
    [],
    [
      'thank you for seeing Mrs ',
      certain('Quint', 'name'),
      ', who was referred on ',
      possible('3 October 2026', 'date'),
    ],
    [
      'with a dilated aortic root. Her brother ',
      possible('Tomas Quint', 'name'),
      ' was operated on in ',
      possible('2019', 'date'),
      '.',
    ],
    ['She lives with her family in ', possible('Brightport', 'place'), ' and works as a teacher.'],
    [],
    ['Echocardiography: sinus of Valsalva 44 mm, ascending aorta 38 mm,'],
    ['no aortic regurgitation. Left ventricular function is normal.'],
    ['Genetics: a pathogenic variant in FBN1 was confirmed.'],
    [],
    ['Question to the panel: timing of the next imaging, and whether'],
    ['prophylactic surgery should be planned before a pregnancy.'],
    [],
    ['For questions: ', certain('a.verhoeven@lakeside.example', 'email')],
    [],
    ['With kind regards'],
    [possible('Dr. Anouk Verhoeven', 'name')],
  ]),
];
const results: readonly Line[] = [
  { x: 64, y: 84, size: 15, parts: ['Results'] },
  ...paragraph(120, [
    [certain('Quint, Marisol', 'name'), ' · ', certain('LT-4471902', 'number'), ' · ', possible('12.10.2026', 'date')],
    [],
    ['Haemoglobin            13.1 g/dl'],
    ['Creatinine                0.8 mg/dl'],
    ['NT-proBNP              92 ng/l'],
    [],
    ['Blood pressure 118/74 mmHg, heart rate 64/min, height 181 cm.'],
    ['Systemic score 8 of 20.'],
  ]),
];
const frame: readonly Line[] = [
  { x: 60, y: 120, size: 13, parts: [certain('QUINT M', 'name'), '  ', certain('LT-4471902', 'number')] },
  { x: 60, y: 138, size: 13, parts: [possible('12/10/2026', 'date'), ' 09:41   MI 1.2'] },
];
const dense: readonly Line[] = Array.from({ length: 20 }, (_, at) => ({
  x: 64,
  y: 90 + at * 34,
  size: 11.5,
  parts: [
    `Entry ${at + 1}: seen by `,
    possible('Dr. Verhoeven', 'name'),
    ' for follow-up; no change of the aortic root.',
  ],
}));

export const sampleText = `Discharge summary

Patient: Marisol Quint
Born: 14.03.1987
Hospital no.: LT-4471902

Mrs Quint was admitted on 3 October 2026 with chest pain.
A dissection was ruled out. Please call +32 2 555 01 47.
`;
const textFindings: readonly (readonly [string, IdentifierKind, Certainty])[] = [
  ['Marisol Quint', 'name', 'certain'],
  ['14.03.1987', 'birth-date', 'certain'],
  ['LT-4471902', 'number', 'certain'],
  ['Mrs Quint', 'name', 'possible'],
  ['3 October 2026', 'date', 'possible'],
  ['+32 2 555 01 47', 'phone', 'certain'],
];

interface Sample {
  readonly pages: readonly { readonly width: number; readonly height: number }[];
  readonly findings: readonly ReviewFinding[];
}

/** What the search finds in the sample letter of three pages, or in `pages` pages of 20 names each. */
export function samplePdf(pages?: number): Sample {
  const count = pages ?? 3;
  const findings = Array.from({ length: count }, (_, at) => at + 1).flatMap((page) =>
    placed(linesOf(page, count)).flatMap(({ part, box }): Omit<ReviewFinding, 'id'>[] =>
      typeof part === 'string'
        ? []
        : [
            {
              page,
              boxes: [box],
              start: 0,
              end: 0,
              source: darkOf(page, count) ? 'picture' : 'text',
              kind: part[1],
              certainty: part[2],
            },
          ],
    ),
  );
  return {
    pages: Array.from({ length: count }, () => sheet),
    findings: findings.map((finding, at) => ({ ...finding, id: `f${at + 1}` })),
  };
}

/** The same for the sample text. */
export function sampleTxt(): Sample {
  const findings = textFindings.map(([words, kind, certainty], at): ReviewFinding => {
    const start = sampleText.indexOf(words);
    return { id: `f${at + 1}`, page: 1, boxes: [], start, end: start + words.length, source: 'text', kind, certainty };
  });
  return { pages: [{ width: 60, height: 9 }], findings };
}

/** Where a word stands in the sample letter: the parts that hold it. */
export function placesOf(phrase: string, count: number): Added[] {
  const wanted = phrase.toLowerCase();
  return Array.from({ length: count }, (_, at) => at + 1).flatMap((page) =>
    placed(linesOf(page, count)).flatMap(({ part, x, y, size }) => {
      const text = typeof part === 'string' ? part : part[0];
      const at = text.toLowerCase().indexOf(wanted);
      if (at < 0) return [];
      const before = metrics.widthOfTextAtSize(text.slice(0, at), size);
      return [{ page, box: boxOf(x + before, y, size, text.slice(at, at + phrase.length)) }];
    }),
  );
}

/** One page as a PNG: 'before' with a comment on it, 'after' with black boxes. */
export async function samplePicture(
  page: number,
  count: number,
  width: number,
  which: Which,
  gone: readonly Box[],
): Promise<Uint8Array> {
  const dark = darkOf(page, count);
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const words = placed(linesOf(page, count)).map(({ part, x, y, size }) => {
    const text = typeof part === 'string' ? part : part[0];
    const colour = dark ? '#e8e8e8' : '#1b1b1b';
    return `<text xml:space="preserve" x="${x}" y="${y}" font-size="${size}" fill="${colour}">${escaped(text)}</text>`;
  });
  const scan = dark
    ? `<rect x="48" y="96" width="500" height="420" fill="#0b0b0d"/><path d="M300 150 L470 470 A300 300 0 0 1 130 470 Z" fill="#2b2b30"/>
       <path d="M210 390 q90 -120 180 0 q-90 70 -180 0" fill="#08080a" stroke="#777" stroke-width="3"/>`
    : '';
  const comment =
    which === 'before' && page === 1
      ? `<rect x="400" y="560" width="150" height="58" rx="6" fill="#ffe58a" stroke="#b58900"/>
         <text x="412" y="583" font-size="11">Ask Mrs Quint’s brother</text><text x="412" y="600" font-size="11">to send his scans, too</text>`
      : '';
  const boxes = gone.map(
    ({ left, top, width: wide, height }) =>
      `<rect x="${left * sheet.width}" y="${top * sheet.height}" width="${wide * sheet.width}" height="${height * sheet.height}"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" viewBox="0 0 ${sheet.width} ${sheet.height}" font-family="${font}">
    <rect width="100%" height="100%" fill="#fff"/>${scan}${words.join('')}${comment}${boxes.join('')}</svg>`;
  return new Uint8Array(await sharp(Buffer.from(svg)).png({ palette: true }).toBuffer());
}

function darkOf(page: number, count: number): boolean {
  return count === 3 && page === 3;
}

function linesOf(page: number, count: number): readonly Line[] {
  if (count !== 3) return dense;
  return [letter, results, frame][page - 1] ?? [];
}

/** Every part of the lines with the place where it begins and the box around it. */
function placed(lines: readonly Line[]) {
  return lines.flatMap(({ x, y, size, parts }) => {
    let at = x;
    return parts.map((part) => {
      const text = typeof part === 'string' ? part : part[0];
      const here = at;
      at += metrics.widthOfTextAtSize(text, size);
      return { part, x: here, y, size, box: boxOf(here, y, size, text) };
    });
  });
}

function boxOf(x: number, y: number, size: number, text: string): Box {
  return {
    left: (x - 1.5) / sheet.width,
    top: (y - size * 0.86) / sheet.height,
    width: (metrics.widthOfTextAtSize(text, size) + 3) / sheet.width,
    height: (size * 1.2) / sheet.height,
  };
}
