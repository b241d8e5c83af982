import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMailboxReader, type ImapConfig } from '../../adapters/mail/imap.ts';
import type { Incoming, MailboxReader, MailboxTrouble } from '../../domain/mail-ports.ts';
import { memoryKept } from '../kept.ts';
import { type MailServers, password, startMailServers } from './servers.ts';

const mail = (name: string) =>
  `From: ${name}@hospital.example\nSubject: ${name}\nMessage-ID: <${name}@hospital.example>\n\nHello\n`;

async function until<T>(look: () => T | undefined | false, what: string): Promise<T> {
  for (let turn = 0; turn < 600; turn += 1) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Not seen: ${what}`);
}

describe('a mailbox of Dovecot', () => {
  let servers: MailServers;
  let reader: MailboxReader;
  let seen: string[];
  let kinds: string[];
  let troubles: MailboxTrouble[];
  let box = 0;
  const address = () => `desk${box}@network.example`;

  beforeAll(async () => {
    servers = await startMailServers();
  });
  afterAll(() => servers.close());
  beforeEach(() => {
    box += 1;
    [seen, kinds, troubles] = [[], [], []];
    servers.box(address());
  });
  afterEach(() => reader.close());

  const kept = memoryKept();
  const begin = (more: Partial<ImapConfig> = {}) => {
    const log = () => undefined;
    reader = createMailboxReader({
      url: `imap://${encodeURIComponent(address())}:${password}@127.0.0.1:${servers.imapPort}`,
      server: 'mx.network.example',
      kept,
      clock: { now: () => new Date().toISOString() },
      log: { info: log, warn: log },
      take: async ({ from, kind }: Incoming) => {
        seen.push(from.split('@')[0] ?? '');
        kinds.push(kind);
      },
      tell: async (trouble) => void troubles.push(trouble),
      retryMs: 50,
      ...more,
    });
    reader.start();
    return reader;
  };

  it('is read on after the server was restarted, each mail once', async () => {
    servers.lay(address(), mail('one'));
    const { health } = begin();
    await until(() => health().state === 'waiting' && seen.length === 1, 'one');
    await servers.stopImap();
    await until(() => health().state === 'failing', 'failing');
    servers.lay(address(), mail('two'));
    await servers.startImap();
    await until(() => seen.length === 2, 'two');
    servers.lay(address(), mail('three'));
    await until(() => seen.length === 3, 'three');
    expect(seen).toEqual(['one', 'two', 'three']);
    expect(troubles).toEqual([]);
  });

  it('whose mails were numbered anew is read again from the day on, with what came in between', async () => {
    servers.lay(address(), mail('one'));
    begin();
    await until(() => reader.health().state === 'waiting' && seen.length === 1, 'one');
    await reader.close();
    const before = JSON.parse((await kept.get(keyOf())) ?? '{}') as { validity: string };
    await servers.stopImap();
    servers.numberAnew(address());
    servers.lay(address(), mail('two'));
    // The validity is made of the second.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await servers.startImap();
    begin();
    await until(() => seen.includes('two'), 'two');
    const after = JSON.parse((await kept.get(keyOf())) ?? '{}') as { validity: string };
    expect(after.validity).not.toBe(before.validity);
    expect(seen.toSorted()).toEqual(['one', 'one', 'two']);
  });

  it('that does not exist is told of, and read when it does', async () => {
    const { health } = begin({ folder: 'Answers' });
    await until(() => troubles.length > 0, 'trouble');
    expect(troubles).toMatchObject([{ kind: 'down', why: 'folder-gone' }]);
    expect(health()).toMatchObject({ state: 'failing', error: 'folder-gone' });
    servers.box(`${address()}/.Answers`);
    servers.lay(`${address()}/.Answers`, mail('one'));
    await until(() => seen.length === 1, 'one');
  });

  it('holds mails that are huge, broken and nested, and none of them keeps the others from being read', async () => {
    const nested = (depth: number) => {
      let body = 'Content-Type: text/plain\n\nend\n';
      for (let level = 0; level < depth; level += 1)
        body = `Content-Type: multipart/mixed; boundary="b${level}"\n\n--b${level}\n${body}\n--b${level}--\n`;
      return `From: nested@hospital.example\n${body}`;
    };
    const odd: readonly (string | Buffer)[] = [
      `From: huge@hospital.example\n\n${'x\n'.repeat(1_100_000)}`,
      nested(3_000),
      Buffer.from([0, 255, 254, 13, 10, 0, 0, 128]),
      'From: =?utf-8?B?////?= <odd@hospital.example>, <two@hospital.example>\nContent-Type: text/calendar; method=REPLY; charset=nonsense\n\nBEGIN:VCALENDAR\nBEGIN:VCALENDAR\n',
      `From: folded@hospital.example\nSubject: ${'a\n '.repeat(20_000)}\n\n`,
      `From: heads@hospital.example\n${Array.from({ length: 20_000 }, (_, index) => `X-${index}: 1`).join('\n')}\n\n`,
      `From: parts@hospital.example\nContent-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(20_000)}--b--\n`,
    ];
    for (const one of odd) servers.lay(address(), one);
    servers.lay(address(), mail('last'));
    const { health } = begin();
    await until(() => seen.includes('last'), 'last');
    await until(() => health().state === 'waiting', 'waiting');
    expect(troubles.filter(({ why }) => why === 'too-large').length).toBe(1);
    // Each was either taken for what it is, or put aside and told of.
    expect(seen.length + troubles.length).toBe(odd.length + 1);
    expect(health().aside).toBe(troubles.length);
    expect(kinds.filter((kind) => kind === 'answer')).toEqual([]);
  });

  const keyOf = () => `imap:127.0.0.1:${servers.imapPort}:${encodeURIComponent(address())}:INBOX`;
});
