import { describe, expect, it } from 'vitest';
import { isBirthDate, knownOf, nothingTyped, overfull } from './known.ts';

describe('what the person knows', () => {
  it('is one name a line, without what is empty', () => {
    const typed = {
      names: ' Marisol  Quint\n\nde la Cruz, María; Tomas',
      birthDate: '1987-03-14',
      numbers: 'LT-447 1902\n',
    };
    expect(knownOf(typed)).toEqual({
      names: ['Marisol Quint', 'de la Cruz, María', 'Tomas'],
      birthDate: '1987-03-14',
      numbers: ['LT-447 1902'],
    });
    expect(knownOf(nothingTyped)).toEqual({ names: [] });
  });

  it('is never cut in silence: what is too much is said', () => {
    const many = Array.from({ length: 21 }, (_, at) => `Name ${at}`).join('\n');
    expect(overfull({ names: many, birthDate: '', numbers: '1'.repeat(51) })).toEqual(['names', 'numbers']);
    expect(overfull({ ...nothingTyped, names: `${'n'.repeat(100)}\n\n` })).toEqual([]);
  });

  it.each([
    ['', true],
    ['1987-03-14', true],
    ['2024-02-29', true],
    ['2026-11-23', true],
    ['2023-02-29', false],
    ['2026-11-24', false],
    ['1800-01-01', false],
    ['14.03.1987', false],
  ])('a date of birth %s: %s', (date, is) => expect(isBirthDate(date, '2026-11-23')).toBe(is));
});
