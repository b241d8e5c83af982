import { fold } from './fold.ts';
import { languageTables } from './languages.ts';
import type { Token } from './tokens.ts';

const mainLanguages = ['en', 'fr', 'de', 'it', 'es', 'nl'];
/** So many words at most are counted: the language of a text shows early. */
const enough = 4000;

let languagesOf: Map<string, string[]> | undefined;

function stopWords(): Map<string, string[]> {
  if (languagesOf) return languagesOf;
  languagesOf = new Map();
  for (const { language, stopWords: words } of languageTables) {
    for (const word of new Set(words.map(fold))) {
      languagesOf.set(word, [...(languagesOf.get(word) ?? []), language]);
    }
  }
  return languagesOf;
}

/**
 * The languages of a text, by its frequent words: every language that has at least two fifths of the likeliest's weight, for documents are mixed. A word counts the less the more
 * languages share it. A text of too few such words gives the six languages of the interface.
 */
export function detectLanguages(tokens: readonly Token[]): readonly string[] {
  const weights = new Map<string, number>();
  for (const { folded, shape } of tokens.slice(0, enough)) {
    if (shape !== 'lower') continue;
    const languages = stopWords().get(folded) ?? [];
    for (const language of languages) weights.set(language, (weights.get(language) ?? 0) + 1 / languages.length);
  }
  const likely = [...weights].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  const best = likely[0]?.[1] ?? 0;
  if (best < 1) return mainLanguages;
  return likely.filter(([, weight]) => weight >= best * 0.4).map(([language]) => language);
}
