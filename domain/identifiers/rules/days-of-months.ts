import type { Reading } from './reading.ts';

/** '03/19' behind a word for 'since'; '14.06' at the start of a line, or before a time or a colon; '1.8.' behind other dates, or within a German sentence. */
const MONTH_SHORT_YEAR =
  /(?<=(?:diagnose|\bAufn\.|\bEntl\.|\bED|\b[Ss]eit|\b[Ii]m|\b[Aa]b|\b[Bb]is|\bOP|\b[Dd]epuis|\b[Ee]n|\b[Ss]ince|\b[Ii]n|\b[Dd]esde|\b[Dd]al|\b[Ss]inds|\bAnfang|\bEnde|\bMitte|\bca\.) {1,2})(?:0[1-9]|1[0-2])\/\d\d(?!\d|[/.,]\d)/g;
const NOTED_DAY =
  /(?<![\d.,/])(?<=^[ \t]*|\p{Ll} )(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])(?= \d\d?[:.]\d\d(?!\d)|: |(?<=^[ \t]*\d\d\.\d\d) \p{Alpha}{2})/gmu;
const NEXT_DAY =
  /(?<=\d\d(?:,| und| sowie| u\.| et| e| and) )(?:(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.|(?:1[0-2]|[1-9])\/(?:1[3-9]|2\d|3[01]))(?![\d/])/g;
/** 'taken to the OR on 3/3 by', as American notes have it. */
const ON_DAY =
  /(?<=(?<!\p{Alpha})(?:on|until|since|by|from) )(?:0?[1-9]|1[0-2])\/(?:0?[1-9]|1[0-2])(?= (?:by|with|and|for|at|to|via|in|under)(?!\p{Alpha})|[,.;:)](?:\s|$)|\n|$)/gu;
/** 'del 4/4, eseguito', 'du 7/3 (': a day and its month behind an article, which is no part of a whole ('el 1/3 medio'). */
const THE_DAY =
  /(?<=(?<!\p{Alpha})(?:del|dal|il|el|du|au|op) )(?:0?[1-9]|[12]\d|3[01])\/(?:0?[1-9]|1[0-2])(?= ?[,;:)(]|\.(?:\s|$)|\n|$)(?<!(?<!\d)(?:1\/[2-5]|2\/[35]|3\/[45]|4\/5))/gu;
/** '03/21.' behind a word: no fraction has a leading zero. */
const ZERO_MONTH = /(?=0[1-9]\/)(?<=\p{Alpha}[.,:]? \(?|\p{Alpha}\()0[1-9]\/[0-3]\d(?=[.,;:)]|$| \p{Ll})(?![.,]\d)/gmu;
/** 'vr 16/2', 'mié 8-3', 'Fr 5.3': a day behind the short name of its day of the week; '17/10 M:' at the start of a line. */
const WEEKDAY_DAY =
  /(?=\d)(?<=(?<![\p{Alpha}-])(?:ma|di|wo|do|vr|za|zo|lun|mar|mer|gio|ven|sab|dom|mié|jue|vie|sáb|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|lu|me|je|ve|sa|mo|mi|fr|so|pn|wt|śr|czw|pt|po|út|st|čt|pá|man|tir|ons|tor|fre|lør|mån|tis|lör|ti|ke|to|pe|la|su)\.? )(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])(?![\d/%]|[.,-]\d)\.?/giu;
const LINE_DAY =
  /(?=\d)(?<=^[ \t]*)(?:0?[1-9]|[12]\d|3[01])\/(?:0?[1-9]|1[0-2])(?=:? \p{Uppercase}(?:\p{Alpha}{2}|:))/gmu;
/** '6.01 kell 9.30', '02.08, ora 09:05': a day before an hour that its language announces. */
const DAY_AND_HOUR =
  /(?<![\d.,/])(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.?(?=,? (?:kell|ora|orele|kl\.?|klo|godz\.?|uur|val\.|plkst\.|ob|v|um) \d{1,2}(?:[.:]\d\d)?(?![\d/%]))/gu;
/** '12/3–19/3 2023', '12/3-19/3': from one day to another, where the year says so or a day that can be no month. */
const SLASHED_RANGE =
  /(?<![\d.,/])(?:0?[1-9]|[12]\d|3[01])\/(?:0?[1-9]|1[0-2]) ?[–-] ?(?:(?:1[3-9]|2\d|3[01])\/(?:0?[1-9]|1[0-2])(?: (?:19|20)\d\d)?|(?:0?[1-9]|1[0-2])\/(?:0?[1-9]|1[0-2]) (?:19|20)\d\d)(?![\d/%]|[.,]\d)/g;
/** '3. mail 1971', '3. mais': May in Estonian, whose forms are words of other languages. */
const ESTONIAN_MAY = /(?<![\d.,/])(?:[12]?\d|3[01])\. mai[ls](?: (?:19|20)\d\d)?(?![\p{Alpha}\d])/gu;
/** Languages that write a day and its month with a full stop behind each, as German does. */
const DOTTED = ['cs', 'sk', 'sl', 'hr', 'da', 'nb', 'fi', 'et', 'lv', 'bg', 'pl'];
const GERMAN_DAY =
  /(?<=\p{Alpha}[.,]? \(?|\p{Alpha}\()(?:0?[1-9]|[12]\d|3[01])\. ?(?:0?[1-9]|1[0-2])\.(?!\d)(?= \p{Alpha}|,|:|\)| *$)/gmu;

/** The patterns of a day and its month, or of a month and two digits of its year, in figures that only what stands around them makes a date of; some are of the text's languages alone. */
export function daysOfMonths({ languages, capitalNouns }: Reading): readonly RegExp[] {
  return [
    MONTH_SHORT_YEAR,
    ZERO_MONTH,
    THE_DAY,
    ...(languages.has('en') ? [ON_DAY] : []),
    WEEKDAY_DAY,
    LINE_DAY,
    NOTED_DAY,
    NEXT_DAY,
    DAY_AND_HOUR,
    ESTONIAN_MAY,
    SLASHED_RANGE,
    ...(capitalNouns || DOTTED.some((language) => languages.has(language)) ? [GERMAN_DAY] : []),
  ];
}
