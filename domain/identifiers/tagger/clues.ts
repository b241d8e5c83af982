import { fold, foldUmlauts } from '../rules/fold.ts';
import { isWordOfMedicine } from '../rules/medicine.ts';
import { isGermanNoun } from '../rules/nouns.ts';
import { tables } from '../rules/tables.ts';
import { isWordOfEnglish } from '../rules/vocabulary.ts';
import type { Clues } from './features.ts';

/** The languages the tagger tells apart; the others are one. */
const languages = 'de en fr it nl es pt ro pl cs sk sl hr bg el hu fi et lv lt da nb sv'.split(' ');

const known = new Map<string, number>();
const MOST_KNOWN = 20_000;

/** What the lists have of a word, as bits: the first three are for names. */
function listed(word: string): number {
  const before = known.get(word);
  if (before !== undefined) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const all = tables();
  const folded = fold(word);
  const plain = foldUmlauts(folded);
  const has = (list: { has(word: string): boolean }) => list.has(folded) || (plain !== folded && list.has(plain));
  const alone = folded.replace(/s$/, '');
  const bits = [
    has(all.firstNames) || (alone.length > 3 && all.firstNames.has(alone)),
    has(all.lastNames) || (alone.length > 3 && all.lastNames.has(alone)),
    isTown(word),
    all.ordinary.has(folded),
    all.particles.has(folded),
    all.eponyms.has(folded) || isWordOfMedicine(folded),
    folded.length > 3 && isGermanNoun(folded),
    folded.length > 2 && isWordOfEnglish(folded),
    all.months.has(folded) || all.weekdays.has(folded),
    all.ambiguous.has(folded),
    all.roles.has(folded),
  ].reduce((sum, is, bit) => sum | (is ? 1 << bit : 0), 0);
  known.set(word, bits);
  return bits;
}

function isTown(word: string): boolean {
  const token = { start: 0, end: word.length, folded: fold(word), shape: 'capitalised' as const };
  return tables().towns.longest(word, [token], 0) !== undefined;
}

/** What the lists know of the words of a text whose languages are given, the likeliest first. */
export function cluesOf(spoken: readonly string[]): Clues {
  // A text that does not tell its language is said to be in all six.
  return { language: spoken.length > 5 ? 0 : 1 + languages.indexOf(spoken[0] ?? ''), listed };
}
