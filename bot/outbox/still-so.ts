import { endOf } from '../../domain/meetings/conflicts.ts';
import { neededFor, requiredWhoDeclined } from '../../domain/meetings/invitees.ts';
import type { Meeting } from '../../domain/meetings/meeting.ts';
import { type Poll, silentIn } from '../../domain/meetings/polls.ts';
import { type Registration, underWay } from '../../domain/registration.ts';

type Payload = Readonly<Record<string, string>>;

/** Still planned as it was when the reminder was laid down, and not begun: what goes out late tells nobody of an hour that is over. */
const ahead = (state: Meeting, payload: Payload, now: string, hours = 0) =>
  state.stage === 'scheduled' &&
  String(state.sequence) === payload['sequence'] &&
  Date.parse(now) < Date.parse(state.slot.instant) - hours * 3_600_000;

const notOver = ({ slot }: Meeting, now: string) => Date.parse(now) < endOf(slot);

function comingTo(state: Meeting, payload: Payload, now: string): boolean {
  return ahead(state, payload, now) && concerns(state, payload) && statusOf(state, payload) !== 'declined';
}

const statusOf = ({ invites }: Meeting, { person = '' }: Payload) =>
  Object.hasOwn(invites, person) ? invites[person] : undefined;

/** Whether this person still comes, or asked for it. */
const concerns = (state: Meeting, payload: Payload): boolean =>
  statusOf(state, payload) !== undefined || state.requester === payload['person'];

/** Fewer than the poll asked for, or than two, have accepted the meeting as it was when the reminder was laid down. */
const tooFew = (state: Meeting, payload: Payload, now: string) =>
  ahead(state, payload, now) &&
  Object.values(state.invites).filter((status) => status === 'accepted').length < neededFor(state);

/** An hour of an open poll waits for this person's answer. */
function askedStill(state: Poll, { person = '' }: Payload, now: string): boolean {
  return state.stage === 'open' && now < state.deadline && silentIn(state).includes(person);
}

/** Whether a reminder still holds when its time has come and it is delivered (`now`); what is not named here always does. */
export const stillSo: Readonly<Record<string, (state: never, payload: Payload, now: string) => boolean>> = {
  'lead-decide': (state: Registration) => state.stage === 'awaiting-lead',
  'lead-reminder': (state: Registration) => state.stage === 'awaiting-lead',
  'lead-silent': (state: Registration) => state.stage === 'awaiting-lead',
  'desk-lead-silent': (state: Registration) => state.stage === 'awaiting-lead',
  'second-factor-missing': (state: Registration) => underWay(state.stage) && state.account !== 'ready',
  'ern-it-silent': (state: Registration) => state.stage === 'awaiting-ern-it',
  'desk-ern-it-silent': (state: Registration) => state.stage === 'awaiting-ern-it',
  'cpms-decide': (state: Registration) => state.stage === 'submitted',
  'poll-asked': (state: Poll) => state.stage === 'open',
  'poll-hour-added': askedStill,
  'poll-reminder': askedStill,
  'meeting-invited': (state: Meeting, payload, now) =>
    state.stage === 'scheduled' && notOver(state, now) && statusOf(state, payload) !== undefined,
  'meeting-moved': (state: Meeting, payload, now) => notOver(state, now) && concerns(state, payload),
  'meeting-left': (state: Meeting, payload, now) =>
    state.stage === 'scheduled' && notOver(state, now) && statusOf(state, payload) === undefined,
  'meeting-cancelled': (state: Meeting, _, now) => notOver(state, now),
  // Who has declined need not be reminded.
  'meeting-tomorrow': (state: Meeting, payload, now) => comingTo(state, payload, now) && ahead(state, payload, now, 1),
  'meeting-soon': comingTo,
  'meeting-agenda': (state: Meeting, payload, now) => comingTo(state, payload, now) && (state.agenda ?? []).length > 0,
  'meeting-over': (state: Meeting, payload) =>
    state.stage === 'scheduled' && String(state.sequence) === payload['sequence'],
  'meeting-few-yet': tooFew,
  'meeting-too-few': tooFew,
  'meeting-hardly': (state: Meeting) =>
    state.stage === 'scheduled' &&
    Object.values(state.invites).filter((status) => status !== 'declined' && status !== 'bounced').length <
      neededFor(state),
  'meeting-without': (state: Meeting) => state.stage === 'scheduled' && requiredWhoDeclined(state).length > 0,
  'ticket-helped': (state: { stage: string }) => state.stage === 'referred',
};
