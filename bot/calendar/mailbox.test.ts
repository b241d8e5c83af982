import { beforeEach, describe, expect, it } from 'vitest';
import type { CalendarPart, Incoming } from '../../domain/mail-ports.ts';
import { type Cast, createCast, planMeeting } from '../conversations/testing.ts';
import { plainText } from '../view.ts';
import { takeMail, tellOfMailbox } from './mailbox.ts';

let cast: Cast;
let id: string;
let email: string;
let person: string;
let mails = 0;

const meeting = async () => (await cast.ports.store.load('meeting', id)).state;
const desk = async () => {
  await cast.deliver();
  return [...cast.deskCards.values()].map(plainText).join('\n');
};
const part = (changes: Partial<CalendarPart> = {}): CalendarPart => ({
  uid: `${id}@bot.example`,
  sequence: 0,
  stamp: '2026-11-23T10:00:00.000Z',
  attendee: email,
  answer: 'accepted',
  ...changes,
});
const mail = (
  changes: Partial<CalendarPart> = {},
  how: { from?: string; authenticated?: boolean; method?: 'REPLY' | 'COUNTER' } = {},
): Incoming => ({
  kind: 'answer',
  key: `key-${(mails += 1)}`,
  from: how.from ?? email,
  authenticated: how.authenticated ?? true,
  method: how.method ?? 'REPLY',
  parts: [part(changes)],
});
const letter = async () => {
  await cast.deliver();
  return cast.letters.findLast(({ to, calendar }) => to === email && calendar)?.id ?? '';
};

beforeEach(async () => {
  cast = await createCast();
  ({ meetingId: id } = await planMeeting(cast));
  person = Object.keys((await meeting()).invites).find((invited) => invited !== cast.clinicianId) ?? '';
  email = (await cast.ports.store.person(person))?.email ?? '';
});

describe('an answer by mail', () => {
  it('counts for the attendee who wrote it, and is shown to the helpdesk', async () => {
    await takeMail(cast.ports, mail());
    expect((await meeting()).invites[person]).toBe('accepted');
    await takeMail(cast.ports, mail({ answer: 'declined', stamp: '2026-11-23T11:00:00.000Z' }));
    expect((await meeting()).invites[person]).toBe('declined');
    expect(await desk()).toMatch(/Declined/);
  });

  it.each<[string, Parameters<typeof mail>, RegExp]>([
    ['another wrote', [{}, { from: 'eve@evil.example' }], /another address/],
    ['nobody vouches for', [{}, { authenticated: false }], /does not vouch/],
    ['an unknown attendee wrote', [{ attendee: 'eve@evil.example' }, { from: 'eve@evil.example' }], /not invited/],
    ['answers what was never sent', [{ sequence: 7 }], /never sent/],
    ['answers one hour of a series', [{ occurrence: '2026-12-01T14:00:00.000Z' }], /nothing that can be used/],
  ])('that %s changes nothing, and is shown to the helpdesk', async (_, given, words) => {
    const before = (await meeting()).invites;
    await takeMail(cast.ports, mail(...given));
    expect((await meeting()).invites).toEqual(before);
    expect(await desk()).toMatch(words);
  });

  it.each(['M-ZZZZZZZZ@bot.example', 'elsewhere', '__proto__@bot.example'])(
    'for %s is told to the helpdesk, a few times an hour at most',
    async (uid) => {
      for (let count = 0; count < 9; count += 1) await takeMail(cast.ports, mail({ uid }));
      const shown = await desk();
      expect(shown.match(/belongs to no meeting/g)).toHaveLength(5);
      await takeMail(cast.ports, { kind: 'malformed', key: 'k', from: email, authenticated: true });
      expect((await desk()).match(/belongs to no meeting/g)).toHaveLength(5);
    },
  );

  it('of another server’s meeting with the same number is not ours', async () => {
    await takeMail(cast.ports, mail({ uid: `${id}@other.example` }));
    expect((await meeting()).invites[person]).not.toBe('accepted');
    expect(await desk()).toMatch(/belongs to no meeting/);
  });

  it('that leaves hardly anybody is told to the helpdesk at once', async () => {
    const others = Object.keys((await meeting()).invites).filter((invited) => invited !== person);
    await takeMail(cast.ports, mail({ answer: 'declined' }));
    expect(await desk()).not.toMatch(/Hardly anybody/);
    const next = (await cast.ports.store.person(others[0] ?? ''))?.email ?? '';
    await takeMail(cast.ports, mail({ answer: 'declined', attendee: next }, { from: next }));
    expect(await desk()).toMatch(/Hardly anybody can come: meeting M-/);
  });

  it('is taken once', async () => {
    const first = mail();
    await takeMail(cast.ports, first);
    const before = await cast.ports.store.load('meeting', id);
    await takeMail(cast.ports, first);
    expect((await cast.ports.store.load('meeting', id)).version).toBe(before.version);
  });
});

describe('another hour by mail', () => {
  it('is shown to the helpdesk, who moves the meeting there with one press', async () => {
    const hour = { instant: '2026-12-03T09:30:00.000Z', minutes: 60 };
    await takeMail(cast.ports, mail({ hour }, { method: 'COUNTER' }));
    expect((await meeting()).slot.local).toBe('2026-12-01T15:00');
    expect(await desk()).toMatch(/Another hour is suggested[\s\S]*2026-12-03 10:30 Europe\/Paris/);
    await cast.helpdesk.says(`show ${id}`);
    await cast.helpdesk.presses(/^Move to Thu 2026-12-03 10:30/);
    await cast.helpdesk.fills({});
    expect(await meeting()).toMatchObject({ slot: { local: '2026-12-03T10:30', minutes: 60 }, sequence: 1 });
    expect((await meeting()).mailed?.suggestions).toEqual([]);
  });
});

describe('what comes back', () => {
  it('is a bounce of the invitation that it names, and of no other', async () => {
    const letterId = await letter();
    const bounce = { kind: 'bounce', from: '', authenticated: false, recipients: [email] } as const;
    await takeMail(cast.ports, {
      ...bounce,
      key: 'b1',
      letter: letterId.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    });
    await takeMail(cast.ports, { ...bounce, key: 'b2', letter: `meeting-${id}-${person}-0-1` });
    expect((await meeting()).invites[person]).toBe('sent');
    await takeMail(cast.ports, { ...bounce, key: 'b3', letter: letterId });
    expect((await meeting()).invites[person]).toBe('bounced');
    expect(await desk()).toMatch(/did not arrive/);
  });

  it('that is read again days later, as after a restored mailbox, counts once, a doubted one too', async () => {
    const [good, forged] = [mail(), mail({}, { authenticated: false })];
    for (let time = 0; time < 3; time += 1) {
      await takeMail(cast.ports, good);
      await takeMail(cast.ports, forged);
      await takeMail(cast.ports, { kind: 'malformed', key: 'm1', from: '', authenticated: false });
      cast.clock.forward(48);
    }
    expect((await meeting()).mailed?.doubts.length).toBe(1);
    const trail = await cast.ports.store.trail('meeting', id);
    expect(trail.filter(({ event }) => event.type === 'invite-answered').length).toBe(1);
    await desk();
    const strays = [...cast.deskCards.values()].filter(({ title }) => title.startsWith('An answer by mail belongs'));
    expect(strays.length).toBe(1);
  });

  it('from who is away is no answer, and no bounce', async () => {
    const away = { kind: 'absence', key: 'a1', from: email, authenticated: true, letter: await letter() } as const;
    await takeMail(cast.ports, { ...away, key: 'a0', authenticated: false });
    await takeMail(cast.ports, { ...away, key: 'a2', from: 'eve@evil.example' });
    expect((await meeting()).mailed?.away ?? []).toEqual([]);
    await takeMail(cast.ports, away);
    expect((await meeting()).invites[person]).toBe('sent');
    expect((await meeting()).mailed?.away).toEqual([person]);
    expect(await desk()).toMatch(/Away, says their mailbox/);
  });
});

describe('the mailbox itself', () => {
  it('is told of to the helpdesk, once for each trouble, with the hour and what to do', async () => {
    const when = '2026-11-23T08:00:00.000Z';
    for (let time = 0; time < 2; time += 1) {
      await tellOfMailbox(cast.ports, { kind: 'aside', key: '1:7', why: 'unreadable', when });
      await tellOfMailbox(cast.ports, { kind: 'down', key: when, why: 'refused', when });
    }
    const told = await desk();
    expect(told.match(/A mail in the mailbox was put aside/g)?.length).toBe(1);
    expect(told).toMatch(/Mon 2026-11-23 08:00 UTC[^\n]*cannot be taken apart[\s\S]*look at it in the mailbox/);
    expect(told).toMatch(/The mailbox is not read[\s\S]*refuses the password/);
  });
});
