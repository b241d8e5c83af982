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
  return likeliest(tokens, ({ shape }) => shape === 'lower', 1) ?? likeliest(tokens, isOfCapitals, 3) ?? mainLanguages;
}

/** In a text of capitals alone, small words are written so too. */
const isOfCapitals = ({ shape }: Token): boolean => shape === 'capitals' || shape === 'initial';

/** The likeliest languages by the words that count; undefined where they weigh less than `least`. */
function likeliest(
  tokens: readonly Token[],
  counts: (token: Token) => boolean,
  least: number,
): readonly string[] | undefined {
  const weights = new Map<string, number>();
  for (const token of tokens.slice(0, enough)) {
    if (!counts(token)) continue;
    const languages = stopWords().get(token.folded) ?? [];
    for (const language of languages) weights.set(language, (weights.get(language) ?? 0) + 1 / languages.length);
  }
  const likely = [...weights].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  const best = likely[0]?.[1] ?? 0;
  if (best < least) return undefined;
  return likely.filter(([, weight]) => weight >= best * 0.4).map(([language]) => language);
}
