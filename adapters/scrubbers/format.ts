import type { KnownIdentifiers } from '../../domain/identifiers/spans.ts';
import type {
  DicomChoice,
  FileFormat,
  NotSearched,
  PageSize,
  PageText,
  Progress,
  Redaction,
  Removed,
} from '../../domain/ports.ts';
import type { Room } from './room.ts';
import type { Cell } from './text/csv.ts';

/** Reads what stands in a picture (OCR). */
export interface PictureReader {
  /**
   * Every text found in the picture, at more than one scale: words with spaces between them and line breaks between lines, with their places as shares of the picture; undefined when
   * the time for reading is used up.
   */
  read(picture: Raster): Promise<
    | {
        readonly text: string;
        readonly places: Float32Array;
        /** A machine's screen or a photograph with scattered writing, not paper: every text of it is a finding. */
        readonly frame?: boolean;
      }
    | undefined
  >;
  /** True once nothing more will be read: a picture need not be drawn for it then. */
  spent?(): boolean;
}

/** Samples of 8 bits, rows from the top, without padding. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
}

/** What a format's scrubber works with. */
export interface Bench {
  readonly maxPages: number;
  readonly reader: PictureReader;
  readonly known?: KnownIdentifiers;
  readonly dicom?: DicomChoice;
  /** Where a prepared file may be written that goes on to a disk at once. */
  readonly room?: Room;
  readonly progress: Progress;
  /** The prepared file is redacted at once: what was opened and read of it may be kept for that. */
  readonly keep?: boolean;
}

/** A file without anything unseen, and what it says. */
export interface Prepared {
  readonly format: FileFormat;
  readonly file: Uint8Array;
  readonly pages: readonly PageSize[];
  readonly texts: readonly PageText[];
  /** Pages (1-based) that are a machine's screen or a photograph with scattered writing: all writing on them is a finding. */
  readonly frames?: readonly number[];
  /** Cells of tables on a page (1-based) of text, with what stands at the head of their column. */
  readonly cells?: ReadonlyMap<number, readonly Cell[]>;
  /** Whom the file itself named before it was prepared: looked for in all that is left. */
  readonly people?: KnownIdentifiers;
  readonly removed: Removed;
  readonly notSearched: NotSearched;
  readonly verified: readonly string[];
  /** Where the bench asked for it, and the format has something to keep. Who asked closes it. */
  readonly kept?: Kept;
}

/** A prepared file that is still open. */
export interface Kept {
  /** As the format's own `redact`; at most once. */
  redact(redactions: readonly Redaction[], flatten: boolean, bench: Bench): Promise<Redacted>;
  close(): void;
}

export interface Redacted {
  readonly file: Uint8Array;
  readonly pages: number;
  readonly notSearched: NotSearched;
  readonly verified: readonly string[];
}

/** One kind of file. Every function runs in the child process and throws Refusal for what it does not take. */
export interface Format {
  /** Removes what is unseen, verifies that, and reads what is seen. */
  prepare(file: Uint8Array, bench: Bench): Promise<Prepared>;
  /** Redacts a prepared file and verifies the output: nothing under a redaction is left in bytes, text or pixels. */
  redact(prepared: Uint8Array, redactions: readonly Redaction[], flatten: boolean, bench: Bench): Promise<Redacted>;
  /** One page (1-based) as a PNG. */
  picture?(file: Uint8Array, page: number, width: number, annotated: boolean): Promise<Uint8Array>;
  /** One page (1-based) that is a frame, with all its shades (domain/shades.ts). */
  frame?(file: Uint8Array, page: number, width: number): Promise<Uint8Array>;
  /** How many pages a prepared or scrubbed file has. */
  pages(file: Uint8Array): Promise<number>;
  /** One page (1-based) as text. */
  text?(file: Uint8Array, page: number): string | Promise<string>;
}
