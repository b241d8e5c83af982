import type { Resource } from '../domain/access.ts';
import { careActive } from '../domain/consent.ts';
import {
  type Commands,
  directoryId,
  type EntityFacts,
  type EntityState,
  type Events,
  type Kind,
} from '../domain/entities.ts';
import type { Related } from '../domain/follow-ups.ts';
import { newestOf } from '../domain/meetings/mailed-answers.ts';
import { isOpenRequest } from '../domain/meetings/requests.ts';
import type { Loaded } from '../domain/memory-ports.ts';
import { hcpRoles, type Role } from '../domain/people.ts';
import { underWay } from '../domain/registration.ts';
import type { CorePorts } from './context.ts';
import type { Sheet } from './execute.ts';

/** More than any person or case has of anything. */
const all = { limit: 500 };

/** Whose and which HCP's the thing is that a command touches: what `denied` needs to know. */
export async function resourceOf<K extends Kind>(
  sheet: Sheet,
  kind: K,
  id: string,
  state: EntityState<K>,
  command: Commands,
): Promise<Resource> {
  switch (kind) {
    case 'person':
      return { owner: id };
    case 'directory':
    case 'stray':
      return {};
    case 'series':
      return { parties: Object.keys((state as EntityState<'series'>).standing?.people ?? {}) };
    case 'registration': {
      if (command.type === 'registration.draft') return { owner: command.person, hcp: command.hcp };
      const { person, hcp } = state as EntityState<'registration'>;
      return { owner: person, hcp };
    }
    case 'case': {
      if (command.type === 'case.open') return { owner: command.owner, hcp: command.hcp };
      const { owner, hcp } = state as EntityState<'case'>;
      return { owner, hcp };
    }
    case 'consent': {
      const { owner, hcp } = (await sheet.load('case', id)).state;
      return { owner, hcp };
    }
    case 'document': {
      if (command.type === 'document.receive') {
        const { owner, hcp } = (await sheet.load('case', command.caseId)).state;
        return { owner, hcp };
      }
      const { submitter, hcp } = state as EntityState<'document'>;
      return { owner: submitter, hcp };
    }
    case 'request': {
      if (command.type === 'request.submit') {
        // What the command says of a case is a claim: the case itself tells whose it is.
        if (command.caseId === undefined) return { owner: command.requester, hcp: command.hcp };
        const { owner, hcp } = (await sheet.load('case', command.caseId)).state;
        return { owner, hcp };
      }
      const { requester, hcp } = state as EntityState<'request'>;
      return { owner: requester, hcp };
    }
    case 'poll': {
      const { requester, voters } = state as EntityState<'poll'>;
      return { ...(requester ? { owner: requester } : {}), parties: voters };
    }
    case 'meeting': {
      const { requester, invites } = state as EntityState<'meeting'>;
      return { ...(requester ? { owner: requester } : {}), parties: Object.keys(invites) };
    }
    case 'ticket': {
      if (command.type === 'ticket.open') return { owner: command.requester };
      return { owner: (state as EntityState<'ticket'>).requester };
    }
  }
  throw new Error('No such kind');
}

/** What the rule needs of other entities, read before it decides. */
export async function factsFor<K extends Kind>(
  sheet: Sheet,
  ports: CorePorts,
  kind: K,
  id: string,
  state: EntityState<K>,
  command: Commands,
): Promise<EntityFacts<Kind>> {
  const directory = async () => (await sheet.load('directory', directoryId)).state;
  const listed = async (hcp: string) => Object.hasOwn((await directory()).hcps, hcp);
  const careConsent = async (caseId: string) => careActive((await sheet.load('consent', caseId)).state);
  const caseState = async (caseId: string) => (await sheet.load('case', caseId)).state;
  const goesOn = async (caseId: string) => {
    const { stage, onHold } = await caseState(caseId);
    return !['none', 'closed'].includes(stage) && !onHold;
  };
  const enrolled = async (caseId: string) => {
    const { stage, onHold } = await caseState(caseId);
    return ['enrolled', 'ready', 'discussed'].includes(stage) && !onHold;
  };
  const grantsOf = async (person: string) => (await sheet.load('person', person)).state.grants;

  switch (kind) {
    case 'person': {
      if (command.type !== 'person.grant') return { hcpListed: true };
      return { hcpListed: command.grant.hcp === undefined || (await listed(command.grant.hcp)) };
    }
    case 'directory':
    case 'stray':
      return null;
    case 'registration': {
      const hcp = command.type === 'registration.draft' ? command.hcp : (state as EntityState<'registration'>).hcp;
      const applicant =
        command.type === 'registration.draft' ? command.person : (state as EntityState<'registration'>).person;
      const attempts = await ports.store.find('registration', { person: applicant }, all);
      const open = attempts.find(
        (attempt) =>
          attempt.id !== id && (underWay(attempt.state.stage) || ['active', 'suspended'].includes(attempt.state.stage)),
      );
      const previous =
        command.type === 'registration.draft' && command.previous
          ? (await sheet.load('registration', command.previous)).state
          : undefined;
      return {
        hcpListed: await listed(hcp),
        deciders: {
          leads: await holders(ports, 'lead', hcp),
          deputies: await holders(ports, 'deputy', hcp),
          coordinators: await holders(ports, 'coordinator'),
        },
        ...(open ? { openAttempt: open.id } : {}),
        ...(previous ? { previous: { stage: previous.stage, person: previous.person } } : {}),
      };
    }
    case 'case': {
      const hcp = command.type === 'case.open' ? command.hcp : (state as EntityState<'case'>).hcp;
      const owner =
        command.type === 'case.open'
          ? command.owner
          : command.type === 'case.hand-over'
            ? command.to
            : (state as EntityState<'case'>).owner;
      return {
        careConsent: await careConsent(id),
        hcpListed: await listed(hcp),
        groupListed: command.type !== 'case.open' || Object.hasOwn((await directory()).groups, command.group),
        ownerBelongs: (await grantsOf(owner)).some(
          (grant) => grant.hcp === hcp && (grant.role === 'member' || grant.role === 'assistant'),
        ),
      };
    }
    case 'consent':
      return { caseOpen: !['none', 'closed'].includes((await caseState(id)).stage) };
    case 'document': {
      const caseId = command.type === 'document.receive' ? command.caseId : (state as EntityState<'document'>).caseId;
      return {
        careConsent: await careConsent(caseId),
        caseHcp: (await caseState(caseId)).hcp,
        caseGoesOn: await goesOn(caseId),
        bytesThere: (await ports.vault.length(id)) !== undefined,
      };
    }
    case 'request': {
      const asked = command.type === 'request.submit' ? command : (state as EntityState<'request'>);
      const experts = await Promise.all(
        asked.experts.map(async (expert) => (await sheet.load('person', expert)).state),
      );
      const about = asked.caseId === undefined ? undefined : await caseState(asked.caseId);
      return {
        ...(about ? { caseHcp: about.hcp, caseOwner: about.owner } : {}),
        careConsent: asked.caseId === undefined || (await careConsent(asked.caseId)),
        caseGoesOn: asked.caseId === undefined || (await enrolled(asked.caseId)),
        groupListed: asked.group === undefined || Object.hasOwn((await directory()).groups, asked.group),
        expertsKnown: experts.every((expert) => expert.stage === 'entered'),
        noRepresentative: !experts.some((expert) =>
          expert.grants.some((grant) => grant.role === 'patient-representative'),
        ),
      };
    }
    case 'poll': {
      const about = command.type === 'poll.open' ? command : (state as EntityState<'poll'>);
      const voters = await Promise.all(about.voters.map(async (voter) => (await sheet.load('person', voter)).state));
      return {
        careConsent: about.caseId === undefined || (await careConsent(about.caseId)),
        caseGoesOn: about.caseId === undefined || (await enrolled(about.caseId)),
        votersKnown: voters.every(({ stage }) => stage === 'entered'),
        noRepresentative: !voters.some((voter) => voter.grants.some(({ role }) => role === 'patient-representative')),
        requestWaits: about.requestId === undefined || (await waitsForPoll(sheet, about.requestId, about.caseId)),
      };
    }
    case 'series': {
      const group = command.type === 'series.start' ? command.group : (state as EntityState<'series'>).group;
      const near =
        command.type === 'series.change-rule' || command.type === 'series.end' || command.type === 'series.roster'
          ? await nearMeetings(sheet, state as EntityState<'series'>, command.at)
          : [];
      return {
        groupListed: Object.hasOwn((await directory()).groups, group),
        meetings: Object.fromEntries(
          near.filter(stillToHappen(command.at)).map((found) => [found.id, { sequence: newestOf(found.state) }]),
        ),
        highest: Math.max(0, ...near.map((found) => newestOf(found.state))),
      };
    }
    case 'meeting': {
      const about =
        command.type === 'meeting.schedule' || command.type === 'meeting.put-on-agenda'
          ? command
          : (state as EntityState<'meeting'>);
      const invitees =
        command.type === 'meeting.schedule'
          ? command.invitees
          : command.type === 'meeting.invite'
            ? command.people
            : [];
      const representatives: string[] = [];
      for (const invitee of invitees)
        if ((await grantsOf(invitee)).some((grant) => grant.role === 'patient-representative'))
          representatives.push(invitee);
      const seriesId = command.type === 'meeting.schedule' ? command.seriesId : undefined;
      return {
        convened:
          seriesId !== undefined && Object.values((await sheet.load('series', seriesId)).state.convened).includes(id),
        careConsent: about.caseId === undefined || (await careConsent(about.caseId)),
        caseGoesOn: about.caseId === undefined || (await enrolled(about.caseId)),
        representatives,
      };
    }
    case 'ticket':
      return {
        assigneeIsHelpdesk:
          command.type !== 'ticket.assign' || (await grantsOf(command.to)).some((grant) => grant.role === 'helpdesk'),
      };
  }
  throw new Error('No such kind');
}

const stillToHappen =
  (now: string) =>
  ({ state }: Loaded<'meeting'>) =>
    state.stage === 'scheduled' && state.slot.instant > now;

/** The meetings that a series has convened, without those of long ago. */
async function nearMeetings(
  sheet: Sheet,
  { convened }: EntityState<'series'>,
  now: string,
): Promise<readonly Loaded<'meeting'>[]> {
  // A date that was moved may lie far behind the day that it has by the rule; nobody moves it by half a year.
  const long = new Date(Date.parse(now) - 183 * 86_400_000).toISOString().slice(0, 10);
  const near = Object.entries(convened).filter(([date]) => date >= long);
  return Promise.all(near.map(([, id]) => sheet.load('meeting', id)));
}

async function waitsForPoll(sheet: Sheet, requestId: string, caseId: string | undefined): Promise<boolean> {
  const { state } = await sheet.load('request', requestId);
  if (!isOpenRequest(state) || state.caseId !== caseId) return false;
  if (state.pollId === undefined) return true;
  return !['open', 'closed'].includes((await sheet.load('poll', state.pollId)).state.stage);
}

/** The ids of those who hold a role, for the HCP where it is of one. */
export async function holders(ports: CorePorts, role: Role, hcp?: string): Promise<string[]> {
  const ofHcp = hcp !== undefined && (hcpRoles as readonly Role[]).includes(role);
  const people = await ports.store.find('person', { role, ...(ofHcp ? { hcp } : {}) }, all);
  return people.map((person) => person.id);
}

const followsDates: readonly Events['type'][] = [
  'series-joined',
  'series-parted',
  'series-answered',
  'series-rule-changed',
  'series-ended',
];

async function datesOfSeries(sheet: Sheet, id: string, event: Events): Promise<readonly Loaded<'meeting'>[]> {
  const near = await nearMeetings(sheet, (await sheet.load('series', id)).state, event.at);
  return near.filter(stillToHappen(event.at));
}

/** What the follow-ups of an event need to know of the things that hang together with it, the event included. */
export async function relatedTo(sheet: Sheet, kind: Kind, id: string, event: Events): Promise<Related> {
  const { store } = sheet.ports;
  const caseId = kind === 'case' || kind === 'consent' ? id : undefined;
  const ofCase =
    caseId !== undefined &&
    [
      'consent-withdrawn',
      'consent-expired',
      'consent-entered-in-error',
      'consent-recorded',
      'consent-superseded',
      'case-closed',
    ].includes(event.type);
  const fresh = async <K extends 'meeting' | 'request' | 'poll' | 'document'>(of: K) => {
    if (!ofCase || caseId === undefined) return [];
    const found = await store.find(of, { caseId }, all);
    return Promise.all(found.map((entity) => sheet.load(of, entity.id)));
  };
  return {
    ...(caseId !== undefined
      ? { case: (await sheet.load('case', caseId)).state, consent: (await sheet.load('consent', caseId)).state }
      : {}),
    meetings: await fresh('meeting'),
    requests: await fresh('request'),
    polls: await fresh('poll'),
    documents: await fresh('document'),
    ...(kind === 'registration' ? { registration: (await sheet.load('registration', id)).state } : {}),
    ...(event.type === 'person-left'
      ? {
          registrations: await Promise.all(
            (await store.find('registration', { person: id }, all)).map((found) =>
              sheet.load('registration', found.id),
            ),
          ),
        }
      : {}),
    ...(kind === 'series' && followsDates.includes(event.type) ? { dates: await datesOfSeries(sheet, id, event) } : {}),
    ...(kind === 'request' ? { request: (await sheet.load('request', id)).state } : {}),
    ...(kind === 'meeting' ? { meeting: (await sheet.load('meeting', id)).state } : {}),
  };
}
