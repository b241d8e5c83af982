// A calendar server and a calendar program show what a person would see: radicale and khal, from Debian.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cast, createCast, idSeen } from '../../bot/conversations/testing.ts';
import { plainText } from '../../bot/view.ts';
import { freePort } from '../ports.ts';
import { listening } from './servers.ts';

const year = new Date().getUTCFullYear() + 1;
let folder: string;
let server: ChildProcess;
let base: string;
let cast: Cast;
let expert: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'calendars-'));
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  writeFileSync(
    join(folder, 'radicale.conf'),
    `[server]\nhosts = 127.0.0.1:${port}\n[auth]\ntype = none\n[storage]\nfilesystem_folder = ${folder}/data\n[logging]\nlevel = error\n`,
  );
  server = spawn('radicale', ['--config', join(folder, 'radicale.conf')], { stdio: 'ignore' });
  await listening(port, 'radicale');
  cast = await createCast({ now: new Date().toISOString() });
  [expert = ''] = await cast.ports.store.peopleByEmail('erik.expert@hopital-modele.example');
});
afterAll(() => {
  server?.kill();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const authorization = `Basic ${Buffer.from('erik:x').toString('base64')}`;

/** Puts a calendar file onto the server, as the whole of a calendar or as one of its meetings. */
async function put(path: string, text: string): Promise<number> {
  const headers = { authorization, 'content-type': 'text/calendar' };
  return (await fetch(`${base}/erik/${path}`, { method: 'PUT', headers, body: text })).status;
}

/** What khal lists of a calendar on a day, for a person in that zone. */
function shown(calendar: string, day: string, zone: string): string[] {
  const config = join(folder, `khal-${calendar}-${zone.replaceAll('/', '-')}.conf`);
  const date = '%Y-%m-%d';
  writeFileSync(
    config,
    `[calendars]\n[[one]]\npath = ${folder}/data/collection-root/erik/${calendar}\nreadonly = True\n[locale]\nlocal_timezone = ${zone}\ndefault_timezone = ${zone}\ntimeformat = %H:%M\ndateformat = ${date}\nlongdateformat = ${date}\ndatetimeformat = ${date} %H:%M\nlongdatetimeformat = ${date} %H:%M\n[sqlite]\npath = ${config}.db\n`,
  );
  return execFileSync(
    'khal',
    [
      '-c',
      config,
      'list',
      '--day-format',
      '',
      '--format',
      '{start-date} {start-time}-{end-time} | {title} | {location} | {status} | {uid}',
      day,
      '1d',
    ],
    { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } },
  )
    .split('\n')
    .map((line) => line.replace(/ +\|/g, ' |').trim())
    .filter((line) => line !== '' && line !== 'No events');
}

async function schedule(hour: string): Promise<string> {
  await cast.helpdesk.says('schedule new');
  await cast.helpdesk.fills({ other: hour, invitees: [expert], join: 'https://meet.example/abc' });
  return idSeen(cast.helpdesk, 'M');
}

async function feed(): Promise<string> {
  const seen = await cast.person('expert-1').sends('meeting.calendar', '');
  const [, token = ''] = /\/calendar\/([\w-]+)\.ics/.exec((seen.cards ?? []).map(plainText).join('\n')) ?? [];
  return (await cast.service.pages.calendarFile(token))?.text ?? '';
}

const line = (day: string, hours: string, id: string, status = 'TENTATIVE') =>
  `${day} ${hours} | CPMS meeting ${id} · Expert meeting | https://meet.example/abc | ${status} | ${id}@bot.example`;

describe('radicale and khal', () => {
  it('show the feed at the right hours, in zones east and west, over both changes of the clocks', async () => {
    const march = await schedule(`${year}-03-30T15:00`);
    const october = await schedule(`${year}-11-02T15:00`);
    expect(await put('feed/', await feed())).toBe(201);
    expect(shown('feed', `${year}-03-30`, 'Europe/Paris')).toEqual([line(`${year}-03-30`, '15:00-16:00', march)]);
    expect(shown('feed', `${year}-03-30`, 'America/New_York')).toEqual([line(`${year}-03-30`, '09:00-10:00', march)]);
    expect(shown('feed', `${year}-03-30`, 'Asia/Tokyo')).toEqual([line(`${year}-03-30`, '22:00-23:00', march)]);
    expect(shown('feed', `${year}-11-02`, 'Europe/Paris')).toEqual([line(`${year}-11-02`, '15:00-16:00', october)]);
    expect(shown('feed', `${year}-11-02`, 'Asia/Tokyo')).toEqual([line(`${year}-11-02`, '23:00-00:00', october)]);

    await cast.person('expert-1').says(`meeting ${march}`);
    await cast.person('expert-1').presses('Accept');
    await cast.helpdesk.says(`reschedule ${october}`);
    await cast.helpdesk.fills({ other: `${year}-11-03T09:00` });
    expect(await put('feed/', await feed())).toBe(201);
    expect(shown('feed', `${year}-03-30`, 'Europe/Paris')).toEqual([
      line(`${year}-03-30`, '15:00-16:00', march, 'CONFIRMED'),
    ]);
    expect(shown('feed', `${year}-11-02`, 'Europe/Paris')).toEqual([]);
    expect(shown('feed', `${year}-11-03`, 'Europe/Paris')).toEqual([line(`${year}-11-03`, '09:00-10:00', october)]);
    await cast.helpdesk.sends('scheduling.cancel', october);
    expect(await put('feed/', await feed())).toBe(201);
    expect(shown('feed', `${year}-11-03`, 'Europe/Paris')).toEqual([]);
  });

  it('take the invitation, its move and its cancellation as one meeting', async () => {
    const id = await schedule(`${year}-05-11T15:00`);
    const mailed = async (method: string) => {
      await cast.deliver();
      return cast.letters.findLast(({ calendar }) => calendar?.method === method && calendar.ics.includes(`UID:${id}@`))
        ?.calendar?.ics;
    };
    await fetch(`${base}/erik/own/`, { method: 'MKCALENDAR', headers: { authorization } });
    // What a mail program puts into its calendar has no METHOD (RFC 4791 4.1).
    const take = async (method: string) =>
      put(`own/${id}.ics`, ((await mailed(method)) ?? '').replace(/^METHOD:.*\r\n/m, ''));
    expect(await take('REQUEST')).toBe(201);
    expect(shown('own', `${year}-05-11`, 'Europe/Paris')).toEqual([
      line(`${year}-05-11`, '15:00-16:00', id, 'CONFIRMED'),
    ]);
    await cast.helpdesk.says(`reschedule ${id}`);
    await cast.helpdesk.fills({ other: `${year}-05-12T10:00` });
    await take('REQUEST');
    expect(shown('own', `${year}-05-11`, 'Europe/Paris')).toEqual([]);
    expect(shown('own', `${year}-05-12`, 'America/New_York')).toEqual([
      line(`${year}-05-12`, '04:00-05:00', id, 'CONFIRMED'),
    ]);
    await cast.helpdesk.sends('scheduling.cancel', id);
    await take('CANCEL');
    expect(shown('own', `${year}-05-12`, 'Europe/Paris')).toEqual([
      line(`${year}-05-12`, '10:00-11:00', id, 'CANCELLED'),
    ]);
  });
});
