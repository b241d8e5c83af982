import { describe, expect, it } from 'vitest';
import { keepHouse } from '../../housekeeping.ts';
import { plainText } from '../../view.ts';
import { type Cast, createCast, idSeen, openCase } from '../testing.ts';

const words = (answer: { cards?: readonly Parameters<typeof plainText>[0][] }) =>
  (answer.cards ?? []).map(plainText).join('\n');
const join = 'https://meet.example/htad-monthly';

/** The second Tuesday of every month at 15:00 in Brussels; the clock of the tests stands at 23 November 2026. */
async function begun(cast: Cast) {
  await cast.helpdesk.says('series new');
  await cast.helpdesk.fills({ group: ['HTAD'], week: '2', weekday: '2', clock: '15:00', join });
  const seriesId = idSeen(cast.helpdesk, 'W');
  const { state } = await cast.ports.store.load('series', seriesId);
  return { seriesId, meetingId: state.convened['2026-12-08'] ?? '' };
}

const meetingOf = async (cast: Cast, id: string) => (await cast.ports.store.load('meeting', id)).state;

async function listedOn(cast: Cast) {
  const ids = await begun(cast);
  const caseId = await openCase(cast, 'enrolled');
  await cast.clinician.presses('Ask for a meeting');
  await cast.clinician.fills({ when1: '2026-12-08T15:00' });
  const requestId = idSeen(cast.clinician, 'Q');
  await cast.helpdesk.says(`show ${requestId}`);
  await cast.helpdesk.presses('Put on an agenda');
  await cast.helpdesk.presses('Put it on this agenda');
  return { ...ids, caseId, requestId };
}

describe('a series of a working group', () => {
  it('becomes meetings six weeks ahead, with everybody on the roster, its representatives too', async () => {
    const cast = await createCast();
    const { seriesId, meetingId } = await begun(cast);
    const meeting = await meetingOf(cast, meetingId);
    expect(meeting).toMatchObject({
      stage: 'scheduled',
      seriesId,
      group: 'HTAD',
      organiser: 'system',
      slot: { local: '2026-12-08T15:00', zone: 'Europe/Brussels', minutes: 60 },
    });
    expect(Object.keys(meeting.invites).length).toBe(3);
    expect(await cast.ports.store.text(meeting.join ?? '')).toBe(join);
    expect(await cast.ports.store.count('meeting', {})).toBe(1);
    await cast.deliver();
    // One invitation for each, to all of its dates.
    const invitations = cast.letters.filter(({ calendar }) => calendar);
    expect(invitations.length).toBe(3);
    for (const { calendar } of invitations) {
      expect(calendar?.ics).toContain(`UID:${seriesId}@bot.example`);
      expect(calendar?.ics).toContain('RRULE:FREQ=MONTHLY;BYDAY=2TU');
    }
    await keepHouse(cast.ports);
    expect(await cast.ports.store.count('meeting', {})).toBe(1);
    cast.clock.forward(24 * 9);
    await keepHouse(cast.ports);
    const { state } = await cast.ports.store.load('series', seriesId);
    expect(Object.keys(state.convened)).toEqual(['2026-12-08', '2027-01-12']);
  });

  it('is answered by the rule that the pressed card told, and by no other', async () => {
    const cast = await createCast();
    const { seriesId } = await begun(cast);
    await cast.deliver();
    const expert = cast.person('expert-1');
    const erik = (await cast.ports.store.personByIdentity(expert.who.identity)) ?? '';
    const answer = async () => (await cast.ports.store.load('series', seriesId)).state.standing?.people[erik]?.status;
    const old = expert.inbox
      .flatMap(({ buttons }) => buttons ?? [])
      .find((button) => 'action' in button && button.action === 'series.accept');
    if (!(old && 'action' in old)) throw new Error('The series cannot be accepted');
    await cast.helpdesk.sends('series.rule', seriesId);
    await cast.helpdesk.fills({ weekday: '4', clock: '16:30' });
    await expert.sends(old.action, old.ref);
    expect(words(expert.seen)).toContain('has changed since that card was shown');
    expect(words(expert.seen)).toContain('16:30');
    expect(await answer()).not.toBe('accepted');
    await expert.presses('Accept');
    expect(await answer()).toBe('accepted');
  });

  it('has exceptions: a date falls out, another is moved', async () => {
    const cast = await createCast();
    const { seriesId } = await begun(cast);
    await cast.helpdesk.sends('series.skip', `${seriesId}|2027-01-12`);
    expect(words(cast.helpdesk.seen)).toContain('Falls out');
    await cast.helpdesk.sends('series.move', `${seriesId}|2027-02-09`);
    await cast.helpdesk.fills({ other: '2027-02-11T10:00' });
    expect(words(cast.helpdesk.seen)).toContain('Moved from 2027-02-09');
    cast.clock.forward(24 * 45);
    await keepHouse(cast.ports);
    const { state } = await cast.ports.store.load('series', seriesId);
    expect(Object.keys(state.convened)).toEqual(['2026-12-08', '2027-02-09']);
    expect((await meetingOf(cast, state.convened['2027-02-09'] ?? '')).slot.local).toBe('2027-02-11T10:00');
    await cast.helpdesk.sends('series.skip', `${seriesId}|2027-02-09`);
    expect(words(cast.helpdesk.seen)).toContain('convened already');
    await cast.helpdesk.sends('series.end', seriesId);
    cast.clock.forward(24 * 40);
    await keepHouse(cast.ports);
    expect(await cast.ports.store.count('meeting', {})).toBe(2);
  });

  it('takes cases on its agenda, which goes out with their numbers alone', async () => {
    const cast = await createCast();
    const { meetingId, caseId, requestId } = await listedOn(cast);
    expect(await meetingOf(cast, meetingId)).toMatchObject({ agenda: [caseId] });
    expect((await meetingOf(cast, meetingId)).invites).toHaveProperty(cast.clinicianId);
    expect((await cast.ports.store.load('request', requestId)).state).toMatchObject({ stage: 'scheduled', meetingId });
    expect(words(cast.helpdesk.seen)).toContain(`Agenda: ${caseId}`);
    await cast.deliver();
    cast.clock.forward(24 * 13);
    await cast.deliver();
    const [agenda] = cast.person('expert-1').inbox.filter(({ title }) => title === `Agenda of meeting ${meetingId}`);
    expect(agenda && plainText(agenda)).toContain(caseId);
    const told = [
      ...cast.person('expert-1').inbox.map(plainText),
      ...cast.letters.map(({ text, calendar }) => `${text}${calendar?.ics ?? ''}`),
    ];
    expect(told.filter((text) => /Blue Heron|CPMS-4711/.test(text))).toEqual([]);
    cast.clock.forward(24 * 4);
    await cast.helpdesk.sends('scheduling.held', meetingId);
    await cast.helpdesk.fills({ cases: [caseId] });
    expect((await cast.ports.store.load('case', caseId)).state.stage).toBe('discussed');
  });

  it('goes on without a case whose consent was withdrawn', async () => {
    const cast = await createCast();
    const { meetingId, caseId } = await listedOn(cast);
    await cast.clinician.says(`consent ${caseId}`);
    await cast.clinician.presses('Withdraw consent for care');
    expect(await meetingOf(cast, meetingId)).toMatchObject({ stage: 'scheduled', agenda: [] });
  });

  it('is the helpdesk’s alone', async () => {
    const cast = await createCast();
    const { seriesId, meetingId, caseId } = await listedOn(cast);
    for (const user of ['clinician', 'lead', 'expert-1']) {
      const person = cast.person(user);
      expect(words(await person.says('series'))).not.toContain(seriesId);
      await person.sends('series.end', seriesId);
      await person.sends('series.skip', `${seriesId}|2027-01-12`);
      await person.sends('series.convene', `${seriesId}|2027-01-12`);
      await person.sends('agenda.remove', `${meetingId}|${caseId}`);
      await person.submits('series.move', `${seriesId}|2027-01-12`, { other: '2027-01-13T10:00' });
    }
    expect((await cast.ports.store.load('series', seriesId)).state).toMatchObject({ stage: 'running', exceptions: {} });
    expect((await meetingOf(cast, meetingId)).agenda).toEqual([caseId]);
    expect(await cast.ports.store.count('meeting', {})).toBe(1);
  });
});
