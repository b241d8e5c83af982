import type { Sign, What } from '../../../bot/interaction.ts';
import { thingOfRoom } from '../../../bot/surfaces/rooms.ts';
import type { SlackContext } from '../context.ts';
import type { Spot } from '../outgoing/reply.ts';
import { typed } from '../outgoing/text.ts';
import { failed } from '../words.ts';
import { ask } from './asking.ts';
import { type MessageEvent, reactionEvent } from './payloads.ts';

/** The thread under a message as the bot knows it: the channel and the message's time stamp. */
export function roomName(channel: string, ts: string): string {
  return `${channel}:${ts}`;
}

/** What an emoji on a card stands for, by Slack's names; every other one stands for nothing. */
const signs: Readonly<Record<string, Sign>> = {
  eyes: 'take',
  raised_hand: 'take',
  hand: 'take',
  white_check_mark: 'resolve',
  heavy_check_mark: 'resolve',
  ballot_box_with_check: 'resolve',
};

/** Whether a message stands in the thread below one of the helpdesk's cards. */
export async function inRoom(context: SlackContext, { channel, thread_ts: thread }: MessageEvent): Promise<boolean> {
  return thread !== undefined && (await thingOfRoom(context, 'slack', roomName(channel, thread))) !== undefined;
}

/**
 * A message in the thread below a card of the helpdesk's channel. It is heard only there; the author is answered in private, and only where it
 * was not taken. A mention comes a second time, as an event of its own, which is passed over.
 */
export async function takeRoomMessage(context: SlackContext, eventId: string, given: MessageEvent): Promise<void> {
  const { user = '', channel, thread_ts: thread = '' } = given;
  const file = given.subtype === 'file_share' || (given.files ?? []).length > 0;
  const what: What = file ? { kind: 'file' } : { kind: 'text', text: typed(given.text, true) };
  if (!(await inRoom(context, given))) return;
  await takeInRoom(context, 'room_message', user, channel, thread, eventId, what);
}

/** An emoji that somebody set on a card of the helpdesk's channel (docs.slack.dev, 'reaction_added event'). */
export async function takeReaction(context: SlackContext, eventId: string, event: unknown): Promise<void> {
  const parsed = reactionEvent.safeParse(event);
  if (!parsed.success) return;
  const { user, reaction, item } = parsed.data;
  const sign = signs[reaction.replace(/::skin-tone-\d$/, '')];
  if (!sign || item.type !== 'message' || !item.channel || !item.ts) return;
  await takeInRoom(context, 'reaction_added', user, item.channel, item.ts, eventId, { kind: 'sign', sign });
}

async function takeInRoom(
  context: SlackContext,
  kind: string,
  user: string,
  channel: string,
  ts: string,
  eventId: string,
  what: What,
): Promise<void> {
  const spot: Spot = { user, place: { kind: 'private' } };
  await context.turns.take<undefined>({
    kind,
    ack: async () => undefined,
    async run() {
      const place = await context.chats.place(channel, user);
      if (!place.desk) return;
      const where = { ...place, room: roomName(channel, ts) };
      const answer = await ask(context, user, { place: where }, { kind: 'event', eventId }, what);
      await context.replies.show(spot, answer);
    },
    fail: (reference) => context.replies.say(spot, failed(context.people.words(user), reference)),
  });
}
