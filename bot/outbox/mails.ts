import { type Invitation, type Letter, MailRefused } from '../../domain/mail-ports.ts';
import { endOf } from '../../domain/meetings/conflicts.ts';
import { sequenceOf } from '../../domain/meetings/series-standing.ts';
import type { OutboxRow } from '../../domain/memory-ports.ts';
import { invitationFor, isTakenOff } from '../calendar/invitation.ts';
import { letterId } from '../calendar/letter-ids.ts';
import { seriesChange, seriesInvitation } from '../calendar/series.ts';
import { codeLetter, type Pending, pendingBy } from '../codes.ts';
import type { Ports } from '../context.ts';
import type { Step } from '../execute.ts';
import type { Card } from '../view.ts';
import { hasLeft } from '../who.ts';
import { wordsOf } from '../words.ts';
import { answerLater } from './late-answers.ts';

/**
 * Sends the mail that a row of the outbox stands for, and gives what is to be written down of it: that an invitation went out, or that its
 * address refuses it. Throws what the mail server's port throws, but for a refused invitation.
 */
export async function sendMail(ports: Ports, row: OutboxRow): Promise<Step | undefined> {
  const { payload, id } = row;
  if (payload['mail'] === 'series') return sendSeries(ports, payload, id);
  if (payload['mail'] !== 'code') return sendInvitation(ports, payload, id);
  await sendCode(ports, row);
  return undefined;
}

/** At this failure of the mail server whoever waits for a code is told so: some half a minute after they asked. */
const lateAt = 3;

/** Sends a code while it is good. Who registers with it is told in their chat that its address takes none, or that it is late; who gave an address alone is not, for that would say whether it is known. */
async function sendCode(ports: Ports, { payload, id, attempts }: OutboxRow): Promise<void> {
  const pending = await pendingBy(ports, payload['id'] ?? '');
  if (!pending) return;
  try {
    await ports.mail.send({ ...codeLetter(pending), id: `code-${id}` });
  } catch (error) {
    const why = error instanceof MailRefused ? 'refused' : attempts === lateAt ? 'late' : undefined;
    if (why && pending.application)
      await answerLater(ports, pending.chat, unsentCard(pending, why), `code-${id}-${why}`);
    throw error;
  }
}

function unsentCard({ email, language }: Pending, why: 'refused' | 'late'): Card {
  const say = wordsOf(language);
  return {
    title: say(`verification:unsent.${why}-title`),
    tone: 'warning',
    body: [{ kind: 'text', text: say(`verification:unsent.${why}`, { email }) }],
    buttons: [{ label: say('verification:sent.other'), action: 'register.form' }],
    language,
  };
}

async function sendInvitation(ports: Ports, payload: OutboxRow['payload'], row: number): Promise<Step | undefined> {
  const { id = '', person = '', method = 'REQUEST', sequence = '0' } = payload;
  const { state } = await ports.store.load('meeting', id);
  const off = !Object.hasOwn(state.invites, person);
  if (off && method !== 'CANCEL') return undefined;
  // A later mail of the same meeting is already queued: this one would be out of date when it arrives. Who was taken off gets none later; who was invited again does.
  if (!off && (String(state.sequence) !== sequence || (method === 'CANCEL' && state.stage === 'scheduled')))
    return undefined;
  // What took place is taken out of nobody's calendar, nor put in.
  if (Date.parse(ports.clock.now()) >= endOf(state.slot)) return undefined;
  // Who has left is invited nowhere; what they have is still taken out of their calendar.
  if (method === 'REQUEST' && (await hasLeft(ports, person))) return undefined;
  const told = (type: 'meeting.sent' | 'meeting.bounced'): Step => ({ kind: 'meeting', id, command: { type, person } });
  const details = await ports.store.person(person);
  if (!details || details.email === '') return told('meeting.bounced');
  const say = wordsOf(details.language);
  const invitation = {
    ...(await invitationFor(ports, say, id, state, person, details, method as Invitation['method'])),
    // To who was taken off, above what they have, whatever became of the meeting since.
    ...(off ? { sequence: Number(sequence) } : {}),
  };
  const letter: Letter = {
    to: details.email,
    subject: say(
      isTakenOff(state, person, invitation.method)
        ? 'mail:meeting-left'
        : subjectOf(invitation.method, state.moved > 0),
      { title: invitation.title },
    ),
    text: invitation.description,
    calendar: { method: invitation.method, ics: ports.calendar.invitation(invitation) },
    id: await letterId(ports, { meeting: id, person, sequence: state.sequence }, row),
  };
  if (!(await isTaken(ports, letter))) return told('meeting.bounced');
  return method === 'REQUEST' ? told('meeting.sent') : undefined;
}

/** What a series tells one of its people: the whole of it, or (with `date`) one date that is no meeting yet. */
async function sendSeries(ports: Ports, payload: OutboxRow['payload'], row: number): Promise<Step | undefined> {
  const { id = '', person = '', method = 'REQUEST', sequence = '0', date } = payload;
  const { state } = await ports.store.load('series', id);
  const invited = Object.hasOwn(state.standing?.people ?? {}, person);
  // A later mail is already queued: of the rule, of the date, or of their coming or going.
  if (date === undefined ? invited !== (method !== 'CANCEL') : !invited || Object.hasOwn(state.convened, date))
    return undefined;
  const own = date === undefined ? (state.standing?.sequence ?? 0) : sequenceOf(state.standing, date);
  if (Number(sequence) < own && invited) return undefined;
  const told = (type: 'series.sent' | 'series.bounced'): Step => ({ kind: 'series', id, command: { type, person } });
  const details = await ports.store.person(person);
  if (!details || details.email === '') return invited ? told('series.bounced') : undefined;
  const say = wordsOf(details.language);
  const whole =
    date === undefined && method === 'REQUEST'
      ? await seriesInvitation(ports, say, id, state, person, details)
      : undefined;
  const [invitation, ...dates] = whole ?? [
    await seriesChange(
      ports,
      say,
      id,
      state,
      person,
      details,
      // A series without a date that is left is taken out.
      date === undefined && method === 'REQUEST' ? 'CANCEL' : (method as Invitation['method']),
      Number(sequence),
      date,
    ),
  ];
  const letter: Letter = {
    to: details.email,
    subject: say(subjectOf(invitation.method, date !== undefined || own > 0), { title: invitation.title }),
    text: invitation.description,
    calendar: { method: invitation.method, ics: ports.calendar.invitation(invitation, dates) },
    id: await letterId(ports, { meeting: id, person, sequence: own }, row),
  };
  if (!(await isTaken(ports, letter))) return invited ? told('series.bounced') : undefined;
  return whole ? told('series.sent') : undefined;
}

function subjectOf(method: Invitation['method'], moved: boolean): string {
  if (method === 'DECLINECOUNTER') return 'mail:hour-left';
  if (method === 'CANCEL') return 'mail:meeting-cancelled';
  return moved ? 'mail:meeting-moved' : 'mail:meeting-invited';
}

/** Whether the mail server took the letter; 'later' is thrown. */
async function isTaken(ports: Ports, letter: Letter): Promise<boolean> {
  try {
    await ports.mail.send(letter);
    return true;
  } catch (error) {
    if (error instanceof MailRefused) return false;
    throw error;
  }
}
