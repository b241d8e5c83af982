import { type DataSet, type Element, elementOf, tags } from '../data-set.ts';
import { storedAlone } from './beside.ts';
import { kindOf } from './codecs.ts';
import { framesOf, joined } from './frames.ts';
import { allBytes, type Layout } from './layout.ts';

const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const COMMENT = 0xfe;
const EXTENDED_OFFSETS = new Set([0x7fe00001, 0x7fe00002]);

export interface Plain {
  readonly dataSet: DataSet;
  /** Pieces that are no pixels and went. */
  readonly dropped: number;
}

/**
 * Takes out of the pixel data what is no pixels: bytes behind the last frame, bits beside those that are stored, a table of offsets that is none, comments and application segments of JPEG (ITU-T T.81, B.2.4) and JPEG-LS, comments of JPEG 2000 (ITU-T T.800, A.9), bytes behind a
 * frame's end and between the segments of run lengths (PS3.5, annex G). The frames decode to the same samples. Data that hold nothing of the kind stay byte for byte.
 */
export function pixelsAlone(dataSet: DataSet, syntax: string, layout: Layout): Plain {
  const element = elementOf(dataSet, tags.pixelData);
  if (!element) return { dataSet, dropped: 0 };
  if (element.bytes) {
    const length = allBytes(layout);
    const isLonger = element.bytes.length > length + 1;
    const bytes = isLonger ? element.bytes.subarray(0, length) : element.bytes;
    const stored = storedAlone(bytes, layout, syntax === BIG_ENDIAN && element.vr !== 'OB');
    if (!isLonger && !stored) return { dataSet, dropped: 0 };
    return { dataSet: withPixels(dataSet, { ...element, bytes: stored ?? bytes }), dropped: 1 };
  }
  const kind = kindOf(syntax);
  const frames = element.fragments && framesOf(element.fragments, layout.frames);
  if (!frames || kind === undefined) return { dataSet, dropped: 0 };
  const clean = kind === 'rle' ? cleanRle(layout) : kind === 'jpeg' || kind === 'jpeg-ls' ? cleanJpeg : cleanJpeg2000;
  let dropped = 0;
  const fragments = frames.map((frame) => {
    const whole = joined(frame);
    const plain = clean(whole);
    if (!plain) return whole;
    dropped++;
    return plain;
  });
  if (dropped === 0 && isTable(element.fragments)) return { dataSet, dropped };
  if (dropped === 0)
    return {
      dataSet: withPixels(dataSet, { ...element, fragments: [new Uint8Array(), ...element.fragments.slice(1)] }),
      dropped: 1,
    };
  return { dataSet: withPixels(dataSet, encapsulated(fragments)), dropped };
}

/** Whether the first fragment is a table of offsets (PS3.5, A.4): places at which fragments begin, or nothing. */
function isTable([table, ...rest]: readonly Uint8Array[]): boolean {
  if (!table || table.length === 0) return true;
  const starts = new Set<number>();
  let at = 0;
  for (const { length } of rest) {
    starts.add(at);
    at += 8 + length + (length % 2);
  }
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  if (table.length % 4 !== 0 || table.length > rest.length * 4) return false;
  return Array.from({ length: table.length / 4 }, (_, index) => view.getUint32(index * 4, true)).every((one) =>
    starts.has(one),
  );
}

/** Pixel data of one fragment a frame, without a table of offsets, which nobody needs then. */
export function encapsulated(frames: readonly Uint8Array[]): Element {
  return { tag: tags.pixelData, vr: 'OB', fragments: [new Uint8Array(), ...frames] };
}

export function withPixels(dataSet: DataSet, pixels: Element): DataSet {
  return dataSet
    .filter(({ tag }) => !EXTENDED_OFFSETS.has(tag))
    .map((element) => (element.tag === tags.pixelData ? pixels : element));
}

/** Gives the stream with frames, tables and scans only, or undefined where it holds nothing else, or is none. JFIF, SPIFF and Adobe's segment say how colours are meant. */
function cleanJpeg(data: Uint8Array): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  if (data[0] !== 0xff || data[1] !== 0xd8) return undefined;
  let from = 0;
  let at = 2;
  let dropped = false;
  while (at + 4 <= data.length) {
    if (data[at] !== 0xff) return undefined;
    const marker = data[at + 1] as number;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xd9) break;
    const end = at + 2 + (((data[at + 2] as number) << 8) | (data[at + 3] as number));
    if (end > data.length) return undefined;
    const isForeign = marker === COMMENT || (marker >= 0xe0 && marker <= 0xef && !isNeeded(data, marker, at, end));
    if (isForeign) {
      parts.push(data.subarray(from, at));
      from = end;
      dropped = true;
    }
    at = marker === 0xda ? scanEnd(data, end) : end;
  }
  if (data[at] !== 0xff || data[at + 1] !== 0xd9) return undefined;
  // A zero or two behind the end fill an even length.
  const behind = data.subarray(at + 2);
  if (behind.some((byte) => byte !== 0)) dropped = true;
  if (!dropped) return undefined;
  parts.push(data.subarray(from, at + 2));
  return new Uint8Array(Buffer.concat(parts));
}

function isNeeded(data: Uint8Array, marker: number, at: number, end: number): boolean {
  const name = String.fromCharCode(...data.subarray(at + 4, at + 9));
  if (marker === 0xe0) return name.startsWith('JFIF') && end - at === 18;
  if (marker === 0xee) return name === 'Adobe' && end - at === 16;
  return marker === 0xe8 && name === 'SPIFF' && end - at <= 34;
}

/** Coded data end at a marker: no stuffed bit or byte, no restart. */
function scanEnd(data: Uint8Array, from: number): number {
  for (let at = from; at + 1 < data.length; at++) {
    const next = data[at + 1] as number;
    if (data[at] === 0xff && next >= 0x80 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return data.length;
}

/** Gives a code stream without the comments of its main header and without what follows its end, or undefined where there is nothing of the kind. */
function cleanJpeg2000(data: Uint8Array): Uint8Array | undefined {
  if (data[0] !== 0xff || data[1] !== 0x4f) return undefined;
  const parts: Uint8Array[] = [];
  let from = 0;
  let at = 2;
  while (at + 4 <= data.length && data[at] === 0xff && data[at + 1] !== 0x90) {
    const end = at + 2 + (((data[at + 2] as number) << 8) | (data[at + 3] as number));
    if (end > data.length) return undefined;
    if (data[at + 1] === 0x64) {
      parts.push(data.subarray(from, at));
      from = end;
    }
    at = end;
  }
  const last = endOfTiles(data, at);
  if (parts.length === 0 && !data.subarray(last).some((byte) => byte !== 0)) return undefined;
  parts.push(data.subarray(from, last));
  return new Uint8Array(Buffer.concat(parts));
}

/** Where a code stream ends, by the lengths of its parts of tiles (ITU-T T.800, A.4.2); the end of the data where one has none. */
function endOfTiles(data: Uint8Array, from: number): number {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let at = from;
  while (at + 12 <= data.length && view.getUint16(at) === 0xff90) {
    const length = view.getUint32(at + 6);
    if (length < 14 || at + length > data.length) return data.length;
    at += length;
  }
  return at + 2 <= data.length && view.getUint16(at) === 0xffd9 ? at + 2 : data.length;
}

const RLE_HEADER = 64;

/** Gives how a frame of run lengths is written without what is no run: its segments one behind the other, each as long as its plane of bytes takes. */
function cleanRle({ width, height, samples, bitsAllocated }: Layout): (data: Uint8Array) => Uint8Array | undefined {
  const expected = samples * Math.ceil(bitsAllocated / 8);
  return (data) => {
    if (data.length < RLE_HEADER) return undefined;
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    if (view.getUint32(0, true) !== expected) return undefined;
    const header = new Uint8Array(RLE_HEADER);
    const written = new DataView(header.buffer);
    written.setUint32(0, expected, true);
    const parts: Uint8Array[] = [header];
    let at = RLE_HEADER;
    for (let segment = 0; segment < expected; segment++) {
      const start = view.getUint32(4 + segment * 4, true);
      const end = endOfRuns(data, start, width * height);
      if (end === undefined) return undefined;
      const length = end - start + ((end - start) % 2);
      written.setUint32(4 + segment * 4, at, true);
      const piece = new Uint8Array(length);
      piece.set(data.subarray(start, end));
      parts.push(piece);
      at += length;
    }
    const clean = new Uint8Array(Buffer.concat(parts));
    return Buffer.compare(clean, data) === 0 ? undefined : clean;
  };
}

/** Where runs end that give so many bytes (PS3.5, G.3.2); undefined where they do not give them. */
function endOfRuns(data: Uint8Array, start: number, bytes: number): number | undefined {
  let at = start;
  let given = 0;
  while (given < bytes) {
    const head = data[at];
    if (head === undefined) return undefined;
    if (head < 128) {
      given += head + 1;
      at += head + 2;
    } else {
      if (head > 128) given += 257 - head;
      at += head > 128 ? 2 : 1;
    }
  }
  return at <= data.length ? at : undefined;
}
