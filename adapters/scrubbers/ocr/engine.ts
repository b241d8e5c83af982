import type { Worker as Thread } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { createWorker, OEM, PSM, type Worker } from 'tesseract.js';
import type { Grey } from './grey.ts';
import { type Model, modelFile, modelFolder } from './models.ts';

/** A word as it was read: its box in pixels of the picture that was given, confidence from 0 to 100. */
export interface ReadWord {
  readonly text: string;
  readonly confidence: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** For each UTF-16 unit of the text where it begins and ends, from left to right, in pixels. */
  readonly edges: readonly (readonly [number, number])[];
}

/** Words of one line, from left to right; `slope` is that of its baseline, down over right. */
export interface ReadLine {
  readonly words: readonly ReadWord[];
  readonly slope: number;
}

/** 'page': text in blocks and columns; 'sparse': as much text as there is, in no order. */
export type Layout = 'page' | 'sparse';

/** Tesseract in a thread of its own, kept warm. One picture at a time. */
export interface Engine {
  /** Reads a grey picture. Gives undefined when it took longer than `timeMs` (the thread is ended then) or failed. */
  recognise(
    picture: Grey,
    layout: Layout,
    models: readonly Model[],
    timeMs: number,
  ): Promise<readonly ReadLine[] | undefined>;
  close(): Promise<void>;
}

/** A thread's memory never shrinks: it is begun anew once this process has grown by so much since its start. */
const MOST_GROWN = 260 * 1024 * 1024;
/** A thread that has not started by then never will: Tesseract.js tells of some failures to nobody. */
const START_MS = 12_000;

/**
 * Gives an engine that starts its thread when it is first needed. Reads the models from their packages; writes nothing, and asks no network. Whatever happens in the thread,
 * its death included, is a picture that was not read.
 */
export function createEngine(): Engine {
  let running: Running | undefined;

  const stop = async () => {
    const last = running;
    running = undefined;
    await last?.end();
  };

  const started = async (models: readonly Model[]): Promise<Worker | undefined> => {
    if (running && running.models !== models.join('+')) await stop();
    running ??= begun(models);
    const worker = await within(START_MS, running.worker);
    if (!worker) await stop();
    return worker;
  };

  return {
    recognise: async (picture, layout, models, timeMs) => {
      try {
        const end = performance.now() + timeMs;
        const worker = (await started(models)) ?? (await started(models));
        if (!worker || !running) return undefined;
        const lines = await within(
          end - performance.now(),
          Promise.race([read(worker, picture, layout), running.gone]),
        );
        if (!lines || process.memoryUsage.rss() - running.resident > MOST_GROWN) await stop();
        return lines;
      } catch {
        await stop();
        return undefined;
      }
    },
    close: stop,
  };
}

interface Running {
  /** Undefined when it could not be started. */
  readonly worker: Promise<Worker | undefined>;
  readonly models: string;
  /** This process's memory before. */
  readonly resident: number;
  /** Settles when the thread is dead. */
  readonly gone: Promise<undefined>;
  end(): Promise<void>;
}

/** Starts a thread. Tesseract.js hands it out only when it is ready, and an error before that would end this process: Node tells of every thread that is made. */
function begun(models: readonly Model[]): Running {
  let thread: Thread | undefined;
  const { promise: gone, resolve } = Promise.withResolvers<undefined>();
  const met = (made: Thread) => {
    thread = made;
    made.on('error', () => undefined);
    made.once('exit', () => resolve(undefined));
  };
  process.once('worker', met);
  const worker = start(models).catch(() => {
    process.off('worker', met);
    return undefined;
  });
  return {
    worker: Promise.race([worker, gone]),
    models: models.join('+'),
    resident: process.memoryUsage.rss(),
    gone,
    end: async () => {
      process.off('worker', met);
      await thread?.terminate();
    },
  };
}

/** What the work gives, or undefined after so many milliseconds. */
async function within<T>(timeMs: number, work: Promise<T> | undefined): Promise<T | undefined> {
  let clock: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    clock = setTimeout(resolve, Math.max(0, timeMs), undefined);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(clock);
  }
}

/**
 * One folder is all that Tesseract.js looks for models in: the first comes from its own, the others are put into the thread's memory and named as further languages
 * (Tesseract's `tessedit_load_sublangs`).
 */
async function start(models: readonly Model[]): Promise<Worker> {
  const [main = 'eng', ...further] = models;
  const worker = await createWorker(main, OEM.LSTM_ONLY, {
    langPath: modelFolder(main),
    cacheMethod: 'none',
    gzip: true,
    // Without it a picture that cannot be read would end the process.
    errorHandler: () => undefined,
  });
  if (further.length === 0) return worker;
  for (const model of further)
    await worker.FS('writeFile', [`./${model}.traineddata`, gunzipSync(await modelFile(model))]);
  await worker.reinitialize(main, OEM.LSTM_ONLY, { tessedit_load_sublangs: further.join('+') } as object);
  return worker;
}

async function read(worker: Worker, picture: Grey, layout: Layout): Promise<readonly ReadLine[]> {
  const { data } = await worker.recognize(
    pgm(picture),
    { tessedit_pageseg_mode: layout === 'sparse' ? PSM.SPARSE_TEXT : PSM.AUTO, user_defined_dpi: '200' } as object,
    { blocks: true, text: false },
  );
  return (data.blocks ?? []).flatMap((block) =>
    block.paragraphs.flatMap((paragraph) =>
      paragraph.lines.map(({ words, baseline: { x0, y0, x1, y1 } }) => ({
        words: words.flatMap((word) => (word.text.trim() ? [readWord(word)] : [])),
        slope: x1 > x0 ? (y1 - y0) / (x1 - x0) : 0,
      })),
    ),
  );
}

/**
 * A portable greymap (netpbm's pgm(5)): the samples as they are. The long comment keeps them from the first 500 bytes, in which Tesseract.js looks for an orientation.
 */
function pgm({ width, height, data }: Grey): Buffer {
  return Buffer.concat([Buffer.from(`P5\n#${' '.repeat(512)}\n${width} ${height}\n255\n`, 'latin1'), data]);
}

type Word = NonNullable<
  Awaited<ReturnType<Worker['recognize']>>['data']['blocks']
>[number]['paragraphs'][number]['lines'][number]['words'][number];

function readWord({ text, confidence, bbox, symbols }: Word): ReadWord {
  const { x0: left, y0: top, x1: right, y1: bottom } = bbox;
  const whole = symbols.map((symbol) => symbol.text).join('') === text;
  const edges = whole
    ? symbols.flatMap((symbol, index) => {
        // Symbols are placed less well than words: each reaches to the middle of the gap to its neighbour, the outer ones to the word's edge.
        const before = symbols[index - 1];
        const after = symbols[index + 1];
        const from = before ? (before.bbox.x1 + symbol.bbox.x0) / 2 : left;
        const to = after ? (symbol.bbox.x1 + after.bbox.x0) / 2 : right;
        return evenly(symbol.text.length, Math.min(from, to), Math.max(from, to));
      })
    : evenly(text.length, left, right);
  return { text, confidence, left, top, right, bottom, edges };
}

function evenly(parts: number, from: number, to: number): [number, number][] {
  const step = (to - from) / parts;
  return Array.from({ length: parts }, (_, index) => [from + index * step, from + (index + 1) * step]);
}
