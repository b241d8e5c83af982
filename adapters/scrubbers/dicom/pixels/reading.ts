import { boxesOf } from '../../../../domain/boxes.ts';
import type { Box, PageText } from '../../../../domain/ports.ts';
import type { PictureReader, Raster } from '../../format.ts';
import { type Grey, greyOf } from '../../ocr/grey.ts';
import { type DicomFile, stringOf, tags } from '../data-set.ts';
import type { Frames } from './frames.ts';
import { shown } from './shown.ts';

const BURNED_IN = 0x00280301;
/** Slices and counts that a scanner computes: writing is on them only where a person or a program put it, which is looked for before any is read. */
const computed = new Set(['CT', 'MR', 'PT', 'NM', 'RTDOSE', 'SEG', 'RTIMAGE', 'M3D']);
/** Of the type of an image (PS3.3, C.7.6.1.1.2): made of others after the examination, or a picture of a screen. */
const drawn = /^[^\\]*\\SECONDARY|SCREEN|REPORT|CAPTURE|DOSE|VXTL/;
const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';

/** Whether writing is to be expected on a file's frames: then they are read. What the file itself says of that is believed only where it says so: it is seldom there, and often wrong. */
export function mayHoldWriting({ dataSet }: DicomFile): boolean {
  if (stringOf(dataSet, BURNED_IN) === 'YES') return true;
  if (stringOf(dataSet, tags.sopClass).startsWith(SECONDARY_CAPTURE)) return true;
  return !computed.has(stringOf(dataSet, tags.modality)) || drawn.test(stringOf(dataSet, tags.imageType));
}

const BODY_PART = 0x00180015;
const crossSections = new Set(['CT', 'MR', 'PT']);
const head = /HEAD|BRAIN|SKULL|FACE|SINUS|ORBIT|JAW|NECK|WHOLE ?BODY/;

/** Whether a file's frames are slices of a head, as it says itself: a face can be computed from them, which the Clean Recognizable Visual Features Option (PS3.15, E.3.2) would prevent and nothing here does. */
export function showsHead({ dataSet }: DicomFile): boolean {
  return crossSections.has(stringOf(dataSet, tags.modality)) && head.test(stringOf(dataSet, BODY_PART).toUpperCase());
}

const LOOKED_AT = 5;

/** Some of these frames, spread over them. */
export const someOf = (frames: readonly number[]): number[] =>
  sampled(frames.length).flatMap((index) => frames[index] ?? []);

/** Frames that are looked at: the first, the last and some between, since what a machine writes stands still. */
export function sampled(frames: number): number[] {
  if (frames <= LOOKED_AT) return Array.from({ length: frames }, (_, index) => index);
  return Array.from({ length: LOOKED_AT }, (_, index) => Math.round((index * (frames - 1)) / (LOOKED_AT - 1)));
}

export interface FramesRead {
  /** By frames from 0: what was read on each, less what stood in the same place on one before. */
  readonly texts: readonly (Omit<PageText, 'page' | 'source'> & { readonly frame: number })[];
  /** Frames that should have been read, and were not. */
  readonly unread: readonly number[];
}

/** Reads the writing on these of a file's frames. `alone` has the writing of those of which nothing else is to be read; where no time is left for that, `placed` gives the places of it, to be covered unread. */
export async function readFrames(
  file: DicomFile,
  frames: Frames,
  reader: PictureReader,
  told: (done: number, of: number) => void,
  looked: readonly number[],
  alone?: { readonly pictures: ReadonlyMap<number, Grey>; readonly placed: (picture: Raster) => Promise<Reading> },
): Promise<FramesRead> {
  const texts: FramesRead['texts'][number][] = [];
  const unread: number[] = [];
  const places: Float32Array[] = [];
  const pictures = looked.map((index) => {
    const own = alone?.pictures.get(index);
    if (own) return { ...own, channels: 1 as const };
    const decoded = reader.spent?.() ? undefined : frames.frame(index);
    return decoded && shown(file, frames.layout, decoded, index);
  });
  const greys = pictures.flatMap((picture) => (picture ? [greyOf(picture, true)] : []));
  for (const [done, index] of looked.entries()) {
    told(done, looked.length);
    const picture = pictures[done];
    const read = picture && (await reader.read(picture));
    if (!read) unread.push(index);
    const reading = read ?? (picture && (await alone?.placed(picture)));
    if (!picture || !reading) continue;
    const standing = greys.length > 2 ? withoutMoving(reading, greys, greyOf(picture, true)) : reading;
    const fresh = withoutSeen(standing, places);
    places.push(reading.places);
    if (fresh.text.trim() !== '') texts.push({ ...fresh, frame: index });
  }
  return { texts, unread };
}

type Reading = Pick<PageText, 'text' | 'places'>;

/** From so many letters and digits on a word is writing wherever it stands. */
const WORD = 3;
/** How alike the pixels of a place have to be on the frames for what is there to stand still. */
const ALIKE = 0.55;

/** Blanks what was read from tissue: short words and marks that are not there on most of the frames. What a machine writes stands still, or most of its letters do. */
function withoutMoving({ text, places }: Reading, greys: readonly Grey[], own: Grey): Reading {
  const said = text.replace(/\S+/gu, (word, at: number) => {
    if ((word.match(/[\p{Alpha}\p{N}]/gu)?.length ?? 0) >= WORD) return word;
    const box = boxesOf(places, at, at + word.length)[0];
    if (!box) return word;
    const others = greys.filter((grey) => grey !== own).map((grey) => likeness(own, grey, box));
    // One of them is the frame itself.
    const still = others.filter((one) => one >= ALIKE).length;
    return still > others.length / 2 ? word : ' '.repeat(word.length);
  });
  return { text: said, places };
}

/** How two frames' edges in a box correlate: 1 for the same, 0 for nothing in common; of two even areas 1. Edges tell writing from tissue, whose shades change slowly. */
function likeness(one: Grey, other: Grey, box: Box): number {
  const whole = (share: number, length: number) => Math.round(share * length);
  const [left, right] = [whole(box.left, one.width), whole(box.left + box.width, one.width)];
  const [top, bottom] = [whole(box.top, one.height), whole(box.top + box.height, one.height)];
  let [own, its, both] = [0, 0, 0];
  for (let y = top; y < bottom; y++)
    for (let at = y * one.width + left; at + 1 < y * one.width + right; at++) {
      const first = (one.data[at + 1] ?? 0) - (one.data[at] ?? 0);
      const second = (other.data[at + 1] ?? 0) - (other.data[at] ?? 0);
      own += first * first;
      its += second * second;
      both += first * second;
    }
  const area = Math.max(1, (right - left) * (bottom - top));
  return own < area && its < area ? 1 : both / Math.sqrt(Math.max(1, own) * Math.max(1, its));
}

/** Blanks words that lie where writing lay on a frame before. */
function withoutSeen({ text, places }: Reading, before: readonly Float32Array[]): Reading {
  const cells = new Set(before.flatMap((one) => [...cellsOf(one)]));
  if (cells.size === 0) return { text, places };
  let said = '';
  for (let at = 0; at < text.length; at++) {
    const [x = 0, y = 0, width = 0, height = 0] = places.subarray(at * 4, at * 4 + 4);
    const isSeen = width > 0 && covered(x, y, width, height, cells) > SEEN;
    said += isSeen ? ' ' : text.charAt(at);
  }
  return { text: said, places };
}

const GRID = 400;
/** Of a place, so much has to have been written on before for it to say nothing new. */
const SEEN = 0.95;

/** How much of a place lies in cells that are taken. */
function covered(x: number, y: number, width: number, height: number, cells: ReadonlySet<number>): number {
  let [all, taken] = [0, 0];
  for (let down = Math.floor(y * GRID); down <= (y + height) * GRID; down++)
    for (let across = Math.floor(x * GRID); across <= (x + width) * GRID; across++) {
      all++;
      if (cells.has(down * GRID + across)) taken++;
    }
  return taken / Math.max(1, all);
}

function* cellsOf(places: Float32Array): Generator<number> {
  for (let at = 0; at < places.length; at += 4) {
    const [x = 0, y = 0, width = 0, height = 0] = places.subarray(at, at + 4);
    if (width <= 0) continue;
    for (let down = Math.floor(y * GRID); down <= (y + height) * GRID; down++)
      for (let across = Math.floor(x * GRID); across <= (x + width) * GRID; across++) yield down * GRID + across;
  }
}
