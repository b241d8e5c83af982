import ICAL from 'ical.js';
import { expect } from 'vitest';

/** Reads the calendar objects with a reader that is not ours, and holds what every invitation must: whom it asks, when, and nothing of a patient. */
export function judgeInvitations(
  invitations: readonly { readonly to: string; readonly ics: string }[],
  experts: readonly string[],
): void {
  expect(invitations.map(({ to }) => to)).toEqual(expect.arrayContaining([...experts]));
  for (const { to, ics } of invitations) {
    const calendar = new ICAL.Component(ICAL.parse(ics));
    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
    const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined);
    expect(event.attendees.map((attendee) => String(attendee.getFirstValue()).toLowerCase())).toEqual([
      `mailto:${to.toLowerCase()}`,
    ]);
    expect(event.duration.toSeconds()).toBe(3600);
    expect(event.startDate.toJSDate().getTime()).toBeGreaterThan(Date.now() + 8 * 86_400_000);
    expect(event.summary).toMatch(/M-[0-9A-Z]{8}/);
    expect(ics).toContain('https://meet.example/htad');
    expect(ics).not.toMatch(/Blue Heron|CPMS-0815|ARCH-2026|aortic|patient representative/i);
    expect(ics).not.toMatch(/pat@patients\.example/);
  }
}
