import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { asRead, markdown, neutral } from './escape.ts';

test.each([
  ['a link', '[Click](https://evil.example)', /\]\(/],
  ['a picture', '![x](https://evil.example/x.png)', /\]\(/],
  ['a mention', '<at>Everyone</at>', /<\/?at/],
  ['a date function', '{{DATE(2026-01-01T00:00:00Z)}}', /\{\{/],
  ['bold', '**now**', /(?<!\\)\*/],
  ['italics', '_now_', /(?<!\\)_/],
  ['a heading', '# now', /^#/],
  ['a list', '- now', /^-/],
  ['a numbered list', '1. now', /^1\./],
  ['a list on a second line', 'x\n\n  * now', /\n\s*\*/],
])('%s is no markup, and reads as typed', (_, text, markup) => {
  expect(markdown(text)).not.toMatch(markup);
  expect(asRead(markdown(text))).toBe(text.replaceAll(/\n+/g, '\n'));
});

test('where no markup is read, links and mentions are broken and nothing else changes', () => {
  expect(neutral('HTAD_case_1 *new*')).toBe('HTAD_case_1 *new*');
  expect(neutral('[a](b) <at>x</at>')).not.toMatch(/\]\(|<at|<\/at/);
});

test('any text reads as typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      fc.pre(!/[\u200B\r\n\\]/.test(text));
      expect(asRead(markdown(text))).toBe(text);
      expect(markdown(text)).not.toMatch(/\]\(|<at|\{\{/i);
    }),
  );
});
