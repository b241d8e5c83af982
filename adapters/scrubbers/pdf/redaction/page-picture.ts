import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { OpenPdf, Part } from '../pdfium.ts';
import { cleanJpeg } from '../rebuild/jpeg.ts';
import { pixelsAt } from './raster.ts';

/** A page as a picture, encoded as a PDF stream has it (PDF 32000-1, 7.4): one or three components of 8 bits. */
export interface PagePicture {
  readonly width: number;
  readonly height: number;
  readonly components: 1 | 3;
  readonly filter: 'DCTDecode' | 'FlateDecode';
  readonly data: Uint8Array;
  /** The page's size in points. */
  readonly points: { readonly width: number; readonly height: number };
}

const DPI = 216;
const MAX_PIXELS = 16_000_000;
const QUALITY = 80;
/** What is nearly white becomes white: an eye sees no difference, and a program could read white words on it. */
const NEARLY_WHITE = 248;
/** Of a page of writing, this share of the pixels is like the one before it: then nothing lost is smaller too. Below the other share, JPEG always is. */
const FLAT = 0.9;
const VARIED = 0.6;

/**
 * Renders a page at 200 dpi without annotations on opaque white, paints `covers` (in pixels of a page of the given size) black, and encodes it as JPEG, or without loss where that is
 * smaller. A page that cannot be read gives a white one.
 */
export async function pagePicture(
  pdf: OpenPdf,
  page: number,
  covers: (size: { readonly width: number; readonly height: number }) => readonly Part[] = () => [],
): Promise<PagePicture> {
  const points = pdf.size(page);
  const size = pixelsAt(points, DPI, MAX_PIXELS);
  const painted = (rgba: Uint8Array): Samples => {
    for (const part of covers(size)) blacken(rgba, size.width, part);
    return samplesOf(rgba);
  };
  const samples =
    pdf.withRender(page, size.width, size.height, (lent) => painted(lent())) ??
    painted(new Uint8Array(size.width * size.height * 4).fill(255));
  return {
    ...size,
    components: samples.components,
    ...(await encoded(samples, size)),
    points: { width: Math.max(1, points.width), height: Math.max(1, points.height) },
  };
}

interface Samples {
  readonly data: Uint8Array;
  readonly components: 1 | 3;
  /** The share of pixels that are like the one before them. */
  readonly alike: number;
}

/** Four bytes are looked at as one number, the first of them its lowest: so WebAssembly has its memory everywhere. */
function samplesOf(rgba: Uint8Array): Samples {
  const pixels = new Int32Array(rgba.buffer, rgba.byteOffset, rgba.length >> 2);
  const components = isGrey(pixels) ? 1 : 3;
  const data = new Uint8Array(pixels.length * components);
  let last = ~(pixels[0] ?? 0);
  let [r, g, b, alike] = [0, 0, 0, 0];
  for (let at = 0, to = 0; at < pixels.length; at++) {
    const pixel = pixels[at] as number;
    if (pixel === last) alike++;
    else {
      last = pixel;
      r = pixel & 255;
      g = (pixel >> 8) & 255;
      b = (pixel >> 16) & 255;
      if (r >= NEARLY_WHITE && g >= NEARLY_WHITE && b >= NEARLY_WHITE) r = g = b = 255;
    }
    data[to++] = r;
    if (components === 1) continue;
    data[to++] = g;
    data[to++] = b;
  }
  return { data, components, alike: alike / pixels.length };
}

type Encoded = Pick<PagePicture, 'filter' | 'data'>;

async function encoded(
  { data, components, alike }: Samples,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Encoded> {
  const deflated = alike > VARIED ? withoutLoss(data) : undefined;
  if (deflated && alike > FLAT) return deflated;
  const jpeg = await sharp(data, { raw: { width, height, channels: components }, limitInputPixels: MAX_PIXELS * 2 })
    .toColourspace(components === 1 ? 'b-w' : 'srgb')
    .jpeg({ quality: QUALITY, chromaSubsampling: '4:4:4' })
    .toBuffer();
  const clean = cleanJpeg(jpeg)?.data;
  if (clean && clean.length < (deflated?.data.length ?? Number.POSITIVE_INFINITY))
    return { filter: 'DCTDecode', data: clean };
  return deflated ?? withoutLoss(data);
}

function withoutLoss(data: Uint8Array): Encoded {
  return { filter: 'FlateDecode', data: new Uint8Array(deflateSync(data, { level: 3 })) };
}

/** Makes a part of a picture opaque black. */
function blacken(rgba: Uint8Array, width: number, part: Part): void {
  const height = rgba.length / 4 / width;
  const left = Math.max(0, Math.floor(part.left));
  const right = Math.min(width, Math.ceil(part.left + part.width));
  const bottom = Math.min(height, Math.ceil(part.top + part.height));
  for (let y = Math.max(0, Math.floor(part.top)); y < bottom; y++)
    if (right > left) rgba.fill(0, (y * width + left) * 4, (y * width + right) * 4);
}

function isGrey(pixels: Int32Array): boolean {
  let last = ~(pixels[0] ?? 0);
  for (let at = 0; at < pixels.length; at++) {
    const pixel = pixels[at] as number;
    if (pixel === last) continue;
    last = pixel;
    const red = pixel & 255;
    if (((pixel >> 8) & 255) !== red || ((pixel >> 16) & 255) !== red) return false;
  }
  return true;
}
