import { readdirSync, readFileSync } from 'node:fs';
import i18next from 'i18next';
import type { Refusal } from '../domain/decider.ts';
import { withFallback } from './fallback.ts';

const folder = new URL('./locales/', import.meta.url);

/** The languages that there are words in: the folders under `locales`. English is the one that every other falls back to. */
export const languages: readonly string[] = readdirSync(folder).toSorted();

const resources = Object.fromEntries(
  languages.map((language) => [
    language,
    Object.fromEntries(
      readdirSync(new URL(`${language}/`, folder)).map((file) => [
        file.replace('.json', ''),
        JSON.parse(readFileSync(new URL(`${language}/${file}`, folder), 'utf8')) as Record<string, unknown>,
      ]),
    ),
  ]),
);

const catalogue = i18next.createInstance();
await catalogue.init({
  resources,
  lng: 'en',
  fallbackLng: 'en',
  ns: Object.keys(resources['en'] ?? {}),
  defaultNS: 'common',
  // Cards are plain text; each platform escapes for itself.
  interpolation: { escapeValue: false },
  returnNull: false,
});

/** Gives the sentence with this key ('namespace:path.to.key'), its parameters filled in; the English one where the language has none. */
export interface Say {
  (key: string, params?: Readonly<Record<string, string | number>>): string;
  /** The language that it speaks: dates and names go with it. */
  readonly language: string;
}

/** The language of ours that a tag (BCP 47) means, by its primary part: 'de' for 'de-AT'; undefined where there are no words in it. */
export function languageOf(tag: string | undefined): string | undefined {
  const primary = tag?.toLowerCase().split(/[-_]/, 1)[0];
  return languages.find((code) => code === primary);
}

/** The words of a language (BCP 47); of English where there are none. */
export function wordsOf(language: string): Say {
  const known = languageOf(language) ?? 'en';
  return sayers.get(known) ?? sayer(known);
}

const sayers = new Map<string, Say>();

/** Remembers the sentences without parameters, which are most of a card. */
function sayer(language: string): Say {
  const translate = catalogue.getFixedT(language);
  const whole = new Map<string, string>();
  const say: Say = Object.assign(
    (key: string, params?: Readonly<Record<string, string | number>>) => {
      if (params) return translate(key, { ...params }) as string;
      const found = whole.get(key) ?? (translate(key) as string);
      whole.set(key, found);
      return found;
    },
    { language },
  );
  sayers.set(language, say);
  return say;
}

/** A view, marked with the language of its texts where it is not marked already. */
export function spoken<View extends { readonly language?: string }>(view: View, language: string): View {
  return view.language ? view : { ...view, language };
}

/** A whole file of words in a language, in the shape of the English one, its parameters unfilled: for adapters that fill in for themselves. */
export function fileOfWords<T>(language: string | undefined, file: string, english: T): T {
  return withFallback(english, resources[languageOf(language) ?? 'en']?.[file]);
}

/** Whether the catalogue has this key, in any language that it would fall back to. */
export function hasWords(key: string): boolean {
  return catalogue.exists(key);
}

/** A local hour as people write it: '2027-03-28 02:30'. */
const readable = (value: string | number) =>
  typeof value === 'string' ? value.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)$/, '$1 $2') : value;

/** A refusal in words: what happened, and what to do. */
export function wordsFor(say: Say, refusal: Refusal): string {
  const key = `refusals:${refusal.refused}`;
  const params = Object.entries(refusal.params ?? {}).map(([name, value]) => [name, readable(value)]);
  return say(hasWords(key) ? key : 'refusals:other', { code: refusal.refused, ...Object.fromEntries(params) });
}
