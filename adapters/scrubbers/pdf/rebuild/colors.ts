import {
  PDFArray,
  PDFDict,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  type PDFRef,
  PDFString,
} from 'pdf-lib';
import { cleanIcc } from '../../icc.ts';
import { NAME_VALUES } from './allowed.ts';
import { type Build, deflated, name, once, plain, plainDict, set } from './build.ts';
import { cleanCalculator } from './cmap.ts';
import { dictOf, entry, itemsOf, keyOf, nameOf, numberOf, openStream, resolve } from './source.ts';

const MAX_DEPTH = 8;
const MAX_LOOKUP = 256 * 32;

/**
 * Copies a colour space (PDF 32000-1, 8.6). `named` looks up a name that stands for a resource. Gives undefined for what is none; attributes of DeviceN, which
 * may carry anything, go, and a profile loses its texts.
 */
export function copyColorSpace(
  build: Build,
  value: PDFObject | undefined,
  named: (name: string) => PDFObject | undefined,
  depth = 0,
): PDFObject | undefined {
  const found = resolve(build.source, value);
  if (found instanceof PDFName) {
    const other = named(keyOf(found));
    if (other && depth < MAX_DEPTH) return copyColorSpace(build, other, () => undefined, depth + 1);
    return NAME_VALUES.has(keyOf(found)) || keyOf(found) === 'Pattern' ? name(keyOf(found)) : undefined;
  }
  if (!(found instanceof PDFArray) || depth > MAX_DEPTH) return undefined;
  return once(build, found, () => copyFamily(build, found, named, depth));
}

function copyFamily(
  build: Build,
  source: PDFArray,
  named: (name: string) => PDFObject | undefined,
  depth: number,
): PDFObject | undefined {
  const items = itemsOf(build.source, source);
  const family = nameOf(items[0]);
  const base = (value: PDFObject | undefined) => copyColorSpace(build, value, named, depth + 1);
  const out = (...parts: (PDFObject | undefined)[]) => {
    const array = PDFArray.withContext(build.target);
    for (const part of [name(family ?? ''), ...parts]) if (part) array.push(part);
    return array;
  };
  switch (family) {
    case 'CalGray':
    case 'CalRGB':
    case 'Lab':
      return out(plainDict(build, items[1], 'calibrated'));
    case 'ICCBased':
      return copyProfile(build, items[1], base);
    case 'Indexed':
    case 'I':
      return out(base(items[1]), plain(build, items[2]), copyLookup(build, items[3]));
    case 'Separation':
    case 'DeviceN':
      return out(copyInks(build, items[1]), base(items[2]), copyFunction(build, items[3]));
    case 'Pattern':
      return out(base(items[1]));
    default:
      return family !== undefined && NAME_VALUES.has(family) ? name(family) : undefined;
  }
}

/** Names of inks are the author's own words; readers draw with the alternate space, so any other names do. */
function copyInks(build: Build, value: PDFObject | undefined): PDFObject {
  const ink = (item: PDFObject | undefined, index: number) => {
    const text = nameOf(item);
    return name(text !== undefined && NAME_VALUES.has(text) ? text : `Ink${index + 1}`);
  };
  if (!(value instanceof PDFArray)) return ink(value, 0);
  const inks = PDFArray.withContext(build.target);
  for (const [index, item] of itemsOf(build.source, value).entries()) inks.push(ink(item, index));
  return inks;
}

function copyProfile(
  build: Build,
  value: PDFObject | undefined,
  base: (value: PDFObject | undefined) => PDFObject | undefined,
): PDFObject {
  const count = numberOf(entry(build.source, value, 'N')) ?? 3;
  const profile = value instanceof PDFRawStream ? cleanIcc(openStream(build.source, value).data) : undefined;
  const device = PDFName.of(count === 1 ? 'DeviceGray' : count === 4 ? 'DeviceCMYK' : 'DeviceRGB');
  if (!profile || !value) return base(entry(build.source, value, 'Alternate')) ?? device;
  const array = PDFArray.withContext(build.target);
  array.push(PDFName.of('ICCBased'));
  array.push(
    once(build, value, () => {
      const dict = plainDict(build, value, 'icc');
      set(dict, 'Alternate', base(entry(build.source, value, 'Alternate')));
      return deflated(dict, profile);
    }),
  );
  return array;
}

function copyLookup(build: Build, value: PDFObject | undefined): PDFObject | undefined {
  let bytes: Uint8Array | undefined;
  if (value instanceof PDFString || value instanceof PDFHexString) bytes = value.asBytes();
  else if (value instanceof PDFRawStream) bytes = openStream(build.source, value).data;
  return bytes && PDFHexString.of(Buffer.from(bytes.subarray(0, MAX_LOOKUP)).toString('hex'));
}

/** Copies a function, or an array of them (7.10): samples decoded and deflated anew, calculators re-lexed. */
export function copyFunction(build: Build, value: PDFObject | undefined, depth = 0): PDFObject | undefined {
  const found = resolve(build.source, value);
  if (found instanceof PDFName) return plain(build, found);
  if (depth > MAX_DEPTH) return undefined;
  if (found instanceof PDFArray) {
    const array = PDFArray.withContext(build.target);
    for (const item of found.asArray()) {
      const copy = copyFunction(build, item, depth + 1);
      if (copy) array.push(copy);
    }
    return array;
  }
  return dictOf(found) && found ? functionRef(build, found, depth) : undefined;
}

function functionRef(build: Build, source: PDFObject, depth: number): PDFRef {
  return once(build, source, () => {
    const dict = plainDict(build, source, 'function');
    set(dict, 'Functions', copyFunction(build, entry(build.source, source, 'Functions'), depth + 1));
    if (source instanceof PDFDict) return dict;
    const { data } = openStream(build.source, source);
    return deflated(dict, numberOf(entry(build.source, source, 'FunctionType')) === 4 ? cleanCalculator(data) : data);
  });
}
