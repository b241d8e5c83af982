import type { Span } from '../spans.ts';
import { type Reading, span } from './reading.ts';

const YEAR_BEHIND = /^,? (?:(?:de |del |van )?(?:19|20)\d\d|['’]\d\d|[d.]+ ?J\.|\p{Alpha}{4,9} año)(?![\d.,]\d)/u;

/**
 * Feast days and school holidays by their names ('Ostermontag 2021', 'mardi gras'), which are dates as well as any; written small only where the table does so, or where a text has no
 * capitals at all.
 */
export function feasts({ text, tokens, tables, small, languages }: Reading): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const found = tables.feasts.longest(text, tokens, at);
    const [first, last] = [tokens[at], found && tokens[found.next - 1]];
    if (!found || !first || !last) continue;
    const fits = found.values.some(
      ({ language, lower }) =>
        (languages.size > 5 || languages.has(language)) &&
        (lower || small || tokens.slice(at, found.next).some(({ shape }) => shape !== 'lower')),
    );
    if (!fits || /^-\p{Alpha}/u.test(text.slice(last.end, last.end + 2))) continue;
    const before = /(?<![\d.])\d{1,2}\.? $/.exec(text.slice(Math.max(0, first.start - 4), first.start))?.[0] ?? '';
    const ordinal = /^[1-4]\. $/.test(before) ? before.length : 0;
    const year = YEAR_BEHIND.exec(text.slice(last.end, last.end + 14))?.[0].length ?? 0;
    spans.push(span(first.start - ordinal, last.end + year, 'date', 'possible', 'date:feast'));
    at = found.next - 1;
  }
  return spans;
}

/** 'd. M.', 'c.m.', 'jl.', 'courant': this month, the last one, this year, behind a day or a date. */
const SAME =
  '(?:d\\. ?[MJ]\\.|d\\. ?Mts\\.|ds?\\.(?= ?(?:\\p{Alpha}|\\)|,|$))|dieses (?:Monats|Jahres)|jl\\.|l\\.l\\.|dezer|c\\.m\\.|u\\.s\\.|p\\.v\\.|corr\\.|corrente(?: mese)?|(?:del )?(?:corriente|presente)|del cte\\.?|del actual|de ce mois|courant|dernier|prochain|inst\\.|ult\\.|t\\. ?m\\.|b\\. ?m\\.|br\\.|b\\. ?r\\.|ub\\. ?r\\.|t\\. ?r\\.|lfd\\. ?(?:J|M)\\.|ta\\.|v\\.)';
const DAY_OF_THIS = new RegExp(
  `(?<![\\d.,/])(?:(?:día|giorno|jour|dag|den) )?(?:(?:0?[1-9]|[12]\\d|3[01])\\.? ?(?:-|–|al|a|au|bis|bis zum|t/m|tot|to) ?)?(?:0?[1-9]|[12]\\d|3[01])\\.?[  ]${SAME}`,
  'gu',
);
const BEHIND_DATE = new RegExp(
  `^\\.?[  ](?:${SAME}|r\\.|roku|roka|г\\.|g\\.|god\\.|d\\.|dieną|dienos)(?!\\p{Alpha})`,
  'u',
);
/** 'KW 14/2021', 'Q3 2022', 'the 1990s', 'nel 78,', 'en el 85 ': weeks, quarters, decades and years of two digits. */
const ROUGH = [
  /(?<!\p{Alpha})KW ?\d{1,2}(?: ?[/.] ?(?:20)?\d\d)?(?![\d,.]\d)/gu,
  /(?<!\p{Alpha})[QT][1-4][ /-]?(?:20\d\d|\d\d(?= ?[,.;)]))(?!\d)/gu,
  /(?<![\d.,])(?:19|20)\d0(?:s|er)(?!\p{Alpha})|(?=['’\d])(?<=(?<!\p{Alpha})(?:anni|años|années|Jahren?|jaren|anos|anii|lata|let) )['’]?(?:19|20)?[2-9]0(?!\d|[.,]\d|\p{Alpha})/gu,
  /(?=['’]?[4-9]\d)(?<=(?<!\p{Alpha})(?:en|depuis|nel|dal|desde el|en el|año|anno|since|in|seit|um|vers|sinds|od|roku|från|fra|siden) )['’]?[4-9]\d(?= ?[,.;)\n]| (?:et|y|e|und|and|en|avec|con|mit) |$)(?![.,]\d)/gmu,
  /(?<!\p{Alpha})(?:19|20)\d\d\/(?:19|20)?\d\d(?![\d/])/gu,
  /(?<=(?<!\p{Alpha})(?:letzte[nms]|vergangene[nms]|kommende[nms]|nächste[nms]|diese[nms]) )(?:Frühjahr|Frühling|Sommer|Herbst|Winter|Spätsommer|Spätherbst|Frühsommer)(?!\p{Alpha})|(?<=(?<!\p{Alpha})im )(?:Herbst|Frühjahr)(?!\p{Alpha})/gu,
  // 'r. 2011', '2011 r.', '2009 г.', '2011. gadā', '2011-ben': years with their word.
  /(?<!\p{Alpha})(?:r\.|roku|roka|rok|rokem|år|vuonna|aastal|год\.|έτος|το|anul|în|em|w|v|u|d\. g\.) ?(?:19[2-9]|20[0-4])\d(?! ?(?:mg|ml|%|mm|g(?!\p{Alpha})|kcal|IU|j\.m\.)|[\d/]|[.,]\d)/gu,
  /(?<![\d.,/]|\p{Alpha})(?:19[2-9]|20[0-4])\d(?:\.? ?(?:r\.|roku|roka|г\.|година|г|m\.|metais|metų|g\.|gadā|gada|gadu|god\.|godine|a\.|aastal|aasta|év|évben|let|leta)|-(?:ben|ban|ban|től|ig))(?!\p{Alpha})(?: (?:0?[1-9]|[12]\d|3[01])\. ?\p{Alpha}{3,12}| \p{Alpha}{3,12} (?:0?[1-9]|[12]\d|3[01]) ?d\.)?/gu,
];
/** A day of the month by itself behind an article, before the end of its clause: 'jusqu'au 10 puis', 'revoir le 9.', 'cita del 27?'. */
const LONE_DAY =
  /(?=\d)(?<=(?<!\p{Alpha})(?:(?:rdv|RDV|revoir|ajourné|jusqu['’]|opéré[e]?|prévu[e]?|reporté[e]?|PTA|visite|visita|cita|fino|sino|spostat[oa]|rinviat[oa]|fallita|hasta|fallida|aplazad[oa]|pospuest[oa]|alta|ingresó|control|controllo) ?(?:du|le|au|del|al|el|il) ))(?:0?[1-9]|[12]\d|3[01])(?= ?(?:[,.;:?)\n]|$| (?:svp|puis|poi|y luego|después)))(?![.,]\d)/gmu;
const ENGLISH_DAY =
  /(?=\d)(?<=(?<!\p{Alpha})(?:on|until|till|by|since|from|for) the )(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)(?!\p{Alpha})/gu;

/** Dates that lean on the day of writing, and rough ones. `dates` are those found by their shape: a word behind one of them ('jl.', 'courant') belongs to it. */
export function leaningDates({ text, languages }: Reading, dates: readonly Span[]): Span[] {
  const spans: Span[] = [];
  const add = (start: number, end: number) => spans.push(span(start, end, 'date', 'possible', 'date:leaning'));
  for (const found of text.matchAll(DAY_OF_THIS)) add(found.index, found.index + found[0].length);
  for (const { start, end, rule } of dates) {
    const behind = rule === 'date:year' ? null : BEHIND_DATE.exec(text.slice(end, end + 18));
    if (behind) add(start, end + behind[0].length);
  }
  for (const pattern of ROUGH)
    for (const found of text.matchAll(pattern)) add(found.index, found.index + found[0].length);
  for (const pattern of languages.has('en') ? [LONE_DAY, ENGLISH_DAY] : [LONE_DAY])
    for (const found of text.matchAll(pattern)) add(found.index, found.index + found[0].length);
  return spans;
}
