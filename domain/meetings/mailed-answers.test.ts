import { describe, expect, test } from 'vitest';
import { later, noon, telling } from '../testing/histories.ts';
import { paths } from '../testing/paths.ts';
import { nextWeek, usual } from '../testing/usual.ts';
import type { MeetingCommand } from './meeting.ts';
import { meeting } from './meetings.ts';

const { given, when, outcome } = telling(meeting, usual.meeting);
const states = paths('anna').meeting;
const state = (name: string) => states[name] ?? [];
const system = { at: noon, by: 'system' };
const other = { ...nextWeek, local: '2026-03-10T15:00', instant: '2026-03-10T14:00:00.000Z' };
const proof = { ...system, person: 'anna', sequence: 0, stamp: noon, authenticated: true, ownSender: true };
const mailed = { type: 'meeting.mailed-answer', ...proof, answer: 'accepted' } as const satisfies MeetingCommand;
const hour = { type: 'meeting.mailed-hour', ...proof, slot: other } as const satisfies MeetingCommand;
const away = { type: 'meeting.mailed-absence', ...system, person: 'anna', sequence: 0 } as const;
const chat = { type: 'meeting.answer', at: noon, by: 'anna', person: 'anna', answer: 'declined' } as const;
const move = { type: 'meeting.reschedule', at: noon, by: 'desk-1', slot: other } as const;
const bounced = { type: 'meeting.bounced', ...system, person: 'anna', sequence: 0 } as const;

describe('an answer by mail', () => {
  test('that is believed is an answer, with the time at which it was written', () => {
    expect(when(state('scheduled'), mailed)).toEqual([
      { type: 'invite-answered', ...system, person: 'anna', answer: 'accepted', stamp: noon },
    ]);
    expect(given([...state('scheduled'), [mailed]]).invites).toMatchObject({ anna: 'accepted' });
  });

  test.each([
    ['the server does not vouch for', { authenticated: false }, 'not-authenticated'],
    ['another sent', { ownSender: false }, 'other-sender'],
    ['somebody wrote who is not known', { person: undefined }, 'not-invited'],
    ['somebody wrote who is not invited', { person: 'bert' }, 'not-invited'],
    ['the prototype wrote', { person: 'constructor' }, 'not-invited'],
    ['answers an invitation that was never sent', { sequence: 1 }, 'unknown-sequence'],
    ['says nothing', { answer: undefined }, 'unusable'],
  ] as const)('that %s changes nothing, and is shown', (_, changes, doubt) => {
    const { person, ...command } = { ...mailed, ...changes };
    const events = when(state('scheduled'), { ...command, ...(person ? { person } : {}) } as MeetingCommand);
    expect(events).toMatchObject([{ type: 'answer-doubted', doubt }]);
    const after = given([...state('scheduled'), [{ ...command, ...(person ? { person } : {}) } as MeetingCommand]]);
    expect(after.invites).toEqual(given(state('scheduled')).invites);
    expect(after.mailed?.doubts).toMatchObject([{ doubt }]);
  });

  test('to an earlier hour, or to a meeting that is over or called off, changes nothing', () => {
    expect(when([...state('scheduled'), [move]], mailed)).toMatchObject([{ doubt: 'old-sequence' }]);
    expect(outcome([...state('scheduled'), [move]], { ...mailed, sequence: 1 })).toBe('invite-answered');
    expect(when(state('cancelled'), mailed)).toMatchObject([{ doubt: 'not-planned' }]);
    expect(when(state('held'), mailed)).toMatchObject([{ doubt: 'not-planned' }]);
    expect(outcome(state('none'), mailed)).toBe('refused: meeting.unknown');
  });

  test('counts by when it was written, not by when it came', () => {
    const later1 = { ...mailed, answer: 'declined', stamp: later(0, 2), at: later(0, 3) } as const;
    expect(outcome([...state('scheduled'), [later1]], { ...mailed, at: later(0, 4) })).toBe('nothing');
    expect(outcome([...state('scheduled'), [mailed]], later1)).toBe('invite-answered');
    expect(outcome([...state('scheduled'), [mailed]], mailed)).toBe('nothing');
    expect(outcome([...state('scheduled'), [{ ...chat, at: later(0, 1) }]], mailed)).toBe('nothing');
    // An answer in the chat confirms itself, against a mail that was written in between.
    const again = [...state('scheduled'), [chat], [{ ...chat, at: later(0, 3) }]] as const;
    expect(outcome([...again], { ...mailed, stamp: later(0, 2), at: later(0, 4) })).toBe('nothing');
  });

  test('a flood of forgeries does not flood the log', () => {
    const forged = { ...mailed, authenticated: false };
    const history = Array.from({ length: 20 }, () => [forged] as const);
    expect(outcome([...state('scheduled'), ...history], forged)).toBe('nothing');
    expect(outcome([...state('scheduled'), ...history], mailed)).toBe('invite-answered');
  });
});

describe('another hour by mail', () => {
  test('is a suggestion, and no answer; the latest of each person counts', () => {
    const after = given([...state('scheduled'), [hour]]);
    expect(after.invites).toEqual(given(state('scheduled')).invites);
    expect(after.slot).toEqual(given(state('scheduled')).slot);
    expect(after.mailed?.suggestions).toEqual([{ person: 'anna', slot: other, stamp: noon }]);
    expect(outcome([...state('scheduled'), [hour]], hour)).toBe('nothing');
    expect(given([...state('scheduled'), [hour], [{ ...hour, stamp: later(0, 1) }]]).mailed?.suggestions).toHaveLength(
      1,
    );
  });

  test('is believed like an answer', () => {
    expect(when(state('scheduled'), { ...hour, authenticated: false })).toMatchObject([{ doubt: 'not-authenticated' }]);
    expect(when(state('scheduled'), { ...hour, at: later(20) })).toMatchObject([{ doubt: 'unusable' }]);
    const { slot: _, ...none } = hour;
    expect(when(state('scheduled'), none)).toMatchObject([{ doubt: 'unusable' }]);
  });
});

test('away and bounced are told once, of the invitation that stands, and take no answer away', () => {
  expect(outcome(state('scheduled'), away)).toBe('invite-away');
  expect(outcome([...state('scheduled'), [away]], away)).toBe('nothing');
  expect(outcome([...state('scheduled'), [move]], away)).toBe('nothing');
  expect(outcome(state('scheduled'), { ...away, person: 'bert' })).toBe('nothing');
  expect(outcome(state('cancelled'), away)).toBe('nothing');
  expect(outcome([...state('scheduled'), [move]], bounced)).toBe('nothing');
  expect(outcome([...state('scheduled'), [bounced]], bounced)).toBe('nothing');
  const both = given([...state('scheduled'), [mailed], [bounced]]);
  expect(both.invites['anna']).toBe('accepted');
  expect(both.mailed?.bounced).toEqual(['anna']);
});

test('a move forgets what was said of the old hour, and keeps the doubts', () => {
  const forged = { ...mailed, ownSender: false };
  const moved = given([
    ...state('scheduled'),
    [mailed],
    [hour],
    [away],
    [bounced],
    [forged],
    [{ ...move, slot: { ...other, minutes: 45 } }],
  ]);
  expect(moved.mailed).toMatchObject({ answered: {}, suggestions: [], away: [], bounced: [] });
  expect(moved.mailed?.doubts).toHaveLength(1);
});
