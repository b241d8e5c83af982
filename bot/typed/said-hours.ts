import { Temporal } from 'temporal-polyfill';
import { type Tongue, tongues } from './said-hours-words.ts';
import { inZone, saidZone } from './said-zones.ts';
import { foldedSentence } from './sentences.ts';

/** What a sentence says of when: local hours ('YYYY-MM-DDTHH:mm') in its order, and a length. */
export interface Said {
  readonly hours: readonly string[];
  readonly minutes?: number;
}

/** A day or a time of day, and where in the sentence it stands. */
interface Found<T> {
  readonly at: number;
  readonly end: number;
  readonly value: T;
}
interface Clock {
  readonly minute: number;
  /** It may be meant in the afternoon: 'at 3'. */
  readonly open: boolean;
  /** Up to when, where it is a stretch: '15:00-16:00'. */
  readonly until?: number;
}

const dayMinutes = 24 * 60;
/** Where only a day, or its afternoon, is said. */
const usualMinute = 9 * 60;
const afternoonMinute = 15 * 60;

/**
 * Reads days, times and a length in a sentence, in a language (its two letters; English where we have no words of it), by the wall clock of a zone at `now` (an ISO
 * instant). A day of the week is the next one that comes, an hour from 1 to 6 without more is in the afternoon, a date without a year is the next.
 * An hour that is said in another zone ('15:00 London time') is given as it is in this one. Gives no hours where it reads no day. It only ever pre-fills a field: people say 'next Friday' for two different days.
 */
export function saidHours(text: string, zone: string, now: string, language: string): Said {
  const words = (Object.hasOwn(tongues, language) ? tongues[language] : undefined) ?? tongues['en'];
  if (!words) return { hours: [] };
  const here = Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDateTime();
  const page = { text: foldedSentence(text).replaceAll(/[–—]/g, '-') };
  const days = daysIn(page, words, here.toPlainDate());
  const clocks = clocksIn(
    page,
    words,
    days.map(({ end }) => end),
  );
  const minutes = lengthIn(page, words) ?? stretchOf(clocks);
  const hours = days.map((day, index) => {
    const next = days[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    // Its own time stands behind it, else before it; days in a row share the one that comes.
    const own =
      clocks.find(({ at }) => at >= day.at && at < next) ??
      clocks.findLast(({ at }) => at < day.at && index === 0) ??
      clocks.find(({ at }) => at >= day.at);
    const part = page.text.slice(day.at, Number.isFinite(next) ? next : undefined);
    const minute = own
      ? inDay(own.value, part, words)
      : new RegExp(words.afternoon).test(part)
        ? afternoonMinute
        : usualMinute;
    const { weekday } = day.value;
    // The day of the week that today is: later today, where its hour is still to come.
    const date =
      weekday && own && Temporal.PlainDate.compare(day.value.date, here.toPlainDate()) > 0 && weekday === here.dayOfWeek
        ? minute > here.hour * 60 + here.minute && !day.value.next
          ? here.toPlainDate()
          : day.value.date
        : day.value.date;
    return `${date.toString()}T${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  });
  const elsewhere = clocks.length > 0 ? saidZone(text) : undefined;
  const own = elsewhere ? inZone(hours, elsewhere, zone) : hours;
  return { hours: [...new Set(own)], ...(minutes === undefined ? {} : { minutes }) };
}

const two = (value: number) => String(value).padStart(2, '0');

/** Every place of an expression; what was read is blanked, so that nothing reads it again. */
function take(page: { text: string }, source: string): RegExpExecArray[] {
  const found = [...page.text.matchAll(new RegExp(source, 'g'))] as RegExpExecArray[];
  for (const { index, 0: whole } of found)
    page.text = `${page.text.slice(0, index)}${' '.repeat(whole.length)}${page.text.slice(index + whole.length)}`;
  return found;
}

interface Day {
  readonly date: Temporal.PlainDate;
  readonly weekday?: number;
  readonly next?: boolean;
}

function daysIn(page: { text: string }, words: Tongue, today: Temporal.PlainDate): Found<Day>[] {
  const found: Found<Day>[] = [];
  const put = ({ index, 0: whole }: RegExpExecArray, day: Day | undefined) => {
    if (day) found.push({ at: index, end: index + whole.length, value: day });
  };
  const days = words.weekdays.map((name) => `(?:${name})`).join('|');
  const dayOf = (name: string) => words.weekdays.findIndex((one) => new RegExp(`^(?:${one})$`).test(name)) + 1;
  const monthOf = (name: string) => words.months.findIndex((one) => new RegExp(`^(?:${one})$`).test(name)) + 1;
  const monthNames = words.months.map((name) => `(?:${name})`).join('|');

  for (const match of take(page, String.raw`\b(\d{4})-(\d{2})-(\d{2})(?=t|\b)`))
    put(match, dated(today, Number(match[3]), Number(match[2]), Number(match[1])));
  for (const match of take(page, String.raw`\b(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})\b`))
    put(match, dated(today, Number(match[1]), Number(match[2]), (Number(match[3]) % 2000) + 2000));
  const ordinal = String.raw`(\d{1,2})(?:st|nd|rd|th|er|\.|o|e)?|(${words.first})`;
  for (const match of take(
    page,
    String.raw`\b(?:${ordinal})\s*(?:${words.of})?(${monthNames})\b\.?(?:\s*(?:${words.of})?(20\d\d))?`,
  ))
    put(match, dated(today, match[1] ? Number(match[1]) : 1, monthOf(match[3] ?? ''), yearOf(match[4])));
  for (const match of take(page, String.raw`\b(${monthNames})\s+(\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s*(20\d\d))?`))
    put(match, dated(today, Number(match[2]), monthOf(match[1] ?? ''), yearOf(match[3])));
  // '24/11', '24.11.': no time, which would have two digits behind the point and a word before it.
  for (const match of take(page, String.raw`\b(\d{1,2})\/(\d{1,2})\b|\b(\d{1,2})\.(\d{1,2})\.(?!\d)`))
    put(match, dated(today, Number(match[1] ?? match[3]), Number(match[2] ?? match[4])));
  const week = words.nextWeek;
  for (const match of take(
    page,
    String.raw`\b(?:${week})[\s,]+(?:${words.on})?\s*(${days})(?![a-z])|\b(${days})[\s,]+(?:${week})\b`,
  )) {
    const weekday = dayOf(match[1] ?? match[2] ?? '');
    put(match, { date: today.add({ days: 7 - today.dayOfWeek + weekday }) });
  }
  for (const [phrase, ahead] of words.ahead)
    for (const match of take(page, String.raw`\b(?:${phrase})`)) put(match, { date: today.add({ days: ahead }) });
  for (const match of take(
    page,
    String.raw`\b(?:${words.within})\s+(${words.number}|${words.article ?? '(?!)'}|\d+)\s+(?:(${words.days})|(${words.weeks}))\b`,
  )) {
    const count = counted(match[1] ?? '', words);
    if (count !== undefined) put(match, { date: today.add({ days: match[2] ? count : count * 7 }) });
  }
  for (const match of take(
    page,
    String.raw`\b(?:(${words.next})\s+)?(${days})(?=s?(?:${words.partOfDay})|(?![a-z]))(?:\s+(${words.nextBehind}))?`,
  )) {
    const weekday = dayOf(match[2] ?? '');
    const ahead = ((weekday - today.dayOfWeek + 6) % 7) + 1;
    put(match, { date: today.add({ days: ahead }), weekday, next: Boolean(match[1] ?? match[3]) });
  }
  for (const match of take(page, String.raw`\b(?:${words.dayOfMonth})(?![\w:/])(?!\s*(?:${words.unit}|min)\b)`)) {
    const day = Number(match.slice(1).find((part) => part !== undefined));
    put(match, nextOfMonth(today, day));
  }
  const inOrder = found.toSorted((a, b) => a.at - b.at);
  // 'Wednesday, the 25th of November' is one day, and its date counts.
  return inOrder.filter(({ value, end }, index) => {
    const then = inOrder[index + 1];
    const joined = then && /^[\s,]*(?:(?:the|on|den|dem|am|le|el|il|de|op)\s)?$/.test(page.text.slice(end, then.at));
    return value.weekday === undefined || then?.value.weekday !== undefined || !joined;
  });
}

const yearOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));

/** A date; without a year the next that comes. Undefined for one that does not exist. */
function dated(today: Temporal.PlainDate, day: number, month: number, year?: number): Day | undefined {
  try {
    const date = Temporal.PlainDate.from({ year: year ?? today.year, month, day }, { overflow: 'reject' });
    return { date: year === undefined && Temporal.PlainDate.compare(date, today) < 0 ? date.add({ years: 1 }) : date };
  } catch {
    return undefined;
  }
}

function nextOfMonth(today: Temporal.PlainDate, day: number): Day | undefined {
  if (day < 1 || day > 31) return undefined;
  for (let ahead = 0; ahead < 62; ahead += 1) {
    const date = today.add({ days: ahead });
    if (date.day === day) return { date };
  }
  return undefined;
}

function counted(text: string, words: Tongue): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  if (words.article && new RegExp(`^(?:${words.article})$`).test(text)) return 1;
  const index = words.numbers.findIndex((one) => new RegExp(`^(?:${one})$`).test(text));
  return index < 0 ? undefined : index + 1;
}

function clocksIn(page: { text: string }, words: Tongue, ends: readonly number[]): Found<Clock>[] {
  const found: Found<Clock>[] = [];
  const put = ({ index, 0: whole }: RegExpExecArray, clock: Clock | undefined) => {
    if (clock) found.push({ at: index, end: index + whole.length, value: clock });
  };
  const number = `\\d{1,2}|${words.number}`;
  const time = String.raw`(\d{1,2})(?:(?::|\.|\s?(?:${words.unit})\s?)(\d{2}))?\s?(?:${words.unit})?\s?(am|pm)?`;
  const stretch = String.raw`(${words.from}\s+)?\b${time}\s?(?:-|${words.to})\s?${time}(?![\w:])`;
  for (const match of page.text.matchAll(new RegExp(stretch, 'g'))) {
    const [whole, from, h1, m1, p1, h2, m2, p2] = match;
    const beside = ends.some((end) => match.index >= end && page.text.slice(end, match.index).trim().length <= 2);
    if (!from && m1 === undefined && m2 === undefined && !beside && !new RegExp(`\\d\\s?(?:${words.unit})`).test(whole))
      continue;
    const start = clockOf(h1, m1, p1 ?? p2);
    const until = clockOf(h2, m2, p2);
    if (!start || !until) continue;
    put(match as RegExpExecArray, { ...start, until: until.minute });
    page.text = `${page.text.slice(0, match.index)}${' '.repeat(whole.length)}${page.text.slice(match.index + whole.length)}`;
  }
  for (const [source, shift] of words.halves)
    for (const match of take(page, source.replaceAll('NUM', `(${number})`))) {
      const hour = counted(match[1] ?? '', words);
      if (hour !== undefined && hour <= 24)
        put(match, { minute: (hour * 60 + shift + dayMinutes) % dayMinutes, open: true });
    }
  for (const match of take(page, String.raw`\b(?:${words.noon})\b`)) put(match, { minute: 12 * 60, open: false });
  const at = String.raw`\b(?:${words.at})\s*`;
  for (const match of take(
    page,
    String.raw`(?:${at})?\b(\d{1,2})(?::|\s?(?:${words.unit})\s?)(\d{2})\b(?:\s?(?:${words.unit})\b)?(?:\s?(am|pm))?|t(\d{2}):(\d{2})\b`,
  ))
    put(match, clockOf(match[1] ?? match[4], match[2] ?? match[5], match[3]));
  for (const match of take(
    page,
    String.raw`${at}(\d{1,2})\.(\d{2})\b|\b(\d{1,2})\.(\d{2})\s?(?:${words.unit})\b|${at}(\d{2})(\d{2})\b`,
  ))
    put(match, clockOf(match[1] ?? match[3] ?? match[5], match[2] ?? match[4] ?? match[6]));
  for (const match of take(page, String.raw`(?:${at})?\b(\d{1,2})\s?(am|pm|a\.m\.|p\.m\.)`))
    put(match, clockOf(match[1], undefined, match[2]?.replaceAll('.', '')));
  const unit = String.raw`(?:\s?(?:${words.unit})\b)`;
  for (const match of take(
    page,
    String.raw`${at}(${number})(?:${unit}|${words.unitNeeded ? '(?!)' : String.raw`(?![\w:./])`})`,
  ))
    put(match, clockOf(String(counted(match[1] ?? '', words) ?? ''), undefined));
  // '15 h', '9 Uhr': less than five of them is a length.
  for (const match of page.text.matchAll(new RegExp(String.raw`\b(\d{1,2})\s?(?:${words.unit})\b`, 'g')))
    if (Number(match[1]) >= 5) put(match as RegExpExecArray, clockOf(match[1], undefined));
  return found.toSorted((a, b) => a.at - b.at);
}

function clockOf(hour: string | undefined, minute: string | undefined, half?: string): Clock | undefined {
  const [h, m] = [Number(hour), Number(minute ?? 0)];
  if (hour === undefined || hour === '' || !(h <= 24 && m < 60)) return undefined;
  if (half !== undefined) return { minute: ((h % 12) + (half.startsWith('p') ? 12 : 0)) * 60 + m, open: false };
  return { minute: (h % 24) * 60 + m, open: hour.length === 1 };
}

/** The minute of the day: as it stands, or in the afternoon where that is said or usual. */
function inDay({ minute, open }: Clock, part: string, words: Tongue): number {
  if (minute >= 12 * 60 || !open)
    return new RegExp(words.afternoon).test(part) && minute < 12 * 60 ? minute + 12 * 60 : minute;
  if (new RegExp(words.afternoon).test(part)) return minute + 12 * 60;
  return minute < 7 * 60 && !new RegExp(words.morning).test(part) ? minute + 12 * 60 : minute;
}

function stretchOf(clocks: readonly Found<Clock>[]): number | undefined {
  const [one] = clocks.flatMap(({ value: { minute, until } }) => (until === undefined ? [] : [until - minute]));
  if (one === undefined) return undefined;
  const length = one > 0 ? one : one + 12 * 60;
  return length > 0 && length <= 8 * 60 ? length : undefined;
}

function lengthIn({ text }: { text: string }, words: Tongue): number | undefined {
  const minutes = /\b(\d{2,3})\s*min/.exec(text)?.[1];
  if (minutes) return Number(minutes);
  if (new RegExp(`\\b(?:${words.hourAndHalf})\\b|\\b1[.,]5\\s*h`).test(text)) return 90;
  if (new RegExp(`\\b(?:${words.halfHour})\\b`).test(text)) return 30;
  const hours = new RegExp(`\\b(\\d|${words.number}|${words.article ?? '(?!)'})[\\s']*(?:${words.hours})\\b`).exec(
    text,
  )?.[1];
  const count = hours === undefined ? undefined : counted(hours, words);
  return count === undefined || count > 8 ? undefined : count * 60;
}
