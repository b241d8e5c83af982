import type { Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { Inbound } from './activity.ts';

/** A caller as the Bot Framework's own code knows it; `processActivityDirect` takes it. */
export type Caller = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>;

/** What a check of a request gives: who called, or why not. 'unavailable' is ours or Microsoft's fault, never the caller's. */
export type Verdict =
  | { readonly caller: Caller; readonly tenant: string; readonly user: string }
  | 'refused'
  | 'unavailable';

export interface AuthenticationRules {
  /** Entra tenants whose people are let in, in lower case; empty lets every tenant in, and is for the local mode alone. */
  readonly tenants: ReadonlySet<string>;
  /** The local mode without tokens: the caller's address was checked before, and writing goes to this machine alone. */
  readonly unauthenticated: boolean;
}

const issuer = 'https://api.botframework.com';

/**
 * Checks a request as 'Authentication with the Bot Connector API' asks, and a little more: RS256 by an endorsed key of Microsoft's, audience,
 * validity (the Bot Framework's own code does these); the connector as issuer, so that tokens of emulators and other bots do not count;
 * the channel, an expiry, and the tenants. Never throws, and says nothing about what was wrong.
 */
export async function verify(
  authentication: ConfigurationBotFrameworkAuthentication,
  rules: AuthenticationRules,
  activity: Inbound,
  header: string,
): Promise<Verdict> {
  const user = activity.from.aadObjectId?.toLowerCase();
  const tenant = tenantOf(activity, rules.tenants);
  if (!user || !tenant) return 'refused';
  if (rules.unauthenticated) {
    if (!isLoopbackUrl(activity.serviceUrl)) return 'refused';
  } else if (activity.channelId !== 'msteams' || !activity.serviceUrl.startsWith('https:') || !isPlausible(header)) {
    return 'refused';
  }
  try {
    const caller = await authentication.authenticateRequest(activity as unknown as Activity, header);
    return { caller, tenant, user };
  } catch (error) {
    return isOutage(error) ? 'unavailable' : 'refused';
  }
}

/** The activity's tenant, where every place that names one names the same, and it is on the list. */
function tenantOf(activity: Inbound, allowed: ReadonlySet<string>): string | undefined {
  const named = [activity.channelData?.tenant?.id, activity.conversation.tenantId, activity.from.tenantId]
    .filter((id) => typeof id === 'string')
    .map((id) => id.toLowerCase());
  const [tenant] = named;
  if (tenant === undefined || named.some((id) => id !== tenant)) return undefined;
  return allowed.size === 0 || allowed.has(tenant) ? tenant : undefined;
}

/** Whether the token claims to be the connector's and to expire; its signature is checked afterwards. Saves fetching keys for anything else. */
function isPlausible(header: string): boolean {
  const [, payload] = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/.exec(header) ?? [];
  if (payload === undefined) return false;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return (
      typeof claims === 'object' &&
      claims !== null &&
      Reflect.get(claims, 'iss') === issuer &&
      typeof Reflect.get(claims, 'exp') === 'number' &&
      typeof Reflect.get(claims, 'serviceurl') === 'string'
    );
  } catch {
    return false;
  }
}

/** Microsoft's keys could not be had: the caller may be honest and should try again. */
function isOutage(error: unknown): boolean {
  return error instanceof Error && (error.name === 'FetchError' || Reflect.get(error, 'statusCode') === 500);
}

/** Whether an address is this machine's own. */
export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address);
}

function isLoopbackUrl(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || isLoopback(hostname);
}
