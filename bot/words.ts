import { readdirSync, readFileSync } from 'node:fs';
import i18next from 'i18next';
import type { Refusal } from '../domain/decider.ts';

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

/** Gives the sentence with this key ('namespace:path.to.key'), its parameters filled in. */
export type Say = (key: string, params?: Readonly<Record<string, string | number>>) => string;

/** The words of a language (BCP 47); of English where there are none. */
export function wordsOf(language: string): Say {
  const known = languages.includes(language)
    ? language
    : (languages.find((code) => language.startsWith(`${code}-`)) ?? 'en');
  return sayers.get(known) ?? sayer(known);
}

const sayers = new Map<string, Say>();

/** Remembers the sentences without parameters, which are most of a card. */
function sayer(language: string): Say {
  const translate = catalogue.getFixedT(language);
  const whole = new Map<string, string>();
  const say: Say = (key, params) => {
    if (params) return translate(key, { ...params }) as string;
    const found = whole.get(key) ?? (translate(key) as string);
    whole.set(key, found);
    return found;
  };
  sayers.set(language, say);
  return say;
}

/** Whether the catalogue has this key, in any language that it would fall back to. */
export function hasWords(key: string): boolean {
  return catalogue.exists(key);
}

/** A refusal in words: what happened, and what to do. */
export function wordsFor(say: Say, refusal: Refusal): string {
  const key = `refusals:${refusal.refused}`;
  return say(hasWords(key) ? key : 'refusals:other', { code: refusal.refused, ...refusal.params });
}
