import decode from 'heic-decode';
import { Refusal } from '../refusal.ts';
import type { Pixels } from './pixels.ts';

/**
 * Decodes the main picture of a HEIC file (ISO/IEC 23008-12), upright. Depth maps, gain maps, previews and further pictures are left behind. Refuses with 'heic' what the decoder does
 * not open, and with 'too-many-pixels'.
 */
export async function heicPixels(file: Uint8Array, mostPixels: number): Promise<Pixels> {
  const declared = declaredPixels(file);
  if (declared > mostPixels)
    throw new Refusal('too-many-pixels', { megapixels: Math.ceil(declared / 1e6), limit: mostPixels / 1e6 });
  try {
    const { width, height, data } = await decode({ buffer: file });
    const rgb = new Uint8Array(width * height * 3);
    for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
      const alpha = data[from + 3] as number;
      for (let channel = 0; channel < 3; channel++)
        rgb[to + channel] =
          alpha === 255
            ? (data[from + channel] as number)
            : Math.round(((data[from + channel] as number) * alpha) / 255) + 255 - alpha;
    }
    return { width, height, channels: 3, data: rgb };
  } catch {
    throw new Refusal('heic');
  }
}

/** The most pixels that a picture of the file claims to have: from its 'ispe' boxes, which hold a width and a height. */
function declaredPixels(file: Uint8Array): number {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  let most = 0;
  for (let at = bytes.indexOf('ispe', 0, 'latin1'); at >= 0; at = bytes.indexOf('ispe', at + 4, 'latin1'))
    if (at + 16 <= bytes.length) most = Math.max(most, bytes.readUInt32BE(at + 8) * bytes.readUInt32BE(at + 12));
  return most;
}

/** What a HEIC file holds beside its main picture, counted by the names of its items. */
export function countHeic(file: Uint8Array): [string, number][] {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength).subarray(0, 1 << 20);
  const kinds: readonly (readonly [string, string])[] = [
    ['Exif', 'exif'],
    ['application/rdf+xml', 'xmp'],
    ['prof', 'icc-profile'],
    ['thmb', 'thumbnail'],
    ['auxl', 'second-picture'],
  ];
  return kinds.flatMap(([name, kind]): [string, number][] => (bytes.includes(name, 0, 'latin1') ? [[kind, 1]] : []));
}
