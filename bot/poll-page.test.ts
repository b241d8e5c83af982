import { describe, expect, it } from 'vitest';
import { type Cast, createCast, idSeen } from './conversations/testing.ts';
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
    expect(await poll.answer(session, ['yes', 'no'], 'Mrs Jane Doe should come too')).toMatchObject({
      refused: 'text.identifying',
    });
    expect(await poll.answer(session, ['yes'])).toMatchObject({ refused: 'poll.votes-incomplete' });
    expect(await poll.answer(session, ['yes', 'no'], 'Rather early')).toMatchObject({ comment: 'Rather early' });
    await poll.answer(session, ['if-need-be', 'no']);
    const { state: now } = await cast.ports.store.load('poll', pollId);
    expect(now.ballots[expert]?.votes).toEqual(['if-need-be', 'no']);
    await cast.helpdesk.sends('poll.close', pollId);
    expect(await poll.answer(session, ['no', 'no'])).toMatchObject({ refused: 'poll.over' });
    expect(await poll.look(session)).toMatchObject({ open: false });
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

  it('is sent again with a new link while the answer is missing', async () => {
    const cast = await createCast();
    await asked(cast);
    const sent = () => cast.letters.filter(({ to, text }) => to.startsWith('elsewhere') && text.includes('/p/')).length;
    expect(sent()).toBe(1);
    cast.clock.forward(24 * 9);
    await cast.deliver();
    expect(sent()).toBe(2);
    await cast.service.pages.poll.answer(await opened(cast), ['yes', 'yes']);
    cast.clock.forward(24 * 2);
    await cast.deliver();
    expect(sent()).toBe(2);
  });
});
