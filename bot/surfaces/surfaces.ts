import { createHash } from 'node:crypto';
import type { Kind } from '../../domain/entities.ts';
import type { OutboxRow } from '../../domain/memory-ports.ts';
import { type Channel, type Posted, Undeliverable } from '../channel.ts';
import type { Ports } from '../context.ts';
import { roomCard } from '../conversations/desk/room-cards.ts';
import { holders } from '../facts.ts';
import { deskCardOf } from '../outbox/cards.ts';
import type { Card } from '../view.ts';
import { wordsOf } from '../words.ts';
import { refreshHome } from './home.ts';
import { roomKey } from './rooms.ts';

/** Brings what is shown somewhere up to date: somebody's home, the helpdesk's card of a thing, or the thread below it. */
export async function refreshSurface(ports: Ports, row: OutboxRow): Promise<void> {
  const { surface, kind, id = '', person = '' } = row.payload;
  if (surface === 'home') return refreshHome(ports, person);
  return surface === 'room' ? sayInRooms(ports, row) : refreshDesk(ports, kind as Kind, id);
}

/** Where the helpdesk's card of a thing stands: in its channel on each platform, or in the chat of each of its people where there is none. */
interface DeskPlace {
  readonly key: string;
  readonly channel: Channel;
  /** Whether the helpdesk has the thread below the card for its own room. */
  readonly room: boolean;
  readonly post: (card: Card, id: string) => Promise<Posted>;
}

async function deskPlaces(ports: Ports): Promise<readonly DeskPlace[]> {
  const shared = ports.channels.filter(({ desk }) => desk);
  if (shared.length > 0)
    return shared.map((channel) => ({
      key: channel.platform,
      channel,
      room: channel.room !== undefined,
      post: (card, id) => channel.postToDesk(card, id),
    }));
  const places: DeskPlace[] = [];
  for (const person of await holders(ports, 'helpdesk')) {
    const chat = (await ports.store.person(person))?.chat;
    const channel = ports.channels.find(({ platform }) => platform === chat?.platform);
    if (chat && channel)
      places.push({
        key: person,
        channel,
        room: false,
        post: (card, id) => channel.post(chat, card, `${id}.${person}`),
      });
  }
  return places;
}

/** Does it in every place, whatever goes wrong in another; then throws what went wrong first, so that the row is tried again. */
async function inEach(places: readonly DeskPlace[], work: (place: DeskPlace) => Promise<void>): Promise<void> {
  const failed: unknown[] = [];
  for (const place of places) {
    await work(place).catch((error: unknown) => failed.push(error));
  }
  if (failed.length > 0) throw failed[0];
}

const cardKey = (place: DeskPlace, id: string) => `desk:${place.key}:${id}`;

async function refreshDesk(ports: Ports, kind: Kind, id: string): Promise<void> {
  await inEach(await deskPlaces(ports), async (place) => {
    const card = await deskCardOf(ports, wordsOf('en'), kind, id, place.room);
    const posted = await ports.kept.get(cardKey(place, id));
    if (posted !== undefined && (await stillThere(place.channel.update(posted, card)))) return;
    await postCard(ports, place, kind, id, posted);
  });
}

/** Posts the card, in the place of one that is gone. */
async function postCard(
  ports: Ports,
  place: DeskPlace,
  kind: Kind,
  id: string,
  gone: Posted | undefined,
): Promise<Posted> {
  const { channel } = place;
  // Its name is the thing's, not the row's: a later row, too, finds the card that an earlier one may have left.
  const name = gone === undefined ? `card.${id}` : `card.${id}.${shortHash(gone)}`;
  const posted = await place.post(await deskCardOf(ports, wordsOf('en'), kind, id, place.room), name);
  // The way back first: a card without it would be a room in which nothing is heard.
  if (channel.room) await ports.kept.put(roomKey(channel.platform, channel.room(posted)), id);
  await ports.kept.put(cardKey(place, id), posted);
  return posted;
}

const shortHash = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 10);

const week = 7 * 86_400_000;

/** Says in the thread below a ticket's card, on each platform, what happened; not again in the room in which it was said. */
async function sayInRooms(ports: Ports, { id: row, payload }: OutboxRow): Promise<void> {
  const { id = '', version = '', from } = payload;
  await inEach(
    (await deskPlaces(ports)).filter(({ room }) => room),
    async (place) => {
      const { channel } = place;
      const done = `said:${place.key}:${row}`;
      // A row is tried again for the place that failed, and said once in the others.
      if ((await ports.kept.get(done)) !== undefined) return;
      const card = await roomCard(ports, wordsOf('en'), id, Number(version), channel.platform === from);
      if (card) {
        const say = (posted: Posted) => channel.postToRoom?.(posted, card, `r${row}`) ?? Promise.resolve();
        const posted = await ports.kept.get(cardKey(place, id));
        if (posted === undefined || !(await stillThere(say(posted))))
          await say(await postCard(ports, place, 'ticket', id, posted));
      }
      await ports.kept.jot(done, '1', new Date(Date.parse(ports.clock.now()) + week).toISOString());
    },
  );
}

/** Whether what is updated or written below was there; other failures go on. */
async function stillThere(work: Promise<void>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof Undeliverable) return false;
    throw error;
  }
}
