import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Vault } from '../domain/bytes.ts';
import type { Kept, Outbox, Store } from '../domain/memory-ports.ts';
import type { Clock } from '../domain/ports.ts';
import { type Audit, openAudit } from './audit.ts';
import { openCommit } from './commit.ts';
import { backUp, type Database, openDatabase } from './database.ts';
import { type About, type ExportedRow, exportTrail } from './export.ts';
import { keptPort, openKept } from './kept.ts';
import { hashes, type MasterKeys } from './keys.ts';
import { openLog } from './log.ts';
import { openNames } from './names.ts';
import { openOutbox } from './outbox.ts';
import { openQueries } from './queries.ts';
import { reseal } from './reseal.ts';
import { type Removed, type RetentionTable, retain, sweep } from './retention.ts';
import { openRows } from './rows.ts';
import { secrets } from './schema.ts';
import { type Sealer, sealer } from './seal.ts';
import { openTables, type Tables } from './tables.ts';
import { together } from './together.ts';
import { openVault, tidyVault } from './vault.ts';

export interface StorageOptions {
  /** The data folder, made where it is missing; or ':memory:'. */
  readonly folder: string;
  readonly keys: MasterKeys;
  readonly clock: Clock;
  /** The file outside of the folder that the log's head is written to daily. */
  readonly anchor?: string;
}

export interface Storage {
  readonly store: Store;
  readonly kept: Kept;
  readonly outbox: Outbox;
  readonly vault: Vault;
  readonly audit: Audit;
  /** The trail about one HCP or case, for an authority: a generator that holds the connection while it is read. */
  readonly exportTrail: (about: About) => Iterable<ExportedRow>;
  readonly tables: Tables;
  /** Removes at once what has expired (vault, kept rows, delivery keys): to be called every few minutes. */
  readonly sweep: () => Removed;
  /** Removes what is to be kept no longer; with `dry` it only counts. */
  readonly retain: (table: RetentionTable, dry?: boolean) => Removed;
  /** After a rotation: seals with the newest master key what an older one has sealed. Gives the number of values. */
  readonly reseal: () => number;
  /** Writes a copy to `backups/` and gives its path. Throws for a database in memory. */
  readonly backup: () => string;
  readonly close: () => void;
}

/** For how many days a delivery key is remembered: both platforms have given up repeating long before. */
const deliveryDays = 1;

/**
 * Opens the memory: one SQLite database in the folder. When a promise of the ports resolves, what it wrote is on the disk.
 * Throws where the folder cannot be written, a migration fails, or the master keys do not open what is there.
 */
export function openStorage({ folder, keys, clock, anchor }: StorageOptions): Storage {
  const database = openDatabase(folder, clock.now());
  try {
    const seals = sealer(keys);
    const hashed = hashes(ownSecret(database, seals));
    const log = openLog(database, hashed);
    const tables = openTables(database);
    const queries = openQueries(database, tables);
    const keptRows = openKept(database, seals, hashed, clock);
    const rows = openRows(database, seals, hashed, keptRows);
    const names = openNames(database, rows);
    const { queue, ...outbox } = openOutbox(database, clock);
    const audit = openAudit(log, rows, hashed, clock, anchor);
    const { commit, delivered } = openCommit({
      database,
      hashes: hashed,
      log,
      tables,
      rows,
      queue,
      clock,
      deliveryDays,
    });

    const commitSoon = together(database, commit);

    const store: Store = {
      load: async (kind, id) => queries.load(kind, id),
      commit: async (batch) => {
        for (const row of batch.rows) if (row.row === 'person') names.touched(row.id);
        return commitSoon(batch);
      },
      delivered: async (key) => delivered(key),
      find: async (kind, filter, page) => queries.find(kind, filter, page),
      count: async (kind, filter) => queries.count(kind, filter),
      trail: async (kind, id) => log.trail(kind, id),
      person: async (id) => rows.person(id),
      searchPeople: async (words, roles, limit) => names.search(words, roles, limit),
      personByIdentity: async (identity) => rows.personByIdentity(identity),
      peopleByEmail: async (email) => rows.peopleByEmail(email),
      identitiesOf: async (person) => rows.identitiesOf(person),
      caseDetails: async (id) => rows.caseDetails(id),
      text: async (id) => rows.text(id),
      attestation: async (id) => rows.attestation(id),
    };
    return {
      store,
      kept: keptPort(keptRows),
      outbox,
      vault: openVault(database, folder, seals, clock),
      audit,
      exportTrail: (about) => exportTrail(database, log, rows, about),
      tables,
      sweep: () => {
        const removed = sweep(database, clock);
        tidyVault(database, folder);
        return removed;
      },
      retain: (table, dry) => {
        names.forget();
        return retain(database, folder, clock, table, dry);
      },
      reseal: () => reseal(database, seals),
      backup: () => {
        if (folder === ':memory:') throw new Error('A database in memory has no backups.');
        return backUp(database.client, folder, clock.now());
      },
      close: () => void database.client.close(),
    };
  } catch (error) {
    database.client.close();
    throw error;
  }
}

/**
 * The secret that blind indexes, text hashes and the chain are derived from. It is made once and sealed with the newest master
 * key, so that a rotation leaves every index, every hash and the whole chain as they are.
 */
function ownSecret({ db, atomically }: Database, { seal, open, keyOf, newest }: Sealer): Buffer {
  const name = 'root';
  const place = `secrets:${name}:value` as const;
  return atomically(() => {
    const row = db.select().from(secrets).where(eq(secrets.name, name)).get();
    const secret = row ? open(row.value, place) : randomBytes(32);
    if (!row)
      db.insert(secrets)
        .values({ name, value: seal(secret, place) })
        .run();
    else if (keyOf(row.value) !== newest)
      db.update(secrets)
        .set({ value: seal(secret, place) })
        .where(eq(secrets.name, name))
        .run();
    return secret;
  });
}
