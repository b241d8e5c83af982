import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';

const migrationsFolder = join(import.meta.dirname, 'migrations');
const backupsKept = 5;

type NotAPromise<T> = T extends PromiseLike<unknown> ? never : T;

export interface Database {
  readonly db: BetterSQLite3Database;
  /** The connection below drizzle: for what the builder cannot say. */
  readonly client: Sqlite.Database;
  /**
   * Runs the body in one IMMEDIATE transaction: everything of it, or nothing when it throws. The body is synchronous: one
   * that gives a promise does not compile, for its writes would fall outside of the transaction.
   */
  readonly atomically: <T>(body: () => NotAPromise<T>) => T;
  /** Writes without waiting for the disk: a crash of the process loses nothing of it, a power cut may. Not within a transaction. */
  readonly withoutWaiting: <T>(work: () => NotAPromise<T>) => T;
}

/**
 * Opens (or makes) the database of a folder, or one in memory, and brings its schema up to date. What is committed is on the
 * disk (WAL with synchronous = FULL), what is deleted is overwritten. Before a migration of a database that holds something,
 * a copy is put into `backups/`. `now` (ISO 8601) names that copy. Throws where SQLite does.
 */
export function openDatabase(folder: string, now: string): Database {
  const path = folder === ':memory:' ? folder : makeFile(folder);
  const client = new Sqlite(path);
  try {
    client.pragma('busy_timeout = 5000');
    client.pragma('journal_mode = WAL');
    client.pragma('synchronous = FULL');
    // A checkpoint costs two more waits for the disk: one for about 150 commits, at 16 MB.
    client.pragma('wal_autocheckpoint = 4000');
    client.pragma('foreign_keys = ON');
    client.pragma('secure_delete = ON');
    client.pragma('temp_store = MEMORY');
    const db = drizzle({ client });
    if (path !== ':memory:' && isBehind(client)) backUp(client, folder, now);
    migrate(db, { migrationsFolder });
    const transaction = client.transaction((body: () => unknown) => body());
    const withoutWaiting: Database['withoutWaiting'] = (work) => {
      client.pragma('synchronous = NORMAL');
      try {
        return work();
      } finally {
        client.pragma('synchronous = FULL');
      }
    };
    return { db, client, atomically: (body) => transaction.immediate(body) as never, withoutWaiting };
  } catch (error) {
    client.close();
    throw error;
  }
}

/**
 * Writes a consistent copy of the database to `backups/` in the folder (mode 600), without the vault's files, which are to
 * be gone within hours; keeps the last five. Gives the copy's path.
 */
export function backUp(client: Sqlite.Database, folder: string, now: string): string {
  const backups = join(folder, 'backups');
  mkdirSync(backups, { recursive: true, mode: 0o700 });
  const path = join(backups, `${now.replaceAll(':', '-')}.sqlite`);
  rmSync(path, { force: true });
  // Made empty first, so that the copy is never readable by others.
  closeSync(openSync(path, 'wx', 0o600));
  client.prepare('VACUUM INTO ?').run(path);
  const copy = new Sqlite(path);
  copy.pragma('secure_delete = ON');
  if (copy.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'vault'`).get()) copy.exec('DELETE FROM vault');
  copy.close();
  for (const old of listBackups(folder).slice(0, -backupsKept)) rmSync(join(backups, old));
  return path;
}

/** The names of a folder's backups, the oldest first. */
export function listBackups(folder: string): string[] {
  const backups = join(folder, 'backups');
  return existsSync(backups)
    ? readdirSync(backups)
        .filter((name) => name.endsWith('.sqlite'))
        .toSorted()
    : [];
}

function makeFile(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const path = join(folder, 'cpms-bot.sqlite');
  // SQLite gives its -wal and -shm files the mode of the database.
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  return path;
}

/** Whether the database holds something, and lacks a migration. */
function isBehind(client: Sqlite.Database): boolean {
  if (!client.prepare(`SELECT 1 FROM sqlite_schema WHERE name = '__drizzle_migrations'`).get()) return false;
  const last = client
    .prepare<[], { at: number | null }>('SELECT max(created_at) AS at FROM __drizzle_migrations')
    .get()?.at;
  return readMigrationFiles({ migrationsFolder }).some(({ folderMillis }) => folderMillis > Number(last ?? 0));
}
