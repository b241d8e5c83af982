import type { Ask, Fact } from '../decider.ts';

import type { InviteCommand, InvitedEvent, Needs, TakenOffEvent, TakeOffCommand } from './invitees.ts';

import type { CalendarAnswer, MailedCommand, MailedEvent, MailedState } from './mailed-answers.ts';
import type { Convened, Occurrence, OccurrenceCommand, OccurrenceEvent } from './occurrences.ts';
import type { Slot } from './slots.ts';

export type MeetingStage = 'none' | 'scheduled' | 'held' | 'cancelled';
export type InviteStatus = 'pending' | 'sent' | 'accepted' | 'tentative' | 'declined' | 'bounced';

export interface Meeting extends Needs {
  readonly stage: MeetingStage;
  readonly requestId?: string;
  readonly pollId?: string;
  readonly seriesId?: string;
  readonly occurrence?: Occurrence;
  readonly requester?: string;
  readonly hcp?: string;
  readonly caseId?: string;
  readonly group?: string;
  /** Cases that a group's meeting discusses, by their numbers; absent while there is none. */
  readonly agenda?: readonly string[];
  readonly slot: Slot;
  /** Id of the sealed text of the join link, as the helpdesk gave it. */
  readonly join?: string;
  readonly organiser: string;
  /** Raised by each move and by the cancellation (RFC 5546 2.1.4). */
  readonly sequence: number;
  /** The highest that somebody has of it, where that is higher: of a date of a series, or since somebody was taken off. See `Asked`. */
  readonly newest?: number;
  readonly moved: number;
  readonly invites: Readonly<Record<string, InviteStatus>>;
  /** What calendars and mailboxes have told; absent while nothing was. */
  readonly mailed?: MailedState;
  /** Once it was held: who was there, and which cases were discussed. */
  readonly attended?: readonly string[];
  readonly discussed?: readonly string[];
  /** How it went, as the one says who asked for it. */
  readonly review?: Review;
  readonly since: string;
}

/** How a meeting went, for the one who asked for it: the question was answered, partly, or not. */
export const outcomes = ['answered', 'partly', 'not'] as const;
export type Outcome = (typeof outcomes)[number];

export interface Review {
  readonly outcome: Outcome;
  /** Another meeting is wished for. */
  readonly again: boolean;
  /** Id of the sealed text of a remark; never clinical. */
  readonly comment?: string;
}

export type CancelReason = 'helpdesk' | 'requester' | 'consent-ended' | 'case-closed';

/** What is planned: for which request and case, when, with whom, and (a sealed text's id) the join link. */
interface Plan extends Needs {
  readonly requestId?: string;
  /** The poll whose hour it is. */
  readonly pollId?: string;
  /** The series that it was convened by. */
  readonly seriesId?: string;
  /** Which date of the series, with how its people stand: what they answered goes on from there. */
  readonly occurrence?: Convened;
  readonly requester?: string;
  readonly hcp?: string;
  readonly caseId?: string;
  readonly group?: string;
  readonly slot: Slot;
  readonly invitees: readonly string[];
  readonly join?: string;
}

export type MeetingCommand =
  | (Ask & Plan & { readonly type: 'meeting.schedule' })
  | (Ask & { readonly type: 'meeting.reschedule'; readonly slot: Slot })
  | InviteCommand
  | TakeOffCommand
  /** A case of a request comes onto the agenda of a group's meeting; `invitees` come along with it. */
  | (Ask & {
      readonly type: 'meeting.put-on-agenda';
      readonly caseId: string;
      readonly requestId: string;
      readonly invitees: readonly string[];
    })
  | (Ask & { readonly type: 'meeting.take-off-agenda'; readonly caseId: string })
  | (Ask & { readonly type: 'meeting.cancel'; readonly reason: CancelReason })
  /** Without `discussed` the meeting's case counts as discussed. */
  | (Ask & {
      readonly type: 'meeting.held';
      readonly attended?: readonly string[];
      readonly discussed?: readonly string[];
    })
  | (Ask & Review & { readonly type: 'meeting.review' })
  | (Ask & {
      readonly type: 'meeting.answer';
      readonly person: string;
      /** The beginning that was answered, as the one who answers saw it: an ISO instant. */
      readonly instant?: string;
      readonly answer: CalendarAnswer;
    })
  | MailedCommand
  /** The helpdesk leaves the hour that this person's calendar proposed. */
  | (Ask & { readonly type: 'meeting.decline-hour'; readonly person: string })
  | OccurrenceCommand
  /** From the outbox: the system's own. */
  | (Ask & { readonly type: 'meeting.sent'; readonly person: string })
  /** From the outbox or (with the sequence of the mail that came back) from the mailbox: the system's own. */
  | (Ask & { readonly type: 'meeting.bounced'; readonly person: string; readonly sequence?: number });

export type MeetingEvent =
  | (Fact & Plan & { readonly type: 'meeting-scheduled' })
  | (Fact & { readonly type: 'meeting-rescheduled'; readonly slot: Slot })
  | InvitedEvent
  | TakenOffEvent
  /** `invitees` are those who were not invited before. */
  | (Fact & {
      readonly type: 'agenda-added';
      readonly caseId: string;
      readonly requestId: string;
      readonly invitees: readonly string[];
    })
  | (Fact & { readonly type: 'agenda-removed'; readonly caseId: string })
  | (Fact & { readonly type: 'meeting-cancelled'; readonly reason: CancelReason })
  | (Fact & {
      readonly type: 'meeting-held';
      readonly attended?: readonly string[];
      readonly discussed?: readonly string[];
    })
  | (Fact & Review & { readonly type: 'meeting-reviewed' })
  | OccurrenceEvent
  | (Fact & { readonly type: 'invite-sent'; readonly person: string })
  | MailedEvent
  | (Fact & { readonly type: 'invite-bounced'; readonly person: string });

export interface MeetingFacts {
  /** For 'meeting.schedule': the series that it names has convened it. */
  readonly convened: boolean;
  readonly careConsent: boolean;
  readonly caseGoesOn: boolean;
  /** Ids of invitees who are patient representatives: none of them comes to a case meeting. */
  readonly representatives: readonly string[];
}
