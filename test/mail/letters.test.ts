import type { AddressInfo } from 'node:net';
import ICAL from 'ical.js';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSmtp } from '../../adapters/mail/smtp.ts';
import { type Cast, createCast, idSeen } from '../../bot/conversations/testing.ts';

/** Names as a directory may hold them, in many scripts, some of them hostile; who has them is in no chat. */
const names = [
  'Δρ. Ελένη Παπαδοπούλου',
  'д-р Иван Петров',
  'د. ليلى حسن',
  '王小明 医師',
  'ד״ר נועה כהן',
  'นพ. สมชาย ใจดี',
  '👩‍⚕️ Dr 𝒳',
  'Eve\r\nBcc: eve@evil.example',
  'Eve\r\n\r\n.\r\nQUIT',
  'Eve";RSVP=FALSE:mailto:x',
  '{{url}} $t(mail:code-text)',
  'half \ud83d surrogate',
  `Long ${'name '.repeat(100)}`,
] as const;
const join = 'https://meet.example/abc';

const taken: { readonly mail: ParsedMail; readonly raw: string; readonly to: readonly string[] }[] = [];
let server: SMTPServer;
let smtp: ReturnType<typeof createSmtp>;
beforeEach(async () => {
  taken.length = 0;
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        simpleParser(raw).then((mail) => {
          taken.push({ mail, raw, to: session.envelope.rcptTo.map(({ address }) => address) });
          done();
        }, done);
      });
    },
  });
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => resolve((listening.address() as AddressInfo).port));
  });
  smtp = createSmtp({ url: `smtp://127.0.0.1:${port}`, from: 'CPMS helpdesk <desk@bot.example>' });
});
afterEach(async () => {
  smtp.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

async function invited(cast: Cast): Promise<string[]> {
  const people: string[] = [];
  const languages = ['en', 'de', 'fr', 'es', 'it', 'nl'];
  for (const [index, name] of names.entries()) {
    const id = await cast.enter(`expert${index}`, name, [{ role: 'expert' }]);
    const details = await cast.ports.store.person(id);
    if (!details) throw new Error('The expert is not entered');
    const { chat: _, ...value } = { ...details, language: languages[index % languages.length] ?? 'en' };
    await cast.ports.store.commit({ appends: [], reads: [], rows: [{ row: 'person', id, value }], outgoing: [] });
    people.push(id);
  }
  return people;
}

it('polls, invitations, reminders and cancellations are valid mails, one for each, whatever the names', async () => {
  const cast = await createCast({ mail: smtp });
  const people = await invited(cast);
  await cast.helpdesk.submits('poll.start', '', {
    day1: '2026-12-08',
    hours: ['10:00', '11:00'],
    minutes: '60',
    voters: people,
    quorum: '1',
    deadline: '2026-12-04T18:00',
    join,
  });
  const pollId = idSeen(cast.helpdesk, 'V');
  await cast.helpdesk.submits('poll.add', pollId, { other: '2026-12-09T10:00' });
  await cast.deliver();
  cast.clock.forward(24 * 9);
  await cast.deliver();
  await cast.helpdesk.sends('poll.withdraw', pollId);
  await cast.helpdesk.submits('scheduling.plan', '', {
    other: '2026-12-08T15:00',
    minutes: '60',
    invitees: people,
    join,
  });
  const meetingId = idSeen(cast.helpdesk, 'M');
  await cast.deliver();
  // The day before, and the hour before.
  cast.clock.forward(24 * 5 + 22);
  await cast.deliver();
  cast.clock.forward(6.5);
  await cast.deliver();
  await cast.helpdesk.sends('scheduling.cancel', meetingId);
  await cast.deliver();

  for (const [index] of names.entries()) {
    const address = `expert${index}@saint-example.example`;
    const own = taken.filter(({ to }) => to.includes(address));
    // Asked, one more hour, one reminder, withdrawn; invited, two reminders, cancelled.
    expect([index, own.length]).toEqual([index, 8]);
    for (const { mail, raw, to } of own) {
      expect(to).toEqual([address]);
      expect(mail.headers.has('bcc')).toBe(false);
      expect(mail.from?.value).toEqual([{ name: 'CPMS helpdesk', address: 'desk@bot.example' }]);
      expect(mail.subject).toMatch(new RegExp(`${pollId}|${meetingId}`));
      expect((mail.text ?? '').replaceAll('{{url}}', '')).not.toMatch(/\{\{|undefined|\[object/);
      // RFC 5322 2.1.1, RFC 5321 4.5.3.1.6: no line is longer than 998 octets.
      for (const line of raw.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(998);
      for (const { content } of mail.attachments) {
        const calendar = new ICAL.Component(ICAL.parse(content.toString('utf8')));
        const event = calendar.getFirstSubcomponent('vevent');
        expect(event?.getAllProperties('attendee').length).toBe(1);
        expect(String(event?.getFirstProperty('attendee')?.getFirstValue()).toLowerCase()).toBe(`mailto:${address}`);
      }
    }
    expect(own.filter(({ mail }) => mail.attachments.length > 0).length).toBe(2);
  }
});
