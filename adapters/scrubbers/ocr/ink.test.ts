import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../domain/seeded.ts';
import { type Component, components } from './components.ts';
import { inkLines } from './ink.ts';
import { written } from './testing.ts';

const SIZE = { width: 400, height: 120 };
const LINE = { text: 'KELLER', x: 40, y: 50, height: 14 };

describe('writing is found by its ink', () => {
  it.each([
    ['light on dark', [10, 200], true],
    ['dark on light', [240, 30], false],
    ['faint', [20, 70], true],
  ] as const)('%s', async (_name, shades, light) => {
    const lines = inkLines(await written(SIZE, [LINE], shades)).filter((line) => line.light === light);
    expect(lines).toHaveLength(1);
    const [{ left, right, top, bottom, letters } = { left: 0, right: 0, top: 0, bottom: 0, letters: 0 }] = lines;
    expect([left <= 42, right >= 105, top <= 52, bottom >= 62]).toEqual([true, true, true, true]);
    expect(letters).toBeGreaterThanOrEqual(4);
  });

  it.each([
    ['white', [255, 217], false],
    ['black', [0, 38], true],
  ] as const)('large letters that are hardly there on %s', async (_name, shades, light) => {
    const lines = inkLines(await written(SIZE, [{ ...LINE, y: 40, height: 30 }], shades));
    expect(lines).toMatchObject([{ light }]);
    expect((lines[0]?.right ?? 0) - (lines[0]?.left ?? 0)).toBeGreaterThan(90);
  });

  it('grain is no writing', () => {
    const next = seeded(7);
    const data = new Uint8Array(300 * 200).map(() => Math.min(255, 60 * Math.sqrt(-2 * Math.log(1 - next()))));
    const covered = inkLines({ width: 300, height: 200, data }).reduce(
      (sum, { left, top, right, bottom }) => sum + (right - left) * (bottom - top),
      0,
    );
    expect(covered / data.length).toBeLessThan(0.02);
  });
});

describe('components', () => {
  it('joins what touches over sides and corners, and what only meets further down', () => {
    const rows = ['#...#', '#...#', '.#.#.', '..#..', '.....', '##...'];
    const data = Uint8Array.from(rows.join(''), (cell) => (cell === '#' ? 200 : 10));
    const found = components({ width: 5, height: 6, data }, 100);
    expect(found.map(({ left, top, right, bottom, area }) => [left, top, right, bottom, area])).toEqual([
      [0, 0, 5, 4, 7],
      [0, 5, 2, 6, 2],
    ]);
    expect(found[0]?.sum).toBe(1400);
  });

  it('are those that a walk from pixel to pixel finds, wherever rows begin and at every level', () => {
    const picture = fc
      .tuple(fc.integer({ min: 1, max: 13 }), fc.integer({ min: 1, max: 9 }), fc.nat({ max: 4 }))
      .chain(([width, height, before]) =>
        fc.tuple(
          fc.constant({ width, before }),
          fc.array(fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(0, 255)), {
            minLength: width * height,
            maxLength: width * height,
          }),
        ),
      );
    fc.assert(
      fc.property(picture, fc.integer({ min: 1, max: 255 }), ([{ width, before }, shades], level) => {
        const data = Uint8Array.from([...new Uint8Array(before), ...shades]).subarray(before);
        const found = components({ width, height: shades.length / width, data }, level);
        expect(found).toEqual(walked(shades, width, level));
      }),
      { numRuns: 400 },
    );
  });
});

/** Components in the order of their first pixels, each by steps to its neighbours. */
function walked(shades: readonly number[], width: number, level: number): Component[] {
  const seen = new Set<number>();
  const found: Component[] = [];
  for (let first = 0; first < shades.length; first++) {
    if (seen.has(first) || (shades[first] as number) < level) continue;
    const own: number[] = [];
    const waiting = [first];
    seen.add(first);
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      own.push(at);
      for (const [dx, dy] of AROUND) {
        const [x, y] = [(at % width) + dx, Math.floor(at / width) + dy];
        const next = y * width + x;
        if (x < 0 || x >= width || y < 0 || next >= shades.length || seen.has(next)) continue;
        if ((shades[next] as number) < level) continue;
        seen.add(next);
        waiting.push(next);
      }
    }
    const [xs, ys] = [own.map((at) => at % width), own.map((at) => Math.floor(at / width))];
    const of = own.map((at) => shades[at] as number);
    found.push({
      left: Math.min(...xs),
      top: Math.min(...ys),
      right: Math.max(...xs) + 1,
      bottom: Math.max(...ys) + 1,
      area: own.length,
      sum: of.reduce((sum, shade) => sum + shade, 0),
      squares: of.reduce((sum, shade) => sum + shade * shade, 0),
    });
  }
  return found;
}

const AROUND = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [dx, dy] as const));
