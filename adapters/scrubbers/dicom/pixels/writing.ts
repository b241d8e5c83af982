import { type Grey, inverted } from '../../ocr/grey.ts';
import { BRIGHT, brightLines, roomy } from '../../ocr/ink.ts';
import type { DicomFile } from '../data-set.ts';
import type { Frames } from './frames.ts';
import { samplesOf, shown } from './shown.ts';

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
    const { width, height } = layout;
    const whole = { width, height, data: stretched(samplesOf(decoded.bytes, layout)) };
    const seen = { width, height, data: shown(file, layout, decoded, index).data };
    const alone = writingAlone([whole, inverted(whole), seen]);
    if (alone) tested.written.set(index, alone);
    else tested.plain.push(index);
  }
  return tested;
}

/** The writing of several views of one frame; undefined where there is none on any. */
function writingAlone(views: readonly Grey[]): Grey | undefined {
  const found = views.map((view) => ({ view, lines: linesOf(view) }));
  const [{ width, height } = { width: 0, height: 0 }] = views;
  if (!found.some(({ lines }) => lines.some(({ parts }) => parts >= LETTERS))) return undefined;
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

function linesOf(picture: Grey) {
  let bright = 0;
  for (const shade of picture.data) if (shade >= BRIGHT) bright++;
  return bright < LEAST || bright > MOST * picture.data.length ? [] : brightLines(picture);
}

/** From the least value to the greatest. */
function stretched(values: Int32Array): Uint8Array {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const scale = 255 / Math.max(1, greatest - least);
  const shades = new Uint8Array(values.length);
  for (let at = 0; at < values.length; at++) shades[at] = ((values[at] as number) - least) * scale;
  return shades;
}
