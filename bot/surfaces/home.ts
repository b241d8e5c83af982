import { Undeliverable } from '../channel.ts';
import type { Ports } from '../context.ts';
import { homeCard } from '../conversations/own/home.ts';
import { holders } from '../facts.ts';
import type { Who } from '../interaction.ts';
import { createTurn } from '../turn.ts';
import { mannersOf, personOf } from '../who.ts';
import { spoken, wordsOf } from '../words.ts';
import { desk, homeKey, homeRow, openedBy } from './homes.ts';

/** Shows a person's home as things stand now; for the helpdesk, queues each of its people's. */
export async function refreshHome(ports: Ports, person: string): Promise<void> {
  if (person === desk) {
    const people = await holders(ports, 'helpdesk');
    const open = await Promise.all(people.map((one) => ports.kept.get(homeKey(one))));
    return ports.outbox.add(people.filter((_, index) => open[index] !== undefined).map(homeRow));
  }
  const found = await openedBy(ports, person);
  const channel = ports.channels.find(({ platform }) => platform === found?.identity.platform);
  if (!found || !channel?.refreshHome) return;
  const { identity, language, zone, at } = found;
  const who: Who = { identity, ...(language ? { language } : {}), ...(zone ? { zone } : {}) };
  const { actor, person: details } = await personOf(ports, identity);
  if (actor.id !== person) return ports.kept.delete(homeKey(person));
  const manners = mannersOf(who, details);
  const say = wordsOf(manners.language);
  const where = { kind: 'private', home: true } as const;
  const turn = createTurn({
    ports,
    who,
    where,
    actor,
    ...(details ? { person: details } : {}),
    say,
    ...manners,
    key: '',
  });
  try {
    await channel.refreshHome(identity, spoken(await homeCard(turn, at), say.language));
  } catch (error) {
    // It is shown anew when it is opened; what it tells has gone out as notices.
    if (!(error instanceof Undeliverable)) throw error;
    await ports.kept.delete(homeKey(person));
  }
}
