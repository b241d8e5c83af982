import type { Identity } from '../../../domain/people.ts';
import type { TicketEvent } from '../../../domain/tickets.ts';
import type { Ports } from '../../context.ts';
import type { Card } from '../../view.ts';
import { nameOf } from '../../who.ts';
import type { Say } from '../../words.ts';
import { requesterName } from './cards.ts';

/** The events of a ticket that are told in the thread below its card. */
export const toldInRoom: readonly TicketEvent['type'][] = [
  'ticket-assigned',
  'ticket-replied',
  'ticket-noted',
  'ticket-added',
  'ticket-referred',
  'ticket-helped',
  'ticket-resolved',
  'ticket-reopened',
];

/**
 * What the room hears of one event. `here` says that it was said in this very room: a note is there already, and of a reply the room
 * hears that it is on its way. Undefined where there is nothing to hear.
 */
export async function roomCard(
  ports: Ports,
  say: Say,
  id: string,
  version: number,
  here: boolean,
): Promise<Card | undefined> {
  const [{ state }, trail] = await Promise.all([ports.store.load('ticket', id), ports.store.trail('ticket', id)]);
  const event = trail.find((row) => row.version === version)?.event as TicketEvent | undefined;
  if (!event) return undefined;
  const requester = await requesterName(ports, say, state);
  const told = async (key: string, params: Readonly<Record<string, string>> = {}): Promise<Card> => ({
    title: say(`desk:room.${key}`, {
      by: event.by === 'system' ? '' : await nameOf(ports, event.by),
      requester,
      ...params,
    }),
    body: [],
  });
  const quoted = async (key: string, text: string): Promise<Card> => ({
    ...(await told(key)),
    body: [{ kind: 'text', text: (await ports.store.text(text)) ?? say('common:erased') }],
  });
  switch (event.type) {
    case 'ticket-added':
      return quoted('added', event.text);
    case 'ticket-replied':
      return here
        ? told('sent', { way: say(`desk:room.ways.${await wayTo(ports, state.requester)}`) })
        : quoted('replied', event.text);
    case 'ticket-noted':
      return here ? undefined : quoted('noted', event.text);
    case 'ticket-assigned':
      return told(event.by === event.to ? 'taken' : 'assigned', { to: await nameOf(ports, event.to) });
    case 'ticket-referred':
      return told('referred', { to: say(`support:refer.${event.to}.title`) });
    case 'ticket-helped':
      return told(event.helped ? 'helped' : 'not-helped');
    case 'ticket-resolved':
      return told('resolved');
    case 'ticket-reopened':
      return told('reopened');
    default:
      return undefined;
  }
}

/** How a reply reaches the person: their chat, or an e-mail that says that there is one. */
async function wayTo(ports: Ports, person: string): Promise<Identity['platform'] | 'email'> {
  const details = await ports.store.person(person);
  const { chat } = details ?? {};
  const reached = chat && ports.channels.some(({ platform }) => platform === chat.platform);
  return reached && details?.prefers === 'chat' ? chat.platform : 'email';
}
