import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conflictsAt, overlap } from './conflicts.ts';
import type { InviteStatus } from './meeting.ts';
import type { Slot } from './slots.ts';

const at = (clock: string, minutes = 60, zone = 'UTC'): Slot => ({
  local: `2026-03-09T${clock}`,
  zone,
  instant: `2026-03-09T${clock}:00.000Z`,
  minutes,
});
const meeting = (id: string, slot: Slot, invites: Readonly<Record<string, InviteStatus>>) => ({
  id,
  state: { stage: 'scheduled' as const, slot, invites },
});

test('an hour shares a moment with what begins before its end and ends after its beginning, and with nothing else', () => {
  const hour = at('10:00');
  for (const [other, shared] of [
    [at('10:00'), true],
    [at('09:30'), true],
    [at('10:30', 5), true],
    [at('08:00', 240), true],
    [at('09:00'), false],
    [at('11:00'), false],
    [at('10:59', 5), true],
  ] as const)
    expect([other.local, overlap(hour, other)]).toEqual([other.local, shared]);
});

test('two slots share a moment exactly when some minute is in both', () => {
  const minute = fc.integer({ min: 0, max: 120 });
  const slotAt = (start: number, minutes: number): Slot => ({
    ...at('00:00', minutes),
    instant: new Date(Date.UTC(2026, 2, 9) + start * 60_000).toISOString(),
  });
  const length = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(minute, length, minute, length, (a, lengthA, b, lengthB) => {
      const inA = (at: number) => at >= a && at < a + lengthA;
      const both = Array.from({ length: lengthB }, (_, index) => b + index).some(inA);
      expect(overlap(slotAt(a, lengthA), slotAt(b, lengthB))).toBe(both);
      expect(overlap(slotAt(b, lengthB), slotAt(a, lengthA))).toBe(both);
    }),
  );
});

test('names who is in the way, without those who declined, the meeting that is moved and what is not planned any more', () => {
  const meetings = [
    meeting('M-2', at('10:30'), { anna: 'accepted', bert: 'declined', elsa: 'pending' }),
    meeting('M-1', at('09:30'), { anna: 'sent' }),
    meeting('M-3', at('10:00'), { carl: 'accepted' }),
    { id: 'M-4', state: { ...meeting('', at('10:00'), { anna: 'accepted' }).state, stage: 'cancelled' as const } },
  ];
  const people = ['anna', 'bert', 'elsa', 'constructor'];
  expect(conflictsAt(at('10:00'), people, meetings).map((found) => [found.meeting, found.people])).toEqual([
    ['M-1', ['anna']],
    ['M-2', ['anna', 'elsa']],
  ]);
  expect(conflictsAt(at('10:00'), people, meetings, 'M-1').map((found) => found.meeting)).toEqual(['M-2']);
  expect(conflictsAt(at('14:00'), people, meetings)).toEqual([]);
});
