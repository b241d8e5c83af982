import { randomBytes } from 'node:crypto';
import type { ByteSource, Sink } from '../../../domain/bytes.ts';
import type { BundledFile } from '../../../domain/documents.ts';
import type { KnownIdentifiers } from '../../../domain/identifiers/spans.ts';
import type {
  BundleAnalysis,
  BundleEntry,
  BundleOptions,
  FileFormat,
  NotSearched,
  PageSize,
  PageText,
  RedactedBundle,
  Redaction,
  Scrubber,
} from '../../../domain/ports.ts';
import type { Prepared } from '../format.ts';
import type { Answer, Job } from '../protocol.ts';
import { Refusal } from '../refusal.ts';
import { reportOf } from '../report.ts';
import { type Cell, cellsOf } from '../text/csv.ts';
import { readAhead } from './ahead.ts';
import { type Announced, type BundleBounds, directoryOf } from './directory.ts';
import { zipWriter } from './zip-writer.ts';

/** What bundles are worked on with. */
export interface BundleBench {
  /** Does a job in a child process; throws a Refusal where that did not answer, with the reason. */
  readonly run: <Name extends Job['job']>(
    job: Extract<Job, { readonly job: Name }>,
    signal: AbortSignal | undefined,
  ) => Promise<Extract<Answer, { readonly answer: Name }>>;
  readonly bounds: BundleBounds;
  /** Of one file, packed or not; of a DICOM file. */
  readonly maxBytes: number;
  readonly maxDicomBytes: number;
  /** Of all files that are not DICOM. */
  readonly maxPages: number;
  /** For the pictures of one file, and for those of all, in milliseconds. */
  readonly readMs: number;
  readonly allReadMs: number;
  /** Files that are in work at the same time. */
  readonly atOnce: number;
}

/** Frames of a study are many, and cost little. */
const MOST_FRAMES = 10_000;
const ENDINGS: Readonly<Partial<Record<FileFormat, string>>> = {
  jpeg: 'jpg',
  tiff: 'tif',
  text: 'txt',
  dicom: 'dcm',
};

/**
 * Prepares a zip of files of the other kinds (Scrubber.analyseBundle), each in a child process by its own kind's scrubber: this process reads the directory and hands on what is packed, one file after the other. Their
 * pages follow each other; a name that is found in one is looked for in all. What is not taken is left out and told, with its number in the archive; names are not kept. Throws a Refusal: 'nothing-taken' where no file
 * is, 'stopped', 'too-many-pages', or what `directoryOf` says.
 */
export async function analyseBundle(
  bench: BundleBench,
  given: ByteSource,
  to: Sink,
  options: BundleOptions,
): Promise<BundleAnalysis> {
  const source = readAhead(given);
  const listed = await directoryOf(source, bench.bounds);
  const writer = zipWriter(to);
  const entries: BundleEntry[] = [];
  const files: BundledFile[] = [];
  const all = gathered();
  const prepare = preparing(bench, source, options);
  let [counted, frames] = [0, 0];
  for await (const [index, prepared] of inOrder(listed, bench.atOnce, prepare)) {
    if (options.signal?.aborted || (options.goesOn && !(await options.goesOn()))) throw new Refusal('stopped');
    const number = index + 1;
    const one =
      prepared instanceof Refusal || prepared.format === 'dicom' || counted + prepared.pages.length <= bench.maxPages
        ? prepared
        : new Refusal('too-many-pages', { pages: counted + prepared.pages.length, limit: bench.maxPages });
    const file: BundledFile =
      one instanceof Refusal
        ? { number, outcome: 'refused', reason: one.code, ...(one.params ? { params: one.params } : {}) }
        : { number, outcome: 'scrubbed', name: nameOf(number, one.format) };
    files.push(file);
    options.file?.(file);
    options.progress?.('preparing', number, listed.length);
    if (one instanceof Refusal || file.outcome === 'refused') continue;
    if (one.format === 'dicom') frames += one.pages.length;
    else counted += one.pages.length;
    if (frames > MOST_FRAMES) throw new Refusal('too-many-pages', { pages: frames, limit: MOST_FRAMES });
    const { name } = file;
    entries.push({ name, format: one.format, pages: one.pages.length, ...(await writer.add(name, one.file)) });
    all.add(one);
  }
  if (entries.length === 0) throw new Refusal('nothing-taken', { files: listed.length });
  await writer.end();
  const { texts, cells, frames: written, people, ...rest } = all.done();
  options.progress?.('reading', 0, 0);
  const { known, languages } = options;
  const findings =
    texts.length === 0
      ? []
      : (
          await bench.run(
            {
              job: 'find',
              texts,
              cells,
              frames: written,
              known: together([...(known ? [known] : []), ...people]),
              ...(languages ? { languages } : {}),
            },
            options.signal,
          )
        ).findings;
  const leftOut = files.length > entries.length ? [{ what: 'files-left-out', pages: [] }] : [];
  return {
    outcome: 'analysed',
    format: 'zip',
    entries,
    files,
    texts,
    findings,
    bytesIn: source.length,
    ...rest,
    notSearched: [...rest.notSearched, ...leftOut],
  };
}

/** Redacts a prepared bundle (Scrubber.redactBundle): files on which nothing is redacted go over as they are, for they were verified when they were made. Throws a Refusal: 'no-such-page', 'stopped', or what a file's own scrubber refuses with. */
export async function redactBundle(
  bench: BundleBench,
  analysis: BundleAnalysis,
  given: ByteSource,
  redactions: readonly Redaction[],
  to: Sink,
  { flatten = false, goesOn, progress, signal }: NonNullable<Parameters<Scrubber['redactBundle']>[4]>,
): Promise<RedactedBundle> {
  const prepared = readAhead(given);
  const places = firstPages(analysis.entries);
  const last = analysis.pages.length;
  if (redactions.some(({ page }) => page < 1 || page > last)) throw new Refusal('no-such-page');
  const byPage = Map.groupBy(redactions, ({ page }) => page);
  const writer = zipWriter(to);
  const entries: BundleEntry[] = [];
  const notSearched: { what: string; pages: readonly number[] }[] = [];
  let after = 0;
  const alone = oneAtATime();
  const work = (entry: BundleEntry, index: number) =>
    entry.length > bench.maxBytes ? alone(() => done(entry, index)) : done(entry, index);
  const done = async (entry: BundleEntry, index: number) => {
    const first = places[index] as number;
    const own = Array.from({ length: entry.pages }, (_, at) => byPage.get(first + at + 1) ?? [])
      .flat()
      .map((one) => ({ ...one, page: one.page - first }));
    const bytes = await prepared.read(entry.at, entry.at + entry.length);
    const isFlattened = flatten && entry.format === 'pdf';
    if (own.length === 0 && !isFlattened) return { file: bytes, pages: entry.pages, notSearched: [] };
    const { format } = entry;
    const { maxPages } = bench;
    const job = { job: 'redact', format, prepared: bytes, redactions: own, flatten: isFlattened, maxPages } as const;
    const { outcome } = await bench.run(job, signal);
    if ('outcome' in outcome) throw new Refusal(outcome.reason, outcome.params);
    return outcome;
  };
  for await (const [index, redacted] of inOrder(analysis.entries, bench.atOnce, work)) {
    if (signal?.aborted || (goesOn && !(await goesOn()))) throw new Refusal('stopped');
    const { name, format } = analysis.entries[index] as BundleEntry;
    entries.push({ name, format, pages: redacted.pages, ...(await writer.add(name, redacted.file)) });
    notSearched.push(...shifted(redacted.notSearched, after, redacted.pages));
    after += redacted.pages;
    progress?.('redacting', index + 1, analysis.entries.length);
  }
  await writer.end();
  const end = entries.at(-1);
  const outcome = {
    pages: after,
    notSearched,
    verified: ['each-file-verified', 'no-names', 'removed-text-gone'],
    bytes: end ? end.at + end.length : 0,
  };
  const report = { ...reportOf(analysis, redactions, outcome), files: analysis.files };
  return { outcome: 'redacted', report, entries };
}

/** Gives what prepares one announced file in a child process; whatever a file does, the others are not its. */
function preparing(bench: BundleBench, source: ByteSource, { dicom, known, languages, signal }: BundleOptions) {
  // The files of a study stay one: their new UIDs come from one key.
  const study = { ...dicom, key: dicom?.key ?? randomBytes(32).toString('hex') };
  const end = performance.now() + bench.allReadMs;
  const alone = oneAtATime();
  return async ({ method, packed, size, crc32, begin }: Announced): Promise<Prepared | Refusal> => {
    const { maxBytes, maxDicomBytes, maxPages } = bench;
    const largest = Math.max(packed, size);
    if (largest > maxDicomBytes) return new Refusal('too-large', { bytes: size, limit: maxBytes });
    const prepared = async (): Promise<Prepared | Refusal> => {
      const readMs = Math.max(0, Math.min(bench.readMs, end - performance.now()));
      try {
        const at = await begin();
        const bytes = await source.read(at, at + packed);
        const { outcome } = await bench.run(
          {
            job: 'prepare',
            packed: { bytes, method, size, crc32 },
            maxBytes,
            maxPages,
            readMs,
            dicom: study,
            ...(known ? { known } : {}),
            ...(languages ? { languages } : {}),
          },
          signal,
        );
        return 'outcome' in outcome ? new Refusal(outcome.reason, outcome.params) : outcome;
      } catch (error) {
        if (error instanceof Refusal) return error;
        throw error;
      }
    };
    return largest > maxBytes ? alone(prepared) : prepared();
  };
}

/** Does work of which one is in memory at a time: large files. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** What the files of a bundle say, page after page. */
function gathered() {
  const all = { pages: [] as PageSize[], texts: [] as PageText[], frames: [] as number[] };
  const cells = new Map<number, readonly Cell[]>();
  const removed: Record<string, number> = {};
  const notSearched: { what: string; pages: readonly number[] }[] = [];
  const people: KnownIdentifiers[] = [];
  return {
    add(one: Prepared) {
      const before = all.pages.length;
      if (one.people) people.push(one.people);
      const isText = one.format === 'text' || one.format === 'csv';
      for (const page of one.pages)
        all.pages.push(isText || (one.cells && !page.picture) ? page : shownAs(page, before));
      for (const text of one.texts) all.texts.push({ ...text, page: text.page + before });
      for (const page of one.frames ?? []) all.frames.push(page + before);
      for (const text of one.format === 'csv' ? one.texts : []) cells.set(text.page + before, cellsOf(text.text));
      for (const [page, own] of one.cells ?? []) cells.set(page + before, own);
      for (const [kind, count] of Object.entries(one.removed)) removed[kind] = (removed[kind] ?? 0) + count;
      notSearched.push(...shifted(one.notSearched, before, one.pages.length));
    },
    done: () => ({ ...all, cells, people, removed, notSearched: merged(notSearched) }),
  };
}

/** A page of a file that is shown as a picture, as it stands in the bundle. */
function shownAs({ frame, ...page }: PageSize, before: number): PageSize {
  return { ...page, picture: true, ...(frame ? { frame: { ...frame, first: frame.first + before } } : {}) };
}

/** One entry for each code: thousands of files say the same. */
function merged(entries: NotSearched): NotSearched {
  const byCode = Map.groupBy(entries, ({ what }) => what);
  return [...byCode].map(([what, same]) => ({ what, pages: same.flatMap(({ pages }) => pages) }));
}

/** Whom the member and the files named, each once; a study names the same patient in every file. */
function together(people: readonly KnownIdentifiers[]): KnownIdentifiers {
  const birthDate = people.find((one) => one.birthDate)?.birthDate;
  return {
    names: [...new Set(people.flatMap(({ names }) => names))],
    numbers: [...new Set(people.flatMap(({ numbers = [] }) => numbers))],
    ...(birthDate ? { birthDate } : {}),
  };
}

const nameOf = (number: number, format: FileFormat) =>
  `${String(number).padStart(3, '0')}.${ENDINGS[format] ?? format}`;

/** How many pages stand before each file's. */
function firstPages(entries: readonly BundleEntry[]): number[] {
  let before = 0;
  return entries.map(({ pages }) => {
    before += pages;
    return before - pages;
  });
}

/** What concerns all pages of a file concerns these of the bundle. */
function shifted(entries: NotSearched, by: number, count: number): NotSearched {
  const every = Array.from({ length: count }, (_, index) => index + 1);
  return entries.map(({ what, pages }) => ({
    what,
    pages: (pages.length > 0 ? pages : every).map((page) => page + by),
  }));
}

/** Works on so many things at once, and gives what came of them in their order; no further one is begun while the results of so many wait. */
async function* inOrder<T, R>(
  things: readonly T[],
  atOnce: number,
  work: (thing: T, index: number) => Promise<R>,
): AsyncGenerator<readonly [index: number, result: R]> {
  const running: Promise<R>[] = [];
  let next = 0;
  try {
    for (let index = 0; index < things.length; index++) {
      while (next < things.length && running.length < atOnce) {
        const begun = work(things[next] as T, next++);
        // Its failure is told in its turn.
        begun.catch(() => undefined);
        running.push(begun);
      }
      yield [index, await (running.shift() as Promise<R>)];
    }
  } finally {
    // Nothing goes on behind an end.
    await Promise.allSettled(running);
  }
}
