import type { ByteSource, Sink } from './bytes.ts';
import type { BundledFile } from './documents.ts';
import { type Certainty, identifierKinds, type KnownIdentifiers } from './identifiers/spans.ts';

/** Where time comes from. `now()` gives an ISO 8601 instant in UTC with milliseconds. */
export interface Clock {
  now(): string;
}

/** Where randomness comes from. */
export interface Ids {
  /** A short, random id that a person can type: the prefix, a hyphen, 8 characters of Crockford's base 32 ('T-7K3F9Q2M'). */
  next(prefix: string): string;
  /** 256 random bits, base64url: for one-time links. */
  token(): string;
  /** Eight random decimal digits: for a code that is mailed and typed into the chat. */
  code(): string;
}

/** What was taken out of a file, as counts by kind ('metadata', 'annotation', 'comment', 'attachment', 'layer', 'form-field', 'script', …). */
export type Removed = Readonly<Record<string, number>>;

/** What the tool could not search or judge, as codes ('pictures-not-read', 'rasterised', …) with the pages concerned (1-based; empty is 'all'). */
export type NotSearched = readonly { readonly what: string; readonly pages: readonly number[] }[];

export type FileFormat = 'pdf' | 'jpeg' | 'png' | 'tiff' | 'webp' | 'text' | 'csv' | 'dicom' | 'zip' | OfficeFormat;
/** Documents of text, sheets or slides: their pages are text, and then their pictures. */
export type OfficeFormat = 'docx' | 'xlsx' | 'pptx' | 'odt' | 'ods' | 'odp';

/** A rectangle on a page as shares of its width and height (0 to 1), from the top left corner of the page as it is shown. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What one page says, and where; in memory only. A page may have two: its text, and what was read in its pictures. */
export interface PageText {
  /** 1-based. */
  readonly page: number;
  readonly source: 'text' | 'picture';
  readonly text: string;
  /** Four shares (left, top, width, height) for each UTF-16 unit of the text; zeros for what stands nowhere (a space between words). Empty in a text file. */
  readonly places: Float32Array;
}

/** What a finding may be of, in the order in which lists show them: a kind of identifier, or 'writing' on a picture that is not known to be one: nobody could read it, or it stands alone on a frame. */
export const findingKinds = [...identifierKinds, 'writing'] as const;
export type FindingKind = (typeof findingKinds)[number];

/** Something on a page that may identify a person, for the submitter to decide on. */
export interface Finding {
  readonly page: number;
  readonly source: PageText['source'];
  /** In UTF-16 units of that page's text. */
  readonly start: number;
  readonly end: number;
  /** One for each line that it stands on; none in a text file. */
  readonly boxes: readonly Box[];
  readonly kind: FindingKind;
  readonly certainty: Certainty;
  readonly rule: string;
}

/** What is to be removed from what can be seen: boxes of a page, or in a text file a part of a page's text. `kind` is counted in the report. */
export type Redaction = { readonly page: number; readonly kind: FindingKind | 'drawn' } & (
  | { readonly boxes: readonly Box[] }
  | { readonly start: number; readonly end: number }
);

export interface ScrubReport {
  readonly format: FileFormat;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly pages: number;
  /** Unseen things that went. */
  readonly removed: Removed;
  /** Seen things that were redacted, by kind of identifier ('name', 'date', …, 'drawn'). */
  readonly redacted: Removed;
  /** What looks like an identifier and was kept, by kind. */
  readonly kept: Removed;
  readonly notSearched: NotSearched;
  /** Each of the tool's own checks of its output; a failed check refuses the file, so here they have passed. */
  readonly verified: readonly string[];
  readonly files?: readonly BundledFile[];
}

/** `reason` is a code: 'unknown-kind' (params.kind), 'password', 'too-large', 'too-many-pages', 'corrupt', 'time', 'memory', 'crashed', 'not-verified', …; params for its sentence. */
export interface ScrubRefusal {
  readonly outcome: 'refused';
  readonly reason: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** A file that was redacted, and went to where it was asked for. */
export interface RedactedFile {
  readonly outcome: 'redacted';
  readonly report: ScrubReport;
}

export interface RedactedBundle extends RedactedFile {
  readonly entries: readonly BundleEntry[];
}

export type ScrubOutcome =
  | { readonly outcome: 'scrubbed'; readonly file: Uint8Array; readonly report: ScrubReport }
  | ScrubRefusal;

/** Width and height of a page as it is shown, in points or pixels; of a page of text in characters and lines. An Office document has pages of text, and then its pictures. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
  readonly picture?: boolean;
  readonly frame?: SeriesFrame;
}

/** Where a frame stands that is looked at together with others like it: its series, under a name that says nothing, and its place there. `first` is the page of its file's first frame: what is covered on one frame of a file is covered on all. */
export interface SeriesFrame {
  readonly series: string;
  readonly at: number;
  readonly first: number;
}

/** A file that has lost everything unseen, read and searched; nothing visible was redacted yet. */
export interface Analysis {
  readonly outcome: 'analysed';
  readonly format: FileFormat;
  /** Verified to hold nothing hidden, but what can be seen is still there: for the review alone, never for release. */
  readonly prepared: Uint8Array;
  readonly pages: readonly PageSize[];
  readonly texts: readonly PageText[];
  readonly findings: readonly Finding[];
  readonly bytesIn: number;
  readonly removed: Removed;
  readonly notSearched: NotSearched;
}

/** The same where the prepared bytes went elsewhere. */
export type AnalysisOfHeld = Omit<Analysis, 'prepared'>;

/** A bundle that has lost everything unseen, file by file, read and searched; where its bytes went they form a zip. */
export type BundleAnalysis = AnalysisOfHeld & {
  readonly format: 'zip';
  readonly entries: readonly BundleEntry[];
  readonly files: readonly BundledFile[];
};

/** A file in a prepared or scrubbed bundle, and where in the zip its bytes lie: they are not packed. */
export interface BundleEntry {
  readonly name: string;
  readonly format: FileFormat;
  readonly pages: number;
  readonly at: number;
  readonly length: number;
}

/** Options of the confidentiality profile for DICOM (PS3.15, E.3) by which more is kept than in the basic profile. */
export const dicomOptions = [
  'clean-descriptors',
  'clean-structured-content',
  'clean-graphics',
  'retain-modified-dates',
  'retain-full-dates',
  'retain-patient-characteristics',
  'retain-device-identity',
  'retain-institution-identity',
  'retain-uids',
  'retain-safe-private',
] as const;
export type DicomOption = (typeof dicomOptions)[number];

export interface DicomChoice {
  /** None is the basic profile. */
  readonly options?: readonly DicomOption[];
  /** What new UIDs and shifted dates are made from: files that are scrubbed with one key stay one study. A key of that file's own where it is absent. */
  readonly key?: string;
}

export interface ScrubOptions {
  readonly known?: KnownIdentifiers;
  readonly dicom?: DicomChoice;
  /** Languages (BCP 47 primary) to read and search in first. */
  readonly languages?: readonly string[];
  readonly progress?: Progress;
  /** Ends the work, in whatever it is: the refusal is 'stopped'. */
  readonly signal?: AbortSignal;
}

/** Hears how far the work is: `done` of `of` pages in the phase, or frames of a file that has such. */
export type Progress = (
  phase: 'preparing' | 'reading' | 'redacting',
  done: number,
  of: number,
  what?: 'frames',
) => void;

export type RedactOptions = { readonly flatten?: boolean } & Pick<ScrubOptions, 'progress' | 'signal'>;

export interface BundleOptions extends ScrubOptions {
  /** Hears what became of each file of a bundle, in their order. */
  readonly file?: (file: BundledFile) => void;
  /** Asked between two files: where it says no, the work ends there with the refusal 'stopped'. */
  readonly goesOn?: () => Promise<boolean>;
}

export interface Scrubber {
  /** Takes everything unseen out of a file, reads it and finds what may identify a person, in a bounded child process. Never throws for what the file holds. */
  analyse(file: Uint8Array, options?: ScrubOptions): Promise<Analysis | ScrubRefusal>;
  /** Redacts an analysed file, verifies the output, and gives it with the whole report. `flatten` makes a picture of every page of a PDF, and of a document a PDF of such pages. Never gives an unverified output. */
  redact(
    analysis: Omit<Analysis, 'outcome'>,
    redactions: readonly Redaction[],
    options?: RedactOptions,
  ): Promise<ScrubOutcome>;
  /** Does what `analyse` does with a file that lies somewhere, of which no more than a part is in this process at a time. The prepared file goes to `to`; what went there counts only where this gives an analysis. */
  analyseFrom(file: ByteSource, to: Sink, options?: ScrubOptions): Promise<AnalysisOfHeld | ScrubRefusal>;
  /** Does what `redact` does in the same way: the scrubbed file goes to `to`, and counts only where this gives a report. */
  redactFrom(
    analysis: Omit<AnalysisOfHeld, 'outcome'>,
    prepared: ByteSource,
    redactions: readonly Redaction[],
    to: Sink,
    options?: RedactOptions,
  ): Promise<RedactedFile | ScrubRefusal>;
  /** Whether these bytes are a bundle: a zip of files, and no document in the form of one. Of a damaged zip it says no; no other function takes it. */
  isBundle(file: ByteSource): Promise<boolean>;
  /** Does with each file of a bundle what `analyse` does with one, and looks for what one names in all. Memory is bounded by the files, whatever the bundle's size. The prepared bundle goes to `to`, as a zip. */
  analyseBundle(bundle: ByteSource, to: Sink, options?: BundleOptions): Promise<BundleAnalysis | ScrubRefusal>;
  /** Redacts an analysed bundle, whose prepared bytes are in `prepared`; the scrubbed bundle goes to `to`. What went there counts only where this gives a report. */
  redactBundle(
    analysis: BundleAnalysis,
    prepared: ByteSource,
    redactions: readonly Redaction[],
    to: Sink,
    options?: RedactOptions & Pick<BundleOptions, 'goesOn'>,
  ): Promise<RedactedBundle | ScrubRefusal>;
  /** Both at once, without a person: redacts all findings, those that are certain, or none. */
  scrub(
    file: Uint8Array,
    options?: ScrubOptions & { readonly redact?: 'all' | 'certain' | 'none'; readonly flatten?: boolean },
  ): Promise<ScrubOutcome>;
  /** Whether `flatten` can be asked for a file of this format here. */
  flattens(format: FileFormat): boolean;
  /**
   * One page (1-based) of a file, PDF, picture or a document's picture, as a PNG picture, `width` in pixels. `annotated` draws a PDF's annotations and form fields too, as a reader does. Throws
   * where there is no such page.
   */
  picture(file: Uint8Array | ByteSource, page: number, width: number, annotated?: boolean): Promise<Uint8Array>;
  /** A page (1-based) that is a frame of a DICOM file with all the shades it has (domain/shades.ts), made smaller where it is wider than `width` pixels. Throws where there is none. */
  frame(file: Uint8Array | ByteSource, page: number, width: number): Promise<Uint8Array>;
  /** One page (1-based) of a text file or an Office document. Throws where there is no such page. */
  text(file: Uint8Array | ByteSource, page: number): Promise<string>;
  close(): Promise<void>;
}
