// How the Office scrubber does: strings left of the planted ones, and on a folder of documents the share of words that LibreOffice still shows: node bench/office.ts [folder] [folder for outputs] [--findings]
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench } from '../adapters/scrubbers/format.ts';
import { officeFormat } from '../adapters/scrubbers/office/format.ts';
import { leftIn } from '../adapters/scrubbers/office/testing/planted.ts';
import { plantedDocx } from '../adapters/scrubbers/office/testing/planted-docx.ts';
import { plantedOdp, plantedOds, plantedOdt } from '../adapters/scrubbers/office/testing/planted-open-document.ts';
import { plantedPptx } from '../adapters/scrubbers/office/testing/planted-pptx.ts';
import { plantedXlsx } from '../adapters/scrubbers/office/testing/planted-xlsx.ts';
import { createScrubber } from '../adapters/scrubbers/scrubber.ts';
import type { Analysis } from '../domain/ports.ts';
import { lostOf, withoutFound } from './office/compare.ts';
import { withoutWhatGoes } from './office/purpose.ts';
import { type Words, wordsByLibreOffice } from './office/words.ts';

const KEPT = 0.98;
/** The share of files that is asked to keep so much. */
const ASKED = 0.97;
const { values, positionals } = parseArgs({ options: { findings: { type: 'boolean' } }, allowPositionals: true });
const folder = positionals[0] ?? join(import.meta.dirname, '../../shared/corpus/office');
const blind: Bench = { maxPages: 500, reader: { read: async () => undefined }, progress: () => undefined };
const work = mkdtempSync(join(tmpdir(), 'office-'));
const outputs = positionals[1] ?? join(work, 'out');

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
  const at = (name: string) => {
    const path = name === 'masked' ? outputs : join(work, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const [prepared, masked, staying] = [at('prepared'), at('masked'), at('staying')];
  const named = readdirSync(folder).filter((name) => /\.(?:docx|xlsx|pptx|odt|ods|odp)$/.test(name));
  const names = named.filter((name) => isPackage(readFileSync(join(folder, name))));
  console.log(
    `files so named ${named.length}, of these no Office files`,
    named.filter((name) => !names.includes(name)),
  );
  const scrubber = createScrubber({ readMs: 1, workers: 1 });
  const refused: Record<string, string[]> = {};
  const analyses = new Map<string, Analysis>();
  const times: number[] = [];
  const refuse = (reason: string, name: string) => {
    refused[reason] = [...(refused[reason] ?? []), name];
  };
  for (const name of names) {
    const file = readFileSync(join(folder, name));
    writeFileSync(join(staying, name), withoutWhatGoes(file));
    const from = performance.now();
    const analysis = await scrubber.analyse(file);
    if (analysis.outcome === 'refused') {
      refuse(analysis.reason, name);
      continue;
    }
    const { findings } = analysis;
    const all = findings.map(({ page, kind, boxes, start, end }) =>
      boxes.length > 0 ? { page, kind, boxes } : { page, kind, start, end },
    );
    const scrubbed = await scrubber.redact(analysis, all);
    times.push(performance.now() - from);
    analyses.set(name, analysis);
    writeFileSync(join(prepared, name), analysis.prepared);
    if (scrubbed.outcome === 'refused') refuse(scrubbed.reason, name);
    else writeFileSync(join(masked, name), scrubbed.file);
  }
  await scrubber.close();
  times.sort((a, b) => a - b);
  console.log(`files ${names.length}, scrubbed ${times.length}, refused`, refused);
  console.log(`median ${times[times.length >> 1]?.toFixed(0)} ms, longest ${times.at(-1)?.toFixed(0)} ms`);
  if (values.findings) tellFindings(analyses);

  const read = (from: string) => wordsByLibreOffice(from, names, work);
  const [before, stays, afterPrepared, afterMasked] = [read(folder), read(staying), read(prepared), read(masked)];
  const opened = [...before.keys()].filter((name) => afterMasked.has(name)).length;
  const part = (count: number) => `${count} of ${before.size} (${((count / before.size) * 100).toFixed(1)} %)`;
  console.log(`of those that LibreOffice opened before, it opens ${part(opened)}; with more than 98 %`);
  const compare = (
    label: string,
    from: ReadonlyMap<string, Words>,
    to: ReadonlyMap<string, Words>,
    found: boolean,
  ): number => {
    let good = 0;
    const lines: string[] = [];
    for (const name of before.keys()) {
      const [words, left] = [from.get(name) ?? [], to.get(name)];
      const lost = left === undefined ? words : lostOf(words, left);
      const counted = found && left ? withoutFound(words, lost, analyses.get(name)) : { lost, found: 0 };
      const total = words.length - counted.found;
      const share = left === undefined ? 0 : total === 0 ? 1 : 1 - counted.lost.length / total;
      if (share > KEPT) good++;
      else {
        const some = counted.lost.slice(0, 8).join(' ');
        lines.push(
          `    ${name}: ${left === undefined ? 'does not open' : `${(share * 100).toFixed(1)} % of ${total} words; not: ${some}`}`,
        );
      }
    }
    console.log(`  ${label}: ${part(good)}`);
    for (const line of lines) console.log(line);
    return good;
  };
  compare('of all words, nothing masked', before, afterPrepared, false);
  compare('of the words that are seen and do not go by purpose, nothing masked', stays, afterPrepared, false);
  compare('of all words, everything found masked', before, afterMasked, false);
  const good = compare(
    'of the words that are seen, do not go by purpose and are no finding, masked',
    stays,
    afterMasked,
    true,
  );
  const spare = good - Math.ceil(ASKED * before.size);
  console.log(`asked ${ASKED * 100} %: ${spare >= 0 ? `reached, ${spare} files more` : `missed by ${-spare} files`}`);
}

/** A zip, or the compound file around one that a password locks; anything else LibreOffice shows as a text of whatever its bytes come to. */
function isPackage(file: Buffer): boolean {
  return ['PK', '\xd0\xcf\x11\xe0'].some((magic) => file.toString('latin1', 0, 4).startsWith(magic));
}

/** Which rules found how much, and what; for a person to look at. */
function tellFindings(analyses: ReadonlyMap<string, Analysis>): void {
  for (const [name, { findings, texts }] of analyses)
    for (const { page, kind, rule, certainty, start, end } of findings) {
      const text = texts.find((one) => one.page === page)?.text ?? '';
      const near = text.slice(Math.max(0, start - 30), end + 20);
      console.log(`${name}\t${kind}\t${rule}\t${certainty}\t${JSON.stringify([text.slice(start, end), near])}`);
    }
}
