import type { Analysis, Scrubber, ScrubOptions, ScrubRefusal } from '../../domain/ports.ts';
import { createPool } from './pool.ts';
import type { Progress } from './protocol.ts';
import { reportOf } from './report.ts';

/** Bounds; what is left out takes its default. */
export interface ScrubberOptions {
  /** 50 MB. */
  readonly maxBytes?: number;
  /** 500. */
  readonly maxPages?: number;
  /** 60 seconds for one file. */
  readonly timeMs?: number;
  /** Of these, so many for reading pictures; half. What is not read by then is told. */
  readonly readMs?: number;
  /** 600 MB for one child process, as the operating system counts it. */
  readonly memoryBytes?: number;
  /** 2 child processes at a time; further files wait. */
  readonly workers?: number;
  /** A child is replaced after 400 files, or when it holds much memory: one that is warm works twice as fast as a new one. */
  readonly jobsPerChild?: number;
}

const MB = 1024 * 1024;

/**
 * Gives a scrubber for PDF (PDF 32000-1), pictures, text and Office documents that opens files in child processes only. Refuses with 'unknown-kind' (params.kind: what it appears to be),
 * 'too-large', 'too-many-pages', 'password', 'corrupt', 'time', 'memory', 'crashed', 'not-verified', or what a format says; nothing is written to disk.
 */
export function createScrubber(options: ScrubberOptions = {}): Scrubber {
  const maxBytes = options.maxBytes ?? 50 * MB;
  const maxPages = options.maxPages ?? 500;
  const timeMs = options.timeMs ?? 60_000;
  const readMs = options.readMs ?? timeMs / 2;
  const pool = createPool({
    workers: options.workers ?? 2,
    timeMs,
    memoryBytes: options.memoryBytes ?? 600 * MB,
    jobsPerChild: options.jobsPerChild ?? 400,
  });
  const told = (progress: ScrubOptions['progress']) =>
    progress && (({ phase, done, of }: Progress) => progress(phase, done, of));
  const tooLarge = (file: Uint8Array): ScrubRefusal | undefined =>
    file.length > maxBytes
      ? { outcome: 'refused', reason: 'too-large', params: { bytes: file.length, limit: maxBytes } }
      : undefined;
  const reading = (file: Uint8Array, { known, dicom, languages }: ScrubOptions) => ({
    file,
    maxPages,
    readMs,
    ...(known ? { known } : {}),
    ...(dicom ? { dicom } : {}),
    ...(languages ? { languages } : {}),
  });
  const crashed = (why = 'crashed'): ScrubRefusal => ({ outcome: 'refused', reason: why });

  return {
    analyse: async (file, asked = {}): Promise<Analysis | ScrubRefusal> => {
      const refusal = tooLarge(file);
      if (refusal) return refusal;
      const answer = await pool.run({ job: 'analyse', ...reading(file, asked) }, told(asked.progress));
      if (answer.answer === 'analyse') return answer.outcome;
      return crashed(answer.answer === 'lost' ? answer.why : undefined);
    },
    redact: async (analysis, redactions, asked = {}) => {
      const { format, prepared } = analysis;
      const answer = await pool.run(
        { job: 'redact', format, prepared, redactions, flatten: asked.flatten ?? false, maxPages },
        told(asked.progress),
      );
      if (answer.answer !== 'redact') return crashed(answer.answer === 'lost' ? answer.why : undefined);
      const { outcome } = answer;
      if ('outcome' in outcome) return outcome;
      return { outcome: 'scrubbed', file: outcome.file, report: reportOf(analysis, redactions, outcome) };
    },
    scrub: async (file, asked = {}) => {
      const refusal = tooLarge(file);
      if (refusal) return refusal;
      const { redact = 'all', flatten = false } = asked;
      const answer = await pool.run({ job: 'scrub', ...reading(file, asked), redact, flatten }, told(asked.progress));
      if (answer.answer === 'scrub') return answer.outcome;
      return crashed(answer.answer === 'lost' ? answer.why : undefined);
    },
    picture: async (file, page, width, annotated = false) => {
      const answer = await pool.run({ job: 'picture', file, page, width, annotated });
      if (answer.answer === 'picture') return answer.picture;
      throw lost('picture', answer);
    },
    text: async (file, page) => {
      const answer = await pool.run({ job: 'text', file, page });
      if (answer.answer === 'text') return answer.text;
      throw lost('text', answer);
    },
    close: () => pool.close(),
  };
}

function lost(what: string, answer: { readonly answer: string; readonly why?: string; readonly code?: string }): Error {
  return new Error(`${what}: ${answer.why ?? answer.code ?? 'crashed'}`);
}
