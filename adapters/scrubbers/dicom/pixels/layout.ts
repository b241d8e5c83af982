import { type DataSet, type DicomFile, elementOf, numberOf, stringOf, tags } from '../data-set.ts';

/** How the samples of a file's frames lie (PS3.3, C.7.6.3). */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly frames: number;
  readonly samples: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly signed: boolean;
  readonly planar: boolean;
  readonly photometric: string;
}

const at = {
  samples: 0x00280002,
  photometric: 0x00280004,
  planar: 0x00280006,
  frames: 0x00280008,
  rows: 0x00280010,
  columns: 0x00280011,
  allocated: 0x00280100,
  stored: 0x00280101,
  highBit: 0x00280102,
  representation: 0x00280103,
} as const;
export const pixelTags = at;

/** Gives how a file's pixels lie, or undefined where it has none that are shown as frames. */
export function layoutOf({ dataSet, encoding }: Pick<DicomFile, 'dataSet' | 'encoding'>): Layout | undefined {
  if (!elementOf(dataSet, tags.pixelData)) return undefined;
  const number = (tag: number) => numberOf(dataSet, tag, encoding.littleEndian);
  const [width, height] = [number(at.columns) ?? 0, number(at.rows) ?? 0];
  const bitsAllocated = number(at.allocated) ?? 0;
  const samples = number(at.samples) ?? 1;
  if (width < 1 || height < 1 || ![1, 8, 16, 32].includes(bitsAllocated) || (samples !== 1 && samples !== 3))
    return undefined;
  const bitsStored = Math.min(bitsAllocated, number(at.stored) || bitsAllocated);
  const frames = Math.max(1, Math.floor(number(at.frames) ?? 1));
  const named = stringOf(dataSet, at.photometric) || (samples === 3 ? 'RGB' : 'MONOCHROME2');
  // Some writers name the halved colours of a compression that was undone.
  const isWhole = (elementOf(dataSet, tags.pixelData)?.bytes?.length ?? 0) >= width * height * frames * 3;
  return {
    width,
    height,
    frames,
    samples,
    bitsAllocated,
    bitsStored,
    highBit: number(at.highBit) ?? bitsStored - 1,
    signed: number(at.representation) === 1,
    planar: samples === 3 && number(at.planar) === 1,
    photometric: named === 'YBR_FULL_422' && isWhole ? 'YBR_FULL' : named,
  };
}

/** Bytes of one frame as it lies in uncompressed pixels; two pixels of YBR_FULL_422 share their colours. */
export function frameBytes({ width, height, samples, bitsAllocated, photometric }: Layout): number {
  if (photometric === 'YBR_FULL_422') return width * height * 2;
  return (width * height * samples * bitsAllocated) / 8;
}

/** Bytes of all frames as they lie in uncompressed pixels, without padding. */
export function allBytes(layout: Layout): number {
  return Math.ceil(frameBytes(layout) * layout.frames);
}

/** The numbers of a lookup table of a palette (PS3.3, C.7.6.3.1.6) as 8 bits each; undefined where there is none. */
export function paletteOf(dataSet: DataSet, littleEndian: boolean): Palette | undefined {
  const channels = [0x00281101, 0x00281102, 0x00281103].map((tag) => {
    const bytes = elementOf(dataSet, tag)?.bytes;
    const data = elementOf(dataSet, tag + 0x100)?.bytes;
    if (!bytes || bytes.length < 6 || !data) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const count = view.getUint16(0, littleEndian) || 65_536;
    const bits = view.getUint16(4, littleEndian);
    const wide = bits > 8 || data.length >= count * 2;
    const values = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const shades = new Uint8Array(count);
    for (let index = 0; index < count; index++) {
      if (wide ? index * 2 + 1 >= data.length : index >= data.length) break;
      shades[index] = wide ? values.getUint16(index * 2, littleEndian) >> (bits > 8 ? 8 : 0) : (data[index] as number);
    }
    return { first: view.getUint16(2, littleEndian), shades };
  });
  const [red, green, blue] = channels;
  return red && green && blue
    ? { first: red.first, red: red.shades, green: green.shades, blue: blue.shades }
    : undefined;
}

export interface Palette {
  readonly first: number;
  readonly red: Uint8Array;
  readonly green: Uint8Array;
  readonly blue: Uint8Array;
}
