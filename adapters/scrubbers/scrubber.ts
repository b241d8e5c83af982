import type { Scrubber } from '../../domain/ports.ts';
import { createPool } from './pool.ts';
import { sniff } from './sniff.ts';

/** Bounds; what is left out takes its default. */
export interface ScrubberOptions {
  /** 50 MB. */
  readonly maxBytes?: number;
  /** 500. */
  readonly maxPages?: number;
  /** 60 seconds for one file. */
  readonly timeMs?: number;
  /** 900 MB for one child process, as the operating system counts it. */
  readonly memoryBytes?: number;
  /** 2 child processes at a time; further files wait. */
  readonly workers?: number;
  /** A child is replaced after 25 files. */
  readonly jobsPerChild?: number;
}

const MB = 1024 * 1024;

/**
 * Gives a scrubber for PDF (PDF 32000-1) that opens files in child processes only. Refuses with 'not-a-pdf' (params.kind: what it appears to be), 'too-large',
 * 'too-many-pages', 'password', 'corrupt', 'time', 'memory', 'crashed' or 'not-verified'; nothing is written to disk, and a file's name goes nowhere.
 */
export function createScrubber(options: ScrubberOptions = {}): Scrubber {
  const maxBytes = options.maxBytes ?? 50 * MB;
  const maxPages = options.maxPages ?? 500;
  const pool = createPool({
    workers: options.workers ?? 2,
    timeMs: options.timeMs ?? 60_000,
    memoryBytes: options.memoryBytes ?? 900 * MB,
    jobsPerChild: options.jobsPerChild ?? 25,
  });
  return {
    scrub: async (file) => {
      if (file.length > maxBytes)
        return { outcome: 'refused', reason: 'too-large', params: { bytes: file.length, limit: maxBytes } };
      const kind = sniff(file);
      if (kind !== 'pdf') return { outcome: 'refused', reason: 'not-a-pdf', params: { kind } };
      const answer = await pool.run({ job: 'scrub', file, maxPages });
      if (answer.answer === 'lost') return { outcome: 'refused', reason: answer.why };
      return answer.answer === 'scrub' ? answer.outcome : { outcome: 'refused', reason: 'crashed' };
    },
    picture: async (file, page, width) => {
      if (sniff(file) !== 'pdf') throw new Error('picture: not-a-pdf');
      const answer = await pool.run({ job: 'picture', file, page, width });
      if (answer.answer === 'picture') return answer.picture;
      throw new Error(
        `picture: ${answer.answer === 'lost' ? answer.why : answer.answer === 'failed' ? answer.code : 'crashed'}`,
      );
    },
    close: () => pool.close(),
  };
}
