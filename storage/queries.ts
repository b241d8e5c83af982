import { and, asc, count, desc, eq, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import { deciders, type EntityState, type Kind } from '../domain/entities.ts';
import type { Filter, Loaded, Page } from '../domain/memory-ports.ts';
import type { Database } from './database.ts';
import { entities, grants, invites } from './schema.ts';
import type { EntityRow, Tables } from './tables.ts';
import { checkedInstant } from './time.ts';

export interface Queries {
  readonly load: <K extends Kind>(kind: K, id: string) => Loaded<K>;
  readonly find: <K extends Kind>(kind: K, filter: Filter, page: Page) => Loaded<K>[];
  readonly count: (kind: Kind, filter: Filter) => number;
}

/** What the store answers from its read tables. A query is prepared once for each combination of filters. */
export function openQueries({ db }: Database, tables: Tables): Queries {
  const prepared = new Map<string, ReturnType<typeof prepare>>();
  const prepare = (kind: Kind, filter: Filter, order: Page['order']) => ({
    find: db
      .select()
      .from(entities)
      .where(matching(db, kind, filter))
      .orderBy(...orders[order ?? 'newest'])
      .limit(sql.placeholder('limit'))
      .offset(sql.placeholder('offset'))
      .prepare(),
    count: db
      .select({ found: count() })
      .from(entities)
      .where(matching(db, kind, filter))
      .prepare(),
  });
  const query = (kind: Kind, filter: Filter, order: Page['order'] = 'newest') => {
    const given = Object.entries(filter).filter(([, value]) => value !== undefined);
    const shape = [
      order,
      kind === 'person',
      kind === 'poll',
      filter.status?.length,
      ...given.map(([name]) => name).toSorted(),
    ].join();
    const found = prepared.get(shape) ?? prepare(kind, filter, order);
    prepared.set(shape, found);
    return found;
  };

  return {
    load: (kind, id) => {
      const row = tables.row(kind, id);
      return row ? loaded(kind, row) : { id, version: 0, state: deciders[kind].initial };
    },
    find: (kind, filter, { limit, offset = 0, order }) =>
      query(kind, filter, order)
        .find.all({ ...values(kind, filter), limit, offset })
        .map((row) => loaded(kind, row)),
    count: (kind, filter) => query(kind, filter).count.get(values(kind, filter))?.found ?? 0,
  };
}

const orders: Readonly<Record<NonNullable<Page['order']>, readonly SQL[]>> = {
  newest: [desc(entities.seq)],
  longest: [asc(entities.seq)],
  soonest: [asc(entities.instant), asc(entities.seq)],
};

function loaded<K extends Kind>(kind: K, { id, version, state }: EntityRow): Loaded<K> {
  return { id, version, state: JSON.parse(state) as EntityState<K> };
}

/** What the placeholders of a filter's query stand for. */
function values(kind: Kind, { status = [], from, to, ...rest }: Filter): Record<string, unknown> {
  return {
    ...rest,
    kind,
    ...(from === undefined ? {} : { from: checkedInstant(from) }),
    ...(to === undefined ? {} : { to: checkedInstant(to) }),
    ...Object.fromEntries(status.map((value, index) => [`status${index}`, value])),
  };
}

function matching(db: Database['db'], kind: Kind, filter: Filter): SQL | undefined {
  const given = (name: keyof Filter) => filter[name] !== undefined;
  const at = (name: keyof Filter) => sql.placeholder(name);
  const ofPerson = kind === 'person';
  return and(
    eq(entities.kind, sql.placeholder('kind')),
    given('person') ? eq(entities.person, at('person')) : undefined,
    given('hcp') && !ofPerson ? eq(entities.hcp, at('hcp')) : undefined,
    given('caseId') ? eq(entities.caseId, at('caseId')) : undefined,
    given('group') ? eq(entities.group, at('group')) : undefined,
    given('assignee') ? eq(entities.assignee, at('assignee')) : undefined,
    given('from') ? gte(entities.instant, at('from')) : undefined,
    given('to') ? lt(entities.instant, at('to')) : undefined,
    filter.status &&
      inArray(
        entities.status,
        filter.status.map((_, index) => sql.placeholder(`status${index}`)),
      ),
    given('invitee') ? invited(db, kind, 'invitee') : undefined,
    given('party') ? or(eq(entities.person, at('party')), invited(db, kind, 'party')) : undefined,
    given('role') || (given('hcp') && ofPerson) ? granted(db, given('role'), given('hcp') && ofPerson) : undefined,
  );
}

/** A poll stands among the invited with a mark, see `invitedTo`. */
function invited(db: Database['db'], kind: Kind, name: 'invitee' | 'party'): SQL {
  return inArray(
    kind === 'poll' ? sql`'poll/' || ${entities.id}` : sql`${entities.id}`,
    db
      .select({ id: invites.meeting })
      .from(invites)
      .where(eq(invites.person, sql.placeholder(name))),
  );
}

/** People by what they may be; as `holds` of the domain says it, a role of the whole network counts for every HCP. */
function granted(db: Database['db'], role: boolean, hcp: boolean): SQL {
  const atHcp = role ? inArray(grants.hcp, [sql.placeholder('hcp'), '']) : eq(grants.hcp, sql.placeholder('hcp'));
  return inArray(
    entities.id,
    db
      .select({ id: grants.person })
      .from(grants)
      .where(and(role ? eq(grants.role, sql.placeholder('role')) : undefined, hcp ? atHcp : undefined)),
  );
}
