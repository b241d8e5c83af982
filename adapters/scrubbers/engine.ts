import { isOffice } from '../../domain/documents.ts';
import type { FindOptions, KnownIdentifiers } from '../../domain/identifiers/spans.ts';
import type { Analysis, Finding, ScrubOutcome } from '../../domain/ports.ts';
import { unpacked } from './bundle/packed.ts';
import type { Bench, Kept, PictureReader, Prepared, Redacted } from './format.ts';
import type { Formats } from './formats.ts';
import type { ReaderOptions } from './ocr/reader.ts';
import type { Job } from './protocol.ts';
import { Refusal } from './refusal.ts';
import { redactionsFor, reportOf } from './report.ts';
import type { Room } from './room.ts';
import { sniff } from './sniff.ts';

type JobOf<Name extends Job['job']> = Extract<Job, { readonly job: Name }>;
type Told = Bench['progress'];

/** Loaded when the first picture is to be read, for most files hold none. The engine is one in a process, kept warm: its thread takes half a second to start. */
let reading: Promise<(options: ReaderOptions) => TimedReader> | undefined;

async function loadReading(): Promise<(options: ReaderOptions) => TimedReader> {
  const [{ createEngine }, { createReader }] = await Promise.all([
    import('./ocr/engine.ts'),
    import('./ocr/reader.ts'),
  ]);
  const engine = createEngine();
  return (options) => createReader({ ...options, engine });
}

type TimedReader = PictureReader & { close(): Promise<void> };

function readerFor({ readMs, languages }: Pick<JobOf<'analyse'>, 'readMs' | 'languages'>): TimedReader {
  const end = performance.now() + readMs;
  const spent = () => performance.now() >= end;
  let reader: TimedReader | undefined;
  return {
    read: async (picture) => {
      if (spent()) return undefined;
      reading ??= loadReading();
      const create = await reading;
      const now = () => performance.now();
      reader ??= create({ budgetMs: end - now(), now, ...(languages ? { languages } : {}) });
      return reader.read(picture);
    },
    spent,
    close: async () => reader?.close(),
  };
}

/** Unpacks a file of a bundle and prepares it by its format. A slice may lie in the room that is given. Throws Refusal: 'nested-archive', 'corrupt', or what the format says. */
export async function prepare(
  formats: Formats,
  { packed, ...job }: Omit<JobOf<'prepare'>, 'job'>,
  progress: Told,
  room?: Room,
): Promise<Prepared> {
  const given = unpacked(packed);
  const kind = sniff(given);
  // What was not packed lies where it came.
  const file = kind === 'dicom' || given !== packed.bytes ? given : given.slice();
  if (kind === 'zip') throw new Refusal('nested-archive');
  if (kind !== 'dicom' && file.length > job.maxBytes)
    throw new Refusal('too-large', { bytes: file.length, limit: job.maxBytes });
  const reader = readerFor(job);
  try {
    return await formats.forFile(file).prepare(file, benchOf(job, reader, progress, room));
  } finally {
    await reader.close();
  }
}

/** Finds what may identify a person in what the files of a bundle say, taken as one. */
export function find({
  texts,
  frames,
  cells,
  known,
  languages,
}: Omit<JobOf<'find'>, 'job'>): Promise<readonly Finding[]> {
  return found(
    { texts, frames, cells, format: 'zip' },
    { ...(known ? { known } : {}), ...(languages ? { languages } : {}) },
  );
}

function benchOf(
  { maxPages, known, dicom }: Pick<JobOf<'analyse'>, 'maxPages' | 'known' | 'dicom'>,
  reader: PictureReader,
  progress: Told,
  room?: Room,
): Bench {
  return {
    maxPages,
    reader,
    progress,
    ...(known ? { known } : {}),
    ...(dicom ? { dicom } : {}),
    ...(room ? { room } : {}),
  };
}

/** Prepares a file by its format and finds what may identify a person in what it says. A slice may lie in the room that is given. Throws Refusal. */
export async function analyse(
  formats: Formats,
  job: Omit<JobOf<'analyse'>, 'job'>,
  progress: Told,
  room?: Room,
): Promise<Analysis> {
  return (await prepareAndFind(formats, job, progress, room)).analysis;
}

async function prepareAndFind(
  formats: Formats,
  job: Omit<JobOf<'analyse'>, 'job'>,
  progress: Told,
  room?: Room,
  keep = false,
): Promise<{ readonly analysis: Analysis; readonly verified: readonly string[]; readonly kept: Kept | undefined }> {
  const reader = readerFor(job);
  const { known } = job;
  let kept: Kept | undefined;
  try {
    const bench = benchOf(job, reader, progress, room);
    const prepared = await formats.forFile(job.file).prepare(job.file, keep ? { ...bench, keep } : bench);
    kept = prepared.kept;
    const { format, file, pages, texts, removed, notSearched } = prepared;
    const findings = await found(prepared, {
      ...(known || prepared.people ? { known: together(known, prepared.people) } : {}),
      ...(job.languages ? { languages: job.languages } : {}),
    });
    const analysis: Analysis = {
      outcome: 'analysed',
      format,
      prepared: file,
      pages,
      texts,
      findings,
      bytesIn: job.file.length,
      removed,
      notSearched,
    };
    return { analysis, verified: prepared.verified, kept };
  } catch (error) {
    kept?.close();
    throw error;
  } finally {
    await reader.close();
  }
}

/** What finds identifiers comes with lists and a model, which a study's slices without a word never need. */
async function found(
  prepared: Pick<Prepared, 'texts' | 'format' | 'frames' | 'cells'>,
  options: FindOptions,
): Promise<readonly Finding[]> {
  if (prepared.texts.length === 0) return [];
  return (await import('./findings.ts')).findingsIn(prepared, options);
}

function together(typed: KnownIdentifiers | undefined, named: KnownIdentifiers | undefined): KnownIdentifiers {
  const birthDate = typed?.birthDate ?? named?.birthDate;
  return {
    names: [...(typed?.names ?? []), ...(named?.names ?? [])],
    numbers: [...(typed?.numbers ?? []), ...(named?.numbers ?? [])],
    ...(birthDate ? { birthDate } : {}),
  };
}

/** Nothing is read any more once the findings are decided on. */
const blind: PictureReader = { read: () => Promise.resolve(undefined), spent: () => true };

/** Redacts a prepared file by its format. Throws Refusal. */
export async function redact(formats: Formats, job: Omit<JobOf<'redact'>, 'job'>, progress: Told): Promise<Redacted> {
  const bench: Bench = { maxPages: job.maxPages, reader: blind, progress };
  return formats.forFormat(job.format).redact(job.prepared, job.redactions, job.flatten, bench);
}

/** Analyses and redacts without a person between the two. What comes out may lie in the room that is given. Throws Refusal. */
export async function scrub(
  formats: Formats,
  job: Omit<JobOf<'scrub'>, 'job'>,
  progress: Told,
  room?: Room,
): Promise<ScrubOutcome> {
  const keep = job.redact !== 'none' || job.flatten;
  const { analysis, verified, kept } = await prepareAndFind(formats, job, progress, room, keep);
  try {
    return await redactedAtOnce(formats, job, { analysis, verified, kept }, progress);
  } finally {
    kept?.close();
  }
}

async function redactedAtOnce(
  formats: Formats,
  job: Omit<JobOf<'scrub'>, 'job'>,
  { analysis, verified, kept }: Awaited<ReturnType<typeof prepareAndFind>>,
  progress: Told,
): Promise<ScrubOutcome> {
  const redactions = redactionsFor(analysis.findings, job.redact);
  const { format, prepared } = analysis;
  // A document is drawn as a PDF by another program, outside of this process: see `createScrubber`.
  const flatten = job.flatten && !isOffice(format);
  // A prepared file was verified when it was made: where nothing is redacted it is the output.
  const redacted =
    redactions.length === 0 && !flatten
      ? { file: prepared, pages: analysis.pages.length, notSearched: [], verified }
      : kept
        ? await kept.redact(redactions, flatten, { maxPages: job.maxPages, reader: blind, progress })
        : await redact(formats, { format, prepared, redactions, flatten, maxPages: job.maxPages }, progress);
  return {
    outcome: 'scrubbed',
    file: redacted.file,
    report: reportOf(analysis, redactions, { ...redacted, bytes: redacted.file.length }),
  };
}
