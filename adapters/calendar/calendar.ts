import ical, {
  ICalAlarmType,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { tzlib_get_ical_block, tzlib_get_timezones } from 'timezones-ical-library';
import { z } from 'zod';
import type { Calendar, Invitation } from '../../domain/ports.ts';

// The library puts the leading '-' of a formal public identifier before it.
const product = '//vascern-cpms-bot//Meeting invitations//EN';
const alarmSeconds = 15 * 60;

const person = z.object({ name: z.string().max(300), email: z.email().max(254) });
const shape = z.object({
  // The library writes the UID as it is: nothing but harmless characters may be in it.
  uid: z.string().regex(/^[A-Za-z0-9._@-]{1,255}$/),
  sequence: z.int().min(0).max(2_147_483_647),
  method: z.enum(['REQUEST', 'CANCEL']),
  title: z.string().max(500),
  description: z.string().max(10_000),
  start: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/),
  zone: z.string().max(64),
  minutes: z
    .int()
    .min(1)
    .max(24 * 60),
  joinUrl: z
    .url({ protocol: /^https$/ })
    .max(2_000)
    .optional(),
  organiser: person,
  attendee: person,
  stampedAt: z.iso.datetime(),
});

/**
 * Makes the calendar objects of meetings: `invitation` gives the text of one VCALENDAR with one VEVENT and its VTIMEZONE, for one
 * attendee (CRLF, folded, UTF-8), as RFC 5545 and RFC 5546 (3.2.2 REQUEST, 3.2.5 CANCEL) say. Throws for an invitation
 * that is not well-formed (a UID outside of [A-Za-z0-9._@-], an address that is none, a join link that is not https), for an
 * unknown zone, and for a local hour that does not exist or exists twice: none of these is repaired by guessing.
 */
export function createCalendar(): Calendar {
  const zones = new Set(tzlib_get_timezones());
  return { invitation: (invitation) => write(shape.parse(invitation), zones) };
}

function write(invitation: Invitation, zones: ReadonlySet<string>): string {
  const { uid, sequence, title, joinUrl } = invitation;
  const cancelled = invitation.method === 'CANCEL';
  const start = Temporal.PlainDateTime.from(invitation.start).toZonedDateTime(invitation.zone, {
    disambiguation: 'reject',
  });
  const zone = zoneBlock(start.timeZoneId, zones);
  const description = [paragraphs(invitation.description), joinUrl]
    .filter((text) => text !== undefined && text !== '')
    .join('\n\n');

  const calendar = ical({
    prodId: product,
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
    // The calendar's own zone would make DTSTAMP floating (against RFC 5545 3.8.7.2): the zone stands on the event.
    timezone: { name: null, generator: () => zone?.block ?? null },
  });
  const event = calendar.createEvent({
    id: uid,
    sequence,
    stamp: Temporal.Instant.from(invitation.stampedAt),
    start,
    end: start.add({ minutes: invitation.minutes }),
    timezone: zone?.id ?? null,
    summary: line(title),
    description,
    organizer: { name: personName(invitation.organiser), email: invitation.organiser.email },
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: cancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    busystatus: cancelled ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY,
    ...(joinUrl ? { location: { title: joinUrl }, url: uriValue(joinUrl) } : {}),
  });
  event.createAttendee({
    name: personName(invitation.attendee),
    email: invitation.attendee.email,
    role: ICalAttendeeRole.REQ,
    type: ICalAttendeeType.INDIVIDUAL,
    status: ICalAttendeeStatus.NEEDSACTION,
    rsvp: !cancelled,
  });
  if (!cancelled)
    event.createAlarm({ type: ICalAlarmType.display, trigger: alarmSeconds, description: line(title) || uid });
  return `${alarmLast(calendar.toString())}\r\n`;
}

/**
 * The VTIMEZONE of a zone (with RRULEs, which Outlook needs) and the name that it goes by in there: an alias ('Asia/Calcutta')
 * gives the block of another name, and a TZID without its block would be read as floating. UTC and a zone that the library does not know
 * give nothing: the event is then written in UTC, so that the instant is right.
 */
function zoneBlock(
  zone: string,
  known: ReadonlySet<string>,
): { readonly id: string; readonly block: string } | undefined {
  if (!known.has(zone)) return undefined;
  const [block = ''] = tzlib_get_ical_block(zone, false);
  const id = /^TZID:(\S+)\r?$/m.exec(block)?.[1];
  return id === undefined || id === 'Etc/UTC' ? undefined : { id, block };
}

/** The library writes properties after the alarm; in RFC 5545 3.6.1 (eventc) the alarm comes after all of them. */
function alarmLast(text: string): string {
  const alarm = /^BEGIN:VALARM\r\n[\s\S]*?^END:VALARM\r\n/m.exec(text)?.[0];
  return alarm ? text.replace(alarm, () => '').replace(/^END:VEVENT\r$/m, () => `${alarm}END:VEVENT\r`) : text;
}

/** One line: no control characters, no line separators, nothing that turns the writing direction around, no half surrogates. */
function line(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
}

/** Several lines: line breaks stay, everything else as in `line`. */
function paragraphs(text: string): string {
  return text
    .split(/\r\n|\r|\n|\u2028|\u2029/u)
    .map(line)
    .join('\n')
    .trim();
}

/** A quote or a caret in a parameter would need RFC 6868, which not every calendar reads. */
function personName(person: { readonly name: string; readonly email: string }): string {
  return line(person.name).replaceAll('"', "'").replaceAll('^', '') || person.email;
}

/** The library escapes commas and semicolons as in a TEXT, but a URI has no such escapes (RFC 5545 3.3.13). */
function uriValue(url: string): string {
  return new URL(url).href.replaceAll(',', '%2C').replaceAll(';', '%3B').replaceAll('\\', '%5C');
}
