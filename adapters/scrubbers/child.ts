// The process in which hostile files are opened. It is started with an empty environment, may not write, and dies with its parent.
import { Worker } from 'node:worker_threads';
import { loadPdfium } from './pdf/pdfium.ts';
import { pagePng } from './pdf/picture.ts';
import { Refusal } from './pdf/refusal.ts';
import { scrubPdf } from './pdf/scrub.ts';
import type { Answer, Job } from './protocol.ts';

// A thread of its own, since a busy main thread hears neither a lost parent nor a clock.
new Worker(new URL('./watchdog.ts', import.meta.url), {
  workerData: { parent: process.ppid, maxBytes: Number(process.argv[2]) },
}).unref();
// What a library prints may quote the file.
for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) console[method] = () => undefined;

const pdfium = loadPdfium();

process.on('message', (message) => {
  void work(message as Job).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit(0));

async function work(job: Job): Promise<Answer> {
  try {
    if (job.job === 'picture')
      return { answer: 'picture', picture: pagePng(await pdfium, job.file, job.page, job.width) };
    const { file, report } = await scrubPdf(await pdfium, job.file, job.maxPages);
    return { answer: 'scrub', outcome: { outcome: 'scrubbed', file, report } };
  } catch (error) {
    const refusal = error instanceof Refusal ? error : undefined;
    // Anything unforeseen is the file's doing as far as anyone can tell: it is not let through.
    const reason = refusal?.code ?? 'corrupt';
    if (job.job === 'picture') return { answer: 'failed', code: reason };
    return {
      answer: 'scrub',
      outcome: { outcome: 'refused', reason, ...(refusal?.params ? { params: refusal.params } : {}) },
    };
  }
}
