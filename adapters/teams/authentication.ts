import type { Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import * as z from 'zod';
import type { Inbound } from './activity.ts';
import { isOutage } from './keys-of-microsoft.ts';
import type { Front } from './registrations.ts';

/** A caller as the Bot Framework's own code knows it; `processActivityDirect` takes it. */
export type Caller = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>;

/** What a check of a request gives: who called, or why not. 'nobody' is an event of Teams' own that names no person; 'unavailable' is ours or Microsoft's fault, never the caller's. */
export type Verdict =
  | { readonly front: Front; readonly caller: Caller; readonly tenant: string; readonly user: string }
  | 'refused'
  | 'nobody'
  | 'unavailable';

const claims = z.looseObject({
  iss: z.literal('https://api.botframework.com'),
  aud: z.guid(),
  exp: z.number(),
  serviceurl: z.string(),
});

/**
 * Checks a request as 'Authentication with the Bot Connector API' asks, and a little more: RS256 by an endorsed key of Microsoft's, audience,
 * validity (the Bot Framework's own code does these); the connector as issuer, so that tokens of emulators and other bots do not count;
 * the channel, an expiry, and the tenants of the registration that the token is for. Never throws, and says nothing about what was wrong.
 * `fronts` is by app id; a front with the id '' is the local mode without tokens: the caller's address was checked before, and writing goes to this machine alone.
 */
export async function verify(fronts: ReadonlyMap<string, Front>, activity: Inbound, header: string): Promise<Verdict> {
  const open = fronts.get('');
  const front = open ?? fronts.get(audienceOf(header) ?? 'nobody');
  const user = activity.from.aadObjectId?.toLowerCase();
  const tenant = front && tenantOf(activity, front.tenants);
  // What happens to a team or its channels names nobody of the directory at times.
  if (!front || !tenant || (!user && activity.type !== 'conversationUpdate')) return 'refused';
  if (open) {
    if (!isLoopbackUrl(activity.serviceUrl)) return 'refused';
  } else if (activity.channelId !== 'msteams' || !activity.serviceUrl.startsWith('https:')) {
    return 'refused';
  }
  if (!(await front.keys.ready())) return 'unavailable';
  try {
    const caller = await front.authentication.authenticateRequest(activity as unknown as Activity, header);
    return user ? { front, caller, tenant, user } : 'nobody';
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

/**
 * Which app a token says it is for, in lower case, where it claims to be the connector's and to expire: its signature is checked afterwards. Saves fetching
 * keys for anything else.
 */
function audienceOf(header: string): string | undefined {
  const [, payload] = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/.exec(header) ?? [];
  if (payload === undefined) return undefined;
  try {
    const read = claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return read.success ? read.data.aud.toLowerCase() : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an address is this machine's own. */
export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address);
}

function isLoopbackUrl(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || isLoopback(hostname);
}
