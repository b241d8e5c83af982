import english from '../../../../bot/locales/en/pages.json' with { type: 'json' };

/** All words of the pages, in one language. */
export type PageWords = typeof english;

const languages: Readonly<Record<string, PageWords>> = { en: english };

/** The words in the given language (BCP 47), else in its primary language, else in English. */
export function wordsIn(language: string): PageWords {
  return languages[language] ?? languages[language.split('-')[0] ?? ''] ?? english;
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

/** A moment in the reader's own zone: weekday, ISO date, time and offset, as 'Mon 2026-11-23 15:06 (GMT+1)'. */
export function moment(instant: string, language: string): string {
  const parts = new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'shortOffset',
  }).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  const day = `${part('year')}-${part('month')}-${part('day')}`;
  return `${part('weekday')} ${day} ${part('hour')}:${part('minute')} (${part('timeZoneName')})`;
}

/** A number of bytes in words: '12 MB', '480 kB'. */
export function size(bytes: number): string {
  return bytes >= 1e6 ? `${Math.round(bytes / 1e5) / 10} MB` : `${Math.max(1, Math.round(bytes / 1000))} kB`;
}
