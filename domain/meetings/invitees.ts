import type { Ask, Fact, Refusal } from '../decider.ts';
import { refuse } from '../decider.ts';
import type { InviteStatus, Meeting } from './meetings.ts';

/** What a poll asks of its meeting: without whom it cannot be, and how many must be able to come. */
export interface Needs {
  readonly required?: readonly string[];
  readonly quorum?: number;
}

/** More people come along; who is invited already stays as they are. */
export type InviteCommand = Ask & { readonly type: 'meeting.invite'; readonly people: readonly string[] };
export type InvitedEvent = Fact & { readonly type: 'invitees-added'; readonly people: readonly string[] };

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
