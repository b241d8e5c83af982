import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Scrubber } from '../../domain/ports.ts';
import { type Snapshot, snapshots } from './built.ts';
import { isBundleAt, scrubBundleAt } from './bundle/on-disk.ts';
import { createPool, type Pool } from './pool.ts';
import type { FileOutcome, FromTo, Job, Told } from './protocol.ts';
import { bounded, createScrubber, type ScrubberOptions } from './scrubber.ts';
import { tallied } from './tally.ts';

export type { FileOutcome, FromTo } from './protocol.ts';

type Asked = Omit<NonNullable<Parameters<Scrubber['scrub']>[1]>, 'progress'>;

const MB = 1024 * 1024;
/** So many files, or bytes of them, are given to a child at a time: between two gifts it waits. */
const AT_ONCE = { files: 128, bytes: 128 * MB };
/** A command line holds 2 MB (execve), of which the paths that a child may read take so much. */
const MOST_PATHS = MB;
const JOBS_PER_CHILD = 20_000;

interface Waiting extends FromTo {
  readonly index: number;
  readonly bytes: number;
  readonly kind: Snapshot | undefined;
}

/**
 * Scrubs files from one path to another one, with the bounds of `createScrubber`. The child processes read and write them: a study's pixels then pass through no other process. They may read those files, and write to `folder`, which
 * is to be empty, and nowhere else. `ended` is called for every file once, as soon as it has, with its place in the list; only after 'scrubbed' there is anything at its second path. Never throws for what a file holds.
 */
export async function scrubFiles(
  files: readonly FromTo[],
  folder: string,
  asked: Asked,
  options: ScrubberOptions,
  ended: (index: number, outcome: FileOutcome) => void,
): Promise<void> {
  const direct: Waiting[] = [];
  const others: Waiting[] = [];
  for (const [index, { from, to }] of files.entries()) {
    const plain = asked.flatten ? undefined : plainSize(from);
    const head = plain === undefined ? '' : headOf(from);
    const bytes = head.startsWith('PK') && (await isBundleAt(from)) ? undefined : plain;
    (bytes === undefined ? others : direct).push({
      from: resolve(from),
      to,
      index,
      bytes: bytes ?? 0,
      kind: head.startsWith('DICM', 128) ? 'dicom' : head.startsWith('%PDF-') ? 'pdf' : undefined,
    });
  }
  for (const portion of portions(direct)) await readByChildren(portion, folder, asked, options, ended);
  if (others.length > 0) await throughMemory(others, asked, options, ended);
}

/** Bytes of a file that a child can be allowed to read; undefined for a pipe, a device, what is not there, and a path that a permission would take for a pattern. */
function plainSize(path: string): number | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() && !path.includes('*') ? found.size : undefined;
}

/** The first bytes, read without waiting: of thousands of slices each is asked, and none is a zip. Nothing where it cannot be read. */
function headOf(path: string): string {
  try {
    const descriptor = openSync(path, 'r');
    try {
      return head.toString('latin1', 0, readSync(descriptor, head));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return '';
  }
}
const head = Buffer.alloc(132);

/** The kind that more than half of the files seem to be of. */
function kindOfMost(files: readonly Waiting[]): Snapshot | undefined {
  return snapshots.find((kind) => files.filter((file) => file.kind === kind).length > files.length / 2);
}

function* portions(files: readonly Waiting[]): Generator<Waiting[]> {
  let portion: Waiting[] = [];
  let length = 0;
  for (const file of files) {
    length += Buffer.byteLength(file.from) + 64;
    if (length > MOST_PATHS && portion.length > 0) {
      yield portion;
      [portion, length] = [[], 0];
    }
    portion.push(file);
  }
  if (portion.length > 0) yield portion;
}

type Ended = Parameters<typeof scrubFiles>[4];

async function readByChildren(
  files: readonly Waiting[],
  folder: string,
  asked: Asked,
  options: ScrubberOptions,
  ended: Ended,
): Promise<void> {
  const bounds = bounded({ jobsPerChild: JOBS_PER_CHILD, ...options });
  const kind = kindOfMost(files);
  const paths = { readable: files.map(({ from }) => from), writable: resolve(folder) };
  const pool = createPool({ ...bounds, paths, ...(kind ? { kind } : {}) });
  // The largest first: one that is begun last would leave the other children without work. What is nearly as large keeps its order, as the slices of a study.
  const queue = files.toReversed().toSorted((one, other) => magnitude(one) - magnitude(other));
  const { maxBytes, maxPages, readMs, workers } = bounds;
  const { redact = 'all', known, dicom, languages } = asked;
  const job = {
    job: 'files',
    maxBytes,
    maxPages,
    readMs,
    redact,
    ...(known ? { known } : {}),
    ...(dicom ? { dicom } : {}),
    ...(languages ? { languages } : {}),
  } as const;
  const work = async () => {
    for (let batch = taken(queue, workers); batch.length > 0; batch = taken(queue, workers))
      queue.push(...(await worked(pool, batch, paths.writable, job, ended)).toReversed());
  };
  try {
    await Promise.all(Array.from({ length: Math.min(workers, files.length) }, work));
  } finally {
    await pool.close();
  }
}

const magnitude = ({ bytes }: Waiting) => Math.floor(Math.log2(bytes + 1));

function taken(queue: Waiting[], workers: number): Waiting[] {
  const most = Math.min(AT_ONCE.files, Math.ceil(queue.length / workers / 2));
  const share = queue.reduce((sum, file) => sum + file.bytes, 0) / workers / 2;
  const batch: Waiting[] = [];
  let bytes = 0;
  while (batch.length < most && bytes < Math.min(AT_ONCE.bytes, share || 1)) {
    const file = queue.pop();
    if (!file) break;
    batch.push(file);
    bytes += file.bytes;
  }
  return batch;
}

let tallies = 0;
/** Files that were done and could not be told of any more: none is given a third time. */
const unheard = new WeakSet<Waiting>();

/** Gives what is left of a batch where one of its files took the child with it: that one too, and first, where the child was too full for it; and what was done and could not be told of any more. */
async function worked(
  pool: Pool,
  batch: readonly Waiting[],
  folder: string,
  job: Omit<Extract<Job, { job: 'files' }>, 'files' | 'tally'>,
  ended: Ended,
): Promise<readonly Waiting[]> {
  let heard = 0;
  const told = (message: Told) => {
    if (message.answer !== 'outcomes') return;
    for (const outcome of message.outcomes) {
      const file = batch[heard];
      if (!file) return;
      heard++;
      ended(file.index, outcome);
    }
  };
  const tally = join(folder, `.${++tallies}`);
  try {
    const files = batch.map(({ from, to }) => ({ from, to }));
    const answer = await pool.run({ ...job, files, tally }, { told });
    if (heard === batch.length) return [];
    const done = Math.max(heard, tallied(tally));
    for (const { to } of batch.slice(heard, done + 1)) await rm(to, { force: true });
    const reason = answer.answer === 'lost' ? answer.why : 'crashed';
    const refuse = ({ index }: Waiting) => ended(index, { outcome: 'refused', reason });
    const untold = batch.slice(heard, done);
    for (const file of untold.filter((one) => unheard.has(one))) refuse(file);
    const again = untold.filter((one) => !unheard.has(one));
    for (const file of again) unheard.add(file);
    const isFull = answer.answer === 'lost' && answer.why === 'memory' && (answer.worn || done > heard);
    if (isFull) return [...batch.slice(done), ...again];
    for (const lost of batch.slice(done, done + 1)) refuse(lost);
    return [...batch.slice(done + 1), ...again];
  } finally {
    await rm(tally, { force: true });
  }
}

/** What cannot be read by a child, or is drawn by another program afterwards, passes through this process; so do bundles, file by file. */
async function throughMemory(
  files: readonly Waiting[],
  asked: Asked,
  options: ScrubberOptions,
  ended: Ended,
): Promise<void> {
  const scrubber = createScrubber(options);
  let next = 0;
  const work = async () => {
    for (let file = files[next++]; file; file = files[next++]) ended(file.index, await one(scrubber, file, asked));
  };
  try {
    // One more than there are workers reads and writes while they work.
    await Promise.all(Array.from({ length: bounded(options).workers + 1 }, work));
  } finally {
    await scrubber.close();
  }
}

async function one(scrubber: Scrubber, { from, to }: Waiting, asked: Asked): Promise<FileOutcome> {
  if (await isBundleAt(from)) return scrubBundleAt(scrubber, from, to, asked);
  let file: Buffer;
  try {
    file = await readFile(from);
  } catch {
    return { outcome: 'failed', reason: 'unreadable' };
  }
  const outcome = await scrubber.scrub(file, asked);
  if (outcome.outcome === 'refused') return outcome;
  try {
    await writeFile(to, outcome.file, { flag: 'wx', mode: 0o600 });
  } catch {
    return { outcome: 'failed', reason: 'unwritable' };
  }
  return { outcome: 'scrubbed', report: outcome.report };
}
