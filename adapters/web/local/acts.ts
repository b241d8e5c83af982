import { z } from 'zod';
import type { Answer, Place, What, Who } from '../../../bot/interaction.ts';
import type { Form } from '../../../bot/view.ts';
import type { LocalPerson, WebOptions } from '../context.ts';
import type { Message } from './feed.ts';
import type { RoomName, Rooms } from './rooms.ts';

const name = z.string().min(1).max(200);
/** What a button or form is about; some are about nothing, and say so with an empty one. */
const ref = z.string().max(200).optional();
const base = {
  /** What a repeated request is told apart by. */
  delivery: z
    .string()
    .regex(/^[A-Za-z0-9_.:-]{1,100}$/)
    .optional(),
  room: z.enum(['chat', 'desk']).default('chat'),
};
const values = z.record(name, z.union([z.string().max(20_000), z.array(z.string().max(500)).max(200), z.boolean()]));

/** What the body of each call holds. `message` is the one on which the button was pressed or from which the form was opened. */
export const bodies = {
  say: z.object({ ...base, text: z.string().trim().min(1).max(4000) }),
  press: z.object({ ...base, action: name, ref, message: name.optional() }),
  submit: z.object({ ...base, form: name, ref, values, message: name.optional() }),
  suggest: z.object({
    room: base.room,
    source: z.enum(['hcp', 'expert', 'group', 'case']),
    words: z.string().max(200),
  }),
  plain: z.object(base),
  remove: z.object({ ...base, message: name }),
  messages: z.object({ room: base.room, after: z.coerce.number().int().min(0).default(0) }),
};

/** What a call gives back: the messages that came of it, a form to fill in, and the errors of one that was not taken. */
export interface Outcome {
  readonly messages: readonly Message[];
  readonly form?: Form;
  readonly errors?: Readonly<Record<string, string>>;
}

export interface Act {
  readonly room: RoomName;
  readonly delivery?: string | undefined;
  readonly message?: string | undefined;
  readonly language: string;
}

/** Text as the bot takes it: in the helpdesk's channel everything is one of its commands; elsewhere what begins with '/' is a command. */
export function spoken(text: string, room: RoomName): What {
  const slash = /^\/(cpms-desk|cpms)?\b\s*/i.exec(text);
  if (room === 'desk' || slash) {
    const bare = slash ? text.slice(slash[0].length) : text;
    return { kind: 'command', text: bare, desk: room === 'desk' || slash?.[1]?.toLowerCase() === 'cpms-desk' };
  }
  return { kind: 'text', text };
}

/** Somebody of the local page, in the language of the browser that plays them. */
export function whoOf(person: LocalPerson, language: string): Who {
  return { identity: { platform: 'web', tenant: 'local', user: person.user }, name: person.name, language };
}

/**
 * Gives one act to the bot and writes what came of it into the chat. The same delivery id again renews what it wrote the first
 * time instead of writing it twice. In the helpdesk's channel an answer is seen by the one who acted alone, and never takes the
 * place of a card that others see.
 */
export async function act(
  { bot, ids }: Pick<WebOptions, 'bot' | 'ids'>,
  rooms: Rooms,
  person: LocalPerson,
  { room, delivery = ids.next('W'), message, language }: Act,
  what: What,
): Promise<Outcome> {
  const feed = rooms.feed(person, room);
  const only = room === 'desk' ? { only: person.user } : {};
  const messages: Message[] = [];
  if (what.kind === 'text' || what.kind === 'command')
    messages.push(await feed.put({ id: `p-${delivery}`, from: 'person', text: what.text, ...only }));

  const where: Place = room === 'desk' ? { kind: 'shared', desk: true } : { kind: 'private' };
  const answer: Answer = await bot.handle({
    key: `web:${person.user}:${delivery}`,
    who: whoOf(person, language),
    where,
    what,
  });

  const pressed = message === undefined ? undefined : await feed.find(message, person.user);
  const replaceable = pressed?.from === 'bot' && (room === 'chat' || pressed.only !== undefined);
  const cards = [...(answer.cards ?? []).entries()];
  // A card that cannot take the other's place is the answer all the same: it comes last, where it is read.
  if (answer.replace && !replaceable) cards.push(...cards.splice(0, 1));
  for (const [index, card] of cards) {
    const id = index === 0 && answer.replace && replaceable ? pressed.id : `a-${delivery}-${index}`;
    messages.push(await feed.put({ id, from: 'bot', card, ...only }));
  }
  return {
    messages,
    ...(answer.form ? { form: answer.form } : {}),
    ...(answer.errors ? { errors: answer.errors } : {}),
  };
}
