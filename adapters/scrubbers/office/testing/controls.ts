/** A control of Microsoft Forms as a test describes it. */
export interface Said {
  readonly caption?: string;
  readonly value?: string;
  readonly fore?: number;
  readonly back?: number;
  readonly password?: number;
  /** In twips. */
  readonly height?: number;
  /** Letters of two bytes each. */
  readonly isWide?: boolean;
}

export const CLASSES = {
  button: '{D7053240-CE69-11CD-A777-00DD01143C57}',
  text: '{8BD21D10-EC42-11CE-9E0D-00AA006002F3}',
  check: '{8BD21D40-EC42-11CE-9E0D-00AA006002F3}',
};

const word = (number: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number >>> 0);
  return bytes;
};
const filled = (bytes: Buffer, to: number, by = 0) =>
  Buffer.concat([bytes, Buffer.alloc((to - (bytes.length % to)) % to, by)]);
const measured = (...content: readonly Buffer[]) => {
  const bytes = Buffer.concat(content);
  return Buffer.concat([Buffer.from([0, 2, bytes.length & 0xff, bytes.length >> 8]), bytes]);
};

/** The bytes of a button ([MS-OFORMS] 2.2.1), and of any other control (2.2.5). */
export function storedControl(isButton: boolean, said: Said): Buffer {
  const letters = (text: string) => Buffer.from(text, said.isWide ? 'utf16le' : 'latin1');
  const length = (text: string) => word(letters(text).length + (said.isWide ? 0 : 0x80000000));
  const colours = isButton ? ([said.fore, said.back] as const) : ([said.back, said.fore] as const);
  const first = isButton ? 0 : 1;
  const texts = isButton ? [said.caption] : [said.value, said.caption];
  let bits = 0n;
  const block: Buffer[] = [];
  for (const [index, colour] of colours.entries())
    if (colour !== undefined) {
      bits |= 1n << BigInt(first + index);
      block.push(word(colour));
    }
  bits |= isButton ? 1n << 5n : 1n << 8n;
  if (said.password !== undefined) {
    bits |= 1n << 9n;
    block.push(word(said.password));
  }
  for (const [index, text] of texts.entries())
    if (text !== undefined) {
      bits |= 1n << BigInt((isButton ? 3 : 22) + index);
      block.push(length(text));
    }
  const behind = texts.flatMap((text) => (text === undefined ? [] : [filled(letters(text), 4)]));
  const size = Buffer.alloc(8, 1);
  const mask = isButton ? [word(Number(bits))] : [word(Number(bits & 0xffffffffn)), word(Number(bits >> 32n))];
  return Buffer.concat([
    measured(...mask, ...block, ...(isButton ? [...behind, size] : [size, ...behind])),
    measured(word(said.height === undefined ? 0 : 4), ...(said.height === undefined ? [] : [word(said.height)])),
  ]);
}

const SECTOR = 512;
const [END, FREE, TABLE] = [0xfffffffe, 0xffffffff, 0xfffffffd];

/** A compound file ([MS-CFB]) with one small stream: a table, a directory, a table of small sectors, these. */
export function compound(name: string, stream: Uint8Array): Buffer {
  const small = filled(Buffer.from(stream), SECTOR);
  const count = small.length / SECTOR;
  const entry = (called: string, type: number, start: number, size: number) => {
    const bytes = Buffer.alloc(128);
    bytes.write(called, 'utf16le');
    bytes.writeUInt16LE(2 * called.length + 2, 64);
    bytes[66] = type;
    bytes.writeUInt32LE(start, 116);
    bytes.writeUInt32LE(size, 120);
    return bytes;
  };
  const following = (first: number, many: number) =>
    Array.from({ length: many }, (_, index) => word(index + 1 < many ? first + index + 1 : END));
  const header = Buffer.alloc(SECTOR, 0xff);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  header.writeUInt16LE(9, 30);
  header.writeUInt32LE(1, 48);
  header.writeUInt32LE(2, 60);
  header.writeUInt32LE(0, 76);
  return Buffer.concat([
    header,
    filled(Buffer.concat([word(TABLE), word(END), word(END), ...following(3, count)]), SECTOR, FREE & 0xff),
    filled(Buffer.concat([entry('Root Entry', 5, 3, small.length), entry(name, 2, 0, stream.length)]), SECTOR),
    filled(Buffer.concat(following(0, Math.ceil(stream.length / 64))), SECTOR, FREE & 0xff),
    small,
  ]);
}
