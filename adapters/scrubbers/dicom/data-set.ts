/** One data element (PS3.5, 7.1): its tag as one number, group in the upper half. */
export type Element = {
  readonly tag: number;
  readonly vr: string;
} & (
  | { readonly bytes: Uint8Array; readonly items?: never; readonly fragments?: never }
  | { readonly items: readonly DataSet[]; readonly bytes?: never; readonly fragments?: never }
  /** Encapsulated pixels (PS3.5, A.4): the first fragment is the table of offsets. */
  | { readonly fragments: readonly Uint8Array[]; readonly bytes?: never; readonly items?: never }
);

/** Elements by ascending tags, none twice. */
export type DataSet = readonly Element[];

export interface Encoding {
  readonly explicit: boolean;
  readonly littleEndian: boolean;
  readonly deflated: boolean;
}

/** A file as it was read (PS3.10). */
export interface DicomFile {
  readonly syntax: string;
  readonly encoding: Encoding;
  readonly dataSet: DataSet;
  /** What stood in its preamble and its meta information, beside the syntax. */
  readonly meta: DataSet;
  /** Bytes of the preamble that are not zero, of a group length, or behind the data set. */
  readonly stray: number;
}

export const tags = {
  transferSyntax: 0x00020010,
  characterSet: 0x00080005,
  imageType: 0x00080008,
  sopClass: 0x00080016,
  sopInstance: 0x00080018,
  modality: 0x00080060,
  conceptName: 0x0040a043,
  codeMeaning: 0x00080104,
  contentSequence: 0x0040a730,
  pixelData: 0x7fe00010,
} as const;

/** The element of a tag, where the data set has it. */
export function elementOf(dataSet: DataSet, tag: number): Element | undefined {
  let [from, to] = [0, dataSet.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((dataSet[middle] as Element).tag < tag) from = middle + 1;
    else to = middle;
  }
  const found = dataSet[from];
  return found?.tag === tag ? found : undefined;
}

/** The value of an element of plain characters (UI, CS, DS …), without padding; '' where it is absent. */
export function stringOf(dataSet: DataSet, tag: number): string {
  const { bytes } = elementOf(dataSet, tag) ?? {};
  return bytes ? plain(bytes) : '';
}

const SPACE = 0x20;

/** Characters of one byte, without spaces and zeros behind and spaces before. */
export function plain(bytes: Uint8Array): string {
  let [start, end] = [0, bytes.length];
  while (end > 0 && (bytes[end - 1] === SPACE || bytes[end - 1] === 0)) end--;
  while (start < end && bytes[start] === SPACE) start++;
  return latin1(bytes, start, end);
}

/** Each byte as the character of its number. */
export function latin1(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', start, end);
}

/** The numbers of an element by its VR (US, UL, IS, DS …); empty where it is absent. */
export function numbersOf(dataSet: DataSet, tag: number, littleEndian: boolean): number[] {
  const element = elementOf(dataSet, tag);
  const bytes = element?.bytes;
  if (!element || !bytes) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const each = (size: number, read: (at: number) => number) =>
    Array.from({ length: Math.floor(bytes.length / size) }, (_, index) => read(index * size));
  switch (element.vr) {
    case 'US':
    case 'OW':
      return each(2, (at) => view.getUint16(at, littleEndian));
    case 'SS':
      return each(2, (at) => view.getInt16(at, littleEndian));
    case 'UL':
      return each(4, (at) => view.getUint32(at, littleEndian));
    case 'SL':
      return each(4, (at) => view.getInt32(at, littleEndian));
    case 'FD':
      return each(8, (at) => view.getFloat64(at, littleEndian));
    case 'FL':
      return each(4, (at) => view.getFloat32(at, littleEndian));
    default:
      return plain(bytes)
        .split('\\')
        .map(Number)
        .filter((value) => Number.isFinite(value));
  }
}

export function numberOf(dataSet: DataSet, tag: number, littleEndian: boolean): number | undefined {
  const element = elementOf(dataSet, tag);
  const bytes = element?.bytes;
  // How pixels lie is said so, and asked of each slice.
  if (bytes?.length === 2 && element?.vr === 'US')
    return littleEndian
      ? (bytes[0] as number) | ((bytes[1] as number) << 8)
      : ((bytes[0] as number) << 8) | (bytes[1] as number);
  return numbersOf(dataSet, tag, littleEndian)[0];
}

/** Eight digits, as the standard's table writes them. */
export const hex = (tag: number): string => tag.toString(16).padStart(8, '0');
export const groupOf = (tag: number): number => tag >>> 16;
export const isPrivate = (tag: number): boolean => groupOf(tag) % 2 === 1;
