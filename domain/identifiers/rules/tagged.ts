import type { Span } from '../spans.ts';
import type { Tagged } from '../tagger/tagger.ts';
import { countryNames } from './countries.ts';
import { LAW } from './dates.ts';
import { isEnglishWeekday } from './english/dates.ts';
import { isAbbreviation } from './english/signs.ts';
import { isFigure } from './figures.ts';
import { fold } from './fold.ts';
import { apartFromMeasured } from './measured-rows.ts';
import { isWordOfMedicine, isWordOfReports } from './medicine.ts';
import { isFirstName, isLastName, NOUN } from './name-run.ts';
import { titlesAt } from './names.ts';
import { isGermanNoun } from './nouns.ts';
import { type Reading, tokenAt } from './reading.ts';
import type { Token } from './tokens.ts';
import { isEnglishWord, isNothingButEnglish, isWordAndName } from './vocabulary.ts';

/**
 * The tagger's findings that the rules can believe. Where it knows the lists itself, they are, but for the numbers of laws and the words of headings. Without them it learned Spanish from marked cases, and is believed there; elsewhere it takes words that it does not know for names. So a name,
 * a place or a house must be written like one, and in German, where every noun has its capital, must hold a word of the lists; anything else needs its digits.
 */
export function believed(reading: Reading, tagged: readonly Span[]): readonly Span[] {
  const ours = tagged.flatMap((found) => apartFromMeasured(reading.text, found));
  if (ours.every(({ rule }) => rule === 'tagger:free-text'))
    return ours.filter(
      (found) =>
        !LAW.test(reading.text.slice(Math.max(0, found.start - 40), found.start)) &&
        !isHeading(reading, found) &&
        !isDayOrAbbreviation(reading, found) &&
        !isNobodys(reading, found) &&
        !isShare(reading, found) &&
        !isFigure(reading.text, found),
    );
  if (reading.languages.has('es') && reading.languages.size < 6)
    return ours.filter((found) => !isApart(reading, found) && isLikelyHere(reading, found));
  return ours.filter((found) => isPlausible(reading, found)).map((found) => withoutEveryday(reading, found));
}

/** Rules that say nothing more than that a list has a word. */
const LISTED_ALONE: ReadonlySet<string> = new Set(['list:first-name', 'list:town']);

/** Whether a list alone says that something is an identifier, and the tagger is sure by what stands around it that it is none. */
export const isDoubted = ({ rule, start, end }: Span, { isOutside }: Tagged): boolean =>
  LISTED_ALONE.has(rule) && isOutside(start, end);

/** A name without the everyday words at its ends: 'Žena Marija' is 'Marija'. */
function withoutEveryday(reading: Reading, found: Span): Span {
  const { tokens, tables } = reading;
  if (found.kind !== 'name' && found.kind !== 'place') return found;
  const words = tokens.slice(tokenAt(tokens, found.start), tokenAt(tokens, found.end));
  const isNoun = (word: Token) =>
    reading.capitalNouns && isGermanNoun(word.folded) && !isFirstName(reading, word) && !isLastName(reading, word);
  const own = words.filter(
    (word) => (!tables.ordinary.has(word.folded) && !isNoun(word)) || tables.particles.has(word.folded),
  );
  const [first, last] = [own[0], own.at(-1)];
  if (!first || !last || (first === words[0] && last === words.at(-1))) return found;
  return {
    ...found,
    start: first === words[0] ? found.start : first.start,
    end: last === words.at(-1) ? found.end : last.end,
  };
}

/** 'Flat 2', 'Apt. 4b': the part of a house that somebody lives in. */
const UNIT = /^(?:flat|apt|apartment|unit|suite|room|floor|block)\b.*\d/i;

/** Kinds that are written in words. */
const WORDS: ReadonlySet<Span['kind']> = new Set(['name', 'place', 'institution', 'address']);
/** A line of so many units that no full stop ends is a heading, a point of a list, a row of a table: the cases were written in sentences. */
const SHORT_LINE = 70;

/** The line that a finding stands on. */
function lineOf(text: string, start: number, end: number): string {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  return text.slice(from, (text.indexOf('\n', end) + 1 || text.length + 1) - 1);
}

const isSentence = (line: string): boolean => line.length > SHORT_LINE || /[:.,;]|\d/.test(line);

/** Everyday words of English on a line that is no sentence. */
function isHeading(reading: Reading, { start, end, kind }: Span): boolean {
  const { text, tokens, tables } = reading;
  if (!WORDS.has(kind) || isSentence(lineOf(text, start, end))) return false;
  const words = tokens.slice(tokenAt(tokens, start), tokenAt(tokens, end));
  return isTitle(
    reading,
    words.filter(({ shape, folded }) => shape !== 'lower' && !tables.roles.has(folded)),
  );
}

/** A day of the week alone, of which the rules know where it tells a date, or an abbreviation of English where a sign might stand. */
function isDayOrAbbreviation({ text, tables, languages }: Reading, { start, end }: Span): boolean {
  const written = text.slice(start, end);
  if (/[^\p{Alpha}.]/u.test(written)) return false;
  const folded = fold(written).replace(/s$/, '');
  if (tables.weekdays.has(folded) || tables.weekdays.has(fold(written))) return true;
  return languages.has('en') && (isEnglishWeekday(written) || isAbbreviation(written));
}

/** Words of medicine that are called after somebody, heads and states ('Mention : Anormal') that are on no list of names, and words for any house of a kind. Behind a title a word is a name: 'Dr. Grosse'. */
function isNobodys(reading: Reading, { start, end, kind }: Span): boolean {
  const { text, tokens, tables } = reading;
  const from = tokenAt(tokens, start);
  const words = tokens.slice(from, tokenAt(tokens, end));
  if (words.length === 0) return false;
  if (kind === 'institution') return tables.institutions.longest(text, words, 0)?.next === words.length;
  return (
    kind === 'name' &&
    titlesAt(reading, from - 1) === undefined &&
    words.every(
      (word) =>
        (isWordOfMedicine(word.folded) || isWordOfReports(word.folded) || tables.ordinary.has(word.folded)) &&
        !isFirstName(reading, word) &&
        !isLastName(reading, word),
    )
  );
}

/** 'la plaque au 1/3 moyen': two digits that are a share rather than a day, for nothing before them says that they are one. */
function isShare({ text }: Reading, { start, end, kind }: Span): boolean {
  return (
    kind === 'date' &&
    /^[1-5]\/[2-9]$/.test(text.slice(start, end)) &&
    !/(?<!\p{Alpha})(?:le|du|on|from|since|am|vom|seit|il|dal|el|del|op|van|sinds)[ \n]$/iu.test(
      text.slice(Math.max(0, start - 8), start),
    )
  );
}

/** Words on a line that is no sentence and has no label, none of which is listed as a name or a town. */
function isApart(reading: Reading, { start, end, kind }: Span): boolean {
  const { text, tokens, tables } = reading;
  if (!WORDS.has(kind) || /\d/.test(text.slice(start, end))) return false;
  const line = lineOf(text, start, end);
  if (!line.includes('\t') && isSentence(line)) return false;
  const words = tokens.slice(tokenAt(tokens, start), tokenAt(tokens, end));
  return !words.some(
    (word, index) =>
      word.shape !== 'lower' &&
      !tables.ordinary.has(word.folded) &&
      (word.shape === 'initial' ||
        isFirstName(reading, word) ||
        isLastName(reading, word) ||
        tables.towns.longest(text, words, index) !== undefined),
  );
}

/** Numbers in columns, and the fraction of a decimal number. */
const isMeasured = (text: string, start: number, end: number) =>
  text.slice(start, end).includes('\t') ||
  /(?:^|[^\d.,])\d{1,3}[.,]$/.test(text.slice(Math.max(0, start - 5), start)) ||
  (/^\d+[.,]\d+$/.test(text.slice(start, end)) && !/^[.,]\d/.test(text.slice(end, end + 2)));

/** In Spanish, what is written as no identifier is, wherever the tagger met such words in its own corpus: an everyday word alone, an eponym, a label, a sign of punctuation, a variant of a gene. */
function isLikelyHere(reading: Reading, { start, end, kind }: Span): boolean {
  const { text, tokens, tables } = reading;
  const written = text.slice(start, end);
  const words = tokens.slice(tokenAt(tokens, start), tokenAt(tokens, end));
  if (!/[\p{Alpha}\d]/u.test(written)) return false;
  // 'CHA2DS2-VASc', 'score 9': from the middle of a word, or one digit alone.
  if (/^\p{Alpha}[\p{Alpha}\d]$/u.test(text.slice(start - 1, start + 1))) return false;
  if (kind === 'number' && /^\d$/.test(written)) return false;
  // 'c.4786C>T p.(Arg1596*)'
  if (/(?:^|[\s(])[cgmnp]\.\(?(?:[A-Z][a-z]{2})?$/.test(text.slice(Math.max(0, start - 7), start))) return false;
  if (/^(?:[A-Z][a-z]{2}\d+|\d+[ACGT]>)/.test(text.slice(start, end + 2))) return false;
  if (text.length < REPORT && !isWritten(reading, written, words, kind, start)) return false;
  const eponyms = words.filter(({ folded }) => tables.eponyms.has(folded)).length;
  if (kind === 'place') return words.length === 0 || eponyms < words.length;
  if (kind === 'institution') return words.length === 0 || eponyms < words.length;
  if (reading.capitals && !words.some((word) => isFirstName(reading, word) || isLastName(reading, word)))
    return /\d/.test(written);
  if (kind !== 'name') return true;
  const own = words.filter(
    ({ folded, shape }) => shape !== 'lower' && !tables.ordinary.has(folded) && !tables.eponyms.has(folded),
  );
  if (own.length === 0) return false;
  // The first word of a sentence has its capital from there.
  return (
    words.length > 1 ||
    own[0]?.shape === 'capitals' ||
    !/(?:^|[.:;!?\n(])[ \t]*$/.test(text.slice(Math.max(0, start - 4), start)) ||
    own.some((word) => isFirstName(reading, word) || isLastName(reading, word))
  );
}

/** From so many units on a text is as long as the reports that the tagger learned Spanish from. */
const REPORT = 1500;
/** The beginning of a sentence, a line, a cell: a word has its capital from there. */
const BEGINS = /(?:^|[.:;!?\n«"¿¡]|\s{2})[ \t«"¿¡]*$/;
/** Provinces and communities of Spain, folded, that no list of towns has. */
const PROVINCES =
  /^(?:alava|araba|alicante|almeria|andalucia|aragon|asturias|avila|badajoz|baleares|bizkaia|burgos|caceres|cadiz|canarias|cantabria|castellon|cataluna|cordoba|cuenca|euskadi|extremadura|galicia|gerona|gipuzkoa|girona|guadalajara|guipuzcoa|huelva|huesca|jaen|lerida|lleida|lugo|malaga|menorca|mallorca|ibiza|tenerife|lanzarote|fuerteventura|murcia|navarra|orense|ourense|palencia|palmas|pontevedra|rioja|salamanca|segovia|soria|tarragona|teruel|toledo|valencia|valladolid|vizcaya|zamora|zaragoza)$/;
/** A word and a number that is no house's: 'Varón 39a', 'Wagner 2', 'TTPa 140'. */
const SCORED = /^\p{Alpha}{2,9} \d{1,3}a?$/u;
/** What a date in words is made of, folded. */
const OF_DATES =
  /ener|febr|marz|abri|mayo|juni|juli|agos|sept|setiem|octu|novi|dici|lune|mart|mierc|juev|vier|saba|domi|navid|pascu|siglo|ano|mes|verano|otono|inviern|primaver|noche|semana|dia/;

/** Whether the tagger's finding in Spanish is written as its kind is: short cases, lists and messages are unlike the reports that it learned from, and it takes their heads, questions and scores for places. */
function isWritten(
  reading: Reading,
  written: string,
  words: readonly Token[],
  kind: Span['kind'],
  start: number,
): boolean {
  const { tables, text, small } = reading;
  if (kind === 'email') return written.includes('@');
  if (kind === 'phone') return !/^\d{1,3}$/.test(written);
  const digits = written.replace(/\D/g, '').length;
  if (kind === 'date' || kind === 'birth-date')
    return digits > 3 || (digits > 0 && /[/-]/.test(written)) || words.some(({ folded }) => OF_DATES.test(folded));
  if (!WORDS.has(kind)) return true;
  if (/[¿?]/.test(written)) return false;
  if (kind === 'institution') return true;
  if (kind === 'address' && digits > 0) return !SCORED.test(written);
  const listed = (word: Token) =>
    !tables.ordinary.has(word.folded) && (isFirstName(reading, word) || isLastName(reading, word));
  const proper = words.filter(({ shape }) => shape !== 'lower');
  if (proper.length === 0)
    return digits > 3 || words.some(({ folded }) => PROVINCES.test(folded)) || (small && words.some(listed));
  const known = proper.some((word, at) => listed(word) || tables.towns.longest(text, proper, at) !== undefined);
  if (known || digits > 3 || countryNames('es').has(written) || words.some(({ folded }) => PROVINCES.test(folded)))
    return true;
  if (proper.every(({ folded }) => tables.roles.has(folded))) return false;
  if (kind === 'name' && words.some(({ shape, folded }) => shape === 'lower' && !tables.particles.has(folded)))
    return false;
  // 'GCS', 'PEDIS': an abbreviation; 'EDUCACIÓN SANITARIA': a heading.
  const begins = BEGINS.test(text.slice(Math.max(0, start - 6), start));
  return !begins || (proper.length > 1 && !proper.every(({ shape }) => shape === 'capitals'));
}

function isPlausible(reading: Reading, { start, end, kind }: Span): boolean {
  const { text, tokens, tables } = reading;
  const written = text.slice(start, end);
  if (LAW.test(text.slice(Math.max(0, start - 40), start))) return false;
  if (kind === 'email') return /@.*\p{Alpha}{2}/u.test(written);
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
  const heading = proper.every(({ shape, folded }) => shape === 'capitals' && folded.length > 3);
  if (heading && !proper.some((word) => isFirstName(reading, word) || isLastName(reading, word))) return false;
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
  words.every(
    (word) =>
      isEnglishWord(reading, word) ||
      reading.tables.ordinary.has(word.folded) ||
      (isWordAndName(reading, word) && !isFirstName(reading, word) && !isLastName(reading, word)),
  ) && words.some((word) => isNothingButEnglish(reading, word) || reading.tables.ordinary.has(word.folded));
