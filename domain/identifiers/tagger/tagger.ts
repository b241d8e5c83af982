import type { Span } from '../spans.ts';
import { posteriors } from './chain.ts';
import { linesOf, templateCount } from './features.ts';
import { kindOf, labelCount, type TaggedKind, taggedKinds } from './labels.ts';
import file from './model.json' with { type: 'json' };
import { type Model, scoresOf, unpack } from './model.ts';
import { type Token, tokenise } from './tokens.ts';
import { isLetter } from './words.ts';

/**
 * A token is left when the model gives at least this probability to its standing outside of every identifier. Spanish, learned from five hundred marked cases, is known well enough to doubt
 * early; in the other languages a doubt is mostly an unknown word, and only what is hardly ever outside is taken.
 */
export const sureOutside = { spanish: 0.97, other: 0.02 } as const;

/** Less than this changes no answer that `sureOutside` gives. */
const NEGLIGIBLE = 1e-6;

let model: Model | undefined;

/**
 * Finds what reads like an identifier: by its context, its shape, the line it stands on. It knows no list. Gives spans in the order of their starts, none overlapping another, all
 * 'possible'. Pure; linear in the length of the text; never throws for what a text holds.
 */
export function tagIdentifiers(text: string): Span[] {
  model ??= unpack(file);
  return tagWith(model, text);
}

/** The same with a model of one's own and, for measuring, a threshold other than `sureOutside`. */
export function tagWith(using: Model, text: string, threshold?: number): Span[] {
  const tokens = tokenise(text);
  const sure = threshold ?? (isSpanish(tokens) ? sureOutside.spanish : sureOutside.other);
  const kinds: (TaggedKind | undefined)[] = [];
  for (const { features } of linesOf(text, tokens)) {
    const { labels } = posteriors(scoresOf(using, features, templateCount), using.transitions, {
      negligible: NEGLIGIBLE,
    });
    for (let row = 0; row < labels.length; row += labelCount) {
      kinds.push((labels[row] ?? 0) >= sure ? undefined : likeliestKind(labels, row));
    }
  }
  markAbbreviations(tokens, kinds);
  return spansOf(tokens, kinds);
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
    if (open === '(' && close === ')' && /^\p{Lu}{3,10}$/u.test(word)) kinds.fill('institution', at + 1, at + 4);
  }
}

/** Neighbouring tokens of a kind are one span. */
function spansOf(tokens: readonly Token[], kinds: readonly (TaggedKind | undefined)[]): Span[] {
  const spans: Span[] = [];
  for (let first = 0; first < tokens.length; first++) {
    const kind = kinds[first];
    if (!kind) continue;
    let last = first;
    while (kinds[last + 1] === kind) last++;
    const [start, end] = [tokens[first]?.start ?? 0, tokens[last]?.end ?? 0];
    spans.push({ start, end, kind, certainty: 'possible', rule: 'tagger' });
    first = last;
  }
  return spans;
}

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
