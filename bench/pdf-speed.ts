// Pages a second through the whole of the PDF scrubber without reading pictures, beside mat2 on the same files where it is installed:
// node bench/pdf-speed.ts [pages]

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import type { Bench } from '../adapters/scrubbers/format.ts';
import { pdfFormat } from '../adapters/scrubbers/pdf/format.ts';
import { loadPdfium } from '../adapters/scrubbers/pdf/pdfium.ts';
import type { Redaction } from '../domain/ports.ts';
import { dice } from '../domain/seeded.ts';

const count = Number(process.argv[2] ?? 100);
const blind: Bench = { maxPages: 1000, reader: { read: async () => undefined }, progress: () => undefined };
const WORDS =
  'the patient was seen in our clinic with a history of aortic dissection and family findings that suggest a disease of connective tissue follow up imaging is planned'.split(
    ' ',
  );

const format = pdfFormat(await loadPdfium());
const file = await letters(count);
// The engine is warm in a pool's child, too.
await format.redact((await format.prepare(await letters(10), blind)).file, [], false, blind);

const prepared = await timed('prepared (unseen removed, compared, text read, verified)', () =>
  format.prepare(file, blind),
);
await timed('nothing redacted, verified', () => format.redact(prepared.file, [], false, blind));
const redactions: readonly Redaction[] = prepared.texts.flatMap(({ page, text }) =>
  [...text.matchAll(/dissection/g)]
    .slice(0, 3)
    .map(({ index }) => ({ page, kind: 'name' as const, start: index, end: index + 10 })),
);
await timed(`${redactions.length} words redacted, compared, verified`, () =>
  format.redact(prepared.file, redactions, false, blind),
);
await timed('every page made a picture, verified', () => format.redact(prepared.file, redactions, true, blind));
console.log(`resident memory at the end ${(process.memoryUsage().rss / 1024 / 1024).toFixed(0)} MB`);

const folder = mkdtempSync(join(tmpdir(), 'scrub-speed-'));
try {
  writeFileSync(join(folder, 'a.pdf'), file);
  const from = performance.now();
  const { error, status } = spawnSync('mat2', [join(folder, 'a.pdf')]);
  const seconds = (performance.now() - from) / 1000;
  console.log(error || status !== 0 ? 'mat2: not installed' : `mat2: ${(count / seconds).toFixed(1)} pages/s`);
} finally {
  rmSync(folder, { recursive: true });
}

/** Pages of fifty lines of text. */
async function letters(pages: number): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.TimesRoman);
  const roll = dice(1);
  const word = () => WORDS[roll(WORDS.length)] ?? '';
  for (let number = 0; number < pages; number++) {
    const page = document.addPage([595, 842]);
    for (let line = 0; line < 50; line++)
      page.drawText(Array.from({ length: 14 }, word).join(' '), { x: 50, y: 790 - line * 15, size: 11, font });
  }
  return document.save();
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  const cpu = process.cpuUsage();
  const result = await work();
  const seconds = (performance.now() - from) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    `${what}: ${(count / seconds).toFixed(1)} pages/s (${((user + system) / 1000 / count).toFixed(1)} ms of processor a page)`,
  );
  return result;
}
