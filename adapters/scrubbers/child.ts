// The process in which hostile files are opened. It is started with an empty environment, may not write but to a folder that it was started for, if any, and dies with its parent.
import { startupSnapshot } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { sliceMemory } from './dicom/pixels/vectors.ts';
import { analyse, find, prepare, redact, scrub } from './engine.ts';
import type { Bench } from './format.ts';
import { formats } from './formats.ts';
import { scrubberOfPaths } from './from-to.ts';
import { inTurn } from './in-turn.ts';
import { given, joined, type Parcel, parted, received } from './parcels.ts';
import { type Answer, type Job, MEMORY_SIGNAL, type Message } from './protocol.ts';
import { refusalOf } from './refusal.ts';
import { createRooms, newRoom } from './room.ts';
import { sniff } from './sniff.ts';
import { watch } from './watchdog.ts';

/** The memory is looked at by the parent as well, and the kernel ends a child that is bound to it: such a one starts the thread of its own watch, which costs as much as a file or two, when it is to stay. */
const UNWATCHED_MS = 30_000;

const engine = formats();
const rooms = createRooms(sliceMemory());
const { given: room, made } = rooms;
const scrubbed = scrubberOfPaths(engine, rooms);

if (startupSnapshot.isBuildingSnapshot()) startupSnapshot.setDeserializeMainFunction(begin);
else begin();

function begin(): void {
  const [parent, memoryBytes, bound] = process.argv.slice(2);
  // It was gone before the kernel knew.
  if (process.ppid !== Number(parent)) process.exit(1);
  const watched = () => beginWatch(Number(parent), Number(memoryBytes));
  if (bound === 'bound') setTimeout(watched, UNWATCHED_MS).unref();
  else watched();
  // What a library prints may quote the file.
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) console[method] = () => undefined;
  process.on('message', (message) => {
    const { said, bytes } = message as Parcel<Job>;
    const isWhole = said.job === 'analyse' || said.job === 'prepare' || said.job === 'scrub';
    const job = bytes === undefined ? said : joined(said, received(bytes, isWhole ? room : newRoom));
    void work(job).then((answer) => send(answer));
  });
  process.on('disconnect', () => process.exit(0));
  send({ answer: 'ready' });
}

/** A thread of its own, since a busy main thread hears neither a lost parent nor a clock. */
function beginWatch(parent: number, memoryBytes: number): void {
  const watched = [parent, memoryBytes, MEMORY_SIGNAL].map((one) => JSON.stringify(one));
  new Worker(`(${watch.toString()})(${watched.join()})`, { eval: true }).unref();
}

/** Between files, as often as its parent looks: to ask the system takes a twentieth of a slice's time. */
const LOOK_MS = 50;
let lookedAt = -LOOK_MS;

function lookAtMemory(): void {
  const now = performance.now();
  if (now - lookedAt < LOOK_MS) return;
  lookedAt = now;
  if (process.memoryUsage.rss() > Number(process.argv[3])) process.kill(process.pid, MEMORY_SIGNAL);
}

function send(message: Message): void {
  const { parcel, bytes } = parted(message);
  // When the message is on its way: to give bytes is to wait, and nothing is sent meanwhile.
  process.send?.(parcel, undefined, undefined, () => bytes && given(bytes));
}

/** Told at most ten times a second: a fast page takes less than the message about it. */
function progressTeller(): Bench['progress'] {
  let last = 0;
  return (phase, done, of, what) => {
    const now = performance.now();
    if (now - last < 100) return;
    last = now;
    send({ answer: 'progress', progress: { phase, done, of, ...(what ? { what } : {}) } });
  };
}

/** Memory that is used again is for slices, which come by the thousand: other libraries may keep what they are given. */
function ownOf<Whole extends { readonly file: Uint8Array }>(job: Whole): Whole {
  return sniff(job.file) === 'dicom' ? job : { ...job, file: job.file.slice() };
}

async function work(job: Job): Promise<Answer> {
  try {
    switch (job.job) {
      case 'analyse':
        return { answer: 'analyse', outcome: await analyse(engine, ownOf(job), progressTeller(), made) };
      case 'prepare':
        return { answer: 'prepare', outcome: await prepare(engine, job, progressTeller(), made) };
      case 'find':
        return { answer: 'find', findings: await find(job) };
      case 'scrub':
        return { answer: 'scrub', outcome: await scrub(engine, ownOf(job), progressTeller(), made) };
      case 'files':
        await inTurn(job, scrubbed, (outcomes) => send({ answer: 'outcomes', outcomes }), lookAtMemory);
        return { answer: 'files' };
      case 'redact':
        return { answer: 'redact', outcome: await redact(engine, job, progressTeller()) };
      case 'picture':
        return { answer: 'picture', picture: await engine.picture(job.file, job.page, job.width, job.annotated) };
      case 'frame':
        return { answer: 'frame', frame: await engine.frame(job.file, job.page, job.width) };
      case 'text':
        return { answer: 'text', text: await engine.text(job.file, job.page) };
    }
  } catch (error) {
    const refused = refusalOf(error);
    switch (job.job) {
      case 'analyse':
      case 'prepare':
      case 'scrub':
      case 'redact':
        return { answer: job.job, outcome: refused };
      default:
        return { answer: 'failed', code: refused.reason };
    }
  }
}
