import { inflateSync } from 'node:zlib';
import { Inflate } from 'fflate';
import { Refusal } from '../../refusal.ts';

/** No stream of a clinical document needs more than this, decoded; what does is built to exhaust memory. */
const MAX_DECODED = 256 * 1024 * 1024;

export interface FilterStep {
  readonly name: string;
  readonly params: Readonly<Record<string, number>>;
}

export interface Decoded {
  readonly data: Uint8Array;
  /** Bytes of the input that belong to the stream; what follows them is not part of it. */
  readonly consumed: number;
  /** True when the data was damaged and what could be read was taken. */
  readonly damaged: boolean;
}

const SHORT: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Fl: 'FlateDecode',
    LZW: 'LZWDecode',
    A85: 'ASCII85Decode',
    AHx: 'ASCIIHexDecode',
    RL: 'RunLengthDecode',
    DCT: 'DCTDecode',
    CCF: 'CCITTFaxDecode',
  }),
);

/** The full name of a filter that may be abbreviated (PDF 32000-1, table 94). */
export function filterName(name: string): string {
  return SHORT.get(name) ?? name;
}

/** True for filters that give bytes; the others (DCT, JPX, CCITT, JBIG2) give pictures and stay as they are. */
export function isByteFilter(name: string): boolean {
  return ['FlateDecode', 'LZWDecode', 'ASCII85Decode', 'ASCIIHexDecode', 'RunLengthDecode', 'Crypt'].includes(name);
}

/** Decodes one filter without its predictor (7.4.2 to 7.4.5). Refuses with 'memory' what grows beyond all measure. */
export function decodeFilter(step: FilterStep, data: Uint8Array): Decoded {
  switch (step.name) {
    case 'FlateDecode':
      return inflate(data);
    case 'LZWDecode':
      return lzw(data, step.params.EarlyChange ?? 1);
    case 'ASCII85Decode':
      return ascii85(data);
    case 'ASCIIHexDecode':
      return asciiHex(data);
    case 'RunLengthDecode':
      return runLength(data);
    default:
      return { data, consumed: data.length, damaged: false };
  }
}

/** Undoes a predictor (7.4.4.4): TIFF's (2) for 8-bit components, PNG's (10 and up). Others come back as they are. */
export function unpredict(data: Uint8Array, params: Readonly<Record<string, number>>): Uint8Array {
  const predictor = params.Predictor ?? 1;
  const colors = params.Colors ?? 1;
  const bits = params.BitsPerComponent ?? 8;
  const row = Math.ceil(((params.Columns ?? 1) * colors * bits) / 8);
  const pixel = Math.max(1, (colors * bits) >> 3);
  if (predictor < 2 || !(row > 0 && row < MAX_DECODED)) return data;
  if (predictor === 2) {
    if (bits !== 8) return data;
    const out = data.slice();
    for (let at = 0; at < out.length; at++)
      if (at % row >= pixel) out[at] = ((out[at] as number) + (out[at - pixel] as number)) & 255;
    return out;
  }
  const rows = Math.ceil(data.length / (row + 1));
  const out = new Uint8Array(rows * row);
  for (let y = 0; y < rows; y++) pngRow(data, y * (row + 1), out, y * row, row, pixel);
  return out.subarray(0, Math.max(0, data.length - rows));
}

function pngRow(data: Uint8Array, from: number, out: Uint8Array, to: number, row: number, pixel: number): void {
  const type = data[from];
  for (let x = 0; x < row; x++) {
    const left = x >= pixel ? (out[to + x - pixel] as number) : 0;
    const up = to >= row ? (out[to + x - row] as number) : 0;
    const corner = x >= pixel && to >= row ? (out[to + x - row - pixel] as number) : 0;
    let guess = 0;
    if (type === 1) guess = left;
    else if (type === 2) guess = up;
    else if (type === 3) guess = (left + up) >> 1;
    else if (type === 4) guess = paeth(left, up, corner);
    out[to + x] = ((data[from + 1 + x] ?? 0) + guess) & 255;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const a = Math.abs(guess - left);
  const b = Math.abs(guess - up);
  const c = Math.abs(guess - corner);
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

function inflate(data: Uint8Array): Decoded {
  try {
    // With `info` the result carries the engine, which knows how much input it took; the types leave that out.
    const result = inflateSync(data, { info: true, maxOutputLength: MAX_DECODED }) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    return { data: result.buffer, consumed: result.engine.bytesWritten, damaged: false };
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw new Refusal('memory');
    return inflateDamaged(data);
  }
}

const PIECE = 16_384;
const SMALL_PIECE = 64;

/** Takes what can be read before the damage: readers show it too. A piece that fails gives nothing, so the one that does is read again in small ones. */
function inflateDamaged(data: Uint8Array): Decoded {
  const zlibHeader =
    data.length > 1 &&
    ((data[0] as number) & 15) === 8 &&
    (((data[0] as number) << 8) | (data[1] as number)) % 31 === 0;
  const body = data.subarray(zlibHeader ? 2 : 0);
  const failing = inflatePieces(body, () => PIECE).at;
  const { parts } = inflatePieces(body, (at) => (at < failing ? failing : SMALL_PIECE));
  return { data: Buffer.concat(parts), consumed: data.length, damaged: true };
}

/** Inflates until a piece fails; gives what came out, and where that piece begins. */
function inflatePieces(
  body: Uint8Array,
  length: (at: number) => number,
): { readonly parts: readonly Uint8Array[]; readonly at: number } {
  const parts: Uint8Array[] = [];
  let size = 0;
  const stream = new Inflate((part) => {
    size += part.length;
    if (size > MAX_DECODED) throw new Refusal('memory');
    parts.push(part.slice());
  });
  let at = 0;
  try {
    for (let next = 0; at < body.length; at = next) {
      next = Math.min(body.length, at + length(at));
      stream.push(body.subarray(at, next), next === body.length);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
  }
  return { parts, at };
}

function lzw(data: Uint8Array, early: number): Decoded {
  const out: number[] = [];
  let table: (readonly number[])[] = [];
  const reset = () => {
    table = [];
    for (let code = 0; code < 258; code++) table.push(code < 256 ? [code] : []);
  };
  reset();
  let width = 9;
  let previous: readonly number[] | undefined;
  let held = 0;
  let bits = 0;
  let at = 0;
  while (at < data.length || bits >= width) {
    while (bits < width && at < data.length) {
      held = ((held << 8) | (data[at++] as number)) & 0xffffff;
      bits += 8;
    }
    if (bits < width) break;
    const code = (held >> (bits - width)) & ((1 << width) - 1);
    bits -= width;
    if (code === 257) return { data: Uint8Array.from(out), consumed: at, damaged: false };
    if (code === 256) {
      reset();
      width = 9;
      previous = undefined;
      continue;
    }
    const known = table[code];
    const entry: readonly number[] | undefined = known ?? (previous && [...previous, previous[0] as number]);
    if (!entry || code > table.length) return { data: Uint8Array.from(out), consumed: at, damaged: true };
    for (const byte of entry) out.push(byte);
    if (out.length > MAX_DECODED / 8) throw new Refusal('memory');
    if (previous && table.length < 4096) table.push([...previous, entry[0] as number]);
    previous = entry;
    const size = table.length + early;
    width = size >= 2048 ? 12 : size >= 1024 ? 11 : size >= 512 ? 10 : 9;
  }
  return { data: Uint8Array.from(out), consumed: at, damaged: false };
}

function ascii85(data: Uint8Array): Decoded {
  const out: number[] = [];
  const group: number[] = [];
  let at = 0;
  for (; at < data.length; at++) {
    const byte = data[at] as number;
    if (byte === 0x7e) break;
    if (byte === 0x7a && group.length === 0) out.push(0, 0, 0, 0);
    if (byte < 0x21 || byte > 0x75) continue;
    group.push(byte - 0x21);
    if (group.length === 5) out.push(...five(group.splice(0), 4));
  }
  if (group.length > 1) {
    const bytes = group.length - 1;
    while (group.length < 5) group.push(84);
    out.push(...five(group, bytes));
  }
  return { data: Uint8Array.from(out), consumed: Math.min(data.length, at + 2), damaged: false };
}

function five(digits: readonly number[], count: number): number[] {
  const value = digits.reduce((sum, digit) => sum * 85 + digit, 0);
  return [24, 16, 8, 0].slice(0, count).map((shift) => Math.floor(value / 2 ** shift) & 255);
}

function asciiHex(data: Uint8Array): Decoded {
  const text = Buffer.from(data.buffer, data.byteOffset, data.length).toString('latin1');
  const end = text.indexOf('>');
  const digits = (end < 0 ? text : text.slice(0, end)).replace(/[^0-9A-Fa-f]/g, '');
  const bytes = Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex');
  return { data: bytes, consumed: end < 0 ? data.length : end + 1, damaged: false };
}

function runLength(data: Uint8Array): Decoded {
  const parts: Uint8Array[] = [];
  let size = 0;
  let at = 0;
  while (at < data.length) {
    const length = data[at++] as number;
    if (length === 128) break;
    const part = length < 128 ? data.subarray(at, at + length + 1) : new Uint8Array(257 - length).fill(data[at] ?? 0);
    at += length < 128 ? length + 1 : 1;
    size += part.length;
    if (size > MAX_DECODED) throw new Refusal('memory');
    parts.push(part);
  }
  return { data: Buffer.concat(parts), consumed: Math.min(at, data.length), damaged: false };
}
