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

/** Whose registration it is. */
export const applicant: Recipients = async (sheet, { id }) => [(await load(sheet, 'registration', id)).person];
/** Who has the role at the registration's HCP, but for the applicant. */
export const ofHcp =
  (role: 'lead' | 'deputy' | 'local-administrator'): Recipients =>
  async (sheet, { id }) => {
    const { hcp, person } = await load(sheet, 'registration', id);
    return (await holders(sheet.ports, role, hcp)).filter((holder) => holder !== person);
  };
/** Everybody who may decide the registration (rule 1). */
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
/** Whose case it is. */
export const owner: Recipients = async (sheet, { id }) => [(await load(sheet, 'case', id)).owner];
/** Whose case it is, and the leads of its HCP. */
export const ownerAndLead: Recipients = async (sheet, { id }) => {
  const { owner: clinician, hcp } = await load(sheet, 'case', id);
  return [clinician, ...(await holders(sheet.ports, 'lead', hcp))];
};
/** Whose file it is. */
export const submitter: Recipients = async (sheet, { id }) => [(await load(sheet, 'document', id)).submitter];
/** Who asked for a meeting. */
export const asker: Recipients = async (sheet, { id }) => [(await load(sheet, 'request', id)).requester];
/** Whose ticket it is. */
export const requester: Recipients = async (sheet, { id }) => [(await load(sheet, 'ticket', id)).requester];
/** Who of the helpdesk has the ticket. */
export const assignee: Recipients = async (sheet, { id }) => [(await load(sheet, 'ticket', id)).assignee ?? ''];
/** Who is invited to the meeting. */
export const invitees: Recipients = async (sheet, { id }) => Object.keys((await load(sheet, 'meeting', id)).invites);
/** For whom the meeting was planned. */
export const meetingAsker: Recipients = async (sheet, { id }) => [(await load(sheet, 'meeting', id)).requester ?? ''];
/** Whom the poll asks. */
export const voters: Recipients = async (sheet, { id }) => (await load(sheet, 'poll', id)).voters;
/** Who asked for the meeting and is not asked for an hour. */
export const pollAsker: Recipients = async (sheet, { id }) => {
  const { requester: person = '', voters: people } = await load(sheet, 'poll', id);
  return people.includes(person) ? [] : [person];
};
/** Who proposed the hour that was taken up or turned down. */
export const proposers: Recipients = async (_, { event }) =>
  event.type === 'poll-counter-turned-down'
    ? event.people
    : event.type === 'poll-hour-added'
      ? (event.people ?? [])
      : [];
/** The helpdesk, once nobody is waited for. */
export const deskWhenAllAnswered: Recipients = async (sheet, { id }) =>
  silentIn(await load(sheet, 'poll', id)).length === 0 ? [desk] : [];
/** The helpdesk. */
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
/** Who came to the meeting by this event. */
export const addedInvitees: Recipients = async (_, { event }) =>
  event.type === 'agenda-added'
    ? event.invitees
    : event.type === 'meeting-joined' || event.type === 'invitees-added'
      ? event.people
      : [];
/** Who is invited and has not answered: who has answered the series knows of its dates. */
export const unanswered: Recipients = async (sheet, { id }) =>
  Object.entries((await load(sheet, 'meeting', id)).invites)
    .filter(([, status]) => status === 'pending' || status === 'sent' || status === 'bounced')
    .map(([person]) => person);
/** Who is invited to the series. */
export const seriesPeople: Recipients = async (sheet, { id }) =>
  Object.keys((await load(sheet, 'series', id)).standing?.people ?? {});
/** Who came to the series or left it by this event. */
export const cameOrWent: Recipients = async (_, { event }) => ('people' in event ? (event.people ?? []) : []);
/** Who asked for the case to be discussed, and was invited to the group's meeting before. */
export const agendaAskerNotInvited: Recipients = async (sheet, { event }) => {
  if (event.type !== 'agenda-added') return [];
  const { requester: person } = await load(sheet, 'request', event.requestId);
  return event.invitees.includes(person) ? [] : [person];
};
/** All of these; who is of several comes as often. */
export const both =
  (...parts: readonly Recipients[]): Recipients =>
  async (sheet, happening) =>
    (await Promise.all(parts.map((part) => part(sheet, happening)))).flat();
