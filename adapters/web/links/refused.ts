import type { Request } from 'express';
import type { Refused } from '../../../bot/pages/pages.ts';
import { hasWords, wordsFor, wordsOf } from '../../../bot/words.ts';
import { languageOfBrowser } from '../words.ts';

/** Tells a refusal from a state. A state of the upload page may say, under the same name, that the last file was refused: there it is no code. */
export function isRefused<State extends object>(outcome: State | Refused): outcome is Refused {
  return 'refused' in outcome && typeof outcome.refused === 'string';
}

/** The refusal of a link or a session that nobody stands behind any more: said in the browser's language, as there is no person to ask. */
export function inLanguageOf(req: Request, refusal: Refused): Refused {
  return /^(?:link|session)\.|^sign-in\.state$/.test(refusal.refused) && hasWords(`refusals:${refusal.refused}`)
    ? { ...refusal, words: wordsFor(wordsOf(languageOfBrowser(req)), refusal) }
    : refusal;
}
