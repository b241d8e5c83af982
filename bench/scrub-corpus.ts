// How the scrubber does on a folder of PDFs: node bench/scrub-corpus.ts [folder] [folder for outputs]
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPdfium, type OpenPdf } from '../adapters/scrubbers/pdf/pdfium.ts';
import { pageDifference } from '../adapters/scrubbers/pdf/raster.ts';
import { createScrubber } from '../adapters/scrubbers/scrubber.ts';

const folder = process.argv[2] ?? join(import.meta.dirname, '../../shared/corpus/pdf');
const outputs = process.argv[3];
if (outputs) mkdirSync(outputs, { recursive: true });
const scrubber = createScrubber();
const pdfium = await loadPdfium();
const refused: Record<string, string[]> = {};
const findings: Record<string, number> = {};
const times: number[] = [];
const names = readdirSync(folder).filter((name) => name.endsWith('.pdf'));
let pages = 0;
let opened = 0;
let faithful = 0;
let rasterised = 0;
const started = performance.now();
const unlike: string[] = [];

for (const name of names) {
  const file = readFileSync(join(folder, name));
  const from = performance.now();
  const result = await scrubber.scrub(file, name);
  const took = performance.now() - from;
  const original = tryOpen(file);
  if (original) opened++;
  if (result.outcome === 'refused') {
    const reason = [result.reason, ...Object.values(result.params ?? {})].join(' ');
    refused[reason] = [...(refused[reason] ?? []), `${name}${original ? ' (opens)' : ''}`];
  } else {
    times.push(took);
    pages += result.report.pages;
    for (const { what } of result.report.notSearched) findings[what] = (findings[what] ?? 0) + 1;
    rasterised += result.report.notSearched.find(({ what }) => what === 'rasterised')?.pages.length ?? 0;
    const output = tryOpen(result.file);
    if (original && output && same(original, output)) faithful++;
    else unlike.push(name);
    output?.close();
    if (outputs) writeFileSync(join(outputs, name), result.file);
  }
  original?.close();
}
const seconds = (performance.now() - started) / 1000;
await scrubber.close();
times.sort((a, b) => a - b);
console.log(
  `files ${names.length}, opened by PDFium ${opened}, scrubbed ${times.length} (${((times.length / opened) * 100).toFixed(1)} %)`,
);
console.log('refused', refused);
console.log('told', findings, 'pages rasterised', rasterised);
console.log(
  `median ${times[times.length >> 1]?.toFixed(0)} ms, 95 % ${times[Math.floor(times.length * 0.95)]?.toFixed(0)} ms`,
);
console.log(
  `${pages} pages, ${(pages / (times.reduce((sum, time) => sum + time, 0) / 1000)).toFixed(1)} pages/s on one child, ${seconds.toFixed(1)} s in all`,
);
console.log(`files whose every page looks the same (≤ 0.2 % of pixels differ): ${faithful} of ${times.length}`, unlike);

function tryOpen(file: Uint8Array): OpenPdf | undefined {
  try {
    return pdfium.open(file);
  } catch {
    return undefined;
  }
}

function same(one: OpenPdf, other: OpenPdf): boolean {
  if (one.pages !== other.pages) return false;
  for (let page = 0; page < one.pages; page++) if (pageDifference(one, other, page) > 0.002) return false;
  return true;
}
