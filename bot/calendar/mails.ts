import type { Invitation } from '../../domain/mail-ports.ts';
import { newestOf } from '../../domain/meetings/mailed-answers.ts';
import { sequenceOf } from '../../domain/meetings/series-standing.ts';
import type { Outgoing } from '../../domain/memory-ports.ts';
import type { Sheet } from '../execute.ts';
import type { Happening } from '../outbox/recipients.ts';

/** The calendar mails of a meeting: to each of its people their own, by what happened. */
export async function calendarMails(sheet: Sheet, { id, event }: Happening): Promise<Outgoing[]> {
  const { stage, invites, sequence, occurrence } = (await sheet.load('meeting', id)).state;
  const method =
    event.type === 'hour-declined'
      ? 'DECLINECOUNTER'
      : stage === 'cancelled' || event.type === 'invitees-removed'
        ? 'CANCEL'
        : 'REQUEST';
  const everybody = Object.keys(invites);
  const apart = everybody.filter((person) => !occurrence?.people.includes(person));
  const people =
    event.type === 'meeting-rescheduled' || event.type === 'meeting-cancelled'
      ? everybody
      : // The invitation to the series tells its people where the date is.
        event.type === 'meeting-scheduled' || (event.type === 'meeting-followed' && event.moved)
        ? apart
        : // Who was invited before has the same meeting as before.
          event.type === 'agenda-added'
          ? event.invitees
          : event.type === 'invitees-added' || event.type === 'invitees-removed'
            ? event.people
            : event.type === 'hour-declined' || event.type === 'invite-asked-again'
              ? [event.person]
              : [];
  return people.map((person) => ({
    kind: 'mail' as const,
    // One attendee's calendar mails of one meeting go out in their order.
    lane: `mail/${id}/${person}`,
    payload: {
      mail: 'invitation',
      id,
      person,
      method,
      sequence: String(event.type === 'invitees-removed' ? event.sequence : sequence),
    },
  }));
}

/** The invitation to a series goes to each of its people once; then what changes, of the rule or of a date that is no meeting yet. */
export async function seriesMails(sheet: Sheet, { id, event }: Happening): Promise<Outgoing[]> {
  const { standing } = (await sheet.load('series', id)).state;
  if (!standing) return [];
  const mails = (
    people: readonly string[],
    method: Invitation['method'],
    date?: string,
    own = date === undefined ? newestOf(standing) : sequenceOf(standing, date),
  ): Outgoing[] =>
    people.map((person) => ({
      kind: 'mail',
      lane: `mail/${id}/${person}`,
      payload: {
        mail: 'series',
        id,
        person,
        method,
        sequence: String(own),
        ...(date === undefined ? {} : { date }),
      },
    }));
  const everybody = Object.keys(standing.people);
  switch (event.type) {
    case 'series-joined':
      return mails(event.people, 'REQUEST');
    case 'series-parted':
      return mails(event.people, 'CANCEL', undefined, event.sequence);
    case 'series-asked-again':
      return mails([event.person], 'REQUEST');
    case 'series-hour-declined':
      return mails([event.person], 'DECLINECOUNTER', event.date);
    case 'series-date-moved':
      return mails(everybody, 'REQUEST', event.date);
    case 'series-date-skipped':
      return mails(everybody, 'CANCEL', event.date);
    case 'series-rule-changed':
    case 'series-ended':
      return mails(everybody, 'REQUEST');
    default:
      return [];
  }
}
