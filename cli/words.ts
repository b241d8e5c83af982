import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { commands } from '../bot/commands.ts';
import { translatedWords } from '../bot/typed/command-words.ts';
import { languages } from '../bot/words.ts';

const folder = new URL('../bot/locales/', import.meta.url);
const read = (language: string, file: string): unknown => {
  try {
    return JSON.parse(readFileSync(new URL(`${language}/${file}.json`, folder), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
};

/** Every sentence of a language by its key, 'namespace:path.to.key'. */
export function sentencesOf(language: string): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (at: string, value: unknown) => {
    if (typeof value === 'string') found.set(at, value);
    else
      for (const [key, below] of Object.entries(value as object))
        walk(at.endsWith(':') ? at + key : `${at}.${key}`, below);
  };
  for (const file of filesOf(language)) walk(`${file}:`, read(language, file));
  return found;
}

const filesOf = (language: string) =>
  readdirSync(new URL(`${language}/`, folder)).map((file) => file.replace('.json', ''));

/** How a language's words stand beside the English ones. */
export interface Differences {
  /** English sentences that the language falls back to. */
  readonly missing: readonly string[];
  /** Sentences that nobody says any more. */
  readonly superfluous: readonly string[];
  /** Sentences whose places for values are not those of the English one: 'key: has name, lacks hcp'. */
  readonly places: readonly string[];
}

const plural = /_(zero|one|two|few|many|other)$/;

/** The places for values in a sentence, `count` left out: in one plural form it may be said in a word ('yesterday'). */
const placesIn = (sentence: string) =>
  new Set(
    [...sentence.matchAll(/\{\{?(\w+)\}?\}/g)].map(([, name]) => name as string).filter((name) => name !== 'count'),
  );

/** Compares a language with English. Of plural forms a language needs those that English has; it may have more of its own. */
export function differencesOf(language: string): Differences {
  const english = sentencesOf('en');
  const own = sentencesOf(language);
  const model = (key: string) =>
    english.get(key) ?? (plural.test(key) ? english.get(key.replace(plural, '_other')) : undefined);
  const differs = ([key, sentence]: [string, string]): string[] => {
    const [has, wants] = [placesIn(sentence), placesIn(model(key) ?? '')];
    const more = [...has].filter((name) => !wants.has(name));
    const less = [...wants].filter((name) => !has.has(name));
    const told = [
      ...(more.length > 0 ? [`has ${more.join(', ')}`] : []),
      ...(less.length > 0 ? [`lacks ${less.join(', ')}`] : []),
    ];
    return told.length > 0 ? [`${key}: ${told.join(', ')}`] : [];
  };
  return {
    missing: [...english.keys()].filter((key) => !own.has(key)),
    superfluous: [...own.keys()].filter((key) => model(key) === undefined),
    places: [...own].filter(([key]) => model(key) !== undefined).flatMap(differs),
  };
}

/** Takes out of a language's files what is superfluous and what has other places than the English: until it is translated anew, English is said. */
export function prune(language: string): void {
  const { superfluous, places } = differencesOf(language);
  const gone = new Set([...superfluous, ...places.map((line) => line.replace(/: (?:has|lacks) .*$/, ''))]);
  const keep = (at: string, value: unknown): unknown => {
    if (typeof value === 'string' || Array.isArray(value)) return gone.has(at) ? undefined : value;
    const kept = Object.entries(value as object)
      .map(([key, below]) => [key, keep(at.endsWith(':') ? at + key : `${at}.${key}`, below)] as const)
      .filter(([, below]) => below !== undefined);
    return kept.length > 0 ? Object.fromEntries(kept) : undefined;
  };
  for (const file of filesOf(language))
    writeFileSync(
      new URL(`${language}/${file}.json`, folder),
      `${JSON.stringify(keep(`${file}:`, read(language, file)) ?? {}, null, 2)}\n`,
    );
}

/** What `npm run words` prints: a line for each difference, and the counts. */
export function report(): { readonly lines: readonly string[]; readonly whole: boolean } {
  const lines: string[] = [];
  let whole = true;
  for (const language of languages.filter((code) => code !== 'en')) {
    const { missing, superfluous, places } = differencesOf(language);
    const unnamed = commands.filter(({ name }) => translatedWords(name, language).length === 0);
    whole &&= missing.length + superfluous.length + places.length + unnamed.length === 0;
    lines.push(
      `${language}: ${missing.length} missing, ${superfluous.length} superfluous, ${places.length} with other places`,
      ...unnamed.map(({ name }) => `  no word      for the command ${name}`),
      ...missing.map((key) => `  missing      ${key}`),
      ...superfluous.map((key) => `  superfluous  ${key}`),
      ...places.map((line) => `  places       ${line}`),
    );
  }
  return { lines, whole };
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { strict: { type: 'boolean' }, prune: { type: 'boolean' } } });
  if (values.prune) for (const language of languages.filter((code) => code !== 'en')) prune(language);
  const { lines, whole } = report();
  process.stdout.write(`${lines.join('\n')}\n`);
  if (values.strict && !whole) process.exitCode = 1;
}
