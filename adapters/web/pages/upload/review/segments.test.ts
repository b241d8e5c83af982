import { describe, expect, it } from 'vitest';
import { segments } from './segments.ts';

const mark = (start: number, end: number) => ({ start, end });

describe('the segments of a text', () => {
  it('join to the text again, with each mark where it stands', () => {
    const text = 'Patient: Ada Sample, born 1987\r\n';
    const cut = segments(text, [mark(26, 30), mark(9, 19)]);
    expect(cut.map((one) => one.text).join('')).toBe(text);
    expect(cut.filter((one) => one.mark).map((one) => one.text)).toEqual(['Ada Sample', '1987']);
  });

  it('give the common part of an overlap to the earlier mark, and cut at the end of the text', () => {
    const cut = segments('abcdefgh', [mark(4, 99), mark(1, 5), mark(2, 3)]);
    expect(cut.map((one) => [one.text, one.mark?.start])).toEqual([
      ['a', undefined],
      ['bcde', 1],
      ['fgh', 4],
    ]);
  });
});
