// Pictures for tests, made by hand where a library would not make them.
import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import type { Bench } from '../format.ts';

export const WIDTH = 120;
export const HEIGHT = 80;

/** A bench whose reader reads nothing. */
export function blindBench(maxPages = 50): Bench {
  return { maxPages, reader: { read: () => Promise.resolve(undefined) }, progress: () => undefined };
}

/** A picture whose colours say where they are: red grows to the right, green downwards. */
export function gradient(): Sharp {
  const rgb = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) rgb.set([(x * 255) / WIDTH, (y * 255) / HEIGHT, 90], (y * WIDTH + x) * 3);
  return sharp(rgb, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });
}

/** A JPEG with a segment put behind its start: `marker` is its second byte. */
export function withSegment(jpeg: Uint8Array, marker: number, body: string): Buffer {
  const bytes = Buffer.from(body, 'latin1');
  const head = Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), head, bytes, jpeg.subarray(2)]);
}

/** A PNG with a chunk put behind its header. */
export function withChunk(png: Uint8Array, type: string, body: string | Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(body as string, 'latin1')]);
  const chunk = Buffer.alloc(named.length + 8);
  chunk.writeUInt32BE(named.length - 4, 0);
  named.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(named), named.length + 4);
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

/** A WebP with a chunk at its end, counted in its length. */
export function withRiffChunk(webp: Uint8Array, type: string, body: string): Buffer {
  const chunk = Buffer.alloc(8 + body.length + (body.length % 2));
  chunk.write(type, 0, 'latin1');
  chunk.writeUInt32LE(body.length, 4);
  chunk.write(body, 8, 'latin1');
  const whole = Buffer.concat([webp, chunk]);
  whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
}

/** A PNG that says it is so large; its data are those of a small one. */
export function bomb(png: Uint8Array, width: number, height: number): Buffer {
  const copy = Buffer.from(png);
  copy.writeUInt32BE(width, 16);
  copy.writeUInt32BE(height, 20);
  copy.writeUInt32BE(crc32(copy.subarray(12, 29)), 29);
  return copy;
}

/** A HEIC picture of 32 × 16 pixels, all of one red. */
export const TINY_HEIC = Buffer.from(
  [
    'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAa1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAAA5waXRtAA',
    'AAAAACAAAAEGlkYXQAAAAAACAAEAAAADhpbG9jAQAAAERAAAIAAQAAAAAAAAHRAAEAAAAAAAAAKwACAAEAAAAAAAAAAQAAAAAAAAAIAAAAOGlp',
    'bmYAAAAAAAIAAAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAAAADYaXBycAAAALZpcGNvAAAAdmh2Y0MBA3AAAAAAAA',
    'AAAAAe8AD8/fj4AAAPAyAAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwAeugJAIQABACpCAQEDcAAAAwCQAAADAAADAB6gIIEFluqumubgQEDAgAAA',
    'AwCAAAADAIQiAAEABkQBwXPBiQAAABRpc3BlAAAAAAAAAEAAAABAAAAAFGlzcGUAAAAAAAAAIAAAABAAAAAQcGl4aQAAAAADCAgIAAAAGmlwbW',
    'EAAAAAAAAAAgABAoECAAICA4QAAAAaaXJlZgAAAAAAAAAOZGltZwACAAEAAQAAADNtZGF0AAAAJygBr1IWBSTm/Oq//4J3/67OQ70XTIlR6KRK',
    'Wy2qgJZabqtQi0tssw==',
  ].join(''),
  'base64',
);
