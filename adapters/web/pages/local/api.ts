import type { Answer } from '../../../../bot/interaction.ts';
import type { TabAct, TabState } from '../../../../bot/pages/pages.ts';
import type { Option, Source, Values } from '../../../../bot/view.ts';
import type { LocalCommand, MailboxLetter } from '../../context.ts';
import type { Outcome } from '../../local/acts.ts';
import type { Message } from '../../local/feed.ts';
import type { RoomName } from '../../local/rooms.ts';
import { wordsIn } from '../shared/words.ts';

export type { LocalCommand, MailboxLetter, Message, Outcome, RoomName };

export interface Person {
  readonly user: string;
  readonly name: string;
  readonly role: string;
  readonly rooms: readonly { readonly room: RoomName; readonly unread: number }[];
}

/** A person's own page: whose, and its sections. */
export type Own = Omit<TabState, 'expiresAt'>;

/** A call that was not done, with the sentence that says why. */
export class CallFailed extends Error {}

async function ask<Given>(path: string, body?: object): Promise<Given> {
  const words = wordsIn(navigator.language);
  let response: Response;
  try {
    response = await fetch(
      `/local${path}`,
      body
        ? { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
        : undefined,
    );
  } catch {
    throw new CallFailed(words.local.offline);
  }
  const given = (await response.json().catch(() => undefined)) as (Given & { readonly words?: string }) | undefined;
  if (!response.ok || given === undefined) throw new CallFailed(given?.words ?? words.local.offline);
  return given;
}

/** One chat that is open: whose, and which of theirs. */
export interface Place {
  readonly user: string;
  readonly room: RoomName;
}

/** What somebody does in a chat; `message` is the card that the button or form stood on. */
export type Doing =
  | { readonly do: 'say'; readonly text: string }
  | { readonly do: 'press'; readonly action: string; readonly ref?: string; readonly message?: string }
  | {
      readonly do: 'submit';
      readonly form: string;
      readonly ref?: string;
      readonly values: Values;
      readonly message?: string;
    }
  | { readonly do: 'hello' | 'file' };

const of = (user: string) => `/people/${encodeURIComponent(user)}`;

/** The calls of the local mode, as `docs/local-mode.md` has them. Each throws CallFailed with words. */
export const api = {
  people: () => ask<{ people: readonly Person[] }>('/people').then(({ people }) => people),
  commands: () => ask<{ commands: readonly LocalCommand[] }>('/commands').then(({ commands }) => commands),
  mailbox: () => ask<{ letters: readonly MailboxLetter[] }>('/mailbox').then(({ letters }) => letters),
  messages: ({ user, room }: Place) =>
    ask<{ messages: readonly Message[] }>(`${of(user)}/messages?room=${room}`).then(({ messages }) => messages),
  act: ({ user, room }: Place, { do: act, ...what }: Doing, delivery: string) =>
    ask<Outcome>(`${of(user)}/${act}`, { ...what, room, delivery }),
  suggest: (user: string, source: Source, words: string) =>
    ask<{ options: readonly Option[] }>(`${of(user)}/suggest`, { source, words }).then(({ options }) => options),
  page: (user: string) => ask<Own>(`${of(user)}/page`),
  onPage: (user: string, act: TabAct) => ask<Answer>(`${of(user)}/page`, { delivery: crypto.randomUUID(), act }),
  read: ({ user, room }: Place) => ask<object>(`${of(user)}/read`, { room }),
  remove: ({ user, room }: Place, message: string) => ask<object>(`${of(user)}/remove`, { room, message }),
};
