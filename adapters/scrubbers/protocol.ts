import type { ScrubOutcome } from '../../domain/ports.ts';

/** What the parent asks of a child process. */
export type Job =
  | { readonly job: 'scrub'; readonly file: Uint8Array; readonly maxPages: number }
  | { readonly job: 'picture'; readonly file: Uint8Array; readonly page: number; readonly width: number };

/** What a child answers: always one answer to one job. */
export type Answer =
  | { readonly answer: 'scrub'; readonly outcome: ScrubOutcome }
  | { readonly answer: 'picture'; readonly picture: Uint8Array }
  | { readonly answer: 'failed'; readonly code: string };

/** The signal by which a child that watches itself says that its memory went over the bound. */
export const MEMORY_SIGNAL = 'SIGUSR2';
