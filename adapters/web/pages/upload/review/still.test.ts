import { expect, it } from 'vitest';
import type { ReviewFinding } from '../../../../../bot/pages/pages.ts';
import { standingStill } from './still.ts';

const finding = (id: string, page: number, left: number): ReviewFinding => ({
  id,
  page,
  boxes: [{ left, top: 0.1, width: 0.2, height: 0.05 }],
  start: 0,
  end: 1,
  source: 'picture',
  kind: 'name',
  certainty: 'possible',
});

it('takes what stands in the same place on the frames of one series, and nothing of another place, series or page', () => {
  const first = finding('f1', 1, 0.1);
  const all = [first, finding('f2', 2, 0.11), finding('f3', 3, 0.5), finding('f4', 9, 0.1), finding('f5', 1, 0.4)];
  const seriesOf = (page: number) => (page < 5 ? 0 : page < 10 ? 1 : undefined);
  expect(standingStill(first, all, seriesOf)).toEqual(['f1', 'f2']);
  expect(standingStill(finding('f6', 20, 0.1), all, seriesOf)).toEqual(['f6']);
});
