import { type DicomFile, elementOf, tags } from '../data-set.ts';
import { type Decoded, decodeFrame, loadCodecs } from './codecs.ts';
import { frameBytes, type Layout, layoutOf } from './layout.ts';

/** The frames of a file, each decoded when it is asked for. */
export interface Frames {
  readonly layout: Layout;
  /** Samples of a frame (from 0); undefined where they cannot be decoded, or are not there. */
  frame(index: number): Decoded | undefined;
}

/** Opens a file's frames; undefined where it has none. */
export async function openFrames(
  file: Pick<DicomFile, 'dataSet' | 'encoding' | 'syntax'>,
): Promise<Frames | undefined> {
  const layout = layoutOf(file);
  const element = elementOf(file.dataSet, tags.pixelData);
  if (!layout || !element) return undefined;
  const { bytes, fragments, vr } = element;
  if (bytes) {
    const swapped = !file.encoding.littleEndian && vr !== 'OB' && layout.bitsAllocated > 8;
    return { layout, frame: (index) => native(bytes, index, layout, swapped) };
  }
  const encoded = fragments && framesOf(fragments, layout.frames);
  if (!encoded) return { layout, frame: () => undefined };
  await loadCodecs();
  return {
    layout,
    frame: (index) => {
      const one = encoded[index];
      return one && decodeFrame(file.syntax, joined(one), layout);
    },
  };
}

function native(bytes: Uint8Array, index: number, layout: Layout, swapped: boolean): Decoded | undefined {
  const size = frameBytes(layout);
  const first = index * size;
  if (layout.bitsAllocated === 1) return unpacked(bytes, first * 8, layout);
  if (first + size > bytes.length) return undefined;
  const { photometric, planar } = layout;
  const lying = bytes.subarray(first, first + size);
  const own = swapped ? lying.slice() : lying;
  if (swapped) Buffer.from(own.buffer, own.byteOffset, own.length)[layout.bitsAllocated === 16 ? 'swap16' : 'swap32']();
  if (photometric !== 'YBR_FULL_422') return { bytes: own, photometric, planar };
  const whole = new Uint8Array(layout.width * layout.height * 3);
  for (let pair = 0; pair < size / 4; pair++) {
    const [first, second, blue, red] = own.subarray(pair * 4, pair * 4 + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    whole.set([first, blue, red, second, blue, red], pair * 6);
  }
  return { bytes: whole, photometric: 'YBR_FULL', planar: false };
}

/** Pixels of one bit each, the lowest bit of a byte first (PS3.5, D). */
function unpacked(bytes: Uint8Array, firstBit: number, { width, height, photometric }: Layout): Decoded | undefined {
  const count = width * height;
  if (firstBit + count > bytes.length * 8) return undefined;
  const whole = new Uint8Array(count);
  for (let at = 0; at < count; at++) {
    const bit = firstBit + at;
    whole[at] = ((bytes[bit >> 3] as number) >> (bit & 7)) & 1;
  }
  return { bytes: whole, photometric, planar: false };
}

/** The fragments of each frame (PS3.5, A.4): one each, all of a single frame's, or as the table of offsets says. */
export function framesOf(fragments: readonly Uint8Array[], frames: number): Uint8Array[][] | undefined {
  const [table, ...rest] = fragments;
  if (!table || rest.length === 0) return undefined;
  if (frames === 1) return [rest];
  if (rest.length === frames) return rest.map((one) => [one]);
  const offsets = new DataView(table.buffer, table.byteOffset, table.byteLength);
  if (table.length < frames * 4) return undefined;
  const starts = new Set(Array.from({ length: frames }, (_, index) => offsets.getUint32(index * 4, true)));
  const found: Uint8Array[][] = [];
  let at = 0;
  for (const one of rest) {
    if (starts.has(at)) found.push([]);
    found.at(-1)?.push(one);
    at += one.length + 8;
  }
  return found.length === frames ? found : undefined;
}

export function joined(fragments: readonly Uint8Array[]): Uint8Array {
  const [only] = fragments;
  return fragments.length === 1 && only ? only : new Uint8Array(Buffer.concat(fragments));
}
