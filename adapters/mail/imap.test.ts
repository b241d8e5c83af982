import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Incoming, MailboxReader, MailboxTrouble } from '../../domain/mail-ports.ts';
import { memoryKept } from '../../test/kept.ts';
import { createMailboxReader, type ImapConfig } from './imap.ts';
import { type ScriptedImap, startScriptedImap } from './testing/scripted-imap.ts';

const mail = (name: string) =>
  `From: ${name}@hospital.example\r\nSubject: ${name}\r\nMessage-ID: <${name}@hospital.example>\r\n\r\nHello ${name}\r\n`;

async function until<T>(look: () => T | undefined | false, what: string): Promise<T> {
  for (let turn = 0; turn < 1000; turn += 1) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`Not seen: ${what}`);
}

describe('the mailbox over IMAP', () => {
  let imap: ScriptedImap;
  let reader: MailboxReader | undefined;
  const kept = { now: memoryKept() };
  const clock = { time: '2026-11-23T09:00:00.000Z' };
  let seen: string[];
  let troubles: MailboxTrouble[];
  let logged: string[];

  beforeEach(async () => {
    imap = await startScriptedImap();
    kept.now = memoryKept();
    clock.time = '2026-11-23T09:00:00.000Z';
    [seen, troubles, logged] = [[], [], []];
  });
  afterEach(async () => {
    await reader?.close();
    await imap.close();
  });

  const begin = (more: Partial<ImapConfig> = {}): MailboxReader => {
    const log = (fields: object, message: string) => void logged.push(JSON.stringify({ ...fields, message }));
    reader = createMailboxReader({
      url: imap.url,
      server: 'mx.example',
      kept: kept.now,
      clock: { now: () => clock.time },
      log: { info: log, warn: log },
      take: async ({ from }: Incoming) => void seen.push(from.split('@')[0] ?? ''),
      tell: async (trouble) => void troubles.push(trouble),
      retryMs: 5,
      ...more,
    });
    reader.start();
    return reader;
  };

  it('reads what is there and what comes, each once, and says how it stands', async () => {
    imap.arrive(mail('one'));
    imap.arrive(mail('two'));
    const { health } = begin();
    await until(() => health().state === 'waiting', 'waiting');
    expect(seen).toEqual(['one', 'two']);
    await until(() => imap.commands.at(-1) === 'IDLE', 'idle');
    imap.arrive(mail('three'));
    await until(() => seen.length === 3, 'three');
    expect(imap.connections).toBe(1);
    expect(health()).toMatchObject({ aside: 0 });
    // It only looks.
    expect(imap.commands.join('\n')).not.toMatch(/STORE|SELECT|EXPUNGE|BODY\[/);
  });

  it('goes on after a connection that is lost in the middle of a mail, with that mail, and counts none twice', async () => {
    for (const name of ['one', 'two', 'three']) imap.arrive(mail(name));
    let cuts = 0;
    imap.onFetch = (uid) => (uid === 2 && (cuts += 1) <= 2 ? 'cut' : 'whole');
    begin();
    await until(() => seen.length === 3, 'all');
    expect(seen).toEqual(['one', 'two', 'three']);
    expect(cuts).toBe(3);
    expect(troubles).toEqual([]);
  });

  it('puts aside a mail that breaks what reads it, tells the helpdesk once, and reads those behind it', async () => {
    for (const name of ['one', 'poison', 'three']) imap.arrive(mail(name));
    let tries = 0;
    const { health } = begin({
      take: async ({ from }) => {
        if (from.startsWith('poison')) {
          tries += 1;
          throw new RangeError('Maximum call stack size exceeded at poison@hospital.example');
        }
        seen.push(from.split('@')[0] ?? '');
      },
    });
    await until(() => health().state === 'waiting', 'waiting');
    expect(seen).toEqual(['one', 'three']);
    expect(tries).toBe(5);
    expect(troubles).toEqual([{ kind: 'aside', key: '1:2', why: 'unreadable', when: '2026-11-22T09:00:00.000Z' }]);
    expect(health().aside).toBe(1);
    expect(logged.join('\n')).not.toMatch(/poison|@/);
  });

  it('knows after a crash which mail it was reading: one that takes the process along is put aside', async () => {
    for (const name of ['one', 'poison', 'three']) imap.arrive(mail(name));
    const dies = {
      take: async ({ from }: Incoming) => {
        // Nothing comes after: the process is gone.
        if (from.startsWith('poison')) return new Promise<void>(() => undefined);
        seen.push(from.split('@')[0] ?? '');
      },
    };
    for (let life = 1; life <= 5; life += 1) {
      const before = imap.commands.length;
      begin(dies);
      await until(
        () => imap.commands.slice(before).filter((line) => /FETCH 2 .*BODY/.test(line)).length,
        `life ${life}`,
      );
      imap.cutAll();
      reader = undefined;
    }
    begin(dies);
    await until(() => seen.includes('three'), 'three');
    expect(seen).toEqual(['one', 'three']);
    expect(troubles).toMatchObject([{ kind: 'aside', key: '1:2' }]);
    reader = undefined;
  });

  it('puts a huge mail aside without fetching it', async () => {
    imap.arrive(`Subject: large\r\n\r\n${'x'.repeat(2_000_001)}`);
    imap.arrive(mail('two'));
    begin();
    await until(() => seen.length === 1, 'the second');
    expect(troubles).toMatchObject([{ kind: 'aside', why: 'too-large' }]);
    expect(imap.commands.some((line) => /FETCH 1 .*BODY/.test(line))).toBe(false);
  });

  it('reads again by the day where the server has numbered its mails anew, and nothing from long before', async () => {
    for (const name of ['one', 'two']) imap.arrive(mail(name));
    const first = begin();
    await until(() => first.health().state === 'waiting', 'waiting');
    await first.close();
    // Three weeks later the folder was restored from a copy: other numbers, and a mail that came meanwhile.
    clock.time = '2026-12-14T09:00:00.000Z';
    imap.validity = 2;
    imap.mails.clear();
    for (const [uid, name] of [
      [41, 'one'],
      [42, 'two'],
      [43, 'three'],
    ] as const)
      imap.mails.set(uid, mail(name));
    begin();
    await until(() => seen.includes('three'), 'three');
    expect(imap.commands.findLast((line) => /SINCE/.test(line))).toMatch(/SINCE "?21-Nov-2026/);
    expect(seen).toEqual(['one', 'two', 'one', 'two', 'three']);
    expect(JSON.parse((await kept.now.get(`imap:${new URL(imap.url).host}:desk:INBOX`)) ?? '')).toMatchObject({
      validity: '2',
      uid: 43,
    });
  });

  it('notices a server that has fallen silent, and reads on where it left off', async () => {
    imap.arrive(mail('one'));
    const { health } = begin({ silentMs: 150, lookMs: 100 });
    await until(() => imap.commands.at(-1) === 'IDLE', 'idle');
    imap.silent = true;
    await until(() => health().state === 'failing', 'failing');
    imap.arrive(mail('two'));
    imap.silent = false;
    await until(() => seen.length === 2, 'two');
    expect(seen).toEqual(['one', 'two']);
    expect(health().error).toBeUndefined();
  });

  it('survives a restart of the server, and a new mail in between', async () => {
    imap.arrive(mail('one'));
    const { health } = begin();
    await until(() => imap.commands.at(-1) === 'IDLE', 'idle');
    imap.cutAll();
    imap.arrive(mail('two'));
    await until(() => seen.length === 2, 'two');
    await until(() => health().state === 'waiting', 'waiting');
    expect(troubles).toEqual([]);
  });

  it.each([
    ['a password that is refused', 'refused', 'authentication-failed', () => (imap.password = 'another')],
    ['a folder that is gone', 'folder-gone', 'folder-gone', () => (imap.folderGone = true)],
  ])('tells of %s after some tries, once, and reads again when it is mended', async (_, why, error, breaks) => {
    imap.arrive(mail('one'));
    breaks();
    const { health } = begin();
    await until(() => troubles.length > 0, 'trouble');
    await until(() => imap.connections > 5, 'more tries');
    expect(troubles).toEqual([{ kind: 'down', key: clock.time, why, when: clock.time }]);
    expect(health()).toMatchObject({ state: 'failing', error });
    expect(logged.join('\n')).not.toMatch(/secret|desk|@/);
    imap.password = 'secret';
    imap.folderGone = false;
    await until(() => seen.length === 1, 'one');
    await until(() => health().state === 'waiting', 'waiting');
  });

  it('tells of a server that cannot be reached after an hour, not before', async () => {
    const { url } = imap;
    await imap.close();
    imap = await startScriptedImap();
    const { health } = begin({ url });
    await until(() => logged.length > 3, 'tries');
    expect(troubles).toEqual([]);
    clock.time = '2026-11-23T10:00:00.000Z';
    await until(() => troubles.length > 0, 'trouble');
    expect(troubles).toMatchObject([{ why: 'unreachable', when: '2026-11-23T09:00:00.000Z' }]);
    expect(health().state).toBe('failing');
  });
});
