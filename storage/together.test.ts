import { describe, expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { batch, inFolder, start, testClock, testStorage, ticketOpened } from './testing.ts';
import { together } from './together.ts';

describe('batches that arrive together', () => {
  test('each stand or fall by themselves, in the order in which they came', async () => {
    const storage = testStorage(testClock());
    const { store } = storage;
    const broken = batch({
      appends: [ticketOpened('T-2')],
      outgoing: [{ kind: 'notice', lane: 'a', payload: {}, dueAt: 'soon' }],
    });
    const outcomes = await Promise.allSettled([
      store.commit(batch({ appends: [ticketOpened('T-1')], delivery: { key: 'k', outcome: 'first' } })),
      store.commit(broken),
      store.commit(batch({ appends: [ticketOpened('T-3')], delivery: { key: 'k', outcome: 'second' } })),
      store.commit(batch({ appends: [ticketOpened('T-1')] })),
      store.commit(batch({ appends: [ticketOpened('T-4')] })),
    ]);
    expect(outcomes.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.name))).toEqual([
      { ok: true },
      'RangeError',
      { ok: false, conflict: 'delivery', outcome: 'first' },
      { ok: false, conflict: 'version' },
      { ok: true },
    ]);
    expect((await store.find('ticket', {}, { limit: 9 })).map(({ id }) => id)).toEqual(['T-4', 'T-1']);
    expect(storage.audit.verify()).toMatchObject({ ok: true, head: { seq: 2 } });
    storage.close();
  });

  test('are one transaction, and none is answered before it ends', () =>
    inFolder(async (folder) => {
      const database = openDatabase(folder, start);
      const seen: boolean[] = [];
      let begun = 0;
      const atomically: typeof database.atomically = (body) => {
        begun += 1;
        return database.atomically(body);
      };
      const commit = together({ ...database, atomically }, () => {
        seen.push(database.client.inTransaction);
        return { ok: true };
      });
      const answered = Promise.all([commit(batch({})), commit(batch({})), commit(batch({}))]);
      expect(seen).toEqual([]);
      await answered;
      expect([seen, begun, database.client.inTransaction]).toEqual([[true, true, true], 1, false]);
      database.client.close();
    }));

  test('all fail where the transaction fails, and what comes later goes on', () =>
    inFolder(async (folder) => {
      const database = openDatabase(folder, start);
      const commit = together(database, ({ delivery }) => {
        database.client.exec(`INSERT INTO secrets VALUES ('${delivery?.key}', x'00')`);
        // As SQLite does by itself when the disk is full.
        if (delivery?.key === 'full') {
          database.client.exec('ROLLBACK');
          throw new Error('full');
        }
        return { ok: true };
      });
      const keyed = (key: string) => commit(batch({ delivery: { key, outcome: '' } }));
      const outcomes = await Promise.allSettled(['before', 'full', 'after'].map(keyed));
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
      expect(database.client.prepare('SELECT count(*) AS rows FROM secrets').get()).toEqual({ rows: 0 });
      expect(await keyed('later')).toEqual({ ok: true });
      database.client.close();
    }));
});
