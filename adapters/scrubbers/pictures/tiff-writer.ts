import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import type { Pixels } from './pixels.ts';

const SHORT = 3;
const LONG = 4;
const ROWS = 128;
const DEFLATE = 8;
const deflated = promisify(deflate);

/** Writes a TIFF with pages of any size: baseline tags alone (TIFF 6.0), strips deflated (Adobe's TechNote 3, compression 8), little-endian. */
export interface TiffWriter {
  page(pixels: Pixels): Promise<void>;
  done(): Uint8Array;
}

/** Gives a writer; pages are added one after the other, so that only one is in memory whole. */
export function tiffWriter(): TiffWriter {
  const parts: Uint8Array[] = [Uint8Array.of(0x49, 0x49, 42, 0, 0, 0, 0, 0)];
  let length = 8;
  /** Where the next directory's address goes: the part and the place in it. */
  let link = { part: parts[0] as Uint8Array, at: 4 };
  const add = (bytes: Uint8Array): number => {
    const at = length;
    parts.push(bytes);
    length += bytes.length;
    if (length % 2 === 1) {
      parts.push(Uint8Array.of(0));
      length++;
    }
    return at;
  };

  return {
    page: async ({ width, height, channels, data }) => {
      const wide = data instanceof Uint16Array ? 2 : 1;
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      const row = width * channels * wide;
      const strips: { readonly at: number; readonly length: number }[] = [];
      for (let y = 0; y < height; y += ROWS) {
        const strip = await deflated(bytes.subarray(y * row, Math.min(height, y + ROWS) * row));
        strips.push({ at: add(strip), length: strip.length });
      }
      const tags: (readonly [tag: number, type: number, values: readonly number[]])[] = [
        [254, LONG, [0]],
        [256, LONG, [width]],
        [257, LONG, [height]],
        [258, SHORT, Array.from({ length: channels }, () => 8 * wide)],
        [259, SHORT, [DEFLATE]],
        [262, SHORT, [channels === 1 ? 1 : 2]],
        [273, LONG, strips.map(({ at }) => at)],
        [277, SHORT, [channels]],
        [278, LONG, [ROWS]],
        [279, LONG, strips.map((strip) => strip.length)],
        [284, SHORT, [1]],
      ];
      const directory = Buffer.alloc(2 + tags.length * 12 + 4);
      directory.writeUInt16LE(tags.length, 0);
      for (const [index, [tag, type, values]] of tags.entries()) {
        const at = 2 + index * 12;
        directory.writeUInt16LE(tag, at);
        directory.writeUInt16LE(type, at + 2);
        directory.writeUInt32LE(values.length, at + 4);
        const value = Buffer.alloc(values.length * (type === SHORT ? 2 : 4));
        for (const [place, one] of values.entries())
          if (type === SHORT) value.writeUInt16LE(one, place * 2);
          else value.writeUInt32LE(one, place * 4);
        if (value.length <= 4) value.copy(directory, at + 8);
        else directory.writeUInt32LE(add(value), at + 8);
      }
      const at = add(directory);
      new DataView(link.part.buffer, link.part.byteOffset).setUint32(link.at, at, true);
      link = { part: directory, at: directory.length - 4 };
    },
    done: () => Buffer.concat(parts),
  };
}
