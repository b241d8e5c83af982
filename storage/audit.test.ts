import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { everything, happens } from './activity.ts';
import { batch, day, inFolder, testClock, testStorage, textOf, ticketOpened } from './testing.ts';

/** An attacker with the file, and without the key. */
function tamper(folder: string, statement: string): void {
  const file = new Sqlite(join(folder, 'cpms-bot.sqlite'));
  file.exec('DROP TRIGGER events_never_updated; DROP TRIGGER events_never_deleted; DROP TRIGGER events_without_gap;');
  file.exec(statement);
  file.close();
}

describe('the log', () => {
  test('refuses to be changed', () =>
    inFolder(async (folder) => {
      const storage = testStorage(testClock(), folder);
      await happens(storage, 'case', 'C-1', 0);
      const file = new Sqlite(join(folder, 'cpms-bot.sqlite'));
      for (const statement of [
        `UPDATE events SET event = '{}'`,
        'DELETE FROM events',
        `INSERT OR REPLACE INTO events SELECT seq, kind, id, version, '{}', texts, hash FROM events`,
        `INSERT INTO events SELECT seq + 2, kind, id, version + 1, event, texts, hash FROM events`,
      ])
        expect(() => file.exec(statement)).toThrow('append-only');
      file.close();
      expect(storage.audit.verify()).toMatchObject({ ok: true, head: { seq: 1 } });
      storage.close();
    }));

  test.each([
    ['hash', 5, `UPDATE events SET event = replace(event, 'P-1', 'P-7') WHERE seq = 5`],
    ['hash', 5, `UPDATE events SET hash = zeroblob(32) WHERE seq = 5`],
    ['hash', 5, `UPDATE events SET texts = '{}' WHERE seq = 5`],
    ['gap', 5, 'DELETE FROM events WHERE seq = 5'],
    ['hash', 5, 'DELETE FROM events WHERE seq = 5; UPDATE events SET seq = seq - 1 WHERE seq > 5'],
    ['gap', 1, 'DELETE FROM events WHERE seq < 4'],
  ])('shows a break (%s) at row %i after %s', (broken, seq, statement) =>
    inFolder(async (folder) => {
      const storage = testStorage(testClock(), folder);
      await everything(storage);
      tamper(folder, statement);
      expect(storage.audit.verify()).toMatchObject({ ok: false, seq, broken });
      storage.close();
    }),
  );

  test('holds the hash of each text with the event that names it', async () => {
    const storage = testStorage(testClock());
    const attestation = { row: 'attestation', id: 'A-1', value: { name: 'Dr Ada Example', role: 'lead' } } as const;
    await storage.store.commit(
      batch({
        appends: [ticketOpened('T-1', { hcp: 'FR01' }), ticketOpened('T-2', { hcp: 'FR01' })],
        rows: [textOf('T-2', 'second'), attestation],
      }),
    );
    const trail = [...storage.exportTrail({ hcp: 'FR01' })];
    const hash = expect.stringMatching(/^[\w-]{43}$/);
    expect(trail.map(({ texts }) => texts)).toEqual([{ 'A-1': hash }, { 'T-2-text': hash }]);
    expect(trail[0]?.attestations).toEqual({ 'A-1': attestation.value });
  });

  test('tells an altered text from an erased one', async () => {
    const storage = testStorage(testClock());
    await storage.store.commit(batch({ appends: [ticketOpened('T-1')], rows: [textOf('T-1', 'as it was')] }));
    await storage.store.commit(batch({ rows: [textOf('T-1', 'as it was not')] }));
    expect(storage.audit.verify()).toEqual({ ok: false, seq: 1, broken: 'text', id: 'T-1-text' });
    await storage.store.commit(batch({ rows: [{ row: 'text', id: 'T-1-text', owner: 'T-1', value: null }] }));
    expect(storage.audit.verify()).toMatchObject({ ok: true });
  });
});

describe('the anchors', () => {
  test('are written once a day while the log grows', () =>
    inFolder(async (folder) => {
      const clock = testClock();
      const storage = testStorage(clock, folder, join(folder, 'anchors'));
      await happens(storage, 'case', 'C-1', 0);
      expect(storage.audit.anchorDaily()).toMatchObject({ seq: 1 });
      await happens(storage, 'case', 'C-1', 1);
      expect(storage.audit.anchorDaily()).toBeUndefined();
      clock.advance(day);
      expect(storage.audit.anchorDaily()).toMatchObject({ seq: 2 });
      clock.advance(day);
      expect(storage.audit.anchorDaily()).toBeUndefined();
      expect(readFileSync(join(folder, 'anchors'), 'utf8').trim().split('\n')).toHaveLength(2);
      expect(storage.audit.verify()).toMatchObject({ ok: true, anchors: 2 });
      storage.close();
    }));

  test('show that the tail was cut', () =>
    inFolder(async (folder) => {
      const storage = testStorage(testClock(), folder, join(folder, 'anchors'));
      await everything(storage);
      const { seq } = storage.audit.anchor();
      tamper(folder, `DELETE FROM events WHERE seq > ${seq - 3}`);
      expect(storage.audit.verify()).toMatchObject({ ok: false, broken: 'cut', seq: seq - 2 });
      expect(() => storage.audit.anchorDaily()).toThrow('anchored');
      storage.close();
    }));

  test('show that the tail was cut and grew again', () =>
    inFolder(async (folder) => {
      const storage = testStorage(testClock(), folder, join(folder, 'anchors'));
      await happens(storage, 'case', 'C-1', 0);
      await happens(storage, 'case', 'C-1', 1);
      storage.audit.anchor();
      tamper(folder, 'DELETE FROM events WHERE seq = 2');
      storage.tables.rebuild();
      await happens(storage, 'case', 'C-1', 2);
      expect(storage.audit.verify()).toMatchObject({ ok: false, broken: 'anchor', seq: 2 });
      storage.close();
    }));
});
