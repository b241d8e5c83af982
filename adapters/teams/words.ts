import english from '../../bot/locales/en/teams.json' with { type: 'json' };
import { wordsOf } from '../../bot/words.ts';

/** The few sentences that this adapter has to say itself; everything else comes worded in cards. `{{name}}` marks a parameter. */
export type Words = Readonly<Record<keyof typeof english, string>>;

/** Gives the words for a language (BCP 47). */
export type WordsOf = (language?: string) => Words;

/** Parameters stay marked: `fill` fills them in. */
const marked = Object.fromEntries(['label', 'title', 'page', 'pages'].map((name) => [name, `{{${name}}}`]));

const known = new Map<string, Words>();

/** The words of the catalogue; English for a language that there are none in. */
export const cataloguedWords: WordsOf = (language = 'en') => {
  const found = known.get(language);
  if (found) return found;
  const say = wordsOf(language);
  const words = Object.fromEntries(Object.keys(english).map((name) => [name, say(`teams:${name}`, marked)])) as Words;
  // Platforms send few languages, strangers any: what they make up is not remembered.
  if (known.size < 100) known.set(language, words);
  return words;
};

/** Fills the parameters of a sentence in; a parameter that is not given stays as it is. */
export function fill(sentence: string, params: Readonly<Record<string, string | number>>): string {
  return sentence.replaceAll(/\{\{(\w+)\}\}/g, (mark, name: string) => String(params[name] ?? mark));
}
