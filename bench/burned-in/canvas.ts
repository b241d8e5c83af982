import sharp from 'sharp';

/** A picture in the making: three components of 8 bits, and for every pixel the number of the text whose ink it is (0: none). */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
  readonly ink: Uint16Array;
}

export type Colour = readonly [number, number, number];

/** A text as it is drawn; `x` and `y` are where its ink begins, top left, in pixels. */
export interface Drawn {
  readonly text: string;
  readonly font: string;
  readonly size: number;
  readonly bold?: boolean;
  readonly colour: Colour;
  readonly opacity?: number;
}

export interface Glyphs {
  readonly width: number;
  readonly height: number;
  /** How much ink covers each pixel, 0 to 255. */
  readonly cover: Uint8Array;
}

export function canvas(width: number, height: number, colour: Colour): Canvas {
  const rgb = new Uint8Array(width * height * 3);
  for (let at = 0; at < rgb.length; at += 3) rgb.set(colour, at);
  return { width, height, rgb, ink: new Uint16Array(width * height) };
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** Draws a text with the fonts of the system and gives its ink, cut to where there is some from left to right; the height is that of the line. */
export async function glyphs({ text, font, size, bold }: Drawn): Promise<Glyphs> {
  const width = Math.ceil(text.length * size * 1.1) + 2 * size;
  const height = Math.ceil(size * 1.4);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><text x="${size}" y="${Math.round(size * 1.05)}" font-family="${font}" font-size="${size}px" ${bold ? 'font-weight="bold"' : ''} xml:space="preserve">${escaped(text)}</text></svg>`;
  const { data } = await sharp(Buffer.from(svg))
    .ensureAlpha()
    .extractChannel(3)
    .raw()
    .toBuffer({ resolveWithObject: true });
  let first = width;
  let last = 0;
  for (let at = 0; at < data.length; at++)
    if (data[at]) {
      first = Math.min(first, at % width);
      last = Math.max(last, at % width);
    }
  if (last < first) return { width: 1, height, cover: new Uint8Array(height) };
  const cover = new Uint8Array((last - first + 1) * height);
  for (let y = 0; y < height; y++)
    cover.set(data.subarray(y * width + first, y * width + last + 1), y * (last - first + 1));
  return { width: last - first + 1, height, cover };
}

/** Lays ink on the canvas at (x, y), and marks what is mostly ink with `id`. */
export function lay(on: Canvas, shape: Glyphs, x: number, y: number, { colour, opacity = 1 }: Drawn, id: number): void {
  for (let row = 0; row < shape.height; row++)
    for (let column = 0; column < shape.width; column++) {
      const cover = shape.cover[row * shape.width + column] as number;
      const [px, py] = [x + column, y + row];
      if (cover === 0 || px < 0 || py < 0 || px >= on.width || py >= on.height) continue;
      const at = py * on.width + px;
      const share = (cover / 255) * opacity;
      for (let channel = 0; channel < 3; channel++)
        on.rgb[at * 3 + channel] = Math.round(
          (on.rgb[at * 3 + channel] as number) * (1 - share) + (colour[channel] as number) * share,
        );
      if (cover >= 128) on.ink[at] = id;
    }
}

/** Fills a rectangle, mixed with what is there. */
export function fill(
  on: Canvas,
  [x, y, width, height]: readonly [number, number, number, number],
  colour: Colour,
  opacity = 1,
): void {
  for (let py = Math.max(0, y); py < Math.min(on.height, y + height); py++)
    for (let px = Math.max(0, x); px < Math.min(on.width, x + width); px++)
      for (let channel = 0; channel < 3; channel++) {
        const at = (py * on.width + px) * 3 + channel;
        on.rgb[at] = Math.round((on.rgb[at] as number) * (1 - opacity) + (colour[channel] as number) * opacity);
      }
}
