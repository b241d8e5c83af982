import type { Events, Kind } from '../../domain/entities.ts';
import { silentIn } from '../../domain/meetings/polls.ts';
import type { Loaded } from '../../domain/memory-ports.ts';
import { decidersFor } from '../../domain/registration.ts';
import type { Sheet } from '../execute.ts';
import { holders } from '../facts.ts';

/** What happened, as the table sees it. */
export interface Happening {
  readonly kind: Kind;
  readonly id: string;
  readonly version: number;
  readonly event: Events;
}

/** The helpdesk as a whole: its channel, or each of its people where there is none. */
export const desk = 'desk';
/** Ids of those who are told, or `desk`; an empty id is nobody. They are looked up in what the act that caused the event has read and decided. */
export type Recipients = (sheet: Sheet, happening: Happening) => Promise<readonly string[]>;

/** How an entity stands when what happened has happened. */
export const load = async <K extends Kind>(sheet: Sheet, kind: K, id: string): Promise<Loaded<K>['state']> =>
  (await sheet.load(kind, id)).state;

export const applicant: Recipients = async (sheet, { id }) => [(await load(sheet, 'registration', id)).person];
export const ofHcp =
  (role: 'lead' | 'deputy' | 'local-administrator'): Recipients =>
  async (sheet, { id }) => {
    const { hcp, person } = await load(sheet, 'registration', id);
    return (await holders(sheet.ports, role, hcp)).filter((holder) => holder !== person);
  };
export const deciders: Recipients = async (sheet, { id }) => {
  const { person, hcp } = await load(sheet, 'registration', id);
  const { ports } = sheet;
  return decidersFor(person, {
    leads: await holders(ports, 'lead', hcp),
    deputies: await holders(ports, 'deputy', hcp),
    coordinators: await holders(ports, 'coordinator'),
  });
};
/** The lead is asked and reminded first; the deputy hears of it when the lead is silent, or at once where there is no other lead. */
export const firstDeciders: Recipients = async (sheet, happening) => {
  const all = await deciders(sheet, happening);
  const leads = await ofHcp('lead')(sheet, happening);
  const first = all.filter((id) => leads.includes(id));
  return first.length > 0 ? first : all;
};
export const owner: Recipients = async (sheet, { id }) => [(await load(sheet, 'case', id)).owner];
export const ownerAndLead: Recipients = async (sheet, { id }) => {
  const { owner: clinician, hcp } = await load(sheet, 'case', id);
  return [clinician, ...(await holders(sheet.ports, 'lead', hcp))];
};
export const submitter: Recipients = async (sheet, { id }) => [(await load(sheet, 'document', id)).submitter];
export const asker: Recipients = async (sheet, { id }) => [(await load(sheet, 'request', id)).requester];
export const requester: Recipients = async (sheet, { id }) => [(await load(sheet, 'ticket', id)).requester];
export const assignee: Recipients = async (sheet, { id }) => [(await load(sheet, 'ticket', id)).assignee ?? ''];
export const invitees: Recipients = async (sheet, { id }) => Object.keys((await load(sheet, 'meeting', id)).invites);
export const meetingAsker: Recipients = async (sheet, { id }) => [(await load(sheet, 'meeting', id)).requester ?? ''];
export const voters: Recipients = async (sheet, { id }) => (await load(sheet, 'poll', id)).voters;
/** Who asked for the meeting and is not asked for an hour. */
export const pollAsker: Recipients = async (sheet, { id }) => {
  const { requester: person = '', voters: people } = await load(sheet, 'poll', id);
  return people.includes(person) ? [] : [person];
};
export const proposers: Recipients = async (_, { event }) =>
  event.type === 'poll-counter-turned-down'
    ? event.people
    : event.type === 'poll-hour-added'
      ? (event.people ?? [])
      : [];
export const deskWhenAllAnswered: Recipients = async (sheet, { id }) =>
  silentIn(await load(sheet, 'poll', id)).length === 0 ? [desk] : [];
export const helpdesk: Recipients = async () => [desk];
/** The helpdesk, where somebody declines without whom the meeting cannot be. */
export const deskWithoutRequired: Recipients = async (sheet, { id, event }) => {
  if (event.type !== 'invite-answered' || event.answer !== 'declined') return [];
  return (await load(sheet, 'meeting', id)).required?.includes(event.person) ? [desk] : [];
};
/** Who asked for it and is not invited to it: an invitation tells the same. */
export const askerNotInvited: Recipients = async (sheet, { id }) => {
  const { requester: person = '', invites } = await load(sheet, 'meeting', id);
  return person in invites ? [] : [person];
};
export const addedInvitees: Recipients = async (_, { event }) =>
  event.type === 'agenda-added'
    ? event.invitees
    : event.type === 'meeting-joined' || event.type === 'invitees-added'
      ? event.people
      : [];
/** Who has answered the series knows of its dates. */
export const unanswered: Recipients = async (sheet, { id }) =>
  Object.entries((await load(sheet, 'meeting', id)).invites)
    .filter(([, status]) => status === 'pending' || status === 'sent' || status === 'bounced')
    .map(([person]) => person);
export const seriesPeople: Recipients = async (sheet, { id }) =>
  Object.keys((await load(sheet, 'series', id)).standing?.people ?? {});
export const cameOrWent: Recipients = async (_, { event }) => ('people' in event ? (event.people ?? []) : []);
/** Who asked for the case to be discussed, and was invited to the group's meeting before. */
export const agendaAskerNotInvited: Recipients = async (sheet, { event }) => {
  if (event.type !== 'agenda-added') return [];
  const { requester: person } = await load(sheet, 'request', event.requestId);
  return event.invitees.includes(person) ? [] : [person];
};
export const both =
  (...parts: readonly Recipients[]): Recipients =>
  async (sheet, happening) =>
    (await Promise.all(parts.map((part) => part(sheet, happening)))).flat();
