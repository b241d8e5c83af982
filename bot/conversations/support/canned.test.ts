import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCannedAnswers } from '../../operators/canned-answers.ts';
import { plainText } from '../../view.ts';
import { createCast, idSeen } from '../testing.ts';

async function asked() {
  const cast = await createCast();
  await cast.clinician.sends('support.ask', 'enrolment');
  await cast.clinician.fills({ topic: 'enrolment', text: 'How do I enrol?' });
  return { ...cast, id: idSeen(cast.clinician, 'T') };
}

describe('a canned answer', () => {
  it('is chosen, those for the topic first, changed, and only then sent', async () => {
    const { helpdesk, clinician, ports, id, ...cast } = await asked();
    await helpdesk.says(`show ${id}`);
    const { form } = await helpdesk.presses('Ready answer');
    const [field] = form?.fields ?? [];
    expect(field?.kind === 'choice' && field.options.map(({ label }) => label)).toEqual(['How to enrol', 'Hello']);
    const reply = (await helpdesk.fills({ answer: 'hello' })).form;
    expect(reply?.form).toBe('desk.reply');
    const [text] = reply?.fields ?? [];
    expect(text).toMatchObject({ value: `Dear Dr Clara Clinician, we look at ${id}. Hanna Helpdesk` });
    expect((await ports.store.load('ticket', id)).state.messages).toHaveLength(1);
    await helpdesk.fills({ text: 'Dear Clara, changed by hand.' });
    await cast.deliver();
    expect(clinician.inbox.map(plainText).join()).toContain('Dear Clara, changed by hand.');
  });

  it('is in the language of the person who asked', async () => {
    const { helpdesk, ports, clinicianId, id } = await asked();
    const details = await ports.store.person(clinicianId);
    if (!details) throw new Error('nobody is there');
    const value = { ...details, language: 'de-AT' };
    await ports.store.commit({
      appends: [],
      reads: [],
      outgoing: [],
      rows: [{ row: 'person', id: clinicianId, value }],
    });
    const { form } = await helpdesk.submits('desk.canned', id, { answer: 'enrolment' });
    expect(form?.fields[0]).toMatchObject({ value: 'In CPMS, unter Patienten.' });
  });

  it('is the helpdesk’s alone, and one that is not there is refused on its field', async () => {
    const { clinician, helpdesk, id } = await asked();
    expect((await clinician.sends('desk.canned', id)).cards?.[0]?.title).toBe('Not done');
    expect(await clinician.submits('desk.canned', id, { answer: 'hello' })).toMatchObject({
      errors: { '': expect.any(String) },
    });
    expect((await helpdesk.submits('desk.canned', id, { answer: 'made-up' })).errors).toHaveProperty('answer');
  });
});

describe('the file of canned answers', () => {
  it('is read, the sample too; an empty one has none', () => {
    const sample = readCannedAnswers(
      readFileSync(new URL('../../../cli/sample-answers.yaml', import.meta.url), 'utf8'),
    );
    expect(sample.map(({ id }) => id)).toEqual(['second-factor', 'which-hospital', 'no-patient-details']);
    expect(readCannedAnswers('')).toEqual([]);
  });

  it.each([
    ['- { id: a, title: { de: A }, text: { en: A } }', /0\.title: needs the English words/],
    ['- { id: A b, title: { en: A }, text: { en: A } }', /0\.id: must be/],
    ['- { id: a, title: { en: A }, text: { en: "{{patient}}" } }', /0\.text: may name \{\{name\}\}/],
    [`- { id: a, title: { en: A }, text: { en: ${'x'.repeat(1900)} } }`, /0\.text\.en/],
    [
      '- { id: a, title: { en: A }, text: { en: A } }\n- { id: a, title: { en: B }, text: { en: B } }',
      /the file: two answers/,
    ],
    ['- { id: a, title: { en: A }, text: { en: A }, topics: [weather] }', /0\.topics\.0/],
    ['answers: []', /the file/],
  ])('names the mistake in %j', (yaml, mistake) => {
    expect(() => readCannedAnswers(yaml)).toThrow(mistake);
  });
});
