import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ICAL from 'ical.js';
import { expect } from 'vitest';
import { harmless } from './sample-file.ts';

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

/**
 * Opens the scrubbed sample with poppler, a reader that is not ours: pages, no author, creator, title or producer, no word of the patient, and the words that point to nobody.
 * Where poppler is not installed only the system tests fail for it (POPPLER=1); the others look at the bytes alone.
 */
export function judgeScrubbed(file: Uint8Array): void {
  const bytes = Buffer.from(file).toString('latin1');
  expect(bytes).toMatch(/^%PDF-/);
  expect(bytes).not.toMatch(/Beispiel|4711|Hidden Author|hidden remark/);
  const folder = mkdtempSync(join(tmpdir(), 'cpms-judge-'));
  const path = join(folder, 'scrubbed.pdf');
  writeFileSync(path, file);
  try {
    const told = execFileSync('pdfinfo', [path], { encoding: 'utf8' });
    expect(told).toMatch(/^Pages:\s+[1-9]/m);
    expect(told).not.toMatch(/^(?:Author|Creator|Title|Producer):\s+\S/m);
    const text = execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' });
    expect(text).not.toMatch(/Beispiel|4711/);
    expect(text).toContain(harmless);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || process.env['POPPLER'] === '1') throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
