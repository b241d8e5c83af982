import type { Request, Response } from 'express';
import texts from '../../bot/locales/en/pages.json' with { type: 'json' };
import { fileOfWords, languages } from '../../bot/words.ts';

export type ServerWords = (typeof texts)['server'];

const offered = ['en', ...languages.filter((language) => language !== 'en')];
const known = new Map(offered.map((language) => [language, fileOfWords(language, 'pages', texts).server]));

/** The language of ours that the browser likes best (RFC 9110, section 12.5.4, `Accept-Language`); English where it names none. */
export function languageOfBrowser(req: Request): string {
  return req.acceptsLanguages(offered) || 'en';
}

/** The sentences of the adapter's own, in the browser's language: what it refuses before the bot is asked, and the small pages without a script. */
export function wordsFor(to: Request | Response): ServerWords {
  const req = 'req' in to ? to.req : to;
  return known.get(languageOfBrowser(req)) ?? texts.server;
}
