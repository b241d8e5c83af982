import type { Request, Response } from 'express';
import type { Begun } from '../../../bot/pages/pages.ts';
import { cookiesOf, handleOf } from '../security.ts';

const paths = { upload: '/u', decision: '/d', tab: '/tab', plan: '/plan', poll: '/p' } as const;

/** A page in a frame of another site has its own cookies there, which that site's other frames do not share (CHIPS). */
const inFrame = { sameSite: 'none', secure: true, partitioned: true } as const;

/**
 * Puts a session into a cookie that only its page's calls send back (RFC 6265: HttpOnly, SameSite=Strict, the page's path), and
 * gives the handle that the page names it by: two links opened in one browser stay two sessions. `framed` is for the page that stands in a frame of another site.
 */
export function setSession(res: Response, begun: Begun, secure: boolean, framed = false): string {
  const handle = handleOf(begun.session);
  res.cookie(`s-${handle}`, begun.session, {
    httpOnly: true,
    ...(framed ? inFrame : { sameSite: 'strict', secure }),
    path: paths[begun.page],
    expires: new Date(begun.expiresAt),
  });
  return handle;
}

/** The sessions that came in cookies, the latest first, at most five: for a page that may keep nothing itself, and asks which one it has. */
export function sessionsOf(req: Request): readonly string[] {
  const found = [...cookiesOf(req)].flatMap(([name, session]) => (name === `s-${handleOf(session)}` ? [session] : []));
  return found.toReversed().slice(0, 5);
}

/** The session that a call names by its handle in `X-Page`, out of the cookie; undefined where it is not there or does not belong to the handle. */
export function sessionOf(req: Request): string | undefined {
  const handle = req.get('x-page') ?? '';
  if (!/^[0-9a-f]{24}$/.test(handle)) return undefined;
  const session = cookiesOf(req).get(`s-${handle}`);
  return session !== undefined && handleOf(session) === handle ? session : undefined;
}
