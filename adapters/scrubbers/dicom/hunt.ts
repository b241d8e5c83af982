import { compileKnown } from '../../../domain/identifiers/known/known.ts';
import type { Span as Found, KnownIdentifiers } from '../../../domain/identifiers/spans.ts';
import { decoderFor } from './characters.ts';
import { type DataSet, type Element, latin1, plain, tags } from './data-set.ts';
import { keptForAMoment } from './moment.ts';
import { decoderOf, isDense, type RemovedValues, trimmed, valuesOf } from './removed.ts';
import { ascii, REMOVED, type Replacer } from './replace.ts';
import { severalIn } from './several.ts';
import { isTerm } from './standard/terms.ts';
import { wordVrs } from './standard/vrs.ts';

/** Values that stay, each in its place; a search finds parts of them. */
interface Place {
  readonly text: string;
  readonly vr: string;
}

export interface Hunted {
  readonly dataSet: DataSet;
  /** How many values were masked. */
  readonly masked: number;
}

/** Shorter values are equal by chance. */
const SHORTEST = 3;
const SHORTEST_WITHIN = 5;
const LONGEST_WITHIN = 200;
const SHORTEST_NUMBER = 6;
/** A private value may be the beginning of another one, cut to its element's length. */
const LONG_PRIVATE = 8;
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
  const search = searcher(removed, known);
  const clear = withoutOld(given, removed, replacer);
  const { dataSet } = clear;
  const places: Place[] = [];
  collect(dataSet, decoderFor([]), places);
  const found = search(places);
  if (found.size === 0) return { dataSet, masked: clear.masked };
  const masks = new Map([...found].map(([index, spans]) => [index, masked(places[index] as Place, spans)] as const));
  const isPlain = [...masks.values()].every((text) => /^[\x20-\x7e\n\r\t\f]*$/.test(text));
  const before = isPlain ? dataSet : asUtf8(dataSet);
  const counter = { at: 0 };
  return { dataSet: rewritten(before, masks, counter), masked: masks.size + clear.masked };
}

const LONGEST_BLOB = 4_000_000;

/** Replaces UIDs that name a class where the same one was replaced elsewhere, and leaves out bytes of no numbers (a colour profile) in which a removed value stands. */
function withoutOld(dataSet: DataSet, removed: RemovedValues, replacer: Replacer): Hunted {
  const values = [...removed.names, ...removed.words, ...removed.uids].filter((one) => one.length > SHORTEST_WITHIN);
  let search: ReturnType<typeof severalIn> | undefined;
  let masked = 0;
  const walk = (items: DataSet): DataSet =>
    items.flatMap((element): Element[] => {
      const { tag, vr, bytes, items: inner } = element;
      if (inner) return [{ tag, vr, items: inner.map(walk) }];
      if (bytes && vr === 'UI' && removed.uids.has(plain(bytes))) {
        masked++;
        return [{ tag, vr, bytes: ascii(replacer.uid(plain(bytes))) }];
      }
      if (!bytes || (vr !== 'OB' && vr !== 'UN') || tag === tags.pixelData || bytes.length > LONGEST_BLOB)
        return [element];
      // Bytes are searched as characters of one byte each.
      search ??= severalIn(values.map((value) => latin1(new TextEncoder().encode(value))));
      if (!search(latin1(bytes), () => true)) return [element];
      masked++;
      return [];
    });
  return { dataSet: walk(dataSet), masked };
}

const isSearched = ({ vr, bytes }: Element): boolean =>
  bytes !== undefined && (wordVrs.has(vr) || vr === 'CS' || vr === 'DS' || vr === 'IS' || vr === 'UR' || vr === 'AE');

function collect(dataSet: DataSet, before: (bytes: Uint8Array) => string, places: Place[]): void {
  const decode = decoderOf(dataSet, before);
  for (const element of dataSet) {
    if (isSearched(element)) places.push({ text: decode(element.bytes as Uint8Array), vr: element.vr });
    for (const item of element.items ?? []) collect(item, decode, places);
  }
}

function rewritten(dataSet: DataSet, masks: ReadonlyMap<number, string>, counter: { at: number }): DataSet {
  return dataSet.map((element): Element => {
    const { tag, vr, items } = element;
    if (items) return { tag, vr, items: items.map((item) => rewritten(item, masks, counter)) };
    if (!isSearched(element)) return element;
    const text = masks.get(counter.at++);
    return text === undefined ? element : { tag, vr, bytes: new TextEncoder().encode(text) };
  });
}

/** The same words in UTF-8 (ISO_IR 192), at every depth. */
export function asUtf8(dataSet: DataSet): DataSet {
  const term: Element = { tag: tags.characterSet, vr: 'CS', bytes: ascii('ISO_IR 192') };
  const converted = inUtf8(dataSet, decoderFor([]));
  const others = converted.filter(({ tag }) => tag !== tags.characterSet);
  return [...others, term].sort((one, other) => one.tag - other.tag);
}

function inUtf8(dataSet: DataSet, before: (bytes: Uint8Array) => string): DataSet {
  const decode = decoderOf(dataSet, before);
  return dataSet.flatMap((element): Element[] => {
    const { tag, vr, bytes, items } = element;
    if (tag === tags.characterSet) return [];
    if (items) return [{ tag, vr, items: items.map((item) => inUtf8(item, decode)) }];
    return bytes && wordVrs.has(vr) ? [{ tag, vr, bytes: new TextEncoder().encode(decode(bytes)) }] : [element];
  });
}

type Span = readonly [start: number, end: number];

/** Upper case, without what padding and marks change. */
function folded(text: string): string {
  const plain = trimmed(text);
  // One space between words is how nearly all are written.
  return (/[^\S ]|  /.test(plain) ? plain.replace(/\s+/g, ' ') : plain).toUpperCase();
}

function searcher(removed: RemovedValues, known: KnownIdentifiers | undefined) {
  const counts = (value: string) =>
    isDense(value) ? value.length >= 2 : value.length >= SHORTEST && (/\p{L}/u.test(value) || /\d{5}/.test(value));
  const told = [...removed.words, ...removed.names, ...removed.uids, ...removed.births];
  const identity = new Set(told.map(folded).filter(counts));
  for (const name of removed.names)
    for (const part of folded(name).split(/[ ,]+/)) if (counts(part)) identity.add(part);
  const whole = new Set([...identity, ...[...removed.private].map(folded).filter(counts)]);
  const within = [...identity]
    .filter((value) => (isDense(value) || value.length >= SHORTEST_WITHIN) && value.length <= LONGEST_WITHIN)
    .filter((value) => value !== REMOVED)
    .sort((one, other) => other.length - one.length);
  const search: Search = {
    whole,
    identity,
    within: severalIn(within),
    longPrivate: severalIn([...removed.private].map(folded).filter(({ length }) => length >= LONG_PRIVATE)),
  };
  const asked = asKnown(removed, known);

  return (places: readonly Place[]): Map<number, readonly Span[]> => {
    const found = new Map<number, Span[]>();
    const add = (index: number, span: Span) => {
      const spans = found.get(index);
      if (spans) spans.push(span);
      else found.set(index, [span]);
    };
    for (const [index, place] of places.entries()) for (const span of inPlace(place, search)) add(index, span);
    for (const [index, span] of inWords(places, asked)) add(index, span);
    return found;
  };
}

const UNIT = /[\p{L}\p{N}]/u;

/** The same length in capitals: what would become longer stays. */
function upper(text: string): string {
  const whole = text.toUpperCase();
  if (whole.length === text.length) return whole;
  return text.replace(/./gsu, (letter) => {
    const large = letter.toUpperCase();
    return large.length === letter.length ? large : letter;
  });
}

/** Where values stand in a text, not within a longer word, except in letters that stand without spaces. */
function placesOf(text: string, search: Search['within']): Span[] {
  const large = upper(text);
  const spans: Span[] = [];
  search(large, (start, end) => {
    const isApart = !(UNIT.test(large.charAt(start - 1)) || UNIT.test(large.charAt(end)));
    if (isApart || isDense(large.slice(start, end))) spans.push([start, end]);
    return false;
  });
  return spans;
}

/** What is looked for: values that a whole value may be, those of them that say who, where or with what, those that may stand within words, and private ones that may. */
interface Search {
  readonly whole: ReadonlySet<string>;
  readonly identity: ReadonlySet<string>;
  readonly within: ReturnType<typeof severalIn>;
  readonly longPrivate: ReturnType<typeof severalIn>;
}

function inPlace({ text, vr }: Place, { whole, identity, within, longPrivate }: Search): Span[] {
  const spans: Span[] = [];
  for (const [start, end] of parts(text, vr)) {
    const value = folded(text.slice(start, end));
    if (value === REMOVED || value === '') continue;
    if (vr === 'CS') {
      if (identity.has(value) && !isTerm(value)) spans.push([start, end]);
    } else if (vr === 'DS' || vr === 'IS') {
      if (value.length >= SHORTEST_NUMBER && identity.has(value)) spans.push([start, end]);
    } else if (whole.has(value) || longPrivate(value, () => true)) spans.push([start, end]);
  }
  return wordVrs.has(vr) ? spans.concat(placesOf(text, within)) : spans;
}

/** The single values of a text that may hold several. */
function parts(text: string, vr: string): Span[] {
  if (vr === 'LT' || vr === 'ST' || vr === 'UT' || vr === 'UR') return [[0, text.length]];
  return [...text.matchAll(/[^\\]+/g)].map((match): Span => [match.index, match.index + match[0].length]);
}

/** All words at once: a search costs by the call. */
function inWords(places: readonly Place[], known: KnownIdentifiers): (readonly [number, Span])[] {
  if (known.names.length === 0 && !known.birthDate && !known.numbers) return [];
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
  for (const { start, end } of searchFor(known)(all)) {
    while (at + 1 < starts.length && (starts[at + 1] as Span)[0] <= start) at++;
    const [from, index] = starts[at] as Span;
    const length = (places[index] as Place).text.length;
    if (start - from < length) found.push([index, [start - from, Math.min(length, end - from)]]);
  }
  return found;
}

const searches = keptForAMoment<(text: string) => readonly Found[]>();

/** To make ready for a search takes longer than to search, and the slices of a series say the same words. */
function searchFor(known: KnownIdentifiers): (text: string) => readonly Found[] {
  return searches(JSON.stringify(known), () => {
    const search = compileKnown(known);
    let last: { readonly text: string; readonly found: readonly Found[] } | undefined;
    return (text) => {
      if (last?.text !== text) last = { text, found: search(text) };
      return last.found;
    };
  });
}

const MOST_NAMES = 20;

/** Whom and what numbers the file named, to be looked for in its frames and its documents. */
export function knownOf(removed: RemovedValues): KnownIdentifiers {
  const { names, birthDate } = asKnown(removed, undefined);
  return { names, numbers: [...removed.numbers].slice(0, MOST_NAMES), ...(birthDate ? { birthDate } : {}) };
}

/** What the file itself said of its people, with what the member typed. */
function asKnown(removed: RemovedValues, known: KnownIdentifiers | undefined): KnownIdentifiers {
  const names = [...removed.names].filter((name) => (name.match(/\p{L}/gu)?.length ?? 0) >= 3).slice(0, MOST_NAMES);
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec([...removed.births][0] ?? '') ?? [];
  const birthDate = known?.birthDate ?? (year ? `${year}-${month}-${day}` : undefined);
  return {
    names: [...(known?.names ?? []), ...names],
    ...(birthDate ? { birthDate } : {}),
    ...(known?.numbers ? { numbers: known.numbers } : {}),
  };
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
  const texts = new Set(
    [...removed.words, ...removed.names]
      .map(folded)
      .filter((one) => one.length >= SHORTEST && /\p{L}/u.test(one) && one !== REMOVED),
  );
  const walk = (items: DataSet, before: (bytes: Uint8Array) => string): boolean => {
    const decode = decoderOf(items, before);
    return items.some(({ vr, bytes, items: inner }) => {
      if (inner) return inner.some((item) => walk(item, decode));
      if (!bytes || (!wordVrs.has(vr) && vr !== 'UI')) return false;
      const values = valuesOf(vr, bytes, decode);
      return vr === 'UI'
        ? values.some((uid) => removed.uids.has(uid))
        : values.some((value) => texts.has(folded(value)));
    });
  };
  return walk(dataSet, decoderFor([]));
}
