import { type DataSet, type Element, elementOf, tags } from '../data-set.ts';
import { kindOf } from './codecs.ts';
import { framesOf, joined } from './frames.ts';
import { allBytes, type Layout } from './layout.ts';

const COMMENT = 0xfe;
const EXTENDED_OFFSETS = new Set([0x7fe00001, 0x7fe00002]);

export interface Plain {
  readonly dataSet: DataSet;
  /** Pieces that are no pixels and went. */
  readonly dropped: number;
}

/**
 * Takes out of the pixel data what is no pixels: bytes behind the last frame, comments and application segments of JPEG (ITU-T T.81, B.2.4) and JPEG-LS, comments of JPEG 2000 (ITU-T T.800, A.9), bytes behind a
 * frame's end. The frames decode to the same samples. Data that hold nothing of the kind stay byte for byte.
 */
export function pixelsAlone(dataSet: DataSet, syntax: string, layout: Layout): Plain {
  const element = elementOf(dataSet, tags.pixelData);
  if (!element) return { dataSet, dropped: 0 };
  if (element.bytes) {
    const length = allBytes(layout);
    const { bytes } = element;
    if (bytes.length <= length + 1) return { dataSet, dropped: 0 };
    return { dataSet: withPixels(dataSet, { ...element, bytes: bytes.subarray(0, length) }), dropped: 1 };
  }
  const kind = kindOf(syntax);
  const frames = element.fragments && framesOf(element.fragments, layout.frames);
  if (!frames || kind === undefined || kind === 'rle') return { dataSet, dropped: 0 };
  const clean = kind === 'jpeg' || kind === 'jpeg-ls' ? cleanJpeg : cleanJpeg2000;
  let dropped = 0;
  const fragments = frames.map((frame) => {
    const whole = joined(frame);
    const plain = clean(whole);
    if (!plain) return whole;
    dropped++;
    return plain;
  });
  if (dropped === 0) return { dataSet, dropped };
  return { dataSet: withPixels(dataSet, encapsulated(fragments)), dropped };
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

/** Gives a code stream without the comments of its main header, or undefined where there are none. */
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
  if (parts.length === 0) return undefined;
  parts.push(data.subarray(from));
  return new Uint8Array(Buffer.concat(parts));
}
