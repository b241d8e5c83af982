import { crc32 } from 'node:zlib';
import type { Sink } from '../../../domain/bytes.ts';

export interface ZipWriter {
  /** Adds a file as it is, not packed; gives where its bytes lie in the zip. */
  add(name: string, bytes: Uint8Array): Promise<{ readonly at: number; readonly length: number }>;
  /** Writes the directory: nothing may be added after it. */
  end(): Promise<void>;
}

/** The earliest time that the format knows (APPNOTE 4.4.6): the first of January 1980. */
const DATE = 0x21;
const LIMIT = 0xffffffff;
const FULL = 0xffff;
const VERSION = 20;
const VERSION_64 = 45;
/** Small parts are put together to pieces of this size. */
const PIECE = 1024 * 1024;

/**
 * Writes a zip (PKWARE APPNOTE 6.3.9) to a sink as its files come: names in ASCII, contents as they are, one fixed time, nothing beside them. ZIP64 records stand where the archive grows over 4 GB or
 * 65,534 files. `before` bytes stand in the sink already. Of each file only its place in the directory is remembered.
 */
export function zipWriter(to: Sink, before = 0): ZipWriter {
  const directory: Buffer[] = [];
  let [at, waiting] = [before, [] as Uint8Array[]];
  let held = 0;

  const flush = async () => {
    const parts = waiting;
    [waiting, held] = [[], 0];
    if (parts.length > 0) await to(parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts));
  };
  const put = async (bytes: Uint8Array) => {
    waiting.push(bytes);
    held += bytes.length;
    at += bytes.length;
    if (held >= PIECE) await flush();
  };

  return {
    async add(name, bytes) {
      const sum = crc32(bytes);
      const begin = at;
      const encoded = Buffer.from(name, 'latin1');
      const local = Buffer.alloc(30);
      local.writeUInt32LE(0x04034b50, 0);
      local.writeUInt16LE(VERSION, 4);
      common(local, 6, sum, bytes.length, encoded.length);
      await put(Buffer.concat([local, encoded]));
      const data = at;
      await put(bytes);
      const far = begin >= LIMIT;
      const extra = Buffer.alloc(far ? 12 : 0);
      if (far) {
        extra.writeUInt16LE(1, 0);
        extra.writeUInt16LE(8, 2);
        extra.writeBigUInt64LE(BigInt(begin), 4);
      }
      const central = Buffer.alloc(46);
      central.writeUInt32LE(0x02014b50, 0);
      central.writeUInt16LE(far ? VERSION_64 : VERSION, 4);
      central.writeUInt16LE(far ? VERSION_64 : VERSION, 6);
      common(central, 8, sum, bytes.length, encoded.length);
      central.writeUInt16LE(extra.length, 30);
      central.writeUInt32LE(far ? LIMIT : begin, 42);
      directory.push(Buffer.concat([central, encoded, extra]));
      return { at: data, length: bytes.length };
    },
    async end() {
      const [begin, count] = [at, directory.length];
      for (const record of directory) await put(record);
      const size = at - begin;
      if (begin >= LIMIT || size >= LIMIT || count >= FULL) await put(end64(begin, size, count));
      const end = Buffer.alloc(22);
      end.writeUInt32LE(0x06054b50, 0);
      end.writeUInt16LE(Math.min(FULL, count), 8);
      end.writeUInt16LE(Math.min(FULL, count), 10);
      end.writeUInt32LE(Math.min(LIMIT, size), 12);
      end.writeUInt32LE(Math.min(LIMIT, begin), 16);
      await put(end);
      await flush();
    },
  };
}

/** The fields that both headers of a file have (APPNOTE 4.3.7, 4.3.12), from the general flags on; nothing is packed, and no flag is set. */
function common(header: Buffer, at: number, sum: number, length: number, name: number): void {
  header.writeUInt16LE(DATE, at + 6);
  header.writeUInt32LE(sum, at + 8);
  header.writeUInt32LE(length, at + 12);
  header.writeUInt32LE(length, at + 16);
  header.writeUInt16LE(name, at + 20);
}

/** The end of the directory and its locator in ZIP64 (APPNOTE 4.3.14, 4.3.15). */
function end64(begin: number, size: number, count: number): Buffer {
  const record = Buffer.alloc(56 + 20);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(VERSION_64, 12);
  record.writeUInt16LE(VERSION_64, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(begin), 48);
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(begin + size), 64);
  record.writeUInt32LE(1, 72);
  return record;
}
