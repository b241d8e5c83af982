import type { Logger } from 'pino';
import type { Kept } from '../../../domain/memory-ports.ts';
import type { Clock } from '../../../domain/ports.ts';
import { createClient } from '../client.ts';
import { errorCode } from '../errors.ts';
import { boltLogger } from '../log.ts';
import { type Installation, installations } from './installations.ts';
import { slackOauth } from './oauth.ts';
import { fixedToken, rotatingToken } from './tokens.ts';

/** An installation as an operator may see it: no token of any kind. */
export interface InstallationEntry
  extends Pick<Installation, 'tenant' | 'name' | 'enterprise' | 'scopes' | 'installedAt' | 'expiresAt' | 'broken'> {
  /** Whether its tokens are replaced; without that they never end. */
  readonly rotates: boolean;
}

/** All installations, by their names. */
export async function listInstallations(kept: Kept): Promise<readonly InstallationEntry[]> {
  const found = await installations(kept).list();
  return found
    .map(({ tenant, name, enterprise, scopes, installedAt, expiresAt, broken, refreshToken }) => ({
      tenant,
      name,
      scopes,
      installedAt,
      rotates: refreshToken !== undefined,
      ...(enterprise ? { enterprise } : {}),
      ...(expiresAt ? { expiresAt } : {}),
      ...(broken ? { broken } : {}),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name) || a.tenant.localeCompare(b.tenant));
}

interface Parts {
  readonly kept: Kept;
  readonly clock: Clock;
  readonly log: Logger;
  readonly apiUrl: string | undefined;
  /** The app's credentials: a token that has ended is replaced before it is given back. */
  readonly app: { readonly clientId: string; readonly clientSecret: string } | undefined;
}

/** Slack's codes for a token that is worth nothing any more: there is nothing left to give back. */
const worthless = new Set(['account_inactive', 'invalid_auth', 'invalid_refresh_token', 'not_authed', 'token_revoked']);

/**
 * Gives an installation's token back (docs.slack.dev, 'auth.revoke') and forgets the installation with what was kept about its chats. Gives 'unknown' where there is none, and
 * Slack's code where it took nothing back: then all is as it was. With `here` it is forgotten whatever Slack says.
 */
export async function revokeInstallation(
  { kept, clock, log, apiUrl, app }: Parts,
  tenant: string,
  here: boolean,
): Promise<'revoked' | 'forgotten' | 'unknown' | { readonly refused: string }> {
  const store = installations(kept);
  const found = await store.find(tenant);
  if (!found) return 'unknown';
  const calls = { apiUrl, logger: boltLogger(log) };
  const oauth = app && slackOauth({ ...calls, ...app, redirectUri: '', scopes: [] }, clock);
  const token = oauth
    ? rotatingToken({ tenant, installations: store, kept, clock, log, oauth })
    : fixedToken(found.token);
  const refused = await createClient(token, calls)
    .auth.revoke()
    .then(
      () => undefined,
      (error: unknown) => errorCode(error),
    );
  if (refused !== undefined && !worthless.has(refused) && !here) return { refused };
  await store.remove(tenant);
  return refused === undefined || worthless.has(refused) ? 'revoked' : 'forgotten';
}
