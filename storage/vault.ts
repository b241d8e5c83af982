import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { and, eq, gt, isNotNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Vault, VaultWriter } from '../domain/bytes.ts';
import type { Clock } from '../domain/ports.ts';
import type { Database } from './database.ts';
import { vault } from './schema.ts';
import type { Sealer } from './seal.ts';
import { createSealedFiles, type SealedFile } from './sealed-files.ts';
import { checkedInstant } from './time.ts';

/** What the row of a large file holds: the key that its chunks are sealed with is nowhere else, and so the file is gone with its row. */
const largeShape = z.object({ key: z.base64(), chunks: z.array(z.number().int().positive()) });

/** What sealing adds to the bytes of a row: see `sealer`. */
const SEAL_BYTES = 32;
/** What is larger lies beside the database: a part of a row cannot be opened without all of it, and nobody else is served meanwhile. */
const ROW_BYTES = 1024 * 1024;
/** A file in the folder without a row is being written, until nothing was added to it for so long. */
const UNFINISHED_MS = 60 * 60_000;

const folderOf = (folder: string) => join(folder, 'vault');

/** Scrubbed files, sealed. From the instant of its expiry a file cannot be read; the next sweep overwrites it. Large ones lie beside the database, in its folder's `vault`. */
export function openVault({ db }: Database, folder: string, { seal, open }: Sealer, clock: Clock): Vault {
  const id = sql.placeholder('id');
  const isThere = and(eq(vault.id, id), gt(vault.expiresAt, sql.placeholder('now')));
  const find = db.select().from(vault).where(isThere).prepare();
  const measure = db
    .select({ file: vault.file, sealed: sql<number>`length(${vault.bytes})` })
    .from(vault)
    .where(isThere)
    .prepare();
  const put = db
    .insert(vault)
    .values({
      id,
      bytes: sql.placeholder('bytes'),
      file: sql.placeholder('file'),
      expiresAt: sql.placeholder('expiresAt'),
    })
    .onConflictDoUpdate({
      target: vault.id,
      set: { bytes: sql`excluded.bytes`, file: sql`excluded.file`, expiresAt: sql`excluded.expires_at` },
    })
    .prepare();
  const erase = db.delete(vault).where(eq(vault.id, id)).returning({ file: vault.file }).prepare();
  const placeOf = (of: string) => `vault:${of}:bytes` as const;

  /** A row's bytes, or the file that it names. */
  const held = (of: string): Buffer | SealedFile | undefined => {
    const row = find.get({ id: of, now: clock.now() });
    if (!row) return undefined;
    const opened = open(row.bytes, placeOf(of));
    if (row.file === null) return opened;
    const { key, chunks } = largeShape.parse(JSON.parse(opened.toString()));
    return createSealedFiles(folderOf(folder), Buffer.from(key, 'base64')).reopen({ name: row.file, chunks });
  };
  const removeFile = (name: string | null | undefined) => name && rmSync(join(folderOf(folder), name), { force: true });
  const write = (of: string, bytes: Uint8Array | string, file: string | null, expiresAt: string) => {
    const former = measure.get({ id: of, now: '' })?.file;
    put.run({ id: of, bytes: seal(bytes, placeOf(of)), file, expiresAt: checkedInstant(expiresAt) });
    removeFile(former);
  };

  const begin = async (of: string, expiresAt: string): Promise<VaultWriter> =>
    growing(
      (bytes) => write(of, bytes, null, expiresAt),
      folder === ':memory:'
        ? undefined
        : () => onDisk(folderOf(folder), ({ name, ...large }) => write(of, JSON.stringify(large), name, expiresAt)),
    );

  return {
    async put(of, bytes, expiresAt) {
      if (bytes.length <= ROW_BYTES) return write(of, bytes, null, expiresAt);
      const writer = await begin(of, expiresAt);
      try {
        await writer.append(bytes);
        await writer.keep();
      } catch (error) {
        await writer.drop();
        throw error;
      }
    },
    write: begin,
    async get(of) {
      const there = held(of);
      return there && 'read' in there ? there.read() : there;
    },
    async length(of) {
      const row = measure.get({ id: of, now: clock.now() });
      if (!row) return undefined;
      return row.file === null ? row.sealed - SEAL_BYTES : held(of)?.length;
    },
    async read(of, from, to) {
      const there = held(of);
      return there && 'read' in there ? there.read(from, to) : there?.subarray(from, to);
    },
    async delete(of) {
      removeFile(erase.get({ id: of })?.file);
    },
  };
}

async function onDisk(
  folder: string,
  kept: (large: { readonly name: string } & z.infer<typeof largeShape>) => void,
): Promise<VaultWriter> {
  const key = randomBytes(32);
  const file = await createSealedFiles(folder, key).create();
  return {
    append: (bytes) => file.append(bytes),
    async keep() {
      await file.sync();
      const { name, chunks } = file.describe();
      kept({ name, chunks: [...chunks], key: key.toString('base64') });
    },
    drop: () => file.remove(),
  };
}

/** A file that becomes a row while it is small, and where it grows goes on to `large`. */
function growing(kept: (bytes: Uint8Array) => void, large: (() => Promise<VaultWriter>) | undefined): VaultWriter {
  let parts: Uint8Array[] = [];
  let length = 0;
  let onward: VaultWriter | undefined;
  return {
    async append(bytes) {
      length += bytes.length;
      if (!onward && large && length > ROW_BYTES) {
        onward = await large();
        for (const part of parts.splice(0)) await onward.append(part);
      }
      if (onward) await onward.append(bytes);
      else parts.push(bytes.slice());
    },
    keep: async () => (onward ? onward.keep() : kept(Buffer.concat(parts))),
    async drop() {
      parts = [];
      await onward?.drop();
    },
  };
}

/** Removes files whose row is gone: with it went their key. */
export function tidyVault({ db }: Database, folder: string): void {
  if (folder === ':memory:') return;
  let names: string[];
  try {
    names = readdirSync(folderOf(folder));
  } catch {
    return;
  }
  const rows = db.select({ file: vault.file }).from(vault).where(isNotNull(vault.file)).all();
  const named = new Set(rows.map(({ file }) => file));
  for (const name of names) {
    const path = join(folderOf(folder), name);
    if (!named.has(name) && (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < Date.now() - UNFINISHED_MS)
      rmSync(path, { force: true });
  }
}
