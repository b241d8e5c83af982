import { describe, expect, it } from 'vitest';
import type { Directory } from '../domain/directory.ts';
import { intentOf } from './intents.ts';

const directory: Directory = {
  countries: {},
  hcps: {},
  rosters: {},
  links: {},
  groups: { HTAD: { code: 'HTAD', name: 'Heritable thoracic aortic diseases', kind: 'disease' } },
};
const now = '2026-11-18T10:00:00.000Z'; // A Wednesday.

describe('a sentence in plain language', () => {
  it.each([
    ['how do I get access?', { intent: 'command', command: 'register' }],
    ["my phone is new and I'm locked out", { intent: 'support', topic: 'eu-login', sure: true }],
    ['CPMS shows error 500', { intent: 'support', topic: 'cpms-error', sure: true }],
    ['what is my registration waiting for', { intent: 'command', command: 'status' }],
    ['I want to upload a report', { intent: 'command', command: 'attach' }],
    ['the patient withdrew consent', { intent: 'command', command: 'consent' }],
    ['it does not work, I am stuck', { intent: 'support', topic: 'other', sure: false }],
    ['qwertz', { intent: 'unknown' }],
  ])('%s', (text, intent) => {
    expect(intentOf(text, directory, 'Europe/Paris', now)).toEqual(intent);
  });

  it('reads the group, the day, the hour and the length of a meeting', () => {
    expect(
      intentOf(
        'we would like to discuss a case with HTAD next Tuesday at 15:00, an hour',
        directory,
        'Europe/Paris',
        now,
      ),
    ).toEqual({
      intent: 'meeting',
      group: 'HTAD',
      when: '2026-11-24T15:00',
      minutes: 60,
    });
  });

  it("reads 'tomorrow' by the person's own clock, not the server's", () => {
    const lateInParis = '2026-11-18T23:30:00.000Z'; // Already the 19th in Paris.
    expect(intentOf('meeting tomorrow at 9:00', directory, 'Europe/Paris', lateInParis)).toMatchObject({
      when: '2026-11-20T09:00',
    });
  });
});
