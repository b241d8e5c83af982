import type { PageText } from '../../../../domain/ports.ts';
import type { PictureReader } from '../../format.ts';
import { type Grey, greyOf, inverted } from '../../ocr/grey.ts';
import { type InkLine, roomy, thinLines } from '../../ocr/ink.ts';
import type { DicomFile } from '../data-set.ts';
import type { Frames } from './frames.ts';
import { shown } from './shown.ts';

/** How much brighter, or darker, than on any frame that was read a pixel has to be for something new to be there. */
const APART = 36;
/** Letters side by side that are no chance. */
const LETTERS = 4;
/** Frames of a file that are read for what is new on them; of further ones the places alone are taken. */
const MOST_READ = 8;

type Reading = Pick<PageText, 'text' | 'places'>;

export interface Between {
  /** What is written on frames (from 0) between those that were read, and not on these. */
  readonly texts: readonly (Reading & { readonly frame: number })[];
  /** Nothing on them looks like writing that was not read already. */
  readonly plain: readonly number[];
  /** There was no time for them, or they could not be decoded. */
  readonly untested: readonly number[];
}

/**
 * Looks on the frames between those that were read for writing that comes late, goes early or moves: rows of letters where none of the frames that were read has anything as bright, or as dark. What is found is read alone, and covered where it stands if there is no time
 * for that. `told` hears how many it has looked at.
 */
export async function lookBetween(
  file: DicomFile,
  frames: Frames,
  looked: readonly number[],
  reader: PictureReader,
  told: (done: number) => void,
  unread: (lines: readonly InkLine[], picture: Grey) => Reading,
): Promise<Between> {
  const greyAt = (index: number): Grey | undefined => {
    const decoded = frames.frame(index);
    return decoded && greyOf(shown(file, frames.layout, decoded, index), true);
  };
  const known = new Set(looked);
  const found = { texts: [] as Between['texts'][number][], plain: [] as number[], untested: [] as number[] };
  const others = looked.flatMap((index) => greyAt(index) ?? []);
  const [brightest, darkest] = [around(others, Math.max), around(others, Math.min)];
  if (!brightest || !darkest) return { ...found, untested: betweenOf(frames, known) };
  const reference = [brightest, inverted(darkest)] as const;
  for (const [done, index] of betweenOf(frames, known).entries()) {
    told(done);
    const grey = reader.spent?.() ? undefined : greyAt(index);
    if (!grey) {
      found.untested.push(index);
      continue;
    }
    const fresh = [grey, inverted(grey)].flatMap((view, at) => written(view, reference[at] as Grey));
    if (fresh.length === 0) found.plain.push(index);
    for (const { picture, lines } of fresh) {
      const raster = { ...picture, channels: 1 as const };
      const reading = found.texts.length < MOST_READ ? await reader.read(raster) : undefined;
      found.texts.push({ ...(reading?.text.trim() ? reading : unread(lines, picture)), frame: index });
    }
  }
  return found;
}

const betweenOf = ({ layout }: Frames, known: ReadonlySet<number>): number[] =>
  Array.from({ length: layout.frames }, (_, index) => index).filter((index) => !known.has(index));

/** The rows of letters of a view that stand out from the reference, and they alone on black. */
function written(view: Grey, reference: Grey): { readonly picture: Grey; readonly lines: readonly InkLine[] }[] {
  const { width, height, data } = view;
  const fresh = new Uint8Array(data.length);
  let some = 0;
  for (let at = 0; at < data.length; at++)
    if ((data[at] as number) - (reference.data[at] as number) > APART) {
      fresh[at] = data[at] as number;
      some++;
    }
  if (some < LETTERS * LETTERS) return [];
  const lines = thinLines({ width, height, data: fresh }).filter(({ parts }) => parts >= LETTERS);
  if (lines.length === 0) return [];
  const alone = new Uint8Array(data.length);
  for (const line of lines) {
    const { left, top, right, bottom } = roomy(line);
    for (let y = Math.max(0, top); y < Math.min(height, bottom); y++)
      alone.set(
        fresh.subarray(y * width + Math.max(0, left), y * width + Math.min(width, right)),
        y * width + Math.max(0, left),
      );
  }
  return [{ picture: { width, height, data: alone }, lines }];
}

/** For each pixel the extreme of all pictures there and at its eight neighbours: edges shake a little from frame to frame. */
function around(pictures: readonly Grey[], extreme: (...of: number[]) => number): Grey | undefined {
  const [first, ...rest] = pictures;
  if (!first) return undefined;
  const { width, height } = first;
  const all = first.data.slice();
  for (const { data } of rest)
    for (let at = 0; at < all.length; at++) all[at] = extreme(all[at] as number, data[at] as number);
  const across = all.slice();
  for (let y = 0; y < height; y++)
    for (let x = 1; x + 1 < width; x++) {
      const at = y * width + x;
      across[at] = extreme(all[at - 1] as number, all[at] as number, all[at + 1] as number);
    }
  const down = across.slice();
  for (let at = width; at + width < down.length; at++)
    down[at] = extreme(across[at - width] as number, across[at] as number, across[at + width] as number);
  return { width, height, data: down };
}
