import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { directoryOf } from '../../../../scrubbers/bundle/directory.ts';
import { namesIn, parcelOf, wanted } from './parcel.ts';

const file = (name: string, content: string) => new File([content], name, { lastModified: 7 });
const files = [file('a', 'one'), file('b', 'x'.repeat(70_000)), file('c', '')];

it('makes a zip that other readers read, part by part, the same each time', async () => {
  const parcel = parcelOf(files);
  const parts: Buffer[] = [];
  for (let at = 0; at < parcel.size; at += 9973)
    parts.push(Buffer.from(await (await parcel.slice(at, at + 9973)).arrayBuffer()));
  const zip = Buffer.concat(parts);
  expect(zip.length).toBe(parcel.size);
  expect(Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, Buffer.from(bytes).toString()])).toEqual([
    ['00001', 'one'],
    ['00002', 'x'.repeat(70_000)],
    ['00003', ''],
  ]);
  expect(Buffer.from(await (await parcel.slice(0, parcel.size)).arrayBuffer()).equals(zip)).toBe(true);
  // Its sums are those that the service checks.
  const source = { length: zip.length, read: async (from: number, to: number) => zip.subarray(from, to) };
  const entries = await directoryOf(source, { entries: 5, bytes: 1e6, ratio: 10 });
  expect(entries.map(({ crc32 }) => crc32.toString(16))).toEqual(['7a6c86f1', expect.any(String), '0']);
});

it('is what somebody wanted to give, in the order of people', () => {
  const chosen = ['S/IM10', 'S/IM9', 'S/.DS_Store', '__MACOSX/S/._IM9'].map((path) => ({
    path,
    file: file(path, 'x'),
  }));
  expect(wanted(chosen).map(({ path }) => path)).toEqual(['S/IM9', 'S/IM10']);
});

it('finds the names in an archive, as the service counts them', async () => {
  const parcel = parcelOf(files);
  expect(await namesIn(await parcel.slice(0, parcel.size))).toEqual(['00001', '00002', '00003']);
  expect(await namesIn(new Blob(['no archive']))).toBeUndefined();
});
