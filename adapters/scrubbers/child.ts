// The process in which hostile files are opened. It is started with an empty environment, may not write, and dies with its parent.
import { Worker } from 'node:worker_threads';
import { analyse, redact, scrub } from './engine.ts';
import { formats } from './formats.ts';
import type { Answer, Job, Message, Progress } from './protocol.ts';
import { Refusal } from './refusal.ts';

// A thread of its own, since a busy main thread hears neither a lost parent nor a clock.
new Worker(new URL('./watchdog.ts', import.meta.url), {
  workerData: { parent: process.ppid, maxBytes: Number(process.argv[2]) },
}).unref();
// What a library prints may quote the file.
for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) console[method] = () => undefined;

const open = formats();
// A failure to load shows with the first job.
void open.then(
  () => send({ answer: 'ready' }),
  () => send({ answer: 'ready' }),
);

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
    const engine = await open;
    switch (job.job) {
      case 'analyse':
        return { answer: 'analyse', outcome: await analyse(engine, job, progressTeller()) };
      case 'scrub':
        return { answer: 'scrub', outcome: await scrub(engine, job, progressTeller()) };
      case 'redact':
        return { answer: 'redact', outcome: await redact(engine, job, progressTeller()) };
      case 'picture':
        return { answer: 'picture', picture: await engine.picture(job.file, job.page, job.width, job.annotated) };
      case 'text':
        return { answer: 'text', text: await engine.text(job.file, job.page) };
    }
  } catch (error) {
    const refusal = error instanceof Refusal ? error : undefined;
    // Anything unforeseen is the file's doing as far as anyone can tell: it is not let through.
    const reason = refusal?.code ?? 'corrupt';
    const refused = { outcome: 'refused', reason, ...(refusal?.params ? { params: refusal.params } : {}) } as const;
    if (job.job === 'picture' || job.job === 'text') return { answer: 'failed', code: reason };
    return { answer: job.job, outcome: refused };
  }
}
