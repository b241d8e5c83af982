// How the PDF scrubber does on a folder, without reading pictures and without redactions: node bench/scrub-corpus.ts [folder] [folder for outputs]
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../adapters/scrubbers/format.ts';
import { pdfFormat } from '../adapters/scrubbers/pdf/format.ts';
import { loadPdfium, type OpenPdf } from '../adapters/scrubbers/pdf/pdfium.ts';
import { pageDifference } from '../adapters/scrubbers/pdf/redaction/raster.ts';
import { Refusal } from '../adapters/scrubbers/refusal.ts';
import { sniff } from '../adapters/scrubbers/sniff.ts';

const folder = process.argv[2] ?? join(import.meta.dirname, '../../shared/corpus/pdf');
const outputs = process.argv[3];
if (outputs) mkdirSync(outputs, { recursive: true });
const pdfium = await loadPdfium();
const format = pdfFormat(pdfium);
const blind: Bench = { maxPages: 500, reader: { read: async () => undefined }, progress: () => undefined };
const refused: Record<string, string[]> = {};
const told: Record<string, number> = {};
const times: number[] = [];
const unlike: string[] = [];
const names = readdirSync(folder).filter((name) => name.endsWith('.pdf'));
let pages = 0;
let opened = 0;
let faithfulFiles = 0;
let faithfulPages = 0;
let rasterised = 0;

for (const name of names) {
  const file = readFileSync(join(folder, name));
  const original = tryOpen(file);
  if (original) opened++;
  const from = performance.now();
  try {
    if (sniff(file) !== 'pdf') throw new Refusal('unknown-kind', { kind: sniff(file) });
    const prepared = await format.prepare(file, blind);
    const redacted = await format.redact(prepared.file, [], false, blind);
    times.push(performance.now() - from);
    pages += redacted.pages;
    for (const { what } of prepared.notSearched) told[what] = (told[what] ?? 0) + 1;
    rasterised += prepared.notSearched.find(({ what }) => what === 'rasterised')?.pages.length ?? 0;
    const output = pdfium.open(redacted.file);
    const same = original ? samePages(original, output) : 0;
    faithfulPages += same;
    if (original && same === original.pages) faithfulFiles++;
    else unlike.push(name);
    output.close();
    if (outputs) writeFileSync(join(outputs, name), redacted.file);
  } catch (error) {
    const reason =
      error instanceof Refusal
        ? [error.code, ...Object.values(error.params ?? {})].join(' ')
        : `unforeseen: ${String(error).slice(0, 80)}`;
    refused[reason] = [...(refused[reason] ?? []), `${name}${original ? ' (opens)' : ''}`];
  }
  original?.close();
}
times.sort((a, b) => a - b);
const share = (part: number, whole: number) => `${part} of ${whole} (${((part / whole) * 100).toFixed(1)} %)`;
console.log(`files ${names.length}, opened by PDFium ${opened}, scrubbed ${share(times.length, opened)}`);
console.log('refused', refused);
console.log('told, in files', told);
console.log(
  `pages that look the same (≤ 0.2 % of pixels differ) ${share(faithfulPages, pages)}, rasterised ${rasterised}`,
);
console.log(`files whose every page does ${share(faithfulFiles, times.length)}`, unlike);
console.log(
  `median ${times[times.length >> 1]?.toFixed(0)} ms, 95 % ${times[Math.floor(times.length * 0.95)]?.toFixed(0)} ms, longest ${times.at(-1)?.toFixed(0)} ms`,
);
console.log(`${(pages / (times.reduce((sum, time) => sum + time, 0) / 1000)).toFixed(1)} pages/s`);

function tryOpen(file: Uint8Array): OpenPdf | undefined {
  try {
    return pdfium.open(file);
  } catch {
    return undefined;
  }
}

function samePages(one: OpenPdf, other: OpenPdf): number {
  if (one.pages !== other.pages) return 0;
  return Array.from({ length: one.pages }, (_, page) => pageDifference(one, other, page)).filter(
    (difference) => difference <= 0.002,
  ).length;
}
