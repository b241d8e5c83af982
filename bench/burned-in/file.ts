import sharp from 'sharp';
import type { Sample } from './frames.ts';
import type { Random } from './random.ts';

/** The sample as a file: half of them PNG, half JPEG with the losses that machines and cameras bring. */
export async function asFile({ canvas: { width, height, rgb } }: Sample, dice: Random): Promise<Uint8Array> {
  const picture = sharp(rgb, { raw: { width, height, channels: 3 } });
  return dice.chance(0.5) ? picture.png().toBuffer() : picture.jpeg({ quality: dice.whole(75, 95) }).toBuffer();
}
