import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import type { Invitation } from '../../domain/mail-ports.ts';
import { slotFrom } from '../../domain/meetings/hours.ts';
import { createCalendar } from './calendar.ts';

const calendar = createCalendar();

const plain: Invitation = {
  uid: 'M-7K3F9Q2M@cpms-bot.example',
  sequence: 0,
  method: 'REQUEST',
  title: 'VASCERN meeting M-7K3F9Q2M (HTAD)',
  description: 'Meeting M-7K3F9Q2M\nWorking group: HTAD',
  start: '2026-11-24T15:00',
  zone: 'Europe/Paris',
  minutes: 60,
  joinUrl: 'https://meet.example/a,b;c?x=1&y=%20',
  organiser: { name: 'Helpdesk', email: 'helpdesk@network.example' },
  attendee: { name: 'Dr Aino Esimerkki', email: 'aino@hospital.example' },
  stampedAt: '2026-11-20T10:00:00.000Z',
};

/** Reads with a library that had no part in the writing; only the VTIMEZONE inside of the text says what its hours mean. */
function read(changes: Partial<Invitation> = {}) {
  const text = calendar.invitation({ ...plain, ...changes });
  const root = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of root.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const component = root.getAllSubcomponents('vevent');
  if (!component[0] || component.length !== 1) throw new Error('not one event');
  return { text, root, component: component[0], event: new ICAL.Event(component[0]) };
}

function instant(time: ICAL.Time): string {
  return time.toJSDate().toISOString();
}

describe('an invitation, read by ical.js', () => {
  test('holds what was asked for', () => {
    const { root, component, event, text } = read();
    expect(root.getFirstPropertyValue('method')).toBe('REQUEST');
    expect(root.getFirstPropertyValue('prodid')).toBe('-//vascern-cpms-bot//Meeting invitations//EN');
    expect(event.uid).toBe(plain.uid);
    expect(event.sequence).toBe(0);
    expect(event.summary).toBe(plain.title);
    expect(event.description).toBe(`${plain.description}\n\n${plain.joinUrl}`);
    expect(event.location).toBe(plain.joinUrl);
    expect(component.getFirstPropertyValue('url')).toBe('https://meet.example/a%2Cb%3Bc?x=1&y=%20');
    expect(component.getFirstPropertyValue('status')).toBe('CONFIRMED');
    expect(component.getFirstPropertyValue('organizer')).toBe('mailto:helpdesk@network.example');
    expect(text).toContain('\r\nDTSTAMP:20261120T100000Z\r\n');
    const attendee = component.getFirstProperty('attendee');
    expect(String(attendee?.getFirstValue()).toLowerCase()).toBe('mailto:aino@hospital.example');
    expect(attendee?.getFirstParameter('cn')).toBe('Dr Aino Esimerkki');
    expect(attendee?.getFirstParameter('rsvp')).toBe('TRUE');
    expect(attendee?.getFirstParameter('partstat')).toBe('NEEDS-ACTION');
  });

  test('rings a quarter of an hour before, and the alarm comes after all properties', () => {
    const { component, text } = read();
    const alarm = component.getAllSubcomponents('valarm');
    expect(alarm).toHaveLength(1);
    expect(String(alarm[0]?.getFirstPropertyValue('trigger'))).toBe('-PT15M');
    expect(text).toMatch(/END:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n$/);
  });

  test('a cancellation keeps the UID and says CANCELLED, without alarm and without a question', () => {
    const { root, component, event } = read({ method: 'CANCEL', sequence: 3 });
    expect(root.getFirstPropertyValue('method')).toBe('CANCEL');
    expect(component.getFirstPropertyValue('status')).toBe('CANCELLED');
    expect(event.uid).toBe(plain.uid);
    expect(event.sequence).toBe(3);
    expect(component.getAllSubcomponents('valarm')).toHaveLength(0);
    expect(component.getFirstProperty('attendee')?.getFirstParameter('rsvp')).toBe('FALSE');
  });

  test.each([
    ['2027-03-26T15:00', 'Europe/Paris'],
    ['2027-03-29T15:00', 'Europe/Paris'],
    ['2026-10-24T09:00', 'Europe/Lisbon'],
    ['2026-10-26T09:00', 'Europe/Lisbon'],
    ['2026-10-31T09:00', 'America/New_York'],
    ['2026-11-02T09:00', 'America/New_York'],
    ['2027-03-13T23:30', 'America/Los_Angeles'],
    ['2027-04-03T09:00', 'Australia/Sydney'],
    ['2027-04-05T09:00', 'Australia/Sydney'],
    ['2027-09-27T09:00', 'Pacific/Auckland'],
    ['2026-11-24T09:00', 'Asia/Calcutta'],
    ['2026-11-24T09:00', 'America/Argentina/Buenos_Aires'],
    ['2026-11-24T09:00', 'Europe/Kiev'],
    ['2026-11-24T09:00', 'UTC'],
  ])('%s in %s is the right instant', (start, zone) => {
    const { event } = read({ start, zone });
    const slot = slotFrom(start, zone, 60);
    if ('refused' in slot) throw new Error(slot.refused);
    expect(instant(event.startDate)).toBe(slot.instant);
    expect(event.endDate.toJSDate().getTime() - event.startDate.toJSDate().getTime()).toBe(60 * 60_000);
  });

  test('a meeting across the change of the clocks lasts as long as was said', () => {
    const { event } = read({ start: '2027-03-28T01:30', minutes: 60 });
    expect(instant(event.startDate)).toBe('2027-03-28T00:30:00.000Z');
    expect(instant(event.endDate)).toBe('2027-03-28T01:30:00.000Z');
  });
});

describe('a series, read by ical.js', () => {
  const monthly = { rule: 'FREQ=MONTHLY;BYDAY=1TU;COUNT=8', except: ['2026-11-03T15:00'] };
  const first: Partial<Invitation> = { start: '2026-09-01T15:00', series: monthly };

  test.each([
    ['Europe/Paris', '2026-10-06T13:00:00.000Z', '2026-12-01T14:00:00.000Z', '2027-04-06T13:00:00.000Z'],
    ['America/New_York', '2026-10-06T19:00:00.000Z', '2026-12-01T20:00:00.000Z', '2027-04-06T19:00:00.000Z'],
    ['Australia/Sydney', '2026-10-06T04:00:00.000Z', '2026-12-01T04:00:00.000Z', '2027-04-06T05:00:00.000Z'],
    ['UTC', '2026-10-06T15:00:00.000Z', '2026-12-01T15:00:00.000Z', '2027-04-06T15:00:00.000Z'],
  ])(
    'stays at its local hour over the change of the clocks, without the hour that falls out: %s',
    (zone, ...expected) => {
      const { event } = read({ ...first, zone });
      const iterator = event.iterator();
      const hours: string[] = [];
      for (let next = iterator.next(); next; next = iterator.next()) hours.push(instant(next));
      expect(hours).toHaveLength(7);
      expect(hours).toEqual(expect.arrayContaining(expected));
      expect(hours.some((hour) => hour.startsWith('2026-11'))).toBe(false);
    },
  );

  test('one hour of it is moved or cancelled by the hour at which it stands', () => {
    const moved = read({ start: '2026-12-02T10:00', occurrence: '2026-12-01T15:00', sequence: 1 });
    expect(moved.component.getFirstPropertyValue('recurrence-id')?.toString()).toBe('2026-12-01T15:00:00');
    expect(moved.component.getFirstProperty('recurrence-id')?.getFirstParameter('tzid')).toBe('Europe/Paris');
    expect(instant(moved.event.startDate)).toBe('2026-12-02T09:00:00.000Z');
    const gone = read({ start: '2026-12-01T15:00', occurrence: '2026-12-01T15:00', sequence: 2, method: 'CANCEL' });
    expect(gone.component.getFirstPropertyValue('status')).toBe('CANCELLED');
  });

  test.each(['FREQ=MONTHLY\r\nX-INJECTED:1', 'FREQ=HOURLY', 'COUNT=2', 'FREQ=WEEKLY;UNTIL=20261231', ''])(
    'the rule %j is refused',
    (rule) => expect(() => read({ series: { rule } })).toThrow(/"series"/),
  );
});

describe('a feed, read by ical.js', () => {
  const { method: _m, attendee: _a, ...entry } = plain;
  const parsed = (entries: Parameters<typeof calendar.feed>[1], name = 'CPMS meetings') =>
    new ICAL.Component(ICAL.parse(calendar.feed(name, entries)));

  test('holds each meeting with its zone, and nobody’s address but the organiser’s', () => {
    const entries = [
      { ...entry, answer: 'accepted' },
      { ...entry, uid: 'M-2@cpms-bot.example', zone: 'America/New_York', answer: 'declined' },
      { ...entry, uid: 'M-3@cpms-bot.example', zone: 'UTC' },
    ] as const;
    const text = calendar.feed('CPMS meetings', entries);
    const root = parsed(entries);
    expect(root.getFirstPropertyValue('method')).toBe('PUBLISH');
    expect(root.getFirstPropertyValue('x-wr-calname')).toBe('CPMS meetings');
    const events = root.getAllSubcomponents('vevent');
    expect(events.map((event) => event.getFirstPropertyValue('status'))).toEqual([
      'CONFIRMED',
      'CONFIRMED',
      'TENTATIVE',
    ]);
    expect(events.map((event) => event.getFirstPropertyValue('transp'))).toEqual(['OPAQUE', 'TRANSPARENT', 'OPAQUE']);
    expect(events.every((event) => event.getAllProperties('attendee').length === 0)).toBe(true);
    expect(root.getAllSubcomponents('vtimezone')).toHaveLength(2);
    expect(root.toString().match(/BEGIN:VALARM/g)).toHaveLength(3);
    expect(text).toMatch(
      /^BEGIN:VCALENDAR\r\n(?:[A-Z-]+[:;].*\r\n)+REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n(?:[A-Z-]+[:;].*\r\n)*BEGIN:VTIMEZONE/,
    );
  });

  test('is a calendar without meetings too, and its name is one line', () => {
    const root = parsed([], 'Mine\r\nX-INJECTED:1');
    expect(root.getAllSubcomponents()).toHaveLength(0);
    expect(root.hasProperty('x-injected')).toBe(false);
  });
});

describe('hostile words', () => {
  const names = [
    'Eve\r\nATTENDEE:mailto:eve@evil.example',
    'Eve";RSVP=FALSE:mailto:x',
    'Zoë O\u2019Brien-Łukasiewicz',
    'Δρ. Ελένη Παπαδοπούλου',
    'д-р Иван Петров',
    'د. ليلى حسن',
    '王小明 医師',
    '👩‍⚕️ Dr 𝒳',
    'half \ud83d surrogate',
    'turned \u202egnp.exe',
    'caret ^n and ^^',
    'a;b,c\\n:d',
  ];

  test.each(names)('%j stays one name, one title, one description', (name) => {
    const { component, event, root, text } = read({
      title: name,
      description: name,
      organiser: { name, email: 'helpdesk@network.example' },
      attendee: { name, email: 'aino@hospital.example' },
    });
    expect(component.getAllProperties('attendee')).toHaveLength(1);
    expect(component.getAllProperties('organizer')).toHaveLength(1);
    expect(component.getFirstProperty('attendee')?.getFirstParameter('rsvp')).toBe('TRUE');
    expect(root.getAllSubcomponents()).toHaveLength(2);
    expect(event.summary).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(text.isWellFormed()).toBe(true);
  });

  test('letters of every script survive', () => {
    for (const name of names.slice(2, 8)) {
      const { component, event } = read({ title: name, attendee: { name, email: 'a@b.example' } });
      expect(event.summary).toBe(name);
      expect(component.getFirstProperty('attendee')?.getFirstParameter('cn')).toBe(name);
    }
  });

  test('no line is longer than 75 octets, and every one ends in CRLF', () => {
    const { text, event } = read({ title: '医療🩺é'.repeat(40), description: 'Ελένη '.repeat(200).trim() });
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const row of text.split('\r\n')) expect(Buffer.byteLength(row)).toBeLessThanOrEqual(75);
    expect(event.summary).toBe('医療🩺é'.repeat(40));
  });

  test('whatever is typed, it is one event with the same properties', () => {
    const names = (component: ICAL.Component) => component.getAllProperties().map((property) => property.name);
    const expected = names(read({ title: 'x' }).component);
    const typed = fc.string({
      unit: fc.oneof(fc.constantFrom('\r', '\n', '"', ';', ':', ',', '\\', '\0'), fc.string()),
    });
    fc.assert(
      fc.property(typed, typed, (title, name) => {
        const { component } = read({ title, description: title, attendee: { name, email: 'a@b.example' } });
        expect(names(component)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  test.each<[string, Partial<Invitation>, RegExp]>([
    ['a UID with a line break', { uid: 'M-1\r\nX-INJECTED:1' }, /"uid"/],
    ['an address with a line break', { attendee: { name: 'A', email: 'a@b.example\r\nX: 1' } }, /"attendee"/],
    ['an address that is none', { organiser: { name: 'A', email: 'nobody' } }, /"organiser"/],
    ['a link that runs', { joinUrl: 'javascript:alert(1)' }, /"joinUrl"/],
    ['a link in clear', { joinUrl: 'http://meet.example/1' }, /"joinUrl"/],
    ['a zone that is none', { zone: 'Nowhere/X' }, /time zone/i],
    ['an hour that does not exist', { start: '2027-03-28T02:30' }, /ambiguous/i],
    ['an hour that exists twice', { start: '2026-10-25T02:30' }, /ambiguous/i],
    ['no length', { minutes: 0 }, /"minutes"/],
    ['another method', { method: 'PUBLISH' as 'REQUEST' }, /"method"/],
    ['a stamp without a zone', { stampedAt: '2026-11-20T10:00:00' }, /"stampedAt"/],
  ])('%s is refused', (_, changes, why) => {
    expect(() => calendar.invitation({ ...plain, ...changes })).toThrow(why);
  });
});
