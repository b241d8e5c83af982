import { denied, type Resource } from '../access.ts';
import { type Consent, careActive } from '../consent.ts';
import { type Decider, isRefusal, type Refusal } from '../decider.ts';
import { type Commands, deciders, directoryId, type EntityState, type Events, type Kind } from '../entities.ts';
import { type FollowUp, followUps, type Related } from '../follow-ups.ts';
import { type Actor, holds, type Role, system } from '../people.ts';
import { underWay } from '../registration.ts';
import { frozen } from './histories.ts';

/** One thing that happened, in the act (all or nothing) that it belongs to. */
export interface Happened {
  readonly act: number;
  readonly kind: Kind;
  readonly id: string;
  readonly event: Events;
}

/** All entities and all that happened, in memory: what the store is to the bot. Never changed in place. */
export interface World {
  readonly entities: ReadonlyMap<string, { readonly kind: Kind; readonly id: string; readonly state: unknown }>;
  readonly log: readonly Happened[];
  readonly acts: number;
}

export const emptyWorld: World = { entities: new Map(), log: [], acts: 0 };

export type Order = {
  [K in Kind]: { readonly kind: K; readonly id: string; readonly command: WithoutAsk<Commands<K>> };
}[Kind];
type WithoutAsk<C> = C extends unknown ? Omit<C, 'at' | 'by'> : never;
type Loose = Decider<unknown, unknown, Events, unknown>;

/** The state of one entity; its initial one where nothing has happened. */
export function look<K extends Kind>(world: World, kind: K, id: string): EntityState<K> {
  return (world.entities.get(`${kind}/${id}`)?.state ?? deciders[kind].initial) as EntityState<K>;
}

/** Every entity of a kind. */
export function all<K extends Kind>(
  world: World,
  kind: K,
): readonly { readonly id: string; readonly state: EntityState<K> }[] {
  return [...world.entities.values()].filter((entity) => entity.kind === kind) as never;
}

/** Somebody as they are known now: verified or not, with the roles that they hold. */
export function actorOf(world: World, id: string): Actor {
  if (id === 'system') return system;
  const { grants, verified } = look(world, 'person', id);
  return { id, verified: verified !== undefined, grants };
}

/**
 * Does what the bot does with an order: asks who may, decides with facts made from the states, and has the system do all
 * that follows. Gives the next world, or the refusal, and then nothing has happened. Decides each command twice with frozen
 * arguments, and throws where the two differ.
 */
export function act(world: World, who: string, order: Order, at: string): World | Refusal {
  const queue: { readonly order: Order | FollowUp; readonly actor: Actor }[] = [{ order, actor: actorOf(world, who) }];
  let now: World = { ...world, acts: world.acts + 1 };
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { actor } = next;
    const { kind, id } = next.order;
    const command = frozen({ ...next.order.command, at, by: actor.id }) as Commands;
    const outcome = denied(actor, command.type, resourceOf(now, kind, id, command)) ?? decided(now, kind, id, command);
    if (isRefusal(outcome)) {
      if ('mayBeRefused' in next.order && next.order.mayBeRefused) continue;
      return outcome;
    }
    for (const event of outcome) {
      now = happen(now, kind, id, event);
      const more = followUps(event, kind, id, frozen(relatedTo(now, kind, id, event.at)));
      queue.push(...more.map((follow) => ({ order: follow, actor: system })));
    }
  }
  return now;
}

function decided(world: World, kind: Kind, id: string, command: Commands): readonly Events[] | Refusal {
  const decider = deciders[kind] as unknown as Loose;
  const facts = frozen(factsFor(world, kind, id, command));
  const once = decider.decide(look(world, kind, id), command, facts);
  const twice = decider.decide(look(world, kind, id), command, facts);
  if (JSON.stringify(once) !== JSON.stringify(twice)) throw new Error(`${command.type} was decided in two ways`);
  return once;
}

function happen(world: World, kind: Kind, id: string, event: Events): World {
  const decider = deciders[kind] as unknown as Loose;
  const state = frozen(decider.evolve(look(world, kind, id), frozen(event)));
  const entities = new Map(world.entities).set(`${kind}/${id}`, { kind, id, state });
  return { ...world, entities, log: [...world.log, { act: world.acts, kind, id, event }] };
}

function resourceOf(world: World, kind: Kind, id: string, command: Commands): Resource {
  const ofCase = (caseId: string): Resource => {
    const { owner, hcp } = look(world, 'case', caseId);
    return { owner, hcp };
  };
  switch (kind) {
    case 'person':
      return { owner: id };
    case 'directory':
    case 'stray':
      return {};
    case 'series':
      return { parties: Object.keys(look(world, 'series', id).standing?.people ?? {}) };
    case 'registration': {
      const { person, hcp } = command.type === 'registration.draft' ? command : look(world, 'registration', id);
      return { owner: person, hcp };
    }
    case 'case':
      return command.type === 'case.open' ? { owner: command.owner, hcp: command.hcp } : ofCase(id);
    case 'consent':
      return ofCase(id);
    case 'document': {
      if (command.type === 'document.receive') return ofCase(command.caseId);
      const { submitter, hcp } = look(world, 'document', id);
      return { owner: submitter, hcp };
    }
    case 'request': {
      if (command.type === 'request.submit' && command.caseId !== undefined) return ofCase(command.caseId);
      const { requester, hcp } = command.type === 'request.submit' ? command : look(world, 'request', id);
      return { owner: requester, hcp };
    }
    case 'poll': {
      const { requester, voters } = look(world, 'poll', id);
      return { ...(requester ? { owner: requester } : {}), parties: voters };
    }
    case 'meeting': {
      const { requester, invites } = look(world, 'meeting', id);
      return { ...(requester ? { owner: requester } : {}), parties: Object.keys(invites) };
    }
    case 'ticket':
      return { owner: command.type === 'ticket.open' ? command.requester : look(world, 'ticket', id).requester };
  }
}

function factsFor(world: World, kind: Kind, id: string, command: Commands): unknown {
  const { hcps, groups } = look(world, 'directory', directoryId);
  const listed = (hcp: string | undefined) => hcp === undefined || Object.hasOwn(hcps, hcp);
  const with_ = (role: Role, hcp?: string) =>
    all(world, 'person')
      .filter(({ state }) => holds(state, role, hcp))
      .map((person) => person.id);
  const care = (caseId: string | undefined) => caseId === undefined || careActive(look(world, 'consent', caseId));
  const goesOn = (caseId: string | undefined, stages: readonly string[]) => {
    if (caseId === undefined) return true;
    const { stage, onHold } = look(world, 'case', caseId);
    return stages.includes(stage) && !onHold;
  };
  const enrolled = ['enrolled', 'ready', 'discussed'];
  const isRepresentative = (person: string) => holds(look(world, 'person', person), 'patient-representative');
  switch (kind) {
    case 'person':
      return { hcpListed: command.type !== 'person.grant' || listed(command.grant.hcp) };
    case 'directory':
    case 'stray':
      return null;
    case 'registration': {
      const drafted = command.type === 'registration.draft' ? command : undefined;
      const { person, hcp } = drafted ?? look(world, 'registration', id);
      const open = all(world, 'registration').find(
        (other) =>
          other.id !== id &&
          other.state.person === person &&
          (underWay(other.state.stage) || ['active', 'suspended'].includes(other.state.stage)),
      );
      const deciding = {
        leads: with_('lead', hcp),
        deputies: with_('deputy', hcp),
        coordinators: with_('coordinator'),
      };
      const before = drafted?.previous === undefined ? undefined : look(world, 'registration', drafted.previous);
      return {
        hcpListed: listed(hcp),
        deciders: deciding,
        ...(open ? { openAttempt: open.id } : {}),
        ...(before ? { previous: { stage: before.stage, person: before.person } } : {}),
      };
    }
    case 'case': {
      const state = command.type === 'case.open' ? command : look(world, 'case', id);
      const owner = look(world, 'person', command.type === 'case.hand-over' ? command.to : state.owner);
      return {
        careConsent: care(id),
        hcpListed: listed(state.hcp),
        groupListed: Object.hasOwn(groups, state.group),
        ownerBelongs: holds(owner, 'member', state.hcp) || holds(owner, 'assistant', state.hcp),
      };
    }
    case 'consent':
      return { caseOpen: !['none', 'closed'].includes(look(world, 'case', id).stage) };
    case 'document': {
      const { caseId } = command.type === 'document.receive' ? command : look(world, 'document', id);
      return {
        careConsent: care(caseId),
        caseGoesOn: goesOn(caseId, ['draft', 'consented', ...enrolled]),
        bytesThere: !look(world, 'document', id).purged,
        caseHcp: look(world, 'case', caseId).hcp,
      };
    }
    case 'request': {
      const { caseId, group, experts } = command.type === 'request.submit' ? command : look(world, 'request', id);
      const about = caseId === undefined ? undefined : look(world, 'case', caseId);
      return {
        careConsent: care(caseId),
        caseGoesOn: goesOn(caseId, enrolled),
        groupListed: group === undefined || Object.hasOwn(groups, group),
        expertsKnown: experts.every((expert) => look(world, 'person', expert).stage === 'entered'),
        noRepresentative: !experts.some(isRepresentative),
        ...(about ? { caseHcp: about.hcp, caseOwner: about.owner } : {}),
      };
    }
    case 'poll': {
      const { caseId, voters, requestId } = command.type === 'poll.open' ? command : look(world, 'poll', id);
      const request = requestId === undefined ? undefined : look(world, 'request', requestId);
      const running =
        request?.pollId !== undefined && ['open', 'closed'].includes(look(world, 'poll', request.pollId).stage);
      return {
        careConsent: care(caseId),
        caseGoesOn: goesOn(caseId, enrolled),
        votersKnown: voters.every((voter) => look(world, 'person', voter).stage === 'entered'),
        noRepresentative: !voters.some(isRepresentative),
        requestWaits:
          request === undefined ||
          (['submitted', 'in-triage', 'needs-information'].includes(request.stage) &&
            request.caseId === caseId &&
            !running),
      };
    }
    case 'series': {
      const { group } = command.type === 'series.start' ? command : look(world, 'series', id);
      const planned = datesOfSeries(world, id, command.at);
      return {
        groupListed: Object.hasOwn(groups, group),
        meetings: Object.fromEntries(planned.map((date) => [date.id, { sequence: date.state.sequence }])),
      };
    }
    case 'meeting': {
      const { caseId } =
        command.type === 'meeting.schedule' || command.type === 'meeting.put-on-agenda'
          ? command
          : look(world, 'meeting', id);
      const invitees =
        command.type === 'meeting.schedule'
          ? command.invitees
          : command.type === 'meeting.invite'
            ? command.people
            : [];
      const seriesId = command.type === 'meeting.schedule' ? command.seriesId : undefined;
      return {
        convened: seriesId !== undefined && Object.values(look(world, 'series', seriesId).convened).includes(id),
        careConsent: care(caseId),
        caseGoesOn: goesOn(caseId, enrolled),
        representatives: invitees.filter(isRepresentative),
      };
    }
    case 'ticket':
      return {
        assigneeIsHelpdesk: command.type !== 'ticket.assign' || holds(look(world, 'person', command.to), 'helpdesk'),
      };
  }
}

/** The meetings of a series that are still to happen. */
function datesOfSeries(world: World, id: string, now: string) {
  const called = Object.values(look(world, 'series', id).convened);
  return all(world, 'meeting').filter(
    (date) => called.includes(date.id) && date.state.stage === 'scheduled' && date.state.slot.instant > now,
  );
}

function relatedTo(world: World, kind: Kind, id: string, now: string): Related {
  const ofCase = kind === 'case' || kind === 'consent';
  const of = <K extends 'meeting' | 'request' | 'poll' | 'document'>(some: K) =>
    ofCase ? all(world, some).filter(({ state }) => state.caseId === id) : [];
  return {
    ...(ofCase ? { case: look(world, 'case', id), consent: look(world, 'consent', id) as Consent } : {}),
    meetings: of('meeting'),
    requests: of('request'),
    polls: of('poll'),
    documents: of('document'),
    ...(kind === 'registration' ? { registration: look(world, 'registration', id) } : {}),
    ...(kind === 'request' ? { request: look(world, 'request', id) } : {}),
    ...(kind === 'series' ? { dates: datesOfSeries(world, id, now) } : {}),
    ...(kind === 'meeting' ? { meeting: look(world, 'meeting', id) } : {}),
    ...(kind === 'person'
      ? { registrations: all(world, 'registration').filter(({ state }) => state.person === id) }
      : {}),
  };
}
