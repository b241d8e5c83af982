import * as z from 'zod';
import type { Kept } from '../../domain/memory-ports.ts';
import type { Identity } from '../../domain/people.ts';
import { type Inbound, isPersonal, withoutThread } from './activity.ts';
import { mostReaders } from './cards.ts';

/**
 * What is needed to write first (a conversation reference, reduced): it is taken from verified activities alone, since a bot's token
 * is sent to its `serviceUrl`.
 */
const reference = z.object({
  serviceUrl: z.string(),
  /** The registration in whose name to write; '' in the local mode, absent in what was kept before there were several. */
  app: z.string().optional(),
  /** The bot's id in the conversation ('28:…'). */
  bot: z.string(),
  tenant: z.string(),
  /** The person's id in Teams ('29:…'): to open a one-to-one chat with. Absent for the desk. */
  user: z.string().optional(),
  /** The one-to-one chat, or the desk's channel; absent while there is no chat yet. */
  conversation: z.string().optional(),
});

export type Reference = z.infer<typeof reference>;

export interface References {
  /** Where to write to this person, or undefined when they were never met or have removed the app. */
  of(identity: Identity): Promise<Reference | undefined>;
  /** Renews what is kept with what this activity says, and gives it. */
  renew(identity: Identity, app: string, activity: Inbound): Promise<Reference>;
  /** Keeps the one-to-one chat that was opened. */
  keep(identity: Identity, value: Reference): Promise<void>;
  forget(identity: Identity): Promise<void>;
  desk(): Promise<Reference | undefined>;
  renewDesk(tenant: string, app: string, activity: Inbound): Promise<void>;
  putDesk(value: Reference): Promise<void>;
  forgetDesk(): Promise<void>;
  /** The Teams ids of the people who work in the desk's channel, the latest first. */
  deskReaders(): Promise<readonly string[]>;
  /** Somebody was shown one of the desk's cards there. */
  addDeskReader(user: string): Promise<void>;
}

const deskKey = 'teams:desk';
const readersKey = 'teams:desk-readers';

/** Conversation references in sealed rows: `teams:ref:<tenant>:<user>` for people, `teams:desk` for the helpdesk's channel, `teams:desk-readers` for who works there. */
export function createReferences(kept: Kept): References {
  async function read(key: string): Promise<Reference | undefined> {
    const value = await kept.get(key);
    return value === undefined ? undefined : reference.parse(JSON.parse(value));
  }
  async function write(key: string, before: Reference | undefined, value: Reference): Promise<void> {
    if (JSON.stringify(before) !== JSON.stringify(value)) await kept.put(key, JSON.stringify(value));
  }
  async function readers(): Promise<readonly string[]> {
    const value = await kept.get(readersKey);
    return value === undefined ? [] : z.array(z.string()).parse(JSON.parse(value));
  }
  return {
    of: (identity) => read(keyOf(identity)),
    async renew(identity, app, activity) {
      const before = await read(keyOf(identity));
      const conversation = isPersonal(activity) ? activity.conversation.id : before?.conversation;
      const value = {
        serviceUrl: activity.serviceUrl,
        app,
        bot: activity.recipient.id,
        tenant: identity.tenant,
        user: activity.from.id,
        ...(conversation === undefined ? {} : { conversation }),
      };
      await write(keyOf(identity), before, value);
      return value;
    },
    keep: (identity, value) => kept.put(keyOf(identity), JSON.stringify(value)),
    forget: (identity) => kept.delete(keyOf(identity)),
    desk: () => read(deskKey),
    async renewDesk(tenant, app, activity) {
      const conversation = withoutThread(activity.conversation.id);
      const value = { serviceUrl: activity.serviceUrl, app, bot: activity.recipient.id, tenant, conversation };
      await write(deskKey, await read(deskKey), value);
    },
    putDesk: (value) => kept.put(deskKey, JSON.stringify(value)),
    forgetDesk: () => kept.delete(deskKey),
    deskReaders: readers,
    async addDeskReader(user) {
      const before = await readers();
      if (before[0] === user) return;
      const value = [user, ...before.filter((one) => one !== user)].slice(0, mostReaders);
      await kept.put(readersKey, JSON.stringify(value));
    },
  };
}

function keyOf(identity: Identity): string {
  return `teams:ref:${identity.tenant}:${identity.user}`;
}
