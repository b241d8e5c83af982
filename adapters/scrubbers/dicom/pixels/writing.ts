import { type Grey, inverted } from '../../ocr/grey.ts';
import { brightLines, type InkLine, roomy, thinLines } from '../../ocr/ink.ts';
import type { DicomFile } from '../data-set.ts';
import type { Decoded } from './codecs.ts';
import type { Frames } from './frames.ts';
import type { Layout } from './layout.ts';
import { samplesOf, shown, whiteFrom } from './shown.ts';

/** Of a frame's pixels, more at the end of its range are a thing that was measured; fewer than these are no four letters. */
const MOST = 0.06;
const LEAST = 24;
/** Letters side by side that are no chance; where there are such, fewer are writing too. */
const LETTERS = 4;
const FEW_LETTERS = 2;
/** Frames of one file that are tested; a decoder takes its time for each. */
const MOST_TESTED = 64;

/** What a quick look at a file's frames says, by their numbers from 0. */
export interface Tested {
  /** Something on them looks like writing: that alone, as it stands, on black. */
  readonly written: ReadonlyMap<number, Grey>;
  /** Nothing does. */
  readonly plain: readonly number[];
  /** They were not looked at, or could not be. */
  readonly untested: readonly number[];
}

/**
 * Looks whether anything on the frames that a scanner computed looks like writing: rows of letters at an end of the range of what is stored, or as white as the file's own window shows anything. Programs write that way; tissue has noise, and bones and metal no
 * rows. It reads nothing, and takes a few milliseconds for a frame.
 */
export function testedFrames(file: DicomFile, frames: Frames): Tested {
  const { layout } = frames;
  const step = Math.max(1, layout.frames / MOST_TESTED);
  const chosen = new Set(
    Array.from({ length: Math.min(layout.frames, MOST_TESTED) }, (_, index) => Math.floor(index * step)),
  );
  const tested = { written: new Map<number, Grey>(), plain: [] as number[], untested: [] as number[] };
  for (let index = 0; index < layout.frames; index++) {
    const decoded = chosen.has(index) ? frames.frame(index) : undefined;
    if (!decoded) {
      tested.untested.push(index);
      continue;
    }
    const alone = writingAlone(viewsOf(file, layout, decoded, index));
    if (alone) tested.written.set(index, alone);
    else tested.plain.push(index);
  }
  return tested;
}

/** The views of a frame on which writing could stand: those with neither too much nor too little at their bright end. Most frames have none, and nothing more is done with them. */
function viewsOf(file: DicomFile, layout: Layout, decoded: Decoded, index: number): Grey[] {
  const { width, height } = layout;
  const shades = shadesOf(decoded.bytes, layout);
  const [least, greatest] = [shades.valueAt(shades.first), shades.valueAt(shades.last)];
  const [low, high] = [0.02, 0.98].map((share) => least + share * (greatest - least)) as [number, number];
  const white = decoded.photometric === 'MONOCHROME1' ? undefined : whiteFrom(file, index);
  const isFew = (count: number) => count >= LEAST && count <= MOST * width * height;
  const grey = (data: Uint8Array): Grey => ({ width, height, data });
  const whole = () => grey(stretched(samplesOf(decoded.bytes, layout), least, greatest));
  return [
    ...(isFew(countFrom(shades, high)) ? [whole()] : []),
    ...(isFew(countTo(shades, low)) ? [inverted(whole())] : []),
    ...(white !== undefined && isFew(countFrom(shades, white)) ? [grey(shown(file, layout, decoded, index).data)] : []),
  ];
}

/** How often each value is there, by ascending values; `first` and `last` are the places of the least and the greatest that are. */
interface Shades {
  readonly counts: Uint32Array;
  readonly first: number;
  readonly last: number;
  readonly valueAt: (place: number) => number;
}

/** Counts the stored values, without what lies beside their bits; of words of 32 bits the upper half alone. */
function shadesOf(bytes: Uint8Array, { bitsAllocated, bitsStored, highBit, signed }: Layout): Shades {
  const size = bitsAllocated <= 8 ? 1 : bitsAllocated / 8;
  const shift = Math.max(0, highBit + 1 - bitsStored) + Math.max(0, bitsStored - 16);
  const mask = 2 ** Math.min(16, bitsStored) - 1;
  // With its sign turned round a negative value comes before a positive one.
  const sign = signed ? (mask + 1) / 2 : 0;
  const counts = counted(wordsOf(bytes, size), shift, mask, sign);
  const scale = 2 ** Math.max(0, bitsStored - 16);
  let [first, last] = [0, mask];
  while (first < last && counts[first] === 0) first++;
  while (last > first && counts[last] === 0) last--;
  return { counts, first, last, valueAt: (place) => (place - sign) * scale };
}

function wordsOf(bytes: Uint8Array, size: number): Uint8Array | Uint16Array | Uint32Array {
  if (size === 1) return bytes;
  const { buffer, byteOffset } = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
  const length = Math.floor(bytes.length / size);
  return size === 2 ? new Uint16Array(buffer, byteOffset, length) : new Uint32Array(buffer, byteOffset, length);
}

/** Neighbours are much alike, and a processor waits for a count that it has just written: two tables take turns. */
function counted(
  words: Uint8Array | Uint16Array | Uint32Array,
  shift: number,
  mask: number,
  sign: number,
): Uint32Array {
  const [counts, others] = [new Uint32Array(mask + 1), new Uint32Array(mask + 1)];
  for (let at = 0; at < words.length; at += 2) {
    const one = (((words[at] as number) >>> shift) & mask) ^ sign;
    counts[one] = (counts[one] as number) + 1;
    if (at + 1 === words.length) break;
    const other = (((words[at + 1] as number) >>> shift) & mask) ^ sign;
    others[other] = (others[other] as number) + 1;
  }
  for (let place = 0; place <= mask; place++) counts[place] = (counts[place] as number) + (others[place] as number);
  return counts;
}

function countFrom({ counts, first, last, valueAt }: Shades, value: number): number {
  let count = 0;
  for (let place = last; place >= first && valueAt(place) >= value; place--) count += counts[place] as number;
  return count;
}

function countTo({ counts, first, last, valueAt }: Shades, value: number): number {
  let count = 0;
  for (let place = first; place <= last && valueAt(place) <= value; place++) count += counts[place] as number;
  return count;
}

/** The writing of several views of one frame; undefined where there is none on any. */
function writingAlone(views: readonly Grey[]): Grey | undefined {
  const [{ width, height } = { width: 0, height: 0 }] = views;
  const isWritten = (lines: readonly InkLine[]) => lines.some(({ parts }) => parts >= LETTERS);
  if (!views.some((view) => isWritten(brightLines(view)) || standsAlone(view))) return undefined;
  // Closer, now that there may be some: a line is to be found whole.
  const found = views.map((view) => ({ view, lines: thinLines(view) }));
  if (!found.some(({ lines }) => isWritten(lines))) return undefined;
  const alone = new Uint8Array(width * height);
  for (const { view, lines } of found)
    for (const line of lines) {
      if (line.parts < FEW_LETTERS) continue;
      const { left, top, right, bottom } = roomy(line);
      for (let y = Math.max(0, top); y < Math.min(height, bottom); y++)
        for (let x = Math.max(0, left); x < Math.min(width, right); x++) {
          const at = y * width + x;
          alone[at] = Math.max(alone[at] as number, view.data[at] as number);
        }
    }
  return { width, height, data: alone };
}

/** How far above and below a line of writing there is nothing, where it stands beside a body, in pixels. */
const APART = 16;
const DARK = 24;
const LIGHT = 110;
/** Of every second row, so many pixels are no two letters of thin strokes. */
const FEW = 12;

/** Whether something light and no higher than a line of writing stands in the dark: small writing, whose strokes are too thin to reach the brightest shade. A quick look, at every second row. */
function standsAlone({ width, height, data }: Grey): boolean {
  let count = 0;
  for (let y = 0; y < height; y += 2) {
    const [above, below] = [(y - APART) * width, (y + APART) * width];
    for (let x = 0, at = y * width; x < width; x++, at++) {
      if ((data[at] as number) < LIGHT) continue;
      if (y >= APART && (data[above + x] as number) > DARK) continue;
      if (y + APART < height && (data[below + x] as number) > DARK) continue;
      if (++count >= FEW) return true;
    }
  }
  return false;
}

/** From the least value to the greatest. */
function stretched(values: Int32Array, least: number, greatest: number): Uint8Array {
  const scale = 255 / Math.max(1, greatest - least);
  const shades = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at++) shades[at] = ((values[at] as number) - least) * scale;
  return shades;
}
