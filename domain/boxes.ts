import type { Box } from './ports.ts';

/**
 * The boxes of a piece of a page's text, one for each line: units that stand beside each other on the same height make one. `places` as in PageText, `start` and `end` in
 * UTF-16 units; units that stand nowhere are passed over.
 */
export function boxesOf(places: Float32Array, start: number, end: number): Box[] {
  const boxes: { left: number; top: number; right: number; bottom: number }[] = [];
  for (let unit = start; unit < end; unit++) {
    const [left = 0, top = 0, width = 0, height = 0] = places.subarray(unit * 4, unit * 4 + 4);
    if (width <= 0 || height <= 0) continue;
    const last = boxes.at(-1);
    const right = left + width;
    const bottom = top + height;
    const shared = last ? Math.min(last.bottom, bottom) - Math.max(last.top, top) : 0;
    const sameLine = last && shared > 0.5 * Math.min(last.bottom - last.top, height);
    // Text that turns by a quarter goes down or up a column instead.
    const across = last ? Math.min(last.right, right) - Math.max(last.left, left) : 0;
    const gap = last ? Math.max(top - last.bottom, last.top - bottom) : 0;
    const sameColumn = last && across > 0.8 * Math.min(last.right - last.left, width) && gap < height * 0.3;
    if (last && (sameLine || sameColumn)) {
      last.left = Math.min(last.left, left);
      last.top = Math.min(last.top, top);
      last.right = Math.max(last.right, right);
      last.bottom = Math.max(last.bottom, bottom);
    } else boxes.push({ left, top, right, bottom });
  }
  return boxes.map(({ left, top, right, bottom }) => ({ left, top, width: right - left, height: bottom - top }));
}

/** Which share of a box's area others cover, as far as they do not overlap; 1 for a box without any. */
export function coveredPart(box: Box, others: readonly Box[]): number {
  const area = box.width * box.height;
  const shared = others.reduce((sum, other) => {
    const width = Math.min(box.left + box.width, other.left + other.width) - Math.max(box.left, other.left);
    const height = Math.min(box.top + box.height, other.top + other.height) - Math.max(box.top, other.top);
    return sum + Math.max(0, width) * Math.max(0, height);
  }, 0);
  return area > 0 ? shared / area : 1;
}
