import type { Router } from 'express';
import { z } from 'zod';
import type { TabAct } from '../../../bot/pages/pages.ts';
import { distFolder, servePage } from '../assets.ts';
import { route, type WebOptions } from '../context.ts';
import { answer, caller, ownOrigins } from '../links/calls.ts';
import { opening } from '../links/opening.ts';
import { sessionsOf } from '../links/sessions.ts';
import { handleOf, rateLimit, sameOrigin } from '../security.ts';
import { ownAct } from './acts.ts';

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
  const routes = opening(options, (given) => pages.tab.begin(given), tabAncestors !== undefined);
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
