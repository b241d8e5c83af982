import { denied, type Resource, unseen } from '../../../domain/access.ts';
import type { Case } from '../../../domain/cases.ts';
import { careActive } from '../../../domain/consent.ts';
import { refuse } from '../../../domain/decider.ts';
import type { CommandType } from '../../../domain/entities.ts';
import type { Filter, Loaded } from '../../../domain/memory-ports.ts';
import { type Actor, holds } from '../../../domain/people.ts';
import type { Ports } from '../../context.ts';
import { every } from '../../every.ts';
import { end, type Turn } from '../../turn.ts';
import type { Option } from '../../view.ts';
import type { Say } from '../../words.ts';

/** Case ids as they are typed; anything else names nothing. */
export const caseIdShape = /^C-[0-9A-Z]{8}$/;

/** Whose and which HCP's a case is. */
export const resourceOfCase = ({ owner, hcp }: Case): Resource => ({ owner, hcp });

/** The case, if it is there and the actor may see it; else the turn ends. */
export async function visibleCase(turn: Turn, id: string): Promise<Loaded<'case'>> {
  const loaded = await turn.ports.store.load('case', id);
  if (loaded.state.stage === 'none') end(refuse('case.unknown'));
  turn.mustSee('case', resourceOfCase(loaded.state));
  return loaded;
}

/** Whether the actor may look at the case. */
export function seesCase({ actor }: Pick<Turn, 'actor'>, state: Case): boolean {
  return state.stage !== 'none' && unseen(actor, 'case', resourceOfCase(state)) === undefined;
}

/** Whether the actor may work on the case: the clinician who answers for it, or an assistant of its HCP. */
export function worksOn(actor: Actor, state: Case): boolean {
  return denied(actor, 'case.ready', resourceOfCase(state)) === undefined;
}

/** The case, if the actor may work on it; else the turn ends. */
export async function workableCase(turn: Turn, id: string): Promise<Loaded<'case'>> {
  const loaded = await visibleCase(turn, id);
  const refusal = denied(turn.actor, 'case.ready', resourceOfCase(loaded.state));
  if (refusal) end(refusal);
  return loaded;
}

/** Whether a button for this command is worth offering to the actor. */
export function mayOnCase(turn: Turn, command: CommandType, state: Case): boolean {
  return denied(turn.actor, command, resourceOfCase(state)) === undefined;
}

/** Whether the actor may read the pseudonym and the CPMS id: the case's own people do, the helpdesk and shared places do not. */
export function readsPseudonym(turn: Pick<Turn, 'actor' | 'where'>, state: Case): boolean {
  if (turn.where.kind === 'shared') return false;
  const withoutDesk = { ...turn.actor, grants: turn.actor.grants.filter(({ role }) => role !== 'helpdesk') };
  return unseen(withoutDesk, 'case', resourceOfCase(state)) === undefined;
}

/**
 * The cases that the actor works on, newest change first: their own, and as an assistant those of the HCP. A lead or deputy who is neither
 * sees the HCP's. They are read as far as somebody goes on asking.
 */
async function* eachCase(ports: Ports, actor: Actor, status?: readonly string[]): AsyncGenerator<Loaded<'case'>> {
  const filter: Filter = status ? { status } : {};
  const works = holds(actor, 'member') || holds(actor, 'assistant');
  const hcps = actor.grants
    .filter(({ role }) => (works ? role === 'assistant' : role === 'lead' || role === 'deputy'))
    .flatMap(({ hcp }) => (hcp ? [hcp] : []));
  const seen = new Set<string>();
  for (const whose of [{ person: actor.id }, ...[...new Set(hcps)].map((hcp) => ({ hcp }))]) {
    for await (const loaded of every(ports.store, 'case', { ...filter, ...whose })) {
      if (seen.has(loaded.id) || unseen(actor, 'case', resourceOfCase(loaded.state))) continue;
      seen.add(loaded.id);
      yield loaded;
    }
  }
}

/** All of them, however many. */
export async function casesOf(ports: Ports, actor: Actor, status?: readonly string[]): Promise<Loaded<'case'>[]> {
  const found: Loaded<'case'>[] = [];
  for await (const loaded of eachCase(ports, actor, status)) found.push(loaded);
  return found;
}

/** The actor's open cases with an active consent for care, for a file; or enrolled ones, for a meeting. */
export async function casesFor(ports: Ports, actor: Actor, what: 'file' | 'meeting'): Promise<Loaded<'case'>[]> {
  const found = (await casesOf(ports, actor, stagesFor[what])).filter(({ state }) => worksOn(actor, state));
  const active = await Promise.all(found.map(({ id }) => cared(ports, id)));
  return found.filter((_, index) => active[index]);
}

const stagesFor = {
  file: ['consented', 'enrolled', 'ready', 'discussed'],
  meeting: ['enrolled', 'ready', 'discussed'],
} as const;

async function cared(ports: Ports, caseId: string): Promise<boolean> {
  return careActive((await ports.store.load('consent', caseId)).state);
}

/** What a case is called in a list, for the people who may read its pseudonym. */
export async function caseLabel(
  ports: Ports,
  say: Say,
  { id, state }: Loaded<'case'>,
  pseudonym: boolean,
): Promise<string> {
  const details = pseudonym ? await ports.store.caseDetails(id) : undefined;
  return details?.pseudonym
    ? say('cases:label', { id, pseudonym: details.pseudonym, group: state.group })
    : say('cases:label-bare', { id, group: state.group });
}

/**
 * Options for the `case` typeahead: the actor's cases that a meeting can be asked for, whose id, pseudonym or group holds the
 * words. For private places only: labels carry pseudonyms.
 */
export async function suggestCases(
  ports: Ports,
  actor: Actor,
  say: Say,
  words: string,
  limit: number,
): Promise<Option[]> {
  const sought = words.trim().toLowerCase();
  const options: Option[] = [];
  // No further than the options go: a label may have to be unsealed.
  for await (const loaded of eachCase(ports, actor, stagesFor.meeting)) {
    if (options.length >= limit) break;
    if (!worksOn(actor, loaded.state)) continue;
    const pseudonym = readsPseudonym({ actor, where: { kind: 'private' } }, loaded.state);
    const label = await caseLabel(ports, say, loaded, pseudonym);
    if (label.toLowerCase().includes(sought) && (await cared(ports, loaded.id)))
      options.push({ value: loaded.id, label });
  }
  return options;
}
