import { directoryId } from '../../../domain/entities.ts';
import type { MeetingRequest } from '../../../domain/meetings/requests.ts';
import type { Ports } from '../../context.ts';
import { fieldErrors, type Turn } from '../../turn.ts';

/** What is known of a meeting before its guests are: a request, or a group alone. */
export type Occasion = Pick<MeetingRequest, 'experts' | 'requester'> &
  Partial<Pick<MeetingRequest, 'group' | 'caseId'>>;

/** What a meeting or a poll takes over from the request that it is for; nothing where there is none. */
export const takenFrom = (requestId: string, request: MeetingRequest | undefined) =>
  request
    ? {
        requestId,
        requester: request.requester,
        hcp: request.hcp,
        ...(request.caseId ? { caseId: request.caseId } : {}),
      }
    : {};

/**
 * Who is invited unless the helpdesk says otherwise: the group's roster, the named experts, the one who asked and the clinician of
 * the case. A roster is not a case's guest list: patient representatives are left out where a case is discussed.
 */
export async function guestsOf(ports: Ports, request: Occasion): Promise<string[]> {
  const { state: directory } = await ports.store.load('directory', directoryId);
  const roster = request.group ? (directory.rosters[request.group] ?? []) : [];
  const owner = request.caseId ? (await ports.store.load('case', request.caseId)).state.owner : '';
  const guests = [
    request.requester,
    owner,
    ...request.experts,
    ...roster.filter(({ representative }) => !(request.caseId && representative)).map(({ person }) => person),
  ];
  const found = await Promise.all([...new Set(guests)].filter(Boolean).map((id) => ports.store.load('person', id)));
  return found
    .filter(({ state }) => state.stage === 'entered')
    .filter(({ state }) => !(request.caseId && state.grants.some(({ role }) => role === 'patient-representative')))
    .map(({ id }) => id);
}

/** The people whom a form's field names, else the usual guests of a group. Ends the turn where nobody is left, or one cannot be invited. */
export async function namedGuests(
  turn: Turn,
  field: string,
  named: readonly string[],
  occasion: Occasion | undefined,
  group: string | undefined,
): Promise<readonly string[]> {
  const { ports, say } = turn;
  const guests =
    named.length > 0 || occasion
      ? named
      : await guestsOf(ports, { experts: [], requester: '', ...(group ? { group } : {}) });
  if (guests.length === 0) fieldErrors({ [field]: say('fields:needed') });
  const people = await Promise.all(guests.map((person) => ports.store.load('person', person)));
  if (people.some(({ state }) => state.stage !== 'entered')) fieldErrors({ [field]: say('meetings:plan.unknown') });
  if (
    occasion?.caseId &&
    people.some(({ state }) => state.grants.some(({ role }) => role === 'patient-representative'))
  )
    fieldErrors({ [field]: say('meetings:plan.representative') });
  return guests;
}
