import { Worker } from 'node:worker_threads';
import type { Incoming } from '../../../domain/mail-ports.ts';
import { type ReadOptions, unreadable } from './read.ts';

export interface ToRead {
  readonly source: Uint8Array;
  readonly options: ReadOptions;
}

/** Anybody may write to the mailbox: no mail that is taken for an answer needs a second. */
const longestMs = 10_000;
const mostMegabytes = 256;
/** Mails come in bursts, and then none for hours. */
const idleMs = 10_000;

export interface Reading {
  /** What the mail is (see `readMail`); 'unreadable' for one that takes too long or too much memory. One at a time. */
  read(source: Uint8Array, options: ReadOptions): Promise<Incoming>;
  close(): Promise<void>;
}

/** Reads mails in a thread of its own, which is ended where a mail does not end: the libraries that take it apart promise no bound, and everybody else would wait. */
export function createReading(readMs: () => number = () => longestMs): Reading {
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;

  const opened = (): Worker => {
    const worker = new Worker(new URL('./thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
      env: {},
      stdout: true,
      stderr: true,
    });
    worker.unref();
    // What ends it is heard by whoever waits for its answer; between two mails nobody does.
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      if (thread === worker) thread = undefined;
    });
    return worker;
  };
  const end = async () => {
    clearTimeout(idle);
    const worker = thread;
    thread = undefined;
    await worker?.terminate();
  };

  return {
    async read(source, options) {
      clearTimeout(idle);
      thread ??= opened();
      const worker = thread;
      const mail = await new Promise<Incoming | undefined>((resolve) => {
        const settle = (told?: Incoming) => {
          clearTimeout(timer);
          worker.off('message', settle).off('error', fail).off('exit', fail);
          resolve(told);
        };
        const fail = () => settle();
        const timer = setTimeout(fail, readMs());
        worker.on('message', settle).on('error', fail).on('exit', fail);
        worker.postMessage({ source, options } satisfies ToRead);
      });
      if (mail === undefined) {
        await end();
        return unreadable(source);
      }
      idle = setTimeout(() => void end(), idleMs);
      idle.unref();
      return mail;
    },
    close: end,
  };
}
