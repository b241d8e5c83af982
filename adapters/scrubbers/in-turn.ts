import type { FileOutcome, FromTo, Job } from './protocol.ts';
import { beginTally, type Tally } from './tally.ts';

type FilesJob = Extract<Job, { job: 'files' }>;

/** A message costs a child and its parent as much as a tenth of a slice; so often is often enough for who watches, and for a bound on time. */
const TELL_MS = 100;

/**
 * Scrubs the files of a job one after the other. `tell` hears what became of them, some at a time, and all of them before this resolves; the job's tally holds how many are done, told or not. `between` is called after each file. Where there can
 * be no tally each is told at once.
 */
export async function inTurn(
  job: FilesJob,
  scrub: (file: FromTo, job: FilesJob) => Promise<FileOutcome>,
  tell: (outcomes: readonly FileOutcome[]) => void,
  between: () => void,
): Promise<void> {
  const tally = tallyOf(job);
  let untold: FileOutcome[] = [];
  let toldAt = performance.now();
  try {
    for (const [index, file] of job.files.entries()) {
      untold.push(await scrub(file, job));
      between();
      const isCounted = counted(tally, index + 1);
      const now = performance.now();
      if (isCounted && now - toldAt < TELL_MS && index + 1 < job.files.length) continue;
      tell(untold);
      [untold, toldAt] = [[], now];
    }
  } finally {
    tally?.close();
  }
}

function tallyOf({ tally }: FilesJob): Tally | undefined {
  try {
    return beginTally(tally);
  } catch {
    return undefined;
  }
}

/** Before they are told: what is told last may be lost with the process. */
function counted(tally: Tally | undefined, done: number): boolean {
  try {
    tally?.set(done);
    return tally !== undefined;
  } catch {
    return false;
  }
}
