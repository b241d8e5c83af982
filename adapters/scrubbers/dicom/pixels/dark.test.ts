import { expect, it } from 'vitest';
import { CT, dataSetOf, explicitLittle, pixels } from '../testing/made.ts';
import { darkStrokes } from './dark.ts';
import { type Layout, layoutOf } from './layout.ts';
import { type Shades, shadesOf } from './shades.ts';

const [WIDTH, HEIGHT] = [64, 80];
const base = layoutOf({ dataSet: dataSetOf(CT, ...pixels(WIDTH, HEIGHT, 1, 1, () => 0)), encoding: explicitLittle });
if (!base) throw new Error('no pixels');

/** Bars of the least value over noise, of which some stand on the dark. */
function frame(layout: Layout, seed: number): Uint8Array {
  const least = layout.signed ? -1024 : 0;
  const shift = layout.highBit + 1 - layout.bitsStored;
  let noise = seed;
  const words = Int16Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
    noise = (Math.imul(noise, 1664525) + 1013904223) >>> 0;
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
    const isDark = x < 12 || (x % 5 === 0 && y > 30 && y < 41);
    return (least + (isDark ? noise >>> 29 : 600 + (noise >>> 24))) * 2 ** shift;
  });
  return new Uint8Array(words.buffer);
}

it.each<readonly [string, Partial<Layout>]>([
  ['12 bits', { bitsStored: 12, highBit: 11, signed: false }],
  ['below zero', { bitsStored: 16, highBit: 15, signed: true }],
  ['in the upper bits', { bitsStored: 12, highBit: 15, signed: false }],
])('strokes on what is lighter are told from the dark around, counted quickly or not, %s', (_, more) => {
  const layout: Layout = { ...(base as Layout), bitsAllocated: 16, ...more };
  for (const seed of [1, 2, 3]) {
    const bytes = frame(layout, seed);
    const shades = shadesOf(bytes, layout);
    expect('countDark' in shades).toBe(true);
    const slow: Shades = {
      least: shades.least,
      greatest: shades.greatest,
      countFrom: () => 0,
      countTo: () => 0,
    };
    const both = [shades, slow].map((one) => darkStrokes(bytes, layout, one));
    expect(both[0]).toEqual(both[1]);
    const lit = [...(both[0]?.data ?? [])].flatMap((shade, at) => (shade > 200 ? [at] : []));
    expect(lit.length).toBeGreaterThan(60);
    expect(lit.every((at) => at % WIDTH >= 12 && Math.floor(at / WIDTH) > 30)).toBe(true);
    const count = shades.countDark?.(WIDTH, { far: 16, near: 9 }, shades.least + 20, shades.least + 300) ?? 0;
    expect(count).toBe(countedSlowly(bytes, layout, shades));
  }
});

function countedSlowly(bytes: Uint8Array, { bitsStored, highBit, signed }: Layout, { least }: Shades): number {
  const words = new Uint16Array(bytes.buffer, bytes.byteOffset, WIDTH * HEIGHT);
  const value = (at: number) => {
    const own = ((words[at] as number) >>> (highBit + 1 - bitsStored)) & (2 ** bitsStored - 1);
    return signed && own >= 2 ** (bitsStored - 1) ? own - 2 ** bitsStored : own;
  };
  const isGround = (at: number, by: number) => Math.max(value(at + 16 * by), value(at + 9 * by)) >= least + 300;
  let count = 0;
  for (let y = 16; y < HEIGHT - 16; y += 4)
    for (let at = y * WIDTH; at < (y + 1) * WIDTH; at++)
      if (value(at) <= least + 20 && isGround(at, -WIDTH) && isGround(at, WIDTH)) count++;
  return count;
}
