import { describe, expect, it } from 'vitest';
import { attestationStatements } from '../domain/documents.ts';
import type { Scrubber } from '../domain/ports.ts';
import { type Cast, createCast, hcp, openCase } from './conversations/testing.ts';
import { createLink, takeLink } from './links.ts';
import type { UploadState } from './pages.ts';
import { plainText } from './view.ts';

const original = new TextEncoder().encode('%PDF-1.7 with a secret');
const clean = new TextEncoder().encode('%PDF-1.7 clean');

/** Scrubs what begins like a PDF, to the same two pages; `before` runs while the file is being worked on. */
function scrubber(before: () => Promise<unknown> = async () => undefined): Scrubber {
  return {
    async scrub(file) {
      await before();
      if (new TextDecoder().decode(file).startsWith('throw')) throw new Error('broken');
      if (file[0] !== 0x25) return { outcome: 'refused', reason: 'not-a-pdf', params: { kind: 'docx' } };
      const notSearched = [
        { what: 'visible-text', pages: [] },
        { what: 'pictures', pages: [2] },
      ];
      const report = {
        format: 'pdf',
        bytesIn: 1,
        bytesOut: 1,
        pages: 2,
        removed: { metadata: 3 },
        notSearched,
        verified: ['same-picture'],
      } as const;
      return { outcome: 'scrubbed', file: clean, report };
    },
    picture: async (_file, page, width) => new Uint8Array([page, width / 100]),
    close: async () => undefined,
  };
}

async function opened(cast: Cast, caseId: string): Promise<string> {
  const { cards } = await cast.clinician.says(`attach ${caseId}`);
  const button = cards?.[0]?.buttons?.find((candidate) => 'url' in candidate);
  const begun = await cast.service.pages.begin(
    new URL(button && 'url' in button ? button.url : '').pathname.split('/').at(-1) ?? '',
  );
  if ('refused' in begun) throw new Error(begun.refused);
  return begun.session;
}

const state = (answer: UploadState | { refused: unknown; words?: string }) => answer as UploadState;

async function begun(work = scrubber()) {
  const cast = await createCast({ scrubber: work });
  const caseId = await openCase(cast, 'consented');
  return { cast, caseId, session: await opened(cast, caseId), page: cast.service.pages.upload };
}

describe('the upload page', () => {
  it('walks from the file to the purge', async () => {
    const { cast, session, page } = await begun();
    const received = state(await page.receive(session, original, 'Smith.pdf'));
    const id = received.document?.id ?? '';
    expect(received.document).toMatchObject({ stage: 'scrubbed', pages: 2, removed: { metadata: 3 } });
    expect(received.document?.notSearched).toContainEqual({ what: 'pictures', pages: [2] });
    expect(await page.picture(session, 2, 5000)).toEqual(new Uint8Array([2, 20]));
    expect(await page.picture(session, 3, 800)).toMatchObject({ refused: 'upload.no-such-page' });
    expect(await page.download(session)).toMatchObject({ refused: 'document.wrong-stage' });
    expect(await page.attest(session, attestationStatements, 1)).toMatchObject({ refused: 'document.pages-not-seen' });
    expect(await page.attest(session, attestationStatements.slice(1), 2)).toMatchObject({
      refused: 'document.statements-missing',
    });
    expect(state(await page.attest(session, attestationStatements, 2)).document?.stage).toBe('released');
    const download = await page.download(session);
    expect('file' in download && [download.name, Buffer.from(download.file)]).toEqual([
      `${id}.pdf`,
      Buffer.from(clean),
    ]);
    expect(state(await page.uploaded(session)).document?.stage).toBe('purged');
    expect(await cast.ports.vault.get(id)).toBeUndefined();
    const card = plainText((await cast.clinician.sends('document.show', id)).cards?.[0] ?? { title: '', body: [] });
    expect(card).toContain('metadata: 3');
    expect(JSON.stringify(await cast.ports.store.trail('document', id))).not.toContain('Smith');
  });

  it('says why a file was refused and how to go on, and takes the next one', async () => {
    const { cast, session, page } = await begun();
    const refused = state(await page.receive(session, new TextEncoder().encode('PK'), 'a.docx'));
    expect(refused.document).toBeUndefined();
    expect(refused.refused?.words).toContain('a Word document');
    expect(refused.refused?.words).toContain('Save as PDF');
    expect(state(await page.receive(session, new TextEncoder().encode('throw'), 'a.pdf')).refused?.reason).toBe(
      'crashed',
    );
    const taken = state(await page.receive(session, original, 'a.pdf'));
    expect(taken.document?.stage).toBe('scrubbed');
    expect(taken.refused).toBeUndefined();
    expect(await page.receive(session, original, 'b.pdf')).toMatchObject({ refused: 'upload.one-at-a-time' });
    expect(await cast.ports.store.count('document', { status: ['refused'] })).toBe(2);
    expect(state(await page.reject(session)).document?.stage).toBe('rejected');
    expect(await cast.ports.vault.get(taken.document?.id ?? '')).toBeUndefined();
    expect(state(await page.receive(session, original, 'c.pdf')).document?.stage).toBe('scrubbed');
  });

  it('does not let two files in at the same time', async () => {
    const { session, page } = await begun();
    const answers = await Promise.all([page.receive(session, original, 'a'), page.receive(session, original, 'b')]);
    expect(answers.filter((answer) => 'caseId' in answer)).toHaveLength(1);
    expect(answers.filter((answer) => 'refused' in answer && answer.refused === 'upload.busy')).toHaveLength(1);
  });

  it('keeps nothing when the consent ends while the file is being worked on', async () => {
    let withdraw = async () => {};
    const { cast, caseId, session, page } = await begun(scrubber(() => withdraw()));
    withdraw = async () => void (await cast.clinician.sends('consent.withdraw', `${caseId}/care`));
    const answer = await page.receive(session, original, 'a.pdf');
    expect(answer).toHaveProperty('words');
    const [document] = await cast.ports.store.find('document', { caseId }, { limit: 5 });
    expect(['rejected', 'refused']).toContain(document?.state.stage);
    expect(await cast.ports.vault.get(document?.id ?? '')).toBeUndefined();
  });

  it('gives no download once the consent is withdrawn', async () => {
    const { cast, caseId, session, page } = await begun();
    await page.receive(session, original, 'a.pdf');
    await page.attest(session, attestationStatements, 2);
    await cast.clinician.sends('consent.withdraw', `${caseId}/care`);
    expect(await page.download(session)).toHaveProperty('refused');
  });

  it('looks up at every call whether the person may still', async () => {
    const { cast, session, page } = await begun();
    await page.receive(session, original, 'a.pdf');
    const { execute } = await import('./execute.ts');
    const { system } = await import('../domain/people.ts');
    const grant = { role: 'member', hcp } as const;
    await execute(cast.ports, system, [
      { kind: 'person', id: cast.clinicianId, command: { type: 'person.revoke', grant } },
    ]);
    for (const answer of [
      await page.look(session),
      await page.picture(session, 1, 800),
      await page.attest(session, attestationStatements, 2),
    ])
      expect(answer).toMatchObject({ refused: 'access.denied' });
  });

  it('goes on with the same file from a new link, and not with somebody else’s', async () => {
    const { cast, session, page, caseId } = await begun();
    const id = state(await page.receive(session, original, 'a.pdf')).document?.id ?? '';
    const { cards } = await cast.clinician.sends('document.page', id);
    const link = cards?.[0]?.buttons?.find((button) => 'url' in button);
    const again = await cast.service.pages.begin((link && 'url' in link ? link.url : '').split('/u/')[1] ?? '');
    expect(state(await page.look('session' in again ? again.session : '')).document?.id).toBe(id);
    await cast.enter('assistant', 'Anna Assistant', [{ role: 'assistant', hcp }]);
    const person =
      (await cast.ports.store.personByIdentity({ platform: 'web', tenant: 'local', user: 'assistant' })) ?? '';
    const { token } = await createLink(cast.ports, { page: 'upload', person, ref: caseId, document: id }, 30);
    const theirs = await cast.service.pages.begin(token);
    expect(await page.look('session' in theirs ? theirs.session : '')).toMatchObject({ refused: 'access.denied' });
  });

  it('is over after its minutes', async () => {
    const { cast, session, page } = await begun();
    cast.clock.forward(1);
    expect(await page.look(session)).toMatchObject({ refused: 'session.gone' });
  });

  it('is not offered without an active consent for care', async () => {
    const cast = await createCast({ scrubber: scrubber() });
    const id = await openCase(cast, 'draft');
    const { cards } = await cast.clinician.says(`attach ${id}`);
    expect(cards?.[0]?.buttons?.some((button) => 'url' in button)).toBe(false);
    await cast.enter('colleague', 'Dr Carl Colleague', [{ role: 'member', hcp }]);
    const theirs = await cast.person('colleague').says(`attach ${id}`);
    expect(theirs.cards?.[0]?.buttons ?? []).toEqual([]);
  });
});

describe('a one-time link', () => {
  it('is used once, by its own kind of page only, within its time', async () => {
    const { ports, clock } = await createCast();
    const target = { page: 'upload', person: 'P-1', ref: 'C-1' } as const;
    const { token } = await createLink(ports, target, 30);
    expect(await takeLink(ports, token, ['decision'])).toBeUndefined();
    expect(await takeLink(ports, token, ['upload'])).toEqual(target);
    expect(await takeLink(ports, token, ['upload'])).toBeUndefined();
    const late = await createLink(ports, target, 30);
    clock.forward(1);
    expect(await takeLink(ports, late.token, ['upload'])).toBeUndefined();
    expect(await takeLink(ports, '../../etc', ['upload'])).toBeUndefined();
  });

  it('is kept under a hash: the token opens nothing by itself', async () => {
    const { ports } = await createCast();
    const { token } = await createLink(ports, { page: 'upload', person: 'P-1', ref: 'C-1' }, 30);
    for (const key of [token, `link:${token}`]) expect(await ports.kept.get(key)).toBeUndefined();
  });
});
