import { describe, expect, it } from 'vitest';
import { merge } from './merge.ts';
import type { Span } from './spans.ts';

const span = (start: number, end: number, rule: string): Span => ({
  start,
  end,
  kind: 'name',
  certainty: 'possible',
  rule,
});

describe('merge', () => {
  it('makes one span of those that overlap, covering both, as the stronger says', () => {
    const merged = merge([
      { span: span(0, 5, 'weak'), rank: 4 },
      { span: span(3, 9, 'strong'), rank: 1 },
    ]);
    expect(merged).toEqual([span(0, 9, 'strong')]);
  });

  it('leaves neighbours apart, sorts them, and drops what is empty', () => {
    const merged = merge([
      { span: span(5, 9, 'b'), rank: 4 },
      { span: span(0, 5, 'a'), rank: 4 },
      { span: span(7, 7, 'none'), rank: 0 },
    ]);
    expect(merged).toEqual([span(0, 5, 'a'), span(5, 9, 'b')]);
  });

  it('lets the longer of two equals say what it is', () => {
    expect(
      merge([
        { span: span(0, 2, 'short'), rank: 3 },
        { span: span(1, 9, 'long'), rank: 3 },
      ])[0]?.rule,
    ).toBe('long');
  });
});
