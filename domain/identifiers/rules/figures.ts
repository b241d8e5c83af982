import type { Span } from '../spans.ts';

const IN_DIGITS: ReadonlySet<Span['kind']> = new Set(['phone', 'number', 'date', 'birth-date', 'age']);
/** The sign of a mail's address, or a word for it. */
const AT = /@|[([]a[)\]]|\b(?:at|ät|arobase|arroba|chiocciola|apenstaartje|klammeraffe)\b/iu;
/** A line of a column of figures, none so long that it could be somebody's number; of dates, none with a point. */
const FIGURE = /^[ \t]*[-+]?\d{1,3}(?:[.,]\d{1,3})*[ \t]*%?[ \t]*$/;
const WHOLE = /^[ \t]*\d{1,3}[ \t]*$/;

/** What no day has, and no number that groups its thousands: '18.2899', '.8222'. */
const LONG_FRACTION = /^\(?\d*[.,]\d{3,}\)?$/;
const LONGER_FRACTION = /^\d*[.,]\d{4,}\)?$/;
/** A count or a reference in brackets, one of which may be left out: '[25]'. */
const COUNT = /^[[(]\d{1,3}[\])]?$|^\d{1,3}[\])]$/;
/** Signs of mathematics. */
const SYMBOLS = /[±×÷=<>∙√∑∫\u{1D400}-\u{1D7FF}]/u;

/** What a value is followed by, and no number of anybody: a dose, a length, a pressure. */
const MEASURED =
  /^ ?(?:mg|kg|µg|mcg|ml|dl|mm|cm|ie|iu|ui|kcal|mmhg|mmol|nmol|ng|bpm|hz|mgy|mgycm|kv|mas|%|°|\d x|\dx)(?![\p{Alpha}\d])/iu;
const SHORT = /^\d{1,5}(?:[-–/ ]\d{1,5})?$/;
/** '< 275', '≥ 90': a bound. */
const BOUND = /[<>≤≥=±] ?$/;
/** 'exon 24/51' */
const OF_GENE = /(?<!\p{Alpha})(?:exon|intron|codon|esone|exón|introne|intrón)s? $/iu;
/** 'VAS 8/10', 'Pain scale 9/10': out of ten, and no day. */
const RATED =
  /(?:pain|douleur|schmerz\p{Alpha}*|dolor|dolore|pijn|vas|nrs|eva|scale|skala|scala|schaal|[ée]chelle|escala|score)[^\n.;]{0,24}$/iu;
/** 'Vit. D3 1000 IU': a unit of doses. */
const UNIT = /^(?:\d{1,5} ?)?(?:iu|ui|ie)\.?$/i;
/** Letters that a font does not say: what is between them is no name. */
const UNSAID = /[\uFFFD\uFFFE\p{Co}]/u;

/** Whether a finding of the learned model cannot be what it is called: it learned from letters, and in tables, listings and code it takes figures for numbers and commands for mail addresses. */
export function isFigure(text: string, { start, end, kind }: Span): boolean {
  const written = text.slice(start, end);
  if (kind === 'email') return written.includes('\\') || !AT.test(written);
  if (!IN_DIGITS.has(kind))
    return (
      SYMBOLS.test(written) ||
      UNIT.test(written) ||
      /^[^\p{Alpha}]*\p{Ll}[^\p{Alpha}]*$/u.test(written) ||
      (UNSAID.test(written) && !/\p{Alpha}{2}/u.test(written)) ||
      (kind === 'address' && /^[^\p{Alpha}]{1,3}$/u.test(written))
    );
  const before = text.slice(Math.max(0, start - 34), start);
  if (SHORT.test(written) && OF_GENE.test(before)) return true;
  if (/^\d{1,4}$/.test(written) && kind !== 'age' && BOUND.test(before)) return true;
  if (/^(?:\d|10)\/10$/.test(written) && RATED.test(before)) return true;
  if (
    /[\\{}]/.test(written) ||
    (kind === 'phone' && /^\d{1,2}$/.test(written)) ||
    (kind === 'number' && /^\d$/.test(written)) ||
    (/date/.test(kind) &&
      /^\d{1,2}\.?$/.test(written) &&
      !/\d[./-] ?$|\p{Alpha}\.? $/u.test(text.slice(Math.max(0, start - 6), start)))
  )
    return true;
  return (
    /^0+$/.test(written) ||
    (kind === 'date' ? LONG_FRACTION : LONGER_FRACTION).test(written) ||
    COUNT.test(written) ||
    isColumn(text, start, end, /date/.test(kind) ? WHOLE : FIGURE)
  );
}

/** Whether it is a value before its unit: '1000 IU'. */
export const isDose = (text: string, start: number, end: number): boolean =>
  SHORT.test(text.slice(start, end)) && MEASURED.test(text.slice(end, end + 8));

/** Whether it is '00' of '100.00', '942' of '74,942': of another figure, which ends there; points between three or more are a date's, a phone's or a number's. */
export function isPartOfDecimal(text: string, start: number, end: number): boolean {
  const written = text.slice(start, end);
  if (!/^[.,]?\d{1,6}$/.test(written)) return false;
  const from = /[\d.,]*$/.exec(text.slice(Math.max(0, start - 12), start))?.[0] ?? '';
  const to = /^[\d.,]*/.exec(text.slice(end, end + 12))?.[0] ?? '';
  return /\d/.test(from + to) && /^\d+[.,]\d+[.,]?$/.test(from + written + to);
}

/** Figures on lines of their own, one below the other. */
function isColumn(text: string, start: number, end: number, figure: RegExp): boolean {
  if (!text.slice(start, end).includes('\n')) return false;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end);
  const lines = text.slice(from, to < 0 ? text.length : to).split(/[\n\f]/);
  return lines.every((line) => line.trim() === '' || figure.test(line));
}
