import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import { type Card, plainText } from '../../bot/view.ts';
import { policy } from './security.ts';
import { languageOfBrowser } from './words.ts';

/** Serves the privacy notice as a plain page in the browser's language, for whoever installs the app or reads about it before using it. No script, no cookie. */
export function servePrivacy(noticeIn: (language: string) => Card): RequestHandler {
  return (request, response) => {
    const language = languageOfBrowser(request);
    const notice = noticeIn(language);
    const paragraphs = plainText({ ...notice, title: '' })
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => `<p>${escaped(line)}</p>`);
    const nonce = randomBytes(16).toString('base64');
    response
      .vary('Accept-Language')
      .set('Content-Security-Policy', policy(`'nonce-${nonce}'`))
      .type('html')
      .send(
        `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(notice.title)}</title><style nonce="${nonce}">body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#222}@media (prefers-color-scheme:dark){body{background:#1b1b1b;color:#eee}}</style></head><body><h1>${escaped(notice.title)}</h1>${paragraphs.join('')}</body></html>`,
      );
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
