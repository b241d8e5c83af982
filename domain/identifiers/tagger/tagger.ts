import type { Span } from '../spans.ts';
import { posteriors } from './chain.ts';
import { cluesOf } from './clues.ts';
import { type Clues, linesOf, templatesOf } from './features.ts';
import freeTextFile from './free-text.json' with { type: 'json' };
import { kindOf, labelCount, type TaggedKind, taggedKinds } from './labels.ts';
import file from './model.json' with { type: 'json' };
import { type Model, scoresOf, unpack } from './model.ts';
import { type Token, tokenise } from './tokens.ts';
import { isLetter } from './words.ts';

/**
 * A token is left when the model of cases gives at least this probability to its standing outside of every identifier. Spanish, learned from five hundred marked cases, is known well enough
 * to doubt early; in the other languages a doubt is mostly an unknown word, and only what is hardly ever outside is taken.
 */
export const sureOutside = { spanish: 0.97, other: 0.02 } as const;

/** The same of the model of free text, by language. Learned from a part of its passages and read in the others, these find the most for the other text that they take. */
const sureInFreeText: Readonly<Record<string, number>> = { de: 0.6, en: 0.5, fr: 0.3, it: 0.5, nl: 0.3, es: 0.5 };
/** In French of a line or two, of which the model knows little: of what it took there, learned from one half of the snippets and read in the other, only a quarter was an identifier. */
const sureInFewWords = { shorterThan: 250, outside: 0.03 } as const;
/** The same of the seventeen others, of which there is less to learn from. */
const SURE_IN_OTHERS = 0.4;

/** What the model of free text gives at least this probability to being outside is no identifier where a list alone says that it is one. */
const SURELY_OUTSIDE = 0.98;

/** Less than this changes no answer that the thresholds give. */
const NEGLIGIBLE = 1e-6;

let cases: Model | undefined;
let freeText: Model | undefined;

/** What a model makes of a text. */
export interface Tagged {
  /** In the order of their starts, none overlapping another, all 'possible'. */
  readonly spans: readonly Span[];
  /** Whether all words of a part of the text are, in UTF-16 units, surely outside of every identifier; never where the text was not read with the lists. */
  readonly isOutside: (start: number, end: number) => boolean;
}

/**
 * Finds what reads like an identifier: by its context, its shape, the line it stands on, and what the lists have of its words. Of Spanish cases with a head of labels, which a model of their own was learned
 * from, and of texts that do not tell their language, it knows no lists. `languages` are those of the text, the likeliest first. Pure; linear in the length of the text; never throws for what a text holds.
 */
export function tagText(text: string, languages: readonly string[] = []): Tagged {
  const tokens = tokenise(text);
  const spanish = isSpanish(tokens);
  // A text that does not tell its language is said to be in all six.
  const spoken = languages.length > 5 ? undefined : languages[0];
  if (spoken === undefined || (spanish && (spoken !== 'es' || isCase(text)))) {
    cases ??= unpack(file);
    const read = readWith(cases, text, tokens);
    return {
      spans: spansOf(
        text,
        tokens,
        kindsBelow(read, tokens, spanish ? sureOutside.spanish : sureOutside.other),
        'tagger',
      ),
      isOutside: () => false,
    };
  }
  freeText ??= unpack(freeTextFile);
  const read = readWith(freeText, text, tokens, cluesOf(languages));
  return {
    spans: spansOf(text, tokens, kindsBelow(read, tokens, sureOf(spoken, text.length)), 'tagger:free-text'),
    isOutside: (start, end) => isOutside(text, tokens, read.outside, start, end),
  };
}

function sureOf(language: string, length: number): number {
  if (language === 'fr' && length < sureInFewWords.shorterThan) return sureInFewWords.outside;
  return sureInFreeText[language] ?? SURE_IN_OTHERS;
}

/** The spans alone. */
export const tagIdentifiers = (text: string, languages: readonly string[] = []): readonly Span[] =>
  tagText(text, languages).spans;

/** The same with a model of one's own and, for measuring, a threshold other than `sureOutside`; with clues where the model was learned with them. */
export function tagWith(using: Model, text: string, threshold?: number, clues?: Clues): Span[] {
  const tokens = tokenise(text);
  const sure = threshold ?? (isSpanish(tokens) ? sureOutside.spanish : sureOutside.other);
  return spansOf(text, tokens, kindsBelow(readWith(using, text, tokens, clues), tokens, sure), 'tagger');
}

/** Of each token the probability of its being outside, and what it is a part of otherwise. */
interface Read {
  readonly outside: Float64Array;
  readonly kinds: readonly (TaggedKind | undefined)[];
}

function readWith(using: Model, text: string, tokens: readonly Token[], clues?: Clues): Read {
  const templates = templatesOf(clues);
  const outside = new Float64Array(tokens.length);
  const kinds: (TaggedKind | undefined)[] = [];
  for (const { features } of linesOf(text, tokens, clues)) {
    const { labels } = posteriors(scoresOf(using, features, templates), using.transitions, { negligible: NEGLIGIBLE });
    for (let row = 0; row < labels.length; row += labelCount) {
      outside[kinds.length] = labels[row] ?? 0;
      kinds.push(likeliestKind(labels, row));
    }
  }
  return { outside, kinds };
}

/** What each token is a part of, where it is outside with less than a probability. */
function kindsBelow({ outside, kinds }: Read, tokens: readonly Token[], sure: number): (TaggedKind | undefined)[] {
  const below = kinds.map((kind, at) => ((outside[at] ?? 0) >= sure ? undefined : kind));
  markAbbreviations(tokens, below);
  return below;
}

function isOutside(text: string, tokens: readonly Token[], outside: Float64Array, from: number, to: number): boolean {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.end ?? 0) <= from) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < tokens.length; at++) {
    const { start, end } = tokens[at] as Token;
    if (start >= to) break;
    if (LETTER_OR_DIGIT.test(text.slice(start, end)) && (outside[at] ?? 0) < SURELY_OUTSIDE) return false;
  }
  return true;
}

function likeliestKind(labels: Float64Array, row: number): TaggedKind | undefined {
  let [best, mass] = [1, -1];
  for (let label = 1; label < 2 * taggedKinds.length; label += 2) {
    const sum = (labels[row + label] ?? 0) + (labels[row + label + 1] ?? 0);
    if (sum > mass) [best, mass] = [label, sum];
  }
  return kindOf(best);
}

/** An institution's abbreviation in brackets right behind it says as much as its name. */
function markAbbreviations(tokens: readonly Token[], kinds: (TaggedKind | undefined)[]): void {
  for (let at = 0; at + 3 < tokens.length; at++) {
    if (kinds[at] !== 'institution') continue;
    const [open, word, close] = [tokens[at + 1]?.text, tokens[at + 2]?.text ?? '', tokens[at + 3]?.text];
    if (open === '(' && close === ')' && /^\p{Uppercase}{3,10}$/u.test(word)) kinds.fill('institution', at + 1, at + 4);
  }
}

/** Neighbouring tokens of a kind are one span; signs alone are none. */
function spansOf(
  text: string,
  tokens: readonly Token[],
  kinds: readonly (TaggedKind | undefined)[],
  rule: 'tagger' | 'tagger:free-text',
): Span[] {
  const spans: Span[] = [];
  for (let first = 0; first < tokens.length; first++) {
    const kind = kinds[first];
    if (!kind) continue;
    let last = first;
    while (kinds[last + 1] === kind) last++;
    const [start, end] = [tokens[first]?.start ?? 0, tokens[last]?.end ?? 0];
    if (LETTER_OR_DIGIT.test(text.slice(start, end))) spans.push({ start, end, kind, certainty: 'possible', rule });
    first = last;
  }
  return spans;
}

const LETTER_OR_DIGIT = /[\p{Alpha}\p{N}]/u;

/** The head of a case: so many lines of label and value, among the first of them. */
const HEAD = { labels: 6, units: 700, line: /^[\p{Alpha}./ ]{2,30}:/gmu };
const isCase = (text: string): boolean => (text.slice(0, HEAD.units).match(HEAD.line)?.length ?? 0) >= HEAD.labels;

const SPANISH = new Set(['el', 'los', 'las', 'y', 'del', 'fue', 'años', 'sin', 'por', 'su']);

/** By small words that Spanish has and its neighbours have not. */
function isSpanish(tokens: readonly Token[]): boolean {
  let [words, spanish] = [0, 0];
  for (const { text } of tokens) {
    if (!isLetter(text)) continue;
    words++;
    if (text.length < 5 && SPANISH.has(text.toLowerCase())) spanish++;
  }
  return spanish > words / 25;
}
