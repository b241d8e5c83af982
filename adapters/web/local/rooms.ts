import { type Channel, Undeliverable } from '../../../bot/channel.ts';
import type { Identity } from '../../../domain/people.ts';
import type { LocalPerson, WebOptions } from '../context.ts';
import { type Feed, openFeed } from './feed.ts';

export type RoomName = 'chat' | 'desk';

/** The chats of the local mode: one for each person, and the helpdesk's channel that its people share. */
export interface Rooms {
  readonly people: readonly LocalPerson[];
  person(user: string): LocalPerson | undefined;
  hasDesk(person: LocalPerson): boolean;
  feed(person: LocalPerson, room: RoomName): Feed;
  readonly channel: Channel;
}

/** Something changed in a chat: whose, or in the helpdesk's channel. */
export type Changed = (event: { readonly room: RoomName; readonly user?: string }) => void;

/** Opens the chats. What is kept of them stands under `local:feed:<user>`, the channel's under `local:feed:#desk`. */
export function openRooms(
  people: readonly LocalPerson[],
  { kept, clock }: Pick<WebOptions, 'kept' | 'clock'>,
  changed: Changed,
): Rooms {
  const now = () => clock.now();
  const chats = new Map(
    people.map(({ user }) => [user, openFeed(kept, `local:feed:${user}`, now, () => changed({ room: 'chat', user }))]),
  );
  const desk = openFeed(kept, 'local:feed:#desk', now, () => changed({ room: 'desk' }));
  const chatOf = (user: string): Feed => {
    const feed = chats.get(user);
    if (feed === undefined) throw new Undeliverable('unknown-user');
    return feed;
  };
  const inTenant = (to: Identity): string => {
    if (to.platform !== 'web' || to.tenant !== 'local') throw new Undeliverable('other-platform');
    return to.user;
  };

  const channel: Channel = {
    platform: 'web',
    desk: true,
    async post(to, card, id) {
      const user = inTenant(to);
      await chatOf(user).put({ id: `n-${id}`, from: 'bot', card });
      return `chat/n-${id}/${user}`;
    },
    async postToDesk(card, id) {
      await desk.put({ id: `n-${id}`, from: 'bot', card });
      return `desk/n-${id}/`;
    },
    async update(posted, card) {
      const [room, id = '', ...user] = posted.split('/');
      const feed = room === 'desk' ? desk : chatOf(user.join('/'));
      if (!(await feed.renew(id, card))) throw new Undeliverable('gone');
    },
  };

  return {
    people,
    person: (user) => people.find((person) => person.user === user),
    hasDesk: ({ desk: given, role }) => given ?? /^helpdesk\b/i.test(role),
    feed: ({ user }, room) => (room === 'desk' ? desk : chatOf(user)),
    channel,
  };
}
