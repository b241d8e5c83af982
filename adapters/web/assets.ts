import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import express, { type Express, type RequestHandler } from 'express';
import { policy } from './security.ts';
import { languageOfBrowser, wordsFor } from './words.ts';

/** Where the built pages stand: the project's `dist/web` folder. */
export const distFolder = path.join(import.meta.dirname, '../../dist/web');

/**
 * Serves the pages' scripts, styles and pictures at `/pages/assets`: their names hold a hash of their contents, so they never
 * change. Who accepts gzip (RFC 9110, section 12.5.3) gets the copy that the build compressed.
 */
export function serveAssets(app: Express, folder: string): void {
  const assets = path.join(folder, 'assets');
  const setHeaders = (res: { setHeader(name: string, value: string): unknown }, file: string) => {
    res.setHeader('X-Content-Type-Options', 'nosniff');
    res.setHeader('Vary', 'Accept-Encoding');
    if (!file.endsWith('.gz')) return;
    res.setHeader('Content-Encoding', 'gzip');
    res.setHeader('Content-Type', types[path.extname(file.slice(0, -3))] ?? 'application/octet-stream');
  };
  app.use(
    '/pages/assets',
    (req, _res, next) => {
      const plain = req.path;
      if (path.extname(plain) in types && req.acceptsEncodings('gzip') && existsSync(path.join(assets, `${plain}.gz`)))
        req.url = `${plain}.gz`;
      next();
    },
    express.static(assets, { immutable: true, maxAge: '1y', index: false, redirect: false, setHeaders }),
    (_req, res) => {
      res.status(404).end();
    },
  );
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Serves one built page with a fresh nonce for its styles; only pages of `ancestors` may frame it. Says plainly, with status 503, when the pages have not been built. */
export function servePage(
  folder: string,
  name: 'local' | 'upload' | 'decision' | 'tab' | 'plan' | 'poll',
  ancestors?: readonly string[],
): RequestHandler {
  return async (_req, res) => {
    const html = await readFile(path.join(folder, `${name}.html`), 'utf8').catch(() => undefined);
    if (html === undefined) {
      const words = wordsFor(res).notBuilt;
      sendNotice(res.status(503), words.title, words.text);
      return;
    }
    const nonce = randomBytes(16).toString('base64');
    res.set('Content-Security-Policy', policy(`'nonce-${nonce}'`, ancestors));
    if (ancestors) res.removeHeader('X-Frame-Options');
    res.type('html').send(html.replaceAll('__NONCE__', nonce));
  };
}

const style = `:root{color-scheme:light dark}body{font:16px/1.5 "Segoe UI",system-ui,sans-serif;margin:0;display:grid;
min-height:100vh;place-items:center;background:light-dark(#f5f5f5,#1f1f1f);color:light-dark(#242424,#fff)}
main{max-width:32rem;margin:1rem;padding:2rem;border-radius:12px;background:light-dark(#fff,#292929)}h1{font-size:1.4rem;margin:0 0 .5rem}p{margin:0}p+p{margin-top:1rem}
a{display:inline-block;padding:.75rem 1.25rem;border-radius:6px;background:#0f548c;color:#fff;text-decoration:none}a:focus-visible{outline:3px solid #4f9fdf;outline-offset:2px}`;

/** Sends a small page without a script: a heading and a sentence, both plain text, and where there is more to come a link to `next`, an address of this server. */
export function sendNotice(
  res: Parameters<RequestHandler>[1],
  title: string,
  text: string,
  next?: { readonly href: string; readonly label: string },
): void {
  const nonce = randomBytes(16).toString('base64');
  res.set('Content-Security-Policy', policy(`'nonce-${nonce}'`));
  res
    .type('html')
    .send(
      `<!doctype html><html lang="${languageOfBrowser(res.req)}"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">` +
        `<title>${escape(title)}</title><style nonce="${nonce}">${style}</style><main><h1>${escape(title)}</h1><p>${escape(text)}</p>${next ? `<p><a href="${escape(next.href)}">${escape(next.label)}</a></p>` : ''}</main></html>`,
    );
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
