import { expect, test } from 'vitest';
import { boxesOf } from './boxes.ts';

const places = (...units: readonly (readonly [number, number, number, number])[]) => Float32Array.from(units.flat());
const box = (left: number, top: number, width: number, height: number) => ({
  left: expect.closeTo(left),
  top: expect.closeTo(top),
  width: expect.closeTo(width),
  height: expect.closeTo(height),
});

test('a word on one line has one box, whatever its letters’ heights', () => {
  const word = places([0.1, 0.1, 0.02, 0.03], [0.12, 0.11, 0.02, 0.02], [0.14, 0.1, 0.02, 0.04]);
  expect(boxesOf(word, 0, 3)).toEqual([box(0.1, 0.1, 0.06, 0.04)]);
  expect(boxesOf(word, 1, 2)).toEqual([box(0.12, 0.11, 0.02, 0.02)]);
});

test('a name over the end of a line has one box for each', () => {
  const name = places([0.8, 0.1, 0.1, 0.02], [0, 0, 0, 0], [0.1, 0.13, 0.1, 0.02], [0.2, 0.13, 0.1, 0.02]);
  expect(boxesOf(name, 0, 4)).toEqual([box(0.8, 0.1, 0.1, 0.02), box(0.1, 0.13, 0.2, 0.02)]);
});

test('a word that is turned by a quarter has one box down its column', () => {
  const turned = places([0.1, 0.1, 0.02, 0.02], [0.1, 0.12, 0.02, 0.02], [0.1, 0.14, 0.02, 0.02]);
  expect(boxesOf(turned, 0, 3)).toEqual([box(0.1, 0.1, 0.02, 0.06)]);
});

test('what stands nowhere has none', () => {
  expect(boxesOf(places([0, 0, 0, 0]), 0, 1)).toEqual([]);
  expect(boxesOf(new Float32Array(0), 0, 5)).toEqual([]);
});
