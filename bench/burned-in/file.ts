import sharp from 'sharp';
import { elementOf, tags } from '../../adapters/scrubbers/dicom/data-set.ts';
import { put } from '../../adapters/scrubbers/dicom/method.ts';
import { encapsulated } from '../../adapters/scrubbers/dicom/pixels/bitstream.ts';
import {
  dataSetOf,
  explicitLittle,
  fileOf,
  pixels,
  SECONDARY_CAPTURE,
  ULTRASOUND,
  words,
} from '../../adapters/scrubbers/dicom/testing/made.ts';
import { writeDicom } from '../../adapters/scrubbers/dicom/write.ts';
import type { Sample } from './frames.ts';
import type { Random } from './random.ts';

/** The sample as a file: half of them PNG, half JPEG with the losses that machines and cameras bring. */
export async function asFile({ canvas: { width, height, rgb } }: Sample, dice: Random): Promise<Uint8Array> {
  const picture = sharp(rgb, { raw: { width, height, channels: 3 } });
  return dice.chance(0.5) ? picture.png().toBuffer() : picture.jpeg({ quality: dice.whole(75, 95) }).toBuffer();
}

const KINDS = [
  [ULTRASOUND, 'US'],
  ['1.2.840.10008.5.1.4.1.1.3.1', 'US'],
  ['1.2.840.10008.5.1.4.1.1.12.1', 'XA'],
  [SECONDARY_CAPTURE, 'OT'],
] as const;
const FRAMES = 7;

/** The sample as a DICOM file of several frames, in colours or grey, as it is or as JPEG; the writing stands still on all of them, the picture under it flickers. */
export async function asDicom({ canvas, texts }: Sample, dice: Random): Promise<Uint8Array> {
  const { width, height, rgb, ink } = canvas;
  const samples = dice.chance(0.5) ? 3 : 1;
  const [sopClass, modality] = dice.pick(KINDS);
  const frames = dice.chance(0.5) ? FRAMES : 2;
  const at = (sample: number, frame: number): number => {
    const pixel = samples === 3 ? Math.floor(sample / 3) : sample;
    const shade = samples === 3 ? (rgb[sample] as number) : Math.max(...rgb.subarray(pixel * 3, pixel * 3 + 3));
    const isStill = ink[pixel] !== 0 || texts.length === 0 || shade < 20;
    return isStill ? shade : Math.max(0, Math.min(255, shade + (((pixel * 31 + frame * 17) % 21) - 10)));
  };
  const elements = pixels(width, height, frames, samples, () => 0);
  const bytes = elementOf(elements, tags.pixelData)?.bytes ?? new Uint8Array();
  const size = width * height * samples;
  for (let index = 0; index < bytes.length; index++) bytes[index] = at(index % size, Math.floor(index / size));
  const dataSet = put(dataSetOf(sopClass, ...elements), [words(0x00080060, modality)]);
  if (dice.chance(0.5)) return fileOf(dataSet);
  const streams: Uint8Array[] = [];
  for (let index = 0; index < frames; index++) {
    const raw = { width, height, channels: samples } as const;
    const one = sharp(bytes.subarray(index * size, (index + 1) * size), { raw });
    streams.push(await (samples === 1 ? one.toColourspace('b-w') : one).jpeg({ quality: 90 }).toBuffer());
  }
  const compressed = put(dataSet, [
    encapsulated(streams),
    ...(samples === 3 ? [words(0x00280004, 'YBR_FULL_422')] : []),
  ]);
  return writeDicom({ dataSet: compressed, encoding: explicitLittle, syntax: '1.2.840.10008.1.2.4.50' });
}
