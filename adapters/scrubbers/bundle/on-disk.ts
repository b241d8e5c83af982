import { type FileHandle, open, rm } from 'node:fs/promises';
import type { ByteSource, Sink } from '../../../domain/bytes.ts';
import type { Scrubber } from '../../../domain/ports.ts';
import type { FileOutcome } from '../protocol.ts';
import { redactionsFor } from '../report.ts';
import { isBundle } from './directory.ts';

const MAGIC = 'PK';

/** Whether the file at a path is a bundle; no where it cannot be read. */
export async function isBundleAt(path: string): Promise<boolean> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const source = await sourceAt(file);
    if (source.length < MAGIC.length || Buffer.from(await source.read(0, MAGIC.length)).toString('latin1') !== MAGIC)
      return false;
    return await isBundle(source);
  } catch {
    return false;
  } finally {
    await file?.close();
  }
}

/** Scrubs a bundle from one path to another one, where nothing may stand yet, in the memory of a few of its files. What is prepared lies beside the output meanwhile. Only after 'scrubbed' there is anything at `to`. */
export async function scrubBundleAt(
  scrubber: Scrubber,
  from: string,
  to: string,
  { redact = 'all', flatten = false, ...asked }: NonNullable<Parameters<Scrubber['scrub']>[1]>,
): Promise<FileOutcome> {
  const middle = `${to}.prepared`;
  const files: FileHandle[] = [];
  const opened = async (path: string, flags: string) => {
    const file = await open(path, flags, 0o600);
    files.push(file);
    return file;
  };
  let isHalf = false;
  try {
    let [given, prepared, output]: (FileHandle | undefined)[] = [];
    try {
      given = await opened(from, 'r');
    } catch {
      return { outcome: 'failed', reason: 'unreadable' };
    }
    try {
      prepared = await opened(middle, 'wx+');
      output = await opened(to, 'wx');
      isHalf = true;
    } catch {
      return { outcome: 'failed', reason: 'unwritable' };
    }
    const analysis = await scrubber.analyseBundle(await sourceAt(given), sinkAt(prepared), asked);
    if (analysis.outcome === 'refused') return analysis;
    const redactions = redactionsFor(analysis.findings, redact);
    const done = await scrubber.redactBundle(analysis, await sourceAt(prepared), redactions, sinkAt(output), {
      flatten,
    });
    if (done.outcome === 'refused') return done;
    isHalf = false;
    return { outcome: 'scrubbed', report: done.report };
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return { outcome: 'failed', reason: 'unwritable' };
    throw error;
  } finally {
    await Promise.all(files.map((file) => file.close()));
    await rm(middle, { force: true });
    if (isHalf) await rm(to, { force: true });
  }
}

async function sourceAt(file: FileHandle): Promise<ByteSource> {
  const { size } = await file.stat();
  return {
    length: size,
    read: async (from, to) => {
      // All of it is read over, or thrown away.
      const bytes = Buffer.allocUnsafeSlow(Math.max(0, Math.min(to, size) - from));
      for (let at = 0; at < bytes.length; ) {
        const { bytesRead } = await file.read(bytes, at, bytes.length - at, from + at);
        if (bytesRead === 0) throw new Error('the file became shorter while it was read');
        at += bytesRead;
      }
      return bytes;
    },
  };
}

const sinkAt =
  (file: FileHandle): Sink =>
  async (bytes) => {
    for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
  };
