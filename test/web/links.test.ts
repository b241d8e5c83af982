import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
const octets = { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent('bericht ä.pdf') };

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
  it('goes from a file to what was uploaded', async () => {
    const { headers } = await begin('u', tokens.upload);
    const given = await post('/u/api/file', pdf, { ...headers, ...octets });
    expect(await given.json()).toMatchObject({ document: { stage: 'scrubbed', pages: 3 } });
    expect(demo.pages.done).toEqual(['received 13 bericht ä.pdf']);
    const own = { ...headers, origin: demo.address };
    const picture = await fetch(`${demo.address}/u/api/picture?page=1&width=300`, { headers: own });
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect((await fetch(`${demo.address}/u/api/picture?page=1&width=9000`, { headers: own })).status).toBe(400);
    expect((await fetch(`${demo.address}/u/api/picture?page=9&width=300`, { headers: own })).status).toBe(409);
    const bad = await post('/u/api/attest', { statements: ['anything'], pagesSeen: 3 }, headers);
    expect(bad.status).toBe(400);
    const statements = ['looked-at-every-page', 'comments-and-annotations', 'no-identifier-left'];
    const released = await post('/u/api/attest', { statements, pagesSeen: 3 }, headers);
    expect(await released.json()).toMatchObject({ document: { stage: 'released' } });
    const file = await fetch(`${demo.address}/u/api/download`, { headers: own });
    expect(file.headers.get('content-disposition')).toBe('attachment; filename=D-1.pdf');
    const end = await post('/u/api/uploaded', undefined, headers);
    expect(await end.json()).toMatchObject({ document: { stage: 'uploaded' } });
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

  it('takes no more bytes than the limit, announced or not, and plain bytes alone', async () => {
    const { headers } = await begin('u', tokens.upload);
    const large = new Uint8Array(2_000_001);
    expect((await post('/u/api/file', large, { ...headers, ...octets })).status).toBe(413);
    const stream = new ReadableStream({
      start(out) {
        for (let chunk = 0; chunk < 25; chunk++) out.enqueue(new Uint8Array(100_000));
        out.close();
      },
    });
    const chunked = await fetch(`${demo.address}/u/api/file`, {
      method: 'POST',
      headers: { ...headers, ...octets, origin: demo.address },
      body: stream,
      duplex: 'half',
    } as RequestInit).then(
      ({ status }) => status,
      () => 'closed',
    );
    expect([413, 'closed']).toContain(chunked);
    expect((await post('/u/api/file', pdf, { ...headers, 'content-type': 'application/pdf' })).status).toBe(415);
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
  it('goes to the provider and comes back in the browser that started it', async () => {
    const start = await fetch(`${demo.address}/sign-in/good`, { redirect: 'manual' });
    expect(start.status).toBe(302);
    expect(start.headers.get('location')).toContain('provider.example');
    const cookie = (start.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const back = `${demo.address}/sign-in/callback?code=c&state=the-state`;
    expect((await fetch(back)).status).toBe(403);
    expect((await fetch(back.replace('the-state', 'other'), { headers: { cookie } })).status).toBe(403);
    expect(demo.pages.done).toEqual([]);
    const done = await fetch(back, { headers: { cookie } });
    expect(await done.text()).toContain('EU Login verified your account');
    expect(demo.pages.done).toEqual([back]);
  });
  it('says a used link in words', async () => {
    const used = await fetch(`${demo.address}/sign-in/used-up`, { redirect: 'manual' });
    expect(used.status).toBe(409);
    expect(await used.text()).toContain('This link was used.');
  });
});
