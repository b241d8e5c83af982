import express, { type Router } from 'express';
import { z } from 'zod';
import type { TabAct } from '../../../bot/pages.ts';
import { distFolder, servePage } from '../assets.ts';
import { route, type WebOptions } from '../context.ts';
import { answer, caller, json, ownOrigins } from '../links/calls.ts';
import { sessionsOf, setSession } from '../links/sessions.ts';
import { guarded, handleOf, rateLimit, refuse, sameOrigin } from '../security.ts';
import { ownAct } from './acts.ts';

const token = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{20,128}$/) });
const suggest = z.strictObject({
  source: z.enum(['hcp', 'expert', 'group', 'case']),
  words: z.string().max(200),
});

/**
 * A person's own page at `/tab`: the page itself without a word about anybody, framed by the chat platform alone; `POST begin` uses a link up and sets the session's
 * cookie, and every other call needs it, a request of the same origin and the header `X-Page`, as those of the other one-time pages.
 */
export function tabRoutes(options: WebOptions): Router {
  const { pages, tabAncestors } = options;
  const calls = caller(options);
  const routes = express.Router();
  routes.use(guarded);
  routes.post(
    '/begin',
    rateLimit(20, 60_000, () => Date.parse(options.clock.now())),
    sameOrigin(ownOrigins(options)),
    json('1kb'),
    route(options, async (req, res) => {
      const asked = token.safeParse(req.body);
      if (!asked.success) return refuse(res, 400, 'link');
      const begun = await pages.tab.begin(asked.data.token);
      if ('refused' in begun) return answer(res, begun);
      const handle = setSession(res, begun, options.secureCookies, tabAncestors !== undefined);
      res.json({ page: begun.page, handle, expiresAt: begun.expiresAt });
    }),
  );
  // A frame may keep nothing but its cookies: the page asks which session it has.
  routes.get(
    '/mine',
    rateLimit(60, 60_000, () => Date.parse(options.clock.now())),
    sameOrigin(ownOrigins(options)),
    route(options, async (req, res) => {
      for (const session of sessionsOf(req)) {
        const state = await pages.tab.look(session);
        if (!('refused' in state)) return void res.json({ handle: handleOf(session) });
      }
      res.json({});
    }),
  );
  calls.get(routes, '/api/look', { aMinute: 60 }, async (session, _req, res) =>
    answer(res, await pages.tab.look(session)),
  );
  calls.post(routes, '/api/act', { aMinute: 120, shape: ownAct, limit: '256kb' }, async (session, body, res) =>
    answer(res, await pages.tab.act(session, body.delivery, body.act as TabAct)),
  );
  calls.post(routes, '/api/suggest', { aMinute: 600, shape: suggest }, async (session, { source, words }, res) =>
    answer(res, await pages.tab.suggest(session, source, words)),
  );
  const page = servePage(options.dist ?? distFolder, 'tab', tabAncestors);
  routes.get('/', page);
  routes.get('/:token', page);
  return routes;
}
