import type { Logger } from 'pino';

/** Work that nobody waits for, but the end of the process does. */
export interface Background {
  /** Runs it; a failure is logged with its code, under this name. Says whether it went well; need not be awaited, never rejects. */
  run(name: string, work: () => Promise<void>): Promise<boolean>;
  /** Resolves when all that was begun is over. */
  idle(): Promise<void>;
}

/** Keeps track of unawaited work. */
export function createBackground(log: Logger): Background {
  const running = new Set<Promise<boolean>>();
  return {
    run(name, work) {
      const done: Promise<boolean> = work()
        .then(() => true)
        .catch((error: unknown) => {
          log.error({ code: failureCode(error) }, name);
          return false;
        })
        .finally(() => running.delete(done));
      running.add(done);
      return done;
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** An error without its contents: our own codes, or the kind of error. Messages of libraries may quote requests. */
export function failureCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code: unknown = Reflect.get(error, 'code');
  if (typeof code === 'string') return code;
  return /^teams-[a-z0-9-]+$/.test(error.message) ? error.message : error.name;
}
