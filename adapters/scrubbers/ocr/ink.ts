import { type Component, components } from './components.ts';
import { type Grey, inverted } from './grey.ts';

/** A piece of a line that looks like writing, whatever it says: in whole pixels, right and bottom excluded. */
export interface InkLine {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** How high its tallest letters are. */
  readonly height: number;
  /** Letters, as far as they stand apart. */
  readonly letters: number;
  /** Pieces of ink that stand apart, one after the other. */
  readonly parts: number;
  readonly light: boolean;
  /** The shades of the ink and of what is around it, in the picture as it is. */
  readonly ink: number;
  readonly ground: number;
}

interface Letter extends Component {
  readonly ink: number;
  readonly ground: number;
}

/** From letters that are hardly there on white or black: below that is the grain of paper. */
const LEVELS = [22, 40, 60, 84, 108, 132, 156, 180, 204, 228, 246];
const LEAST_HEIGHT = 5;
const TALLEST_SHARE = 0.09;
/** How far ink stands out from what is around it: in shades, and in standard deviations of the surroundings. */
const CLEAR = 14;
const DEVIATIONS = 2;
/** From here on the surroundings count as grain. */
const NOISY = 14;

/**
 * Finds what looks like burned-in writing: letters of one shade, clearly apart from what is around them, side by side, light on dark or dark on light. It reads nothing; so it
 * finds too what no reader could make out. Speckle, tissue and gradients have no such edges. `picture` has the scale on which letters are 6 to 60 pixels high.
 */
export function inkLines(picture: Grey): InkLine[] {
  return [...ofPolarity(picture, true), ...ofPolarity(inverted(picture), false)];
}

/** The same of what is about as bright as it can be, and nothing else: a fifth of the work. */
export function brightLines(picture: Grey): InkLine[] {
  return ofPolarity(picture, true, [EDGE, BRIGHT]);
}

/** The same with thin strokes, which smoothing has left grey and in pieces. */
export function thinLines(picture: Grey): InkLine[] {
  return ofPolarity(picture, true, THIN);
}

const SQUARE = 32;

/** The same of what is written from below or from above. */
export function sidewaysLines({ width, height, data }: Grey): InkLine[] {
  const turned = new Uint8Array(data.length);
  // By squares, whose rows and columns both stay at hand.
  for (let top = 0; top < height; top += SQUARE)
    for (let left = 0; left < width; left += SQUARE)
      for (let y = top; y < Math.min(height, top + SQUARE); y++)
        for (let x = left; x < Math.min(width, left + SQUARE); x++)
          turned[x * height + y] = data[y * width + x] as number;
  // Across its diagonal: letters stand in a row then, whichever way they are turned.
  return thinLines({ width: height, height: width, data: turned }).map((line) => ({
    ...line,
    left: line.top,
    top: line.left,
    right: line.bottom,
    bottom: line.right,
  }));
}

/** From this shade on ink is about as bright as it can be; thin strokes, which are smoothed, reach the other. */
const BRIGHT = 250;
const EDGE = 170;
const THIN = [60, 110, EDGE, BRIGHT];

function ofPolarity(picture: Grey, light: boolean, levels: readonly number[] = LEVELS): InkLine[] {
  const sums = sumsOf(picture);
  const tallest = Math.max(40, picture.height * TALLEST_SHARE);
  const letters = levels.flatMap((level) =>
    components(picture, level).flatMap((component) => letter(component, sums, tallest)),
  );
  return grouped(letters).flatMap((group) => line(group, sums, light));
}

function letter(component: Component, sums: Sums, tallest: number): Letter[] {
  const [width, height] = [component.right - component.left, component.bottom - component.top];
  if (height < LEAST_HEIGHT || height > tallest || width > height * 14 || component.area < 6) return [];
  const fill = component.area / (width * height);
  if (fill < 0.07 || (width > height * 3 && fill > 0.75)) return [];
  const margin = Math.max(1, Math.min(3, Math.round(height / 6)));
  const around = sums.of(
    component.left - margin,
    component.top - margin,
    component.right + margin,
    component.bottom + margin,
  );
  const count = around.count - component.area;
  if (count <= 0) return [];
  const ground = (around.sum - component.sum) / count;
  const deviation = Math.sqrt(Math.max(0, (around.squares - component.squares) / count - ground * ground));
  const ink = component.sum / component.area;
  return ink - ground > CLEAR + DEVIATIONS * deviation ? [{ ...component, ink, ground }] : [];
}

/** Letters that stand side by side, of like height, are one group. */
function grouped(letters: readonly Letter[]): Letter[][] {
  const order = [...letters].sort((a, b) => a.left - b.left);
  const group = order.map((_, index) => index);
  const root = (at: number): number => {
    let found = at;
    while (group[found] !== found) found = group[found] as number;
    group[at] = found;
    return found;
  };
  const widest = order.reduce((most, one) => Math.max(most, one.right - one.left), 0);
  for (let at = 0; at < order.length; at++) {
    const one = order[at] as Letter;
    const height = one.bottom - one.top;
    for (let next = at + 1; next < order.length; next++) {
      const other = order[next] as Letter;
      if (other.left > one.right + Math.max(height, 60) + widest) break;
      const tall = other.bottom - other.top;
      const overlap = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      const alike = Math.min(height, tall) >= 0.4 * Math.max(height, tall);
      const gap = other.left - one.right;
      if (alike && overlap >= 0.5 * Math.min(height, tall) && gap <= 1.1 * Math.max(height, tall)) {
        const [a, b] = [root(at), root(next)];
        if (a !== b) group[Math.max(a, b)] = Math.min(a, b);
      }
    }
  }
  const found = new Map<number, Letter[]>();
  for (const [at, one] of order.entries()) {
    const to = root(at);
    const list = found.get(to);
    if (list) list.push(one);
    else found.set(to, [one]);
  }
  return [...found.values()];
}

function line(group: readonly Letter[], sums: Sums, light: boolean): InkLine[] {
  const left = Math.min(...group.map((one) => one.left));
  const right = Math.max(...group.map((one) => one.right));
  const top = Math.min(...group.map((one) => one.top));
  const bottom = Math.max(...group.map((one) => one.bottom));
  const height = Math.max(...group.map((one) => one.bottom - one.top));
  let [letters, parts] = [0, 0];
  let reached = Number.NEGATIVE_INFINITY;
  for (const one of group) {
    const middle = (one.left + one.right) / 2;
    if (middle <= reached) continue;
    parts++;
    // Letters that touch are as many as fit in.
    letters += Math.max(1, Math.round((one.right - one.left) / (0.8 * (one.bottom - one.top))));
    reached = one.right;
  }
  const best = group.reduce((most, one) => (one.ink - one.ground > most.ink - most.ground ? one : most));
  const clear = best.ink - best.ground;
  const solid = best.area > 0.85 * (best.right - best.left) * (best.bottom - best.top);
  if (letters < 2 && (clear < 60 || height < 7 || solid)) return [];
  const { mean, deviation } = besides(sums, { left, top, right, bottom }, Math.max(3, Math.round(height / 2)));
  // Grains of speckle stand out from their neighbours by chance, but not many side by side.
  if (deviation > NOISY && (letters < 2 || height < 7 || best.ink - mean < 3.5 * deviation)) return [];
  const shade = (value: number) => (light ? value : 255 - value);
  return [
    { left, top, right, bottom, height, letters, parts, light, ink: shade(best.ink), ground: shade(best.ground) },
  ];
}

type Place = Pick<Component, 'left' | 'top' | 'right' | 'bottom'>;

/**
 * The shades in the strip above or below a rectangle, so many pixels high, whichever is the quieter: a bar's edge or the next line disturbs one, grain disturbs both. What stands beside
 * it is of the same line.
 */
function besides(sums: Sums, { left, top, right, bottom }: Place, high: number): { mean: number; deviation: number } {
  const strips = [[top - 1 - high, top - 1] as const, [bottom + 1, bottom + 1 + high] as const];
  const shades = strips.flatMap(([from, to]) => {
    const { sum, count } = sums.of(left, from, right, to);
    if (count < right - left) return [];
    return [{ mean: sum / count, deviation: grainOf(sums, left, right, from, to) }];
  });
  return shades.sort((a, b) => a.deviation - b.deviation)[0] ?? { mean: 0, deviation: 0 };
}

/** How uneven a strip is, piece by piece: where it goes over the edge of something even, that edge is in one piece of it, and grain is in all. */
function grainOf(sums: Sums, left: number, right: number, top: number, bottom: number): number {
  const pieces = Math.max(1, Math.round((right - left) / (3 * (bottom - top))));
  const deviations = Array.from({ length: pieces }, (_, index) => {
    const at = (of: number) => left + Math.round((of * (right - left)) / pieces);
    const { sum, squares, count } = sums.of(at(index), top, at(index + 1), bottom);
    const mean = sum / Math.max(1, count);
    return Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean));
  });
  return deviations.sort((one, other) => one - other)[pieces >> 1] ?? 0;
}

interface Sums {
  of(left: number, top: number, right: number, bottom: number): { sum: number; squares: number; count: number };
}

/** Sums over few and small rectangles are made from their pixels, as long as that is less work than a table of all. */
function sumsOf(picture: Grey): Sums {
  let table: Sums | undefined;
  let affordable = picture.width * picture.height;
  return {
    of: (left, top, right, bottom) => {
      affordable -= Math.max(0, right - left) * Math.max(0, bottom - top);
      if (affordable < 0) table ??= integral(picture);
      return (table ?? eachOf(picture)).of(left, top, right, bottom);
    },
  };
}

const eachOf = ({ width, height, data }: Grey): Sums => ({
  of: (left, top, right, bottom) => {
    const [x0, y0, x1, y1] = [Math.max(0, left), Math.max(0, top), Math.min(width, right), Math.min(height, bottom)];
    if (x1 <= x0 || y1 <= y0) return { sum: 0, squares: 0, count: 0 };
    let [sum, squares] = [0, 0];
    for (let y = y0; y < y1; y++)
      for (let at = y * width + x0; at < y * width + x1; at++) {
        const shade = data[at] as number;
        sum += shade;
        squares += shade * shade;
      }
    return { sum, squares, count: (x1 - x0) * (y1 - y0) };
  },
});

/** Sums of shades and of their squares over any rectangle, clipped to the picture (summed-area tables). */
function integral({ width, height, data }: Grey): Sums {
  const wide = width + 1;
  const sums = new Float64Array(wide * (height + 1));
  const squares = new Float64Array(wide * (height + 1));
  for (let y = 0; y < height; y++) {
    let sum = 0;
    let square = 0;
    for (let x = 0; x < width; x++) {
      const shade = data[y * width + x] as number;
      sum += shade;
      square += shade * shade;
      const at = (y + 1) * wide + x + 1;
      sums[at] = (sums[at - wide] as number) + sum;
      squares[at] = (squares[at - wide] as number) + square;
    }
  }
  return {
    of: (left, top, right, bottom) => {
      const [x0, y0, x1, y1] = [Math.max(0, left), Math.max(0, top), Math.min(width, right), Math.min(height, bottom)];
      if (x1 <= x0 || y1 <= y0) return { sum: 0, squares: 0, count: 0 };
      const over = (table: Float64Array) =>
        (table[y1 * wide + x1] as number) -
        (table[y0 * wide + x1] as number) -
        (table[y1 * wide + x0] as number) +
        (table[y0 * wide + x0] as number);
      return { sum: over(sums), squares: over(squares), count: (x1 - x0) * (y1 - y0) };
    },
  };
}

/** How much room around a line belongs to it: accents, descenders, full stops. */
export function roomy({ left, top, right, bottom, height }: InkLine): Place {
  const [across, down] = [Math.round(height * 0.4) + 1, Math.round(height * 0.3) + 1];
  return { left: left - across, top: top - down, right: right + across, bottom: bottom + down };
}

/** The writing alone, black on white, each piece stretched to full contrast: what a reader reads best. Everything else is white. */
export function writingAlone({ width, height, data }: Grey, lines: readonly InkLine[]): Grey {
  const alone = new Uint8Array(width * height).fill(255);
  for (const line of lines) {
    const { left, top, right, bottom } = roomy(line);
    const span = line.ink - line.ground;
    for (let y = Math.max(0, top); y < Math.min(height, bottom); y++)
      for (let x = Math.max(0, left); x < Math.min(width, right); x++) {
        const at = y * width + x;
        const share = Math.max(0, Math.min(1, ((data[at] as number) - line.ground) / span));
        alone[at] = Math.min(alone[at] as number, Math.round(255 * (1 - share)));
      }
  }
  return { width, height, data: alone };
}
