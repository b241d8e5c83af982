import { describe, expect, it } from 'vitest';
import { plainText } from '../../view.ts';
import { createCast, hcp, idSeen, openCase, signedForm } from '../testing.ts';
import { majorityProblem } from './consent.ts';

const words = (answer: { cards?: readonly Parameters<typeof plainText>[0][] }) =>
  (answer.cards ?? []).map(plainText).join('\n');

describe('a case', () => {
  it('walks from the pseudonym to enrolled, and says at each step what is next', async () => {
    const cast = await createCast();
    const { clinician, ports } = cast;
    const id = await openCase(cast, 'draft');
    expect(words(clinician.seen)).toContain('Next: record the patient’s consent');
    await clinician.presses('Record consent');
    await clinician.fills(signedForm);
    expect(words(clinician.seen)).toMatch(/Controller: Saint Example University Hospital/);
    expect(words(clinician.seen)).toMatch(/version 2\.1, language: French/);
    await clinician.presses('Enrolled in CPMS');
    await clinician.fills({ cpmsId: 'CPMS-4711', enrolled: true });
    await clinician.presses('Ready for discussion');
    expect((await ports.store.load('case', id)).state.stage).toBe('ready');
    expect(await ports.store.caseDetails(id)).toEqual({
      pseudonym: 'Blue Heron',
      cpmsId: 'CPMS-4711',
      archiveReference: 'Binder 12',
      consentLanguage: 'fr',
    });
  });

  it('does not take a pseudonym that identifies, nor a form without the tick, and stores nothing of it', async () => {
    const cast = await createCast();
    const { clinician, ports } = cast;
    await clinician.says('case new');
    await clinician.fills({ pseudonym: 'Mr John Smith', group: ['HTAD'], urgency: 'soon' });
    expect(Object.keys(clinician.seen.errors ?? {})).toEqual(['pseudonym']);
    expect(await ports.store.count('case', {})).toBe(0);
    const id = await openCase(cast, 'draft');
    await clinician.presses('Record consent');
    await clinician.fills({ ...signedForm, attest: undefined, care: undefined, archive: 'MRN 123456789' });
    expect(Object.keys(clinician.seen.errors ?? {}).toSorted()).toEqual(['attest', 'care']);
    await clinician.submits('consent.record', id, { ...signedForm, archive: 'MRN 123456789' });
    expect(Object.keys(clinician.seen.errors ?? {})).toEqual(['archive']);
    expect((await ports.store.load('consent', id)).version).toBe(0);
  });

  it('preselects none of the consent’s purposes', async () => {
    const cast = await createCast();
    await openCase(cast, 'draft');
    const { form } = await cast.clinician.presses('Record consent');
    expect(form?.fields.length).toBeGreaterThan(8);
    for (const field of form?.fields ?? []) expect(field).not.toHaveProperty('value');
  });

  it('hides the pseudonym from the helpdesk and from a shared place, and the case from strangers', async () => {
    const cast = await createCast();
    const id = await openCase(cast, 'enrolled');
    const byDesk = words(await cast.helpdesk.says(`case ${id}`));
    expect(byDesk).toContain(id);
    expect(byDesk).not.toMatch(/Blue Heron|CPMS-4711/);
    const shared = await cast.service.bot.handle({
      key: 'shared-1',
      who: { identity: { platform: 'web', tenant: 'local', user: 'clinician' } },
      where: { kind: 'shared' },
      what: { kind: 'press', action: 'case.show', ref: id },
    });
    expect(words(shared)).toContain(id);
    expect(words(shared)).not.toMatch(/Blue Heron|CPMS-4711/);
    await cast.enter('colleague', 'Dr Carl Colleague', [{ role: 'member', hcp }]);
    await cast.enter('elsewhere', 'Dr Else Where', [{ role: 'assistant', hcp: 'EXF-1' }]);
    for (const user of ['colleague', 'elsewhere', 'expert-1']) {
      const seen = words(await cast.person(user).says(`case ${id}`));
      expect(`${user}: ${seen}`).not.toMatch(/Blue Heron|HTAD|Heritable/);
    }
  });

  it('is worked on by an assistant of the hospital, who must say for whom where there is more than one clinician', async () => {
    const cast = await createCast();
    const other = await cast.enter('colleague', 'Dr Carl Colleague', [{ role: 'member', hcp }]);
    await cast.enter('assistant', 'Anna Assistant', [{ role: 'assistant', hcp }]);
    const assistant = cast.person('assistant');
    await assistant.says('case new');
    expect(assistant.seen.form?.fields[0]).toMatchObject({ name: 'owner', kind: 'choice' });
    await assistant.fills({ pseudonym: 'Grey Wolf', group: ['HTAD'], urgency: 'soon', owner: 'EXF-1/nobody' });
    expect(assistant.seen.errors).toHaveProperty('owner');
    await assistant.fills({ owner: `${hcp}/${other}`, pseudonym: 'Grey Wolf', group: ['HTAD'] });
    const id = idSeen(assistant, 'C');
    expect((await cast.ports.store.load('case', id)).state.owner).toBe(other);
  });

  it('is handed over once, and then belongs to the other clinician', async () => {
    const cast = await createCast();
    const other = await cast.enter('colleague', 'Dr Carl Colleague', [{ role: 'member', hcp }]);
    const id = await openCase(cast, 'consented');
    await cast.clinician.sends('case.hand-over', id);
    await cast.clinician.fills({ to: other });
    expect(words(cast.clinician.seen)).toContain('handed over');
    expect(words(await cast.clinician.says(`case ${id}`))).not.toContain('Blue Heron');
    expect(words(await cast.person('colleague').says(`case ${id}`))).toContain('Blue Heron');
  });

  it('tells who drops a file into the chat where it lies, and offers the page', async () => {
    const cast = await createCast();
    const id = await openCase(cast, 'consented');
    const who = { identity: { platform: 'slack', tenant: 'T1', user: 'U1' } } as const;
    await cast.ports.store.commit({
      appends: [],
      reads: [],
      rows: [{ row: 'identity', identity: who.identity, person: cast.clinicianId }],
      outgoing: [],
    });
    const seen = await cast.service.bot.handle({
      key: 'file-1',
      who,
      where: { kind: 'private' },
      what: { kind: 'file' },
    });
    expect(words(seen)).toMatch(/lies in Slack.*Delete file/s);
    expect(seen.cards?.[0]?.buttons?.[0]).toMatchObject({ action: 'document.attach', ref: id });
  });

  it('lists ten a page', async () => {
    const cast = await createCast();
    for (let count = 0; count < 11; count += 1) await openCase(cast, 'draft');
    await cast.clinician.says('case');
    expect(words(cast.clinician.seen)).toContain('1 to 10 of 11');
    await cast.clinician.presses('Older');
    expect(words(cast.clinician.seen)).toContain('11 to 11 of 11');
  });

  it('is opened once by a form that is delivered twice', async () => {
    const { clinician, ports } = await createCast();
    const values = { pseudonym: 'Blue Heron', group: ['HTAD'], urgency: 'soon' };
    await clinician.submits('case.open', '', values, 'same-key');
    const id = idSeen(clinician, 'C');
    await clinician.submits('case.open', '', values, 'same-key');
    expect(idSeen(clinician, 'C')).toBe(id);
    expect(await ports.store.count('case', {})).toBe(1);
  });
});

describe('a consent', () => {
  it('is withdrawn in one press, which holds the case; a new one lets it go on', async () => {
    const cast = await createCast();
    const { clinician, ports } = cast;
    const id = await openCase(cast, 'enrolled');
    await clinician.says(`consent ${id}`);
    await clinician.presses('Withdraw consent for care');
    expect(words(clinician.seen)).toContain('act in CPMS as well');
    expect((await ports.store.load('case', id)).state).toMatchObject({ stage: 'enrolled', onHold: true });
    await clinician.says(`case ${id}`);
    expect(words(clinician.seen)).toContain('On hold');
    await clinician.presses('Record consent');
    await clinician.fills(signedForm);
    expect((await ports.store.load('case', id)).state).toMatchObject({ stage: 'enrolled', onHold: false });
  });

  it('is withdrawn by a colleague of the hospital, who hears of it and may not read the case', async () => {
    const cast = await createCast();
    await cast.enter('colleague', 'Dr Carl Colleague', [{ role: 'member', hcp }]);
    const id = await openCase(cast, 'enrolled');
    const colleague = cast.person('colleague');
    expect(words(await colleague.says(`consent ${id}`))).not.toMatch(/Blue Heron|Binder|Signed/);
    expect(colleague.seen.cards?.[0]?.buttons?.map(({ label }) => label)).toEqual(['Withdraw consent for care']);
    const seen = await colleague.sends('consent.withdraw', `${id}/care`, 'withdrawal-1');
    expect(words(seen)).toContain('Withdrawn');
    expect(seen.cards?.[0]?.buttons).toEqual([]);
    expect(words(await colleague.sends('consent.withdraw', `${id}/care`, 'withdrawal-1'))).toContain('Withdrawn');
    expect((await cast.ports.store.load('case', id)).state.onHold).toBe(true);
  });

  it('is marked as entered in error, and then nothing is agreed', async () => {
    const cast = await createCast();
    const id = await openCase(cast, 'consented');
    await cast.clinician.says(`consent ${id}`);
    await cast.clinician.presses('Entered in error');
    expect(words(await cast.clinician.says(`case ${id}`))).toContain('On hold');
  });

  it('takes a quarter of majority from this one on', () => {
    const now = '2026-11-23T09:00:00.000Z';
    expect(majorityProblem('2026-Q4', now)).toBeUndefined();
    expect(majorityProblem('2044-Q1', now)).toBeUndefined();
    expect(majorityProblem('2026-Q3', now)).toBe('fields:quarter-past');
    expect(majorityProblem('2060-Q1', now)).toBe('fields:quarter-past');
    expect(majorityProblem('2031-Q5', now)).toBe('fields:quarter');
    expect(majorityProblem('2031', now)).toBe('fields:quarter');
  });
});
