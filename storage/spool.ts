import { rmSync } from 'node:fs';
import { mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Spool, SpoolFull } from '../domain/bytes.ts';
import { createSealedFiles, type SealedFile } from './sealed-files.ts';

export interface SpoolOptions {
  /** The data folder; larger files lie in its `spool`, which is emptied at the start and at the end. */
  readonly folder: string;
  /** A file of up to so many bytes stays in memory, while all of those together have at most eight times as many; 8 MB. */
  readonly memoryBytes?: number;
  /** All files together; 8 GB. */
  readonly totalBytes?: number;
  /** A file that nobody touched for so long is gone; 15 minutes. */
  readonly idleMs?: number;
  /** Milliseconds; the machine's where nothing is said. */
  readonly now?: () => number;
}

interface Entry {
  touchedAt: number;
  length: number;
  content: { readonly bytes: Buffer } | { readonly file: SealedFile };
}

const MB = 1024 * 1024;
/** So much of the disk is left to the database and to everybody else. */
const LEFT_FREE = 256 * MB;

/**
 * Gives the spool of this process (the port's Spool). What lies on the disk is sealed chunk by chunk with AES-256-GCM (NIST SP 800-38D) under a key that was made here
 * and is written nowhere; a chunk that was changed, moved, dropped or exchanged makes its file one that is gone. `put` and `append` throw SpoolFull where the bound
 * over all files, or the disk, has no more to give.
 */
export function createSpool(options: SpoolOptions): Spool {
  const { memoryBytes = 8 * MB, totalBytes = 8192 * MB, idleMs = 15 * 60_000, now = Date.now } = options;
  const folder = join(options.folder, 'spool');
  rmSync(folder, { recursive: true, force: true });
  const files = createSealedFiles(folder);
  const entries = new Map<string, Entry>();
  const queues = new Map<string, Promise<unknown>>();
  let total = 0;

  /** One call after the other for each id: what is appended twice at the same place is written once. */
  const inTurn = <T>(id: string, work: () => Promise<T>): Promise<T> => {
    const before = queues.get(id) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    queues.set(id, settled);
    void settled.then(() => queues.get(id) === settled && queues.delete(id));
    return mine;
  };

  const forget = async (id: string, entry: Entry): Promise<void> => {
    if (entries.get(id) === entry) entries.delete(id);
    total -= entry.length;
    entry.length = 0;
    if ('bytes' in entry.content) entry.content.bytes.fill(0);
    else await entry.content.file.remove();
  };

  const alive = (id: string): Entry | undefined => {
    const entry = entries.get(id);
    return entry && now() - entry.touchedAt < idleMs ? entry : undefined;
  };

  /** The entry, or nothing where it is gone or its time is up: then it goes now. */
  const current = async (id: string): Promise<Entry | undefined> => {
    const entry = entries.get(id);
    if (entry && !alive(id)) {
      await forget(id, entry);
      return undefined;
    }
    return entry;
  };

  const inMemory = () =>
    [...entries.values()].reduce((sum, { content }) => sum + ('bytes' in content ? content.bytes.length : 0), 0);

  const reserve = (bytes: number) => {
    if (total + bytes > totalBytes) throw new SpoolFull();
    total += bytes;
  };

  const extend = async (entry: Entry, bytes: Uint8Array): Promise<void> => {
    reserve(bytes.length);
    try {
      if ('file' in entry.content) await entry.content.file.append(bytes);
      else if (entry.length + bytes.length <= memoryBytes && inMemory() + bytes.length <= 8 * memoryBytes) {
        const { bytes: old } = entry.content;
        entry.content = { bytes: Buffer.concat([old, bytes]) };
        old.fill(0);
      } else {
        const { bytes: old } = entry.content;
        const file = await files.create();
        try {
          if (old.length > 0) await file.append(old);
          await file.append(bytes);
        } catch (error) {
          await file.remove();
          throw error;
        }
        entry.content = { file };
        old.fill(0);
      }
      entry.length += bytes.length;
    } catch (error) {
      total -= bytes.length;
      throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? new SpoolFull() : error;
    }
  };

  const remove = (id: string) =>
    inTurn(id, async () => {
      const entry = entries.get(id);
      if (entry) await forget(id, entry);
    });

  const sweep = setInterval(
    () => {
      for (const [id] of entries) if (!alive(id)) void inTurn(id, () => current(id)).catch(() => undefined);
    },
    Math.max(1000, Math.min(30_000, idleMs / 4)),
  ).unref();

  return {
    put: (id, bytes) =>
      inTurn(id, async () => {
        const old = entries.get(id);
        if (old) await forget(id, old);
        const entry: Entry = { touchedAt: now(), length: 0, content: { bytes: Buffer.alloc(0) } };
        await extend(entry, bytes);
        entries.set(id, entry);
      }),
    append: (id, at, bytes) =>
      inTurn(id, async () => {
        const entry = await current(id);
        if (!entry || entry.length !== at) return undefined;
        await extend(entry, bytes);
        entry.touchedAt = now();
        return entry.length;
      }),
    length: async (id) => alive(id)?.length,
    get: (id) =>
      inTurn(id, async () => {
        const entry = await current(id);
        if (!entry) return undefined;
        if ('bytes' in entry.content) return new Uint8Array(entry.content.bytes);
        const bytes = await entry.content.file.read();
        if (!bytes) await forget(id, entry);
        return bytes;
      }),
    read: (id, from, to) =>
      inTurn(id, async () => {
        const entry = await current(id);
        if (!entry) return undefined;
        if ('bytes' in entry.content) return new Uint8Array(entry.content.bytes.subarray(from, to));
        const bytes = await entry.content.file.read(from, to);
        if (!bytes) await forget(id, entry);
        return bytes;
      }),
    hasRoom: async (bytes) => {
      if (total + bytes > totalBytes) return false;
      if (bytes <= memoryBytes) return true;
      await mkdir(options.folder, { recursive: true });
      const { bavail, bsize } = await statfs(options.folder);
      return bavail * bsize >= bytes + LEFT_FREE;
    },
    delete: remove,
    touch: (id) => {
      const entry = alive(id);
      if (entry) entry.touchedAt = now();
    },
    close: async () => {
      clearInterval(sweep);
      await Promise.all([...entries.keys()].map(remove));
      files.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
