import type { Box } from '../../../../domain/ports.ts';
import { heap, type OpenPdf, type Pdfium } from '../pdfium.ts';

/** A rectangle in a page's own space (PDF 32000-1, 8.3.2.3): points times the user unit, y upwards. */
export interface Rect {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

/** How a page is shown: the part of its space that its boxes leave, and the quarter turns clockwise. */
export interface Frame extends Rect {
  readonly turns: number;
}

/** The frame of a page (from 0), crop box and rotation applied; a page that cannot be read gives a unit square. */
export function frameOf({ lib }: Pdfium, pdf: OpenPdf, page: number): Frame {
  const { malloc, free } = lib.pdfium.wasmExports;
  const place = malloc(16);
  try {
    const frame = pdf.withPage(page, (handle) => {
      if (!lib.FPDF_GetPageBoundingBox(handle, place)) return undefined;
      const [left = 0, top = 1, right = 1, bottom = 0] = new Float32Array(heap(lib).buffer, place, 4);
      const turns = (((lib.FPDFPage_GetRotation(handle) % 4) + 4) % 4) as number;
      return { left, bottom, right: Math.max(right, left + 1e-3), top: Math.max(top, bottom + 1e-3), turns };
    });
    return frame ?? { left: 0, bottom: 0, right: 1, top: 1, turns: 0 };
  } finally {
    free(place);
  }
}

/** A rectangle of the page's space as shares of the page as it is shown. It may stand outside of 0 to 1. */
export function shownAt(frame: Frame, rect: Rect): Box {
  const across = frame.right - frame.left;
  const down = frame.top - frame.bottom;
  const [u, v] = [(rect.left - frame.left) / across, (frame.top - rect.top) / down];
  const [w, h] = [(rect.right - rect.left) / across, (rect.top - rect.bottom) / down];
  if (frame.turns === 1) return { left: 1 - v - h, top: u, width: h, height: w };
  if (frame.turns === 2) return { left: 1 - u - w, top: 1 - v - h, width: w, height: h };
  if (frame.turns === 3) return { left: v, top: 1 - u - w, width: h, height: w };
  return { left: u, top: v, width: w, height: h };
}

/** The way back: where a box of the shown page stands in the page's own space. */
export function spaceAt(frame: Frame, box: Box): Rect {
  const { left, top, width, height } = box;
  const turned: readonly (readonly [number, number, number, number])[] = [
    [left, top, width, height],
    [top, 1 - left - width, height, width],
    [1 - left - width, 1 - top - height, width, height],
    [1 - top - height, left, height, width],
  ];
  const [u, v, w, h] = turned[frame.turns] ?? [0, 0, 1, 1];
  const across = frame.right - frame.left;
  const down = frame.top - frame.bottom;
  return {
    left: frame.left + u * across,
    right: frame.left + (u + w) * across,
    top: frame.top - v * down,
    bottom: frame.top - (v + h) * down,
  };
}

/** True when two rectangles share more than a border. */
export function meet(one: Rect, other: Rect): boolean {
  return one.left < other.right && one.right > other.left && one.bottom < other.top && one.top > other.bottom;
}
