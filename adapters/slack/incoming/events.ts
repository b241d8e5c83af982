import type { z } from 'zod';
import type { Answer, What } from '../../../bot/interaction.ts';
import type { SlackPlace } from '../chats.ts';
import type { SlackContext } from '../context.ts';
import { errorCode } from '../errors.ts';
import type { Spot } from '../outgoing/reply.ts';
import { typed } from '../outgoing/text.ts';
import { failed } from '../words.ts';
import { ask, publishHome } from './asking.ts';
import { envelope, fileEvent, homeEvent, messageEvent, revokedEvent, sharedEvent, userEvent } from './payloads.ts';
import { inRoom, takeReaction, takeRoomMessage } from './room.ts';

/**
 * One event of the Events API. `body` is the whole envelope. Anything that is not for the bot is passed over: what bots and the bot itself
 * write, edits, deletions, messages of channels but for the threads below the helpdesk's cards. Never rejects; the acknowledgement goes out when it resolves.
 */
export async function takeEvent(context: SlackContext, body: unknown, event: unknown): Promise<void> {
  const id = envelope.safeParse(body);
  const type = (event as { type?: unknown } | undefined)?.type;
  if (!id.success) {
    context.log.warn({ kind: 'event' }, 'slack: an event without an id');
    return;
  }
  switch (type) {
    case 'message':
    case 'app_mention':
      return takeMessage(context, id.data, event);
    case 'reaction_added':
      return takeReaction(context, id.data.event_id, event);
    case 'file_shared':
      return takeFile(context, id.data.event_id, event);
    case 'app_home_opened':
      return takeHome(context, id.data.event_id, event);
    case 'user_change':
      return takeUser(context, event);
    case 'app_uninstalled':
      return context.removed(id.data.event_time * 1000);
    case 'tokens_revoked':
      return takeRevoked(context, id.data.event_time * 1000, event);
    case 'channel_shared':
    case 'channel_unshared': {
      const shared = sharedEvent.safeParse(event);
      if (shared.success) context.chats.changed(shared.data.channel);
      return;
    }
    default:
      return;
  }
}

async function takeMessage(
  context: SlackContext,
  { event_id: eventId, is_ext_shared_channel: outside }: z.infer<typeof envelope>,
  event: unknown,
): Promise<void> {
  const parsed = messageEvent.safeParse(event);
  if (!parsed.success) {
    context.log.warn({ kind: 'message' }, 'slack: a payload was not understood');
    return;
  }
  const given = parsed.data;
  const { user } = given;
  const fromPerson = user !== undefined && given.bot_id === undefined && user !== 'USLACKBOT' && !given.hidden;
  const written = [undefined, 'file_share', 'thread_broadcast'].includes(given.subtype);
  const mention = given.type === 'app_mention';
  if (!fromPerson || !written) return;
  if (!mention && given.channel_type !== 'im')
    return given.thread_ts === undefined ? undefined : takeRoomMessage(context, eventId, given);
  if (mention && (await inRoom(context, given))) return;

  const files = (given.files ?? []).flatMap(({ id }) => (id ? [id] : []));
  const file = given.subtype === 'file_share' || (given.files ?? []).length > 0;
  const text = typed(given.text, mention);
  // A mention alone is a question: what can you do?
  const what: What = file ? { kind: 'file', files } : text === '' ? { kind: 'hello' } : { kind: 'text', text };
  // What was written in a channel is answered there, to its author alone; in one that is shared with other organisations nothing but a hint.
  let spot: Spot = { user, place: { kind: 'private' } };
  await context.turns.take<undefined>({
    kind: given.type,
    ack: async () => undefined,
    afterLate: () => context.replies.hint(spot, context.people.words(user).working),
    async run() {
      if (!mention) await context.chats.learn(user, given.channel);
      const place: SlackPlace = mention ? await context.chats.place(given.channel, user) : { kind: 'private' };
      const apart = outside || place.external;
      const beside = place.kind === 'shared' && { channel: given.channel, thread: given.thread_ts };
      if (beside && !apart) spot = { user, place, beside };
      const answer = await ask(context, user, { place }, { kind: 'event', eventId }, what);
      await context.replies.show(spot, answer);
      if (beside && apart && shows(answer)) await pointToPrivate(context, given.channel, user);
    },
    fail: (reference) => context.replies.say(spot, failed(context.people.words(user), reference)),
  });
}

/** A file in the helpdesk's channel. In the private chat a message tells of it, and in other channels it is nobody's business here. */
async function takeFile(context: SlackContext, eventId: string, event: unknown): Promise<void> {
  const parsed = fileEvent.safeParse(event);
  if (!parsed.success) return;
  const { user_id: user, channel_id: channel, file_id: file } = parsed.data;
  if (user === context.botUser) return;
  let spot: Spot = { user, place: { kind: 'private' } };
  await context.turns.take<undefined>({
    kind: 'file_shared',
    ack: async () => undefined,
    async run() {
      const place = await context.chats.place(channel, user);
      if (!place.desk) return;
      spot = { user, place, beside: { channel } };
      const answer = await ask(context, user, { place }, { kind: 'event', eventId }, { kind: 'file', files: [file] });
      await context.replies.show(spot, answer);
    },
    fail: (reference) => context.replies.say(spot, failed(context.people.words(user), reference)),
  });
}

function shows(answer: Answer): boolean {
  return (answer.cards ?? []).length > 0 || answer.form !== undefined;
}

/** Tells the one who mentioned the bot, and nobody else, where the answer is. */
async function pointToPrivate({ slack, people, log }: SlackContext, channel: string, user: string): Promise<void> {
  try {
    await slack.chat.postEphemeral({ channel, user, text: people.words(user).answeredInPrivate });
  } catch (error) {
    log.info({ code: errorCode(error) }, 'slack: the hint in the channel was not shown');
  }
}

/** The app was opened: its home is shown anew, and who comes for the first time is greeted. */
async function takeHome(context: SlackContext, eventId: string, event: unknown): Promise<void> {
  const parsed = homeEvent.safeParse(event);
  if (!parsed.success) return;
  const { user, tab } = parsed.data;
  const spot: Spot = { user, place: { kind: 'private' } };
  await context.turns.take<undefined>({
    kind: 'app_home_opened',
    ack: async () => undefined,
    async run() {
      if (tab !== 'messages') await publishHome(context, user);
      const greeted = `slack:hello:${context.tenant}:${user}`;
      if ((await context.kept.get(greeted)) !== undefined) return;
      const answer = await ask(context, user, spot, { kind: 'event', eventId }, { kind: 'hello' });
      await context.replies.show(spot, answer);
      await context.kept.put(greeted, '1');
    },
    fail: async () => undefined,
  });
}

/** Tokens were taken back: without the bot's own the installation is worth nothing. Where nobody knows whose they are, it goes too. */
async function takeRevoked(context: SlackContext, at: number, event: unknown): Promise<void> {
  const parsed = revokedEvent.safeParse(event);
  const bots = parsed.success ? (parsed.data.tokens.bot ?? []) : undefined;
  if (bots?.length === 0) return;
  if (bots === undefined || context.botUser === undefined || bots.includes(context.botUser)) await context.removed(at);
}

/** A profile changed: it is read again, for notices too; a closed account is told to the bot. */
async function takeUser(context: SlackContext, event: unknown): Promise<void> {
  const parsed = userEvent.safeParse(event);
  if (!parsed.success) return;
  const { id, deleted } = parsed.data.user;
  const identity = { platform: 'slack', tenant: context.tenant, user: id } as const;
  context.people.forget(id);
  await context.turns.take<undefined>({
    kind: 'user_change',
    ack: async () => undefined,
    async run() {
      if (!deleted) return context.bot.changed(identity, () => context.people.who(id));
      await context.bot.gone(identity);
      await context.chats.forget(id);
    },
    fail: async () => undefined,
  });
}
