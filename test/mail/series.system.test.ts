// A series through Exim and Dovecot: what three readers make of it, what Python answers of its dates, and what radicale and khal show.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendarFile, feedAddress } from '../../bot/calendar/feed.ts';
import type { Cast } from '../../bot/conversations/testing.ts';
import { execute, type Step } from '../../bot/execute.ts';
import { isRefusal } from '../../domain/decider.ts';
import { slotFrom } from '../../domain/meetings/hours.ts';
import { slotAt } from '../../domain/meetings/series.ts';
import { datesOf, type Rule } from '../../domain/meetings/series-rule.ts';
import { type Actor, system } from '../../domain/people.ts';
import { secondTuesday } from '../../domain/testing/usual.ts';
import { freePort } from '../ports.ts';
import { calendarOf } from './attendee.ts';
import { helpdeskBox, openPost, type Post, until } from './post.ts';
import type { Readers } from './readers.ts';
import { hospitalDomain, hostOfStranger, listening, type MailServers } from './servers.ts';

const aino = `aino@${hospitalDomain}`;
const bruno = `bruno@${hospitalDomain}`;
const year = new Date().getUTCFullYear() + 1;

let post: Post;
let servers: MailServers;
let readers: Readers;
let cast: Cast;
let people: Post['people'];
let helpdesk: Actor;

beforeAll(async () => {
  const named = [aino, bruno].map((address) => [address, 'Dr Aino Esimerkki'] as const);
  post = await openPost([aino, bruno], named);
  ({ servers, readers, cast, people } = post);
  const [desk = ''] = await cast.ports.store.peopleByEmail('hanna@cpms-desk.example');
  helpdesk = { id: desk, verified: true, grants: [{ role: 'helpdesk' }] };
});
afterAll(() => post?.close());

async function act(actor: Actor, step: Step): Promise<void> {
  // A calendar's stamp has whole seconds: what comes after has a later one.
  cast.clock.forward(1 / 1200);
  const outcome = await execute(cast.ports, actor, [step]);
  if (isRefusal(outcome)) throw new Error(outcome.refused);
  await cast.deliver();
}

async function begin(rule: Rule, ...addresses: readonly string[]): Promise<string> {
  const id = cast.ports.ids.next('W');
  await act(helpdesk, { kind: 'series', id, command: { type: 'series.start', group: 'HTAD', rule } });
  const invited = addresses.map((address) => people[address] ?? '');
  await act(system, { kind: 'series', id, command: { type: 'series.roster', people: invited } });
  return id;
}

const state = async (id: string) => (await cast.ports.store.load('series', id)).state;
const rule: Rule = { ...secondTuesday, from: `${year}-02-01`, until: `${year}-12-31` };
const at = (local: string, zone = rule.zone) => {
  const slot = slotFrom(local, zone, 60);
  if (isRefusal(slot)) throw new Error(slot.refused);
  return slot;
};

/** Every calendar mail of this UID that stands in a mailbox, the oldest first. */
async function mailsTo(address: string, id: string, count: number) {
  return until(async () => {
    const found = await Promise.all(
      servers.mails(address).map(async (source) => {
        const { attachments } = await simpleParser(Buffer.from(source, 'latin1'));
        const part = attachments.find(({ contentType }) => contentType === 'text/calendar');
        const ics = part?.content.toString('utf8') ?? '';
        const [, stamp = ''] = /^DTSTAMP:(\S+)/m.exec(ics) ?? [];
        return { source, ics, stamp };
      }),
    );
    const own = found.filter(({ ics }) => ics.includes(`UID:${id}@`));
    return own.length >= count ? own.toSorted((a, b) => (a.stamp < b.stamp ? -1 : 1)) : undefined;
  }, `${count} mails of ${id} for ${address}`);
}

function answer(source: string, more: Record<string, unknown>): void {
  cast.clock.forward(1 / 1200);
  post.answer(source, aino, more);
}

describe('a series through Exim and Dovecot', () => {
  it('means the same to three readers, at its rule, each exception and its end, in zones east and west', async () => {
    for (const zone of ['Europe/Paris', 'America/New_York', 'Asia/Tokyo', 'Australia/Sydney', 'UTC']) {
      const own = { ...rule, zone };
      const id = await begin(own, aino);
      const [, , april = '', may = '', , , , , october = ''] = datesOf(own, own.from, `${year}-12-31`);
      const series = (command: Extract<Step, { kind: 'series' }>['command']) =>
        act(helpdesk, { kind: 'series', id, command });
      await series({ type: 'series.move', date: april, slot: at(`${year}-04-20T10:00`, zone) });
      await series({ type: 'series.skip', date: may });
      const meetingId = cast.ports.ids.next('M');
      const invitees = [people[aino] ?? ''];
      await series({ type: 'series.convene', date: october, meetingId, invitees });
      const moved = at(`${year}-11-02T09:30`, zone);
      await act(helpdesk, { kind: 'meeting', id: meetingId, command: { type: 'meeting.reschedule', slot: moved } });
      await series({ type: 'series.change-rule', rule: { ...own, clock: '16:30' } });
      const letters = await mailsTo(aino, id, 5);
      expect(letters).toHaveLength(5);
      const read = readers.read(letters.map(({ ics }) => ics));
      for (const [first, ...others] of read) {
        for (const [reader, reading] of others) expect([reader, reading]).toEqual([reader, first?.[1]]);
        expect(first?.[1].complaints).toEqual([]);
      }
      expect(read.map(([first]) => first?.[1].method)).toEqual(['REQUEST', 'REQUEST', 'CANCEL', 'REQUEST', 'REQUEST']);
      const seconds = (instant: string) => Date.parse(instant) / 1000;
      const events = read.map(([first]) => first?.[1].events[0]);
      const hour = (date: string) => seconds(at(`${date}T15:00`, zone).instant);
      expect(events.map((event) => event?.occurrence)).toEqual([-1, hour(april), hour(may), hour(october), -1]);
      expect(events.map((event) => event?.start).slice(1, 4)).toEqual([
        seconds(at(`${year}-04-20T10:00`, zone).instant),
        hour(may),
        seconds(moved.instant),
      ]);
      expect(events.map((event) => Number(event?.sequence))).toEqual([0, 1, 2, 1, 3]);
      // Over both changes of the clocks the hours are those of the zone.
      const sent = (some: typeof letters) =>
        some.map(({ ics }) => ({
          to: aino,
          subject: '',
          text: '',
          id: 'x',
          calendar: { method: 'REQUEST' as const, ics: ics },
        }));
      const held = calendarOf(sent(letters.slice(0, 1)), `${id}@bot.example`, `${year}-12-31T23:59:00.000Z`);
      expect([...held.values()]).toEqual(
        datesOf(own, own.from, `${year}-12-31`).map((date) => at(`${date}T15:00`, zone).instant),
      );
      const now = await state(id);
      const after = calendarOf(sent(letters.slice(4)), `${id}@bot.example`, `${year}-12-31T23:59:00.000Z`);
      const coming = datesOf(now.rule, `${year}-02-01`, `${year}-12-31`).filter(
        (date) => date.slice(0, 7) !== may.slice(0, 7),
      );
      const expected = coming.map((date) => slotAt(now, date).instant);
      expect([...after.values()].filter((one) => one >= `${year}-02-01`)).toEqual(expected);
      expect(expected).toHaveLength(10);
      // The meeting went with the rule: each month keeps its own.
      expect((await cast.ports.store.load('meeting', meetingId)).state.slot.local).toBe(`${october}T16:30`);
    }
  });

  it('goes to who comes to the group, from then on, and leaves who leaves it', async () => {
    const id = await begin(rule, aino);
    const roster = (...addresses: readonly string[]) => {
      const now = addresses.map((address) => people[address] ?? '');
      return act(system, { kind: 'series', id, command: { type: 'series.roster', people: now } });
    };
    await roster(bruno, aino);
    await roster(bruno);
    const [invited] = await mailsTo(bruno, id, 1);
    const left = await mailsTo(aino, id, 2);
    const read = readers.read([...left, ...(invited ? [invited] : [])].map(({ ics }) => ics));
    for (const [first, ...others] of read) {
      for (const [reader, reading] of others) expect([reader, reading]).toEqual([reader, first?.[1]]);
      expect(first?.[1].complaints).toEqual([]);
    }
    expect(read.map(([first]) => [first?.[1].method, first?.[1].events[0]?.attendees[0]?.address])).toEqual([
      ['REQUEST', aino],
      ['CANCEL', aino],
      ['REQUEST', bruno],
    ]);
    expect(invited?.source).not.toContain(aino);
  });
});

describe('answers that Python writes', () => {
  it('to the whole, to one date before and after it is a meeting, and another hour for one date, change what they speak of', async () => {
    const id = await begin(rule, aino, bruno);
    const [first] = await mailsTo(aino, id, 1);
    const source = first?.source ?? '';
    const [, march = '', april = ''] = datesOf(rule, rule.from, `${year}-12-31`);
    const statusOf = async (address: string) => (await state(id)).standing?.people[people[address] ?? '']?.status;
    answer(source, { status: 'TENTATIVE' });
    await until(async () => (await statusOf(aino)) === 'tentative' || undefined, 'answer to the whole');
    expect(await statusOf(bruno)).toBe('sent');

    answer(source, { status: 'DECLINED', occurrence: `${march}T15:00` });
    await until(
      async () => (await state(id)).standing?.dates[march]?.answers[people[aino] ?? ''] === 'declined' || undefined,
      'answer to March',
    );
    const meetings: Record<string, string> = {};
    for (const date of [march, april]) {
      meetings[date] = cast.ports.ids.next('M');
      const invitees = [aino, bruno].map((address) => people[address] ?? '');
      const command = { type: 'series.convene', date, meetingId: meetings[date] ?? '', invitees } as const;
      await act(helpdesk, { kind: 'series', id, command });
    }
    const invites = async (date: string) =>
      (await cast.ports.store.load('meeting', meetings[date] ?? '')).state.invites;
    expect(await invites(march)).toEqual({ [people[aino] ?? '']: 'declined', [people[bruno] ?? '']: 'sent' });
    expect(await invites(april)).toEqual({ [people[aino] ?? '']: 'tentative', [people[bruno] ?? '']: 'sent' });

    answer(source, { status: 'ACCEPTED', occurrence: `${april}T15:00` });
    await until(async () => (await invites(april))[people[aino] ?? ''] === 'accepted' || undefined, 'answer to April');
    answer(source, { status: 'DECLINED' });
    await until(async () => (await statusOf(aino)) === 'declined' || undefined, 'another answer to the whole');
    // An answer to one date goes before the one to the whole.
    expect((await invites(april))[people[aino] ?? '']).toBe('accepted');
    expect((await invites(march))[people[bruno] ?? '']).toBe('sent');

    answer(source, { method: 'COUNTER', status: 'TENTATIVE', occurrence: `${april}T15:00`, hours_later: 24 });
    const meetingOf = async (date: string) => (await cast.ports.store.load('meeting', meetings[date] ?? '')).state;
    const suggested = await until(
      async () => (await meetingOf(april)).mailed?.suggestions[0],
      'another hour for April',
    );
    expect(suggested.slot.instant).toBe(new Date(Date.parse(at(`${april}T15:00`).instant) + 86_400_000).toISOString());
    expect((await meetingOf(april)).slot.local).toBe(`${april}T15:00`);
  });

  it('that ask for it again get it once an hour; a comment is kept sealed; an hour that is left is declined, of a date and of a meeting', async () => {
    const id = await begin(rule, aino);
    const [first] = await mailsTo(aino, id, 1);
    const source = first?.source ?? '';
    const [, march = '', april = ''] = datesOf(rule, rule.from, `${year}-12-31`);
    const standing = async () => (await state(id)).standing;
    answer(source, { method: 'REFRESH', status: 'NEEDS-ACTION' });
    await until(async () => (await standing())?.mailed.again ?? undefined, 'wish for it again');
    await cast.deliver();
    await mailsTo(aino, id, 2);
    answer(source, { method: 'REFRESH', status: 'NEEDS-ACTION' });
    answer(source, { status: 'NEEDS-ACTION', comment: 'Could we have the slides before?' });
    answer(source, { status: 'ACCEPTED', comment: 'Is it about patient Marie Dupont?' });
    await until(
      async () => (await standing())?.people[people[aino] ?? '']?.status === 'accepted' || undefined,
      'answer',
    );
    const { comments = [], doubts } = (await standing())?.mailed ?? { doubts: [] };
    expect(doubts).toEqual([]);
    expect(comments.map(({ person }) => person)).toEqual([people[aino], people[aino]]);
    expect(await cast.ports.store.text(comments[0]?.comment ?? '')).toBe('Could we have the slides before?');
    expect(comments[1]).not.toHaveProperty('comment');
    answer(source, { method: 'REFRESH', status: 'NEEDS-ACTION', host: hostOfStranger });
    await until(async () => (await standing())?.mailed.doubts.length === 1 || undefined, 'doubt');

    const meetingId = cast.ports.ids.next('M');
    const invitees = [people[aino] ?? ''];
    await act(helpdesk, { kind: 'series', id, command: { type: 'series.convene', date: april, meetingId, invitees } });
    for (const date of [march, april])
      answer(source, { method: 'COUNTER', status: 'TENTATIVE', occurrence: `${date}T15:00`, hours_later: 24 });
    const meeting = async () => (await cast.ports.store.load('meeting', meetingId)).state;
    await until(async () => (await standing())?.dates[march]?.mailed.suggestions[0], 'another hour for March');
    await until(async () => (await meeting()).mailed?.suggestions[0], 'another hour for April');
    const person = people[aino] ?? '';
    await act(helpdesk, { kind: 'series', id, command: { type: 'series.decline-hour', person, date: march } });
    await act(helpdesk, { kind: 'meeting', id: meetingId, command: { type: 'meeting.decline-hour', person } });
    expect((await meeting()).mailed?.suggestions).toEqual([]);
    const letters = await mailsTo(aino, id, 4);
    // Asked for twice within the hour, it was sent once.
    expect(letters).toHaveLength(4);
    const read = readers.read(letters.map(({ ics }) => ics));
    for (const [one, ...others] of read) {
      for (const [reader, reading] of others) expect([reader, reading]).toEqual([reader, one?.[1]]);
      expect(one?.[1].complaints).toEqual([]);
    }
    const events = read.map(([one]) => ({ method: one?.[1].method, ...one?.[1].events[0] }));
    expect(events).toMatchObject([
      { method: 'REQUEST', occurrence: -1, sequence: '0' },
      { method: 'REQUEST', occurrence: -1, sequence: '0' },
      { method: 'DECLINECOUNTER', occurrence: Date.parse(at(`${march}T15:00`).instant) / 1000, organizer: helpdeskBox },
      { method: 'DECLINECOUNTER', occurrence: Date.parse(at(`${april}T15:00`).instant) / 1000, organizer: helpdeskBox },
    ]);
  });

  it('that are forged, or speak of an hour that is none of its dates, change nothing', async () => {
    const id = await begin(rule, aino, bruno);
    const [first] = await mailsTo(aino, id, 1);
    const [, march = ''] = datesOf(rule, rule.from, `${year}-12-31`);
    const occurrence = `${march}T15:00`;
    const forgeries: readonly (readonly [string, Record<string, unknown>])[] = [
      ['not-authenticated', { host: hostOfStranger, occurrence }],
      ['other-sender', { sender: bruno, attendee: aino, occurrence }],
      ['not-invited', { sender: `eve@${hospitalDomain}`, occurrence }],
      ['unknown-sequence', { sequence: 7, occurrence }],
      ['unusable', { occurrence: `${march}T16:00` }],
      ['unusable', { status: 'DELEGATED' }],
    ];
    const before = (await state(id)).standing;
    for (const [index, [, more]] of forgeries.entries()) {
      answer(first?.source ?? '', more);
      await until(async () => (await state(id)).standing?.mailed.doubts.length === index + 1 || undefined, 'doubt');
    }
    const after = (await state(id)).standing;
    expect(after?.mailed.doubts.map(({ doubt }) => doubt)).toEqual(forgeries.map(([doubt]) => doubt));
    expect([after?.people, after?.dates]).toEqual([before?.people, before?.dates]);
  });
});

describe('radicale and khal', () => {
  it('show the invitation and the feed with the date that was moved, and without the one that fell out', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'series-'));
    const port = await freePort();
    const config = join(folder, 'radicale.conf');
    writeFileSync(
      config,
      `[server]\nhosts = 127.0.0.1:${port}\n[auth]\ntype = none\n[storage]\nfilesystem_folder = ${folder}/data\n[logging]\nlevel = error\n`,
    );
    const server: ChildProcess = spawn('radicale', ['--config', config], { stdio: 'ignore' });
    try {
      await listening(port, 'radicale');
      const id = await begin(rule, aino);
      const dates = datesOf(rule, rule.from, `${year}-12-31`);
      const [february = '', march = '', april = '', may = ''] = dates;
      const slot = at(`${year}-04-20T10:00`);
      await act(helpdesk, { kind: 'series', id, command: { type: 'series.move', date: april, slot } });
      await act(helpdesk, { kind: 'series', id, command: { type: 'series.skip', date: may } });
      // Who comes now gets the rule with its exceptions in one invitation.
      await act(system, {
        kind: 'series',
        id,
        command: { type: 'series.roster', people: [people[aino] ?? '', people[bruno] ?? ''] },
      });
      const [invitation] = await mailsTo(bruno, id, 1);
      const token = /([\w-]+)\.ics$/.exec(await feedAddress(cast.ports, people[bruno] ?? ''))?.[1] ?? '';
      const feed = (await calendarFile(cast.ports, token))?.text ?? '';
      const authorization = `Basic ${Buffer.from('bruno:x').toString('base64')}`;
      const put = async (path: string, body: string) => {
        const headers = { authorization, 'content-type': 'text/calendar' };
        const { status } = await fetch(`http://127.0.0.1:${port}/bruno/${path}`, { method: 'PUT', headers, body });
        return status;
      };
      await fetch(`http://127.0.0.1:${port}/bruno/own/`, { method: 'MKCALENDAR', headers: { authorization } });
      expect(await put(`own/${id}.ics`, (invitation?.ics ?? '').replace(/^METHOD:.*\r\n/m, ''))).toBe(201);
      expect(await put('feed/', feed)).toBe(201);
      for (const calendar of ['own', 'feed']) {
        const seen = (day: string, zone: string) =>
          shown(folder, calendar, day, zone).filter((line) => line.includes(id));
        expect(seen(february, 'Europe/Paris')).toEqual([`${february} 15:00-16:00 ${id}@bot.example`]);
        expect(seen(march, 'America/New_York')[0]).toMatch(/ (09|10):00-1[01]:00 /);
        expect(seen(april, 'Europe/Paris')).toEqual([]);
        expect(seen(`${year}-04-20`, 'Europe/Paris')).toEqual([`${year}-04-20 10:00-11:00 ${id}@bot.example`]);
        expect(seen(`${year}-04-20`, 'Asia/Tokyo')).toEqual([`${year}-04-20 17:00-18:00 ${id}@bot.example`]);
        expect(seen(may, 'Europe/Paris')).toEqual([]);
        expect(seen(dates.at(-1) ?? '', 'Europe/Paris')).toEqual([`${dates.at(-1)} 15:00-16:00 ${id}@bot.example`]);
      }
    } finally {
      server.kill();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});

/** What khal lists of a calendar on a day, for a person in that zone. */
function shown(folder: string, calendar: string, day: string, zone: string): string[] {
  const config = join(folder, `khal-${calendar}-${zone.replaceAll('/', '-')}.conf`);
  const date = '%Y-%m-%d';
  writeFileSync(
    config,
    `[calendars]\n[[one]]\npath = ${folder}/data/collection-root/bruno/${calendar}\nreadonly = True\n[locale]\nlocal_timezone = ${zone}\ndefault_timezone = ${zone}\ntimeformat = %H:%M\ndateformat = ${date}\nlongdateformat = ${date}\ndatetimeformat = ${date} %H:%M\nlongdatetimeformat = ${date} %H:%M\n[sqlite]\npath = ${config}.db\n`,
  );
  const format = '{start-date} {start-time}-{end-time} {uid}';
  return execFileSync('khal', ['-c', config, 'list', '--day-format', '', '--format', format, day, '1d'], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  })
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== 'No events');
}
