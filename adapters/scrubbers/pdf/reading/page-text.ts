import type { PageText } from '../../../../domain/ports.ts';
import { heap, type OpenPdf, type Pdfium } from '../pdfium.ts';
import { type Frame, frameOf, type Rect, shownAt } from './frame.ts';

/** One character that PDFium sees on a page, with what it says (several UTF-16 units of one surrogate pair) and where, in the page's own space. */
export interface Glyph {
  readonly says: string;
  /** Its place among all that the engine reads on the page. */
  readonly at: number;
  /** The font's height and the glyph's advance. */
  loose: Rect;
  /** What is inked. */
  readonly tight: Rect;
}

/** What PDFium reads on one page. */
export interface PageGlyphs {
  readonly frame: Frame;
  /** In reading order. Spaces, line ends and what the engine made up itself have no rectangles. */
  readonly glyphs: readonly (Glyph | { readonly says: ' ' | '\n' })[];
  /** Which of them are seen, and mean what their font does not tell: the text may not be what is seen. */
  readonly unmapped: ReadonlySet<number>;
  /** Letters that make no words: as well. */
  readonly garbled: boolean;
}

const MAX_CHARACTERS = 500_000;
const HYPHEN = 2;
const FIRST_PRINTED = 32;
/** What characters of Unicode's private use area mean only their font tells. */
const PRIVATE = { from: 0xe000, to: 0xf8ff };

/**
 * Reads the characters of a page (from 0) with their places, as PDFium finds them (its FPDFText functions): words and lines in the order of the content, ligatures as
 * their letters, hyphens at the end of a line followed by a line break. A page that cannot be read gives none.
 */
export function readGlyphs(pdfium: Pdfium, pdf: OpenPdf, page: number): PageGlyphs {
  const frame = frameOf(pdfium, pdf, page);
  const { lib } = pdfium;
  const { malloc, free } = lib.pdfium.wasmExports;
  const place = malloc(48);
  try {
    return (
      pdf.withPage(page, (handle) => {
        const text = lib.FPDFText_LoadPage(handle);
        if (text === 0) return undefined;
        try {
          return { frame, ...charactersOf(pdfium, text, place) };
        } finally {
          lib.FPDFText_ClosePage(text);
        }
      }) ?? { frame, glyphs: [], unmapped: new Set(), garbled: false }
    );
  } finally {
    free(place);
  }
}

function charactersOf({ lib }: Pdfium, text: number, place: number): Omit<PageGlyphs, 'frame'> {
  const glyphs: PageGlyphs['glyphs'][number][] = [];
  const count = Math.min(lib.FPDFText_CountChars(text), MAX_CHARACTERS);
  const read = numbersAt(lib, place);
  const unmapped = new Set<number>();
  for (let index = 0; index < count; index++) {
    const code = lib.FPDFText_GetUnicode(text, index);
    if (code === 13) continue;
    if (code === 10) glyphs.push(LINE_END);
    else if (code === FIRST_PRINTED || code === 0xa0 || lib.FPDFText_IsGenerated(text, index) === 1) glyphs.push(SPACE);
    else {
      const says =
        code === HYPHEN
          ? '-'
          : code < FIRST_PRINTED
            ? '\ufffd'
            : code > 0xffff
              ? String.fromCodePoint(code)
              : String.fromCharCode(code);
      const where = rectangles(lib, text, index, place, read);
      const meansNothing = (code < FIRST_PRINTED && code !== HYPHEN) || (code >= PRIVATE.from && code <= PRIVATE.to);
      // A code without a glyph shows nothing that could say anything else.
      if ((meansNothing || lib.FPDFText_HasUnicodeMapError(text, index) === 1) && isInked(where.tight))
        unmapped.add(glyphs.length);
      glyphs.push({ says, at: index, ...where });
      if (code === HYPHEN) glyphs.push(LINE_END);
    }
  }
  lowerTallBoxes(glyphs);
  return { glyphs, unmapped, garbled: isGibberish(glyphs.map(({ says }) => says).join('')) };
}

/** So many times as high as what is inked may a line's boxes be: some fonts claim the height of several lines. */
const TALLEST = 2.4;
const ABOVE = 0.3;

type Placed = PageGlyphs['glyphs'][number];

/** Makes the boxes of each run of characters of one height no higher than its ink asks for, so that they do not reach into the lines around it. */
function lowerTallBoxes(glyphs: readonly Placed[]): void {
  let run: Glyph[] = [];
  const end = () => {
    const [first] = run;
    let [inked, bottom, top] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const { tight } of run) {
      if (tight.top <= tight.bottom) continue;
      inked++;
      if (tight.bottom < bottom) bottom = tight.bottom;
      if (tight.top > top) top = tight.top;
    }
    const ink = top - bottom;
    if (first && inked >= 4 && first.loose.top - first.loose.bottom > TALLEST * ink)
      for (const glyph of run) glyph.loose = { ...glyph.loose, bottom: bottom - ABOVE * ink, top: top + ABOVE * ink };
    run = [];
  };
  for (const glyph of glyphs) {
    if (!('loose' in glyph)) {
      if (glyph.says === '\n') end();
      continue;
    }
    const [first] = run;
    if (first && (!near(first.loose.top, glyph.loose.top) || !near(first.loose.bottom, glyph.loose.bottom))) end();
    run.push(glyph);
  }
  end();
}

/** Less than a hair, in points: the engine gives a glyph without any outline the height of nothing. */
const HAIR = 0.05;

function isInked({ left, right, bottom, top }: Rect): boolean {
  return Math.min(right - left, top - bottom) > HAIR;
}

const near = (one: number, other: number): boolean => Math.abs(one - other) < 0.01;

const SPACE = { says: ' ' } as const;
const LINE_END = { says: '\n' } as const;

/** Reads the numbers that the engine wrote: four of 8 bytes, four of 4 bytes behind them. Its memory is another one after it grew. */
function numbersAt(lib: Pdfium['lib'], place: number): (index: number) => number {
  let long = new Float64Array(heap(lib).buffer, place, 4);
  let short = new Float32Array(heap(lib).buffer, place + 32, 4);
  return (index) => {
    // What looked into the memory before it grew is empty.
    if (long.length === 0) {
      long = new Float64Array(heap(lib).buffer, place, 4);
      short = new Float32Array(heap(lib).buffer, place + 32, 4);
    }
    return (index < 4 ? long[index] : short[index - 4]) ?? 0;
  };
}

function rectangles(
  lib: Pdfium['lib'],
  text: number,
  index: number,
  place: number,
  read: (index: number) => number,
): { loose: Rect; tight: Rect } {
  const inked = lib.FPDFText_GetCharBox(text, index, place, place + 8, place + 16, place + 24);
  const tight = inked ? { left: read(0), bottom: read(2), right: read(1), top: read(3) } : NOWHERE;
  if (!lib.FPDFText_GetLooseCharBox(text, index, place + 32)) return { loose: tight, tight };
  const loose = { left: read(4), bottom: read(7), right: read(6), top: read(5) };
  if (!inked) return { loose, tight };
  // A font may say that it has no height.
  return {
    loose: {
      left: Math.min(loose.left, tight.left),
      bottom: Math.min(loose.bottom, tight.bottom),
      right: Math.max(loose.right, tight.right),
      top: Math.max(loose.top, tight.top),
    },
    tight,
  };
}

const NOWHERE: Rect = { left: 0, bottom: 0, right: 0, top: 0 };

/** Half of the longer words without a vowel: letters under a false code, for no language of the network writes so. */
function isGibberish(text: string): boolean {
  const words = text.match(/[a-z]{4,}/gi) ?? [];
  if (words.length < 8) return false;
  const mute = words.filter((word) => !/[aeiouy]/i.test(word)).length;
  return mute * 2 > words.length;
}

/** The page's text with four shares for each UTF-16 unit, as the domain has it. `page` is 1-based. */
export function pageText(page: number, { frame, glyphs }: PageGlyphs): PageText {
  const text = glyphs.map(({ says }) => says).join('');
  const places = new Float32Array(text.length * 4);
  let at = 0;
  for (const glyph of glyphs) {
    if ('loose' in glyph) {
      const { left, top, width, height } = clamped(shownAt(frame, glyph.loose));
      for (let part = 0; part < glyph.says.length; part++) {
        places[at + part * 4] = left;
        places[at + part * 4 + 1] = top;
        places[at + part * 4 + 2] = width;
        places[at + part * 4 + 3] = height;
      }
    }
    at += glyph.says.length * 4;
  }
  return { page, source: 'text', text, places };
}

function clamped(box: { left: number; top: number; width: number; height: number }): typeof box {
  const left = Math.min(1, Math.max(0, box.left));
  const top = Math.min(1, Math.max(0, box.top));
  return {
    left,
    top,
    width: Math.max(0, Math.min(1, box.left + box.width) - left),
    height: Math.max(0, Math.min(1, box.top + box.height) - top),
  };
}
