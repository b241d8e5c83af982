import type { Span } from '../spans.ts';
import { isDose, isPartOfDecimal } from './figures.ts';

/** What parts the cells of a row: tabs as tables are read, and the signs of exports. */
const PARTS = /[\t;|]/;
/** Those that stand in sentences, too. */
const SIGNS = [';', '|'];
/** A cell that holds a measurement, a range, a mark of what is missing: nothing but digits and their signs. */
const MEASURED = /^[-+<>=≤≥±~*.,:/()%·×^ \d–—]*$/;
/** So many other cells of a row are measurements where the row is one of them. */
const ROW = 2;
/** A number that no row of measurements has: a full date, or so many digits that they name something. */
const FULL = /^\d{1,4}[./-]\d{1,2}[./-]\d{2,4}$|\d{6}/;

/**
 * A finding of the tagger as the cells of a table have it: cut where one cell ends, and nothing of it where it is a measurement in a row of them, or a part of a decimal number. What is no table is
 * given as it is. The tagger learned from sentences, and takes rows of numbers for telephones and days.
 */
export function apartFromMeasured(text: string, found: Span): readonly Span[] {
  const from = text.lastIndexOf('\n', found.start - 1) + 1;
  const to = (text.indexOf('\n', found.end) + 1 || text.length + 1) - 1;
  const isTable = isRow(text, from, to);
  // Where the tagger knows no lists, words beside each other are heads, and no parts of a name.
  const isOne = found.rule === 'tagger' && /\p{Alpha}/u.test(text.slice(found.start, found.end));
  const pieces = isTable && !isOne ? cut(text, found, /[^\t;|\n]+/g) : [found];
  return pieces.filter(
    ({ start, end }) =>
      !isPartOfDecimal(text, start, end) &&
      !isDose(text, start, end) &&
      !(isTable && isMeasurement(text, start, end)) &&
      !isCounted(text, start, end) &&
      !isSmallRow(text, start, end) &&
      !(found.kind === 'phone' && isMeasuredAgain(text, start, end)),
  );
}

/** Values of one patient lie as near to each other, and are no higher; of a telephone's groups, three or more hardly ever are. */
const NEAR = 1.25;
const HIGHEST = 260;
/** '213 240 250', as telephones are written in many countries. */
const THREES = /^\d{3} \d{3} \d{3}$/;

/** What is measured again and again on a ward, and between what it lies: degrees Celsius; beats, breaths, per cent, mmHg. 'T' stands before telephones as well. */
const MEASURES = [
  { name: /(?<![\p{Alpha}\d])t(?:emp(?:eratur\p{Alpha}{0,2})?)?[.:]{0,2} ?$/iu, least: 30, most: 43 },
  {
    name: /(?<![\p{Alpha}\d])(?:p|hr|hf|rr|bp|ta|pa|fc|fr|af|pulse?|pouls|polso|pulso|pols|s[ap]o2)[.:]{0,2} ?$/iu,
    least: 10,
    most: HIGHEST,
  },
];
const VALUE = /^[1-9]\d{0,2}(?:[.,]\d)?$/;

/**
 * Whether all that is found is of a run of values behind the name of what is measured ('T 36.5 36.7 37.1', 'P: 88 92 90'), a run of three or more that lie near to each other ('diameter 42 42 43 44'), or
 * one of decimals of one place ('1.5 1.1 1.7').
 */
export function isMeasuredAgain(text: string, start: number, end: number): boolean {
  // The digit of 'SpO2' is no value.
  const before =
    /(?<!\p{Alpha}[\d.,/–-]*)[\d.,/–-][\d.,/ –-]*$|$/u.exec(text.slice(Math.max(0, start - REACH), start))?.[0]
      .length ?? 0;
  const after = /^[\d.,/ –-]*/.exec(text.slice(end, end + REACH))?.[0].length ?? 0;
  const from = start - before;
  const run = text
    .slice(from, end + after)
    .trim()
    .replace(/[.,]$/, '');
  const values = run.split(/ ?[ /–-] ?/);
  if (values.length < 2 || !values.every((one) => VALUE.test(one))) return false;
  const numbers = values.map((one) => Number(one.replace(',', '.')));
  const most = Math.max(...numbers);
  const isNear = most <= Math.min(HIGHEST, Math.min(...numbers) * NEAR) && !THREES.test(run);
  if (values.length > 2 && (isNear || values.every((one) => /[.,]/.test(one)))) return true;
  const named = text.slice(Math.max(0, from - 14), from);
  return MEASURES.some(
    (measure) => measure.name.test(named) && numbers.every((one) => one >= measure.least && one <= measure.most),
  );
}

/** Of so many numbers that only grow or only fall, the days of a follow-up or the values of a scale, two have one digit. */
const SMALL_ROW = 4;

/** Whether all that is found is of a row of small numbers that only grow or only fall ('Day 1 2 3 5 7 14', 'VAS 3 2 1 0'), or of two of one digit. */
function isSmallRow(text: string, start: number, end: number): boolean {
  const before = /(?<![\p{Alpha}\d.,/-])[\d ]*$/u.exec(text.slice(Math.max(0, start - REACH), start))?.[0].length ?? 0;
  const after = /^[\d ]*(?![.,/-]\d)/.exec(text.slice(end, end + REACH))?.[0].length ?? 0;
  const run = text.slice(start - before, end + after).trim();
  if (!/^\d{1,3}(?: \d{1,3})+$/.test(run)) return false;
  const numbers = run.split(' ');
  const digits = numbers.filter(({ length }) => length === 1).length;
  if (numbers.length === 2) return digits === 2;
  const steps = numbers.slice(1).map((one, index) => Math.sign(Number(one) - Number(numbers[index])));
  return numbers.length >= SMALL_ROW && digits > 1 && steps[0] !== 0 && steps.every((step) => step === steps[0]);
}

/** So many numbers in equal steps are counted: the marks of an axis, the columns of a form. */
const COUNTED = 5;
/** So far on either side of a finding it is looked for them. */
const REACH = 80;
const COUNT = /(?<![\p{Alpha}\d.,/-])(?:0|[1-9]\d{0,5})(?:[.,]\d{1,3})?(?![\p{Alpha}\d/-]|[.,]\d)/gu;

/** Whether all that is found stands in a run of numbers in equal steps with nothing between them ('0 10 20 30 40'). */
export function isCounted(text: string, start: number, end: number): boolean {
  if (/\p{Alpha}/u.test(text.slice(start, end))) return false;
  const from = Math.max(0, start - REACH);
  const near = text.slice(from, end + REACH);
  let run: { readonly at: number; readonly to: number; readonly value: number }[] = [];
  for (const { index, 0: written } of near.matchAll(COUNT)) {
    // One that is cut at an edge would be another number.
    if ((index === 0 && from > 0) || from + index + written.length === end + REACH) continue;
    const next = { at: from + index, to: from + index + written.length, value: Number(written.replace(',', '.')) };
    const [last, before] = [run.at(-1), run.at(-2)];
    const isBeside = last !== undefined && /^\s+$/.test(text.slice(last.to, next.at));
    const isStep =
      last && (before ? isSame(next.value - last.value, last.value - before.value) : next.value !== last.value);
    run = isBeside ? [...(isStep ? run : [last]), next] : [next];
    const [first] = run;
    if (run.length >= COUNTED && first && first.at <= start && end <= next.to) return true;
  }
  return false;
}

/** Of decimals, as far as they are written. */
function isSame(one: number, other: number): boolean {
  return Math.abs(one - other) < 1e-6 * Math.max(1, Math.abs(one));
}

/** Whether a line is a row of cells: of an export, a line beside it has as many of the signs, for a list in a sentence is parted by semicolons as well. */
function isRow(text: string, from: number, to: number): boolean {
  const line = text.slice(from, to);
  if (line.includes('\t')) return true;
  const count = (sign: string, of: string) => of.split(sign).length - 1;
  const sign = SIGNS.find((one) => line.includes(one));
  if (sign === undefined) return false;
  const before = text.slice(text.lastIndexOf('\n', from - 2) + 1, Math.max(0, from - 1));
  const after = text.slice(to + 1, (text.indexOf('\n', to + 1) + 1 || text.length + 1) - 1);
  return (from > 0 && count(sign, before) === count(sign, line)) || count(sign, after) === count(sign, line);
}

function cut(text: string, found: Span, cell: RegExp): Span[] {
  return Array.from(text.slice(found.start, found.end).matchAll(cell), ({ 0: words, index }) => {
    const start = found.start + index + (words.length - words.trimStart().length);
    return { ...found, start, end: start + words.trim().length };
  }).filter(({ start, end }) => end > start);
}

/** Digits that are a whole cell or a part of one, in a row of measurements. */
function isMeasurement(text: string, start: number, end: number): boolean {
  const written = text.slice(start, end);
  if (/\p{Alpha}/u.test(written) || FULL.test(written)) return false;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = (text.indexOf('\n', end) + 1 || text.length + 1) - 1;
  let at = from;
  let others = 0;
  let isWorded = false;
  for (const cell of text.slice(from, to).split(PARTS)) {
    const isOwn = at <= start && end <= at + cell.length;
    if (isOwn && !MEASURED.test(cell)) return false;
    if (!isOwn && /\d/.test(cell) && MEASURED.test(cell) && !FULL.test(cell.trim())) others++;
    isWorded ||= /\p{Alpha}/u.test(cell);
    at += cell.length + 1;
  }
  // A number of three digits is no person's, wherever it is a cell beside another.
  return others >= (isWorded && !/^\d{1,3}$/.test(written) ? ROW : 1);
}
