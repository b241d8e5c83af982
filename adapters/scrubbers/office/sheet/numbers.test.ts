import { describe, expect, it } from 'vitest';
import { readNumber } from './numbers.ts';

describe('a number of a cell', () => {
  it.each([
    ['18264', 'm/d/yyyy', '1950-01-01'],
    ['18264', 'd-mmm', '1950-01-01'],
    ['18264', '[$-407]mmmm\\ yy;@', '1950-01-01'],
    ['18264.5', 'm/d/yyyy h:mm', '1950-01-01 12:00'],
    ['1', 'yyyy', '1900-01-01'],
    ['0.375', 'h:mm AM/PM', '09:00'],
    ['1.5', '[h]:mm', '1.5'],
    ['0.18999999999999997', '0%', '0.19'],
    ['24256800', '#,##0', '24256800'],
    ['36.6', 'General', '36.6'],
    ['not', 'General', 'not'],
  ])('%s in the format %s is read as %s', (value, format, text) => {
    expect(readNumber(value, format, false).text).toBe(text);
  });

  it('counts its days from 1904 where the workbook does', () => {
    expect(readNumber('16802', 'm/d/yyyy', true).text).toBe('1950-01-01');
  });

  it.each([
    ['24256800', '#,##0', true],
    ['24256800', 'General', false],
    ['0.5', 'General', true],
    ['4711', 'General', true],
    ['18264', 'm/d/yyyy', false],
    ['123456789', '000-00-0000', false],
    ['62', '0.00 "mm"', true],
  ])('%s in the format %s is a quantity: %s', (value, format, amount) => {
    expect(readNumber(value, format, false).amount).toBe(amount);
  });
});
