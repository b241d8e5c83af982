import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import { startTeamsApp, type TeamsApp } from './app.ts';
import type { TeamsPerson } from './person.ts';
import type { Json } from './screen.ts';

const folder = mkdtempSync(join(tmpdir(), 'cpms-registrations-'));
const file = join(folder, 'registrations.yaml');
const hospital = { appId: randomUUID(), tenantId: randomUUID(), secret: 'a secret of the hospital' };
const outage = { patienceMs: 300, withoutKeys: 1 };
/** Of nobody: a public part alone, since nothing is signed with it here. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBgjCCASmgAwIBAgIUOC6P4Xv8odTEbYS+mI86AtlmSW8wCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLYm90LmV4YW1wbGUwIBcNMjYxMTI3MTU1MjA5WhgPMjEyNjEx
MDMxNTUyMDlaMBYxFDASBgNVBAMMC2JvdC5leGFtcGxlMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEtW+ZH1bJ6Q4mAf6UyzzegyYh6KPVhn4QZfZ6j3B79msM8KV2
Uv8ZbhYyw8h43qoJ6mjxoXqkKkxhQK8MpR5EoaNTMFEwHQYDVR0OBBYEFOhUQEMa
M69MJdnv7UxdOewGZ5Y4MB8GA1UdIwQYMBaAFOhUQEMaM69MJdnv7UxdOewGZ5Y4
MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgat0+6B6GOzCMddBg
9+z20dwPp0HH8egRKN91VbiSHngCIB+6c/iwcABrYmpPISUZakVXmzxl8n2SQU1K
Rk/d2bbD
-----END CERTIFICATE-----`;
let app: TeamsApp;

beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  writeFileSync(file, stringify([hospital]));
  app = await startTeamsApp({ registrationsFile: file }, outage);
});
afterAll(async () => {
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What somebody of the hospital's tenant says to the hospital's own bot. */
const there = (person: TeamsPerson, text: string): Json =>
  person.activity({
    text,
    recipient: { id: `28:${hospital.appId}` },
    conversation: { id: person.chat, conversationType: 'personal', tenantId: hospital.tenantId },
    channelData: { tenant: { id: hospital.tenantId } },
  });
const bearer = async (aud: string) => ({
  authorization: `Bearer ${await app.world.microsoft.token({ claims: { aud } })}`,
});

// The connector keeps its keys for the whole process: these two come first, in this order.
test('while the keys cannot be fetched an honest request is asked to come again', async () => {
  const ada = app.world.person('Ada');
  const received = await Promise.all([ada.says('one'), ada.says('two')]);
  for (const { status } of received) expect([200, 503]).toContain(status);
  expect(app.logged.join('')).not.toContain('teams-refused');
});

test('requests that come together before the keys are there are all let in', async () => {
  const people = Array.from({ length: 20 }, (_, index) => app.world.person(`Member ${index}`));
  const received = await Promise.all(people.map((person) => person.says('register')));
  expect(new Set(received.map(({ status }) => status))).toEqual(new Set([200]));
});

describe('a hospital with its own registration', () => {
  test('is let in with its own tokens, and answered in its own name', async () => {
    const eva = app.world.person('Eva');
    app.answers(() => ({ cards: [{ title: 'Welcome', body: [] }] }));
    expect((await app.world.deliver(there(eva, 'hello'), await bearer(hospital.appId))).status).toBe(200);
    expect(app.heard.at(-1)?.who.identity).toEqual({ platform: 'teams', tenant: hospital.tenantId, user: eva.id });
    expect(app.world.microsoft.calls.at(-1)?.app).toBe(hospital.appId);
    await app.teams.channel.post(
      { platform: 'teams', tenant: hospital.tenantId, user: eva.id },
      { title: 'News', body: [] },
      '1',
    );
    expect(app.world.microsoft.calls.at(-1)?.app).toBe(hospital.appId);
    await app.world.person('Ada').says('hello');
    expect(app.world.microsoft.calls.at(-1)?.app).toBe(app.world.config.appId);
  });

  test("its people are not let in with the network's tokens, nor the network's with its own", async () => {
    const eva = app.world.person('Eva');
    const before = app.heard.length;
    expect((await app.world.deliver(there(eva, 'hello'), await bearer(app.world.config.appId))).status).toBe(401);
    expect((await app.world.deliver(eva.activity({ text: 'hello' }), await bearer(hospital.appId))).status).toBe(401);
    expect((await app.world.deliver(eva.activity({ text: 'hello' }), await bearer(randomUUID()))).status).toBe(401);
    expect(app.heard.length).toBe(before);
  });
});

describe('the file of registrations', () => {
  const started = (list: unknown) => {
    writeFileSync(file, stringify(list));
    return startTeamsApp({ registrationsFile: file });
  };
  test.each<[string, unknown, string]>([
    ['no credential', [{ appId: hospital.appId, tenantId: hospital.tenantId }], '0: give one of'],
    ['two credentials', [{ ...hospital, managedIdentity: true }], '0: give one of'],
    ['an id that is none', [{ ...hospital, appId: 'bot' }], '0.appId'],
    ['a word that it does not know', [{ ...hospital, password: 'x' }], '0: '],
    ['an empty list', [], 'the list'],
  ])('%s is named, without its values', async (_, list, place) => {
    const refused: unknown = await started(list).catch((error: unknown) => error);
    expect(String(refused)).toContain(place);
    expect(String(refused)).not.toContain(hospital.secret);
  });
  test('the same app twice is refused', async () => {
    await expect(started([hospital, hospital])).rejects.toThrow('two registrations');
  });
  test('a certificate and a managed identity are taken', async () => {
    const pem = join(folder, 'bot.pem');
    const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    writeFileSync(pem, `${certificate}\n${String(key.export({ type: 'pkcs8', format: 'pem' }))}`);
    const { secret: _, ...bare } = hospital;
    const other = await started([
      { ...bare, certificateFile: pem },
      { ...bare, appId: randomUUID(), managedIdentity: true },
    ]);
    await other.stop();
    writeFileSync(pem, 'nothing');
    await expect(started([{ ...bare, certificateFile: pem }])).rejects.toThrow('must hold a certificate');
  });
});
