import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sliceMemory } from './dicom/pixels/vectors.ts';
import { CT, dataSetOf, explicitLittle, fileOf, implicitLittle, pixels, words } from './dicom/testing/made.ts';
import { formats } from './formats.ts';
import { scrubberOfPaths } from './from-to.ts';
import { createPool } from './pool.ts';
import { createRooms } from './room.ts';

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

const files = () => [
  slice(64),
  slice(9),
  slice(31, implicitLittle),
  new TextEncoder().encode('no slice'),
  slice(128),
  slice(8),
];

it('gives of each slice what it gives of it alone, whatever was in its memory before', async () => {
  const paths = files().map((bytes, index) => {
    const from = join(folder, `${index}.in`);
    writeFileSync(from, bytes);
    return { from, to: join(folder, `${index}.out`) };
  });
  const one = scrubberOfPaths(formats(), createRooms(sliceMemory()));
  for (const path of paths) expect(await one(path, asked)).toMatchObject({ outcome: 'scrubbed' });
  for (const { from, to } of paths) {
    await scrubberOfPaths(formats())({ from, to: `${to}.alone` }, asked);
    expect(readFileSync(to)).toEqual(readFileSync(`${to}.alone`));
  }
});

it('so does a child of what comes and goes beside its messages, whichever way', async () => {
  const pool = createPool({ workers: 1, timeMs: 20_000, memoryBytes: 900 * 1024 * 1024, jobsPerChild: 100 });
  try {
    for (const [index, file] of files().entries()) {
      const [from, to] = [join(folder, `${index}.in`), join(folder, `${index}.out`)];
      writeFileSync(from, file);
      await scrubberOfPaths(formats())({ from, to }, asked);
      const alone = new Uint8Array(readFileSync(to));
      const { redact, ...reading } = asked;
      const packed = { bytes: file, method: 0, size: file.length, crc32: crc32(file) };
      expect(await pool.run({ job: 'scrub', file, redact, flatten: false, ...reading })).toMatchObject({
        outcome: { file: alone },
      });
      expect(await pool.run({ job: 'analyse', file, ...reading })).toMatchObject({ outcome: { prepared: alone } });
      expect(await pool.run({ job: 'prepare', packed, ...reading })).toMatchObject({ outcome: { file: alone } });
    }
  } finally {
    await pool.close();
  }
});
