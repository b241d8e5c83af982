import type { Ask, Fact, Refusal } from '../decider.ts';
import { refuse } from '../decider.ts';
import { mailedWithout, newestOf } from './mailed-answers.ts';

import type { InviteStatus, Meeting } from './meeting.ts';

/** What a poll asks of its meeting: without whom it cannot be, and how many must be able to come. */
export interface Needs {
  readonly required?: readonly string[];
  readonly quorum?: number;
}

/** More people come along; who is invited already stays as they are. */
export type InviteCommand = Ask & { readonly type: 'meeting.invite'; readonly people: readonly string[] };
export type InvitedEvent = Fact & { readonly type: 'invitees-added'; readonly people: readonly string[] };

/** People no longer come: they are told, and it goes out of their calendars. Who has it as a date of its series leaves with the group. */
export type TakeOffCommand = Ask & { readonly type: 'meeting.take-off'; readonly people: readonly string[] };
/** `sequence` is that of the mail that takes it out of their calendars: above what any of them has (RFC 5546 3.2.5). */
export type TakenOffEvent = Fact & {
  readonly type: 'invitees-removed';
  readonly people: readonly string[];
  readonly sequence: number;
};

/** Invites more people to a meeting that is planned. Refused once it has begun, and for a patient representative where a case is discussed. */
export function inviteMore(
  { slot, caseId, invites }: Meeting,
  { at, by, people }: InviteCommand,
  representatives: readonly string[],
): readonly InvitedEvent[] | Refusal {
  if (Date.parse(slot.instant) <= Date.parse(at)) return refuse('meeting.hour-past');
  if (caseId && representatives.some((id) => people.includes(id))) return refuse('meeting.representative');
  const more = [...new Set(people)].filter((person) => !Object.hasOwn(invites, person));
  return more.length > 0 ? [{ type: 'invitees-added', at, by, people: more }] : [];
}

/** Takes people off a meeting that is planned. Refused once it has begun, for who is not invited or comes by the series, and where nobody would be left. */
export function takeOff(
  { slot, invites, occurrence, sequence, newest }: Meeting,
  { at, by, people }: TakeOffCommand,
): readonly TakenOffEvent[] | Refusal {
  if (Date.parse(slot.instant) <= Date.parse(at)) return refuse('meeting.hour-past');
  const gone = [...new Set(people)];
  if (gone.length === 0 || gone.some((person) => !Object.hasOwn(invites, person)))
    return refuse('meeting.others-not-invited');
  if (gone.some((person) => occurrence?.people.includes(person))) return refuse('meeting.by-series');
  if (gone.length === Object.keys(invites).length) return refuse('meeting.nobody-left');
  const above = newestOf({ sequence, ...(newest === undefined ? {} : { newest }) }) + 1;
  return [{ type: 'invitees-removed', at, by, people: gone, sequence: above }];
}

/** The meeting without them: what they said of it is gone too. Who is invited from then on, perhaps one of them again, gets it above what took it out of their calendar. */
export function withoutThem(state: Meeting, { people, sequence }: TakenOffEvent): Meeting {
  const { required, mailed } = state;
  return {
    ...state,
    invites: Object.fromEntries(Object.entries(state.invites).filter(([id]) => !people.includes(id))),
    ...(required ? { required: required.filter((id) => !people.includes(id)) } : {}),
    ...(mailed ? { mailed: mailedWithout(mailed, people) } : {}),
    newest: sequence + 1,
  };
}

/** What is needed of a poll, of those who are invited; nothing where no poll asked. */
export const needsOf = ({ required = [], quorum }: Needs, invitees: readonly string[]): Needs => ({
  ...(required.length > 0 ? { required: required.filter((person) => invitees.includes(person)) } : {}),
  ...(quorum === undefined ? {} : { quorum }),
});

/** Invitations that are still to be sent. */
export const asPending = (people: readonly string[]): Record<string, InviteStatus> =>
  Object.fromEntries(people.map((id) => [id, 'pending']));

/** How many must come so that it is a meeting: as the poll asked, else two. */
export const neededFor = ({ quorum = 2 }: Needs): number => quorum;

/** Those without whom it cannot be, and who have declined. */
export const requiredWhoDeclined = ({ required = [], invites }: Pick<Meeting, 'required' | 'invites'>) =>
  required.filter((person) => invites[person] === 'declined');
