import { describe, expect, it } from 'vitest';
import { plainText } from '../../view.ts';
import { type Cast, createCast, idSeen, openCase } from '../testing.ts';

const join = 'https://meet.example/abc';

const load = async (cast: Cast, kind: 'meeting' | 'poll' | 'request' | 'case', id: string) =>
  (await cast.ports.store.load(kind, id)).state;
const inboxOf = (cast: Cast, user: string) => cast.person(user).inbox.map(plainText).join('\n');

/** A case of the clinician with a request for a meeting on 8 or 9 December. */
async function asked(cast: Cast) {
  const caseId = await openCase(cast, 'enrolled');
  await cast.clinician.presses('Ask for a meeting');
  await cast.clinician.fills({ when1: '2026-12-08T15:00', when2: '2026-12-09T10:00' });
  return { caseId, requestId: idSeen(cast.clinician, 'Q') };
}

async function withdraw(cast: Cast, caseId: string): Promise<void> {
  await cast.clinician.says(`consent ${caseId}`);
  await cast.clinician.presses('Withdraw consent for care');
}

describe('a withdrawn consent', () => {
  it('cancels the meeting in everybody’s calendar at once, and nobody is reminded of it', async () => {
    const cast = await createCast();
    const { caseId, requestId } = await asked(cast);
    await cast.helpdesk.says(`schedule ${requestId}`);
    await cast.helpdesk.fills({ hour: '0', join });
    const id = idSeen(cast.helpdesk, 'M');
    await cast.deliver();
    const invited = cast.letters.filter(({ calendar }) => calendar?.method === 'REQUEST').map(({ to }) => to);
    await withdraw(cast, caseId);
    await cast.deliver();
    const cancelled = cast.letters.filter(({ calendar }) => calendar?.method === 'CANCEL');
    expect(cancelled.map(({ to }) => to).toSorted()).toEqual(invited.toSorted());
    for (const { calendar } of cancelled) {
      expect(calendar?.ics).toMatch(/STATUS:CANCELLED/);
      expect(calendar?.ics).toMatch(/SEQUENCE:1\r\n/);
      expect(calendar?.ics.replaceAll('\r\n ', '')).toContain(`UID:${id}@`);
    }
    expect([...cast.deskCards.values()].map(plainText).join('\n')).toContain(id);
    const before = cast.letters.length;
    const cards = cast.clinician.inbox.length;
    cast.clock.forward(24 * 20);
    await cast.deliver();
    expect(cast.letters.length).toBe(before);
    expect(cast.clinician.inbox.slice(cards).filter(({ title }) => title.includes(id))).toEqual([]);
  });

  it('that comes before the invitations went out lets none of them out as an invitation', async () => {
    const cast = await createCast();
    const { caseId, requestId } = await asked(cast);
    await cast.helpdesk.says(`schedule ${requestId}`);
    await cast.helpdesk.fills({ hour: '0', join });
    await withdraw(cast, caseId);
    await cast.deliver();
    expect(cast.letters.filter(({ calendar }) => calendar?.method === 'REQUEST')).toEqual([]);
    expect(inboxOf(cast, 'expert-1')).not.toMatch(/You are invited|Accept/);
  });

  it('that comes after the meeting took place changes nobody’s calendar, and what took place is recorded', async () => {
    const cast = await createCast();
    const { caseId, requestId } = await asked(cast);
    await cast.helpdesk.says(`schedule ${requestId}`);
    await cast.helpdesk.fills({ hour: '0', join });
    const id = idSeen(cast.helpdesk, 'M');
    await cast.deliver();
    cast.clock.forward(24 * 16);
    await cast.deliver();
    const [letters, cards] = [cast.letters.length, cast.person('expert-1').inbox.length];
    await withdraw(cast, caseId);
    await cast.deliver();
    expect(cast.letters.slice(letters).filter(({ calendar }) => calendar)).toEqual([]);
    expect(cast.person('expert-1').inbox.length).toBe(cards);
    await cast.helpdesk.submits('scheduling.held', id, { attended: [cast.clinicianId], discussed: 'yes' });
    expect(await load(cast, 'meeting', id)).toMatchObject({ stage: 'held', discussed: [caseId] });
    // The case itself goes on with a new consent only.
    expect(await load(cast, 'case', caseId)).toMatchObject({ onHold: true, stage: 'enrolled' });
  });

  it('ends a running poll: those asked are told, and neither an answer nor the hour is taken any more', async () => {
    const cast = await createCast();
    const { caseId, requestId } = await asked(cast);
    await cast.helpdesk.sends('poll.start', requestId);
    await cast.helpdesk.fills({ quorum: '1', join });
    const pollId = idSeen(cast.helpdesk, 'V');
    await cast.person('expert-1').submits('poll.answer', pollId, { hour0: 'yes', hour1: 'yes' });
    const { slots, voters } = (await cast.ports.store.load('poll', pollId)).state;
    const [expert = ''] = voters.filter((person) => person !== cast.clinicianId);
    await cast.deliver();
    await withdraw(cast, caseId);
    await cast.deliver();
    expect(await load(cast, 'poll', pollId)).toMatchObject({ stage: 'withdrawn' });
    expect(await load(cast, 'request', requestId)).toMatchObject({ stage: 'cancelled' });
    expect(inboxOf(cast, 'expert-1')).toContain(`Poll ${pollId} was withdrawn`);
    await cast.person('expert-1').submits('poll.answer', pollId, { hour0: 'no', hour1: 'no' });
    await cast.helpdesk.sends('poll.finalise', `${pollId}|${slots[0]?.instant}`);
    await cast.helpdesk.sends('poll.take-up', `${pollId}|${slots[0]?.instant}`);
    await cast.helpdesk.submits('scheduling.plan', requestId, { hour: '0', minutes: '60', join, invitees: [expert] });
    expect(await cast.ports.store.count('meeting', {})).toBe(0);
  });

  it('takes the case off the agenda of its group, whose meeting goes on', async () => {
    const cast = await createCast();
    await cast.helpdesk.says('series new');
    await cast.helpdesk.fills({ group: ['HTAD'], week: '2', weekday: '2', clock: '15:00', join });
    const { state } = await cast.ports.store.load('series', idSeen(cast.helpdesk, 'W'));
    const id = state.convened['2026-12-08'] ?? '';
    const { caseId, requestId } = await asked(cast);
    await cast.helpdesk.says(`show ${requestId}`);
    await cast.helpdesk.presses('Put on an agenda');
    await cast.helpdesk.presses('Put it on this agenda');
    const found = await load(cast, 'meeting', id);
    expect(found).toMatchObject({ agenda: [caseId] });
    await cast.deliver();
    await withdraw(cast, caseId);
    await cast.deliver();
    expect(await load(cast, 'meeting', id)).toMatchObject({ stage: 'scheduled', agenda: [] });
    expect(cast.letters.filter(({ calendar }) => calendar?.method === 'CANCEL')).toEqual([]);
    cast.clock.forward(24 * 15);
    await cast.deliver();
    expect(inboxOf(cast, 'expert-1')).not.toContain(caseId);
  });
});

describe('two people of the helpdesk at once', () => {
  const both = async (cast: Cast) => {
    await cast.enter('desk-2', 'Dana Desk', [{ role: 'helpdesk' }]);
    return [cast.helpdesk, cast.person('desk-2')] as const;
  };

  it('schedule one request once, and the other is told', async () => {
    const cast = await createCast();
    const { requestId } = await asked(cast);
    const desks = await both(cast);
    for (const desk of desks) await desk.says(`schedule ${requestId}`);
    await Promise.all(desks.map((desk, index) => desk.fills({ hour: String(index), join })));
    expect(await cast.ports.store.count('meeting', {})).toBe(1);
    const told = desks.map(({ seen }) => JSON.stringify(seen));
    expect(told.filter((text) => /M-[0-9A-Z]{8}/.test(text)).length).toBe(1);
    await cast.deliver();
    const invited = cast.letters.filter(({ calendar }) => calendar?.method === 'REQUEST').map(({ to }) => to);
    expect(new Set(invited).size).toBe(invited.length);
  });

  it('take one hour of a poll once, while a consent is withdrawn in the same moment either way round', async () => {
    const cast = await createCast();
    const { caseId, requestId } = await asked(cast);
    await cast.helpdesk.sends('poll.start', requestId);
    await cast.helpdesk.fills({ quorum: '1', join });
    const pollId = idSeen(cast.helpdesk, 'V');
    await cast.person('expert-1').submits('poll.answer', pollId, { hour0: 'yes', hour1: 'yes' });
    const { slots } = (await load(cast, 'poll', pollId)) as { slots: readonly { instant: string }[] };
    const [one, two] = await both(cast);
    await cast.clinician.says(`consent ${caseId}`);
    await Promise.all([
      one.sends('poll.finalise', `${pollId}|${slots[0]?.instant}`),
      two.sends('poll.finalise', `${pollId}|${slots[1]?.instant}`),
      cast.clinician.presses('Withdraw consent for care'),
    ]);
    const meetings = await cast.ports.store.find('meeting', {}, { limit: 10 });
    expect(meetings.length).toBeLessThan(2);
    // Whichever came first: nothing is planned for the case now.
    expect(meetings.filter(({ state }) => state.stage === 'scheduled')).toEqual([]);
    expect(['withdrawn', 'finalised']).toContain(((await load(cast, 'poll', pollId)) as { stage: string }).stage);
  });

  it('move and cancel one meeting: it ends cancelled or moved once, and its calendar mails end with the last', async () => {
    const cast = await createCast();
    const { requestId } = await asked(cast);
    await cast.helpdesk.says(`schedule ${requestId}`);
    await cast.helpdesk.fills({ hour: '0', join });
    const id = idSeen(cast.helpdesk, 'M');
    await cast.deliver();
    const [one, two] = await both(cast);
    await Promise.all([
      one.submits('scheduling.move', id, { other: '2026-12-11T10:00', minutes: '60' }),
      two.submits('scheduling.move', id, { other: '2026-12-11T11:00', minutes: '60' }),
    ]);
    const moved = (await load(cast, 'meeting', id)) as { sequence: number };
    expect([1, 2]).toContain(moved.sequence);
    await Promise.all([
      one.sends('scheduling.cancel', id),
      two.submits('scheduling.move', id, { other: '2026-12-14T10:00', minutes: '60' }),
    ]);
    expect(await load(cast, 'meeting', id)).toMatchObject({ stage: 'cancelled' });
    await cast.deliver();
    for (const to of new Set(cast.letters.map((letter) => letter.to))) {
      const mails = cast.letters.filter((letter) => letter.to === to && letter.calendar);
      const sequences = mails.map(({ calendar }) => Number(/SEQUENCE:(\d+)/.exec(calendar?.ics ?? '')?.[1]));
      expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
      expect(mails.at(-1)?.calendar?.method).toBe(mails.length > 0 ? 'CANCEL' : undefined);
    }
  });
});
