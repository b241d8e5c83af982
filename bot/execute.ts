import { denied, type Resource } from '../domain/access.ts';
import { attested } from '../domain/attestations.ts';
import { isRefusal, type Refusal } from '../domain/decider.ts';
import { type Commands, deciders, type EntityState, type Events, type Kind } from '../domain/entities.ts';
import { type FollowUp, followUps } from '../domain/follow-ups.ts';
import type { Append, Loaded, Outgoing, RowWrite } from '../domain/memory-ports.ts';
import { type Actor, type Identity, system } from '../domain/people.ts';
import { dropBytes } from './bytes.ts';
import type { CorePorts } from './context.ts';
import { factsFor, relatedTo, resourceOf } from './facts.ts';
import { outgoingFor } from './outbox/notices.ts';
import { homesOfNewcomers } from './surfaces/homes.ts';

/** One command for one entity; time and actor are added on the way. `as` names another actor for this step: the system, for what a proven code or link entails. */
export type Step = Distribute<FollowUp>;
type Distribute<F> = F extends unknown ? Omit<F, 'mayBeRefused'> & { readonly as?: Actor } : never;

export interface Done {
  /** What happened, in order, follow-ups included. */
  readonly events: readonly { readonly kind: Kind; readonly id: string; readonly event: Events }[];
}

/** The same delivery was done before; `outcome` is what it left behind. */
export interface Repeated {
  readonly repeated: string;
}

export interface Extras {
  /** Sealed rows that go with the events. */
  readonly rows?: readonly RowWrite[];
  readonly outgoing?: readonly Outgoing[];
  readonly delivery?: { readonly key: string; readonly outcome: string };
  /** The platform in whose room of the helpdesk it was said: it is not said there again. */
  readonly saidIn?: Identity['platform'];
}

const tries = 8;

/** Says whether an outcome of `execute` is a repeated delivery. */
export function isRepeated(outcome: Done | Refusal | Repeated): outcome is Repeated {
  return 'repeated' in outcome;
}

/**
 * The one road of every act: authorise, decide, add what follows from it, and commit all of it or nothing. Where somebody was
 * faster it loads and decides again. Gives what happened, or the refusal of the first step that was refused (nothing is then
 * written). Throws only when the store fails, or is in conflict eight times in a row.
 */
export async function execute(
  ports: CorePorts,
  actor: Actor,
  steps: readonly Step[],
  extras: Extras = {},
): Promise<Done | Refusal | Repeated> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const sheet = createSheet(ports);
    const at = ports.clock.now();
    const refusal = await decideAll(sheet, ports, actor, steps, at);
    if (refusal) return refusal;
    const newcomers = await homesOfNewcomers(ports, extras.rows ?? []);
    const rows = [...(extras.rows ?? []), ...(await attestationRows(sheet, ports, actor)), ...newcomers.rows];
    const outgoing = [...(extras.outgoing ?? []), ...newcomers.outgoing];
    for (const { kind, id, event, version } of sheet.happened)
      outgoing.push(...(await outgoingFor(sheet, { kind, id, event, version }, extras.saidIn)));
    const committed = await ports.store.commit({
      appends: sheet.appends(),
      reads: sheet.reads(),
      rows,
      outgoing,
      ...(extras.delivery ? { delivery: extras.delivery } : {}),
    });
    if (committed.ok) {
      for (const { kind, id, event } of sheet.happened) {
        if (ends(event)) await stopStragglers(ports, kind, id, event);
        if (kind === 'document') await dropBytes(ports, id, event.type);
      }
      return { events: sheet.happened };
    }
    if (committed.conflict === 'delivery') return { repeated: committed.outcome };
  }
  throw new Error('The store was in conflict eight times in a row');
}

async function decideAll(
  sheet: Sheet,
  ports: CorePorts,
  actor: Actor,
  steps: readonly Step[],
  at: string,
): Promise<Refusal | undefined> {
  const queue: { step: Step | FollowUp; actor: Actor; mayBeRefused: boolean }[] = steps.map((step) => ({
    step,
    actor: step.as ?? actor,
    mayBeRefused: false,
  }));
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { step } = next;
    const loaded = await sheet.load(step.kind, step.id);
    const command = { ...step.command, at, by: next.actor.id } as Commands;
    const resource: Resource = await resourceOf(sheet, step.kind, step.id, loaded.state, command);
    const forbidden = denied(next.actor, command.type, resource);
    if (forbidden) return forbidden;
    const facts = await factsFor(sheet, ports, step.kind, step.id, loaded.state, command);
    const decider = deciders[step.kind] as (typeof deciders)['ticket'];
    const outcome = decider.decide(loaded.state as never, command as never, facts as never);
    if (isRefusal(outcome)) {
      if (next.mayBeRefused) continue;
      return outcome;
    }
    const events = outcome as readonly Events[];
    for (const event of events) sheet.happen(step.kind, step.id, event);
    const entailed: typeof queue = [];
    for (const event of events) {
      const after = await relatedTo(sheet, step.kind, step.id, event);
      const more = followUps(event, step.kind, step.id, after);
      entailed.push(
        ...more.map((follow) => ({ step: follow, actor: system, mayBeRefused: follow.mayBeRefused ?? false })),
      );
    }
    // What an event entails comes before the next step: that one may stand on it.
    queue.unshift(...entailed);
  }
  return undefined;
}

/** Whether everything that is planned for a case stops with this event. */
function ends({ type }: Events): boolean {
  return ['consent-withdrawn', 'consent-expired', 'consent-entered-in-error', 'case-closed'].includes(type);
}

/**
 * Stops what was planned for a case in the very moment in which its consent ended: it was committed between the look and the
 * commit, and neither read what the other wrote. Run again behind the event, and by the housekeeping for cases that are on hold.
 */
export async function stopStragglers(ports: CorePorts, kind: Kind, id: string, event: Events): Promise<void> {
  const sheet = createSheet(ports);
  await sheet.load(kind, id);
  for (const { mayBeRefused: _, ...step } of followUps(event, kind, id, await relatedTo(sheet, kind, id, event)))
    await execute(ports, system, [step]);
}

/** Who attested what: the name and the role are sealed beside the event. */
async function attestationRows(sheet: Sheet, ports: CorePorts, actor: Actor): Promise<RowWrite[]> {
  const rows: RowWrite[] = [];
  for (const { kind, id, version, event } of sheet.happened) {
    if (!attested(event.type) || event.by === 'system') continue;
    const details = await ports.store.person(event.by);
    const role =
      actor.grants.map((grant) => (grant.hcp ? `${grant.role} ${grant.hcp}` : grant.role)).join(', ') || 'applicant';
    rows.push({ row: 'attestation', id: `${kind}/${id}/${version}`, value: { name: details?.name ?? '', role } });
  }
  return rows;
}

/** What was read and what happened so far in one decision. Reads are repeatable, and see what has happened on the sheet. */
export interface Sheet {
  readonly ports: CorePorts;
  load<K extends Kind>(kind: K, id: string): Promise<Loaded<K>>;
  happen(kind: Kind, id: string, event: Events): void;
  readonly happened: readonly {
    readonly kind: Kind;
    readonly id: string;
    readonly version: number;
    readonly event: Events;
  }[];
  appends(): Append[];
  reads(): { kind: Kind; id: string; version: number }[];
}

/** An empty sheet over the store. */
export function createSheet(ports: CorePorts): Sheet {
  const entities = new Map<
    string,
    { kind: Kind; id: string; read: number; state: EntityState<Kind>; events: Events[] }
  >();
  const happened: { kind: Kind; id: string; version: number; event: Events }[] = [];
  const touch = async (kind: Kind, id: string) => {
    const key = `${kind}/${id}`;
    const held = entities.get(key);
    if (held) return held;
    const loaded = await ports.store.load(kind, id);
    const entry = { kind, id, read: loaded.version, state: loaded.state as EntityState<Kind>, events: [] };
    entities.set(key, entry);
    return entry;
  };
  return {
    ports,
    happened,
    async load<K extends Kind>(kind: K, id: string): Promise<Loaded<K>> {
      const entry = await touch(kind, id);
      return { id, version: entry.read + entry.events.length, state: entry.state as EntityState<K> };
    },
    happen(kind, id, event) {
      const entry = entities.get(`${kind}/${id}`);
      if (!entry) throw new Error(`${kind} was not loaded before it changed`);
      entry.events.push(event);
      entry.state = (deciders[kind] as (typeof deciders)['ticket']).evolve(
        entry.state as never,
        event as never,
      ) as EntityState<Kind>;
      happened.push({ kind, id, version: entry.read + entry.events.length, event });
    },
    appends: () =>
      [...entities.values()]
        .filter((entry) => entry.events.length > 0)
        .map(({ kind, id, read, events }) => ({ kind, id, expected: read, events }) as unknown as Append),
    reads: () =>
      [...entities.values()]
        .filter((entry) => entry.events.length === 0)
        .map(({ kind, id, read }) => ({ kind, id, version: read })),
  };
}
