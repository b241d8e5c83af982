import type { KnownIdentifiers } from '../../../domain/identifiers/spans.ts';
import { decoderFor } from './characters.ts';
import { type DataSet, type Element, isPrivate, latin1, plain, tags } from './data-set.ts';
import { isKept, joined, ofParts, ofPartsWith, partsOf } from './parts.ts';
import { isSearched, type Place, type Places, placesOf, wordsOf, wordsTogether } from './places.ts';
import { decoderOf, type RemovedValues, valuesOf } from './removed.ts';
import { ascii, emptied, REMOVED, type Replacer } from './replace.ts';
import { severalIn } from './several.ts';
import { type Sought, type Span, soughtOf, type WordsOf, wasRemoved } from './sought.ts';
import { plainVrs, wordVrs } from './standard/vrs.ts';

type Decode = (bytes: Uint8Array) => string;

export interface Hunted {
  readonly dataSet: DataSet;
  /** How many values were masked. */
  readonly masked: number;
}

/** A shorter value stands in bytes by chance. */
const SHORTEST_IN_BYTES = 5;

/**
 * Looks for every value that was removed in what stays, and for what the member typed: equal to a value, as a name in any of its forms, or within words. What is found is masked; codes of the standard's own vocabulary that happen
 * to be equal stay. Masked words that are not plain letters make the whole data set UTF-8.
 */
export function hunt(
  given: DataSet,
  removed: RemovedValues,
  known: KnownIdentifiers | undefined,
  replacer: Replacer,
): Hunted {
  const clear = withoutOld(given, removed, known, replacer);
  const { dataSet } = clear;
  const decode = decoderOf(dataSet, decoderFor([]));
  const parts = partsOf(dataSet);
  const places = parts.map((part) => placesOf(part, decode));
  const found = spansOf(places, soughtOf(removed, known));
  if (found.size === 0) return { dataSet, masked: clear.masked };
  const all = places.flatMap((one) => one.all);
  const masks = new Map([...found].map(([index, spans]) => [index, masked(all[index] as Place, spans)] as const));
  const isPlain = [...masks.values()].every((text) => /^[\x20-\x7e\n\r\t\f]*$/.test(text));
  const masking: Masking = { at: 0, masks, masked: new Set() };
  const inPart = (part: DataSet, index: number) => {
    const { length } = (places[index] as Places).all;
    if (some(masking.at, length, masks)) return rewritten(part, masking);
    masking.at += length;
    return part;
  };
  const said = joined(parts.map(inPart));
  return { dataSet: isPlain ? said : asUtf8(said, masking.masked), masked: masks.size + clear.masked };
}

/** What is written in places, by their numbers, the number of the next one, and the elements that were written. */
interface Masking {
  at: number;
  readonly masks: ReadonlyMap<number, string>;
  readonly masked: Set<Element>;
}

/** Whether any of so many numbers from one on is there. */
function some(from: number, length: number, among: ReadonlyMap<number, unknown>): boolean {
  for (let at = from; at < from + length; at++) if (among.has(at)) return true;
  return false;
}

/** Bytes that are searched at a time. */
const PIECE = 4_000_000;
const LONGEST_VALUE = 1000;
/** Words and codes are searched as what they say, pixels as pictures. */
const isSearchedAsBytes = ({ tag, vr, bytes }: Element) =>
  bytes !== undefined &&
  bytes.length > SHORTEST_IN_BYTES &&
  tag !== tags.pixelData &&
  !wordVrs.has(vr) &&
  !plainVrs.has(vr);

/** What is looked at of a part before its words, with all that is nested in it: the UIDs, and the bytes that are searched. */
const lookAt = ofParts((part) => {
  const uids: string[] = [];
  const searched: Uint8Array[] = [];
  const look = (items: DataSet) => {
    for (const element of items) {
      const { vr, bytes, items: inner } = element;
      if (bytes && vr === 'UI') uids.push(plain(bytes));
      if (bytes && isSearchedAsBytes(element)) searched.push(bytes);
      for (const item of inner ?? []) look(item);
    }
  };
  look(part);
  return { uids, searched };
});

/** Replaces UIDs that name a class where the same one was replaced elsewhere, and leaves out bytes of no words (a colour profile, samples, numbers) in which a removed value stands, one byte or two to a letter. */
function withoutOld(
  dataSet: DataSet,
  removed: RemovedValues,
  known: KnownIdentifiers | undefined,
  replacer: Replacer,
): Hunted {
  const parts = partsOf(dataSet);
  const holdsOld = searchInBytes(
    parts.flatMap((part) => lookAt(part).searched),
    removed,
    known,
  );
  let masked = 0;
  const one = (element: Element): Element | undefined => {
    const { tag, vr, bytes, items: inner } = element;
    if (inner) {
      const items = inner.map(walk);
      return items.every((item, at) => item === inner[at]) ? element : { tag, vr, items };
    }
    if (bytes && vr === 'UI' && removed.uids.has(plain(bytes))) {
      masked++;
      return { tag, vr, bytes: ascii(replacer.uid(plain(bytes))) };
    }
    if (!bytes || !isSearchedAsBytes(element) || !holdsOld?.(bytes)) return element;
    masked++;
    // The creator of a private block stays with what it names.
    return isPrivate(tag) ? emptied(tag, vr) : undefined;
  };
  const walk = (items: DataSet): DataSet => {
    const others = items.map(one);
    return others.every((other, at) => other === items[at]) ? items : others.filter((other) => other !== undefined);
  };
  const clear = parts.map((part) => {
    const { uids, searched } = lookAt(part);
    return (holdsOld && searched.length > 0) || uids.some((uid) => removed.uids.has(uid)) ? walk(part) : part;
  });
  return { dataSet: masked === 0 ? dataSet : joined(clear), masked };
}

/** Gives how to look for values in an element's bytes; undefined where none of them stands in any. Most numbers are of a few bytes: all of those are searched at once. */
function searchInBytes(
  all: readonly Uint8Array[],
  removed: RemovedValues,
  known: KnownIdentifiers | undefined,
): ((bytes: Uint8Array) => boolean) | undefined {
  if (all.length === 0) return undefined;
  const typed = [...(known?.names ?? []), ...(known?.numbers ?? [])];
  const names = [...removed.names].flatMap((name) => {
    const parts = name.split(/[ ,]+/);
    return [name, ...parts, `${parts.at(-1)}^${parts[0]}`];
  });
  const values = [...names, ...removed.words, ...removed.uids, ...typed]
    .filter(({ length }) => length > SHORTEST_IN_BYTES && length < LONGEST_VALUE)
    .flatMap((value) => [Buffer.from(value), Buffer.from(value, 'utf16le'), Buffer.from(value, 'utf16le').swap16()]);
  const search = severalIn([...new Set(values.map((value) => latin1(value)))]);
  const holds = (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length; at += PIECE)
      if (search(latin1(bytes, at, Math.min(bytes.length, at + PIECE + 4 * LONGEST_VALUE)), () => true)) return true;
    return false;
  };
  const large = all.filter(({ length }) => length > PIECE);
  const small = all.filter(({ length }) => length <= PIECE);
  const apart = Buffer.concat(small.flatMap((bytes) => [bytes, SEPARATOR]));
  return large.some(holds) || holds(apart) ? holds : undefined;
}
const SEPARATOR = Uint8Array.of(0);

/** Masked words are in UTF-8. */
function rewritten(dataSet: DataSet, masking: Masking): DataSet {
  return dataSet.map((element): Element => {
    const { tag, vr, items } = element;
    if (items) return { tag, vr, items: items.map((item) => rewritten(item, masking)) };
    if (!isSearched(element)) return element;
    const text = masking.masks.get(masking.at++);
    if (text === undefined) return element;
    const one = { tag, vr, bytes: new TextEncoder().encode(text) };
    masking.masked.add(one);
    return one;
  });
}

/** The same words in UTF-8 (ISO_IR 192), at every depth; some elements are so already. */
export function asUtf8(dataSet: DataSet, already?: ReadonlySet<Element>): DataSet {
  const term: Element = { tag: tags.characterSet, vr: 'CS', bytes: ascii('ISO_IR 192') };
  const converted = inUtf8(dataSet, decoderFor([]), already);
  const others = converted.filter(({ tag }) => tag !== tags.characterSet);
  return [...others, term].sort((one, other) => one.tag - other.tag);
}

function inUtf8(
  dataSet: DataSet,
  before: (bytes: Uint8Array) => string,
  already: ReadonlySet<Element> | undefined,
): DataSet {
  const decode = decoderOf(dataSet, before);
  return dataSet.flatMap((element): Element[] => {
    const { tag, vr, bytes, items } = element;
    if (tag === tags.characterSet) return [];
    if (items) return [{ tag, vr, items: items.map((item) => inUtf8(item, decode, already)) }];
    if (!bytes || !wordVrs.has(vr) || already?.has(element)) return [element];
    return [{ tag, vr, bytes: new TextEncoder().encode(decode(bytes)) }];
  });
}

/** What is to be masked, by the number of its place. */
function spansOf(parts: readonly Places[], { inPlaces, inWords }: Sought): Map<number, readonly Span[]> {
  const found = new Map<number, readonly Span[]>();
  const add = (index: number, spans: readonly Span[]) => {
    if (spans.length > 0) found.set(index, [...(found.get(index) ?? []), ...spans]);
  };
  let before = 0;
  for (const places of parts) {
    for (const [index, spans] of inPlaces(places)) add(before + index, spans);
    before += places.all.length;
  }
  if (inWords) for (const [index, span] of spansInWords(parts, inWords)) add(index, [span]);
  return found;
}

/** All words at once: a search costs by the call. */
function spansInWords(
  parts: readonly Places[],
  search: NonNullable<Sought['inWords']>,
): (readonly [index: number, span: Span])[] {
  const spans = search(wordsTogether(parts));
  if (spans.length === 0) return [];
  const places = parts.flatMap(({ all }) => all);
  const { starts } = wordsOf(places);
  const found: (readonly [number, Span])[] = [];
  let first = 0;
  for (const { start, end } of spans) {
    while (first + 1 < starts.length && (starts[first + 1] as Span)[0] <= start) first++;
    // A name that ends one value and another that begins the next are found as one.
    for (let at = first; at < starts.length && (starts[at] as Span)[0] < end; at++) {
      const [from, index] = starts[at] as Span;
      const span: Span = [Math.max(0, start - from), Math.min((places[index] as Place).text.length, end - from)];
      if (span[0] < span[1]) found.push([index, span]);
    }
  }
  return found;
}

function masked({ text, vr }: Place, spans: readonly Span[]): string {
  const mask = vr === 'DS' || vr === 'IS' ? '0' : REMOVED;
  const sorted = [...spans].sort(([one], [other]) => one - other);
  let said = '';
  let at = 0;
  for (const [start, end] of sorted) {
    if (end <= at) continue;
    if (start >= at) said += text.slice(at, start) + mask;
    at = end;
  }
  return said + text.slice(at);
}

/** What the scrubber itself says of its method is no value of the file's. */
const methods = new Set([0x00120063, 0x00120064]);

/** The values of words in a part, with all that is nested in it, and its UIDs. */
const valuesIn: (part: DataSet, decode: Decode) => WordsOf & { readonly uids: readonly string[] } = ofPartsWith(
  (part, decode: Decode) => {
    const [words, uids]: [string[], string[]] = [[], []];
    const walk = (items: DataSet, before: Decode) => {
      const own = decoderOf(items, before);
      for (const { tag, vr, bytes, items: inner } of items) {
        if (items === part && methods.has(tag)) continue;
        for (const item of inner ?? []) walk(item, own);
        if (bytes && (wordVrs.has(vr) || vr === 'UI')) (vr === 'UI' ? uids : words).push(...valuesOf(vr, bytes, own));
      }
    };
    walk(part, decode);
    return { words, uids, isKept: isKept(part) };
  },
);

/** Whether a value that was removed still stands in the data set as a value of words, or as a UID, but in what is said of the method. */
export function stands(dataSet: DataSet, removed: RemovedValues): boolean {
  const holdsRemoved = wasRemoved(removed);
  const decode = decoderOf(dataSet, decoderFor([]));
  return partsOf(dataSet).some((part) => {
    const values = valuesIn(part, decode);
    return values.uids.some((uid) => removed.uids.has(uid)) || holdsRemoved(values);
  });
}
