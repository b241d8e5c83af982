import type { Span } from '../spans.ts';
import { AFTER_DATE_WORD, LAW } from './dates.ts';
import { isDepartment } from './departments.ts';
import { isField, isLine, NEXT_LINE, startsLine } from './form-lines.ts';
import {
  BORN_YEAR,
  IN_BRACKETS,
  LETTERED,
  MEASURE,
  NUMBER,
  PHONE,
  REFERENCE,
  SEPARATOR,
  STAR,
  YEAR,
} from './label-values.ts';
import type { LabelKind } from './languages.ts';
import { isMeasuredAgain } from './measured-rows.ts';
import { isAmbiguous, isFirstName, isLastName, isNameLike, nameRun } from './name-run.ts';
import { nameSpan, titlesAt } from './names.ts';
import { townRun } from './places.ts';
import { gap, type Reading, span, tokenAt } from './reading.ts';
import { signatures } from './signatures.ts';
import { smallName } from './small-names.ts';
import { namesThing } from './things.ts';

const longestValue = 110;

/** Kinds whose value stands behind a word without a colon, too, as the value has a shape of its own. */
const needColon: ReadonlySet<LabelKind> = new Set(['name', 'address', 'institution']);

/**
 * Values that a label names: names, birth dates, numbers, telephones, addresses, places, signatures. Certain, where the label is a strong one. `dates` are those that were found by their shape.
 */
export function labelled(reading: Reading, dates: readonly Span[]): Span[] {
  const { text, tokens, tables } = reading;
  const spans: Span[] = [];
  const starts = new Map(dates.map((date) => [date.start, date]));
  for (let at = 0; at < tokens.length; at++) {
    const found = tables.labels.longest(text, tokens, at);
    const token = tokens[at];
    const last = found && tokens[found.next - 1];
    if (!found || !last || !token) continue;
    const kinds = new Set(found.values.map(({ kind }) => kind));
    if (kinds.has('name') && namesThing(text.slice(lineStart(text, token.start), last.end))) kinds.delete('name');
    SEPARATOR.lastIndex = last.end;
    const separator = SEPARATOR.exec(text);
    const behind = last.end + (separator?.[0].length ?? 0);
    // A form's label that has a line for itself: its value is the next one.
    const alone = separator?.[1] === undefined && isLine(text, token.start, behind);
    const value = alone ? behind + (NEXT_LINE.exec(text.slice(behind, behind + 40))?.[0].length ?? 0) : behind;
    const colon = separator?.[1] !== undefined;
    const apart = /^\.?(?:\t| {2,}|[ \t]*\n)/.test(text.slice(last.end, last.end + 8));
    const where: Where = {
      reading,
      at,
      next: found.next,
      value,
      strong: colon || apart,
      colon,
      alone,
      field: startsLine(text, token.start),
      label: text.slice(token.start, last.end),
      starts,
    };
    let taken = 0;
    const bracketed = kinds.has('number') ? IN_BRACKETS.exec(text.slice(last.end, last.end + 26)) : null;
    if (bracketed?.[1]) {
      const start = last.end + bracketed[0].indexOf(bracketed[1]);
      spans.push(span(start, start + bracketed[1].length, 'number', 'certain', 'label:number'));
    }
    for (const kind of kinds) {
      const values = needColon.has(kind) && !where.strong && !(kind === 'name') ? [] : (readers[kind]?.(where) ?? []);
      spans.push(...values);
      taken += values.length;
    }
    if (taken > 0) at = found.next - 1;
  }
  for (const found of text.matchAll(BORN_YEAR))
    spans.push(span(found.index, found.index + found[0].length, 'birth-date', 'certain', 'label:birth-date'));
  for (const found of text.matchAll(STAR)) {
    const date = dateNear(text, starts, found.index + 1, 8);
    if (date)
      spans.push(
        { ...date, kind: 'birth-date', certainty: 'certain', rule: 'label:birth-date' },
        ...nameBefore(reading, tokenAt(tokens, found.index), found.index),
      );
  }
  return spans;
}

/** Where the words begin that stand right before a label: on its line, in its cell. */
const lineStart = (text: string, at: number): number =>
  at - (/[^\n\t:;|]{0,20}$/.exec(text.slice(Math.max(0, at - 20), at))?.[0].length ?? 0);

interface Where {
  readonly reading: Reading;
  /** Tokens of the label: from `at` to `next` (exclusive). */
  readonly at: number;
  readonly next: number;
  /** Where the value begins. */
  readonly value: number;
  readonly strong: boolean;
  readonly colon: boolean;
  /** The label has a line for itself, and the value is the next line. */
  readonly alone: boolean;
  /** The label begins a line. */
  readonly field: boolean;
  readonly label: string;
  /** Dates by their starts. */
  readonly starts: ReadonlyMap<number, Span>;
}

const readers: Readonly<Partial<Record<LabelKind, (where: Where) => Span[]>>> = {
  name: namesOf,
  birth: birthOf,
  number: numberOf,
  phone: phoneOf,
  address: addressOf,
  place: placeOf,
  institution: institutionOf,
  date: dateOf,
  signature: ({ reading, next, value, label }) => signatures(reading, next, value, label),
};

function namesOf({ reading, next, value, strong, colon, alone, field, label }: Where): Span[] {
  const { tokens, text } = reading;
  let from = Math.max(next, tokenAt(tokens, value));
  const first = tokens[from];
  const lead = first ? text.slice(value, first.start) : '';
  if (
    !first ||
    !(strong ? /^[\s"'«„“*_-]{0,6}$/ : /^[ ]?$/).test(lead) ||
    (lead.match(/\n/g)?.length ?? 0) > (colon ? 1 : 0)
  )
    return [];
  if (lead.includes('\n') && !colon) return [];
  const whole = (alone || (field && !strong)) && isField(reading, label, from);
  if (alone && !colon && !whole) return [];
  if (
    !strong &&
    !whole &&
    (!/^\p{Uppercase}/u.test(label) ||
      !(first.shape === 'capitals' || isFirstName(reading, first) || isLastName(reading, first)) ||
      isAmbiguous(reading, first))
  )
    return [];
  const titles = titlesAt(reading, from);
  if (titles) from = titles.next;
  const run = nameRun(reading, from, strong || whole ? 'label' : 'free');
  if (!run) return strong ? smallName(reading, from) : [];
  const spans = [nameSpan(reading, run, strong ? 'certain' : 'possible', 'label:name')];
  // A list of people behind one label: 'Cardiologues : A. Martin, B. Petit'.
  for (let to = run.to, people = 0; strong && people < 12; people++) {
    if (
      !/^(?:\.? ?[,;/&] ?\n?|\.? (?:et|und|and|y|e|i|en|og|och|a) )$/.test(
        text.slice(tokens[to - 1]?.end ?? 0, tokens[to]?.start ?? 0),
      )
    )
      break;
    const following = nameRun(reading, titlesAt(reading, to)?.next ?? to, 'label');
    const head = following && tokens[following.from];
    if (!following || !head || (reading.capitalNouns && !isFirstName(reading, head) && !isLastName(reading, head)))
      break;
    spans.push(nameSpan(reading, following, 'possible', 'label:name'));
    to = following.to;
  }
  return spans;
}

function birthOf({ reading, at, next, value, starts, label, strong }: Where): Span[] {
  const { text, tokens } = reading;
  if (label.length <= 2 && !strong && text[tokens[next - 1]?.end ?? 0] !== '.') return [];
  const date = dateNear(text, starts, value, label.length <= 2 ? 3 : 14);
  if (date) {
    return [
      { ...date, kind: 'birth-date', certainty: 'certain', rule: 'label:birth-date' },
      ...nameBefore(reading, at),
      ...birthPlace(reading, date.end),
    ];
  }
  YEAR.lastIndex = value;
  const year = label.length > 1 ? YEAR.exec(text) : null;
  if (year)
    return [
      span(YEAR.lastIndex - 4, YEAR.lastIndex, 'birth-date', 'certain', 'label:birth-date'),
      ...nameBefore(reading, at),
    ];
  const short = shortDate(text, value);
  if (short) return [span(value, short, 'birth-date', 'certain', 'label:birth-date')];
  const spaced = /^[^\d\n]{0,4}\d{1,2} \d{1,2} (?:19|20)?\d\d(?!\d)/.exec(text.slice(value, value + 18));
  if (spaced && label.length > 2)
    return [span(value, value + spaced[0].length, 'birth-date', 'certain', 'label:birth-date')];
  const boxes = /^[^\d\n]{0,4}(\d(?:[ ]?\d){5,7})(?![\d])/.exec(text.slice(value, value + 24));
  return boxes && strong ? [span(value, value + boxes[0].length, 'birth-date', 'certain', 'label:birth-date')] : [];
}

/** The first date that begins within `reach` units, on the same line or on the next. */
function dateNear(text: string, starts: ReadonlyMap<number, Span>, from: number, reach: number): Span | undefined {
  for (let at = from; at <= from + reach; at++) {
    const date = starts.get(at);
    if (date) return date;
    if (/\d/.test(text[at] ?? '')) return undefined;
  }
  return undefined;
}

/** A name right before a birth date's label or sign: 'Müller, Hans, geb. 3.4.1956'. */
export function nameBefore(reading: Reading, before: number, place?: number): Span[] {
  const { tokens, tables, text } = reading;
  // 'Anna Meier | F | 3.4.1960': the cell of the sex is no initial.
  const sex = tokens[before - 1]?.shape === 'initial' && /^ ?\| ?$/.test(gap(reading, before - 2));
  const at = sex ? before - 1 : before;
  let from = at;
  while (from > 0 && at - from < 5) {
    const token = tokens[from - 1];
    const between =
      from === at && !sex && place !== undefined && token
        ? text.slice(Math.max(token.end, place - 12), place)
        : gap(reading, from - 1);
    if (!token || !/^(?: ?[,(;–-]{0,2} {0,2}[(*]? ?|-|['’]|\.,? ?|,? ?\n| ?\| ?)$/.test(between)) break;
    if (from - 1 < at && token.folded.length < 4 && titlesAt(reading, from - 1)) break;
    const part = tables.particles.has(token.folded) && from < at && token.shape === 'lower';
    if (!part && !isNameLike(reading, token) && token.shape !== 'initial') break;
    if (between.includes('.') && token.folded.length > 3 && from < at) break;
    from--;
  }
  while (from < at && tokens[from]?.shape === 'lower') from++;
  const titles = titlesAt(reading, from);
  if (titles && titles.next < at) from = titles.next;
  const words = tokens.slice(from, at);
  if (words.every((word) => word.shape === 'initial')) return [];
  if (
    reading.capitalNouns &&
    !words.some((word) => isFirstName(reading, word) || isLastName(reading, word)) &&
    words.length < 2
  )
    return [];
  return [nameSpan(reading, { from, to: at }, 'certain', 'label:name')];
}

function birthPlace(reading: Reading, from: number): Span[] {
  const { text, tokens } = reading;
  const lead = /^[,)]? ?(?:à|a|in|en|te|dans|w|v|ve|em|i|au|î?n|u|at)\b ?(?:la ville de )?/i.exec(
    text.slice(from, from + 24),
  );
  const at = lead ? tokenAt(tokens, from + lead[0].length) : -1;
  const first = tokens[at];
  if (!lead || !first || first.start - (from + lead[0].length) > 1 || first.shape === 'lower') return [];
  const to = townRun(reading, at);
  const last = tokens[to - 1];
  return to > at && last ? [span(first.start, last.end, 'place', 'certain', 'label:place')] : [];
}

function numberOf({ reading: { text }, value, strong, label, starts }: Where): Span[] {
  const short = label.replace(/[^\p{Alpha}]/gu, '').length <= 3;
  if (LAW.test(text.slice(Math.max(0, value - 24), value))) return [];
  for (const pattern of [NUMBER, LETTERED, REFERENCE]) {
    pattern.lastIndex = value;
    const found = pattern.exec(text);
    if (!found) continue;
    const start = value + found[0].length - (found[1] ?? found[0]).length;
    let end = value + found[0].length;
    // 'C2 1/7/19': a date behind the first digits, and a space before it, is no part of the number.
    for (let place = start + 1; place < end; place++)
      if (starts.has(place) && (place >= start + 4 || /^\d{1,2} $/.test(text.slice(start, place)))) end = place;
    const written = text.slice(start, end).trimEnd();
    const digits = written.replace(/\D/g, '').length;
    const enough = strong ? 3 : short ? 5 : 4;
    if (digits < enough || MEASURE.test(text.slice(start + written.length, start + written.length + 8))) continue;
    if (starts.has(start) && starts.get(start)?.rule !== 'date:year') return [];
    if (!strong && /^(?:19|20)\d\d$/.test(written)) return [];
    return [span(start, start + written.length, 'number', 'certain', 'label:number')];
  }
  return [];
}

function phoneOf({ reading: { text }, value, strong, label, starts }: Where): Span[] {
  if (starts.has(value)) return [];
  const spans: Span[] = [];
  let at = value;
  for (let count = 0; count < 4; count++) {
    PHONE.lastIndex = at;
    const found = PHONE.exec(text);
    const written = found?.[1];
    if (!found || !written) break;
    const lead = found[0].indexOf(written);
    if (count === 0 && lead > 3 && !strong && label.length < 5) break;
    if (
      count > 0 &&
      !/^ {0,2}(?:\/|,|;|ou|oder|und|or|et|y|e|-|–|fax|tel|mob)?[ .:]{0,3}/i.test(found[0].slice(0, lead) || ' ')
    )
      break;
    if (count > 0 && /\p{Alpha}{2}/u.test(found[0].slice(0, lead))) break;
    if (starts.has(at + lead)) break;
    const digits = written.replace(/[^\dO]/g, '').length;
    // 'p=0.03'
    if (digits < (strong ? 3 : 5) || digits > 17 || /^0[.,]\d+$/.test(written)) break;
    if (label.length === 1 && isMeasuredAgain(text, at + lead, at + found[0].length)) break;
    spans.push(span(at + lead, at + found[0].length, 'phone', 'certain', 'label:phone'));
    at += found[0].length;
  }
  return spans;
}

function addressOf({ reading: { text }, value, strong }: Where): Span[] {
  const line = /^\n?[ \t]*([^\n;|\t]{3,110})/.exec(text.slice(value, value + longestValue))?.[0] ?? '';
  const written = line.replace(/(?: {2,}|[,. ]+(?=\p{Alpha}[\p{Alpha}. -]{1,20}:))[^]*$/u, '').trimEnd();
  const lead = written.length - written.trimStart().length;
  if (!strong || !/\d/.test(written) || !/\p{Uppercase}/u.test(written) || written.length > 100) return [];
  return [span(value + lead, value + written.length, 'address', 'certain', 'label:address')];
}

function placeOf({ reading, value, strong, colon, label, next, starts }: Where): Span[] {
  const { text, tokens } = reading;
  if (!strong && !/\p{Alpha}[ .]+\p{Alpha}/u.test(label)) return [];
  if (starts.has(value) && starts.get(value)?.rule !== 'date:year') return [];
  const code =
    /^(?:(?:[A-Z]{1,2}-)?\d{4,5}|\d{3} \d{2}|\d{2}-\d{3}|\d{4}-\d{3}|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})(?![\d])[, ]{0,2}/u.exec(
      text.slice(value, value + 14),
    );
  const from = Math.max(next, tokenAt(tokens, value + (code?.[0].length ?? 0)));
  const first = tokens[from];
  const nearby =
    first !== undefined &&
    first.start - (value + (code?.[0].length ?? 0)) <= 2 &&
    !text.slice(value, first.start).includes('\n');
  const to =
    nearby && first.shape !== 'lower' && (colon || !reading.tables.ordinary.has(first.folded))
      ? townRun(reading, from)
      : from;
  const named = to > from ? (tokens[to - 1]?.end ?? value) : undefined;
  const end = named
    ? named + (/^,? \(?\d{5}(?!\d)/.exec(text.slice(named, named + 9))?.[0].length ?? 0)
    : value + (code?.[0].trimEnd().replace(/,$/, '').length ?? 0);
  return end > value
    ? [span(code ? value : (first?.start ?? value), end, 'place', strong ? 'certain' : 'possible', 'label:place')]
    : [];
}

function institutionOf({ reading, at, next, value, colon }: Where): Span[] {
  const { tokens, tables, text } = reading;
  // 'Résumé clinique : …': the word is no label where another that is not small stands before it.
  const before = tokens[at - 1];
  if (before && before.shape !== 'lower' && gap(reading, at - 1) === ' ') return [];
  const from = Math.max(next, tokenAt(tokens, value));
  let to = from;
  while (to < tokens.length && to - from < 6) {
    const token = tokens[to];
    if (!token || (to > from && !/^(?: |-|\. ?|['’]| & )$/.test(gap(reading, to - 1)))) break;
    if (token.shape === 'lower' ? !tables.particles.has(token.folded) || to === from : tables.roles.has(token.folded))
      break;
    to++;
  }
  while (to > from && tokens[to - 1]?.shape === 'lower') to--;
  const [first, last] = [tokens[from], tokens[to - 1]];
  if (!colon || to === from || !first || !last || !/^[ "„«]{0,2}$/.test(text.slice(value, first.start))) return [];
  return isDepartment(first.folded)
    ? []
    : [span(first.start, last.end, 'institution', 'possible', 'label:institution')];
}

/** Behind a word for a date stand days and months that would be too little by themselves. */
function dateOf({ reading: { text }, value, starts, strong }: Where): Span[] {
  const date = starts.get(value);
  if (date)
    return [{ ...date, certainty: strong ? 'certain' : date.certainty, rule: strong ? 'label:date' : date.rule }];
  const end = shortDate(text, value);
  return end ? [span(value, end, 'date', 'possible', 'date:day-month')] : [];
}

function shortDate(text: string, at: number): number | undefined {
  AFTER_DATE_WORD.lastIndex = at;
  const found = AFTER_DATE_WORD.exec(text);
  return found ? at + found[0].length : undefined;
}
