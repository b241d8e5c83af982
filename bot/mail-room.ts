import { type Letter, MailRefused } from '../domain/mail-ports.ts';
import type { OutboxRow } from '../domain/ports.ts';
import { codeLetter } from './codes.ts';
import type { Ports } from './context.ts';
import type { Step } from './execute.ts';
import { invitationFor } from './invitation.ts';
import { letterId } from './letter-ids.ts';
import { wordsOf } from './words.ts';

/**
 * Sends the mail that a row of the outbox stands for, and gives what is to be written down of it: that an invitation went out, or that its
 * address refuses it. Throws what the mail server's port throws, but for a refused invitation.
 */
export async function sendMail(ports: Ports, { payload, id }: OutboxRow): Promise<Step | undefined> {
  if (payload['mail'] !== 'code') return sendInvitation(ports, payload, id);
  const letter = await codeLetter(ports, payload['id'] ?? '');
  if (letter) await ports.mail.send({ ...letter, id: `code-${id}` });
  return undefined;
}

async function sendInvitation(ports: Ports, payload: OutboxRow['payload'], row: number): Promise<Step | undefined> {
  const { id = '', person = '', method = 'REQUEST', sequence = '0' } = payload;
  const { state } = await ports.store.load('meeting', id);
  // A later mail of the same meeting is already queued: this one would be out of date when it arrives.
  if (String(state.sequence) !== sequence) return undefined;
  const told = (type: 'meeting.sent' | 'meeting.bounced'): Step => ({ kind: 'meeting', id, command: { type, person } });
  const details = await ports.store.person(person);
  if (!details || details.email === '') return told('meeting.bounced');
  const say = wordsOf(details.language);
  const invitation = await invitationFor(ports, say, id, state, details, method as 'REQUEST' | 'CANCEL');
  const letter: Letter = {
    to: details.email,
    subject: say(
      method === 'CANCEL' ? 'mail:meeting-cancelled' : state.moved > 0 ? 'mail:meeting-moved' : 'mail:meeting-invited',
      { title: invitation.title },
    ),
    text: invitation.description,
    calendar: { method: invitation.method, ics: ports.calendar.invitation(invitation) },
    id: await letterId(ports, { meeting: id, person, sequence: state.sequence }, row),
  };
  try {
    await ports.mail.send(letter);
  } catch (error) {
    if (error instanceof MailRefused) return told('meeting.bounced');
    throw error;
  }
  return method === 'REQUEST' ? told('meeting.sent') : undefined;
}
