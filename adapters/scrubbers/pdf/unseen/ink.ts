import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import { Refusal } from '../../refusal.ts';
import { heap } from '../pdfium.ts';
import { type Letter, lettersOf } from '../surgery/letters.ts';
import { type Box, type OpenPage, overlap, type PageObject } from '../surgery/objects.ts';
import { lackShapes, lettersToGo } from './letters-unseen.ts';
import { collide, type Suspects } from './suspects.ts';

/** What a look at the picture told. */
export interface Verdict {
  /** Objects that change nothing that an eye can see. */
  readonly unseen: readonly PageObject[];
  /** Those of them, or of the partly seen ones, that lack nothing but a font. */
  readonly unpainted: ReadonlySet<PageObject>;
  /** Texts of which some letters are seen and others are not. */
  readonly partly: readonly Partly[];
  /** True when there was more to look at than a page may ask for. */
  readonly unfinished: boolean;
}

/** A text, its letters, and the indexes of those that nobody sees. */
export interface Partly {
  readonly object: PageObject;
  readonly letters: readonly Letter[];
  readonly gone: ReadonlySet<number>;
}

/** Part of a page as samples of four bytes; `left` and `top` are pixels of the whole page at `scale` pixels a point. */
export interface Region {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A step between two shades, of 255, that is ink: below it an eye does not read on. */
export const INK = 15;
/** Below this, two pictures are the same picture. */
export const NOISE = 3;
const BASE_SCALE = 100 / 72;
const BASE_PIXELS = 3_000_000;
const CLOSE_PIXELS = 1_200_000;
const CLOSE_HEIGHT = 22;
const MAX_SCALE = 7;
const MAX_CLOSE_LOOKS = 600;
/** Letters of which less is left than this cannot be read. */
const LEFT = 0.4;
/** No letter has ink on less than this share of its bounds: less are specks. */
const FEWEST = 0.04;

/**
 * Decides by ink: the page is drawn with and without the doubtful objects, and an object whose place looks the same both ways is unseen. Objects that stand on each other are taken away one
 * by one, from the bottom, each left out for good when that changes nothing, so that of two equal texts one stays. Unseen objects stay inactive in the open page.
 */
export function lookAtInk(
  lib: WrappedPdfiumModule,
  open: OpenPage,
  { outright, doubtful, covered }: Suspects,
): Verdict {
  const off = new Set(outright.keys());
  for (const { handle } of off) lib.FPDFPageObj_SetIsActive(handle, false);
  const unseen: PageObject[] = [];
  const partly: Partly[] = [];
  const unpainted = new Set<PageObject>();
  const note = (text: PageObject, gone: readonly Letter[]) => {
    if (lackShapes(lib, text, gone)) unpainted.add(text);
  };
  let looks = 0;
  const letters = lettersOf(
    lib,
    open,
    doubtful.filter(({ kind }) => kind === 'text'),
  );
  // Spaces are never seen, and give nothing away.
  const spaces = (object: PageObject) => letters.get(object)?.every(({ blank }) => blank) === true;
  const texts = doubtful.filter((object) => object.kind === 'text' && !spaces(object));
  const others = doubtful.filter(({ kind }) => kind !== 'text');
  const away = (object: PageObject) => {
    lib.FPDFPageObj_SetIsActive(object.handle, false);
    off.add(object);
    unseen.push(object);
    note(object, letters.get(object) ?? []);
  };
  for (const batch of [texts, others]) {
    if (batch.length === 0) continue;
    const inkFor = inkOf(lib, open, batch);
    for (const object of batch) {
      const places = letters.get(object) ?? [];
      const ink = inkFor(object);
      const first = ink ? judge(ink.steps, ink.region, object, places) : 'nothing';
      if (first === 'nothing') away(object);
      else if (
        first === 'all' &&
        !covered.has(object) &&
        !batch.some((other) => other !== object && collide(other, object))
      )
        continue;
      else if (++looks > MAX_CLOSE_LOOKS) continue;
      else {
        const verdict = lookCloser(lib, open, object, places, off, covered.has(object));
        if (verdict === 'nothing') away(object);
        else if (verdict !== 'all') {
          partly.push({ object, letters: places, gone: verdict });
          note(
            object,
            places.filter((_, at) => verdict.has(at)),
          );
        }
      }
    }
  }
  return { unseen, unpainted, partly, unfinished: looks > MAX_CLOSE_LOOKS };
}

/** Objects nearer than this (points) are drawn together: a drawing walks through all of a page, however small its region. */
const BAND_GAP = 72;
/** Letters may reach a little over the bounds of their text. */
const REACH = 8;

/** What some objects changed in the part of a page in which they stand. */
interface Ink {
  readonly region: Region;
  readonly steps: Uint8Array;
}

/** What a batch of objects changes, for each of them: they are all taken away at once, and only the bands of the page in which they stand are drawn, at a scale that bounds the memory of them all. */
function inkOf(
  lib: WrappedPdfiumModule,
  open: OpenPage,
  batch: readonly PageObject[],
): (object: PageObject) => Ink | undefined {
  const scale = Math.min(BASE_SCALE, Math.sqrt(BASE_PIXELS / Math.max(1, open.width * open.height)));
  const bands = bandsOf(open, batch).map(({ box, objects }) => ({ objects, region: regionOf(box, scale) }));
  const steps = differences(
    lib,
    open,
    bands.map(({ region }) => region),
    batch,
  );
  const inks = new Map<PageObject, Ink>();
  for (const [index, { objects, region }] of bands.entries())
    for (const object of objects) inks.set(object, { region, steps: steps[index] as Uint8Array });
  return (object) => inks.get(object);
}

interface Band {
  readonly box: Box;
  readonly objects: readonly PageObject[];
}

/** Objects by the height at which they stand on the page; those that stand beside it are left out. */
function bandsOf(open: OpenPage, batch: readonly PageObject[]): Band[] {
  const page = { left: 0, top: 0, right: open.width, bottom: open.height };
  const placed = batch.flatMap((object) => {
    const box = overlap(page, pad(object.box, REACH + object.strokeWidth / 2));
    return box ? [{ box, objects: [object] }] : [];
  });
  const bands: { box: Box; objects: PageObject[] }[] = [];
  for (const { box, objects } of placed.sort((one, other) => one.box.top - other.box.top)) {
    const last = bands.at(-1);
    if (!last || box.top - last.box.bottom >= BAND_GAP) bands.push({ box, objects });
    else {
      last.box = around(last.box, box);
      last.objects.push(...objects);
    }
  }
  return bands;
}

function around(one: Box, other: Box): Box {
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  };
}

function regionOf(box: Box, scale: number): Region {
  const left = Math.floor(box.left * scale);
  const top = Math.floor(box.top * scale);
  return {
    scale,
    left,
    top,
    width: Math.max(1, Math.ceil(box.right * scale) - left),
    height: Math.max(1, Math.ceil(box.bottom * scale) - top),
  };
}

function pixels(points: number, scale: number): number {
  return Math.max(1, Math.min(20_000, Math.round(points * scale)));
}

/** Draws a region of the page as it is now on opaque white, and lends it while `work` runs: `samples` gives it as it stands in the engine's memory, which moves whenever the engine does anything. */
function withDrawn<T>(
  lib: WrappedPdfiumModule,
  open: OpenPage,
  region: Region,
  work: (samples: () => Uint8Array) => T,
): T {
  const { width, height, scale } = region;
  const bitmap = lib.FPDFBitmap_Create(width, height, 0);
  if (bitmap === 0) throw new Refusal('memory');
  try {
    // Four bytes a pixel leave no gap between rows.
    if (lib.FPDFBitmap_GetStride(bitmap) !== width * 4) throw new Refusal('memory');
    lib.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
    const [across, down] = [pixels(open.width, scale), pixels(open.height, scale)];
    lib.FPDF_RenderPageBitmap(bitmap, open.page, -region.left, -region.top, across, down, 0, 0);
    const from = lib.FPDFBitmap_GetBuffer(bitmap);
    return work(() => heap(lib).subarray(from, from + width * height * 4));
  } finally {
    lib.FPDFBitmap_Destroy(bitmap);
  }
}

/** Draws a region of the page as it is now on opaque white. */
export function draw(lib: WrappedPdfiumModule, open: OpenPage, region: Region): Uint8Array {
  return withDrawn(lib, open, region, (samples) => samples().slice());
}

/** The largest step of any component, for each pixel. */
export function steps(one: Uint8Array, other: Uint8Array): Uint8Array {
  const out = new Uint8Array(one.length >> 2);
  eachStep(one, other, (pixel, step) => {
    out[pixel] = step;
  });
  return out;
}

/** Goes through the pixels in which two pictures (RGBA) differ, in their order, with the largest step of any component: of most there is nothing to tell. */
export function eachStep(one: Uint8Array, other: Uint8Array, tell: (pixel: number, step: number) => void): void {
  const a = new Uint32Array(one.buffer, one.byteOffset, one.length >> 2);
  const b = new Uint32Array(other.buffer, other.byteOffset, other.length >> 2);
  for (let pixel = 0; pixel < a.length; pixel++) {
    if (a[pixel] === b[pixel]) continue;
    const at = pixel * 4;
    const step = Math.max(
      Math.abs((one[at] as number) - (other[at] as number)),
      Math.abs((one[at + 1] as number) - (other[at + 1] as number)),
      Math.abs((one[at + 2] as number) - (other[at + 2] as number)),
    );
    tell(pixel, step);
  }
}

/** What some objects change in each region; they are active before and after. */
function differences(
  lib: WrappedPdfiumModule,
  open: OpenPage,
  regions: readonly Region[],
  objects: readonly PageObject[],
): Uint8Array[] {
  const show = (active: boolean) => {
    for (const { handle } of objects) lib.FPDFPageObj_SetIsActive(handle, active);
  };
  return regions.map((region) =>
    withDrawn(lib, open, region, (before) => {
      show(false);
      const changed = withDrawn(lib, open, region, (after) => steps(before(), after()));
      show(true);
      return changed;
    }),
  );
}

function difference(lib: WrappedPdfiumModule, open: OpenPage, region: Region, object: PageObject): Uint8Array {
  return differences(lib, open, [region], [object])[0] as Uint8Array;
}

type Seen = 'all' | 'part' | 'nothing';

/** Whether an object shows in a map of what it changed; letters count only when most of their breadth and height does. */
function judge(ink: Uint8Array, region: Region, object: PageObject, letters: readonly Letter[]): Seen | 'faint' {
  const whole = measure(ink, region, object.box);
  if (whole.strongest <= NOISE) return 'nothing';
  if (whole.strongest < INK) return 'faint';
  if (object.kind !== 'text' || letters.length === 0) return 'all';
  return letters.every(({ box, speaks }) => !speaks || spans(measure(ink, region, box), box, region.scale, 0.5))
    ? 'all'
    : 'part';
}

/** Looks at one object alone, enlarged. A letter is seen when enough of the ink that it has alone on white is there on the page too. */
function lookCloser(
  lib: WrappedPdfiumModule,
  open: OpenPage,
  object: PageObject,
  letters: readonly Letter[],
  off: ReadonlySet<PageObject>,
  slivers: boolean,
): 'all' | 'nothing' | ReadonlySet<number> {
  const region = closeUp(open, object, letters);
  if (!region) return 'nothing';
  const ink = difference(lib, open, region, object);
  const verdict = judge(ink, region, object, letters);
  if (verdict === 'nothing' || verdict === 'faint') return 'nothing';
  if (verdict === 'all' && (!slivers || letters.length === 0)) return 'all';
  const alone = inkAlone(lib, open, region, object, off);
  const speaking = letters.filter(({ speaks }) => speaks);
  const halved = new Set<Letter>();
  const seen = speaking.filter((letter) => {
    const { box } = letter;
    const here = measure(ink, region, box);
    if (here.count < FEWEST * (box.right - box.left) * (box.bottom - box.top) * region.scale ** 2) return false;
    if (here.count === 0) return false;
    if (!slivers) halved.add(letter);
    if (!slivers && spans(here, box, region.scale, 0.5)) return true;
    const full = measure(alone, region, box);
    return full.count > 0 ? here.count >= LEFT * full.count : spans(here, box, region.scale, LEFT);
  });
  if (seen.length === speaking.length) return 'all';
  if (seen.length === 0) return 'nothing';
  const visible = new Set(seen);
  const gone = lettersToGo(letters, new Set(speaking.filter((letter) => !visible.has(letter))), halved);
  return gone.size === 0 ? 'all' : gone;
}

/** The region of a page in which an object can show; undefined when it is outside of the page. */
function closeUp(open: OpenPage, object: PageObject, letters: readonly Letter[]): Region | undefined {
  const visible = object.clip ? overlap(object.clip, object.box) : object.box;
  const page = { left: 0, top: 0, right: open.width, bottom: open.height };
  const box = visible && overlap(page, pad(visible, 1));
  if (!box) return undefined;
  const heights = letters.map((letter) => letter.box.bottom - letter.box.top).filter((height) => height > 0.2);
  const height = heights.length > 0 ? Math.min(...heights) : box.bottom - box.top;
  const area = (box.right - box.left) * (box.bottom - box.top);
  const scale = Math.min(
    Math.max(BASE_SCALE, CLOSE_HEIGHT / Math.max(0.5, height)),
    MAX_SCALE,
    Math.sqrt(CLOSE_PIXELS / Math.max(1, area)),
  );
  return regionOf(box, scale);
}

function inkAlone(
  lib: WrappedPdfiumModule,
  open: OpenPage,
  region: Region,
  object: PageObject,
  off: ReadonlySet<PageObject>,
): Uint8Array {
  const around = new Set<PageObject>();
  for (let form = object.parent; form; form = form.parent) around.add(form);
  const rest = open.objects.filter((other) => other !== object && !around.has(other) && !off.has(other));
  for (const { handle } of rest) lib.FPDFPageObj_SetIsActive(handle, false);
  const ink = difference(lib, open, region, object);
  for (const { handle } of rest) lib.FPDFPageObj_SetIsActive(handle, true);
  return ink;
}

interface Measured {
  readonly strongest: number;
  /** Pixels of ink, and how far they reach. */
  readonly count: number;
  readonly across: number;
  readonly down: number;
}

function measure(ink: Uint8Array, region: Region, box: Box): Measured {
  const { scale, width, height } = region;
  const from = Math.max(0, Math.floor(box.left * scale) - region.left);
  const to = Math.min(width, Math.ceil(box.right * scale) - region.left);
  const high = Math.max(0, Math.floor(box.top * scale) - region.top);
  const low = Math.min(height, Math.ceil(box.bottom * scale) - region.top);
  let [strongest, count, left, right, top, bottom] = [0, 0, width, -1, height, -1];
  for (let y = high; y < low; y++)
    for (let x = from; x < to; x++) {
      const step = ink[y * width + x] as number;
      if (step > strongest) strongest = step;
      if (step < INK) continue;
      count++;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  return { strongest, count, across: Math.max(0, right - left + 1), down: Math.max(0, bottom - top + 1) };
}

/** Whether ink reaches over this share of a letter's box in both directions; a pixel more or less is the edge's. */
function spans(ink: Measured, box: Box, scale: number, share: number): boolean {
  const enough = (reach: number, side: number) => reach > 0 && reach + 1 >= share * side * scale;
  return enough(ink.across, box.right - box.left) && enough(ink.down, box.bottom - box.top);
}

function pad(box: Box, by: number): Box {
  return { left: box.left - by, top: box.top - by, right: box.right + by, bottom: box.bottom + by };
}
