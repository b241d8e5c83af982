import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Spool, SpoolFull } from '../domain/bytes.ts';
import { createSpool, type SpoolOptions } from './spool.ts';

const MB = 1024 * 1024;
const secret = 'Zacharias Planted';
let folder: string;
let time = 0;
const open: Spool[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cpms-spool-'));
  time = 0;
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((spool) => spool.close()));
  rmSync(folder, { recursive: true, force: true });
});

const spoolOf = (options: Partial<SpoolOptions> = {}) => {
  const spool = createSpool({ folder, memoryBytes: 100, idleMs: 1000, now: () => time, ...options });
  open.push(spool);
  return spool;
};
const bytesOf = (length: number, seed = 7) => Uint8Array.from({ length }, (_, index) => (index * seed + 3) % 251);
const onDisk = () => readdirSync(join(folder, 'spool')).map((name) => join(folder, 'spool', name));
const theFile = () => {
  const [path] = onDisk();
  if (!path) throw new Error('Nothing is on the disk');
  return path;
};

describe('a file of any size', () => {
  test.each([
    ['none', 0],
    ['in memory', 100],
    ['on the disk', 101],
    ['of several chunks', 2.5 * MB],
  ])('comes back as it was given: %s', async (_what, length) => {
    const spool = spoolOf();
    await spool.put('a', bytesOf(length));
    expect(await spool.length('a')).toBe(length);
    expect(Buffer.compare((await spool.get('a')) ?? Buffer.from('gone'), bytesOf(length))).toBe(0);
  });

  test('is written piece by piece, where its end is and nowhere else', async () => {
    const spool = spoolOf();
    await spool.put('a', new Uint8Array());
    expect(await spool.append('a', 0, bytesOf(60))).toBe(60);
    expect(await spool.append('a', 0, bytesOf(60))).toBeUndefined();
    expect(await spool.append('a', 61, bytesOf(60))).toBeUndefined();
    expect(await spool.append('a', 60, bytesOf(90))).toBe(150);
    expect(await spool.append('a', 150, bytesOf(10))).toBe(160);
    expect(await spool.append('b', 0, bytesOf(10))).toBeUndefined();
    expect(await spool.get('a')).toEqual(new Uint8Array([...bytesOf(60), ...bytesOf(90), ...bytesOf(10)]));
  });

  test('takes one of two pieces that come at once', async () => {
    const spool = spoolOf();
    await spool.put('a', new Uint8Array());
    const taken = await Promise.all([spool.append('a', 0, bytesOf(200)), spool.append('a', 0, bytesOf(200))]);
    expect(taken).toEqual([200, undefined]);
    expect(await spool.length('a')).toBe(200);
  });

  test('is replaced whole, and deleted whole', async () => {
    const spool = spoolOf();
    await spool.put('a', bytesOf(500));
    await spool.put('a', bytesOf(300, 11));
    expect(onDisk()).toHaveLength(1);
    expect(await spool.get('a')).toEqual(bytesOf(300, 11));
    await spool.delete('a');
    expect(await spool.get('a')).toBeUndefined();
    expect(onDisk()).toEqual([]);
  });

  test('is the spool’s own: what its giver and its taker do with the bytes changes nothing', async () => {
    const spool = spoolOf();
    const given = bytesOf(50);
    await spool.put('a', given);
    given.fill(0);
    const taken = await spool.get('a');
    await spool.delete('a');
    expect(taken).toEqual(bytesOf(50));
  });
});

describe('on the disk', () => {
  const planted = () => Buffer.from(`${secret} `.repeat(200));

  test('nothing can be read, neither the file nor its id', async () => {
    const spool = spoolOf();
    await spool.put(`original:${secret}`, planted());
    const written = readFileSync(theFile());
    expect(written.length).toBeGreaterThan(planted().length);
    expect(written.includes('Planted')).toBe(false);
    expect(theFile()).not.toContain('Planted');
    expect(statSync(theFile()).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'spool')).mode & 0o777).toBe(0o700);
  });

  test.each<[string, (sealed: Buffer) => Buffer]>([
    ['a bit is changed', (sealed) => (sealed.writeUInt8(sealed.readUInt8(40) ^ 1, 40), sealed)],
    ['the end is cut off', (sealed) => sealed.subarray(0, -1)],
    ['the last chunk is dropped', (sealed) => sealed.subarray(0, MB + 28)],
    [
      'two chunks change places',
      (sealed) =>
        Buffer.concat([
          sealed.subarray(MB + 28, 2 * (MB + 28)),
          sealed.subarray(0, MB + 28),
          sealed.subarray(2 * (MB + 28)),
        ]),
    ],
    ['nothing is left', () => Buffer.alloc(0)],
  ])('a file is gone where %s', async (_what, tamper) => {
    const spool = spoolOf();
    await spool.put('a', bytesOf(2.5 * MB));
    writeFileSync(theFile(), tamper(readFileSync(theFile())));
    expect(await spool.get('a')).toBeUndefined();
    expect(await spool.length('a')).toBeUndefined();
    expect(onDisk()).toEqual([]);
  });

  test('a file is gone where another, or its own earlier one, was put in its place', async () => {
    const spool = spoolOf();
    await spool.put('a', bytesOf(500));
    const earlier = readFileSync(theFile());
    await spool.put('a', bytesOf(500, 11));
    writeFileSync(theFile(), earlier);
    expect(await spool.get('a')).toBeUndefined();
    await spool.put('b', bytesOf(500));
    rmSync(theFile());
    expect(await spool.get('b')).toBeUndefined();
  });

  test('nothing of an earlier process is left by the next one, nor by this one', async () => {
    mkdirSync(join(folder, 'spool'));
    writeFileSync(join(folder, 'spool', 'left-behind'), 'of a crash');
    const spool = spoolOf();
    expect(readdirSync(folder)).toEqual([]);
    await spool.put('a', bytesOf(500));
    expect(await spoolOf({ folder: join(folder, 'other') }).get('a')).toBeUndefined();
    await spool.close();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('what nobody touches', () => {
  test('is gone after its minutes; what is touched or written to is not', async () => {
    const spool = spoolOf();
    for (const id of ['left', 'touched', 'written']) await spool.put(id, bytesOf(200));
    time = 999;
    spool.touch('touched');
    await spool.append('written', 200, bytesOf(1));
    expect(await spool.length('left')).toBe(200);
    time = 1000;
    expect(await spool.length('left')).toBeUndefined();
    expect(await spool.append('left', 200, bytesOf(1))).toBeUndefined();
    expect(await spool.get('left')).toBeUndefined();
    expect(await spool.length('touched')).toBe(200);
    expect(await spool.length('written')).toBe(201);
    expect(onDisk()).toHaveLength(2);
    spool.touch('left');
    expect(await spool.get('left')).toBeUndefined();
  });

  test('goes from the disk without being asked for', async () => {
    const spool = spoolOf({ idleMs: 20, now: Date.now });
    await spool.put('a', bytesOf(200));
    for (let tries = 0; tries < 100 && onDisk().length > 0; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(onDisk()).toEqual([]);
  });
});

describe('a part of a file', () => {
  test.each([
    ['in memory', 90],
    ['on the disk', 2.5 * MB],
  ])('is read by itself: %s', async (_what, length) => {
    const spool = spoolOf();
    await spool.put('a', new Uint8Array());
    for (let at = 0; at < length; at += 70_000) await spool.append('a', at, bytesOf(length).subarray(at, at + 70_000));
    for (const [from, to] of [
      [0, 5],
      [69_998, 70_010],
      [80, 1_300_000],
      [length - 3, length + 9],
    ] as const)
      expect(await spool.read('a', from, to)).toEqual(bytesOf(length).subarray(from, to));
    expect(await spool.read('b', 0, 5)).toBeUndefined();
  });
});

describe('the bound over all files', () => {
  test('refuses what does not fit, and keeps what was there', async () => {
    const spool = spoolOf({ totalBytes: 1000 });
    await spool.put('a', bytesOf(600));
    await expect(spool.put('b', bytesOf(401))).rejects.toThrow(SpoolFull);
    await expect(spool.append('a', 600, bytesOf(401))).rejects.toThrow(SpoolFull);
    expect(await spool.get('a')).toEqual(bytesOf(600));
    expect(await spool.append('a', 600, bytesOf(400))).toBe(1000);
  });

  test('says beforehand whether there is room, on the disk too', async () => {
    const spool = spoolOf({ totalBytes: 1000 });
    await spool.put('a', bytesOf(600));
    expect([await spool.hasRoom(400), await spool.hasRoom(401)]).toEqual([true, false]);
    const endless = spoolOf({ totalBytes: Number.MAX_SAFE_INTEGER });
    expect([await endless.hasRoom(1e5), await endless.hasRoom(1e15)]).toEqual([true, false]);
  });

  test('counts a file once, and no more once it is gone', async () => {
    const spool = spoolOf({ totalBytes: 1000 });
    for (let time = 0; time < 5; time += 1) await spool.put('a', bytesOf(900));
    await spool.delete('a');
    await spool.put('b', bytesOf(1000));
    time = 2000;
    expect(await spool.get('b')).toBeUndefined();
    await spool.put('c', bytesOf(1000));
    expect(await spool.length('c')).toBe(1000);
  });

  test('bounds what is in memory too: many small files go to the disk', async () => {
    const spool = spoolOf();
    for (let number = 0; number < 10; number += 1) await spool.put(`small-${number}`, bytesOf(100, number + 2));
    expect(onDisk()).toHaveLength(2);
    expect(await spool.get('small-9')).toEqual(bytesOf(100, 11));
  });
});
