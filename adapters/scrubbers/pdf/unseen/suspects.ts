import { areaOf, type Box, type Colour, overlap, type PageObject } from '../surgery/objects.ts';

/** Why an object is unseen whatever is painted around it. */
export type Outright = 'off-page' | 'tiny' | 'clipped';

export interface Suspects {
  /** Unseen by their place or size alone. */
  readonly outright: ReadonlyMap<PageObject, Outright>;
  /** Texts, drawings and pictures that may be unseen wholly or in part: only a look at the picture tells. */
  readonly doubtful: readonly PageObject[];
  /** Pictures of which a part is cropped, clipped or painted over. */
  readonly cut: readonly PageObject[];
  /** Texts with something painted over a good part of them: slivers of their letters do not count. */
  readonly covered: ReadonlySet<PageObject>;
}

/** Points as shown: what is smaller cannot be read on paper. Pages that are tiny themselves are shown larger. */
const READABLE = 1.5;
const SMALLEST_SHARE = 1 / 200;
/** Thinner paint (a rule) cannot hide a part of a picture that says something. */
const THIN = 1.6;
/** Two paints nearer than this, of 1, cannot be told from each other beyond doubt. */
const CLEAR_CONTRAST = 0.35;
const DARK = 0.55;
const OPAQUE = 200;
/** More than this share of a text under later paint, and slivers of it may show. */
const COVERED = 0.25;
const CELLS = 24;

/**
 * Sorts what a page paints into what is certainly seen, what is certainly not, and what must be looked at. Certainly seen is a text in a dark colour that is opaque, inside
 * of the page and of every clip, large enough, painted on nothing of a like shade, and with nothing painted over it; pictures are never certain, drawings are unless they
 * have many segments and are light, clipped or covered. `patterns`: the page paints with patterns, whose shades PDFium does not tell.
 */
export function findSuspects(
  objects: readonly PageObject[],
  width: number,
  height: number,
  patterns: boolean,
): Suspects {
  const page: Box = { left: 0, top: 0, right: width, bottom: height };
  const smallest = Math.min(READABLE, Math.max(width, height) * SMALLEST_SHARE);
  const order = new Map(objects.map((object, index) => [object, index]));
  const areas = gridOf(objects.filter(hasArea), page);
  const texts = gridOf(
    objects.filter(({ kind }) => kind === 'text'),
    page,
  );
  const textClips = objects.some(({ mode }) => mode >= 4);
  const outright = new Map<PageObject, Outright>();
  const doubtful: PageObject[] = [];
  const cut: PageObject[] = [];
  const covered = new Set<PageObject>();
  const at = (object: PageObject) => order.get(object) ?? 0;

  for (const object of objects) {
    if (object.kind === 'form' || object.kind === 'shading') continue;
    const reason = hiddenByPlace(object, page, smallest);
    if (reason) {
      outright.set(object, reason);
      continue;
    }
    const inside = contains(page, object.box) && (!object.clip || contains(object.clip, object.box));
    const plain = inside && !object.oddClip && !object.transparent && !textClips;
    if (object.kind === 'image') {
      const over = areas.at(object.box).some((other) => at(other) > at(object) && covers(other, object));
      if (!inside || object.oddClip || over) cut.push(object);
      doubtful.push(object);
      continue;
    }
    if (object.kind === 'path') {
      if (object.segments <= 6) continue;
      const light = !isDark(object.fill) && !isDark(object.stroke);
      const over = areas.at(object.box).some((other) => at(other) > at(object) && mostlyCovers(other, object));
      if (light || over || object.transparent || hasOutside(object, page)) doubtful.push(object);
      continue;
    }
    const around = areas.at(object.box);
    const over = around.filter((other) => at(other) > at(object));
    if (sum(over.map((other) => areaOver(other, object))) > COVERED * areaOf(object.box)) covered.add(object);
    const certain =
      plain &&
      !isFlat(object.box) &&
      (isDark(object.fill) || isDark(object.stroke)) &&
      surelyPlain(object.mode) &&
      around.every((other) => leavesAlone(other, object, at(other) < at(object), patterns)) &&
      !texts.at(object.box).some((other) => other !== object && collide(other, object));
    if (!certain) doubtful.push(object);
  }
  return { outright, doubtful, cut, covered };
}

/** True when two texts stand on each other, so that the ink of one is no proof of the other's. */
export function collide(one: PageObject, other: PageObject): boolean {
  const shared = areaOf(overlap(one.box, other.box));
  return shared > 0 && shared > 0.25 * Math.min(areaOf(one.box), areaOf(other.box));
}

function hiddenByPlace(object: PageObject, page: Box, smallest: number): Outright | undefined {
  const { box, clip, kind } = object;
  const pad = (object.strokeWidth || 0) / 2;
  if (box.right + pad <= page.left || box.left - pad >= page.right) return 'off-page';
  if (box.bottom + pad <= page.top || box.top - pad >= page.bottom) return 'off-page';
  if (clip && !touches(clip, box, pad)) return 'clipped';
  if (clip && !touches(clip, page, 0)) return 'off-page';
  const thin = Math.min(box.right - box.left, box.bottom - box.top);
  if (kind === 'text' && object.size <= smallest && thin <= smallest && areaOf(box) > 0) return 'tiny';
  if (kind === 'image' && (thin < 0.02 || Math.max(box.right - box.left, box.bottom - box.top) <= smallest))
    return 'tiny';
  return undefined;
}

function touches(one: Box, other: Box, pad: number): boolean {
  return (
    one.left < other.right + pad &&
    other.left - pad < one.right &&
    one.top < other.bottom + pad &&
    other.top - pad < one.bottom
  );
}

function contains(outer: Box, inner: Box): boolean {
  const slack = 0.6;
  return (
    inner.left >= outer.left - slack &&
    inner.right <= outer.right + slack &&
    inner.top >= outer.top - slack &&
    inner.bottom <= outer.bottom + slack
  );
}

function hasOutside(object: PageObject, page: Box): boolean {
  return !contains(page, object.box);
}

/** No height or no breadth: the bounds of spaces, and of letters without a shape. */
export function isFlat(box: Box): boolean {
  return box.right - box.left < 0.1 || box.bottom - box.top < 0.1;
}

/** Paints a surface, so that it can hide what is under it or be too like what is on it. */
function hasArea(object: PageObject): boolean {
  return object.kind === 'image' || object.kind === 'shading' || object.kind === 'path';
}

function surelyPlain(mode: number): boolean {
  return mode === 0 || mode === 2;
}

/** The part of a text's height that a rule under it, or around it, does not touch. */
const CORE = 0.2;

/** Whether a paint does nothing to a text beyond doubt: it misses the middle of its letters, or it lies under them in a shade that they are clear on. */
function leavesAlone(other: PageObject, text: PageObject, under: boolean, patterns: boolean): boolean {
  const part = visiblePart(other);
  const inset = (text.box.bottom - text.box.top) * CORE;
  const core = { ...text.box, top: text.box.top + inset, bottom: text.box.bottom - inset };
  const pad = other.stroke ? other.strokeWidth / 2 : 0;
  if (!part || !touches(part, core, pad)) return true;
  const frames = other.kind === 'path' && other.fill === undefined && other.segments <= 6 && !other.oddClip;
  if (frames && contains(inner(other.box, other.strokeWidth + 0.6), core)) return true;
  return under && contrasts(other, text, patterns);
}

function inner(box: Box, by: number): Box {
  return { left: box.left + by, right: box.right - by, top: box.top + by, bottom: box.bottom - by };
}

function visiblePart(object: PageObject): Box | undefined {
  return object.clip ? overlap(object.box, object.clip) : object.box;
}

function covers(over: PageObject, under: PageObject): boolean {
  if (over.kind === 'path' && over.fill === undefined && over.strokeWidth <= THIN) return false;
  const part = visiblePart(over);
  const shared = part && overlap(part, under.box);
  return shared !== undefined && Math.min(shared.right - shared.left, shared.bottom - shared.top) > THIN;
}

function areaOver(over: PageObject, text: PageObject): number {
  const pad = over.stroke ? over.strokeWidth / 2 : 0;
  const frame = over.kind === 'path' && over.fill === undefined && over.segments > 2 && over.segments <= 6;
  const part = visiblePart(over);
  return part && !frame ? areaOf(overlap(inner(part, -pad), text.box)) : 0;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function mostlyCovers(over: PageObject, under: PageObject): boolean {
  const part = visiblePart(over);
  return part !== undefined && areaOf(overlap(part, under.box)) > 0.6 * areaOf(under.box);
}

/** Whether a text in its colour is clear on an area painted before it. */
function contrasts(under: PageObject, text: PageObject, patterns: boolean): boolean {
  if (under.kind !== 'path' || under.transparent || under.oddClip) return false;
  const shades = [under.fill, under.stroke].filter((colour) => colour !== undefined).map(lightness);
  const own = Math.min(...[text.fill, text.stroke].filter((colour) => colour !== undefined).map(lightness));
  return shades.every((shade) => shade - own > CLEAR_CONTRAST) && !(patterns && shades.some(isUntold));
}

function isDark(colour: Colour | undefined): boolean {
  return colour !== undefined && colour.alpha >= OPAQUE && lightness(colour) <= DARK;
}

/** What PDFium gives for a pattern: white, or a grey of its own. */
function isUntold(shade: number): boolean {
  return shade > 0.99 || Math.abs(shade - 191 / 255) < 0.01;
}

function lightness({ red, green, blue }: Colour): number {
  return (0.3 * red + 0.59 * green + 0.11 * blue) / 255;
}

interface Grid {
  /** The objects whose bounds may touch a box. */
  at(box: Box): readonly PageObject[];
}

function gridOf(objects: readonly PageObject[], page: Box): Grid {
  const cells = new Map<number, PageObject[]>();
  const everywhere: PageObject[] = [];
  const column = (x: number) => clamp(Math.floor((x / Math.max(1, page.right)) * CELLS));
  const row = (y: number) => clamp(Math.floor((y / Math.max(1, page.bottom)) * CELLS));
  const each = (box: Box, visit: (cell: number) => void) => {
    for (let y = row(box.top); y <= row(box.bottom); y++)
      for (let x = column(box.left); x <= column(box.right); x++) visit(y * CELLS + x);
  };
  for (const object of objects) {
    const { box } = object;
    const wide = (column(box.right) - column(box.left) + 1) * (row(box.bottom) - row(box.top) + 1);
    if (wide > (CELLS * CELLS) / 4) everywhere.push(object);
    else
      each(box, (cell) => {
        const list = cells.get(cell);
        if (list) list.push(object);
        else cells.set(cell, [object]);
      });
  }
  return {
    at: (box) => {
      const found = new Set<PageObject>();
      each(box, (cell) => {
        for (const object of cells.get(cell) ?? []) if (touches(object.box, box, 0)) found.add(object);
      });
      for (const object of everywhere) if (touches(object.box, box, 0)) found.add(object);
      return [...found];
    },
  };
}

function clamp(cell: number): number {
  return Math.min(CELLS - 1, Math.max(0, Number.isFinite(cell) ? cell : 0));
}
