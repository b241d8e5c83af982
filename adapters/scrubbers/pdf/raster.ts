import { deflateSync } from 'node:zlib';
import type { OpenPdf } from './pdfium.ts';

/** A page as a picture: samples deflated, one or three components of 8 bits. */
export interface PagePicture {
  readonly width: number;
  readonly height: number;
  readonly components: 1 | 3;
  readonly deflated: Uint8Array;
  /** The page's size in points. */
  readonly points: { readonly width: number; readonly height: number };
}

const DPI = 200;
const MAX_PIXELS = 16_000_000;
const MAX_SIDE = 14_400;

/** Pixels for a page at so many dots per inch, less where the page is huge: memory stays bounded. */
export function pixelsAt(
  points: { readonly width: number; readonly height: number },
  dpi: number,
  most: number,
): { readonly width: number; readonly height: number } {
  const width = Math.max(1, points.width);
  const height = Math.max(1, points.height);
  const scale = Math.min(dpi / 72, Math.sqrt(most / (width * height)), MAX_SIDE / width, MAX_SIDE / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Renders a page at 200 dpi without annotations on opaque white. A page that cannot be read gives a white one. */
export function pagePicture(pdf: OpenPdf, page: number): PagePicture {
  const points = pdf.size(page);
  const size = pixelsAt(points, DPI, MAX_PIXELS);
  const rgba = pdf.render(page, size.width, size.height) ?? new Uint8Array(size.width * size.height * 4).fill(255);
  const components = isGrey(rgba) ? 1 : 3;
  const samples = new Uint8Array(size.width * size.height * components);
  for (let from = 0, to = 0; from < rgba.length; from += 4)
    for (let channel = 0; channel < components; channel++) samples[to++] = rgba[from + channel] as number;
  return {
    ...size,
    components,
    deflated: Uint8Array.from(deflateSync(samples)),
    points: { width: Math.max(1, points.width), height: Math.max(1, points.height) },
  };
}

function isGrey(rgba: Uint8Array): boolean {
  for (let at = 0; at < rgba.length; at += 4) if (rgba[at] !== rgba[at + 1] || rgba[at] !== rgba[at + 2]) return false;
  return true;
}

const COMPARE_DPI = 72;
const COMPARE_PIXELS = 600_000;
const SAME_SHADE = 24;

/** The share of pixels in which a page looks otherwise in two documents; 1 when it can be read in only one of them. */
export function pageDifference(one: OpenPdf, other: OpenPdf, page: number): number {
  const a = one.size(page);
  const b = other.size(page);
  if (Math.abs(a.width - b.width) > 0.5 || Math.abs(a.height - b.height) > 0.5) return 1;
  const { width, height } = pixelsAt(a, COMPARE_DPI, COMPARE_PIXELS);
  const first = one.render(page, width, height);
  const second = other.render(page, width, height);
  if (!first || !second) return first === second ? 0 : 1;
  let different = 0;
  for (let at = 0; at < first.length; at += 4)
    for (let channel = 0; channel < 3; channel++)
      if (Math.abs((first[at + channel] as number) - (second[at + channel] as number)) > SAME_SHADE) {
        different++;
        break;
      }
  return different / (width * height);
}
