import { Temporal } from 'temporal-polyfill';
import type { Refusal } from '../decider.ts';
import { refuse } from '../decider.ts';
import type { Slot } from './slots.ts';

const localForm = /^(?:19[7-9]\d|[2-9]\d{3})-\d{2}-\d{2}T\d{2}:\d{2}$/;
/** What somebody means by an hour that comes twice (the first or the second), or instead of one that is skipped (the hour before or after). */
export const readings = ['first', 'second', 'before', 'after'] as const;
export type Reading = (typeof readings)[number];

const zoneForm = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/;

/**
 * The instant that a local hour means. Takes the local date and time as 'YYYY-MM-DDTHH:mm' (from 1970 on), an IANA zone's
 * name (an offset is none: it would not know of summer time) and the length in whole minutes. Refuses with 'hour.invalid',
 * 'hour.zone-unknown', 'hour.does-not-exist' (skipped when summer time begins) and 'hour.exists-twice' (repeated when it ends):
 * never guesses. The last two carry `before` and `after`, the nearest local hours that are plain, to choose from. With a `reading`
 * that somebody has chosen for this very hour it gives that; an hour that comes twice is then kept in UTC, where it comes once.
 * Follows `disambiguation: 'reject'` of Temporal (ECMA-262, Temporal.PlainDateTime.prototype.toZonedDateTime).
 */
export function slotFrom(local: string, zone: string, minutes: number, reading?: Reading): Slot | Refusal {
  if (!localForm.test(local) || !Number.isSafeInteger(minutes) || minutes <= 0)
    return refuse('hour.invalid', { local, minutes: String(minutes) });
  if (!isZone(zone)) return refuse('hour.zone-unknown', { zone });
  const plain = plainFrom(local);
  if (!plain) return refuse('hour.invalid', { local, minutes });
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds)
    return { local, zone: earlier.timeZoneId, instant: isoInstant(earlier.epochMilliseconds), minutes };

  const twice = earlier.toPlainDateTime().equals(plain);
  if (twice && (reading === 'first' || reading === 'second')) {
    const instant = isoInstant((reading === 'first' ? earlier : later).epochMilliseconds);
    return { local: instant.slice(0, 16), zone: 'UTC', instant, minutes };
  }

  // Both readings lie as far apart as the clocks jump; that far before and after, the local hour is a plain one again.
  const jump = { milliseconds: later.epochMilliseconds - earlier.epochMilliseconds };
  const params = {
    local,
    zone: earlier.timeZoneId,
    before: minuteOf(plain.subtract(jump)),
    after: minuteOf(plain.add(jump)),
  };
  if (!twice && (reading === 'before' || reading === 'after')) return slotFrom(params[reading], zone, minutes);
  return twice
    ? refuse('hour.exists-twice', { ...params, first: earlier.offset, second: later.offset })
    : refuse('hour.does-not-exist', params);
}

/**
 * An instant in words for a person in a zone: weekday, ISO date, time, zone and offset, as in
 * 'Tue 2026-11-24 15:00 Europe/Paris (UTC+1)'. Takes an ISO 8601 instant, an IANA zone (an unknown one, as a chat profile may
 * hold, is shown in UTC, which needs no offset) and a BCP 47 language for the weekday (English where it is malformed). Throws RangeError for what is
 * no instant.
 */
export function sayHour(instant: string, zone: string, language: string): string {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(isZone(zone) ? zone : 'UTC');
  const day = weekday(at.toPlainDate(), language);
  const offset = at.timeZoneId === 'UTC' ? '' : ` (${sayOffset(at.offset)})`;
  return `${day} ${at.toPlainDate().toString()} ${minuteOf(at.toPlainDateTime()).slice(11)} ${at.timeZoneId}${offset}`;
}

/** The same without the zone's name, which a button has no room for: 'Tue 2026-11-24 15:00 (UTC+1)'. */
export function sayHourBriefly(instant: string, zone: string, language: string): string {
  const { timeZoneId } = Temporal.Instant.from(instant).toZonedDateTimeISO(isZone(zone) ? zone : 'UTC');
  return sayHour(instant, zone, language).replace(` ${timeZoneId} `, ' ');
}

/** The local hour ('YYYY-MM-DDTHH:mm') of an instant in a zone; in UTC where the zone is unknown. Throws RangeError for what is no instant. */
export function localHour(instant: string, zone: string): string {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(isZone(zone) ? zone : 'UTC');
  return minuteOf(at.toPlainDateTime());
}

/**
 * An instant in several zones, a line for each offset that they have then: 'Tue 2026-11-24 15:00 (UTC+1): Europe/Paris, Europe/Rome'. The
 * zones keep their order; unknown ones are left out. See `sayHour`.
 */
export function sayZones(instant: string, zones: readonly string[], language: string): readonly string[] {
  const byOffset = new Map<string, string[]>();
  for (const zone of new Set(zones.filter(isZone))) {
    const hour = sayHourBriefly(instant, zone, language);
    byOffset.set(hour, [...(byOffset.get(hour) ?? []), zone]);
  }
  return [...byOffset].map(([hour, names]) => `${hour}: ${names.join(', ')}`);
}

/** Says whether this is the name of a zone that is known here; an offset like '+01:00' is none. */
export function isZone(zone: string): boolean {
  if (!zoneForm.test(zone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

function plainFrom(local: string): Temporal.PlainDateTime | undefined {
  try {
    return Temporal.PlainDateTime.from(local, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/** With milliseconds, as the clock of this project writes it: instants are compared as texts. */
function isoInstant(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString();
}

function minuteOf(plain: Temporal.PlainDateTime): string {
  return plain.toString({ smallestUnit: 'minute' });
}

/** The short name of a date's weekday in a language (BCP 47); in English where the tag is malformed. */
export function weekday(date: Temporal.PlainDate, language: string): string {
  const noon = new Date(`${date.toString()}T12:00:00Z`);
  const options = { weekday: 'short', timeZone: 'UTC' } as const;
  try {
    return new Intl.DateTimeFormat(language, options).format(noon);
  } catch {
    return new Intl.DateTimeFormat('en', options).format(noon);
  }
}

/** '+05:30' → 'UTC+5:30', '+01:00' → 'UTC+1'. */
function sayOffset(offset: string): string {
  const [, sign = '+', hours = '0', minutes = '00'] = /^([+-])(\d{2}):(\d{2})/.exec(offset) ?? [];
  return `UTC${sign}${Number(hours)}${minutes === '00' ? '' : `:${minutes}`}`;
}
