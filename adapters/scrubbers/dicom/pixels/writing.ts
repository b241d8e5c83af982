import { type Grey, inverted } from '../../ocr/grey.ts';
import { brightLines, type InkLine, writingAlone as inkAlone, sidewaysLines, thinLines } from '../../ocr/ink.ts';
import type { DicomFile } from '../data-set.ts';
import type { Decoded } from './codecs.ts';
import { darkStrokes } from './dark.ts';
import type { Frames } from './frames.ts';
import type { Layout } from './layout.ts';
import { shadesOf } from './shades.ts';
import { shadedBy, shown, whiteFrom } from './shown.ts';

/** Of a frame's pixels, more at the end of its range are a thing that was measured; fewer than these are no four letters. */
const MOST = 0.06;
const LEAST = 24;
/** Letters side by side that are no chance; where there are such, fewer are writing too. */
const LETTERS = 4;
const FEW_LETTERS = 2;
/** Frames of one file, spread over it, that are tested however long that takes; the others while there is time: some decoders take their own for each. */
const SPREAD = 64;
const TIME_MS = 10_000;

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
 * Looks whether anything on the frames that a scanner computed looks like writing: rows of letters at an end of the range of what is stored, as white as the file's own window shows anything, or as dark as anything over something lighter. Programs write that way; tissue has noise, and bones and metal no
 * rows. It reads nothing, and takes a few milliseconds for a frame. `told` hears how many it has looked at.
 */
export function testedFrames(file: DicomFile, frames: Frames, told: (done: number, of: number) => void): Tested {
  const { layout } = frames;
  const step = Math.max(1, layout.frames / SPREAD);
  const spread = new Set(
    Array.from({ length: Math.min(layout.frames, SPREAD) }, (_, index) => Math.floor(index * step)),
  );
  const end = performance.now() + TIME_MS;
  const tested = { written: new Map<number, Grey>(), plain: [] as number[], untested: [] as number[] };
  const others = Array.from({ length: layout.frames }, (_, index) => index).filter((index) => !spread.has(index));
  for (const [done, index] of [...spread, ...others].entries()) {
    told(done, layout.frames);
    const decoded = spread.has(index) || performance.now() < end ? frames.frame(index) : undefined;
    const alone = decoded && writingAlone(viewsOf(file, layout, decoded, index));
    if (alone) tested.written.set(index, alone);
    else (decoded ? tested.plain : tested.untested).push(index);
  }
  const upwards = (one: number, other: number) => one - other;
  return {
    written: new Map([...tested.written].sort(([one], [other]) => one - other)),
    plain: tested.plain.sort(upwards),
    untested: tested.untested.sort(upwards),
  };
}

/** The views of a frame on which writing could stand: those with neither too much nor too little at their bright end. Most frames have none, and nothing more is done with them. */
function viewsOf(file: DicomFile, layout: Layout, decoded: Decoded, index: number): Grey[] {
  const { width, height } = layout;
  const shades = shadesOf(decoded.bytes, layout);
  const { least, greatest } = shades;
  const [low, high] = [0.02, 0.98].map((share) => least + share * (greatest - least)) as [number, number];
  const white = decoded.photometric === 'MONOCHROME1' ? undefined : whiteFrom(file, index);
  const most = MOST * width * height;
  const isFew = (count: number) => count >= LEAST && count <= most;
  const grey = (data: Uint8Array): Grey => ({ width, height, data });
  const dark = darkStrokes(decoded.bytes, layout, shades);
  const whole = () => grey(stretched(decoded.bytes, layout, least, greatest));
  return [
    ...(isFew(shades.countFrom(high, most)) ? [whole()] : []),
    ...(isFew(shades.countTo(low, most)) ? [inverted(whole())] : []),
    ...(white !== undefined && isFew(shades.countFrom(white, most))
      ? [grey(shown(file, layout, decoded, index).data)]
      : []),
    ...(dark ? [dark] : []),
  ];
}

/** The writing of several views of one frame; undefined where there is none on any. */
function writingAlone(views: readonly Grey[]): Grey | undefined {
  const [{ width, height } = { width: 0, height: 0 }] = views;
  const isWritten = (lines: readonly InkLine[]) => lines.some(({ parts }) => parts >= LETTERS);
  const across = views.some((view) => isWritten(brightLines(view)) || standsAlone(view, true));
  const upwards = views.some((view) => standsAlone(view, false));
  if (!across && !upwards) return undefined;
  // Closer, now that there may be some: a line is to be found whole, and is taken from the view in which it is the clearest.
  const found = views
    .flatMap((view) =>
      [...(across ? thinLines(view) : []), ...(upwards ? sidewaysLines(view) : [])].map((line) => ({ view, line })),
    )
    .filter(({ line }) => line.parts >= FEW_LETTERS)
    .sort((one, other) => clearness(other.line) - clearness(one.line));
  if (!isWritten(found.map(({ line }) => line))) return undefined;
  const clearest = found.filter(({ line }, index) => !found.slice(0, index).some((other) => isIn(line, other.line)));
  const alone = new Uint8Array(width * height);
  for (const view of views) {
    const own = clearest.flatMap((one) => (one.view === view ? [one.line] : []));
    const { data } = inkAlone(view, own);
    for (let at = 0; at < alone.length; at++) alone[at] = Math.max(alone[at] as number, 255 - (data[at] as number));
  }
  return { width, height, data: alone };
}

const clearness = ({ ink, ground }: InkLine) => Math.abs(ink - ground);

/** Whether nearly all of a line lies within another one. */
function isIn(one: InkLine, other: InkLine): boolean {
  const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  const area = (one.right - one.left) * (one.bottom - one.top);
  return across > 0 && down > 0 && across * down > 0.8 * area;
}

/** How far above and below a line of writing there is nothing, where it stands beside a body, in pixels. */
const APART = 16;
const DARK = 24;
const LIGHT = 110;
/** Of every second row, so many pixels are no two letters of thin strokes. */
const FEW = 12;

/** Whether something light stands in the dark that is no higher than a line of writing, or, written from below or above, no wider: small writing, whose strokes are too thin to reach the brightest shade. A quick look, at every second row. */
function standsAlone({ width, height, data }: Grey, across: boolean): boolean {
  // Beyond the picture there is nothing.
  const isDark = (at: number, isWithin: boolean) => !isWithin || (data[at] as number) <= DARK;
  const apart = across ? APART * width : APART;
  let count = 0;
  for (let y = 0; y < height; y += 2) {
    const [hasAbove, hasBelow] = [y >= APART, y + APART < height];
    for (let x = 0, at = y * width; x < width; x++, at++) {
      if ((data[at] as number) < LIGHT) continue;
      if (!isDark(at - apart, across ? hasAbove : x >= APART)) continue;
      if (isDark(at + apart, across ? hasBelow : x + APART < width) && ++count >= FEW) return true;
    }
  }
  return false;
}

/** From the least value to the greatest. */
function stretched(bytes: Uint8Array, layout: Layout, least: number, greatest: number): Uint8Array {
  const scale = 255 / Math.max(1, greatest - least);
  return shadedBy(bytes, layout, (value) => (value - least) * scale);
}
