import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { derive, localMasterKeys, makeMasterKey, parseMasterKeys } from './keys.ts';
import { openStorage } from './open.ts';
import { sealer } from './seal.ts';
import { batch, inFolder, second, start, testClock, testKeys, testStorage, textOf, ticketOpened } from './testing.ts';
import { after } from './time.ts';

describe('a seal', () => {
  const { seal, open } = sealer(testKeys);

  test('opens where it was made, and nowhere else', () => {
    const sealed = seal('a name', 'people:P-1:details');
    expect(open(sealed, 'people:P-1:details').toString()).toBe('a name');
    expect(() => open(sealed, 'people:P-2:details')).toThrow(/authenticate/);
    for (const at of [4, 20, sealed.length - 1]) {
      const altered = Buffer.from(sealed);
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
      expect(() => open(altered, 'people:P-1:details')).toThrow(/authenticate/);
    }
    expect(() => open(sealed.subarray(0, 20), 'people:P-1:details')).toThrow('cut');
  });

  test('is another one each time', () => {
    expect(seal('a', 'a:b:c').equals(seal('a', 'a:b:c'))).toBe(false);
  });

  test('is made with the newest key and opened with any', () => {
    const [old, young] = [makeMasterKey(), makeMasterKey()];
    const before = sealer(parseMasterKeys(old)).seal('a', 'a:b:c');
    const both = sealer(parseMasterKeys(`${young},${old}`));
    expect(both.open(before, 'a:b:c').toString()).toBe('a');
    expect(both.keyOf(both.seal('a', 'a:b:c'))).toBe(parseMasterKeys(young)[0].id);
    expect(() => sealer(parseMasterKeys(young)).open(before, 'a:b:c')).toThrow('not configured');
  });
});

describe('keys', () => {
  test('of two purposes differ', () => {
    const secret = randomBytes(32);
    expect(derive(secret, 'seal').equals(derive(secret, 'log-chain'))).toBe(false);
    expect(derive(secret, 'seal').equals(derive(secret, 'seal'))).toBe(true);
  });

  test.each(['', ' , ', 'short', randomBytes(31).toString('base64'), `${makeMasterKey()},nonsense`])(
    'are refused: %j',
    (configured) => expect(() => parseMasterKeys(configured)).toThrow(/master key/i),
  );

  test('of the local mode are made once, for their owner only', () =>
    inFolder((folder) => {
      const made = localMasterKeys(folder);
      expect(localMasterKeys(folder)[0].id).toBe(made[0].id);
      expect(statSync(join(folder, 'master.key')).mode & 0o777).toBe(0o600);
    }));

  test('can be rotated: indexes, texts and the chain stay; the wrong key opens nothing', () =>
    inFolder(async (folder) => {
      const [old, young] = [makeMasterKey(), makeMasterKey()];
      const open = (keys: string) => openStorage({ folder, clock: testClock(), keys: parseMasterKeys(keys) });
      const first = open(old);
      await first.store.commit(batch({ appends: [ticketOpened('T-1')], rows: [textOf('T-1', 'words')] }));
      await first.kept.put('code:1', 'value');
      first.close();
      expect(() => open(young)).toThrow('not configured');
      const second = open(`${young},${old}`);
      expect(await second.store.text('T-1-text')).toBe('words');
      expect(await second.kept.get('code:1')).toBe('value');
      expect(second.audit.verify()).toMatchObject({ ok: true });
      expect(second.reseal()).toBe(2);
      expect(second.reseal()).toBe(0);
      second.close();
      const third = open(young);
      expect(await third.store.text('T-1-text')).toBe('words');
      expect(await third.kept.get('code:1')).toBe('value');
      third.close();
    }));
});

describe('the files', () => {
  const planted = {
    name: 'Planted Name Zebedee',
    email: 'planted.address@hospital.example',
    user: 'U0PLANTEDUSER',
    pseudonym: 'PLANTED-PSEUDONYM',
    archive: 'planted archive reference',
    text: 'planted words of a ticket',
    attested: 'Planted Attester',
    kept: 'planted kept value',
    key: 'planted-kept-key',
    delivery: 'planted-delivery-key',
    vault: 'planted bytes of a file',
  };

  test('hold nothing personal that can be read, nor can others open them', () =>
    inFolder(async (folder) => {
      const clock = testClock();
      const storage = testStorage(clock, folder);
      const identity = { platform: 'slack', tenant: 'T0', user: planted.user } as const;
      const details = {
        name: planted.name,
        email: planted.email,
        language: 'en',
        zone: 'UTC',
        prefers: 'chat',
      } as const;
      for (let number = 0; number < 40; number += 1) {
        const id = `T-${number}`;
        await storage.store.commit(
          batch({
            appends: [ticketOpened(id)],
            rows: [
              { row: 'person', id: `P-${number}`, value: { ...details, chat: identity } },
              { row: 'identity', identity: { ...identity, tenant: id }, person: `P-${number}` },
              { row: 'case', id, value: { pseudonym: planted.pseudonym, archiveReference: planted.archive } },
              textOf(id, planted.text.repeat(number + 1)),
              { row: 'attestation', id: `A-${number}`, value: { name: planted.attested, role: 'lead' } },
              { row: 'kept', key: planted.key + id, value: planted.kept },
            ],
            outgoing: [{ kind: 'notice', lane: `P-${number}`, payload: { ticket: id } }],
            delivery: { key: planted.delivery + id, outcome: id },
          }),
        );
        await storage.kept.put(`${planted.key}-${number}`, planted.kept, after(start, number * second));
        await storage.vault.put(`D-${number}`, Buffer.from(planted.vault.repeat(500)), after(start, 1000 * second));
        if (number % 3 === 0)
          await storage.store.commit(batch({ rows: [{ row: 'person', id: `P-${number}`, value: null }] }));
      }
      clock.advance(20 * second);
      storage.sweep();
      storage.tables.rebuild();
      const copy = new Sqlite(storage.backup(), { readonly: true });
      expect(copy.prepare('SELECT count(*) FROM texts').pluck().get()).toBe(40);
      expect(copy.prepare('SELECT count(*) FROM vault').pluck().get()).toBe(0);
      copy.close();

      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
      expect(files.some((name) => name.endsWith('-wal'))).toBe(true);
      for (const file of files) {
        const { mode } = statSync(file);
        expect({ file, others: mode & 0o077 }).toEqual({ file, others: 0 });
        if (statSync(file).isDirectory()) continue;
        const bytes = readFileSync(file);
        expect({ file, holds: Object.values(planted).filter((string) => bytes.includes(string)) }).toEqual({
          file,
          holds: [],
        });
      }
      expect(statSync(folder).mode & 0o777).toBe(0o700);
      expect(await storage.store.peopleByEmail(' Planted.Address@HOSPITAL.example')).toHaveLength(26);
      expect(await storage.store.personByIdentity({ ...identity, tenant: 'T-1' })).toBe('P-1');
      expect(await storage.store.identitiesOf('P-1')).toEqual([{ ...identity, tenant: 'T-1' }]);
      expect(await storage.store.person('P-0')).toBeUndefined();
      expect((await storage.store.caseDetails('T-1'))?.pseudonym).toBe(planted.pseudonym);
      storage.close();
    }));

  test('are copied before a migration, the last five kept, and not at an ordinary start', () =>
    inFolder(async (folder) => {
      const clock = testClock();
      const first = testStorage(clock, folder);
      await first.store.commit(batch({ appends: [ticketOpened('T-1')] }));
      first.close();
      testStorage(clock, folder).close();
      expect(existsSync(join(folder, 'backups'))).toBe(false);
      const { openDatabase } = await import('./database.ts');
      for (let number = 0; number < 7; number += 1) {
        clock.advance(second);
        const { client } = openDatabase(folder, clock.now());
        // The last migration is undone, so that the next start has something to migrate.
        client.exec(
          'DELETE FROM __drizzle_migrations WHERE created_at = (SELECT max(created_at) FROM __drizzle_migrations)',
        );
        client.exec('ALTER TABLE vault DROP COLUMN file');
        client.close();
      }
      const names = readdirSync(join(folder, 'backups'));
      expect(names).toHaveLength(5);
      expect(names.toSorted().at(-1)).toBe('2026-03-02T09-00-07.000Z.sqlite');
      writeFileSync(join(folder, 'cpms-bot.sqlite'), readFileSync(join(folder, 'backups', names[0] ?? '')));
      const restored = testStorage(clock, folder);
      expect(restored.audit.verify()).toMatchObject({ ok: true, head: { seq: 1 } });
      restored.close();
    }));
});

describe('what passes through', () => {
  test('kept rows are claimed once, taken once, and free again when they expire', async () => {
    const clock = testClock();
    const { kept } = testStorage(clock);
    expect(await kept.claim('code', 'one', after(start, second))).toBe(true);
    expect(await kept.claim('code', 'two')).toBe(false);
    expect(await kept.get('code')).toBe('one');
    clock.advance(second);
    expect(await kept.get('code')).toBeUndefined();
    expect(await kept.claim('code', 'three')).toBe(true);
    expect(await kept.claim('code', 'four')).toBe(false);
    expect(await kept.take('code')).toBe('three');
    expect(await kept.take('code')).toBeUndefined();
    await kept.put('link', 'value', after(start, 2 * second));
    clock.advance(second);
    expect(await kept.take('link')).toBeUndefined();
  });

  test('the vault gives bytes until they expire', async () => {
    const clock = testClock();
    const { vault, sweep } = testStorage(clock);
    const bytes = randomBytes(100_000);
    await vault.put('D-1', bytes, after(start, second));
    await vault.put('D-2', bytes, after(start, 60 * second));
    expect(await vault.get('D-1')).toEqual(bytes);
    clock.advance(second);
    expect(await vault.get('D-1')).toBeUndefined();
    expect(sweep()).toEqual({ vault: 1, kept: 0, deliveries: 0 });
    await vault.delete('D-2');
    expect(await vault.get('D-2')).toBeUndefined();
  });

  test('the vault keeps what is larger than a part beside its rows, so that a part is opened without all of it', () =>
    inFolder(async (folder) => {
      const storage = testStorage(testClock(), folder);
      const { vault } = storage;
      const bytes = Buffer.concat([randomBytes(2_500_000), Buffer.from('vault-roewood')]);
      const files = () => readdirSync(join(folder, 'vault'));
      await vault.put('D-1', bytes, after(start, 60 * second));
      expect(files()).toHaveLength(1);
      expect(Buffer.compare((await vault.get('D-1')) ?? Buffer.alloc(0), bytes)).toBe(0);
      expect(Buffer.from((await vault.read('D-1', 2_499_990, 9_999_999)) ?? [])).toEqual(bytes.subarray(2_499_990));
      expect(await vault.length('D-1')).toBe(bytes.length);
      expect(readFileSync(join(folder, 'vault', files()[0] as string)).includes('roewood')).toBe(false);
      await vault.put('D-1', bytes.subarray(0, 100), after(start, 60 * second));
      expect(files()).toEqual([]);
      expect(Buffer.from((await vault.get('D-1')) ?? [])).toEqual(bytes.subarray(0, 100));
      storage.close();
    }));

  test('the vault has large files in its folder, sealed, read in parts, gone with their row', () =>
    inFolder(async (folder) => {
      const clock = testClock();
      const storage = testStorage(clock, folder);
      const { vault } = storage;
      const bytes = Buffer.concat([Buffer.from('vault-roewood '.repeat(90_000)), randomBytes(1_500_000)]);
      const write = async (id: string, expiresAt: string) => {
        const writer = await vault.write(id, expiresAt);
        for (let from = 0; from < bytes.length; from += 700_001)
          await writer.append(bytes.subarray(from, from + 700_001));
        return writer;
      };
      const files = () => readdirSync(join(folder, 'vault'));
      const unfinished = await write('D-1', after(start, 60 * second));
      expect([await vault.get('D-1'), await vault.length('D-1')]).toEqual([undefined, undefined]);
      await unfinished.keep();
      expect(await vault.length('D-1')).toBe(bytes.length);
      expect(Buffer.compare((await vault.get('D-1')) ?? Buffer.alloc(0), bytes)).toBe(0);
      for (const [from, to] of [
        [0, 10],
        [699_990, 700_020],
        [1_048_570, 2_100_000],
        [bytes.length - 5, bytes.length + 5],
      ] as const)
        expect(Buffer.compare((await vault.read('D-1', from, to)) ?? Buffer.alloc(0), bytes.subarray(from, to))).toBe(
          0,
        );
      const [name = ''] = files();
      expect(readFileSync(join(folder, 'vault', name)).includes('roewood')).toBe(false);
      // In the place of an earlier one, whose file goes with it.
      await (await write('D-1', after(start, 60 * second))).keep();
      expect(files()).toHaveLength(1);
      await vault.put('D-1', Buffer.from('small'), after(start, 60 * second));
      expect([files(), await vault.length('D-1'), (await vault.read('D-1', 1, 3))?.toString()]).toEqual([[], 5, 'ma']);
      await (await write('D-2', after(start, second))).drop();
      expect(files()).toEqual([]);
      await (await write('D-3', after(start, second))).keep();
      await vault.delete('D-3');
      expect(files()).toEqual([]);
      // Its time is up: the row goes with the sweep, the file once nobody can be writing it.
      await (await write('D-4', after(start, second))).keep();
      storage.close();
      clock.advance(second);
      const again = testStorage(clock, folder);
      expect(await again.vault.length('D-4')).toBeUndefined();
      again.sweep();
      expect(files()).toHaveLength(1);
      utimesSync(join(folder, 'vault', files()[0] ?? ''), 0, 0);
      again.sweep();
      expect(files()).toEqual([]);
      again.close();
    }));
});
