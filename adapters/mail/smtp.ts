import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { Letter, Mail } from '../../domain/mail-ports.ts';
import { MailRefused } from '../../domain/mail-ports.ts';

/** Where mail goes out: a URL ('smtp://user:password@host:587', 'smtps://host') or its parts. */
export type SmtpConfig = (
  | { readonly url: string }
  | {
      readonly host: string;
      readonly port?: number;
      readonly user?: string;
      readonly password?: string;
      /** TLS from the first byte (usually port 465); else STARTTLS is required. */
      readonly secure?: boolean;
    }
) & {
  /** 'helpdesk@network.example' or 'VASCERN helpdesk <helpdesk@network.example>'. */
  readonly from: string;
  /** For the connection, the greeting and every silence; 20 seconds where it is absent. */
  readonly timeoutMs?: number;
};

export interface Sender {
  readonly name: string;
  readonly email: string;
}

const letterShape = z.object({
  to: z.email().max(254),
  subject: z.string().max(998),
  text: z.string(),
  html: z.string().optional(),
  calendar: z.object({ method: z.enum(['REQUEST', 'CANCEL', 'DECLINECOUNTER']), ics: z.string() }).optional(),
  id: z.string().regex(/^[A-Za-z0-9._-]{1,128}$/),
});

/**
 * Name and address of a sender as it is configured. Throws for what is no address. The organiser of a calendar mail must have
 * this address (RFC 6047 2.3): make the invitation with it.
 */
export function senderFrom(from: string): Sender {
  const [, name = '', address = from] = /^([^<>]*)<([^<>]*)>$/.exec(from.trim()) ?? [];
  const email = z.email().safeParse(address.trim());
  if (!email.success) throw new Error('the sender is not an e-mail address');
  return { name: name.replace(/[\p{Cc}"]/gu, ' ').trim(), email: email.data };
}

/**
 * Mail by SMTP (RFC 5321): plain text, HTML and, for a calendar mail, a text/calendar part whose method parameter is the body's
 * METHOD (iMIP, RFC 6047 2.4), as multipart/alternative. The Message-ID is made of the letter's id and the sender's
 * domain. TLS is required unless the host is loopback. `send` throws MailRefused (the message is a code) for a letter that is
 * not well-formed and for what the server refuses for good (5xx to the recipient or to the content); any other error is worth another
 * try. No error carries an address. Throws at once for a configuration that cannot be. A few connections stay open for the next letters until they are
 * idle for the timeout; `close` ends them.
 */
export function createSmtp(config: SmtpConfig): Mail & { close(): void } {
  const sender = senderFrom(config.from);
  const transport = createTransport(options(config));
  const domain = sender.email.slice(sender.email.lastIndexOf('@') + 1);

  return {
    close: () => transport.close(),
    async send(letter) {
      const parsed = letterShape.safeParse(letter);
      if (!parsed.success) throw new MailRefused(`letter-${String(parsed.error.issues[0]?.path[0] ?? 'malformed')}`);
      const { calendar } = letter;
      if (calendar && !agrees(letter, sender.email)) throw new MailRefused('letter-calendar');
      try {
        await transport.sendMail({
          from: { name: sender.name, address: sender.email },
          // As an object, an address is never parsed as a list of several.
          to: { name: '', address: letter.to },
          envelope: { from: sender.email, to: [letter.to] },
          subject: letter.subject
            .toWellFormed()
            .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
            .trim(),
          text: letter.text,
          ...(letter.html === undefined ? {} : { html: letter.html }),
          messageId: `<${letter.id}@${domain}>`,
          // An invitation is a person's act and wants an answer; everything else is a notice (RFC 3834 5).
          headers: calendar ? {} : { 'Auto-Submitted': 'auto-generated' },
          ...(calendar
            ? {
                alternatives: [
                  {
                    contentType: `text/calendar; charset=utf-8; method=${calendar.method}`,
                    content: calendar.ics,
                    // Keeps the CRLF and the folding as they are, whatever relays do to long or 8-bit lines.
                    encoding: 'utf-8',
                    contentTransferEncoding: 'base64' as const,
                  },
                ],
              }
            : {}),
          disableFileAccess: true,
          disableUrlAccess: true,
        });
      } catch (error) {
        throw judged(error);
      }
    },
  };
}

function options(config: SmtpConfig) {
  const { host, port, user, password, secure } = 'url' in config ? partsOf(config.url) : config;
  if (host === '') throw new Error('the mail server has no host');
  if ((user === undefined) !== (password === undefined)) throw new Error('mail user and password go together');
  const timeout = config.timeoutMs ?? 20_000;
  const local = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
  return {
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port: port ?? (secure ? 465 : local ? 25 : 587),
    secure: secure ?? false,
    // An invitation is as many letters as there are attendees.
    pool: true as const,
    maxConnections: 5,
    maxMessages: 100,
    requireTLS: !secure && !local,
    ignoreTLS: !secure && local,
    tls: { minVersion: 'TLSv1.2' as const },
    ...(user !== undefined && password !== undefined ? { auth: { user, pass: password } } : {}),
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    dnsTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function partsOf(text: string) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol))
    throw new Error('the mail server is given as smtp://… or smtps://…');
  return {
    host: url.hostname,
    port: url.port === '' ? undefined : Number(url.port),
    user: url.username === '' ? undefined : decodeURIComponent(url.username),
    password: url.password === '' ? undefined : decodeURIComponent(url.password),
    secure: url.protocol === 'smtps:',
  };
}

/** Whether the calendar object says what the mail says: the method, the sender as ORGANIZER, the recipient as ATTENDEE (RFC 6047 2.3, 2.4). */
function agrees(letter: Letter, sender: string): boolean {
  const lines = (letter.calendar?.ics ?? '').replace(/\r\n[ \t]/g, '').split('\r\n');
  const names = (property: string, address: string) =>
    lines.some(
      (line) =>
        new RegExp(`^${property}[;:]`, 'i').test(line) &&
        line.toLowerCase().endsWith(`:mailto:${address.toLowerCase()}`),
    );
  return (
    lines.filter((line) => /^METHOD:/i.test(line)).join() === `METHOD:${letter.calendar?.method}` &&
    names('ORGANIZER', sender) &&
    // What declines a proposed hour has no attendee in it (RFC 5546 3.2.8).
    (letter.calendar?.method === 'DECLINECOUNTER' || names('ATTENDEE', letter.to))
  );
}

/** What the server's no means; its own words may hold an address and are left behind. */
function judged(error: unknown): Error {
  const { code, command, responseCode } = z
    .object({
      code: z.string().catch('unknown'),
      command: z.string().catch(''),
      responseCode: z.number().catch(0),
    })
    .catch({ code: 'unknown', command: '', responseCode: 0 })
    .parse(error);
  const step = command.split(' ')[0] ?? '';
  const forGood = responseCode >= 500 && (command === 'RCPT TO' || step === 'DATA');
  const reason = `smtp-${step === '' ? code : step}-${responseCode || 'no-answer'}`.toLowerCase();
  return forGood ? new MailRefused(reason) : new Error(reason);
}
