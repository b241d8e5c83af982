import { expect, it } from 'vitest';
import { createCast, openCase } from '../conversations/testing.ts';
import { supersedeForm } from './consent-forms.ts';

it('tells each clinician how many cases need a new consent, and holds them when the day has come', async () => {
  const cast = await createCast();
  const id = await openCase(cast, 'enrolled');
  const consent = (await cast.ports.store.load('consent', id)).state;
  const { kind, version } = consent.records[0]?.form ?? { kind: 'commission', version: '' };
  expect(await supersedeForm(cast.ports, { kind, version: '0.1' }, '2027-03-31', false)).toEqual({
    cases: 0,
    clinicians: 0,
  });
  expect(await supersedeForm(cast.ports, { kind, version }, '2027-03-31', false)).toEqual({ cases: 1, clinicians: 1 });
  await cast.deliver();
  expect(JSON.stringify(cast.clinician.inbox.at(-1))).toMatch(/old version: 1\. .*2027-03-31/);
  expect((await cast.ports.store.load('case', id)).state.onHold).toBe(false);

  await supersedeForm(cast.ports, { kind, version }, '2027-03-31', true);
  expect((await cast.ports.store.load('case', id)).state.onHold).toBe(true);
  expect(await supersedeForm(cast.ports, { kind, version }, '2027-03-31', true)).toEqual({ cases: 0, clinicians: 0 });
});
