import type { Span } from '../../spans.ts';
import { type Reading, span } from '../reading.ts';

const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const MONTH = '(?:0?[1-9]|1[0-2])';
const NTH = '(?:[23]?1st|2?2nd|2?3rd|(?:[4-9]|1\\d|2[04-9]|30)th)';
const WEEKDAY =
  '(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun|MON|TUES?|WEDS?|THU(?:RS?)?|FRI|SAT|SUN|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY)';

/** Whether a word is a day of the week of English, whole or short, and nothing more. */
export const isEnglishWeekday = (word: string): boolean => ONE_WEEKDAY.test(word);
const ONE_WEEKDAY = new RegExp(`^${WEEKDAY}s?$`, 'u');

/** A day of the week by itself: 'since Tuesday', 'due Sat', 'Thurs – chiropodist'. Not 'Mondays', 'O2 Sat 94 %', 'the sun', 'Sun cream'. */
const LONE_WEEKDAY = new RegExp(
  `(?<![\\p{Alpha}\\d'’/-]|[Oo]2 |[Ss]p[Oo]2 |(?<!\\p{Alpha})(?:[Tt]he|[Ee]very|[Ee]ach|[Aa]lternate|[Aa]ny|[Mm]ost|[Oo]ther) |day to |day, |[Mm]on to |[Mm]on, |[Mm]on, [Ww]ed, )${WEEKDAY}(?![\\p{Alpha}\\d'’/-]|,? ?(?:to |– ?|& ?|and )?${WEEKDAY}|\\.\\p{Alpha}| ?[=:>]? ?\\d\\d ?%| (?:prob|expos|cream|block|screen|damag|burn|light|tan|protect|clinic|ward|list|Times|Mail|roast))`,
  'gu',
);
/** The same in small letters, where nothing else is so written. */
const SMALL_WEEKDAY =
  /(?<![\p{Alpha}\d'’-])(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tues|weds|thurs)(?![\p{Alpha}\d'’-])/gu;
/** 'SAT 2ND', 'Thu 3', 'Tuesday the 4th'. */
const WEEKDAY_NTH = new RegExp(`(?<![\\p{Alpha}-])${WEEKDAY},? (?:the )?${NTH}(?!\\p{Alpha})`, 'giu');
/** What an ordinal counts that is no day. */
const COUNTED =
  /^ (?:and |or |to )?(?:\d\w* )?(?:week|month|year|yr|rib|toe|finger|digit|ray|met|mt|mc|day|degree|floor|ed|cent|per|tri|line|space|ics|ic|birth|attempt|time|dose|grade|nerve|cranial|ventr|part|gen|heart|sound|intercost|lumb|cerv|thor|sac|post|pass|cycle|round|child|preg|son|daughter|cousin|baby|visit|opinion|choice|stage|interspace|stent|graft|op|form|stor|level|avenue|street|ave|st|line|phase|web|look|episode|admission|hand|party|class|marriage|wife|husband|person|world|place|test|sample|set|bag|unit|cc|dorsal|prox|dist|left|right|row|col|sheet|page|item|figure|table|chart|slide|question|answer|edition|quarter|half|author|reader|copy|draft|version|section|chapter|point|try|run|scan|series|injection|bolus|infusion|lesion|branch|segment|vessel|[a-z]+ (?:rib|toe|finger|digit|ray|nerve|week|day|dose|time|line))/i;
/** A day of the month by an ordinal: 'from 12th', 'the 12th.', 'til the 21st but'. */
const NTH_DAY = new RegExp(
  `(?<![\\d\\p{Alpha}/.,-])(?<=(?:^|[(,;:–\\n] ?|(?<!\\p{Alpha})(?:[Oo]n|[Uu]ntil|[Tt]ill?|[Bb]y|[Ss]ince|[Ff]rom|[Ff]or|[Dd]ue|[Bb]efore|[Aa]fter|[Uu]p to|[Tt]o|[Oo]f|[Uu]ntill) )(?:the )?|(?<!\\p{Alpha})[Tt]he )${NTH}(?!\\p{Alpha})`,
  'gmu',
);
/** The same behind 'on the' without its ending: 'on the 15, feast of the village'. */
const BARE_DAY =
  /(?=\d)(?<=(?<!\p{Alpha})(?:[Oo]n|[Uu]ntil|[Tt]ill|[Ss]ince|[Ff]rom) the )(?:[1-9]|[12]\d|3[01])(?=[,.;:)]|\n|$| (?:and|he|she|they|we|I|it) )(?![.,]\d)/gmu;
/** A day and its month in a row or a column of a sheet, between brackets, behind an hour, and behind 'starts'. */
const IN_COLUMN = new RegExp(
  `(?=\\d)(?:(?<=^[ \\t]*)${DAY}[/.]${MONTH}(?=[ \\t]*(?:[|\\t]| [–-] (?:\\p{Alpha}|$)|: |, ?\\p{Alpha})| \\d{4}(?!\\d))|(?<=\\| ?)${DAY}/${MONTH}(?= ?(?:\\||$))|(?<=(?<!\\d)(?:[01]?\\d|2[0-3])[:.]?[0-5]\\d(?:hrs?|h)? )${DAY}/${MONTH}(?=[,.;)\\n]|$|\\. )|(?<=(?<!\\p{Alpha})(?:starts?|started|starting|due|flew on|on|until|till|since|from|by|before|after|ending|ended|for|of|dated|w\\/e|w\\/c|days?:|dates?:) )${DAY}/${MONTH}(?=[,.;:)\\n]|$|\\. | [–-] ?\\d| (?:and|with|to|at|by|via|w|in|for|am|pm)(?!\\p{Alpha})))(?![\\d/%]|[.,]\\d)`,
  'gmu',
);
/** A line of nothing but days: '31.10 – 1.11'. */
const DAYS_LINE = new RegExp(
  `(?<=^[ \\t]*)${DAY}[./]${MONTH}\\.? ?[–—-] ?${DAY}[./]${MONTH}\\.?(?=[ \\t]*(?:\\n|$|\\||,))`,
  'gmu',
);
/** 'flew on 12-5 with', '14.1.' at the end of a heading. */
const DASHED = new RegExp(
  `(?=\\d)(?<=(?<!\\p{Alpha})(?:on|since|until|from|by|transcribed|dated|typed|updated|printed) )${DAY}[-.]${MONTH}\\.?(?=[,;)\\n]|$| (?:with|and|by|at|for|to|the|he|she|in)(?!\\p{Alpha}))(?![\\d.,]\\d)`,
  'gmu',
);
/** Behind a day and its month stand others of the same row: '3/12, 10/12, 17/12', '27/8–2/9', '4/4 & 6/4'. */
const NEXT = new RegExp(`^(?: ?[–—-] ?|, ?| ?& ?|,? and |; ?| to )${DAY}[/.]${MONTH}(?![\\d/%]|[.,]\\d)`, 'u');
/** Days behind the plural of a weekday: 'Mondays 3/12'. */
const BEHIND_DAYS = new RegExp(
  `(?=\\d)(?<=(?<!\\p{Alpha})(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days? )${DAY}/${MONTH}(?![\\d/%]|[.,]\\d)`,
  'gu',
);
/** Months and seasons alone: 'next June', 'in spring', 'It's February.', 'since autumn'. */
const MONTHS = '(?:January|February|March|April|May|June|July|August|September|October|November|December)';
const LONE_MONTH = new RegExp(
  `(?=\\p{Uppercase})(?<=(?<!\\p{Alpha})(?:[Nn]ext|[Ll]ast|[Tt]his|[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]y|[Bb]efore|[Dd]uring|[Ff]rom|[Oo]f|[Ii]t['’]?s|is now|[Ee]arly|[Ll]ate|[Mm]id|[Ee]very|[Tt]hroughout|[Ff]or|[Dd]ue|[Ee]nd) )${MONTHS}(?=[,.;:)?!\\n]|$| (?:and|or|for|with|to|when|at|he|she|we|as|but|after|if|on|by|she|they|clinic|via|because|so)(?!\\p{Alpha})|['’]s)`,
  'gu',
);
const SEASON =
  /(?=\p{Ll})(?<=(?<!\p{Alpha})(?:[Nn]ext|[Ll]ast|[Tt]his|[Ii]n(?: the)?|[Ss]ince(?: the)?|[Uu]ntil(?: the)?|[Bb]y(?: the)?|[Bb]efore(?: the)?|[Ll]ate|[Ee]arly|[Mm]id|[Oo]ver the|[Tt]his coming) )(?:spring|summer|autumn|winter)(?![\p{Alpha}-]| (?:water|coil|load|holiday))/gu;
/** 'circa 1984', 'c. 1950'; '1) 1994, SVD': a year at the head of a point of a list. */
const YEARS =
  /(?<=(?<!\p{Alpha})(?:circa|around|about|approx\.?|class of|the year|back in|yr) )(?:19|20)\d\d(?![\d/]|[.,]\d| ?(?:ml|mg|cc))|(?<!\p{Alpha})circa (?:19|20)\d\d(?!\d)|(?<=\d[.)] {1,2})(?:19[2-9]|20[0-4])\d(?=[,:;]? \p{Alpha}{2})/gu;
/** 'St Swithin's Day', 'St Andrew's as he …' behind a date, 'the eve of St John'. */
const SAINT =
  /(?<!\p{Alpha})(?:St|Saint|SS)\.? \p{Uppercase}\p{Ll}+(?: \p{Uppercase}\p{Ll}+)?['’]?s?['’]? (?:Day|Eve|Night|Sunday)(?!\p{Alpha})|(?<=\d{1,2} \p{Uppercase}\p{Ll}{2,8},? \(?)St\.? \p{Uppercase}\p{Ll}+['’]s(?! (?:\p{Uppercase}|hosp|ward))/gu;
/** Days of the moons' calendars: '2 Shawwal', '15 Nisan', '1 Muharram 1445'. */
const LUNAR =
  /(?<!\d)\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:Muharram|Safar|Rabi(?: al-?| ul-?)?\p{Alpha}*|Jumada(?: al-?)?\p{Alpha}*|Rajab|Sha['’]?ban|Ramadh?an|Shawwal|Dhu[ a-z'’-]{0,6}(?:Q|H)\p{Alpha}+|Zil\p{Alpha}+|Nisan|Iyar|Sivan|Tammuz|Elul|Tishre?i|Cheshvan|Kislev|Tevet|Shevat|Adar|Farvardin|Ordibehesht|Khordad|Mordad|Shahrivar|Meskerem|Tikimt|Hidar|Tahsas|Yekatit|Megabit|Miyazya|Ginbot|Chaitra|Vaisakha|Kartik|Ashwin)(?: 1[34]\d\d| 57\d\d)?(?!\p{Alpha})/gu;

const PATTERNS: readonly (readonly [pattern: RegExp, rule: string])[] = [
  [LONE_WEEKDAY, 'date:weekday'],
  [SMALL_WEEKDAY, 'date:weekday-small'],
  [WEEKDAY_NTH, 'date:weekday-nth'],
  [BARE_DAY, 'date:bare-day'],
  [IN_COLUMN, 'date:column'],
  [DAYS_LINE, 'date:days-line'],
  [DASHED, 'date:dashed'],
  [BEHIND_DAYS, 'date:behind-days'],
  [LONE_MONTH, 'date:lone-month'],
  [SEASON, 'date:season'],
  [YEARS, 'date:rough-year'],
  [SAINT, 'date:saint'],
  [LUNAR, 'date:lunar'],
];

/** Dates as notes in English have them: days of the week, ordinals, days and months in columns and rows, months and seasons alone. `found` are dates of the other rules: what stands in a row with one of them is one. */
export function englishDates({ text }: Reading, found: readonly Span[]): Span[] {
  const spans: Span[] = [];
  const add = (start: number, end: number, rule: string) => spans.push(span(start, end, 'date', 'possible', rule));
  for (const [pattern, rule] of PATTERNS)
    for (const { index, 0: written } of text.matchAll(pattern)) add(index, index + written.length, rule);
  for (const { index, 0: written } of text.matchAll(NTH_DAY))
    if (!COUNTED.test(text.slice(index + written.length, index + written.length + 24)))
      add(index, index + written.length, 'date:ordinal');
  for (const { end, rule } of [...found, ...spans]) {
    if (rule === 'date:year' || !/\d[/.]\d{1,2}$/.test(text.slice(end - 4, end))) continue;
    for (let at = end, row = 0; row < 12; row++) {
      const next = NEXT.exec(text.slice(at, at + 12));
      if (!next) break;
      add(at, at + next[0].length, 'date:row');
      at += next[0].length;
    }
  }
  return spans;
}
