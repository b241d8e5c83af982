import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UploadState } from '../../bot/pages/pages.ts';
import { attestationStatements } from '../../domain/documents.ts';
import { eventually } from '../journeys/stage.ts';
import type { Hands } from '../journeys/way.ts';
import { childrenOf, scrubbingChild } from '../processes.ts';
import { known, letterPdf, planted, plantedWords } from './files.ts';
import { leftIn } from './left.ts';
import { type Product, startProduct, toACase, uploadLink } from './product.ts';
import { type Browser, openAt, send, settled, through } from './through.ts';

/** What somebody with bad intentions, or bad luck, can do to the upload page of the whole product. */
let folder: string;
let product: Product;
let clinician: Hands;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cpms-hostile-'));
  product = await startProduct(folder);
  clinician = await toACase(product.url);
}, 60_000);
afterAll(async () => {
  await product?.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = async () => openAt(await uploadLink(clinician));
const nothingLeft = () => expect(leftIn(folder, product.output())).toEqual([]);
const refusal = async (answer: Promise<Response>) => {
  const response = await answer;
  const text = await response.text();
  // Whatever is refused, nothing of it is said back.
  for (const word of plantedWords) expect(text).not.toContain(word);
  return [response.status, (JSON.parse(text) as { refused?: unknown }).refused];
};
const looked = async (page: Browser) => (await page.json('look')) as UploadState;

describe('the upload page withstands', () => {
  it('an upload that lies about its size, and one that is changed while it is searched', async () => {
    const page = await open();
    const letter = await letterPdf(1, 5);
    await page.json('begin', { size: letter.byteLength - 100 });
    expect(await refusal(page.post('append?offset=0', letter))).toEqual([409, 'upload.more-than-announced']);
    await page.json('begin', { size: letter.byteLength + 1 });
    await page.json('append?offset=0', letter);
    expect(await refusal(page.post('append?offset=5', letter))).toEqual([409, 'upload.more-than-announced']);
    expect(await refusal(page.post('analyse', { known }))).toEqual([409, 'upload.not-whole']);
    await send(page, letter);
    const huge = { known: { names: [planted.name.repeat(500_000)] } };
    expect(await refusal(page.post('analyse', huge))).toEqual([413, 'web.input']);
    await page.json('analyse', { known });
    // Everything at once, while the search is under way.
    const meanwhile = await Promise.all([
      refusal(page.post('decide', { accepted: [], added: [], flatten: false })),
      refusal(page.post('attest', { statements: attestationStatements, pagesSeen: 1 })),
      refusal(page.post('analyse', { known })),
      refusal(page.post('begin', { size: 5 })),
      refusal(page.get('download')),
    ]);
    expect(meanwhile.map(([status]) => status)).toEqual([409, 409, 409, 409, 409]);
    expect(await settled(page)).toHaveProperty('review.findings.2');
    await page.json('reject', {});
    nothingLeft();
  });

  it('decisions, pictures and searches that make no sense', async () => {
    const { page, state } = await through(await open(), await letterPdf(1, 5), known);
    expect(state).toHaveProperty('review.findings.2');
    const { findings } = state.review ?? { findings: [] };
    const decide = (what: object) => refusal(page.post('decide', { accepted: [], added: [], flatten: false, ...what }));
    const box = (left: number, width: number) => ({
      added: [{ page: 1, box: { left, top: 0.5, width, height: 0.1 } }],
    });
    for (const [what, status] of [
      [{ accepted: ['f999'] }, 409],
      [{ accepted: ['__proto__'] }, 409],
      [box(-0.1, 0.2), 400],
      [box(Number.NaN, 0.2), 400],
      [box(0.9, 0.2), 409],
      [box(0.5, 0), 409],
      [{ added: [{ page: 2, box: { left: 0, top: 0, width: 1, height: 1 } }] }, 409],
      [{ added: [{ page: 1, start: 0, end: 5 }] }, 409],
    ] as const)
      expect((await decide(what))[0]).toBe(status);
    for (const query of ['page=1&width=1e9', 'page=1e9&width=600', 'page=-1&width=600', 'page=1&width=NaN', 'page=1'])
      expect([400, 409]).toContain((await refusal(page.get(`picture?${query}&which=before`)))[0]);
    const began = Date.now();
    for (const phrase of ['.*', '(a+)+$', '[[[', '\\\\', '^(.*)*$', '\u0000\u0000', '’'.repeat(100)])
      expect([await page.json('search', { phrase }), phrase]).toEqual([{ places: [] }, phrase]);
    // No phrase is read as a pattern: a runaway one would stand still here.
    expect(Date.now() - began).toBeLessThan(20_000);
    expect(await page.json('search', { phrase: 'VANDERSMIT' })).toMatchObject({ places: [{ page: 1 }] });
    await page.json('decide', { accepted: findings.map(({ id }) => id), added: [], flatten: false });
    const { document } = await settled(page);
    expect(document?.stage).toBe('scrubbed');
    // Nobody looked at it.
    const attest = { statements: attestationStatements, pagesSeen: 1 };
    expect(await refusal(page.post('attest', attest))).toEqual([409, 'document.pages-not-seen']);
    expect(await refusal(page.get('download'))).toEqual([409, 'document.wrong-stage']);
    await page.json('reject', {});
    nothingLeft();
  });

  it('a second tab of the same session', async () => {
    const { page, state } = await through(await open(), await letterPdf(1, 5), known);
    const accepted = state.review?.findings.map(({ id }) => id) ?? [];
    const both = await Promise.all([0, 1].map(() => page.post('decide', { accepted, added: [], flatten: false })));
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 409]));
    expect((await settled(page)).document?.stage).toBe('scrubbed');
    const gone = await Promise.all([page.post('reject'), page.post('reject')]);
    expect(new Set(gone.map(({ status }) => status))).toEqual(new Set([200, 409]));
  });

  it('twenty pages of one person at once: five files are worked on, the others are told', async () => {
    const file = Buffer.from(`Patient: ${planted.name}\nThe aorta is 45 mm wide.\n`);
    const pages: Browser[] = [];
    for (let number = 0; number < 20; number += 1) {
      // Twenty links a minute are taken from one address; the tests before have used some.
      const page = await open();
      if (page.status === 429) break;
      pages.push(page);
    }
    expect(pages.length).toBeGreaterThan(10);
    const begun = await Promise.all(pages.map((page) => refusal(page.post('begin', { size: file.byteLength }))));
    const told = begun.flatMap(([status, code]) => (status === 200 ? [] : [code]));
    expect(new Set(told)).toEqual(new Set(['upload.too-many-of-yours']));
    const taken = pages.filter((_, index) => begun[index]?.[0] === 200);
    expect(taken).toHaveLength(5);
    const states = await Promise.all(
      taken.map(async (page) => {
        await page.json('append?offset=0', file);
        for (;;) {
          const [status, code] = await refusal(page.post('analyse', { known }));
          if (status === 200) return settled(page);
          // There is a bound on what is worked on: the page waits and asks again.
          expect(code).toBe('upload.too-many');
          await new Promise((resolve) => setTimeout(resolve, 300));
        }
      }),
    );
    expect(states.every(({ review }) => (review?.findings.length ?? 0) > 0)).toBe(true);
    nothingLeft();
    await Promise.all(taken.map((page) => page.json('reject', {})));
  });
});

describe('what ends in the middle', () => {
  let own: string;
  let running: Product;
  beforeEach(async () => {
    own = mkdtempSync(join(tmpdir(), 'cpms-hostile-'));
    running = await startProduct(own);
  });
  afterEach(async () => {
    await running.close();
    rmSync(own, { recursive: true, force: true });
  });

  it('a consent: nothing comes out of the search, nor of the review', async () => {
    const person = await toACase(running.url);
    const { page } = await through(await openAt(await uploadLink(person)), await letterPdf(1, 5), known);
    const searching = await openAt(await uploadLink(person));
    await send(searching, await letterPdf(60, 45));
    await searching.json('analyse', { known });
    await person.says('consent');
    await person.presses('Withdraw consent for care');
    expect((await settled(searching)).review).toBeUndefined();
    expect((await looked(page)).review).toBeUndefined();
    for (const one of [page, searching]) {
      for (const call of ['picture?page=1&width=600&which=before', 'picture?page=1&width=600&which=review', 'download'])
        expect((await one.get(call)).status).toBe(409);
      expect((await one.post('begin', { size: 10 })).status).toBe(409);
    }
    expect(leftIn(own, running.output())).toEqual([]);
  });

  it('the process that works on a file: the page says so, and takes it again', async () => {
    const page = await openAt(await uploadLink(await toACase(running.url)));
    await send(page, await letterPdf(60, 45));
    await page.json('analyse', { known });
    // A process that has not begun yet is merely replaced.
    await eventually(async () => (await looked(page)).work?.done || undefined, 'a page that was worked on');
    const killed = await eventually(
      async () =>
        childrenOf(running.pid, scrubbingChild).map((pid) => process.kill(pid, 'SIGKILL')).length || undefined,
      'a child process',
    );
    expect(killed).toBeGreaterThan(0);
    expect((await settled(page)).refused).toMatchObject({ reason: 'crashed', words: expect.stringMatching(/again/) });
    expect(leftIn(own, running.output())).toEqual([]);
    expect((await through(page, await letterPdf(1, 5), known)).state).toHaveProperty('review');
  });

  it('a process: nothing of the file is left, and the page says so', async () => {
    const link = await uploadLink(await toACase(running.url));
    // More than the spool holds in memory: a part of it is on the disk, sealed.
    const file = Buffer.concat([await letterPdf(1, 5), Buffer.alloc(9_000_000, `% ${planted.name}\n`)]);
    const page = await openAt(link);
    await send(page, file);
    await page.json('analyse', { known });
    expect(readdirSync(join(own, 'spool')).length).toBeGreaterThan(0);
    await settled(page);
    expect(leftIn(own, running.output())).toEqual([]);
    const log = running.output();
    const { port } = new URL(running.url);
    await running.kill();
    running = await startProduct(own, port);
    expect(leftIn(own, log + running.output())).toEqual([]);
    expect(readdirSync(own)).not.toContain('spool');
    const { review, refused } = await looked(page);
    expect(review).toBeUndefined();
    expect(refused).toMatchObject({ reason: 'left', words: expect.stringMatching(/again/) });
    expect((await through(page, await letterPdf(1, 5), known)).state).toHaveProperty('review');
  });
});
