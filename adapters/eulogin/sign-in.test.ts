import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportPKCS8, generateKeyPair, type JWTPayload, jwtVerify, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SignInRefused } from '../../domain/sign-in.ts';
import { createSignIn, type SignInConfig } from './sign-in.ts';

const redirectUri = 'https://bot.network.example/sign-in/callback';
const clock = { now: () => new Date().toISOString() };
const pair = await generateKeyPair('PS512', { extractable: true });
const stranger = await generateKeyPair('PS512');
const client = await generateKeyPair('PS256', { extractable: true });

/** A provider that lies: its token endpoint gives whatever the test put here, for any code. */
let idToken: (claims: JWTPayload) => Promise<string> | string;
let seen: URLSearchParams;
let server: Server;
let issuer = '';

beforeAll(async () => {
  server = createServer((request, response) => void answer(request, response));
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const json = (value: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (request.url === '/.well-known/openid-configuration')
      return json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['PS512', 'RS256'],
      });
    if (request.url === '/jwks')
      return json({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k', alg: 'PS512', use: 'sig' }] });
    let body = '';
    for await (const chunk of request) body += String(chunk);
    seen = new URLSearchParams(body);
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, aud: 'bot', sub: 'u-1', iat: now, exp: now + 300, auth_time: now, acr: 'strong' };
    return json({ access_token: 'a', token_type: 'Bearer', id_token: await idToken(claims) });
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const sign = (claims: JWTPayload, header: { alg?: string; kid?: string } = {}, key = pair.privateKey) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'PS512', kid: 'k', ...header }).sign(key);
beforeEach(() => {
  idToken = (claims) => sign(claims);
});

const config = (): SignInConfig => ({
  issuer,
  clientId: 'bot',
  clientSecret: 's'.repeat(64),
  authMethod: 'client_secret_jwt',
  scopes: ['openid', 'email'],
  requiredAcr: ['strong'],
  requiredAmr: ['mfa'],
  redirectUri,
});

/** One sign-in whose ID token is the honest one with `changes`. */
async function outcome(changes: (claims: JWTPayload) => JWTPayload, how = sign) {
  const one = createSignIn(config(), clock);
  const { secrets } = await one.start('s');
  const { nonce } = JSON.parse(secrets) as { nonce: string };
  idToken = (claims) => how(changes({ ...claims, nonce }));
  return one.finish(`${redirectUri}?code=c&state=s`, 's', secrets).catch((error: unknown) => {
    if (error instanceof SignInRefused) return error.code;
    throw error;
  });
}
const now = () => Math.floor(Date.now() / 1000);

describe('an ID token of a provider that lies', () => {
  test('an honest one is taken (or nothing below would prove anything)', async () => {
    expect(await outcome((claims) => claims)).toMatchObject({ subject: 'u-1', secondFactor: true });
    expect(seen.get('redirect_uri')).toBe(redirectUri);
    expect(seen.get('code_verifier')?.length).toBeGreaterThanOrEqual(43);
  });

  test.each<[string, (claims: JWTPayload) => JWTPayload]>([
    ['expired', (claims) => ({ ...claims, iat: now() - 900, exp: now() - 600 })],
    ['for somebody else', (claims) => ({ ...claims, aud: 'other' })],
    ['for several, and not us as the authorised party', (claims) => ({ ...claims, aud: ['bot', 'x'], azp: 'x' })],
    ['of another issuer', (claims) => ({ ...claims, iss: 'https://evil.example' })],
    ['with another nonce', (claims) => ({ ...claims, nonce: 'other' })],
    ['without a nonce', (claims) => ({ ...claims, nonce: undefined })],
    ['without an expiry', (claims) => ({ ...claims, exp: undefined })],
    ['without a subject', (claims) => ({ ...claims, sub: undefined })],
    ['without a time of log-in', (claims) => ({ ...claims, auth_time: undefined })],
    ['with a time of log-in that is none', (claims) => ({ ...claims, auth_time: 'now' })],
    ['of an old log-in', (claims) => ({ ...claims, auth_time: now() - 7_200 })],
  ])('%s is refused', async (_, changes) => {
    expect(await outcome(changes)).toBe('token-refused');
  });

  test('of a log-in that is still to come is refused', async () => {
    expect(await outcome((claims) => ({ ...claims, auth_time: now() + 7_200 }))).toBe('too-old');
  });

  test.each<[string, typeof sign]>([
    ['signed with another key', (claims) => sign(claims, {}, stranger.privateKey)],
    ['signed with a key that is not known', (claims) => sign(claims, { kid: 'other' }, stranger.privateKey)],
    ['not signed', async (claims) => new UnsecuredJWT(claims).encode()],
    [
      'signed with the client secret',
      (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from('s'.repeat(64))),
    ],
    [
      'changed after it was signed',
      async (claims) => {
        const [head, , tail] = (await sign(claims)).split('.');
        const body = Buffer.from(JSON.stringify({ ...claims, sub: 'u-2' })).toString('base64url');
        return `${head}.${body}.${tail}`;
      },
    ],
    ['that is none', async () => 'x.y.z'],
  ])('%s is refused', async (_, how) => {
    expect(await outcome((claims) => claims, how)).toBe('token-refused');
  });

  test.each<[string, JWTPayload, boolean]>([
    ['no acr and no amr', { acr: undefined }, false],
    ['an acr that is a list', { acr: ['strong'] }, false],
    ['an amr that is a text', { acr: 'x', amr: 'mfa' }, false],
    ['an amr of other things', { acr: 'x', amr: [{ mfa: true }] }, false],
    ['another amr', { acr: 'x', amr: ['pwd', 'sms'] }, false],
    ['a required amr', { acr: 'x', amr: ['pwd', 'mfa'] }, true],
  ])('%s: second factor %#', async (_, claims, secondFactor) => {
    expect(await outcome((honest) => ({ ...honest, ...claims }))).toMatchObject({ secondFactor });
  });

  test('an address counts only where it is one, and is not said to be unverified', async () => {
    const email = 'a@hospital.example';
    expect(await outcome((claims) => ({ ...claims, email }))).toMatchObject({ email });
    expect(await outcome((claims) => ({ ...claims, email, email_verified: false }))).not.toHaveProperty('email');
    expect(await outcome((claims) => ({ ...claims, email: 'nobody' }))).not.toHaveProperty('email');
  });
});

test('private_key_jwt: the assertion is signed with the key, for this provider', async () => {
  const { clientSecret: _, ...rest } = config();
  const one = createSignIn(
    {
      ...rest,
      authMethod: 'private_key_jwt',
      privateKey: await exportPKCS8(client.privateKey),
      privateKeyId: 'bot-1',
    },
    clock,
  );
  const { secrets } = await one.start('s');
  await one.finish(`${redirectUri}?code=c&state=s`, 's', secrets).catch(() => undefined);
  const { payload, protectedHeader } = await jwtVerify(seen.get('client_assertion') ?? '', client.publicKey);
  expect(protectedHeader).toMatchObject({ alg: 'PS256', kid: 'bot-1' });
  expect(payload).toMatchObject({ iss: 'bot', sub: 'bot' });
  expect([payload.aud].flat()).toContain(issuer);
});

test.each<[string, Partial<SignInConfig>, RegExp]>([
  ['an issuer in clear', { issuer: 'http://provider.example' }, /issuer must/],
  ['a callback in clear', { redirectUri: 'http://bot.example/cb' }, /redirect address must/],
  ['no openid', { scopes: ['email'] }, /hold openid/],
  ['a missing key', { authMethod: 'private_key_jwt', clientSecret: 'x' }, /key or the secret/],
  ['a list in one text', { requiredAcr: ['a b'] }, /requiredAcr/],
])('%s is no configuration', (_, changes, why) => {
  expect(() => createSignIn({ ...config(), ...changes }, clock)).toThrow(why);
});
