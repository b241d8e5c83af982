import type { Identity } from '../domain/people.ts';
import type { Card } from './view.ts';

/** Where a card was posted, as the platform needs it to update it. Opaque to the bot; kept sealed. */
export type Posted = string;

/** One chat platform, seen from the outbox. */
export interface Channel {
  readonly platform: Identity['platform'];
  /**
   * Writes to a person's private chat. `id` is the outbox row's: the same id posted twice should be seen once where the
   * platform can tell. Throws Undeliverable when it can never arrive, Later when the platform asks for patience.
   */
  post(to: Identity, card: Card, id: string): Promise<Posted>;
  /** Whether a helpdesk channel is configured on this platform. */
  readonly desk: boolean;
  /** Writes to the helpdesk's channel. */
  postToDesk(card: Card, id: string): Promise<Posted>;
  /** Replaces what was posted. Throws Undeliverable when it is not there any more. */
  update(posted: Posted, card: Card): Promise<void>;
  /** The thread below a posted card, as `Place.room` names it; absent where the platform has none for the helpdesk. */
  room?(posted: Posted): string;
  /** Writes into the thread below a posted card; `id` as for `post`. Throws Undeliverable when the card is not there any more. */
  postToRoom?(posted: Posted, card: Card, id: string): Promise<void>;
  /**
   * Whether a file that this person dropped is still there; undefined where the platform does not say, or not to this app. Absent where it
   * cannot be asked. Throws as `post` does.
   */
  fileThere?(of: Identity, file: string): Promise<boolean | undefined>;
  /** Shows the person's home anew (Slack's App Home); nothing where the platform has none. */
  refreshHome?(to: Identity, card: Card): Promise<void>;
}

/** It can never arrive in this chat: the person left, the app was removed. `code` says why; the notice goes by e-mail. */
export class Undeliverable extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** The platform asks to wait (HTTP 429, Retry-After). */
export class Later extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super('later');
    this.seconds = seconds;
  }
}
