import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenise } from './tokens.ts';

describe('tokens', () => {
  it('are runs of letters, runs of digits and single signs, with UTF-16 offsets', () => {
    const text = '\u{1F600} Ž.Nová, 23avr';
    expect(tokenise(text).map((token) => token.text)).toEqual(['\u{1F600}', 'Ž', '.', 'Nová', ',', '23', 'avr']);
    for (const { start, end, text: token } of tokenise(text)) expect(text.slice(start, end)).toBe(token);
  });

  it('keep a combining mark with its letter', () => {
    expect(tokenise('Jose\u0301 x').map(({ text }) => text)).toEqual(['Jose\u0301', 'x']);
  });

  it('cover every character of any text that is no white space, in order and once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let at = 0;
        for (const { start, end } of tokenise(text)) {
          if (/\S/u.test(text.slice(at, start)) || start < at || end <= start) return false;
          at = end;
        }
        return !/\S/u.test(text.slice(at));
      }),
    );
  });
});
