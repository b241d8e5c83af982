import { parse } from 'yaml';
import { z } from 'zod';
import { topics } from '../../domain/tickets.ts';
import type { CannedAnswer } from '../context.ts';

/** What a reply's form takes, with room for the names that are filled in. */
const longest = 1800;
const known = ['name', 'ticket', 'me'];

const texts = (most: number) =>
  z
    .record(z.string().regex(/^[a-z]{2}$/, 'must be a language of two letters'), z.string().trim().min(1).max(most))
    .refine((byLanguage) => 'en' in byLanguage, 'needs the English words (en), for languages that it has none of')
    .refine(
      (byLanguage) => Object.values(byLanguage).every((one) => placesIn(one).every((place) => known.includes(place))),
      `may name {{${known.join('}}, {{')}}} alone`,
    );

const file = z
  .array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be 1 to 40 small letters, digits or hyphens'),
      topics: z.array(z.enum(topics)).default([]),
      title: texts(75),
      text: texts(longest),
    }),
  )
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'two answers have the same id');

/**
 * The helpdesk's canned answers from an operator's YAML file (a list of `id`, `title` and `text` by language, optionally `topics`). Throws an
 * Error that names every mistake with its place.
 */
export function readCannedAnswers(yaml: string): readonly CannedAnswer[] {
  const parsed = file.safeParse(parse(yaml) ?? []);
  if (parsed.success) return parsed.data;
  throw new Error(
    parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`).join('\n'),
  );
}

function placesIn(text: string): readonly string[] {
  return [...text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map(([, place = '']) => place);
}

/** The answer's text in a language, English where it has none, with the names filled in; what is filled in is not looked through again. */
export function filledAnswer(
  { text }: CannedAnswer,
  language: string,
  names: Readonly<Record<'name' | 'ticket' | 'me', string>>,
): string {
  const words = inLanguage(text, language);
  return words.replaceAll(/\{\{\s*(name|ticket|me)\s*\}\}/g, (_, place: string) => names[place as keyof typeof names]);
}

/** Words in a language by its primary part; the English ones where there are none. */
export function inLanguage(words: Readonly<Record<string, string>>, language: string): string {
  return words[language.toLowerCase().split('-')[0] ?? ''] ?? words['en'] ?? '';
}
