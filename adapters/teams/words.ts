import english from '../../bot/locales/en/teams.json' with { type: 'json' };
import { fileOfWords, languageOf } from '../../bot/words.ts';

/** The few sentences that this adapter has to say itself; everything else comes worded in cards. `{{name}}` marks a parameter. */
export type Words = Readonly<Record<keyof typeof english, string>>;

/** Gives the words for a language (BCP 47). */
export type WordsOf = (language?: string) => Words;

const known = new Map<string, Words>();

/** The words of the catalogue; English for a language that there are none in. */
export const cataloguedWords: WordsOf = (language) => {
  const code = languageOf(language) ?? 'en';
  const words = known.get(code) ?? fileOfWords<Words>(code, 'teams', english);
  known.set(code, words);
  return words;
};

/** Fills the parameters of a sentence in; a parameter that is not given stays as it is. */
export function fill(sentence: string, params: Readonly<Record<string, string | number>>): string {
  return sentence.replaceAll(/\{\{(\w+)\}\}/g, (mark, name: string) => String(params[name] ?? mark));
}
