import { randomBytes } from 'node:crypto';
import type { Box, DicomOption, NotSearched, PageSize, PageText, Redaction } from '../../../domain/ports.ts';
import type { Bench, Format, Prepared, Raster, Redacted } from '../format.ts';
import { areaOf } from '../pictures/pixels.ts';
import { Refusal } from '../refusal.ts';
import type { Cell } from '../text/csv.ts';
import { mergedSpans } from '../text/format.ts';
import { type DataSet, type DicomFile, elementOf, tags } from './data-set.ts';
import { deidentify } from './deidentify.ts';
import { earlierElements } from './earlier.ts';
import { hunt } from './hunt.ts';
import { withCleanPixels, withMethod } from './method.ts';
import { lookBetween } from './pixels/between.ts';
import { pixelsAlone } from './pixels/bitstream.ts';
import { type Frames, openFrames } from './pixels/frames.ts';
import { allBytes, type Layout } from './pixels/layout.ts';
import { masked, verifyMasked } from './pixels/mask.ts';
import { mayHoldWriting, readFrames, sampled, showsHead, someOf } from './pixels/reading.ts';
import { isSomethingIn, outsideRegions } from './pixels/regions.ts';
import { sentFrame } from './pixels/sent.ts';
import { placeOf } from './pixels/series.ts';
import { shown } from './pixels/shown.ts';
import { testedFrames } from './pixels/writing.ts';
import { readDicom } from './read.ts';
import { newRemoved } from './removed.ts';
import { REMOVED, replacerFor } from './replace.ts';
import { type SlotPage, slotPages, withWords } from './slots.ts';
import { knownOf } from './sought.ts';
import { verifyDicom } from './verify.ts';
import { withPdf, wrappedPdf, wrapping } from './wrapped.ts';
import { writeDicom } from './write.ts';

const MOST_FRAMES = 5000;
const WIDEST = 4000;

/**
 * The scrubber of DICOM files (PS3.10) by the Basic Application Level Confidentiality Profile (PS3.15, Annex E). Its pages are what it says in words, then its frames or the pages of the PDF that it wraps, which `pdf` scrubs. What is
 * covered on one frame is covered on all. Refuses with 'corrupt', 'dicom-directory', 'dicom-syntax', 'dicom-encapsulated', 'dicom-masking', 'too-many-pages', 'not-verified', 'no-such-page', and what `pdf` refuses with.
 */
export function dicomFormat(pdf: Format): Format {
  return {
    prepare: (file, bench) => prepare(pdf, file, bench),
    redact: (prepared, redactions, flatten, bench) => redact(pdf, prepared, redactions, flatten, bench),
    pages: async (file) => {
      const { words, frames, inner } = await opened(file);
      return words.length + (frames?.layout.frames ?? 0) + (inner ? await pdf.pages(inner) : 0);
    },
    text: async (file, page) => {
      const found = (await opened(file)).words[page - 1];
      if (!found) throw new Refusal('no-such-page');
      return found.text;
    },
    picture: (file, page, width, annotated) => picture(pdf, file, page, width, annotated),
    frame: async (file, page, width) => {
      const { read, layout, decoded, index } = frameOf(await opened(file), page);
      return sentFrame(read, layout, decoded, index, width);
    },
  };
}

interface Opened {
  readonly read: DicomFile;
  readonly words: readonly SlotPage[];
  readonly frames: Frames | undefined;
  readonly inner: Uint8Array | undefined;
}

async function opened(file: Uint8Array): Promise<Opened> {
  const read = readDicom(file);
  const frames = await openFrames(read);
  const inner = wrappedPdf(read.dataSet, read.encoding.littleEndian);
  return { read, words: wordPages(read.dataSet, frames !== undefined || inner !== undefined), frames, inner };
}

/** A file without frames and words has one empty page: there has to be something to look at. */
function wordPages(dataSet: DataSet, hasOthers: boolean): readonly SlotPage[] {
  const words = slotPages(dataSet);
  return words.length > 0 || hasOthers ? words : [{ text: '', slots: [], first: 0 }];
}

const earlier = earlierElements();

async function prepare(pdf: Format, file: Uint8Array, bench: Bench): Promise<Prepared> {
  const read = readDicom(file, earlier);
  const options = optionsFor(read.dataSet, bench.dicom?.options ?? []);
  const counts = new Map<string, number>();
  const count = (kind: string, more = 1) => {
    if (more > 0) counts.set(kind, (counts.get(kind) ?? 0) + more);
  };
  if (read.stray > 0) count('trailing-data');
  const { littleEndian } = read.encoding;
  const document = wrappedPdf(read.dataSet, littleEndian);
  const inner = document && (await pdf.prepare(document, { ...bench, keep: false }));
  for (const [kind, more] of Object.entries(inner?.removed ?? {})) count(kind, more);
  const given = inner ? withPdf(read.dataSet, inner.file, littleEndian) : read.dataSet;
  const removed = newRemoved();
  const replacer = replacerFor(bench.dicom?.key ?? randomBytes(32).toString('hex'));
  const walked = deidentify(given, {
    options,
    replacer,
    removed,
    count,
    done: inner ? wrapping : new Set(),
    littleEndian,
  });
  const hunted = hunt(walked, removed, bench.known, replacer);
  count('dicom-value-elsewhere', hunted.masked);
  const told = withMethod(hunted.dataSet, options);
  const pixels = await cleanPixels({ ...read, dataSet: told }, count);
  const output = writeDicom(pixels.file, bench.room);
  const clean = verifyDicom(output, removed);
  const words = wordPages(clean, pixels.frames !== undefined || inner !== undefined);
  bench.progress('preparing', 1, 1);
  // What was read may have been written over.
  const written = { ...pixels.file, dataSet: clean };
  const shownFrames = pixels.frames ? await framesOf(written, pixels.frames, words.length, bench) : undefined;
  return {
    format: 'dicom',
    file: output,
    pages: [
      ...words.map(({ text }) => measured(text)),
      ...(shownFrames?.pages ?? []),
      ...(inner?.pages ?? []).map((page) => ({ ...page, picture: true })),
    ],
    texts: [
      ...words.map(({ text }, index) => asText(text, index + 1)),
      ...(shownFrames?.texts ?? []),
      ...(inner?.texts ?? []).map((one) => ({ ...one, page: one.page + words.length })),
    ],
    cells: new Map(words.map(({ slots }, index) => [index + 1, slots.map(cellOf)])),
    frames: [...(shownFrames?.written ?? []), ...(inner?.frames ?? []).map((page) => page + words.length)],
    people: knownOf(removed),
    removed: Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1))),
    notSearched: [
      ...(shownFrames?.notSearched ?? []),
      ...shifted(inner?.notSearched ?? [], words.length, inner?.pages.length ?? 0),
      ...(elementOf(clean, tags.pixelData) && !pixels.frames ? [{ what: 'pictures', pages: [] }] : []),
    ],
    verified: ['confidentiality-profile', 'no-private', 'removed-text-gone', 'opens-again'],
  };
}

/** Structured reports would say nothing without their content: it is cleaned, not emptied. */
function optionsFor(dataSet: DataSet, chosen: readonly DicomOption[]): ReadonlySet<DicomOption> {
  const isReport = elementOf(dataSet, tags.contentSequence) !== undefined;
  return new Set([...chosen, ...(isReport ? (['clean-structured-content'] as const) : [])]);
}

/** Takes out of the pixels what is none, and blanks what lies outside of an ultrasound's regions where anything can be seen there. */
async function cleanPixels(
  file: DicomFile,
  count: (kind: string, more?: number) => void,
): Promise<{ readonly file: DicomFile; readonly frames: Frames | undefined }> {
  const frames = await openFrames(file);
  if (!frames) return { file, frames };
  const { layout } = frames;
  if (layout.frames > MOST_FRAMES) throw new Refusal('too-many-pages', { pages: layout.frames, limit: MOST_FRAMES });
  if (!holdsFrames(file.dataSet, layout)) throw new Refusal('corrupt');
  const { dataSet, dropped } = pixelsAlone(file.dataSet, file.syntax, layout);
  count('picture-metadata', dropped);
  const alone = { ...file, dataSet };
  const outside = outsideRegions(alone, frames);
  if (outside.length === 0 || !isSomethingIn(alone, frames, outside, sampled(layout.frames)))
    return { file: alone, frames: dropped > 0 ? await openFrames(alone) : frames };
  const blanked = await masked(alone, outside);
  await verifyMasked(alone, blanked, outside);
  count('dicom-outside-regions', outside.length);
  return { file: blanked, frames: await openFrames(blanked) };
}

/** Whether there are as many pixels as the file says. */
function holdsFrames(dataSet: DataSet, layout: Layout): boolean {
  const { bytes, fragments } = elementOf(dataSet, tags.pixelData) ?? {};
  if (bytes) return bytes.length >= allBytes(layout);
  // The first fragment is the table of offsets; a single frame may be in several.
  return (fragments?.length ?? 0) > layout.frames;
}

async function framesOf(file: DicomFile, frames: Frames, before: number, bench: Bench) {
  const { width, height, frames: many } = frames.layout;
  const place = placeOf(file, frames.layout, before + 1);
  const pages = Array.from(
    { length: many },
    (_, index): PageSize => ({ width, height, picture: true, frame: place(index) }),
  );
  const numbers = (of: readonly number[]) => of.map((index) => index + before + 1);
  const isColoured = frames.layout.samples > 1 || frames.layout.photometric === 'PALETTE COLOR';
  const expected = isColoured || mayHoldWriting(file);
  const told = (done: number, of: number) => bench.progress('reading', done, of, 'frames');
  const tested = expected ? undefined : testedFrames(file, frames, told);
  const looked = tested ? someOf([...tested.written.keys()]) : sampled(many);
  const placed = async (picture: Raster) => (await import('../ocr/reader.ts')).unreadWriting(picture);
  const { texts, unread } = await readFrames(
    file,
    frames,
    bench.reader,
    // Those that nothing was seen on are looked at no more; of others all are, some of them closely.
    (done, of) => told(done, tested ? of : many),
    looked,
    tested && { pictures: tested.written, placed },
  );
  const between =
    tested || looked.length === many
      ? undefined
      : await lookBetween(
          file,
          frames,
          looked,
          bench.reader,
          (done) => told(looked.length + done, many),
          (await import('../ocr/reader.ts')).unreadLines,
        );
  // Of writing that was found on many frames, some are read.
  const passed = tested ? [...tested.written.keys()].filter((index) => !looked.includes(index)) : between?.untested;
  const said = (what: string, of: readonly number[]) => (of.length > 0 ? [{ what, pages: numbers(of) }] : []);
  const notSearched: NotSearched = [
    ...said('pictures', unread),
    ...said('frames-between', passed ?? []),
    ...said('frames-tested', tested?.plain ?? []),
    ...said('frames-compared', between?.plain ?? []),
    ...said('frames-not-read', tested?.untested ?? []),
    ...said('recognizable-features', showsHead(file) ? [...pages.keys()] : []),
  ];
  return {
    pages,
    texts: [...texts, ...(between?.texts ?? [])].map(
      ({ text, places, frame }): PageText => ({ page: frame + before + 1, source: 'picture', text, places }),
    ),
    written: numbers([...new Set([...looked, ...(between?.texts.map(({ frame }) => frame) ?? [])])]),
    notSearched,
  };
}

const cellOf = ({ label, start, end }: SlotPage['slots'][number]): Cell => ({ head: label, start, end });

const asText = (text: string, page: number): PageText => ({ page, source: 'text', text, places: new Float32Array(0) });

function measured(text: string): PageSize {
  const lines = text.split('\n');
  return { width: Math.max(1, ...lines.map((line) => line.length)), height: lines.length };
}

/** What concerns all pages of the PDF concerns these. */
function shifted(entries: NotSearched, by: number, count: number): NotSearched {
  return entries.map(({ what, pages }) => ({
    what,
    pages: (pages.length > 0 ? pages : Array.from({ length: count }, (_, index) => index + 1)).map((page) => page + by),
  }));
}

async function redact(
  pdf: Format,
  prepared: Uint8Array,
  redactions: readonly Redaction[],
  flatten: boolean,
  bench: Bench,
): Promise<Redacted> {
  const { read, words, frames, inner } = await opened(prepared);
  verifyDicom(prepared, undefined);
  const others = redactions
    .filter(({ page }) => page > words.length)
    .map((one) => ({ ...one, page: one.page - words.length }));
  if (redactions.some(({ page }) => page < 1) || others.some(({ page }) => page > (frames?.layout.frames ?? Infinity)))
    throw new Refusal('no-such-page');
  const taken: string[] = [];
  const said = { ...read, dataSet: withoutWords(read.dataSet, words, redactions, taken) };
  const drawn = frames && others.length > 0 ? await covered(said, frames, others) : said;
  const document =
    inner && (others.length > 0 || flatten) ? await pdf.redact(inner, others, flatten, bench) : undefined;
  const { littleEndian } = read.encoding;
  const done = document ? { ...drawn, dataSet: withPdf(drawn.dataSet, document.file, littleEndian) } : drawn;
  const output = writeDicom(done);
  const clean = verifyDicom(output, undefined);
  const after = wordPages(clean, frames !== undefined || inner !== undefined);
  bench.progress('redacting', 1, 1);
  const searched = taken.map((one) => one.trim()).filter((one) => one.length > 3);
  const stays = after.flatMap(({ text }, index) => (searched.some((gone) => text.includes(gone)) ? [index + 1] : []));
  return {
    file: output,
    pages: after.length + (frames?.layout.frames ?? 0) + (document?.pages ?? (inner ? await pdf.pages(inner) : 0)),
    notSearched: [
      ...(stays.length > 0 ? [{ what: 'removed-text-also-visible', pages: stays }] : []),
      ...shifted(document?.notSearched ?? [], after.length, document?.pages ?? 0),
    ],
    verified: [
      'confidentiality-profile',
      'no-private',
      'removed-text-gone',
      'opens-again',
      ...(document?.verified ?? []),
    ],
  };
}

/** How far a box of writing is widened to both sides, by its height: what was read of a line may lack a letter at its ends. */
const LETTER = 1.2;

function widened(box: Box, { width, height }: Layout): Box {
  const by = (LETTER * box.height * height) / width;
  const left = Math.max(0, box.left - by);
  return { ...box, left, width: Math.min(1, box.left + box.width + by) - left };
}

/** Blanks boxes of any frame on all of them, and says so in the file. */
async function covered(file: DicomFile, { layout }: Frames, redactions: readonly Redaction[]): Promise<DicomFile> {
  const areas = redactions.flatMap((one) => {
    // What has no place on a frame cannot be covered.
    if (!('boxes' in one)) throw new Refusal('not-verified');
    return one.boxes.map((box) => areaOf(one.kind === 'drawn' ? box : widened(box, layout), layout));
  });
  const done = await masked(file, areas);
  await verifyMasked(file, done, areas);
  return { ...done, dataSet: withCleanPixels(done.dataSet) };
}

/** Masks spans of the pages of words in the elements that they come from; `taken` gets what went. */
function withoutWords(
  dataSet: DataSet,
  words: readonly SlotPage[],
  redactions: readonly Redaction[],
  taken: string[],
): DataSet {
  const changed = new Map<number, string>();
  for (const [index, { text, slots, first }] of words.entries()) {
    const spans = mergedSpans(redactions, index + 1, text.length);
    for (const [own, { start, end }] of slots.entries()) {
      const within = spans.filter((span) => span.start < end && span.end > start);
      if (within.length === 0) continue;
      let said = text.slice(start, end);
      for (const span of within.toReversed()) {
        const [from, to] = [Math.max(0, span.start - start), Math.min(end, span.end) - start];
        taken.push(said.slice(from, to));
        said = said.slice(0, from) + REMOVED + said.slice(to);
      }
      changed.set(first + own, said);
    }
  }
  return changed.size === 0 ? dataSet : withWords(dataSet, (_, index) => changed.get(index));
}

/** A frame, decoded, by its page of the file. */
function frameOf({ read, words, frames }: Opened, page: number) {
  const index = page - words.length - 1;
  if (!frames || index < 0 || index >= frames.layout.frames) throw new Refusal('no-such-page');
  const decoded = frames.frame(index);
  if (!decoded) throw new Refusal('dicom-syntax');
  return { read, layout: frames.layout, decoded, index };
}

async function picture(
  pdf: Format,
  file: Uint8Array,
  page: number,
  width: number,
  annotated: boolean,
): Promise<Uint8Array> {
  const held = await opened(file);
  const own = page - held.words.length;
  if (held.inner && pdf.picture && own > 0) return pdf.picture(held.inner, own, width, annotated);
  const { read, layout, decoded, index } = frameOf(held, page);
  const { channels, data } = shown(read, layout, decoded, index);
  const across = Math.max(1, Math.min(WIDEST, Math.round(width)));
  const raw = { width: layout.width, height: layout.height, channels };
  const { default: sharp } = await import('sharp');
  return new Uint8Array(await sharp(data, { raw }).resize({ width: across }).png().toBuffer());
}
