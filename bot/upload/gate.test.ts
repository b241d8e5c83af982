import { expect, it } from 'vitest';
import { createGate } from './gate.ts';

it('lets so much work through at a time, in its order, and is not shut by work that fails', async () => {
  const through = createGate(2);
  const order: number[] = [];
  let [now, most] = [0, 0];
  const work = (number: number) =>
    through(async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 1));
      order.push(number);
      now -= 1;
      if (number % 2 === 0) throw new Error('failed');
      return number;
    });
  const outcomes = await Promise.allSettled([1, 2, 3, 4, 5, 6, 7].map(work));
  expect(most).toBe(2);
  expect(order).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(3);
  expect(await work(9)).toBe(9);
});
