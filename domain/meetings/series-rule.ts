import { Temporal } from 'temporal-polyfill';
import { isRefusal } from '../decider.ts';
import { isZone, slotFrom } from './hours.ts';
import { longest, type Slot } from './slots.ts';

/** Which weekday of the month: the first to the fourth, or the last. */
export const weeks = ['1', '2', '3', '4', 'last'] as const;
export type Week = (typeof weeks)[number];

/** 'The second Tuesday of every month at 15:00 in Paris, an hour'; `weekday` is ISO 8601's (1 is Monday), `from` and `until` are dates. */
export interface Rule {
  readonly week: Week;
  readonly weekday: number;
  /** In every month (1), every second, every third; counted from the month of `from`. */
  readonly everyMonths: number;
  readonly clock: string;
  readonly zone: string;
  readonly minutes: number;
  readonly from: string;
  readonly until?: string;
}

const dateShape = /^\d{4}-\d{2}-\d{2}$/;
const clockShape = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * The hour of one date by the rule. Where the clocks skip the rule's hour it is the one after, where they repeat it the first: nobody can be
 * asked then.
 */
export function ruleSlot(rule: Rule, date: string): Slot {
  for (const reading of [undefined, 'first', 'after'] as const) {
    const slot = slotFrom(ruleHour(rule, date), rule.zone, rule.minutes, reading);
    if (!isRefusal(slot)) return slot;
  }
  throw new RangeError('A rule that was never taken');
}

/** The local hour that a date has by the rule: what a calendar calls it by (RECURRENCE-ID), however it is moved. */
export const ruleHour = ({ clock }: Rule, date: string): string => `${date}T${clock}`;

/** Whether that hour is one on that day's clock, and only one: else no calendar can call the date by it. */
export const isPlain = (rule: Rule, date: string): boolean =>
  !isRefusal(slotFrom(ruleHour(rule, date), rule.zone, rule.minutes));

/** The dates of a rule from a date on ('YYYY-MM-DD', both ends included), soonest first, at most `most`. */
export function datesOf(rule: Rule, from: string, until: string, most = 60): readonly string[] {
  const dates: string[] = [];
  const first = Temporal.PlainDate.from(rule.from).toPlainYearMonth();
  const start = Temporal.PlainDate.from(from > rule.from ? from : rule.from).toPlainYearMonth();
  const last = rule.until !== undefined && rule.until < until ? rule.until : until;
  for (let months = first.until(start, { largestUnit: 'months' }).months; dates.length < most; months += 1) {
    const month = first.add({ months });
    if (`${month.toString()}-01` > last) break;
    const date = dateIn(month, rule);
    if (months % rule.everyMonths === 0 && date >= from && date >= rule.from && date <= last) dates.push(date);
  }
  return dates;
}

function dateIn(month: Temporal.PlainYearMonth, { week, weekday }: Rule): string {
  const first = month.toPlainDate({ day: 1 });
  const days = (weekday - first.dayOfWeek + 7) % 7;
  if (week !== 'last') return first.add({ days: days + 7 * (Number(week) - 1) }).toString();
  const end = month.toPlainDate({ day: month.daysInMonth });
  return end.subtract({ days: (end.dayOfWeek - weekday + 7) % 7 }).toString();
}

/** Whether the rule has this date. */
export function isDateOf(rule: Rule, date: string): boolean {
  return dateShape.test(date) && exists(date) && datesOf(rule, date, date).includes(date);
}

/** Whether a rule can be taken. */
export function sensible({ week, weekday, everyMonths, clock, zone, minutes, from, until }: Rule): boolean {
  return (
    weeks.includes(week) &&
    Number.isInteger(weekday) &&
    weekday >= 1 &&
    weekday <= 7 &&
    [1, 2, 3].includes(everyMonths) &&
    clockShape.test(clock) &&
    isZone(zone) &&
    Number.isInteger(minutes) &&
    minutes >= 5 &&
    minutes <= longest &&
    exists(from) &&
    (until === undefined || (exists(until) && until >= from))
  );
}

function exists(date: string): boolean {
  const parsed = dateShape.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(date) && date >= '1970-01-01';
}

/** The rule, and nothing else that came along with it. */
export function plainRule({ week, weekday, everyMonths, clock, zone, minutes, from, until }: Rule): Rule {
  return { week, weekday, everyMonths, clock, zone, minutes, from, ...(until ? { until } : {}) };
}
