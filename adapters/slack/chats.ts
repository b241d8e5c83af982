import type { webApi } from '@slack/bolt';
import type { Place } from '../../bot/interaction.ts';
import type { Kept } from '../../domain/ports.ts';

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
  place(channel: string, user: string): Promise<Place>;
}

/** Private chats are kept sealed by `slack:im:<tenant>:<user>`, since `conversations.open` is rate-limited. */
export function chats(slack: webApi.WebClient, kept: Kept, tenant: string, deskChannel: string | undefined): Chats {
  const known = new Map<string, string>();
  const key = (user: string) => `slack:im:${tenant}:${user}`;

  const learn = async (user: string, channel: string): Promise<void> => {
    if (known.get(user) === channel) return;
    if (known.size >= 5000) known.clear();
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

  return {
    direct,
    learn,
    async forget(user) {
      known.delete(user);
      await kept.delete(key(user));
    },
    async place(channel, user) {
      if (channel === deskChannel) return { kind: 'shared', desk: true };
      if (!channel.startsWith('D')) return { kind: 'shared' };
      const own = await direct(user).catch(() => undefined);
      return { kind: own === channel ? 'private' : 'shared' };
    },
  };
}
