import { describe, expect, it } from 'vitest';
import { isKvnr, isLatvianCode, isNhsNumber, isTaj } from './national.ts';
import { numbers } from './numbers.ts';
import { readText } from './reading.ts';

describe('checksums', () => {
  it.each([
    ['KVNR', isKvnr, 'A123456780', 'A123456781'],
    ['TAJ', isTaj, '123 456 788', '123 456 789'],
    ['NHS number', isNhsNumber, '943 476 5919', '943 476 5918'],
    ['Latvian code', isLatvianCode, '161175-19997', '161175-19998'],
  ])('of a %s tells right from wrong', (_, isValid, right, wrong) => {
    expect(isValid(right)).toBe(true);
    expect(isValid(wrong)).toBe(false);
  });
});

describe('numbers without a label', () => {
  it.each([
    ['fr:nir', '2 55 08 14 168 025 38', 'fr'],
    ['it:codice-fiscale', 'RSSMRA56D43L219X', 'it'],
    ['es:dni', '12345678Z', 'es'],
    ['de:kvnr', 'A123456780', 'de'],
    ['ch:ahv', '756.9217.0769.85', 'de'],
    ['nl:bsn', '111222333', 'nl'],
    ['pl:pesel', '44051401359', 'pl'],
    ['se:personnummer', '811228-9874', 'sv'],
    ['dk:cpr', '211062-5629', 'da'],
    ['iban', 'DE89 3704 0044 0532 0130 00', 'de'],
  ])('%s: %s', (rule, written, language) => {
    expect(numbers(readText(`x ${written}.`, [language])).map((found) => found.rule)).toContain(rule);
  });

  it('are not measurements, scales, or the numbers of trials', () => {
    expect(numbers(readText('Thrombozyten 245000, 1 2 3 4 5 6 7 8 9, NCT01234567', ['en']))).toEqual([]);
  });
});
