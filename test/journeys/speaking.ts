import { sentencesOf } from '../../cli/words.ts';
import type { Hands } from './way.ts';

const english = sentencesOf('en');

/** The English sentences without places for values, each with what a language says for it: one English label may be said in several ways. */
function dictionary(language: string): ReadonlyMap<string, readonly string[]> {
  const own = sentencesOf(language);
  const found = new Map<string, string[]>();
  for (const [key, sentence] of english) {
    const said = own.get(key);
    if (said !== undefined && !sentence.includes('{'))
      found.set(sentence, [...new Set([...(found.get(sentence) ?? []), said])]);
  }
  return found;
}

/**
 * Hands of somebody who is answered in another language, for the journeys that are written in English: labels are looked for as the language
 * says them, and beside what is seen stands its English. A label that the language does not say is looked for in vain.
 */
export function speaking(hands: Hands, language: string): Hands {
  const words = dictionary(language);
  const inTurn = async <T>(label: string, act: (said: string) => Promise<T>): Promise<T> => {
    const ways = words.get(label) ?? [];
    if (ways.length === 0) throw new Error(`${language} has no words for ‘${label}’`);
    const seen = await hands.sees();
    // The labels that are seen come first; one that is still to come is waited for.
    const [first = '', ...others] = ways.toSorted((a, b) => Number(seen.includes(b)) - Number(seen.includes(a)));
    try {
      return await act(first);
    } catch (error) {
      const [second] = others;
      if (second === undefined) throw error;
      return act(second);
    }
  };
  return {
    says: (text) => hands.says(text),
    fills: (values) => hands.fills(values),
    presses: (label) => inTurn(label, (said) => hands.presses(said)),
    link: (label) => inTurn(label, (said) => hands.link(said)),
    async sees() {
      const seen = await hands.sees();
      const meant = [...words].filter(([, ways]) => ways.some((said) => said.length > 8 && seen.includes(said)));
      return [seen, ...meant.map(([sentence]) => sentence)].join('\n');
    },
  };
}
