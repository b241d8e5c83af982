import type { Raster } from '../../format.ts';
import { type DataSet, type DicomFile, elementOf, numbersOf } from '../data-set.ts';
import type { Decoded } from './codecs.ts';
import { type Layout, paletteOf } from './layout.ts';

/** The window that shades are shown through (PS3.3, C.11.2): all at or above its upper end are white. */
export interface Window {
  readonly center: number;
  readonly width: number;
}

const WINDOW_CENTER = 0x00281050;
const WINDOW_WIDTH = 0x00281051;
const INTERCEPT = 0x00281052;
const SLOPE = 0x00281053;

/** A frame as a person sees it, 8 bits a sample: grey through the window that is given, the file's own or one that holds all its shades; colours as red, green and blue. */
export function shown(file: DicomFile, layout: Layout, decoded: Decoded, index: number, window?: Window): Raster {
  const { width, height } = layout;
  if (layout.samples === 3) return { width, height, channels: 3, data: inColours(decoded, width * height, layout) };
  const palette = decoded.photometric === 'PALETTE COLOR' && paletteOf(file.dataSet, file.encoding.littleEndian);
  if (palette) {
    const values = samplesOf(decoded.bytes, layout);
    const data = new Uint8Array(values.length * 3);
    const last = palette.red.length - 1;
    for (let at = 0; at < values.length; at++) {
      const entry = Math.max(0, Math.min(last, (values[at] as number) - palette.first));
      data[at * 3] = palette.red[entry] as number;
      data[at * 3 + 1] = palette.green[entry] as number;
      data[at * 3 + 2] = palette.blue[entry] as number;
    }
    return { width, height, channels: 3, data };
  }
  return {
    width,
    height,
    channels: 1,
    data: inGrey(file, layout, decoded, index, window),
  };
}

function inColours({ bytes, photometric, planar }: Decoded, count: number, layout: Layout): Uint8Array {
  const wide = layout.bitsAllocated === 16;
  const words = wide ? new Uint16Array(Uint8Array.from(bytes).buffer) : bytes;
  const down = wide ? Math.max(0, layout.bitsStored - 8) : 0;
  const data = new Uint8Array(count * 3);
  const isLuminance = photometric.startsWith('YBR_FULL') || photometric.startsWith('YBR_PARTIAL');
  for (let at = 0; at < count; at++) {
    const [one, two, three] = planar
      ? [words[at], words[count + at], words[2 * count + at]]
      : [words[at * 3], words[at * 3 + 1], words[at * 3 + 2]];
    const [a, b, c] = [(one as number) >> down, (two as number) >> down, (three as number) >> down];
    if (!isLuminance) {
      data[at * 3] = a;
      data[at * 3 + 1] = b;
      data[at * 3 + 2] = c;
      continue;
    }
    // PS3.3, C.7.6.3.1.2.
    data[at * 3] = byte(a + 1.402 * (c - 128));
    data[at * 3 + 1] = byte(a - 0.344136 * (b - 128) - 0.714136 * (c - 128));
    data[at * 3 + 2] = byte(a + 1.772 * (b - 128));
  }
  return data;
}

const byte = (value: number) => Math.max(0, Math.min(255, Math.round(value)));

/** The stored values of a frame of one sample a pixel, without what lies beside their bits. */
export function samplesOf(bytes: Uint8Array, layout: Layout): Int32Array {
  const { bitsAllocated, bitsStored, highBit, signed } = layout;
  const count = layout.width * layout.height;
  const values = new Int32Array(count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = bitsAllocated <= 8 ? 1 : bitsAllocated / 8;
  const shift = Math.max(0, highBit + 1 - bitsStored);
  const mask = bitsStored >= 32 ? 0xffffffff : 2 ** bitsStored - 1;
  const sign = 2 ** (bitsStored - 1);
  if (size === 2) {
    // Most slices are of this kind.
    const words = shortsOf(bytes, count);
    for (let at = 0; at < count; at++) {
      const value = ((words[at] as number) >>> shift) & mask;
      values[at] = signed && value >= sign ? value - 2 * sign : value;
    }
    return values;
  }
  for (let at = 0; at < count; at++) {
    const word = size === 1 ? (bytes[at] as number) : view.getUint32(at * 4, true);
    const value = ((word >>> shift) & mask) >>> 0;
    values[at] = signed && value >= sign ? value - 2 * sign : value;
  }
  return values;
}

/** Shades of the stored values of a frame of one sample a pixel, each worked out once: there are fewer values than pixels. */
export function shadedBy(bytes: Uint8Array, layout: Layout, shade: (value: number) => number): Uint8Array {
  const { bitsAllocated, bitsStored, highBit, signed } = layout;
  const shades = new Uint8Array(layout.width * layout.height);
  if (bitsAllocated > 16 || bitsStored > COMMON) {
    const values = samplesOf(bytes, layout);
    for (let at = 0; at < values.length; at++) shades[at] = shade(values[at] as number);
    return shades;
  }
  const [most, sign] = [2 ** bitsStored, 2 ** (bitsStored - 1)];
  const known = new Uint8Array(most);
  for (let word = 0; word < most; word++) known[word] = shade(signed && word >= sign ? word - most : word);
  const shift = Math.max(0, highBit + 1 - bitsStored);
  const words = bitsAllocated === 16 ? shortsOf(bytes, shades.length) : bytes;
  for (let at = 0; at < shades.length; at++)
    shades[at] = known[((words[at] as number) >>> shift) & (most - 1)] as number;
  return shades;
}

/** Of so many bits nearly all scanners store their values. */
const COMMON = 12;

/** Words of 16 bits, which are in this machine's order. */
function shortsOf(bytes: Uint8Array, count: number): Uint16Array {
  const { buffer, byteOffset } = bytes.byteOffset % 2 === 0 ? bytes : bytes.slice();
  return new Uint16Array(buffer, byteOffset, count);
}

/** What stored values of a frame mean, and the window that they are shown through: the file's own, or one that holds all shades. */
export function scaleOf(
  { dataSet, encoding }: Pick<DicomFile, 'dataSet' | 'encoding'>,
  index: number,
  values: () => Int32Array,
): { readonly slope: number; readonly intercept: number; readonly window: Window } {
  const [slope = 1] = valuesAt(dataSet, SLOPE, 0x00289145, index, encoding.littleEndian);
  const [intercept = 0] = valuesAt(dataSet, INTERCEPT, 0x00289145, index, encoding.littleEndian);
  const window = windowOf(dataSet, index, encoding.littleEndian) ?? spread(values(), slope, intercept);
  return { slope, intercept, window };
}

function inGrey(
  file: DicomFile,
  layout: Layout,
  { bytes, photometric }: Decoded,
  index: number,
  asked: Window | undefined,
): Uint8Array {
  const { slope, intercept, window } = scaleOf(file, index, () => samplesOf(bytes, layout));
  const { center, width } = asked ?? window;
  const low = center - width / 2;
  const scale = 255 / Math.max(1e-9, width);
  const inverse = photometric === 'MONOCHROME1';
  return shadedBy(bytes, layout, (value) => {
    const shade = byte((value * slope + intercept - low) * scale);
    return inverse ? 255 - shade : shade;
  });
}

/** From which stored value on, or up to which one of an inverse picture, the file's own window shows nothing but white; undefined where it has none. */
export function whiteFrom({ dataSet, encoding }: DicomFile, index: number): number | undefined {
  const window = windowOf(dataSet, index, encoding.littleEndian);
  const [slope = 1] = valuesAt(dataSet, SLOPE, 0x00289145, index, encoding.littleEndian);
  const [intercept = 0] = valuesAt(dataSet, INTERCEPT, 0x00289145, index, encoding.littleEndian);
  return window && slope > 0 ? (window.center + window.width / 2 - intercept) / slope : undefined;
}

/** The file's own first window. */
function windowOf(dataSet: DataSet, index: number, littleEndian: boolean): Window | undefined {
  const [center] = valuesAt(dataSet, WINDOW_CENTER, 0x00289132, index, littleEndian);
  const [width] = valuesAt(dataSet, WINDOW_WIDTH, 0x00289132, index, littleEndian);
  return center === undefined || width === undefined || width < 1 ? undefined : { center, width };
}

/** From the darkest to the brightest, the brightest hundredth left out: a few bright points would make all else dark. */
function spread(values: Int32Array, slope: number, intercept: number): Window {
  const step = Math.max(1, Math.floor(values.length / 20_000));
  const some = values.filter((_, at) => at % step === 0).sort();
  const low = some[0] ?? 0;
  const high = some[Math.floor(some.length * 0.995)] ?? 1;
  const [from, to] = [low * slope + intercept, Math.max(high, low + 1) * slope + intercept];
  return { center: (from + to) / 2, width: Math.abs(to - from) };
}

const SHARED = 0x52009229;
const PER_FRAME = 0x52009230;

/** Numbers of an element: in the data set itself, or in the functional groups of the frame or of all (PS3.3, C.7.6.16). */
function valuesAt(dataSet: DataSet, tag: number, group: number, index: number, littleEndian: boolean): number[] {
  const own = numbersOf(dataSet, tag, littleEndian);
  if (own.length > 0) return own;
  for (const item of [elementOf(dataSet, PER_FRAME)?.items?.[index], elementOf(dataSet, SHARED)?.items?.[0]]) {
    const [macro] = (item && elementOf(item, group)?.items) ?? [];
    const found = macro ? numbersOf(macro, tag, littleEndian) : [];
    if (found.length > 0) return found;
  }
  return [];
}
