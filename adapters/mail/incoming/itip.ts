import ICAL from 'ical.js';
import type { CalendarPart } from '../../../domain/mail-ports.ts';

/** Larger than any answer, and many meetings more than one answers at once. */
const mostCharacters = 200_000;
const mostParts = 50;
const mostOfComment = 2000;

const answers: Readonly<Record<string, CalendarPart['answer']>> = {
  ACCEPTED: 'accepted',
  TENTATIVE: 'tentative',
  DECLINED: 'declined',
};

/**
 * Reads a calendar's answer (RFC 5546 3.2.3 REPLY, 3.2.6 REFRESH, 3.2.7 COUNTER). Takes the object's text, the sender's address and the arrival of
 * the mail (ISO 8601, UTC); gives the method and a part for each VEVENT, or undefined for what is no such object. `sender` chooses among several
 * attendees, which some programs list in a counter-proposal. Hours are read by the VTIMEZONE that comes with them; never throws.
 */
export function readAnswer(
  text: string,
  sender: string,
  arrival: string,
): { readonly method: 'REPLY' | 'COUNTER' | 'REFRESH'; readonly parts: readonly CalendarPart[] } | undefined {
  if (text.length > mostCharacters) return undefined;
  try {
    const calendar = new ICAL.Component(ICAL.parse(text));
    const method = String(calendar.getFirstPropertyValue('method') ?? '').toUpperCase();
    if (calendar.name !== 'vcalendar' || (method !== 'REPLY' && method !== 'COUNTER' && method !== 'REFRESH'))
      return undefined;
    const parts = calendar
      .getAllSubcomponents('vevent')
      .slice(0, mostParts)
      .flatMap((event) => partOf(event, sender, arrival) ?? []);
    return parts.length > 0 ? { method, parts } : undefined;
  } catch {
    return undefined;
  }
}

function partOf(event: ICAL.Component, sender: string, arrival: string): CalendarPart | undefined {
  const uid = textOf(event, 'uid');
  const attendees = event.getAllProperties('attendee').map((property) => ({
    address: String(property.getFirstValue() ?? '')
      .replace(/^mailto:/i, '')
      .trim()
      .toLowerCase(),
    status: String(property.getFirstParameter('partstat') ?? '').toUpperCase(),
  }));
  const attendee = attendees.find(({ address }) => address === sender) ?? attendees[0];
  const sequence = Number(textOf(event, 'sequence') || '0');
  if (uid === '' || !attendee || !Number.isSafeInteger(sequence) || sequence < 0) return undefined;
  const answer = answers[attendee.status];
  const comment = event
    .getAllProperties('comment')
    .map((property) => String(property.getFirstValue() ?? '').trim())
    .filter(Boolean)
    .join('\n')
    .slice(0, mostOfComment)
    .toWellFormed();
  const start = instantOf(event, 'dtstart');
  const minutes = start === undefined ? undefined : minutesOf(event, start);
  return {
    uid,
    sequence,
    stamp: earlier(instantOf(event, 'dtstamp'), arrival),
    attendee: attendee.address,
    ...(answer ? { answer } : {}),
    ...(comment ? { comment } : {}),
    ...(event.hasProperty('recurrence-id') ? { occurrence: instantOf(event, 'recurrence-id') ?? '' } : {}),
    ...(start !== undefined && minutes !== undefined ? { hour: { instant: start, minutes } } : {}),
  };
}

const textOf = (event: ICAL.Component, name: string) => String(event.getFirstPropertyValue(name) ?? '').trim();

/** A calendar whose clock goes wrong does not write from the future. */
function earlier(stamp: string | undefined, arrival: string): string {
  const first = stamp !== undefined && stamp < arrival ? stamp : arrival;
  return `${first.slice(0, 19)}.000Z`;
}

/** The instant of a DATE-TIME, in UTC or in a zone that the object describes; undefined for a whole day, a floating or a malformed hour. */
function instantOf(event: ICAL.Component, name: string): string | undefined {
  const value = event.getFirstPropertyValue(name);
  if (!(value instanceof ICAL.Time) || value.isDate) return undefined;
  const zone = value.zone as ICAL.Timezone | undefined;
  if (!zone || zone === ICAL.Timezone.localTimezone) return undefined;
  if (value.year < yearsRead.first || value.year > yearsRead.last || !isPlain(zone)) return undefined;
  const seconds = value.toUnixTime();
  return Number.isFinite(seconds) ? new Date(seconds * 1000).toISOString() : undefined;
}

const observancesAtMost = 300;
const yearsRead = { first: 1970, last: 2100 } as const;
const partsOfRules = new Set(['BYMONTH', 'BYDAY', 'BYMONTHDAY']);

/** Whether a VTIMEZONE is one as calendars write them. The library walks through every change of the clock that it describes: by the second, it would never end. */
function isPlain(zone: ICAL.Timezone): boolean {
  const { component } = zone;
  if (!component) return true;
  const observances = component.getAllSubcomponents();
  return (
    observances.length <= observancesAtMost &&
    observances.every((one) =>
      one.getAllProperties('rrule').every((property) => {
        const rule = property.getFirstValue();
        return rule instanceof ICAL.Recur && rule.freq === 'YEARLY' && rule.interval > 0 && hasFewParts(rule);
      }),
    )
  );
}

function hasFewParts({ parts }: ICAL.Recur): boolean {
  return Object.entries(parts).every(([name, values]) => partsOfRules.has(name) && [values].flat().length <= 7);
}

function minutesOf(event: ICAL.Component, start: string): number | undefined {
  const end = instantOf(event, 'dtend');
  if (end !== undefined) return Math.round((Date.parse(end) - Date.parse(start)) / 60_000);
  const duration = event.getFirstPropertyValue('duration');
  return duration instanceof ICAL.Duration ? Math.round(duration.toSeconds() / 60) : undefined;
}
