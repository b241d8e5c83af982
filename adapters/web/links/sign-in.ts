import express, { type Request, type Router } from 'express';
import { sendNotice } from '../assets.ts';
import { route, type WebOptions } from '../context.ts';
import { cookiesOf, guarded, handleOf, rateLimit } from '../security.ts';
import { wordsFor } from '../words.ts';
import { inLanguageOf, isRefused } from './refused.ts';

/**
 * The way to the sign-in provider and back. The callback's address is built from the configured public one, never from the Host
 * header. Opening the link uses nothing up, and sends nobody away: the page says for whom the sign-in is recorded, since whoever is signed in at the provider already would
 * otherwise vouch for somebody else by opening a link of theirs. From there alone it goes on (a cookie that no other site's page has sent along, and `Sec-Fetch-Site`). The browser that starts is the browser that must come back (RFC 9700, section 4.7): a cookie holds a hash of the `state`,
 * so nobody can have another person finish their own sign-in.
 */
export function signInRoutes(options: WebOptions): Router {
  const routes = express.Router();
  routes.use(guarded);
  routes.get(
    '/callback',
    route(options, async (req, res) => {
      const words = wordsFor(req).signIn;
      const query = req.originalUrl.indexOf('?');
      const address = new URL(query < 0 ? '' : req.originalUrl.slice(query), `${options.publicUrl}/sign-in/callback`);
      const state = address.searchParams.get('state') ?? '';
      res.clearCookie('sign-in', { path: '/sign-in' });
      if (state === '' || cookiesOf(req).get('sign-in') !== handleOf(state)) {
        sendNotice(res.status(403), words.refused, words.otherBrowser);
        return;
      }
      const outcome = await options.pages.signIn.finish(address.href);
      if (isRefused(outcome)) sendNotice(res.status(409), words.refused, inLanguageOf(req, outcome).words);
      else sendNotice(res, words.done, `${outcome.words} ${words.close}`);
    }),
  );
  const seldom = rateLimit(20, 60_000, () => Date.parse(options.clock.now()));
  const tokenOf = (req: Request) => String(req.params.token).slice(0, 128);
  routes.get(
    '/:token',
    seldom,
    route(options, async (req, res) => {
      const words = wordsFor(req).signIn;
      const token = tokenOf(req);
      const asked = await options.pages.signIn.look(token);
      if (isRefused(asked)) {
        sendNotice(res.status(409), words.refused, inLanguageOf(req, asked).words);
        return;
      }
      res.cookie('sign-in-asked', handleOf(token), {
        httpOnly: true,
        sameSite: 'strict',
        secure: options.secureCookies,
        path: '/sign-in',
        maxAge: 10 * 60_000,
      });
      const href = `/sign-in/${encodeURIComponent(token)}/go`;
      sendNotice(
        res,
        words.begin,
        words.whose.replace('{name}', () => asked.name),
        { href, label: words.goOn },
      );
    }),
  );
  routes.get(
    '/:token/go',
    seldom,
    route(options, async (req, res) => {
      const words = wordsFor(req).signIn;
      const token = tokenOf(req);
      const site = req.get('sec-fetch-site');
      // Not from the page that says whose sign-in it is: it is shown first.
      if (cookiesOf(req).get('sign-in-asked') !== handleOf(token) || (site !== undefined && site !== 'same-origin')) {
        res.redirect(302, `/sign-in/${encodeURIComponent(token)}`);
        return;
      }
      res.clearCookie('sign-in-asked', { path: '/sign-in' });
      const started = await options.pages.signIn.start(token);
      if (isRefused(started)) {
        sendNotice(res.status(409), words.refused, inLanguageOf(req, started).words);
        return;
      }
      const state = new URL(started.url).searchParams.get('state') ?? '';
      res.cookie('sign-in', handleOf(state), {
        httpOnly: true,
        sameSite: 'lax',
        secure: options.secureCookies,
        path: '/sign-in',
        maxAge: 10 * 60_000,
      });
      res.redirect(302, started.url);
    }),
  );
  return routes;
}
