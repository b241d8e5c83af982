// What tests of redaction do again and again.
import { expect } from 'vitest';
import type { Box, PageText, Redaction } from '../../../../domain/ports.ts';
import type { Format, Redacted } from '../../format.ts';
import { pdfFormat } from '../format.ts';
import type { Pdfium } from '../pdfium.ts';
import type { Part } from './planted.ts';
import { blindBench, encodings, everything } from './reading.ts';

/** A line with a name, and one below it. */
export const LETTER =
  'BT /F1 12 Tf 14 TL 20 150 Td (Report on Mary Poppins of Bath, aged 40) Tj T* (The next line says yes) Tj ET';

/** A form that says a name (PDF 32000-1, 8.10). */
export const FORM: Part = {
  dict: '/Type /XObject /Subtype /Form /BBox [0 0 300 60] /Resources << /Font << /F1 5 0 R >> >>',
  stream: 'BT /F1 12 Tf 20 20 Td (Mary Poppins in a form) Tj ET',
};

/** The boxes of a phrase, one for each line that it stands on, as the findings have them. */
export function boxesOf({ text, places }: PageText, phrase: string): Box[] {
  const squeezed = new RegExp(phrase.replace(/ /g, '[ \\n]+'));
  const match = squeezed.exec(text);
  if (!match) throw new Error('the page does not say this');
  return match[0].split('\n').reduce(
    ({ at, boxes }, line) => {
      const sides = Array.from(line, (_, unit) => unit).flatMap((unit) => {
        const [left = 0, top = 0, width = 0, height = 0] = places.subarray((at + unit) * 4, (at + unit) * 4 + 4);
        return width > 0 ? [{ left, top, right: left + width, bottom: top + height }] : [];
      });
      const left = Math.min(...sides.map((side) => side.left));
      const top = Math.min(...sides.map((side) => side.top));
      const width = Math.max(...sides.map((side) => side.right)) - left;
      const height = Math.max(...sides.map((side) => side.bottom)) - top;
      return { at: at + line.length + 1, boxes: [...boxes, { left, top, width, height }] };
    },
    { at: match.index, boxes: [] as Box[] },
  ).boxes;
}

/** A redacted file with what it says, and the pages (1-based) that became pictures. */
export interface Told extends Redacted {
  readonly says: string;
  readonly rasterised: readonly number[];
}

/** What a test does with files, on a loaded engine. */
export interface Redacting {
  readonly format: Format;
  readonly redacted: (prepared: Uint8Array, redactions: readonly Redaction[], flatten?: boolean) => Promise<Told>;
  /** Prepares a file and redacts a phrase where it stands first. Throws where no page says it. */
  readonly without: (file: Uint8Array, phrase: string) => Promise<Told>;
  /** Prepares a file and redacts a box of its first page. */
  readonly drawn: (file: Uint8Array, box: Box) => Promise<Told>;
  /** The shades of the pixels inside a box of a page (from 0). */
  readonly shadesIn: (file: Uint8Array, box: Box, page?: number) => Set<number>;
}

/** Gives the steps of a test of redaction. */
export function redacting(pdfium: Pdfium): Redacting {
  const format = pdfFormat(pdfium);

  async function redacted(prepared: Uint8Array, redactions: readonly Redaction[], flatten = false): Promise<Told> {
    const out = await format.redact(prepared, redactions, flatten, blindBench());
    const pdf = pdfium.open(out.file);
    const says = Array.from({ length: pdf.pages }, (_, page) => pdf.text(page)).join('\n');
    pdf.close();
    return { ...out, says, rasterised: out.notSearched.find(({ what }) => what === 'rasterised')?.pages ?? [] };
  }

  /** Prepares a file and redacts a phrase where it stands first. */
  async function without(file: Uint8Array, phrase: string): Promise<Told> {
    const { file: prepared, texts } = await format.prepare(file, blindBench());
    const text = texts.find(({ text: words }) => new RegExp(phrase.replace(/ /g, '[ \\n]+')).test(words));
    if (!text) throw new Error('no page says this');
    const asked: readonly Redaction[] = [{ page: text.page, kind: 'name', boxes: boxesOf(text, phrase) }];
    const told = await redacted(prepared, asked);
    // In one go, from what is open still, the same comes out.
    const { kept } = await format.prepare(file, { ...blindBench(), keep: true });
    const atOnce = await kept?.redact(asked, false, blindBench());
    kept?.close();
    expect(Buffer.from(atOnce?.file ?? []).equals(told.file)).toBe(true);
    return told;
  }

  async function drawn(file: Uint8Array, box: Box): Promise<Told> {
    const { file: prepared } = await format.prepare(file, blindBench());
    return redacted(prepared, [{ page: 1, kind: 'drawn', boxes: [box] }]);
  }

  /** The shades of the pixels inside a box of a page. */
  function shadesIn(file: Uint8Array, box: Box, page = 0): Set<number> {
    const pdf = pdfium.open(file);
    const { width, height } = pdf.size(page);
    const [across, down] = [Math.round(width * 2), Math.round(height * 2)];
    const rgba = pdf.render(page, across, down) ?? new Uint8Array();
    pdf.close();
    const shades = new Set<number>();
    for (let y = Math.ceil(box.top * down) + 3; y < (box.top + box.height) * down - 3; y++)
      for (let x = Math.ceil(box.left * across) + 3; x < (box.left + box.width) * across - 3; x++)
        shades.add((rgba[(y * across + x) * 4] ?? 0) >> 6);
    return shades;
  }

  return { format, redacted, without, drawn, shadesIn };
}

/** The forms in which a word is left in a redacted file. */
export function traces({ file, says }: Told, word: string): string[] {
  const all = everything(file);
  return [...encodings(word).filter((form) => all.includes(form)), ...(says.includes(word) ? ['text'] : [])];
}
