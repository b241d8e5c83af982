import type { Box } from '../../../../../domain/ports.ts';

/** A place on a page, as shares of its width and height. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The smallest side of a box, as a share of the page. */
const least = 0.004;
const within = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** The box between two points, cut to the page. */
export function spanned(one: Point, other: Point): Box {
  const [left, right] = [one.x, other.x].map((x) => within(x, 0, 1)).sort((a, b) => a - b) as [number, number];
  const [top, bottom] = [one.y, other.y].map((y) => within(y, 0, 1)).sort((a, b) => a - b) as [number, number];
  return { left, top, width: right - left, height: bottom - top };
}

/** Says whether a box is large enough to have been meant. */
export function isMeant({ width, height }: Box): boolean {
  return width >= least && height >= least;
}

/** The box moved by shares of the page; it stays on the page. */
export function moved(box: Box, x: number, y: number): Box {
  return { ...box, left: within(box.left + x, 0, 1 - box.width), top: within(box.top + y, 0, 1 - box.height) };
}

/** The box made wider and higher (or narrower and lower) at its right and lower side; it stays on the page. */
export function sized(box: Box, x: number, y: number): Box {
  const width = within(box.width + x, least * 2, Math.max(least * 2, 1 - box.left));
  const height = within(box.height + y, least * 2, Math.max(least * 2, 1 - box.top));
  return moved({ ...box, width, height }, 0, 0);
}

export const corners = ['left top', 'right top', 'left bottom', 'right bottom'] as const;
export type Corner = (typeof corners)[number];

/** The box with one of its corners moved by shares of the page: the opposite corner stays, and no side becomes less than what can be meant. */
export function stretched(box: Box, corner: Corner, x: number, y: number): Box {
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  const from = {
    x: corner.startsWith('left') ? within(box.left + x, 0, right - least) : within(right + x, box.left + least, 1),
    y: corner.endsWith('top') ? within(box.top + y, 0, bottom - least) : within(bottom + y, box.top + least, 1),
  };
  return spanned(from, {
    x: corner.startsWith('left') ? right : box.left,
    y: corner.endsWith('top') ? bottom : box.top,
  });
}

/** Says whether the middle of the first box lies in the second. */
export function isCovered(box: Box, by: Box): boolean {
  const x = box.left + box.width / 2;
  const y = box.top + box.height / 2;
  return x >= by.left && x <= by.left + by.width && y >= by.top && y <= by.top + by.height;
}

/** How far a point is from a rectangle, both in the same unit; 0 inside of it. */
export function distance(
  { x, y }: Point,
  { left, top, right, bottom }: Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'>,
): number {
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
}
