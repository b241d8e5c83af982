import { createHash } from 'node:crypto';
import { type Attachment, type ParsedMail, simpleParser } from 'mailparser';
import type { Incoming } from '../../../domain/mail-ports.ts';
import { vouchedFor } from './authentication.ts';
import { readAnswer } from './itip.ts';

export interface ReadOptions {
  /** The receiving server's authserv-id, or 'none': see `vouchedFor`. */
  readonly server: string;
  /** When the mail arrived (ISO 8601, UTC). */
  readonly arrival: string;
}

/**
 * Reads one mail of the mailbox (RFC 5322) and says what it is: a calendar's answer (iMIP, RFC 6047), a report of what was not
 * delivered (RFC 3464), an automatic answer (RFC 3834), or another. A report is asked for first, since it may carry the invitation that
 * came back, and an answer second, since programs send it of themselves. What cannot be taken apart is unreadable; never throws for what the mail holds.
 */
export async function readMail(source: Uint8Array, { server, arrival }: ReadOptions): Promise<Incoming> {
  const mail = await simpleParser(Buffer.from(source), {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    keepDeliveryStatus: true,
  }).catch(() => undefined);
  if (!mail) return unreadable(source);
  try {
    const from = senderOf(mail);
    const authenticated = from !== '' && vouchedFor(from, fieldsOf(mail, 'authentication-results'), server);
    return { key: keyOf(source), from, authenticated, ...whatItIs(mail, from, arrival) };
  } catch {
    return unreadable(source);
  }
}

/** What a mail is taken for that cannot be taken apart. */
export function unreadable(source: Uint8Array): Incoming {
  return { key: keyOf(source), from: '', authenticated: false, kind: 'unreadable' };
}

const keyOf = (source: Uint8Array) => createHash('sha256').update(source).digest('base64url').slice(0, 32);

type What = Incoming extends infer I ? (I extends Incoming ? Omit<I, 'key' | 'from' | 'authenticated'> : never) : never;

function whatItIs(mail: ParsedMail, from: string, arrival: string): What {
  const report = reportOf(mail);
  if (report) return report;
  const calendar = mail.attachments.filter(isCalendar);
  if (calendar.length > 0) {
    for (const part of calendar) {
      const answer = readAnswer(textOf(part), from, arrival);
      const declared = methodOf(part);
      // The part's method is the object's (RFC 6047 2.4): one that hides another is none.
      if (answer && (declared === undefined || declared === answer.method)) return { kind: 'answer', ...answer };
    }
    return { kind: 'malformed' };
  }
  const letter = lettersOf(headerText(mail, 'in-reply-to'), headerText(mail, 'references'));
  return isAutomatic(mail) && letter !== undefined ? { kind: 'absence', letter } : { kind: 'other' };
}

/** The one sender. Two From fields, or two addresses in one, leave open who it is. */
function senderOf(mail: ParsedMail): string {
  const senders = mail.from?.value ?? [];
  if (fieldsOf(mail, 'from').length !== 1 || senders.length !== 1) return '';
  return senders[0]?.address?.toLowerCase() ?? '';
}

/** The bodies of every field of that name, from the top of the mail downwards. */
function fieldsOf(mail: ParsedMail, name: string): string[] {
  return mail.headerLines.filter(({ key }) => key === name).map(({ line }) => line.slice(line.indexOf(':') + 1));
}

const headerText = (mail: ParsedMail, name: string) => fieldsOf(mail, name).join(' ');

const isCalendar = ({ contentType, filename }: Attachment) =>
  contentType === 'text/calendar' || contentType === 'application/ics' || /\.ics$/i.test(filename ?? '');

/** A parameter of the part's type: what a header holds is not what it promises. */
function parameterOf({ headers }: Attachment, name: string): string | undefined {
  const type = headers.get('content-type') as { readonly params?: Readonly<Record<string, string>> } | undefined;
  return type?.params?.[name];
}

const methodOf = (part: Attachment) => parameterOf(part, 'method')?.toUpperCase();

/** In the character set that it is said to be in; UTF-8 (RFC 6047 2.4) where it is in none that is known. */
function textOf(part: Attachment): string {
  try {
    return new TextDecoder(parameterOf(part, 'charset') ?? 'utf-8').decode(part.content);
  } catch {
    return part.content.toString('utf8');
  }
}

/** RFC 3834 5, and what programs wrote before it or beside it. */
function isAutomatic(mail: ParsedMail): boolean {
  const submitted = headerText(mail, 'auto-submitted').trim().toLowerCase();
  return (
    (submitted !== '' && !submitted.startsWith('no')) ||
    fieldsOf(mail, 'x-autoreply').length > 0 ||
    fieldsOf(mail, 'x-autorespond').length > 0 ||
    /auto_reply/i.test(headerText(mail, 'precedence'))
  );
}

/** The left part of the first Message-ID in the texts that has the shape of a letter of ours. */
function lettersOf(...texts: readonly string[]): string | undefined {
  return /<(meeting-[A-Za-z0-9._-]{1,120})@[^>\s]+>/.exec(texts.join(' '))?.[1];
}

/** A report on delivery: failed for good it is a bounce; delayed, relayed or read it is nothing of ours. Undefined for what is no report. */
function reportOf(mail: ParsedMail): What | undefined {
  const type = mail.headers.get('content-type') as
    | { readonly value?: string; readonly params?: Readonly<Record<string, string>> }
    | undefined;
  if (type?.value !== 'multipart/report') return undefined;
  const status = mail.attachments.find(({ contentType }) => /^message\/(?:global-)?delivery-status$/.test(contentType));
  if (!status) return { kind: 'other' };
  const recipients = failedRecipients(status.content.toString('utf8'));
  const returned = mail.attachments.find(({ contentType }) =>
    /^(?:message\/(?:rfc822|global)|text\/rfc822-headers|message\/global-headers)$/.test(contentType),
  );
  const head = returned?.content.toString('latin1').split(/\r?\n\r?\n/)[0] ?? '';
  const own = /^message-id:\s*(.*(?:\r?\n[ \t].*)*)/im.exec(head)?.[1] ?? '';
  const letter = lettersOf(own, headerText(mail, 'in-reply-to'), headerText(mail, 'references'));
  return letter !== undefined && recipients.length > 0 ? { kind: 'bounce', letter, recipients } : { kind: 'other' };
}

/** Each recipient's group of fields (RFC 3464 2.3) whose Action is 'failed', by the address that was written to, in lower case. */
function failedRecipients(text: string): string[] {
  const groups = text.replaceAll(/\r?\n[ \t]+/g, ' ').split(/(?:\r?\n){2,}/);
  return groups.flatMap((group) => {
    if (!/^action:\s*failed\b/im.test(group)) return [];
    const original = /^original-recipient:[^;]*;\s*(\S+)/im.exec(group)?.[1];
    const final = /^final-recipient:[^;]*;\s*(\S+)/im.exec(group)?.[1];
    return [original, final].flatMap((address) => (address ? [address.replaceAll(/[<>]/g, '').toLowerCase()] : []));
  });
}
