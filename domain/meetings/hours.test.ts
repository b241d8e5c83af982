import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '../decider.ts';
import { isZone, sayHour, sayZones, slotFrom } from './hours.ts';

describe('slotFrom', () => {
  test.each([
    ['2026-11-24T15:00', 'Europe/Paris', '2026-11-24T14:00:00.000Z'],
    ['2026-07-01T15:00', 'Europe/Paris', '2026-07-01T13:00:00.000Z'],
    ['2027-03-28T03:00', 'Europe/Paris', '2027-03-28T01:00:00.000Z'],
    ['2026-10-25T03:00', 'Europe/Paris', '2026-10-25T02:00:00.000Z'],
    ['2026-11-01T09:00', 'America/New_York', '2026-11-01T14:00:00.000Z'],
    ['2026-10-31T09:00', 'America/New_York', '2026-10-31T13:00:00.000Z'],
    ['2026-11-24T15:00', 'Asia/Kolkata', '2026-11-24T09:30:00.000Z'],
    ['2026-11-24T15:00', 'Pacific/Auckland', '2026-11-24T02:00:00.000Z'],
  ])('%s in %s is %s', (local, zone, instant) => {
    expect(slotFrom(local, zone, 45)).toEqual({ local, zone, instant, minutes: 45 });
  });

  test('an hour that the clocks skip is refused, with what lies before and after', () => {
    expect(slotFrom('2027-03-28T02:30', 'Europe/Paris', 30)).toEqual({
      refused: 'hour.does-not-exist',
      params: {
        local: '2027-03-28T02:30',
        zone: 'Europe/Paris',
        before: '2027-03-28T01:30',
        after: '2027-03-28T03:30',
      },
    });
  });

  test('an hour that comes twice is refused, with both offsets', () => {
    expect(slotFrom('2026-10-25T02:30', 'Europe/Paris', 30)).toEqual({
      refused: 'hour.exists-twice',
      params: {
        local: '2026-10-25T02:30',
        zone: 'Europe/Paris',
        before: '2026-10-25T01:30',
        after: '2026-10-25T03:30',
        first: '+02:00',
        second: '+01:00',
      },
    });
  });

  test('clocks that jump half an hour: the alternatives are hours that can be taken', () => {
    const outcome = slotFrom('2027-04-04T01:45', 'Australia/Lord_Howe', 30);
    expect(outcome).toMatchObject({ refused: 'hour.exists-twice' });
    if (!isRefusal(outcome)) throw new Error('taken');
    expect(isRefusal(slotFrom(String(outcome.params?.before), 'Australia/Lord_Howe', 30))).toBe(false);
    expect(isRefusal(slotFrom(String(outcome.params?.after), 'Australia/Lord_Howe', 30))).toBe(false);
  });

  test.each(['Nowhere/X', '+02:00', 'UTC+2', '', 'Europe/Paris\r\nX:1', '../etc'])('the zone %j is unknown', (zone) => {
    expect(slotFrom('2026-11-24T15:00', zone, 30)).toMatchObject({ refused: 'hour.zone-unknown' });
  });

  test.each(['2026-02-30T10:00', '2026-11-24', '2026-11-24T24:00', '2026-11-24T15:00Z', '24/11/2026 15:00', ''])(
    '%j is no local hour',
    (local) => expect(slotFrom(local, 'Europe/Paris', 30)).toMatchObject({ refused: 'hour.invalid' }),
  );

  test.each([0, -5, 2.5, Number.NaN, Number.POSITIVE_INFINITY])('%j is no length', (minutes) => {
    expect(slotFrom('2026-11-24T15:00', 'Europe/Paris', minutes)).toMatchObject({ refused: 'hour.invalid' });
  });

  test('every instant that is given back reads as the local hour that was asked for', () => {
    const zones = ['Europe/Paris', 'America/St_Johns', 'Asia/Kathmandu', 'Africa/Casablanca', 'Pacific/Chatham'];
    const hour = fc.date({
      min: new Date('2026-01-01T00:00:00Z'),
      max: new Date('2030-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(hour, fc.constantFrom(...zones), (date, zone) => {
        const local = date.toISOString().slice(0, 16);
        const slot = slotFrom(local, zone, 30);
        const said = isRefusal(slot) ? slot.refused : sayHour(slot.instant, zone, 'en');
        expect(said).toMatch(new RegExp(`^hour\\.(does-not-exist|exists-twice)$| ${local.replace('T', ' ')} `));
      }),
      { numRuns: 300 },
    );
  });
});

describe('sayHour', () => {
  test.each([
    ['Europe/Paris', 'en', 'Tue 2026-11-24 15:00 Europe/Paris (UTC+1)'],
    ['Asia/Kolkata', 'en', 'Tue 2026-11-24 19:30 Asia/Kolkata (UTC+5:30)'],
    ['America/New_York', 'en', 'Tue 2026-11-24 09:00 America/New_York (UTC-5)'],
    ['Pacific/Auckland', 'en', 'Wed 2026-11-25 03:00 Pacific/Auckland (UTC+13)'],
    ['Europe/Paris', 'fr', 'mar. 2026-11-24 15:00 Europe/Paris (UTC+1)'],
    ['Nowhere/X', 'not a language', 'Tue 2026-11-24 14:00 UTC'],
  ])('in %s, %s', (zone, language, words) => {
    expect(sayHour('2026-11-24T14:00:00.000Z', zone, language)).toBe(words);
  });

  test('what is no instant throws', () => {
    expect(() => sayHour('2026-11-24', 'Europe/Paris', 'en')).toThrow(RangeError);
  });
});

test('isZone knows names, and no offsets', () => {
  expect(['Europe/Paris', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'].map(isZone)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(['+01:00', 'Mars/Olympus', ''].map(isZone)).toEqual([false, false, false]);
});

describe('an hour that somebody has chosen a reading of', () => {
  test('that comes twice is kept in UTC, where it comes once', () => {
    const first = { local: '2026-10-25T00:30', zone: 'UTC', instant: '2026-10-25T00:30:00.000Z', minutes: 30 };
    expect(slotFrom('2026-10-25T02:30', 'Europe/Paris', 30, 'first')).toEqual(first);
    expect(slotFrom('2026-10-25T02:30', 'Europe/Paris', 30, 'second')).toMatchObject({
      local: '2026-10-25T01:30',
      zone: 'UTC',
      instant: '2026-10-25T01:30:00.000Z',
    });
    expect(slotFrom('2026-10-25T02:30', 'Europe/Paris', 30, 'after')).toMatchObject({ refused: 'hour.exists-twice' });
  });

  test('that is skipped becomes the hour before or after', () => {
    expect(slotFrom('2027-03-28T02:30', 'Europe/Paris', 30, 'before')).toMatchObject({
      local: '2027-03-28T01:30',
      zone: 'Europe/Paris',
    });
    expect(slotFrom('2027-03-28T02:30', 'Europe/Paris', 30, 'after')).toMatchObject({
      instant: '2027-03-28T01:30:00.000Z',
    });
    expect(slotFrom('2027-03-28T02:30', 'Europe/Paris', 30, 'first')).toMatchObject({ refused: 'hour.does-not-exist' });
  });

  test('that is a plain one is that', () => {
    expect(slotFrom('2026-11-24T15:00', 'Europe/Paris', 30, 'second')).toEqual(
      slotFrom('2026-11-24T15:00', 'Europe/Paris', 30),
    );
  });
});

test('an instant in several zones is a line for each offset', () => {
  const zones = ['Europe/Paris', 'Europe/Lisbon', 'Europe/Rome', 'Nowhere/X', 'Europe/Paris'];
  expect(sayZones('2026-11-24T14:00:00.000Z', zones, 'en')).toEqual([
    'Tue 2026-11-24 15:00 (UTC+1): Europe/Paris, Europe/Rome',
    'Tue 2026-11-24 14:00 (UTC+0): Europe/Lisbon',
  ]);
});
