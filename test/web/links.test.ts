import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UploadState } from '../../bot/pages/pages.ts';
import { type Demo, startDemo } from './demo.ts';
import { tokens } from './demo-pages.ts';

let demo: Demo;
beforeEach(async () => {
  demo = await startDemo({ local: false });
});
afterEach(() => demo.close());

const post = (path: string, body: object | Uint8Array | undefined, headers: Record<string, string>) =>
  fetch(`${demo.address}${path}`, {
    method: 'POST',
    headers: {
      ...(body instanceof Uint8Array ? {} : { 'content-type': 'application/json' }),
      origin: demo.address,
      ...headers,
    },
    ...(body ? { body: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body) } : {}),
  });

async function begin(page: 'u' | 'd', token: string) {
  const begun = await post(`/${page}/begin`, { token }, { 'x-page': 'begin' });
  const cookie = begun.headers.get('set-cookie') ?? '';
  const { handle } = (await begun.json()) as { handle: string };
  return { status: begun.status, cookie, headers: { cookie: cookie.split(';')[0] ?? '', 'x-page': handle } };
}

const pdf = new TextEncoder().encode('%PDF-1.7 test');
const octets = { 'content-type': 'application/octet-stream' };

describe('a one-time link', () => {
  it('is not used up by opening it, and once by begin', async () => {
    for (let time = 0; time < 3; time++) await fetch(`${demo.address}/u/${tokens.upload}`);
    expect(demo.pages.begun).toEqual([]);
    const first = await begin('u', tokens.upload);
    expect(first.status).toBe(200);
    expect(first.cookie).toMatch(
      /^s-[0-9a-f]{24}=upload-session-\w+; Path=\/u; Expires=.*; HttpOnly; SameSite=Strict$/,
    );
    const again = await post('/u/begin', { token: tokens.upload }, { 'x-page': 'begin' });
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ refused: 'link.used', words: expect.stringContaining('used') });
  });

  it('carries headers that keep the token to itself', async () => {
    const { headers } = await fetch(`${demo.address}/u/${tokens.upload}`);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
  });

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a subdomain', { 'sec-fetch-site': 'same-site' }],
  ])('is not begun from %s', async (_what, headers) => {
    expect((await post('/u/begin', { token: tokens.upload }, { 'x-page': 'begin', ...headers })).status).toBe(403);
    expect(demo.pages.begun).toEqual([]);
  });

  it('is not begun without the header of the page, nor by a token of another form', async () => {
    expect((await post('/u/begin', { token: tokens.upload }, {})).status).toBe(403);
    expect((await post('/u/begin', { token: '../etc' }, { 'x-page': 'begin' })).status).toBe(400);
  });

  it('is tried twenty times a minute at most', async () => {
    const tries = Array.from({ length: 25 }, () => post('/u/begin', { token: 'x'.repeat(43) }, { 'x-page': 'begin' }));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
  });
});

describe('the upload page', () => {
  const piece = (headers: Record<string, string>, offset: number | string, bytes: Uint8Array) =>
    post(`/u/api/append?offset=${offset}`, bytes, { ...headers, ...octets });
  const reviewed = async (headers: Record<string, string>) => {
    await post('/u/api/begin', { size: pdf.byteLength }, headers);
    await piece(headers, 0, pdf);
    await post('/u/api/analyse', { known: { names: ['Noor Fictiva'], birthDate: '1980-02-29' } }, headers);
    return settled(headers);
  };
  const settled = async (headers: Record<string, string>): Promise<UploadState> => {
    for (;;) {
      const look = await fetch(`${demo.address}/u/api/look`, { headers: { ...headers, origin: demo.address } });
      const state = (await look.json()) as UploadState;
      if (!state.work) return state;
    }
  };

  it('goes from a file to what was uploaded', async () => {
    const { headers } = await begin('u', tokens.upload);
    const { review } = await reviewed(headers);
    expect(demo.pages.given.known).toEqual([{ names: ['Noor Fictiva'], birthDate: '1980-02-29' }]);
    expect(review?.findings.length).toBeGreaterThan(0);
    const own = { ...headers, origin: demo.address };
    const picture = await fetch(`${demo.address}/u/api/picture?page=1&width=300&which=review`, { headers: own });
    expect(picture.headers.get('content-type')).toBe('image/png');
    const found = await post('/u/api/search', { phrase: 'Noor' }, headers);
    expect(await found.json()).toHaveProperty('places');
    const decided = {
      accepted: review?.findings.map(({ id }) => id) ?? [],
      added: [{ page: 1, box: { left: 0.1, top: 0.2, width: 0.3, height: 0.1 } }],
      flatten: true,
    };
    expect((await post('/u/api/decide', decided, headers)).status).toBe(200);
    expect(demo.pages.given.decided).toEqual([decided]);
    expect(await settled(headers)).toMatchObject({ document: { stage: 'scrubbed' } });
    expect(await (await post('/u/api/reopen', undefined, headers)).json()).toMatchObject({ review: { decided } });
    await post('/u/api/decide', decided, headers);
    const { document } = await settled(headers);
    const statements = ['looked-at-every-page', 'comments-and-annotations', 'no-identifier-left'];
    const released = await post('/u/api/attest', { statements, pagesSeen: document?.pages }, headers);
    expect(await released.json()).toMatchObject({ document: { stage: 'released' } });
    const file = await fetch(`${demo.address}/u/api/download`, { headers: own });
    expect(file.headers.get('content-disposition')).toBe('attachment; filename=D-1.pdf');
    const end = await post('/u/api/uploaded', undefined, headers);
    expect(await end.json()).toMatchObject({ document: { stage: 'uploaded' } });
  });

  it('takes a file piece by piece, and says where to go on', async () => {
    const { headers } = await begin('u', tokens.upload);
    await post('/u/api/begin', { size: 10 }, headers);
    expect(await (await piece(headers, 0, pdf.subarray(0, 4))).json()).toMatchObject({ incoming: { offset: 4 } });
    const wrong = await piece(headers, 9, pdf.subarray(0, 1));
    expect([wrong.status, await wrong.json()]).toMatchObject([200, { incoming: { offset: 4 } }]);
    expect((await piece(headers, -1, pdf)).status).toBe(400);
    expect((await piece(headers, 'x', pdf)).status).toBe(400);
    expect(demo.pages.given.pieces).toHaveLength(1);
  });

  const box = { left: 0, top: 0, width: 1, height: 1 };
  const decided = { accepted: [], added: [], flatten: false };
  it.each<[string, object]>([
    ['begin', {}],
    ['begin', { size: 0 }],
    ['begin', { size: 1.5 }],
    ['begin', { size: 10, name: 'Smith.pdf' }],
    ['analyse', {}],
    ['analyse', { known: { names: Array.from({ length: 21 }, () => 'x') } }],
    ['analyse', { known: { names: ['x'.repeat(101)] } }],
    ['analyse', { known: { names: [], birthDate: '1980-02-30' } }],
    ['analyse', { known: { names: [], numbers: Array.from({ length: 21 }, () => '1') } }],
    ['analyse', { known: { names: [], note: 'x' } }],
    ['search', { phrase: ' x ' }],
    ['search', { phrase: 'x'.repeat(101) }],
    ['decide', { ...decided, flatten: 'yes' }],
    ['decide', { ...decided, accepted: [1] }],
    ['decide', { ...decided, added: Array.from({ length: 2001 }, () => ({ page: 1, box })) }],
    ['decide', { ...decided, added: [{ page: 1, box: { ...box, left: -0.1 } }] }],
    ['decide', { ...decided, added: [{ page: 1, box: { ...box, width: 1.1 } }] }],
    ['decide', { ...decided, added: [{ page: 0, box }] }],
    ['decide', { ...decided, added: [{ page: 1, box, text: 'Smith' }] }],
    ['attest', { statements: ['anything'], pagesSeen: 3 }],
    ['attest', { statements: [], pagesSeen: -1 }],
  ])('does not take to %s what is malformed: %j', async (path, body) => {
    const { headers } = await begin('u', tokens.upload);
    const refused = await post(`/u/api/${path}`, body, headers);
    expect([refused.status, await refused.json()]).toMatchObject([400, { refused: 'web.input' }]);
    expect([demo.pages.done, demo.pages.given.known, demo.pages.given.decided]).toEqual([[], [], []]);
  });

  it('takes neither half a JSON nor more than its limit', async () => {
    const { headers } = await begin('u', tokens.upload);
    const send = (path: string, body: string) =>
      fetch(`${demo.address}/u/api/${path}`, {
        method: 'POST',
        headers: { ...headers, origin: demo.address, 'content-type': 'application/json' },
        body,
      });
    const half = await send('search', '{"phrase": "Smi');
    expect([half.status, await half.text()]).toEqual([400, expect.not.stringContaining('Smi')]);
    expect((await send('search', JSON.stringify({ phrase: 'x'.repeat(20_000) }))).status).toBe(413);
    expect((await send('decide', `${' '.repeat(900_000)}{}`)).status).toBe(400);
    expect((await send('decide', `${' '.repeat(1_100_000)}{}`)).status).toBe(413);
  });

  it('shows pages of its three views, within bounds', async () => {
    const { headers } = await begin('u', tokens.upload);
    await reviewed(headers);
    const status = (query: string) =>
      fetch(`${demo.address}/u/api/${query}`, { headers: { ...headers, origin: demo.address } }).then(
        (response) => response.status,
      );
    for (const which of ['before', 'review', 'after'])
      expect(await status(`picture?page=1&width=300&which=${which}`)).toBe(200);
    for (const query of [
      'picture?page=1&width=9000&which=after',
      'picture?page=1&width=300',
      'picture?page=0&width=300&which=after',
      'text?page=1&which=other',
    ])
      expect(await status(query)).toBe(400);
    expect(await status('picture?page=9&width=300&which=after')).toBe(409);
    expect(await status('text?page=1&which=before')).toBe(200);
  });

  it('is called by one session as often as its work allows', async () => {
    const { headers } = await begin('u', tokens.upload);
    const tries = Array.from({ length: 25 }, () => post('/u/api/reopen', undefined, headers));
    const statuses = (await Promise.all(tries)).map((response) => response.status);
    expect(statuses.filter((one) => one === 429)).toHaveLength(5);
  });

  it('needs the session, by its own handle', async () => {
    const { headers } = await begin('u', tokens.upload);
    const own = { origin: demo.address };
    const look = (given: Record<string, string>) =>
      fetch(`${demo.address}/u/api/look`, { headers: { ...own, ...given } }).then(({ status }) => status);
    expect(await look(headers)).toBe(200);
    expect(await look({ 'x-page': headers['x-page'] })).toBe(401);
    expect(await look({ ...headers, 'x-page': 'f'.repeat(24) })).toBe(401);
    expect(await look({ ...headers, cookie: `s-${headers['x-page']}=stolen` })).toBe(401);
  });

  it('takes no larger piece than the limit, announced or not, and plain bytes alone', async () => {
    const { headers } = await begin('u', tokens.upload);
    await post('/u/api/begin', { size: 10_000_000 }, headers);
    const large = new Uint8Array(4 * 1024 * 1024 + 1);
    expect((await piece(headers, 0, large)).status).toBe(413);
    const stream = new ReadableStream({
      start(out) {
        for (let chunk = 0; chunk < 50; chunk++) out.enqueue(new Uint8Array(100_000));
        out.close();
      },
    });
    const chunked = await fetch(`${demo.address}/u/api/append?offset=0`, {
      method: 'POST',
      headers: { ...headers, ...octets, origin: demo.address },
      body: stream,
      duplex: 'half',
    } as RequestInit).then(
      ({ status }) => status,
      () => 'closed',
    );
    expect([413, 'closed']).toContain(chunked);
    const typed = { ...headers, 'content-type': 'application/pdf' };
    expect((await post('/u/api/append?offset=0', pdf, typed)).status).toBe(415);
    expect(demo.pages.given.pieces).toEqual([]);
    expect((await piece(headers, 0, large.subarray(1))).status).toBe(200);
  });

  it('waits for no byte of a session that somebody made up, and for two pieces of one at the most', async () => {
    const { headers } = await begin('u', tokens.upload);
    await post('/u/api/begin', { size: 10 }, headers);
    /** A piece whose last byte does not come before `end`. */
    const hanging = (whose: Record<string, string>) => {
      const sent = request(`${demo.address}/u/api/append?offset=0`, {
        method: 'POST',
        headers: { ...whose, ...octets, origin: demo.address, 'content-length': '5' },
      });
      sent.write('%PDF');
      const status = new Promise<number | undefined>((resolve, reject) => {
        sent.on('response', (given) => resolve(given.resume().statusCode)).on('error', reject);
      });
      return { status, end: () => sent.end('-') };
    };
    const strangers = Array.from({ length: 20 }, (_, index) => {
      const session = `made-up-by-a-stranger-${index}`;
      const handle = createHash('sha256').update(session).digest('hex').slice(0, 24);
      return hanging({ cookie: `s-${handle}=${session}`, 'x-page': handle });
    });
    expect(new Set(await Promise.all(strangers.map(({ status }) => status)))).toEqual(new Set([409]));

    const own = [hanging(headers), hanging(headers), hanging(headers)];
    const first = await Promise.race(own.map(async ({ status }, index) => ({ index, status: await status })));
    expect(first.status).toBe(503);
    for (const { end } of own) end();
    const others = own.filter((_, index) => index !== first.index);
    expect(await Promise.all(others.map(({ status }) => status))).toEqual([200, 200]);
    expect((await piece(headers, 0, pdf)).status).toBe(200);
  });

  it.each([
    ['get', 'look'],
    ['get', 'picture?page=1&width=300&which=after'],
    ['get', 'text?page=1&which=after'],
    ['get', 'download'],
    ['post', 'begin'],
    ['post', 'append?offset=0'],
    ['post', 'analyse'],
    ['post', 'search'],
    ['post', 'decide'],
    ['post', 'reopen'],
    ['post', 'attest'],
    ['post', 'reject'],
    ['post', 'uploaded'],
  ])('answers no %s of %s from another site, or without its session', async (method, path) => {
    const { headers } = await begin('u', tokens.upload);
    const ask = (given: Record<string, string>) =>
      fetch(`${demo.address}/u/api/${path}`, { method, headers: given }).then(({ status }) => status);
    expect(await ask({ ...headers, origin: 'https://evil.example' })).toBe(403);
    expect(await ask({ ...headers, 'sec-fetch-site': 'cross-site', origin: demo.address })).toBe(403);
    expect(await ask({ 'x-page': headers['x-page'], origin: demo.address })).toBe(401);
    expect(demo.pages.done).toEqual([]);
  });
});

describe('the decision page', () => {
  it('shows who asks, wants a reason to decline, and takes one', async () => {
    const { headers, cookie } = await begin('d', tokens.decision);
    expect(cookie).toContain('Path=/d');
    const none = await post('/d/api/decide', { outcome: 'declined' }, headers);
    expect(none.status).toBe(409);
    const done = await post('/d/api/decide', { outcome: 'declined', reason: 'Not of our hospital.' }, headers);
    expect(await done.json()).toMatchObject({ outcome: 'declined', applicant: 'Dr. Noor Fictiva' });
    expect(demo.pages.done).toEqual(['declined']);
  });
});

describe('the sign-in', () => {
  const own = (given: Response) => (given.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

  it('goes to the provider and comes back in the browser that started it', async () => {
    const asked = await fetch(`${demo.address}/sign-in/good`, { redirect: 'manual' });
    const start = await fetch(`${demo.address}/sign-in/good/go`, {
      redirect: 'manual',
      headers: { cookie: own(asked) },
    });
    expect(start.status).toBe(302);
    expect(start.headers.get('location')).toContain('provider.example');
    // The first one takes the other page's cookie back.
    const cookie =
      start.headers
        .getSetCookie()
        .findLast((one) => one.startsWith('sign-in='))
        ?.split(';')[0] ?? '';
    const back = `${demo.address}/sign-in/callback?code=c&state=the-state`;
    expect((await fetch(back)).status).toBe(403);
    expect((await fetch(back.replace('the-state', 'other'), { headers: { cookie } })).status).toBe(403);
    expect(demo.pages.done).toEqual([]);
    const done = await fetch(back, { headers: { cookie } });
    expect(await done.text()).toContain('EU Login verified your account');
    expect(demo.pages.done).toEqual([back]);
  });
  it('says first for whom it is, and goes on from there alone', async () => {
    const asked = await fetch(`${demo.address}/sign-in/good`, { redirect: 'manual' });
    expect([asked.status, asked.headers.get('location')]).toEqual([200, null]);
    expect(await asked.text()).toMatch(/recorded for Dr\. Noor Fictiva.*href="\/sign-in\/good\/go"/s);
    expect(asked.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Strict/);
    const gone = (headers: Record<string, string>, token = 'good') =>
      fetch(`${demo.address}/sign-in/${token}/go`, { redirect: 'manual', headers }).then(({ headers: given }) =>
        given.get('location'),
      );
    const cookie = own(asked);
    expect(await gone({})).toBe('/sign-in/good');
    expect(await gone({ cookie: 'sign-in-asked=0' })).toBe('/sign-in/good');
    expect(await gone({ cookie }, 'another')).toBe('/sign-in/another');
    for (const site of ['cross-site', 'same-site', 'none'])
      expect(await gone({ cookie, 'sec-fetch-site': site })).toBe('/sign-in/good');
    expect(await gone({ cookie, 'sec-fetch-site': 'same-origin' })).toContain('provider.example');
  });
  it('says a used link in words', async () => {
    const used = await fetch(`${demo.address}/sign-in/used-up`, { redirect: 'manual' });
    expect(used.status).toBe(409);
    expect(await used.text()).toContain('This link was used.');
  });
});

describe('a calendar’s address', () => {
  it('gives the feed to subscribe to and a meeting’s file to download, and keeps itself to itself', async () => {
    const feed = await fetch(`${demo.address}/calendar/${tokens.calendar}.ics`);
    expect(feed.status).toBe(200);
    expect(feed.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(feed.headers.get('content-disposition')).toBeNull();
    expect(feed.headers.get('referrer-policy')).toBe('no-referrer');
    expect(feed.headers.get('cache-control')).toBe('private, no-cache');
    expect(feed.headers.get('x-robots-tag')).toBe('noindex');
    expect(await feed.text()).toBe('BEGIN:VCALENDAR\r\n');
    const one = await fetch(`${demo.address}/calendar/${tokens.calendar}/M-7K3F9Q2M.ics`);
    expect(one.headers.get('content-disposition')).toBe('attachment; filename=M-7K3F9Q2M.ics');
  });

  it.each([
    '/calendar/another-token-of-somebody.ics',
    `/calendar/${tokens.calendar}`,
    `/calendar/${tokens.calendar}/M-7K3F9Q2M`,
    `/calendar/${tokens.calendar}/..%2f..%2fetc.ics`,
    '/calendar/.ics',
    '/calendar/',
  ])('%s leads nowhere', async (path) => {
    expect((await fetch(`${demo.address}${path}`)).status).toBe(404);
  });
});
