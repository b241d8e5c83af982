import type { Span } from '../../spans.ts';
import { isOfWest, type Reading, span } from '../reading.ts';

/** 'il 7.', 'le 15 par', 'op 16 en 18 april', 'del 11,': a day of the month by itself behind an article. */
const DAY = '(?:[1-9]|[12]\\d|3[01])';
const PATTERNS: readonly (readonly [string, RegExp])[] = [
  [
    'it',
    new RegExp(
      `(?=\\d)(?<=(?<!\\p{Alpha})(?:[Ii]l|[Dd]al|[Dd]el|[Ff]ino al|[Ee]ntro il|[Ss]ino al|[Pp]er il) )${DAY}(?=[,;:)?!]|\\.(?:\\s|$)|\\n|$| (?:ore|alle|mattina|pomeriggio|sera|e il ${DAY}|poi|con)(?!\\p{Alpha}))(?![.,]\\d)`,
      'gmu',
    ),
  ],
  [
    'fr',
    new RegExp(
      `(?=\\d)(?<=(?<!\\p{Alpha})(?:[Ll]e|[Dd]u|[Jj]usqu['’]au|[Dd]epuis le|[Aa]vant le|[Dd]ès le) )${DAY}(?:er)?(?=[,;:)?!]|\\.(?:\\s|$)|\\n|$| (?:à \\d|au matin|au soir|par|et le ${DAY}|puis|normal)(?!\\p{Alpha}))(?![.,]\\d)`,
      'gmu',
    ),
  ],
  [
    'es',
    new RegExp(
      `(?=\\d)(?<=(?<!\\p{Alpha})(?:[Ee]l(?: día)?|[Dd]el(?: día)?|[Hh]asta el|[Dd]esde el|[Pp]ara el) )${DAY}(?=[,;:)?!]|\\.(?:\\s|$)|\\n|$| (?:a las|por la|y el ${DAY}|con|sin)(?!\\p{Alpha}))(?![.,]\\d)`,
      'gmu',
    ),
  ],
  [
    'nl',
    new RegExp(
      `(?=\\d)(?<=(?<!\\p{Alpha})(?:[Oo]p(?: de)?|[Vv]an de|[Tt]ot de|[Ss]inds de|[Vv]oor de|[Vv]anaf de|[Dd]e) )${DAY}(?:(?:e|ste|de)(?=[,;:)?!]|\\.(?:\\s|$)|\\n|$| (?:om|werd|is|was|en de ${DAY})(?!\\p{Alpha}))|(?= (?:en|of|tot|t\\/m) ${DAY} \\p{Alpha}{3,9}(?!\\p{Alpha})))`,
      'gmu',
    ),
  ],
];
/** Behind such words stands a bed, a room, a score. */
const NO_DAY =
  /(?:lit|chambre|salle|box|letto|stanza|camera|sala|cama|habitación|box|sala|bed|kamer|score|stade|stadio|grado|grade|type|tipo|niveau|livello|nivel|punt[eio]|numero|número|n°|bus|ligne|tram|étage)[ .]{1,2}(?:\p{Alpha}+ )?$/iu;
/** 'half oktober', 'eerste zondag van mei', 'première semaine de mai', 'hiver 2015', 'estate del 2025', 'noche del 5 al 6': parts of months, days of weeks and seasons of years. */
const ROUGH: readonly (readonly [string, RegExp])[] = [
  [
    'nl',
    /(?<!\p{Alpha})(?:half|midden|medio|begin|eind) (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)|(?<!\p{Alpha})(?:eerste|tweede|derde|vierde|laatste) (?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|week|weekend) van (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)|(?<![\p{Alpha}\d])(?:[1-9]|[12]\d|3[01]) op (?=(?:[1-9]|[12]\d|3[01]) )|(?<=[°])(?:19|20)\d\d(?!\d)/giu,
  ],
  [
    'fr',
    /(?<!\p{Alpha})(?:printemps|été|automne|hiver) (?:de |d['’])?(?:19|20)\d\d(?!\d)|(?<!\p{Alpha})(?:premi(?:er|ère)|deuxième|second|troisième|derni(?:er|ère)) (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|semaine|week-end) (?:de |d['’])(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)/giu,
  ],
  [
    'it',
    /(?<!\p{Alpha})(?:primavera|estate|autunno|inverno) (?:del |di )?(?:19|20)\d\d(?!\d)|(?<!\p{Alpha})(?:prim[oa]|second[oa]|terz[oa]|ultim[oa]) (?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|settimana) di (?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre)/giu,
  ],
  [
    'es',
    /(?<!\p{Alpha})(?:primavera|verano|otoño|invierno) (?:del? )?(?:19|20)\d\d(?!\d)|(?<!\p{Alpha})(?:primer|segundo|tercer|último|primera|segunda|última) (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|semana) de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)/giu,
  ],
];
/** Saints' days behind an article: 'à la Saint-Martin', 'per San Martino', 'por San Blas'. */
const SAINTS =
  /(?=S)(?<=(?<!\p{Alpha})(?:à la|avant la|après la|pour la|depuis la|veille de la|per|prima di|dopo|por|para|hasta) )(?:Sainte?-\p{Uppercase}\p{Ll}+|(?:San|Santa|Santo|Sant['’])(?: |(?<=['’]))\p{Uppercase}\p{Ll}+)(?= ?(?:[,;.:)?!\n]|$)| (?:prochain|dernier|passat|scors|próxim|pasad))/gmu;

/** Days of the month by themselves, parts of months and seasons in French, Italian, Spanish and Dutch. All of them are possible, not certain. */
export function loneDays(reading: Reading): Span[] {
  const { text, languages } = reading;
  if (!isOfWest(reading)) return [];
  const spans: Span[] = [];
  const add = (start: number, length: number) =>
    spans.push(span(start, start + length, 'date', 'possible', 'date:lone-day'));
  for (const [language, pattern] of PATTERNS)
    if (languages.has(language))
      for (const found of text.matchAll(pattern))
        if (!NO_DAY.test(text.slice(Math.max(0, found.index - 24), found.index).replace(/\p{Alpha}+ $/u, '')))
          add(found.index, found[0].length);
  for (const [language, pattern] of ROUGH)
    if (languages.has(language)) for (const found of text.matchAll(pattern)) add(found.index, found[0].length);
  for (const found of text.matchAll(SAINTS)) add(found.index, found[0].length);
  return spans;
}
