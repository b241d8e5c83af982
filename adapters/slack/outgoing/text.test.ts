import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cut, escape, pieces, typed } from './text.ts';

test('what a person typed comes back from Slack’s form of it', () => {
  expect(typed('write to <mailto:a_b@x.example|a_b@x.example>')).toBe('write to a_b@x.example');
  expect(typed('see <https://x.example/?a=1&amp;b=2|x.example>')).toBe('see https://x.example/?a=1&b=2');
  expect(typed('<#C1|general> <@U1|ada> <@U2> <!here> <!subteam^S1|@team>')).toBe('#general @ada @ @here @team');
  expect(typed('1 &lt; 2 &amp;lt; 3')).toBe('1 < 2 &lt; 3');
  expect(typed('<@U0BOT> show T-1', true)).toBe('show T-1');
});

test('escaping and reading are each other’s inverse', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(typed(escape(text))).toBe(text.trim());
    }),
  );
});

test('pieces lose nothing but white space, keep to their length and break no character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.integer({ min: 8, max: 50 }), (text, max) => {
      const parts = pieces(text, max);
      expect(parts.every((part) => part.length <= max && part.length > 0)).toBe(true);
      expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      expect(parts.every((part) => part.isWellFormed())).toBe(true);
      expect(cut(text, max).length).toBeLessThanOrEqual(max);
      expect(cut(text, max).isWellFormed()).toBe(true);
    }),
  );
});
