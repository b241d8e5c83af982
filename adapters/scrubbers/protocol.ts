import type { KnownIdentifiers } from '../../domain/identifiers/spans.ts';
import type {
  Analysis,
  DicomChoice,
  FileFormat,
  Finding,
  Redaction,
  ScrubOutcome,
  ScrubRefusal,
  ScrubReport,
} from '../../domain/ports.ts';
import type { Prepared, Redacted } from './format.ts';

interface Asked {
  readonly maxPages: number;
  readonly known?: KnownIdentifiers;
  readonly dicom?: DicomChoice;
  readonly languages?: readonly string[];
  /** So long may pictures be read for, in milliseconds. */
  readonly readMs: number;
}
type Reading = Asked & { readonly file: Uint8Array };

/** Where a child reads a file itself, and where it writes what comes out: neither passes through its parent. */
export interface FromTo {
  readonly from: string;
  readonly to: string;
}

/** What became of a file that a child read and wrote itself. */
export type FileOutcome =
  | { readonly outcome: 'scrubbed'; readonly report: ScrubReport }
  | ScrubRefusal
  | { readonly outcome: 'failed'; readonly reason: 'unreadable' | 'unwritable' };

/** A file as it is packed in a bundle, and what the directory says of it. */
export interface Packed {
  readonly bytes: Uint8Array;
  readonly method: number;
  readonly size: number;
  readonly crc32: number;
}

/** What the parent asks of a child process. */
export type Job =
  /** One file after the other; a child may read and write none but those that it was started for. */
  | (Asked & {
      readonly job: 'files';
      readonly files: readonly FromTo[];
      /** A file that is not there yet: how many files are done is kept in it (`tally.ts`), for they are told some at a time. */
      readonly tally: string;
      readonly maxBytes: number;
      readonly redact: 'all' | 'certain' | 'none';
    })
  | (Reading & { readonly job: 'analyse' })
  /** One file of a bundle; `maxBytes` is for what is not DICOM. */
  | (Omit<Reading, 'file'> & { readonly job: 'prepare'; readonly packed: Packed; readonly maxBytes: number })
  /** All that the files of a bundle say. */
  | ({ readonly job: 'find' } & Pick<Prepared, 'texts'> &
      Required<Pick<Prepared, 'frames' | 'cells'>> &
      Pick<Reading, 'known' | 'languages'>)
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
  | { readonly job: 'frame'; readonly file: Uint8Array; readonly page: number; readonly width: number }
  | { readonly job: 'text'; readonly file: Uint8Array; readonly page: number };

export interface Progress {
  readonly phase: 'preparing' | 'reading' | 'redacting';
  readonly done: number;
  readonly of: number;
  /** Not pages. */
  readonly what?: 'frames';
}

/** What a child tells while it works: how far it is, and what became of files, in their order, of those that were done since it told before. */
export type Told =
  | { readonly answer: 'progress'; readonly progress: Progress }
  | { readonly answer: 'outcomes'; readonly outcomes: readonly FileOutcome[] };

/** What a child answers: always one answer to one job, after any number of messages on its progress. */
export type Answer =
  | { readonly answer: 'files' }
  | { readonly answer: 'analyse'; readonly outcome: Analysis | ScrubRefusal }
  | { readonly answer: 'prepare'; readonly outcome: Prepared | ScrubRefusal }
  | { readonly answer: 'find'; readonly findings: readonly Finding[] }
  | { readonly answer: 'scrub'; readonly outcome: ScrubOutcome }
  | { readonly answer: 'redact'; readonly outcome: Redacted | ScrubRefusal }
  | { readonly answer: 'picture'; readonly picture: Uint8Array }
  | { readonly answer: 'frame'; readonly frame: Uint8Array }
  | { readonly answer: 'text'; readonly text: string }
  | { readonly answer: 'failed'; readonly code: string };

/** The first message of a child says that it is ready. */
export type Message = Answer | Told | { readonly answer: 'ready' };

/** The signal by which a child that watches itself says that its memory went over the bound. */
export const MEMORY_SIGNAL = 'SIGUSR2';
