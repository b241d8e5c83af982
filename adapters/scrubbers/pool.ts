import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { ByteSource, Sink } from '../../domain/bytes.ts';
import { builtFile, builtFolder, builtSnapshot, codeFolder, root, type Snapshot } from './built.ts';
import { engineFlags } from './flags.ts';
import { giveFrom, joined, type Parcel, parted, taker } from './parcels.ts';
import { type Answer, type Job, MEMORY_SIGNAL, type Message, type Told } from './protocol.ts';

export interface PoolOptions {
  readonly workers: number;
  /** For one job, from when its child is ready for it. */
  readonly timeMs: number;
  /** Of one child as the operating system counts it: a thread's limits leave WebAssembly and buffers out. */
  readonly memoryBytes: number;
  /** A child is replaced after so many jobs, and sooner once much of its memory stays in use: WebAssembly memory never shrinks. */
  readonly jobsPerChild: number;
  /** For jobs whose files a child reads and writes itself: the files that it may read, and the folder that it may write to. It may write nowhere else. */
  readonly paths?: { readonly readable: readonly string[]; readonly writable: string };
  /** The kind of most files: where there is a snapshot for it, children begin with that. They take all kinds. */
  readonly kind?: Snapshot;
}

/** Why a job has no answer. */
export type Loss = 'time' | 'memory' | 'crashed' | 'stopped';

export interface Lost {
  readonly answer: 'lost';
  readonly why: Loss;
  /** The child had held other files before, whose memory was not all free again: not this file alone went over the bound. */
  readonly worn: boolean;
}

export interface RunOptions {
  /** Hears how far it is. */
  readonly told?: ((message: Told) => void) | undefined;
  /** Ends it: what waits is not begun, and the child that is at it ends; it is lost as 'stopped'. */
  readonly signal?: AbortSignal | undefined;
  /** The file's bytes, in the place of the job's own: they are read as the child takes them. */
  readonly from?: ByteSource | undefined;
  /** Takes the bytes of the file that comes out, as they come; the answer has none then. What it was given counts only where there is an answer. */
  readonly to?: Sink | undefined;
}

export interface Pool {
  /**
   * Runs a job when a child is free. Never throws for what the job does to its child; rejects once the pool is closed, and with what `from` or `to` throw. A file whose child went over its memory after other
   * files had been in it is given to another child; of several files the one that was lost is told as `worn`, and may be given again.
   */
  run(job: Job, options?: RunOptions): Promise<Answer | Lost>;
  /** Starts so many children, for jobs that are not there yet. */
  begin(children: number): void;
  close(): Promise<void>;
}

type Result = Awaited<ReturnType<Pool['run']>>;

interface Waiting {
  readonly job: Job;
  readonly options: RunOptions;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
  /** What its signal does, in the line and at work. */
  stop: () => void;
}

interface Child {
  readonly process: ChildProcess;
  /** Where bytes of files go, and come from, beside the messages. */
  readonly beside: Socket;
  readonly take: ReturnType<typeof taker>;
  jobs: number;
  /** Bytes it held when last looked at. */
  resident: number;
  busy: boolean;
  /** It was started without anything that a machine may lack. */
  readonly isPlain: boolean;
  /** Its engines are loaded. */
  ready: boolean;
  /** Called once when they are. */
  whenReady: () => void;
}

const CHILD = join(root, 'adapters/scrubbers/child.ts');
/** All that a child may read: its own code and the installed packages. Not the configuration, and nothing it may write. */
const READABLE = [
  ...['adapters/scrubbers/*', 'domain/*', 'package.json', 'node_modules/*'].map((path) => join(root, path)),
  join(builtFolder, '*'),
  join(codeFolder, '*'),
].map(mayRead);
/** A child that holds this share of its memory after a job is replaced: the next file shall have room. */
const TIRED = 0.7;
/** Nothing of this process's own. The C library keeps freed memory for each thread that ever ran: two such stores will do. */
const ENVIRONMENT = { MALLOC_ARENA_MAX: '2' };
const WATCH_MS = 50;
/** A program (util-linux) by which the kernel is told to end a child with its parent, and to let it gain no rights: then no thread of the child has to look after that from the start. */
const BINDERS = ['/usr/bin/setpriv', '/bin/setpriv'];
const BINDING = ['--pdeathsig', 'KILL', '--no-new-privs', '--'];
/** So long may a child take to load its engines. */
const START_MS = 60_000;
/** Aborts that the engine makes of its own when its heap is full. */
const HEAP_FULL = new Set(['SIGABRT', 'SIGTRAP', 'SIGILL']);

/**
 * Gives a pool of child processes that are kept warm and share nothing with this one: empty environment, no output, no disk, no network
 * addresses. A child that takes too long or too much memory is killed, and its job is lost with the reason.
 */
export function createPool(options: PoolOptions): Pool {
  const children = new Set<Child>();
  const queue: Waiting[] = [];
  let closed = false;
  const code = builtFile('child.cjs') ?? CHILD;
  let snapshot = options.kind && builtSnapshot(options.kind);
  let binder = BINDERS.find((path) => existsSync(path));

  const start = (): Child => {
    const args = [process.pid, options.memoryBytes, binder ? 'bound' : 'free'].map(String);
    const started = fork(code, args, {
      env: ENVIRONMENT,
      ...(binder ? { execPath: binder } : {}),
      // The watch over memory and parent is a thread, and so is the reader of pictures; pictures are decoded by a native library.
      execArgv: [
        ...(binder ? [...BINDING, process.execPath] : []),
        ...(snapshot ? [`--snapshot-blob=${snapshot}`] : []),
        '--permission',
        '--allow-worker',
        '--allow-addons',
        ...READABLE,
        ...(options.paths?.readable.map(mayRead) ?? []),
        ...(options.paths ? [`--allow-fs-write=${options.paths.writable}/*`] : []),
        ...engineFlags(options.memoryBytes, options.kind),
        // Of many files at once every processor is busy with its own: what compiles beside a child takes the other's time. A server's child is often alone.
        ...(options.paths ? ['--single-threaded'] : []),
        '--no-warnings',
      ],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc', 'pipe'],
    });
    const beside = started.stdio[4] as Socket;
    const take = taker(beside);
    const child: Child = {
      process: started,
      beside,
      take,
      jobs: 0,
      resident: 0,
      busy: false,
      isPlain: !binder && !snapshot,
      ready: false,
      whenReady: () => {},
    };
    children.add(child);
    started.once('message', () => {
      child.ready = true;
      child.whenReady();
    });
    started.once('exit', () => children.delete(child));
    // Without a listener a failed start or a broken pipe would end this process; 'exit' tells the job.
    started.on('error', () => children.delete(child));
    beside.on('error', () => children.delete(child));
    idle(child);
    return child;
  };

  const next = () => {
    if (closed) return;
    while (queue.length > 0) {
      const busy = [...children].filter((child) => child.busy).length;
      if (busy >= options.workers) return;
      const child = [...children].find((one) => !one.busy && one.process.connected) ?? start();
      give(child, queue.shift() as Waiting);
    }
  };

  const inLine = (waiting: Waiting, place: 'first' | 'last') => {
    waiting.stop = () => {
      queue.splice(queue.indexOf(waiting), 1);
      waiting.resolve({ answer: 'lost', why: 'stopped', worn: false });
    };
    if (place === 'first') queue.unshift(waiting);
    else queue.push(waiting);
  };

  const give = (child: Child, waiting: Waiting) => {
    const { job, options: own, resolve, reject } = waiting;
    const { told, from, to } = own;
    child.busy = true;
    child.jobs++;
    child.process.ref();
    child.process.channel?.ref();
    child.beside.ref();
    let why: Loss = 'crashed';
    let settled = false;
    let killed = false;
    /** Its file is on the way out: what took a part of it takes no second one. */
    let isGiven = false;
    let failure: Error | undefined;
    const kill = (loss: Loss) => {
      killed = true;
      why = loss;
      child.process.kill('SIGKILL');
    };
    const fail = (error: unknown) => {
      failure = error instanceof Error ? error : new Error(String(error));
      kill('crashed');
    };
    waiting.stop = () => kill('stopped');
    const within = (ms: number) => setTimeout(() => kill('time'), ms);
    let clock = within(child.ready ? options.timeMs : START_MS);
    child.whenReady = () => {
      clearTimeout(clock);
      clock = within(options.timeMs);
    };
    const watch = setInterval(() => {
      const { pid } = child.process;
      if (!pid) return;
      child.resident = residentBytes(pid);
      if (child.resident > options.memoryBytes && !settled) kill('memory');
    }, WATCH_MS);
    const settle = (result: Result | 'again') => {
      settled = true;
      clearTimeout(clock);
      clearInterval(watch);
      child.whenReady = () => {};
      child.process.off('message', heard);
      child.process.off('exit', exited);
      child.process.off('error', broken);
      child.busy = false;
      if (closed) reject(new Error('the scrubber is closed'));
      else if (failure) reject(failure);
      else if (result === 'again') inLine(waiting, 'first');
      else resolve(result);
      const isTired = child.jobs >= options.jobsPerChild || child.resident > options.memoryBytes * TIRED;
      if (isTired && child.process.connected) {
        children.delete(child);
        child.process.disconnect();
      } else idle(child);
      next();
    };
    const exited = (_code: number | null, signal: NodeJS.Signals | null) => {
      children.delete(child);
      if (!child.isPlain && !child.ready && !killed && !closed && signal !== MEMORY_SIGNAL) {
        // It did not come to open a file: the snapshot, or the other program, is not for this machine.
        [snapshot, binder] = [undefined, undefined];
        return settle('again');
      }
      if (signal === MEMORY_SIGNAL || (signal && HEAP_FULL.has(signal))) why = 'memory';
      const worn = child.jobs > 1;
      // It ends: each time a child that had worked is gone, and a new one has not.
      const mayAgain = why === 'memory' && worn && job.job !== 'files' && !isGiven;
      settle(mayAgain ? 'again' : { answer: 'lost', why, worn });
    };
    const broken = () => {
      child.process.kill('SIGKILL');
      children.delete(child);
      settle({ answer: 'lost', why, worn: child.jobs > 1 });
    };
    const heard = (sent: unknown) => {
      const { said: message, bytes } = sent as Parcel<Message>;
      if (bytes !== undefined) {
        isGiven = to !== undefined;
        child.take(bytes, to).then((taken) => {
          if (!settled) settle(joined(message, taken) as Answer);
        }, fail);
      } else if (message.answer === 'progress') told?.(message);
      else if (message.answer === 'outcomes') {
        // Each file has its own time.
        clearTimeout(clock);
        clock = within(options.timeMs);
        child.jobs += message.outcomes.length;
        told?.(message);
      } else if (message.answer !== 'ready') settle(message);
    };
    child.process.on('message', heard);
    child.process.once('exit', exited);
    child.process.once('error', broken);
    const { parcel, bytes } = parted(job);
    child.process.send(from ? { ...parcel, bytes: from.length } : parcel, (error) => {
      if (error && child.process.exitCode === null) kill('crashed');
    });
    if (from) giveFrom(from, child.beside).catch(fail);
    else if (bytes) child.beside.write(bytes);
  };

  return {
    begin: (many) => {
      while (children.size < many) start();
    },
    run: async (job, own = {}) => {
      if (closed) throw new Error('the scrubber is closed');
      if (own.signal?.aborted) return { answer: 'lost', why: 'stopped', worn: false };
      let waiting: Waiting | undefined;
      const stop = () => waiting?.stop();
      own.signal?.addEventListener('abort', stop);
      try {
        return await new Promise<Result>((resolve, reject) => {
          waiting = { job, options: own, resolve, reject, stop: () => {} };
          inLine(waiting, 'last');
          next();
        });
      } finally {
        own.signal?.removeEventListener('abort', stop);
      }
    },
    close: async () => {
      closed = true;
      for (const waiting of queue.splice(0)) waiting.reject(new Error('the scrubber is closed'));
      await Promise.all([...children].map((child) => stopped(child)));
    },
  };
}

function mayRead(path: string): string {
  return `--allow-fs-read=${path}`;
}

/** A child without a job does not keep this process alive. */
function idle(child: Child): void {
  child.process.unref();
  child.process.channel?.unref();
  child.beside.unref();
}

function stopped(child: Child): Promise<void> {
  return new Promise((resolve) => {
    if (child.process.exitCode !== null || child.process.signalCode !== null) return resolve();
    child.process.ref();
    child.process.once('exit', () => resolve());
    child.process.kill('SIGKILL');
  });
}

const PAGE_BYTES = pageBytes();

/** Resident memory of a process; 0 where the system does not tell (then the child's own watch is what there is). The kernel has the answer at hand: to wait for it takes a hundred times as long. */
function residentBytes(pid: number): number {
  try {
    const statm = readFileSync(`/proc/${pid}/statm`, 'latin1');
    return Number(statm.split(' ')[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
}

/** statm counts in pages, whose size is not told anywhere that Node reads: this process's own memory gives it. */
function pageBytes(): number {
  try {
    const pages = Number(readFileSync('/proc/self/statm', 'latin1').split(' ')[1]);
    const ratio = process.memoryUsage.rss() / pages;
    return [4096, 16384, 65536].reduce((best, size) => (Math.abs(size - ratio) < Math.abs(best - ratio) ? size : best));
  } catch {
    return 4096;
  }
}
