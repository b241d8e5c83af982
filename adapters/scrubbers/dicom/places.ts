import type { DataSet, Element } from './data-set.ts';
import { isKept, ofPartsWith } from './parts.ts';
import { isCreator } from './private.ts';
import { decoderOf, trimmed } from './removed.ts';
import { isTerm } from './standard/terms.ts';
import { wordVrs } from './standard/vrs.ts';

type Decode = (bytes: Uint8Array) => string;

/** A value that stays, in its place; a search finds parts of it. */
export interface Place {
  readonly text: string;
  readonly vr: string;
}

/** The places of a part, with all that is nested in it, in their order. */
export interface Places {
  readonly all: readonly Place[];
  /** Characters of the longest. */
  readonly longest: number;
  readonly words: Words;
  /** The next file may have these very places. */
  readonly isKept: boolean;
}

/** Words in one text. */
export interface Words {
  readonly text: string;
  /** Where in it a place begins, and the number of that. */
  readonly starts: readonly (readonly [start: number, index: number])[];
}

/** Creators of private blocks that stay are names of the standard's table. */
export const isSearched = ({ tag, vr, bytes }: Element): boolean =>
  bytes !== undefined &&
  !isCreator(tag) &&
  (wordVrs.has(vr) || vr === 'CS' || vr === 'DS' || vr === 'IS' || vr === 'UR' || vr === 'AE');

/** The places of a part of a data set whose words are decoded like that. */
export const placesOf: (part: DataSet, decode: Decode) => Places = ofPartsWith((part, decode: Decode) => {
  const all: Place[] = [];
  collect(part, decode, all);
  const longest = all.reduce((most, { text }) => Math.max(most, text.length), 0);
  return { all, longest, words: wordsOf(all), isKept: isKept(part) };
});

function collect(dataSet: DataSet, before: Decode, places: Place[]): void {
  const decode = decoderOf(dataSet, before);
  for (const element of dataSet) {
    const { vr, bytes, items } = element;
    if (bytes && isSearched(element)) places.push({ text: decode(bytes), vr });
    for (const item of items ?? []) collect(item, decode, places);
  }
}

const MOST_SEARCHED = 4_000_000;

/** Whether codes are none of the standard's own: some are typed by hand, as the label of a presentation. */
const isTyped = (codes: string): boolean => codes.split('\\').some((code) => !isTerm(trimmed(code)));

/** Of a part's places and of those of all parts alike: the words among them, up to what is searched. */
export function wordsOf(places: readonly Place[]): Words {
  const starts: (readonly [number, number])[] = [];
  let all = '';
  for (const [index, { text, vr }] of places.entries()) {
    if (!wordVrs.has(vr) && !(vr === 'CS' && isTyped(text))) continue;
    if (all.length + text.length > MOST_SEARCHED) break;
    starts.push([all.length, index]);
    all += `${text}\n`;
  }
  return { text: all, starts };
}

/** The words of several parts as one text, up to what is searched. */
export function wordsTogether(parts: readonly Places[]): string {
  const all = parts.map(({ words }) => words.text).join('');
  return all.length > MOST_SEARCHED ? wordsOf(parts.flatMap((part) => part.all)).text : all;
}
