import sharp, { type Sharp } from 'sharp';
import { decoded, type Opened, type Page, pixelsOf } from './decode.ts';
import type { Area, Pixels } from './pixels.ts';
import { tiffWriter } from './tiff-writer.ts';

/** High enough that a doctor sees no difference, and that a second writing changes next to nothing. */
const QUALITY = 94;
/** For what is larger than any screen, where the file would be in memory twice over. */
const LARGE = 40_000_000;
const LARGE_QUALITY = 90;

/** Pixels that may be in memory whole. */
const IN_MEMORY = 4_000_000;

/** Writes what is seen of every page in the same format (HEIC as JPEG). Pages go through one by one; a JPEG, PNG or WebP goes through in strips. */
export async function writePages(opened: Opened, told: (done: number) => void): Promise<Uint8Array> {
  const [first] = opened.pages;
  if (opened.format !== 'tiff' && first) {
    const written = await decoded(as(first.open(), opened).toBuffer());
    told(1);
    return bytesOf(written);
  }
  return encoded(opened, async (page, index) => {
    const pixels = await pixelsOf(page);
    told(index + 1);
    return pixels;
  });
}

/** Writes pages of pixels in the format of the picture that they come from; `pixels` is asked for one page after the other. */
export async function encoded(
  opened: Opened,
  pixels: (page: Page, index: number) => Promise<Pixels>,
): Promise<Uint8Array> {
  const tiff = tiffWriter();
  for (const [index, page] of opened.pages.entries()) {
    const { width, height, channels, data } = await pixels(page, index);
    if (opened.format === 'tiff') {
      await tiff.page({ width, height, channels, data });
      continue;
    }
    const deep = data instanceof Uint16Array;
    const space = channels === 1 ? (deep ? 'grey16' : 'b-w') : deep ? 'rgb16' : 'srgb';
    const raw = sharp(data, { raw: { width, height, channels }, limitInputPixels: false }).toColourspace(space);
    return bytesOf(await decoded(as(raw, opened).toBuffer()));
  }
  return tiff.done();
}

/** Whether a picture is so large that it is better masked in strips. What must keep every sample is not, nor what is grey: it would come out in colours. */
export function isLarge({ pages, lossless }: Opened): boolean {
  const [page] = pages;
  if (!page || lossless || pages.length > 1 || page.channels === 1) return false;
  return page.width * page.height > IN_MEMORY;
}

/** Writes the page of a picture with areas of it black. It goes through in strips, and is never in memory whole. */
export async function writeMasked(opened: Opened, page: Page, areas: readonly Area[]): Promise<Uint8Array> {
  const some = areas.filter(({ left, top, right, bottom }) => right > left && bottom > top);
  const boxes = some.map(({ left, top, right, bottom }) => ({
    input: { create: { width: right - left, height: bottom - top, channels: 3 as const, background: '#000000' } },
    left,
    top,
  }));
  return bytesOf(await decoded(as(page.open().composite(boxes), opened).toBuffer()));
}

function as(picture: Sharp, { format, lossless, pages }: Opened): Sharp {
  if (format === 'png') return picture.png({ compressionLevel: 6 });
  if (format === 'webp')
    return picture.webp(lossless ? { lossless: true } : { quality: QUALITY, smartSubsample: true });
  // Optimised tables would need all coefficients in memory: six bytes a pixel.
  const large = pages.some(({ width, height }) => width * height > LARGE);
  return picture.jpeg({ quality: large ? LARGE_QUALITY : QUALITY, chromaSubsampling: '4:4:4', optimiseCoding: false });
}

/** The bytes without a copy: a large picture would be in memory twice. */
function bytesOf({ buffer, byteOffset, byteLength }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
