import { describe, expect, test } from 'vitest';
import { later, noon, telling } from '../testing/histories.ts';
import { paths } from '../testing/paths.ts';
import { nextWeek, usual } from '../testing/usual.ts';
import type { MeetingCommand } from './meeting.ts';
import { meeting } from './meetings.ts';

const { given, when, outcome, compared } = telling(meeting, usual.meeting);
const states = paths('anna').meeting;
const state = (name: string) => states[name] ?? [];
const desk = { at: noon, by: 'desk-1' };
const system = { at: noon, by: 'system' };
const other = { ...nextWeek, local: '2026-03-10T15:00', instant: '2026-03-10T14:00:00.000Z' };

const schedule = {
  type: 'meeting.schedule',
  ...desk,
  requestId: 'Q-1',
  requester: 'anna',
  hcp: 'A',
  caseId: 'C-1',
  group: 'HHT',
  slot: nextWeek,
  invitees: ['expert-1', 'anna'],
  join: 'X-1',
} as const satisfies MeetingCommand;
const held = { type: 'meeting.held', at: later(8), by: 'desk-1' } as const;
const answer = { type: 'meeting.answer', at: noon, by: 'anna', person: 'anna', answer: 'accepted' } as const;
const sent = { type: 'meeting.sent', ...system, person: 'anna' } as const;
const bounced = { type: 'meeting.bounced', ...system, person: 'anna' } as const;

const ofGroup = (said: string) => ({ 'of a group': said, 'with an agenda': said, 'date of a series': said });
const datesOnly = (said: string) => ({
  ...Object.fromEntries(
    ['scheduled', 'rescheduled', 'of a group', 'with an agenda'].map((name) => [name, 'refused: meeting.no-series']),
  ),
  'date of a series': said,
});

test('every command in every state', () => {
  const planned = (said: string) => ({ scheduled: said, rescheduled: said, ...ofGroup(said) });
  const afterAll = (said: string) => ({ '*': said, none: 'refused: meeting.unknown' });
  const { actual, expected } = compared(
    states,
    {
      schedule,
      reschedule: { type: 'meeting.reschedule', ...desk, slot: other },
      more: { type: 'meeting.invite', ...desk, people: ['expert-1', 'expert-9'] },
      fewer: { type: 'meeting.take-off', ...desk, people: ['expert-1'] },
      cancel: { type: 'meeting.cancel', ...desk, reason: 'requester' },
      listed: { type: 'meeting.put-on-agenda', ...desk, caseId: 'C-2', requestId: 'Q-2', invitees: [] },
      off: { type: 'meeting.take-off-agenda', ...desk, caseId: 'C-1' },
      join: { type: 'meeting.join', ...system, people: ['expert-7', 'anna'] },
      part: { type: 'meeting.part', ...system, people: ['anna'] },
      whole: { type: 'meeting.series-answer', ...system, person: 'anna', answer: 'tentative' },
      follow: {
        type: 'meeting.follow',
        ...system,
        slot: other,
        date: '2026-03-10',
        hour: '2026-03-10T15:00',
        zone: 'Europe/Paris',
        sequence: 4,
      },
      held,
      review: { type: 'meeting.review', at: noon, by: 'anna', outcome: 'answered', again: false },
      answer,
      leave: { type: 'meeting.decline-hour', ...desk, person: 'nobody' },
      sent,
      bounced,
    },
    {
      schedule: { '*': 'refused: meeting.wrong-stage', none: 'meeting-scheduled' },
      reschedule: planned('meeting-rescheduled'),
      more: planned('invitees-added'),
      fewer: { ...planned('invitees-removed'), 'date of a series': 'refused: meeting.by-series' },
      cancel: planned('meeting-cancelled'),
      listed: {
        scheduled: 'refused: meeting.no-agenda',
        rescheduled: 'refused: meeting.no-agenda',
        ...ofGroup('agenda-added'),
      },
      off: {
        scheduled: 'nothing',
        rescheduled: 'nothing',
        ...ofGroup('nothing'),
        'with an agenda': 'agenda-removed',
      },
      held: planned('meeting-held'),
      review: { held: 'meeting-reviewed' },
      answer: planned('invite-answered'),
      join: datesOnly('meeting-joined'),
      part: datesOnly('meeting-parted'),
      whole: datesOnly('invite-answered'),
      follow: datesOnly('meeting-followed'),
      leave: { ...planned('refused: meeting.no-suggestion'), 'date of a series': 'refused: meeting.no-suggestion' },
      sent: afterAll('invite-sent'),
      bounced: afterAll('invite-bounced'),
    },
    (name) => (name === 'none' ? 'refused: meeting.unknown' : 'refused: meeting.wrong-stage'),
  );
  expect(actual).toEqual(expected);
});

describe('scheduling', () => {
  test('writes down the hour, whom it is for and who is invited, each once', () => {
    const { type: _, ...told } = schedule;
    expect(when([], { ...schedule, invitees: ['expert-1', 'anna', 'expert-1'] })).toEqual([
      { type: 'meeting-scheduled', ...told },
    ]);
    expect(given([[schedule]])).toMatchObject({
      stage: 'scheduled',
      organiser: 'desk-1',
      sequence: 0,
      moved: 0,
      invites: { 'expert-1': 'pending', anna: 'pending' },
    });
  });

  test('has no room for what is not a meeting’s (rule 7)', () => {
    const chatty = { ...schedule, pseudonym: 'P-7', slot: { ...nextWeek, title: 'HHT with bleeding' } };
    expect(JSON.stringify(when([], chatty))).not.toMatch(/P-7|bleeding/);
  });

  test('needs the consent and the enrolment of its case (rule 4)', () => {
    expect(outcome([], schedule, { careConsent: false })).toBe('refused: consent.care-inactive');
    expect(outcome([], schedule, { caseGoesOn: false })).toBe('refused: consent.care-inactive');
    const { caseId: _, ...general } = schedule;
    expect(outcome([], general, { careConsent: false, caseGoesOn: false })).toBe('meeting-scheduled');
  });

  test('invites somebody, and no patient representative to a case (rule 7)', () => {
    expect(outcome([], { ...schedule, invitees: [] })).toBe('refused: request.nobody-invited');
    expect(outcome([], schedule, { representatives: ['expert-1'] })).toBe('refused: meeting.representative');
    expect(outcome([], schedule, { representatives: ['another'] })).toBe('meeting-scheduled');
    const { caseId: _, ...general } = schedule;
    expect(outcome([], general, { representatives: ['expert-1'] })).toBe('meeting-scheduled');
  });

  test('is for an hour to come', () => {
    expect(outcome([], { ...schedule, at: later(9) })).toBe('refused: meeting.hour-past');
  });
});

describe('moving', () => {
  const move = { type: 'meeting.reschedule', ...desk, slot: other } as const;

  test('raises the sequence and asks everybody anew (RFC 5546 2.1.4)', () => {
    const moved = given([...state('scheduled'), [sent], [answer], [move]]);
    expect(moved).toMatchObject({ stage: 'scheduled', slot: other, sequence: 1, moved: 1 });
    expect(moved.invites).toEqual({ anna: 'pending', 'expert-1': 'pending' });
  });

  test('to the same hour, to the past or without consent is refused', () => {
    expect(outcome(state('scheduled'), { ...move, slot: nextWeek })).toBe('refused: meeting.same-hour');
    expect(outcome(state('scheduled'), { ...move, slot: { ...nextWeek, minutes: 45 } })).toBe('meeting-rescheduled');
    expect(outcome(state('scheduled'), { ...move, at: later(20) })).toBe('refused: meeting.hour-past');
    expect(outcome(state('scheduled'), move, { careConsent: false })).toBe('refused: consent.care-inactive');
  });
});

test('cancelling raises the sequence, and needs no consent', () => {
  const cancel = { type: 'meeting.cancel', ...system, reason: 'consent-ended' } as const;
  expect(when(state('rescheduled'), cancel, { careConsent: false })).toEqual([
    { type: 'meeting-cancelled', ...system, reason: 'consent-ended' },
  ]);
  expect(given([...state('rescheduled'), [cancel]])).toMatchObject({ stage: 'cancelled', sequence: 2 });
});

test('held: not before its hour, nor while it goes on without consent', () => {
  expect(outcome(state('scheduled'), { ...held, at: later(6) })).toBe('refused: meeting.not-yet');
  expect(outcome(state('scheduled'), { ...held, at: nextWeek.instant })).toBe('meeting-held');
  expect(outcome(state('scheduled'), { ...held, at: nextWeek.instant }, { caseGoesOn: false })).toBe(
    'refused: consent.care-inactive',
  );
});

test('what was over when the consent ended, or the case was closed, took place: it is recorded and not cancelled', () => {
  const end = new Date(Date.parse(nextWeek.instant) + nextWeek.minutes * 60_000).toISOString();
  const stop = (reason: 'consent-ended' | 'case-closed' | 'helpdesk', at: string) =>
    outcome(state('scheduled'), { type: 'meeting.cancel', ...system, reason, at }, { careConsent: false });
  expect(stop('consent-ended', nextWeek.instant)).toBe('meeting-cancelled');
  expect(stop('consent-ended', end)).toBe('refused: meeting.hour-past');
  expect(stop('case-closed', end)).toBe('refused: meeting.hour-past');
  // The helpdesk knows that it did not take place.
  expect(stop('helpdesk', end)).toBe('meeting-cancelled');
  expect(outcome(state('scheduled'), { ...held, at: end }, { careConsent: false })).toBe('meeting-held');
});

describe('an invitation', () => {
  test('goes from pending to sent to an answer, which may change', () => {
    const names = (history: Parameters<typeof given>[0]) => given([...state('scheduled'), ...history]).invites['anna'];
    expect(names([])).toBe('pending');
    expect(names([[sent]])).toBe('sent');
    expect(names([[sent], [answer]])).toBe('accepted');
    expect(names([[sent], [answer], [{ ...answer, answer: 'declined' }]])).toBe('declined');
    expect(names([[sent], [bounced]])).toBe('bounced');
  });

  test('is told once', () => {
    expect(outcome([...state('scheduled'), [sent]], sent)).toBe('nothing');
    expect(outcome([...state('scheduled'), [answer]], sent)).toBe('nothing');
    expect(outcome([...state('scheduled'), [answer]], answer)).toBe('nothing');
    expect(outcome([...state('scheduled'), [bounced]], bounced)).toBe('nothing');
  });

  test.each(['bert', 'constructor', '__proto__'])(
    'that %s does not have is not answered, sent or bounced',
    (person) => {
      expect(outcome(state('scheduled'), { ...answer, by: person, person })).toBe('refused: meeting.not-invited');
      expect(outcome(state('scheduled'), { ...sent, person })).toBe('nothing');
      expect(outcome(state('scheduled'), { ...bounced, person })).toBe('nothing');
    },
  );

  test('is answered by nobody else', () => {
    expect(outcome(state('scheduled'), { ...answer, by: 'expert-1' })).toBe('refused: meeting.not-your-invitation');
  });
});

describe('taking somebody off', () => {
  const fewer = { type: 'meeting.take-off', ...desk, people: ['anna'] } as const;

  test('leaves no word of theirs, and takes it out of their calendar above all that anybody has (RFC 5546 3.2.5)', () => {
    const after = given([...state('scheduled'), [answer], [fewer]]);
    expect(after).toMatchObject({ sequence: 0, newest: 2, invites: { 'expert-1': 'pending' } });
    expect(Object.keys(after.invites)).toEqual(['expert-1']);
    expect(after.mailed?.answered).toEqual({});
    const again = given([...state('scheduled'), [answer], [fewer], [{ ...fewer, type: 'meeting.invite' }], [fewer]]);
    expect(again.newest).toBe(4);
  });

  test('stands below what comes after it', () => {
    const moved = given([...state('scheduled'), [fewer], [{ type: 'meeting.reschedule', ...desk, slot: other }]]);
    expect(moved.sequence).toBe(3);
    expect(moved.newest).toBeUndefined();
  });

  test.each([
    ['nobody', [], 'refused: meeting.others-not-invited'],
    ['who is not invited', ['anna', 'constructor'], 'refused: meeting.others-not-invited'],
    ['everybody', ['anna', 'expert-1'], 'refused: meeting.nobody-left'],
  ])('is refused for %s', (_, people, said) => {
    expect(outcome(state('scheduled'), { ...fewer, people })).toBe(said);
  });

  test('is refused once it has begun', () => {
    expect(outcome(state('scheduled'), { ...fewer, at: later(8) })).toBe('refused: meeting.hour-past');
  });
});

describe('what comes after', () => {
  const before = state('scheduled');
  const review = { type: 'meeting.review', at: later(9), by: 'anna', outcome: 'partly', again: true } as const;

  test('is who was there, out of those invited, and whether the case was discussed', () => {
    expect(outcome(before, { ...held, attended: ['anna', 'carl'] })).toBe('refused: meeting.attended-not-invited');
    expect(outcome(before, { ...held, attended: ['constructor'] })).toBe('refused: meeting.attended-not-invited');
    expect(outcome(before, { ...held, discussed: ['C-2'] })).toBe('refused: meeting.other-case');
    expect(given([...before, [{ ...held, attended: ['anna', 'anna'], discussed: [] }]])).toMatchObject({
      stage: 'held',
      attended: ['anna'],
      discussed: [],
    });
  });

  test('is how it went, for the one who asked for it alone, who may think again', () => {
    const after = [...before, [held]] as const;
    expect(outcome(after, { ...review, by: 'expert-1' })).toBe('refused: meeting.not-yours');
    expect(outcome(after, { ...review, outcome: 'splendid' as 'not' })).toBe('refused: meeting.outcome-unknown');
    const again = given([
      ...after,
      [{ ...review, comment: 'X-9' }],
      [{ ...review, outcome: 'answered', again: false }],
    ]);
    expect(again.review).toEqual({ outcome: 'answered', again: false });
  });
});

describe('an agenda', () => {
  const before = state('with an agenda');
  const listed = {
    type: 'meeting.put-on-agenda',
    ...desk,
    caseId: 'C-2',
    requestId: 'Q-2',
    invitees: ['anna'],
  } as const;

  test('holds each case once, brings its people along, and needs the consent for care', () => {
    expect(given(before)).toMatchObject({ agenda: ['C-1'], invites: { 'expert-2': 'pending' } });
    expect(outcome(before, { ...listed, caseId: 'C-1' })).toBe('refused: meeting.on-agenda');
    expect(outcome(before, listed, { careConsent: false })).toBe('refused: consent.care-inactive');
    expect(outcome(before, { ...listed, at: later(8) })).toBe('refused: meeting.hour-past');
    const [added] = when(before, { ...listed, invitees: ['anna', 'carl', 'carl'] }) as readonly {
      invitees?: unknown;
    }[];
    expect(added?.invitees).toEqual(['carl']);
    const off = { type: 'meeting.take-off-agenda', ...system, caseId: 'C-1' } as const;
    expect(given([...before, [off]]).agenda).toEqual([]);
    // What the group discussed it has discussed.
    expect(outcome(before, { ...off, at: later(8) })).toBe('refused: meeting.hour-past');
  });

  test('says which cases can have been discussed', () => {
    expect(outcome(before, { ...held, discussed: ['C-1'] })).toBe('meeting-held');
    expect(outcome(before, { ...held, discussed: ['C-1', 'C-2'] })).toBe('refused: meeting.other-case');
  });

  test('belongs to what a series convenes; the system schedules nothing else', () => {
    const { requestId: _, caseId: __, ...general } = schedule;
    expect(outcome([], { ...general, ...system })).toBe('refused: meeting.helpdesk-only');
    expect(outcome([], { ...general, ...system, seriesId: 'W-1' })).toBe('meeting-scheduled');
  });
});
