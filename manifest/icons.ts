import { PNG } from 'pngjs';

/** A point and distances on a square whose sides are 1, y downwards. */
type Shape = (x: number, y: number) => number;
type Color = readonly [red: number, green: number, blue: number];

const white: Color = [255, 255, 255];

/** The product's sign: a speech bubble, and in it a vessel that branches. All shapes are signed distances, negative inside. */
const bubble: Shape = (x, y) => Math.min(box(x, y, 0.5, 0.455, 0.3, 0.235, 0.1), tail(x, y));

const vessel = (width: number): Shape =>
  union(
    stroke(0.5, 0.605, 0.5, 0.48, width),
    stroke(0.5, 0.48, 0.39, 0.33, width * 0.78),
    stroke(0.5, 0.48, 0.61, 0.33, width * 0.78),
    stroke(0.565, 0.391, 0.665, 0.435, width * 0.55),
    stroke(0.435, 0.391, 0.335, 0.435, width * 0.55),
  );

/** The colour icon: 192 × 192 pixels PNG, opaque, the sign within the inner two thirds. */
export function colorIcon(): Uint8Array {
  const sign = vessel(0.036);
  return draw(192, (x, y) => {
    if (sign(x, y) < 0 && bubble(x, y) < 0) return [[192, 57, 80], 1];
    if (bubble(x, y) < 0) return [white, 1];
    const shade = 1 - 0.28 * y;
    return [[20 * shade, 122 * shade, 130 * shade], 1];
  });
}

/** The outline icon: 32 × 32 pixels PNG, white lines on a transparent ground, nothing else. */
export function outlineIcon(): Uint8Array {
  // Scaled up about the middle of the sign: at this size it fills the icon.
  const scale = (value: number, middle: number) => middle + (value - 0.5) / 1.45;
  const sign = vessel(0.034);
  return draw(32, (px, py) => {
    const [x, y] = [scale(px, 0.5), scale(py, 0.51)];
    const edge = Math.abs(bubble(x, y) + 0.022) < 0.022;
    return [white, edge || (sign(x, y) < 0 && bubble(x, y) < -0.06) ? 1 : 0];
  });
}

/** Four samples across and down each pixel; what is partly covered is partly transparent. */
function draw(size: number, at: (x: number, y: number) => readonly [Color, alpha: number]): Uint8Array {
  const fine = 4;
  const png = new PNG({ width: size, height: size });
  for (let pixel = 0; pixel < size * size; pixel += 1) {
    let [red, green, blue, covered] = [0, 0, 0, 0];
    for (let sample = 0; sample < fine * fine; sample += 1) {
      const x = ((pixel % size) + ((sample % fine) + 0.5) / fine) / size;
      const y = (Math.floor(pixel / size) + (Math.floor(sample / fine) + 0.5) / fine) / size;
      const [color, alpha] = at(x, y);
      red += color[0] * alpha;
      green += color[1] * alpha;
      blue += color[2] * alpha;
      covered += alpha;
    }
    const share = covered || 1;
    png.data.set([red / share, green / share, blue / share, (covered / fine ** 2) * 255].map(Math.round), pixel * 4);
  }
  return new Uint8Array(PNG.sync.write(png));
}

function union(...shapes: readonly Shape[]): Shape {
  return (x, y) => Math.min(...shapes.map((shape) => shape(x, y)));
}

/** A box with round corners about a middle. */
function box(x: number, y: number, middleX: number, middleY: number, halfX: number, halfY: number, round: number) {
  const dx = Math.abs(x - middleX) - halfX + round;
  const dy = Math.abs(y - middleY) - halfY + round;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - round;
}

/** A line with round ends, `width` on either side. */
function stroke(fromX: number, fromY: number, toX: number, toY: number, width: number): Shape {
  const [dx, dy] = [toX - fromX, toY - fromY];
  return (x, y) => {
    const along = Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy)));
    return Math.hypot(x - fromX - along * dx, y - fromY - along * dy) - width;
  };
}

/** The bubble's tail: the triangle under its left half. */
function tail(x: number, y: number): number {
  const corners = [
    [0.33, 0.66],
    [0.33, 0.81],
    [0.51, 0.66],
  ] as const;
  const sides = corners.map(([ax, ay], index) => {
    const [bx, by] = corners[(index + 1) % corners.length] ?? [ax, ay];
    return ((x - ax) * (by - ay) - (y - ay) * (bx - ax)) / Math.hypot(bx - ax, by - ay);
  });
  return Math.max(...sides.map((side) => -side));
}
