import { isBesideFiles } from '../../../../../domain/documents.ts';

/** What is sent: a file, or several as one archive that is made while it goes. */
export interface Parcel {
  readonly size: number;
  readonly lastModified: number;
  /** A part of it, which the browser reads where it lies when it is sent. Rejects where a file cannot be read any more. */
  slice(from: number, to: number): Blob | Promise<Blob>;
}

/** A file that was chosen, with its path in the folder that it was chosen with. */
export interface Chosen {
  readonly path: string;
  readonly file: File;
}

/** What of the chosen files somebody wanted to give, in the order of their paths. */
export function wanted(chosen: readonly Chosen[]): readonly Chosen[] {
  const order = new Intl.Collator('en', { numeric: true });
  return chosen.filter(({ path }) => !isBesideFiles(path)).toSorted((a, b) => order.compare(a.path, b.path));
}

const localBytes = 30;
const centralBytes = 46;
const endBytes = 22;
/** The first of January 1980 (PKWARE APPNOTE 4.4.6). */
const date = 0x21;

/** The archive's names are numbers: what the files are called stays in this window. */
const nameOf = (index: number) => String(index + 1).padStart(5, '0');
const nameBytes = 5;

/**
 * Several files as a zip (PKWARE APPNOTE 6.3.9) that is nowhere whole: a part of it is made when it is asked for, the same bytes each time. Nothing is packed; a file is read once for its
 * sum before it is sent. For less than 4 GB.
 */
export function parcelOf(files: readonly File[]): Parcel {
  const sums = new Map<number, Promise<number>>();
  const sumOf = (index: number) => {
    const known = sums.get(index) ?? sumOfFile(files[index] as File);
    sums.set(index, known);
    return known;
  };
  let at = 0;
  const starts = files.map(({ size }) => {
    const start = at;
    at += localBytes + nameBytes + size;
    return start;
  });
  const directory = at;
  const size = directory + files.length * (centralBytes + nameBytes) + endBytes;
  const local = async (index: number) => {
    const header = new DataView(new ArrayBuffer(localBytes + nameBytes));
    header.setUint32(0, 0x04034b50, true);
    header.setUint16(4, 20, true);
    common(header, 6, await sumOf(index), (files[index] as File).size);
    return named(header, localBytes, index);
  };
  const central = async (index: number) => {
    const header = new DataView(new ArrayBuffer(centralBytes + nameBytes));
    header.setUint32(0, 0x02014b50, true);
    header.setUint16(4, 20, true);
    header.setUint16(6, 20, true);
    common(header, 8, await sumOf(index), (files[index] as File).size);
    header.setUint32(42, starts[index] as number, true);
    return named(header, centralBytes, index);
  };
  const end = () => {
    const header = new DataView(new ArrayBuffer(endBytes));
    header.setUint32(0, 0x06054b50, true);
    header.setUint16(8, files.length, true);
    header.setUint16(10, files.length, true);
    header.setUint32(12, files.length * (centralBytes + nameBytes), true);
    header.setUint32(16, directory, true);
    return new Uint8Array(header.buffer);
  };
  /** Everything in its order: where it begins, how long it is, and what gives a part of it. */
  const pieces = [
    ...files.flatMap((file, index) => [
      whole(starts[index] as number, localBytes + nameBytes, () => local(index)),
      {
        at: (starts[index] as number) + localBytes + nameBytes,
        length: file.size,
        part: async (from: number, to: number): Promise<BlobPart> => file.slice(from, to),
      },
    ]),
    ...files.map((_, index) =>
      whole(directory + index * (centralBytes + nameBytes), centralBytes + nameBytes, () => central(index)),
    ),
    whole(size - endBytes, endBytes, async () => end()),
  ];
  return {
    size,
    lastModified: files.reduce((sum, { lastModified }) => sum + lastModified, 0),
    slice: async (from, to) => {
      const parts: BlobPart[] = [];
      for (const piece of pieces) {
        const [begin, stop] = [Math.max(from, piece.at), Math.min(to, piece.at + piece.length)];
        if (stop > begin) parts.push(await piece.part(begin - piece.at, stop - piece.at));
      }
      return new Blob(parts);
    },
  };
}

const whole = (at: number, length: number, make: () => Promise<Uint8Array<ArrayBuffer>>) => ({
  at,
  length,
  part: async (from: number, to: number): Promise<BlobPart> => (await make()).subarray(from, to),
});

/** From the general flags on (APPNOTE 4.3.7, 4.3.12): nothing is packed. */
function common(header: DataView, at: number, sum: number, size: number): void {
  header.setUint16(at + 6, date, true);
  header.setUint32(at + 8, sum, true);
  header.setUint32(at + 12, size, true);
  header.setUint32(at + 16, size, true);
  header.setUint16(at + 20, nameBytes, true);
}

function named(header: DataView<ArrayBuffer>, at: number, index: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(header.buffer);
  bytes.set(new TextEncoder().encode(nameOf(index)), at);
  return bytes;
}

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let sum = index;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  return sum >>> 0;
});

/** Read a part at a time: a file may be as large as the disk. */
const readAtOnce = 4 * 1024 * 1024;

/** The sum of a file's bytes (CRC-32, ISO 3309). */
async function sumOfFile(file: Blob): Promise<number> {
  let sum = 0xffffffff;
  for (let at = 0; at < file.size; at += readAtOnce)
    for (const byte of new Uint8Array(await file.slice(at, at + readAtOnce).arrayBuffer()))
      sum = ((sum >>> 8) ^ (table[(sum ^ byte) & 0xff] as number)) >>> 0;
  return (sum ^ 0xffffffff) >>> 0;
}

/** The names in a zip's directory, as the service counts its files; undefined where it cannot be read here. They are for the person's eyes alone, and stay in this window. */
export async function namesIn(zip: Blob): Promise<readonly string[] | undefined> {
  const tailAt = Math.max(0, zip.size - 65_557);
  const tail = new DataView(await zip.slice(tailAt).arrayBuffer());
  let end = tail.byteLength - endBytes;
  while (end >= 0 && tail.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) return undefined;
  const [length, start] = [tail.getUint32(end + 12, true), tail.getUint32(end + 16, true)];
  const records = new DataView(await zip.slice(start, start + length).arrayBuffer());
  const names: string[] = [];
  for (let at = 0; at + centralBytes <= records.byteLength; ) {
    if (records.getUint32(at, true) !== 0x02014b50) return undefined;
    const [name, extra, comment] = [28, 30, 32].map((field) => records.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ];
    const path = new TextDecoder().decode(new Uint8Array(records.buffer, at + centralBytes, name));
    if (!path.endsWith('/') && !isBesideFiles(path)) names.push(path);
    at += centralBytes + name + extra + comment;
  }
  return names;
}
