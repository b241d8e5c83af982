import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { type Channel, type Posted, Undeliverable } from '../../bot/channel.ts';
import type { Card } from '../../bot/view.ts';
import type { Clock, Kept } from '../../domain/ports.ts';
import { cardMessages, homeView, type SlackMessage } from './blocks.ts';
import type { Chats } from './chats.ts';
import { deliveryError, errorCode } from './errors.ts';
import { sentenceMessage } from './reply.ts';
import type { Words } from './words.ts';

const posted = z.object({ c: z.string().min(1), t: z.array(z.string().min(1)).min(1) });
type Place = z.infer<typeof posted>;

const eventType = 'outbox';
const day = 24 * 60 * 60 * 1000;

export interface ChannelParts {
  /** A client without retries of its own: the outbox tries again, and a blind retry could post twice. */
  readonly slack: webApi.WebClient;
  readonly chats: Chats;
  readonly kept: Kept;
  readonly clock: Clock;
  readonly tenant: () => Promise<string>;
  readonly deskChannel: string | undefined;
  readonly words: Words;
}

/**
 * Slack as the outbox sees it. Each message carries the outbox row's id in its metadata. The first try notes that it was made; a later try of
 * the same row first looks among the chat's newest messages for that id, so that an answer of Slack's that got lost
 * is not a second message. In the helpdesk's channel that needs `groups:history`; without the scope the row is posted again.
 */
export function slackChannel(parts: ChannelParts): Channel {
  const { slack, kept, clock, chats, words } = parts;

  const write = async (channel: string, card: Card, id: string): Promise<Posted> => {
    const messages = cardMessages(card, words);
    const key = `slack:out:${id}`;
    const first = await kept.claim(key, channel, new Date(Date.parse(clock.now()) + day).toISOString());
    const there = first ? [] : await already(channel, id);
    const stamps: string[] = [];
    for (const [part, message] of messages.entries()) {
      stamps.push(there.find((one) => one.part === part)?.ts ?? (await post(channel, message, id, part)));
    }
    return JSON.stringify({ c: channel, t: stamps } satisfies Place);
  };

  const post = async (channel: string, message: SlackMessage, id: string, part: number): Promise<string> => {
    const metadata = { event_type: eventType, event_payload: { id, part } };
    const sent = await slack.chat.postMessage({
      channel,
      ...message,
      metadata,
      unfurl_links: false,
      unfurl_media: false,
    });
    return sent.ts ?? '';
  };

  /** What an earlier try of this row left in the chat; nothing where the bot may not look. */
  const already = async (channel: string, id: string): Promise<{ readonly part: number; readonly ts: string }[]> => {
    try {
      const found = history.parse(
        await slack.conversations.history({ channel, limit: 50, include_all_metadata: true }),
      );
      return found.messages.flatMap(({ ts, metadata }) =>
        metadata?.event_payload?.id === id ? [{ ts, part: metadata.event_payload.part ?? 0 }] : [],
      );
    } catch (error) {
      if (['missing_scope', 'not_in_channel', 'channel_not_found'].includes(errorCode(error))) return [];
      throw error;
    }
  };

  const own = async (tenant: string): Promise<void> => {
    if (tenant !== (await parts.tenant())) throw new Undeliverable('other_workspace');
  };

  return {
    platform: 'slack',
    desk: parts.deskChannel !== undefined,
    post: (to, card, id) =>
      mapped(async () => {
        await own(to.tenant);
        try {
          return await write(await chats.direct(to.user), card, id);
        } catch (error) {
          // A remembered chat may be closed for good while the person is still there: ask Slack once more.
          if (errorCode(error) !== 'channel_not_found') throw error;
          await chats.forget(to.user);
          return write(await chats.direct(to.user), card, id);
        }
      }),
    postToDesk: (card, id) =>
      mapped(async () => {
        if (!parts.deskChannel) throw new Undeliverable('no_desk_channel');
        return write(parts.deskChannel, card, id);
      }),
    update: (where, card) =>
      mapped(async () => {
        const { c: channel, t: stamps } = place(where);
        const messages = fit(cardMessages(card, words), stamps.length, words);
        for (const [index, ts] of stamps.entries()) {
          const message = messages[index];
          if (message) await slack.chat.update({ channel, ts, ...message });
          else await slack.chat.delete({ channel, ts }).catch(ifThere);
        }
      }),
    refreshHome: (to, card) =>
      mapped(async () => {
        await own(to.tenant);
        await slack.views.publish({ user_id: to.user, view: homeView(card, words) });
      }),
  };
}

const history = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z
          .object({
            event_payload: z
              .object({ id: z.string().optional().catch(undefined), part: z.number().optional().catch(undefined) })
              .optional(),
          })
          .optional()
          .catch(undefined),
      }),
    )
    .default([]),
});

function place(where: Posted): Place {
  try {
    return posted.parse(JSON.parse(where));
  } catch {
    throw new Undeliverable('message_not_found');
  }
}

/** A card that grew over the number of messages it was posted as ends with a line that says so: a new message would be out of place. */
function fit(messages: SlackMessage[], count: number, words: Words): SlackMessage[] {
  const last = messages[count - 1];
  if (messages.length <= count || !last) return messages;
  const more = sentenceMessage(words.more).blocks;
  return [...messages.slice(0, count - 1), { text: last.text, blocks: [...last.blocks.slice(0, 49), ...more] }];
}

function ifThere(error: unknown): void {
  if (errorCode(error) !== 'message_not_found') throw error;
}

async function mapped<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw deliveryError(error);
  }
}
