import { expect, it } from 'vitest';
import { pagesOf, runsOf, stacksOf } from './stacks.ts';

const frame = (series: string, at: number) => ({ frame: { series, at, first: 1 } });

it('puts the frames of a series together in their order, whatever stands between them', () => {
  const pages = [frame('a', 3), {}, frame('b', 1), frame('a', 1), frame('a', 2), {}, frame('b', 1)];
  expect(stacksOf(pages)).toEqual([
    [4, 5, 1],
    [3, 7],
  ]);
  expect(stacksOf([{}, {}])).toEqual([]);
});

it('tells pages as runs, and back', () => {
  const pages = [4, 5, 6, 1, 9, 8];
  expect(runsOf(pages)).toEqual([
    [4, 6],
    [1, 1],
    [9, 9],
    [8, 8],
  ]);
  expect(pagesOf(runsOf(pages))).toEqual(pages);
  expect(pagesOf(runsOf([]))).toEqual([]);
});
