import type { Grey } from '../../ocr/grey.ts';
import type { Layout } from './layout.ts';
import type { Shades } from './shades.ts';

/** How far above and below a stroke of writing there is ground again, in pixels: beyond a high letter, or before the next line. */
const FAR = 16;
const NEAR = 9;
/** Of the range of a frame above its least value: up to so much is dark, from so much on it is ground that something dark can be written on. */
const DARK = 0.05;
const GROUND = 0.15;
/** The edges of strokes are smoothed: what is nearly as light as the ground is grain. */
const FAINT = 0.7;
/** Of every fourth row, so many pixels are no four letters. */
const FEW = 8;
/** Of all pixels, more are something that was measured. */
const MOST = 0.06;

/**
 * Gives what is written in the darkest shade of a frame over something lighter, as a picture of those strokes alone, light on black; undefined where there is nothing of the kind. The air around a body has nothing lighter beneath. Takes what the frame's shades are beside it, and samples of one
 * channel, of 8 or 16 bits; of others it sees nothing. Every fourth row is looked at, and all only where something is there.
 */
export function darkStrokes(bytes: Uint8Array, layout: Layout, shades: Shades): Grey | undefined {
  const { width, height, samples, bitsAllocated, bitsStored, highBit, signed } = layout;
  if (samples !== 1 || (bitsAllocated !== 8 && bitsAllocated !== 16)) return undefined;
  const own = bitsAllocated === 16 && bytes.byteOffset % 2 !== 0 ? bytes.slice() : bytes;
  const words = bitsAllocated === 16 ? new Uint16Array(own.buffer, own.byteOffset, width * height) : own;
  const shift = Math.max(0, highBit + 1 - bitsStored);
  const mask = 2 ** bitsStored - 1;
  // With its sign turned round a negative value comes before a positive one.
  const sign = signed ? (mask + 1) / 2 : 0;
  const first = shades.least + sign;
  const range = shades.greatest - shades.least;
  const [dark, ground] = [DARK * range, Math.max(4, GROUND * range)].map((one) => first + one) as [number, number];
  const value = (at: number) => (((words[at] as number) >>> shift) & mask) ^ sign;
  /** How light it is above or below, at the place where that is the lighter. */
  const beside = (at: number, rows: number) => Math.max(value(at + FAR * rows), value(at + NEAR * rows));
  const slowly = () => {
    let seen = 0;
    for (let y = FAR; y < height - FAR; y += 4)
      for (let at = y * width, end = at + width; at < end; at++)
        if (value(at) <= dark && beside(at, -width) >= ground && beside(at, width) >= ground) seen++;
    return seen;
  };
  const count = shades.countDark?.(width, { far: FAR, near: NEAR }, dark - sign, ground - sign) ?? slowly();
  if (count < FEW || count > (MOST * width * height) / 4) return undefined;
  const data = new Uint8Array(width * height);
  for (let at = FAR * width; at < data.length - FAR * width; at++) {
    const shade = value(at);
    if (shade >= ground) continue;
    const least = Math.min(beside(at, -width), beside(at, width));
    const share = (shade - first) / (least - first);
    if (least >= ground && share < FAINT) data[at] = 255 * (1 - share);
  }
  return { width, height, data };
}
