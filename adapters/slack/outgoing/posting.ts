import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Kept } from '../../../domain/memory-ports.ts';
import type { Clock } from '../../../domain/ports.ts';
import { isUnanswered } from '../client.ts';
import { SlackFault } from '../errors.ts';
import type { SlackMessage } from './blocks.ts';

const eventType = 'outbox';
const day = 24 * 60 * 60 * 1000;
/** Slack's clock and ours need not agree. */
const leeway = 10 * 60;
const perPage = 200;
const pagesAtMost = 20;

/** What is known about the messages of one id: the ones that are there, and whether one more was tried without an answer. */
const mark = z.object({ since: z.number(), there: z.array(z.string()), asking: z.boolean() });
type Mark = z.infer<typeof mark>;

/** Writes messages so that each is there once, however often it is tried. */
export interface Posting {
  /**
   * Posts messages to a channel, or into the thread under the message `thread`; gives their time stamps. `id` is carried in their metadata: the same id written
   * again goes on where it was interrupted, and a message whose answer was lost is looked for first. Throws the SDK's error.
   */
  write(channel: string, messages: readonly SlackMessage[], id: string, thread?: string): Promise<readonly string[]>;
}

interface Parts {
  readonly slack: webApi.WebClient;
  readonly kept: Kept;
  readonly clock: Clock;
  readonly tenant: string;
}

/**
 * A try is noted sealed before it is made and the note kept for a day. An answer that says no (429, an error of Slack's) takes the note back; where
 * none came (time-out, reset, 5xx) the next try reads the channel from the first one on: `im:history` for private chats, `groups:history` for the helpdesk's channel. A scope
 * that is missing then is an error, not a second message.
 */
export function posting({ slack, kept, clock, tenant }: Parts): Posting {
  const keyOf = (id: string) => `slack:out:${tenant}:${id}`;
  const seconds = () => Date.parse(clock.now()) / 1000;

  const read = async (key: string): Promise<Mark> => {
    const value = await kept.get(key);
    return value === undefined ? { since: seconds(), there: [], asking: false } : mark.parse(JSON.parse(value));
  };

  const note = (key: string, value: Mark) =>
    kept.jot(key, JSON.stringify(value), new Date(Date.parse(clock.now()) + day).toISOString());

  /** Where the message stands that an earlier try may have left. */
  const already = async (
    channel: string,
    id: string,
    part: number,
    since: number,
    thread: string | undefined,
  ): Promise<string | undefined> => {
    let cursor: string | undefined;
    for (let page = 0; page < pagesAtMost; page += 1) {
      const asked = {
        channel,
        limit: perPage,
        oldest: String(Math.max(0, since - leeway)),
        include_all_metadata: true as const,
        ...(cursor ? { cursor } : {}),
      };
      const found = history.parse(
        thread ? await slack.conversations.replies({ ...asked, ts: thread }) : await slack.conversations.history(asked),
      );
      const own = found.messages.find(
        ({ metadata }) => metadata?.event_payload?.id === id && (metadata.event_payload.part ?? 0) === part,
      );
      if (own) return own.ts;
      cursor = found.response_metadata?.next_cursor || undefined;
      if (!cursor) return undefined;
    }
    throw new SlackFault('slack_too_many_messages');
  };

  const post = async (
    channel: string,
    message: SlackMessage,
    id: string,
    part: number,
    thread: string | undefined,
  ): Promise<string> => {
    const sent = await slack.chat.postMessage({
      channel,
      ...message,
      ...(thread ? { thread_ts: thread } : {}),
      metadata: { event_type: eventType, event_payload: { id, part } },
      unfurl_links: false,
      unfurl_media: false,
    });
    return sent.ts ?? '';
  };

  return {
    async write(channel, messages, id, thread) {
      const key = keyOf(id);
      let { since, there, asking } = await read(key);
      for (const [part, message] of messages.entries()) {
        if (part < there.length) continue;
        const found = asking ? await already(channel, id, part, since, thread) : undefined;
        asking = false;
        if (found !== undefined) {
          there = [...there, found];
          continue;
        }
        await note(key, { since, there, asking: true });
        try {
          there = [...there, await post(channel, message, id, part, thread)];
        } catch (error) {
          if (!isUnanswered(error)) await note(key, { since, there, asking: false });
          throw error;
        }
      }
      return there;
    },
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
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});
