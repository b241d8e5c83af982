import { compileKnown } from '../../../domain/identifiers/known/known.ts';
import type { Span as Found, KnownIdentifiers } from '../../../domain/identifiers/spans.ts';
import { keptForAMoment } from './moment.ts';
import type { Place, Places } from './places.ts';
import { isDense, type RemovedValues, trimmed } from './removed.ts';
import { REMOVED } from './replace.ts';
import { severalIn } from './several.ts';
import { isTerm } from './standard/terms.ts';
import { wordVrs } from './standard/vrs.ts';

export type Span = readonly [start: number, end: number];

type Values = readonly string[];
const areEqual = (one: Values, other: Values) =>
  one.length === other.length && one.every((value, index) => value === other[index]);
const areSame = (one: readonly Values[], other: readonly Values[]) =>
  one.every((list, at) => areEqual(list, other[at] ?? []));

/** Spans of places, by their numbers. */
type InPlaces = (places: Places) => readonly (readonly [index: number, spans: readonly Span[]])[];

/** What is looked for in what stays. */
export interface Sought {
  /** Where removed values stand in the places of a part. */
  readonly inPlaces: InPlaces;
  /** Where names in any of their forms, birth dates and numbers stand in words. */
  readonly inWords: ((words: string) => readonly Found[]) | undefined;
}

/** Shorter values are equal by chance. */
const SHORTEST = 3;
const SHORTEST_WITHIN = 5;
const LONGEST_WITHIN = 200;
const SHORTEST_NUMBER = 6;
/** A private value may be the beginning of another one, cut to its element's length. */
const LONG_PRIVATE = 8;

/** Makes ready to look for all values that were removed, and for what the member typed. */
export function soughtOf(removed: RemovedValues, known: KnownIdentifiers | undefined): Sought {
  const dense = denseOf(known);
  const said = identityOf(dense.length > 0 ? { ...removed, names: new Set([...removed.names, ...dense]) } : removed);
  const uids = searchOf([...removed.uids].map(folded).filter(counts));
  const foreign = foreignOf(removed);
  const asked = asKnown(removed, known);
  const olds: InPlaces = (places) =>
    places.longest < uids.shortest ? NOTHING : foundIn(places, ({ text, vr }) => inText(text, vr, uids));
  return {
    inPlaces: (places) => {
      const found = [said.inPlaces(places), olds(places), foreign(places)].filter(({ length }) => length > 0);
      return found.length === 0 ? NOTHING : found.flat();
    },
    inWords: asked.names.length > 0 || asked.birthDate || asked.numbers ? searchFor(asked) : undefined,
  };
}

const NOTHING: ReturnType<InPlaces> = [];

function foundIn({ all }: Places, find: (place: Place) => readonly Span[]): ReturnType<InPlaces> {
  return all.flatMap((place, index) => {
    const spans = find(place);
    return spans.length > 0 ? [[index, spans] as const] : [];
  });
}

/** Of the names that the member typed, those whose letters stand without spaces: they are looked for as they are. */
function denseOf(known: KnownIdentifiers | undefined): string[] {
  return (known?.names ?? []).filter(isDense).flatMap((name) => [name, name.replace(/\s+/g, '')]);
}

/** Values of words. */
export interface WordsOf {
  readonly words: Values;
  /** The next file may have these very values. */
  readonly isKept: boolean;
}

/** Gives whether any whole value of words is one that was removed. */
export function wasRemoved(removed: RemovedValues): (values: WordsOf) => boolean {
  return identityOf(removed).holdsWord;
}

const foreigners = keptForAMoment<InPlaces, Values>(areEqual);

/** Where whole values stand that stood in a private element, or begin one or end it. */
function foreignOf(removed: RemovedValues): InPlaces {
  return foreigners([...removed.private], (given) => {
    const values = new Set(given.map(folded));
    const beginnings = severalIn([...values].filter(({ length }) => length >= LONG_PRIVATE));
    const isForeign = remembered((one) => {
      const value = folded(one);
      return (
        (values.has(value) && counts(value) && value !== REMOVED) ||
        (value.length >= LONG_PRIVATE && beginnings(value, () => true))
      );
    });
    return once((places) =>
      foundIn(places, ({ text, vr }) =>
        isCoded(vr) ? [] : parts(text, vr).filter(([start, end]) => isForeign(text.slice(start, end))),
      ),
    );
  });
}

/** Keeps what was found in what the next file may have too: most of a slice is the same in the next one. */
function once<In extends { readonly isKept: boolean }, Found>(find: (where: In) => Found): (where: In) => Found {
  const known = new WeakMap<In, { readonly found: Found }>();
  return (where) => {
    const before = known.get(where);
    if (before) return before.found;
    const found = find(where);
    if (where.isKept) known.set(where, { found });
    return found;
  };
}

/** Values that a whole value may be, and that may stand within words. */
interface Search {
  readonly values: ReadonlySet<string>;
  readonly within: ReturnType<typeof severalIn>;
  readonly shortest: number;
}

/** Words, names and birth dates that say who, where or with what. */
interface Identity {
  readonly inPlaces: InPlaces;
  /** Whether a whole value is one of those of letters. */
  readonly holdsWord: (values: WordsOf) => boolean;
}

const identities = keptForAMoment<Identity, readonly Values[]>(areSame);
const MOST_SEEN = 10_000;
const LONGEST_SEEN = 200;

/** The slices of a series say the same words and lose the same ones: what was found in a part, or in a text, need not be looked for again. */
function identityOf({ words, names, births }: RemovedValues): Identity {
  return identities([[...words], [...names], [...births]], () => {
    const spoken = [...words, ...names].map(folded);
    const halves = [...names].flatMap((name) => folded(name).split(/[ ,]+/));
    const search = searchOf([...spoken, ...[...births].map(folded), ...halves].filter(counts));
    const whole = new Set(spoken.filter((one) => one.length >= SHORTEST && /\p{Alpha}/u.test(one) && one !== REMOVED));
    // A VR has two letters.
    const found = remembered((said) => inText(said.slice(2), said.slice(0, 2), search));
    const isWord = remembered((value) => whole.has(folded(value)));
    return {
      holdsWord: once((values) => values.words.some(isWord)),
      inPlaces: once((places) => foundIn(places, ({ text, vr }) => found(vr + text))),
    };
  });
}

/** Keeps what was found of texts that are not long. */
function remembered<Found>(find: (text: string) => Found): (text: string) => Found {
  const seen = new Map<string, Found>();
  return (text) => {
    if (text.length > LONGEST_SEEN) return find(text);
    let found = seen.get(text);
    if (found === undefined) {
      found = find(text);
      if (seen.size >= MOST_SEEN) seen.clear();
      seen.set(text, found);
    }
    return found;
  };
}

function searchOf(values: readonly string[]): Search {
  const single = new Set(values);
  const within = [...single]
    .filter((value) => (isDense(value) || value.length >= SHORTEST_WITHIN) && value.length <= LONGEST_WITHIN)
    .filter((value) => value !== REMOVED)
    .sort((one, other) => other.length - one.length);
  const shortest = values.reduce((least, { length }) => Math.min(least, length), Infinity);
  return { values: single, within: severalIn(within), shortest };
}

const counts = (value: string) =>
  isDense(value) ? value.length >= 2 : value.length >= SHORTEST && (/\p{Alpha}/u.test(value) || /\d{5}/.test(value));

/** Upper case, without what padding and marks change. */
function folded(text: string): string {
  const plain = trimmed(text);
  // One space between words is how nearly all are written.
  return (/[^\S ]|  /.test(plain) ? plain.replace(/\s+/g, ' ') : plain).toUpperCase();
}

const valueAt = (text: string, [start, end]: Span) => folded(text.slice(start, end));
/** Of codes and numbers many are equal by chance. */
const isCoded = (vr: string) => vr === 'CS' || vr === 'DS' || vr === 'IS';

function inText(text: string, vr: string, { values, within }: Search): readonly Span[] {
  const spans = parts(text, vr).filter((span) => {
    const value = valueAt(text, span);
    if (value === REMOVED || !values.has(value)) return false;
    return vr === 'CS' ? !isTerm(value) : !isCoded(vr) || value.length >= SHORTEST_NUMBER;
  });
  if (wordVrs.has(vr) || vr === 'UR') return [...spans, ...placesOf(text, within)];
  return vr === 'CS' ? [...spans, ...placesInCodes(text, within)] : spans;
}

/** The single values of a text that may hold several. */
function parts(text: string, vr: string): Span[] {
  if (vr === 'LT' || vr === 'ST' || vr === 'UT' || vr === 'UR') return [[0, text.length]];
  const spans: Span[] = [];
  for (let start = 0; start < text.length; ) {
    const at = text.indexOf('\\', start);
    const end = at < 0 ? text.length : at;
    if (end > start) spans.push([start, end]);
    start = end + 1;
  }
  return spans;
}

const UNIT = /[\p{Alpha}\p{N}]/u;

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

/** The same in codes: of those that are none of the standard's, some are typed by hand ('ROEWOOD LEFT' as a label of content). */
const placesInCodes = (text: string, search: Search['within']): Span[] =>
  parts(text, 'CS')
    .filter((span) => !isTerm(valueAt(text, span)))
    .flatMap(([from, to]) =>
      placesOf(text.slice(from, to), search).map(([start, end]) => [from + start, from + end] as const),
    );

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

const spellings = keptForAMoment<Values, Values>(areEqual);

/** Names that are more than initials. */
const spelledOut = (names: readonly string[]) =>
  names.filter((name) => (name.match(/\p{Alpha}/gu)?.length ?? 0) >= 3).slice(0, MOST_NAMES);

/** What the file itself said of its people, with what the member typed. */
function asKnown(removed: RemovedValues, known: KnownIdentifiers | undefined): KnownIdentifiers {
  const names = spellings([...removed.names], spelledOut);
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec([...removed.births][0] ?? '') ?? [];
  const birthDate = known?.birthDate ?? (year ? `${year}-${month}-${day}` : undefined);
  return {
    names: [...(known?.names ?? []), ...names],
    ...(birthDate ? { birthDate } : {}),
    ...(known?.numbers ? { numbers: known.numbers } : {}),
  };
}
