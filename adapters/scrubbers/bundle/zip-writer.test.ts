import { crc32 } from 'node:zlib';
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import type { ByteSource } from '../../../domain/bytes.ts';
import { directoryOf } from './directory.ts';
import { zipWriter } from './zip-writer.ts';

it('writes what other readers read, and says where the bytes lie', async () => {
  const parts: Uint8Array[] = [];
  const writer = zipWriter(async (bytes) => void parts.push(bytes));
  const one = await writer.add('001.txt', Buffer.from('one'));
  const two = await writer.add('002.bin', Buffer.alloc(3_000_000, 7));
  await writer.add('003.txt', new Uint8Array());
  await writer.end();
  const zip = Buffer.concat(parts);
  const files = unzipSync(zip);
  expect(Object.entries(files).map(([name, { length }]) => [name, length])).toEqual([
    ['001.txt', 3],
    ['002.bin', 3_000_000],
    ['003.txt', 0],
  ]);
  expect(zip.toString('latin1', one.at, one.at + one.length)).toBe('one');
  expect(zip[two.at + 2_999_999]).toBe(7);
});

it('goes on over 4 GB in ZIP64', async () => {
  const before = 5 * 2 ** 30;
  const parts: Uint8Array[] = [];
  const writer = zipWriter(async (bytes) => void parts.push(bytes), before);
  for (let number = 0; number < 3; number++) await writer.add(`${number}.txt`, Buffer.from('one of them'));
  const last = await writer.add('last.txt', Buffer.from('the last one'));
  await writer.end();
  const written = Buffer.concat(parts);
  const source: ByteSource = {
    length: before + written.length,
    read: async (from, to) => {
      const bytes = Buffer.alloc(to - from);
      written.copy(bytes, Math.max(0, before - from), Math.max(0, from - before), Math.max(0, to - before));
      return bytes;
    },
  };
  const entries = await directoryOf(source, { entries: 100, bytes: 2 ** 40, ratio: 10 });
  expect(entries).toHaveLength(4);
  const read = entries.at(-1);
  expect([await read?.begin(), read?.size, read?.crc32]).toEqual([last.at, 12, crc32('the last one')]);
});
