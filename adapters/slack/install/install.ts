import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import type { Logger } from 'pino';
import type { Kept } from '../../../domain/memory-ports.ts';
import type { Clock } from '../../../domain/ports.ts';
import { installPath, redirectPath } from '../config.ts';
import { errorCode } from '../errors.ts';
import type { Installation, Installations } from './installations.ts';
import type { Oauth } from './oauth.ts';
import { installedPage, installPage, pageHeaders, troublePage } from './page.ts';
import { botScopes } from './scopes.ts';

const lastsMs = 10 * 60_000;

export interface InstallParts {
  readonly oauth: Oauth;
  readonly installations: Installations;
  readonly kept: Kept;
  readonly clock: Clock;
  readonly log: Logger;
  /** Keys the state. */
  readonly secret: string;
  /** Whether the pages are served over https. */
  readonly secure: boolean;
  readonly admits: (tenant: string, enterprise: string | undefined) => boolean;
}

/**
 * The installation's pages (docs.slack.dev, 'Installing with OAuth'; RFC 6749, section 10.12): `/slack/install` says what the app may do and leads to Slack,
 * `/slack/oauth_redirect` takes what comes back. The state is bound to the browser by a cookie, good for ten minutes and used once. A workspace that is not admitted is
 * told so, and its token given back; so is one that granted less than the app needs.
 */
export function installRoutes(parts: InstallParts): Router {
  const { oauth, installations, kept, clock, log } = parts;
  const cookieName = parts.secure ? '__Host-slack-install' : 'slack-install';
  const now = () => Date.parse(clock.now());
  const signed = (given: string) =>
    createHmac('sha256', parts.secret).update(`slack-install:${given}`).digest('base64url');

  const makeState = (): string => {
    const given = `${randomBytes(18).toString('base64url')}.${now() + lastsMs}`;
    return `${given}.${signed(given)}`;
  };

  /** Whether the state is ours, this browser's, in time and not used yet; it is used up by this. */
  const takeState = async (state: string, cookie: string): Promise<boolean> => {
    const cut = state.lastIndexOf('.');
    const given = state.slice(0, cut);
    const until = Number(given.split('.')[1]);
    if (!same(state, cookie) || !same(state.slice(cut + 1), signed(given)) || !(until > now())) return false;
    return kept.claim(`slack:state:${given}`, '1', new Date(until).toISOString());
  };

  const start = (_request: Request, response: Response): void => {
    const state = makeState();
    response
      .cookie(cookieName, state, { httpOnly: true, secure: parts.secure, sameSite: 'lax', path: '/', maxAge: lastsMs })
      .type('html')
      .send(installPage(oauth.authorizeUrl(state), botScopes));
  };

  const finish = async (request: Request, response: Response): Promise<void> => {
    const trouble = (status: number, code: Parameters<typeof troublePage>[0], detail = '') =>
      void response
        .status(status)
        .type('html')
        .send(troublePage(code, detail, installPath));
    const cookie = cookieOf(request, cookieName);
    response.clearCookie(cookieName, { httpOnly: true, secure: parts.secure, sameSite: 'lax', path: '/' });
    const { code, state, error } = request.query;
    if (typeof state !== 'string' || !(await takeState(state, cookie))) return trouble(400, 'state');
    if (typeof error === 'string') return trouble(400, 'cancelled');
    if (typeof code !== 'string' || code === '' || code.length > 500) return trouble(400, 'state');
    let found: Installation;
    try {
      found = await oauth.exchange(code);
    } catch (failure) {
      const reference = randomUUID().slice(0, 8);
      log.error({ reference, code: errorCode(failure) }, 'slack: an installation failed');
      return trouble(502, 'slack', reference);
    }
    const { tenant, enterprise, scopes, name } = found;
    const lacking = botScopes.map(({ scope }) => scope).filter((scope) => !scopes.includes(scope));
    const refused = !parts.admits(tenant, enterprise) ? 'not-listed' : lacking.length > 0 ? 'scopes' : undefined;
    if (refused) {
      log.warn({ tenant, refused }, 'slack: an installation was refused');
      await oauth
        .revoke(found.token)
        .catch((failure: unknown) => log.warn({ code: errorCode(failure) }, 'slack: a token was not taken back'));
      return trouble(403, refused, refused === 'scopes' ? lacking.join(', ') : `${name} (${tenant})`);
    }
    await installations.put(found);
    log.info({ tenant }, 'slack: the app was installed');
    response.type('html').send(installedPage(found));
  };

  const router = Router();
  router.use([installPath, redirectPath], (_request, response, next) => {
    response.set(pageHeaders);
    next();
  });
  router.get(installPath, start);
  router.get(redirectPath, (request, response, next) => {
    finish(request, response).catch((failure: unknown) => {
      const reference = randomUUID().slice(0, 8);
      log.error({ reference, code: errorCode(failure) }, 'slack: an installation failed');
      if (response.headersSent) next();
      else
        response
          .status(500)
          .type('html')
          .send(troublePage('slack', reference, installPath));
    });
  });
  return router;
}

function same(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && one.length > 0 && timingSafeEqual(one, other);
}

/** A cookie's value (RFC 6265, section 4.2); empty where there is none. */
function cookieOf(request: Request, name: string): string {
  const found = (request.get('cookie') ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`));
  try {
    return decodeURIComponent(found?.slice(name.length + 1) ?? '');
  } catch {
    return '';
  }
}
