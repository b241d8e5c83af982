import { ImapFlow } from 'imapflow';
import { z } from 'zod';
import type { Incoming, MailboxReader } from '../../domain/mail-ports.ts';
import type { Clock, Kept } from '../../domain/ports.ts';
import { readMail } from './incoming/read.ts';

export interface ImapConfig {
  /** 'imaps://user:password@host' (993), or 'imap://…' (143): then STARTTLS is required, but for loopback. */
  readonly url: string;
  readonly folder?: string;
  /** The receiving server's authserv-id, as it writes it into Authentication-Results; 'none' for one that writes none (Exchange Online). */
  readonly server: string;
  readonly kept: Kept;
  readonly clock: Clock;
  readonly log: {
    info(fields: Readonly<Record<string, unknown>>, message: string): void;
    warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  };
  /** Takes each mail once, in the mailbox's order; again after a crash. When it throws, the mail is read again later. */
  readonly take: (mail: Incoming) => Promise<void>;
  /** How long to wait before it connects again; grows to a hundred times as much. Three seconds where it is absent. */
  readonly retryMs?: number;
}

/** No answer of a calendar is as large; what is larger is left to the people who read the mailbox. */
const mostBytes = 2_000_000;
/** At the first start, and when the server has numbered its mailbox anew: how far back to read. */
const backDays = 7;
/** Where a server does not tell of new mail by itself. */
const lookMs = 60_000;

const place = z.object({ validity: z.string(), uid: z.int().min(0) });

/**
 * Reads a mailbox over IMAP (RFC 9051) and gives each new mail to `take`. It only looks (EXAMINE, BODY.PEEK): people may read, move
 * and delete mails in the same mailbox. How far it has read is kept, so that nothing is skipped over a restart. It connects again with
 * growing pauses. Throws at once for a URL that cannot be.
 */
export function createMailboxReader(config: ImapConfig): MailboxReader {
  const { kept, log, folder = 'INBOX', retryMs = 3_000 } = config;
  const options = optionsOf(config.url);
  const key = `imap:${new URL(config.url).host}:${new URL(config.url).username}:${folder}`;
  let closed = false;
  let client: ImapFlow | undefined;
  let wake: () => void = () => undefined;
  let running: Promise<void> | undefined;

  /** Until something happens or the time is over. */
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const session = async (onWork: () => void) => {
    const connection = new ImapFlow({ ...options, logger: false, disableAutoIdle: true });
    client = connection;
    let news = true;
    let over = false;
    connection.on('error', () => undefined);
    connection.on('close', () => {
      over = true;
      wake();
    });
    connection.on('exists', () => {
      news = true;
      wake();
    });
    await connection.connect();
    const box = await connection.mailboxOpen(folder, { readOnly: true });
    let last = await lastRead(connection, String(box.uidValidity), box.uidNext);
    while (!closed && !over) {
      news = false;
      for (const uid of await uidsAfter(connection, last)) {
        if (closed) break;
        await readOne(connection, uid);
        last = uid;
        await kept.put(key, JSON.stringify({ validity: String(box.uidValidity), uid }));
      }
      onWork();
      if (news || closed || over) continue;
      // The next command ends it. Where the server cannot (RFC 2177), the library asks now and then instead.
      connection.idle().catch(() => undefined);
      await pause(lookMs);
    }
  };

  /** The last mail that was taken: as it is kept, else the last one that is older than a week. */
  const lastRead = async (connection: ImapFlow, validity: string, next: number): Promise<number> => {
    const text = await kept.get(key);
    const known = text === undefined ? undefined : place.safeParse(JSON.parse(text)).data;
    if (known?.validity === validity) return known.uid;
    const since = new Date(Date.parse(config.clock.now()) - backDays * 86_400_000);
    const recent = (await connection.search({ since }, { uid: true })) || [];
    return recent.length > 0 ? Math.min(...recent) - 1 : next - 1;
  };

  const readOne = async (connection: ImapFlow, uid: number) => {
    const query = { uid: true, size: true, internalDate: true } as const;
    const head = await connection.fetchOne(String(uid), query, { uid: true });
    if (!head) return; // Deleted in the meantime.
    if ((head.size ?? 0) > mostBytes) {
      log.info({ uid }, 'a mail is too large for an answer, and is left in the mailbox');
      return;
    }
    const full = await connection.fetchOne(String(uid), { source: true }, { uid: true });
    if (!full || !full.source) return;
    const arrival = arrivalOf(head.internalDate, config.clock.now());
    await config.take(await readMail(full.source, { server: config.server, arrival }));
  };

  const run = async () => {
    let wait = retryMs;
    while (!closed) {
      try {
        await session(() => {
          wait = retryMs;
        });
      } catch (error) {
        // The server's own words may hold an address.
        log.warn({ error: codeOf(error) }, 'the mailbox could not be read, and will be tried again');
      }
      client?.close();
      if (closed) return;
      await pause(wait);
      wait = Math.min(wait * 2, retryMs * 100);
    }
  };

  return {
    start: () => {
      running ??= run();
    },
    async close() {
      closed = true;
      wake();
      // A command that is under way would wait for its answer.
      client?.close();
      await running;
    },
  };
}

/** Every UID above `last`, in order. 'n:*' names the last mail too where n is above it (RFC 9051 9, seq-range). */
async function uidsAfter(connection: ImapFlow, last: number): Promise<number[]> {
  const found = await connection.search({ uid: `${last + 1}:*` }, { uid: true });
  return (found || []).filter((uid) => uid > last).toSorted((a, b) => a - b);
}

function arrivalOf(date: Date | string | undefined, now: string): string {
  const arrived = date === undefined ? Number.NaN : new Date(date).getTime();
  return Number.isNaN(arrived) || arrived > Date.parse(now) ? now : new Date(arrived).toISOString();
}

function codeOf(error: unknown): string {
  const { code, responseStatus, authenticationFailed } = error as {
    readonly code?: unknown;
    readonly responseStatus?: unknown;
    readonly authenticationFailed?: unknown;
  };
  if (authenticationFailed === true) return 'authentication-failed';
  if (typeof code === 'string') return code;
  return typeof responseStatus === 'string'
    ? `answered-${responseStatus}`
    : error instanceof Error
      ? error.name
      : 'unknown';
}

function optionsOf(text: string) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['imap:', 'imaps:'].includes(url.protocol) || url.username === '' || url.password === '')
    throw new Error('the mailbox is given as imaps://user:password@host or imap://…');
  const secure = url.protocol === 'imaps:';
  const local = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(url.hostname);
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (secure ? 993 : 143) : Number(url.port),
    secure,
    // Never a password in clear, but on this machine.
    ...(secure || local ? {} : { doSTARTTLS: true }),
    tls: { minVersion: 'TLSv1.2' as const },
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
  };
}
