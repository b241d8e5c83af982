import { randomBytes } from 'node:crypto';
import { PDFDocument, PDFName, PDFString, StandardFonts } from 'pdf-lib';
import sharp from 'sharp';

/** Somebody who does not exist; no word of them may be found where the product keeps things. */
export const planted = {
  name: 'Annelise Vandersmit',
  birthDate: '1961-07-03',
  number: '4711-0815',
  author: 'Zorro Plantagenet',
  comment: 'Quixotic remark',
} as const;
export const known = { names: [planted.name], birthDate: planted.birthDate, numbers: [planted.number] };
/** What must not be found in any file or log: whole, and in its parts. */
export const plantedWords: readonly string[] = ['Vandersmit', '4711-0815', 'Zorro', 'Quixotic'];

/** A PDF of so many A4 pages of text: each one names the person once; the first has a comment, and the details an author. */
export async function letterPdf(pages: number, linesAPage: number): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  pdf.setAuthor(planted.author);
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let page = 1; page <= pages; page += 1) {
    const sheet = pdf.addPage([595, 842]);
    const text = (line: string, at: number) => sheet.drawText(line, { x: 56, y: 790 - at * 16, size: 11, font });
    text(`Patient: ${planted.name}, born 03.07.1961, hospital number ${planted.number}`, 0);
    for (let line = 1; line < linesAPage; line += 1)
      text(`Line ${line} of page ${page}: the aortic root is ${30 + ((page + line) % 20)} mm wide and stable.`, line);
  }
  const comment = pdf.context.obj({ Type: 'Annot', Subtype: 'Text', Rect: [300, 700, 330, 730] });
  comment.set(PDFName.of('Contents'), PDFString.of(planted.comment));
  pdf.getPage(0).node.set(PDFName.of('Annots'), pdf.context.obj([pdf.context.register(comment)]));
  return Buffer.from(await pdf.save());
}

/** A photograph of 48 megapixels and about 40 MB, as a phone takes them: with the person's name on a slip of paper, and an artist in its details. */
export async function photograph(): Promise<Buffer> {
  const [width, height] = [8000, 6000];
  const slip = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="4600" height="700"><rect width="4600" height="700" fill="#fff"/><text x="100" y="480" font-size="340" font-family="sans-serif">${planted.name}</text></svg>`,
  );
  // A sensor's noise, a hundred lines of it over and over: what makes a photograph large.
  const noise = randomBytes(width * 100 * 3).map((byte) => 80 + (byte & 127));
  const pixels = Buffer.concat(Array.from({ length: height / 100 }, () => noise));
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .composite([{ input: slip, left: 800, top: 600 }])
    .withExif({ IFD0: { Artist: planted.author } })
    .jpeg({ quality: 95 })
    .toBuffer();
}
