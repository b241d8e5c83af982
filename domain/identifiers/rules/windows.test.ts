import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { around, denseDigits, matchesWithin } from './windows.ts';

const NUMBER = /(?<![\d])\d{3}[ -]\d{3}[ -]\d{4}(?!\d)/g;

/** Where the pattern stands in the whole text. */
function everywhere(text: string): string[] {
  return Array.from(text.matchAll(NUMBER), ({ 0: written, index }) => `${index} ${written}`);
}

function within(text: string): string[] {
  return Array.from(matchesWithin(text, denseDigits(text), NUMBER), ({ start, written }) => `${start} ${written}`);
}

describe('windows of dense digits', () => {
  it('hold every number that the whole text holds, and no other', () => {
    const piece = fc.oneof(
      fc.constantFrom('943 476 5919', '943-476-59', '12', ' ', '\n', 'O', 'é', 'mg '),
      fc.constant('a line of words without a digit, and longer than any margin is wide. '),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        expect(within(text)).toEqual(everywhere(text));
      }),
    );
    expect(within('NHS 943 476 5919.')).toEqual(['4 943 476 5919']);
  });

  it('leave out what holds few digits', () => {
    expect(denseDigits(`Hb 13,2 g/dl.${' words'.repeat(40)} 12`)).toEqual([]);
  });
});

describe('windows around a sign', () => {
  it('stay within the text and become one where they meet', () => {
    expect(around('a@b c@d', /@/g, { before: 3, behind: 4 })).toEqual([{ from: 0, to: 7 }]);
    expect(around(`a@b${' '.repeat(50)}c@d`, /@/g, { before: 3, behind: 4 })).toHaveLength(2);
  });
});
