// The bot behind a real Exim and a real Dovecot, with people of a hospital; what the tests of invitations and of series share.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createMailboxReader, type ImapConfig } from '../../adapters/mail/imap.ts';
import { createSmtp } from '../../adapters/mail/smtp.ts';
import { type Cast, createCast } from '../../bot/conversations/testing.ts';
import { execute } from '../../bot/execute.ts';
import type { MailboxReader } from '../../domain/mail-ports.ts';
import { system } from '../../domain/people.ts';
import { openReaders, type Readers } from './readers.ts';
import { authservId, hostOfHospital, type MailServers, networkDomain, password, startMailServers } from './servers.ts';

export const helpdeskBox = `helpdesk@${networkDomain}`;

export interface Post {
  readonly servers: MailServers;
  readonly readers: Readers;
  readonly cast: Cast;
  /** The ids of the people, by their addresses. */
  readonly people: Readonly<Record<string, string>>;
  /** Enters one more; gives their id. */
  enter(email: string, name: string): Promise<string>;
  /** Reads the helpdesk's mailbox from where it was read to; ends whoever read it before. */
  readAgain(more?: Partial<ImapConfig>): Promise<void>;
  /** A reader of the mailbox beside that one, not begun. */
  reader(more?: Partial<ImapConfig>): MailboxReader;
  endReading(): Promise<void>;
  /** Python answers the invitation that stands in a mail, as `sender`. */
  answer(source: string, sender: string, more: Readonly<Record<string, unknown>>): void;
  close(): Promise<void>;
}

/** Opens mailboxes at these addresses, and enters these people, who are in no chat. The mailbox is read. */
export async function openPost(boxes: readonly string[], named: readonly (readonly [string, string])[]): Promise<Post> {
  const servers = await startMailServers();
  for (const address of [helpdeskBox, ...boxes]) servers.box(address);
  const readers = openReaders();
  const cast = await createCast({
    now: new Date().toISOString(),
    mail: createSmtp({ url: `smtp://127.0.0.1:${servers.smtpPort}`, from: `CPMS helpdesk <${helpdeskBox}>` }),
    settings: { organiser: { name: 'CPMS helpdesk', email: helpdeskBox } },
  });
  const enter = async (email: string, name: string) => {
    const id = cast.ports.ids.next('P');
    const value = { name, email, language: 'en', zone: 'Europe/Paris', prefers: 'email' } as const;
    await execute(cast.ports, system, [{ kind: 'person', id, command: { type: 'person.enter' } }], {
      rows: [{ row: 'person', id, value }],
    });
    return id;
  };
  const people: Record<string, string> = {};
  for (const [email, name] of named) people[email] = await enter(email, name);
  const reader = (more: Partial<ImapConfig> = {}) =>
    createMailboxReader({
      url: `imap://${encodeURIComponent(helpdeskBox)}:${password}@127.0.0.1:${servers.imapPort}`,
      server: authservId,
      kept: cast.ports.kept,
      clock: cast.ports.clock,
      log: cast.ports.log,
      take: cast.service.takeMail,
      retryMs: 100,
      ...more,
    });
  let mailbox = reader();
  mailbox.start();
  return {
    servers,
    readers,
    cast,
    people,
    enter,
    reader,
    async readAgain(more) {
      await mailbox.close();
      mailbox = reader(more);
      mailbox.start();
    },
    endReading: () => mailbox.close(),
    answer(source, sender, more) {
      const done = spawnSync('/usr/bin/python3', [join(import.meta.dirname, 'readers/answer.py')], {
        encoding: 'utf8',
        input: JSON.stringify({
          source,
          sender,
          status: 'ACCEPTED',
          host: hostOfHospital,
          port: servers.smtpPort,
          stamp: Math.floor(Date.parse(cast.ports.clock.now()) / 1000),
          ...more,
        }),
      });
      if (done.status !== 0) throw new Error(done.stderr);
    },
    async close() {
      await mailbox.close();
      readers.close();
      await servers.close();
    },
  };
}

/** Asks until it is so; the servers take their time. */
export async function until<T>(look: () => Promise<T | undefined> | T | undefined, what: string): Promise<T> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`In half a minute there was no ${what}`);
}
