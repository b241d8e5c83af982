// Writing for tests, drawn without any font of the system.
import sharp from 'sharp';
import type { Raster } from '../format.ts';

/** Letters of five by seven, row by row, as bits. */
const GLYPHS: Readonly<Record<string, readonly number[]>> = {
  A: [14, 17, 17, 31, 17, 17, 17],
  E: [31, 16, 16, 30, 16, 16, 31],
  K: [17, 18, 20, 24, 20, 18, 17],
  L: [16, 16, 16, 16, 16, 16, 31],
  N: [17, 25, 21, 19, 17, 17, 17],
  R: [30, 17, 17, 30, 20, 18, 17],
  1: [4, 12, 4, 4, 4, 4, 14],
  4: [2, 6, 10, 18, 31, 2, 2],
  7: [31, 1, 2, 4, 8, 8, 8],
  ' ': [0, 0, 0, 0, 0, 0, 0],
};

export interface Written {
  readonly text: string;
  /** Top left corner and height of a letter, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** A grey picture with lines of writing of one shade on another. */
export async function written(
  size: { readonly width: number; readonly height: number },
  lines: readonly Written[],
  [ground, ink]: readonly [number, number],
): Promise<Raster> {
  const { width, height } = size;
  const data = new Uint8Array(width * height).fill(ground);
  for (const { text, x, y, height: high } of lines) {
    const line = await lineOf(text, high);
    for (let row = 0; row < line.height; row++)
      for (let column = 0; column < line.width; column++) {
        const share = (line.data[row * line.width + column] as number) / 255;
        data[(y + row) * width + x + column] = Math.round(ground + (ink - ground) * share);
      }
  }
  return { width, height, channels: 1, data };
}

async function lineOf(text: string, height: number) {
  const across = text.length * 6;
  const bits = new Uint8Array(across * 7);
  for (const [index, letter] of text.split('').entries())
    for (let row = 0; row < 7; row++)
      for (let column = 0; column < 5; column++)
        if (((GLYPHS[letter]?.[row] ?? 0) >> (4 - column)) & 1) bits[row * across + index * 6 + column] = 255;
  const { data, info } = await sharp(bits, { raw: { width: across, height: 7, channels: 1 } })
    .resize(Math.round((across * height) / 7), height, { fit: 'fill', kernel: 'cubic' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
