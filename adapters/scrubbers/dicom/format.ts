import { randomBytes } from 'node:crypto';
import type { DicomOption, NotSearched, PageSize, PageText, Redaction } from '../../../domain/ports.ts';
import type { Bench, Format, Prepared, Redacted } from '../format.ts';
import { Refusal } from '../refusal.ts';
import type { Cell } from '../text/csv.ts';
import { mergedSpans } from '../text/format.ts';
import { type DataSet, type DicomFile, elementOf, stringOf, tags } from './data-set.ts';
import { deidentify } from './deidentify.ts';
import { hunt } from './hunt.ts';
import { withMethod } from './method.ts';
import { readDicom } from './read.ts';
import { newRemoved } from './removed.ts';
import { REMOVED, replacerFor } from './replace.ts';
import { type SlotPage, slotPages, withWords } from './slots.ts';
import { verifyDicom } from './verify.ts';
import { writeDicom } from './write.ts';

/**
 * The scrubber of DICOM files (PS3.10) by the Basic Application Level Confidentiality Profile (PS3.15, Annex E). Its pages are what it says in words, then its frames. Refuses with 'corrupt', 'dicom-directory', 'dicom-syntax',
 * 'dicom-encapsulated', 'too-many-pages', 'not-verified', 'no-such-page'.
 */
export const dicomFormat: Format = { prepare, redact, pages, text };

async function pages(file: Uint8Array): Promise<number> {
  const { dataSet } = readDicom(file);
  return Math.max(1, slotPages(dataSet).length);
}

async function prepare(file: Uint8Array, bench: Bench): Promise<Prepared> {
  const read = readDicom(file);
  const options = optionsFor(read.dataSet, bench.dicom?.options ?? []);
  const counts = new Map<string, number>();
  const count = (kind: string, more = 1) => {
    if (more > 0) counts.set(kind, (counts.get(kind) ?? 0) + more);
  };
  if (read.stray > 0) count('trailing-data');
  const removed = newRemoved();
  const replacer = replacerFor(bench.dicom?.key ?? randomBytes(32).toString('hex'));
  const walked = deidentify(read.dataSet, { options, replacer, removed, count, done: new Set() });
  const { dataSet, masked } = hunt(walked, removed, bench.known, replacer);
  count('dicom-value-elsewhere', masked);
  const output = writeDicom({ ...read, dataSet: withMethod(dataSet, options) });
  const clean = verifyDicom(output, removed);
  const words = slotPages(clean);
  bench.progress('preparing', 1, 1);
  return {
    format: 'dicom',
    file: output,
    ...said(words),
    removed: Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1))),
    notSearched: notSearchedIn(clean),
    verified: ['confidentiality-profile', 'no-private', 'removed-text-gone', 'opens-again'],
  };
}

/** Structured reports would say nothing without their content: it is cleaned, not emptied. */
function optionsFor(dataSet: DataSet, chosen: readonly DicomOption[]): ReadonlySet<DicomOption> {
  const isReport = elementOf(dataSet, tags.contentSequence) !== undefined;
  return new Set([...chosen, ...(isReport ? (['clean-structured-content'] as const) : [])]);
}

function said(words: readonly SlotPage[]): Pick<Prepared, 'pages' | 'texts' | 'cells'> {
  const texts = words.length > 0 ? words.map(({ text: one }) => one) : [''];
  return {
    pages: texts.map(
      (one): PageSize => ({
        width: Math.max(1, ...one.split('\n').map((line) => line.length)),
        height: one.split('\n').length,
      }),
    ),
    texts: texts.map(
      (one, index): PageText => ({ page: index + 1, source: 'text', text: one, places: new Float32Array(0) }),
    ),
    cells: new Map(
      words.map(({ slots }, index) => [
        index + 1,
        slots.map(({ label, start, end }): Cell => ({ head: label, start, end })),
      ]),
    ),
  };
}

function notSearchedIn(dataSet: DataSet): NotSearched {
  return elementOf(dataSet, tags.pixelData) ? [{ what: 'pictures', pages: [] }] : [];
}

async function redact(
  prepared: Uint8Array,
  redactions: readonly Redaction[],
  _flatten: boolean,
  bench: Bench,
): Promise<Redacted> {
  const read = readDicom(prepared);
  verifyDicom(prepared, undefined);
  const words = slotPages(read.dataSet);
  const taken: string[] = [];
  const output = writeDicom({ ...read, dataSet: withoutWords(read, words, redactions, taken) });
  const clean = verifyDicom(output, undefined);
  const after = slotPages(clean);
  bench.progress('redacting', 1, 1);
  const searched = taken.map((one) => one.trim()).filter((one) => one.length > 3);
  const stays = after.flatMap(({ text: one }, index) =>
    searched.some((gone) => one.includes(gone)) ? [index + 1] : [],
  );
  return {
    file: output,
    pages: Math.max(1, after.length),
    notSearched: stays.length > 0 ? [{ what: 'removed-text-also-visible', pages: stays }] : [],
    verified: ['confidentiality-profile', 'no-private', 'removed-text-gone', 'opens-again'],
  };
}

/** Masks spans of the pages of words in the elements that they come from; `taken` gets what went. */
function withoutWords(
  { dataSet }: DicomFile,
  words: readonly SlotPage[],
  redactions: readonly Redaction[],
  taken: string[],
): DataSet {
  const masked = new Map<number, string>();
  for (const [index, { text: page, slots, first }] of words.entries()) {
    const spans = mergedSpans(redactions, index + 1, page.length);
    for (const [own, { start, end }] of slots.entries()) {
      const within = spans.filter((span) => span.start < end && span.end > start);
      if (within.length === 0) continue;
      let said = page.slice(start, end);
      for (const span of within.toReversed()) {
        const [from, to] = [Math.max(0, span.start - start), Math.min(end, span.end) - start];
        taken.push(said.slice(from, to));
        said = said.slice(0, from) + REMOVED + said.slice(to);
      }
      masked.set(first + own, said);
    }
  }
  return masked.size === 0 ? dataSet : withWords(dataSet, (_, index) => masked.get(index));
}

async function text(file: Uint8Array, page: number): Promise<string> {
  const { dataSet } = readDicom(file);
  const words = slotPages(dataSet);
  const found = words[page - 1];
  if (found) return found.text;
  if (page === 1 && words.length === 0 && stringOf(dataSet, tags.sopClass) !== undefined) return '';
  throw new Refusal('no-such-page');
}
