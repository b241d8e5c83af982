const MAGIC = 'd0cf11e0a1b11ae1';
const HEADER = 512;
/** Places of the first 109 sectors of the table: files with more of them hold no control. */
const TABLE = { from: 76, sectors: 109 };
/** Numbers from here on are no sectors but marks (2.1). */
const FIRST_MARK = 0xfffffffa;
const ENTRY = 128;
const SMALL_SECTOR = 64;
const SMALLEST_LARGE = 4096;

export const isCompound = (file: Uint8Array): boolean => Buffer.from(file.subarray(0, 8)).toString('hex') === MAGIC;

/** A stream of a compound file ([MS-CFB] 2) by its name, in whatever storage. Gives undefined where there is none, and for a file that is damaged. */
export function streamOf(file: Uint8Array, name: string): Buffer | undefined {
  try {
    return isCompound(file) ? read(Buffer.from(file.buffer, file.byteOffset, file.byteLength), name) : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function read(file: Buffer, name: string): Buffer | undefined {
  const size = 1 << file.readUInt16LE(30);
  if (size !== 512 && size !== 4096) return undefined;
  const sector = (index: number) =>
    file.subarray(index * size + Math.max(HEADER, size), (index + 1) * size + Math.max(HEADER, size));
  const table = numbersOf(file.subarray(TABLE.from, TABLE.from + 4 * TABLE.sectors))
    .filter((index) => index < FIRST_MARK)
    .flatMap((index) => numbersOf(sector(index)));
  const large = (first: number) => Buffer.concat(chain(table, first).map(sector));
  const directory = large(file.readUInt32LE(48));
  let [stream, root]: (Buffer | undefined)[] = [];
  for (let at = 0; at + ENTRY <= directory.length; at += ENTRY) {
    const entry = directory.subarray(at, at + ENTRY);
    if (entry[66] === 5) root ??= entry;
    if (entry[66] === 2 && nameOf(entry) === name) stream ??= entry;
  }
  if (!stream || !root) return undefined;
  const [first, length] = [stream.readUInt32LE(116), stream.readUInt32LE(120)];
  if (length >= SMALLEST_LARGE) return large(first).subarray(0, length);
  const small = large(root.readUInt32LE(116));
  return Buffer.concat(
    chain(numbersOf(large(file.readUInt32LE(60))), first).map((index) =>
      small.subarray(index * SMALL_SECTOR, (index + 1) * SMALL_SECTOR),
    ),
  ).subarray(0, length);
}

const nameOf = (entry: Buffer) => entry.subarray(0, Math.max(0, entry.readUInt16LE(64) - 2)).toString('utf16le');

const numbersOf = (bytes: Buffer): number[] =>
  Array.from({ length: bytes.length >> 2 }, (_, index) => bytes.readUInt32LE(index * 4));

/** The sectors that follow each other from the first; one that comes again ends them. */
function chain(table: readonly number[], first: number): number[] {
  const found = new Set<number>();
  for (let at = first; at < table.length && !found.has(at); at = table[at] ?? FIRST_MARK) found.add(at);
  return [...found];
}
