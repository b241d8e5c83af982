import { expect, test } from 'vitest';
import { unlikelyDate } from './dates.ts';

const at = '2026-03-02T23:30:00.000Z';

test.each(['2026-03-02', '1931-01-01', '2024-02-29', '2026-03-02T22:00:00Z', '2026-03-02T22:00Z'])(
  '%s can be',
  (date) => {
    expect(unlikelyDate(date, at)).toBeUndefined();
  },
);

test('a day that has begun east of Greenwich is not in the future', () => {
  expect(unlikelyDate('2026-03-03', at)).toBeUndefined();
  expect(unlikelyDate('2026-03-04', at)).toEqual({ refused: 'date.in-the-future' });
  expect(unlikelyDate('2026-03-03', '2026-03-02T09:59:00.000Z')).toEqual({ refused: 'date.in-the-future' });
});

test.each([
  '',
  'yesterday',
  '2026-02-30',
  '2025-02-29',
  '2026-13-01',
  '02/03/2026',
  '2026-03-02 Jean Dupont',
  '2026-3-2',
  '26-03-02',
])('%j is no date', (date) => {
  expect(unlikelyDate(date, at)).toEqual({ refused: 'date.invalid' });
});

test('an instant that cannot be read does not throw', () => {
  expect(unlikelyDate('2026-03-02', 'now')).toBeUndefined();
  expect(unlikelyDate('2026-03-02', '')).toEqual({ refused: 'date.in-the-future' });
});
