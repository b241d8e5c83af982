import { deflateSync } from 'node:zlib';
import {
  PDFArray,
  PDFBool,
  PDFContext,
  PDFDict,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
} from 'pdf-lib';
import { FREE_NAMES, NAME_VALUES, PLAIN, type PlainKind } from './allowed.ts';
import { type Hidden, hiddenLayers } from './layers.ts';
import { writeName } from './lexer.ts';
import { entry, keyOf, nameFor, openStream, resolve } from './source.ts';

/** Something drawn that was copied: its place in the new document, and whether it holds a picture. */
export interface Drawn {
  readonly ref: PDFRef;
  picture: boolean;
}

/** One rebuild in progress: the document that is read, the one that is written, and what was seen on the way. */
export interface Build {
  readonly source: PDFContext;
  readonly target: PDFContext;
  readonly hidden: Hidden;
  /** Copies that do not depend on where they are used, by the source object. */
  readonly copies: Map<PDFObject, PDFRef>;
  /** Copies of content, which may depend on the resources around it. */
  readonly drawn: Map<PDFObject, Map<PDFObject | undefined, Drawn>>;
  /** How often content looked for a resource outside its own: what did so cannot be shared between pages. */
  borrowed: number;
  readonly removed: (kind: string, count: number, text?: Uint8Array) => void;
}

/** Gives a build for a parsed document; `removed` is told of everything that content streams and pictures lose. */
export function newBuild(source: PDFContext, removed: Build['removed']): Build {
  return {
    source,
    target: PDFContext.create(),
    hidden: hiddenLayers(source),
    copies: new Map(),
    drawn: new Map(),
    borrowed: 0,
    removed,
  };
}

/** A name object for these characters, whatever they are. */
export function name(characters: string): PDFName {
  return PDFName.of(writeName(characters).slice(1));
}

const MAX_PLAIN_DEPTH = 6;

/** Copies a number, a boolean, a known name (`free`: any name), or an array of those; anything else, strings included, is not plain and gives undefined. */
export function plain(build: Build, value: PDFObject | undefined, depth = 0, free = false): PDFObject | undefined {
  const found = resolve(build.source, value);
  if (found instanceof PDFNumber) return Number.isFinite(found.asNumber()) ? PDFNumber.of(found.asNumber()) : undefined;
  if (found instanceof PDFBool) return found;
  if (found instanceof PDFName) {
    const text = keyOf(found);
    return free || NAME_VALUES.has(text) ? name(text.slice(0, 127)) : undefined;
  }
  if (!(found instanceof PDFArray) || depth > MAX_PLAIN_DEPTH) return undefined;
  const copy = PDFArray.withContext(build.target);
  for (const item of found.asArray()) {
    const kept = plain(build, item, depth + 1, free);
    if (kept) copy.push(kept);
  }
  return copy;
}

/** A new dictionary with the plain entries that its kind may carry. */
export function plainDict(build: Build, holder: PDFObject | undefined, kind: PlainKind): PDFDict {
  const copy = PDFDict.withContext(build.target);
  for (const key of PLAIN[kind].split(' ')) {
    set(copy, key, plain(build, entry(build.source, holder, key), 0, FREE_NAMES.has(key)));
  }
  return copy;
}

/** Sets an entry unless its value is undefined. */
export function set(dict: PDFDict, key: string, value: PDFObject | undefined): void {
  if (value !== undefined) dict.set(nameFor(key), value);
}

/** Copies an object once: the second time its reference is given. The reference stands before the copy does, so that rings end. */
export function once(build: Build, source: PDFObject, make: () => PDFObject | undefined): PDFRef {
  const known = build.copies.get(source);
  if (known) return known;
  const ref = build.target.nextRef();
  build.copies.set(source, ref);
  const made = make();
  build.target.assign(ref, made ?? build.target.obj(null));
  return ref;
}

/** A stream with these bytes, deflated. */
export function deflated(dict: PDFDict, data: Uint8Array): PDFRawStream {
  dict.set(nameFor('Filter'), PDFName.of('FlateDecode'));
  return PDFRawStream.of(dict, packed(data));
}

interface Packed {
  readonly data: Uint8Array;
  readonly packed: Uint8Array;
}

/** What was deflated lately, by its length: a document is written anew up to four times, and most of its streams are the same each time. */
const lately = new Map<number, Packed[]>();
const MOST_HELD = 4 * 1024 * 1024;
const LARGEST_HELD = 1024 * 1024;
let held = 0;

/** Called before another document, of which nothing is to stay. */
export function forgetPacked(): void {
  lately.clear();
  held = 0;
}

function packed(data: Uint8Array): Uint8Array {
  const alike = lately.get(data.length) ?? [];
  const known = alike.find((one) => Buffer.compare(one.data, data) === 0);
  if (known) return known.packed;
  const fresh = Uint8Array.from(deflateSync(data));
  if (data.length > LARGEST_HELD) return fresh;
  if (held + data.length + fresh.length > MOST_HELD) forgetPacked();
  held += data.length + fresh.length;
  lately.set(data.length, [...(lately.get(data.length) ?? []), { data, packed: fresh }]);
  return fresh;
}

/** Copies a stream of bytes (a font program, a table) decoded and deflated anew, so that nothing behind its end comes along. */
export function byteStream(
  build: Build,
  value: PDFObject | undefined,
  dict: PDFDict,
  clean?: (data: Uint8Array) => Uint8Array,
): PDFRef | undefined {
  const source = resolve(build.source, value);
  if (!(source instanceof PDFRawStream)) return undefined;
  return once(build, source, () => {
    const { data } = openStream(build.source, source);
    return deflated(dict, clean ? clean(data) : data);
  });
}
