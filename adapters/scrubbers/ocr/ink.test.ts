import { describe, expect, it } from 'vitest';
import { seeded } from '../../../domain/seeded.ts';
import { components } from './components.ts';
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
});
