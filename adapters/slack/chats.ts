import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Place } from '../../bot/interaction.ts';
import type { Kept } from '../../domain/memory-ports.ts';
import type { Clock } from '../../domain/ports.ts';

/** A place in Slack. */
export interface SlackPlace extends Place {
  /** People of other organisations may read along, or it cannot be told whether they do: nothing is shown here, not even to one reader. */
  readonly external?: boolean;
}

/** The private chats with the bot, and what kind of place a channel is. */
export interface Chats {
  /** The channel of the person's private chat with the bot; opened where there is none. Throws Slack's error. */
  direct(user: string): Promise<string>;
  /** Notes a private chat that an event came from. */
  learn(user: string, channel: string): Promise<void>;
  forget(user: string): Promise<void>;
  /**
   * Private is the person's own chat with the bot and nothing else: a slash command works in a chat between two people as well, which Slack
   * calls 'directmessage' too, and there the other one reads along. When Slack cannot be asked, the place counts as shared.
   */
  place(channel: string, user: string): Promise<SlackPlace>;
  /**
   * Whether a channel is shared with other organisations (Slack Connect), or about to be. Throws Slack's error where it cannot be told.
   */
  external(channel: string): Promise<boolean>;
  /** A channel was shared or is not any more: it is looked at anew. */
  changed(channel: string): void;
}

const info = z.object({
  channel: z.object({
    is_ext_shared: z.boolean().nullish(),
    is_pending_ext_shared: z.boolean().nullish(),
    pending_connected_team_ids: z.array(z.string()).nullish(),
  }),
});

const keptFor = 10 * 60_000;
const failureKeptFor = keptFor / 20;
const most = 5000;

interface Parts {
  readonly slack: webApi.WebClient;
  readonly kept: Kept;
  readonly clock: Clock;
  readonly tenant: string;
  /** The helpdesk's channel, where it is in this workspace. */
  readonly deskChannel: string | undefined;
}

/** Private chats are kept sealed by `slack:im:<tenant>:<user>`, since `conversations.open` is rate-limited. */
export function chats({ slack, kept, clock, tenant, deskChannel }: Parts): Chats {
  const known = new Map<string, string>();
  const shared = new Map<string, { readonly until: number; readonly external: Promise<boolean> }>();
  const key = (user: string) => `slack:im:${tenant}:${user}`;

  const learn = async (user: string, channel: string): Promise<void> => {
    if (known.get(user) === channel) return;
    if (known.size >= most) known.clear();
    known.set(user, channel);
    if ((await kept.get(key(user))) !== channel) await kept.put(key(user), channel);
  };

  const direct = async (user: string): Promise<string> => {
    const found = known.get(user) ?? (await kept.get(key(user)));
    if (found) {
      known.set(user, found);
      return found;
    }
    const opened = await slack.conversations.open({ users: user });
    const channel = opened.channel?.id;
    if (!channel) throw new Error('conversations.open gave no channel');
    await learn(user, channel);
    return channel;
  };

  const external = (channel: string): Promise<boolean> => {
    const now = Date.parse(clock.now());
    const entry = shared.get(channel);
    if (entry && entry.until > now) return entry.external;
    if (shared.size >= most) shared.clear();
    const looked = (async () => {
      const found = info.parse(await slack.conversations.info({ channel })).channel;
      return Boolean(
        found.is_ext_shared || found.is_pending_ext_shared || (found.pending_connected_team_ids ?? []).length > 0,
      );
    })();
    shared.set(channel, { until: now + keptFor, external: looked });
    looked.catch(() => shared.set(channel, { until: now + failureKeptFor, external: looked }));
    return looked;
  };

  return {
    direct,
    learn,
    external,
    changed: (channel) => void shared.delete(channel),
    async forget(user) {
      known.delete(user);
      await kept.delete(key(user));
    },
    async place(channel, user) {
      if (channel.startsWith('D')) {
        const own = await direct(user).catch(() => undefined);
        return { kind: own === channel ? 'private' : 'shared' };
      }
      if (await external(channel).catch(() => true)) return { kind: 'shared', external: true };
      return channel === deskChannel ? { kind: 'shared', desk: true } : { kind: 'shared' };
    },
  };
}
