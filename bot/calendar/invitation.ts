import { isRefusal } from '../../domain/decider.ts';
import type { FeedEntry, Invitation } from '../../domain/mail-ports.ts';
import { localHour, slotFrom } from '../../domain/meetings/hours.ts';
import { newestOf } from '../../domain/meetings/mailed-answers.ts';
import type { InviteStatus, Meeting } from '../../domain/meetings/meeting.ts';
import type { Series } from '../../domain/meetings/series.ts';
import type { Slot } from '../../domain/meetings/slots.ts';
import type { PersonDetails } from '../../domain/people.ts';
import type { Ports } from '../context.ts';
import type { Say } from '../words.ts';

/**
 * A meeting as one attendee's calendar needs it (RFC 5545, RFC 5546): its number, the group's code, the hour, how to join. There is no
 * clinical word in it and no pseudonym (rule 7). The UID stays through moves and the cancellation; for one who has it as a date of a series, it is the
 * series'. `state` is the meeting's, `attendee` whom it is for.
 */
export async function invitationFor(
  ports: Ports,
  say: Say,
  meetingId: string,
  state: Meeting,
  person: string,
  attendee: PersonDetails,
  method: Invitation['method'],
): Promise<Invitation> {
  return {
    ...(await meetingIn(ports, say, meetingId, state, person, method)),
    method,
    attendee: {
      name: attendee.name,
      email: attendee.email,
      ...answerOf(Object.hasOwn(state.invites, person) ? state.invites[person] : undefined),
    },
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
    ...(await meetingIn(ports, say, meetingId, state, personId, 'REQUEST')),
    stampedAt: state.since,
    // Who asked for it and is not invited need not answer.
    ...(own === undefined ? { answer: 'accepted' as const } : {}),
    ...answerOf(own),
  };
}

/** An invitee's answer, where there is one. */
export const answerOf = (status: InviteStatus | undefined) =>
  status === 'accepted' || status === 'tentative' || status === 'declined' ? { answer: status } : {};

async function meetingIn(
  ports: Ports,
  say: Say,
  meetingId: string,
  state: Meeting,
  person: string,
  method: Invitation['method'],
): Promise<Omit<FeedEntry, 'stampedAt' | 'answer'>> {
  const silent = method !== 'REQUEST';
  const joinUrl = state.join ? await ports.store.text(state.join) : undefined;
  // The code, not the name: a group is named after a disease.
  const group = state.group ?? say('meetings:no-group');
  const description = [
    say(isTakenOff(state, person, method) ? 'meetings:invitation.taken-off' : textFor[method], {
      id: meetingId,
      group,
    }),
    ...(joinUrl && !silent ? [say('meetings:invitation.join', { url: joinUrl })] : []),
    ...(silent ? [] : [say('meetings:invitation.answer'), say('meetings:no-patient-data')]),
  ].join('\n\n');
  const { slot, seriesId, occurrence } = state;
  const series = seriesId && occurrence ? (await ports.store.load('series', seriesId)).state : undefined;
  const place =
    series && seriesId && occurrence && isDateFor(series, meetingId, state, person)
      ? { uid: uidOf(ports, seriesId), ...placeOf(occurrence, slot) }
      : { uid: uidOf(ports, meetingId), start: slot.local, zone: slot.zone };
  return {
    ...place,
    // An invitation is not below what its reader has of it.
    sequence: method === 'REQUEST' ? newestOf(state) : state.sequence,
    title: say('meetings:invitation.title', { id: meetingId, group }),
    description,
    minutes: slot.minutes,
    ...(joinUrl ? { joinUrl } : {}),
    organiser: ports.settings.organiser,
  };
}

/** What the UIDs of this server's meetings end in. */
export const hostOf = ({ settings }: Ports): string => new URL(settings.publicUrl).hostname;

/** A meeting's UID: the same through moves and the cancellation, and in every calendar. */
export const uidOf = (ports: Ports, meetingId: string): string => `${meetingId}@${hostOf(ports)}`;

/** Whether a cancellation is one for this person alone: others still meet. */
export const isTakenOff = ({ stage, invites }: Meeting, person: string, method: Invitation['method']): boolean =>
  method === 'CANCEL' && stage === 'scheduled' && !Object.hasOwn(invites, person);

/** What each kind of calendar mail says. */
export const textFor = {
  REQUEST: 'meetings:invitation.text',
  CANCEL: 'meetings:invitation.cancelled',
  DECLINECOUNTER: 'meetings:invitation.hour-left',
} as const;

/** Whether a person has a meeting in their calendar as a date of its series. */
export function isDateFor({ standing, convened }: Series, meetingId: string, { occurrence }: Meeting, person: string) {
  return (
    occurrence !== undefined &&
    occurrence.people.includes(person) &&
    convened[occurrence.date] === meetingId &&
    standing !== undefined &&
    Object.hasOwn(standing.people, person)
  );
}

/**
 * Where one date of a series stands, beside the hour that it has by the rule: both in the rule's zone, as a calendar writes them, or in UTC where the
 * clock of that zone has the hour twice or not at all.
 */
export function placeOf(
  { hour, zone }: { readonly hour: string; readonly zone: string },
  { instant, minutes }: Slot,
): { readonly start: string; readonly zone: string; readonly occurrence: string } {
  const start = localHour(instant, zone);
  if (!isRefusal(slotFrom(start, zone, minutes))) return { start, zone, occurrence: hour };
  const byRule = slotFrom(hour, zone, minutes, 'first');
  return {
    start: localHour(instant, 'UTC'),
    zone: 'UTC',
    occurrence: isRefusal(byRule) ? hour : localHour(byRule.instant, 'UTC'),
  };
}
