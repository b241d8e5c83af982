import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ICAL from 'ical.js';

/** What a calendar object says, as three libraries of other people read it; instants in seconds, -1 where there is none. */
export interface Reading {
  readonly complaints: readonly string[];
  readonly method: string;
  readonly events: readonly {
    readonly uid: string;
    readonly sequence: string;
    readonly status: string;
    readonly organizer: string;
    readonly rule: string;
    readonly summary: string;
    readonly description: string;
    readonly start: number;
    readonly end: number;
    readonly occurrence: number;
    readonly attendees: readonly {
      readonly address: string;
      readonly name: string;
      readonly status: string;
      readonly rsvp: string;
    }[];
    readonly alarms: number;
  }[];
}

export interface Readers {
  /** Each text as each of the three readers understands it. */
  read(texts: readonly string[]): readonly (readonly [reader: string, reading: Reading])[][];
  close(): void;
}

/** ical.js, python3-icalendar (Debian), and libical with its restriction check (libical-dev, and a C compiler). */
export function openReaders(): Readers {
  const folder = mkdtempSync(join(tmpdir(), 'calendar-readers-'));
  const here = join(import.meta.dirname, 'readers');
  execFileSync('cc', ['-O1', '-o', join(folder, 'libical'), join(here, 'libical.c'), '-lical']);
  const run = (program: string, args: readonly string[]) =>
    execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
      .trim()
      .split('\n')
      .map((row) => alike(JSON.parse(row) as Reading));
  return {
    read(texts) {
      const files = texts.map((text, index) => {
        const file = join(folder, `${index}.ics`);
        writeFileSync(file, text);
        return file;
      });
      const libical = run(join(folder, 'libical'), files);
      const python = run('/usr/bin/python3', [join(here, 'reader.py'), ...files]);
      return texts.map((text, index) => [
        ['ical.js', alike(byIcalJs(text))],
        ['python3-icalendar', python[index] as Reading],
        ['libical', libical[index] as Reading],
      ]);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function byIcalJs(text: string): Reading {
  const root = new ICAL.Component(ICAL.parse(text));
  const instant = (event: ICAL.Component, name: string) => {
    const value = event.getFirstPropertyValue(name);
    return value instanceof ICAL.Time && value.zone !== ICAL.Timezone.localTimezone ? value.toUnixTime() : -1;
  };
  const string = (event: ICAL.Component, name: string) => String(event.getFirstPropertyValue(name) ?? '');
  return {
    complaints: [],
    method: string(root, 'method'),
    events: root.getAllSubcomponents('vevent').map((event) => ({
      uid: string(event, 'uid'),
      sequence: string(event, 'sequence'),
      status: string(event, 'status'),
      organizer: string(event, 'organizer'),
      rule: string(event, 'rrule'),
      summary: string(event, 'summary'),
      description: string(event, 'description'),
      start: instant(event, 'dtstart'),
      end: instant(event, 'dtend'),
      occurrence: instant(event, 'recurrence-id'),
      attendees: event.getAllProperties('attendee').map((property) => ({
        address: String(property.getFirstValue()),
        name: String(property.getFirstParameter('cn') ?? ''),
        status: String(property.getFirstParameter('partstat') ?? ''),
        rsvp: String(property.getFirstParameter('rsvp') ?? ''),
      })),
      alarms: event.getAllSubcomponents('valarm').length,
    })),
  };
}

/** Without what the libraries spell as they like: capitals of 'mailto:', quotes around a name, the order of a rule's parts. */
function alike(reading: Reading): Reading {
  const address = (text: string) => text.replace(/^mailto:/i, '').toLowerCase();
  return {
    ...reading,
    events: reading.events?.map((event) => ({
      ...event,
      organizer: address(event.organizer),
      rule: event.rule.split(';').toSorted().join(';'),
      attendees: event.attendees.map((attendee) => ({
        ...attendee,
        address: address(attendee.address),
        name: attendee.name.replace(/^"(.*)"$/, '$1'),
      })),
    })),
  };
}
