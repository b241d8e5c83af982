import english from '../../bot/locales/en/slack.json' with { type: 'json' };
import { fileOfWords, languageOf } from '../../bot/words.ts';

export { english };

/**
 * The few sentences that this adapter has to say itself, because the moment leaves no time to ask the bot or because the
 * platform needs a word of its own. Everything else comes worded in cards.
 */
export type Words = Readonly<Record<keyof typeof english, string>>;

const known = new Map<string, Words>();

/** The words of the catalogue for a language (BCP 47); English for a language that there are none in. */
export function cataloguedWords(language?: string): Words {
  const code = languageOf(language) ?? 'en';
  const words = known.get(code) ?? fileOfWords<Words>(code, 'slack', english);
  known.set(code, words);
  return words;
}

/** The words for a view: of the language that it is in, where it says so. */
export function wordsFor(view: { readonly language?: string }, words: Words): Words {
  return view.language ? cataloguedWords(view.language) : words;
}

/** Something broke; `reference` is in the log. */
export function failed(words: Words, reference: string): string {
  return words.failed.replace('{{reference}}', reference);
}
