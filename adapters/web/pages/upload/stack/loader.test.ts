import { expect, it } from 'vitest';
import type { Shades } from '../../../../../domain/shades.ts';
import { around, createLoader } from './loader.ts';

const frame = (): Shades => ({
  width: 10,
  height: 10,
  channels: 1,
  bytes: 1,
  least: 0,
  step: 1,
  most: 255,
  inverse: false,
  window: { center: 127, width: 255 },
  hounsfield: false,
  samples: new Uint8Array(100),
});
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

it('asks for four frames at a time, the nearest first, and lets go of those that are far now', async () => {
  const asked: number[] = [];
  const stopped: number[] = [];
  const waiting = new Map<number, (shades: Shades | undefined) => void>();
  const loader = createLoader(
    (page, signal) => {
      asked.push(page);
      signal.addEventListener('abort', () => stopped.push(page));
      return new Promise((resolve) => waiting.set(page, resolve));
    },
    1000,
    () => {},
  );
  loader.want([5, 6, 4, 7, 8]);
  expect(asked).toEqual([5, 6, 4, 7]);
  waiting.get(5)?.(frame());
  await turn();
  expect(asked).toEqual([5, 6, 4, 7, 8]);
  expect(loader.get(5)).toMatchObject({ width: 10 });
  loader.want([90, 91]);
  expect(stopped).toEqual([6, 4, 7, 8]);
  expect(asked.slice(5)).toEqual([90, 91]);
  waiting.get(6)?.(frame());
  await turn();
  expect(loader.get(6)).toBeUndefined();
});

it('holds no more than it may, the latest ones; what failed is asked for again when somebody says so', async () => {
  let [fails, told] = [true, 0];
  const loader = createLoader(
    async (page) => (page === 9 && fails ? undefined : frame()),
    300,
    () => told++,
  );
  for (const page of [1, 2, 3, 4]) {
    loader.want([page]);
    await turn();
  }
  expect([1, 2, 3, 4].map((page) => loader.get(page) !== undefined)).toEqual([false, true, true, true]);
  loader.want([9]);
  await turn();
  expect(loader.get(9)).toBe('failed');
  fails = false;
  loader.again(9);
  await turn();
  expect(loader.get(9)).toMatchObject({ width: 10 });
  expect(told).toBe(6);
});

it('looks further ahead than back', () => {
  const stack = Array.from({ length: 40 }, (_, index) => index + 1);
  expect(around(stack, 20, true).slice(0, 7)).toEqual([21, 22, 20, 23, 19, 24, 18]);
  expect(around(stack, 20, false).slice(0, 4)).toEqual([21, 20, 22, 19]);
  expect(around(stack, 39, true)).toEqual([40, 39, 38, 37]);
});
