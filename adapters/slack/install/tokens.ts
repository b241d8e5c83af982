import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Kept } from '../../../domain/memory-ports.ts';
import type { Clock } from '../../../domain/ports.ts';
import { errorCode, SlackFault } from '../errors.ts';
import type { Installation, Installations } from './installations.ts';
import type { Oauth } from './oauth.ts';

const minute = 60_000;
/** A token is replaced when it has less than this to live, so that a refresh which fails can be tried again. */
const early = 30 * minute;
/** Longer than a call of Slack's can take. */
const lease = minute / 2;

/** Where the token of one installation comes from. */
export interface Token {
  /** The token to call with now; it is replaced before it ends. Throws SlackFault('not_installed') where there is no installation. */
  current(): Promise<string>;
  /** Another token than `refused`, which Slack did not take; undefined where there is none to be had. */
  instead(refused: string): Promise<string | undefined>;
}

/** A token that never changes: the one of the app's own page. */
export function fixedToken(token: string): Token {
  return { current: async () => token, instead: async () => undefined };
}

interface Parts {
  readonly tenant: string;
  readonly installations: Installations;
  readonly kept: Kept;
  readonly clock: Clock;
  readonly log: Logger;
  readonly oauth: Oauth;
  /** How long to look for what another process' refresh brings. */
  readonly patience?: number;
}

/**
 * The token of an installation, with rotation (docs.slack.dev, 'Using token rotation'): a refresh token buys one new pair. Only one refresh is under way, in this
 * process and in any other on the same database: the others wait for its outcome.
 */
export function rotatingToken({ tenant, installations, kept, clock, log, oauth, patience = 10_000 }: Parts): Token {
  let underWay: Promise<Installation> | undefined;

  const found = async (): Promise<Installation> => {
    const installation = await installations.find(tenant);
    if (!installation) throw new SlackFault('not_installed');
    return installation;
  };

  const refresh = async (refused: string): Promise<Installation> => {
    const key = `slack:refresh:${tenant}`;
    const mine = randomUUID();
    const until = Date.now() + patience;
    while (!(await kept.claim(key, mine, new Date(Date.parse(clock.now()) + lease).toISOString()))) {
      if (Date.now() > until) throw new SlackFault('token_refreshing');
      await new Promise((resolve) => setTimeout(resolve, 100));
      const now = await found();
      if (now.token !== refused) return now;
    }
    try {
      const now = await found();
      if (now.token !== refused || !now.refreshToken) return now;
      const { broken: _, ...next } = { ...now, ...(await oauth.refresh(now.refreshToken)) };
      await installations.put(next);
      log.info({ tenant }, 'slack: a token was replaced');
      return next;
    } catch (error) {
      const code = errorCode(error);
      log.error({ tenant, code }, 'slack: a token could not be replaced');
      if (spent.has(code)) await installations.put({ ...(await found()), broken: code });
      throw error;
    } finally {
      if ((await kept.get(key)) === mine) await kept.delete(key);
    }
  };

  const once = (refused: string): Promise<Installation> => {
    underWay ??= refresh(refused).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };

  return {
    async current() {
      const { token, refreshToken, expiresAt, broken } = await found();
      const left = expiresAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(expiresAt) - Date.parse(clock.now());
      if (!refreshToken || left > early || broken !== undefined) return token;
      try {
        return (await once(token)).token;
      } catch (error) {
        // It is still good for a while; the next call tries again.
        if (left > 0) return token;
        throw error;
      }
    },
    async instead(refused) {
      const now = await found();
      if (now.token !== refused) return now.token;
      if (!now.refreshToken || now.broken !== undefined) return undefined;
      const { token } = await once(refused);
      return token === refused ? undefined : token;
    },
  };
}

/** Slack's codes for a refresh token, or an app's credentials, that will never be taken. */
const spent = new Set([
  'invalid_refresh_token',
  'token_revoked',
  'invalid_client_id',
  'bad_client_secret',
  'invalid_grant',
]);
