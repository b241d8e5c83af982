import { Readable } from 'node:stream';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import type { ByteSource } from '../../../domain/bytes.ts';
import { isBesideFiles } from '../../../domain/documents.ts';
import { Refusal } from '../refusal.ts';
import { kindOfZip, sniff } from '../sniff.ts';

/** What a bundle may hold at most; more is refused. */
export interface BundleBounds {
  readonly entries: number;
  /** Bytes of all files together, unpacked. */
  readonly bytes: number;
  /** Unpacked by packed bytes of a file above a megabyte. */
  readonly ratio: number;
}

/** A file of a bundle as the directory announces it; what it really is shows when it is unpacked, in a child process. */
export interface Announced {
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly crc32: number;
  /** Where its packed bytes begin. Throws Refusal where its own header is none. */
  readonly begin: () => Promise<number>;
}

const RATIO_FROM = 1024 * 1024;
const LONGEST_NAME = 300;
const HEAD = 4096;
/** Deflated, or as they are (APPNOTE 4.4.5). */
const METHODS = [0, 8];

/**
 * Reads the directory of a zip (PKWARE APPNOTE 6.3.9, ZIP64 included) and gives the files that somebody put in, in its order: folders, and what systems put beside files, are left out. Nothing is unpacked. Throws a
 * Refusal: 'corrupt', 'password' (encrypted files), 'too-many-entries' (params.limit), 'zip-bomb' (too many bytes, too many for what they are packed in, or files that share theirs), 'zip-names' (a name twice, in two
 * letter cases, absolute or with '..').
 */
export async function directoryOf(source: ByteSource, bounds: BundleBounds): Promise<Announced[]> {
  const zip = await opened(source);
  if (zip.entryCount > bounds.entries) throw new Refusal('too-many-entries', { limit: bounds.entries });
  const given: Announced[] = [];
  const names = new Set<string>();
  let [unpacked, packed] = [0, 0];
  for await (const entry of entriesOf(zip)) {
    const name = nameOf(entry);
    if (!isPlain(name) || names.has(name.toLowerCase())) throw new Refusal('zip-names');
    names.add(name.toLowerCase());
    unpacked += entry.uncompressedSize;
    packed += entry.compressedSize;
    if (unpacked > bounds.bytes || packed > source.length || isBomb(entry, bounds.ratio)) throw new Refusal('zip-bomb');
    if (name.endsWith('/') || isBesideFiles(name)) continue;
    if (entry.isEncrypted()) throw new Refusal('password');
    if (!METHODS.includes(entry.compressionMethod)) throw new Refusal('corrupt');
    given.push(announced(zip, entry));
  }
  return given;
}

/** Whether these bytes are a zip that is no document. Of what cannot be read as one it says no. */
export async function isBundle(source: ByteSource): Promise<boolean> {
  const head = Buffer.from(await source.read(0, Math.min(HEAD, source.length)));
  if (!head.subarray(0, 2).equals(Buffer.from('PK'))) return false;
  // Of what is not whole the magic bytes alone tell: a document of a kind that its first entry names is known by them.
  const kind = sniff(head);
  if (kind === 'odt' || kind === 'ods' || kind === 'odp') return false;
  const names: string[] = [];
  try {
    for await (const entry of entriesOf(await opened(source))) {
      names.push(nameOf(entry));
      if (names.length > MOST_PARTS) break;
    }
  } catch {
    return false;
  }
  return kindOfZip(names) === 'zip';
}

/** A document has fewer parts; what has more is taken for a bundle. */
const MOST_PARTS = 5000;

function announced(zip: ZipFile, entry: Entry): Announced {
  return {
    method: entry.compressionMethod,
    packed: entry.compressedSize,
    size: entry.uncompressedSize,
    crc32: entry.crc32,
    begin: async () => {
      try {
        return (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart;
      } catch {
        throw new Refusal('corrupt');
      }
    },
  };
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry();
  } catch {
    throw new Refusal('corrupt');
  }
}

async function opened(source: ByteSource): Promise<ZipFile> {
  try {
    return await fromRandomAccessReaderPromise(new PartsReader(source), source.length, {
      // Names are judged here, sizes where the bytes are.
      decodeStrings: false,
      validateEntrySizes: false,
      autoClose: false,
    });
  } catch {
    throw new Refusal('corrupt');
  }
}

const PART = 1024 * 1024;

/** What the library reads a source by: it wants a class of its own extended. */
class PartsReader extends RandomAccessReader {
  readonly source: ByteSource;
  constructor(source: ByteSource) {
    super();
    this.source = source;
  }
  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(partsOf(this.source, start, end), { objectMode: false });
  }
}

async function* partsOf(source: ByteSource, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end; at += PART) yield Buffer.from(await source.read(at, Math.min(end, at + PART)));
}

const UTF8 = 0x800;

/** The name as it stands there (APPNOTE 4.4.4, bit 11): an older code page shows as Latin 1, which is good enough for a name that is kept nowhere. */
const nameOf = ({ fileNameRaw, generalPurposeBitFlag }: Entry): string =>
  fileNameRaw.toString(generalPurposeBitFlag & UTF8 ? 'utf8' : 'latin1');

function isPlain(name: string): boolean {
  return name.length <= LONGEST_NAME && !/^[/\\]|^[a-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\0/i.test(name);
}

const isBomb = ({ compressedSize, uncompressedSize }: Entry, ratio: number) =>
  uncompressedSize > RATIO_FROM && uncompressedSize > compressedSize * ratio;
