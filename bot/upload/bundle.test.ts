import { describe, expect, it } from 'vitest';
import { testBundle, testPdf } from '../../test/scrubber.ts';
import { decide, give, leftOf, openedPage, reviewIn, sample, settled, stateIn } from './testing.ts';

const words = (text: string) => new TextEncoder().encode(text);
const read = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const bundle = testBundle(words('Smith was here\f2026-03-01'), words('locked'), testPdf('Dr Smith', 'second'));

describe('a bundle', () => {
  it('is analysed, shown and redacted file by file, and given whole', async () => {
    const opened = await openedPage();
    const { cast, page, session } = opened;
    const state = await give(opened, bundle);
    expect(reviewIn(state)).toMatchObject({ format: 'zip', pages: [{}, {}, { picture: true }, { picture: true }] });
    expect(await page.files(session, 0, false)).toEqual({
      total: 3,
      refused: 1,
      files: [
        { number: 1, name: '1.txt' },
        { number: 2, refused: expect.stringContaining('password') as string },
        { number: 3, name: '3.txt' },
      ],
    });
    expect(await page.files(session, 0, true)).toMatchObject({ total: 3, files: [{ number: 2 }] });
    expect(await page.files(session, 1, false)).toMatchObject({ files: [{ number: 2 }, { number: 3 }] });
    expect(await page.text(session, 2, 'review')).toEqual({ text: '2026-03-01' });
    expect(await page.text(session, 3, 'review')).toEqual({ picture: true });
    expect(read((await page.picture(session, 4, 600, 'before')) as Uint8Array)).toContain('second');
    const places = await page.search(session, 'second');
    expect(places).toMatchObject({ places: [{ page: 4 }] });
    const { document } = await decide(opened);
    expect(document).toMatchObject({ stage: 'scrubbed', format: 'zip', pages: 4, redacted: { name: 2, date: 1 } });
    expect(await page.text(session, 1, 'after')).toEqual({ text: '█████ was here' });
    expect(read((await page.picture(session, 3, 600, 'after')) as Uint8Array)).toContain('Dr █████');
    expect(await page.text(session, 5, 'after')).toMatchObject({ refused: 'upload.no-such-page' });
    // What became of its files is told to the end.
    expect(await page.files(session, 0, true)).toMatchObject({ total: 3, refused: 1 });
    // The bundle as it came is not needed any more.
    expect(await cast.ports.spool.length(`original:${document?.id}`)).toBe(0);
    stateIn(await page.reject(session));
    expect(await leftOf(cast, document?.id ?? '')).toEqual([]);
  });

  it('tells of its files while they are worked on', async () => {
    let go = () => {};
    const waits: Promise<void>[] = [];
    const opened = await openedPage({ analysing: () => waits.pop() ?? Promise.resolve() });
    const { page, session } = opened;
    stateIn(await page.begin(session, bundle.byteLength));
    stateIn(await page.append(session, 0, bundle));
    waits.push(
      new Promise<void>((resolve) => {
        go = resolve;
      }),
      Promise.resolve(),
      Promise.resolve(),
    );
    const { work } = stateIn(await page.analyse(session, { names: [] }));
    expect(work?.phase).toBe('preparing');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stateIn(await page.look(session)).work).toMatchObject({ done: 2, of: 3, files: { looked: 2, refused: 1 } });
    expect(await page.files(session, 0, false)).toMatchObject({ total: 2, refused: 1 });
    go();
    expect((await settled(page, session)).review).toBeDefined();
  });

  it('that is thrown away in the middle of the work is let go of between two files', async () => {
    let looked = 0;
    const opened = await openedPage({
      analysing: async () => {
        looked += 1;
        if (looked === 2) stateIn(await opened.page.reject(opened.session));
      },
    });
    const { cast } = opened;
    await give(opened, testBundle(...Array.from({ length: 9 }, () => words('Smith'))));
    expect(looked).toBe(2);
    const [document] = await cast.ports.store.find('document', {}, { limit: 5 });
    expect(await leftOf(cast, document?.id ?? '')).toEqual([]);
  });

  it('may be larger than a file; what is no bundle may not, and is not waited for', async () => {
    const { cast, page, session } = await openedPage();
    const { fileBytes, bundleBytes } = cast.ports.settings;
    expect(stateIn(await page.begin(session, fileBytes + 1)).incoming).toBeDefined();
    expect(stateIn(await page.append(session, 0, words('PK\u0003\u0004'))).incoming).toBeDefined();
    stateIn(await page.begin(session, fileBytes + 1));
    expect(stateIn(await page.append(session, 0, sample)).refused?.words).toContain('50 MB');
    expect(stateIn(await page.begin(session, bundleBytes + 1)).refused?.words).toContain('2000 MB');
  });

  it('is not begun where there is no room for it', async () => {
    const { cast, page, session } = await openedPage();
    const spool = cast.ports.spool as { hasRoom: (bytes: number) => Promise<boolean> };
    const asked: number[] = [];
    spool.hasRoom = async (bytes) => {
      asked.push(bytes);
      return false;
    };
    expect(await page.begin(session, 1_000_000_000)).toMatchObject({ refused: 'upload.busy-full' });
    expect(asked).toEqual([2_000_000_000]);
  });
});

it('a session goes on while somebody works in it, for hours and no longer', async () => {
  const opened = await openedPage();
  const { cast, page, session } = opened;
  await give(opened);
  const first = Date.parse(stateIn(await page.look(session)).expiresAt);
  let last = first;
  for (let minutes = 0; minutes < 9 * 60; minutes += 10) {
    cast.clock.forward(1 / 6);
    const state = await page.look(session);
    if ('words' in state) break;
    last = Date.parse(state.expiresAt);
  }
  expect(Math.round((last - first) / 60_000)).toBe(8 * 60 - 30);
  expect(await page.look(session)).toMatchObject({ refused: 'session.gone' });
});

it('a DICOM file may be larger than others, and is told apart by its first bytes', async () => {
  const { cast, page, session } = await openedPage();
  const { fileBytes, dicomBytes } = cast.ports.settings;
  const head = new Uint8Array(200);
  head.set(words('DICM'), 128);
  stateIn(await page.begin(session, dicomBytes));
  expect(stateIn(await page.append(session, 0, head)).incoming).toMatchObject({ offset: 200 });
  stateIn(await page.begin(session, dicomBytes + 1));
  const refused = stateIn(await page.append(session, 0, head)).refused?.words;
  expect(refused).toContain('100 MB');
  expect(refused).toContain('single images');
  stateIn(await page.begin(session, fileBytes + 1));
  expect(stateIn(await page.append(session, 0, new Uint8Array(200))).refused?.reason).toBe('too-large');
});
