import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corners, distance, isCovered, isMeant, moved, sized, spanned, stretched } from './boxes.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const any = fc.double({ min: -3, max: 3, noNaN: true });
const box = fc.tuple(share, share, share, share).map(([a, b, c, d]) => spanned({ x: a, y: b }, { x: c, y: d }));

describe('a box', () => {
  it('is spanned from any corner to any other, and cut to the page', () => {
    const drawn = spanned({ x: 0.5, y: 0.75 }, { x: 0.25, y: -0.5 });
    expect(drawn).toEqual({ left: 0.25, top: 0, width: 0.25, height: 0.75 });
    expect(isMeant(drawn)).toBe(true);
    expect(isMeant(spanned({ x: 0.5, y: 0.5 }, { x: 0.501, y: 0.9 }))).toBe(false);
  });

  it('never leaves the page, however it is moved and sized', () => {
    fc.assert(
      fc.property(box, any, any, any, any, (first, x, y, wide, high) => {
        const { left, top, width, height } = moved(sized(moved(first, x, y), wide, high), y, x);
        return (
          left >= -1e-9 &&
          top >= -1e-9 &&
          width > 0 &&
          left + width <= 1 + 1e-9 &&
          height > 0 &&
          top + height <= 1 + 1e-9
        );
      }),
    );
  });

  it('is stretched at a corner while the opposite one stays, and never becomes less than can be meant', () => {
    const first = { left: 0.2, top: 0.4, width: 0.2, height: 0.1 };
    expect(stretched(first, 'right bottom', 0.1, 0.2).width).toBeCloseTo(0.3, 9);
    const low = stretched(first, 'left top', -0.1, 0.05);
    expect([low.left, low.top, low.left + low.width, low.top + low.height]).toEqual([
      expect.closeTo(0.1, 9),
      expect.closeTo(0.45, 9),
      expect.closeTo(0.4, 9),
      expect.closeTo(0.5, 9),
    ]);
    fc.assert(
      fc.property(box, fc.constantFrom(...corners), any, any, (drawn, corner, x, y) => {
        fc.pre(drawn.width >= 0.01 && drawn.height >= 0.01);
        const { left, top, width, height } = stretched(drawn, corner, x, y);
        return (
          left >= 0 &&
          top >= 0 &&
          left + width <= 1 + 1e-9 &&
          top + height <= 1 + 1e-9 &&
          width > 0.0039 &&
          height > 0.0039
        );
      }),
    );
  });

  it('covers what has its middle in it', () => {
    const large = { left: 0.2, top: 0.2, width: 0.4, height: 0.2 };
    expect(isCovered({ left: 0.25, top: 0.25, width: 0.1, height: 0.1 }, large)).toBe(true);
    expect(isCovered({ left: 0.55, top: 0.25, width: 0.2, height: 0.1 }, large)).toBe(false);
  });

  it('is as far as its nearest side', () => {
    const rect = { left: 10, top: 10, right: 20, bottom: 20 };
    expect(distance({ x: 15, y: 12 }, rect)).toBe(0);
    expect(distance({ x: 23, y: 24 }, rect)).toBe(5);
  });
});
