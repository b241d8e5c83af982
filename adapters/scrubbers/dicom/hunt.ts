import type { KnownIdentifiers } from '../../../domain/identifiers/spans.ts';
import { decoderFor } from './characters.ts';
import { type DataSet, type Element, isPrivate, latin1, plain, tags } from './data-set.ts';
import { isKept } from './earlier.ts';
import { isCreator } from './private.ts';
import { decoderOf, ownValues, type RemovedValues, textOf } from './removed.ts';
import { ascii, emptied, REMOVED, type Replacer } from './replace.ts';
import { severalIn } from './several.ts';
import { type Sought, type Span, soughtOf, wasRemoved } from './sought.ts';
import { plainVrs, wordVrs } from './standard/vrs.ts';

/** Values that stay, each in its place; a search finds parts of them. */
interface Place {
  readonly element: Element;
  readonly text: string;
  readonly vr: string;
}

export interface Hunted {
  readonly dataSet: DataSet;
  /** How many values were masked. */
  readonly masked: number;
}

/** A shorter value stands in bytes by chance. */
const SHORTEST_IN_BYTES = 5;
const MOST_SEARCHED = 4_000_000;

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
  const places: Place[] = [];
  collect(dataSet, decoderFor([]), places);
  const found = spansOf(places, soughtOf(removed, known));
  if (found.size === 0) return { dataSet, masked: clear.masked };
  const masks = new Map([...found].map(([index, spans]) => [index, masked(places[index] as Place, spans)] as const));
  const isPlain = [...masks.values()].every((text) => /^[\x20-\x7e\n\r\t\f]*$/.test(text));
  const masking: Masking = { at: 0, masks, masked: new Set() };
  const said = rewritten(dataSet, masking);
  return { dataSet: isPlain ? said : asUtf8(said, masking.masked), masked: masks.size + clear.masked };
}

/** What is written in places, by their numbers, the number of the next one, and the elements that were written. */
interface Masking {
  at: number;
  readonly masks: ReadonlyMap<number, string>;
  readonly masked: Set<Element>;
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

/** What is looked at of an element before its words: whether its bytes are searched, and the UID that it is. */
const looks = new WeakMap<Element, { readonly asBytes: boolean; readonly uid: string | undefined }>();

function lookOf(element: Element) {
  let look = looks.get(element);
  if (!look) {
    const { bytes, vr } = element;
    look = { asBytes: isSearchedAsBytes(element), uid: bytes && vr === 'UI' ? plain(bytes) : undefined };
    if (isKept(element)) looks.set(element, look);
  }
  return look;
}

/** Replaces UIDs that name a class where the same one was replaced elsewhere, and leaves out bytes of no words (a colour profile, samples, numbers) in which a removed value stands, one byte or two to a letter. */
function withoutOld(
  dataSet: DataSet,
  removed: RemovedValues,
  known: KnownIdentifiers | undefined,
  replacer: Replacer,
): Hunted {
  const holdsOld = searchInBytes(dataSet, removed, known);
  let masked = 0;
  const one = (element: Element): Element | undefined => {
    const { tag, vr, bytes, items: inner } = element;
    if (inner) {
      const items = inner.map(walk);
      return items.every((item, at) => item === inner[at]) ? element : { tag, vr, items };
    }
    const { asBytes, uid } = lookOf(element);
    if (uid !== undefined && removed.uids.has(uid)) {
      masked++;
      return { tag, vr, bytes: ascii(replacer.uid(uid)) };
    }
    if (!bytes || !asBytes || !holdsOld?.(bytes)) return element;
    masked++;
    // The creator of a private block stays with what it names.
    return isPrivate(tag) ? emptied(tag, vr) : undefined;
  };
  /** The same one where nothing of it changes. */
  const walk = (items: DataSet): DataSet => {
    const others = items.map(one);
    return others.every((other, at) => other === items[at]) ? items : others.filter((other) => other !== undefined);
  };
  return { dataSet: walk(dataSet), masked };
}

/** Gives how to look for values in an element's bytes; undefined where none of them stands in any. Most numbers are of a few bytes: all of those are searched at once. */
function searchInBytes(
  dataSet: DataSet,
  removed: RemovedValues,
  known: KnownIdentifiers | undefined,
): ((bytes: Uint8Array) => boolean) | undefined {
  const all: Uint8Array[] = [];
  const collectBytes = (items: DataSet) => {
    for (const element of items) {
      if (element.bytes && lookOf(element).asBytes) all.push(element.bytes, SEPARATOR);
      for (const item of element.items ?? []) collectBytes(item);
    }
  };
  collectBytes(dataSet);
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
  return large.some(holds) || holds(Buffer.concat(small)) ? holds : undefined;
}
const SEPARATOR = Uint8Array.of(0);

/** Creators of private blocks that stay are names of the standard's table. */
const isSearched = ({ tag, vr, bytes }: Element): boolean =>
  bytes !== undefined &&
  !isCreator(tag) &&
  (wordVrs.has(vr) || vr === 'CS' || vr === 'DS' || vr === 'IS' || vr === 'UR' || vr === 'AE');

function collect(dataSet: DataSet, before: (bytes: Uint8Array) => string, places: Place[]): void {
  const decode = decoderOf(dataSet, before);
  for (const element of dataSet) {
    if (isSearched(element)) places.push({ element, text: textOf(element, decode), vr: element.vr });
    for (const item of element.items ?? []) collect(item, decode, places);
  }
}

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
function spansOf(places: readonly Place[], { inText, inWords }: Sought): Map<number, readonly Span[]> {
  const found = new Map<number, readonly Span[]>();
  const add = (index: number, spans: readonly Span[]) => {
    if (spans.length > 0) found.set(index, [...(found.get(index) ?? []), ...spans]);
  };
  for (const [index, { element, text }] of places.entries()) add(index, inText(element, text));
  if (inWords) for (const [index, span] of spansInWords(places, inWords)) add(index, [span]);
  return found;
}

/** All words at once: a search costs by the call. */
function spansInWords(places: readonly Place[], search: NonNullable<Sought['inWords']>): (readonly [number, Span])[] {
  const words = [...places.entries()].filter(([, { vr }]) => wordVrs.has(vr));
  const starts: (readonly [start: number, index: number])[] = [];
  let all = '';
  for (const [index, { text }] of words) {
    if (all.length + text.length > MOST_SEARCHED) break;
    starts.push([all.length, index]);
    all += `${text}\n`;
  }
  const found: (readonly [number, Span])[] = [];
  let at = 0;
  for (const { start, end } of search(all)) {
    while (at + 1 < starts.length && (starts[at + 1] as Span)[0] <= start) at++;
    const [from, index] = starts[at] as Span;
    const length = (places[index] as Place).text.length;
    if (start - from < length) found.push([index, [start - from, Math.min(length, end - from)]]);
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

/** Whether a value that was removed still stands in the data set as a value of words, or as a UID. */
export function stands(dataSet: DataSet, removed: RemovedValues): boolean {
  const isRemoved = wasRemoved(removed);
  const walk = (items: DataSet, before: (bytes: Uint8Array) => string): boolean => {
    const decode = decoderOf(items, before);
    return items.some((element) => {
      const { vr, bytes, items: inner } = element;
      if (inner) return inner.some((item) => walk(item, decode));
      if (!bytes || (!wordVrs.has(vr) && vr !== 'UI')) return false;
      const values = ownValues(element, decode);
      return vr === 'UI' ? values.some((uid) => removed.uids.has(uid)) : values.some(isRemoved);
    });
  };
  return walk(dataSet, decoderFor([]));
}
