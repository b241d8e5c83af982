import type { Span } from '../spans.ts';
import { nearDisease } from './eponyms.ts';
import { isWordOfMedicine } from './medicine.ts';
import { isAmbiguous, isFirstName, isNameLike, NOUN, nameRun } from './name-run.ts';
import { nameSpan, titlesAt } from './names.ts';
import { gap, isOfWest, type Reading, span } from './reading.ts';

const BESIDE = /^ $|^ ?[,:] $|^ \($|^ ["„“«]$/;
const SHORTENED = /^\. $/;
const CLOSED = /^ ?[,;)"“”».]|^ \p{Ll}|^ \(|^$|^\n/u;

/**
 * Names that stand beside words of kinship: 'ihr Mann Heinz', 'his sister, Aoife, …', 'figlia (Ornella)', 'Felesége: Éva, …'. What is no first name of the lists is taken where only names have
 * capitals. All of them are possible, not certain.
 */
export function kinNames(reading: Reading): Span[] {
  const { text, tokens, tables, languages } = reading;
  const words = [...languages].flatMap((language) => tables.kin.get(language) ?? []);
  return tokens.flatMap((token, at) => {
    const next = tokens[at + 1];
    if (!next || !words.some((list) => list.has(token.folded)) || !isBeside(reading, at)) return [];
    if (isSaidOfKin(reading, at)) return [span(next.start, next.end, 'name', 'possible', 'kin:name')];
    if (!isNameLike(reading, next) || nearDisease(reading, at + 1, at + 2)) return [];
    const listed = isFirstName(reading, next) && !tables.ordinary.has(next.folded) && !reading.written.has(next.folded);
    const adjoined = gap(reading, at) === ' ';
    const plain =
      !reading.capitalNouns &&
      languages.size < 6 &&
      token.shape === 'lower' &&
      next.shape === 'capitalised' &&
      next.folded.length > 2 &&
      !isAmbiguous(reading, next) &&
      !tables.months.has(next.folded) &&
      !tables.weekdays.has(next.folded);
    if (!listed && !plain) return [];
    const run = nameRun(reading, at + 1, 'free');
    const end = tokens[(run?.to ?? at + 2) - 1]?.end ?? next.end;
    if (!adjoined && !CLOSED.test(text.slice(end, end + 3))) return [];
    return run
      ? [nameSpan(reading, run, 'possible', 'kin:name')]
      : [span(next.start, next.end, 'name', 'possible', 'kin:name')];
  });
}

/** 'haar zus Nel, …', 'mijn broer Mon (59)': a short name that is a word of another language, closed by a sign, where only names have capitals. */
function isSaidOfKin(reading: Reading, at: number): boolean {
  const { tokens, tables, text, written } = reading;
  const [word, name] = [tokens[at], tokens[at + 1]];
  if (!word || !name || !isOfWest(reading) || gap(reading, at) !== ' ') return false;
  return (
    word.shape === 'lower' &&
    name.shape === 'capitalised' &&
    name.folded.length > 1 &&
    !written.has(name.folded) &&
    !tables.eponyms.has(name.folded) &&
    !tables.months.has(name.folded) &&
    !tables.weekdays.has(name.folded) &&
    !isWordOfMedicine(name.folded) &&
    !titlesAt(reading, at + 1) &&
    !nearDisease(reading, at + 1, at + 2) &&
    /^(?:,| \(|\)|\.(?:\s|$)|;|:|\n|$| (?:en|et|e|y) )/.test(text.slice(name.end, name.end + 4))
  );
}

const BIRTH_NAME =
  /(?<!\p{Alpha})(?:geb\.|geborene[rn]?|verw\.|verh\.|née?s?|nata|nato|nacida|meisjesnaam|born|roz\.|rozená|rozená|ur\.|z d\.|z domu|született|f\.|o\.s\.) {1,2}(?=((?:(?:[Vv][oa]n|[Dd]e|[Dd][aiu]|[Dd]es|zu|L[aeo]s?|El|Al|Ben|D[EIU]|L[AE]|EL|BEN)(?: (?:der|den|[Ll]a|LA))? )?\p{Uppercase}[\p{Alpha}'’-]{2,}))/gu;

function isBeside(reading: Reading, at: number): boolean {
  const between = gap(reading, at);
  return BESIDE.test(between) || ((reading.tokens[at]?.folded.length ?? 9) <= 3 && SHORTENED.test(between));
}

/** 'Ayhans Zwillingsbruder', "Anna's mother": a listed first name in the genitive before a word of kinship. */
export function genitiveNames(reading: Reading): Span[] {
  const { tokens, tables, languages } = reading;
  const words = [...languages].flatMap((language) => tables.kin.get(language) ?? []);
  return tokens.flatMap((token, at) => {
    const next = tokens[at + 1];
    if (
      !next ||
      gap(reading, at) !== ' ' ||
      !isNameLike(reading, token) ||
      !words.some((list) => list.has(next.folded))
    )
      return [];
    const name = token.folded.replace(/['’]?s$/, '');
    return name.length > 2 && name !== token.folded && tables.firstNames.has(name) && !reading.written.has(name)
      ? [span(token.start, token.end, 'name', 'possible', 'kin:name')]
      : [];
  });
}

/** The name at birth behind 'geb.', 'née', 'z domu'. */
export function birthNames(reading: Reading): Span[] {
  const { text, tables } = reading;
  return [...text.matchAll(BIRTH_NAME)].flatMap((found) => {
    const name = found[1] ?? '';
    const folded = name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
    const start = found.index + found[0].length;
    if (tables.months.has(folded) || tables.weekdays.has(folded) || tables.ordinary.has(folded)) return [];
    // 'f.' and 'born' say so of a name alone, and 'geb.' in a list of abbreviations may be 'gebessert'.
    if (
      /^(?:f\.|born|nat[ao]|nacida)/.test(found[0]) &&
      !/[,(] ?$/.test(text.slice(Math.max(0, found.index - 2), found.index))
    )
      return [];
    return NOUN.test(folded) && reading.capitalNouns
      ? []
      : [span(start, start + name.length, 'name', 'possible', 'birth-name')];
  });
}
