import type { Router } from 'express';
import { z } from 'zod';
import { distFolder, servePage } from '../assets.ts';
import type { WebOptions } from '../context.ts';
import { answer, caller } from './calls.ts';
import { opening } from './opening.ts';
import { setSession } from './sessions.ts';
import { uploadCalls } from './upload.ts';

const decide = z.object({
  outcome: z.enum(['authorised', 'declined']),
  reason: z.string().trim().max(2000).optional(),
});

/** The pages behind one-time links: `/u` for a file, `/d` for a lead's decision. Every call but `POST begin` needs the session's cookie, a request of the same origin and the header `X-Page`: 401 without a session. */
export function linkRoutes(options: WebOptions): { readonly upload: Router; readonly decision: Router } {
  const { pages } = options;
  const calls = caller(options);

  const router = () => opening(options, (given) => pages.begin(given));

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
