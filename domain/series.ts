import { Temporal } from 'temporal-polyfill';
import type { Ask, Decider, Fact } from './decider.ts';
import { isRefusal, refuse } from './decider.ts';
import { isZone, slotFrom } from './hours.ts';
import { longest, plain, type Slot, slotRefusal } from './slots.ts';

export type SeriesStage = 'none' | 'running' | 'ended';

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

/** What became of one date of the rule, by that date. */
export type Exception = { readonly skipped: true } | { readonly moved: Slot };

/** The meetings of a working group that come again and again: each is convened as a meeting of its own some weeks before. */
export interface Series {
  readonly stage: SeriesStage;
  readonly group: string;
  readonly rule: Rule;
  /** Id of the sealed text of the join link. */
  readonly join?: string;
  readonly exceptions: Readonly<Record<string, Exception>>;
  /** Meetings that were convened, by the date of the rule. */
  readonly convened: Readonly<Record<string, string>>;
  readonly since: string;
}

export type SeriesCommand =
  | (Ask & { readonly type: 'series.start'; readonly group: string; readonly rule: Rule; readonly join?: string })
  | (Ask & { readonly type: 'series.skip'; readonly date: string })
  | (Ask & { readonly type: 'series.move'; readonly date: string; readonly slot: Slot })
  /** One date becomes a meeting: the helpdesk's, or the system's when it is near. */
  | (Ask & {
      readonly type: 'series.convene';
      readonly date: string;
      readonly meetingId: string;
      readonly invitees: readonly string[];
      readonly join?: string;
    })
  | (Ask & { readonly type: 'series.end' });

export type SeriesEvent =
  | (Fact & { readonly type: 'series-started'; readonly group: string; readonly rule: Rule; readonly join?: string })
  | (Fact & { readonly type: 'series-date-skipped'; readonly date: string })
  | (Fact & { readonly type: 'series-date-moved'; readonly date: string; readonly slot: Slot })
  | (Fact & {
      readonly type: 'series-convened';
      readonly group: string;
      readonly date: string;
      readonly slot: Slot;
      readonly meetingId: string;
      readonly invitees: readonly string[];
      readonly join?: string;
    })
  | (Fact & { readonly type: 'series-ended' });

export interface SeriesFacts {
  readonly groupListed: boolean;
}

/** How long before its date a meeting is convened, in days. */
export const convenedDays = 42;

const dateShape = /^\d{4}-\d{2}-\d{2}$/;
const clockShape = /^([01]\d|2[0-3]):[0-5]\d$/;

export const series: Decider<Series, SeriesCommand, SeriesEvent, SeriesFacts> = {
  initial: {
    stage: 'none',
    group: '',
    rule: { week: '1', weekday: 1, everyMonths: 1, clock: '', zone: 'UTC', minutes: 0, from: '' },
    exceptions: {},
    convened: {},
    since: '',
  },

  decide(state, command, facts) {
    const { at, by } = command;
    if (command.type === 'series.start') {
      if (state.stage !== 'none') return refuse('series.wrong-stage', { stage: state.stage });
      if (!facts.groupListed) return refuse('series.group-unknown');
      if (!sensible(command.rule)) return refuse('series.rule-malformed');
      const { group, rule, join } = command;
      return [{ type: 'series-started', at, by, group, rule: plainRule(rule), ...(join ? { join } : {}) }];
    }
    if (state.stage === 'none') return refuse('series.unknown');
    if (state.stage === 'ended') return refuse('series.wrong-stage', { stage: state.stage });
    if (command.type === 'series.end') return [{ type: 'series-ended', at, by }];

    const { date } = command;
    if (!isDateOf(state.rule, date)) return refuse('series.not-a-date');
    if (Object.hasOwn(state.convened, date)) return refuse('series.already-convened');
    const past = Date.parse(slotAt(state, date).instant) <= Date.parse(at);
    switch (command.type) {
      case 'series.skip':
        if (past) return refuse('meeting.hour-past');
        return skipped(state, date) ? [] : [{ type: 'series-date-skipped', at, by, date }];
      case 'series.move':
        return (
          slotRefusal([command.slot], at) ?? [{ type: 'series-date-moved', at, by, date, slot: plain(command.slot) }]
        );
      case 'series.convene': {
        if (skipped(state, date)) return refuse('series.date-skipped');
        if (past) return refuse('meeting.hour-past');
        if (command.invitees.length === 0) return refuse('request.nobody-invited');
        const { meetingId, invitees, join } = command;
        return [
          {
            type: 'series-convened',
            at,
            by,
            group: state.group,
            date,
            slot: slotAt(state, date),
            meetingId,
            invitees: [...new Set(invitees)],
            ...(join ? { join } : {}),
          },
        ];
      }
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'series-started': {
        const { group, rule, join } = event;
        return { ...state, stage: 'running', group, rule, ...(join ? { join } : {}), since: event.at };
      }
      case 'series-date-skipped':
        return { ...state, exceptions: { ...state.exceptions, [event.date]: { skipped: true } } };
      case 'series-date-moved':
        return { ...state, exceptions: { ...state.exceptions, [event.date]: { moved: event.slot } } };
      case 'series-convened':
        return { ...state, convened: { ...state.convened, [event.date]: event.meetingId } };
      case 'series-ended':
        return { ...state, stage: 'ended', since: event.at };
    }
  },
};

/** Whether a date of the series falls out. */
export function skipped({ exceptions }: Pick<Series, 'exceptions'>, date: string): boolean {
  return Object.hasOwn(exceptions, date) && 'skipped' in (exceptions[date] as Exception);
}

/**
 * The hour of one date of a series: as it was moved, else by the rule. Where the clocks skip the rule's hour it is the one after, where
 * they repeat it the first: nobody can be asked then.
 */
export function slotAt({ rule, exceptions }: Pick<Series, 'rule' | 'exceptions'>, date: string): Slot {
  const exception = Object.hasOwn(exceptions, date) ? exceptions[date] : undefined;
  if (exception && 'moved' in exception) return exception.moved;
  for (const reading of [undefined, 'first', 'after'] as const) {
    const slot = slotFrom(`${date}T${rule.clock}`, rule.zone, rule.minutes, reading);
    if (!isRefusal(slot)) return slot;
  }
  throw new RangeError('A rule that was never taken');
}

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

function isDateOf(rule: Rule, date: string): boolean {
  return dateShape.test(date) && exists(date) && datesOf(rule, date, date).includes(date);
}

function sensible({ week, weekday, everyMonths, clock, zone, minutes, from, until }: Rule): boolean {
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

function plainRule({ week, weekday, everyMonths, clock, zone, minutes, from, until }: Rule): Rule {
  return { week, weekday, everyMonths, clock, zone, minutes, from, ...(until ? { until } : {}) };
}
