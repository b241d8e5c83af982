import { eq, sql } from 'drizzle-orm';
import type { Kind } from '../domain/entities.ts';
import type { Append, Batch, Committed } from '../domain/memory-ports.ts';
import type { Clock } from '../domain/ports.ts';
import type { Database } from './database.ts';
import type { Hashes } from './keys.ts';
import type { Log, TextHashes } from './log.ts';
import type { OutboxQueue } from './outbox.ts';
import type { SealedRows } from './rows.ts';
import { deliveries } from './schema.ts';
import { step, type Tables } from './tables.ts';
import { daysBefore } from './time.ts';

/** What a commit writes to. */
export interface Parts {
  readonly database: Database;
  readonly hashes: Hashes;
  readonly log: Log;
  readonly tables: Tables;
  readonly rows: SealedRows;
  readonly queue: OutboxQueue;
  readonly clock: Clock;
  /** For how many days a delivery key is remembered. */
  readonly deliveryDays: number;
}

export interface Commit {
  readonly commit: (batch: Batch) => Committed;
  readonly delivered: (key: string) => string | undefined;
}

/**
 * The one way in. A batch is one synchronous IMMEDIATE transaction: the delivery key, then all versions are checked, and only
 * then is anything written. Throws only when the database fails (SQLITE_BUSY after five seconds, a full disk).
 */
export function openCommit({ database, hashes, log, tables, rows, queue, clock, deliveryDays }: Parts): Commit {
  const { db, atomically } = database;
  const key = sql.placeholder('key');
  const find = db.select().from(deliveries).where(eq(deliveries.key, key)).prepare();
  const remember = db
    .insert(deliveries)
    .values({ key, outcome: sql.placeholder('outcome'), at: sql.placeholder('at') })
    .onConflictDoUpdate({ target: deliveries.key, set: { outcome: sql`excluded.outcome`, at: sql`excluded.at` } })
    .prepare();
  // A platform's key may name an account: the table holds its keyed hash.
  const hashed = (plain: string) => hashes.index('delivery', plain);
  const outcomeOf = (hash: string, now: string) => {
    const found = find.get({ key: hash });
    return found && found.at > daysBefore(now, deliveryDays) ? found.outcome : undefined;
  };

  const stands = ({ appends, reads }: Batch) => {
    const versionOf = (kind: Kind, id: string) => tables.row(kind, id)?.version ?? 0;
    if (reads.some(({ kind, id, version }) => versionOf(kind, id) !== version)) return false;
    // Two appends of a batch may continue one stream.
    const versions = new Map<string, number>();
    return appends.every(({ kind, id, expected, events }) => {
      const stream = JSON.stringify([kind, id]);
      if ((versions.get(stream) ?? versionOf(kind, id)) !== expected) return false;
      versions.set(stream, expected + events.length);
      return true;
    });
  };

  const append = ({ kind, id, expected, events }: Append, hashesOf: (event: string, id: string) => TextHashes) => {
    let row = tables.row(kind, id);
    for (const [index, happened] of events.entries()) {
      const event = JSON.stringify(happened);
      const version = expected + index + 1;
      const texts = hashesOf(event, id);
      const seq = log.append({
        kind,
        id,
        version,
        event,
        texts: Object.keys(texts).length > 0 ? JSON.stringify(texts) : null,
      });
      row = step(kind, row, { seq, id, version, event });
    }
    if (row && events.length > 0) tables.save(row);
  };

  return {
    delivered: (plain) => outcomeOf(hashed(plain), clock.now()),
    commit: (batch) =>
      atomically((): Committed => {
        const now = clock.now();
        const delivery = batch.delivery && { ...batch.delivery, key: hashed(batch.delivery.key) };
        if (delivery) {
          const outcome = outcomeOf(delivery.key, now);
          if (outcome !== undefined) return { ok: false, conflict: 'delivery', outcome };
        }
        if (!stands(batch)) return { ok: false, conflict: 'version' };
        const share = sharing(rows.hashesOf(batch.rows), batch.appends);
        for (const stream of batch.appends) append(stream, share);
        for (const row of batch.rows) rows.write(row, now);
        queue.add(batch.outgoing, now);
        if (delivery) remember.run({ ...delivery, at: now });
        return { ok: true };
      }),
  };
}

/**
 * Which text hashes go to which event of a batch: to each event that names the text's id; those that no event names, to the
 * first event.
 */
function sharing(all: TextHashes, appends: readonly Append[]): (event: string, id: string) => TextHashes {
  const pairs = Object.entries(all);
  if (pairs.length === 0) return () => ({});
  const names = (event: string, id: string, text: string) => id === text || event.includes(JSON.stringify(text));
  const written = appends.flatMap(({ id, events }) => events.map((event) => ({ id, event: JSON.stringify(event) })));
  const unnamed = new Set(
    pairs.map(([text]) => text).filter((text) => !written.some((row) => names(row.event, row.id, text))),
  );
  let first = true;
  return (event, id) => {
    const here = pairs.filter(([text]) => names(event, id, text) || (first && unnamed.has(text)));
    first = false;
    return Object.fromEntries(here);
  };
}
