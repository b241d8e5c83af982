import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLink } from '../../bot/pages/links.ts';
import type { UploadState } from '../../bot/pages/pages.ts';
import { readConfig } from '../../config.ts';
import { type Running, start } from '../../main.ts';
import type { Hands } from '../journeys/way.ts';
import { toACase, uploadLink } from './product.ts';
import { type Browser, openAt, through } from './through.ts';

/** The links of the real product, by the calls of its pages. */
let folder: string;
let running: Running;
let clinician: Hands;
let minutes: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cpms-links-'));
  minutes = 0;
  const clock = { now: () => new Date(Date.now() + minutes * 60_000).toISOString() };
  running = await start(readConfig({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'error' }), { clock });
  clinician = await toACase(running.url);
});
afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

const caseId = async (browser: Browser) => ((await browser.json('look')) as UploadState).caseId;
const personOf = async (user: string) =>
  (await running.ports.store.personByIdentity({ platform: 'web', tenant: 'local', user })) ?? '';

describe('a link to the upload page is refused', () => {
  it('when it is used twice', async () => {
    const link = await uploadLink(clinician);
    const first = await openAt(link);
    expect(first.status).toBe(200);
    const stranger = await openAt(link);
    expect([stranger.status, stranger.answer]).toMatchObject([409, { refused: 'link.gone' }]);
    expect((await stranger.get('look')).status).toBe(401);
    // At the same moment, too.
    const next = await uploadLink(clinician);
    const both = await Promise.all([openAt(next), openAt(next)]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 409]));
    expect(await first.get('look')).toHaveProperty('status', 200);
  });

  it('when another person has it, or the cookie of another link', async () => {
    const mine = await openAt(await uploadLink(clinician));
    const ref = await caseId(mine);
    // Somebody of the same network who does not work on this case.
    const { token } = await createLink(running.ports, { page: 'upload', person: await personOf('expert-1'), ref }, 30);
    const theirs = await openAt(`${running.url}/u/${token}`);
    for (const call of ['look', 'picture?page=1&width=600&which=before', 'download'])
      expect(await (await theirs.get(call)).json()).toMatchObject({ refused: 'access.denied' });
    expect(await (await theirs.post('begin', { size: 10 })).json()).toMatchObject({ refused: 'access.denied' });
    const other = await openAt(await uploadLink(clinician));
    for (const headers of [
      { ...mine.headers, cookie: other.headers.cookie },
      { ...mine.headers, 'x-page': other.headers['x-page'] },
      { ...mine.headers, cookie: '' },
      { ...mine.headers, origin: 'https://evil.example' },
    ])
      expect([401, 403]).toContain((await fetch(`${running.url}/u/api/look`, { headers })).status);
  });

  it('when its file belongs to another case', async () => {
    const mine = await openAt(await uploadLink(clinician));
    const { state, page } = await through(mine, Buffer.from('Patient: Annelise Vandersmit\n'));
    expect(state.review).toBeDefined();
    const [document] = await running.ports.store.find('document', {}, { limit: 1 });
    const person = await personOf('clinician');
    const foreign = [
      { ref: 'C-00000000', document: document?.id ?? '' },
      { ref: await caseId(page), document: 'D-00000000' },
    ];
    for (const target of foreign) {
      const { token } = await createLink(running.ports, { page: 'upload', person, ...target }, 30);
      const opened = await openAt(`${running.url}/u/${token}`);
      for (const call of ['look', 'text?page=1&which=before', 'download'])
        expect((await opened.get(call)).status).toBe(409);
    }
  });

  it('when it is too late: for the link, and for its page', async () => {
    const late = await uploadLink(clinician);
    const open = await openAt(await uploadLink(clinician));
    minutes = 31;
    expect(await openAt(late)).toMatchObject({ status: 409, answer: { refused: 'link.gone' } });
    const look = await open.get('look');
    expect([look.status, await look.json()]).toMatchObject([409, { refused: 'session.gone' }]);
    expect((await open.post('begin', { size: 10 })).status).toBe(409);
  });
});
