import { describe, expect, it } from 'vitest';
import { silentIn } from '../../../domain/meetings/polls.ts';
import { buttonsOf } from '../../../test/world.ts';
import { keepHouse } from '../../housekeeping.ts';
import { plainText } from '../../view.ts';
import { type Cast, createCast, idSeen, openCase } from '../testing.ts';

const words = (answer: { cards?: readonly Parameters<typeof plainText>[0][] }) =>
  (answer.cards ?? []).map(plainText).join('\n');
const buttons = (answer: { cards?: readonly { buttons?: readonly { label: string }[] }[] }) =>
  (answer.cards ?? []).flatMap((card) => (card.buttons ?? []).map(({ label }) => label));
const join = 'https://meet.example/abc';

async function asked(cast: Cast) {
  const caseId = await openCase(cast, 'enrolled');
  await cast.clinician.presses('Ask for a meeting');
  await cast.clinician.fills({ when1: '2026-12-08T15:00', when2: '2026-12-09T10:00' });
  return { caseId, requestId: idSeen(cast.clinician, 'Q') };
}

/** Both proposed hours, and 11:00 on 10 December; Erik must be there, two are needed. */
async function started(cast: Cast, more: object = {}) {
  const ids = await asked(cast);
  await cast.helpdesk.says(`show ${ids.requestId}`);
  await cast.helpdesk.presses('Start a poll');
  const erik = await idOf(cast);
  await cast.helpdesk.fills({ day1: '2026-12-10', hours: ['11:00'], required: [erik], quorum: '2', join, ...more });
  return { ...ids, erik, pollId: idSeen(cast.helpdesk, 'V') };
}

async function idOf(cast: Cast): Promise<string> {
  const found = await cast.ports.store.personByIdentity(cast.person('expert-1').who.identity);
  if (found === undefined) throw new Error('The expert of the sample is not entered');
  return found;
}

const pollOf = async (cast: Cast, id: string) => (await cast.ports.store.load('poll', id)).state;

describe('a poll', () => {
  it('asks the roster about the proposed hours and a grid of days and hours, and its request knows it', async () => {
    const cast = await createCast();
    const { pollId, requestId, caseId, erik } = await started(cast);
    expect(await pollOf(cast, pollId)).toMatchObject({
      stage: 'open',
      requestId,
      caseId,
      group: 'HTAD',
      slots: [
        { local: '2026-12-08T15:00' },
        { local: '2026-12-09T10:00' },
        { local: '2026-12-10T11:00', instant: '2026-12-10T10:00:00.000Z' },
      ],
      required: [erik],
      quorum: 2,
      deadline: '2026-11-26T17:00:00.000Z',
      hidden: false,
    });
    expect((await pollOf(cast, pollId)).voters.length).toBe(3);
    expect((await cast.ports.store.load('request', requestId)).state).toMatchObject({ stage: 'in-triage', pollId });
    expect(words(cast.helpdesk.seen)).not.toMatch(/Blue Heron|CPMS-4711/);
    await cast.deliver();
    expect(cast.person('expert-1').inbox.map(plainText).join('\n')).toContain(pollId);
    expect(cast.person('expert-1').inbox.map(plainText).join('\n')).not.toMatch(/Blue Heron|C-[0-9A-Z]{8}/);
    await cast.helpdesk.sends('poll.start', requestId);
    await cast.helpdesk.fills({ day1: '2026-12-11', hours: ['11:00'], join });
    expect(cast.helpdesk.seen.errors?.['']).toContain('has a poll already');
  });

  it('is answered for each hour, in the voter’s own zone, with a comment and another hour', async () => {
    const cast = await createCast();
    const { pollId, erik } = await started(cast);
    const expert = cast.person('expert-1');
    await expert.says(`meeting ${pollId}`);
    await expert.presses('Answer the poll');
    expect(expert.seen.form?.fields.slice(0, 3).map(({ label }) => label)).toEqual([
      'Tue 2026-12-08 15:00 Europe/Paris (UTC+1)',
      'Wed 2026-12-09 10:00 Europe/Paris (UTC+1)',
      'Thu 2026-12-10 11:00 Europe/Paris (UTC+1)',
    ]);
    await expert.fills({ hour0: 'yes', hour1: 'no' });
    expect(Object.keys(expert.seen.errors ?? {})).toEqual(['hour2']);
    await expert.sends('poll.answer', pollId);
    await expert.fills({ hour0: 'yes', hour1: 'no', hour2: 'no', comment: 'About Mrs Jane Doe' });
    expect(Object.keys(expert.seen.errors ?? {})).toEqual(['comment']);
    await expert.sends('poll.answer', pollId);
    await expert.fills({
      hour0: 'yes',
      hour1: 'no',
      hour2: 'if-need-be',
      comment: 'Thursdays are tight',
      other: '2026-12-11T09:00',
    });
    expect(words(expert.seen)).toMatch(/15:00 Europe\/Paris \(UTC\+1\) · you: Yes · 1 yes/);
    expect((await pollOf(cast, pollId)).ballots[erik]?.votes).toEqual(['yes', 'no', 'if-need-be']);
    await cast.clinician.says(`meeting ${pollId}`);
    await cast.clinician.presses('All of them suit me');
    expect(words(cast.clinician.seen)).toContain('2 yes');
    await cast.helpdesk.says(`show ${pollId}`);
    expect(words(cast.helpdesk.seen)).toMatch(/Thursdays are tight/);
    await cast.helpdesk.presses('Ask everybody about it');
    expect((await pollOf(cast, pollId)).slots.length).toBe(4);
    await cast.deliver();
    // Whoever proposed it can come then; the others are asked again, about it alone.
    const added = `One more hour: poll ${pollId}`;
    expect(expert.inbox.map(({ title }) => title)).not.toContain(added);
    expect((await pollOf(cast, pollId)).ballots[erik]?.votes).toEqual(['yes', 'no', 'if-need-be', 'yes']);
    expect(cast.clinician.inbox.at(-1)?.title).toBe(added);
    await cast.clinician.presses('Answer the new hour');
    expect(cast.clinician.seen.form?.fields.map(({ name }) => name)).toEqual(['hour3']);
    await cast.clinician.fills({});
    expect(Object.keys(cast.clinician.seen.errors ?? {})).toEqual(['hour3']);
    await cast.clinician.submits('poll.answer', pollId, { hour3: 'no' });
    const { ballots } = await pollOf(cast, pollId);
    expect(ballots[cast.clinicianId]?.votes).toEqual(['yes', 'yes', 'yes', 'no']);
    expect(silentIn(await pollOf(cast, pollId)).length).toBe(1);
  });

  it('goes on while somebody answers: an hour that comes in meanwhile is asked about afterwards', async () => {
    const cast = await createCast();
    const { pollId } = await started(cast);
    await cast.clinician.sends('poll.answer', pollId);
    await cast.helpdesk.submits('poll.add', pollId, { other: '2026-12-11T10:00' });
    await cast.clinician.fills({ hour0: 'yes', hour1: 'no', hour2: 'yes' });
    expect(cast.clinician.seen.errors).toBeUndefined();
    expect((await pollOf(cast, pollId)).ballots[cast.clinicianId]?.votes).toEqual(['yes', 'no', 'yes']);
    await cast.clinician.presses('That suits me too');
    expect((await pollOf(cast, pollId)).ballots[cast.clinicianId]?.votes).toEqual(['yes', 'no', 'yes', 'yes']);
  });

  it('shows the other hours of most people first, and no more of them than stand on a card', async () => {
    const cast = await createCast();
    const { pollId } = await started(cast);
    const answer = { hour0: 'yes', hour1: 'no', hour2: 'no' };
    for (const hour of ['09', '10', '11'])
      await cast.clinician.submits('poll.answer', pollId, { ...answer, other: `2026-12-14T${hour}:00` });
    for (const hour of ['11', '12', '13'])
      await cast.person('expert-1').submits('poll.answer', pollId, { ...answer, other: `2026-12-14T${hour}:00` });
    await cast.person('expert-2').submits('poll.answer', pollId, { ...answer, other: '2026-12-14T17:00' });
    const shown = words(await cast.helpdesk.says(`show ${pollId}`));
    expect(shown).toContain('Other hours that were proposed (6)');
    const [, list = ''] = shown.split('Other hours that were proposed (6)');
    expect(list.match(/Mon 2026-12-14 (\d\d):00[^\n]*/g)?.[0]).toContain('11:00');
    expect(cast.helpdesk.seen.cards?.flatMap(buttonsOf).filter(({ label }) => label === 'Leave it').length).toBe(5);
  });

  it('leaves another hour where the helpdesk does, and tells who proposed it', async () => {
    const cast = await createCast();
    const { pollId } = await started(cast);
    const answer = { hour0: 'yes', hour1: 'no', hour2: 'no', other: '2026-12-11T09:00' };
    await cast.clinician.submits('poll.answer', pollId, answer);
    await cast.person('expert-1').submits('poll.answer', pollId, answer);
    expect(words(await cast.helpdesk.says('queue'))).toContain('other hours proposed: 1');
    expect(words(await cast.clinician.says(`meeting ${pollId}`))).toMatch(/You proposed: Fri 2026-12-11 09:00/);
    const shown = words(await cast.helpdesk.says(`show ${pollId}`));
    expect(shown).toMatch(/proposed by Dr (Clara Clinician, Dr Erik Expert|Erik Expert, Dr Clara Clinician)/);
    await cast.helpdesk.presses('Leave it');
    expect((await pollOf(cast, pollId)).counters).toEqual([]);
    expect((await pollOf(cast, pollId)).slots.length).toBe(3);
    await cast.deliver();
    const told = `Your other hour: poll ${pollId}`;
    for (const user of ['clinician', 'expert-1'])
      expect(cast.person(user).inbox.filter(({ title }) => title === told).length).toBe(1);
    expect(words(cast.helpdesk.seen)).not.toContain('Leave it');
  });

  it('asks everybody about another hour where the helpdesk takes it up, and tells who proposed it', async () => {
    const cast = await createCast();
    const { pollId } = await started(cast);
    const answer = { hour0: 'yes', hour1: 'no', hour2: 'no' };
    await cast.clinician.submits('poll.answer', pollId, answer);
    await cast.person('expert-1').submits('poll.answer', pollId, { ...answer, other: '2026-12-11T09:00' });
    await cast.helpdesk.says(`show ${pollId}`);
    await cast.helpdesk.presses('Ask everybody about it');
    await cast.deliver();
    const own = cast.person('expert-1').inbox.filter(({ title }) => title === `Your other hour: poll ${pollId}`);
    expect(own.map(plainText).join()).toContain('is in the poll now');
    expect(cast.clinician.inbox.map(({ title }) => title)).toContain(`One more hour: poll ${pollId}`);
    expect(cast.clinician.inbox.map(({ title }) => title)).not.toContain(`Your other hour: poll ${pollId}`);
  });

  it('hands on who must be there and how many are needed: the helpdesk hears of a refusal of theirs, and of too few', async () => {
    const cast = await createCast();
    const { pollId, erik } = await started(cast);
    for (const user of ['expert-1', 'clinician'])
      await cast.person(user).submits('poll.answer', pollId, { hour0: 'yes', hour1: 'no', hour2: 'no' });
    await cast.helpdesk.says(`poll ${pollId}`);
    await cast.helpdesk.presses('Take this hour');
    const id = idSeen(cast.helpdesk, 'M');
    expect((await cast.ports.store.load('meeting', id)).state).toMatchObject({ required: [erik], quorum: 2 });
    const told = () => [...cast.deskCards.values()].map(plainText).join('\n');
    await cast.clinician.says(`meeting ${id}`);
    await cast.clinician.presses('Decline');
    await cast.deliver();
    expect(told()).not.toContain('Somebody who must be there has declined');
    await cast.person('expert-1').says(`meeting ${id}`);
    await cast.person('expert-1').presses('Decline');
    await cast.deliver();
    expect(told()).toMatch(/Somebody who must be there has declined[\s\S]*Dr Erik Expert/);
    expect(told()).toContain('fewer can still come than are needed (2)');
  });

  it('becomes a meeting with one press: the best hour first, everybody invited, the request scheduled', async () => {
    const cast = await createCast();
    const { pollId, requestId, caseId } = await started(cast);
    const vote = (user: string, hour0: string, hour1: string, hour2: string) =>
      cast.person(user).submits('poll.answer', pollId, { hour0, hour1, hour2 });
    await vote('expert-1', 'no', 'if-need-be', 'yes');
    await vote('clinician', 'yes', 'yes', 'yes');
    await cast.helpdesk.says(`poll ${pollId}`);
    const list = cast.helpdesk.seen.cards?.[0]?.body.find((block) => block.kind === 'list');
    expect(list?.items.map(({ title, buttons: own }) => [title.slice(0, 20), own?.length ?? 0])).toEqual([
      ['Thu 2026-12-10 11:00', 1],
      ['Wed 2026-12-09 10:00', 1],
      ['Tue 2026-12-08 15:00', 0],
    ]);
    expect(words(cast.helpdesk.seen)).toContain('Missing who must be there: Dr Erik Expert');
    await cast.helpdesk.presses('Take this hour');
    const meetingId = idSeen(cast.helpdesk, 'M');
    const { state } = await cast.ports.store.load('meeting', meetingId);
    expect(state).toMatchObject({ stage: 'scheduled', pollId, requestId, caseId, slot: { local: '2026-12-10T11:00' } });
    expect(Object.keys(state.invites).length).toBe(3);
    expect(await cast.ports.store.text(state.join ?? '')).toBe(join);
    expect(await pollOf(cast, pollId)).toMatchObject({ stage: 'finalised', meetingId });
    expect((await cast.ports.store.load('request', requestId)).state).toMatchObject({ stage: 'scheduled', meetingId });
    await cast.helpdesk.sends('poll.finalise', `${pollId}|2026-12-09T09:00:00.000Z`);
    expect(await cast.ports.store.count('meeting', {})).toBe(1);
  });

  it('shows at each hour what the people who could come have else', async () => {
    const cast = await createCast();
    const { pollId } = await started(cast);
    await cast.helpdesk.submits('scheduling.plan', '', {
      other: '2026-12-10T10:30',
      minutes: '60',
      invitees: [cast.clinicianId],
      join,
    });
    const other = idSeen(cast.helpdesk, 'M');
    await cast.helpdesk.says(`show ${pollId}`);
    expect(words(cast.helpdesk.seen)).toMatch(new RegExp(`Other meetings then: ${other} .*Dr Clara Clinician`));
    await cast.person('expert-1').sends('poll.all', pollId);
    await cast.clinician.submits('poll.answer', pollId, { hour0: 'yes', hour1: 'yes', hour2: 'no' });
    await cast.helpdesk.says(`show ${pollId}`);
    expect(words(cast.helpdesk.seen)).not.toContain(other);
  });

  it('is led by the helpdesk alone, and answered by those who are asked alone', async () => {
    const cast = await createCast();
    const { pollId, requestId } = await started(cast);
    await cast.person('expert-1').sends('poll.all', pollId);
    await cast.clinician.sends('poll.all', pollId);
    for (const user of ['clinician', 'expert-1', 'lead']) {
      const person = cast.person(user);
      await person.sends('poll.close', pollId);
      await person.sends('poll.withdraw', pollId);
      await person.sends('poll.finalise', `${pollId}|2026-12-10T10:00:00.000Z`);
      await person.submits('poll.add', pollId, { other: '2026-12-12T10:00' });
      expect(words(await person.says(`poll ${requestId}`))).not.toContain(join);
    }
    const lead = cast.person('lead');
    expect(words(await lead.sends('poll.show', pollId))).not.toContain('2026-12-10');
    await lead.submits('poll.answer', pollId, { hour0: 'yes', hour1: 'yes', hour2: 'yes' });
    const state = await pollOf(cast, pollId);
    expect([state.stage, state.slots.length, Object.keys(state.ballots).length]).toEqual(['open', 3, 2]);
    expect(await cast.ports.store.count('meeting', {})).toBe(0);
  });

  it('hides the answers until the close where the helpdesk wishes so, from everybody', async () => {
    const cast = await createCast();
    const { pollId } = await started(cast, { hidden: true });
    await cast
      .person('expert-1')
      .submits('poll.answer', pollId, { hour0: 'no', hour1: 'no', hour2: 'yes', comment: 'Rather late' });
    for (const seen of [await cast.clinician.says(`meeting ${pollId}`), await cast.helpdesk.says(`show ${pollId}`)]) {
      expect(words(seen)).toContain('shown after the close');
      expect(words(seen)).not.toMatch(/\d yes|Rather late|Yes \(/);
      expect(words(seen)).toContain('1 of 3 have answered');
    }
    // Whether an hour fits would tell.
    expect(buttons(cast.helpdesk.seen)).not.toContain('Take this hour');
    await cast.helpdesk.presses('Close now');
    expect(words(cast.helpdesk.seen)).toContain('Rather late');
    expect(words(await cast.clinician.says(`meeting ${pollId}`))).toContain('1 yes');
    expect(buttons(cast.clinician.seen)).not.toContain('Answer the poll');
  });

  it('reminds the silent three days and one day before the close, closes by itself, and tells the helpdesk', async () => {
    const cast = await createCast();
    const { pollId } = await started(cast, { deadline: '2026-11-30T18:00' });
    await cast.person('expert-1').sends('poll.all', pollId);
    await cast.deliver();
    const reminders = (user: string) =>
      cast.person(user).inbox.filter(({ title }) => title.startsWith('Your answer is missing')).length;
    cast.clock.forward(5 * 24);
    await cast.deliver();
    expect([reminders('clinician'), reminders('expert-1')]).toEqual([1, 0]);
    await keepHouse(cast.ports);
    expect((await pollOf(cast, pollId)).stage).toBe('open');
    cast.clock.forward(2 * 24);
    await cast.deliver();
    expect([reminders('clinician'), reminders('expert-1')]).toEqual([2, 0]);
    cast.clock.forward(24);
    await keepHouse(cast.ports);
    await cast.deliver();
    expect((await pollOf(cast, pollId)).stage).toBe('closed');
    expect([...cast.deskCards.values()].map(({ title }) => title)).toContain(`Poll ${pollId} is closed`);
    expect(words(await cast.clinician.sends('poll.all', pollId))).toContain('closed');
  });

  it('stops with a withdrawn consent and with its request', async () => {
    const cast = await createCast();
    const { caseId, pollId, requestId } = await started(cast);
    await cast.clinician.says(`consent ${caseId}`);
    await cast.clinician.presses('Withdraw consent for care');
    expect((await pollOf(cast, pollId)).stage).toBe('withdrawn');
    expect((await cast.ports.store.load('request', requestId)).state.stage).toBe('cancelled');
    const other = await createCast();
    const second = await started(other);
    await other.helpdesk.says(`schedule ${second.requestId}`);
    await other.helpdesk.fills({ hour: '0', join });
    expect((await pollOf(other, second.pollId)).stage).toBe('withdrawn');
  });

  it('asks again for hours that do not fit a poll: one alone, one that does not exist, a late close', async () => {
    const cast = await createCast();
    const { requestId } = await asked(cast);
    const send = async (values: object) =>
      Object.keys(
        (
          await cast.helpdesk.submits('poll.start', requestId, {
            minutes: '60',
            voters: [cast.clinicianId],
            quorum: '1',
            deadline: '2026-11-27T18:00',
            join,
            ...values,
          })
        ).errors ?? {},
      );
    expect(await send({ proposed: ['0'] })).toEqual(['hours']);
    expect(await send({ day1: '2027-03-28', hours: [] })).toEqual(['hours']);
    expect(await send({ proposed: ['0', '1'], day1: '2026-11-01', hours: ['10:00'] })).toEqual(['day1']);
    expect(await send({ proposed: ['0', '1'], deadline: '2026-12-20T18:00' })).toEqual(['']);
    expect(await send({ proposed: ['0', '1'], quorum: 'two' })).toEqual(['quorum']);
    expect(await send({ proposed: ['0', '1'], required: ['P-NOBODY00'] })).toEqual(['required']);
    expect(await cast.ports.store.count('poll', {})).toBe(0);
  });
});
