import english from '../../bot/locales/en/teams.json' with { type: 'json' };

/** The few sentences that this adapter has to say itself; everything else comes worded in cards. `{{name}}` marks a parameter. */
export type Words = Readonly<Record<keyof typeof english, string>>;

/** Gives the words for a language (BCP 47). */
export type WordsOf = (language?: string) => Words;

/** The English words, whatever the language. */
export const englishWords: WordsOf = () => english;

/** Fills the parameters of a sentence in; a parameter that is not given stays as it is. */
export function fill(sentence: string, params: Readonly<Record<string, string | number>>): string {
  return sentence.replaceAll(/\{\{(\w+)\}\}/g, (mark, name: string) => String(params[name] ?? mark));
}
