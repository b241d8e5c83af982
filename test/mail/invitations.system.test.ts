// Other people's programs carry, deliver, read and answer the invitations: Exim, Dovecot, Python, libical, from Debian.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCalendar } from '../../adapters/calendar/calendar.ts';
import { google } from '../../adapters/mail/incoming/testing/samples.ts';
import { type Cast, idSeen } from '../../bot/conversations/testing.ts';
import { execute } from '../../bot/execute.ts';
import { plainText } from '../../bot/view.ts';
import { readConfig } from '../../config.ts';
import type { Invitation } from '../../domain/mail-ports.ts';
import { slotFrom } from '../../domain/meetings/hours.ts';
import type { Actor } from '../../domain/people.ts';
import { start } from '../../main.ts';
import { helpdeskBox, openPost, type Post, until } from './post.ts';
import type { Readers } from './readers.ts';
import { authservId, hospitalDomain, hostOfHospital, hostOfStranger, type MailServers, password } from './servers.ts';

const aino = `aino@${hospitalDomain}`;
const bruno = `bruno@${hospitalDomain}`;
const away = `away@${hospitalDomain}`;
/** For what is sent in bulk. */
const bulk = `bulk@${hospitalDomain}`;
const nobody = `nobody@${hospitalDomain}`;
const year = new Date().getUTCFullYear() + 1;

let post: Post;
let servers: MailServers;
let readers: Readers;
let cast: Cast;
let people: Post['people'];

beforeAll(async () => {
  post = await openPost(
    [aino, bruno, away, bulk],
    [
      [aino, 'Dr Aino Esimerkki'],
      [bruno, 'د. برونو'],
      [away, 'Dr Away'],
      [nobody, 'Dr Nobody'],
    ],
  );
  ({ servers, readers, cast, people } = post);
});
afterAll(() => post?.close());

/** The raw mails of a mailbox, over IMAP. */
async function fetched(address: string): Promise<string[]> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: servers.imapPort,
    secure: false,
    auth: { user: address, pass: password },
    logger: false,
  });
  await client.connect();
  const box = await client.mailboxOpen('INBOX', { readOnly: true });
  const found: string[] = [];
  if (box.exists > 0)
    for await (const mail of client.fetch('1:*', { source: true })) found.push(mail.source?.toString('latin1') ?? '');
  await client.logout();
  return found;
}

const meeting = async (id: string) => (await cast.ports.store.load('meeting', id)).state;
const deskSays = async () => {
  await cast.deliver();
  return [...cast.deskCards.values()].map(plainText).join('\n');
};

async function schedule(...invitees: readonly string[]): Promise<string> {
  await cast.helpdesk.says('schedule new');
  await cast.helpdesk.fills({
    other: `${year}-03-25T15:00`,
    invitees: invitees.map((email) => people[email] ?? ''),
    join: 'https://meet.example/abc',
    // The same few people meet again and again in here.
    despite: true,
  });
  const id = idSeen(cast.helpdesk, 'M');
  await cast.deliver();
  return id;
}

/** The mail of this meeting with this method, as it stands in the attendee's mailbox. */
const invitationTo = (address: string, id: string, method = 'REQUEST', sequence = 0) =>
  until(async () => {
    for (const source of await fetched(address)) {
      if (!source.includes(`method=${method}`)) continue;
      const mail = await simpleParser(Buffer.from(source, 'latin1'));
      const ics = mail.attachments.find(({ contentType }) => contentType === 'text/calendar')?.content.toString('utf8');
      if (ics?.includes(`UID:${id}@`) && ics.includes(`SEQUENCE:${sequence}\r\n`)) return { source, mail, ics };
    }
    return undefined;
  }, `${method} of ${id} for ${address}`);

/** Python answers the invitation. */
const answer = (source: string, more: Record<string, unknown>) => post.answer(source, aino, more);

describe('an invitation through Exim and Dovecot', () => {
  it('is scheduled, moved and cancelled alike for three readers, without a complaint', async () => {
    const id = await schedule(aino, bruno);
    const request = await invitationTo(aino, id);
    await cast.helpdesk.says(`reschedule ${id}`);
    await cast.helpdesk.fills({ other: `${year}-04-02T10:00` });
    await cast.deliver();
    const moved = await invitationTo(aino, id, 'REQUEST', 1);
    const forBruno = await invitationTo(bruno, id, 'REQUEST', 1);
    await cast.helpdesk.sends('scheduling.cancel', id);
    await cast.deliver();
    const cancelled = await invitationTo(aino, id, 'CANCEL', 2);

    const letters = [request, moved, cancelled, forBruno];
    const read = readers.read(letters.map(({ ics }) => ics));
    for (const [first, ...others] of read) {
      for (const [reader, reading] of others) expect([reader, reading]).toEqual([reader, first?.[1]]);
      expect(first?.[1].complaints).toEqual([]);
    }
    const events = read.map(([first]) => ({ method: first?.[1].method, ...first?.[1].events[0] }));
    const seconds = (local: string) => Date.parse(local) / 1000;
    expect(events).toMatchObject([
      { method: 'REQUEST', sequence: '0', status: 'CONFIRMED', start: seconds(`${year}-03-25T14:00:00Z`), alarms: 1 },
      { method: 'REQUEST', sequence: '1', status: 'CONFIRMED', start: seconds(`${year}-04-02T08:00:00Z`), alarms: 1 },
      { method: 'CANCEL', sequence: '2', status: 'CANCELLED', start: seconds(`${year}-04-02T08:00:00Z`), alarms: 0 },
      { method: 'REQUEST', attendees: [{ address: bruno, name: 'د. برونو', rsvp: 'TRUE' }] },
    ]);
    for (const event of events)
      expect(event).toMatchObject({
        uid: `${id}@bot.example`,
        organizer: helpdeskBox,
        description: expect.stringContaining(id),
      });
    // One mail per attendee: nobody reads another's address.
    expect(forBruno.source).not.toContain(aino);
    for (const { mail } of letters) {
      expect(mail.attachments.map(({ filename }) => filename).filter(Boolean)).toEqual([]);
      expect(mail.to && !Array.isArray(mail.to) && mail.to.value).toHaveLength(1);
    }
  });
});

describe('every hour, zone, series and name', () => {
  const calendar = createCalendar();
  const plain: Invitation = {
    uid: 'M-0@bot.example',
    sequence: 0,
    method: 'REQUEST',
    title: 'CPMS meeting',
    description: 'Please answer.',
    start: `${year}-03-25T15:00`,
    zone: 'Europe/Paris',
    minutes: 60,
    joinUrl: 'https://meet.example/abc?x=1,2;y',
    organiser: { name: 'CPMS helpdesk', email: helpdeskBox },
    attendee: { name: 'Dr Aino Esimerkki', email: bulk },
    stampedAt: new Date().toISOString(),
  };
  const zones = [
    'Europe/Paris',
    'Europe/Lisbon',
    'Europe/Helsinki',
    'America/New_York',
    'America/Los_Angeles',
    'America/Sao_Paulo',
    'Asia/Kolkata',
    'Asia/Tokyo',
    'Australia/Sydney',
    'Pacific/Auckland',
    'UTC',
  ];
  const days = ['03-14', '03-26', '03-29', '04-05', '09-27', '10-24', '10-26', '11-02'];
  const names = [
    'Zoë O’Brien-Łukasiewicz',
    'Δρ. Ελένη Παπαδοπούλου',
    'д-р Иван Петров',
    'د. ليلى حسن',
    'ד״ר נועה לוי',
    '王小明 医師',
    'डॉ. आशा राव',
    'ดร. สมชาย ใจดี',
    '👩‍⚕️ Dr 𝒳',
    'Eve\r\nATTENDEE:mailto:eve@evil.example',
    'Eve";RSVP=FALSE:mailto:x',
    'a;b,c\\n:d',
  ];

  it('means the same to three readers after the same way', async () => {
    const hours: Invitation[] = zones.flatMap((zone) =>
      days.map((day) => ({ ...plain, zone, start: `${year}-${day}T09:30` })),
    );
    const titles: Invitation[] = names.map((name) => ({
      ...plain,
      title: name,
      description: `${name}\n${name}`,
      attendee: { name, email: bulk },
    }));
    const long: Invitation[] = ['医療🩺é', 'x', 'Ελένη '].map((text) => ({
      ...plain,
      title: text.repeat(500).slice(0, 500).toWellFormed(),
    }));
    const series: Invitation[] = ['Europe/Paris', 'America/New_York', 'UTC'].flatMap((zone) => [
      { ...plain, zone, series: { rule: 'FREQ=MONTHLY;BYDAY=1TU;COUNT=12', except: [`${year}-05-04T15:00`] } },
      { ...plain, zone, occurrence: `${year}-05-04T15:00`, start: `${year}-05-05T15:00`, sequence: 1 },
      { ...plain, zone, occurrence: `${year}-05-04T15:00`, sequence: 2, method: 'CANCEL' },
    ]);
    const all = [...hours, ...titles, ...long, ...series].map((invitation, index) => ({
      ...invitation,
      uid: `M-X${index}@bot.example`,
    }));
    const { mail } = cast.ports;
    for (const invitation of all)
      await mail.send({
        to: bulk,
        subject: invitation.title,
        text: invitation.description,
        calendar: { method: invitation.method, ics: calendar.invitation(invitation) },
        id: `x-${invitation.uid.split('@')[0]}`,
      });
    const texts = await until(async () => {
      const found = new Map<string, string>();
      for (const source of await fetched(bulk)) {
        const parsed = await simpleParser(Buffer.from(source, 'latin1'));
        const ics = parsed.attachments[0]?.content.toString('utf8') ?? '';
        const uid = /^UID:(M-X\d+@.*)\r$/m.exec(ics)?.[1];
        if (uid) found.set(uid, ics);
      }
      return found.size === all.length ? found : undefined;
    }, 'mail for each of them');
    const read = readers.read(all.map(({ uid }) => texts.get(uid) ?? ''));
    for (const [index, invitation] of all.entries()) {
      const [first, ...others] = read[index] ?? [];
      for (const [reader, reading] of others) expect([reader, reading]).toEqual([reader, first?.[1]]);
      const slot = slotFrom(invitation.start, invitation.zone, invitation.minutes);
      if ('refused' in slot) throw new Error(slot.refused);
      expect(first?.[1]).toMatchObject({ complaints: [], method: invitation.method });
      expect(first?.[1].events).toHaveLength(1);
      expect(first?.[1].events[0]).toMatchObject({
        start: Date.parse(slot.instant) / 1000,
        end: Date.parse(slot.instant) / 1000 + 3600,
        attendees: [{ address: bulk }],
        alarms: invitation.method === 'REQUEST' ? 1 : 0,
      });
    }
    const summaries = all.map((_, index) => read[index]?.[0]?.[1].events[0]?.summary);
    const written = all.map(({ title }) =>
      title
        .replaceAll(/[\r\n]+/g, ' ')
        .replaceAll('\\', '/')
        .trim(),
    );
    expect(summaries).toEqual(written);
  });

  it('goes to two hundred, each with a mail of their own', async () => {
    const addresses = Array.from({ length: 200 }, (_, index) => `expert-${index}@${hospitalDomain}`);
    for (const address of addresses) servers.box(address);
    const invitees = await Promise.all(
      addresses.map((address, index) => post.enter(address, `${names[index % 9] ?? ''} ${index}`)),
    );
    const [desk = ''] = await cast.ports.store.peopleByEmail('hanna@cpms-desk.example');
    const helper: Actor = { id: desk, verified: true, grants: [{ role: 'helpdesk' }] };
    const slot = slotFrom(`${year}-10-25T15:00`, 'Europe/Paris', 60);
    if ('refused' in slot) throw new Error(slot.refused);
    const id = cast.ports.ids.next('M');
    await execute(cast.ports, helper, [{ kind: 'meeting', id, command: { type: 'meeting.schedule', slot, invitees } }]);
    await cast.deliver();
    expect(new Set(Object.values((await meeting(id)).invites))).toEqual(new Set(['sent']));
    const sources = await until(() => {
      const mails = addresses.map((address) => servers.mails(address));
      return mails.every(({ length }) => length === 1) ? mails.flat() : undefined;
    }, 'mail for each of them');
    const texts = await Promise.all(
      sources.map(async (source) => {
        const { attachments } = await simpleParser(Buffer.from(source, 'latin1'));
        return attachments[0]?.content.toString('utf8') ?? '';
      }),
    );
    const read = readers.read(texts);
    expect(read.map(([first]) => first?.[1].events[0]?.attendees.map(({ address }) => address))).toEqual(
      addresses.map((address) => [address]),
    );
    for (const [first, ...others] of read)
      for (const [reader, reading] of others) expect([reader, reading]).toEqual([reader, first?.[1]]);
  });

  it('libical finds what is wrong, where something is', () => {
    const wrong = calendar
      .invitation(plain)
      .replace(/^ATTENDEE[\s\S]*?(?=^URL|^LOCATION|^STATUS)/m, '')
      .replace(/^DTSTART.*\r\n/m, '');
    const [[, , libical] = []] = readers.read([wrong]);
    expect(libical?.[1].complaints.length).toBeGreaterThan(0);
  });
});

describe('answers from the mailbox', () => {
  it('written by Python change the right attendee, as do those in the shape of Google', async () => {
    const id = await schedule(aino, bruno);
    const { source } = await invitationTo(aino, id);
    for (const [status, told] of [
      ['ACCEPTED', 'accepted'],
      ['TENTATIVE', 'tentative'],
      ['DECLINED', 'declined'],
    ] as const) {
      cast.clock.forward(0.01);
      answer(source, { status });
      await until(async () => (await meeting(id)).invites[people[aino] ?? ''] === told || undefined, `answer ${told}`);
    }
    expect((await meeting(id)).invites[people[bruno] ?? '']).toBe('sent');
    const { submit } = raw();
    cast.clock.forward(0.01);
    await submit(
      bruno,
      google({
        uid: `${id}@bot.example`,
        sequence: 0,
        attendee: bruno,
        organiser: helpdeskBox,
        status: 'ACCEPTED',
        stamp: cast.ports.clock.now().replaceAll(/[-:]|\.\d+/g, ''),
        start: `${year}0325T150000`,
        end: `${year}0325T160000`,
        authentication: 'X-Sample: 1',
      }),
    );
    await until(
      async () => (await meeting(id)).invites[people[bruno] ?? ''] === 'accepted' || undefined,
      'answer of Google',
    );
    expect((await meeting(id)).mailed?.doubts).toEqual([]);
  });

  it('that are forged change nothing, and are shown to the helpdesk', async () => {
    const id = await schedule(aino, bruno);
    const { source } = await invitationTo(aino, id);
    const forgeries: readonly (readonly [string, Record<string, unknown>])[] = [
      ['does not vouch', { host: hostOfStranger }],
      [
        'does not vouch',
        {
          host: hostOfStranger,
          headers: { 'Authentication-Results': `${authservId}; spf=pass smtp.mailfrom=${aino}` },
        },
      ],
      ['another address', { sender: bruno, attendee: aino }],
      ['another address', { host: hostOfStranger, sender: aino, envelope: 'eve@evil.example', attendee: bruno }],
      ['not invited', { sender: `eve@${hospitalDomain}` }],
      ['never sent', { sequence: 5 }],
      ['nothing that can be used', { status: 'DELEGATED' }],
    ];
    const before = (await meeting(id)).invites;
    let expected = 0;
    for (const [, more] of forgeries) {
      cast.clock.forward(0.01);
      answer(source, more);
      expected += 1;
      await until(async () => (await meeting(id)).mailed?.doubts.length === expected || undefined, 'doubt');
    }
    expect((await meeting(id)).invites).toEqual(before);
    const words = await deskSays();
    for (const [why] of forgeries.filter(([why]) => why !== 'another address' || true).slice(2))
      expect(words).toContain(why);

    const strays = words.match(/belongs to no meeting/g)?.length ?? 0;
    answer(source, { uid: 'M-00000000@bot.example' });
    await until(
      async () => ((await deskSays()).match(/belongs to no meeting/g)?.length ?? 0) > strays || undefined,
      'stray',
    );

    await cast.helpdesk.says(`reschedule ${id}`);
    await cast.helpdesk.fills({ other: `${year}-04-02T10:00` });
    await cast.deliver();
    cast.clock.forward(0.01);
    answer(source, {});
    await until(
      async () => (await meeting(id)).mailed?.doubts.at(-1)?.doubt === 'old-sequence' || undefined,
      'old answer',
    );
    expect((await meeting(id)).invites[people[aino] ?? '']).toBe('sent');
  });

  it('that propose another hour suggest it to the helpdesk', async () => {
    const id = await schedule(aino);
    const { source } = await invitationTo(aino, id);
    answer(source, { method: 'COUNTER', status: 'TENTATIVE', hours_later: 48 });
    const [suggestion] = await until(async () => {
      const found = (await meeting(id)).mailed?.suggestions ?? [];
      return found.length > 0 ? found : undefined;
    }, 'suggestion');
    expect(suggestion).toMatchObject({ person: people[aino], slot: { local: `${year}-03-27T15:00`, minutes: 60 } });
    expect((await meeting(id)).slot.local).toBe(`${year}-03-25T15:00`);
    expect(await deskSays()).toContain(`${year}-03-27 15:00`);
  });

  it('a bounce and an absence are told apart', async () => {
    const id = await schedule(aino, away, nobody);
    const state = await until(async () => {
      const now = await meeting(id);
      return now.mailed?.away.length && now.mailed.bounced.length ? now : undefined;
    }, 'bounce and absence');
    expect(state.mailed).toMatchObject({ away: [people[away]], bounced: [people[nobody]], doubts: [] });
    expect(state.invites).toMatchObject({ [people[away] ?? '']: 'sent', [people[nobody] ?? '']: 'bounced' });
  });

  it('are read once, and after a restart go on where it stopped', async () => {
    const id = await schedule(aino, bruno);
    const { source } = await invitationTo(aino, id);
    await post.endReading();
    answer(source, {});
    const seen: string[] = [];
    await post.readAgain({
      take: async (mail) => {
        seen.push(mail.kind);
        await cast.service.takeMail(mail);
      },
    });
    await until(async () => (await meeting(id)).invites[people[aino] ?? ''] === 'accepted' || undefined, 'answer');
    expect(seen.filter((kind) => kind === 'answer')).toEqual(['answer']);
  });
});

describe('the mailbox', () => {
  it('that cannot be opened is tried again, and what is logged holds no address', async () => {
    const logged: string[] = [];
    const log = (fields: object, message: string) => void logged.push(JSON.stringify({ ...fields, message }));
    const reader = post.reader({
      url: `imap://${encodeURIComponent(helpdeskBox)}:wrong@127.0.0.1:${servers.imapPort}`,
      log: { info: log, warn: log },
      take: async () => undefined,
      retryMs: 10,
    });
    reader.start();
    await until(() => logged.length > 1 || undefined, 'second try');
    await reader.close();
    expect(logged[0]).toContain('authentication-failed');
    expect(logged.join()).not.toContain('@');
  });

  it('is read by the server as it is configured', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mailbox-'));
    const running = await start(
      readConfig({
        PORT: '0',
        DATA_DIR: folder,
        LOG_LEVEL: 'silent',
        SMTP_URL: `smtp://127.0.0.1:${servers.smtpPort}`,
        HELPDESK_EMAIL: helpdeskBox,
        IMAP_URL: `imap://${encodeURIComponent(helpdeskBox)}:${password}@127.0.0.1:${servers.imapPort}`,
        IMAP_AUTHSERV_ID: authservId,
      }),
    );
    try {
      const key = `imap:127.0.0.1:${servers.imapPort}:${encodeURIComponent(helpdeskBox)}:INBOX`;
      const place = await until(() => running.ports.kept.get(key), 'place in the mailbox');
      expect(JSON.parse(place)).toMatchObject({ uid: expect.any(Number) });
      const health = await (await fetch(`${running.url}/health`)).text();
      expect(JSON.parse(health)).toMatchObject({ serving: true, mailbox: { aside: 0 } });
      expect(health).not.toContain('@');
    } finally {
      await running.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** Sends a mail as it is, from the hospital's host. */
function raw() {
  return {
    submit: async (from: string, text: string) => {
      const done = spawnSync(
        '/usr/bin/python3',
        [
          '-c',
          'import smtplib,sys\nwith smtplib.SMTP("127.0.0.1",int(sys.argv[1]),source_address=(sys.argv[2],0)) as s: s.sendmail(sys.argv[3],[sys.argv[4]],sys.stdin.buffer.read())',
          String(servers.smtpPort),
          hostOfHospital,
          from,
          helpdeskBox,
        ],
        { input: text, encoding: 'utf8' },
      );
      if (done.status !== 0) throw new Error(done.stderr);
    },
  };
}
