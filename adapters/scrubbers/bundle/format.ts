import { createHash, randomBytes } from 'node:crypto';
import type { BundledFile } from '../../../domain/documents.ts';
import type { KnownIdentifiers } from '../../../domain/identifiers/spans.ts';
import type { FileFormat, NotSearched, PageSize, PageText, Redaction } from '../../../domain/ports.ts';
import type { Bench, Format, Prepared, Redacted } from '../format.ts';
import { readZip, writeZip, type ZipBounds } from '../office/zip.ts';
import { Refusal } from '../refusal.ts';
import { sniff } from '../sniff.ts';
import { type Cell, cellsOf } from '../text/csv.ts';

const MB = 1024 * 1024;
const MOST_FRAMES = 5000;
const bounds: ZipBounds = { entries: 2000, bytes: 250 * MB, ratio: 300 };
/** What systems put beside files, and nobody gave. */
const BESIDE = /^__MACOSX\/|(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|\.[^/]*)$/i;
const ENDINGS: Readonly<Partial<Record<FileFormat, string>>> = {
  jpeg: 'jpg',
  tiff: 'tif',
  text: 'txt',
  dicom: 'dcm',
};

type ForFile = (file: Uint8Array) => Format;

/**
 * The scrubber of bundles: a zip (PKWARE APPNOTE 6.3.9) of files of the other kinds, each scrubbed by its own. Their pages follow each other; a name that is found in one is looked for in all. What is not
 * taken is left out and told, with its number in the archive; names are not kept. Refuses with 'nothing-taken' where none is, 'zip-bomb', 'zip-names', 'too-many-entries', 'password', 'corrupt'.
 */
export function bundleFormat(forFile: ForFile): Format {
  return {
    prepare: (file, bench) => prepare(forFile, file, bench),
    redact: (prepared, redactions, flatten, bench) => redact(forFile, prepared, redactions, flatten, bench),
    picture: async (file, page, width, annotated) => {
      const [inner, own] = await place(forFile, file, page);
      const drawn = forFile(inner).picture?.(inner, own, width, annotated);
      if (!drawn) throw new Refusal('no-such-page');
      return drawn;
    },
    text: async (file, page) => {
      const [inner, own] = await place(forFile, file, page);
      const said = await forFile(inner).text?.(inner, own);
      if (said === undefined) throw new Refusal('no-such-page');
      return said;
    },
    pages: async (file) => (await countedFiles(forFile, file)).reduce((sum, { pages }) => sum + pages, 0),
  };
}

async function prepare(forFile: ForFile, file: Uint8Array, bench: Bench): Promise<Prepared> {
  const given = [...(await readZip(file, bounds))].filter(([name]) => !BESIDE.test(name));
  const outputs = new Map<string, Uint8Array>();
  const files: BundledFile[] = [];
  const all = { pages: [] as PageSize[], texts: [] as PageText[], frames: [] as number[] };
  const cells = new Map<number, readonly Cell[]>();
  const removed: Record<string, number> = {};
  const notSearched: { what: string; pages: readonly number[] }[] = [];
  const people: KnownIdentifiers[] = [];
  // The files of a study stay one: their new UIDs come from one key.
  const dicom = { ...bench.dicom, key: bench.dicom?.key ?? randomBytes(32).toString('hex') };
  let [counted, frames] = [0, 0];
  for (const [index, [, bytes]] of given.entries()) {
    const number = index + 1;
    const before = all.pages.length;
    const one = await prepareOne(forFile, bytes, { ...bench, dicom, maxPages: bench.maxPages - counted });
    if (one instanceof Refusal) {
      files.push({ number, outcome: 'refused', reason: one.code, ...(one.params ? { params: one.params } : {}) });
      continue;
    }
    // Frames of a study are many, and cost little.
    if (one.format === 'dicom') frames += one.pages.length;
    else counted += one.pages.length;
    if (frames > MOST_FRAMES) throw new Refusal('too-many-pages', { pages: frames, limit: MOST_FRAMES });
    if (one.people) people.push(one.people);
    const name = `${String(number).padStart(3, '0')}.${ENDINGS[one.format] ?? one.format}`;
    outputs.set(name, one.file);
    files.push({ number, outcome: 'scrubbed', name });
    const isText = one.format === 'text' || one.format === 'csv';
    all.pages.push(
      ...one.pages.map((page) => (isText || (one.cells && !page.picture) ? page : { ...page, picture: true })),
    );
    all.texts.push(...one.texts.map((text) => ({ ...text, page: text.page + before })));
    all.frames.push(...(one.frames ?? []).map((page) => page + before));
    for (const text of one.format === 'csv' ? one.texts : []) cells.set(text.page + before, cellsOf(text.text));
    for (const [page, own] of one.cells ?? []) cells.set(page + before, own);
    for (const [kind, count] of Object.entries(one.removed)) removed[kind] = (removed[kind] ?? 0) + count;
    notSearched.push(...shifted(one.notSearched, before, one.pages.length));
    bench.progress('preparing', number, given.length);
  }
  if (outputs.size === 0) throw new Refusal('nothing-taken', { files: given.length });
  const refused = files.filter(({ outcome }) => outcome === 'refused').length;
  if (refused > 0) notSearched.push({ what: 'files-left-out', pages: [] });
  return {
    format: 'zip',
    file: packed(outputs),
    ...all,
    cells,
    people: together(people),
    removed,
    notSearched,
    files,
    verified: ['each-file-verified', 'no-names'],
  };
}

/** Whom the files named, each once; a study names the same patient in every file. */
function together(people: readonly KnownIdentifiers[]): KnownIdentifiers {
  const birthDate = people.find((one) => one.birthDate)?.birthDate;
  return {
    names: [...new Set(people.flatMap(({ names }) => names))],
    numbers: [...new Set(people.flatMap(({ numbers = [] }) => numbers))],
    ...(birthDate ? { birthDate } : {}),
  };
}

async function prepareOne(forFile: ForFile, bytes: Uint8Array, bench: Bench): Promise<Prepared | Refusal> {
  try {
    if (sniff(bytes) === 'zip') return new Refusal('nested-archive');
    return await forFile(bytes).prepare(bytes, bench);
  } catch (error) {
    // Whatever a file does, the others are not its.
    return error instanceof Refusal ? error : new Refusal('corrupt');
  }
}

/** What concerns all pages of a file concerns these of the bundle. */
function shifted(entries: NotSearched, by: number, count: number): NotSearched {
  const every = Array.from({ length: count }, (_, index) => index + 1);
  return entries.map(({ what, pages }) => ({
    what,
    pages: (pages.length > 0 ? pages : every).map((page) => page + by),
  }));
}

async function redact(
  forFile: ForFile,
  prepared: Uint8Array,
  redactions: readonly Redaction[],
  flatten: boolean,
  bench: Bench,
): Promise<Redacted> {
  const outputs = new Map<string, Uint8Array>();
  const notSearched: { what: string; pages: readonly number[] }[] = [];
  let before = 0;
  let after = 0;
  for (const { name, bytes, pages } of await countedFiles(forFile, prepared)) {
    const first = before;
    const own = redactions
      .filter(({ page }) => page > first && page <= first + pages)
      .map((one) => ({ ...one, page: one.page - first }));
    const isFlattened = flatten && sniff(bytes) === 'pdf';
    const done =
      own.length > 0 || isFlattened ? await forFile(bytes).redact(bytes, own, isFlattened, bench) : undefined;
    outputs.set(name, done?.file ?? bytes);
    if (done) notSearched.push(...shifted(done.notSearched, after, done.pages));
    before += pages;
    after += done?.pages ?? pages;
  }
  if (redactions.some(({ page }) => page < 1 || page > before)) throw new Refusal('no-such-page');
  return {
    file: packed(outputs),
    pages: after,
    notSearched,
    verified: ['each-file-verified', 'no-names', 'removed-text-gone'],
  };
}

/** What is in a bundle is packed already. */
const packed = (files: ReadonlyMap<string, Uint8Array>) => writeZip(files, new Set(files.keys()));

/** How many pages the files of the bundles that were looked at last have, by the bundles' digests: one is looked at page by page. */
const counts = new Map<string, readonly number[]>();
const MOST_COUNTED = 4;

/** The files of a prepared bundle, with their numbers of pages. */
async function countedFiles(forFile: ForFile, bundle: Uint8Array) {
  const files = [...(await readZip(bundle, bounds))];
  const key = createHash('sha256').update(bundle).digest('base64');
  let pages = counts.get(key);
  if (!pages) {
    const counted: number[] = [];
    for (const [, bytes] of files) counted.push(await forFile(bytes).pages(bytes));
    pages = counted;
    for (const oldest of [...counts.keys()].slice(0, -(MOST_COUNTED - 1))) counts.delete(oldest);
    counts.set(key, pages);
  }
  const known = pages;
  return files.map(([name, bytes], index) => ({ name, bytes, pages: known[index] ?? 0 }));
}

/** The file that a page of the bundle is in, and its number there. */
async function place(
  forFile: ForFile,
  bundle: Uint8Array,
  page: number,
): Promise<readonly [file: Uint8Array, page: number]> {
  let before = 0;
  for (const { bytes, pages } of await countedFiles(forFile, bundle)) {
    if (page > before && page <= before + pages) return [bytes, page - before];
    before += pages;
  }
  throw new Refusal('no-such-page');
}
