import type { Grey } from './grey.ts';

/** Pixels that hang together (over sides and corners) and are at least so bright: what they enclose, in whole pixels, right and bottom excluded. */
export interface Component {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Pixels. */
  readonly area: number;
  /** Sum of their shades, and of the squares of these. */
  readonly sum: number;
  readonly squares: number;
}

interface Growing {
  left: number;
  top: number;
  right: number;
  bottom: number;
  area: number;
  sum: number;
  squares: number;
}

/**
 * Gives every connected component of the pixels whose shade is `level` or more. Runs of each row are joined to those of the row above with union by the older (a classical
 * two-row labelling): memory is that of the runs, time is linear in the pixels.
 */
export function components({ width, height, data }: Grey, level: number): Component[] {
  const parent: number[] = [];
  const grown: Growing[] = [];
  const root = (label: number): number => {
    let at = label;
    while (parent[at] !== at) {
      const up = parent[at] as number;
      parent[at] = parent[up] as number;
      at = up;
    }
    return at;
  };
  const next = brightFrom(data, level);
  /** Runs of the row above and of this one: begin, end (excluded), label. */
  let [above, row]: [number[], number[]] = [[], []];
  for (let y = 0; y < height; y++) {
    [above, row] = [row, above];
    row.length = 0;
    const start = y * width;
    const end = start + width;
    let look = 0;
    for (let from = next(start, end); from < end; from = next(from, end)) {
      const left = from - start;
      let [sum, squares] = [0, 0];
      for (; from < end; from++) {
        const shade = data[from] as number;
        if (shade < level) break;
        sum += shade;
        squares += shade * shade;
      }
      const right = from - start;
      while (look < above.length && (above[look + 1] as number) < left) look += 3;
      let label = -1;
      for (let at = look; at < above.length && (above[at] as number) <= right; at += 3) {
        const touched = root(above[at + 2] as number);
        if (label < 0) label = touched;
        else if (label !== touched) {
          const [older, newer] = label < touched ? [label, touched] : [touched, label];
          join(grown[older] as Growing, grown[newer] as Growing);
          parent[newer] = older;
          label = older;
        }
      }
      if (label < 0) {
        label = parent.length;
        parent.push(label);
        grown.push({ left, top: y, right, bottom: y + 1, area: right - left, sum, squares });
      } else {
        const own = grown[label] as Growing;
        if (left < own.left) own.left = left;
        if (right > own.right) own.right = right;
        own.bottom = y + 1;
        own.area += right - left;
        own.sum += sum;
        own.squares += squares;
      }
      row.push(left, right, label);
    }
  }
  return grown.filter((_, label) => parent[label] === label);
}

const LOW = 0x7f7f7f7f;
const HIGH = 0x80808080;

/** Gives how the first pixel of a part is found that is so bright: four are looked at as one number, for most are darker. */
function brightFrom(data: Uint8Array, level: number): (from: number, end: number) => number {
  const isLow = level <= 128;
  // What is added carries into a byte's highest bit what is bright enough, without that bit or beside it.
  const add = Math.imul((isLow ? 128 : 256) - level, 0x01010101);
  const fours = data.byteOffset % 4 === 0 ? new Int32Array(data.buffer, data.byteOffset, data.length >> 2) : undefined;
  return (from, end) => {
    let at = from;
    while (at < end) {
      if (fours && (at & 3) === 0) {
        const last = end >> 2;
        let four = at >> 2;
        for (; four < last; four++) {
          const own = fours[four] as number;
          const carried = ((own & LOW) + add) | 0;
          if (((isLow ? carried | own : carried & own) & HIGH) !== 0) break;
        }
        at = four << 2;
        if (at >= end) return end;
      }
      const stop = Math.min(end, (at & ~3) + 4);
      for (; at < stop; at++) if ((data[at] as number) >= level) return at;
    }
    return end;
  };
}

function join(into: Growing, other: Growing): void {
  into.left = Math.min(into.left, other.left);
  into.top = Math.min(into.top, other.top);
  into.right = Math.max(into.right, other.right);
  into.bottom = Math.max(into.bottom, other.bottom);
  into.area += other.area;
  into.sum += other.sum;
  into.squares += other.squares;
}
