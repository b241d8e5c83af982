import type { Span } from '../spans.ts';
import { LAW } from './dates.ts';
import { isFirstName, isLastName, NOUN } from './name-run.ts';
import { PUBLICATION } from './numbers.ts';
import { type Reading, tokenAt } from './reading.ts';

/**
 * The tagger's findings that the rules can believe. It learned Spanish from marked cases, and is believed there; elsewhere it takes words that it does not know for names. So a name,
 * a place or a house must be written like one, and in German, where every noun has its capital, must hold a word of the lists; anything else needs its digits.
 */
export function believed(reading: Reading, tagged: readonly Span[]): readonly Span[] {
  const ours = tagged.filter(({ start }) => !PUBLICATION.test(reading.text.slice(Math.max(0, start - 30), start)));
  if (reading.languages.has('es') && reading.languages.size < 6) return ours;
  return ours.filter((found) => isPlausible(reading, found));
}

/** Numbers in columns, and the fraction of a decimal number. */
const isMeasured = (text: string, start: number, end: number) =>
  text.slice(start, end).includes('\t') ||
  /(?:^|[^\d.,])\d{1,3}[.,]$/.test(text.slice(Math.max(0, start - 5), start)) ||
  (/^\d+[.,]\d+$/.test(text.slice(start, end)) && !/^[.,]\d/.test(text.slice(end, end + 2)));

function isPlausible(reading: Reading, { start, end, kind }: Span): boolean {
  const { text, tokens, tables } = reading;
  const written = text.slice(start, end);
  if (LAW.test(text.slice(Math.max(0, start - 40), start))) return false;
  if (kind === 'email') return /@.*\p{L}{2}/u.test(written);
  if (kind === 'phone' || kind === 'number' || kind === 'date' || kind === 'birth-date' || kind === 'age')
    return !isMeasured(text, start, end) && written.replace(/\D/g, '').length >= (reading.capitalNouns ? 6 : 4);
  const words = tokens.slice(tokenAt(tokens, start), tokenAt(tokens, end));
  const proper = words.filter(({ shape, folded }) => shape !== 'lower' && !tables.roles.has(folded));
  if (proper.length === 0) return kind === 'address' && /\d{4}/.test(written) && !reading.capitalNouns;
  if (
    words.some(
      ({ shape, folded }) =>
        (shape === 'lower' && !tables.particles.has(folded)) ||
        tables.eponyms.has(folded) ||
        reading.written.has(folded),
    )
  )
    return false;
  if (!reading.capitalNouns) return reading.languages.size < 6 || !proper.some(({ folded }) => NOUN.test(folded));
  const named = proper.some(
    (word) =>
      isFirstName(reading, word) ||
      isLastName(reading, word) ||
      tables.towns.longest(text, words, words.indexOf(word)) !== undefined,
  );
  return (
    named &&
    !proper.some(({ folded }) => NOUN.test(folded) || tables.ordinary.has(folded) || tables.ambiguous.has(folded))
  );
}
