import fc from 'fast-check';
import { expect, it } from 'vitest';
import { severalIn } from './several.ts';

function placesIn(text: string, values: readonly string[]): string[] {
  const found: string[] = [];
  severalIn(values)(text, (start, end) => {
    found.push(`${start}-${end}`);
    return false;
  });
  return found.sort();
}

const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), minLength: 1, maxLength: 6 });

it('finds with many values what each finds by itself, overlapping ones and ends of others included', () => {
  fc.assert(
    fc.property(fc.uniqueArray(short, { minLength: 101, maxLength: 160 }), fc.array(short), (values, parts) => {
      const text = parts.join('');
      const byItself = values.flatMap((value) => placesIn(text, [value]));
      expect(placesIn(text, values)).toEqual(byItself.sort());
    }),
    { numRuns: 60 },
  );
});

it('ends when it is told that it is enough', () => {
  const values = Array.from({ length: 200 }, (_, index) => `value ${index}`);
  let heard = 0;
  expect(severalIn(values)('value 3, value 44', () => ++heard > 0)).toBe(true);
  expect(heard).toBe(1);
  expect(severalIn(values)('no such', () => true)).toBe(false);
});

it('refuses values that would take all memory', () => {
  const values = Array.from({ length: 1100 }, (_, index) => `${index} ${'x'.repeat(4000)}`);
  expect(() => severalIn(values)).toThrow('memory');
});
