import express, { type Router } from 'express';
import { sendNotice } from '../assets.ts';
import { route, type WebOptions } from '../context.ts';
import { cookiesOf, guarded, handleOf, rateLimit } from '../security.ts';
import { wordsFor } from '../words.ts';
import { inLanguageOf, isRefused } from './refused.ts';

/**
 * The way to the sign-in provider and back. The callback's address is built from the configured public one, never from the Host
 * header. The browser that starts is the browser that must come back (RFC 9700, section 4.7): a cookie holds a hash of the `state`,
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
  routes.get(
    '/:token',
    rateLimit(20, 60_000, () => Date.parse(options.clock.now())),
    route(options, async (req, res) => {
      const words = wordsFor(req).signIn;
      const started = await options.pages.signIn.start(String(req.params.token).slice(0, 128));
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
