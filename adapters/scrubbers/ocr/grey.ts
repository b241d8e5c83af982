import type { Raster } from '../format.ts';

/** A picture in shades of grey: one sample of 8 bits a pixel, rows from the top. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/**
 * Gives the shades of a picture, what is transparent as white. `brightest` takes the strongest component of each pixel instead of the eye's mixture: blue or red writing on black is
 * as bright as white then.
 */
export function greyOf({ width, height, channels, data }: Raster, brightest = false): Grey {
  if (channels === 1) return { width, height, data };
  const grey = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < grey.length; at++, from += channels) {
    const [red, green, blue] = [data[from] as number, data[from + 1] as number, data[from + 2] as number];
    const shade = brightest ? Math.max(red, green, blue) : (red * 77 + green * 150 + blue * 29) >> 8;
    const alpha = channels === 4 ? (data[from + 3] as number) : 255;
    grey[at] = alpha === 255 ? shade : Math.round((shade * alpha) / 255) + 255 - alpha;
  }
  return { width, height, data: grey };
}

/** The picture at another scale, made by Lanczos' filter. */
export async function scaled(picture: Grey, scale: number): Promise<Grey> {
  if (scale === 1) return picture;
  const size = (length: number) => Math.max(1, Math.round(length * scale));
  const { width, height } = picture;
  // Its library is loaded when it is needed: shades alone are wanted of frames that are compared and not read.
  const { default: sharp } = await import('sharp');
  const { data, info } = await sharp(picture.data, { raw: { width, height, channels: 1 } })
    .resize(size(width), size(height), { fit: 'fill', kernel: 'lanczos3' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

export function inverted({ width, height, data }: Grey): Grey {
  return { width, height, data: data.map((shade) => 255 - shade) };
}
