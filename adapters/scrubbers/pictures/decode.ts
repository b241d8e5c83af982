import sharp, { type Metadata, type Sharp } from 'sharp';
import { Refusal } from '../refusal.ts';
import { heicPixels } from './heic.ts';
import type { Pixels } from './pixels.ts';

sharp.cache(false);
sharp.concurrency(1);

/** Of one page; a page of more is refused. */
const MOST_PIXELS = 100_000_000;
/** Of all pages together. */
const MOST_OF_ALL = 400_000_000;

/** One page of a picture, not decoded yet; width and height are those that are seen, after its orientation. */
export interface Page {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly deep: boolean;
  /** The page upright, its colours in sRGB or grey, on white where it is transparent. May be used more than once. */
  readonly open: () => Sharp;
}

export interface Opened {
  readonly pages: readonly Page[];
  readonly format: 'jpeg' | 'png' | 'tiff' | 'webp' | 'heic';
  readonly lossless: boolean;
}

/**
 * Reads what a picture's headers say, page by page, and decodes nothing but HEIC. Refuses with 'corrupt' what sharp does not open or opens as something else than `format`, with
 * 'too-many-pixels' (params.megapixels, limit), 'too-many-pages' (params.pages, limit), 'heic' where that decoder fails.
 */
export async function openPicture(file: Uint8Array, format: Opened['format'], maxPages: number): Promise<Opened> {
  if (format === 'heic') return { format, lossless: false, pages: [rawPage(await heicPixels(file, MOST_PIXELS))] };
  const first = await headOf(file, 0);
  if (first.format !== format) throw new Refusal('corrupt');
  const count = format === 'tiff' ? (first.pages ?? 1) : 1;
  if (count > maxPages) throw new Refusal('too-many-pages', { pages: count, limit: maxPages });
  const pages: Page[] = [];
  let all = 0;
  for (let index = 0; index < count; index++) {
    const head = index === 0 ? first : await headOf(file, index);
    const pixels = head.width * head.height;
    all += pixels;
    if (pixels > MOST_PIXELS || all > MOST_OF_ALL)
      throw new Refusal('too-many-pixels', {
        megapixels: Math.ceil(Math.max(pixels, all > MOST_OF_ALL ? all : 0) / 1e6),
        limit: (pixels > MOST_PIXELS ? MOST_PIXELS : MOST_OF_ALL) / 1e6,
      });
    pages.push(pageOf(file, index, head));
  }
  return {
    format,
    pages,
    lossless: format === 'png' || format === 'tiff' || (format === 'webp' && isLosslessWebp(file)),
  };
}

async function headOf(file: Uint8Array, page: number): Promise<Metadata> {
  try {
    return await sharp(file, { page, limitInputPixels: false }).metadata();
  } catch {
    throw new Refusal('corrupt');
  }
}

function pageOf(file: Uint8Array, page: number, head: Metadata): Page {
  const turned = (head.orientation ?? 1) >= 5;
  const grey = head.space === 'b-w' || head.space === 'grey16';
  const deep = head.depth === 'ushort' && (head.format === 'png' || head.format === 'tiff');
  return {
    width: turned ? head.height : head.width,
    height: turned ? head.width : head.height,
    channels: grey ? 1 : 3,
    deep,
    open: () => {
      const whole = sharp(file, {
        page,
        limitInputPixels: MOST_PIXELS,
        failOn: 'error',
        sequentialRead: true,
      }).autoOrient();
      const opaque = head.hasAlpha ? whole.flatten({ background: '#ffffff' }) : whole;
      return opaque.toColourspace(grey ? (deep ? 'grey16' : 'b-w') : deep ? 'rgb16' : 'srgb');
    },
  };
}

/** A page of pixels that are in memory. */
function rawPage(pixels: Pixels): Page {
  const { width, height, channels, data } = pixels;
  return {
    width,
    height,
    channels,
    deep: data instanceof Uint16Array,
    open: () => sharp(data, { raw: { width, height, channels } }).toColourspace(channels === 1 ? 'b-w' : 'srgb'),
  };
}

/** Decodes a page. Refuses with 'corrupt' one that is cut off or broken. */
export async function pixelsOf({ open, deep }: Page): Promise<Pixels> {
  const { data, info } = await decoded(
    open()
      .raw({ depth: deep ? 'ushort' : 'uchar' })
      .toBuffer({ resolveWithObject: true }),
  );
  if (info.channels !== 1 && info.channels !== 3) throw new Refusal('corrupt');
  const { width, height, channels } = info;
  const samples = deep ? new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2) : data;
  return { width, height, channels, data: samples };
}

/** Waits for sharp; what it throws about a file's contents becomes the refusal 'corrupt'. */
export async function decoded<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    throw new Refusal('corrupt');
  }
}

/** A WebP whose pixels are in a 'VP8L' chunk (RFC 9649, 2.6) lost nothing when it was written. */
function isLosslessWebp(file: Uint8Array): boolean {
  const chunks = Buffer.from(file.buffer, file.byteOffset, Math.min(file.byteLength, 4096)).toString('latin1');
  return (
    chunks.startsWith('VP8L', 12) ||
    (chunks.startsWith('VP8X', 12) && chunks.includes('VP8L') && !chunks.includes('VP8 '))
  );
}
