import { describe, expect, it } from 'vitest';
import { modelsFor } from './models.ts';
import { frameFindings, textBoxes } from './text-boxes.ts';
import { inRows, united, type Word, written } from './words.ts';

const word = (text: string, left: number, top: number): Word => ({
  text,
  confidence: 90,
  left,
  top,
  right: left + 0.02 * text.length,
  bottom: top + 0.02,
  units: Array.from({ length: text.length }, (_, at) => [left + 0.02 * at, top, 0.02, 0.02] as const),
});

describe('several readings of one picture', () => {
  it('keep a line once on which they agree, and each version where they do not', () => {
    const first = [[word('Anna', 0.1, 0.1)], [word('Ke11er', 0.1, 0.3)]];
    const second = [[word('Anna', 0.1, 0.1)], [word('Keller', 0.1, 0.3)]];
    expect(written(united([first, second])).text).toBe('Anna\nKe11er\nKeller');
  });
});

describe('the text of words', () => {
  it('goes by rows from left to right, with a place for each unit and two spaces at a wide gap', () => {
    const rows = inRows([[word('ID', 0.6, 0.101)], [word('Anna', 0.1, 0.1)], [word('B', 0.1, 0.5)]]);
    const { text, places } = written(rows);
    expect(text).toBe('Anna  ID\nB');
    expect(places).toHaveLength(text.length * 4);
    expect([...places.subarray(16, 24)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(places[24]).toBeCloseTo(0.6);
  });
});

describe('all writing of a frame', () => {
  const page = {
    page: 2,
    source: 'picture',
    ...written([[word('Anna', 0.1, 0.1), word('4711', 0.6, 0.1)], [word('\ufffd', 0.3, 0.8)]]),
  } as const;

  it('has a box for each piece', () => {
    expect(textBoxes(page).map(({ left }) => Number(left.toFixed(2)))).toEqual([0.1, 0.6, 0.3]);
  });

  it('becomes a finding, except for what is one already', () => {
    const all = frameFindings(page, []);
    expect(all.map(({ kind, start }) => [kind, start])).toEqual([
      ['writing', 0],
      ['writing', 6],
      ['writing', 11],
    ]);
    const [first] = all;
    expect(frameFindings(page, first ? [first] : []).map(({ start }) => start)).toEqual([6, 11]);
  });
});

it.each([
  [undefined, ['eng', 'deu', 'fra']],
  [['de'], ['eng', 'deu']],
  [
    ['el-GR', 'en'],
    ['eng', 'ell'],
  ],
  [['xx'], ['eng', 'deu', 'fra']],
])('models for %j', (languages, models) => {
  expect(modelsFor(languages)).toEqual(models);
});
