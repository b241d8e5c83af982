import { readdirSync, readFileSync } from 'node:fs';
import { foldedSentence } from '../typed/sentences.ts';

/**
 * What people ask, by likeness to sample sentences: each folder under `samples` is of those who ask so, each file in it a language, each of its keys a topic. A topic is answered by
 * a command of the same name or by a card of `conversations/answers.ts`; nothing is done by a guess.
 */

/** Who asks: all people, and beside them the helpdesk, those who decide on registrations (leads, deputies, coordinators, local administrators), and experts. */
export const circles = ['everyone', 'helpdesk', 'deciders', 'experts'] as const;
export type Circle = (typeof circles)[number];

export interface Likeness {
  readonly topic: string;
  /** How like the nearest sample the sentence is: 0 (nothing shared) to 1 (the same). */
  readonly likeness: number;
  /** The language of the nearest sample. */
  readonly language: string;
}

/** What a likeness counts for in a language that is neither the person's nor English: neighbours share words. */
const foreign = 0.9;
/** What a likeness to a sample of somebody's own circle counts for: that is what they ask most. */
const own = 1.2;

/** From here on the nearest topic is taken without asking; measured on sentences kept apart (`npm run bench:questions`). */
export const sure = 0.5;
/** From here on a topic is worth offering. */
export const maybe = 0.3;

type Features = ReadonlyMap<string, number>;
interface Sample {
  readonly circle: Circle;
  readonly topic: string;
  readonly features: Features;
}
interface Language {
  readonly samples: readonly Sample[];
  readonly rarity: (feature: string) => number;
}

const folder = new URL('./samples/', import.meta.url);
const languages = new Map<string, Language>(
  readdirSync(new URL('./everyone/', folder)).map((file) => [file.replace('.json', ''), learned(file)]),
);

/** The topics of a language's samples (BCP 47, primary part), as the files of all circles have them. */
export function topicsOf(language: string): readonly string[] {
  return [...new Set(languages.get(language)?.samples.map(({ topic }) => topic))];
}

/**
 * The topics that a sentence is like, the likest first, each once. The person's language (BCP 47) and English count in full; of the others, a sentence must be that much liker a sample, for people
 * are shown in the language of a profile that somebody else has made, and write in their own. Of the samples, those of everyone and of the given circles count. Cosine of the letter groups within words, weighted by how rare they are among the samples: an ending, a compound or a slip of the finger costs little.
 */
export function likeTopics(text: string, language = 'en', within: readonly Circle[] = []): readonly Likeness[] {
  const spoken = language.slice(0, 2).toLowerCase();
  const counts = countsIn(text);
  const best = new Map<string, Likeness>();
  for (const [code, { samples, rarity }] of languages) {
    const asked = weighted(counts, rarity);
    const share = code === spoken || code === 'en' ? 1 : foreign;
    for (const { circle, topic, features } of samples) {
      if (circle !== 'everyone' && !within.includes(circle)) continue;
      const likeness = Math.min(1, cosine(asked, features) * share * (circle === 'everyone' ? 1 : own));
      if (likeness > (best.get(topic)?.likeness ?? 0)) best.set(topic, { topic, likeness, language: code });
    }
  }
  return [...best.values()].toSorted((a, b) => b.likeness - a.likeness);
}

function learned(file: string): Language {
  const counted = circles.flatMap((circle) => {
    const written = readFileSync(new URL(`./${circle}/${file}`, folder), 'utf8');
    return Object.entries(JSON.parse(written) as Readonly<Record<string, readonly string[]>>).flatMap(
      ([topic, sentences]) => sentences.map((sentence) => ({ circle, topic, counts: countsIn(sentence) })),
    );
  });
  const standsIn = new Map<string, number>();
  const everyones = counted.filter(({ circle }) => circle === 'everyone');
  for (const { counts } of everyones)
    for (const feature of counts.keys()) standsIn.set(feature, (standsIn.get(feature) ?? 0) + 1);
  const rarity = (feature: string) => Math.log((everyones.length + 1) / ((standsIn.get(feature) ?? 0) + 1));
  return { rarity, samples: counted.map(({ counts, ...of }) => ({ ...of, features: weighted(counts, rarity) })) };
}

/** Whole words, and the groups of three to five letters in each, its edges marked. */
function countsIn(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (feature: string) => counts.set(feature, (counts.get(feature) ?? 0) + 1);
  for (const word of foldedSentence(text).match(/[\p{L}\p{N}]+/gu) ?? []) {
    const marked = `_${word}_`;
    add(marked);
    for (let length = 3; length <= 5; length += 1)
      for (let at = 0; at + length <= marked.length; at += 1) add(marked.slice(at, at + length));
  }
  return counts;
}

function weighted(counts: ReadonlyMap<string, number>, rarity: Language['rarity']): Features {
  const features = new Map<string, number>();
  let square = 0;
  for (const [feature, count] of counts) {
    const weight = (1 + Math.log(count)) * rarity(feature);
    features.set(feature, weight);
    square += weight * weight;
  }
  const length = Math.sqrt(square) || 1;
  for (const [feature, weight] of features) features.set(feature, weight / length);
  return features;
}

function cosine(a: Features, b: Features): number {
  let sum = 0;
  for (const [feature, weight] of b) sum += weight * (a.get(feature) ?? 0);
  return sum;
}
