import { parentPort } from 'node:worker_threads';
import type { ToRead } from './apart.ts';
import { readMail } from './read.ts';

/** The thread that mails are read in: gives what each is, one after the other (`apart.ts`). */
parentPort?.on('message', ({ source, options }: ToRead) => {
  void readMail(source, options).then((mail) => parentPort?.postMessage(mail));
});
