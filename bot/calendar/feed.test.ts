import ICAL from 'ical.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { system } from '../../domain/people.ts';
import { type Cast, createCast, planMeeting } from '../conversations/testing.ts';
import { execute } from '../execute.ts';
import { plainText } from '../view.ts';
import { calendarFile } from './feed.ts';

let cast: Cast;
let id: string;

beforeEach(async () => {
  cast = await createCast();
  ({ meetingId: id } = await planMeeting(cast));
});

/** What the chat tells somebody: the token of their address. */
async function told(user: string, action = 'meeting.calendar', ref = ''): Promise<string> {
  const seen = await cast.person(user).sends(action, ref);
  return /\/calendar\/([\w-]+)\.ics/.exec((seen.cards ?? []).map(plainText).join('\n'))?.[1] ?? '';
}
async function events(token: string, meeting?: string) {
  const file = await calendarFile(cast.ports, token, meeting);
  if (!file) return undefined;
  const root = new ICAL.Component(ICAL.parse(file.text));
  return root.getAllSubcomponents('vevent').map((event) => ({
    uid: String(event.getFirstPropertyValue('uid')),
    status: String(event.getFirstPropertyValue('status')),
    sequence: Number(event.getFirstPropertyValue('sequence')),
    start: (event.getFirstPropertyValue('dtstart') as ICAL.Time).toJSDate().toISOString(),
  }));
}

describe('a person’s calendar feed', () => {
  it('holds their meetings, moves with them, and loses what is cancelled', async () => {
    const token = await told('expert-1');
    expect(token.length).toBeGreaterThan(40);
    const planned = { uid: `${id}@bot.example`, sequence: 0, status: 'TENTATIVE', start: '2026-12-01T14:00:00.000Z' };
    expect(await events(token)).toEqual([planned]);
    await cast.person('expert-1').says(`meeting ${id}`);
    await cast.person('expert-1').presses('Accept');
    expect(await events(token)).toMatchObject([{ status: 'CONFIRMED' }]);
    await cast.helpdesk.says(`reschedule ${id}`);
    await cast.helpdesk.fills({ other: '2026-12-02T10:00' });
    expect(await events(token)).toEqual([{ ...planned, sequence: 1, start: '2026-12-02T09:00:00.000Z' }]);
    await cast.helpdesk.sends('scheduling.cancel', id);
    expect(await events(token)).toEqual([]);
    expect(await events(token, id)).toBeUndefined();
  });

  it('tells nothing of a patient, and nobody’s address but the helpdesk’s', async () => {
    const file = await calendarFile(cast.ports, await told('clinician'));
    const text = file?.text.replaceAll('\r\n ', '') ?? '';
    expect(text).not.toMatch(/Blue Heron|CPMS-4711|\bC-[0-9A-Z]{8}|aortic|ATTENDEE/i);
    expect(text.match(/mailto:(\S+)/gi)).toEqual(['mailto:desk@bot.example']);
    expect(`${file?.name}`).toBe('cpms-meetings.ics');
  });

  it('is one file a meeting too, for its people alone', async () => {
    const token = await told('expert-1');
    const file = await calendarFile(cast.ports, token, id);
    expect(file?.name).toBe(`${id}.ics`);
    expect(await events(token, id)).toHaveLength(1);
    const stranger = await told('lead');
    expect(await events(stranger)).toEqual([]);
    expect(await events(stranger, id)).toBeUndefined();
    expect(await events(token, 'M-ZZZZZZZZ')).toBeUndefined();
    expect(await events(token, '__proto__')).toBeUndefined();
    await cast.person('expert-1').sends('meeting.calendar', id);
    const button = cast.person('expert-1').seen.cards?.[0]?.buttons?.find(({ label }) => label === `Download ${id}`);
    expect(button).toMatchObject({ url: `https://bot.example/calendar/${token}/${id}.ics` });
  });

  it('has the same address until it is renewed; then the old one leads nowhere', async () => {
    const token = await told('expert-1');
    expect(await told('expert-1')).toBe(token);
    const renewed = await told('expert-1', 'meeting.calendar-renew');
    expect(renewed).not.toBe(token);
    expect(await events(token)).toBeUndefined();
    expect(await events(renewed)).toHaveLength(1);
    expect(await events('')).toBeUndefined();
    expect(await events(`${renewed}x`)).toBeUndefined();
  });

  it('is nobody’s who has left, and is told to nobody whom it is not', async () => {
    const token = await told('clinician');
    await execute(cast.ports, system, [{ kind: 'person', id: cast.clinicianId, command: { type: 'person.forget' } }]);
    expect(await events(token)).toBeUndefined();
    expect(await told('a-stranger')).toBe('');
  });

  it('does not appear where others read along', async () => {
    const { who } = cast.person('expert-1');
    const answer = await cast.service.bot.handle({
      key: 'shared',
      who,
      where: { kind: 'shared', desk: false, place: 'C1' } as never,
      what: { kind: 'press', action: 'meeting.calendar', ref: '' },
    });
    expect((answer.cards ?? []).map(plainText).join('\n')).not.toContain('/calendar/');
  });

  it('holds the series of their groups: the rule, without what fell out, with what was moved', async () => {
    const [expert = ''] = await cast.ports.store.peopleByEmail('erik.expert@hopital-modele.example');
    const [desk = ''] = await cast.ports.store.peopleByEmail('hanna@cpms-desk.example');
    const helpdesk = { id: desk, verified: true, grants: [{ role: 'helpdesk' }] } as const;
    const seriesId = cast.ports.ids.next('S');
    const rule = {
      week: '1',
      weekday: 2,
      everyMonths: 1,
      clock: '15:00',
      zone: 'Europe/Paris',
      minutes: 60,
      from: '2027-02-01',
      until: '2027-07-31',
    } as const;
    const slot = { local: '2027-05-06T10:00', zone: 'Europe/Paris', instant: '2027-05-06T08:00:00.000Z', minutes: 60 };
    const done = await execute(cast.ports, helpdesk, [
      { kind: 'series', id: seriesId, command: { type: 'series.start', group: 'HTAD', rule } },
      { kind: 'series', id: seriesId, command: { type: 'series.skip', date: '2027-04-06' } },
      { kind: 'series', id: seriesId, command: { type: 'series.move', date: '2027-05-04', slot } },
    ]);
    expect(done).toHaveProperty('events');
    expect((await cast.ports.store.load('directory', 'directory')).state.rosters['HTAD']).toContainEqual(
      expect.objectContaining({ person: expert }),
    );
    const file = await calendarFile(cast.ports, await told('expert-1'));
    const root = new ICAL.Component(ICAL.parse(file?.text ?? ''));
    const all = root
      .getAllSubcomponents('vevent')
      .filter((event) => String(event.getFirstPropertyValue('uid')) === `${seriesId}@bot.example`);
    const master = new ICAL.Event(all.find((event) => !event.hasProperty('recurrence-id')) as ICAL.Component, {
      exceptions: all.filter((event) => event.hasProperty('recurrence-id')),
    });
    const hours: string[] = [];
    const iterator = master.iterator();
    for (let next = iterator.next(); next && hours.length < 20; next = iterator.next())
      hours.push(master.getOccurrenceDetails(next).startDate.toJSDate().toISOString());
    expect(hours).toEqual([
      '2027-02-02T14:00:00.000Z',
      '2027-03-02T14:00:00.000Z',
      '2027-05-06T08:00:00.000Z',
      '2027-06-01T13:00:00.000Z',
      '2027-07-06T13:00:00.000Z',
    ]);
    const stranger = await calendarFile(cast.ports, await told('lead'));
    expect(stranger?.text).not.toContain(seriesId);
  });
});
