import { describe, expect, it } from 'vitest';
import { attestationStatements } from '../../domain/documents.ts';
import { system } from '../../domain/people.ts';
import { testPdf } from '../../test/scrubber.ts';
import { createCast, hcp, openCase } from '../conversations/testing.ts';
import { execute } from '../execute.ts';
import { createLink } from '../pages/links.ts';
import type { Refused, UploadState } from '../pages/pages.ts';
import { plainText } from '../view.ts';
import {
  decide,
  give,
  leftOf,
  lookAtAll,
  openedPage,
  openPage,
  reviewIn,
  sample,
  settled,
  stateIn,
} from './testing.ts';

const refusalOf = (answer: UploadState | Refused): string => ('words' in answer ? answer.refused : '');
const words = (bytes: Uint8Array | object) => (bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : bytes);

describe('the upload page', () => {
  it('lets a person work on five files at a time, and on another when one of them is gone', async () => {
    const { cast, caseId, page } = await openedPage();
    const sessions = await Promise.all(Array.from({ length: 6 }, () => openPage(cast, caseId)));
    const begun = await Promise.all(sessions.map((session) => page.begin(session, 10)));
    expect(begun.map(refusalOf).toSorted()).toEqual(['', '', '', '', '', 'upload.too-many-of-yours']);
    await cast.ports.spool.close();
    expect(refusalOf(await page.begin(sessions[5] ?? '', 10))).toBe('');
  });

  it('walks from the file to the purge', async () => {
    const opened = await openedPage();
    const { cast, session, page } = opened;
    const review = reviewIn(await give(opened));
    expect(review).toMatchObject({ format: 'pdf', removed: { metadata: 1 } });
    expect(review.findings.map(({ id, kind, page: at, certainty }) => [id, kind, at, certainty])).toEqual([
      ['f1', 'name', 1, 'certain'],
      ['f2', 'date', 1, 'possible'],
      ['f3', 'name', 2, 'certain'],
    ]);
    expect(JSON.stringify(review)).not.toContain('Smith');
    expect(words(await page.picture(session, 1, 900, 'before'))).toMatch(/^900 annotated: %hidden by Smith\nMrs/);
    expect(words(await page.picture(session, 1, 900, 'review'))).toMatch(/^900: Mrs Smith/);
    expect(await page.picture(session, 1, 900, 'after')).toMatchObject({ refused: 'document.wrong-stage' });

    const scrubbed = await decide(opened, { accepted: ['f1', 'f3'] });
    const id = scrubbed.document?.id ?? '';
    expect(scrubbed.document).toMatchObject({
      stage: 'scrubbed',
      format: 'pdf',
      pages: 2,
      redacted: { name: 2 },
      kept: { date: 1 },
      notSearched: [{ what: 'pictures-not-read', pages: [1] }],
      reviewable: true,
    });
    expect(words(await page.picture(session, 1, 5000, 'after'))).toBe('2000: Mrs █████ came\non 2026-03-01.');
    expect(words(await page.picture(session, 1, 900, 'before'))).toContain('Mrs Smith');
    expect(await page.picture(session, 3, 800, 'after')).toMatchObject({ refused: 'upload.no-such-page' });
    expect(await page.download(session)).toMatchObject({ refused: 'document.wrong-stage' });

    await lookAtAll(opened);
    expect(await page.attest(session, attestationStatements, 1)).toMatchObject({ refused: 'document.pages-not-seen' });
    expect(await page.attest(session, attestationStatements.slice(1), 2)).toMatchObject({
      refused: 'document.statements-missing',
    });
    expect(await leftOf(cast, id)).toContain('original');
    expect(stateIn(await page.attest(session, attestationStatements, 2)).document?.stage).toBe('released');
    expect(await leftOf(cast, id)).toEqual(['vault']);
    const download = await page.download(session);
    expect('file' in download && [download.name, words(await download.file.read(0, download.file.length))]).toEqual([
      `${id}.pdf`,
      words(testPdf('Mrs █████ came\non 2026-03-01.', 'Dr █████ wrote.')),
    ]);
    expect(stateIn(await page.uploaded(session)).document?.stage).toBe('purged');
    expect(await leftOf(cast, id)).toEqual([]);
    const card = plainText((await cast.clinician.sends('document.show', id)).cards?.[0] ?? { title: '', body: [] });
    expect(card).toContain('metadata: 1');
    expect(card).toContain('names: 2');
    expect(JSON.stringify(await cast.ports.store.trail('document', id))).not.toContain('Smith');
  });

  it('shows a text file as text, redacts parts of it, and gives it back as text', async () => {
    const opened = await openedPage();
    const { session, page } = opened;
    const review = reviewIn(await give(opened, new TextEncoder().encode('Mrs Smith came.')));
    expect(review).toMatchObject({ format: 'text', findings: [{ start: 4, end: 9, boxes: [] }] });
    expect(await page.picture(session, 1, 800, 'review')).toMatchObject({ refused: 'upload.other-view' });
    expect(await page.text(session, 1, 'review')).toEqual({ text: 'Mrs Smith came.' });
    expect(await page.text(session, 2, 'review')).toMatchObject({ refused: 'upload.no-such-page' });
    const added = [{ page: 1, start: 10, end: 14 }];
    expect((await decide(opened, { added })).document).toMatchObject({ redacted: { name: 1, drawn: 1 } });
    expect(await page.text(session, 1, 'after')).toEqual({ text: 'Mrs █████ ████.' });
    stateIn(await page.attest(session, attestationStatements, 1));
    const download = await page.download(session);
    expect('name' in download && download.name).toMatch(/^D-[0-9A-Z]{8}\.txt$/);
  });

  it('says why a file was refused and how to go on, and takes the next one', async () => {
    const opened = await openedPage();
    const { cast, session, page } = opened;
    const refused = await give(opened, new TextEncoder().encode('PK'));
    expect(refused).not.toHaveProperty('document');
    expect(refused.refused?.words).toContain('a Word document');
    expect(refused.refused?.words).toContain('Print to PDF');
    expect((await give(opened, new TextEncoder().encode('throw'))).refused?.reason).toBe('crashed');
    expect(stateIn(await page.begin(session, 2_100_000_000)).refused?.words).toContain('2000 MB');
    const review = await give(opened);
    expect(review.refused).toBeUndefined();
    expect(await page.begin(session, 10)).toMatchObject({ refused: 'upload.one-at-a-time' });
    expect(await cast.ports.store.count('document', { status: ['refused'] })).toBe(2);
    const [document] = await cast.ports.store.find('document', { status: ['received'] }, { limit: 5 });
    const id = document?.id ?? '';
    expect(stateIn(await page.reject(session)).document?.stage).toBe('rejected');
    expect(await leftOf(cast, id)).toEqual([]);
    expect(reviewIn(await give(opened)).findings).toHaveLength(3);
  });

  it('tells the chat card of a refused file why', async () => {
    const opened = await openedPage();
    await give(opened, new TextEncoder().encode('locked'));
    const [document] = await opened.cast.ports.store.find('document', { status: ['refused'] }, { limit: 5 });
    const { cards } = await opened.cast.clinician.sends('document.show', document?.id ?? '');
    expect(plainText(cards?.[0] ?? { title: '', body: [] })).toContain('without a password');
  });
});

describe('a file comes in', () => {
  it('piece by piece, from where it stands', async () => {
    const { session, page } = await openedPage();
    expect(await page.append(session, 0, new Uint8Array(1))).toMatchObject({ refused: 'upload.no-file' });
    expect(stateIn(await page.begin(session, 30)).incoming).toEqual({ size: 30, offset: 0 });
    expect(stateIn(await page.append(session, 0, sample.subarray(0, 10))).incoming?.offset).toBe(10);
    expect(stateIn(await page.append(session, 0, sample.subarray(0, 10))).incoming?.offset).toBe(10);
    expect(stateIn(await page.append(session, 20, sample.subarray(20, 30))).incoming?.offset).toBe(10);
    expect(await page.analyse(session, { names: [] })).toMatchObject({ refused: 'upload.not-whole' });
    expect(await page.append(session, 10, sample.subarray(0, 21))).toMatchObject({
      refused: 'upload.more-than-announced',
    });
    expect(stateIn(await page.append(session, 10, sample.subarray(10, 30))).incoming?.offset).toBe(30);
    expect(stateIn(await page.look(session)).incoming).toEqual({ size: 30, offset: 30 });
  });

  it('once: a new beginning drops the former', async () => {
    const opened = await openedPage();
    const { cast, session, page } = opened;
    await page.begin(session, 30);
    await page.append(session, 0, sample.subarray(0, 30));
    await page.begin(session, 5);
    expect(stateIn(await page.look(session)).incoming).toEqual({ size: 5, offset: 0 });
    expect(await cast.ports.store.count('document', {})).toBe(0);
  });

  it('not without a consent, and nothing of it stays when the consent ends', async () => {
    const { cast, caseId, session, page } = await openedPage();
    await page.begin(session, sample.byteLength);
    await page.append(session, 0, sample);
    await cast.clinician.sends('consent.withdraw', `${caseId}/care`);
    expect(await page.append(session, sample.byteLength, new Uint8Array())).toMatchObject({
      refused: 'consent.care-inactive',
    });
    expect(stateIn(await page.look(session)).incoming).toBeUndefined();
    expect(await page.begin(session, 10)).toMatchObject({ refused: 'consent.care-inactive' });
  });

  it('and what the person typed of the patient is searched for, and written nowhere', async () => {
    const opened = await openedPage();
    const known = { names: ['wrote'] };
    expect(reviewIn(await give(opened, sample, known)).findings).toHaveLength(4);
    const { ports } = opened.cast;
    const [document] = await ports.store.find('document', {}, { limit: 5 });
    const analysis = await ports.spool.get(`analysis:${document?.id}`);
    expect(JSON.stringify(await ports.store.trail('document', document?.id ?? ''))).not.toContain('wrote');
    expect(Buffer.from(analysis ?? []).includes('names')).toBe(false);
  });
});

describe('the review', () => {
  it('finds every place of a phrase', async () => {
    const opened = await openedPage();
    const { session, page } = opened;
    expect(await page.search(session, 'smith')).toMatchObject({ refused: 'upload.no-file' });
    await give(opened);
    const found = await page.search(session, 'SMITH');
    expect('places' in found && found.places.map((place) => place.page)).toEqual([1, 2]);
    const second = await page.search(session, 'came on');
    expect('places' in second && second.places).toHaveLength(2);
    if (!('places' in found)) throw new Error(found.refused);
    const state = await decide(opened, { accepted: [], added: found.places });
    expect(state.document).toMatchObject({ redacted: { drawn: 2 }, kept: { date: 1 } });
    expect(await page.search(session, 'smith')).toMatchObject({ refused: 'upload.no-review' });
  });

  it('takes no finding and no place that there is not', async () => {
    const opened = await openedPage();
    await give(opened);
    const { session, page } = opened;
    const decided = { accepted: [], added: [], flatten: false };
    const box = { left: 0.1, top: 0.1, width: 0.5, height: 0.5 };
    expect(await page.decide(session, { ...decided, accepted: ['f4'] })).toMatchObject({
      refused: 'upload.finding-unknown',
    });
    for (const added of [
      { page: 3, box },
      { page: 0, box },
      { page: 1, box: { ...box, width: 0.95 } },
      { page: 1, box: { ...box, height: 0 } },
      { page: 1, box: { ...box, left: Number.NaN } },
      { page: 1, start: 0, end: 3 },
    ])
      expect(await page.decide(session, { ...decided, added: [added] })).toMatchObject({
        refused: 'upload.place-unknown',
      });
    expect(reviewIn(stateIn(await page.look(session))).decided).toBeUndefined();
  });

  it('is opened again with what was decided, and what was applied is dropped', async () => {
    const opened = await openedPage();
    const { cast, session, page } = opened;
    await give(opened);
    const first = await decide(opened, { accepted: ['f1'], flatten: true });
    const id = first.document?.id ?? '';
    expect(first.document?.notSearched).toContainEqual({ what: 'rasterised', pages: [] });
    await lookAtAll(opened);
    const reopened = reviewIn(stateIn(await page.reopen(session)));
    expect(reopened.decided).toEqual({ accepted: ['f1'], added: [], flatten: true });
    expect(await cast.ports.vault.get(id)).toBeUndefined();
    expect(await page.attest(session, attestationStatements, 2)).toMatchObject({ refused: 'document.wrong-stage' });
    expect((await decide(opened)).document).toMatchObject({ redacted: { name: 2, date: 1 }, kept: {} });
    // What was looked at was another file.
    expect(await page.attest(session, attestationStatements, 2)).toMatchObject({
      refused: 'document.pages-not-seen',
      params: { seen: 0, pages: 2 },
    });
    const types = (await cast.ports.store.trail('document', id)).map(({ event }) => event.type);
    expect(types).toEqual(['document-received', 'document-scrubbed', 'document-reopened', 'document-scrubbed']);
  });

  it('does nothing twice: not analyse, decide, reopen, nor two of them at once', async () => {
    let open = () => {};
    const gate = () =>
      new Promise<void>((resolve) => {
        open = resolve;
      });
    const opened = await openedPage({ analysing: gate, redacting: gate });
    const { cast, session, page } = opened;
    const decided = { accepted: ['f1'], added: [], flatten: false };
    await page.begin(session, sample.byteLength);
    await page.append(session, 0, sample);
    const twice = await Promise.all([page.analyse(session, { names: [] }), page.analyse(session, { names: [] })]);
    expect(twice.map(refusalOf).toSorted()).toEqual(['', 'upload.busy']);
    for (const answer of [
      await page.analyse(session, { names: [] }),
      await page.decide(session, decided),
      await page.reopen(session),
      await page.attest(session, attestationStatements, 2),
    ])
      expect(answer).toMatchObject({ refused: 'upload.busy' });
    expect(await page.begin(session, 10)).toMatchObject({ refused: 'upload.one-at-a-time' });
    expect(stateIn(await page.look(session)).work).toEqual({ phase: 'preparing', done: 0, of: 1 });
    open();
    await settled(page, session);
    const both = await Promise.all([page.decide(session, decided), page.decide(session, decided)]);
    expect(both.map(refusalOf).toSorted()).toEqual(['', 'upload.busy']);
    expect(await page.decide(session, decided)).toMatchObject({ refused: 'upload.busy' });
    open();
    expect((await settled(page, session)).document?.stage).toBe('scrubbed');
    expect(await page.decide(session, decided)).toMatchObject({ refused: 'document.wrong-stage' });
    expect(await page.analyse(session, { names: [] })).toMatchObject({ refused: 'upload.no-file' });
    expect(await cast.ports.store.count('document', {})).toBe(1);
  });
});

describe('the attestation', () => {
  it('counts pages that were asked for by this session, wide enough to be read', async () => {
    const opened = await openedPage();
    const { cast, session, page } = opened;
    await give(opened);
    const id = (await decide(opened)).document?.id ?? '';
    const attest = (given: string) => page.attest(given, attestationStatements, 2);
    expect(await attest(session)).toMatchObject({ refused: 'document.pages-not-seen', params: { seen: 0 } });
    await page.picture(session, 1, 800, 'after');
    await page.picture(session, 1, 900, 'after');
    await page.picture(session, 2, 800, 'review');
    await page.picture(session, 2, 599, 'after');
    expect(await attest(session)).toMatchObject({ refused: 'document.pages-not-seen', params: { seen: 1 } });
    const { token } = await createLink(
      cast.ports,
      { page: 'upload', person: cast.clinicianId, ref: opened.caseId, document: id },
      30,
    );
    const other = await cast.service.pages.begin(token);
    await page.picture('session' in other ? other.session : '', 2, 800, 'after');
    expect(await attest(session)).toMatchObject({ refused: 'document.pages-not-seen' });
    await page.picture(session, 2, 600, 'after');
    expect(stateIn(await attest(session)).document?.stage).toBe('released');
  });
});

describe('who may', () => {
  it('is looked up at every call', async () => {
    const opened = await openedPage();
    const { cast, session, page } = opened;
    await give(opened);
    const grant = { role: 'member', hcp } as const;
    await execute(cast.ports, system, [
      { kind: 'person', id: cast.clinicianId, command: { type: 'person.revoke', grant } },
    ]);
    for (const answer of [
      await page.look(session),
      await page.picture(session, 1, 800, 'review'),
      await page.search(session, 'Smith'),
      await page.decide(session, { accepted: [], added: [], flatten: false }),
      await page.attest(session, attestationStatements, 2),
    ])
      expect(answer).toMatchObject({ refused: 'access.denied' });
  });

  it('goes on with the same file from a new link, at the review and after it; nobody else does', async () => {
    const opened = await openedPage();
    const { cast, page, caseId } = opened;
    await give(opened);
    const [document] = await cast.ports.store.find('document', {}, { limit: 5 });
    const id = document?.id ?? '';
    const again = async () => {
      const { cards } = await cast.clinician.sends('document.page', id);
      const link = cards?.[0]?.buttons?.find((button) => 'url' in button);
      const begun = await cast.service.pages.begin((link && 'url' in link ? link.url : '').split('/u/')[1] ?? '');
      return 'session' in begun ? begun.session : '';
    };
    const second = await again();
    expect(reviewIn(stateIn(await page.look(second))).findings).toHaveLength(3);
    expect((await decide({ page, session: second })).document?.id).toBe(id);
    expect(stateIn(await page.look(await again())).document?.stage).toBe('scrubbed');
    await cast.enter('assistant', 'Anna Assistant', [{ role: 'assistant', hcp }]);
    const person =
      (await cast.ports.store.personByIdentity({ platform: 'web', tenant: 'local', user: 'assistant' })) ?? '';
    const { token } = await createLink(cast.ports, { page: 'upload', person, ref: caseId, document: id }, 30);
    const theirs = await cast.service.pages.begin(token);
    expect(await page.look('session' in theirs ? theirs.session : '')).toMatchObject({ refused: 'access.denied' });
  });

  it('is over after its minutes', async () => {
    const { cast, session, page } = await openedPage();
    cast.clock.forward(1);
    expect(await page.look(session)).toMatchObject({ refused: 'session.gone' });
  });

  it('needs an active consent for care', async () => {
    const cast = await createCast();
    const id = await openCase(cast, 'draft');
    const { cards } = await cast.clinician.says(`attach ${id}`);
    expect(cards?.[0]?.buttons?.some((button) => 'url' in button)).toBe(false);
    await cast.enter('colleague', 'Dr Carl Colleague', [{ role: 'member', hcp }]);
    const theirs = await cast.person('colleague').says(`attach ${id}`);
    expect(theirs.cards?.[0]?.buttons?.map((button) => ('action' in button ? button.action : button.url))).toEqual([
      'support.begin',
    ]);
  });
});
