import type { ShadesHead, ShadeWindow } from '../../../../../domain/shades.ts';

/** Named windows: the file's own, all shades, the ends of them in which writing may hide, and those that radiologists name (Hounsfield's units). */
const named = {
  soft: { center: 40, width: 400 },
  lung: { center: -600, width: 1500 },
  bone: { center: 400, width: 1800 },
  brain: { center: 40, width: 80 },
} as const;

const everywhere = ['file', 'all', 'dark', 'bright'] as const;
export type Preset = (typeof everywhere)[number] | keyof typeof named;
/** How the frames of a series are shown. What is removed does not depend on it. */
export type Lighting = Preset | ShadeWindow;

type Head = Pick<ShadesHead, 'least' | 'step' | 'most' | 'inverse' | 'window' | 'hounsfield'>;

/** The presets that mean something for a frame. */
export const presetsOf = ({ hounsfield }: Pick<Head, 'hounsfield'>): readonly Preset[] =>
  hounsfield ? [...everywhere, ...(Object.keys(named) as (keyof typeof named)[])] : everywhere;

/** From the least to the greatest shade that a frame has. */
function rangeOf({ least, step, most }: Head): readonly [low: number, high: number] {
  const last = least + step * most;
  return last < least ? [last, least] : [least, last === least ? least + 1 : last];
}

/** An end of the range: this share of it. */
const END = 0.06;

/** The window that a frame is shown through. */
export function windowFor(head: Head, lighting: Lighting): ShadeWindow {
  if (typeof lighting !== 'string') return lighting;
  const [low, high] = rangeOf(head);
  const width = high - low;
  const end = { width: width * END, low: low + (width * END) / 2, high: high - (width * END) / 2 };
  switch (lighting) {
    case 'file':
      return head.window;
    case 'all':
      return { center: (low + high) / 2, width };
    case 'dark':
      return { center: head.inverse ? end.high : end.low, width: end.width };
    case 'bright':
      return { center: head.inverse ? end.low : end.high, width: end.width };
    default:
      return named[lighting];
  }
}

/** A drag over so many pixels, as a share of the whole range. */
const PIXELS = 300;
const NARROWEST = 0.002;

/** The window after a drag: to the right wider (softer), upwards brighter. */
export function draggedWindow(head: Head, from: ShadeWindow, across: number, down: number): ShadeWindow {
  const [low, high] = rangeOf(head);
  const range = high - low;
  const brighter = head.inverse ? -down : down;
  return {
    width: Math.min(range * 4, Math.max(range * NARROWEST, from.width * Math.exp(across / (PIXELS / 2)))),
    // A narrow window moves in smaller steps.
    center: from.center + (brighter * Math.max(from.width, range * NARROWEST)) / PIXELS,
  };
}

const WIDEST = 2;
const STEEP = 0.004;

/** A window as two sliders show it, each 0 to 1: the contrast, by which it narrows, and the brightness. */
export function slidersOf(head: Head, { center, width }: ShadeWindow): { contrast: number; brightness: number } {
  const [low, high] = rangeOf(head);
  const range = high - low;
  const share = (center - low) / range;
  const within = (value: number) => Math.min(1, Math.max(0, value));
  return {
    contrast: within(Math.log(width / (range * WIDEST)) / Math.log(STEEP)),
    brightness: within(head.inverse ? share : 1 - share),
  };
}

/** The window that two sliders mean. */
export function ofSliders(head: Head, { contrast, brightness }: { contrast: number; brightness: number }): ShadeWindow {
  const [low, high] = rangeOf(head);
  const range = high - low;
  return {
    width: range * WIDEST * STEEP ** contrast,
    center: low + range * (head.inverse ? brightness : 1 - brightness),
  };
}
