import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Outgoing } from '../domain/memory-ports.ts';
import { openDatabase } from './database.ts';
import type { Storage } from './open.ts';
import {
  batch,
  day,
  inFolder,
  patience,
  start,
  testClock,
  testStorage,
  textOf,
  ticketNoted,
  ticketOpened,
} from './testing.ts';

const clock = testClock();
let storage: Storage;
beforeEach(() => {
  storage = testStorage(clock);
});
afterEach(() => storage.close());

const notice: Outgoing = { kind: 'notice', lane: 'P-1', payload: { template: 'ticket-opened' } };

describe('commit', () => {
  test('takes events, rows, notices and the delivery key as one', async () => {
    const done = await storage.store.commit(
      batch({
        appends: [ticketOpened('T-1')],
        rows: [textOf('T-1', 'the wording')],
        outgoing: [notice],
        delivery: { key: 'slack:1', outcome: 'T-1' },
      }),
    );
    expect(done).toEqual({ ok: true });
    expect(await storage.store.load('ticket', 'T-1')).toMatchObject({ version: 1, state: { stage: 'new' } });
    expect(await storage.store.text('T-1-text')).toBe('the wording');
    expect(await storage.store.delivered('slack:1')).toBe('T-1');
    expect(await storage.outbox.claim(10, 1000)).toMatchObject([notice]);
  });

  test('refuses a version that does not stand, and writes nothing of the batch', async () => {
    await storage.store.commit(batch({ appends: [ticketOpened('T-1')] }));
    const conflicting = batch({
      appends: [ticketOpened('T-2'), ticketNoted('T-1', 0, 'X')],
      rows: [textOf('T-2', 'lost')],
      outgoing: [notice],
      delivery: { key: 'k', outcome: 'T-2' },
    });
    expect(await storage.store.commit(conflicting)).toEqual({ ok: false, conflict: 'version' });
    expect((await storage.store.load('ticket', 'T-2')).version).toBe(0);
    expect(await storage.store.text('T-2-text')).toBeUndefined();
    expect(await storage.store.delivered('k')).toBeUndefined();
    expect(await storage.outbox.nextDue()).toBeUndefined();
  });

  test('refuses when what was only read has moved on', async () => {
    await storage.store.commit(batch({ appends: [ticketOpened('T-1')] }));
    const reading = (version: number) =>
      storage.store.commit(batch({ appends: [ticketOpened('T-2')], reads: [{ kind: 'ticket', id: 'T-1', version }] }));
    expect(await reading(0)).toEqual({ ok: false, conflict: 'version' });
    expect(await reading(1)).toEqual({ ok: true });
  });

  test('knows a delivery again for a day, before it looks at versions', async () => {
    const once = batch({ appends: [ticketOpened('T-1')], delivery: { key: 'k', outcome: 'T-1' } });
    await storage.store.commit(once);
    expect(await storage.store.commit(once)).toEqual({ ok: false, conflict: 'delivery', outcome: 'T-1' });
    clock.advance(day);
    expect(await storage.store.commit(once)).toEqual({ ok: false, conflict: 'version' });
    expect(await storage.store.commit(batch({ delivery: { key: 'k', outcome: 'again' } }))).toEqual({ ok: true });
    expect(await storage.store.delivered('k')).toBe('again');
  });

  test('continues a stream twice within a batch', async () => {
    const both = batch({ appends: [ticketOpened('T-1'), ticketNoted('T-1', 1, 'X')] });
    expect(await storage.store.commit(both)).toEqual({ ok: true });
    expect((await storage.store.trail('ticket', 'T-1')).map((row) => row.event.type)).toEqual([
      'ticket-opened',
      'ticket-noted',
    ]);
  });

  test('rolls everything back when a later part fails', async () => {
    const broken = batch({ appends: [ticketOpened('T-1')], outgoing: [{ ...notice, dueAt: 'no instant' }] });
    await expect(storage.store.commit(broken)).rejects.toThrow(RangeError);
    expect((await storage.store.load('ticket', 'T-1')).version).toBe(0);
    expect(storage.audit.head().seq).toBe(0);
  });

  test('does not take a promise for a transaction', () =>
    inFolder((folder) => {
      const { atomically, client } = openDatabase(folder, start);
      // @ts-expect-error: a body that gives a promise would write outside of its transaction.
      expect(() => atomically(async () => 1)).toThrow('promise');
      expect(atomically(() => 1)).toBe(1);
      client.close();
    }));
});

describe('properties', () => {
  const ids = ['T-1', 'T-2', 'T-3'];
  const attempt = fc.record({
    id: fc.constantFrom(...ids),
    expected: fc.nat(4),
    count: fc.integer({ min: 1, max: 3 }),
    read: fc.option(fc.record({ id: fc.constantFrom(...ids), version: fc.nat(4) }), { nil: undefined }),
    key: fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { nil: undefined }),
  });

  test('commits behave as a model of versions and keys says, over two connections', patience, () =>
    inFolder(async (root) => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), attempt), { maxLength: 25 }), async (attempts) => {
          const still = testClock();
          run += 1;
          const connections = [testStorage(still, `${root}-${run}`), testStorage(still, `${root}-${run}`)] as const;
          const versions = new Map<string, number>();
          const keys = new Map<string, string>();
          let [rows, number] = [0, 0];
          for (const [second, { id, expected, count, read, key }] of attempts) {
            const { store } = connections[second ? 1 : 0];
            const outcome = `outcome-${(number += 1)}`;
            const events = Array.from({ length: count }, () => ({
              type: 'ticket-noted' as const,
              at: start,
              by: 'P-9',
              text: 'X',
            }));
            const done = await store.commit(
              batch({
                appends: [{ kind: 'ticket', id, expected, events }],
                reads: read ? [{ kind: 'ticket', ...read }] : [],
                outgoing: [notice],
                ...(key ? { delivery: { key, outcome } } : {}),
              }),
            );
            const known = key && keys.get(key);
            const current = (versions.get(id) ?? 0) === expected;
            const readStands = !read || (versions.get(read.id) ?? 0) === read.version;
            const conflict = known
              ? { ok: false, conflict: 'delivery', outcome: known }
              : { ok: false, conflict: 'version' };
            const goes = !known && current && readStands;
            expect(done).toEqual(goes ? { ok: true } : conflict);
            if (!goes) continue;
            versions.set(id, expected + count);
            if (key) keys.set(key, outcome);
            rows += count;
          }
          for (const { store, audit, close } of connections) {
            for (const id of ids) expect((await store.load('ticket', id)).version).toBe(versions.get(id) ?? 0);
            expect(audit.verify()).toMatchObject({ ok: true, head: { seq: rows } });
            close();
          }
        }),
        { numRuns: process.env.SOAK ? 500 : 15, seed: process.env.SOAK ? undefined : 7 },
      );
    }),
  );
});
