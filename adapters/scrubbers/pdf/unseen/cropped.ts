import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import { PDFArray, type PDFContext, PDFName, type PDFObject, PDFRawStream, type PDFRef } from 'pdf-lib';
import { heap } from '../pdfium.ts';
import { deflated } from '../rebuild/build.ts';
import { entry, filtersOf, numberOf, openStream } from '../rebuild/source.ts';
import { type Box, type Matrix, type OpenPage, overlap, type PageObject, times } from '../surgery/objects.ts';
import { draw, INK, type Region, steps } from './ink.ts';

/** A picture without the samples that its page does not show. */
export interface Cropped {
  readonly width: number;
  readonly height: number;
  readonly components: 1 | 3;
  readonly samples: Uint8Array;
  /** A stencil (8.9.6.2): where a sample is 255 it paints. */
  readonly stencil: boolean;
  readonly alpha: Alpha | undefined;
  /** The original was compressed with loss, so that this may be too. */
  readonly lossy: boolean;
}

export interface Alpha {
  readonly width: number;
  readonly height: number;
  readonly samples: Uint8Array;
}

/** Samples under fewer than this cannot say anything. */
const FEWEST_POINTS = 12;
const MAP_PIXELS = 2_500_000;
const MAP_SCALE = 110 / 72;
const MAX_SAMPLES = 24_000_000;

/**
 * Blanks what a picture holds and its page does not show: what is cropped, clipped, painted over, or transparent in its soft mask. Gives 'whole' where all of it is shown, 'unclean' where
 * it cannot be blanked (a colour key, a mask in a picture format). The picture is another one in the open document afterwards, wherever that draws it: ask from the bottom to the top, last of all, and
 * give the same `samplesHeld` (of `samplesOnce`) to each drawing of it.
 */
export function cropPicture(
  lib: WrappedPdfiumModule,
  open: OpenPage,
  image: PageObject,
  stream: PDFRawStream | undefined,
  context: PDFContext,
  doubtful: boolean,
  samplesHeld: SamplesHeld,
): Cropped | 'whole' | 'unclean' {
  const alpha = stream && alphaOf(context, stream);
  if (!doubtful && (alpha === undefined || alpha === 'unclean' || !hasClear(alpha))) return 'whole';
  const samples = stream && alpha !== 'unclean' && isPlain(context, stream) ? samplesHeld() : undefined;
  const shown = doubtful ? shownParts(lib, open, image) : () => true;
  if (shown === 'all' && !alpha) return 'whole';
  const visible = shown === 'all' ? () => true : shown;
  const place = times(image.matrix, image.shown);
  if (!samples || !stream)
    return shown === 'all' ? 'whole' : hiddenPoints(place, visible) < FEWEST_POINTS ? 'whole' : 'unclean';
  const { width, height, components } = samples;
  const mask = alpha === 'unclean' ? undefined : alpha;
  const hidden = hiddenSamples(width, height, place, visible, mask);
  if (!saysSomething(samples, hidden, place)) return 'whole';
  const stencil = isStencil(context, stream);
  blank(samples.data, hidden, components, stencil ? 0 : 255);
  const maskHidden = mask && hiddenSamples(mask.width, mask.height, place, visible, undefined);
  if (mask && maskHidden) for (const [at, gone] of maskHidden.entries()) if (gone) mask.samples[at] = 0;
  return {
    width,
    height,
    components,
    samples: samples.data,
    stencil,
    alpha: mask,
    lossy: !stencil && filtersOf(context, stream).some(({ name }) => name === 'DCTDecode' || name === 'JPXDecode'),
  };
}

/** Writes a cropped picture into a document. */
export async function addCropped(context: PDFContext, cropped: Cropped): Promise<PDFRef> {
  const { width, height, components, samples, alpha } = cropped;
  if (cropped.stencil) return context.register(stencilOf(context, cropped));
  const dict = context.obj({
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    ColorSpace: components === 1 ? 'DeviceGray' : 'DeviceRGB',
    BitsPerComponent: 8,
  });
  if (alpha) {
    const mask = context.obj({
      Type: 'XObject',
      Subtype: 'Image',
      Width: alpha.width,
      Height: alpha.height,
      ColorSpace: 'DeviceGray',
      BitsPerComponent: 8,
    });
    dict.set(PDFName.of('SMask'), context.register(deflated(mask, alpha.samples)));
  }
  if (!cropped.lossy) return context.register(deflated(dict, samples));
  const raw = { width, height, channels: components };
  const { default: sharp } = await import('sharp');
  const image = sharp(samples, { raw, limitInputPixels: MAX_SAMPLES });
  const jpeg = await (components === 1 ? image.toColourspace('b-w') : image)
    .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
    .toBuffer();
  dict.set(PDFName.of('Filter'), PDFName.of('DCTDecode'));
  return context.register(PDFRawStream.of(dict, Uint8Array.from(jpeg)));
}

function stencilOf(context: PDFContext, { width, height, samples }: Cropped): PDFRawStream {
  const stride = Math.ceil(width / 8);
  const bits = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      if ((samples[row * width + column] as number) >= 128)
        bits[row * stride + (column >> 3)] = (bits[row * stride + (column >> 3)] as number) | (0x80 >> (column & 7));
  const dict = context.obj({
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    ImageMask: true,
    BitsPerComponent: 1,
    Decode: [1, 0],
  });
  return deflated(dict, bits);
}

type Visible = (x: number, y: number) => boolean;

/**
 * Where the page shows a picture, whatever the picture shows: it is drawn once as black and once as white, and what differs is seen. Points as shown; a margin of a pixel
 * around what is seen counts as seen.
 */
function shownParts(lib: WrappedPdfiumModule, open: OpenPage, image: PageObject): Visible | 'all' {
  const page: Box = { left: 0, top: 0, right: open.width, bottom: open.height };
  const box = overlap(image.box, page);
  if (!box) return () => false;
  const area = (box.right - box.left) * (box.bottom - box.top);
  const scale = Math.min(MAP_SCALE, Math.sqrt(MAP_PIXELS / Math.max(1, area)));
  const [left, top] = [Math.floor(box.left * scale) - 1, Math.floor(box.top * scale) - 1];
  const region: Region = {
    scale,
    left,
    top,
    width: Math.ceil(box.right * scale) + 1 - left,
    height: Math.ceil(box.bottom * scale) + 1 - top,
  };
  if (!paintOver(lib, image, 0xff000000)) return 'all';
  const black = draw(lib, open, region);
  paintOver(lib, image, 0xffffffff);
  const seen = widened(steps(black, draw(lib, open, region)), region.width, region.height);
  return (x, y) => {
    const column = Math.floor(x * scale) - left;
    const row = Math.floor(y * scale) - top;
    if (column < 0 || row < 0 || column >= region.width || row >= region.height) return false;
    return seen[row * region.width + column] === 1;
  };
}

function paintOver(lib: WrappedPdfiumModule, image: PageObject, colour: number): boolean {
  const bitmap = lib.FPDFBitmap_Create(2, 2, 0);
  if (bitmap === 0) return false;
  lib.FPDFBitmap_FillRect(bitmap, 0, 0, 2, 2, colour);
  const done = lib.FPDFImageObj_SetBitmap(0, 0, image.handle, bitmap);
  lib.FPDFBitmap_Destroy(bitmap);
  return Boolean(done);
}

/** Pixels of ink, and those around them. */
function widened(ink: Uint8Array, width: number, height: number): Uint8Array {
  const out = new Uint8Array(ink.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if ((ink[y * width + x] as number) < INK) continue;
      for (let down = Math.max(0, y - 1); down <= Math.min(height - 1, y + 1); down++)
        out.fill(1, down * width + Math.max(0, x - 1), down * width + Math.min(width, x + 2));
    }
  return out;
}

const PROBES = 120;

/** How many square points of a picture are not seen. */
function hiddenPoints(place: Matrix, visible: Visible): number {
  let hidden = 0;
  for (let row = 0; row < PROBES; row++)
    for (let column = 0; column < PROBES; column++) {
      const [x, y] = pointOf(place, (column + 0.5) / PROBES, (row + 0.5) / PROBES);
      if (!visible(x, y)) hidden++;
    }
  return (hidden / (PROBES * PROBES)) * Math.abs(place[0] * place[3] - place[1] * place[2]);
}

function pointOf([a, b, c, d, e, f]: Matrix, u: number, v: number): readonly [number, number] {
  return [a * u + c * v + e, b * u + d * v + f];
}

/** Each sample that the page does not show, by 1. A picture's rows run from its upper edge, which is 1 in its own space (8.9.5.1). */
function hiddenSamples(
  width: number,
  height: number,
  place: Matrix,
  visible: Visible,
  alpha: Alpha | undefined,
): Uint8Array {
  const hidden = new Uint8Array(width * height);
  const clear = alpha && clearSamples(alpha);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const [u, v] = [(column + 0.5) / width, 1 - (row + 0.5) / height];
      const [x, y] = pointOf(place, u, v);
      let gone = !visible(x, y);
      if (!gone && alpha && clear) {
        const [maskColumn, maskRow] = [Math.floor(u * alpha.width), Math.floor((1 - v) * alpha.height)];
        gone = clear[maskRow * alpha.width + maskColumn] === 1;
      }
      if (gone) hidden[row * width + column] = 1;
    }
  return hidden;
}

function hasClear({ samples }: Alpha): boolean {
  return samples.reduce((count, sample) => (sample === 0 ? count + 1 : count), 0) > 0.01 * samples.length;
}

const EDGE = 2;

/** Samples of a soft mask that are transparent with everything around them: smoothing reaches over the edge. */
function clearSamples({ width, height, samples }: Alpha): Uint8Array {
  const clear = new Uint8Array(samples.length).fill(1);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (samples[y * width + x] === 0) continue;
      for (let down = Math.max(0, y - EDGE); down <= Math.min(height - 1, y + EDGE); down++)
        clear.fill(0, down * width + Math.max(0, x - EDGE), down * width + Math.min(width, x + EDGE + 1));
    }
  return clear;
}

interface Samples {
  readonly width: number;
  readonly height: number;
  readonly components: 1 | 3;
  readonly data: Uint8Array;
}

/** Whether the hidden samples are more than a few, and not all of one shade already. */
function saysSomething({ data, components, width }: Samples, hidden: Uint8Array, place: Matrix): boolean {
  const perPoint = hidden.length / Math.max(1e-6, Math.abs(place[0] * place[3] - place[1] * place[2]));
  let count = 0;
  let [least, most] = [255, 0];
  for (const [at, gone] of hidden.entries()) {
    if (!gone) continue;
    count++;
    for (let channel = 0; channel < components; channel++) {
      const value = data[at * components + channel] as number;
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return width > 1 && count > FEWEST_POINTS * perPoint && most - least > 1;
}

function blank(data: Uint8Array, hidden: Uint8Array, components: number, value: number): void {
  for (const [at, gone] of hidden.entries()) if (gone) data.fill(value, at * components, (at + 1) * components);
}

/** Gives what a picture holds, a copy each time; undefined for what is not plain grey or colour. */
export type SamplesHeld = () => Samples | undefined;

/** Reads what a picture holds when it is first asked for, as it is in the open document then. */
export function samplesOnce(lib: WrappedPdfiumModule, image: PageObject): SamplesHeld {
  let read: { readonly samples: Samples | undefined } | undefined;
  return () => {
    read ??= { samples: samplesOf(lib, image) };
    return read.samples && { ...read.samples, data: read.samples.data.slice() };
  };
}

/** A picture's own samples, masks not applied; undefined for what is not plain grey or colour. */
function samplesOf(lib: WrappedPdfiumModule, image: PageObject): Samples | undefined {
  const bitmap = lib.FPDFImageObj_GetBitmap(image.handle);
  if (bitmap === 0) return undefined;
  try {
    const width = lib.FPDFBitmap_GetWidth(bitmap);
    const height = lib.FPDFBitmap_GetHeight(bitmap);
    const stride = lib.FPDFBitmap_GetStride(bitmap);
    const bytes = [0, 1, 3, 4, 4][lib.FPDFBitmap_GetFormat(bitmap)] ?? 0;
    if (bytes === 0 || width * height > MAX_SAMPLES) return undefined;
    const components = bytes === 1 ? 1 : 3;
    const from = lib.FPDFBitmap_GetBuffer(bitmap);
    const memory = heap(lib);
    const data = new Uint8Array(width * height * components);
    for (let row = 0, to = 0; row < height; row++)
      for (let column = 0; column < width; column++) {
        const at = from + row * stride + column * bytes;
        // Blue stands first.
        for (let channel = components - 1; channel >= 0; channel--) data[to++] = memory[at + channel] as number;
      }
    return { width, height, components, data };
  } finally {
    lib.FPDFBitmap_Destroy(bitmap);
  }
}

function isStencil(context: PDFContext, stream: PDFRawStream): boolean {
  return String(entry(context, stream, 'ImageMask')) === 'true';
}

/** Masked neither by its colours nor inside of its own data. */
function isPlain(context: PDFContext, stream: PDFRawStream): boolean {
  const keyed = entry(context, stream, 'Mask') instanceof PDFArray;
  return !keyed && !numberOf(entry(context, stream, 'SMaskInData'));
}

/** Whether any picture of a document is masked, so that it may hold samples that no page shows. */
export function hasMasks(context: PDFContext): boolean {
  return context
    .enumerateIndirectObjects()
    .some(
      ([, object]) =>
        object instanceof PDFRawStream && (object.dict.has(PDFName.of('SMask')) || object.dict.has(PDFName.of('Mask'))),
    );
}

/** A picture's mask as 8-bit samples; undefined without one, 'unclean' for one of another kind. */
function alphaOf(context: PDFContext, stream: PDFRawStream): Alpha | 'unclean' | undefined {
  const soft = entry(context, stream, 'SMask');
  const mask: PDFObject | undefined = soft ?? entry(context, stream, 'Mask');
  if (mask === undefined) return undefined;
  if (!(mask instanceof PDFRawStream) || entry(context, mask, 'Matte') || entry(context, mask, 'Decode'))
    return 'unclean';
  const width = numberOf(entry(context, mask, 'Width')) ?? 0;
  const height = numberOf(entry(context, mask, 'Height')) ?? 0;
  const { data, rest, damaged } = openStream(context, mask);
  if (rest.length > 0 || damaged || width * height === 0 || width * height > MAX_SAMPLES) return 'unclean';
  if (!soft) return stencilAlpha(data, width, height);
  const plain = numberOf(entry(context, mask, 'BitsPerComponent')) === 8 && data.length >= width * height;
  return plain ? { width, height, samples: Uint8Array.from(data.subarray(0, width * height)) } : 'unclean';
}

/** A stencil's bits as a mask: 1 is masked out (8.9.6.3). */
function stencilAlpha(data: Uint8Array, width: number, height: number): Alpha | 'unclean' {
  const stride = Math.ceil(width / 8);
  if (data.length < stride * height) return 'unclean';
  const samples = new Uint8Array(width * height);
  for (let row = 0, to = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      samples[to++] = ((data[row * stride + (column >> 3)] as number) >> (7 - (column & 7))) & 1 ? 0 : 255;
  return { width, height, samples };
}
