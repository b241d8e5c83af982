import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FileOutcome, scrubFiles } from '../files.ts';
import { packed } from '../office/testing/planted.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cpms-bundle-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a bundle goes from one path to another beside other files, and leaves nothing where it is refused', async () => {
  const paths = ['study.zip', 'none.zip', 'a.txt'].map((name) => join(folder, name));
  const [study, none, text] = paths as [string, string, string];
  writeFileSync(study, packed({ 'Roewood.txt': 'Patient: Jane Roewood\n', 'inner.zip': packed({ a: 'b' }) }));
  writeFileSync(none, packed({ 'inner.zip': packed({ a: 'b' }) }));
  writeFileSync(text, 'Patient: Jane Roewood\n');
  const outcomes: FileOutcome[] = [];
  const files = paths.map((from) => ({ from, to: `${from}.out` }));
  await scrubFiles(files, folder, {}, { readMs: 0, workers: 1 }, (index, outcome) => {
    outcomes[index] = outcome;
  });
  expect(outcomes).toMatchObject([
    { outcome: 'scrubbed', report: { format: 'zip', files: [{ name: '001.txt' }, { reason: 'nested-archive' }] } },
    { outcome: 'refused', reason: 'nothing-taken' },
    { outcome: 'scrubbed', report: { format: 'text' } },
  ]);
  const output = unzipSync(readFileSync(`${study}.out`));
  expect(Object.keys(output)).toEqual(['001.txt']);
  expect(Buffer.from(output['001.txt'] as Uint8Array).toString()).not.toContain('Roewood');
  expect(existsSync(`${none}.out`)).toBe(false);
  expect(readdirSync(folder).filter((name) => name.endsWith('.prepared'))).toEqual([]);
  // What stands in the output's place is let stand.
  await scrubFiles(files.slice(0, 1), folder, {}, { readMs: 0, workers: 1 }, (_, outcome) =>
    expect(outcome).toEqual({ outcome: 'failed', reason: 'unwritable' }),
  );
  expect(existsSync(`${study}.out`)).toBe(true);
}, 60_000);
