import sentences from '../../bot/locales/en/slack.json' with { type: 'json' };
import { wordsOf } from '../../bot/words.ts';

/**
 * The few sentences that this adapter has to say itself, because the moment leaves no time to ask the bot or because the
 * platform needs a word of its own. Everything else comes worded in cards.
 */
export type Words = Readonly<Record<keyof typeof sentences, string>>;

export const english: Words = sentences;

const known = new Map<string, Words>();

/** The words of the catalogue for a language (BCP 47); English for a language that there are none in. */
export function cataloguedWords(language = 'en'): Words {
  const found = known.get(language);
  if (found) return found;
  const say = wordsOf(language);
  // The parameter stays marked: `failed` fills it in.
  const words = Object.fromEntries(
    Object.keys(sentences).map((name) => [name, say(`slack:${name}`, { reference: '{{reference}}' })]),
  ) as Words;
  // Slack sends few languages, a forged profile any: what is made up is not remembered.
  if (known.size < 100) known.set(language, words);
  return words;
}

/** Something broke; `reference` is in the log. */
export function failed(words: Words, reference: string): string {
  return words.failed.replace('{{reference}}', reference);
}
