import type { Span } from '../../spans.ts';
import type { Reading } from '../reading.ts';
import { isWordOfEnglish } from '../vocabulary.ts';
import { englishDates } from './dates.ts';
import { englishNames } from './names.ts';
import { englishNumbers } from './numbers.ts';
import { englishPlaces } from './places.ts';
import { englishSigns } from './signs.ts';

/** So many of a text's words are looked at. */
const enough = 400;
const fewest = 6;

/** Whether a text is in English, and hardly in another language: by its frequent words, or by most of its words where these are too few. */
export function isInEnglish({ languages, tokens, capitalNouns, small }: Reading): boolean {
  if (capitalNouns) return false;
  if (languages.has('en') && languages.size < 4) return true;
  if (small && !languages.has('en')) return false;
  const words = tokens.slice(0, enough).filter(({ folded, shape }) => folded.length > 3 && shape !== 'capitalised');
  const english = words.filter(({ folded }) => isWordOfEnglish(folded)).length;
  return english >= fewest && english > words.length * 0.5;
}

/** What the rules for English alone find in a text of it. `dates` are those that the rules of every language found. */
export function englishSpans(reading: Reading, dates: readonly Span[]): Span[] {
  if (!isInEnglish(reading)) return [];
  return [
    ...englishDates(reading, dates),
    ...englishSigns(reading),
    ...englishNames(reading),
    ...englishNumbers(reading),
    ...englishPlaces(reading),
  ];
}
