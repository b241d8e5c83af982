import type { Identity } from '../domain/people.ts';
import type { Card, Form, Option, Source, Values } from './view.ts';

/** Something that somebody did in a chat, after its adapter has verified where it came from and translated it. */
export interface Interaction {
  /** What this delivery is told apart by: a platform that delivers twice gives the same key twice. */
  readonly key: string;
  readonly who: Who;
  readonly where: Place;
  readonly what: What;
}

export interface Who {
  readonly identity: Identity;
  /** What the platform calls them: to greet with, never to decide by. */
  readonly name?: string;
  /** BCP 47, from the platform's profile. */
  readonly language?: string;
  /** IANA time zone, from the platform's profile. */
  readonly zone?: string;
}

export interface Place {
  /** In a shared place others read along: what concerns one person is answered in private. */
  readonly kind: 'private' | 'shared';
  /** Whether it is the helpdesk's own channel. */
  readonly desk?: boolean;
  /** Whether it was done on the person's home (Slack's App Home). */
  readonly home?: boolean;
  /** The thread below a card of the helpdesk's channel, as `Channel.room` names it, or that card itself. */
  readonly room?: string;
}

/** What a sign (an emoji) on a card of the helpdesk's channel stands for. */
export type Sign = 'take' | 'resolve';

export type What =
  /** A command as typed, without its slash: 'register', 'show T-7K3F9Q2M'; `desk` for the helpdesk's own (`/cpms-desk`). */
  | { readonly kind: 'command'; readonly text: string; readonly desk: boolean }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'press'; readonly action: string; readonly ref?: string }
  | { readonly kind: 'submit'; readonly form: string; readonly ref?: string; readonly values: Values }
  /** A sign was set on the card that `Place.room` names. */
  | { readonly kind: 'sign'; readonly sign: Sign }
  /**
   * Files were dropped into the chat: they are never opened, their author is told what that means. `files` are the platform's ids, where it
   * can be asked later whether they are still there.
   */
  | { readonly kind: 'file'; readonly files?: readonly string[] }
  /** First contact: the app was installed, the chat was opened. */
  | { readonly kind: 'hello' };

/** What comes back at once. An empty answer is a plain acknowledgement. */
export interface Answer {
  /** Shown to the one who acted, alone: in a shared place privately. */
  readonly cards?: readonly Card[];
  /** Whether the first card takes the place of the one on which the button was pressed or the form stood. */
  readonly replace?: boolean;
  /** The home as it looks from now on; where it is absent, `Bot.home` gives it. */
  readonly home?: Card;
  /** A form to open; where that is not possible now, a button with `form.open`. */
  readonly form?: Form;
  /** A submitted form that was not taken: by field name, what to do about it; '' is the form as a whole. `form` holds it with what was typed. */
  readonly errors?: Readonly<Record<string, string>>;
  /** A released file to offer: where its reader accepts, the platform asks for its bytes (`Bot.handOver`) and puts them there. For platforms that can. */
  readonly file?: { readonly document: string; readonly name: string; readonly size: number };
}

/** The bot, as the adapters know it. */
export interface Bot {
  /** The one way in. Never throws: what goes wrong is answered in words, with a reference id that is in the log. */
  handle(interaction: Interaction): Promise<Answer>;
  /** Options for a typeahead; at most `limit`. */
  suggest(who: Who, source: Source, words: string, limit: number): Promise<readonly Option[]>;
  /** What App Home or a tab shows to this person, at the part that they looked at last. From now on it follows what happens (`Channel.refreshHome`). */
  home(who: Who): Promise<Card>;
  /** An answer's card that the platform did not take: it is kept sealed and arrives later. `id` is the one that the first try carried, `seconds` the wait that the platform asked for. */
  later(to: Identity, card: Card, id: string, seconds?: number): Promise<void>;
  /** The scrubbed bytes of a released file, for its submitter at this moment; or a sentence that says why they cannot have them (any more). */
  handOver(
    who: Who,
    document: string,
  ): Promise<{ readonly name: string; readonly bytes: Uint8Array } | { readonly refused: string }>;
  /** The platform says that a chat identity is gone (uninstalled, deactivated). */
  gone(identity: Identity): Promise<void>;
  /** The platform says that the profile of a chat identity changed: where it is somebody's whom notices go to, `read` is asked for it, and they follow it. */
  changed(identity: Identity, read: () => Promise<Who>): Promise<void>;
}
