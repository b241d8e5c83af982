import sharp from 'sharp';
import type { PageText, Redaction } from '../../../domain/ports.ts';
import type { Bench } from '../format.ts';
import { picturesFormat } from '../pictures/format.ts';
import { Refusal } from '../refusal.ts';
import { sniff } from '../sniff.ts';

/** What is cut off on each side, as shares of the picture, or in inches. */
export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly inches?: boolean;
}

/** A picture of a document as it is put into the output. */
export interface Picture {
  readonly bytes: Uint8Array;
  readonly format: 'png' | 'jpeg';
  readonly width: number;
  readonly height: number;
  readonly text: PageText | undefined;
  readonly frame: boolean;
  /** It was not read: there was no time. */
  readonly unread: boolean;
  /** It could not be opened, or is of a kind that holds more than a picture (a metafile, a drawing): an empty one stands in its place. */
  readonly lost: boolean;
}

const LARGEST = 60_000_000;
const OPENED = new Set(['png', 'jpeg', 'tiff', 'webp', 'gif']);
const PASSED = new Set(['png', 'jpeg']);

/** Whether a picture is of a kind that is opened: any other leaves an empty one. */
export const canOpen = (source: Uint8Array | undefined): boolean => source !== undefined && OPENED.has(sniff(source));

/** Scrubs a picture of a document as a picture by itself is scrubbed, after what its frame does not show was cut off. Never fails for what the picture holds. */
export async function scrubPicture(source: Uint8Array, crop: Crop | undefined, bench: Bench): Promise<Picture> {
  try {
    const kind = sniff(source);
    if (!OPENED.has(kind)) return await empty();
    const plain = PASSED.has(kind) && !crop ? source : await redrawn(source, crop);
    const prepared = await picturesFormat.prepare(plain, bench);
    const [size] = prepared.pages;
    if ((prepared.format !== 'png' && prepared.format !== 'jpeg') || !size) return await empty();
    return {
      bytes: prepared.file,
      format: prepared.format,
      width: size.width,
      height: size.height,
      text: prepared.texts[0],
      frame: (prepared.frames?.length ?? 0) > 0,
      unread: prepared.notSearched.length > 0,
      lost: false,
    };
  } catch {
    return empty();
  }
}

/** The first picture of the file as a PNG, upright, with what is cut off gone. */
async function redrawn(source: Uint8Array, crop: Crop | undefined): Promise<Uint8Array> {
  const options = { limitInputPixels: LARGEST, failOn: 'error' } as const;
  const { data, info } = await sharp(source, options).rotate().png().toBuffer({ resolveWithObject: true });
  if (!crop) return data;
  // A picture that does not say how large it is has 96 dots to the inch.
  const dots = crop.inches ? ((await sharp(source, options).metadata()).density ?? 96) : undefined;
  const [across, down] = dots === undefined ? [info.width, info.height] : [dots, dots];
  const [left, top] = [Math.round(crop.left * across), Math.round(crop.top * down)];
  const width = Math.max(1, info.width - left - Math.round(crop.right * across));
  const height = Math.max(1, info.height - top - Math.round(crop.bottom * down));
  if (left + width > info.width || top + height > info.height) throw new Refusal('corrupt');
  return sharp(data, options).extract({ left, top, width, height }).png().toBuffer();
}

/** A grey field where a picture was. */
async function empty(): Promise<Picture> {
  const create = { width: 8, height: 8, channels: 3, background: '#cccccc' } as const;
  const bytes = await sharp({ create }).png().toBuffer();
  return { bytes, format: 'png', width: 8, height: 8, text: undefined, frame: false, unread: false, lost: true };
}

/** Blackens boxes of a scrubbed picture and verifies that. Throws Refusal. */
export async function redactPicture(
  bytes: Uint8Array,
  redactions: readonly Redaction[],
  bench: Bench,
): Promise<Uint8Array> {
  const onFirst = redactions.map((one) => ({ ...one, page: 1 }));
  return (await picturesFormat.redact(bytes, onFirst, false, bench)).file;
}
