import { and, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import type { Kept } from '../domain/memory-ports.ts';
import type { Clock } from '../domain/ports.ts';
import type { Database } from './database.ts';
import type { Hashes } from './keys.ts';
import { kept } from './schema.ts';
import type { Sealer } from './seal.ts';
import { checkedInstant } from './time.ts';

/** The same as the port `Kept`, at once: what a commit writes within its transaction. */
export interface KeptRows {
  readonly get: (key: string) => string | undefined;
  readonly put: (key: string, value: string, expiresAt?: string) => void;
  readonly jot: (key: string, value: string, expiresAt?: string) => void;
  readonly claim: (key: string, value: string, expiresAt?: string) => boolean;
  readonly delete: (key: string) => void;
  readonly take: (key: string) => string | undefined;
  readonly list: (prefix: string) => string[];
  readonly deleteAll: (prefix: string) => void;
}

/**
 * Sealed key-value rows. Keys are one-time codes and chat accounts: the table holds their keyed hashes only, beside each the one of the key without its last
 * part, so that what belongs together can be listed. That column has no index: few ask for it, and every write would pay for it.
 */
export function openKept(
  { db, withoutWaiting }: Database,
  { seal, open }: Sealer,
  hashes: Hashes,
  clock: Clock,
): KeptRows {
  const key = sql.placeholder('key');
  const parent = sql.placeholder('parent');
  const written = { key, parent, value: sql.placeholder('value'), expiresAt: sql.placeholder('expiresAt') };
  const replaced = { value: sql`excluded.value`, expiresAt: sql`excluded.expires_at`, parent: sql`excluded.parent` };
  const find = db.select().from(kept).where(eq(kept.key, key)).prepare();
  const put = db.insert(kept).values(written).onConflictDoUpdate({ target: kept.key, set: replaced }).prepare();
  const claim = db
    .insert(kept)
    .values(written)
    .onConflictDoUpdate({ target: kept.key, set: replaced, setWhere: lte(kept.expiresAt, sql.placeholder('now')) })
    .prepare();
  const erase = db.delete(kept).where(eq(kept.key, key)).prepare();
  const take = db.delete(kept).where(eq(kept.key, key)).returning().prepare();
  const alive = or(isNull(kept.expiresAt), gt(kept.expiresAt, sql.placeholder('now')));
  const children = db
    .select()
    .from(kept)
    .where(and(eq(kept.parent, parent), alive))
    .prepare();
  const eraseChildren = db.delete(kept).where(eq(kept.parent, parent)).prepare();

  const hashed = (plain: string) => hashes.index('kept', plain);
  const parentOf = (plain: string) => hashes.index('kept-parent', plain.slice(0, plain.lastIndexOf(':') + 1));
  const hashedParent = (prefix: string) => {
    if (!prefix.endsWith(':')) throw new Error('a prefix of kept rows ends with a colon');
    return parentOf(prefix);
  };
  const row = (plain: string, value: string, expiresAt: string | undefined) => ({
    key: hashed(plain),
    parent: parentOf(plain),
    value: seal(value, `kept:${hashed(plain)}:value`),
    expiresAt: expiresAt === undefined ? null : checkedInstant(expiresAt),
  });
  const opened = (found: typeof kept.$inferSelect | undefined) =>
    found && (found.expiresAt === null || found.expiresAt > clock.now())
      ? open(found.value, `kept:${found.key}:value`).toString()
      : undefined;

  return {
    get: (plain) => opened(find.get({ key: hashed(plain) })),
    put: (plain, value, expiresAt) => void put.run(row(plain, value, expiresAt)),
    jot: (plain, value, expiresAt) => withoutWaiting(() => void put.run(row(plain, value, expiresAt))),
    claim: (plain, value, expiresAt) => claim.run({ ...row(plain, value, expiresAt), now: clock.now() }).changes === 1,
    delete: (plain) => void erase.run({ key: hashed(plain) }),
    take: (plain) => opened(take.get({ key: hashed(plain) })),
    list: (prefix) =>
      children.all({ parent: hashedParent(prefix), now: clock.now() }).flatMap((row) => opened(row) ?? []),
    deleteAll: (prefix) => void eraseChildren.run({ parent: hashedParent(prefix) }),
  };
}

/** The port over those rows. */
export function keptPort(rows: KeptRows): Kept {
  return {
    get: async (key) => rows.get(key),
    put: async (key, value, expiresAt) => rows.put(key, value, expiresAt),
    jot: async (key, value, expiresAt) => rows.jot(key, value, expiresAt),
    claim: async (key, value, expiresAt) => rows.claim(key, value, expiresAt),
    delete: async (key) => rows.delete(key),
    take: async (key) => rows.take(key),
    list: async (prefix) => rows.list(prefix),
    deleteAll: async (prefix) => rows.deleteAll(prefix),
  };
}
