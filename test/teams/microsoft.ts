import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { exportJWK, type JWK, SignJWT } from 'jose';
import nock from 'nock';
import type { Json, Screen } from './screen.ts';

/** Where the Bot Connector is, as in Teams for Europe. */
export const serviceUrl = 'https://smba.trafficmanager.net/emea/';

/** Microsoft's side of the Bot Framework, played with nock: its signing keys, its token endpoint, its connector. */
export interface Microsoft {
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
  /** What the app asked the connector for, oldest first. */
  readonly calls: readonly Call[];
  /** How many tokens the app has fetched. */
  tokens(): number;
  /** Lets the next calls of the connector fail. */
  fail(status: number, headers?: Readonly<Record<string, string>>, times?: number): void;
  /** Until it is called again without a fault, each call of the connector may fail as it says. */
  storm(fault?: () => Fault | undefined): void;
  /** A token as the connector sends it; `claims` and `header` overwrite what is right. */
  token(forgery?: Forgery): Promise<string>;
  stop(): void;
}

export interface Call {
  /** The registration in whose name it was asked for. */
  readonly app: string;
  readonly method: string;
  readonly path: string;
  readonly body: Json;
  /** What was answered in a storm instead of the truth, and whether it was done all the same. */
  readonly fault?: Fault;
}

export interface Fault {
  readonly status: number;
  readonly retryAfter?: number;
  readonly done: boolean;
}

export interface Forgery {
  readonly claims?: Json;
  readonly kid?: string;
  readonly alg?: string;
  readonly key?: KeyObject | Uint8Array;
}

// The Bot Framework keeps the keys it fetched for the whole process: so there is one set of them.
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const webPair = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** The key that signs for Teams, its public half, and one that Microsoft endorses for another channel only. */
export const keys = {
  kid: 'teams-key',
  private: pair.privateKey,
  public: pair.publicKey,
  webchat: { kid: 'webchat-key', private: webPair.privateKey },
};

/** Starts to answer for Microsoft's hosts, the first `withoutKeys` requests for its keys with an outage; other hosts than this machine are cut off. */
export async function startMicrosoft(screen: Screen, withoutKeys = 0): Promise<Microsoft> {
  const appId = randomUUID();
  const tenantId = randomUUID();
  const appPassword = 'a secret of the test';
  const calls: Call[] = [];
  const failures: { readonly status: number; readonly headers: Readonly<Record<string, string>> }[] = [];
  let issued = 0;
  let storming: (() => Fault | undefined) | undefined;
  let keyless = withoutKeys;

  nock.disableNetConnect();
  nock.enableNetConnect(/^(127\.0\.0\.1|localhost)/);
  const published: readonly (JWK & { readonly endorsements: readonly string[] })[] = [
    { ...(await exportJWK(pair.publicKey)), kid: keys.kid, endorsements: ['msteams'] },
    { ...(await exportJWK(webPair.publicKey)), kid: keys.webchat.kid, endorsements: ['webchat'] },
  ];
  const scopes = [
    nock('https://login.botframework.com')
      .persist()
      .get('/v1/.well-known/openidconfiguration')
      .reply(() => {
        keyless -= 1;
        if (keyless >= 0) return [503, ''];
        return [
          200,
          {
            issuer: 'https://api.botframework.com',
            jwks_uri: 'https://login.botframework.com/v1/.well-known/keys',
          },
        ];
      })
      .get('/v1/.well-known/keys')
      .reply(200, { keys: published }),
    nock('https://login.microsoftonline.com')
      .persist()
      .get(/.*/)
      .reply((request: Request) => {
        const [tenant = ''] = /[0-9a-f-]{36}/.exec(decodeURIComponent(request.url)) ?? [];
        const login = `https://login.microsoftonline.com/${tenant}`;
        return [
          200,
          {
            tenant_discovery_endpoint: `${login}/v2.0/.well-known/openid-configuration`,
            token_endpoint: `${login}/oauth2/v2.0/token`,
            issuer: `${login}/v2.0`,
            authorization_endpoint: `${login}/oauth2/v2.0/authorize`,
            jwks_uri: `${login}/discovery/v2.0/keys`,
            'api-version': '1.1',
            metadata: [],
          },
        ];
      })
      .post(/^\/[0-9a-f-]{36}\/oauth2\/v2\.0\/token/)
      .query(true)
      .reply(async (request: Request) => {
        issued += 1;
        const client = new URLSearchParams(await request.text()).get('client_id');
        const token = `token-of-the-bot-${client}`;
        return [200, { token_type: 'Bearer', expires_in: 3600, ext_expires_in: 3600, access_token: token }];
      }),
  ];
  const connector = nock('https://smba.trafficmanager.net', {
    reqheaders: { authorization: /^Bearer token-of-the-bot-[0-9a-f-]{36}$/ },
  });
  const answer =
    (method: 'POST' | 'PUT') =>
    async (request: Request): Promise<[number, object, Record<string, string>]> => {
      const path = decodeURIComponent(new URL(request.url).pathname.replace(/^\/emea/, ''));
      const body = (await request.json()) as Json;
      const app = request.headers.get('authorization')?.slice('Bearer token-of-the-bot-'.length) ?? '';
      const fault = storming?.();
      calls.push({ app, method, path, body, ...(fault ? { fault } : {}) });
      if (fault) {
        if (fault.done) screen.connector(method, path, body);
        const after: Record<string, string> =
          fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
        return [fault.status, { error: { code: 'ServiceError', message: 'storm' } }, after];
      }
      const failure = failures.shift();
      if (failure) return [failure.status, { error: { code: 'Refused', message: 'no' } }, { ...failure.headers }];
      const [status, reply] = screen.connector(method, path, body);
      return [status, reply, {}];
    };
  connector.persist().post(/.*/).reply(answer('POST'));
  connector.persist().put(/.*/).reply(answer('PUT'));

  return {
    appId,
    appPassword,
    tenantId,
    calls,
    tokens: () => issued,
    fail(status, headers = {}, times = 1) {
      for (let left = times; left > 0; left -= 1) failures.push({ status, headers });
    },
    storm(fault) {
      storming = fault;
    },
    async token(forgery = {}) {
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: 'https://api.botframework.com',
        aud: appId,
        serviceurl: serviceUrl,
        nbf: now - 60,
        exp: now + 3600,
        ...forgery.claims,
      };
      return new SignJWT(claims)
        .setProtectedHeader({ alg: forgery.alg ?? 'RS256', kid: forgery.kid ?? keys.kid, typ: 'JWT' })
        .sign(forgery.key ?? keys.private);
    },
    stop() {
      for (const scope of [...scopes, connector]) scope.persist(false);
      nock.cleanAll();
      nock.enableNetConnect();
    },
  };
}
