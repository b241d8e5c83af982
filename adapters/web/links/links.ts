import express, { type Router } from 'express';
import { z } from 'zod';
import { distFolder, servePage } from '../assets.ts';
import { route, type WebOptions } from '../context.ts';
import { guarded, rateLimit, refuse, sameOrigin } from '../security.ts';
import { answer, caller, json, ownOrigins } from './calls.ts';
import { setSession } from './sessions.ts';
import { uploadCalls } from './upload.ts';

const token = z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{20,128}$/) });
const decide = z.object({
  outcome: z.enum(['authorised', 'declined']),
  reason: z.string().trim().max(2000).optional(),
});

/**
 * The pages behind one-time links: `/u` for a file, `/d` for a lead's decision. A GET of the address serves the page and uses
 * nothing up, because mail scanners open addresses; `POST begin` does. Every other call needs the session's cookie, a request of
 * the same origin and the header `X-Page`. A refusal is answered as `{refused, words}`: 401 without a session, 409 from the bot.
 */
export function linkRoutes(options: WebOptions): { readonly upload: Router; readonly decision: Router } {
  const { pages } = options;
  const begin = rateLimit(20, 60_000, () => Date.parse(options.clock.now()));
  const calls = caller(options);

  const router = (): Router => {
    const made = express.Router();
    made.use(guarded);
    made.post(
      '/begin',
      begin,
      sameOrigin(ownOrigins(options)),
      json('1kb'),
      route(options, async (req, res) => {
        const asked = token.safeParse(req.body);
        if (!asked.success) return refuse(res, 400, 'link');
        const begun = await pages.begin(asked.data.token);
        if ('refused' in begun) return answer(res, begun);
        // A link for the other page still gives its session: the browser is sent there.
        const handle = setSession(res, begun, options.secureCookies);
        res.json({ page: begun.page, handle, expiresAt: begun.expiresAt });
      }),
    );
    return made;
  };

  const upload = router();
  uploadCalls(upload, pages.upload, calls, (res, session, expiresAt) =>
    setSession(res, { page: 'upload', session, expiresAt }, options.secureCookies),
  );
  upload.get('/:token', servePage(options.dist ?? distFolder, 'upload'));

  const decision = router();
  calls.get(decision, '/api/look', { aMinute: 60 }, async (session, _req, res) =>
    answer(res, await pages.decision.look(session)),
  );
  calls.post(decision, '/api/decide', { aMinute: 20, shape: decide }, async (session, { outcome, reason }, res) =>
    answer(res, await pages.decision.decide(session, outcome, reason)),
  );
  decision.get('/:token', servePage(options.dist ?? distFolder, 'decision'));
  return { upload, decision };
}
