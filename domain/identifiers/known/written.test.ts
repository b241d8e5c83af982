import { describe, expect, it } from 'vitest';
import { findKnown } from './known.ts';

const known = {
  names: [
    'Jiří Novák',
    'Müller-Lüdenscheidt, Hannelore',
    'Nguyễn Thị Thanh Hà',
    'Eleanor Whitcombe',
    'José Ángel de la Fuente',
  ],
  birthDate: '1958-03-04',
  numbers: ['4711-0815/22', 'A123456780', '00118827341'],
};
const written = [
  'Jiří Novák',
  'Hannelore Müller-Lüdenscheidt',
  'Nguyễn Thị Thanh Hà',
  'Eleanor Whitcombe',
  'José Ángel de la Fuente',
  '04.03.1958',
  '1958-03-04',
  '4. März 1958',
  '03/04/1958',
  '4 mars 1958',
  '4711-0815/22',
  'A123456780',
  '00118827341',
];

const within = (text: string, sign: string) => {
  const middle = Math.floor(text.length / 2);
  return text.slice(0, middle) + sign + text.slice(middle);
};
const wide = (text: string) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

/** How documents and those who read them change what stands there. */
const ways: readonly (readonly [string, (text: string) => string])[] = [
  ['in capitals', (text) => text.toUpperCase()],
  ['in small letters', (text) => text.toLowerCase()],
  ['with no-break spaces', (text) => text.replaceAll(' ', '\u00a0')],
  ['with narrow spaces', (text) => text.replaceAll(' ', '\u202f')],
  ['with wide spaces', (text) => text.replaceAll(' ', '\u3000')],
  ['with tabs', (text) => text.replaceAll(' ', '\t')],
  ['over lines', (text) => text.replaceAll(' ', '\r\n')],
  ['over lines with an indent', (text) => text.replaceAll(' ', ' \n   ')],
  ['cut by a line end', (text) => within(text, '\n')],
  ['hyphenated', (text) => within(text, '-\n')],
  ['with a soft hyphen at a line end', (text) => within(text, '\u00ad\n')],
  ['with soft hyphens throughout', (text) => Array.from(text).join('\u00ad')],
  ['with zero-width spaces throughout', (text) => Array.from(text).join('\u200b')],
  ['between marks of direction', (text) => `\u2067\u200f${text}\u200f\u2069`],
  ['with a mark of direction within', (text) => within(text, '\u200e')],
  ['with combining accents', (text) => text.normalize('NFD')],
  ['in full-width forms', wide],
  [
    'with digits of another script',
    (text) => text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))),
  ],
  ['with letters of another script', (text) => text.replaceAll('a', 'а').replaceAll('o', 'о').replaceAll('e', 'е')],
  ['without spaces', (text) => text.replaceAll(' ', '')],
  ['with underscores', (text) => text.replaceAll(' ', '_')],
  ['with bars, as cells', (text) => text.replaceAll(' ', ' | ')],
  ['with other hyphens', (text) => text.replaceAll('-', '\u2011')],
  ['with dashes', (text) => text.replaceAll('-', '–')],
  ['with O for 0', (text) => text.replaceAll('0', 'O')],
  ['with l for 1', (text) => text.replaceAll('1', 'l')],
  ['with 0 for o', (text) => text.replace(/o/gi, '0')],
  ['with rn for m', (text) => text.replaceAll('m', 'rn')],
  ['with S for 5 and B for 8', (text) => text.replaceAll('5', 'S').replaceAll('8', 'B')],
  ['in a cell of a CSV file', (text) => `;"${text}";`],
  ['the last word first', (text) => (/\d/.test(text) ? text : text.split(' ').reverse().join(', '))],
];

/** The letters and digits of `part` that no span covers. */
function leftOf(part: string): string {
  const lead = 'Befund: ';
  const spans = findKnown(`${lead}${part} und weiter im Text.`, known);
  return Array.from(part.matchAll(/[\p{Alpha}\p{N}]/gu))
    .filter(({ index }) => !spans.some(({ start, end }) => start <= lead.length + index && end > lead.length + index))
    .map(([sign]) => sign)
    .join('');
}

describe('what is known is found', () => {
  it.each(ways)('%s', (_, change) => {
    expect(written.map(change).filter((part) => leftOf(part) !== '')).toEqual([]);
  });
});
