import { isNotNull, sql } from 'drizzle-orm';
import { blob, index, integer, primaryKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';

const sealed = (name: string) => blob(name, { mode: 'buffer' });

// ---------------------------------------------------------------- what happened: triggers forbid UPDATE and DELETE

export const events = sqliteTable(
  'events',
  {
    /** 1, 2, 3, … without a gap over all kinds. */
    seq: integer().primaryKey(),
    kind: text().notNull(),
    id: text().notNull(),
    version: integer().notNull(),
    /** The event's JSON, byte for byte as it was chained. */
    event: text().notNull(),
    /** Keyed hashes of the sealed texts and attestations that came with the event, by their ids: a JSON object. */
    texts: text(),
    /** HMAC-SHA-256 over the hash before and this row. */
    hash: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [unique('events_stream').on(table.kind, table.id, table.version)],
);

// ---------------------------------------------------------------- how things stand: made from the events alone

/** Every entity of every kind, in one table: the columns are what `Filter` asks for, `state` is what `load` gives. */
export const entities = sqliteTable(
  'entities',
  {
    kind: text().notNull(),
    id: text().notNull(),
    version: integer().notNull(),
    status: text().notNull(),
    person: text(),
    hcp: text(),
    caseId: text('case_id'),
    group: text('group_code'),
    assignee: text(),
    /** When the status was reached. */
    since: text().notNull(),
    /** The instant of a meeting's slot. */
    instant: text(),
    /** The log's row that changed it last. */
    seq: integer().notNull(),
    state: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.id] }),
    index('entities_newest').on(table.kind, table.seq),
    index('entities_status').on(table.kind, table.status, table.seq),
    index('entities_person').on(table.kind, table.person, table.seq).where(isNotNull(table.person)),
    index('entities_hcp').on(table.kind, table.hcp, table.seq).where(isNotNull(table.hcp)),
    index('entities_case').on(table.kind, table.caseId, table.seq).where(isNotNull(table.caseId)),
    index('entities_group').on(table.kind, table.group, table.seq).where(isNotNull(table.group)),
    index('entities_assignee').on(table.kind, table.assignee, table.seq).where(isNotNull(table.assignee)),
    index('entities_instant').on(table.kind, table.instant).where(isNotNull(table.instant)),
  ],
);

/** A person's roles; `hcp` is empty for those of the whole network. */
export const grants = sqliteTable(
  'grants',
  { person: text().notNull(), role: text().notNull(), hcp: text().notNull() },
  (table) => [
    primaryKey({ columns: [table.person, table.role, table.hcp] }),
    index('grants_role').on(table.role, table.hcp),
    index('grants_hcp').on(table.hcp),
  ],
);

/** Who is invited to a meeting, or asked by a poll ('poll/' and its id stand in the same column). */
export const invites = sqliteTable('invites', { meeting: text().notNull(), person: text().notNull() }, (table) => [
  primaryKey({ columns: [table.meeting, table.person] }),
  index('invites_person').on(table.person),
]);

// ---------------------------------------------------------------- who they are and what they wrote: sealed, erasable

export const people = sqliteTable(
  'people',
  {
    id: text().primaryKey(),
    /** Blind index of the e-mail address. */
    email: text().notNull(),
    details: sealed('details').notNull(),
    writtenAt: text('written_at').notNull(),
  },
  (table) => [index('people_email').on(table.email)],
);

export const identities = sqliteTable(
  'identities',
  {
    /** Blind index of platform, tenant and user. */
    key: text().primaryKey(),
    person: text().notNull(),
    value: sealed('value').notNull(),
  },
  (table) => [index('identities_person').on(table.person)],
);

export const cases = sqliteTable('cases', {
  id: text().primaryKey(),
  details: sealed('details').notNull(),
  writtenAt: text('written_at').notNull(),
});

export const texts = sqliteTable('texts', {
  id: text().primaryKey(),
  /** The entity that the text belongs to, as 'kind/id': its retention is the text's. */
  owner: text().notNull(),
  value: sealed('value').notNull(),
  writtenAt: text('written_at').notNull(),
});

export const attestations = sqliteTable('attestations', {
  id: text().primaryKey(),
  value: sealed('value').notNull(),
  writtenAt: text('written_at').notNull(),
});

// ---------------------------------------------------------------- what passes through

// No index on the times here and above: only sweeps ask for them, and every commit would pay for one more page.

export const kept = sqliteTable('kept', {
  /** Keyed hash of the key. */
  key: text().primaryKey(),
  /** Keyed hash of the key up to its last colon; null in rows from before there was one. */
  parent: text(),
  value: sealed('value').notNull(),
  expiresAt: text('expires_at'),
});

export const vault = sqliteTable('vault', {
  id: text().primaryKey(),
  /** The bytes; of a large file its key and its chunks, and `file` names it in the folder. */
  bytes: sealed('bytes').notNull(),
  file: text(),
  expiresAt: text('expires_at').notNull(),
});

export const deliveries = sqliteTable('deliveries', {
  /** Keyed hash of the delivery key. */
  key: text().primaryKey(),
  outcome: text().notNull(),
  at: text().notNull(),
});

export const outbox = sqliteTable(
  'outbox',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    kind: text({ enum: ['notice', 'surface', 'mail', 'work', 'answer'] }).notNull(),
    lane: text().notNull(),
    payload: text({ mode: 'json' }).$type<Readonly<Record<string, string>>>().notNull(),
    dueAt: text('due_at').notNull(),
    replaces: text(),
    attempts: integer().notNull().default(0),
    leaseUntil: text('lease_until'),
    dead: integer({ mode: 'boolean' }).notNull().default(false),
    reason: text(),
  },
  (table) => [
    index('outbox_due').on(table.dueAt, table.id).where(sql`dead = 0`),
    index('outbox_lane').on(table.lane, table.id).where(sql`dead = 0`),
    index('outbox_replaces').on(table.replaces).where(isNotNull(table.replaces)),
    index('outbox_dead').on(table.id).where(sql`dead = 1`),
  ],
);

/** The storage's own secret, sealed with the newest master key: what must survive a rotation is derived from it. */
export const secrets = sqliteTable('secrets', { name: text().primaryKey(), value: sealed('value').notNull() });
