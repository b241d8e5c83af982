import { and, asc, eq, sql } from 'drizzle-orm';
import { current } from '../domain/consent.ts';
import { deciders, type EntityEvent, type EntityState, type Kind } from '../domain/entities.ts';
import type { Meeting } from '../domain/meetings/meeting.ts';
import type { Poll } from '../domain/meetings/polls.ts';
import type { Person } from '../domain/people.ts';
import type { Database } from './database.ts';
import { entities, events, grants, invites } from './schema.ts';
import { instant } from './time.ts';

/** An entity as its read table holds it. */
export type EntityRow = typeof entities.$inferSelect;

type Columns = { readonly status: string } & Partial<
  Pick<EntityRow, 'person' | 'hcp' | 'caseId' | 'group' | 'assignee' | 'since' | 'instant'>
>;

/** What each kind shows in the columns that are searched. `person` is whose it is: the one it is about, its owner, who asked. */
const columns: { readonly [K in Kind]: (state: EntityState<K>, id: string) => Columns } = {
  person: ({ stage }, id) => ({ status: stage, person: id }),
  directory: () => ({ status: 'listed' }),
  registration: ({ stage, person, hcp, assignee, since }) => ({ status: stage, person, hcp, assignee, since }),
  case: ({ stage, onHold, owner, hcp, group, since }, id) => ({
    status: onHold ? 'on-hold' : stage,
    person: owner,
    hcp,
    caseId: id,
    group,
    since,
  }),
  consent: (state, id) => {
    const care = current(state, 'care');
    return { status: care?.status ?? 'not-recorded', caseId: id, since: care?.since };
  },
  document: ({ stage, submitter, hcp, caseId, since }) => ({ status: stage, person: submitter, hcp, caseId, since }),
  request: ({ stage, requester, hcp, caseId, group, assignee, since }) => ({
    status: stage,
    person: requester,
    hcp,
    caseId,
    group,
    assignee,
    since,
  }),
  poll: ({ stage, requester, hcp, caseId, group, deadline, since }) => ({
    status: stage,
    person: requester,
    hcp,
    caseId,
    group,
    instant: instant(deadline),
    since,
  }),
  series: ({ stage, group, since }) => ({ status: stage, group, since }),
  meeting: ({ stage, requester, hcp, caseId, group, slot, since }) => ({
    status: stage,
    person: requester,
    hcp,
    caseId,
    group,
    instant: instant(slot.instant),
    since,
  }),
  ticket: ({ stage, requester, hcp, assignee, since }) => ({ status: stage, person: requester, hcp, assignee, since }),
  stray: ({ stage, person, since }) => ({ status: stage, person, since }),
};

/** One event with its place, as the log tells it. `event` is its JSON. */
export interface Logged {
  readonly seq: number;
  readonly id: string;
  readonly version: number;
  readonly event: string;
}

/**
 * What one event of the log makes of an entity's row (undefined: nothing has happened yet). A commit and a rebuild both come
 * through here, one event at a time and from the stored JSON, so that they give the same bytes.
 */
export function step<K extends Kind>(
  kind: K,
  before: EntityRow | undefined,
  { seq, id, version, event }: Logged,
): EntityRow {
  const happened = JSON.parse(event) as EntityEvent<K>;
  const previous = before ? (JSON.parse(before.state) as EntityState<K>) : deciders[kind].initial;
  const state = JSON.stringify(deciders[kind].evolve(previous, happened));
  const shown = columns[kind](JSON.parse(state) as EntityState<K>, id);
  const sinceBefore = before?.status === shown.status ? before.since : happened.at;
  return {
    kind,
    id,
    version,
    seq,
    state,
    status: shown.status,
    person: shown.person ?? null,
    hcp: shown.hcp ?? null,
    caseId: shown.caseId ?? null,
    group: shown.group ?? null,
    assignee: shown.assignee ?? null,
    instant: shown.instant ?? null,
    since: shown.since ?? sinceBefore,
  };
}

/** What stands in the table of the invited for a meeting, or for a poll. */
function invitedTo(kind: Kind, id: string): string {
  return kind === 'poll' ? `poll/${id}` : id;
}

/** Whom a meeting or a poll is for. */
function partiesOf({ kind, state }: EntityRow): readonly string[] {
  return kind === 'poll' ? (JSON.parse(state) as Poll).voters : Object.keys((JSON.parse(state) as Meeting).invites);
}

export interface Tables {
  readonly row: (kind: Kind, id: string) => EntityRow | undefined;
  /** Writes an entity's row and what hangs on it; only within a transaction. */
  readonly save: (row: EntityRow) => void;
  /** Makes all read tables anew from the log, in one transaction; others read the old ones until it is done. */
  readonly rebuild: () => { readonly entities: number; readonly events: number };
  /** Every row of every read table as text, in the order of its key. */
  readonly dump: () => string[];
}

/** The read tables: made from the events alone. */
export function openTables({ db, client, atomically }: Database): Tables {
  const at = (name: string) => sql.placeholder(name);
  const find = db
    .select()
    .from(entities)
    .where(and(eq(entities.kind, at('kind')), eq(entities.id, at('id'))))
    .prepare();
  const upsert = db
    .insert(entities)
    .values({
      kind: at('kind'),
      id: at('id'),
      version: at('version'),
      status: at('status'),
      person: at('person'),
      hcp: at('hcp'),
      caseId: at('caseId'),
      group: at('group'),
      assignee: at('assignee'),
      since: at('since'),
      instant: at('instant'),
      seq: at('seq'),
      state: at('state'),
    })
    .onConflictDoUpdate({
      target: [entities.kind, entities.id],
      set: {
        version: sql`excluded.version`,
        status: sql`excluded.status`,
        person: sql`excluded.person`,
        hcp: sql`excluded.hcp`,
        caseId: sql`excluded.case_id`,
        group: sql`excluded.group_code`,
        assignee: sql`excluded.assignee`,
        since: sql`excluded.since`,
        instant: sql`excluded.instant`,
        seq: sql`excluded.seq`,
        state: sql`excluded.state`,
      },
    })
    .prepare();
  const ungrant = db
    .delete(grants)
    .where(eq(grants.person, at('person')))
    .prepare();
  // Rules keep a grant from being given twice; a read table bears whatever the log says.
  const grant = db
    .insert(grants)
    .values({ person: at('person'), role: at('role'), hcp: at('hcp') })
    .onConflictDoNothing()
    .prepare();
  const uninvite = db
    .delete(invites)
    .where(eq(invites.meeting, at('meeting')))
    .prepare();
  const invite = db
    .insert(invites)
    .values({ meeting: at('meeting'), person: at('person') })
    .prepare();

  const save: Tables['save'] = (row) => {
    upsert.run(row);
    if (row.kind === 'person') {
      ungrant.run({ person: row.id });
      for (const { role, hcp } of (JSON.parse(row.state) as Person).grants)
        grant.run({ person: row.id, role, hcp: hcp ?? '' });
    } else if (row.kind === 'meeting' || row.kind === 'poll') {
      const meeting = invitedTo(row.kind, row.id);
      uninvite.run({ meeting });
      for (const person of partiesOf(row)) invite.run({ meeting, person });
    }
  };

  return {
    save,
    row: (kind, id) => find.get({ kind, id }),
    rebuild: () =>
      atomically(() => {
        const made = { entities: 0, events: 0 };
        for (const table of [entities, grants, invites]) db.delete(table).run();
        const streams = db.selectDistinct({ kind: events.kind, id: events.id }).from(events).all();
        const stream = db
          .select()
          .from(events)
          .where(and(eq(events.kind, at('kind')), eq(events.id, at('id'))))
          .orderBy(asc(events.version))
          .prepare();
        for (const key of streams) {
          const happened = stream.all(key);
          const row = happened.reduce<EntityRow | undefined>(
            (before, event) => step(key.kind as Kind, before, event),
            undefined,
          );
          if (row) save(row);
          made.entities += 1;
          made.events += happened.length;
        }
        return made;
      }),
    dump: () =>
      ['entities ORDER BY kind, id', 'grants ORDER BY person, role, hcp', 'invites ORDER BY meeting, person'].flatMap(
        (table) =>
          client
            .prepare<[], unknown[]>(`SELECT * FROM ${table}`)
            .raw()
            .all()
            .map((row) => JSON.stringify([table.split(' ')[0], ...row])),
      ),
  };
}
