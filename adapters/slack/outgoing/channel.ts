import { z } from 'zod';
import { type Channel, type Posted, Undeliverable } from '../../../bot/channel.ts';
import type { Card } from '../../../bot/view.ts';
import type { SlackContext } from '../context.ts';
import type { Contexts } from '../contexts.ts';
import { deliveryError, errorCode } from '../errors.ts';
import { roomName } from '../incoming/room.ts';
import { type Words, wordsFor } from '../words.ts';
import { cardMessages, homeView, type SlackMessage } from './blocks.ts';
import { sentenceMessage } from './reply.ts';

/** Channel, time stamps and, since there may be several, the workspace. */
const posted = z.object({
  c: z.string().min(1),
  t: z.array(z.string().min(1)).min(1),
  w: z.string().min(1).optional(),
});
type Place = z.infer<typeof posted>;

export interface ChannelParts {
  readonly contexts: Contexts;
  readonly deskChannel: string | undefined;
  readonly words: Words;
}

/**
 * Slack as the outbox sees it: every message goes through the installation of its reader's workspace. Each carries the outbox row's id in its metadata, so that a
 * message whose answer was lost is found and not posted twice (`posting.ts`). Where the app is not installed (any more), the reader gets an e-mail.
 */
export function slackChannel({ contexts, deskChannel, words }: ChannelParts): Channel {
  const installed = async (tenant: string): Promise<SlackContext> => {
    const context = await contexts.of(tenant);
    if (!context) throw new Undeliverable('not_installed');
    return context;
  };

  const write = async (context: SlackContext, channel: string, card: Card, id: string): Promise<Posted> => {
    const stamps = await context.posting.write(channel, cardMessages(card, words), id);
    return JSON.stringify({ c: channel, t: [...stamps], w: context.tenant } satisfies Place);
  };

  return {
    platform: 'slack',
    desk: deskChannel !== undefined,
    post: (to, card, id) =>
      mapped(async () => {
        const context = await installed(to.tenant);
        const { chats } = context;
        try {
          return await write(context, await chats.direct(to.user), card, id);
        } catch (error) {
          // A remembered chat may be closed for good while the person is still there: ask Slack once more.
          if (errorCode(error) !== 'channel_not_found') throw error;
          await chats.forget(to.user);
          return write(context, await chats.direct(to.user), card, id);
        }
      }),
    postToDesk: (card, id) =>
      mapped(async () => {
        if (!deskChannel) throw new Undeliverable('no_desk_channel');
        const context = await installed(await contexts.home());
        if (await context.chats.external(deskChannel)) throw new Undeliverable('desk_channel_shared');
        return write(context, deskChannel, card, id);
      }),
    update: (where, card) =>
      mapped(async () => {
        const { c: channel, t: stamps, w: tenant } = place(where);
        const { slack } = await installed(tenant ?? (await contexts.home()));
        const messages = fit(cardMessages(card, words), stamps.length, wordsFor(card, words));
        for (const [index, ts] of stamps.entries()) {
          const message = messages[index];
          if (message) await slack.chat.update({ channel, ts, ...message });
          else await slack.chat.delete({ channel, ts }).catch(ifThere);
        }
      }),
    room: (where) => {
      const { c, t } = place(where);
      return roomName(c, t[0] ?? '');
    },
    postToRoom: (where, card, id) =>
      mapped(async () => {
        const { c: channel, t: stamps, w: tenant } = place(where);
        const context = await installed(tenant ?? (await contexts.home()));
        if (await context.chats.external(channel)) throw new Undeliverable('desk_channel_shared');
        await context.posting.write(channel, cardMessages(card, words), id, stamps[0]);
      }),
    fileThere: (of, file) =>
      mapped(async () => {
        const { slack } = await installed(of.tenant);
        try {
          const found = await slack.files.info({ file });
          return found.file?.mode !== 'tombstone';
        } catch (error) {
          const code = errorCode(error);
          if (code === 'file_not_found' || code === 'file_deleted') return false;
          // Installed before the scope was asked for.
          if (code === 'missing_scope') return undefined;
          throw error;
        }
      }),
    refreshHome: (to, card) =>
      mapped(async () => {
        const { slack } = await installed(to.tenant);
        await slack.views.publish({ user_id: to.user, view: homeView(card, words) });
      }),
  };
}

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
