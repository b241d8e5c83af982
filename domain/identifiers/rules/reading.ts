import type { Certainty, IdentifierKind, Span } from '../spans.ts';
import { detectLanguages } from './detect.ts';
import { isSmall, withCapitals } from './small.ts';
import { type Tables, tables } from './tables.ts';
import { type Token, tokenise } from './tokens.ts';

/** A text as the rules see it. */
export interface Reading {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly languages: ReadonlySet<string>;
  /** German writes every noun with a capital: a capital says little there. */
  readonly capitalNouns: boolean;
  /** Words that stand in the text in small letters, too; not those of mail and web addresses. */
  readonly written: ReadonlySet<string>;
  /** Written in nothing but capitals: they say nothing there. */
  readonly capitals: boolean;
  /** Written without capitals throughout. */
  readonly small: boolean;
  readonly tables: Tables;
}

/** Reads a text once for all rules. `languages` are BCP 47 primary languages; without them the text itself says. */
export function readText(text: string, languages?: readonly string[]): Reading {
  const plain = tokenise(text);
  const detected = languages?.length ? languages : detectLanguages(plain);
  const spoken = new Set(detected);
  const small = isSmall(plain);
  const tokens = small ? withCapitals(text, plain) : plain;
  return {
    text,
    tokens,
    languages: spoken,
    small,
    capitals: isCapitals(tokens),
    capitalNouns: !small && spoken.has('de') && (spoken.size < 6 || hasCapitalNouns(tokens)),
    written: smallWords(text, tokens),
    tables: tables(),
  };
}

/** Mail and web addresses: the names in them are in small letters, and are names all the same. */
const ADDRESS = /[^\s<>()]*(?:@|:\/\/|www\.)[^\s<>()]*/gi;

function smallWords(text: string, tokens: readonly Token[]): ReadonlySet<string> {
  const within = new Set<Token>();
  for (const { 0: address, index } of /@|:\/\/|www\./i.test(text) ? text.matchAll(ADDRESS) : [])
    for (let at = tokenAt(tokens, index); (tokens[at]?.end ?? Infinity) <= index + address.length; at++)
      within.add(tokens[at] as Token);
  const words = new Set<string>();
  for (const token of tokens)
    if (token.shape === 'lower' && !within.has(token) && !isHandle(text, token)) words.add(token.folded);
  return words;
}

/** A part of what somebody calls himself on a computer ('florian_p88'), which is in small letters and no word for that. */
const isHandle = (text: string, { start, end }: Token): boolean =>
  text[end] === '_' || text[start - 1] === '_' || (end - start > 2 && /\d/.test(text[end] ?? ''));

function isCapitals(tokens: readonly Token[]): boolean {
  const long = tokens.filter(({ folded }) => folded.length > 3);
  return long.length > 12 && long.filter(({ shape }) => shape === 'capitals').length > long.length * 0.7;
}

/** More words with a capital than names explain. */
function hasCapitalNouns(tokens: readonly Token[]): boolean {
  const long = tokens.filter(({ folded }) => folded.length > 3);
  return (
    long.filter(({ shape }) => shape === 'capitalised').length > long.length * 0.5 &&
    tokens.some(({ folded }) => /^(?:der|die|das|und|mit|bei|am|im|von|zum|herr|frau|geb|patientin|nach)$/.test(folded))
  );
}

/** Languages whose nouns have no capital, and whose everyday words are on no list: a word with a capital within a sentence is a name, a place or medicine's. */
const WESTERN = ['fr', 'it', 'es', 'nl'];

/** Whether a text is of French, Italian, Spanish or Dutch, and hardly of another language. */
export const isOfWest = ({ capitalNouns, languages }: Reading): boolean =>
  !capitalNouns && languages.size < 5 && !languages.has('de') && WESTERN.some((language) => languages.has(language));

/** The index of the first token that begins at or after a place. */
export function tokenAt(tokens: readonly Token[], place: number): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? Number.POSITIVE_INFINITY) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What stands between two neighbouring tokens, at most 40 units of it. */
export function gap({ text, tokens }: Reading, before: number): string {
  const [left, right] = [tokens[before], tokens[before + 1]];
  return left && right ? text.slice(left.end, Math.min(right.start, left.end + 40)) : '\n\n';
}

export function span(start: number, end: number, kind: IdentifierKind, certainty: Certainty, rule: string): Span {
  return { start, end, kind, certainty, rule };
}
