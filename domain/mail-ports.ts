import type { CalendarAnswer } from './meetings/mailed-answers.ts';

/** An e-mail that is ready to go. The recipient of a calendar mail is one attendee. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly calendar?: { readonly method: Invitation['method']; readonly ics: string };
  /** A stable Message-ID's left part, so that a repeated delivery is one mail to its reader. */
  readonly id: string;
}

export interface Mail {
  /** Resolves when the server has taken the mail. Throws MailRefused for an address or a mail that will never be taken, any other error for 'try later'. */
  send(letter: Letter): Promise<void>;
}

/** The mail server said no for good. */
export class MailRefused extends Error {}

/** One meeting as a calendar needs it: no clinical word, no pseudonym. */
export interface Invitation {
  /** Stable over moves and the cancellation. */
  readonly uid: string;
  readonly sequence: number;
  /** 'DECLINECOUNTER' says that an hour that was proposed is left (RFC 5546 3.2.8). */
  readonly method: 'REQUEST' | 'CANCEL' | 'DECLINECOUNTER';
  readonly title: string;
  readonly description: string;
  /** Local date and time without offset, its IANA zone, and the length. */
  readonly start: string;
  readonly zone: string;
  readonly minutes: number;
  readonly joinUrl?: string;
  readonly organiser: { readonly name: string; readonly email: string };
  /** With what is known of their answer; without one they are asked. */
  readonly attendee: { readonly name: string; readonly email: string; readonly answer?: CalendarAnswer };
  readonly stampedAt: string;
  /** A series: its rule (the value of an RRULE, RFC 5545 3.3.10), and the local hours that fall out. */
  readonly series?: { readonly rule: string; readonly except?: readonly string[] };
  /** One hour of a series, moved or cancelled by itself: the local hour at which it stands by the rule (RECURRENCE-ID). */
  readonly occurrence?: string;
}

/** A meeting in somebody's own calendar feed. `answer` is their own. */
export type FeedEntry = Omit<Invitation, 'method' | 'attendee'> & {
  readonly answer?: 'accepted' | 'tentative' | 'declined';
};

export interface Calendar {
  /** The text of an iCalendar object (RFC 5545, iTIP RFC 5546) for one attendee. `dates` are hours of the same series that are not where its rule has them. */
  invitation(invitation: Invitation, dates?: readonly Invitation[]): string;
  /** Meetings to subscribe to or to download (RFC 5546 3.2.1 PUBLISH): nobody's address but the organiser's is in it. */
  feed(name: string, entries: readonly FeedEntry[]): string;
}

/** One meeting of a calendar's answer, as the calendar wrote it; nothing of it is believed yet. */
export interface CalendarPart {
  readonly uid: string;
  readonly sequence: number;
  /** DTSTAMP, or the mail's arrival where that is earlier; ISO 8601, UTC, without a fraction. */
  readonly stamp: string;
  /** The address of the one who answers, in lower case. */
  readonly attendee: string;
  /** Absent for what is none of the three (delegated, nothing yet). */
  readonly answer?: CalendarAnswer;
  /** What its author wrote beside it, as text of nobody's checking. */
  readonly comment?: string;
  /** It speaks of one hour of a series (RECURRENCE-ID): its instant, or '' where the hour cannot be told. */
  readonly occurrence?: string;
  /** The instant and the length of the hour that it names; absent where they cannot be told. */
  readonly hour?: { readonly instant: string; readonly minutes: number };
}

/** A mail that came into the helpdesk's mailbox, told apart by what it is. `letter` is the id of the letter of ours that it speaks of. */
export type Incoming = {
  /** The same for the same mail, however often it is read. */
  readonly key: string;
  /** The one sender's address in lower case; '' where there is none, or several. */
  readonly from: string;
  /** The receiving server vouches for the sender's address. */
  readonly authenticated: boolean;
} & (
  | {
      readonly kind: 'answer';
      readonly method: 'REPLY' | 'COUNTER' | 'REFRESH';
      readonly parts: readonly CalendarPart[];
    }
  /** It says that it is a calendar's answer, but it cannot be read as one (RFC 5546, RFC 6047). */
  | { readonly kind: 'malformed' }
  /** A report that a letter was not delivered, for good (RFC 3464). */
  | { readonly kind: 'bounce'; readonly letter: string; readonly recipients: readonly string[] }
  /** An automatic answer: somebody is away (RFC 3834). */
  | { readonly kind: 'absence'; readonly letter: string }
  /** It cannot be taken apart at all. */
  | { readonly kind: 'unreadable' }
  /** What people write, and every other report: for the people who read the mailbox. */
  | { readonly kind: 'other' }
);

/** How the reading of the mailbox goes: codes and times, nothing of what is in it. */
export interface MailboxHealth {
  /** 'waiting' has read everything that is there, 'failing' tries again with growing pauses. */
  readonly state: 'connecting' | 'reading' | 'waiting' | 'failing';
  /** Since when (ISO 8601, UTC). */
  readonly since: string;
  /** When everything that was there had been read last. */
  readonly lastRead?: string;
  /** While it fails: why, as a code. */
  readonly error?: string;
  /** How many mails were put aside since the start. */
  readonly aside: number;
}

/** What the helpdesk should know of its mailbox. `key` is the same for the same trouble. */
export type MailboxTrouble =
  /** One mail was put aside, those behind it are read: it arrived at `when`. */
  | { readonly kind: 'aside'; readonly key: string; readonly why: 'too-large' | 'unreadable'; readonly when: string }
  /** It cannot be read, since `when`. */
  | {
      readonly kind: 'down';
      readonly key: string;
      readonly why: 'refused' | 'folder-gone' | 'unreachable';
      readonly when: string;
    };

/** Reads the helpdesk's mailbox until it is closed. */
export interface MailboxReader {
  start(): void;
  readonly health: () => MailboxHealth;
  close(): Promise<void>;
}
