import type { Ask, Fact } from '../decider.ts';
import {
  type Asked,
  type CalendarAnswer,
  type Doubt,
  decideMailed,
  evolveMailed,
  type MailedState,
  type MailProof,
  mailedWithout,
  nothingMailed,
} from './mailed-answers.ts';
import type { InviteStatus } from './meeting.ts';
import type { Slot } from './slots.ts';

/**
 * How a series stands in the calendars of those who are invited to it as a whole: one recurring meeting under one UID. A date that was convened
 * is a meeting, which knows of itself from then on.
 */
export interface Standing {
  /** Of the rule's invitation (RFC 5546 2.1.4). */
  readonly sequence: number;
  /** The highest that was given to the rule or to one of its dates. */
  readonly highest: number;
  /** Of the rule's invitation as those have it who came back to the group: above the cancellation that they got. Absent while nobody did. */
  readonly newest?: number;
  readonly people: Readonly<Record<string, SeriesInvite>>;
  readonly mailed: MailedState;
  /** What is known of dates beside the rule: not yet convened. */
  readonly dates: Readonly<Record<string, DateStanding>>;
}

export interface SeriesInvite {
  /** The answer to the whole series. */
  readonly status: InviteStatus;
  /** The series is in their calendar from this date on. */
  readonly from: string;
}

export interface DateStanding {
  /** Of the date's own invitation, where it was moved or fell out: it is asked about by itself. */
  readonly sequence?: number;
  readonly answers: Readonly<Record<string, CalendarAnswer>>;
  readonly mailed: MailedState;
}

interface OfDate {
  /** One date, by the rule; absent for the whole series. */
  readonly date?: string;
}

export type StandingCommand =
  /** An invitee's own act in a chat. */
  | (Ask & {
      readonly type: 'series.answer';
      readonly person: string;
      readonly answer: CalendarAnswer;
      /** That of the invitation which was answered, as the one who answers saw it. */
      readonly sequence?: number;
    })
  /** From the mailbox, the system's own: see `MailedCommand`. */
  | (Ask & MailProof & OfDate & { readonly type: 'series.mailed-answer'; readonly answer?: CalendarAnswer })
  | (Ask & MailProof & OfDate & { readonly type: 'series.mailed-hour'; readonly slot?: Slot })
  | (Ask & MailProof & OfDate & { readonly type: 'series.mailed-refresh' })
  | (Ask & MailProof & OfDate & { readonly type: 'series.mailed-comment'; readonly comment?: string })
  /** From the outbox or the mailbox, the system's own. */
  | (Ask & { readonly type: 'series.sent'; readonly person: string })
  | (Ask & { readonly type: 'series.bounced'; readonly person: string; readonly sequence?: number });

export type StandingEvent =
  /** `sequence` is that of their invitation, where it is not the rule's. */
  | (Fact & {
      readonly type: 'series-joined';
      readonly people: readonly string[];
      readonly from: string;
      readonly sequence?: number;
    })
  /** `sequence` is that of what takes it out of their calendars: above all that they have. */
  | (Fact & { readonly type: 'series-parted'; readonly people: readonly string[]; readonly sequence?: number })
  | (Fact &
      OfDate & {
        readonly type: 'series-answered';
        readonly person: string;
        readonly answer: CalendarAnswer;
        readonly stamp?: string;
      })
  | (Fact &
      OfDate & {
        readonly type: 'series-hour-suggested';
        readonly person: string;
        readonly slot: Slot;
        readonly stamp: string;
      })
  | (Fact & OfDate & { readonly type: 'series-answer-doubted'; readonly doubt: Doubt; readonly person?: string })
  | (Fact & OfDate & { readonly type: 'series-asked-again'; readonly person: string })
  | (Fact &
      OfDate & {
        readonly type: 'series-commented';
        readonly person: string;
        readonly comment?: string;
        readonly stamp: string;
      })
  | (Fact & OfDate & { readonly type: 'series-hour-declined'; readonly person: string })
  | (Fact & { readonly type: 'series-invite-sent'; readonly person: string })
  | (Fact & { readonly type: 'series-invite-bounced'; readonly person: string });

const nobody: Standing = { sequence: 0, highest: 0, people: {}, mailed: nothingMailed, dates: {} };
const asBefore: DateStanding = { answers: {}, mailed: nothingMailed };

/** What is known of one date beside the rule. */
export function dateStanding(standing: Standing | undefined, date: string): DateStanding {
  return standing && Object.hasOwn(standing.dates, date) ? (standing.dates[date] as DateStanding) : asBefore;
}

/** The SEQUENCE of what a calendar has of one date: the date's own, or the rule's. */
export function sequenceOf(standing: Standing | undefined, date: string): number {
  return dateStanding(standing, date).sequence ?? standing?.sequence ?? 0;
}

/** How each of the people stands to one date: their answer to it, else the one to the series; a date that was moved is asked about by itself. */
export function statusesOf(standing: Standing | undefined, date: string): Readonly<Record<string, InviteStatus>> {
  const { answers, sequence } = dateStanding(standing, date);
  return Object.fromEntries(
    Object.entries(standing?.people ?? {}).map(([person, { status }]): [string, InviteStatus] => {
      const asked = status === 'bounced' ? status : 'sent';
      const whole = sequence === undefined && status !== 'pending' ? status : asked;
      return [person, (Object.hasOwn(answers, person) ? answers[person] : undefined) ?? whole];
    }),
  );
}

/** What an answer means for the series or one of its dates. `planned` says whether that is still to happen. Never refused but for an answer of one who is not asked. */
export function decideStanding(
  standing: Standing,
  planned: boolean,
  command: Exclude<StandingCommand, { readonly type: 'series.answer' }>,
): readonly StandingEvent[] {
  const { at, by, person } = command;
  const own = person !== undefined && Object.hasOwn(standing.people, person) ? standing.people[person] : undefined;
  switch (command.type) {
    case 'series.sent':
      return own?.status === 'pending' ? [{ type: 'series-invite-sent', at, by, person: command.person }] : [];
    case 'series.bounced':
      return own &&
        !standing.mailed.bounced.includes(command.person) &&
        (command.sequence ?? standing.sequence) >= standing.sequence
        ? [{ type: 'series-invite-bounced', at, by, person: command.person }]
        : [];
    case 'series.mailed-answer':
    case 'series.mailed-hour':
    case 'series.mailed-refresh':
    case 'series.mailed-comment': {
      // One asks for the whole again, and comments on it: nothing of that is a date's own.
      const ofWhole = command.type === 'series.mailed-refresh' || command.type === 'series.mailed-comment';
      const date = ofWhole ? undefined : command.date;
      const type = command.type.replace(/^series/, 'meeting');
      const events = decideMailed(asked(standing, date, planned), { ...command, type } as unknown as Parameters<
        typeof decideMailed
      >[1]);
      const of = date === undefined ? {} : { date };
      return events.flatMap((event): StandingEvent[] => {
        switch (event.type) {
          case 'invite-answered':
            return [{ ...event, type: 'series-answered', ...of }];
          case 'hour-suggested':
            return [{ ...event, type: 'series-hour-suggested', ...of }];
          case 'invite-asked-again':
            return [{ ...event, type: 'series-asked-again' }];
          case 'invite-commented':
            return [
              { ...event, type: 'series-commented', ...(command.date === undefined ? {} : { date: command.date }) },
            ];
          case 'answer-doubted':
            return [{ ...event, type: 'series-answer-doubted', ...of }];
          default:
            return [];
        }
      });
    }
  }
}

/** The series, or one date of it, as the one asks about it who has it in a calendar. */
function asked(standing: Standing, date: string | undefined, planned: boolean): Asked {
  const { people, sequence, newest, mailed } = standing;
  const above = newest === undefined ? {} : { newest };
  if (date === undefined)
    return {
      planned,
      sequence,
      ...above,
      mailed,
      invites: Object.fromEntries(Object.entries(people).map(([person, { status }]) => [person, status])),
    };
  const own = dateStanding(standing, date);
  return {
    planned,
    sequence: sequenceOf(standing, date),
    ...above,
    invites: { ...Object.fromEntries(Object.keys(people).map((person) => [person, ''])), ...own.answers },
    // Whoever floods the mailbox floods the whole series.
    mailed: { ...own.mailed, doubts: mailed.doubts },
  };
}

/** What such an event makes of the standing; `before` is absent where nobody was invited yet. */
export function evolveStanding(before: Standing | undefined, event: StandingEvent): Standing {
  const standing = before ?? nobody;
  const { people, mailed, dates } = standing;
  const invite = (person: string, status: InviteStatus): Standing => {
    const known = people[person];
    return known ? { ...standing, people: { ...people, [person]: { ...known, status } } } : standing;
  };
  switch (event.type) {
    case 'series-joined': {
      const { from, sequence } = event;
      const joined = event.people.map((person) => [person, { status: 'pending', from }] as const);
      return {
        ...standing,
        people: { ...people, ...Object.fromEntries(joined) },
        ...(sequence === undefined ? {} : { newest: sequence, highest: sequence }),
      };
    }
    case 'series-parted': {
      const stays = ([person]: readonly [string, unknown]) => !event.people.includes(person);
      const without = (all: MailedState) => mailedWithout(all, event.people);
      return {
        ...standing,
        highest: event.sequence ?? standing.highest,
        people: Object.fromEntries(Object.entries(people).filter(stays)),
        mailed: without(mailed),
        dates: Object.fromEntries(
          Object.entries(dates).map(([date, of]) => [
            date,
            {
              ...of,
              answers: Object.fromEntries(Object.entries(of.answers).filter(stays)),
              mailed: without(of.mailed),
            },
          ]),
        ),
      };
    }
    case 'series-answered': {
      const { person, answer, date, type: _, ...fact } = event;
      const told = { ...fact, type: 'invite-answered', person, answer } as const;
      if (date === undefined) return { ...invite(person, answer), mailed: evolveMailed(mailed, told) };
      const of = dateStanding(standing, date);
      return withDate(standing, date, {
        ...of,
        answers: { ...of.answers, [person]: answer },
        mailed: evolveMailed(of.mailed, told),
      });
    }
    case 'series-hour-suggested': {
      const { date, type: _, ...fact } = event;
      const told = { ...fact, type: 'hour-suggested' } as const;
      if (date === undefined) return { ...standing, mailed: evolveMailed(mailed, told) };
      const of = dateStanding(standing, date);
      return withDate(standing, date, { ...of, mailed: evolveMailed(of.mailed, told) });
    }
    case 'series-hour-declined': {
      const { date, type: _, ...fact } = event;
      const told = { ...fact, type: 'hour-declined' } as const;
      if (date === undefined) return { ...standing, mailed: evolveMailed(mailed, told) };
      const of = dateStanding(standing, date);
      return withDate(standing, date, { ...of, mailed: evolveMailed(of.mailed, told) });
    }
    case 'series-asked-again':
      return { ...standing, mailed: evolveMailed(mailed, { ...event, type: 'invite-asked-again' }) };
    case 'series-commented': {
      const { date: _, ...fact } = event;
      return { ...standing, mailed: evolveMailed(mailed, { ...fact, type: 'invite-commented' }) };
    }
    case 'series-answer-doubted': {
      const { date: _, ...fact } = event;
      return { ...standing, mailed: evolveMailed(mailed, { ...fact, type: 'answer-doubted' }) };
    }
    case 'series-invite-sent':
      return invite(event.person, 'sent');
    case 'series-invite-bounced': {
      const silent = ['pending', 'sent'].includes(people[event.person]?.status ?? '');
      return {
        ...(silent ? invite(event.person, 'bounced') : standing),
        mailed: { ...mailed, bounced: [...mailed.bounced, event.person] },
      };
    }
  }
}

const withDate = (standing: Standing, date: string, of: DateStanding): Standing => ({
  ...standing,
  dates: { ...standing.dates, [date]: of },
});

/** A date is asked about by itself from now on: what was answered was for where it stood. */
export function dateChanged(standing: Standing, date: string): Standing {
  const sequence = standing.highest + 1;
  return { ...withDate(standing, date, { ...asBefore, sequence }), highest: sequence };
}

/** A date became a meeting, which knows of itself. */
export function dateGone(standing: Standing, date: string): Standing {
  return { ...standing, dates: Object.fromEntries(Object.entries(standing.dates).filter(([one]) => one !== date)) };
}

/** The rule has another sequence; with `anew` everybody is asked again, from that date on. */
export function ruleChanged(standing: Standing, sequence: number, from?: string): Standing {
  if (from === undefined) {
    const { newest: _, ...rest } = standing;
    return { ...rest, sequence, highest: sequence };
  }
  return {
    sequence,
    highest: sequence,
    people: Object.fromEntries(Object.keys(standing.people).map((person) => [person, { status: 'pending', from }])),
    mailed: { ...nothingMailed, doubts: standing.mailed.doubts },
    dates: {},
  };
}
