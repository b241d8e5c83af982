// The process in which hostile files are opened. It is started with an empty environment, may not write but to a folder that it was started for, if any, and dies with its parent.
import { closeSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { ScrubRefusal } from '../../domain/ports.ts';
import { analyse, find, prepare, redact, scrub } from './engine.ts';
import { formats } from './formats.ts';
import {
  type Answer,
  type FileOutcome,
  type FromTo,
  type Job,
  MEMORY_SIGNAL,
  type Message,
  type Progress,
} from './protocol.ts';
import { Refusal } from './refusal.ts';
import { watch } from './watchdog.ts';

// A thread of its own, since a busy main thread hears neither a lost parent nor a clock.
const watched = [process.ppid, Number(process.argv[2]), MEMORY_SIGNAL].map((one) => JSON.stringify(one));
new Worker(`(${watch.toString()})(${watched.join()})`, { eval: true }).unref();
// What a library prints may quote the file.
for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) console[method] = () => undefined;

const engine = formats();
send({ answer: 'ready' });

process.on('message', (message) => {
  void work(message as Job).then((answer) => send(answer));
});
process.on('disconnect', () => process.exit(0));

function send(message: Message): void {
  process.send?.(message);
}

/** Told at most ten times a second: a fast page takes less than the message about it. */
function progressTeller(): (phase: Progress['phase'], done: number, of: number) => void {
  let last = 0;
  return (phase, done, of) => {
    const now = performance.now();
    if (now - last < 100) return;
    last = now;
    send({ answer: 'progress', progress: { phase, done, of } });
  };
}

async function work(job: Job): Promise<Answer> {
  try {
    switch (job.job) {
      case 'analyse':
        return { answer: 'analyse', outcome: await analyse(engine, job, progressTeller()) };
      case 'prepare':
        return { answer: 'prepare', outcome: await prepare(engine, job, progressTeller()) };
      case 'find':
        return { answer: 'find', findings: await find(job) };
      case 'scrub':
        return { answer: 'scrub', outcome: await scrub(engine, job, progressTeller()) };
      case 'files':
        for (const one of job.files) send({ answer: 'file', outcome: await fileScrubbed(one, job) });
        return { answer: 'files' };
      case 'redact':
        return { answer: 'redact', outcome: await redact(engine, job, progressTeller()) };
      case 'picture':
        return { answer: 'picture', picture: await engine.picture(job.file, job.page, job.width, job.annotated) };
      case 'text':
        return { answer: 'text', text: await engine.text(job.file, job.page) };
    }
  } catch (error) {
    const refused = refusalOf(error);
    if (job.job === 'picture' || job.job === 'text' || job.job === 'find' || job.job === 'files')
      return { answer: 'failed', code: refused.reason };
    return { answer: job.job, outcome: refused };
  }
}

/** Anything unforeseen is the file's doing as far as anyone can tell: it is not let through. */
function refusalOf(error: unknown): ScrubRefusal {
  const refusal = error instanceof Refusal ? error : undefined;
  const reason = refusal?.code ?? 'corrupt';
  return { outcome: 'refused', reason, ...(refusal?.params ? { params: refusal.params } : {}) };
}

/** Scrubs a file from one path to another, where nothing may stand yet: what comes out is written once it was verified, and not at all else. */
async function fileScrubbed({ from, to }: FromTo, job: Extract<Job, { job: 'files' }>): Promise<FileOutcome> {
  let file: Uint8Array;
  try {
    file = wholeFile(from, job.maxBytes);
  } catch (error) {
    return error instanceof Refusal ? refusalOf(error) : { outcome: 'failed', reason: 'unreadable' };
  }
  try {
    const outcome = await scrub(engine, { ...job, file, flatten: false }, () => {});
    if (outcome.outcome === 'refused') return outcome;
    try {
      writeFileSync(to, outcome.file, { flag: 'wx', mode: 0o600 });
    } catch {
      return { outcome: 'failed', reason: 'unwritable' };
    }
    return { outcome: 'scrubbed', report: outcome.report };
  } catch (error) {
    return refusalOf(error);
  }
}

/** Refuses with 'too-large' before anything of the file is read. */
function wholeFile(path: string, most: number): Uint8Array {
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    if (size > most) throw new Refusal('too-large', { bytes: size, limit: most });
    const file = Buffer.allocUnsafeSlow(size);
    let at = 0;
    for (let read = -1; read !== 0 && at < size; at += read) read = readSync(descriptor, file, at, size - at, at);
    return file.subarray(0, at);
  } finally {
    closeSync(descriptor);
  }
}
