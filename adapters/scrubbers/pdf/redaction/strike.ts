import type { Box } from '../../../../domain/ports.ts';
import { heap, type Pdfium } from '../pdfium.ts';
import { type Frame, meet, type Rect, shownAt, spaceAt } from '../reading/frame.ts';
import type { Glyph, PageGlyphs } from '../reading/page-text.ts';
import type { Area } from './mask.ts';

/** So much of a character's width and height must lie under a box of found words: those of the lines around it touch it by their own boxes. */
const HALF = 0.5;
/** Under a box that a person drew, a character goes that is covered by more than a hair. */
const HAIR = 0.12;

/** Which characters of a page lie under the areas. */
export function struckBy(areas: readonly Area[], { frame, glyphs }: PageGlyphs): ReadonlySet<number> {
  const struck = new Set<number>();
  const inSpace = areas.map(({ box, drawn }) => ({ rect: spaceAt(frame, box), drawn }));
  for (let index = 0; index < glyphs.length; index++) {
    const glyph = glyphs[index];
    if (!glyph || !('loose' in glyph)) continue;
    for (const { rect, drawn } of inSpace)
      if (meet(rect, glyph.loose) && (drawn ? covers(rect, visibleOf(glyph), HAIR) : covers(rect, glyph.loose, HALF))) {
        struck.add(index);
        break;
      }
  }
  return struck;
}

function visibleOf({ tight, loose }: Glyph): Rect {
  return tight.right > tight.left && tight.top > tight.bottom ? tight : loose;
}

function covers(rect: Rect, other: Rect, share: number): boolean {
  if (!meet(rect, other)) return false;
  const across = Math.min(rect.right, other.right) - Math.max(rect.left, other.left);
  const down = Math.min(rect.top, other.top) - Math.max(rect.bottom, other.bottom);
  return across >= (other.right - other.left) * share && down >= (other.top - other.bottom) * share;
}

/** The rectangles of characters, small enough that they touch no neighbour. */
export function middlesOf({ glyphs }: PageGlyphs, struck: ReadonlySet<number>): Rect[] {
  return [...struck].flatMap((index) => {
    const glyph = glyphs[index];
    return glyph && 'loose' in glyph ? [inner(visibleOf(glyph), INNER, INNER)] : [];
  });
}

/** The places of the characters that stay, as shown. */
export function keptPlaces({ frame, glyphs }: PageGlyphs, struck: ReadonlySet<number>): Box[] {
  return glyphs.flatMap((glyph, index) =>
    'loose' in glyph && !struck.has(index) ? [shownAt(frame, glyph.loose)] : [],
  );
}

const QUAD_BYTES = 32;
const WINDING = 2;
/** PDFium takes away what a rectangle touches: a character's own is made smaller, so that its neighbours do not. */
const INNER = 0.2;

/**
 * Takes what stands at `middles` out of a loaded page's content, and what else stands in the middle of an area, paints `covers` black, and writes the content anew (PDFium's text
 * redaction, forms included). Gives false when the engine changed nothing or could not write it.
 */
export function strike(
  { lib }: Pdfium,
  page: number,
  frame: Frame,
  middles: readonly Rect[],
  areas: readonly Area[],
  covers: readonly Box[],
): boolean {
  const { malloc, free } = lib.pdfium.wasmExports;
  const rects = [...middles, ...areas.map(({ box, drawn }) => middleOf(frame, box, drawn))];
  const place = malloc(rects.length * QUAD_BYTES);
  if (place === 0) return false;
  try {
    for (const [index, { left, bottom, right, top }] of rects.entries())
      new Float32Array(heap(lib).buffer, place + index * QUAD_BYTES, 8).set([
        left,
        top,
        right,
        top,
        left,
        bottom,
        right,
        bottom,
      ]);
    if (!lib.EPDFText_RedactInQuads(page, place, rects.length, true, false)) return false;
    for (const cover of covers) {
      const { left, bottom, right, top } = spaceAt(frame, cover);
      const path = lib.FPDFPageObj_CreateNewRect(left, bottom, right - left, top - bottom);
      if (path === 0) return false;
      lib.FPDFPageObj_SetFillColor(path, 0, 0, 0, 255);
      lib.FPDFPath_SetDrawMode(path, WINDING, false);
      lib.FPDFPage_InsertObject(page, path);
    }
    return lib.FPDFPage_GenerateContent(page);
  } finally {
    free(place);
  }
}

/** The part of a box that no neighbouring line reaches into, in the page's own space. */
function middleOf(frame: Frame, box: Box, drawn: boolean): Rect {
  const rect = spaceAt(frame, box);
  if (drawn) return inner(rect, 0.02, 0.02);
  const upright = rect.top - rect.bottom > rect.right - rect.left;
  return upright ? inner(rect, 0.35, 0.03) : inner(rect, 0.03, 0.35);
}

function inner({ left, bottom, right, top }: Rect, x: number, y: number): Rect {
  const [across, down] = [(right - left) * x, (top - bottom) * y];
  return { left: left + across, right: right - across, bottom: bottom + down, top: top - down };
}
