import type { Span } from '../spans.ts';
import { daysOfMonths } from './days-of-months.ts';
import { isNumberWord, numberWordsAfter, numberWordsBefore } from './number-words.ts';
import { gap, type Reading, span } from './reading.ts';
import { chaptersOf } from './sections.ts';
import type { Token } from './tokens.ts';

const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const MONTH = '(?:0{0,1}[1-9]|0?1[0-2])';
const YEAR = '(?:1[89]|20)\\d\\d';
const UNIT =
  '(?!\\s?(?:mg|g|kg|µg|mcg|ug|ml|l|dl|cl|mm|cm|m|%|°|ie|iu|ui|u|kcal|mmhg|mmol|nmol|stk|st|tabl|x|€|eur|euro|h|min|bpm|/min|/d|hz|lk|lymph\\p{Alpha}*|punkte|points|puntos|punti)(?![\\p{Alpha}\\d]))';
const FREE = '(?<![\\d/]|\\d[.,-])';
const END = '(?!\\d|[.,/-]\\d)';

/** Day, month and year, or month, day and year, with any of the usual signs between them; the year may have two digits. */
const FULL = new RegExp(`${FREE}(\\d{1,2})( ?)([./|·–-])( ?)(\\d{1,3})( ?)\\3 ?(${YEAR}|\\d\\d)(?!\\d|[.,]\\d)`, 'g');
const MIXED = new RegExp(`${FREE}${DAY} ?[./|X-] ?${MONTH} ?[./|X-] ?${YEAR}(?!\\d)`, 'g');
const ISO = new RegExp(`(?<!\\d|\\d[.,])${YEAR}([-./ ])(?:0[1-9]|1[0-2])\\1(?:0[1-9]|[12]\\d|3[01])(?!\\d)`, 'g');
const MONTH_YEAR = new RegExp(`${FREE}(?:0?[1-9]|1[0-2]) ?[./-] ?${YEAR}${END}${UNIT}`, 'giu');
/** '12.3.', '03.04.' with its full stop, as in German, Czech or Danish; '12 / 05' with its spaces. */
const DAY_MONTH = new RegExp(
  `${FREE}(?:(?:0[1-9]|[12]\\d|3[01])\\. ?(?:0[1-9]|1[0-2])\\.(?![\\d])|(?:0[1-9]|[12]\\d|3[01])(?: /| ?/ )(?:0[1-9]|1[0-2])(?![\\d/]))${UNIT}`,
  'giu',
);
/** '4/29' or '29/4': one of the two can be no month, which most fractions and scores are not. */
const SLASHED = new RegExp(`${FREE}(\\d{1,2})/(\\d{1,2})(?!\\d|/|[.,]\\d|-\\d)${UNIT}`, 'giu');
/** 'Day.month' and 'day/month' where a word for a date stands before it. */
export const AFTER_DATE_WORD = new RegExp(`${DAY}(?:\\. ?|/| / )${MONTH}(?:\\.|(?![\\d/%,]|\\.\\d))${UNIT}`, 'iuy');
const ROMAN = new RegExp(
  `${FREE}${DAY}[. -]{0,2}(?:I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII)[. -]{0,2}${YEAR}(?!\\d)`,
  'g',
);
const YEAR_ALONE = new RegExp(
  `(?<![\\d.,/+–-]|\\p{Alpha})(?:19[2-9]\\d|20[0-4]\\d)(?![\\d/]|[.,-]\\d|\\p{Alpha})${UNIT}`,
  'giu',
);
const RANGE_BEFORE =
  /(?<![\d.,/])(?:(?:0?[1-9]|[12]\d|3[01])\.\/|(?:0?[1-9]|[12]\d|3[01])\.?(?: ?[./] ?(?:0?[1-9]|1[0-2])\.?)?(?:[-–—/+&]| (?:bis|bis zum|au|to|al|und|et|and|y|e|a|do|tot|t\/m|till|through|līdz|iki|έως|ως|до|az|til|til den|till|kuni) )|(?:0?[1-9]|[12]\d|3[01])\.(?: ?(?:0?[1-9]|1[0-2])\.)? ?[-–—+&] ?)$/;

const DAY_BEFORE =
  /(?<!\d|\d[.,]|(?<!\.)\/)(0?[1-9]|[12]\d|3[01])(?:\.|er|e|st|nd|rd|th|º|ª|°|ης|η|-(?:ти|ви|ри|ми))?[ \u00a0]{0,2}(?:de |of |di |d'|-|\/|\.|,)?[ \u00a0]?$/;
const YEAR_AFTER =
  /^\.?[ \u00a0]?(?:de |del |do |of |του |-|\/|,|\.|')?[ \u00a0]?((?:1[89]|20)\d\d(?!\d)|\d\d(?!\d|[.,:/]\d|\s?(?:mg|ml|g|%|cm|mm)))/;
const DAY_AFTER =
  /^\.?[ \u00a0](0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?:, ?((?:1[89]|20)\d\d)| ((?:1[89]|20)\d\d))?(?!\d|[.,]\d)/;

/** A day behind its month, in small letters, with what Lithuanian and Hungarian write behind it: 'kovo 28 d.', 'március 3-án'. */
const DAY_BEHIND = /^ (?:0?[1-9]|[12]\d|3[01])(?: d\.|-[aáeéi]\p{Alpha}{0,3}|\.? nap\p{Alpha}{0,4})(?![\p{Alpha}\d])/u;

/** Words that go with a month or a year as a date of some roughness, folded. */
const ROUGHLY = new Set(
  'mes mois mese maand anfang mitte ende fruhjahr fruhling spatsommer spatherbst fruhsommer sommer herbst winter fin debut mi printemps ete automne hiver early late mid spring summer autumn fall inizio fine meta primavera estate autunno inverno finales principios mediados verano otono invierno begin eind halverwege medio voorjaar zomer najaar ano annee jahr jahre year anno jaar rok roku'.split(
    ' ',
  ),
);
/** Words after which a lone month or year is a date, folded. */
const SINCE = new Set(
  'im in en seit ab bis von since from until nel dal dall dans depuis del desde hasta jusqu sinds vanaf bij sedert od do w v we ve i de sedan vuonna dell zuletzt ca ed eo ez z um avant apres before after by vor nach datant der le vers um jg jahrgang'.split(
    ' ',
  ),
);
/** Laws have dates and numbers, too. */
export const LAW =
  /(?<!\p{Alpha})(?:lois?|décret|arrêté|ordonnance n|directive|verordnung|gesetz|ley|real decreto|decreto|legge|d\.?lgs|regulation|wet|ustaw\p{Alpha}|zákon\p{Alpha}*)(?!\p{Alpha})[^.\n]{0,32}$/iu;
const GUIDELINE =
  /(?:leitlini|guideline|recommand|recommend|linee guida|richtlijn|(?<!\p{Alpha})(?:esc|version|et al)(?!\p{Alpha})|kriteri|criteri|classific)[^\n.]{0,20}$/iu;
/** Dates in all the usual forms: with a year, without one, ranges, month and year, in words. `possible`; what a label makes certain is its rule's affair. */
export function dates(reading: Reading): Span[] {
  const { text } = reading;
  const spans: Span[] = [];
  const add = (start: number, end: number, rule: string) => {
    if (!LAW.test(text.slice(Math.max(0, start - 40), start)))
      spans.push(withRange(text, span(start, end, 'date', 'possible', rule)));
  };
  for (const found of text.matchAll(FULL)) {
    const [left, middle] = [Number(found[1]), Number(found[5])];
    const dayFirst = left >= 1 && left <= 31 && middle >= 1 && middle <= 12;
    const monthFirst = left >= 1 && left <= 12 && middle >= 1 && middle <= 31;
    const spaced = found[2] !== '' || found[4] !== '' || found[6] !== '';
    const long = (found[7] ?? '').length === 4;
    const isScore = /apgar[ :]{0,3}$/i.test(text.slice(Math.max(0, found.index - 9), found.index));
    if ((dayFirst || monthFirst) && (long || !spaced) && !isScore)
      add(found.index, found.index + found[0].length, 'date:full');
  }
  for (const pattern of [MIXED, ISO, ROMAN])
    for (const found of text.matchAll(pattern)) add(found.index, found.index + found[0].length, 'date:full');
  for (const found of text.matchAll(MONTH_YEAR)) add(found.index, found.index + found[0].length, 'date:month-year');
  for (const found of text.matchAll(DAY_MONTH)) add(found.index, found.index + found[0].length, 'date:day-month');
  for (const pattern of daysOfMonths(reading)) {
    for (const found of text.matchAll(pattern)) add(found.index, found.index + found[0].length, 'date:day-month');
  }
  for (const found of text.matchAll(SLASHED))
    if (isSlashedDate(text, found)) add(found.index, found.index + found[0].length, 'date:day-month');
  namedMonths(reading, add);
  for (const found of text.matchAll(WEEKDAY_AND_DAY)) {
    const day = found[1]?.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '') ?? '';
    if (reading.tables.weekdays.has(day) && !ALSO_WORDS.test(found[0]))
      add(found.index, found.index + found[0].length, 'date:day-month');
  }
  for (const pattern of [SHORT_YEAR, MONTH_RANGE, YEARS, ADMITTED])
    for (const found of text.matchAll(pattern)) add(found.index, found.index + found[0].length, 'date:month-year');
  const noted = [...text.matchAll(NOTED_LINE)];
  const chapters = noted.length > 1 ? chaptersOf(text) : undefined;
  for (const { index, 0: written } of noted)
    if (written.endsWith('.') || !chapters?.has(written.split('.')[0] ?? ''))
      add(index, index + written.length, 'date:month-year');
  years(reading, add);
  return spans.map((found) => withWeekday(reading, found));
}

/** 'Nov. 21', "Jan '22": a month and a year of two digits, where a word or the apostrophe says so. */
const SHORT_YEAR =
  /(?<=(?:[Ss]eit|[Bb]is|[Aa]b|[Ii]m|[Ss]ince|[Ii]n|[Uu]ntil|[Dd]al|[Dd]epuis|[Ss]inds|[Dd]esde) )(?:Jan|Feb|Mär|Mrz|Apr|Mai|Jun|Jul|Aug|Sep|Sept|Okt|Nov|Dez|March|June|July|Oct|Dec|May|Mar)\.? \d\d(?!\d|[.,:/]\d)|(?<!\p{Alpha})\p{Uppercase}\p{Ll}{2,8}\.? ['’]\d\d(?!\d)/gu;
/** '19./20. Juni' is found from its second half; 'Mai/Juni 2018' from here. */
const MONTH_RANGE =
  /(?<!\p{Alpha})(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)(?=[/–-] ?(?:Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Januar))/gu;
/** '1949–2016', as lives and treatments are told. */
const YEARS = /(?<![\d.,/-])(?:19|20)\d\d ?[–-] ?(?:19|20)\d\d(?![\d-]|[.,]\d)/g;
/** A day and a month at the start of a line of notes: '5.11. Visite', '07.11 Anruf'. */
const NOTED_LINE =
  /(?<=^[ \t]*|(?:Aufn|Entl|Verl|OP|Wv|Ktr|Kontr)\.? ?:? )(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.?(?=:? \p{Uppercase}\p{Alpha}{2}| {2,})/gmu;
/** '9/22' and 'dx 2016' as English notes have them. */
const ADMITTED =
  /(?<=(?<!\p{Alpha})(?:admitted|seen|dx|diagnosed|since|from|until|op|surgery|zuletzt|Kontrolle|letztmals|ward round|overdracht) (?:on |in )?)(?:[1-9]|0[1-9]|[12]\d|3[01])\/(?:\d\d?)(?!\d|[/.]\d)/giu;

/** 'Mon 24th', 'lundi 31': a day of the week and one of the month. */
const WEEKDAY_AND_DAY =
  /(?<![\p{Alpha}-])(\p{Alpha}{3,12})\.?,? (?:the |den |il |le |el )?(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|\.)?(?![\p{Alpha}\d:/%]|[.,]\d| ?(?:Uhr|h\b|mg|ml|x))/gu;
/** Short days of the week that are words in small letters, without a full stop: 'son 9 y', 'man 24', 'pet 3'. */
const ALSO_WORDS = /^(?:son|man|sat|sun|don|pet|mar|dom|sub|tor|ned) /;
const SHORT_DAY = /^(?:Mo|Di|Mi|Do|Fr|Sa|So)\b/;
const WEEKDAY_BEFORE =
  /(?<![\p{Alpha}-])(\p{Alpha}{2,12})\.?(?:, ?(?:(?:den|dem|le|il|el|de|the) )?| (?:den |dem |the |le |il |de )?)$/u;

/** The day of the week in front of a date, with it. */
function withWeekday({ text, tables, languages }: Reading, found: Span): Span {
  const before = WEEKDAY_BEFORE.exec(text.slice(Math.max(0, found.start - 20), found.start));
  const day = before?.[1]?.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return before &&
    day &&
    (tables.weekdays.has(day) || (languages.has('de') && SHORT_DAY.test(before[0]))) &&
    found.rule !== 'date:year'
    ? { ...found, start: found.start - before[0].length }
    : found;
}

function isSlashedDate(text: string, found: RegExpExecArray): boolean {
  const [left, right] = [Number(found[1]), Number(found[2])];
  const [small, large] = left < right ? [left, right] : [right, left];
  if (small < 1 || small > 12 || large <= 12 || large > 31) return false;
  const before = text.slice(Math.max(0, found.index - 24), found.index);
  const after = text.slice(found.index + found[0].length, found.index + found[0].length + 2);
  const wholeLine = /(?:^|\n)[ \t]*$/.test(before) && /^[ \t]*(?:\n|$)/.test(after);
  return (
    !/p?[NM][0-3x]?[a-c]? ?\($/.test(before) &&
    !wholeLine &&
    !/(?:\b(?:rr|bp|ta|pa|t\.a|p\.a|seite|page|s|p|score|stadium|grad|grade|visus|gcs|mmse|moca|bsg|bks|vs|ves|vsg|bse|esr|abi|apgar|tinetti|barthel|punkte|points|pn|ln|n)\.?[ :=]{0,3}|[<>=≤≥] ?)$/i.test(
      before,
    )
  );
}

/** '12.' of '12.-15.3.2019', '3' of '3 et 4 mai': the other end of a range. */
function withRange(text: string, found: Span): Span {
  const before = RANGE_BEFORE.exec(text.slice(Math.max(0, found.start - 24), found.start));
  return before && /^\d/.test(text.slice(found.start, found.start + 1))
    ? { ...found, start: found.start - before[0].length }
    : found;
}

type Add = (start: number, end: number, rule: string) => void;

/** 'des' is December in the north, 'sie' August in Polish; in German and French they are articles. 'set', 'out' and 'ago' are months in the south, and words of English. */
const isWord = ({ languages }: Reading, { folded }: Token): boolean =>
  (folded === 'des' && (languages.has('de') || languages.has('fr'))) ||
  (folded === 'sie' && languages.has('de')) ||
  (/^(?:set|out|ago)$/.test(folded) && languages.has('en') && !SOUTHERN.some((language) => languages.has(language)));
const SOUTHERN = ['it', 'es', 'pt'];

/** Dates around the name of a month, its day in digits or words, before or behind. */
function namedMonths(reading: Reading, add: Add): void {
  const { text, tokens, tables } = reading;
  tokens.forEach((token, index) => {
    const month = tables.months.has(token.folded) && !isWord(reading, token);
    if (!month && !tables.numbers.has(token.folded) && !isNumberWord(reading, index)) return;
    if (!month) {
      ordinals(reading, index, add);
      wordsBeforeDigits(reading, index, add);
      return;
    }
    const yearFirst = /(?<!\d)(?:1[89]|20)\d\d(?:\.|\. ?gada|\. ?aasta| m\.| г\.)? $/.exec(
      text.slice(Math.max(0, token.start - 14), token.start),
    );
    const dayLast = yearFirst && /^\.? (?:0?[1-9]|[12]\d|3[01])(?!\d)/.exec(text.slice(token.end, token.end + 5));
    if (yearFirst) add(token.start - yearFirst[0].length, token.end + (dayLast?.[0].length ?? 0), 'date:named-month');
    const before = DAY_BEFORE.exec(text.slice(Math.max(0, token.start - 14), token.start));
    const after = text.slice(token.end, token.end + 18);
    const wordsFrom = before ? index : numberWordsBefore(reading, index);
    const start = before ? token.start - before[0].length : (tokens[wordsFrom]?.start ?? token.start);
    const year = YEAR_AFTER.exec(after);
    const wordsTo = numberWordsAfter(reading, index);
    const long = (year?.[1] ?? '').length === 4;
    if (before || wordsFrom < index) {
      const end = wordsTo > index ? (tokens[wordsTo]?.end ?? token.end) : token.end + (year ? year[0].length : 0);
      add(start, end, wordsFrom < index || wordsTo > index ? 'date:words' : 'date:named-month');
      return;
    }
    const dashed = /^-\d\d(?![\d-])/.exec(after);
    const joined = /^ (?:y|e|et|und|and|a|-) (\p{Alpha}+)(?: de| del)? (?:19|20)\d\d/u.exec(
      text.slice(token.end, token.end + 34),
    );
    if (dashed && token.folded.length > 2) add(token.start, token.end + dashed[0].length, 'date:month-year');
    if (joined?.[1] && tables.months.has(joined[1].toLowerCase()))
      add(token.start, token.end + joined[0].length, 'date:month-year');
    const behind = DAY_BEHIND.exec(after);
    if (behind && !yearFirst) {
      add(token.start, token.end + behind[0].length, 'date:named-month');
      return;
    }
    const day = DAY_AFTER.exec(after);
    if (day && token.shape !== 'lower' && (reading.languages.has('en') || day[2] || day[3]) && !long)
      add(roughStart(reading, index), token.end + day[0].length, 'date:named-month');
    else if (
      year &&
      (long ||
        isShortYear(text, token.end + year[0].length, year[1] ?? '') ||
        (year[0].startsWith(' ') && SINCE.has(tokens[index - 1]?.folded ?? '')))
    )
      add(roughStart(reading, index), token.end + year[0].length, 'date:month-year');
    else if (wordsTo > index + 1) add(token.start, tokens[wordsTo]?.end ?? token.end, 'date:words');
    else if (isLoneMonth(reading, index)) add(roughStart(reading, index), token.end, 'date:month');
  });
}

/** 'Nov 22 und', 'Juli 21,': two digits behind a month that nothing counts with. */
function isShortYear(text: string, end: number, year: string): boolean {
  return (
    Number(year) < 36 &&
    /^(?:[,;:)\n]|\.(?!\d)| (?:und|u\.|and|et|y|e|en|in|im|bis|to|au|durch|bei|mit|wegen|by|with|at)(?!\p{Alpha})|$)/u.test(
      text.slice(end, end + 8),
    )
  );
}

function isLoneMonth(reading: Reading, index: number): boolean {
  const { tokens, tables, languages } = reading;
  const [before, token] = [tokens[index - 1], tokens[index]];
  if (!before || !token || token.folded.length < 3 || !/^ $/.test(gap(reading, index - 1))) return false;
  if (tables.months.get(token.folded) === 0) return false;
  if (stands(reading, index)) return true;
  if (before.folded === 'of' && /^(?:end|start|beginning|middle|early|late)$/.test(tokens[index - 2]?.folded ?? ''))
    return true;
  if (reading.small && (ROUGHLY.has(before.folded) || SINCE.has(before.folded)) && token.folded.length > 2) return true;
  if (
    token.shape === 'lower' &&
    !['fr', 'es', 'it', 'nl', 'pt', 'pl', 'ro'].some((language) => languages.has(language))
  )
    return false;
  if (token.folded.length < 4 && !ROUGHLY.has(before.folded) && before.folded !== 'im') return false;
  return (
    ROUGHLY.has(before.folded) || ['im', 'en', 'in', 'since', 'seit', 'depuis', 'desde', 'a'].includes(before.folded)
  );
}

/** 'sent August,', 'Prossima visita: marzo.', 'mes de abril': a month that punctuation closes, written as its language writes it, and long enough to be nothing else. */
function stands(reading: Reading, index: number): boolean {
  const { text, tokens, tables, languages } = reading;
  const token = tokens[index];
  if (!token || token.folded.length < 4) return false;
  if (/^(?:mes|mois|mese|maand)$/.test(tokens[index - 2]?.folded ?? '')) return true;
  if (languages.size > 5) return false;
  const capitals = languages.has('de') || languages.has('en');
  if (capitals !== (token.shape === 'capitalised')) return false;
  if (tables.firstNames.has(token.folded)) return false;
  return (
    /^ ?(?:[,.;)\n]|$)/.test(text.slice(token.end, token.end + 2)) &&
    /(?:\p{Ll}|:|\() $/u.test(text.slice(Math.max(0, token.start - 2), token.start))
  );
}

/** Where a rough word ('Anfang', 'fin', 'año') before the date begins, else where the date does. */
function roughStart(reading: Reading, index: number): number {
  const { tokens } = reading;
  const joined = /^(?:de|di|of)$/.test(tokens[index - 1]?.folded ?? '');
  const before = tokens[index - (joined ? 2 : 1)];
  const start = tokens[index]?.start ?? 0;
  if (joined)
    return before && ROUGHLY.has(before.folded) && gap(reading, index - 2) === ' ' && gap(reading, index - 1) === ' '
      ? before.start
      : start;
  return before && ROUGHLY.has(before.folded) && /^ (?:de )?$/.test(gap(reading, index - 1)) ? before.start : start;
}

const ORDINAL = /(?:te|ten|ter|tem|erste[nr]?)$/;

/** 'zwölfter vierter neunzehnhundertachtundfünfzig', 'am dritten fünften': a day and a month in words, as German dictates them, with the year behind them. */
function ordinals(reading: Reading, index: number, add: Add): void {
  const [day, month] = [reading.tokens[index], reading.tokens[index + 1]];
  if (!day || !month || !reading.languages.has('de') || gap(reading, index) !== ' ') return;
  if (!ORDINAL.test(day.folded) || !ORDINAL.test(month.folded) || !isNumberWord(reading, index + 1)) return;
  let to = numberWordsAfter(reading, index + 1);
  while (to > index + 1 && reading.tokens[to]?.folded === 'und') to--;
  add(day.start, reading.tokens[to]?.end ?? month.end, 'date:words');
}

/** 'vingt-six 02 2012': a day in words before month and year in digits. */
function wordsBeforeDigits(reading: Reading, index: number, add: Add): void {
  const token = reading.tokens[index];
  if (!token || isNumberWord(reading, index + 1)) return;
  const digits = /^ (?:0[1-9]|1[0-2])[ ./-](?:1[89]|20)\d\d(?!\d)/.exec(reading.text.slice(token.end, token.end + 10));
  if (!digits) return;
  const from = numberWordsBefore(reading, index);
  add(reading.tokens[from]?.start ?? token.start, token.end + digits[0].length, 'date:words');
}

/** A year by itself, where the words around it say that it is one. */
function years(reading: Reading, add: Add): void {
  const { text } = reading;
  for (const found of text.matchAll(YEAR_ALONE)) {
    const before = text.slice(Math.max(0, found.index - 30), found.index);
    const word =
      /(\p{Alpha}+)['’.:]{0,2} ?$/u.exec(before)?.[1]?.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '') ?? '';
    const rough = ROUGHLY.has(word);
    const season =
      /(?<!\p{Alpha})(?:early |late )?(?:spring|summer|autumn|fall|winter|end|start|beginning) of (?:the year )?$/iu.exec(
        before,
      );
    if (season) add(found.index - season[0].length, found.index + 4, 'date:year');
    const told = isTold(reading, found.index, before);
    const bracketed = /[([] ?$/.test(before) && /^ ?[)\],;:]/.test(text.slice(found.index + 4, found.index + 6));
    const listed =
      /(?:^|[\n:] {0,2}|[-–•·] )$/.test(before) &&
      /^:? \p{Alpha}{3}/u.test(text.slice(found.index + 4, found.index + 10));
    if (GUIDELINE.test(before) || !(rough || bracketed || listed || told || SINCE.has(word))) continue;
    add(
      rough ? found.index - (before.length - before.search(/\p{Alpha}+['’.:]{0,2} ?$/u)) : found.index,
      found.index + 4,
      'date:year',
    );
  }
}

/** A year behind any word, or at the start of a sentence, as histories tell it ('verstarb 1988 an', 'EVAR 2017.', '1994 und 2003 Rezidive'), where nothing around it counts or measures. */
function isTold({ text, languages }: Reading, at: number, before: string): boolean {
  if (languages.has('es') || languages.size > 5) return false;
  const after = text.slice(at + 4, at + 16);
  if (!/^(?:[ )]|[,.;:](?:\s|$)|\n|$)/.test(after)) return false;
  if (/^ ?(?:[A-Z]{2,}\/|\p{Alpha}{1,3}\/|x\b|×|±|[=<>%])/u.test(after)) return false;
  if (/(?:Nr|No|n°|nr|num|lot|Lot|Code|Typ|type|Modell|Version|Serie|PMID|ISBN|[=:<>~±×x%]) ?\.?$/.test(before))
    return false;
  return (
    /\p{Alpha}{2,}[.,)]? ?\(?$/u.test(before) ||
    /(?:19|20)\d\d(?:,| und| and| et| e| en) $/.test(before) ||
    /[.!?] $/.test(before) ||
    (/[,;(] ?$/.test(before) && /^ (?:geb|born|né|nat|gest|verst|died|diagn)/.test(after))
  );
}
