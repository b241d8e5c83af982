import { closeSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Scrubber } from '../../domain/ports.ts';
import { bounded, type ScrubberOptions } from './bounds.ts';
import { type Snapshot, snapshots } from './built.ts';
import { createPool, type Pool } from './pool.ts';
import type { FileOutcome, FromTo, Job, Told } from './protocol.ts';
import { tallied } from './tally.ts';

export type { FileOutcome, FromTo } from './protocol.ts';

type Asked = Omit<NonNullable<Parameters<Scrubber['scrub']>[1]>, 'progress'>;

const MB = 1024 * 1024;
/** So many files, or bytes of them, are given to a child at a time: between two gifts it waits. */
const AT_ONCE = { files: 128, bytes: 128 * MB };
/** A command line holds 2 MB (execve), of which the paths that a child may read take so much. */
const MOST_PATHS = MB;
const JOBS_PER_CHILD = 20_000;

interface Given extends FromTo {
  readonly index: number;
}

interface Waiting extends Given {
  readonly bytes: number;
}

/**
 * Scrubs files from one path to another one, with the bounds of `createScrubber`. The child processes read and write them: a study's pixels then pass through no other process. They may read those files, and write to `folder`, which
 * is to be empty, and nowhere else. Where no key is given for DICOM files, one is made for all of them. `ended` is called for every file once, as soon as it has, with its place in the list; only after 'scrubbed' there is anything at its
 * second path. Never throws for what a file holds.
 */
export async function scrubFiles(
  files: readonly FromTo[],
  folder: string,
  asked: Asked,
  options: ScrubberOptions,
  ended: (index: number, outcome: FileOutcome) => void,
): Promise<void> {
  const given = files.map(({ from, to }, index) => ({ from: resolve(from), to, index }));
  const others: Given[] = [];
  let own: Asked | undefined;
  for (const portion of portions(given)) {
    const pool = poolFor(portion, folder, options);
    try {
      if (!asked.flatten && mayBeRead(portion)) pool.begin(Math.min(bounded(options).workers, portion.length));
      // What comes from here on is done while they begin, which takes them longer.
      own ??= await withKey(asked);
      const direct = asked.flatten ? [] : await readable(portion);
      const taken = new Set(direct.map(({ index }) => index));
      others.push(...portion.filter(({ index }) => !taken.has(index)));
      await readByChildren(pool, direct, folder, own, options, ended);
    } finally {
      await pool.close();
    }
  }
  if (others.length === 0) return;
  const { throughMemory } = await import('./through-memory.ts');
  await throughMemory(others, own ?? asked, options, ended);
}

/** OpenSSL is loaded here and not before: the children begin meanwhile. */
async function withKey(asked: Asked): Promise<Asked> {
  const { randomBytes } = await import('node:crypto');
  return { ...asked, dicom: { key: randomBytes(KEY_BYTES).toString('hex'), ...asked.dicom } };
}

const KEY_BYTES = 32;

/** Those of the files that a child can be allowed to read, and that are no bundles. */
async function readable(files: readonly Given[]): Promise<Waiting[]> {
  const found: Waiting[] = [];
  for (const file of files) {
    const bytes = plainSize(file.from);
    if (bytes === undefined || (headOf(file.from).startsWith('PK') && (await isBundle(file.from)))) continue;
    found.push({ ...file, bytes });
  }
  return found;
}

async function isBundle(path: string): Promise<boolean> {
  return (await import('./bundle/on-disk.ts')).isBundleAt(path);
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

/** So many files, spread over all, say what kind most are of. */
const ASKED_FOR_KIND = 9;

function someOf(files: readonly Given[]): readonly Given[] {
  const step = Math.max(1, files.length / ASKED_FOR_KIND);
  return files.filter((_, index) => Math.floor(index % step) === 0);
}

/** Whether children will read any of them, as it seems. */
const mayBeRead = (files: readonly Given[]) => someOf(files).some(({ from }) => !/^(?:PK|$)/.test(headAt(from)));

const headAt = (path: string) => (plainSize(path) === undefined ? '' : headOf(path));

/** The kind that more than half of the files seem to be of. */
function kindOfMost(files: readonly Given[]): Snapshot | undefined {
  const some = someOf(files).map(({ from }) => headAt(from));
  const marks: Readonly<Record<Snapshot, (head: string) => boolean>> = {
    dicom: (head) => head.startsWith('DICM', 128),
    pdf: (head) => head.startsWith('%PDF-'),
  };
  return snapshots.find((kind) => some.filter(marks[kind]).length > some.length / 2);
}

function* portions(files: readonly Given[]): Generator<Given[]> {
  let portion: Given[] = [];
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

const boundsOf = (options: ScrubberOptions) => bounded({ jobsPerChild: JOBS_PER_CHILD, ...options });

function poolFor(files: readonly Given[], folder: string, options: ScrubberOptions): Pool {
  const kind = kindOfMost(files);
  // A permission would take it for a pattern.
  const readable = files.flatMap(({ from }) => (from.includes('*') ? [] : [from]));
  return createPool({
    ...boundsOf(options),
    paths: { readable, writable: resolve(folder) },
    ...(kind ? { kind } : {}),
  });
}

async function readByChildren(
  pool: Pool,
  files: readonly Waiting[],
  folder: string,
  asked: Asked,
  options: ScrubberOptions,
  ended: Ended,
): Promise<void> {
  const bounds = boundsOf(options);
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
      queue.push(...(await worked(pool, batch, resolve(folder), job, ended)).toReversed());
  };
  await Promise.all(Array.from({ length: Math.min(workers, files.length) }, work));
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
    for (const { to } of batch.slice(heard, done + 1)) rmSync(to, { force: true });
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
    rmSync(tally, { force: true });
  }
}
