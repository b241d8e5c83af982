// Ways to put text on a page that nobody sees, one to a page.
import { type Part, type PlantedFile, writePdf } from './planted.ts';

/** Adds an object and gives its reference. */
export type Add = (part: Part) => string;

/** One way of hiding: it writes content for a page of 300 by 200 points on which a line of text stands at the top, in black 20-point Helvetica under the name /F1. */
export interface Trick {
  readonly place: string;
  readonly content: (text: string) => string | Uint8Array;
  /** Entries of the page's resources besides its fonts; `font` is the reference of /F1. */
  readonly resources?: (text: string, add: Add, font: string) => string;
  readonly fonts?: (text: string, add: Add) => string;
  /** Entries of the page. */
  readonly page?: string;
}

const SYLLABLES = ['KA', 'LU', 'ME', 'DO', 'RI', 'TA', 'NO', 'PE', 'SU', 'VA', 'ZE', 'BI', 'FA', 'GU', 'HE', 'JO'];

/** A word of eight letters that is easy to read in a picture, another one for each number below 65,536. */
export function codeWord(index: number): string {
  const mixed = (index * 40503 + 12345) & 0xffff;
  return [12, 8, 4, 0].map((shift) => SYLLABLES[(mixed >> shift) & 15]).join('');
}

/** A document with one page for each trick; the words are codeWord(from), codeWord(from + 1) … */
export function trickPdf(tricks: readonly Trick[], from = 0): PlantedFile {
  const objects: Part[] = ['null', 'null'];
  const add: Add = (part) => {
    objects.push(part);
    return `${objects.length} 0 R`;
  };
  const font = add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  const hidden = new Map<string, string>();
  const shown: string[] = [];
  const kids = tricks.map(({ place, content, resources, fonts, page }, index) => {
    const text = codeWord(from + index);
    hidden.set(place, text);
    shown.push(`Seen line ${index}`);
    const more = resources?.(text, add, font) ?? '';
    const faces = fonts?.(text, add) ?? '';
    const stream = Buffer.concat([
      Buffer.from(`q BT /F1 20 Tf 20 160 Td (Seen line ${index}) Tj ET Q\n`, 'latin1'),
      Buffer.from(content(text) as string, 'latin1'),
      Buffer.from('\n'),
    ]);
    return add(
      `<< /Type /Page /Parent 2 0 R ${page?.includes('/MediaBox') ? '' : '/MediaBox [0 0 300 200]'} ${page ?? ''} /Contents ${add({ dict: '', stream })} /Resources << /Font << /F1 ${font} ${faces} >> ${more} >> >>`,
    );
  });
  objects[0] = '<< /Type /Catalog /Pages 2 0 R >>';
  objects[1] = `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${kids.length} >>`;
  return { file: writePdf(objects), hidden, shown };
}

/** A line of text in /F1. */
export const at = (text: string, x = 60, y = 80, size = 24) => `BT /F1 ${size} Tf ${x} ${y} Td (${text}) Tj ET`;
/** A form as /X1 with content of its own. */
export const form = (dict: string, stream: (text: string) => string) => (text: string, add: Add, font: string) =>
  `/XObject << /X1 ${add({ dict: `/Type /XObject /Subtype /Form /BBox [0 0 300 200] /Resources << /Font << /F1 ${font} >> >> ${dict}`, stream: stream(text) })} >>`;
/** A tiling pattern as /P1. */
export const tile = (dict: string, stream: (text: string) => string) => (text: string, add: Add, font: string) =>
  `/Pattern << /P1 ${add({ dict: `/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 300 200] /XStep 300 /YStep 200 /Resources << /Font << /F1 ${font} >> >> ${dict}`, stream: stream(text) })} >>`;
/** A Type 3 font as /T3 whose codes begin with a. */
export const glyphs = (procs: (text: string, add: Add) => string, differences: string) => (text: string, add: Add) =>
  `/T3 ${add(`<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 99 /Widths [1000 1000 1000] /Encoding << /Type /Encoding /Differences [97 ${differences}] >> /CharProcs << ${procs(text, add)} >> /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>`)}`;
