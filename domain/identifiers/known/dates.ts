import type { Span } from '../spans.ts';
import calendar from './calendar.json' with { type: 'json' };
import { closeWords, type FoldedText, foldText } from './fold.ts';
import numberWords from './number-words.json' with { type: 'json' };

/** What a reader of pictures takes a digit for, in folded text. */
const looks: Readonly<Record<string, string>> = {
  '0': '[0oο]',
  '1': '[1li|!]',
  '2': '[2z]',
  '5': '[5s]',
  '6': '[6b]',
  '8': '[8b]',
  '9': '[9g]',
};
const romans = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const oneOf = (alternatives: readonly string[]) =>
  `(?:${[...new Set(alternatives)].sort((a, b) => b.length - a.length).join('|')})`;
/** Digits as they may be printed: boxed apart, or misread. */
const digits = (value: string) => Array.from(value, (digit) => looks[digit] ?? digit).join('\\s?');
const padded = (value: number) => String(value).padStart(2, '0');
const number = (value: number) => (value < 10 ? `(?:[0o]\\s?)?${digits(String(value))}` : digits(String(value)));
/** Words with any space or hyphen, or none, between them. */
const spaced = (phrase: string) => phrase.trim().split(/\s+/).map(escaped).join('[\\s-]{0,3}');

/** Small words that stand between the parts of a date, in folded text. */
const glue = oneOf(
  'de del of d di da do dell dello the le el il den der des dem day dne m met metu metai gada year an ano anno annee jahr jahres jahre roku rok r ev god godine leta leto g год года г р року рік години έτους ετουσ του το τησ ko aren a ar en al y lo l o am im in anul lui mese giorno jour dia дня ден на месец month maand kuuta paivana dienos diena d kuun'
    .split(' ')
    .map(escaped),
);
const between = `[\\s.,/'_·*|-]{0,8}(?:${glue}[\\s.,'-]{1,3}){0,4}`;
const numericGap = "(?:(?:\\s{0,3}[./,_|:;·∙•\\\\'年月-]\\s{0,3}){1,2}|\\s{1,3})";
const markGap = "(?:\\s{0,3}[./,_|:;·∙•\\\\'-]\\s{0,3}){1,2}";
/** Not inside a longer number; a letter before only where the date begins with a true digit ('né12.4.1963'). */
const starts = '(?<!\\p{N}|\\p{N}[.,/-])(?:(?<!\\p{Alpha})|(?=\\p{N}))';
const ends = '(?!\\p{N}|[./-]\\p{N}{2})';
/** What machines and Polish hands write right behind a date: a time, 'r.' for 'roku'. Text is folded: the T is small. */
const behind = '(?:t\\p{N}{2}:\\p{N}{2}(?::\\p{N}{2})?z?|r(?!\\p{Alpha}))?';
const ordinal =
  '(?:\\s?°|-?\\s?(?:st|nd|rd|th|er|re|eme|ten|te|en|an|in|i|e|o|a|aren|го|та|ма|ти|το|η|ησ|ena)(?!\\p{Alpha}))?';

/** Words that announce a date of birth, in folded text. */
const birthLabel =
  /(?:\bgeb|geboren|geburt|\bborn|birth|\bdob\b|\bd\.o\.b|\bnee?\b|\bne\(e\)|naissance|nacid|nacimiento|f\.?\s?nac|\bnat[oaie]\b|nascit|nascid|nascimento|gebor|\bgeb\.?d|fodt|fodd|fodsel|fodel|syntyn|syntyma|\bsynt|sundi|sunni|gimim|gimes|gimus|dzim|\bnar\b|naroz|naroden|urodz|\bur\.|rojen|rojst|roden|rodena|rodenja|szulet|\bszul|nascut|nasterii|γεννη|\bγεν|роден|рожд|народ|dogum|fædd|faedd|jaio|twield|\brugadh|[*☆])[^\n]{0,30}$/u;
/** Such a word anywhere, whatever follows it: a date may stand right behind ('né12.4.'). */
const announced = new RegExp(
  birthLabel.source.slice(0, birthLabel.source.indexOf('[^')).replaceAll(/(?<=[a-z?\]])\\b/g, ''),
  'u',
);

/** Each is long, and made when it is first needed: what a text cannot hold is not looked for. */
interface Forms {
  /** With the whole date: found anywhere. */
  readonly whole: () => RegExp;
  /** What of `whole` is left where no month is named. */
  readonly numeric: () => RegExp;
  /** Day and month, month and year, or the year alone: only beside a word of birth. */
  readonly partial: () => RegExp;
  /** The month's name: what of `whole` is not `numeric` has it. */
  readonly name: RegExp;
  /** All forms of `numeric` match each of these: they have the last digits of the year, the day and the month, or the day of the year. */
  readonly digits: readonly RegExp[];
}

function once(make: () => RegExp): () => RegExp {
  let made: RegExp | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function wordsFor(pick: (language: (typeof numberWords)['en']) => readonly (string | undefined)[]): string[] {
  return Object.values(numberWords).flatMap((language) =>
    pick(language)
      .filter((word) => word !== undefined && word !== '')
      .flatMap((word) => (word ?? '').split('|'))
      .map(spaced),
  );
}

function yearWords(year: number): string[] {
  const century = String(Math.floor(year / 100));
  const rest = year % 100;
  return Object.values(numberWords).flatMap((language) => {
    const templates: readonly string[] = Object.entries(language.years).find(([key]) => key === century)?.[1] ?? [];
    const smalls = rest === 0 ? [''] : (language.small.split(';')[rest] ?? '').split('|');
    return templates
      .filter((template) => rest < 10 || !template.includes(' oh '))
      .flatMap((template) =>
        smalls.map((small) => spaced(template.replace('{y}', small).replace(/ (?:and|und|og|en|e) *$/, ''))),
      );
  });
}

function formsOf(year: number, month: number, day: number): Forms {
  const y4 = digits(String(year));
  const y2 = `'?${digits(padded(year % 100))}`;
  const d = `${number(day)}(?:[oa](?!\\p{Alpha}))?`;
  const m = oneOf([number(month), (romans[month - 1] ?? '').replaceAll('i', '[i1l|]')]);
  const names = calendar.months[month - 1] ?? [];
  const name = `${oneOf(names.map((each) => Array.from(escaped(each), (letter) => ({ l: '[l1i|]', i: '[il1|]', o: '[o0о]', m: '(?:m|rn)', a: '[aа]', e: '[eе]', c: '[cс]', p: '[pр]' })[letter] ?? letter).join('')))}\\p{Alpha}{0,5}`;
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  const dayNames = (calendar.weekdays[weekday] ?? []).filter((each) => each.length > 2);
  const dayName = `(?:(?<!\\p{Alpha})${oneOf(dayNames.map((each) => escaped(each) + (each.length > 4 ? '\\p{Alpha}{0,3}' : '')))}[\\s,.]{1,4}(?:${glue}\\s){0,2})?`;
  const [dd, mm, yyyy, yy] = [padded(day), padded(month), String(year), padded(year % 100)];
  const compact = oneOf(
    [yyyy + mm + dd, dd + mm + yyyy, mm + dd + yyyy].map((value) => Array.from(value).join('\\s?')),
  );
  const short = oneOf([dd + mm + yy, yy + mm + dd, mm + dd + yy]);
  const dayOfYear = Math.round((Date.UTC(year, month - 1, day) - Date.UTC(year, 0, 0)) / 86_400_000);
  const ordinalDate = `${yyyy}-${String(dayOfYear).padStart(3, '0')}`;
  const numeric = [
    `${d}${numericGap}${m}${numericGap}${y4}`,
    `${m}${numericGap}${d}${numericGap}${y4}`,
    `${y4}${numericGap}${m}${numericGap}${d}`,
    `${y4}${numericGap}${d}${numericGap}${m}`,
    `${d}${markGap}${m}${markGap}${y2}`,
    `${m}${markGap}${d}${markGap}${y2}`,
    `${y2}${markGap}${m}${markGap}${d}`,
    `${dd}\\s${mm}\\s${yy}`,
    `${mm}\\s${dd}\\s${yy}`,
    `${yy}\\s${mm}\\s${dd}`,
    ordinalDate,
    compact,
  ];
  const flags = 'gu';
  const shortOne = `(?<![\\p{N}\\p{Alpha}]|\\p{N}[.,/-])${short}(?![\\p{N}\\p{Alpha}]|[.,/-]\\p{N})`;
  const inWords = () => {
    const dayWord = oneOf([
      `${number(day)}${ordinal}`,
      ...wordsFor(({ small, ordinals }) => [small.split(';')[day], ordinals.split(';')[day - 1]]),
    ]);
    return { dayWord, longYear: oneOf([y4, ...yearWords(year)]) };
  };
  return {
    whole: once(() => {
      const { dayWord, longYear } = inWords();
      const anyYear = oneOf([longYear, y2]);
      const worded = [
        `${dayWord}${between}${name}${between}${anyYear}`,
        `${longYear}${between}${name}${between}${dayWord}`,
        `${longYear}${between}${dayWord}${between}${name}`,
      ];
      return new RegExp(
        `${dayName}${starts}${oneOf([...numeric, ...worded])}${behind}${ends}|${dayName}(?<!\\p{Alpha})${name}${between}${dayWord}${between}${anyYear}${ends}|${shortOne}`,
        flags,
      );
    }),
    numeric: once(() => new RegExp(`${dayName}${starts}${oneOf(numeric)}${behind}${ends}|${shortOne}`, flags)),
    partial: once(() => {
      const { dayWord, longYear } = inWords();
      return new RegExp(
        `${starts}${oneOf([`${dayWord}${between}${name}`, `${d}${markGap}${m}(?:\\.(?!\\p{N}))?`, `${m}[/-]${d}`, `${m}\\s?[./-]\\s?${y4}`, longYear])}(?![\\p{N}\\p{Alpha}]|[.,/-]\\p{N})|(?<!\\p{Alpha})${name}${between}(?:${longYear}|${dayWord})${ends}`,
        flags,
      );
    }),
    name: new RegExp(name, 'u'),
    digits: [digits(yy), `${number(day)}|${ordinalDate}`, `${m}|${ordinalDate}`].map((each) => new RegExp(each, 'u')),
  };
}

/**
 * Compiles a date of birth ('YYYY-MM-DD') into a function that finds it in a text as people write it: all orders and marks, two-digit years, Roman
 * months, month names and their forms in the languages of `calendar.json`, in words in those of `number-words.json`; less than the whole only
 * beside a word of birth. Nothing is found for what is no date.
 */
export function birthDateMatcher(birthDate: string | undefined): (text: string, folded?: FoldedText) => Span[] {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(birthDate ?? '') ?? []).map(Number);
  if (!year || !month || !day || month > 12 || day > 31) return () => [];
  const forms = formsOf(year, month, day);
  return (text, folded = foldText(text)) => {
    const found: [number, number][] = [];
    const isNamed = forms.name.test(folded.text);
    const form = isNamed
      ? forms.whole
      : forms.digits.every((each) => each.test(folded.text))
        ? forms.numeric
        : undefined;
    for (const match of form ? folded.text.matchAll(form()) : [])
      found.push([match.index, match.index + match[0].length]);
    for (const match of announced.test(folded.text) ? folded.text.matchAll(forms.partial()) : []) {
      const [from, to] = [match.index, match.index + match[0].length];
      if (found.some(([start, end]) => start < to && end > from)) continue;
      if (birthLabel.test(folded.text.slice(Math.max(0, from - 50), from))) found.push([from, to]);
    }
    const places = found.map(([from, to]) => [folded.from[from] ?? 0, folded.to[to - 1] ?? 0] as const);
    const closed = closeWords(folded);
    if (closed && forms.name.test(closed.text))
      for (const match of closed.text.matchAll(forms.whole())) {
        const [start, end] = [closed.from[match.index] ?? 0, closed.to[match.index + match[0].length - 1] ?? 0];
        if (!places.some(([from, to]) => from < end && to > start)) places.push([start, end]);
      }
    return places
      .sort((a, b) => a[0] - b[0])
      .map(([start, end]) => ({
        start,
        end,
        kind: 'birth-date',
        certainty: 'certain',
        rule: 'known-birth-date',
      }));
  };
}
