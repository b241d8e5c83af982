import { PDFArray, type PDFDict, PDFName, type PDFObject, PDFRawStream, type PDFRef, PDFStream } from 'pdf-lib';
import { type Build, byteStream, deflated, once, plain, plainDict, set } from './build.ts';
import { cleanJbig2, cleanJpx } from './codecs.ts';
import { copyColorSpace } from './colors.ts';
import { decodeFilter, type FilterStep, isByteFilter } from './filters.ts';
import { cleanJpeg } from './jpeg.ts';
import { entry, filtersOf, itemsOf, nameOf, numberOf, resolve } from './source.ts';

/**
 * Copies an image (PDF 32000-1, 8.9.5) with its masks. Pictures in a picture format lose their metadata; samples are cut to the size that the dictionary
 * tells. `named` looks up a colour space resource. Gives undefined for a JPEG or JPEG 2000 that is none, and for samples of which nothing tells how many they are.
 */
export function copyImage(
  build: Build,
  source: PDFStream,
  named: (name: string) => PDFObject | undefined,
  depth = 0,
): PDFRef | undefined {
  let broken = false;
  const ref = once(build, source, () => {
    const dict = plainDict(build, source, 'image');
    set(dict, 'ColorSpace', copyColorSpace(build, entry(build.source, source, 'ColorSpace'), named));
    if (depth < 2) copyMasks(build, source, dict, named, depth);
    const stream = copySamples(build, source, dict, named);
    broken = stream === undefined;
    return stream;
  });
  return broken ? undefined : ref;
}

function copyMasks(
  build: Build,
  source: PDFStream,
  dict: PDFDict,
  named: (name: string) => PDFObject | undefined,
  depth: number,
): void {
  const mask = entry(build.source, source, 'Mask');
  if (mask instanceof PDFStream) set(dict, 'Mask', copyImage(build, mask, named, depth + 1));
  else set(dict, 'Mask', plain(build, mask));
  const soft = entry(build.source, source, 'SMask');
  if (soft instanceof PDFStream) set(dict, 'SMask', copyImage(build, soft, named, depth + 1));
}

function copySamples(
  build: Build,
  source: PDFStream,
  dict: PDFDict,
  named: (name: string) => PDFObject | undefined,
): PDFRawStream | undefined {
  if (!(source instanceof PDFRawStream)) return undefined;
  const steps = filtersOf(build.source, source);
  const index = steps.findIndex((step) => !isByteFilter(step.name));
  const before = index < 0 ? steps : steps.slice(0, index);
  let data = source.getContents();
  // The predictor of the last step stays on: undoing it would only make the file larger.
  for (const step of before) data = decodeFilter(step, data).data;
  const last = before.at(-1);
  if (index < 0) {
    const size = expectedSize(build, source, last, named);
    // What stands behind them would come along.
    if (size === undefined) return undefined;
    if (data.length > size) data = data.subarray(0, size);
    if (last && (last.params.Predictor ?? 1) > 1)
      dict.set(PDFName.of('DecodeParms'), parmsOf(build, source, steps.length - 1));
    return deflated(dict, data);
  }
  const codec = steps[index] as FilterStep;
  if (steps.length > index + 1) return undefined;
  return copyCodec(build, source, dict, codec, index, data);
}

function copyCodec(
  build: Build,
  source: PDFStream,
  dict: PDFDict,
  codec: FilterStep,
  index: number,
  data: Uint8Array,
): PDFRawStream | undefined {
  const cleaned =
    codec.name === 'DCTDecode'
      ? cleanJpeg(data)
      : codec.name === 'JPXDecode'
        ? cleanJpx(data)
        : codec.name === 'JBIG2Decode'
          ? cleanJbig2(data)
          : codec.name === 'CCITTFaxDecode'
            ? { data, dropped: 0 }
            : undefined;
  if (!cleaned) return undefined;
  build.removed('picture-metadata', cleaned.dropped);
  dict.set(PDFName.of('Filter'), PDFName.of(codec.name));
  const parms = parmsOf(build, source, index);
  const globals = resolve(build.source, parmsSource(build, source, index));
  const tables = entry(build.source, globals, 'JBIG2Globals');
  if (codec.name === 'JBIG2Decode')
    set(
      parms,
      'JBIG2Globals',
      byteStream(build, tables, plainDict(build, undefined, 'parms'), (bytes) => cleanJbig2(bytes).data),
    );
  if (parms.keys().length > 0) dict.set(PDFName.of('DecodeParms'), parms);
  return PDFRawStream.of(dict, Uint8Array.from(cleaned.data));
}

function parmsSource(build: Build, source: PDFStream, index: number): PDFObject | undefined {
  const parms = entry(build.source, source, 'DecodeParms') ?? entry(build.source, source, 'DP');
  return parms instanceof PDFArray ? itemsOf(build.source, parms)[index] : parms;
}

function parmsOf(build: Build, source: PDFStream, index: number): PDFDict {
  return plainDict(build, parmsSource(build, source, index), 'parms');
}

/** How many bytes the samples take, as they stand before the last predictor is undone; undefined when the colour space does not tell. */
function expectedSize(
  build: Build,
  source: PDFStream,
  last: FilterStep | undefined,
  named: (name: string) => PDFObject | undefined,
): number | undefined {
  const width = numberOf(entry(build.source, source, 'Width'));
  const height = numberOf(entry(build.source, source, 'Height'));
  if (!width || !height) return undefined;
  const mask = String(entry(build.source, source, 'ImageMask')) === 'true';
  const space = entry(build.source, source, 'ColorSpace');
  const resource = nameOf(space);
  const components = mask
    ? 1
    : (componentsOf(build, space) ?? componentsOf(build, resource === undefined ? undefined : named(resource)));
  if (components === undefined) return undefined;
  const bits = mask ? 1 : (numberOf(entry(build.source, source, 'BitsPerComponent')) ?? 8);
  const png = last !== undefined && (last.params.Predictor ?? 1) >= 10;
  return height * (Math.ceil((width * components * bits) / 8) + (png ? 1 : 0));
}

function componentsOf(build: Build, space: PDFObject | undefined): number | undefined {
  const items = itemsOf(build.source, space);
  const family = nameOf(space) ?? nameOf(items[0]);
  switch (family) {
    case 'DeviceGray':
    case 'CalGray':
    case 'Indexed':
    case 'Separation':
      return 1;
    case 'DeviceRGB':
    case 'CalRGB':
    case 'Lab':
      return 3;
    case 'DeviceCMYK':
      return 4;
    case 'ICCBased':
      return numberOf(entry(build.source, items[1], 'N'));
    case 'DeviceN':
      return itemsOf(build.source, items[1]).length;
    default:
      return undefined;
  }
}
