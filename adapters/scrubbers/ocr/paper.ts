import type { Grey } from './grey.ts';

const BLOCK = 32;
const DARKEST_GROUND = 50;

/**
 * Evens out the light of a photograph of paper: each part is divided by the shade of the paper there (the bright end of a block's shades, widened to its neighbours), so that paper is
 * white and ink is dark wherever a shadow falls.
 */
export function evenLight({ width, height, data }: Grey): Grey {
  const [across, down] = [Math.ceil(width / BLOCK), Math.ceil(height / BLOCK)];
  const ground = new Float32Array(across * down);
  for (let by = 0; by < down; by++)
    for (let bx = 0; bx < across; bx++)
      ground[by * across + bx] = bright({ width, height, data }, bx * BLOCK, by * BLOCK);
  const smooth = ground.map((_, at) => {
    const [bx, by] = [at % across, Math.floor(at / across)];
    let most = 0;
    for (let y = Math.max(0, by - 1); y <= Math.min(down - 1, by + 1); y++)
      for (let x = Math.max(0, bx - 1); x <= Math.min(across - 1, bx + 1); x++)
        most = Math.max(most, ground[y * across + x] as number);
    return Math.max(DARKEST_GROUND, most);
  });
  const even = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    const fy = Math.max(0, Math.min(down - 1, y / BLOCK - 0.5));
    const upper = Math.floor(fy) * across;
    const lower = Math.min(down - 1, Math.floor(fy) + 1) * across;
    const sy = fy - Math.floor(fy);
    for (let x = 0; x < width; x++) {
      const fx = Math.max(0, Math.min(across - 1, x / BLOCK - 0.5));
      const left = Math.floor(fx);
      const right = Math.min(across - 1, left + 1);
      const sx = fx - left;
      const above = (smooth[upper + left] as number) * (1 - sx) + (smooth[upper + right] as number) * sx;
      const below = (smooth[lower + left] as number) * (1 - sx) + (smooth[lower + right] as number) * sx;
      const at = y * width + x;
      even[at] = Math.min(255, ((data[at] as number) * 250) / (above * (1 - sy) + below * sy));
    }
  }
  return { width, height, data: even };
}

/** The shade that a tenth of a block's pixels exceed. */
function bright({ width, height, data }: Grey, left: number, top: number): number {
  const counts = new Uint32Array(256);
  let all = 0;
  for (let y = top; y < Math.min(height, top + BLOCK); y += 2)
    for (let x = left; x < Math.min(width, left + BLOCK); x += 2) {
      const shade = data[y * width + x] as number;
      counts[shade] = (counts[shade] as number) + 1;
      all++;
    }
  let above = 0;
  for (let shade = 255; shade > 0; shade--) {
    above += counts[shade] as number;
    if (above * 10 >= all) return shade;
  }
  return 0;
}

/** How a page lies: by how many degrees its lines rise or fall (clockwise positive, at most 8), and whether they run from top to bottom instead of across. */
export interface Lie {
  readonly sideways: boolean;
  readonly degrees: number;
}

/** Half a line's height, in the small picture. */
const REACH = 10;
const STEP = 0.25;
const FARTHEST = 8;
const MOST_POINTS = 60_000;

/**
 * Finds how a page lies by the profile of its ink (W. Postl's method): at the right angle lines and the gaps between them differ most. `even` is a picture with even light, about 1000
 * pixels long.
 */
export function lieOf({ width, height, data }: Grey): Lie {
  const points: number[] = [];
  for (let y = REACH; y < height - REACH; y++)
    for (let x = REACH; x < width - REACH; x++) {
      const at = y * width + x;
      if ((data[at] as number) >= 150) continue;
      // A stroke has paper on both sides close by; the table and its edge have not.
      const paper = (step: number) =>
        (data[at - REACH * step] as number) > 180 && (data[at + REACH * step] as number) > 180;
      if (paper(1) || paper(width)) points.push(x, y);
    }
  const stride = 2 * Math.max(1, Math.ceil(points.length / 2 / MOST_POINTS));
  const across = steepest(points, stride, false, width, height);
  const down = steepest(points, stride, true, width, height);
  return down.score > across.score * 1.15
    ? { sideways: true, degrees: down.degrees }
    : { sideways: false, degrees: across.degrees };
}

function steepest(
  points: readonly number[],
  stride: number,
  sideways: boolean,
  width: number,
  height: number,
): { score: number; degrees: number } {
  const length = Math.ceil(Math.hypot(width, height)) + 2;
  let best = { score: 0, degrees: 0 };
  for (let degrees = -FARTHEST; degrees <= FARTHEST; degrees += STEP) {
    const angle = (degrees * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const profile = new Float32Array(length * 2);
    for (let at = 0; at < points.length; at += stride) {
      const [x, y] = [points[at] as number, points[at + 1] as number];
      const row = Math.round(sideways ? x * cos + y * sin : y * cos - x * sin) + length;
      profile[row] = (profile[row] as number) + 1;
    }
    let score = 0;
    for (const count of profile) score += count * count;
    if (score > best.score) best = { score, degrees };
  }
  return best;
}
