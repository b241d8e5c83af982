import { createPrivateKey } from 'node:crypto';
import * as client from 'openid-client';
import { z } from 'zod';
import type { Clock } from '../../domain/ports.ts';
import { type SignIn, SignInRefused } from '../../domain/sign-in.ts';

export interface SignInConfig {
  /** 'https://ecas.ec.europa.eu/cas/oauth2'; http only on loopback. */
  readonly issuer: string;
  readonly clientId: string;
  readonly authMethod: 'client_secret_jwt' | 'private_key_jwt' | 'client_secret_basic';
  /** For the two methods with a secret. */
  readonly clientSecret?: string;
  /** For private_key_jwt: an RSA key as PKCS #8 PEM, and the id that the provider knows it by. */
  readonly privateKey?: string;
  readonly privateKeyId?: string;
  readonly privateKeyAlg?: 'PS256' | 'PS384' | 'PS512';
  /** The only algorithm that an ID token may be signed with; PS512 where it is absent. */
  readonly idTokenAlg?: 'PS256' | 'PS384' | 'PS512' | 'RS256' | 'RS512' | 'ES256' | 'ES512';
  readonly scopes: readonly string[];
  /** Values of which one must come back as acr, or as one of the amr, for a second factor to count. Both empty: none ever counts. */
  readonly requiredAcr: readonly string[];
  readonly requiredAmr: readonly string[];
  /** The configured public address that the provider sends people back to. */
  readonly redirectUri: string;
  /** How old a log-in may be, in seconds; 600 where it is absent. */
  readonly maxAgeSeconds?: number;
}

const shape = z
  .object({
    issuer: z.url(),
    clientId: z.string().min(1),
    authMethod: z.enum(['client_secret_jwt', 'private_key_jwt', 'client_secret_basic']),
    clientSecret: z.string().min(1).optional(),
    privateKey: z.string().min(1).optional(),
    privateKeyId: z.string().min(1).optional(),
    privateKeyAlg: z.enum(['PS256', 'PS384', 'PS512']).default('PS256'),
    idTokenAlg: z.enum(['PS256', 'PS384', 'PS512', 'RS256', 'RS512', 'ES256', 'ES512']).default('PS512'),
    scopes: z.array(z.string().regex(/^\S+$/)),
    requiredAcr: z.array(z.string().regex(/^\S+$/)),
    requiredAmr: z.array(z.string().regex(/^\S+$/)),
    redirectUri: z.url(),
    maxAgeSeconds: z.int().min(0).default(600),
  })
  .refine(({ issuer }) => isSafe(issuer), 'the issuer must be https, or on loopback')
  .refine(({ redirectUri }) => isSafe(redirectUri), 'the redirect address must be https, or on loopback')
  .refine(({ scopes }) => scopes.includes('openid'), 'the scopes must hold openid')
  .refine(
    ({ authMethod, clientSecret, privateKey }) => (authMethod === 'private_key_jwt' ? privateKey : clientSecret),
    'the key or the secret of the authentication method is missing',
  );
type Config = z.output<typeof shape>;

const secretsShape = z.object({ verifier: z.string().min(43), nonce: z.string().min(20) });

/** What an ID token must hold beyond what the protocol checks; anything of another shape counts as not there. */
const claimsShape = z.object({
  sub: z.string().min(1),
  auth_time: z.number(),
  acr: z.string().optional().catch(undefined),
  amr: z.array(z.string()).catch([]),
  email: z.email().optional().catch(undefined),
  email_verified: z.unknown().optional(),
});

const leewaySeconds = 30;

/**
 * Sign-in by OpenID Connect Core 1.0 (3.1, authorization code flow) with PKCE (RFC 7636), made for EU Login. The provider's
 * metadata are asked for when first needed (OpenID Connect Discovery 1.0), and again until it answers. `start` gives the address, and secrets
 * (PKCE verifier and nonce) for the caller to keep sealed; it throws SignInRefused 'provider-unreachable'. `finish` reads
 * only the query of the callback address: where it was sent is known from the configuration. It checks state, nonce, issuer, audience,
 * expiry, the ID token's signature (which openid-client leaves out unless told), its algorithm and the age of the log-in.
 * `secondFactor` is true only where the returned acr or amr is a required one; `at` is when the person logged in, ISO 8601. Throws SignInRefused:
 * 'state', 'secrets', 'cancelled', 'provider-error', 'provider-unreachable', 'code-refused', 'token-refused', 'too-old'. Throws at once
 * for a configuration that cannot be.
 */
export function createSignIn(given: SignInConfig, clock: Clock): SignIn {
  const config = shape.parse(given);
  let found: Promise<client.Configuration> | undefined;

  const provider = async (): Promise<client.Configuration> => {
    found ??= discover(config);
    try {
      return await found;
    } catch {
      found = undefined;
      throw new SignInRefused('provider-unreachable');
    }
  };

  return {
    async start(state) {
      const configuration = await provider();
      const verifier = client.randomPKCECodeVerifier();
      const nonce = client.randomNonce();
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: config.redirectUri,
        scope: config.scopes.join(' '),
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        max_age: String(config.maxAgeSeconds),
        // A wish only: what counts is checked on what comes back.
        ...(config.requiredAcr.length > 0 ? { acr_values: config.requiredAcr.join(' ') } : {}),
      });
      return { url: url.href, secrets: JSON.stringify({ verifier, nonce }) };
    },

    async finish(callbackUrl, state, secrets) {
      const { verifier, nonce } = secretsFrom(secrets);
      const current = new URL(config.redirectUri);
      if (!URL.canParse(callbackUrl, config.redirectUri)) throw new SignInRefused('state');
      current.search = new URL(callbackUrl, config.redirectUri).search;
      if (state === '' || current.searchParams.get('state') !== state) throw new SignInRefused('state');
      const configuration = await provider();
      const claims = await exchange(configuration, current, {
        pkceCodeVerifier: verifier,
        expectedNonce: nonce,
        expectedState: state,
        maxAge: config.maxAgeSeconds,
        idTokenExpected: true,
      });
      const now = Date.parse(clock.now()) / 1000;
      const age = now - claims.auth_time;
      if (age > config.maxAgeSeconds + leewaySeconds || age < -leewaySeconds) throw new SignInRefused('too-old');
      return {
        subject: claims.sub,
        ...(claims.email !== undefined && claims.email_verified !== false ? { email: claims.email } : {}),
        secondFactor: hasSecondFactor(config, claims),
        at: new Date(claims.auth_time * 1000).toISOString(),
      };
    },
  };
}

async function discover(config: Config): Promise<client.Configuration> {
  const insecure = new URL(config.issuer).protocol === 'http:';
  return client.discovery(
    new URL(config.issuer),
    config.clientId,
    {
      redirect_uris: [config.redirectUri],
      id_token_signed_response_alg: config.idTokenAlg,
      [client.clockTolerance]: leewaySeconds,
    },
    await authentication(config),
    {
      timeout: 10,
      execute: [
        client.enableNonRepudiationChecks,
        // Only a provider on loopback is ever given by http (see `isSafe`).
        ...(insecure ? [client.allowInsecureRequests] : []),
      ],
    },
  );
}

async function authentication(config: Config): Promise<client.ClientAuth> {
  if (config.authMethod === 'client_secret_jwt') return client.ClientSecretJwt(config.clientSecret);
  if (config.authMethod === 'client_secret_basic') return client.ClientSecretBasic(config.clientSecret);
  const hash = `SHA-${config.privateKeyAlg.slice(2)}`;
  const bytes = createPrivateKey(config.privateKey ?? '').export({ type: 'pkcs8', format: 'der' });
  const key = await crypto.subtle.importKey('pkcs8', new Uint8Array(bytes), { name: 'RSA-PSS', hash }, false, ['sign']);
  return client.PrivateKeyJwt({ key, ...(config.privateKeyId ? { kid: config.privateKeyId } : {}) });
}

async function exchange(
  configuration: client.Configuration,
  current: URL,
  checks: client.AuthorizationCodeGrantChecks,
): Promise<z.output<typeof claimsShape>> {
  try {
    const tokens = await client.authorizationCodeGrant(configuration, current, checks);
    const claims = claimsShape.safeParse(tokens.claims());
    if (claims.success) return claims.data;
  } catch (error) {
    throw new SignInRefused(codeOf(error));
  }
  throw new SignInRefused('token-refused');
}

/** What went wrong, as one of our codes: the provider's own words are for nobody's screen or log. */
function codeOf(error: unknown): string {
  if (error instanceof client.AuthorizationResponseError)
    return error.error === 'access_denied' ? 'cancelled' : 'provider-error';
  if (error instanceof client.ResponseBodyError)
    return error.error === 'invalid_grant' ? 'code-refused' : 'provider-error';
  const { code } = z.object({ code: z.string() }).catch({ code: '' }).parse(error);
  if (code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT' || error instanceof TypeError) return 'provider-unreachable';
  if (code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' || code === 'OAUTH_RESPONSE_IS_NOT_JSON') return 'provider-error';
  return 'token-refused';
}

function hasSecondFactor(config: Config, claims: { readonly acr?: string | undefined; readonly amr: string[] }) {
  return (
    (claims.acr !== undefined && config.requiredAcr.includes(claims.acr)) ||
    claims.amr.some((method) => config.requiredAmr.includes(method))
  );
}

function secretsFrom(secrets: string) {
  try {
    return secretsShape.parse(JSON.parse(secrets));
  } catch {
    throw new SignInRefused('secrets');
  }
}

function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return (
    protocol === 'https:' || (protocol === 'http:' && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname))
  );
}
