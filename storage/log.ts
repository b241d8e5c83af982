import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Kind } from '../domain/entities.ts';
import type { LogRow } from '../domain/memory-ports.ts';
import type { Database } from './database.ts';
import type { Hashes } from './keys.ts';
import { events } from './schema.ts';

/** Keyed hashes of sealed texts, by the texts' ids. */
export type TextHashes = Readonly<Record<string, string>>;

export interface Head {
  readonly seq: number;
  /** In hexadecimal. */
  readonly hash: string;
}

export interface Log {
  /** Appends one event; only within a transaction. Gives its place in the log. Throws where the version is taken. */
  readonly append: (row: Omit<Row, 'seq' | 'hash'>) => number;
  /** The last row's place and hash; seq 0 for an empty log. */
  readonly head: () => Head;
  /** The hash of a row in hexadecimal; undefined where there is none. Row 0 stands before the first. */
  readonly hashAt: (seq: number) => string | undefined;
  readonly trail: (kind: Kind, id: string) => LogRow[];
  /** Every row, oldest first, without holding them in memory. The connection takes no writes while it goes on. */
  readonly all: () => IterableIterator<Row>;
  /** The hash that a row must have after the one before. */
  readonly link: (previous: Buffer, row: Omit<Row, 'hash'>) => Buffer;
}

/** A row as it is stored. */
export type Row = typeof events.$inferSelect;

/** What the first row is chained to. */
export const genesis = Buffer.alloc(32);

/**
 * The event log: append-only (triggers hold it), one chain over all kinds. Each hash is HMAC-SHA-256 over the hash before and
 * the row's JSON array `[seq, kind, id, version, event, texts]`. An event's JSON is kept byte for byte, so nothing has to be
 * put into a canonical form to verify it, and the order of keys, which the directory compares, is what it was.
 */
export function openLog({ db, client }: Database, { link }: Hashes): Log {
  const last = db
    .select({ seq: events.seq, hash: events.hash })
    .from(events)
    .orderBy(desc(events.seq))
    .limit(1)
    .prepare();
  const insert = db
    .insert(events)
    .values({
      seq: sql.placeholder('seq'),
      kind: sql.placeholder('kind'),
      id: sql.placeholder('id'),
      version: sql.placeholder('version'),
      event: sql.placeholder('event'),
      texts: sql.placeholder('texts'),
      hash: sql.placeholder('hash'),
    })
    .prepare();
  const one = db
    .select({ hash: events.hash })
    .from(events)
    .where(eq(events.seq, sql.placeholder('seq')))
    .prepare();
  const stream = db
    .select()
    .from(events)
    .where(and(eq(events.kind, sql.placeholder('kind')), eq(events.id, sql.placeholder('id'))))
    .orderBy(asc(events.version))
    .prepare();
  const all = client.prepare<[], Row>('SELECT seq, kind, id, version, event, texts, hash FROM events ORDER BY seq');
  const linked: Log['link'] = (previous, { seq, kind, id, version, event, texts }) =>
    link(previous, JSON.stringify([seq, kind, id, version, event, texts]));

  return {
    link: linked,
    append(row) {
      const before = last.get() ?? { seq: 0, hash: genesis };
      const placed = { ...row, seq: before.seq + 1 };
      insert.run({ ...placed, hash: linked(before.hash, placed) });
      return placed.seq;
    },
    head() {
      const { seq, hash } = last.get() ?? { seq: 0, hash: genesis };
      return { seq, hash: hash.toString('hex') };
    },
    hashAt: (seq) => (seq === 0 ? genesis : one.get({ seq })?.hash)?.toString('hex'),
    trail: (kind, id) => stream.all({ kind, id }).map(logRow),
    all: () => all.iterate(),
  };
}

/** A stored row as the audit trail shows it. */
export function logRow({ seq, kind, id, version, event }: Row): LogRow {
  return { seq, kind: kind as Kind, id, version, event: JSON.parse(event) as LogRow['event'] };
}

/** The hashes of the texts that came with a row. */
export function textHashes(row: Pick<Row, 'texts'>): TextHashes {
  return row.texts === null ? {} : (JSON.parse(row.texts) as TextHashes);
}
