import type { Span } from '../spans.ts';
import { LAW } from './dates.ts';
import { isFirstName, isLastName, NOUN } from './name-run.ts';
import { PUBLICATION } from './numbers.ts';
import { type Reading, tokenAt } from './reading.ts';
import type { Token } from './tokens.ts';
import { isEnglishWord, isNothingButEnglish } from './vocabulary.ts';

/**
 * The tagger's findings that the rules can believe. It learned Spanish from marked cases, and is believed there; elsewhere it takes words that it does not know for names. So a name,
 * a place or a house must be written like one, and in German, where every noun has its capital, must hold a word of the lists; anything else needs its digits.
 */
export function believed(reading: Reading, tagged: readonly Span[]): readonly Span[] {
  const ours = tagged.filter(({ start }) => !PUBLICATION.test(reading.text.slice(Math.max(0, start - 30), start)));
  if (reading.languages.has('es') && reading.languages.size < 6) return ours;
  return ours.filter((found) => isPlausible(reading, found));
}

/** 'Flat 2', 'Apt. 4b': the part of a house that somebody lives in. */
const UNIT = /^(?:flat|apt|apartment|unit|suite|room|floor|block)\b.*\d/i;

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
  // Beside each other in a table stand heads, and no parts of a name.
  if (written.includes('\t')) return false;
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
  if (isTitle(reading, proper) && !(kind === 'address' && UNIT.test(written))) return false;
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

/** Everyday words of English alone, as a heading writes them: each may be somebody's, but one of them is nobody's. */
const isTitle = (reading: Reading, words: readonly Token[]): boolean =>
  words.every((word) => isEnglishWord(reading, word)) && words.some((word) => isNothingButEnglish(reading, word));
