import ICAL from 'ical.js';
import type { Letter } from '../../domain/mail-ports.ts';

interface Held {
  readonly sequence: number;
  readonly stamp: string;
  readonly cancelled: boolean;
  readonly event: ICAL.Component;
}

const newer = (held: Held | undefined, next: Held) =>
  held === undefined ||
  next.sequence > held.sequence ||
  (next.sequence === held.sequence && (next.stamp > held.stamp || (next.stamp === held.stamp && !held.cancelled)));

/**
 * What an attendee's calendar holds of one UID when these mails have come, in whatever order (RFC 5546 2.1.5): of what speaks of the same component (UID and
 * RECURRENCE-ID) the higher SEQUENCE counts, then the later DTSTAMP. An invitation to the whole replaces what was written before it; a CANCEL takes out the whole, or
 * one date. Gives the hours until `until` (ISO 8601, UTC) by the dates that the rule has for them, both as instants.
 */
export function calendarOf(letters: readonly Letter[], uid: string, until: string): ReadonlyMap<string, string> {
  let master: Held | undefined;
  const dates = new Map<string, Held>();
  for (const { calendar } of letters) {
    const root = new ICAL.Component(ICAL.parse(calendar?.ics ?? ''));
    const cancelled = root.getFirstPropertyValue('method') === 'CANCEL';
    for (const event of root.getAllSubcomponents('vevent')) {
      if (String(event.getFirstPropertyValue('uid')) !== uid) continue;
      const next: Held = {
        sequence: Number(event.getFirstPropertyValue('sequence')),
        stamp: String(event.getFirstPropertyValue('dtstamp')),
        cancelled,
        event,
      };
      if (!event.hasProperty('recurrence-id')) {
        if (newer(master, next)) master = next;
        continue;
      }
      const date = instant(event, 'recurrence-id');
      if (newer(dates.get(date), next)) dates.set(date, next);
    }
  }
  const hours = new Map<string, string>();
  if (!master || master.cancelled) return hours;
  const iterator = new ICAL.Event(master.event).iterator();
  for (let next = iterator.next(); next; next = iterator.next()) {
    const at = next.toJSDate().toISOString();
    if (at > until) break;
    hours.set(at, at);
  }
  for (const [date, held] of dates) {
    // Written before the whole was, it is replaced by that.
    if (held.sequence < master.sequence || held.stamp < master.stamp) continue;
    if (held.cancelled) hours.delete(date);
    else hours.set(date, instant(held.event, 'dtstart'));
  }
  return hours;
}

const instant = (event: ICAL.Component, name: string) =>
  (event.getFirstPropertyValue(name) as ICAL.Time).toJSDate().toISOString();
