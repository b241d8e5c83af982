// Plants a word in every hiding place, scrubs, and looks for the words with other people's programs: node bench/planted.ts [--without-pixels]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPdfium } from '../adapters/scrubbers/pdf/pdfium.ts';
import { type PlantedFile, plantedPdf, revise } from '../adapters/scrubbers/pdf/testing/planted.ts';
import { picturePdf } from '../adapters/scrubbers/pdf/testing/planted-pictures.ts';
import { trickPdf } from '../adapters/scrubbers/pdf/testing/planted-tricks.ts';
import { UNSEEN_TEXT } from '../adapters/scrubbers/pdf/testing/planted-unseen.ts';
import { createScrubber } from '../adapters/scrubbers/scrubber.ts';
import { type Judged, judge, type Look } from './planted/judge.ts';

const LOOKS: readonly Look[] = ['bytes', 'streams', 'objects', 'text', 'pixels', 'pictures'];
const pixels = !process.argv.includes('--without-pixels');
/** What the first page says in a later revision: its first one stays in the bytes. */
const LATER = 'q BT /F1 20 Tf 20 160 Td (Seen line 0) Tj ET Q';
const FIRST_CONTENT = 4;
const scrubber = createScrubber();

/** The same file as another program would have written it. */
function rewritten(planted: PlantedFile, parameters: readonly string[]): PlantedFile {
  const folder = mkdtempSync(join(tmpdir(), 'planted-'));
  const [from, to] = [join(folder, 'a.pdf'), join(folder, 'b.pdf')];
  try {
    writeFileSync(from, planted.file);
    execFileSync('qpdf', ['--warning-exit-0', ...parameters, from, to], { stdio: 'ignore' });
    return { ...planted, file: readFileSync(to) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const everywhere = plantedPdf();
const unseen = trickPdf(UNSEEN_TEXT);
const pictures = picturePdf(await loadPdfium());
const files: readonly (readonly [name: string, planted: PlantedFile, look: boolean])[] = [
  ['hiding places of the format', everywhere, true],
  ['… with object streams', rewritten(everywhere, ['--object-streams=generate']), false],
  ['… linearised', rewritten(everywhere, ['--linearize']), false],
  ['… encrypted', rewritten(everywhere, ['--encrypt', '', 'owner', '256', '--']), false],
  ['text that nobody sees', unseen, true],
  [
    '… with an earlier revision',
    {
      ...unseen,
      file: revise(unseen.file, FIRST_CONTENT, `<< /Length ${LATER.length} >>\nstream\n${LATER}\nendstream`),
    },
    false,
  ],
  ['… with object streams', rewritten(unseen, ['--object-streams=generate']), false],
  ['pictures that nobody sees', pictures, true],
];

let total = 0;
for (const [name, { file, hidden, shown }, look] of files) {
  const words = [...hidden.values()];
  const outcome = await scrubber.scrub(file, { redact: 'none' });
  if (outcome.outcome !== 'scrubbed') {
    console.log(`${name}: refused (${outcome.reason} ${JSON.stringify(outcome.params)})`);
    process.exitCode = 1;
    continue;
  }
  const before = await judge(file, words, shown, false);
  const after = await judge(outcome.file, words, shown, look && pixels);
  const rasterised = outcome.report.notSearched.find(({ what }) => what === 'rasterised')?.pages.length ?? 0;
  const left = new Set(LOOKS.flatMap((way) => after.found[way]));
  total += left.size;
  console.log(
    `${name}: ${words.length} places, ${seen(before)} of them found before, ${left.size} left; visible lines kept ${after.shown.length} of ${shown.length}; pages drawn as pictures ${rasterised}`,
  );
  console.log(`  left in ${LOOKS.map((way) => `${way} ${after.found[way].length}`).join(', ')}`);
  for (const [place, word] of hidden)
    if (left.has(word))
      console.log(`    ${place}: ${LOOKS.filter((way) => after.found[way].includes(word)).join(', ')}`);
  // Lines on pages drawn as pictures are read by OCR alone.
  for (const line of look && pixels ? shown : []) if (!after.shown.includes(line)) console.log(`    not kept: ${line}`);
}
console.log(`places left in all: ${total}`);
await scrubber.close();
if (total > 0) process.exitCode = 1;

function seen({ found }: Judged): number {
  return new Set(LOOKS.flatMap((way) => found[way])).size;
}
