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
  /** Runs of the row above and of this one: begin, end (excluded), label. */
  let above: number[] = [];
  for (let y = 0; y < height; y++) {
    const row: number[] = [];
    const start = y * width;
    let look = 0;
    for (let x = 0; x < width; x++) {
      if ((data[start + x] as number) < level) continue;
      const begin = x;
      let sum = 0;
      let squares = 0;
      for (; x < width; x++) {
        const shade = data[start + x] as number;
        if (shade < level) break;
        sum += shade;
        squares += shade * shade;
      }
      while (look < above.length && (above[look + 1] as number) < begin) look += 3;
      let label = -1;
      for (let at = look; at < above.length && (above[at] as number) <= x; at += 3) {
        const touched = root(above[at + 2] as number);
        if (label < 0) label = touched;
        else if (label !== touched) {
          const [older, newer] = label < touched ? [label, touched] : [touched, label];
          join(grown[older] as Growing, grown[newer] as Growing);
          parent[newer] = older;
          label = older;
        }
      }
      const run = { left: begin, top: y, right: x, bottom: y + 1, area: x - begin, sum, squares };
      if (label < 0) {
        label = parent.length;
        parent.push(label);
        grown.push(run);
      } else join(grown[label] as Growing, run);
      row.push(begin, x, label);
    }
    above = row;
  }
  return grown.filter((_, label) => parent[label] === label);
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
