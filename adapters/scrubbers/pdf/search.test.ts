import fc from 'fast-check';
import { expect, it } from 'vitest';
import { needles } from './search.ts';

const texts = fc.array(fc.string({ minLength: 4, maxLength: 14, unit: fc.constantFrom('a', 'b', 'ß', '0') }), {
  maxLength: 4,
});
const forms = (text: string): Buffer[] => {
  const utf8 = Buffer.from(text, 'utf8');
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();
  return [
    utf8,
    Buffer.from(text, 'latin1'),
    little,
    big,
    ...[utf8, big].map((one) => Buffer.from(one.toString('hex'))),
  ];
};

it('finds each text in every encoding wherever it stands, and nothing else', () => {
  const chosen = fc.record({
    texts,
    noise: fc.array(fc.constantFrom(...Buffer.from('ab0\0\xc3\x9f63', 'latin1')), { maxLength: 40 }),
    form: fc.nat(5),
  });
  fc.assert(
    fc.property(chosen, ({ texts, noise, form }) => {
      const [first] = texts;
      const haystack = Buffer.concat([
        Buffer.from(noise),
        first === undefined ? Buffer.alloc(0) : (forms(first)[form] as Buffer),
        Buffer.from(noise.toReversed()),
      ]);
      const there = texts.flatMap((text, index) =>
        forms(text).some((bytes) => haystack.includes(bytes)) ? [index] : [],
      );
      expect([...needles(texts).findIn(haystack)].sort((a, b) => a - b)).toEqual(there);
    }),
    { seed: 7, numRuns: 400 },
  );
});

it('finds none of no texts', () => {
  expect(needles([]).findIn(Buffer.from('anything'))).toEqual(new Set());
});
