import type { FeedEntry, Invitation } from '../domain/mail-ports.ts';
import type { Meeting } from '../domain/meetings.ts';
import type { PersonDetails } from '../domain/people.ts';
import type { Ports } from './context.ts';
import type { Say } from './words.ts';

/**
 * A meeting as one attendee's calendar needs it (RFC 5545, RFC 5546): its number, the group's code, the hour, how to join. There is no
 * clinical word in it and no pseudonym (rule 7). The UID stays through moves and the cancellation. `state` is the meeting's, `attendee` whom it is for.
 */
export async function invitationFor(
  ports: Ports,
  say: Say,
  meetingId: string,
  state: Meeting,
  attendee: PersonDetails,
  method: Invitation['method'],
): Promise<Invitation> {
  return {
    ...(await meetingIn(ports, say, meetingId, state, method === 'CANCEL')),
    method,
    attendee: { name: attendee.name, email: attendee.email },
    stampedAt: ports.clock.now(),
  };
}

/** A meeting as it stands in the calendar feed of one of its people, who is asked elsewhere; it changes when the meeting does. */
export async function entryFor(
  ports: Ports,
  say: Say,
  meetingId: string,
  state: Meeting,
  personId: string,
): Promise<FeedEntry> {
  const own = Object.hasOwn(state.invites, personId) ? state.invites[personId] : undefined;
  return {
    ...(await meetingIn(ports, say, meetingId, state, false)),
    stampedAt: state.since,
    // Who asked for it and is not invited need not answer.
    ...(own === undefined ? { answer: 'accepted' as const } : {}),
    ...(own === 'accepted' || own === 'tentative' || own === 'declined' ? { answer: own } : {}),
  };
}

async function meetingIn(
  ports: Ports,
  say: Say,
  meetingId: string,
  state: Meeting,
  cancelled: boolean,
): Promise<Omit<FeedEntry, 'stampedAt' | 'answer'>> {
  const joinUrl = state.join ? await ports.store.text(state.join) : undefined;
  // The code, not the name: a group is named after a disease.
  const group = state.group ?? say('meetings:no-group');
  const description = [
    say(cancelled ? 'meetings:invitation.cancelled' : 'meetings:invitation.text', { id: meetingId, group }),
    ...(joinUrl && !cancelled ? [say('meetings:invitation.join', { url: joinUrl })] : []),
    ...(cancelled ? [] : [say('meetings:invitation.answer'), say('meetings:no-patient-data')]),
  ].join('\n\n');
  return {
    uid: uidOf(ports, meetingId),
    sequence: state.sequence,
    title: say('meetings:invitation.title', { id: meetingId, group }),
    description,
    start: state.slot.local,
    zone: state.slot.zone,
    minutes: state.slot.minutes,
    ...(joinUrl ? { joinUrl } : {}),
    organiser: ports.settings.organiser,
  };
}

/** What the UIDs of this server's meetings end in. */
export const hostOf = ({ settings }: Ports): string => new URL(settings.publicUrl).hostname;

/** A meeting's UID: the same through moves and the cancellation, and in every calendar. */
export const uidOf = (ports: Ports, meetingId: string): string => `${meetingId}@${hostOf(ports)}`;
