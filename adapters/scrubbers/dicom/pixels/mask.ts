import type { Area } from '../../pictures/pixels.ts';
import { Refusal } from '../../refusal.ts';
import { type DataSet, type DicomFile, elementOf, tags } from '../data-set.ts';
import { put } from '../method.ts';
import { ascii } from '../replace.ts';
import { encapsulated, withPixels } from './bitstream.ts';
import { type Decoded, decodeFrame, encodeRle, loadCodecs, RLE } from './codecs.ts';
import { framesOf, joined, openFrames } from './frames.ts';
import { frameBytes, type Layout, layoutOf, paletteOf, pixelTags } from './layout.ts';
import { samplesOf } from './shown.ts';

/**
 * Gives a file with areas blank on all of its frames. Uncompressed pixels stay so, and are changed in those areas alone; compressed ones are decoded and written with run lengths (PS3.5, A.4.2), which lose nothing. Refuses with 'dicom-masking' what
 * cannot be decoded.
 */
export async function masked(file: DicomFile, areas: readonly Area[]): Promise<DicomFile> {
  const layout = layoutOf(file);
  const element = elementOf(file.dataSet, tags.pixelData);
  if (!layout || !element || layout.bitsAllocated === 1) throw new Refusal('dicom-masking');
  const { bytes, fragments } = element;
  if (bytes)
    return {
      ...file,
      dataSet: withPixels(file.dataSet, { ...element, bytes: await blanked(file, bytes, layout, areas) }),
    };
  const frames = fragments && framesOf(fragments, layout.frames);
  if (!frames) throw new Refusal('dicom-masking');
  await loadCodecs();
  const encoded: Uint8Array[] = [];
  let colours = layout;
  for (const frame of frames) {
    const decoded = decodeFrame(file.syntax, joined(frame), layout);
    if (!decoded) throw new Refusal('dicom-masking');
    colours = { ...layout, photometric: meant(decoded), planar: decoded.planar };
    blank(decoded.bytes, colours, areas, fillFor(file, decoded, colours));
    const packed = encodeRle(decoded.bytes, colours);
    const again = packed && decodeFrame(RLE, packed, colours);
    if (!packed || !again || Buffer.compare(again.bytes, decoded.bytes) !== 0) throw new Refusal('dicom-masking');
    encoded.push(packed);
  }
  return { ...file, syntax: RLE, dataSet: recoded(file.dataSet, encoded, colours) };
}

function recoded(dataSet: DataSet, frames: readonly Uint8Array[], { samples, photometric, planar }: Layout): DataSet {
  const word = (value: number) => new Uint8Array(Uint16Array.of(value).buffer);
  return put(withPixels(dataSet, encapsulated(frames)), [
    { tag: pixelTags.photometric, vr: 'CS', bytes: ascii(photometric) },
    ...(samples === 3 ? [{ tag: pixelTags.planar, vr: 'US', bytes: word(planar ? 1 : 0) }] : []),
  ]);
}

/** Decoders undo the transforms of colours that JPEG 2000 has of its own. */
const meant = ({ photometric }: Decoded) =>
  photometric === 'YBR_RCT' || photometric === 'YBR_ICT' ? 'RGB' : photometric;

async function blanked(
  file: DicomFile,
  bytes: Uint8Array,
  layout: Layout,
  areas: readonly Area[],
): Promise<Uint8Array> {
  const frames = await openFrames(file);
  const own = bytes.slice();
  const size = frameBytes(layout);
  for (let index = 0; index < layout.frames; index++) {
    const decoded = frames?.frame(index);
    if (!decoded) throw new Refusal('dicom-masking');
    const frame = own.subarray(index * size, (index + 1) * size);
    if (layout.photometric === 'YBR_FULL_422') blankPairs(frame, layout, areas);
    else {
      const fill = fillFor(file, decoded, layout);
      const isSwapped = !file.encoding.littleEndian && elementOf(file.dataSet, tags.pixelData)?.vr !== 'OB';
      blank(frame, layout, areas, isSwapped ? fill.map((one) => one.toReversed()) : fill);
    }
  }
  return own;
}

/** The bytes of each sample of a blank pixel: the darkest there is on the frame, of a palette its darkest colour. */
function fillFor(file: DicomFile, decoded: Decoded, layout: Layout): Uint8Array[] {
  const size = layout.bitsAllocated / 8;
  if (layout.samples === 3) {
    const middle = new Uint8Array(size);
    middle[size - 1] = size === 1 ? 128 : 2 ** (Math.min(8, layout.bitsStored - 8 * (size - 1)) - 1);
    const isLuminance = layout.photometric.startsWith('YBR');
    const none = new Uint8Array(size);
    return isLuminance ? [none, middle, middle] : [none, none, none];
  }
  const values = samplesOf(decoded.bytes, layout);
  const palette = layout.photometric === 'PALETTE COLOR' && paletteOf(file.dataSet, file.encoding.littleEndian);
  let fill = values[0] ?? 0;
  if (palette) {
    const dark = palette.red.map((red, at) => Math.max(red, palette.green[at] ?? 0, palette.blue[at] ?? 0));
    fill = dark.indexOf(dark.reduce((least, one) => Math.min(least, one), 255)) + palette.first;
  } else {
    const inverse = layout.photometric === 'MONOCHROME1';
    for (const value of values) if (inverse ? value > fill : value < fill) fill = value;
  }
  const word = new DataView(new ArrayBuffer(4));
  word.setUint32(0, fill * 2 ** Math.max(0, layout.highBit + 1 - layout.bitsStored), true);
  return [new Uint8Array(word.buffer, 0, size)];
}

function blank(frame: Uint8Array, layout: Layout, areas: readonly Area[], fill: readonly Uint8Array[]): void {
  const { width, height, samples, planar } = layout;
  const size = layout.bitsAllocated / 8;
  const plane = width * height;
  for (const { left, top, right, bottom } of areas)
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++)
        for (let sample = 0; sample < samples; sample++) {
          const pixel = y * width + x;
          frame.set(fill[sample] as Uint8Array, (planar ? sample * plane + pixel : pixel * samples + sample) * size);
        }
}

/** Two pixels that share their colours go together. */
function blankPairs(frame: Uint8Array, { width }: Layout, areas: readonly Area[]): void {
  for (const { left, top, right, bottom } of areas)
    for (let y = top; y < bottom; y++)
      for (let pair = Math.floor((y * width + left) / 2); pair * 2 < y * width + right; pair++)
        frame.set([0, 0, 128, 128], pair * 4);
}

/** Refuses with 'not-verified' a masked file whose frames are not blank in the areas, or not the same samples as before outside of them. */
export async function verifyMasked(before: DicomFile, after: DicomFile, areas: readonly Area[]): Promise<void> {
  const [one, other] = [await openFrames(before), await openFrames(after)];
  if (!one || !other || one.layout.frames !== other.layout.frames)
    throw new Refusal('not-verified', { check: 'pixels' });
  const { width, height, samples, bitsAllocated } = other.layout;
  const size = bitsAllocated / 8;
  const covered = new Uint8Array(width * height);
  for (const { left, top, right, bottom } of areas)
    for (let y = top; y < bottom; y++) covered.fill(1, y * width + left, y * width + Math.max(left, right));
  for (let index = 0; index < one.layout.frames; index++) {
    const [was, is] = [one.frame(index), other.frame(index)];
    if (!was || !is || was.bytes.length !== is.bytes.length) throw new Refusal('not-verified', { check: 'pixels' });
    const place = (planar: boolean, pixel: number, sample: number) =>
      (planar ? sample * width * height + pixel : pixel * samples + sample) * size;
    let first = -1;
    for (let pixel = 0; pixel < covered.length; pixel++) {
      if (covered[pixel] === 1 && first < 0) first = pixel;
      for (let sample = 0; sample < samples; sample++)
        for (let byte = 0; byte < size; byte++) {
          const now = is.bytes[place(is.planar, pixel, sample) + byte];
          const wanted =
            covered[pixel] === 1
              ? is.bytes[place(is.planar, first, sample) + byte]
              : was.bytes[place(was.planar, pixel, sample) + byte];
          if (now !== wanted) throw new Refusal('not-verified', { check: 'pixels' });
        }
    }
  }
}
