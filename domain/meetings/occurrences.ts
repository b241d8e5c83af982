import type { Ask, Fact, Refusal } from '../decider.ts';
import { refuse } from '../decider.ts';
import type { AnsweredEvent, CalendarAnswer, MailedState } from './mailed-answers.ts';
import { mailedWithout, nothingMailed } from './mailed-answers.ts';
import type { InviteStatus, Meeting } from './meeting.ts';
import { plain, type Slot, slotRefusal } from './slots.ts';

/**
 * A meeting as one date of a series: its people have it in their calendars under the series' UID (RFC 5546 3.2.2, RFC 5545 3.8.4.4). Who is invited
 * to it and not to the series has it under a UID of its own.
 */
export interface Occurrence {
  /** The date by the rule. */
  readonly date: string;
  /** The local hour by the rule, and its zone: what calendars call it by (RECURRENCE-ID), however it is moved. */
  readonly hour: string;
  readonly zone: string;
  /** It is not where the rule has it: it is asked about by itself, and an answer to the series does not speak of it. */
  readonly own: boolean;
  readonly people: readonly string[];
}

/** What a date brings along when it becomes a meeting: what its people have answered goes on from there. */
export type Convened = Occurrence & {
  readonly sequence: number;
  readonly newest?: number;
  readonly statuses: Readonly<Record<string, InviteStatus>>;
  readonly mailed?: MailedState;
};

/** Where the rule has the date now. */
interface Place {
  readonly slot: Slot;
  readonly date: string;
  readonly hour: string;
  readonly zone: string;
  readonly sequence: number;
}

/** What follows from its series, the system's own: somebody came to the group or left it, answered the whole series, or the rule changed. */
export type OccurrenceCommand =
  | (Ask & { readonly type: 'meeting.join'; readonly people: readonly string[]; readonly sequence?: number })
  | (Ask & { readonly type: 'meeting.part'; readonly people: readonly string[] })
  | (Ask & { readonly type: 'meeting.series-answer'; readonly person: string; readonly answer: CalendarAnswer })
  | (Ask & Place & { readonly type: 'meeting.follow' });

export type OccurrenceEvent =
  /** `sequence` is that of the series' invitation to them, where it is above the others'. */
  | (Fact & { readonly type: 'meeting-joined'; readonly people: readonly string[]; readonly sequence?: number })
  | (Fact & { readonly type: 'meeting-parted'; readonly people: readonly string[] })
  /** `moved` where the hour is another: everybody is asked anew. */
  | (Fact & Place & { readonly type: 'meeting-followed'; readonly moved: boolean });

/** What a series means for one of its meetings; refused where the meeting is over, cancelled, or none of a series that is in calendars. */
export function decideOccurrence(
  state: Meeting,
  command: OccurrenceCommand,
): readonly (OccurrenceEvent | AnsweredEvent)[] | Refusal {
  const { at, by } = command;
  if (state.stage !== 'scheduled') return refuse('meeting.wrong-stage', { stage: state.stage });
  const { occurrence, invites, mailed } = state;
  if (command.type === 'meeting.follow') {
    if (!state.seriesId) return refuse('meeting.no-series');
    const { slot, date, hour, zone, sequence } = command;
    const moved = slot.instant !== state.slot.instant || slot.minutes !== state.slot.minutes;
    return (
      slotRefusal([slot], at) ?? [
        { type: 'meeting-followed', at, by, slot: plain(slot), date, hour, zone, sequence, moved },
      ]
    );
  }
  if (!occurrence) return refuse('meeting.no-series');
  switch (command.type) {
    case 'meeting.join': {
      const people = [...new Set(command.people)].filter((person) => !Object.hasOwn(invites, person));
      const { sequence } = command;
      return people.length > 0
        ? [{ type: 'meeting-joined', at, by, people, ...(sequence === undefined ? {} : { sequence }) }]
        : [];
    }
    case 'meeting.part': {
      const people = [...new Set(command.people)].filter((person) => occurrence.people.includes(person));
      return people.length > 0 ? [{ type: 'meeting-parted', at, by, people }] : [];
    }
    case 'meeting.series-answer': {
      const { person, answer } = command;
      const byItself = mailed !== undefined && Object.hasOwn(mailed.answered, person);
      return occurrence.people.includes(person) && !occurrence.own && !byItself && invites[person] !== answer
        ? [{ type: 'invite-answered', at, by, person, answer, whole: true }]
        : [];
    }
  }
}

/** What such an event makes of the meeting. */
export function evolveOccurrence(state: Meeting, event: OccurrenceEvent): Meeting {
  const people = state.occurrence?.people ?? [];
  const among = (now: readonly string[]) =>
    state.occurrence ? { occurrence: { ...state.occurrence, people: now } } : {};
  switch (event.type) {
    case 'meeting-joined':
      return {
        ...state,
        // The invitation to the series tells them.
        invites: { ...state.invites, ...Object.fromEntries(event.people.map((id) => [id, 'sent' as const])) },
        ...among([...people, ...event.people]),
        ...(event.sequence === undefined ? {} : { newest: event.sequence }),
      };
    case 'meeting-parted': {
      const { mailed } = state;
      return {
        ...state,
        invites: Object.fromEntries(Object.entries(state.invites).filter(([id]) => !event.people.includes(id))),
        ...among(people.filter((id) => !event.people.includes(id))),
        // Who comes back is asked anew: what they once said of this date no longer stands before an answer to the series.
        ...(mailed ? { mailed: mailedWithout(mailed, event.people) } : {}),
      };
    }
    case 'meeting-followed': {
      const { slot, date, hour, zone, sequence, moved } = event;
      const own = state.occurrence?.own === true && !moved;
      const { newest: _, ...before } = state;
      return {
        ...(moved ? { ...askedAnew(before, people), moved: state.moved + 1, since: event.at } : before),
        slot,
        ...(state.occurrence ? { occurrence: { date, hour, zone, own, people } } : {}),
        sequence,
      };
    }
  }
}

/** Everybody is asked anew: an answer was given for the old hour. `told` are those whom the invitation to the series tells. */
export function askedAnew(state: Meeting, told: readonly string[] = []): Meeting {
  return {
    ...state,
    invites: Object.fromEntries(
      Object.keys(state.invites).map((id) => [id, told.includes(id) ? ('sent' as const) : ('pending' as const)]),
    ),
    ...(state.mailed ? { mailed: { ...nothingMailed, doubts: state.mailed.doubts } } : {}),
  };
}
