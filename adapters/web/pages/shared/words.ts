import { withFallback } from '../../../../bot/fallback.ts';
import english from '../../../../bot/locales/en/pages.json' with { type: 'json' };

/** All words of the pages, in one language. */
export type PageWords = typeof english;

/** The words of each other language are a file of their own, fetched when somebody reads in it: nobody waits for six languages. */
const files = import.meta.glob<object>(
  ['../../../../bot/locales/*/pages.json', '!../../../../bot/locales/en/pages.json'],
  { import: 'default' },
);

const loaded = new Map<string, PageWords>([['en', english]]);

const primary = (language: string) => language.toLowerCase().split('-', 1)[0] ?? '';

/**
 * Fetches the words of a language (BCP 47). Gives undefined where there is nothing to wait for: they are here, or there are none. Never rejects:
 * without them the page is in English.
 */
export function loadWords(language: string): Promise<void> | undefined {
  const code = primary(language);
  const file = files[`../../../../bot/locales/${code}/pages.json`];
  if (loaded.has(code) || file === undefined) return undefined;
  return file().then(
    (words) => void loaded.set(code, withFallback(english, words)),
    () => undefined,
  );
}

/** The words in the given language (BCP 47) where they were loaded, else in English. */
export function wordsIn(language: string): PageWords {
  return loaded.get(primary(language)) ?? english;
}

/** The language that `wordsIn` speaks for this one: what the document says it is in, and what dates go with. */
export function spokenFor(language: string): string {
  return loaded.has(primary(language)) ? primary(language) : 'en';
}

/** Puts values into a sentence's places: '{name}'. A place without a value stays as it is. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** The sentence for a count, by the language's plural rules: the entry `key_one`, `key_few`, …, else `key_other`; undefined where there is none. */
export function plural(
  sentences: Readonly<Record<string, string>>,
  key: string,
  count: number,
  language: string,
): string | undefined {
  const form = new Intl.PluralRules(language).select(count);
  const sentence = sentences[`${key}_${form}`] ?? sentences[`${key}_other`];
  return sentence && fill(sentence, { count });
}

/** A moment in the given zone, else in the browser's: weekday, ISO date, time and offset, as 'Mon 2026-11-23 15:06 (GMT+1)'. */
export function moment(instant: string, language: string, zone?: string): string {
  const parts = new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'shortOffset',
    ...(zone ? { timeZone: zone } : {}),
  }).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  const day = `${part('year')}-${part('month')}-${part('day')}`;
  return `${part('weekday')} ${day} ${part('hour')}:${part('minute')} (${part('timeZoneName')})`;
}

/** A number of bytes in words: '12 MB', '480 kB'. */
export function size(bytes: number): string {
  return bytes >= 1e6 ? `${Math.round(bytes / 1e5) / 10} MB` : `${Math.max(1, Math.round(bytes / 1000))} kB`;
}
