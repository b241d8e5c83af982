import ical, {
  ICalAlarmType,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  type ICalCalendar,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { tzlib_get_ical_block, tzlib_get_timezones } from 'timezones-ical-library';
import { z } from 'zod';
import type { Calendar, FeedEntry, Invitation } from '../../domain/mail-ports.ts';

// The library puts the leading '-' of a formal public identifier before it.
const product = '//vascern-cpms-bot//Meeting invitations//EN';
const alarmSeconds = 15 * 60;

/** A name that is longer than any calendar shows is cut: for that nobody goes without an invitation. */
const shownName = z.string().transform((name) => name.slice(0, 300).toWellFormed());
const person = z.object({ name: shownName, email: z.email().max(254) });
const localHour = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/);
const meeting = z.object({
  // The library writes the UID as it is: nothing but harmless characters may be in it.
  uid: z.string().regex(/^[A-Za-z0-9._@-]{1,255}$/),
  sequence: z.int().min(0).max(2_147_483_647),
  title: z.string().max(500),
  description: z.string().max(10_000),
  start: localHour,
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
  stampedAt: z.iso.datetime(),
  series: z
    .object({
      // Written as it is, too. UNTIL is in UTC where DTSTART has a zone (RFC 5545 3.3.10).
      rule: z
        .string()
        .regex(/^FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;(?!UNTIL)[A-Z]+=[A-Z0-9,+-]+|;UNTIL=\d{8}T\d{6}Z)*$/),
      except: z.array(localHour).max(1000).optional(),
    })
    .optional(),
  occurrence: localHour.optional(),
});
const answer = z.enum(['accepted', 'tentative', 'declined']).optional();
const invitationShape = meeting.extend({
  method: z.enum(['REQUEST', 'CANCEL', 'DECLINECOUNTER']),
  attendee: person.extend({ answer }),
});
const entryShape = meeting.extend({ answer });

/**
 * Makes the calendar objects of meetings. `invitation` gives the text of one VCALENDAR with one VEVENT (or a series', and one for each of its
 * dates that is told by itself) and its VTIMEZONE, for one attendee (CRLF, folded, UTF-8), as RFC 5545 and RFC 5546 (3.2.2 REQUEST, 3.2.5 CANCEL,
 * 3.2.8 DECLINECOUNTER) say; `feed` one with any number of VEVENTs, published (3.2.1). Throws for a meeting that is not well-formed (a UID outside of [A-Za-z0-9._@-], an address that is none, a
 * join link that is not https, a rule that is none), for an unknown zone, and for a local hour that does not exist or exists twice:
 * none of these is repaired by guessing.
 */
export function createCalendar(): Calendar {
  const zones = new Set(tzlib_get_timezones());
  return {
    invitation: (invitation, dates = []) =>
      writeInvitation(
        [invitation, ...dates].map((one) => invitationShape.parse(one)),
        zones,
      ),
    feed: (name, entries) => writeFeed(line(name), z.array(entryShape).max(5000).parse(entries), zones),
  };
}

const statuses = {
  accepted: ICalAttendeeStatus.ACCEPTED,
  tentative: ICalAttendeeStatus.TENTATIVE,
  declined: ICalAttendeeStatus.DECLINED,
};

function writeInvitation(invitations: readonly Invitation[], zones: ReadonlySet<string>): string {
  const { method = 'REQUEST', uid } = invitations[0] ?? {};
  if (invitations.some((one) => one.method !== method || one.uid !== uid))
    throw new Error('What goes out in one invitation is one series');
  const cancelled = method !== 'REQUEST';
  const { calendar, add } = begin(ICalCalendarMethod[method], zones);
  if (method === 'DECLINECOUNTER') {
    for (const invitation of invitations) add(invitation, true);
    return leftAsItIs(written(calendar));
  }
  for (const invitation of invitations) {
    const { attendee } = invitation;
    add(invitation, cancelled).createAttendee({
      name: personName(attendee),
      email: attendee.email,
      role: ICalAttendeeRole.REQ,
      type: ICalAttendeeType.INDIVIDUAL,
      status: attendee.answer ? statuses[attendee.answer] : ICalAttendeeStatus.NEEDSACTION,
      rsvp: !cancelled,
    });
  }
  return written(calendar);
}

/** How often a subscriber looks again (RFC 7986 5.7). */
const refreshSeconds = 3600;

function writeFeed(name: string, entries: readonly FeedEntry[], zones: ReadonlySet<string>): string {
  const { calendar, add } = begin(ICalCalendarMethod.PUBLISH, zones);
  calendar.name(name).ttl(refreshSeconds);
  for (const entry of entries) {
    const event = add(entry, false);
    if (entry.answer === 'declined')
      event.transparency(ICalEventTransparency.TRANSPARENT).busystatus(ICalEventBusyStatus.FREE);
    else if (entry.answer !== 'accepted')
      event.status(ICalEventStatus.TENTATIVE).busystatus(ICalEventBusyStatus.TENTATIVE);
  }
  return written(calendar);
}

/** A calendar object of this method, and how a meeting comes into it, with its zone beside it and its alarm where it is to happen. */
function begin(method: ICalCalendarMethod, zones: ReadonlySet<string>) {
  const blocks = new Map<string, string>();
  const calendar = ical({
    prodId: product,
    method,
    // The calendar's own zone would make DTSTAMP floating (against RFC 5545 3.8.7.2): the zone stands on the event.
    timezone: { name: null, generator: (zone) => blocks.get(zone) ?? null },
  });
  const add = (meeting: FeedEntry, cancelled: boolean) => {
    const { uid, sequence, title, joinUrl, series, occurrence } = meeting;
    const hour = (local: string) =>
      Temporal.PlainDateTime.from(local).toZonedDateTime(meeting.zone, { disambiguation: 'reject' });
    const start = hour(meeting.start);
    const zone = zoneBlock(start.timeZoneId, zones);
    if (zone) blocks.set(zone.id, zone.block);
    const description = [paragraphs(meeting.description), joinUrl]
      .filter((text) => text !== undefined && text !== '')
      .join('\n\n');
    const event = calendar.createEvent({
      id: uid,
      sequence,
      stamp: Temporal.Instant.from(meeting.stampedAt),
      start,
      end: start.add({ minutes: meeting.minutes }),
      timezone: zone?.id ?? null,
      summary: line(title),
      description,
      organizer: { name: personName(meeting.organiser), email: meeting.organiser.email },
      status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      transparency: cancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
      busystatus: cancelled ? ICalEventBusyStatus.FREE : ICalEventBusyStatus.BUSY,
      ...(joinUrl ? { location: { title: joinUrl }, url: uriValue(joinUrl) } : {}),
      ...(series ? { repeating: repeats(series, zone?.id, hour) } : {}),
      ...(occurrence ? { recurrenceId: hour(occurrence) } : {}),
    });
    if (!cancelled)
      event.createAlarm({ type: ICalAlarmType.display, trigger: alarmSeconds, description: line(title) || uid });
    return event;
  };
  return { calendar, add };
}

/** A series' rule and the hours that fall out, as the library puts them in: in the event's zone, or in UTC where it has none. */
function repeats(
  { rule, except = [] }: NonNullable<Invitation['series']>,
  zone: string | undefined,
  hour: (local: string) => Temporal.ZonedDateTime,
): string {
  const basic = (at: Temporal.PlainDateTime) => at.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '');
  const hours = except
    .map(hour)
    .map((at) => (zone ? basic(at.toPlainDateTime()) : `${basic(at.withTimeZone('UTC').toPlainDateTime())}Z`));
  const dates = hours.map((at) => (zone ? `EXDATE;TZID=${zone}:${at}` : `EXDATE:${at}`));
  return [`RRULE:${rule}`, ...dates].join('\r\n');
}

/**
 * The VTIMEZONE of a zone (with RRULEs, which Outlook needs) and the name that it goes by in there: an alias ('Asia/Calcutta')
 * gives the block of another name, and a TZID without its block would be read as floating. UTC and a zone that the library does not know
 * give nothing: the event is then written in UTC, so that the instant is right.
 */
function zoneBlock(zone: string, known: ReadonlySet<string>): ZoneBlock | undefined {
  if (!known.has(zone)) return undefined;
  const made = blocks.get(zone) ?? makeBlock(zone);
  blocks.set(zone, made);
  return made === 'utc' ? undefined : made;
}

interface ZoneBlock {
  readonly id: string;
  readonly block: string;
}

/** Making one takes longer than all the rest of an invitation; there are as many as the library knows zones. */
const blocks = new Map<string, ZoneBlock | 'utc'>();

function makeBlock(zone: string): ZoneBlock | 'utc' {
  const [block = ''] = tzlib_get_ical_block(zone, false);
  const id = /^TZID:(\S+)\r?$/m.exec(block)?.[1];
  return id === undefined || id === 'Etc/UTC' ? 'utc' : { id, block };
}

/** The text, CRLF at its end too. The library writes properties after the alarm; in RFC 5545 3.6.1 (eventc) the alarm comes after all of them. */
function written(calendar: ICalCalendar): string {
  const text = calendar
    .toString()
    .replaceAll(
      /^(BEGIN:VALARM\r\n[\s\S]*?^END:VALARM\r\n)([\s\S]*?)^END:VEVENT\r$/gm,
      (_, alarm: string, rest: string) => `${rest}${alarm}END:VEVENT\r`,
    )
    // Nor may a calendar's own properties come after its components (3.6, icalbody).
    .replace(
      /^(METHOD:\w+\r\n)([\s\S]*?)^((?:REFRESH-INTERVAL|X-PUBLISHED-TTL)[;:][\s\S]*?)(?=^BEGIN:VEVENT\r$|^END:VCALENDAR)/m,
      (_, method: string, rest: string, properties: string) => `${method}${properties}${rest}`,
    );
  return `${text}\r\n`;
}

/**
 * What declines a proposed hour names the meeting, and says why in a comment: nothing else of it is in there (RFC 5546 3.2.8). A SEQUENCE of 0 is left out, which
 * says the same (RFC 5545 3.8.7.4).
 */
function leftAsItIs(text: string): string {
  return text.replaceAll(/^BEGIN:VEVENT\r\n([\s\S]*?)^END:VEVENT\r\n/gm, (_, body: string) => {
    const properties = body.match(/^\S.*\r\n(?:[ \t].*\r\n)*/gm) ?? [];
    const kept = properties
      .filter((line) => /^(?:UID|DTSTAMP|ORGANIZER|RECURRENCE-ID|SEQUENCE|DESCRIPTION)[;:]/.test(line))
      .filter((line) => line !== 'SEQUENCE:0\r\n')
      // Shorter by four characters: it stays within the fold.
      .map((line) => line.replace(/^DESCRIPTION/, 'COMMENT'));
    return `BEGIN:VEVENT\r\n${kept.join('')}END:VEVENT\r\n`;
  });
}

/**
 * One line: no control characters, no line separators, nothing that turns the writing direction around, no half surrogates, and no backslash,
 * which readers understand differently in front of an 'n' (ical.js in a name, python3-icalendar in a text).
 */
function line(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/gu, '')
    .replaceAll('\\', '/')
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
