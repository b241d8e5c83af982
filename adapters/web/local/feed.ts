import { z } from 'zod';
import type { Card } from '../../../bot/view.ts';
import type { Kept } from '../../../domain/memory-ports.ts';

/** One line of a chat: what the person said, or a card of the bot. */
export interface Message {
  readonly id: string;
  /** Its place in the chat; it never changes. */
  readonly n: number;
  /** The number of its last change: `after` asks by it. */
  readonly change: number;
  readonly at: string;
  readonly from: 'person' | 'bot';
  readonly text?: string;
  readonly card?: Card;
  /** In a shared place: the one person who sees it. */
  readonly only?: string;
}

/** One chat, and up to where each reader has read it. */
export interface Feed {
  /** Adds a message, or renews the one with this id in its place. */
  put(message: Pick<Message, 'id' | 'from' | 'text' | 'card' | 'only'>): Promise<Message>;
  /** Renews the card of a message. Says whether it is there. */
  renew(id: string, card: Card): Promise<boolean>;
  remove(id: string, reader: string): Promise<boolean>;
  find(id: string, reader: string): Promise<Message | undefined>;
  /** What this reader may see and has changed after the given number, in the chat's order. */
  after(change: number, reader: string): Promise<readonly Message[]>;
  /** The bot's messages since this reader last read. */
  unread(reader: string): Promise<number>;
  read(reader: string): Promise<void>;
}

const longest = 200;

const kept = z.object({
  next: z.number().int(),
  change: z.number().int(),
  read: z.record(z.string(), z.number().int()),
  // Written by this file alone, sealed: the cards are what the bot gave.
  messages: z.array(z.custom<Message>((value) => typeof value === 'object' && value !== null)),
});

/**
 * A chat of the local mode, bounded to its last 200 messages. What the bot wrote is kept under `key`; what the person typed stays
 * in memory alone, because it may hold what must not be stored (a patient's identity). `changed` is called after every change.
 */
export function openFeed(store: Kept, key: string, now: () => string, changed: () => void): Feed {
  let messages: Message[] = [];
  let next = 1;
  let change = 0;
  let read: Record<string, number> = {};
  let loaded: Promise<void> | undefined;
  let writing: Promise<void> = Promise.resolve();

  const load = () => {
    loaded ??= store.get(key).then((text) => {
      if (text === undefined) return;
      const found = kept.parse(JSON.parse(text));
      ({ next, change, read } = found);
      messages = found.messages;
    });
    return loaded;
  };
  // One write after the other: the last state is the last that is written, and a failed write does not stop the next.
  const save = (): Promise<void> => {
    messages = messages.slice(-longest);
    changed();
    const write = () => {
      const lasting = messages.filter(({ from }) => from === 'bot');
      return store.put(key, JSON.stringify({ next, change, read, messages: lasting }));
    };
    writing = writing.then(write, write);
    return writing;
  };
  const visible = (reader: string) => messages.filter(({ only }) => only === undefined || only === reader);

  return {
    async put(given) {
      await load();
      const old = messages.find(({ id }) => id === given.id);
      const message: Message = { ...given, n: old?.n ?? next++, change: ++change, at: old?.at ?? now() };
      messages = old ? messages.map((held) => (held === old ? message : held)) : [...messages, message];
      await save();
      return message;
    },
    async renew(id, card) {
      await load();
      if (!messages.some((message) => message.id === id)) return false;
      messages = messages.map((message) => (message.id === id ? { ...message, card, change: ++change } : message));
      await save();
      return true;
    },
    async remove(id, reader) {
      await load();
      const rest = messages.filter((message) => message.id !== id || message.from !== 'person');
      if (rest.length === messages.length || !visible(reader).some((message) => message.id === id)) return false;
      messages = rest;
      change++;
      await save();
      return true;
    },
    async find(id, reader) {
      await load();
      return visible(reader).find((message) => message.id === id);
    },
    async after(from, reader) {
      await load();
      return visible(reader).filter((message) => message.change > from);
    },
    async unread(reader) {
      await load();
      return visible(reader).filter(({ n, from }) => from === 'bot' && n > (read[reader] ?? 0)).length;
    },
    async read(reader) {
      await load();
      const last = visible(reader).at(-1)?.n ?? 0;
      if (last <= (read[reader] ?? 0)) return;
      read = { ...read, [reader]: last };
      await save();
    },
  };
}
