import type { Ask, Fact } from '../decider.ts';
import { plain, type Slot, slotRefusal } from './slots.ts';

export type CalendarAnswer = 'accepted' | 'tentative' | 'declined';

/**
 * Why an answer that came by mail is not believed. A REPLY is easily forged: it counts when the receiving server vouches for its sender, who is the
 * attendee that it speaks of, invited to a meeting that is planned, and when it answers the invitation as it now stands.
 */
export type Doubt =
  | 'not-authenticated'
  | 'other-sender'
  | 'not-invited'
  | 'not-planned'
  | 'old-sequence'
  | 'unknown-sequence'
  /** Believed as to its sender, but it says nothing that can be taken: delegated, a suggested hour that is past or malformed. */
  | 'unusable';

/** What a mail brings along for being believed. */
export interface MailProof {
  /** The attendee whom it speaks of, where the address is one of an invited person. */
  readonly person?: string;
  /** As the answered invitation had it (RFC 5546 2.1.4). */
  readonly sequence: number;
  /** When the attendee's calendar wrote it (DTSTAMP), never later than its arrival; ISO 8601, UTC. */
  readonly stamp: string;
  /** The receiving server vouches for the sender's address (RFC 8601). */
  readonly authenticated: boolean;
  /** The sender is the attendee. */
  readonly ownSender: boolean;
}

/** What an invitation asks about: a meeting, a series, one date of a series. */
export interface Asked {
  /** Whether it is still to happen. */
  readonly planned: boolean;
  /** Who is asked, by their id. */
  readonly invites: Readonly<Record<string, string>>;
  /** Of the invitation as it now stands (RFC 5546 2.1.4). */
  readonly sequence: number;
  /** The highest that somebody has of it, where that is higher: who comes back to a series gets it above what took it out. */
  readonly newest?: number;
  readonly mailed?: MailedState;
}

/** From the mailbox: the system's own. */
export type MailedCommand =
  | (Ask & MailProof & { readonly type: 'meeting.mailed-answer'; readonly answer?: CalendarAnswer })
  | (Ask & MailProof & { readonly type: 'meeting.mailed-hour'; readonly slot?: Slot })
  /** The attendee's calendar asks for the invitation again (RFC 5546 3.2.6). */
  | (Ask & MailProof & { readonly type: 'meeting.mailed-refresh' })
  /** What they wrote beside an answer, or instead of one: a sealed text's id; absent where it may name a patient and was not kept. */
  | (Ask & MailProof & { readonly type: 'meeting.mailed-comment'; readonly comment?: string })
  | (Ask & { readonly type: 'meeting.mailed-absence'; readonly person: string; readonly sequence: number });

/** An invitee's answer: their own act in a chat, or (with the calendar's `stamp`) the system's, on the evidence of a mail. */
export type AnsweredEvent = Fact & {
  readonly type: 'invite-answered';
  readonly person: string;
  readonly answer: CalendarAnswer;
  readonly stamp?: string;
  /** It was given for the whole series: an answer to this date alone goes before it. */
  readonly whole?: true;
};

export type MailedEvent =
  | (Fact & { readonly type: 'hour-suggested'; readonly person: string; readonly slot: Slot; readonly stamp: string })
  | (Fact & { readonly type: 'invite-away'; readonly person: string })
  | (Fact & { readonly type: 'invite-asked-again'; readonly person: string })
  | (Fact & {
      readonly type: 'invite-commented';
      readonly person: string;
      readonly comment?: string;
      readonly stamp: string;
    })
  /** The helpdesk leaves the hour that a calendar proposed; its owner is told (RFC 5546 3.2.8). */
  | (Fact & { readonly type: 'hour-declined'; readonly person: string })
  | (Fact & { readonly type: 'answer-doubted'; readonly doubt: Doubt; readonly person?: string })
  | AnsweredEvent;

/** An hour that an attendee's calendar proposed (COUNTER): for the helpdesk to take or to leave. */
export interface Suggestion {
  readonly person: string;
  readonly slot: Slot;
  readonly stamp: string;
}

export interface Comment {
  readonly person: string;
  /** Id of the sealed text; absent where it was not kept. */
  readonly comment?: string;
  readonly stamp: string;
}

/** What the mailbox has told of a meeting; suggestions and absences are of the invitation as it now stands. */
export interface MailedState {
  /** When each attendee answered last, by chat or by mail: an answer that was written before is out of date. */
  readonly answered: Readonly<Record<string, string>>;
  readonly suggestions: readonly Suggestion[];
  /** When each of those who asked for the invitation again got it; absent while nobody did. */
  readonly again?: Readonly<Record<string, string>>;
  /** What they wrote, the newest last; absent while nobody did. */
  readonly comments?: readonly Comment[];
  /** Whose mailbox said that they are away. */
  readonly away: readonly string[];
  /** Whose address refused the invitation, whatever they answered elsewhere. */
  readonly bounced: readonly string[];
  readonly doubts: readonly { readonly at: string; readonly doubt: Doubt; readonly person?: string }[];
}

export const nothingMailed: MailedState = { answered: {}, suggestions: [], away: [], bounced: [], doubts: [] };

/** What was mailed without what these people (by id) said of their coming: who comes back to a group is asked anew. */
export function mailedWithout(mailed: MailedState, people: readonly string[]): MailedState {
  return {
    ...mailed,
    answered: Object.fromEntries(Object.entries(mailed.answered).filter(([person]) => !people.includes(person))),
    suggestions: mailed.suggestions.filter(({ person }) => !people.includes(person)),
    bounced: mailed.bounced.filter((person) => !people.includes(person)),
  };
}

/** Whoever floods the mailbox does not flood the log. */
const doubtsAtMost = 20;
const commentsAtMost = 20;
/** Nor does a calendar that asks again and again fill its owner's mailbox: once an hour. */
const againAfterMs = 3_600_000;

/** Whether an answer written at `stamp` is older than what is known of the person; a calendar's stamp has whole seconds (RFC 5545 3.8.7.2). */
function outdated(mailed: MailedState, person: string, stamp: string): boolean {
  const known = Object.hasOwn(mailed.answered, person) ? mailed.answered[person] : undefined;
  return known !== undefined && stamp.slice(0, 19) < known.slice(0, 19);
}

/** What a mail means for an invitation that exists: an answer, a suggestion, a doubt, or (repeated, out of date) nothing. Never refused. */
export function decideMailed(state: Asked, command: MailedCommand): readonly MailedEvent[] {
  const { at, by } = command;
  const mailed = state.mailed ?? nothingMailed;
  if (command.type === 'meeting.mailed-absence') {
    const { person, sequence } = command;
    const stands = state.planned && Object.hasOwn(state.invites, person) && sequence === state.sequence;
    return stands && !mailed.away.includes(person) ? [{ type: 'invite-away', at, by, person }] : [];
  }
  const doubted = (doubt: Doubt): readonly MailedEvent[] =>
    mailed.doubts.length >= doubtsAtMost
      ? []
      : [{ type: 'answer-doubted', at, by, doubt, ...(command.person ? { person: command.person } : {}) }];
  // What asks again need not say for which version (RFC 5546 3.2.6); a comment is of whichever its author had.
  const ofAny = command.type === 'meeting.mailed-refresh' || command.type === 'meeting.mailed-comment';
  const doubt = doubtOf(state, ofAny ? { ...command, sequence: state.sequence } : command);
  const { person, stamp } = command;
  if (doubt || person === undefined) return doubted(doubt ?? 'not-invited');
  if (command.type === 'meeting.mailed-refresh') {
    const last = mailed.again && Object.hasOwn(mailed.again, person) ? mailed.again[person] : undefined;
    const early = last !== undefined && Date.parse(at) - Date.parse(last) < againAfterMs;
    return early ? [] : [{ type: 'invite-asked-again', at, by, person }];
  }
  if (command.type === 'meeting.mailed-comment') {
    const { comment } = command;
    return (mailed.comments ?? []).length >= commentsAtMost
      ? []
      : [{ type: 'invite-commented', at, by, person, stamp, ...(comment ? { comment } : {}) }];
  }
  if (command.type === 'meeting.mailed-answer') {
    const { answer } = command;
    if (answer === undefined) return doubted('unusable');
    const told = mailed.answered[person] === stamp && state.invites[person] === answer;
    return told || outdated(mailed, person, stamp) ? [] : [{ type: 'invite-answered', at, by, person, answer, stamp }];
  }
  const { slot } = command;
  if (slot === undefined || slotRefusal([slot], at)) return doubted('unusable');
  const earlier = mailed.suggestions.find((suggestion) => suggestion.person === person);
  return earlier && earlier.stamp >= stamp
    ? []
    : [{ type: 'hour-suggested', at, by, person, slot: plain(slot), stamp }];
}

/** The highest SEQUENCE that anybody has of an invitation. */
export const newestOf = ({ sequence, newest = 0 }: Pick<Asked, 'sequence' | 'newest'>) => Math.max(sequence, newest);

function doubtOf(state: Asked, proof: MailProof): Doubt | undefined {
  if (!proof.authenticated) return 'not-authenticated';
  if (!proof.ownSender) return 'other-sender';
  if (proof.person === undefined || !Object.hasOwn(state.invites, proof.person)) return 'not-invited';
  if (!state.planned) return 'not-planned';
  if (proof.sequence < state.sequence) return 'old-sequence';
  return proof.sequence > newestOf(state) ? 'unknown-sequence' : undefined;
}

/** What such an event makes of what is known from the mailbox. */
export function evolveMailed(mailed: MailedState, event: MailedEvent): MailedState {
  switch (event.type) {
    case 'invite-answered':
      if (event.whole) return mailed;
      return { ...mailed, answered: { ...mailed.answered, [event.person]: event.stamp ?? event.at } };
    case 'hour-suggested': {
      const { person, slot, stamp } = event;
      const others = mailed.suggestions.filter((suggestion) => suggestion.person !== person);
      return { ...mailed, suggestions: [...others, { person, slot, stamp }] };
    }
    case 'invite-asked-again':
      return { ...mailed, again: { ...mailed.again, [event.person]: event.at } };
    case 'invite-commented': {
      const { person, comment, stamp } = event;
      return {
        ...mailed,
        comments: [...(mailed.comments ?? []), { person, stamp, ...(comment ? { comment } : {}) }],
      };
    }
    case 'hour-declined':
      return { ...mailed, suggestions: mailed.suggestions.filter(({ person }) => person !== event.person) };
    case 'invite-away':
      return { ...mailed, away: [...mailed.away, event.person] };
    case 'answer-doubted': {
      const { at, doubt, person } = event;
      return { ...mailed, doubts: [...mailed.doubts, { at, doubt, ...(person ? { person } : {}) }] };
    }
  }
}
