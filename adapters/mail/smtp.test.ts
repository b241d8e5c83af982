import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { type Letter, MailRefused } from '../../domain/mail-ports.ts';
import { createSmtp, senderFrom } from './smtp.ts';

const from = 'VASCERN helpdesk <helpdesk@network.example>';
const ics = (method: string, attendee = 'aino@hospital.example', organiser = 'helpdesk@network.example') =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//test//EN',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    'UID:M-1',
    'SUMMARY:Jäsenet 医療',
    `ORGANIZER;CN="Helpdesk":mailto:${organiser}`,
    `ATTENDEE;ROLE=REQ-PARTICIPANT;RSVP=TRUE;CN="Dr":MAIL\r\n TO:${attendee}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');

const notice: Letter = { to: 'aino@hospital.example', subject: 'Your request', text: 'Grüße, Ελένη', id: 'o-17' };
const invitation: Letter = {
  ...notice,
  html: '<p>Grüße</p>',
  id: 'o-18',
  calendar: { method: 'REQUEST', ics: ics('REQUEST') },
};

let running: SMTPServer | undefined;
const open: ReturnType<typeof createSmtp>[] = [];
afterEach(async () => {
  // An open connection would keep the server from closing.
  for (const mail of open.splice(0)) mail.close();
  await new Promise<void>((resolve) => (running ? running.close(() => resolve()) : resolve()));
  running = undefined;
});

/** A real SMTP server on loopback, and what it took. */
async function server(options: SMTPServerOptions = {}) {
  const taken: { raw: string; mail: ParsedMail; to: string[]; from: string }[] = [];
  running = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const envelope = session.envelope;
        simpleParser(raw).then((mail) => {
          taken.push({
            raw,
            mail,
            to: envelope.rcptTo.map(({ address }) => address),
            from: envelope.mailFrom ? envelope.mailFrom.address : '',
          });
          done();
        }, done);
      });
    },
    ...options,
  });
  const { port } = await new Promise<AddressInfo>((resolve) => {
    const listening = running?.listen(0, '127.0.0.1', () => resolve(listening?.address() as AddressInfo));
  });
  const mail = createSmtp({ url: `smtp://127.0.0.1:${port}`, from, timeoutMs: 2_000 });
  open.push(mail);
  return { taken, port, mail };
}

function refusal(responseCode: number): Error {
  return Object.assign(new Error('no for aino@hospital.example'), { responseCode });
}

describe('what arrives', () => {
  test('a notice: plain text, its sender, its id, marked as automatic', async () => {
    const { mail, taken } = await server();
    await mail.send(notice);
    const [one] = taken;
    expect(one?.mail.text?.trim()).toBe(notice.text);
    expect(one?.mail.from?.value).toEqual([{ name: 'VASCERN helpdesk', address: 'helpdesk@network.example' }]);
    expect(one?.mail.messageId).toBe('<o-17@network.example>');
    expect(one?.mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(one?.to).toEqual(['aino@hospital.example']);
    expect(one?.from).toBe('helpdesk@network.example');
  });

  test.each(['REQUEST', 'CANCEL'] as const)('a calendar mail: three alternatives, method=%s', async (method) => {
    const { mail, taken } = await server();
    await mail.send({ ...invitation, calendar: { method, ics: ics(method) } });
    const [one] = taken;
    expect(one?.mail.headers.get('content-type')).toMatchObject({ value: 'multipart/alternative' });
    const types = [...(one?.raw.matchAll(/^Content-Type: ([^\r\n;]+)/gim) ?? [])].map((match) => match[1]);
    expect(types).toEqual(['multipart/alternative', 'text/plain', 'text/html', 'text/calendar']);
    expect(one?.raw.replace(/\r\n\s+/g, ' ')).toContain(
      `Content-Type: text/calendar; charset=utf-8; method=${method}\r\n`,
    );
    expect(one?.mail.attachments).toHaveLength(1);
    expect(one?.mail.attachments[0]?.contentType).toBe('text/calendar');
    expect(one?.mail.attachments[0]?.content.toString('utf8')).toBe(ics(method));
    expect(one?.mail.headers.has('auto-submitted')).toBe(false);
  });

  test('the same letter again has the same Message-ID', async () => {
    const { mail, taken } = await server();
    await mail.send(notice);
    await mail.send(notice);
    expect(new Set(taken.map((one) => one.mail.messageId)).size).toBe(1);
  });
});

describe('injection', () => {
  test('a subject with line breaks stays one header', async () => {
    const { mail, taken } = await server();
    await mail.send({ ...notice, subject: 'Hello\r\nBcc: eve@evil.example\r\n\r\nbody\u2028Ж' });
    expect(taken[0]?.mail.headers.has('bcc')).toBe(false);
    expect(taken[0]?.to).toEqual(['aino@hospital.example']);
    expect(taken[0]?.mail.subject).toBe('Hello Bcc: eve@evil.example body Ж');
  });

  test('a body with a lone dot and SMTP commands stays a body', async () => {
    const { mail, taken } = await server();
    const text = 'a\r\n.\r\nMAIL FROM:<eve@evil.example>\r\n.\r\nb';
    await mail.send({ ...notice, text });
    expect(taken).toHaveLength(1);
    expect(taken[0]?.mail.text?.trim().split(/\r?\n/)).toEqual(text.split('\r\n'));
  });

  test.each<[string, Partial<Letter>]>([
    ['two recipients', { to: 'a@hospital.example, eve@evil.example' }],
    ['a recipient with a header', { to: 'a@hospital.example\r\nBcc: eve@evil.example' }],
    ['a named recipient', { to: 'Eve <eve@evil.example>' }],
    ['an id with a header', { id: 'x>\r\nBcc: eve@evil.example' }],
    ['a method with a header', { calendar: { method: 'REQUEST\r\nX: 1' as 'REQUEST', ics: ics('REQUEST') } }],
    ["another METHOD than the body's", { calendar: { method: 'CANCEL', ics: ics('REQUEST') } }],
    ['an event for somebody else', { calendar: { method: 'REQUEST', ics: ics('REQUEST', 'other@hospital.example') } }],
    [
      'an event of somebody else',
      { calendar: { method: 'REQUEST', ics: ics('REQUEST', notice.to, 'eve@evil.example') } },
    ],
  ])('%s is refused, and nothing is sent', async (_, changes) => {
    const { mail, taken } = await server();
    await expect(mail.send({ ...invitation, ...changes })).rejects.toBeInstanceOf(MailRefused);
    expect(taken).toHaveLength(0);
  });
});

describe('a server that says no', () => {
  const caught = (mail: ReturnType<typeof createSmtp>) =>
    mail.send(notice).then(
      () => undefined,
      (error: unknown) => error,
    );

  test('to the recipient for good: refused, without the address', async () => {
    const { mail } = await server({ onRcptTo: (_, __, done) => done(refusal(550)) });
    const error = await caught(mail);
    expect(error).toBeInstanceOf(MailRefused);
    expect(String(error)).not.toContain('aino');
  });

  test('to the content for good: refused', async () => {
    const { mail } = await server({
      onData(stream, _, done) {
        stream.resume();
        stream.on('end', () => done(refusal(554)));
      },
    });
    expect(await caught(mail)).toBeInstanceOf(MailRefused);
  });

  test.each<[string, SMTPServerOptions]>([
    ['to the recipient for now', { onRcptTo: (_, __, done) => done(refusal(450)) }],
    ['to the sender', { onMailFrom: (_, __, done) => done(refusal(550)) }],
    ['to the connection', { onConnect: (_, done) => done(refusal(554)) }],
  ])('%s: try later, without the address', async (_, options) => {
    const { mail } = await server(options);
    const error = await caught(mail);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(MailRefused);
    expect(String(error)).not.toContain('aino');
  });

  test('a wrong password is not the recipient: try later', async () => {
    const { port } = await server({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_, __, done) => done(refusal(535)),
    });
    const mail = createSmtp({ url: `smtp://user:wrong@127.0.0.1:${port}`, from, timeoutMs: 2_000 });
    const error = await caught(mail);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(MailRefused);
  });

  test('nobody there: try later', async () => {
    const error = await caught(createSmtp({ host: '127.0.0.1', port: 1, from, timeoutMs: 500 }));
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(MailRefused);
  });
});

describe('configuration', () => {
  test('beyond loopback a server without TLS gets nothing', async () => {
    const { port, taken } = await server();
    // A name that resolves to loopback without being one that is known to: as any other host, it must offer STARTTLS.
    const mail = createSmtp({ host: '0.0.0.0', port, from, timeoutMs: 2_000 });
    await expect(mail.send(notice)).rejects.toThrow(/^smtp-starttls-/);
    expect(taken).toHaveLength(0);
  });

  test.each(['nobody', 'Eve <eve>', 'a@b.example\r\nBcc: c@d.example', ''])('%j is no sender', (sender) => {
    expect(() => createSmtp({ host: 'localhost', from: sender })).toThrow('sender');
  });

  test('a sender with and without a name', () => {
    expect(senderFrom(from)).toEqual({ name: 'VASCERN helpdesk', email: 'helpdesk@network.example' });
    expect(senderFrom('a@b.example')).toEqual({ name: '', email: 'a@b.example' });
  });

  test.each([
    ['http://mail.example', 'smtp://'],
    ['mail.example', 'smtp://'],
    ['smtp://user@mail.example', 'go together'],
  ])('%j is no mail server', (url, why) => {
    expect(() => createSmtp({ url, from })).toThrow(why);
  });
});
