import type { Answer, Sign } from '../../interaction.ts';
import { readMarked, thingOfRoom } from '../../surfaces/rooms.ts';
import { card, end, type Turn } from '../../turn.ts';
import { identifyingCard } from '../identifying.ts';

/** A chat message may be far longer than what a form takes. */
const longest = 4000;

/**
 * A message in the thread below a ticket's card: the helpdesk's own note, or with a marker the reply to the person who asked. What the room
 * sees of it comes by the outbox; the author alone is answered here, where it was not taken.
 */
export async function saidInRoom(turn: Turn, text: string): Promise<Answer> {
  const { ports, who, where } = turn;
  const id = await thingOfRoom(ports, who.identity.platform, where.room ?? '');
  if (!id?.startsWith('T-')) return {};
  turn.mustSee('queue', {});
  const said = readMarked(text);
  if (said.text === '') return {};
  const warning = identifyingCard(turn, said.text);
  if (warning) return card(warning);
  if (said.text.length > longest) end({ refused: 'ticket.text-too-long', params: { most: longest } });
  const textId = ports.ids.next('X');
  const command =
    said.kind === 'reply'
      ? ({ type: 'ticket.reply', text: textId, wait: said.wait } as const)
      : ({ type: 'ticket.note', text: textId } as const);
  await turn.act(
    [{ kind: 'ticket', id, command }],
    { kind: 'room', id },
    { rows: [{ row: 'text', id: textId, owner: `ticket/${id}`, value: said.text }], saidIn: who.identity.platform },
  );
  return {};
}

/** A sign set on a card of the helpdesk's channel: it takes the thing, from nobody who has it in hand already, or resolves the ticket. On anything else it means nothing. */
export async function signOnCard(turn: Turn, sign: Sign): Promise<Answer> {
  const { ports, who, where, actor } = turn;
  const id = await thingOfRoom(ports, who.identity.platform, where.room ?? '');
  if (id === undefined) return {};
  turn.mustSee('queue', {});
  const result = { kind: 'room', id };
  if (id.startsWith('T-')) {
    const command =
      sign === 'take'
        ? ({ type: 'ticket.assign', to: actor.id, from: '' } as const)
        : ({ type: 'ticket.resolve' } as const);
    await turn.act([{ kind: 'ticket', id, command }], result);
  } else if (sign === 'take' && id.startsWith('R-')) {
    await turn.act([{ kind: 'registration', id, command: { type: 'registration.take' } }], result);
  } else if (sign === 'take' && id.startsWith('Q-')) {
    await turn.act([{ kind: 'request', id, command: { type: 'request.take', from: '' } }], result);
  }
  return {};
}
