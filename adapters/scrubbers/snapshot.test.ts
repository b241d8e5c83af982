import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { childrenOf, scrubbingChild } from '../../test/processes.ts';
import { builtFile, builtSnapshot } from './built.ts';
import { CT, dataSetOf, fileOf, words } from './dicom/testing/made.ts';
import { pageWith } from './pdf/testing/planted.ts';
import { createPool, type Pool } from './pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'snapshot-'));
const foreign = join(folder, 'foreign.blob');
writeFileSync(foreign, 'no snapshot at all');
vi.mock(import('./built.ts'), async (original) => {
  const built = await original();
  return { ...built, builtSnapshot: vi.fn<typeof built.builtSnapshot>(built.builtSnapshot) };
});

let pool: Pool | undefined;
afterEach(() => pool?.close());
afterAll(() => rmSync(folder, { recursive: true }));

const options = { workers: 1, timeMs: 20_000, memoryBytes: 600 * 1024 * 1024, jobsPerChild: 25 };
const asked = { job: 'scrub', maxPages: 9, readMs: 0, redact: 'all', flatten: false } as const;
const slice = fileOf(dataSetOf(CT, words(0x00100010, 'Roewood^Jane'), words(0x00081030, 'Thorax of Jane Roewood')));
const page = pageWith('BT /F1 12 Tf 50 700 Td (Call +32 2 555 01 47) Tj ET');
const note = new TextEncoder().encode('The aorta is 41 mm wide. Phone: +32 2 555 01 47\n');

/** The command lines of the children that gave it. */
const began: string[][] = [];

/** What a child gives for each of the files, apart from the moment of it. */
async function outcomes(kind: 'dicom' | 'pdf' | undefined): Promise<unknown[]> {
  pool = createPool({ ...options, ...(kind ? { kind } : {}) });
  const all: unknown[] = [];
  for (const file of [slice, page, note]) {
    const answer = await pool.run({ ...asked, file, dicom: { options: [], key: 'the key of this test' } });
    if (answer.answer !== 'scrub' || answer.outcome.outcome !== 'scrubbed') throw new Error(JSON.stringify(answer));
    all.push(answer.outcome.report, Buffer.from(answer.outcome.file).toString('latin1'));
  }
  const [pid] = childrenOf(process.pid, scrubbingChild);
  began.push(readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0'));
  await pool.close();
  return all;
}

const isHere = existsSync('/proc/self/cmdline');

// Where the code was built the snapshots were, too: what they cannot hold must not come into it unnoticed.
it.skipIf(!isHere || !builtFile('child.cjs')).each(['dicom', 'pdf'] as const)(
  'begins a child for %s that does the same to all kinds of files',
  async (kind) => {
    expect(await outcomes(kind)).toEqual(await outcomes(undefined));
    expect(began.at(-2)).toContain(`--snapshot-blob=${builtSnapshot(kind)}`);
    expect(began.at(-1)?.join()).not.toContain('--snapshot-blob');
  },
);

it.skipIf(!isHere)('is done without where it is not for this machine', async () => {
  const plainly = await outcomes(undefined);
  vi.mocked(builtSnapshot).mockReturnValue(foreign);
  expect(await outcomes('dicom')).toEqual(plainly);
  expect(began.at(-1)?.join()).not.toContain(foreign);
});
