import { deflateSync } from 'node:zlib';
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
  const room = takeRoom();
  const painted = (rgba: Uint8Array): Samples => {
    for (const part of covers(size)) blacken(rgba, size.width, part);
    return samplesOf(rgba, room);
  };
  const samples =
    pdf.withRender(page, size.width, size.height, (lent) => painted(lent())) ??
    painted(new Uint8Array(size.width * size.height * 4).fill(255));
  const picture = await encoded(samples, size);
  giveBack(room);
  return {
    ...size,
    components: samples.components,
    ...picture,
    points: { width: Math.max(1, points.width), height: Math.max(1, points.height) },
  };
}

/** Where the samples of one picture stand until they are encoded. */
interface Room {
  bytes: Uint8Array;
}

/** Pages of paper in colour fit in it. */
const KEPT_ROOM = 16 * 1024 * 1024;
/** One is kept for the next picture: as garbage they would stay, ten times as much as all else that a page takes, until the whole heap is collected. */
let idleRoom: Room | undefined;

function takeRoom(): Room {
  const room = idleRoom ?? { bytes: new Uint8Array(0) };
  idleRoom = undefined;
  return room;
}

function giveBack(room: Room): void {
  if (room.bytes.length <= KEPT_ROOM) idleRoom = room;
}

function roomFor(room: Room, length: number): Uint8Array {
  if (room.bytes.length < length) room.bytes = new Uint8Array(length);
  return room.bytes.subarray(0, length);
}

interface Samples {
  readonly data: Uint8Array;
  readonly components: 1 | 3;
  /** The share of pixels that are like the one before them. */
  readonly alike: number;
}

/** Four bytes are looked at as one number, the first of them its lowest: so WebAssembly has its memory everywhere. */
function samplesOf(rgba: Uint8Array, room: Room): Samples {
  const pixels = new Int32Array(rgba.buffer, rgba.byteOffset, rgba.length >> 2);
  return greySamples(pixels, room) ?? colourSamples(pixels, room);
}

/** Undefined at the first pixel that is not grey. */
function greySamples(pixels: Int32Array, room: Room): Samples | undefined {
  const data = roomFor(room, pixels.length);
  let alike = 0;
  for (let at = 0, end = 0; at < pixels.length; at = end) {
    const pixel = pixels[at] as number;
    end = runEnd(pixels, at);
    alike += end - at - 1;
    const shade = pixel & 255;
    if (((pixel >> 8) & 255) !== shade || ((pixel >> 16) & 255) !== shade) return undefined;
    data.fill(shade >= NEARLY_WHITE ? 255 : shade, at, end);
  }
  return { data, components: 1, alike: alike / pixels.length };
}

function colourSamples(pixels: Int32Array, room: Room): Samples {
  const data = roomFor(room, pixels.length * 3);
  let alike = 0;
  for (let at = 0, end = 0; at < pixels.length; at = end) {
    const pixel = pixels[at] as number;
    end = runEnd(pixels, at);
    alike += end - at - 1;
    const [r, g, b] = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
    const white = r >= NEARLY_WHITE && g >= NEARLY_WHITE && b >= NEARLY_WHITE;
    if (white || (r === g && r === b)) data.fill(white ? 255 : r, at * 3, end * 3);
    else
      for (let to = at * 3; to < end * 3; to += 3) {
        data[to] = r;
        data[to + 1] = g;
        data[to + 2] = b;
      }
  }
  return { data, components: 3, alike: alike / pixels.length };
}

/** Where pixels like the one at a place end. */
function runEnd(pixels: Int32Array, at: number): number {
  const pixel = pixels[at];
  let end = at + 1;
  while (end < pixels.length && pixels[end] === pixel) end++;
  return end;
}

const CHUNK = 256 * 1024;

type Encoded = Pick<PagePicture, 'filter' | 'data'>;

async function encoded(
  { data, components, alike }: Samples,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Encoded> {
  const deflated = alike > VARIED ? withoutLoss(data) : undefined;
  if (deflated && alike > FLAT) return deflated;
  const { default: sharp } = await import('sharp');
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
  return { filter: 'FlateDecode', data: new Uint8Array(deflateSync(data, { level: 3, chunkSize: CHUNK })) };
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
