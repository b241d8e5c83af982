import { and, asc, count, eq, sql } from 'drizzle-orm';
import type { Outbox, OutboxRow, Outgoing } from '../domain/memory-ports.ts';
import type { Clock } from '../domain/ports.ts';
import type { Database } from './database.ts';
import { outbox } from './schema.ts';
import { after, checkedInstant } from './time.ts';

/** What a commit needs of the outbox, at once, within its transaction. */
export interface OutboxQueue {
  readonly add: (rows: readonly Outgoing[], now: string) => void;
}

/**
 * Whether an earlier row of the lane stands before the row `later`. A lane's order is that of the ids, in which its rows were
 * queued: no clock can turn it around. A row that is not due and was never tried waits aside; one that is due, leased or
 * to be tried again stands in the way; a dead letter does not.
 */
const blocked = `EXISTS (SELECT 1 FROM outbox earlier WHERE earlier.lane = later.lane AND earlier.id < later.id
  AND earlier.dead = 0 AND (earlier.due_at <= :now OR earlier.attempts > 0))`;

/** One statement, so that two processes never take the same row. Among the lanes, who has been due longest goes first. */
const claim = `UPDATE outbox SET lease_until = :until, attempts = attempts + 1 WHERE id IN (
  SELECT id FROM outbox later
  WHERE dead = 0 AND due_at <= :now AND (:only = '' OR (kind = 'mail') = (:only = 'mail')) AND (lease_until IS NULL OR lease_until <= :now) AND NOT ${blocked}
  ORDER BY due_at, id LIMIT :limit)
RETURNING id`;

const next = `SELECT min(max(due_at, coalesce(lease_until, ''))) AS next FROM outbox later WHERE dead = 0 AND NOT ${blocked}`;

/**
 * The outbox: delivery at least once. `attempts` of a claimed row is how often it was tried before; a lease that ran out
 * counts as a try, so that a row which kills its worker is noticed.
 */
export function openOutbox(
  { db, client, atomically, withoutWaiting }: Database,
  clock: Clock,
): Outbox & { readonly queue: OutboxQueue } {
  const id = sql.placeholder('id');
  const insert = db
    .insert(outbox)
    .values({
      kind: sql.placeholder('kind'),
      lane: sql.placeholder('lane'),
      payload: sql.placeholder('payload'),
      dueAt: sql.placeholder('dueAt'),
      replaces: sql.placeholder('replaces'),
    })
    .prepare();
  const find = db.select().from(outbox).where(eq(outbox.id, id)).prepare();
  const erase = db.delete(outbox).where(eq(outbox.id, id)).prepare();
  // What is leased may be on its way just now: the newer row then follows it.
  const replaceEarlier = db
    .delete(outbox)
    .where(
      and(
        eq(outbox.replaces, sql.placeholder('replaces')),
        sql`(${outbox.leaseUntil} IS NULL OR ${outbox.leaseUntil} <= ${sql.placeholder('now')})`,
      ),
    )
    .prepare();
  const newer = db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.replaces, sql.placeholder('replaces')), sql`${outbox.id} > ${id}`))
    .limit(1)
    .prepare();
  const claimed = client.prepare<[{ now: string; until: string; limit: number; only: string }], { id: number }>(claim);
  const nextDue = client.prepare<[{ now: string }], { next: string | null }>(next);

  const add: OutboxQueue['add'] = (rows, now) => {
    for (const { kind, lane, payload, dueAt, replaces } of rows) {
      if (replaces !== undefined) replaceEarlier.run({ replaces, now });
      insert.run({
        kind,
        lane,
        payload,
        dueAt: dueAt === undefined ? now : checkedInstant(dueAt),
        replaces: replaces ?? null,
      });
    }
  };

  /** Puts a row back, unless a newer one has replaced it in the meantime. */
  const putBack = (rowId: number, change: Partial<typeof outbox.$inferInsert>) =>
    atomically(() => {
      const row = find.get({ id: rowId });
      if (!row) return;
      if (row.replaces !== null && newer.get({ replaces: row.replaces, id: rowId })) erase.run({ id: rowId });
      else
        db.update(outbox)
          .set({ leaseUntil: null, ...change })
          .where(eq(outbox.id, rowId))
          .run();
    });

  return {
    queue: { add },
    // What only says that a row was taken or is done need not wait for the disk: losing it in a power cut means to deliver again.
    async claim(limit, leaseMs, only) {
      const now = clock.now();
      return withoutWaiting(() => claimed.all({ now, until: after(now, leaseMs), limit, only: only ?? '' }))
        .flatMap(({ id: rowId }) => find.get({ id: rowId }) ?? [])
        .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.id - b.id))
        .map((row) => ({ ...shown(row), attempts: row.attempts - 1 }));
    },
    async done(rowId) {
      withoutWaiting(() => erase.run({ id: rowId }));
    },
    async again(rowId, dueAt, reason) {
      putBack(rowId, { dueAt: checkedInstant(dueAt), reason });
    },
    async dead(rowId, reason) {
      putBack(rowId, { dead: true, reason });
    },
    async deadLetters({ limit, offset = 0 }) {
      return db
        .select()
        .from(outbox)
        .where(eq(outbox.dead, true))
        .orderBy(asc(outbox.id))
        .limit(limit)
        .offset(offset)
        .all()
        .map((row) => ({ ...shown(row), reason: row.reason ?? '' }));
    },
    async countDead() {
      return db.select({ found: count() }).from(outbox).where(eq(outbox.dead, true)).get()?.found ?? 0;
    },
    async revive(rowId) {
      if (find.get({ id: rowId })?.dead) putBack(rowId, { dead: false, attempts: 0, dueAt: clock.now(), reason: null });
    },
    async nextDue() {
      return nextDue.get({ now: clock.now() })?.next ?? undefined;
    },
    async add(rows) {
      atomically(() => add(rows, clock.now()));
    },
  };
}

function shown(row: typeof outbox.$inferSelect): OutboxRow {
  const { id, kind, lane, payload, dueAt, replaces, attempts } = row;
  return { id, kind, lane, payload, dueAt, attempts, ...(replaces === null ? {} : { replaces }) };
}
