// How fast the scrubber is beside mat2, on the same files: node bench/scrub-speed.ts [folder] [rounds] [--pictures]
// Needs Debian's mat2. Prints wall times, their ratio, and how a long text goes through one child: pages a second and the most memory it held.
// Pictures are not read here, as mat2 does not: two child processes, their start included, and the command line that starts them. With --pictures the command line's time with all reading is printed too.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { loadPdfium } from '../adapters/scrubbers/pdf/pdfium.ts';
import { createScrubber } from '../adapters/scrubbers/scrubber.ts';
import { childrenOf, peakBytes, scrubbingChild } from '../test/processes.ts';

const { values: flags, positionals } = parseArgs({
  options: { pictures: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const folder = positionals[0] ?? join(import.meta.dirname, '../../shared/corpus/pdf');
const rounds = Number(positionals[1] ?? 1);
const scratch = mkdtempSync(join(tmpdir(), 'scrub-speed-'));
const MB = 1024 * 1024;
const THEIR_PAGES = 40;

try {
  await textPages(300);
  const { files, pages } = await common();
  console.log(`${files.length} files with ${pages} pages that both take`);
  const rate = (seconds: number) => `${seconds.toFixed(1)} s, ${(pages / seconds).toFixed(1)} pages/s`;
  for (let round = 1; round <= rounds; round++) {
    const theirs = mat2(files);
    console.log(`mat2: ${rate(theirs)}`);
    for (const [what, redact] of [
      ['all text searched, nothing redacted, verified', 'none'],
      ['the same, all findings redacted', 'all'],
    ] as const) {
      const { seconds, warm, refused } = await ours(files, redact);
      const beside = (taken: number) => `${rate(taken)}, ${(theirs / taken).toFixed(1)} × mat2`;
      console.log(`ours without reading pictures, ${what}: ${beside(seconds)}, refused ${refused}`);
      console.log(`  once more by the same children, as a server's are: ${beside(warm)}`);
      console.log(
        `  the command line, its start included: ${beside(commandLine(files, '--no-ocr', '--redact', redact))}`,
      );
    }
    if (flags.pictures)
      console.log(`the command line, pictures read, all findings redacted: ${rate(commandLine(files))}`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Files that both take: what one refuses says nothing of its speed. One call of mat2 over all of them tells, by what it leaves. */
async function common(): Promise<{ readonly files: string[]; readonly pages: number }> {
  const pdfium = await loadPdfium();
  const work = mkdtempSync(join(scratch, 'try-'));
  const names = readdirSync(folder).filter((name) => name.endsWith('.pdf'));
  for (const name of names) copyFileSync(join(folder, name), join(work, name));
  spawnSync(
    // On some damaged files it waits for ever; what it left by then is what it takes. `timeout` ends its helpers with it.
    'timeout',
    ['--signal=KILL', '90', 'mat2', ...names.map((name) => join(work, name))],
    { stdio: 'ignore' },
  );
  const files: string[] = [];
  let pages = 0;
  for (const name of names.filter((one) => existsSync(join(work, one.replace(/\.pdf$/, '.cleaned.pdf'))))) {
    try {
      const pdf = pdfium.open(readFileSync(join(folder, name)));
      pages += pdf.pages;
      pdf.close();
      files.push(name);
    } catch {
      // Not opened: nobody's time is measured on it.
    }
  }
  return { files, pages };
}

/** Wall time of mat2 over all files in one call, in seconds. */
function mat2(files: readonly string[]): number {
  const work = mkdtempSync(join(scratch, 'mat2-'));
  for (const name of files) copyFileSync(join(folder, name), join(work, name));
  const from = performance.now();
  spawnSync(
    'mat2',
    files.map((name) => join(work, name)),
    { stdio: 'ignore' },
  );
  return (performance.now() - from) / 1000;
}

/** Wall time of two child processes over the same files, from before they are started; that of a second time through; how many files they refused. */
async function ours(
  files: readonly string[],
  redact: 'all' | 'none',
): Promise<{ seconds: number; warm: number; refused: number }> {
  const from = performance.now();
  const scrubber = createScrubber({ workers: 2, readMs: 0 });
  const through = () => Promise.all(files.map((name) => scrubber.scrub(readFileSync(join(folder, name)), { redact })));
  const outcomes = await through();
  const between = performance.now();
  await through();
  const after = performance.now();
  await scrubber.close();
  return {
    seconds: (between - from) / 1000,
    warm: (after - between) / 1000,
    refused: outcomes.filter(({ outcome }) => outcome !== 'scrubbed').length,
  };
}

/** Wall time of the command line over the same files, its start included. */
function commandLine(files: readonly string[], ...options: readonly string[]): number {
  const out = mkdtempSync(join(scratch, 'ours-'));
  const command = join(import.meta.dirname, '../cli/scrub.js');
  const given = files.map((name) => join(folder, name));
  const from = performance.now();
  spawnSync(process.execPath, ['--no-warnings', command, ...given, '-o', out, ...options], { stdio: 'ignore' });
  return (performance.now() - from) / 1000;
}

/** Pages of text and nothing else, as a long letter has them, through one child of the pool. */
async function textPages(pages: number): Promise<void> {
  const file = await textFile(pages);
  const scrubber = createScrubber({ workers: 1, readMs: 0, timeMs: 300_000 });
  await scrubber.scrub(await textFile(2));
  let peak = 0;
  const watch = setInterval(() => {
    for (const pid of childrenOf(process.pid, scrubbingChild)) peak = Math.max(peak, peakBytes(pid));
  }, 50);
  const rates: number[] = [];
  for (const redact of ['none', 'all'] as const) {
    const from = performance.now();
    const { outcome } = await scrubber.scrub(file, { redact });
    const seconds = (performance.now() - from) / 1000;
    rates.push(pages / seconds);
    console.log(
      `text, redact ${redact}: ${outcome}, ${pages} pages in ${seconds.toFixed(1)} s, ${(pages / seconds).toFixed(0)} pages/s, at most ${(peak / MB).toFixed(0)} MB`,
    );
  }
  clearInterval(watch);
  await scrubber.close();
  // The same text beside mat2, at a length that does not take it minutes.
  const part = join(mkdtempSync(join(scratch, 'text-')), 'text.pdf');
  writeFileSync(part, await textFile(THEIR_PAGES));
  const from = performance.now();
  spawnSync('mat2', [part], { stdio: 'ignore' });
  const theirs = THEIR_PAGES / ((performance.now() - from) / 1000);
  console.log(
    `text, mat2: ${theirs.toFixed(1)} pages/s; ours ${rates.map((rate) => `${(rate / theirs).toFixed(1)} ×`).join(' and ')}`,
  );
}

async function textFile(pages: number): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.TimesRoman);
  for (let page = 1; page <= pages; page++) {
    const sheet = pdf.addPage([595, 842]);
    for (let line = 0; line < 45; line++)
      sheet.drawText(
        `Page ${page}, line ${line}: the aortic root measured ${30 + (line % 9)} mm, and the patient was well.`,
        { x: 60, y: 780 - line * 16, size: 11, font },
      );
  }
  return pdf.save();
}
