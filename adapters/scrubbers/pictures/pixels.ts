import type { Box } from '../../../domain/ports.ts';

/** A page of pixels as it is seen: grey or red, green, blue, without transparency; rows from the top without padding. 16 bits a sample where `data` is a Uint16Array. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array | Uint16Array;
}

/** A rectangle in whole pixels, right and bottom excluded. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** How far a box is widened, as a share of its height: readers cut close, and a picture's compression smears. */
const MARGIN = 0.2;
const LEAST_MARGIN = 3;

/** The pixels that a box covers, with a little room around it, within the picture. */
export function areaOf(
  { left, top, width, height }: Box,
  size: { readonly width: number; readonly height: number },
): Area {
  const margin = LEAST_MARGIN + MARGIN * Math.min(height * size.height, width * size.width);
  const within = (value: number, most: number) => Math.max(0, Math.min(most, value));
  return {
    left: within(Math.floor(left * size.width - margin), size.width),
    top: within(Math.floor(top * size.height - margin), size.height),
    right: within(Math.ceil((left + width) * size.width + margin), size.width),
    bottom: within(Math.ceil((top + height) * size.height + margin), size.height),
  };
}

/** Paints areas black, in place. */
export function blacken({ width, channels, data }: Pixels, areas: readonly Area[]): void {
  for (const { left, top, right, bottom } of areas)
    for (let y = top; y < bottom; y++)
      data.fill(0, (y * width + left) * channels, (y * width + Math.max(left, right)) * channels);
}

/** Whether every sample of the areas is at most so bright. */
export function isBlack({ width, channels, data }: Pixels, areas: readonly Area[], most: number): boolean {
  return areas.every(({ left, top, right, bottom }) => {
    for (let y = top; y < bottom; y++)
      for (let at = (y * width + left) * channels; at < (y * width + right) * channels; at++)
        if ((data[at] as number) > most) return false;
    return true;
  });
}

/** The mean difference of samples outside of the areas, and the largest; both 0 for the same pictures. Infinite where sizes differ. */
export function difference(
  one: Pixels,
  other: Pixels,
  areas: readonly Area[],
): { readonly mean: number; readonly most: number } {
  if (one.width !== other.width || one.height !== other.height || one.channels !== other.channels)
    return { mean: Number.POSITIVE_INFINITY, most: Number.POSITIVE_INFINITY };
  const [a, b] = [one.data, other.data];
  let sum = 0;
  let count = 0;
  let most = 0;
  for (let y = 0; y < one.height; y++)
    for (const [from, to] of uncovered(areas, y, one.width)) {
      const end = (y * one.width + to) * one.channels;
      const begin = (y * one.width + from) * one.channels;
      for (let at = begin; at < end; at++) {
        const apart = Math.abs((a[at] as number) - (b[at] as number));
        sum += apart;
        if (apart > most) most = apart;
      }
      count += end - begin;
    }
  return { mean: count === 0 ? 0 : sum / count, most };
}

/** The parts of a row that no area covers, from left to right. */
function uncovered(areas: readonly Area[], y: number, width: number): (readonly [number, number])[] {
  const across = areas.filter(({ top, bottom }) => y >= top && y < bottom).sort((one, other) => one.left - other.left);
  const parts: (readonly [number, number])[] = [];
  let from = 0;
  for (const { left, right } of across) {
    if (left > from) parts.push([from, left]);
    from = Math.max(from, right);
  }
  if (from < width) parts.push([from, width]);
  return parts;
}
