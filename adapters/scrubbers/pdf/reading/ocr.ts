import type { Box, PageText } from '../../../../domain/ports.ts';
import type { PictureReader, Raster } from '../../format.ts';
import type { OpenPdf } from '../pdfium.ts';
import { pixelsAt } from '../redaction/raster.ts';
import type { PageFacts } from './facts.ts';
import { type Frame, type Rect, shownAt } from './frame.ts';
import { type Painted, shareOf } from './page-objects.ts';
import type { PageGlyphs } from './page-text.ts';

/** A page as a whole. */
export const WHOLE: Box = { left: 0, top: 0, width: 1, height: 1 };
const DPI = 200;
const MAX_PIXELS = 4_500_000;
/** Pictures that take so much of a page make it a scan. */
const SCAN = 0.4;
/** Strips of one picture stand so near to each other, in points. */
const NEAR = 3;
/** A mark of less height or width holds no word that a person could read. */
const LEAST_HEIGHT = 5;
const LEAST_WIDTH = 14;
/** So many small shapes with curves, or one shape with so many, may be letters that were turned into outlines. */
const LETTERS = 30;
const OUTLINE = 40;

/**
 * Takes what is known of a page and gives the parts of it, as shown, whose pixels have to be read because their words stand in no text: pictures, letters
 * that are drawings, and the whole page where its text is not to be believed.
 */
export function partsToRead(
  text: PageGlyphs,
  painted: readonly Painted[] | undefined,
  facts: PageFacts | undefined,
): readonly Box[] {
  const { frame, glyphs, unmapped, garbled } = text;
  if (!painted || unmapped.size > 0 || garbled || facts?.type3 || facts?.tiles) return [WHOLE];
  const seen = painted.filter(({ bounds }) => shareOf(frame, bounds) > 0);
  if (seen.length === 0) return [];
  if (!glyphs.some((glyph) => 'loose' in glyph)) return [WHOLE];
  const letters = seen.filter(
    ({ kind, curves, bounds }) => kind === 'path' && curves > 1 && height(bounds) < 60 && width(bounds) < 60,
  );
  const areas = seen
    .filter(({ kind, curves }) => kind === 'picture' || (kind === 'path' && curves >= OUTLINE))
    .map(({ bounds }) => within(frame, bounds));
  const clusters = clustered([
    ...areas,
    ...(letters.length >= LETTERS ? letters.map(({ bounds }) => within(frame, bounds)) : []),
  ]).filter(
    (rect) => Math.min(height(rect), width(rect)) >= LEAST_HEIGHT && Math.max(height(rect), width(rect)) >= LEAST_WIDTH,
  );
  const share = clusters.reduce((sum, rect) => sum + shareOf(frame, rect), 0);
  return share >= SCAN ? [WHOLE] : clusters.map((rect) => shownAt(frame, rect));
}

const width = ({ left, right }: Rect): number => right - left;
const height = ({ top, bottom }: Rect): number => top - bottom;

function within(frame: Frame, rect: Rect): Rect {
  return {
    left: Math.max(frame.left, rect.left),
    right: Math.min(frame.right, rect.right),
    bottom: Math.max(frame.bottom, rect.bottom),
    top: Math.min(frame.top, rect.top),
  };
}

/** Joins rectangles that touch or nearly do. More than a few hundred are one. */
function clustered(rects: readonly Rect[]): Rect[] {
  const join = (one: Rect, other: Rect): Rect => ({
    left: Math.min(one.left, other.left),
    right: Math.max(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
    top: Math.max(one.top, other.top),
  });
  const near = (one: Rect, other: Rect) =>
    one.left - NEAR < other.right &&
    one.right + NEAR > other.left &&
    one.bottom - NEAR < other.top &&
    one.top + NEAR > other.bottom;
  if (rects.length > 400) return [rects.reduce(join)];
  let left = [...rects];
  for (;;) {
    const next: Rect[] = [];
    for (const rect of left) {
      const at = next.findIndex((other) => near(rect, other));
      if (at < 0) next.push(rect);
      else next[at] = join(next[at] as Rect, rect);
    }
    if (next.length === left.length) return next;
    left = next;
  }
}

/** What was read in the pictures of a page. */
export interface PictureText {
  readonly text: PageText;
  /** False when the reader's time was used up before the end. */
  readonly whole: boolean;
  /** One of the pictures is a machine's screen or a photograph with scattered writing. */
  readonly frame: boolean;
}

/** Reads parts of a page (from 0) and gives what they say in shares of the page. */
export async function readParts(
  pdf: OpenPdf,
  page: number,
  parts: readonly Box[],
  reader: PictureReader,
): Promise<PictureText> {
  const texts: string[] = [];
  const places: Float32Array[] = [];
  let whole = true;
  let frame = false;
  for (const part of parts) {
    const read = reader.spent?.() ? undefined : await reader.read(greyOf(pdf, page, part));
    if (!read) whole = false;
    frame ||= read?.frame === true;
    if (!read || read.text.length === 0) continue;
    const moved = Float32Array.from(read.places);
    for (let at = 0; at + 3 < moved.length; at += 4) {
      if (moved[at + 2] === 0) continue;
      moved[at] = part.left + (moved[at] as number) * part.width;
      moved[at + 1] = part.top + (moved[at + 1] as number) * part.height;
      moved[at + 2] = (moved[at + 2] as number) * part.width;
      moved[at + 3] = (moved[at + 3] as number) * part.height;
    }
    texts.push(`${read.text}\n`);
    places.push(moved, new Float32Array(4));
  }
  const all = new Float32Array(places.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const some of places) {
    all.set(some, at);
    at += some.length;
  }
  return { text: { page: page + 1, source: 'picture', text: texts.join(''), places: all }, whole, frame };
}

/** A part of a page as grey samples at 200 dpi, fewer where it is huge. */
function greyOf(pdf: OpenPdf, page: number, part: Box): Raster {
  const points = pdf.size(page);
  const inside = { width: points.width * part.width, height: points.height * part.height };
  const size = pixelsAt(inside, DPI, MAX_PIXELS);
  const whole = { width: Math.round(size.width / part.width), height: Math.round(size.height / part.height) };
  const left = Math.max(0, Math.round(part.left * whole.width));
  const top = Math.max(0, Math.round(part.top * whole.height));
  const rgba = pdf.renderPart(page, whole.width, whole.height, { left, top, ...size });
  const data = new Uint8Array(size.width * size.height).fill(255);
  if (rgba)
    for (let at = 0; at < data.length; at++)
      data[at] =
        ((rgba[at * 4] as number) * 77 + (rgba[at * 4 + 1] as number) * 150 + (rgba[at * 4 + 2] as number) * 29) >> 8;
  return { ...size, channels: 1, data };
}

/** Words that both could know are needed before they can be said to disagree, and less than this share of them is then found. */
const ENOUGH_WORDS = 3;
const AGREED = 0.5;
const MOST_WORDS = 300;

/**
 * True when a page's text says other words than its pixels: then what a program reads is not what a person sees. A word counts as seen where it stands in what
 * was read, with a quarter of its letters mistaken at most, or broken into pieces.
 */
export function disagree(text: string, read: string): boolean {
  const long = (words: readonly string[]) => words.filter(({ length }) => length >= 4);
  const layer = long(wordsOf(text)).slice(0, MOST_WORDS);
  if (layer.length < ENOUGH_WORDS) return false;
  const joined = wordsOf(read).join('');
  const seen = long(wordsOf(read));
  const known = new Set(seen);
  const found = layer.filter(
    (word) => known.has(word) || joined.includes(word) || seen.some((other) => isNearly(word, other)),
  ).length;
  return found < layer.length * AGREED;
}

function wordsOf(text: string): string[] {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return folded.match(/[\p{Alpha}\p{N}]+/gu) ?? [];
}

/** True when few enough letters differ for a reader's mistake. */
function isNearly(one: string, other: string): boolean {
  const most = Math.floor(Math.max(one.length, other.length) / 4);
  if (Math.abs(one.length - other.length) > most) return false;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++)
      next.push(
        Math.min(
          (row[j] as number) + 1,
          (next[j - 1] as number) + 1,
          (row[j - 1] as number) + (one[i - 1] === other[j - 1] ? 0 : 1),
        ),
      );
    if (Math.min(...next) > most) return false;
    row = next;
  }
  return (row[other.length] as number) <= most;
}
