import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CT, dataSetOf, explicitLittle, fileOf, implicitLittle, pixels, words } from './dicom/testing/made.ts';
import { formats } from './formats.ts';
import { scrubberOfPaths } from './from-to.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'from-to-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const asked = {
  maxBytes: 1_000_000,
  maxPages: 500,
  readMs: 0,
  redact: 'all',
  dicom: { options: [], key: 'a key of this case' },
} as const;

const slice = (side: number, encoding = explicitLittle) =>
  fileOf(
    dataSetOf(
      CT,
      words(0x00100010, 'Roewood^Jane'),
      ...pixels(side, side, 1, 1, (x, y) => (x * 7 + y * 3 + side) & 127),
    ),
    encoding,
  );

it('gives of each slice what it gives of it alone, whatever was in its memory before', async () => {
  const given = [slice(64), slice(9), slice(31, implicitLittle), Buffer.from('no slice'), slice(128), slice(8)];
  const paths = given.map((bytes, index) => {
    const from = join(folder, `${index}.in`);
    writeFileSync(from, bytes);
    return { from, to: join(folder, `${index}.out`) };
  });
  const one = scrubberOfPaths(formats());
  for (const path of paths) expect(await one(path, asked)).toMatchObject({ outcome: 'scrubbed' });
  for (const { from, to } of paths) {
    await scrubberOfPaths(formats())({ from, to: `${to}.alone` }, asked);
    expect(readFileSync(to)).toEqual(readFileSync(`${to}.alone`));
  }
});
