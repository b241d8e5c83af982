// How known identifiers are found: node bench/identifiers/known.ts [--held] [--misses]
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allFakers, type Faker } from '@faker-js/faker';
import { compileKnown } from '../../domain/identifiers/known/known.ts';
import { corpusFolder, parseBrat } from './corpora.ts';
import { birthDateForms } from './known-dates.ts';
import names from './known-names.json' with { type: 'json' };
import texts from './known-texts.json' with { type: 'json' };
import { variantsOf } from './known-variants.ts';

/** The last six names of each language are held out: looked at only at the end. */
const held = process.argv.includes('--held');
const misses = process.argv.includes('--misses');

interface Language {
  readonly sentences: readonly string[];
  /** A name as typed, with case and family forms that it is looked for in. */
  readonly names: readonly { readonly typed: string; readonly forms: readonly string[] }[];
}

const genitive: Readonly<Record<string, (name: string) => string[]>> = {
  de: (name) => [/[sxzß]$/.test(name) ? `${name}’` : `${name}s`],
  da: (name) => [/[sxz]$/.test(name) ? `${name}'` : `${name}s`],
  sv: (name) => [/[sxz]$/.test(name) ? name : `${name}s`],
  nb_NO: (name) => [/[sxz]$/.test(name) ? `${name}'` : `${name}s`],
  nl: (name) => [/[aiouy]$/.test(name) ? `${name}'s` : `${name}s`],
  en: (name) => [`${name}'s`, `${name}’s`],
  fr: () => [],
  it: () => [],
  es: () => [],
  pt_PT: () => [],
};
const plainSentences: Readonly<Record<string, readonly string[]>> = {
  de: ['Der Befund von {} wurde verschickt.', 'Gespräch mit der Familie: {}, Kontrolle in einem Monat.'],
  da: ['Svaret for {} blev sendt.', 'Samtale med familien: {}, kontrol om en måned.'],
  sv: ['Svaret för {} skickades.', 'Samtal med familjen: {}, kontroll om en månad.'],
  nb_NO: ['Svaret for {} ble sendt.', 'Samtale med familien: {}, kontroll om en måned.'],
  nl: ['De uitslag van {} werd verstuurd.', 'Gesprek met de familie: {}, controle over een maand.'],
  en: ['The report of {} was sent.', 'Talked to the family: {}, review in a month.'],
  fr: ['Le résultat de {} a été envoyé.', 'Entretien avec la famille : {}, contrôle dans un mois.'],
  it: ['Il referto di {} è stato spedito.', 'Colloquio con la famiglia: {}, controllo fra un mese.'],
  es: ['El informe de {} fue enviado.', 'Se habló con la familia: {}, control en un mes.'],
  pt_PT: ['O relatório de {} foi enviado.', 'Conversa com a família: {}, controlo daqui a um mês.'],
};

function written(): Record<string, Language> {
  const languages: Record<string, Language> = {};
  for (const [language, { sentences, names: lines }] of Object.entries(names)) {
    languages[language] = {
      sentences,
      names: lines.map((line) => {
        const [typed = '', forms = ''] = line.split(': ');
        return { typed, forms: forms.split(', ') };
      }),
    };
  }
  const fakers: Readonly<Record<string, Faker>> = allFakers;
  for (const [locale, cases] of Object.entries(genitive)) {
    const faker = fakers[locale];
    if (!faker) throw new Error(`No names for ${locale}`);
    faker.seed(1963);
    languages[locale] = {
      sentences: plainSentences[locale] ?? [],
      names: Array.from({ length: 20 }, () => {
        const [given, family] = [faker.person.firstName(), faker.person.lastName()];
        return { typed: `${given} ${family}`, forms: cases(family).flatMap((form) => [`${given} ${form}`, form]) };
      }),
    };
  }
  return languages;
}

const wordSign = /[\p{L}\p{N}]/u;
/** Whether every letter and digit of a place is inside the spans. */
const covered = (text: string, from: number, to: number, spans: readonly { start: number; end: number }[]) =>
  Array.from({ length: to - from }, (_, index) => from + index).every(
    (at) => !wordSign.test(text.charAt(at)) || spans.some(({ start, end }) => start <= at && at < end),
  );

interface Tally {
  found: number;
  all: number;
}
const tallies = new Map<string, Tally>();
const count = (key: string, found: boolean) => {
  const tally = tallies.get(key) ?? { found: 0, all: 0 };
  tallies.set(key, { found: tally.found + (found ? 1 : 0), all: tally.all + 1 });
};
const share = ({ found, all }: Tally) => `${((100 * found) / all).toFixed(1)} % of ${all}`;

const languages = written();
for (const [language, { sentences, names: list }] of Object.entries(languages)) {
  for (const [index, { typed, forms }] of list.entries()) {
    if (index >= 14 !== held) continue;
    const find = compileKnown({ names: [typed] });
    for (const [number, { kind, text: variant }] of variantsOf(typed, forms, language).entries()) {
      const sentence = sentences[number % sentences.length] ?? '{}';
      const text = sentence.replace('{}', () => variant);
      const from = text.indexOf(variant);
      const found = covered(text, from, from + variant.length, find(text));
      count(`language ${language}`, found);
      count(`kind ${kind}`, found);
      count('all', found);
      if (!found && misses) console.log(`${language} ${kind}: ${typed} → ${JSON.stringify(variant)}`);
    }
  }
}
console.log(`names ${held ? '(held out)' : '(developed on)'}`);
for (const [key, tally] of tallies) console.log(`  ${key.padEnd(24)} ${share(tally)}`);

const dates = birthDateForms(held);
const missedDates = dates.filter(({ birthDate, form }) => {
  const text = `foo ${form} bar`;
  return !covered(text, 4, 4 + form.length, [
    ...compileKnown({ names: [], birthDate })(text),
    // What stands around the date itself ('the', 'г.') is no part of it.
    ...[
      ...text.matchAll(
        /(?<![\p{L}\p{N}])(?:foo|bar|the|am|den|le|r|m|d|г|року|года|geb|born|on|née|en|DOB|lunes|T\d\d:\d\d:\d\d)(?![\p{L}])/giu,
      ),
    ].map(({ 0: word, index }) => ({ start: index, end: index + word.length })),
  ]);
});
console.log(`birth date forms ${dates.length - missedDates.length} of ${dates.length}`);
if (misses) for (const { form } of missedDates) console.log(`  ${JSON.stringify(form)}`);

interface Ordinary {
  readonly name: string;
  readonly text: string;
}

/** Ordinary texts without a patient's name: our own, and the corpora with what was marked taken out. */
function ordinary(): Ordinary[] {
  const own = Object.entries(texts).map(([name, text]) => ({ name, text }));
  try {
    const folder = join(corpusFolder, 'text-es/dev');
    const spanish = readdirSync(folder)
      .filter((file) => file.endsWith('.txt'))
      .slice(held ? 60 : 0, held ? 120 : 60)
      .map((file) => {
        let text = readFileSync(join(folder, file), 'utf8');
        const marks = parseBrat(text, readFileSync(join(folder, file.replace(/\.txt$/, '.ann')), 'utf8'));
        for (const { start, end } of marks.toReversed()) text = `${text.slice(0, start)}—${text.slice(end)}`;
        return text;
      });
    const french = readFileSync(join(corpusFolder, 'text-fr/templates-first-half.txt'), 'utf8').replaceAll(
      /\[[^\]]*\]\([A-Z_]+\)/g,
      '—',
    );
    return [...own, { name: 'es corpus', text: spanish.join('\n\n') }, { name: 'fr corpus', text: french }];
  } catch {
    return own;
  }
}

const compiledNames = new Map<string, ReturnType<typeof compileKnown>>();
const people: string[] = Object.values(languages).flatMap(({ names: list }) =>
  list.filter((_, index) => index % 4 === (held ? 1 : 0)).map(({ typed }) => typed),
);
const fakers: Readonly<Record<string, Faker>> = allFakers;
for (const locale of [
  'de',
  'en',
  'fr',
  'es',
  'it',
  'nl',
  'pt_PT',
  'cs_CZ',
  'pl',
  'hu',
  'fi',
  'sv',
  'da',
  'nb_NO',
  'ro',
  'hr',
  'lv',
  'sk',
  'tr',
  'el',
  'uk',
]) {
  const faker = fakers[locale];
  if (!faker) continue;
  faker.seed(held ? 4 : 2);
  for (let index = 0; index < 8; index++) people.push(`${faker.person.firstName()} ${faker.person.lastName()}`);
}
let hits = 0;
let truly = 0;
let read = 0;
const byText: string[] = [];
const pool = ordinary();
for (const { name, text } of pool) {
  let here = 0;
  for (const typed of people) {
    const words = new Set(typed.split(/[\s-]+/));
    for (const { start, end } of compileCached(typed)(text)) {
      const hit = text.slice(start, end);
      // A capitalised word that is the name as it was typed is no error of the search: the text holds it.
      if (words.has(hit)) truly++;
      else here++;
      if (misses) console.log(`  ${name}: ${typed} → ${JSON.stringify(hit)}${words.has(hit) ? ' (as typed)' : ''}`);
    }
  }
  hits += here;
  read += text.length * people.length;
  byText.push(`${name} ${((1e5 * here) / (text.length * people.length)).toFixed(2)}`);
}
console.log(`false hits per 100,000 characters, ${people.length} people each on ${pool.length} texts`);
console.log(`  ${((1e5 * hits) / read).toFixed(2)}; with words as typed ${((1e5 * (hits + truly)) / read).toFixed(2)}`);
console.log(`  ${byText.join(' · ')}`);

const long = pool
  .map(({ text }) => text)
  .join('\n')
  .repeat(3)
  .slice(0, 100_000);
const five = { names: people.slice(0, 5), birthDate: '1963-04-12', numbers: ['0012345678'] };
const start = performance.now();
const find = compileKnown(five);
const compiled = performance.now();
const rounds = Array.from({ length: 5 }, () => {
  const from = performance.now();
  find(long);
  return performance.now() - from;
});
console.log(
  `five people: compiled in ${(compiled - start).toFixed(0)} ms, 100,000 characters in ${Math.min(...rounds).toFixed(0)} ms`,
);

function compileCached(typed: string) {
  const there = compiledNames.get(typed);
  if (there) return there;
  const made = compileKnown({ names: [typed] });
  compiledNames.set(typed, made);
  return made;
}
