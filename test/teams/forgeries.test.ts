import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startTeamsApp, type TeamsApp } from './app.ts';
import { type Forgery, keys, serviceUrl } from './microsoft.ts';
import type { TeamsPerson } from './person.ts';
import type { Json } from './screen.ts';

let app: TeamsApp;
let ada: TeamsPerson;

beforeAll(async () => {
  // The Bot Framework writes its refusals to the console.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  app = await startTeamsApp();
  ada = app.world.person('Ada');
});
afterAll(() => app.stop());
beforeEach(() => {
  app.answers(() => ({ cards: [{ title: 'Hello', body: [] }] }));
});

async function refused(
  headers: Readonly<Record<string, string>>,
  body: Json | string = ada.activity({ text: 'register' }),
) {
  const before = app.heard.length;
  const calls = app.world.microsoft.calls.length;
  const received = await app.world.post(typeof body === 'string' ? body : JSON.stringify(body), headers);
  expect(received.status).toBe(401);
  expect(received.text).toBe('');
  expect(app.heard.length).toBe(before);
  expect(app.world.microsoft.calls.length).toBe(calls);
  expect((await ada.says('still there?')).status).toBe(200);
}

const bearer = async (forgery?: Forgery) => ({ authorization: `Bearer ${await app.world.microsoft.token(forgery)}` });
const seconds = () => Math.floor(Date.now() / 1000);
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = () => ({
  iss: 'https://api.botframework.com',
  aud: app.world.microsoft.appId,
  serviceurl: serviceUrl,
  nbf: seconds() - 60,
  exp: seconds() + 3600,
});

test('a true request is let in', async () => {
  const received = await ada.says('register');
  expect(received.status).toBe(200);
  expect(app.heard.at(-1)?.who.identity).toEqual({
    platform: 'teams',
    tenant: app.world.config.tenantId,
    user: ada.id,
  });
});

describe('refused with a plain 401, nothing said, nothing done', () => {
  test('no header', () => refused({}));
  test('garbage', () => refused({ authorization: 'Bearer garbage' }));
  test('garbage in three parts', () => refused({ authorization: 'Bearer a.b.c' }));
  test('another scheme', () => refused({ authorization: 'Basic YTpi' }));
  test('a wrong audience', async () => refused(await bearer({ claims: { aud: randomUUID() } })));
  test('a wrong issuer', async () => refused(await bearer({ claims: { iss: 'https://evil.example' } })));
  test("an emulator's issuer", async () =>
    refused(
      await bearer({
        claims: {
          iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
          appid: app.world.microsoft.appId,
          ver: '1.0',
        },
      }),
    ));
  test('an expired token', async () =>
    refused(await bearer({ claims: { nbf: seconds() - 7200, exp: seconds() - 3600 } })));
  test('a token of the future', async () =>
    refused(await bearer({ claims: { nbf: seconds() + 3600, exp: seconds() + 7200 } })));
  test('a token that never ends', async () => refused(await bearer({ claims: { exp: undefined } })));
  test('no serviceUrl in the token', async () => refused(await bearer({ claims: { serviceurl: undefined } })));
  test('another serviceUrl in the token', async () =>
    refused(await bearer({ claims: { serviceurl: 'https://evil.example/' } })));
  test('another serviceUrl in the activity', async () =>
    refused(await bearer(), ada.activity({ text: 'register', serviceUrl: 'https://evil.example/' })));
  test('no serviceUrl in the activity', async () =>
    refused(await bearer(), ada.activity({ text: 'register', serviceUrl: undefined })));
  test('an empty serviceUrl in token and activity', async () =>
    refused(await bearer({ claims: { serviceurl: '' } }), ada.activity({ text: 'register', serviceUrl: '' })));
  test('a channel that the key is not endorsed for', async () =>
    refused(await bearer({ kid: keys.webchat.kid, key: keys.webchat.private })));
  test('another channel, with a key endorsed for it', async () =>
    refused(
      await bearer({ kid: keys.webchat.kid, key: keys.webchat.private }),
      ada.activity({ text: 'register', channelId: 'webchat' }),
    ));
  test('an unknown kid', async () => refused(await bearer({ kid: 'nobody' })));
  test('a wrong key', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await refused(await bearer({ key: privateKey }));
  });
  test('alg: none', () =>
    refused({ authorization: `Bearer ${part({ alg: 'none', kid: keys.kid })}.${part(claims())}.` }));
  test('HS256 with the public key', async () => {
    const pem = keys.public.export({ type: 'spki', format: 'pem' });
    await refused(await bearer({ alg: 'HS256', key: Buffer.from(pem) }));
  });
  test('HS256 with the public key in its other form', async () => {
    const pem = keys.public.export({ type: 'pkcs1', format: 'pem' });
    await refused(await bearer({ alg: 'HS256', key: Buffer.from(pem) }));
  });
  test('a tenant off the list', async () => {
    const tenantId = randomUUID();
    await refused(
      await bearer(),
      ada.activity({
        channelData: { tenant: { id: tenantId } },
        conversation: { id: ada.chat, conversationType: 'personal', tenantId },
      }),
    );
  });
  test('a tenant off the list in the conversation alone', async () =>
    refused(
      await bearer(),
      ada.activity({ conversation: { id: ada.chat, conversationType: 'personal', tenantId: randomUUID() } }),
    ));
  test('a person of another tenant in a conversation of ours', async () =>
    refused(await bearer(), ada.activity({ from: { id: '29:x', aadObjectId: ada.id, tenantId: randomUUID() } })));
  test('no tenant at all', async () =>
    refused(
      await bearer(),
      ada.activity({ channelData: {}, conversation: { id: ada.chat, conversationType: 'personal' } }),
    ));
  test('nobody of the directory', async () =>
    refused(await bearer(), ada.activity({ from: { id: '29:x', name: 'Somebody' } })));
  test('{} without a token', () => refused({}, '{}'));
  test('{} with a token', async () => refused(await bearer(), '{}'));
  test('a body without type', async () => refused(await bearer(), ada.activity({ type: undefined })));
  test('a list for a body', async () => refused(await bearer(), '[]'));
});

test('a body that is no JSON, or too large, is answered in a status', async () => {
  const broken = await app.world.post('{"type":', await bearer());
  expect([broken.status, broken.text]).toEqual([400, '']);
  const large = await app.world.post(JSON.stringify({ text: 'x'.repeat(300_000) }), await bearer());
  expect([large.status, large.text]).toEqual([413, '']);
});

test('nothing of a refused request, and no name, stands in the log', async () => {
  await refused({ authorization: 'Bearer a.b.c' }, ada.activity({ text: 'a secret sentence' }));
  const log = app.logged.join('');
  expect(log).toContain('teams-refused');
  expect(log).not.toContain('secret');
  expect(log).not.toContain('Ada');
});

describe('starting', () => {
  test.each(['appId', 'appPassword', 'tenantId'] as const)('without %s is refused', async (name) => {
    await expect(startTeamsApp({ [name]: '' })).rejects.toThrow(name);
  });
  test('unauthenticated with an app id is refused', async () => {
    await expect(startTeamsApp({ unauthenticated: true })).rejects.toThrow('exclude');
  });
});

describe('the unauthenticated local mode', () => {
  const local = { appId: '', appPassword: '', unauthenticated: true };
  test('lets this machine in, and a web page or a service elsewhere not', async () => {
    const playground = await startTeamsApp(local);
    try {
      const bob = playground.world.person('Bob');
      const activity = bob.activity({ text: 'register', serviceUrl: 'http://127.0.0.1:9/_connector' });
      expect((await playground.world.deliver(activity, {})).status).toBe(200);
      expect(playground.heard).toHaveLength(1);
      expect((await playground.world.deliver(activity, { origin: 'https://evil.example' })).status).toBe(401);
      expect((await playground.world.deliver(bob.activity({ text: 'register' }), {})).status).toBe(401);
      expect(playground.heard).toHaveLength(1);
    } finally {
      await playground.stop();
    }
  });
});
