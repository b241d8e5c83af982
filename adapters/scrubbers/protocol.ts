import type { KnownIdentifiers } from '../../domain/identifiers/spans.ts';
import type { Analysis, DicomChoice, FileFormat, Redaction, ScrubOutcome, ScrubRefusal } from '../../domain/ports.ts';
import type { Redacted } from './format.ts';

interface Reading {
  readonly file: Uint8Array;
  readonly maxPages: number;
  readonly known?: KnownIdentifiers;
  readonly dicom?: DicomChoice;
  readonly languages?: readonly string[];
  /** So long may pictures be read for, in milliseconds. */
  readonly readMs: number;
}

/** What the parent asks of a child process. */
export type Job =
  | (Reading & { readonly job: 'analyse' })
  | (Reading & { readonly job: 'scrub'; readonly redact: 'all' | 'certain' | 'none'; readonly flatten: boolean })
  | {
      readonly job: 'redact';
      readonly format: FileFormat;
      readonly prepared: Uint8Array;
      readonly redactions: readonly Redaction[];
      readonly flatten: boolean;
      readonly maxPages: number;
    }
  | {
      readonly job: 'picture';
      readonly file: Uint8Array;
      readonly page: number;
      readonly width: number;
      readonly annotated: boolean;
    }
  | { readonly job: 'text'; readonly file: Uint8Array; readonly page: number };

export interface Progress {
  readonly phase: 'preparing' | 'reading' | 'redacting';
  readonly done: number;
  readonly of: number;
}

/** What a child answers: always one answer to one job, after any number of messages on its progress. */
export type Answer =
  | { readonly answer: 'analyse'; readonly outcome: Analysis | ScrubRefusal }
  | { readonly answer: 'scrub'; readonly outcome: ScrubOutcome }
  | { readonly answer: 'redact'; readonly outcome: Redacted | ScrubRefusal }
  | { readonly answer: 'picture'; readonly picture: Uint8Array }
  | { readonly answer: 'text'; readonly text: string }
  | { readonly answer: 'failed'; readonly code: string };

/** The first message of a child says that its engines are loaded. */
export type Message =
  | Answer
  | { readonly answer: 'ready' }
  | { readonly answer: 'progress'; readonly progress: Progress };

/** The signal by which a child that watches itself says that its memory went over the bound. */
export const MEMORY_SIGNAL = 'SIGUSR2';
