import { describe, expect, it } from 'vitest';
import { SpoolFull, type Vault } from '../../domain/bytes.ts';
import { attestationStatements } from '../../domain/documents.ts';
import { testBundle } from '../../test/scrubber.ts';
import { keepHouse } from '../housekeeping.ts';
import { sessionOf } from '../pages/links.ts';
import { decide, give, leftOf, lookAtAll, openedPage, sample, settled, stateIn } from './testing.ts';

/** A moment in which the scrubber stands until it is let go. */
function gate() {
  let open = () => {};
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const wait = () =>
    new Promise<void>((resolve) => {
      open = resolve;
      arrive();
    });
  return { wait, arrived, open: () => open() };
}

/** Until the work in the background has ended, which no open session tells. */
const ended = () => new Promise((resolve) => setTimeout(resolve, 50));
const quarter = 0.26;

describe('nothing is left behind', () => {
  it.each(['analysing', 'redacting'] as const)('when the consent ends while the file is %s', async (moment) => {
    const { wait, arrived, open } = gate();
    const opened = await openedPage({ [moment]: wait });
    const { cast, caseId, page, session } = opened;
    const working = (async () => {
      await give(opened);
      await decide(opened);
    })().catch((error: unknown) => error);
    await arrived;
    const [document] = await cast.ports.store.find('document', { caseId }, { limit: 5 });
    await cast.clinician.sends('consent.withdraw', `${caseId}/care`);
    open();
    await working;
    await ended();
    expect((await cast.ports.store.load('document', document?.id ?? '')).state.stage).toBe('rejected');
    expect(await leftOf(cast, document?.id ?? '')).toEqual([]);
    expect(stateIn(await page.look(session)).document?.stage).toBe('rejected');
    expect(await page.reopen(session)).toHaveProperty('words');
  });

  it.each(['analysing', 'redacting'] as const)('when the file is thrown away while it is %s', async (moment) => {
    const { wait, arrived, open } = gate();
    const opened = await openedPage({ [moment]: wait });
    const { cast, page, session } = opened;
    const working = (async () => {
      await give(opened);
      await decide(opened);
    })().catch((error: unknown) => error);
    await arrived;
    const [document] = await cast.ports.store.find('document', {}, { limit: 5 });
    stateIn(await page.reject(session));
    open();
    await working;
    await ended();
    expect(await leftOf(cast, document?.id ?? '')).toEqual([]);
    expect(stateIn(await page.look(session)).document?.stage).toBe('rejected');
  });

  it('when the file is stopped on its way; a piece that comes late finds no place, and another file is taken', async () => {
    const opened = await openedPage();
    const { cast, page, session } = opened;
    const [first, rest] = [sample.subarray(0, 40), sample.subarray(40)];
    stateIn(await page.begin(session, sample.length));
    stateIn(await page.append(session, 0, first));
    const id = (await sessionOf(cast.ports, session, 'upload'))?.incoming?.document ?? '';
    expect(await leftOf(cast, id)).toEqual(['original']);
    expect(stateIn(await page.stop(session)).incoming).toBeUndefined();
    expect(await leftOf(cast, id)).toEqual([]);
    expect(await page.append(session, 40, rest)).toHaveProperty('refused', 'upload.no-file');
    expect(await leftOf(cast, id)).toEqual([]);
    expect((await give(opened)).review).toBeDefined();
  });

  it.each([
    ['a file', sample],
    ['a bundle', testBundle(sample, sample, sample)],
  ])(
    'when the search of %s is stopped: the work has ended with the answer, and the same file is taken again',
    async (_, file) => {
      const { wait, arrived, open } = gate();
      let waits = 1;
      const stopped: boolean[] = [];
      const opened = await openedPage({
        analysing: async ({ signal }) => {
          if (waits-- <= 0) return;
          signal?.addEventListener('abort', () => {
            stopped.push(true);
            open();
          });
          await wait();
        },
      });
      const { cast, page, session } = opened;
      const working = give(opened, file).catch((error: unknown) => error);
      await arrived;
      const [document] = await cast.ports.store.find('document', {}, { limit: 5 });
      const state = stateIn(await page.stop(session));
      expect(stopped).toEqual([true]);
      expect([state.work, state.document?.stage]).toEqual([undefined, 'rejected']);
      expect(await leftOf(cast, document?.id ?? '')).toEqual([]);
      await working;
      expect((await give(opened, file)).review).toBeDefined();
    },
  );

  it('when the removal is stopped, but the findings, which wait as before', async () => {
    const { wait, arrived, open } = gate();
    let waits = 1;
    const opened = await openedPage({ redacting: async () => (waits-- > 0 ? wait() : undefined) });
    const { cast, page, session } = opened;
    await give(opened);
    const deciding = decide(opened);
    await arrived;
    const stopping = page.stop(session);
    await ended();
    open();
    const { review, work } = stateIn(await stopping);
    await deciding;
    expect([review?.findings.length, review?.failed, work]).toEqual([3, undefined, undefined]);
    const [document] = await cast.ports.store.find('document', {}, { limit: 5 });
    expect(await leftOf(cast, document?.id ?? '')).not.toContain('vault');
    expect((await decide(opened)).document?.stage).toBe('scrubbed');
  });

  it('and nothing goes that was there before, where there is nothing to stop any more', async () => {
    const opened = await openedPage();
    const { page, session } = opened;
    expect(stateIn(await page.stop(session)).refused).toBeUndefined();
    await give(opened);
    expect(stateIn(await page.stop(session)).review?.findings).toHaveLength(3);
    await decide(opened);
    expect(stateIn(await page.stop(session)).document?.stage).toBe('scrubbed');
  });

  it.each(['analysing', 'redacting'] as const)('when the session ends while the file is %s', async (moment) => {
    const { wait, arrived, open } = gate();
    const opened = await openedPage({ [moment]: wait });
    const { cast } = opened;
    const working = (async () => {
      await give(opened);
      await decide(opened);
    })().catch((error: unknown) => error);
    await arrived;
    cast.clock.forward(1);
    open();
    await working;
    await ended();
    const [document] = await cast.ports.store.find('document', {}, { limit: 5 });
    expect(document?.state.stage).toBe('refused');
    expect(await leftOf(cast, document?.id ?? '')).toEqual([]);
  });

  it.each(['analysing', 'redacting'] as const)('when the scrubber breaks while it is %s', async (moment) => {
    const opened = await openedPage({ [moment]: () => Promise.reject(new Error('broken')) });
    const state = await give(opened).then((given) => (given.review ? decide(opened) : given));
    expect(state.refused?.reason).toBe('crashed');
    const [document] = await opened.cast.ports.store.find('document', {}, { limit: 5 });
    expect(await leftOf(opened.cast, document?.id ?? '')).toEqual([]);
  });

  it('when the consent is withdrawn during the review, and after the release', async () => {
    const opened = await openedPage();
    const { cast, caseId, page, session } = opened;
    await give(opened);
    const id = (await decide(opened)).document?.id ?? '';
    await lookAtAll(opened);
    stateIn(await page.attest(session, attestationStatements, 2));
    await cast.clinician.sends('consent.withdraw', `${caseId}/care`);
    expect(await page.download(session)).toHaveProperty('refused');
    expect(await leftOf(cast, id)).toEqual([]);
  });

  it('when the file is thrown away from the chat', async () => {
    const opened = await openedPage();
    await give(opened);
    const [document] = await opened.cast.ports.store.find('document', {}, { limit: 5 });
    await opened.cast.clinician.sends('document.reject', document?.id ?? '');
    expect(await leftOf(opened.cast, document?.id ?? '')).toEqual([]);
    expect(stateIn(await opened.page.look(opened.session)).document?.stage).toBe('rejected');
  });
});

describe('a file that nobody touches', () => {
  it('is gone after its minutes, and the page says so and takes it again', async () => {
    const opened = await openedPage();
    const { cast, page, session } = opened;
    await give(opened);
    cast.clock.forward(quarter * 0.8);
    expect(stateIn(await page.look(session)).review).toBeDefined();
    const [document] = await cast.ports.store.find('document', {}, { limit: 5 });
    cast.clock.forward(quarter);
    const state = stateIn(await page.look(session));
    expect(state).not.toHaveProperty('review');
    expect(state.refused).toMatchObject({ reason: 'left', words: expect.stringContaining('again') });
    expect((await cast.ports.store.load('document', document?.id ?? '')).state.stage).toBe('refused');
  });

  it('is gone in the middle of its coming in, too', async () => {
    const { cast, page, session } = await openedPage();
    await page.begin(session, 30);
    await page.append(session, 0, sample.subarray(0, 20));
    cast.clock.forward(quarter);
    expect(stateIn(await page.append(session, 20, sample.subarray(20, 30))).refused?.reason).toBe('left');
    expect(stateIn(await page.begin(session, 30)).incoming).toEqual({ size: 30, offset: 0 });
  });

  it('can be attested after that, but not reviewed again', async () => {
    const opened = await openedPage();
    const { cast, page, session } = opened;
    await give(opened);
    await decide(opened);
    cast.clock.forward(quarter);
    expect(stateIn(await page.look(session)).document).toMatchObject({ stage: 'scrubbed', reviewable: false });
    expect(await page.reopen(session)).toMatchObject({ refused: 'upload.review-gone' });
    expect(await page.picture(session, 1, 800, 'before')).toMatchObject({ refused: 'upload.no-review' });
    await lookAtAll(opened);
    expect(stateIn(await page.attest(session, attestationStatements, 2)).document?.stage).toBe('released');
  });

  it('is written off by the housekeeping, as after a restart of the process', async () => {
    const opened = await openedPage();
    const { cast } = opened;
    await give(opened);
    const [document] = await cast.ports.store.find('document', {}, { limit: 5 });
    const id = document?.id ?? '';
    await keepHouse(cast.ports);
    expect((await cast.ports.store.load('document', id)).state.stage).toBe('received');
    for (const part of ['original', 'prepared', 'analysis', 'review']) await cast.ports.spool.delete(`${part}:${id}`);
    await keepHouse(cast.ports);
    expect((await cast.ports.store.load('document', id)).state.stage).toBe('refused');
    const card = await cast.clinician.sends('document.show', id);
    expect(JSON.stringify(card)).toContain('Nobody worked on it');
  });
});

describe('when there is no place', () => {
  it('says so at the beginning, and for what was found', async () => {
    const opened = await openedPage();
    const { cast, page, session } = opened;
    const spool = cast.ports.spool as { put: (id: string, bytes: Uint8Array) => Promise<void> };
    const put = spool.put.bind(spool);
    spool.put = () => Promise.reject(new SpoolFull());
    expect(await page.begin(session, 10)).toMatchObject({ refused: 'upload.busy-full' });
    spool.put = (id, bytes) => (id.startsWith('analysis:') ? Promise.reject(new SpoolFull()) : put(id, bytes));
    expect((await give(opened)).refused?.reason).toBe('busy-full');
    const [document] = await cast.ports.store.find('document', {}, { limit: 5 });
    expect(await leftOf(cast, document?.id ?? '')).toEqual([]);
    spool.put = put;
    expect((await give(opened)).review).toBeDefined();
    await settled(page, session);
  });

  it('on the disk, nothing is done, the page says so, and goes on once there is', async () => {
    const opened = await openedPage();
    const vault = opened.cast.ports.vault as { -readonly [call in 'write' | 'delete']: Vault[call] };
    const [write, remove] = [vault.write.bind(vault), vault.delete.bind(vault)];
    const full = () => Promise.reject(new Error('database or disk is full'));
    [vault.write, vault.delete] = [full, full];
    await give(opened);
    const { review, document } = await decide(opened);
    expect([review?.failed, document]).toEqual([true, undefined]);
    expect(review?.decided).toBeDefined();
    [vault.write, vault.delete] = [write, remove];
    expect((await decide(opened)).document?.stage).toBe('scrubbed');
  });
});
