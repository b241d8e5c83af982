import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Frame, shownAt, spaceAt } from './frame.ts';

const frame = (turns: number): Frame => ({ left: 10, bottom: 60, right: 290, top: 180, turns });

describe('a place on a page', () => {
  it.each([
    [0, { left: 0, top: 0, width: 0.1, height: 0.25 }],
    [1, { left: 0.75, top: 0, width: 0.25, height: 0.1 }],
    [2, { left: 0.9, top: 0.75, width: 0.1, height: 0.25 }],
    [3, { left: 0, top: 0.9, width: 0.25, height: 0.1 }],
  ])('in the upper left of its own space is shown, after %i quarter turns, at %o', (turns, shown) => {
    const box = shownAt(frame(turns), { left: 10, right: 38, top: 180, bottom: 150 });
    for (const [side, share] of Object.entries(shown)) expect(box[side as keyof typeof box]).toBeCloseTo(share, 6);
  });

  it('comes back to where it was', () => {
    const share = fc.double({ min: 0, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), share, share, share, share, (turns, left, top, width, height) => {
        const back = shownAt(frame(turns), spaceAt(frame(turns), { left, top, width, height }));
        for (const [one, other] of [
          [back.left, left],
          [back.top, top],
          [back.width, width],
          [back.height, height],
        ] as const)
          expect(one).toBeCloseTo(other, 6);
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});
