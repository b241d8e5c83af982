import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { and, count, eq, inArray, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { z } from 'zod';
import type { Kind } from '../domain/entities.ts';
import type { Clock } from '../domain/ports.ts';
import { type Database, listBackups } from './database.ts';
import { attestations, cases, deliveries, entities, identities, kept, outbox, people, texts, vault } from './schema.ts';
import { daysBefore } from './time.ts';

const days = z.int().min(0).max(36_500);

/**
 * For how many days what is kept, counted from the end that each line names (GDPR Art. 5(1)(e)). The defaults are a proposal:
 * the network's data protection officer decides. The event log holds no personal detail and is not touched.
 */
export const retentionSchema = z.strictObject({
  /** Delivery keys: after the delivery. */
  deliveries: days.default(1),
  /** Rows of the outbox that were given up: after their last try. */
  deadLetters: days.default(90),
  /** Copies made before a migration: after they were made. They hold what was erased since. */
  backups: days.default(30),
  /** Free texts: after the end of what they belong to. */
  texts: z
    .strictObject({
      ticket: days.default(365),
      registration: days.default(365),
      request: days.default(365),
      poll: days.default(30),
      series: days.default(30),
      meeting: days.default(30),
      case: days.default(365),
      document: days.default(365),
    })
    .prefault({}),
  /** Free texts that belong to no entity of the log (of a person, of nobody any more): after they were written. */
  otherTexts: days.default(365),
  /** Pseudonym, CPMS id, archive reference: after the case was closed. The reference proves the consent (Art. 7(1)). */
  cases: days.default(5 * 365),
  /** Name, address and chat accounts: after the person left. */
  people: days.default(30),
  /** The name and role of who attested: after the attestation. */
  attestations: days.default(10 * 365),
});

export type RetentionTable = z.infer<typeof retentionSchema>;

/** The table that counts where the configuration says nothing. */
export const defaultRetention: RetentionTable = retentionSchema.parse({});

/** Reads the table from a JSON file; the default where no path is given. Throws where the file is missing, no JSON, or not of the schema. */
export function readRetention(path: string | undefined): RetentionTable {
  return path === undefined ? defaultRetention : retentionSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** What was removed, or with a dry run would be: counts by kind. */
export type Removed = Readonly<Record<string, number>>;

/** The id of the entity that a text belongs to: its owner is written as 'kind/id'. */
const ownerId = sql`substr(${texts.owner}, instr(${texts.owner}, '/') + 1)`;

/** The stages at which an entity has come to its end. */
const ended: Readonly<Record<keyof RetentionTable['texts'], readonly string[]>> = {
  ticket: ['closed'],
  registration: ['declined', 'rejected', 'left', 'withdrawn'],
  request: ['scheduled', 'declined', 'cancelled'],
  poll: ['finalised', 'withdrawn'],
  series: ['ended'],
  meeting: ['held', 'cancelled'],
  case: ['closed'],
  document: ['uploaded', 'purged', 'rejected', 'refused'],
};

/** A document at one of these stages needs its bytes no more, whatever time they had left. */
const bytesUnneeded = ['purged', 'rejected', 'refused'];

/**
 * Removes what has expired, and what the table says is to be kept no longer, in one transaction; its bytes are overwritten. With `dry`
 * it only counts. Throws where the database fails; then nothing was removed.
 */
export function retain(database: Database, folder: string, clock: Clock, table: RetentionTable, dry = false): Removed {
  const { db, client, atomically } = database;
  const now = clock.now();
  const endedBefore = (kind: Kind, stages: readonly string[], keptDays: number) =>
    db
      .select({ id: entities.id })
      .from(entities)
      .where(
        and(
          eq(entities.kind, kind),
          inArray(entities.status, [...stages]),
          lt(entities.since, daysBefore(now, keptDays)),
        ),
      );
  const gone = endedBefore('person', ['left'], table.people);
  const textKinds = Object.keys(ended) as (keyof RetentionTable['texts'])[];

  const rules: readonly (readonly [string, SQLiteTable, SQL | undefined])[] = [
    ['deliveries', deliveries, lt(deliveries.at, daysBefore(now, table.deliveries))],
    ['kept', kept, lte(kept.expiresAt, now)],
    ['vault', vault, or(lte(vault.expiresAt, now), inArray(vault.id, endedBefore('document', bytesUnneeded, 0)))],
    ['dead letters', outbox, and(eq(outbox.dead, true), lt(outbox.dueAt, daysBefore(now, table.deadLetters)))],
    ...textKinds.map(
      (kind) =>
        [`texts of a ${kind}`, texts, inArray(ownerId, endedBefore(kind, ended[kind], table.texts[kind]))] as const,
    ),
    [
      'other texts',
      texts,
      and(
        lt(texts.writtenAt, daysBefore(now, table.otherTexts)),
        sql`NOT EXISTS (SELECT 1 FROM ${entities} WHERE ${entities.id} = ${ownerId} AND ${inArray(entities.kind, textKinds)})`,
      ),
    ],
    ['cases', cases, inArray(cases.id, endedBefore('case', ['closed'], table.cases))],
    ['identities', identities, inArray(identities.person, gone)],
    ['people', people, inArray(people.id, gone)],
    ['attestations', attestations, lt(attestations.writtenAt, daysBefore(now, table.attestations))],
  ];

  const removed: Record<string, number> = {};
  atomically(() => {
    for (const [name, from, where] of rules)
      removed[name] = dry
        ? (db.select({ found: count() }).from(from).where(where).get()?.found ?? 0)
        : db.delete(from).where(where).run().changes;
  });
  removed.backups = retainBackups(folder, daysBefore(now, table.backups), dry);
  // Overwritten pages reach the file, and the old ones leave the write-ahead log.
  if (!dry) client.pragma('wal_checkpoint(TRUNCATE)');
  return removed;
}

/** Removes at once what has expired: to be called every few minutes. */
export function sweep({ db }: Database, clock: Clock): Removed {
  const now = clock.now();
  return {
    vault: db.delete(vault).where(lte(vault.expiresAt, now)).run().changes,
    kept: db.delete(kept).where(lte(kept.expiresAt, now)).run().changes,
    deliveries: db
      .delete(deliveries)
      .where(lt(deliveries.at, daysBefore(now, defaultRetention.deliveries)))
      .run().changes,
  };
}

function retainBackups(folder: string, before: string, dry: boolean): number {
  if (folder === ':memory:') return 0;
  const old = listBackups(folder).filter((name) => name < before.replaceAll(':', '-'));
  if (!dry) for (const name of old) rmSync(join(folder, 'backups', name));
  return old.length;
}
