import { fork } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { seeded } from '../domain/seeded.ts';
import { makeMasterKey, parseMasterKeys } from './keys.ts';
import { openStorage } from './open.ts';
import { inFolder } from './testing.ts';

const rounds = process.env.SOAK ? 100 : 3;
const child = join(import.meta.dirname, 'crash-child.ts');

/** Lets a child commit, and kills it in the middle of what it does. Gives the numbers that it had acknowledged. */
async function crash(folder: string, key: string, from: number, milliseconds: number): Promise<number[]> {
  const acknowledged: number[] = [];
  const running = fork(child, [folder, key, String(from)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let killing: NodeJS.Timeout | undefined;
  running.on('message', (message: { number: number; ok: boolean }) => {
    expect(message.ok).toBe(true);
    acknowledged.push(message.number);
    killing ??= setTimeout(() => running.kill('SIGKILL'), milliseconds);
  });
  await new Promise((exited) => running.on('exit', exited));
  return acknowledged;
}

test('what was acknowledged is there after every crash, whole, and nothing twice', { timeout: rounds * 10_000 }, () =>
  inFolder(async (folder) => {
    const key = makeMasterKey();
    const random = seeded(Number(process.env.SEED ?? 42));
    const acknowledged = new Set<number>();
    let next = 0;
    for (let round = 0; round < rounds; round += 1) {
      for (const number of await crash(folder, key, next, 20 + random() * 300)) acknowledged.add(number);

      const clock = { now: () => new Date().toISOString() };
      const storage = openStorage({ folder, keys: parseMasterKeys(key), clock });
      const there = await storage.store.count('ticket', {});
      // One more than was acknowledged at most: committed, and killed before it could say so.
      expect(there - acknowledged.size).toBeLessThanOrEqual(round + 1);
      for (let number = next; number < there; number += 1) {
        const ticket = await storage.store.load('ticket', `T-${number}`);
        expect(ticket).toMatchObject({ version: 2, state: { stage: 'triaged', topic: 'files' } });
        expect(await storage.store.text(`T-${number}-text`)).toBe(`what T-${number} says`);
        const again = { key: `delivery-${number}`, outcome: 'twice' };
        expect(await storage.store.commit({ appends: [], reads: [], rows: [], outgoing: [], delivery: again })).toEqual(
          { ok: false, conflict: 'delivery', outcome: `T-${number}` },
        );
      }
      expect([...acknowledged].every((number) => number < there)).toBe(true);
      expect(storage.audit.verify()).toMatchObject({ ok: true, head: { seq: there * 2 } });

      const notices = new Set<string>();
      for (;;) {
        const claimed = await storage.outbox.claim(100, 60_000);
        if (claimed.length === 0) break;
        for (const { id, payload } of claimed) {
          expect(notices).not.toContain(payload.ticket);
          notices.add(payload.ticket ?? '');
          await storage.outbox.done(id);
        }
      }
      expect(notices.size).toBe(there - next);
      const before = storage.tables.dump();
      storage.tables.rebuild();
      expect(storage.tables.dump()).toEqual(before);
      next = there;
      storage.close();
    }
    expect(next).toBeGreaterThan(rounds);
  }),
);
