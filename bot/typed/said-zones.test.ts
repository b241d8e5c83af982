import { expect, test } from 'vitest';
import { saidHours } from './said-hours.ts';
import { saidZone } from './said-zones.ts';

test.each([
  ['HTAD tomorrow 3pm Tokyo time', 'Asia/Tokyo'],
  ['next Tuesday at 15:00 in New York', 'America/New_York'],
  ['am Dienstag um 15 Uhr Londoner Zeit', 'Europe/London'],
  ['mardi à 15 h, heure de Lisbonne', 'Europe/Lisbon'],
  ['el martes a las 15:00, hora de Atenas', 'Europe/Athens'],
  ['dinsdag om 15:00 Londen tijd', 'Europe/London'],
  ['Tuesday 15:00 UTC', 'UTC'],
  ['Tuesday 15:00 GMT+2', 'Etc/GMT-2'],
  ['Tuesday 9:00 EST', 'America/New_York'],
  ['Tuesday 10:00 CET', 'Europe/Brussels'],
  // Words that are no zones.
  ['mardi à 15 h il est là', undefined],
  ['we have no time on Tuesday at 15:00', undefined],
  ['next time, on Tuesday at 10', undefined],
  ['a meeting in Paris on Tuesday', undefined],
  ['HTAD on Tuesday at 15:00 in an hour', undefined],
  ['HTAD on Tuesday at 15:00', undefined],
])('%s: %s', (text, zone) => {
  expect(saidZone(text)).toBe(zone);
});

test('an hour in another zone is given as it is here', () => {
  const said = (text: string) => saidHours(text, 'Europe/Brussels', '2026-11-30T09:00:00.000Z', 'en').hours;
  expect(said('HTAD on 8 December at 15:00')).toEqual(['2026-12-08T15:00']);
  expect(said('HTAD on 8 December at 15:00 London time')).toEqual(['2026-12-08T16:00']);
  expect(said('HTAD on 8 December at 3pm Tokyo time')).toEqual(['2026-12-08T07:00']);
  expect(said('HTAD on 8 December at 20:00 in New York')).toEqual(['2026-12-09T02:00']);
  // Twice or not at all there: it is left to the person.
  expect(said('HTAD on 28 March 2027 at 02:30 Paris time')).toEqual([]);
  expect(said('HTAD on 8 December')).toEqual(['2026-12-08T09:00']);
});
