import { randomUUID } from 'node:crypto';
import nock from 'nock';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTeamsApp, type TeamsApp } from './app.ts';
import { fileAnswered, oneDrive } from './fixtures.ts';
import type { TeamsPerson } from './person.ts';
import type { Json } from './screen.ts';

let app: TeamsApp;
let ada: TeamsPerson;

beforeAll(async () => {
  app = await startTeamsApp({}, { patienceMs: 300 });
});
afterAll(() => app.stop());
beforeEach(() => {
  ada = app.world.person(randomUUID());
  asked.length = 0;
  app.answers(() => ({ file: { document: 'D-12345678', name: 'D-12345678.pdf', size: bytes.length } }));
  app.handsOver(async ({ identity }, document) => {
    asked.push([identity.user, document]);
    return { name: `${document}.pdf`, bytes };
  });
});

/** More than one piece. */
const bytes = new Uint8Array(12_000_000).map((_, index) => index % 251);
const asked: (readonly [string, string])[] = [];
const newest = () => app.world.microsoft.calls.at(-1)?.body as Json;
const attached = ({ attachments }: Json) => (attachments as readonly Json[])[0] as Json;

/** OneDrive, as far as one upload goes: it answers with these statuses, one after the other. Gives what arrived. */
function oneDriveAnswers(...statuses: readonly number[]): { readonly ranges: string[]; readonly pieces: Buffer[] } {
  const arrived = { ranges: [] as string[], pieces: [] as Buffer[] };
  for (const status of statuses)
    nock('https://contoso.sharepoint.com')
      .put(/uploadSession/)
      .query(true)
      .reply(async (request: Request) => {
        expect(request.headers.get('authorization')).toBeNull();
        if (status < 300) {
          arrived.ranges.push(request.headers.get('content-range') ?? '');
          arrived.pieces.push(Buffer.from(await request.arrayBuffer()));
        }
        return [status, {}];
      });
  return arrived;
}

/** The person is offered the file; gives the context and the message that Teams sends back with the answer. */
async function offered(): Promise<{ readonly context: Json; readonly message: string }> {
  await ada.says('send');
  const consent = attached(newest());
  expect(consent).toMatchObject({
    contentType: 'application/vnd.microsoft.teams.card.file.consent',
    name: 'D-12345678.pdf',
    content: { sizeInBytes: bytes.length, acceptContext: { document: 'D-12345678' } },
  });
  const content = consent['content'] as { readonly acceptContext: Json };
  return { context: content.acceptContext, message: ada.messages().at(-1)?.id ?? '' };
}

describe('a released file', () => {
  test('is put into the OneDrive of the one who accepted, whole, without a token, and the card says so', async () => {
    const { context, message } = await offered();
    const arrived = oneDriveAnswers(202, 201);
    expect((await app.world.deliver(ada.activity(fileAnswered('accept', context, message)))).status).toBe(200);
    await expect.poll(() => ada.sees()).toContain('is in your OneDrive');
    expect(arrived.ranges).toEqual(['bytes 0-10485759/12000000', 'bytes 10485760-11999999/12000000']);
    expect(Buffer.concat(arrived.pieces).equals(Buffer.from(bytes))).toBe(true);
    expect(asked).toEqual([[ada.id, 'D-12345678']]);
    await expect
      .poll(() => attached(newest()))
      .toMatchObject({
        contentType: 'application/vnd.microsoft.teams.card.file.info',
        contentUrl: oneDrive.contentUrl,
        content: { uniqueId: oneDrive.uniqueId, fileType: 'pdf' },
      });
    expect(ada.messages().filter(({ id }) => id === message)).toHaveLength(1);
  });

  test('is put there once, however often Teams delivers the answer', async () => {
    const { context, message } = await offered();
    oneDriveAnswers(201, 201);
    const activity = ada.activity(fileAnswered('accept', context, message));
    await Promise.all([app.world.deliver(activity), app.world.deliver(activity), app.world.deliver(activity)]);
    await expect.poll(() => ada.sees()).toContain('is in your OneDrive');
    expect(asked).toHaveLength(1);
  });

  test('stays where somebody declines', async () => {
    const { context, message } = await offered();
    await app.world.deliver(ada.activity(fileAnswered('decline', context, message)));
    await expect.poll(() => ada.sees()).toContain('The file stays here');
    expect(asked).toEqual([]);
  });

  test('goes again over what passes, and is told where it does not', async () => {
    const { context, message } = await offered();
    const arrived = oneDriveAnswers(503, 202, 201);
    await app.world.deliver(ada.activity(fileAnswered('accept', context, message)));
    await expect.poll(() => ada.sees(), { timeout: 5000 }).toContain('is in your OneDrive');
    expect(arrived.pieces).toHaveLength(2);

    const again = await offered();
    oneDriveAnswers(403);
    await app.world.deliver(ada.activity(fileAnswered('accept', again.context, again.message)));
    await expect.poll(() => ada.sees()).toContain('could not be put into your OneDrive');
    expect(app.logged.join('')).toContain('teams-upload-403');
    expect(app.logged.join('')).not.toContain('contoso');
  });

  test('is not given where the bot does not hand it over', async () => {
    app.handsOver(async () => ({ refused: 'It is not yours.' }));
    const { message } = await offered();
    await app.world.deliver(ada.activity(fileAnswered('accept', { document: 'D-OTHER' }, message)));
    await expect.poll(() => ada.sees()).toContain('It is not yours.');
  });

  test.each([
    'https://contoso.sharepoint.com.evil.example/upload',
    'https://evil.example/?contoso.sharepoint.com',
    'https://contoso.sharepoint.com@evil.example/',
    'https://contoso.sharepoint.com:8443/',
    'https://169.254.169.254/',
  ])('goes nowhere but to OneDrive: %s', async (uploadUrl) => {
    const { context, message } = await offered();
    await app.world.deliver(ada.activity(fileAnswered('accept', context, message, { ...oneDrive, uploadUrl })));
    await expect.poll(() => ada.sees()).toContain('could not be put into your OneDrive');
    expect(asked).toEqual([]);
  });

  test('is asked about in the own chat alone, and by what is an answer', async () => {
    const { context, message } = await offered();
    const elsewhere = ada.activity(fileAnswered('accept', context, message), { where: app.world.desk });
    expect((await app.world.deliver(elsewhere)).status).toBe(200);
    const { uploadInfo: _, ...bare } = fileAnswered('accept', context, message)['value'] as Record<string, unknown>;
    const without = ada.activity({ ...fileAnswered('accept', context, message), value: bare });
    expect((await app.world.deliver(without)).status).toBe(400);
    expect((await app.world.deliver(ada.activity(fileAnswered('accept', { document: 7 }, message)))).status).toBe(400);
    expect(asked).toEqual([]);
  });
});
