import { expect, test } from 'vitest';
import { noon } from '../testing/histories.ts';
import { nextWeek } from '../testing/usual.ts';
import { plain, slotRefusal } from './slots.ts';

test.each([
  [[], 'meeting.no-hour'],
  [Array.from({ length: 21 }, () => nextWeek), 'meeting.too-many-hours'],
  [[nextWeek, { ...nextWeek, instant: noon }], 'meeting.hour-past'],
  [[{ ...nextWeek, minutes: 4 }], 'meeting.length'],
  [[{ ...nextWeek, minutes: 481 }], 'meeting.length'],
  [[{ ...nextWeek, minutes: Number.NaN }], 'meeting.hour-malformed'],
  [[{ ...nextWeek, minutes: 5.5 }], 'meeting.hour-malformed'],
  [[{ ...nextWeek, local: 'tomorrow, with Jean' }], 'meeting.hour-malformed'],
  [[{ ...nextWeek, zone: 'my place' }], 'meeting.hour-malformed'],
  // As text it is later than noon; as an instant it is not.
  [[{ ...nextWeek, instant: '2026-03-02T13:30:00+02:00' }], 'meeting.hour-malformed'],
  [[{ ...nextWeek, instant: '2026-13-40T25:61:00Z' }], 'meeting.hour-malformed'],
])('hours %#: %s', (slots, refused) => {
  expect(slotRefusal(slots, noon)).toMatchObject({ refused });
});

test.each([
  { minutes: 5 },
  { minutes: 480 },
  { zone: 'UTC' },
  { zone: 'America/Argentina/Buenos_Aires' },
  { zone: 'Etc/GMT+1' },
  { instant: '2026-03-09T14:00Z' },
  { instant: '2026-03-02T12:00:00.001Z' },
  { local: '2026-03-09T15:00:00' },
])('an hour with %j can be', (other) => {
  expect(slotRefusal([{ ...nextWeek, ...other }], noon)).toBeUndefined();
});

test('twenty hours are not too many', () => {
  expect(
    slotRefusal(
      Array.from({ length: 20 }, () => nextWeek),
      noon,
    ),
  ).toBeUndefined();
});

test('an hour is its four fields', () => {
  const chatty = { ...nextWeek, title: 'Jean' };
  expect(plain(chatty)).toEqual(nextWeek);
});
