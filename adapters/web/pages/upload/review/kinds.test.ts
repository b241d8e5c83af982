import { describe, expect, it } from 'vitest';
import type { ReviewFinding } from '../../../../../bot/pages/pages.ts';
import { beside, byKind, byPage, inReadingOrder } from './kinds.ts';

const at = (
  id: string,
  page: number,
  top: number,
  left: number,
  kind: ReviewFinding['kind'] = 'name',
): ReviewFinding => ({
  id,
  page,
  boxes: [{ left, top, width: 0.1, height: 0.02 }],
  start: 0,
  end: 0,
  source: 'text',
  kind,
  certainty: 'possible',
});

describe('the findings', () => {
  it('are ordered as one reads them', () => {
    const mixed = [at('d', 2, 0.1, 0), at('c', 1, 0.5, 0), at('b', 1, 0.101, 0.6), at('a', 1, 0.103, 0.1)];
    expect(inReadingOrder(mixed).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    const text = [9, 3].map((start) => ({ ...at(`t${start}`, 1, 0, 0), boxes: [], start, end: start + 1 }));
    expect(inReadingOrder(text).map(({ id }) => id)).toEqual(['t3', 't9']);
  });

  it('are grouped by page, and by kind in a fixed order', () => {
    const mixed = [at('a', 1, 0, 0, 'date'), at('b', 2, 0, 0), at('c', 2, 0.5, 0, 'date')];
    expect(
      byPage(mixed)
        .get(2)
        ?.map(({ id }) => id),
    ).toEqual(['b', 'c']);
    expect(byKind(mixed).map(({ kind, findings }) => [kind, findings.length])).toEqual([
      ['name', 1],
      ['date', 2],
    ]);
  });

  it('follow one another around the end', () => {
    const three = [at('a', 1, 0, 0), at('b', 1, 0.1, 0), at('c', 1, 0.2, 0)];
    expect(beside(three, undefined, 1)?.id).toBe('a');
    expect(beside(three, undefined, -1)?.id).toBe('c');
    expect(beside(three, 'c', 1)?.id).toBe('a');
    expect(beside(three, 'a', -1)?.id).toBe('c');
    expect(beside([], 'a', 1)).toBeUndefined();
  });
});
