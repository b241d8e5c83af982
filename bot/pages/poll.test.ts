import { describe, expect, it } from 'vitest';
import { system } from '../../domain/people.ts';
import { type Cast, createCast, idSeen } from '../conversations/testing.ts';
import { execute } from '../execute.ts';
import type { PollState } from './pages.ts';

const join = 'https://meet.example/abc';

/** A poll that asks the clinician in the chat and an expert who is in none. */
async function asked(cast: Cast) {
  const expert = await cast.enter('elsewhere', 'Dr Elsewhere', [{ role: 'expert' }]);
  const details = await cast.ports.store.person(expert);
  if (!details) throw new Error('The expert is not entered');
  const { chat: _, ...value } = details;
  await cast.ports.store.commit({
    appends: [],
    reads: [],
    rows: [{ row: 'person', id: expert, value: { ...value, zone: 'Europe/Lisbon' } }],
    outgoing: [],
  });
  await cast.helpdesk.submits('poll.start', '', {
    day1: '2026-12-08',
    hours: ['10:00', '11:00'],
    minutes: '60',
    voters: [cast.clinicianId, expert],
    quorum: '1',
    deadline: '2026-12-04T18:00',
    join,
  });
  await cast.deliver();
  return { expert, pollId: idSeen(cast.helpdesk, 'V') };
}

async function opened(cast: Cast): Promise<string> {
  const letter = cast.letters.findLast(({ to }) => to === 'elsewhere@saint-example.example');
  const [, token = ''] = /\/p\/([\w-]+)/.exec(letter?.text ?? '') ?? [];
  const begun = await cast.service.pages.poll.begin(token);
  if ('refused' in begun) throw new Error(begun.refused);
  expect(await cast.service.pages.poll.begin(token)).toMatchObject({ refused: 'link.gone' });
  return begun.session;
}

describe('a poll for somebody who is in no chat', () => {
  it('comes by mail with a link, and is answered on its page in their zone, again and again until the close', async () => {
    const cast = await createCast();
    const { expert, pollId } = await asked(cast);
    const { poll } = cast.service.pages;
    const session = await opened(cast);
    const state = (await poll.look(session)) as PollState;
    expect(state).toMatchObject({ id: pollId, zone: 'Europe/Lisbon', open: true });
    expect(state.hours.map(({ start, vote }) => [start, vote])).toEqual([
      ['2026-12-08T09:00:00.000Z', undefined],
      ['2026-12-08T10:00:00.000Z', undefined],
    ]);
    expect(await poll.answer(session, { votes: ['yes', 'no'], comment: 'Mrs Jane Doe should come too' })).toMatchObject(
      {
        refused: 'text.identifying',
      },
    );
    expect(await poll.answer(session, { votes: ['yes'] })).toMatchObject({ refused: 'poll.votes-incomplete' });
    expect(await poll.answer(session, { votes: ['yes', 'no'], comment: 'Rather early' })).toMatchObject({
      comment: 'Rather early',
    });
    await poll.answer(session, { votes: ['if-need-be', 'no'] });
    const { state: now } = await cast.ports.store.load('poll', pollId);
    expect(now.ballots[expert]?.votes).toEqual(['if-need-be', 'no']);
    await cast.helpdesk.sends('poll.close', pollId);
    expect(await poll.answer(session, { votes: ['no', 'no'] })).toMatchObject({ refused: 'poll.over' });
    expect(await poll.look(session)).toMatchObject({ open: false });
  });

  it('takes another hour in their zone, asks what one means that the clocks repeat, and asks again about what came in alone', async () => {
    const cast = await createCast({ now: '2026-10-15T09:00:00.000Z' });
    const { expert, pollId } = await asked(cast);
    const { poll } = cast.service.pages;
    const session = await opened(cast);
    const votes = ['no', 'no'];
    const load = async () => (await cast.ports.store.load('poll', pollId)).state;
    expect(await poll.answer(session, { votes, other: { local: '2027-03-28T01:30' } })).toMatchObject({
      refused: 'hour.does-not-exist',
      params: { before: '2027-03-28T00:30', after: '2027-03-28T02:30' },
    });
    expect((await load()).ballots[expert]).toBeUndefined();
    expect(await poll.answer(session, { votes, other: { local: '2026-10-25T01:30' } })).toMatchObject({
      refused: 'hour.exists-twice',
    });
    expect(await poll.answer(session, { votes, other: { local: '2026-12-03T10:00' } })).toMatchObject({
      refused: 'poll.deadline-late',
    });
    const told = await poll.answer(session, { votes, other: { local: '2027-03-28T01:30', reading: 'after' } });
    expect(told).toMatchObject({ proposed: ['2027-03-28T01:30:00.000Z'] });
    expect((await load()).counters).toMatchObject([{ person: expert, slot: { zone: 'Europe/Lisbon', minutes: 60 } }]);
    await cast.clinician.submits('poll.answer', pollId, { hour0: 'yes', hour1: 'yes' });
    await cast.helpdesk.sends('poll.add', pollId);
    await cast.helpdesk.fills({ other: '2026-12-09T10:00' });
    await cast.deliver();
    const letter = cast.letters.at(-1);
    expect(letter?.text).toMatch(/asked about that hour alone[\s\S]*\/p\/[\w-]+/);
    const again = (await poll.look(session)) as PollState;
    expect(again.hours.map(({ vote }) => vote)).toEqual(['no', 'no', undefined]);
    expect(await poll.answer(session, { votes: ['no', 'no', 'yes'] })).toMatchObject({ open: true });
    await cast.helpdesk.sends('poll.take-up', `${pollId}|2027-03-28T01:30:00.000Z`);
    expect((await load()).ballots[expert]?.votes).toEqual(['no', 'no', 'yes', 'yes']);
  });

  it('tells by mail that nothing is to be answered any more, and that another hour is left', async () => {
    const cast = await createCast();
    const { pollId } = await asked(cast);
    const other = { local: '2026-12-10T10:00' };
    await cast.service.pages.poll.answer(await opened(cast), { votes: ['no', 'no'], other });
    await cast.helpdesk.sends('poll.turn-down', `${pollId}|2026-12-10T10:00:00.000Z`);
    await cast.helpdesk.sends('poll.withdraw', pollId);
    await cast.deliver();
    expect(cast.letters.slice(-2).map(({ subject }) => subject)).toEqual([
      `CPMS helpdesk: your other hour, ${pollId}`,
      `CPMS helpdesk: nothing to answer any more, ${pollId}`,
    ]);
  });

  it('shows nobody else’s answer, and nothing to a link of another page', async () => {
    const cast = await createCast();
    const { pollId } = await asked(cast);
    await cast.clinician.submits('poll.answer', pollId, { hour0: 'no', hour1: 'no', comment: 'On holiday' });
    const session = await opened(cast);
    expect(JSON.stringify(await cast.service.pages.poll.look(session))).not.toMatch(/On holiday|"no"|Clinician|meet\./);
    expect(
      await cast.service.pages.plan.look(session, '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'),
    ).toMatchObject({
      refused: 'link.session-over',
    });
    expect(await cast.service.pages.poll.look('nonsense')).toMatchObject({ refused: 'link.session-over' });
  });

  it('is closed to a voter who has left, as soon as they have', async () => {
    const cast = await createCast();
    const { expert, pollId } = await asked(cast);
    const session = await opened(cast);
    const page = cast.service.pages.poll;
    await execute(cast.ports, system, [{ kind: 'person', id: expert, command: { type: 'person.forget' } }]);
    expect(await page.look(session)).toMatchObject({ refused: 'poll.not-asked' });
    expect(await page.answer(session, { votes: ['yes', 'yes'] })).toHaveProperty('refused');
    expect((await cast.ports.store.load('poll', pollId)).state.ballots).toEqual({});
  });

  it('is sent again with a new link while the answer is missing', async () => {
    const cast = await createCast();
    await asked(cast);
    const sent = () => cast.letters.filter(({ to, text }) => to.startsWith('elsewhere') && text.includes('/p/')).length;
    expect(sent()).toBe(1);
    cast.clock.forward(24 * 9);
    await cast.deliver();
    expect(sent()).toBe(2);
    await cast.service.pages.poll.answer(await opened(cast), { votes: ['yes', 'yes'] });
    cast.clock.forward(24 * 2);
    await cast.deliver();
    expect(sent()).toBe(2);
  });
});
