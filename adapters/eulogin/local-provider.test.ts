import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SignInRefused } from '../../domain/sign-in.ts';
import { type LocalProvider, localAcr, startLocalProvider } from './local-provider.ts';
import { createSignIn, type SignInConfig } from './sign-in.ts';

const redirectUri = 'http://127.0.0.1:3978/sign-in/callback';
const people = [{ id: 'p-1', name: 'Sample <b>Clinician</b>', email: 'clinician@hospital.example' }];
const clock = { now: () => new Date().toISOString() };

let provider: LocalProvider;
beforeAll(async () => {
  provider = await startLocalProvider({ people, redirectUri });
});
afterAll(() => provider.close());

const signIn = (changes: Partial<SignInConfig> = {}) => createSignIn({ ...provider.config, ...changes }, clock);

/** A browser as small as it gets: follows redirects, keeps cookies, stops where the provider sends back to the application. */
async function browse(url: string, choice: Record<string, string>): Promise<{ callback: string; page: string }> {
  const jar = new Map<string, string>();
  let page = '';
  let next: { url: string; form?: URLSearchParams } = { url };
  for (let hops = 0; hops < 12; hops += 1) {
    if (next.url.startsWith(redirectUri)) return { callback: next.url, page };
    const response = await fetch(next.url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(next.form ? { method: 'POST', body: next.form } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    const location = response.headers.get('location');
    if (location) {
      next = { url: new URL(location, next.url).href };
      continue;
    }
    page = await response.text();
    const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1];
    if (!response.ok || !action) throw new Error(`no form (${response.status})`);
    next = { url: new URL(action, next.url).href, form: new URLSearchParams(choice) };
  }
  throw new Error('too many redirects');
}

const withTwo = { person: 'p-1', factor: 'two' };

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => new Error('it was taken'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof SignInRefused)) throw error;
  return error.code;
}

describe('the whole way, with a real provider', () => {
  test('account and second factor are verified', async () => {
    const one = signIn();
    const { url, secrets } = await one.start('state-1');
    const asked = new URL(url).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('nonce')).toBe((JSON.parse(secrets) as { nonce: string }).nonce);
    expect(url).not.toContain((JSON.parse(secrets) as { verifier: string }).verifier);
    const { callback, page } = await browse(url, withTwo);
    expect(page).toContain('this is not EU Login');
    expect(page).toContain('Sample &lt;b&gt;Clinician');
    const result = await one.finish(callback, 'state-1', secrets);
    expect(result).toEqual({
      subject: 'p-1',
      email: 'clinician@hospital.example',
      secondFactor: true,
      at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
    expect(Math.abs(Date.now() - Date.parse(result.at))).toBeLessThan(10_000);
  });

  test('a password alone is no second factor', async () => {
    const one = signIn();
    const { url, secrets } = await one.start('s');
    const { callback } = await browse(url, { person: 'p-1', factor: 'one' });
    expect(await one.finish(callback, 's', secrets)).toMatchObject({ subject: 'p-1', secondFactor: false });
  });

  test.each<[string, Partial<SignInConfig>, boolean]>([
    ['a required amr alone', { requiredAcr: [], requiredAmr: ['mfa'] }, true],
    ['nothing required: nothing counts', { requiredAcr: [], requiredAmr: [] }, false],
    ['another acr', { requiredAcr: ['urn:other'] }, false],
    ['one of two', { requiredAcr: ['urn:other', localAcr.two] }, true],
    ['an acr that is only the beginning', { requiredAcr: [`${localAcr.two}-strong`] }, false],
  ])('%s', async (_, changes, secondFactor) => {
    const one = signIn(changes);
    const { url, secrets } = await one.start('s');
    const { callback } = await browse(url, withTwo);
    expect(await one.finish(callback, 's', secrets)).toMatchObject({ secondFactor });
  });

  test('the address that the callback came to does not matter, its query does', async () => {
    const one = signIn();
    const { url, secrets } = await one.start('s');
    const { callback } = await browse(url, withTwo);
    const elsewhere = `https://evil.example/other${new URL(callback).search}`;
    expect(await one.finish(elsewhere, 's', secrets)).toMatchObject({ subject: 'p-1' });
  });

  test('who comes again is asked again who they are', async () => {
    const one = signIn();
    for (const state of ['s1', 's2']) {
      const { url } = await one.start(state);
      expect((await browse(url, withTwo)).page).toContain('Who are you?');
    }
  });
});

describe('what is refused', () => {
  async function arrived(one = signIn()) {
    const { url, secrets } = await one.start('s');
    const { callback } = await browse(url, withTwo);
    return { one, secrets, callback };
  }

  test('another state, an empty one, none', async () => {
    const { one, secrets, callback } = await arrived();
    expect(await refusal(one.finish(callback, 'other', secrets))).toBe('state');
    expect(await refusal(one.finish(callback, '', secrets))).toBe('state');
    expect(await refusal(one.finish(callback.replace('state=s', 'x=s'), 's', secrets))).toBe('state');
    expect(await refusal(one.finish('http://[', 's', secrets))).toBe('state');
  });

  test('a code that was used', async () => {
    const { one, secrets, callback } = await arrived();
    await one.finish(callback, 's', secrets);
    expect(await refusal(one.finish(callback, 's', secrets))).toBe('code-refused');
  });

  test("a code with another's verifier, a token with another nonce", async () => {
    const first = await arrived();
    const second = await arrived();
    expect(await refusal(first.one.finish(first.callback, 's', second.secrets))).toBe('code-refused');
    const swapped = { ...(JSON.parse(second.secrets) as object), nonce: 'another-nonce-another-nonce' };
    expect(await refusal(second.one.finish(second.callback, 's', JSON.stringify(swapped)))).toBe('token-refused');
  });

  test.each(['', '{}', 'null', '{"verifier":"short","nonce":"short"}'])('secrets %j', async (secrets) => {
    expect(await refusal(signIn().finish(`${redirectUri}?state=s&code=c`, 's', secrets))).toBe('secrets');
  });

  test('another algorithm than the configured one', async () => {
    const { one, secrets, callback } = await arrived(signIn({ idTokenAlg: 'RS256' }));
    expect(await refusal(one.finish(callback, 's', secrets))).toBe('token-refused');
  });

  test('another issuer in the answer (RFC 9207)', async () => {
    const { one, secrets, callback } = await arrived();
    const url = new URL(callback);
    url.searchParams.set('iss', 'https://evil.example');
    expect(await refusal(one.finish(url.href, 's', secrets))).toBe('token-refused');
  });

  test('a log-in that is older, or younger, than it may be by our clock', async () => {
    for (const shift of [3_600_000, -3_600_000]) {
      const { secrets, callback } = await arrived();
      const later = createSignIn(provider.config, { now: () => new Date(Date.now() + shift).toISOString() });
      expect(await refusal(later.finish(callback, 's', secrets))).toBe('too-old');
    }
  });

  test('who turns back, and who is nobody', async () => {
    const one = signIn();
    const choices: Record<string, string>[] = [
      { factor: 'none' },
      { person: 'nobody', factor: 'two' },
      { person: 'p-1', factor: 'three' },
    ];
    for (const choice of choices) {
      const { url, secrets } = await one.start('s');
      const { callback } = await browse(url, choice);
      expect(await refusal(one.finish(callback, 's', secrets))).toBe('cancelled');
    }
  });

  test('a wrong client secret', async () => {
    const { one, secrets, callback } = await arrived(signIn({ clientSecret: 'x'.repeat(64) }));
    expect(await refusal(one.finish(callback, 's', secrets))).toBe('provider-error');
  });

  test('the provider answers to its own address only', async () => {
    const { request } = await import('node:http');
    const { port } = new URL(provider.config.issuer);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const path = '/.well-known/openid-configuration';
      request({ port, host: '127.0.0.1', path, headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });
});

test('a provider that is down is said so, and used once it is there', async () => {
  const first = await startLocalProvider({ people, redirectUri });
  const { port } = new URL(first.config.issuer);
  await first.close();
  const one = createSignIn(first.config, clock);
  expect(await refusal(one.start('s'))).toBe('provider-unreachable');
  const second = await startLocalProvider({ people, redirectUri, port: Number(port) });
  try {
    expect((await one.start('s')).url).toContain(`127.0.0.1:${port}`);
  } finally {
    await second.close();
  }
});
