import type { Box } from '../../../../domain/ports.ts';
import type { OpenPdf, Part } from '../pdfium.ts';

const MAX_SIDE = 14_400;

/** Pixels for a page at so many dots per inch, less where the page is huge: memory stays bounded. */
export function pixelsAt(
  points: { readonly width: number; readonly height: number },
  dpi: number,
  most: number,
): Pixels {
  const width = Math.max(1, points.width);
  const height = Math.max(1, points.height);
  const scale = Math.min(dpi / 72, Math.sqrt(most / (width * height)), MAX_SIDE / width, MAX_SIDE / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

const COMPARE_DPI = 72;
const COMPARE_PIXELS = 600_000;
const SAME_SHADE = 24;
/** Without smoothed edges a letter that moves by a hundredth of a pixel may change one. */
const HARDLY = 0.0003;
/** Beside a box that was painted, pixels are mixed with it. */
const MARGIN = 2;

/**
 * The share of pixels in which a page (from 0) looks otherwise in two documents, those in `apart` left aside; 1 when it can be read in only one of them. Pages that look nearly the same
 * without smoothed edges are so with them: only the others are drawn as a reader draws them. With `inked` the boxes must be black in the other document (see `isInked`), else it gives 1.
 */
export function pageDifference(
  one: OpenPdf,
  other: OpenPdf,
  page: number,
  apart: readonly Box[] = [],
  inked = false,
): number {
  const a = one.size(page);
  const b = other.size(page);
  if (Math.abs(a.width - b.width) > 0.5 || Math.abs(a.height - b.height) > 0.5) return 1;
  const size = pixelsAt(a, COMPARE_DPI, COMPARE_PIXELS);
  const drawn = (rough: boolean) => drawnApart(one, other, page, size, { apart, inked, rough });
  const rough = drawn(true);
  return rough <= HARDLY ? rough : drawn(false);
}

function drawnApart(
  one: OpenPdf,
  other: OpenPdf,
  page: number,
  { width, height }: Pixels,
  { apart, inked, rough }: { readonly apart: readonly Box[]; readonly inked: boolean; readonly rough: boolean },
): number {
  const second = (first: () => Uint8Array) =>
    other.withRender(
      page,
      width,
      height,
      (samples) => {
        // Drawing may make the engine's memory grow: nobody looks into it before both are done.
        if (inked && !areBlack(samples(), { width, height }, apart)) return width * height;
        for (const each of [first(), samples()]) blankOut(each, width, height, apart);
        return differing(first(), samples());
      },
      rough,
    );
  const different = one.withRender(page, width, height, second, rough);
  if (different !== undefined) return different / (width * height);
  return inked || [one, other].some((pdf) => pdf.withPage(page, () => true)) ? 1 : 0;
}

interface Pixels {
  readonly width: number;
  readonly height: number;
}

function blankOut(rgba: Uint8Array, width: number, height: number, boxes: readonly Box[]): void {
  for (const box of boxes) {
    const left = Math.max(0, Math.floor(box.left * width) - MARGIN);
    const right = Math.min(width, Math.ceil((box.left + box.width) * width) + MARGIN);
    const bottom = Math.min(height, Math.ceil((box.top + box.height) * height) + MARGIN);
    for (let y = Math.max(0, Math.floor(box.top * height) - MARGIN); y < bottom; y++)
      if (right > left) rgba.fill(0, (y * width + left) * 4, (y * width + right) * 4);
  }
}

function differing(first: Uint8Array, second: Uint8Array): number {
  if (Buffer.compare(first, second) === 0) return 0;
  // Most pixels are the same: four bytes at once tell.
  const one = new Uint32Array(first.buffer, first.byteOffset, first.length >> 2);
  const other = new Uint32Array(second.buffer, second.byteOffset, second.length >> 2);
  let different = 0;
  for (let pixel = 0; pixel < one.length; pixel++) {
    if (one[pixel] === other[pixel]) continue;
    const at = pixel * 4;
    for (let channel = 0; channel < 3; channel++)
      if (Math.abs((first[at + channel] as number) - (second[at + channel] as number)) > SAME_SHADE) {
        different++;
        break;
      }
  }
  return different;
}

/** A box of one colour may be this far from it, as JPEG mixes neighbours. */
const INK = 48;

/** True when each box of a page (from 0) shows nothing but black. Its border, which is mixed with what is around it, is left aside. */
export function isInked(pdf: OpenPdf, page: number, boxes: readonly Box[]): boolean {
  if (boxes.length === 0) return true;
  const size = pixelsAt(pdf.size(page), COMPARE_DPI, COMPARE_PIXELS);
  return pdf.withRender(page, size.width, size.height, (samples) => areBlack(samples(), size, boxes)) ?? false;
}

function areBlack(rgba: Uint8Array, size: Pixels, boxes: readonly Box[]): boolean {
  return boxes.every((box) => isBlack(rgba, size.width, insideOf(box, size)));
}

function insideOf(box: Box, { width, height }: Pixels): Part {
  const left = Math.max(0, Math.ceil(box.left * width) + MARGIN);
  const top = Math.max(0, Math.ceil(box.top * height) + MARGIN);
  const right = Math.min(width, Math.floor((box.left + box.width) * width) - MARGIN);
  const bottom = Math.min(height, Math.floor((box.top + box.height) * height) - MARGIN);
  return { left, top, width: right - left, height: bottom - top };
}

function isBlack(rgba: Uint8Array, across: number, { left, top, width, height }: Part): boolean {
  for (let y = top; y < top + height; y++)
    for (let x = left; x < left + width; x++)
      for (let at = (y * across + x) * 4, end = at + 3; at < end; at++) if ((rgba[at] as number) > INK) return false;
  return true;
}
