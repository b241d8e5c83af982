import {
  PDFArray,
  PDFBool,
  type PDFContext,
  PDFDict,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from 'pdf-lib';
import { decodeFilter, type FilterStep, filterName, isByteFilter, unpredict } from './filters.ts';

/** Follows references, at most a few: a reference to a reference is allowed, a ring of them is not. */
export function resolve(context: PDFContext, value: PDFObject | undefined): PDFObject | undefined {
  let found = value;
  for (let steps = 0; found instanceof PDFRef; steps++) {
    if (steps > 8) return undefined;
    found = context.lookup(found);
  }
  return found;
}

/** The entry of a dictionary or of a stream's dictionary, resolved. */
export function entry(context: PDFContext, holder: PDFObject | undefined, key: string): PDFObject | undefined {
  const dict = dictOf(holder);
  return dict && resolve(context, dict.get(nameFor(key)));
}

const names = new Map<string, PDFName>();

/** The library decodes a name whenever it is asked for it, and the same few are asked for all the time. */
export function nameFor(key: string): PDFName {
  const known = names.get(key);
  if (known) return known;
  const name = PDFName.of(key);
  names.set(key, name);
  return name;
}

export function dictOf(value: PDFObject | undefined): PDFDict | undefined {
  if (value instanceof PDFDict) return value;
  return value instanceof PDFStream ? value.dict : undefined;
}

/** A name without its slash, decoded; undefined for anything else. */
export function nameOf(value: PDFObject | undefined): string | undefined {
  return value instanceof PDFName ? keyOf(value) : undefined;
}

/** A name's characters, one for each byte. */
export function keyOf(name: PDFName): string {
  const text = name.asString().slice(1);
  return text.includes('#')
    ? text.replace(/#([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}

export function numberOf(value: PDFObject | undefined): number | undefined {
  return value instanceof PDFNumber ? value.asNumber() : undefined;
}

export function itemsOf(context: PDFContext, value: PDFObject | undefined): PDFObject[] {
  if (!(value instanceof PDFArray)) return [];
  return value.asArray().map((item) => resolve(context, item) ?? item);
}

/** The filters of a stream with their numeric parameters (PDF 32000-1, 7.3.8.2). */
export function filtersOf(context: PDFContext, stream: PDFStream): FilterStep[] {
  const filter = entry(context, stream, 'Filter') ?? entry(context, stream, 'F');
  const parms = entry(context, stream, 'DecodeParms') ?? entry(context, stream, 'DP');
  const names = filter instanceof PDFName ? [filter] : itemsOf(context, filter);
  const params = parms instanceof PDFArray ? itemsOf(context, parms) : [parms];
  return names.flatMap((name, index) => {
    const text = nameOf(name);
    return text === undefined ? [] : [{ name: filterName(text), params: numbersOf(context, params[index]) }];
  });
}

function numbersOf(context: PDFContext, value: PDFObject | undefined): Record<string, number> {
  const out: Record<string, number> = {};
  for (const [key] of dictOf(value)?.entries() ?? []) {
    const found = entry(context, value, keyOf(key));
    if (found instanceof PDFNumber) out[keyOf(key)] = found.asNumber();
    else if (found instanceof PDFBool) out[keyOf(key)] = found.asBoolean() ? 1 : 0;
  }
  return out;
}

/** A stream's bytes as far as byte filters go; `rest` are the picture filters that then remain. */
export interface Opened {
  readonly data: Uint8Array;
  readonly rest: readonly FilterStep[];
  readonly damaged: boolean;
}

/** Decodes a stream up to its first picture filter, predictors undone. Refuses with 'memory' a decompression bomb. */
export function openStream(context: PDFContext, stream: PDFObject | undefined): Opened {
  if (!(stream instanceof PDFRawStream)) return { data: new Uint8Array(0), rest: [], damaged: true };
  let data = stream.getContents();
  let damaged = false;
  const steps = filtersOf(context, stream);
  for (const [index, step] of steps.entries()) {
    if (!isByteFilter(step.name)) return { data, rest: steps.slice(index), damaged };
    const decoded = decodeFilter(step, data);
    data = unpredict(decoded.data, step.params);
    damaged ||= decoded.damaged;
  }
  return { data, rest: [], damaged };
}

/** What a page is made from, with what it inherits (7.7.3.4). */
export interface SourcePage {
  readonly dict: PDFDict;
  readonly inherited: ReadonlyMap<string, PDFObject>;
}

const INHERITED = ['Resources', 'MediaBox', 'CropBox', 'Rotate'];

/** The pages in their order. A tree that is a ring, or too deep, ends where it repeats itself. */
export function pagesOf(context: PDFContext, limit: number): SourcePage[] {
  const pages: SourcePage[] = [];
  const seen = new Set<PDFObject>();
  const walk = (node: PDFObject | undefined, inherited: ReadonlyMap<string, PDFObject>, depth: number) => {
    const dict = dictOf(node);
    if (!dict || seen.has(dict) || depth > 100 || pages.length > limit) return;
    const own = new Map(inherited);
    for (const key of INHERITED) {
      const value = entry(context, dict, key);
      if (value) own.set(key, value);
    }
    const kids = entry(context, dict, 'Kids');
    if (!(kids instanceof PDFArray)) {
      pages.push({ dict, inherited: own });
      return;
    }
    seen.add(dict);
    for (const kid of kids.asArray()) walk(resolve(context, kid), own, depth + 1);
  };
  walk(entry(context, resolve(context, context.trailerInfo.Root), 'Pages'), new Map(), 0);
  return pages;
}
