import { type Zippable, zipSync } from 'fflate';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { Refusal } from '../refusal.ts';

/** What a package may hold at most; more is refused. */
export interface ZipBounds {
  readonly entries: number;
  /** Bytes of all entries together, unpacked. */
  readonly bytes: number;
  /** Unpacked by packed bytes of an entry above a megabyte. */
  readonly ratio: number;
}

const MB = 1024 * 1024;
/** A long sheet of equal numbers packs a hundredfold; a bomb a thousandfold. */
export const officeBounds: ZipBounds = { entries: 5000, bytes: 250 * MB, ratio: 300 };
/** Small entries of blanks pack to nothing and do no harm. */
const RATIO_FROM = 8 * MB;
/** Every entry of the output has this time: the earliest that the format knows (APPNOTE 4.4.6). */
const FIXED_DATE = new Date(1980, 0, 1);
const LONGEST_NAME = 300;
/** What the reader says of a name that leads out of the package. */
const PATH = /absolute path|invalid relative path|invalid characters in fileName/i;
const END_BYTES = 22;

/**
 * Takes a zip's bytes (PKWARE APPNOTE 6.3.9) and gives its files by name, as the central directory lists them and nothing else: folders, comments, extra fields and what lies between entries are left
 * behind. Sizes are checked against the bytes themselves. Refuses with 'corrupt', 'password' (encrypted entries), 'too-many-entries' (params.limit), 'zip-bomb', 'zip-names' (a name twice,
 * in two letter cases, absolute or with '..').
 */
export async function readZip(file: Uint8Array, bounds: ZipBounds = officeBounds): Promise<Map<string, Uint8Array>> {
  const zip = await opened(file);
  if (zip.entryCount > bounds.entries) throw new Refusal('too-many-entries', { limit: bounds.entries });
  const files = new Map<string, Uint8Array>();
  const names = new Set<string>();
  let left = bounds.bytes;
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName;
      if (names.has(name.toLowerCase()) || !isPlain(name)) throw new Refusal('zip-names');
      names.add(name.toLowerCase());
      if (name.endsWith('/')) continue;
      if (entry.isEncrypted()) throw new Refusal('password');
      left -= entry.uncompressedSize;
      if (left < 0 || isBomb(entry, bounds.ratio)) throw new Refusal('zip-bomb');
      // Some programs call an entry deflated that has no bytes at all.
      const isEmpty = entry.compressedSize === 0 && entry.uncompressedSize === 0;
      files.set(name, isEmpty ? new Uint8Array(0) : await bytesOf(zip, entry));
    }
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(PATH.test(String(error)) ? 'zip-names' : 'corrupt');
  }
  return files;
}

async function opened(file: Uint8Array): Promise<ZipFile> {
  try {
    return await fromBufferPromise(withoutComment(file), { strictFileNames: false, validateEntrySizes: true });
  } catch {
    throw new Refusal('corrupt');
  }
}

/** The end of the directory (APPNOTE 4.3.16) without its comment, which may be cut off or followed by another file's bytes: what stands there is never read. */
function withoutComment(file: Uint8Array): Buffer {
  const bytes = Buffer.from(file);
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + END_BYTES > bytes.length) throw new Refusal('corrupt');
  bytes.writeUInt16LE(0, end + END_BYTES - 2);
  return bytes.subarray(0, end + END_BYTES);
}

function isPlain(name: string): boolean {
  return name.length <= LONGEST_NAME && !/^[/\\]|^[a-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\0/i.test(name);
}

const isBomb = ({ compressedSize, uncompressedSize }: Entry, ratio: number) =>
  uncompressedSize > RATIO_FROM && uncompressedSize > compressedSize * ratio;

async function bytesOf(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  // The reader stops at the size that the entry announced, and fails where the data are longer or shorter.
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
  return new Uint8Array(Buffer.concat(chunks));
}

/** Takes files by name and gives a zip with them in that order, deflated, with one fixed time and nothing beside them; `stored` names those that are not deflated. */
export function writeZip(files: ReadonlyMap<string, Uint8Array>, stored: ReadonlySet<string> = new Set()): Uint8Array {
  const zippable: Zippable = {};
  for (const [name, bytes] of files) zippable[name] = [bytes, { level: stored.has(name) ? 0 : 6 }];
  return zipSync(zippable, { mtime: FIXED_DATE, os: 0 });
}
