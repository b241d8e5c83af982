import type { BundledFile } from '../../domain/documents.ts';
import type { Progress } from '../../domain/ports.ts';

/** How far the work on a document is. */
export interface Step {
  readonly phase: Parameters<Progress>[0];
  readonly done: number;
  readonly of: number;
  /** Not pages. */
  readonly what?: 'frames';
}

export interface Jobs {
  /** Whether one more may begin. */
  readonly free: boolean;
  /** Begins work on a document in the background; says whether it did: not where work on it is under way, or where there is too much already. `session` waits for it. */
  start(document: string, session: string, phase: Step['phase'], work: (job: Job) => Promise<void>): boolean;
  /** How far it is; undefined where nothing is under way. `session` waits for it from now on too. */
  step(document: string, session?: string): Step | undefined;
  /** Whether the last work on it failed in such a way that not even that could be written down: the document is as it was before. */
  failed(document: string): boolean;
  /** What became of the files of the bundle that is worked on, so far. */
  files(document: string): readonly BundledFile[] | undefined;
  /** Ends the work on a document, if there is any, and resolves once it has. */
  stop(document: string): Promise<void>;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
}

export interface Job {
  readonly progress: Progress;
  /** Says that it was stopped: nothing that comes of it is kept. */
  readonly signal: AbortSignal;
  /** The sessions that asked for the work, or for how far it is. */
  readonly sessions: ReadonlySet<string>;
  /** Notes what became of a file of a bundle. */
  readonly file: (file: BundledFile) => void;
}

/** Files that are worked on or wait for a child process at the same time: each is in memory whole. */
const most = 8;

/** Keeps the work that goes on behind an answer: at most one for each document. `failed` hears of work that threw; where it throws itself, `Jobs.failed` tells. */
export function createJobs(failed: (document: string) => Promise<void>): Jobs {
  const running = new Map<
    string,
    {
      step: Step;
      readonly sessions: Set<string>;
      readonly files: BundledFile[];
      readonly stopper: AbortController;
      done: Promise<void>;
    }
  >();
  const undone = new Set<string>();
  return {
    get free() {
      return running.size < most;
    },
    start(document, session, phase, work) {
      if (running.has(document) || running.size >= most) return false;
      const sessions = new Set([session]);
      const files: BundledFile[] = [];
      const stopper = new AbortController();
      const step: Step = { phase, done: 0, of: 0 };
      const entry = { step, sessions, files, stopper, done: Promise.resolve() };
      running.set(document, entry);
      undone.delete(document);
      const progress: Progress = (now, done, of, what) => {
        entry.step = { phase: now, done, of, ...(what ? { what } : {}) };
      };
      entry.done = work({ progress, signal: stopper.signal, sessions, file: (file) => files.push(file) })
        .catch(() => failed(document))
        .catch(() => void undone.add(document))
        .finally(() => running.delete(document));
      return true;
    },
    step(document, session) {
      const entry = running.get(document);
      if (entry && session !== undefined) entry.sessions.add(session);
      return entry?.step;
    },
    async stop(document) {
      const entry = running.get(document);
      entry?.stopper.abort();
      await entry?.done;
    },
    failed: (document) => undone.has(document),
    files: (document) => running.get(document)?.files,
    idle: async () => {
      while (running.size > 0) await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}
