import { and, eq, gt, sql } from 'drizzle-orm';
import type { Clock, Vault } from '../domain/ports.ts';
import type { Database } from './database.ts';
import { vault } from './schema.ts';
import type { Sealer } from './seal.ts';
import { checkedInstant } from './time.ts';

/** Scrubbed files, sealed. From the instant of its expiry a file cannot be read; the next sweep overwrites it. */
export function openVault({ db }: Database, { seal, open }: Sealer, clock: Clock): Vault {
  const id = sql.placeholder('id');
  const find = db
    .select()
    .from(vault)
    .where(and(eq(vault.id, id), gt(vault.expiresAt, sql.placeholder('now'))))
    .prepare();
  const put = db
    .insert(vault)
    .values({ id, bytes: sql.placeholder('bytes'), expiresAt: sql.placeholder('expiresAt') })
    .onConflictDoUpdate({
      target: vault.id,
      set: { bytes: sql`excluded.bytes`, expiresAt: sql`excluded.expires_at` },
    })
    .prepare();
  const erase = db.delete(vault).where(eq(vault.id, id)).prepare();
  return {
    async put(file, bytes, expiresAt) {
      put.run({ id: file, bytes: seal(bytes, `vault:${file}:bytes`), expiresAt: checkedInstant(expiresAt) });
    },
    async get(file) {
      const row = find.get({ id: file, now: clock.now() });
      return row && open(row.bytes, `vault:${file}:bytes`);
    },
    async delete(file) {
      erase.run({ id: file });
    },
  };
}
