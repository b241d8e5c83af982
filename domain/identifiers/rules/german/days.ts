import type { Span } from '../../spans.ts';
import { type Reading, span } from '../reading.ts';

const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const MONTH = '(?:0?[1-9]|1[0-2])';
const ROMAN = '(?:VIII|VII|VI|IV|V|III|II|IX|XII|XI|X|I)';
const NAME =
  '(?:Januar|Jänner|Februar|Feber|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jan|Feb|Mär|Apr|Jun|Jul|Aug|Sept?|Okt|Nov|Dez)';
/** Two digits of a year: of the last century, or up to the next years. */
const SHORT_YEAR = "['’]?(?:[4-9]\\d|[0-2]\\d)";
/** What has numbers with full stops and is no day. */
const NO_DAY =
  /(?:Kap(?:itel|\.)?|Abschnitt|Punkt|Pkt\.?|Nr\.?|§|Ziff(?:er|\.)?|TOP|Stufe|Version|Abb\.?|Tab\.?|Frage|Teil|MHK|BWK|LWK|HWK|[Dd]ig\.?|Finger|Zehe|Rippe|ICR) ?$/;

/** Ways of writing days, months and years that German alone has, each with its pattern. */
const WAYS: readonly RegExp[] = [
  // '20.1.-3.2.', '3.8. – 24.8.', '17./18.03.2014', '3. u. 4.5.', '1.+2.6.'
  new RegExp(
    `(?<![\\d.,/])${DAY}\\.(?: ?${MONTH}\\.)? ?(?:[-–—/+&]|bis|u\\.|und|auf den|auf|sowie) ?${DAY}\\. ?${MONTH}\\.(?: ?(?:19|20)?\\d\\d(?!\\d))?(?!\\d)`,
    'gu',
  ),
  // '13.8. re 39,5', '(4.5.)', 'bis 3.8.; danach': both full stops, whatever stands around.
  new RegExp(
    `(?<![\\d.,/\\p{Alpha}-])${DAY}\\.${MONTH}\\.(?![\\d\\p{Alpha}]|[,-]\\d| ?(?:mg|ml|Tag|Woche|post|Zehe|Finger|Strahl|Rippe|Zahn|Grad|Phase|Stunde|Mal))`,
    'gu',
  ),
  // 'IV/1996', '5/V/21', '12.VI.98'
  new RegExp(
    `(?<![\\p{Alpha}\\d/.])(?:${DAY} ?[./] ?${ROMAN} ?[./] ?(?:19|20)?\\d\\d|${ROMAN}/(?:19|20)\\d\\d)(?![\\d/])`,
    'gu',
  ),
  // 'gegenüber 8/07', 'ED 3/98', 'Z.n. TEP 11/03'
  new RegExp(
    `(?<=(?<!\\p{Alpha})(?:gegenüber|seit|[Ss]eit|vom|von|ED|EM|Z\\.? ?n\\.? [\\p{Alpha}-]+(?: \\p{Alpha}+\\.?)?|OP|TEP|PTA|Bypass|CT|MRT|Rö|Koro|zuletzt|letztmals|erstmals|Diagnose|Erstdiagnose|Vor-OP|Rezidiv|geb\\.?|ab|bis|im|Aufnahme|Unfall|Implantation|implantiert|operiert|diagnostiziert) \\(?)${MONTH}/${SHORT_YEAR}(?![\\d/%]|[.,]\\d| ?(?:Pkt|Punkte|mm|ml|mg|[Pp]os))`,
    'gu',
  ),
  // '12/95 Grippeimpfung' at the start of a line of a card
  new RegExp(`(?<=^[ \\t]*)(?:0?[1-9]|1[0-2])/${SHORT_YEAR}(?=:? \\p{Uppercase}\\p{Alpha}{2})`, 'gmu'),
  // 'seit Mai', 'ab August', 'bis Dez.', 'letzten November'
  new RegExp(
    `(?<=(?<!\\p{Alpha})(?:[Ss]eit|[Aa]b|[Bb]is|[Nn]ächsten|[Ll]etzten|[Vv]ergangenen|[Dd]iesen|[Vv]origen|[Kk]ommenden|[Ff]ür|[Ee]rst|[Ii]m|[Zz]um) )${NAME}(?!\\p{Alpha})(?: ?['’]?\\d\\d(?=[ ,.;)]))?`,
    'gu',
  ),
  // 'ab Herbst', 'seit Frühjahr', 'nächsten Sommer', 'Anfang des Winters'
  /(?<=(?<!\p{Alpha})(?:[Ss]eit|[Aa]b|[Bb]is|[Vv]orige[mnrs]|[Vv]orletzte[mnrs]) )(?:dem )?(?:Frühjahr|Frühling|Sommer|Herbst|Winter|Jahresende|Jahresanfang|Jahreswechsel|Jahresbeginn)(?!\p{Alpha})/gu,
  // '12. KW', 'Kalenderwoche 14', '24. Kalenderwoche 2019'
  /(?<![\d.,/])\d{1,2}\. ?(?:KW|Kalenderwoche)(?: ?\/? ?(?:19|20)\d\d)?(?!\p{Alpha})|(?<!\p{Alpha})Kalenderwoche \d{1,2}(?: ?\/ ?(?:20)?\d\d)?/gu,
  // 'vom 22. auf den 23.05.', 'am 24. wieder', 'bis zum 3., dann'
  new RegExp(
    `(?<=(?<!\\p{Alpha})(?:[Aa]m|[Vv]om|[Zz]um|[Aa]b dem|[Bb]is|[Ss]eit dem) )${DAY}\\.(?= (?:auf den|bis zum|wieder|um \\d|gegen|früh|vormittags?|nachmittags?|abends?|morgens?|mittags?|entlassen|verlegt|operiert|kommt|kommen|geplant|dann|noch|da|war|wird|wurde|hat|bitte|d\\. ?M)(?!\\p{Alpha})|[,;)](?! ?\\d)|[ \\t]*$)`,
    'gmu',
  ),
  // 'Jg. 38', "Jahrgang '51", "Hüft-TEP '98"
  /(?<=(?<!\p{Alpha})(?:Jg|Jhg|Jahrgang|Jahrg)\.? ?)['’]?\d\d(?!\d|[.,]\d)|(?<=\p{Alpha}[,.]? )['’][4-9]\d(?=[ ,.;)\n]|$)/gu,
  // 'in der Nacht auf Ostern', '1. Hälfte Mai', 'Monatswechsel Mai/Juni'
  new RegExp(
    `(?<!\\p{Alpha})${NAME}\\.? ?(?:[/–-]|bis|und|u\\.) ?${NAME}(?!\\p{Alpha})(?:\\.? ?['’]?(?:19|20)?\\d\\d(?![\\d.:]))?`,
    'gu',
  ),
];

/** Days, months and years as German charts write them: ranges, Roman months, a month and two digits of a year, a day alone. All of them are possible, not certain. */
export function germanDays({ text, languages }: Reading): Span[] {
  if (!languages.has('de') || languages.size > 5) return [];
  return WAYS.flatMap((way) =>
    [...text.matchAll(way)]
      .filter(({ index }) => !NO_DAY.test(text.slice(Math.max(0, index - 12), index)))
      .map((found) => span(found.index, found.index + found[0].length, 'date', 'possible', 'date:german')),
  );
}

const NINETIES = '(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)?(?:und)?neunzig';
/** Ages of ninety years and more that no word for years stands behind. */
const OLD: readonly RegExp[] = [
  /(?<![\d.,/-])(?:9\d|1[01]\d)\.?(?= (?:Geburtstag|Lebensjahr|Wiegenfest))/gu,
  /(?<=(?<!\p{Alpha})Alter(?:[: ] {0,8}|: {0,8}))(?:9\d|1[01]\d)(?!\d|[.,/]\d)/gu,
  /(?<=(?<!\p{Alpha})(?:[Ss]ie|[Ee]r|Mutter|Vater|Tante|Onkel|Oma|Opa|Großmutter|Großvater|Ehemann|Ehefrau|Schwester|Bruder) (?:ist |war |wird |wurde |mit |inzwischen |jetzt |bereits |schon )*\(?)(?:9\d|1[01]\d)(?=[.,;)](?!\d)|$| (?:geworden|geblieben|und|verstorben|gestorben))/gu,
  new RegExp(`(?<!\\p{Alpha})(?:${NINETIES}|(?:ein)?hundert)jährig\\p{Alpha}*`, 'giu'),
  /(?<![\d.,/-])(?:9\d|1[01]\d) ?(?:-?j\.|J\.?|a)(?![\p{Alpha}\d])(?=[,;) ]|$)/gmu,
];

/** Ages of ninety years and more in German, as birthdays, in brackets behind kin, in words. */
export function germanAges({ text, languages }: Reading): Span[] {
  if (!languages.has('de') || languages.size > 5) return [];
  return OLD.flatMap((way) =>
    [...text.matchAll(way)].map((found) =>
      span(found.index, found.index + found[0].length, 'age', 'possible', 'age:90'),
    ),
  );
}
