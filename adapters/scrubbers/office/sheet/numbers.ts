import { isAmount } from '../../text/csv.ts';
import { child, type Element, elements } from '../xml.ts';

/** Formats that every workbook has without naming them (18.8.30). */
const BUILT_IN: Readonly<Record<string, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'm/d/yyyy',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'm/d/yyyy h:mm',
  37: '#,##0 ;(#,##0)',
  38: '#,##0 ;[Red](#,##0)',
  39: '#,##0.00;(#,##0.00)',
  40: '#,##0.00;[Red](#,##0.00)',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mmss.0',
  48: '##0.0E+0',
  49: '@',
};
/** Numbers of formats that are dates in one language or another (18.8.30). */
const EAST_ASIAN_DATES = (id: number) => (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

/** The number formats of a workbook's cells, by the number of a cell's format. */
export function formatsOf(styles: Element | undefined): (format: string) => string {
  const list = (name: string, each: string) =>
    elements(child(styles, name) ?? { name: '', attributes: {}, children: [] }, each);
  const ids = list('x:cellXfs', 'x:xf').map(({ attributes }) => attributes['numFmtId'] ?? '0');
  const own = new Map(
    list('x:numFmts', 'x:numFmt').map(({ attributes }) => [
      attributes['numFmtId'],
      attributes['formatCode'] || 'General',
    ]),
  );
  return (format) => {
    const id = ids[Number(format)] ?? '0';
    return own.get(id) ?? BUILT_IN[id] ?? (EAST_ASIAN_DATES(Number(id)) ? 'yyyy-mm-dd' : 'General');
  };
}

/** What a cell's number says to a reader. */
export interface ReadNumber {
  readonly text: string;
  /** Nothing that names anybody: no date, and no long number. */
  readonly amount: boolean;
}

/** As many digits as a number of double precision keeps for certain: the further ones are noise. */
const DIGITS = 15;
export const plainNumber = (number: number): string => String(Number(number.toPrecision(DIGITS)));

const DAY = 86_400_000;
/** The day before the first, as all programs count: they take 1900 for a leap year. */
const BEFORE = Date.UTC(1899, 11, 30);
const BEFORE_1904 = Date.UTC(1904, 0, 1);
const LAST_DAY = 2_958_466;
/** A number of days below this, shown as hours, is a length of time. */
const LONGEST_TIME = 7000;

/**
 * Reads the number of a cell by its format. A date is told in full as ISO 8601, whatever of it the format shows: the cell holds all of it.
 */
export function readNumber(value: string, format: string, is1904: boolean): ReadNumber {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) return { text: value, amount: false };
  const parts = dateParts(format);
  if (parts.any && number >= 0 && number < LAST_DAY && (parts.days || number < 1 || number >= LONGEST_TIME))
    return { text: moment(number, is1904, parts.days || number >= 1), amount: false };
  const shown = grouped(number, format);
  if (shown !== undefined) return { text: shown, amount: false };
  const text = plainNumber(number);
  const isQuantity = /[,%$€£¥?]|0\.0|E[+-]|\[\$/.test(unquoted(format));
  return { text, amount: parts.any || isQuantity || isAmount(text) };
}

/** A piece of a format (18.8.31): literal text, a condition, a place for a digit, anything else. */
const PIECE = /"([^"]*)"|\\(.)|\[(<|<=|=|<>|>=|>)(\d+)\]|([0#])|([^])/g;
interface Piece {
  readonly literal?: string;
  readonly place?: string;
}

/** With fewer places for digits a number is a quantity that is grouped by its thousands. */
const PLACES = 6;

/**
 * The digits of a whole number as its format groups them, where it does so as for telephones and insurances: '06 12 34 56 78' of '00 00 00 00 00', '(212) 555-0147' of '\(###\)\ ###\-####'. Its first digit is left out of
 * the cell's own value where that is a zero. Undefined for any other format.
 */
function grouped(number: number, format: string): string | undefined {
  if (!Number.isSafeInteger(number) || number < 0) return undefined;
  for (const section of format.match(/(?:"[^"]*"|\\.|[^;"\\])+/g) ?? []) {
    const pieces: Piece[] = [];
    let applies = true;
    for (const [, quoted, escaped, sign, bound, place, other] of section.matchAll(PIECE)) {
      if (sign !== undefined) applies = compares(number, sign, Number(bound));
      else if (place !== undefined) pieces.push({ place });
      else if (other === undefined || ' -/()+'.includes(other))
        pieces.push({ literal: quoted ?? escaped ?? other ?? '' });
      else return undefined;
    }
    if (applies) return filled(pieces, String(number));
  }
  return undefined;
}

function filled(pieces: readonly Piece[], digits: string): string | undefined {
  const places = pieces.filter(({ literal }) => literal === undefined).length;
  const first = pieces.findIndex(({ literal }) => literal === undefined);
  const last = pieces.findLastIndex(({ literal }) => literal === undefined);
  const between = pieces.slice(first, last + 1).flatMap(({ literal }) => literal ?? []);
  if (places < PLACES || between.length === 0) return undefined;
  // '### ### ##0' parts thousands.
  if (pieces[first]?.place === '#' && between.every((literal) => literal.trim() === '')) return undefined;
  const padded = digits.padStart(places, '0');
  let at = padded.length - places;
  return pieces
    .map(({ literal }, index) => {
      if (literal !== undefined) return literal;
      const from = index === first ? 0 : at;
      at++;
      return padded.slice(from, at);
    })
    .join('');
}

function compares(number: number, sign: string, bound: number): boolean {
  if (sign === '<>') return number !== bound;
  if (number === bound) return sign.includes('=');
  return number < bound ? sign.startsWith('<') : sign.startsWith('>');
}

/** A format without its literal text, colours, conditions. */
const unquoted = (format: string) => format.replace(/"[^"]*"|[\\_*]./g, '').replace(/\[(?!h|m|s|\$)[^\]]*\]/gi, '');

function dateParts(format: string): { readonly any: boolean; readonly days: boolean } {
  const bare = unquoted(format.split(';')[0] ?? '')
    .replace(/\[\$[^\]]*\]/g, '')
    .replace(/general/gi, '')
    .replace(/AM\/PM|A\/P/gi, '');
  const days = /[yd]|m{3}/i.test(bare);
  return { any: days || /[hs]|mm/i.test(bare), days };
}

function moment(number: number, is1904: boolean, withDay: boolean): string {
  const seconds = Math.round(number * 86_400);
  const rest = seconds % 86_400;
  const time = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60].map((one) =>
    String(one).padStart(2, '0'),
  );
  const clock = (time[2] === '00' ? time.slice(0, 2) : time).join(':');
  if (!withDay) return clock;
  const days = Math.floor(seconds / 86_400);
  const first = is1904 ? BEFORE_1904 : days < 60 ? BEFORE + DAY : BEFORE;
  const date = new Date(first + days * DAY).toISOString().slice(0, 10);
  return rest === 0 ? date : `${date} ${clock}`;
}
