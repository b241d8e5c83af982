import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { exportJWK, type JWK, SignJWT } from 'jose';
import nock from 'nock';
import type { Json, Screen } from './screen.ts';

/** Where the Bot Connector is, as in Teams for Europe. */
export const serviceUrl = 'https://smba.trafficmanager.net/emea/';

/** What a host of Microsoft's does with a request: it answers, says nothing for ever, or cuts the line. */
export type Answered =
  | { readonly status: number; readonly body: unknown; readonly headers: Readonly<Record<string, string>> }
  | 'silent'
  | 'reset';

/** Microsoft's side of the Bot Framework: its signing keys, its token endpoint, its connector. */
export interface Microsoft {
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
  /** What the app asked the connector for, oldest first. */
  readonly calls: readonly Call[];
  /** Forgets what it was asked for. */
  forget(): void;
  /** How many tokens the app has fetched. */
  tokens(): number;
  /** Lets the next calls of the connector fail. */
  fail(status: number, headers?: Readonly<Record<string, string>>, times?: number): void;
  /** Until it is called again without a fault, each call of the connector may fail as it says. */
  storm(fault?: () => Fault | undefined): void;
  /** A token as the connector sends it; `claims` and `header` overwrite what is right. */
  token(forgery?: Forgery): Promise<string>;
  /** What it does with a request for one of its hosts. */
  answer(request: Asked): Promise<Answered>;
  stop(): void;
}

/** A request, with the address that it was meant for. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly authorization: string;
  readonly body: string;
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

/** A status, no answer for ever, or a line that is cut; `done` says whether it was done all the same. */
export type Fault = { readonly done: boolean } & (
  | { readonly status: number; readonly retryAfter?: number }
  | { readonly line: 'silent' | 'reset' }
);

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

/** Starts to answer for Microsoft's hosts in this process, the first `withoutKeys` requests for its keys with an outage; other hosts than this machine are cut off. */
export async function startMicrosoft(screen: Screen, withoutKeys = 0): Promise<Microsoft> {
  const microsoft = await createMicrosoft(screen, withoutKeys);
  const stop = intercept((asked) => microsoft.answer(asked));
  return { ...microsoft, tokens: () => microsoft.tokens(), stop };
}

/** Has what this process asks Microsoft's hosts for answered by `answer`, until what it gives is called. Everything beyond this machine is cut off. */
export function intercept(answer: (asked: Asked) => Promise<Answered>): () => void {
  nock.disableNetConnect();
  nock.enableNetConnect(/^(127\.0\.0\.1|localhost)/);
  const reply = async (request: Request): Promise<[number, string, Record<string, string>]> => {
    const { method, url } = request;
    const authorization = request.headers.get('authorization') ?? '';
    const answered = await answer({ method, url, authorization, body: method === 'GET' ? '' : await request.text() });
    if (answered === 'silent') return new Promise(() => undefined);
    if (answered === 'reset') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    const { status, body, headers } = answered;
    return [
      status,
      typeof body === 'string' ? body : JSON.stringify(body),
      { 'content-type': 'application/json', ...headers },
    ];
  };
  const scopes = [
    'https://login.botframework.com',
    'https://login.microsoftonline.com',
    'https://smba.trafficmanager.net',
  ].map((host) => {
    const scope = nock(host).persist();
    for (const method of ['GET', 'POST', 'PUT']) scope.intercept(/.*/, method).query(true).reply(reply);
    return scope;
  });
  return () => {
    for (const scope of scopes) scope.persist(false);
    nock.cleanAll();
    nock.enableNetConnect();
  };
}

/** Microsoft's side, in front of what the chats show; nothing is asked of it until its `answer` is called. */
export async function createMicrosoft(screen: Screen, withoutKeys = 0): Promise<Microsoft> {
  const appId = randomUUID();
  const tenantId = randomUUID();
  const appPassword = 'a secret of the test';
  const calls: Call[] = [];
  const failures: { readonly status: number; readonly headers: Readonly<Record<string, string>> }[] = [];
  let issued = 0;
  let storming: (() => Fault | undefined) | undefined;
  let keyless = withoutKeys;
  const published: readonly (JWK & { readonly endorsements: readonly string[] })[] = [
    { ...(await exportJWK(pair.publicKey)), kid: keys.kid, endorsements: ['msteams'] },
    { ...(await exportJWK(webPair.publicKey)), kid: keys.webchat.kid, endorsements: ['webchat'] },
  ];
  const said = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answered => ({
    status,
    body,
    headers,
  });

  const framework = (path: string): Answered => {
    if (path === '/v1/.well-known/keys') return said(200, { keys: published });
    keyless -= 1;
    if (keyless >= 0) return said(503, '');
    return said(200, {
      issuer: 'https://api.botframework.com',
      jwks_uri: 'https://login.botframework.com/v1/.well-known/keys',
    });
  };
  const entra = ({ method, url, body }: Asked): Answered => {
    if (method === 'POST') {
      issued += 1;
      const token = `token-of-the-bot-${new URLSearchParams(body).get('client_id')}`;
      return said(200, { token_type: 'Bearer', expires_in: 3600, ext_expires_in: 3600, access_token: token });
    }
    const [tenant = ''] = /[0-9a-f-]{36}/.exec(decodeURIComponent(url)) ?? [];
    const login = `https://login.microsoftonline.com/${tenant}`;
    return said(200, {
      tenant_discovery_endpoint: `${login}/v2.0/.well-known/openid-configuration`,
      token_endpoint: `${login}/oauth2/v2.0/token`,
      issuer: `${login}/v2.0`,
      authorization_endpoint: `${login}/oauth2/v2.0/authorize`,
      jwks_uri: `${login}/discovery/v2.0/keys`,
      'api-version': '1.1',
      metadata: [],
    });
  };
  const connector = ({ method, url, authorization, body: text }: Asked): Answered => {
    const [, app] = /^Bearer token-of-the-bot-([0-9a-f-]{36})$/.exec(authorization) ?? [];
    if (app === undefined || (method !== 'POST' && method !== 'PUT')) return said(401, {});
    const path = decodeURIComponent(new URL(url).pathname.replace(/^\/emea/, ''));
    const body = JSON.parse(text) as Json;
    const fault = storming?.();
    calls.push({ app, method, path, body, ...(fault ? { fault } : {}) });
    if (fault) {
      if (fault.done) screen.connector(method, path, body);
      if ('line' in fault) return fault.line;
      const { status, retryAfter } = fault;
      return said(
        status,
        { error: { code: 'ServiceError', message: 'storm' } },
        retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
      );
    }
    const failure = failures.shift();
    if (failure) return said(failure.status, { error: { code: 'Refused', message: 'no' } }, failure.headers);
    const [status, reply] = screen.connector(method, path, body);
    return said(status, reply);
  };

  return {
    appId,
    appPassword,
    tenantId,
    calls,
    forget() {
      calls.length = 0;
    },
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
    async answer(asked) {
      const { host, pathname } = new URL(asked.url);
      if (host === 'login.botframework.com') return framework(pathname);
      return host === 'login.microsoftonline.com' ? entra(asked) : connector(asked);
    },
    stop: () => undefined,
  };
}
