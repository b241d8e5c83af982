import { describe, expect, it } from 'vitest';
import { type Cast, createCast, idSeen, planMeeting } from '../conversations/testing.ts';
import type { PlanState } from './pages.ts';

const december = ['2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'] as const;
const join = 'https://meet.example/abc';
let deliveries = 0;
const delivery = () => `d-${(deliveries += 1)}`;

/** Opens the calendar by the link that the chat gives, and gives its session. */
async function opened(cast: Cast, user = 'helpdesk'): Promise<string> {
  const answer = await cast.person(user).says('calendar');
  const url = answer.cards?.[0]?.buttons?.flatMap((button) => ('url' in button ? [button.url] : []))[0] ?? '';
  const begun = await cast.service.pages.plan.begin(url.split('/').at(-1) ?? '');
  if ('refused' in begun) throw new Error(begun.refused);
  return begun.session;
}

async function look(cast: Cast, session: string): Promise<PlanState> {
  const state = await cast.service.pages.plan.look(session, ...december);
  if ('refused' in state) throw new Error(state.refused);
  return state;
}

describe('the helpdesk’s calendar', () => {
  it('shows meetings, the hours of polls and of requests, with numbers and groups alone', async () => {
    const cast = await createCast();
    const { meetingId, caseId } = await planMeeting(cast);
    await cast.clinician.submits('meeting.ask', '', { group: 'HHT', when1: '2026-12-03T10:00', minutes: '60' });
    const requestId = idSeen(cast.clinician, 'Q');
    await cast.helpdesk.submits('poll.start', '', {
      day1: '2026-12-08',
      hours: ['10:00', '11:00'],
      minutes: '60',
      voters: [cast.clinicianId],
      quorum: '1',
      deadline: '2026-12-04T18:00',
      join,
    });
    const pollId = idSeen(cast.helpdesk, 'V');
    const state = await look(cast, await opened(cast));
    expect(state.entries.map(({ kind, id, start }) => [kind, id, start])).toEqual([
      ['meeting', meetingId, '2026-12-01T14:00:00.000Z'],
      ['poll-hour', pollId, '2026-12-08T09:00:00.000Z'],
      ['poll-hour', pollId, '2026-12-08T10:00:00.000Z'],
      ['proposal', requestId, '2026-12-03T09:00:00.000Z'],
    ]);
    expect(state.entries[0]).toMatchObject({ group: 'HTAD', movable: true, counts: { invited: 3, accepted: 0 } });
    expect(state.pending.map(({ id }) => id)).toEqual([requestId]);
    expect(JSON.stringify(state)).not.toMatch(new RegExp(`${caseId}|Blue Heron|Clinician|Expert\\b|meet\\.example`));
  });

  it('moves a meeting as the form of the chat does, once for each request, and says what is in the way', async () => {
    const cast = await createCast();
    const { meetingId } = await planMeeting(cast);
    const session = await opened(cast);
    const { plan } = cast.service.pages;
    const to = { id: meetingId, start: '2026-12-02T09:00:00.000Z', minutes: 60 };
    const once = delivery();
    expect(await plan.move(session, once, to)).toEqual({ moved: true });
    expect(await plan.move(session, once, to)).toEqual({ moved: true });
    expect((await cast.ports.store.load('meeting', meetingId)).state).toMatchObject({
      sequence: 1,
      slot: { local: '2026-12-02T10:00', zone: 'Europe/Brussels' },
    });
    await cast.helpdesk.submits('scheduling.plan', '', {
      other: '2026-12-03T10:00',
      minutes: '60',
      invitees: [cast.clinicianId],
      join,
    });
    const other = idSeen(cast.helpdesk, 'M');
    const into = { ...to, start: '2026-12-03T09:30:00.000Z' };
    expect(await plan.move(session, delivery(), into)).toMatchObject({
      moved: false,
      words: expect.stringContaining(other),
    });
    expect(await plan.move(session, delivery(), { ...into, despite: true })).toEqual({ moved: true });
    expect(await plan.move(session, delivery(), { ...to, start: '2026-11-01T09:00:00.000Z' })).toMatchObject({
      moved: false,
    });
    expect(await plan.move(session, delivery(), { ...to, id: 'M-NOBODY00' })).toMatchObject({ moved: false });
  });

  it('is closed to everybody else, and to a helpdesk person who is none any more', async () => {
    const cast = await createCast();
    const { meetingId } = await planMeeting(cast);
    for (const user of ['clinician', 'lead', 'expert-1']) {
      const answer = await cast.person(user).says('calendar');
      expect(JSON.stringify(answer)).not.toContain('/plan/');
    }
    const session = await opened(cast);
    const helpdesk = (await cast.ports.store.personByIdentity(cast.helpdesk.who.identity)) ?? '';
    const { version } = await cast.ports.store.load('person', helpdesk);
    await cast.ports.store.commit({
      appends: [
        {
          kind: 'person',
          id: helpdesk,
          expected: version,
          events: [{ type: 'role-revoked', at: cast.clock.now(), by: 'system', grant: { role: 'helpdesk' } }],
        },
      ],
      reads: [],
      rows: [],
      outgoing: [],
    });
    const { plan } = cast.service.pages;
    expect(await plan.look(session, ...december)).toMatchObject({ refused: 'access.denied' });
    expect(
      await plan.move(session, delivery(), { id: meetingId, start: '2026-12-02T09:00:00.000Z', minutes: 60 }),
    ).toMatchObject({ refused: 'access.denied' });
    expect(await plan.look('nonsense', ...december)).toMatchObject({ refused: 'link.session-over' });
  });
});
