import type { Ask, Decider, Fact } from '../decider.ts';
import { refuse } from '../decider.ts';
import type { MailedState } from './mailed-answers.ts';
import type { Convened } from './occurrences.ts';
import { datesOf, isDateOf, isPlain, plainRule, type Rule, ruleHour, ruleSlot, sensible } from './series-rule.ts';
import {
  dateChanged,
  dateGone,
  dateStanding,
  decideStanding,
  evolveStanding,
  ruleChanged,
  type Standing,
  type StandingCommand,
  type StandingEvent,
  sequenceOf,
  statusesOf,
} from './series-standing.ts';
import { plain, type Slot, slotRefusal } from './slots.ts';

export type SeriesStage = 'none' | 'running' | 'ended';

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
  /** How it stands in calendars; absent while nobody was invited to it as a whole. */
  readonly standing?: Standing;
  readonly since: string;
}

/** A meeting that goes on under a new rule, at that date of it. */
export interface Kept {
  readonly date: string;
  readonly meetingId: string;
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
  /** Who is on the group's roster now: the system's own. */
  | (Ask & { readonly type: 'series.roster'; readonly people: readonly string[] })
  /** From now on it comes by another rule; the rule's own beginning counts only where it is later. */
  | (Ask & { readonly type: 'series.change-rule'; readonly rule: Rule })
  | StandingCommand
  /** The helpdesk leaves the hour that this person's calendar proposed, for one date or for all. */
  | (Ask & { readonly type: 'series.decline-hour'; readonly person: string; readonly date?: string })
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
      readonly occurrence?: Convened;
    })
  /** `sequence` is that of the rule's new invitation; `dropped` are meetings that the new rule has no date for. */
  | (Fact & {
      readonly type: 'series-rule-changed';
      readonly rule: Rule;
      readonly sequence: number;
      readonly kept: readonly Kept[];
      readonly dropped: readonly string[];
      readonly skipped: readonly string[];
    })
  | StandingEvent
  | (Fact & { readonly type: 'series-ended'; readonly sequence?: number });

export interface SeriesFacts {
  readonly groupListed: boolean;
  /** The meetings that were convened and are still to happen, by their ids; whoever does not ask for them may leave them out. */
  readonly meetings?: Readonly<Record<string, { readonly sequence: number }>>;
  /** The highest SEQUENCE that one of its dates has in calendars, of those too that were cancelled or are over. */
  readonly highest?: number;
}

/** How long before its date a meeting is convened, in days. */
export const convenedDays = 42;

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
    // What still comes for one that has ended is told apart, and not refused.
    if (state.stage === 'ended' && !isOfMail(command)) return refuse('series.wrong-stage', { stage: state.stage });
    const { standing } = state;
    switch (command.type) {
      case 'series.end':
        return [{ type: 'series-ended', at, by, ...(standing ? { sequence: nextSequence(standing, facts) } : {}) }];
      case 'series.roster': {
        const before = Object.keys(standing?.people ?? {});
        const now = [...new Set(command.people)];
        const joined = now.filter((person) => !before.includes(person));
        const parted = before.filter((person) => !now.includes(person));
        const next = nextSequence(standing, facts);
        // Some calendars leave a cancellation aside whose SEQUENCE is no higher than what they have, and then an invitation that is not above it.
        const back = parted.length > 0 ? next + 1 : standing && standing.highest > standing.sequence ? next : undefined;
        return [
          ...(parted.length > 0 ? [{ type: 'series-parted', at, by, people: parted, sequence: next } as const] : []),
          ...(joined.length > 0
            ? [
                {
                  type: 'series-joined',
                  at,
                  by,
                  people: joined,
                  from: at.slice(0, 10),
                  ...(back === undefined ? {} : { sequence: back }),
                } as const,
              ]
            : []),
        ];
      }
      case 'series.change-rule':
        return changed(state, command, facts);
      case 'series.answer': {
        const { person, answer } = command;
        const own = standing && Object.hasOwn(standing.people, person) ? standing.people[person] : undefined;
        if (!own) return refuse('meeting.not-invited');
        if (by !== person) return refuse('meeting.not-your-invitation');
        if (command.sequence !== undefined && command.sequence !== standing?.sequence)
          return refuse('meeting.moved-since');
        return own.status === answer && standing?.mailed.answered[person] === at
          ? []
          : [{ type: 'series-answered', at, by, person, answer }];
      }
      case 'series.sent':
      case 'series.bounced':
        return standing ? decideStanding(standing, true, command) : [];
      case 'series.decline-hour': {
        const { person, date } = command;
        const mailed = date === undefined ? standing?.mailed : dateStanding(standing, date).mailed;
        return mailed?.suggestions.some((one) => one.person === person)
          ? [{ type: 'series-hour-declined', at, by, person, ...(date === undefined ? {} : { date }) }]
          : refuse('meeting.no-suggestion');
      }
      case 'series.mailed-answer':
      case 'series.mailed-hour':
      case 'series.mailed-refresh':
      case 'series.mailed-comment':
        return standing ? decideStanding(standing, isPlanned(state, command.date, at), ofDate(state, command)) : [];
    }

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
        const { meetingId, join } = command;
        const invitees = [...new Set(command.invitees)];
        const occurrence = occurrenceOf(state, date, invitees);
        return [
          {
            type: 'series-convened',
            at,
            by,
            group: state.group,
            date,
            slot: slotAt(state, date),
            meetingId,
            invitees,
            ...(join ? { join } : {}),
            ...(occurrence ? { occurrence } : {}),
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
        return excepted(state, event.date, { skipped: true });
      case 'series-date-moved':
        return excepted(state, event.date, { moved: event.slot });
      case 'series-convened': {
        const { date, meetingId } = event;
        return {
          ...state,
          convened: { ...state.convened, [date]: meetingId },
          ...(state.standing ? { standing: dateGone(state.standing, date) } : {}),
        };
      }
      case 'series-rule-changed': {
        const { at, rule, sequence, kept } = event;
        return {
          ...state,
          rule,
          exceptions: Object.fromEntries(event.skipped.map((date) => [date, { skipped: true }])),
          convened: Object.fromEntries(kept.map(({ date, meetingId }) => [date, meetingId])),
          ...(state.standing ? { standing: ruleChanged(state.standing, sequence, at.slice(0, 10)) } : {}),
          since: at,
        };
      }
      case 'series-ended':
        return {
          ...state,
          stage: 'ended',
          ...(state.standing && event.sequence !== undefined
            ? { standing: ruleChanged(state.standing, event.sequence) }
            : {}),
          since: event.at,
        };
      default:
        return { ...state, standing: evolveStanding(state.standing, event) };
    }
  },
};

const isOfMail = ({ type }: SeriesCommand) =>
  type.startsWith('series.mailed-') || type === 'series.sent' || type === 'series.bounced';

type Mailed = Extract<
  SeriesCommand,
  {
    readonly type: 'series.mailed-answer' | 'series.mailed-hour' | 'series.mailed-refresh' | 'series.mailed-comment';
  }
>;

/** What speaks of a date that the rule does not have says nothing that can be taken. */
function ofDate({ rule }: Series, command: Mailed): Mailed {
  if (command.date === undefined || isDateOf(rule, command.date)) return command;
  const { date: _, ...rest } = command;
  if (rest.type === 'series.mailed-refresh' || rest.type === 'series.mailed-comment') return rest;
  if (rest.type === 'series.mailed-answer') {
    const { answer: _answer, ...nothing } = rest;
    return nothing;
  }
  const { slot: _slot, ...nothing } = rest;
  return nothing;
}

/** A date of the rule, and in the future, that does not fall out; the whole series while it runs. */
function isPlanned(state: Series, date: string | undefined, at: string): boolean {
  if (state.stage !== 'running') return false;
  if (date === undefined) return true;
  return isDateOf(state.rule, date) && !skipped(state, date) && slotAt(state, date).instant > at;
}

/** Higher than whatever calendars have of the series or of one of its dates. */
function nextSequence(standing: Standing | undefined, { meetings = {}, highest = 0 }: SeriesFacts): number {
  return Math.max(standing?.highest ?? 0, highest, ...Object.values(meetings).map(({ sequence }) => sequence)) + 1;
}

/** Those of the invitees who have the series in their calendars have this date there; undefined where no calendar can call it by its hour. */
function occurrenceOf(state: Series, date: string, invitees: readonly string[]): Convened | undefined {
  const { rule, standing } = state;
  if (!standing || !isPlain(rule, date)) return undefined;
  const people = invitees.filter((person) => Object.hasOwn(standing.people, person));
  if (people.length === 0) return undefined;
  const statuses = statusesOf(standing, date);
  const { sequence: own, mailed } = dateStanding(standing, date);
  const told: MailedState | undefined =
    Object.keys(mailed.answered).length + mailed.suggestions.length > 0 ? mailed : undefined;
  return {
    date,
    hour: ruleHour(rule, date),
    zone: rule.zone,
    own: own !== undefined || 'moved' in (state.exceptions[date] ?? {}),
    people,
    sequence: sequenceOf(standing, date),
    ...(standing.newest === undefined ? {} : { newest: standing.newest }),
    statuses: Object.fromEntries(people.map((person) => [person, statuses[person] ?? 'sent'])),
    ...(told ? { mailed: told } : {}),
  };
}

/** Each month keeps its date: what was convened for it goes on at the new rule's date of that month, and what fell out stays out. */
function changed(
  state: Series,
  { at, by, rule: asked }: Extract<SeriesCommand, { readonly type: 'series.change-rule' }>,
  facts: SeriesFacts,
) {
  if (!sensible(asked)) return refuse('series.rule-malformed');
  const today = at.slice(0, 10);
  const rule = plainRule({ ...asked, from: asked.from > today ? asked.from : today });
  if (JSON.stringify(rule) === JSON.stringify(state.rule)) return [];
  if (rule.until !== undefined && rule.until < rule.from) return refuse('series.rule-malformed');
  const inMonthOf = (date: string) =>
    datesOf(rule, `${date.slice(0, 7)}-01`, `${date.slice(0, 7)}-31`).find(
      (one) => isPlain(rule, one) && ruleSlot(rule, one).instant > at,
    );
  const planned = Object.entries(state.convened).filter(([, id]) => Object.hasOwn(facts.meetings ?? {}, id));
  const kept = planned.flatMap(([date, meetingId]): Kept[] => {
    const next = inMonthOf(date);
    return next === undefined ? [] : [{ date: next, meetingId }];
  });
  return [
    {
      type: 'series-rule-changed' as const,
      at,
      by,
      rule,
      sequence: nextSequence(state.standing, facts),
      kept,
      dropped: planned.map(([, id]) => id).filter((id) => !kept.some(({ meetingId }) => meetingId === id)),
      skipped: Object.keys(state.exceptions)
        .filter((date) => skipped(state, date) && date >= today.slice(0, 7))
        .flatMap((date) => inMonthOf(date) ?? []),
    },
  ];
}

function excepted(state: Series, date: string, exception: Exception): Series {
  return {
    ...state,
    exceptions: { ...state.exceptions, [date]: exception },
    ...(state.standing ? { standing: dateChanged(state.standing, date) } : {}),
  };
}

/** Whether a date of the series falls out. */
export function skipped({ exceptions }: Pick<Series, 'exceptions'>, date: string): boolean {
  return Object.hasOwn(exceptions, date) && 'skipped' in (exceptions[date] as Exception);
}

/** The hour of one date of a series: as it was moved, else by the rule (see `ruleSlot`). */
export function slotAt({ rule, exceptions }: Pick<Series, 'rule' | 'exceptions'>, date: string): Slot {
  const exception = Object.hasOwn(exceptions, date) ? exceptions[date] : undefined;
  return exception && 'moved' in exception ? exception.moved : ruleSlot(rule, date);
}
