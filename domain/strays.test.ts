import { describe, expect, test } from 'vitest';
import { isRefusal } from './decider.ts';
import { type Found, lookAfterHours, type Stray, type StrayCommand, stray } from './strays.ts';

const by = { at: '2026-11-29T12:00:00.000Z', by: 'system' };
const notice: StrayCommand = { type: 'stray.notice', platform: 'slack', person: 'P-1', ...by };
const look = (found: Found): StrayCommand => ({ type: 'stray.look', found, ...by });
const after = (...commands: readonly StrayCommand[]): Stray =>
  commands.reduce((state, command) => {
    const outcome = stray.decide(state, command, null);
    if (isRefusal(outcome)) throw new Error(outcome.refused);
    return outcome.reduce((before, event) => stray.evolve(before, event), state);
  }, stray.initial);

describe('a dropped file', () => {
  test('is noticed once', () => {
    expect(after(notice)).toMatchObject({ stage: 'noticed', person: 'P-1', seen: 0 });
    expect(stray.decide(after(notice), notice, null)).toMatchObject({ refused: 'stray.noticed-before' });
  });

  test('is left after as many looks as there are pauses', () => {
    const looks = lookAfterHours.map(() => look('there'));
    expect(after(notice, ...looks.slice(1))).toMatchObject({ stage: 'noticed', seen: looks.length - 1 });
    expect(after(notice, ...looks)).toMatchObject({ stage: 'left' });
  });

  test.each(['gone', 'not-told'] as const)('that is %s is not looked for again', (found) => {
    const state = after(notice, look('there'), look(found));
    expect(state.stage).toBe(found);
    expect(stray.decide(state, look('there'), null)).toMatchObject({ refused: 'stray.not-looked-for' });
  });

  test('that nobody noticed is not looked for', () => {
    expect(stray.decide(stray.initial, look('gone'), null)).toMatchObject({ refused: 'stray.not-looked-for' });
  });
});
