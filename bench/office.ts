// How the Office scrubber does: strings left of the planted ones, and on a folder of documents the share of words that LibreOffice still shows: node bench/office.ts [folder] [folder for outputs]
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, parse } from 'node:path';
import type { Bench } from '../adapters/scrubbers/format.ts';
import { officeFormat } from '../adapters/scrubbers/office/format.ts';
import { leftIn } from '../adapters/scrubbers/office/testing/planted.ts';
import { plantedDocx } from '../adapters/scrubbers/office/testing/planted-docx.ts';
import { plantedOdp, plantedOds, plantedOdt } from '../adapters/scrubbers/office/testing/planted-open-document.ts';
import { plantedPptx } from '../adapters/scrubbers/office/testing/planted-pptx.ts';
import { plantedXlsx } from '../adapters/scrubbers/office/testing/planted-xlsx.ts';
import { Refusal } from '../adapters/scrubbers/refusal.ts';

const KEPT = 0.98;
const folder = process.argv[2] ?? join(import.meta.dirname, '../../shared/corpus/office');
const blind: Bench = { maxPages: 500, reader: { read: async () => undefined }, progress: () => undefined };
const work = mkdtempSync(join(tmpdir(), 'office-'));
const outputs = process.argv[3] ?? join(work, 'out');

for (const [name, make] of [
  ['DOCX', plantedDocx],
  ['XLSX', plantedXlsx],
  ['PPTX', plantedPptx],
  ['ODT', plantedOdt],
  ['ODS', plantedOds],
  ['ODP', plantedOdp],
] as const) {
  const { file, hidden, visible } = await make();
  const prepared = await officeFormat.prepare(file, blind);
  const text = prepared.texts.map((page) => page.text).join('\n');
  const lost = visible.filter((one) => !text.includes(one));
  console.log(
    `planted ${name}: ${leftIn(prepared.file, hidden).length} of ${hidden.length} left, ${lost.length} of ${visible.length} visible ones lost`,
  );
}

if (existsSync(folder)) await corpus();
rmSync(work, { recursive: true, force: true });

async function corpus(): Promise<void> {
  mkdirSync(outputs, { recursive: true });
  const names = readdirSync(folder).filter((name) => /\.(?:docx|xlsx|pptx|odt|ods|odp)$/.test(name));
  const refused: Record<string, string[]> = {};
  const times: number[] = [];
  for (const name of names) {
    const from = performance.now();
    try {
      writeFileSync(join(outputs, name), (await officeFormat.prepare(readFileSync(join(folder, name)), blind)).file);
      times.push(performance.now() - from);
    } catch (error) {
      const reason = error instanceof Refusal ? error.code : `unforeseen: ${String(error).slice(0, 80)}`;
      refused[reason] = [...(refused[reason] ?? []), name];
    }
  }
  times.sort((a, b) => a - b);
  console.log(`files ${names.length}, scrubbed ${times.length}, refused`, refused);
  console.log(`median ${times[times.length >> 1]?.toFixed(0)} ms, longest ${times.at(-1)?.toFixed(0)} ms`);
  const before = wordsIn(folder, names, 'before');
  const after = wordsIn(outputs, names, 'after');
  let good = 0;
  for (const [name, words] of before) {
    const share = after.has(name) ? shareKept(words, after.get(name) ?? []) : 0;
    if (share > KEPT) good++;
    else
      console.log(
        `  ${name}: ${after.has(name) ? `${(share * 100).toFixed(1)} % of ${words.length} words` : 'does not open'}`,
      );
  }
  const opened = [...before.keys()].filter((name) => after.has(name)).length;
  const part = (count: number) => `${count} of ${before.size} (${((count / before.size) * 100).toFixed(1)} %)`;
  console.log(
    `of those that LibreOffice opened before, it opens ${part(opened)}; with more than 98 % of all words ${part(good)}`,
  );
}

/** The words of each document as LibreOffice prints it; files that it does not open have none. */
function wordsIn(from: string, names: readonly string[], label: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const ending of new Set(names.map((name) => extname(name)))) {
    const into = join(work, `${label}${ending}`);
    mkdirSync(into, { recursive: true });
    const files = names.filter((name) => extname(name) === ending && existsSync(join(from, name)));
    const paths = files.map((name) => join(from, name));
    spawnSync(
      'soffice',
      [`-env:UserInstallation=file://${work}/profile`, '--headless', '--convert-to', 'pdf', '--outdir', into, ...paths],
      { stdio: 'ignore', timeout: 600_000 },
    );
    for (const name of files) {
      const pdf = join(into, `${parse(name).name}.pdf`);
      if (!existsSync(pdf)) continue;
      const text = execFileSync('pdftotext', ['-raw', pdf, '-'], { encoding: 'utf8', maxBuffer: 1e9 });
      found.set(
        name,
        text.split(/\s+/).filter((word) => word !== ''),
      );
    }
  }
  return found;
}

function shareKept(before: readonly string[], after: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of after) left.set(word, (left.get(word) ?? 0) + 1);
  let kept = 0;
  for (const word of before) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    left.set(word, count - 1);
    kept++;
  }
  return before.length === 0 ? 1 : kept / before.length;
}
