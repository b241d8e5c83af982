import { ImapFlow, type MailboxObject } from 'imapflow';
import type { Incoming, MailboxHealth, MailboxReader, MailboxTrouble } from '../../domain/mail-ports.ts';
import type { Kept } from '../../domain/memory-ports.ts';
import type { Clock } from '../../domain/ports.ts';
import { codeOf, optionsOf, refused } from './imap-connection.ts';
import { arrivalOf, type Place, placesIn } from './imap-places.ts';
import { createReading } from './incoming/apart.ts';

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
  /** Takes each mail once, in the mailbox's order; again after a crash. When it throws, the mail is read again later, and put aside after the fifth time. */
  readonly take: (mail: Incoming) => Promise<void>;
  /** Tells the helpdesk; again after a crash, with the same key. */
  readonly tell?: (trouble: MailboxTrouble) => Promise<void>;
  /** How long to wait before it connects again; grows to a hundred times as much. Three seconds where it is absent. */
  readonly retryMs?: number;
  /** After so long without a word a server that was asked something is taken for dead. A minute and a half where it is absent. */
  readonly silentMs?: number;
  /** How often to look where a server does not tell of new mail by itself. A minute where it is absent. */
  readonly lookMs?: number;
}

/** No answer of a calendar is as large; what is larger is left to the people who read the mailbox. */
const mostBytes = 2_000_000;
/** A mail that breaks whatever reads it must not keep those behind it from being read. */
const triesAtMost = 5;
/** Until the helpdesk is told that nothing is read: a restart of the mail server is none of its business. */
const downMs = 3_600_000;

/**
 * Reads a mailbox over IMAP (RFC 9051) and gives each new mail to `take`. It only looks (EXAMINE, BODY.PEEK): people may read, move
 * and delete mails in the same mailbox. How far it has read is kept, so that nothing is skipped over a restart. It connects again with
 * growing pauses. Throws at once for a URL that cannot be.
 */
export function createMailboxReader(config: ImapConfig): MailboxReader {
  const { kept, clock, log, folder = 'INBOX', retryMs = 3_000, silentMs = 90_000, lookMs = 60_000 } = config;
  const options = optionsOf(config.url);
  const places = placesIn(kept, clock, `imap:${new URL(config.url).host}:${new URL(config.url).username}:${folder}`);
  const reading = createReading();
  let closed = false;
  let client: ImapFlow | undefined;
  let wake: () => void = () => undefined;
  let running: Promise<void> | undefined;
  let health: MailboxHealth = { state: 'connecting', since: clock.now(), aside: 0 };

  const become = (state: MailboxHealth['state'], more: Partial<MailboxHealth> = {}) => {
    const { error: _, ...rest } = health;
    health = { ...rest, ...more, state, since: health.state === state ? health.since : clock.now() };
  };

  /** Until something happens or the time is over. */
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** Reads until the connection ends; `onWork` is called whenever everything was read. Throws what ended it. */
  const session = async (onWork: () => void) => {
    if (health.state !== 'failing') become('connecting');
    const connection = new ImapFlow({
      ...options,
      logger: false,
      disableAutoIdle: true,
      socketTimeout: silentMs,
      greetingTimeout: Math.min(silentMs, 16_000),
    });
    client = connection;
    let news = true;
    let over = false;
    let lost: unknown;
    // The library only tells of a server that has fallen silent: whoever waits for its answer is to be told, too.
    connection.on('error', (error) => {
      lost ??= error;
      connection.close();
    });
    connection.on('close', () => {
      over = true;
      wake();
    });
    connection.on('exists', () => {
      news = true;
      wake();
    });
    try {
      await connection.connect();
      const box = await opened(connection);
      let place = await places.begin(connection, String(box.uidValidity), box.uidNext);
      while (!closed && !over) {
        news = false;
        for (const uid of await uidsAfter(connection, place.uid)) {
          if (closed) break;
          become('reading');
          place = await readOne(connection, uid, place);
        }
        onWork();
        if (!over) become('waiting', { lastRead: clock.now() });
        if (news || closed || over) continue;
        // The next command ends it. Where the server cannot (RFC 2177), the library asks now and then instead.
        connection.idle().catch(() => undefined);
        await pause(lookMs);
      }
    } catch (error) {
      // That there is no connection any more says less than what ended it.
      throw lost ?? error;
    }
    if (lost) throw lost;
  };

  const opened = async (connection: ImapFlow): Promise<MailboxObject> => {
    try {
      return await connection.mailboxOpen(folder, { readOnly: true });
    } catch (error) {
      throw connection.usable ? Object.assign(new Error('no such folder'), { code: 'folder-gone' }) : error;
    }
  };

  /** Reads one mail and gives the place behind it. A mail that cannot be read, time after time, is put aside. */
  const readOne = async (connection: ImapFlow, uid: number, place: Place): Promise<Place> => {
    const query = { uid: true, size: true, internalDate: true } as const;
    // Written down before, for a mail may take the whole process with it.
    const tries = await places.trying({ ...place, uid });
    const head = await connection.fetchOne(String(uid), query, { uid: true });
    // Deleted in the meantime.
    if (!head) return places.behind({ ...place, uid });
    const arrival = arrivalOf(head.internalDate, clock.now());
    const behind: Place = { validity: place.validity, uid, at: arrival };
    const why = (head.size ?? 0) > mostBytes ? 'too-large' : tries > triesAtMost ? 'unreadable' : undefined;
    if (why) return putAside(behind, why);
    const full = await connection.fetchOne(String(uid), { source: true }, { uid: true });
    if (!full || !full.source) return places.behind(behind);
    const mail = await reading.read(full.source, { server: config.server, arrival });
    return mail.kind === 'unreadable' ? putAside(behind, 'unreadable') : taken(behind, mail);
  };

  const taken = async (behind: Place, mail: Incoming): Promise<Place> => {
    await config.take(mail);
    return places.behind(behind);
  };

  /** It stays in the mailbox, and the helpdesk is told. */
  const putAside = async (behind: Place, why: 'too-large' | 'unreadable'): Promise<Place> => {
    const { uid, validity, at = clock.now() } = behind;
    log.warn({ uid, why }, 'a mail is put aside and left in the mailbox');
    await config.tell?.({ kind: 'aside', key: `${validity}:${uid}`, why, when: at });
    health = { ...health, aside: health.aside + 1 };
    return places.behind(behind);
  };

  const run = async () => {
    let wait = retryMs;
    let downSince: string | undefined;
    let told = false;
    const works = () => {
      wait = retryMs;
      downSince = undefined;
      told = false;
    };
    while (!closed) {
      try {
        await session(works);
      } catch (error) {
        const code = codeOf(error);
        downSince ??= clock.now();
        become('failing', { error: code });
        // The server's own words may hold an address.
        if (!closed) log.warn({ error: code }, 'the mailbox could not be read, and will be tried again');
        const late = Date.parse(clock.now()) - Date.parse(downSince) >= downMs;
        const why = refused(code) ? 'refused' : code === 'folder-gone' ? code : 'unreachable';
        // A password that is refused, and a folder that is gone, mend themselves seldom: three tries are enough.
        if (!told && (late || (why !== 'unreachable' && wait > retryMs * 2))) {
          told = await saidSo({ kind: 'down', key: downSince, why, when: downSince });
        }
      }
      client?.close();
      if (closed) return;
      await pause(wait);
      wait = Math.min(wait * 2, retryMs * 100);
    }
  };

  const saidSo = async (trouble: MailboxTrouble): Promise<boolean> => {
    try {
      await config.tell?.(trouble);
      return true;
    } catch {
      log.warn({ error: 'not-told' }, 'the helpdesk could not be told of its mailbox');
      return false;
    }
  };

  return {
    start: () => {
      running ??= run();
    },
    health: () => health,
    async close() {
      closed = true;
      wake();
      // A command that is under way would wait for its answer.
      client?.close();
      await running;
      await reading.close();
    },
  };
}

/** Every UID above `last`, in order. 'n:*' names the last mail too where n is above it (RFC 9051 9, seq-range). */
async function uidsAfter(connection: ImapFlow, last: number): Promise<number[]> {
  const found = await connection.search({ uid: `${last + 1}:*` }, { uid: true });
  if (!found) throw new Error('the mailbox does not tell what is in it');
  return found.filter((uid) => uid > last).toSorted((a, b) => a - b);
}
