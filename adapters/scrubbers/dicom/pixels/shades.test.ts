import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Layout } from './layout.ts';
import { shadesOf } from './shades.ts';
import { samplesOf, shadedBy } from './shown.ts';
import { MOST_BYTES, VECTOR, vectors } from './vectors.ts';

function layoutFor(bitsAllocated: number, bitsStored: number, highBit: number, signed: boolean, width: number): Layout {
  const rest = { height: 1, frames: 1, samples: 1, planar: false, photometric: 'MONOCHROME2' } as const;
  return { ...rest, width, bitsAllocated, bitsStored, highBit, signed };
}

const layouts = fc
  .tuple(
    fc.constantFrom(8, 16),
    fc.nat({ max: 15 }),
    fc.nat({ max: 3 }),
    fc.boolean(),
    fc.integer({ min: 1, max: 25 }),
    // Whole vectors, and what is none.
    fc.constantFrom(1, 8),
  )
  .map(([allocated, stored, above, signed, many, by]) => {
    const width = many * by;
    const bitsStored = Math.min(allocated, stored + 1);
    return layoutFor(allocated, bitsStored, Math.min(allocated, bitsStored + above) - 1, signed, width);
  });

/** Bytes that lie somewhere in others, as a file's pixels do. */
const lying = (length: number, before: number, at: (index: number) => number) => {
  const all = new Uint8Array(before + length);
  for (let index = 0; index < length; index++) all[before + index] = at(index);
  return all.subarray(before);
};

it('tells of words of 8 and 16 bits what each of them says by itself', () => {
  fc.assert(
    fc.property(
      layouts,
      fc.nat({ max: 3 }),
      fc.infiniteStream(fc.nat({ max: 255 })),
      fc.oneof(fc.double({ min: -70_000, max: 70_000 }), fc.integer({ min: -70_000, max: 70_000 }), fc.constant(NaN)),
      (layout, before, noise, asked) => {
        const bytes = lying((layout.width * layout.bitsAllocated) / 8, before, () => noise.next().value as number);
        const values = [...samplesOf(bytes, layout)];
        const shades = shadesOf(bytes, layout);
        expect([shades.least, shades.greatest]).toEqual([Math.min(...values), Math.max(...values)]);
        // One that is there, and one that may be anywhere.
        for (const value of [values[0] as number, asked]) {
          expect(shades.countFrom(value, Infinity)).toBe(values.filter((one) => one >= value).length);
          expect(shades.countTo(value, Infinity)).toBe(values.filter((one) => one <= value).length);
        }
      },
    ),
    { numRuns: 400 },
  );
});

it('tells the same of words beside whose bits nothing stands, which it takes as they are', () => {
  const words = fc.array(fc.nat({ max: 0xfff }), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(words, fc.nat({ max: 0xfff }), fc.boolean(), fc.nat({ max: 3 }), (eight, asked, isMore, before) => {
      const own = Uint16Array.from([...eight, ...new Uint16Array(7), isMore ? 0xf001 : 1]);
      const values = [...own].map((word) => word & 0xfff);
      const bytes = lying(
        own.length * 2,
        before * 2,
        (index) => ((own[index >> 1] as number) >> (8 * (index % 2))) & 0xff,
      );
      const shades = shadesOf(bytes, layoutFor(16, 12, 11, false, 16));
      expect([shades.least, shades.greatest]).toEqual([Math.min(...values), Math.max(...values)]);
      expect(shades.countFrom(asked, Infinity)).toBe(values.filter((one) => one >= asked).length);
      expect(shades.countTo(asked, Infinity)).toBe(values.filter((one) => one <= asked).length);
    }),
    { numRuns: 300 },
  );
});

it('counts what is dark between lighter places, whatever it takes its words for', () => {
  const [width, rows] = [8, { far: 2, near: 1 }];
  const shade = fc.constantFrom(0, 3, 5, 40, 90);
  fc.assert(
    fc.property(fc.array(shade, { minLength: 96, maxLength: 96 }), fc.boolean(), (words, isMore) => {
      const own = Uint16Array.from([...words, ...Uint16Array.of(90, 90, 90, 90, 0, 0, 0, isMore ? 0xf000 : 0)]);
      const layout = { ...layoutFor(16, 12, 11, false, width), height: own.length / width };
      const value = (at: number) => (own[at] as number) & 0xfff;
      let count = 0;
      for (let y = rows.far; y < layout.height - rows.far; y += 4)
        for (let at = y * width; at < (y + 1) * width; at++) {
          const beside = (way: number) => Math.max(value(at + way * rows.far * width), value(at + way * width));
          if (value(at) <= 4 && beside(-1) >= 40 && beside(1) >= 40) count++;
        }
      expect(shadesOf(new Uint8Array(own.buffer), layout).countDark?.(width, rows, 4, 40)).toBe(count);
    }),
    { numRuns: 300 },
  );
});

it('works out of each stored value the shade that it has by itself', () => {
  fc.assert(
    fc.property(layouts, fc.nat({ max: 3 }), fc.infiniteStream(fc.nat({ max: 255 })), (layout, before, noise) => {
      const bytes = lying((layout.width * layout.bitsAllocated) / 8, before, () => noise.next().value as number);
      const shade = (value: number) => (value + 40_000) / 300;
      const each = Uint8Array.from(samplesOf(bytes, layout), shade);
      expect(shadedBy(bytes, layout, shade)).toEqual(each);
    }),
    { numRuns: 300 },
  );
});

it('counts a frame of many parts to its last word, and no further than it has to', () => {
  const width = 100_000;
  const layout = layoutFor(16, 16, 15, true, width);
  const words = new Uint16Array(width).fill(7);
  words[width - 1] = 500;
  words[width - 2] = 0xffff;
  const shades = shadesOf(new Uint8Array(words.buffer), layout);
  expect([shades.least, shades.greatest]).toEqual([-1, 500]);
  expect(shades.countFrom(8, Infinity)).toBe(1);
  expect(shades.countTo(6.5, Infinity)).toBe(1);
  expect(shades.countFrom(7, Infinity)).toBe(width - 1);
  expect(shades.countFrom(7, 40_000)).toBeGreaterThan(40_000);
  expect(shades.countTo(7, 0)).toBeGreaterThan(0);
});

it('counts words of 32 bits by their upper half', () => {
  const words = Uint32Array.of(0, 5 * 0x10000 + 3, 9 * 0x10000, 0xffffffff, 7, 7, 7, 7);
  const shades = shadesOf(new Uint8Array(words.buffer), layoutFor(32, 32, 31, false, 8));
  expect([shades.least, shades.greatest]).toEqual([0, 0xffff * 0x10000]);
  expect(shades.countFrom(5 * 0x10000, Infinity)).toBe(3);
  expect(shades.countTo(5 * 0x10000, Infinity)).toBe(6);
});

it('takes no bytes that do not fill vectors, and none that would take much memory', () => {
  const by = vectors();
  expect(by?.take(new Uint8Array(17))).toBe(false);
  expect(by?.take(new Uint8Array())).toBe(false);
  expect(by?.take(new Uint8Array(MOST_BYTES + VECTOR))).toBe(false);
  expect(by?.take(new Uint8Array(VECTOR))).toBe(true);
});

it('tells of words which bits any of them has', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 0xffff }), { minLength: 8, maxLength: 8 }),
      fc.nat({ max: 40 }),
      (words, zeros) => {
        const all = Uint16Array.from([...new Uint16Array(8 * zeros), ...words, ...new Uint16Array(8)]);
        const by = vectors();
        expect(by?.take(new Uint8Array(all.buffer))).toBe(true);
        expect(by?.bits()).toBe(words.reduce((some, word) => some | word, 0));
      },
    ),
  );
});
