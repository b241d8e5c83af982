import { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Clock } from '../../../domain/ports.ts';
import { type ClientOptions, callOptions } from '../client.ts';
import type { Installation } from './installations.ts';

/** Slack's side of an installation (docs.slack.dev, 'Installing with OAuth', 'Using token rotation'). */
export interface Oauth {
  /** The address at Slack where an administrator agrees. */
  authorizeUrl(state: string): string;
  /** The installation that a code stands for. Throws the SDK's error, or ZodError for an answer that is no bot installation. */
  exchange(code: string): Promise<Installation>;
  /** Buys the next pair of tokens. Throws the SDK's error. */
  refresh(refreshToken: string): Promise<Pick<Installation, 'token' | 'refreshToken' | 'expiresAt'>>;
  /** Gives a token back that is not wanted. Throws the SDK's error. */
  revoke(token: string): Promise<void>;
}

export interface OauthConfig extends ClientOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
}

const named = z.object({ id: z.string(), name: z.string().nullish() });
const pair = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().int().positive().optional(),
});
const answered = pair.extend({
  token_type: z.literal('bot'),
  scope: z.string(),
  bot_user_id: z.string(),
  app_id: z.string(),
  team: named.nullish(),
  enterprise: named.nullish(),
  is_enterprise_install: z.boolean().default(false),
});

/** Talks to `oauth.v2.access`. Makes no call before it is asked to. */
export function slackOauth(config: OauthConfig, clock: Clock): Oauth {
  const client = new webApi.WebClient(undefined, callOptions(config));
  const { clientId, clientSecret, redirectUri } = config;
  const credentials = { client_id: clientId, client_secret: clientSecret };

  const tokens = (given: z.infer<typeof pair>) => ({
    token: given.access_token,
    ...(given.refresh_token ? { refreshToken: given.refresh_token } : {}),
    ...(given.expires_in
      ? { expiresAt: new Date(Date.parse(clock.now()) + given.expires_in * 1000).toISOString() }
      : {}),
  });

  return {
    authorizeUrl(state) {
      const url = new URL('/oauth/v2/authorize', config.apiUrl ?? 'https://slack.com');
      url.search = new URLSearchParams({
        client_id: clientId,
        scope: config.scopes.join(','),
        redirect_uri: redirectUri,
        state,
      }).toString();
      return url.href;
    },
    async exchange(code) {
      const given = answered.parse(await client.oauth.v2.access({ ...credentials, code, redirect_uri: redirectUri }));
      const whole = given.is_enterprise_install ? given.enterprise : given.team;
      if (!whole) throw new Error('an installation without a workspace');
      return {
        tenant: whole.id,
        name: whole.name ?? whole.id,
        appId: given.app_id,
        botUser: given.bot_user_id,
        scopes: given.scope.split(',').filter(Boolean),
        installedAt: clock.now(),
        ...(given.enterprise ? { enterprise: given.enterprise.id } : {}),
        ...tokens(given),
      };
    },
    async refresh(refreshToken) {
      const grant = { grant_type: 'refresh_token', refresh_token: refreshToken } as const;
      return tokens(pair.parse(await client.oauth.v2.access({ ...credentials, ...grant })));
    },
    async revoke(token) {
      await client.auth.revoke({ token });
    },
  };
}
