import type { Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';

/** Microsoft's signing keys, which the connector's code fetches and keeps. */
export interface Keys {
  /** Resolves to true when they are here; to false when they cannot be fetched now. Never throws. */
  ready(): Promise<boolean>;
}

/** Where the fetch is tried with: any host of Teams; a token's own is compared with its activity's afterwards. */
const serviceUrl = 'https://smba.trafficmanager.net/teams/';

/**
 * Fetches the keys once, alone: the connector marks them as fetched before it has read them, so that requests which come while the first one fetches
 * find none and are refused. A token of the right form with a key id that nobody has makes it fetch, and is refused.
 */
export function createKeys(authentication: ConfigurationBotFrameworkAuthentication, appId: string): Keys {
  let here = appId === '';
  let fetching: Promise<boolean> | undefined;
  const fetchThem = async (): Promise<boolean> => {
    try {
      await authentication.authenticateRequest({ channelId: 'msteams', serviceUrl } as Activity, probe(appId));
    } catch (error) {
      here = !isOutage(error);
    }
    fetching = undefined;
    return here;
  };
  return {
    async ready() {
      if (here) return true;
      fetching ??= fetchThem();
      return fetching;
    },
  };
}

/** Microsoft's keys could not be had: the caller may be honest and should try again. */
export function isOutage(error: unknown): boolean {
  return error instanceof Error && (error.name === 'FetchError' || Reflect.get(error, 'statusCode') === 500);
}

function probe(appId: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: 'https://api.botframework.com', aud: appId, serviceurl: serviceUrl, exp: 1 };
  return `Bearer ${part({ alg: 'RS256', typ: 'JWT', kid: 'none' })}.${part(claims)}.${part({})}`;
}
