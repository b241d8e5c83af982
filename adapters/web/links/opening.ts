import express, { type Router } from 'express';
import { z } from 'zod';
import type { Begun, Refused } from '../../../bot/pages/pages.ts';
import { route, type WebOptions } from '../context.ts';
import { guarded, rateLimit, refuse, sameOrigin } from '../security.ts';
import { answer, json, ownOrigins } from './calls.ts';
import { setSession } from './sessions.ts';

const token = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{20,128}$/) });

/**
 * A router for a page behind a one-time link: `POST begin` uses the link up with `begin`, sets the session's cookie and answers `{page, handle, expiresAt}`; a link for
 * another page still gives its session, and the browser is sent there. A GET uses nothing up, because mail scanners open addresses. A malformed token is 400, a refusal 409.
 * `framed` is for the page that stands in a frame of another site.
 */
export function opening(
  options: WebOptions,
  begin: (token: string) => Promise<Begun | Refused>,
  framed = false,
): Router {
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
      const begun = await begin(asked.data.token);
      if ('refused' in begun) return answer(res, begun);
      const handle = setSession(res, begun, options.secureCookies, framed);
      res.json({ page: begun.page, handle, expiresAt: begun.expiresAt });
    }),
  );
  return routes;
}
