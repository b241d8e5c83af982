import { beforeEach, describe, expect, it } from 'vitest';
import { type LinkName } from '../../../domain/directory.ts';
import { directoryId } from '../../../domain/entities.ts';
import { system } from '../../../domain/people.ts';
import { execute } from '../../execute.ts';
import { likeTopics, sure, topicsOf } from '../../questions/questions.ts';
import { shortTopics } from '../../typed/short-sayings.ts';
import { languages } from '../../words.ts';
import { type Cast, createCast, openCase } from '../testing.ts';
import { answeredTopics, topicsWithAnswers } from './answers.ts';

let cast: Cast;
beforeEach(async () => {
  cast = await createCast();
});

const titleOf = async (person: Cast['clinician'], text: string) => (await person.says(text)).cards?.at(-1)?.title;

describe('the samples', () => {
  it.each(languages)('of %s have exactly the topics that something answers', (language) => {
    expect([...topicsOf(language), ...shortTopics].toSorted()).toEqual([...topicsWithAnswers].toSorted());
  });

  it.each([
    'qwertz',
    'the aortic root is 45 mm wide and stable',
    'lunch at noon?',
    'Blue Heron 7',
    'we saw the results yesterday in the ward round',
  ])('are not surely like what is no question: %s', (text) => {
    expect(likeTopics(text)[0]?.likeness ?? 0).toBeLessThan(sure);
  });
});

describe('a question in plain words', () => {
  it.each([
    ['urgent!! aortic dissection, need expert advice tonight', 'For emergencies I am the wrong place'],
    ['thanks!', 'You are welcome'],
    ['my colleague dr smith also needs an account', 'An account for a colleague'],
    ['who is my lead?', 'Who authorises me'],
    ['the patient died', 'When a patient has died'],
    ['can I send the images by whatsapp?', 'Where patient data may go'],
    ['who is coming to my meeting?', 'Meetings'],
    ['can you send me the invitation again', 'Meetings'],
    ['what are the working groups', 'The working groups'],
    ['stop sending me reminders', 'Reminders and notices'],
    ['how do I log in to CPMS?', 'How CPMS is used'],
    ['cancel', 'Which button do you mean?'],
    ['yes', 'Which button do you mean?'],
    ['Good morning!', 'What I can do'],
    ['who is our local administrator?', 'Your local administrator'],
    ['done', 'Did you mean one of these?'],
  ])('%s', async (text, title) => {
    expect(await titleOf(cast.clinician, text)).toBe(title);
  });

  it('is answered in the language of the one who asks', async () => {
    await cast.clinician.says('language de');
    expect(await titleOf(cast.clinician, 'mein Patient ist leider verstorben')).toBe('Wenn ein Patient verstorben ist');
    expect(await titleOf(cast.clinician, 'vielen Dank')).toBe('Gern geschehen');
    // English is understood beside it.
    expect(await titleOf(cast.clinician, 'the patient died')).toBe('Wenn ein Patient verstorben ist');
  });

  it.each([
    ['fr', "quelle est la taille maximale d'un fichier ?", 'Dois-je toujours répondre en français\u00a0?'],
    ['de', 'meine Patientin ist leider gestorben', 'Soll ich immer auf Deutsch antworten?'],
    ['it', 'il paziente è morto', 'Rispondo sempre in italiano?'],
  ])(
    'is answered in %s where it is asked in that, whatever the profile says, and is asked whether it shall stay so',
    async (language, text, keep) => {
      const { cards } = await cast.clinician.says(text);
      expect(cards?.map((one) => one.language)).toEqual([language, language]);
      expect(cards?.at(-1)?.title).toBe(keep);
      const [button] = cards?.at(-1)?.buttons ?? [];
      await cast.clinician.presses(button?.label ?? '');
      expect((await cast.clinician.says('thanks')).cards?.map((one) => one.language)).toEqual([language]);
    },
  );

  it('is answered so that once where the question about it is left alone', async () => {
    await cast.clinician.says('il paziente è morto');
    expect((await cast.clinician.says('thanks')).cards?.map((one) => one.language)).toEqual(['en']);
  });

  it('is not taken for another language by a word or two', async () => {
    for (const text of ['ok', 'CPMS?', 'Takayasu', 'aorta dissection type B'])
      expect((await cast.clinician.says(text)).cards?.map((one) => one.language)).toEqual(['en']);
  });

  it('offers what it is likest where it is not sure, and a person; each button answers', async () => {
    const offer = (await cast.clinician.says('the wrong file is there, how do I get rid')).cards?.at(-1);
    expect(offer?.title).toBe('Did you mean one of these?');
    const labels = offer?.buttons?.map(({ label }) => label) ?? [];
    expect(labels).toContain('Taking a file back');
    expect(labels.at(-1)).toBe('Ask the helpdesk');
    expect((await cast.clinician.presses('Taking a file back')).cards?.at(-1)?.title).toBe('Taking a file back');
  });

  it.each(answeredTopics)('%s has an answer for everybody, with a way on', async (topic) => {
    for (const person of [cast.clinician, cast.helpdesk, cast.person('stranger')]) {
      const shown = (await person.sends('answer.show', topic)).cards?.at(-1);
      expect(shown?.buttons?.length).toBeGreaterThan(0);
    }
  });

  it('shows a thing whose id alone is typed, to those who may see it', async () => {
    const caseId = await openCase(cast, 'draft');
    await cast.clinician.submits('support.ask', 'other', { topic: 'other', text: 'What is the second factor?' });
    const [ticket] = await cast.ports.store.find('ticket', {}, { limit: 1 });
    expect(await titleOf(cast.clinician, caseId)).toContain(caseId);
    expect(await titleOf(cast.clinician, ticket?.id.toLowerCase() ?? '')).toContain(ticket?.id);
    expect(await titleOf(cast.helpdesk, ticket?.id ?? '')).toContain(ticket?.id);
    await cast.enter('other', 'Dr Otto Other', [{ role: 'member', hcp: 'EXB-2' }]);
    expect(await titleOf(cast.person('other'), caseId)).toBe('Not done');
  });

  it.each([
    ['en', 'I would like to discuss a case with HTAD next Tuesday at 15:00', 'Not done'],
    ['fr', 'je voudrais discuter un cas avec HTAD mardi prochain à 15h', 'Non effectué'],
  ])('of somebody who has no role yet leads to what is next for them: %s', async (language, text, title) => {
    const stranger = cast.person('stranger');
    await stranger.says('hello');
    const refused = (await stranger.says(text)).cards?.find((one) => one.tone === 'warning');
    expect(refused).toMatchObject({ title, language });
    expect(refused?.buttons?.map((one) => ('action' in one ? one.action : ''))).toEqual([
      'status.show',
      'support.begin',
    ]);
  });

  it('is not taken for a command that only begins alike', async () => {
    expect(await titleOf(cast.clinician, 'who accepted?')).not.toBe('Not done');
    expect(await titleOf(cast.clinician, 'close to giving up, I need a human')).not.toBe('Not done');
  });
});

describe('who is no clinician', () => {
  it.each([
    ['what waits for us?', 'Helpdesk queue'],
    ['anything new today?', 'Helpdesk queue'],
    ['who is waiting for an answer', 'Helpdesk queue'],
    ['my cases', 'Helpdesk queue'],
    ['plan a meeting', 'Meeting requests that wait'],
    ['how do I cancel a meeting', 'The helpdesk\u2019s calendar'],
    ['who declined', 'The helpdesk\u2019s calendar'],
    ['add a new hospital', 'Hospitals, leads and rosters'],
  ])('of the helpdesk: %s', async (text, title) => {
    expect((await titleOf(cast.helpdesk, text))?.replace("'", '\u2019')).toBe(title);
  });

  it('of the helpdesk: a sentence about a meeting fills in the form that schedules it', async () => {
    const { form } = await cast.helpdesk.says('HTAD next Tuesday at 15:00 for 90 minutes');
    expect(form?.form).toBe('scheduling.plan');
    const value = (name: string) =>
      form?.fields.flatMap((one) => (one.name === name && 'value' in one ? [one.value] : []))[0];
    expect(value('other')).toMatch(/T15:00$/);
    expect(value('minutes')).toBe('90');
    expect(value('group')).toEqual([expect.objectContaining({ value: 'HTAD' })]);
  });

  it('of the helpdesk, is not sent to the helpdesk', async () => {
    for (const text of ['qwertz', 'the coffee machine of the second floor']) {
      const shown = (await cast.helpdesk.says(text)).cards?.at(-1);
      expect(shown?.buttons?.map(({ label }) => label)).not.toContain('Ask the helpdesk');
      expect(shown?.buttons?.map(({ label }) => label)).toContain('What waits for the helpdesk');
    }
  });

  it.each([
    ['who waits for my decision?', 'Where you stand'],
    ['name a deputy', 'While you are away'],
    ['I am on holiday next week, who decides instead of me', 'While you are away'],
  ])('a lead: %s', async (text, title) => {
    await cast.enter('lead', 'Prof. Lotte Leadsma', [{ role: 'lead', hcp: 'EXA-1' }]);
    expect(await titleOf(cast.person('lead'), text)).toBe(title);
  });

  it('an expert: where the case is read', async () => {
    await cast.enter('expert', 'Dr Erik Expert', [{ role: 'expert' }]);
    expect(await titleOf(cast.person('expert'), 'where do I read the case')).toBe('What an expert does');
  });

  it('a clinician is asked nothing that is the helpdesk\u2019s', async () => {
    expect(await titleOf(cast.clinician, 'who waits for my decision?')).not.toBe('Not done');
    expect(await titleOf(cast.clinician, 'what waits for us?')).not.toBe('Helpdesk queue');
  });
});

describe('a page outside', () => {
  const isThere = async (name: LinkName) => {
    const { countries, hcps, groups, rosters, links } = (await cast.ports.store.load('directory', directoryId)).state;
    const link = { url: `https://pages.example/${name}`, source: 'the guide for members', checkedOn: '2026-11-22' };
    const content = { countries, hcps, groups, rosters, links: { ...links, [name]: link } };
    await execute(cast.ports, system, [
      { kind: 'directory', id: directoryId, command: { type: 'directory.import', content } },
    ]);
  };
  const urlsOf = async (text: string) =>
    (await cast.clinician.says(text)).cards?.flatMap(({ buttons = [] }) =>
      buttons.flatMap((one) => ('url' in one ? one.url : [])),
    ) ?? [];

  it.each<[LinkName, string]>([
    ['consent-template', 'where do I find the consent form template'],
    ['eu-login-guide', 'the second factor does not work'],
    ['eu-login-help', 'the second factor does not work'],
    ['cpms-care-guide', 'is there a manual for CPMS'],
    ['helpdesk', 'support'],
  ])('%s is a button where it is asked for, once the directory has its address', async (name, text) => {
    const before = await urlsOf(text);
    await isThere(name);
    expect((await urlsOf(text)).filter((url) => !before.includes(url))).toEqual([`https://pages.example/${name}`]);
  });

  it('the template stands beside a consent that is not recorded yet', async () => {
    await isThere('consent-template');
    const caseId = await openCase(cast, 'draft');
    const shown = (await cast.clinician.sends('consent.show', caseId)).cards?.at(-1);
    expect(shown?.buttons?.some((one) => 'url' in one)).toBe(true);
  });
});
