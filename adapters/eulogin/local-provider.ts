import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { loginPage, type SamplePerson, sentencePage } from './login-page.ts';
import { memoryRows } from './memory.ts';
import type { SignInConfig } from './sign-in.ts';

/** What an OpenID provider says of a log-in with a second factor, and of one without; the values are this provider's own. */
export const localAcr = { two: 'urn:example:loa:second-factor', one: 'urn:example:loa:basic' } as const;
const localAmr = { two: ['pwd', 'mfa'], one: ['pwd'] } as const;

const ownPeople: readonly SamplePerson[] = [
  { id: 'sample-1', name: 'Sample Clinician', email: 'clinician@hospital.example' },
  { id: 'sample-2', name: 'Sample Assistant', email: 'assistant@hospital.example' },
  { id: 'sample-3', name: 'Sample Expert', email: 'expert@hospital.example' },
];

export interface LocalProviderOptions {
  /** Whom one can be; three people of its own where it is absent. */
  readonly people?: readonly SamplePerson[];
  /** Where people are sent back to: the callback address of the application. */
  readonly redirectUri: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
}

export interface LocalProvider {
  /** What `createSignIn` needs to use this provider. */
  readonly config: SignInConfig;
  close(): Promise<void>;
}

/**
 * Starts a real OpenID provider (oidc-provider, a development dependency) on 127.0.0.1 for the local mode: PKCE required, PS512, acr and
 * amr, a page on which one is any of the sample people by one press. Keys and log-ins live in memory. Throws where the library is not
 * installed (as in production) or the port is taken.
 */
export async function startLocalProvider(options: LocalProviderOptions): Promise<LocalProvider> {
  const { Provider } = await import('oidc-provider');
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const issuer = `http://127.0.0.1:${address.port}`;
  const people = options.people ?? ownPeople;
  const config: SignInConfig = {
    issuer,
    clientId: 'cpms-bot-local',
    clientSecret: randomBytes(64).toString('base64url'),
    authMethod: 'client_secret_jwt',
    idTokenAlg: 'PS512',
    scopes: ['openid', 'email', 'profile', 'authentication_factors'],
    requiredAcr: [localAcr.two],
    requiredAmr: [],
    redirectUri: options.redirectUri,
  };
  const provider = new Provider(issuer, await configuration(config, people));
  const answer = provider.callback();
  server.on('request', (request, response) => {
    respond(request, response, provider, answer, people, options.redirectUri, issuer).catch(() => {
      if (!response.headersSent)
        html(response, 400, sentencePage('This sign-in has ended. Start again from the chat.'));
      else response.destroy();
    });
  });
  return {
    config,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function configuration(
  config: SignInConfig,
  people: readonly SamplePerson[],
): Promise<NonNullable<ConstructorParameters<typeof Provider>[1]>> {
  const { interactionPolicy } = await import('oidc-provider');
  const policy = interactionPolicy.base();
  // Whoever tries the local mode is several people in turn: everybody is asked each time who they are.
  policy
    .get('login')
    ?.checks.add(
      new interactionPolicy.Check('always', 'everybody is asked each time', (context) =>
        context.oidc.result?.login ? interactionPolicy.Check.NO_NEED_TO_PROMPT : interactionPolicy.Check.REQUEST_PROMPT,
      ),
    );
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  return {
    adapter: memoryRows,
    clients: [
      {
        client_id: config.clientId,
        client_secret: config.clientSecret ?? '',
        redirect_uris: [config.redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_jwt',
        id_token_signed_response_alg: 'PS512',
      },
    ],
    jwks: { keys: [{ ...key, kty: 'RSA', kid: 'local', alg: 'PS512', use: 'sig' }] },
    enabledJWA: { idTokenSigningAlgValues: ['PS512'], clientAuthSigningAlgValues: ['HS256'] },
    clientAuthMethods: ['client_secret_jwt'],
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    pkce: { required: () => true },
    scopes: [...config.scopes],
    acrValues: Object.values(localAcr),
    claims: { openid: ['sub', 'acr', 'amr', 'auth_time'], email: ['email', 'email_verified'], profile: ['name'] },
    // As with EU Login, the ID token holds everything.
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { policy, url: (_, interaction) => `/interaction/${interaction.uid}` },
    ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 300, Interaction: 600, Session: 600, Grant: 600 },
    findAccount: (_, id) => {
      const person = people.find((candidate) => candidate.id === id);
      return person
        ? {
            accountId: id,
            claims: () => ({ sub: id, email: person.email, email_verified: true, name: person.name }),
          }
        : undefined;
    },
    // Nobody is asked for a consent to tell this application their sample address.
    loadExistingGrant: async (context) => {
      const { oidc } = context;
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope(config.scopes.join(' '));
      await grant.save();
      return grant;
    },
    renderError: (context, out) => {
      context.type = 'html';
      context.body = sentencePage(`This sign-in cannot go on (${out.error}). Start again from the chat.`);
    },
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  provider: Provider,
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  people: readonly SamplePerson[],
  redirectUri: string,
  issuer: string,
): Promise<void> {
  response.setHeader(
    'content-security-policy',
    // A form's answer redirects back to the application: Chromium holds that against form-action too.
    `default-src 'none'; style-src 'unsafe-inline'; form-action ${issuer} ${new URL(redirectUri).origin}; frame-ancestors 'none'; base-uri 'none'`,
  );
  response.setHeader('referrer-policy', 'no-referrer');
  // A name of somebody else's that points to 127.0.0.1 gets nothing (DNS rebinding).
  if (request.headers.host !== new URL(issuer).host) return html(response, 403, sentencePage('Not here.'));
  if (!request.url?.startsWith('/interaction/')) return answer(request, response);
  const interaction = await provider.interactionDetails(request, response);
  if (request.method !== 'POST') return html(response, 200, loginPage(people, `/interaction/${interaction.uid}`));

  const form = new URLSearchParams(await body(request));
  const factor = form.get('factor');
  const person = people.find(({ id }) => id === form.get('person'));
  if (person && (factor === 'one' || factor === 'two'))
    return provider.interactionFinished(request, response, {
      login: { accountId: person.id, acr: localAcr[factor], amr: [...localAmr[factor]], remember: false },
    });
  return provider.interactionFinished(request, response, {
    error: 'access_denied',
    error_description: 'the person turned back',
  });
}

async function body(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > 4_096) throw new Error('too long');
  }
  return text;
}

function html(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(text);
}
