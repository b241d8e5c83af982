import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OutboxRow, Outgoing } from '../domain/memory-ports.ts';
import { inFolder, patience, second, start, testClock, testStorage } from './testing.ts';
import { after } from './time.ts';

const row = (lane: string, name: string, more: Partial<Outgoing> = {}): Outgoing => ({
  kind: 'notice',
  lane,
  payload: { name },
  ...more,
});
const names = (rows: readonly OutboxRow[]) => rows.map(({ payload }) => payload.name);
const lease = 30 * second;

function open() {
  const clock = testClock();
  return { clock, outbox: testStorage(clock).outbox };
}

describe('the outbox', () => {
  test('gives the first row of each lane, and the next when it is done', async () => {
    const { outbox } = open();
    await outbox.add([row('a', 'a1'), row('a', 'a2'), row('b', 'b1')]);
    const claimed = await outbox.claim(10, lease);
    expect(names(claimed)).toEqual(['a1', 'b1']);
    expect(await outbox.claim(10, lease)).toEqual([]);
    await outbox.done(claimed[0]?.id ?? 0);
    expect(names(await outbox.claim(10, lease))).toEqual(['a2']);
  });

  test('lets a row that is due pass one that is not', async () => {
    const { clock, outbox } = open();
    await outbox.add([row('a', 'reminder', { dueAt: after(start, 60 * second) }), row('a', 'now')]);
    expect(names(await outbox.claim(10, lease))).toEqual(['now']);
    clock.advance(10 * second);
    expect(await outbox.claim(10, lease)).toEqual([]);
    clock.advance(50 * second);
    expect(names(await outbox.claim(10, lease))).toEqual(['reminder']);
  });

  test('keeps the lane waiting behind a row that is tried again', async () => {
    const { clock, outbox } = open();
    await outbox.add([row('a', 'a1'), row('a', 'a2')]);
    const [first] = await outbox.claim(10, lease);
    expect(first?.attempts).toBe(0);
    await outbox.again(first?.id ?? 0, after(start, 20 * second), 'rate-limited');
    expect(await outbox.claim(10, lease)).toEqual([]);
    expect(await outbox.nextDue()).toBe(after(start, 20 * second));
    clock.advance(20 * second);
    expect(await outbox.claim(10, lease)).toMatchObject([{ payload: { name: 'a1' }, attempts: 1 }]);
  });

  test('gives a row again when its lease has run out', async () => {
    const { clock, outbox } = open();
    await outbox.add([row('a', 'a1'), row('a', 'a2')]);
    await outbox.claim(10, lease);
    expect(await outbox.nextDue()).toBe(after(start, lease));
    clock.advance(lease - 1);
    expect(await outbox.claim(10, lease)).toEqual([]);
    clock.advance(1);
    expect(await outbox.claim(10, lease)).toMatchObject([{ payload: { name: 'a1' }, attempts: 1 }]);
  });

  test('leaves a dead letter aside until it is revived', async () => {
    const { outbox } = open();
    await outbox.add([row('a', 'a1'), row('a', 'a2')]);
    const [first] = await outbox.claim(1, lease);
    await outbox.dead(first?.id ?? 0, 'blocked');
    expect(names(await outbox.claim(10, lease))).toEqual(['a2']);
    expect(await outbox.deadLetters({ limit: 10 })).toMatchObject([{ payload: { name: 'a1' }, reason: 'blocked' }]);
    await outbox.revive(first?.id ?? 0);
    expect(await outbox.deadLetters({ limit: 10 })).toEqual([]);
    expect(await outbox.claim(10, lease)).toMatchObject([{ payload: { name: 'a1' }, attempts: 0 }]);
  });

  test('keeps the latest of what replaces each other', async () => {
    const { outbox } = open();
    const home = (name: string) => row('a', name, { kind: 'surface', replaces: 'home:P-1' });
    await outbox.add([home('old'), home('new')]);
    const [claimed] = await outbox.claim(10, lease);
    expect(claimed?.payload.name).toBe('new');
    // On its way already: the newer one follows, and a failed older one is not tried again.
    await outbox.add([home('newer')]);
    expect(await outbox.claim(10, lease)).toEqual([]);
    await outbox.again(claimed?.id ?? 0, start, 'timeout');
    expect(names(await outbox.claim(10, lease))).toEqual(['newer']);
  });
});

type Step = {
  readonly worker: number;
  readonly act: 'claim' | 'done' | 'again' | 'dead' | 'add' | 'wait';
  readonly n: number;
};

test('two workers never hold one row or one lane, and every lane goes out in order', patience, () =>
  inFolder(async (root) => {
    let run = 0;
    const steps = fc.array(
      fc.record<Step>({
        worker: fc.nat(1),
        act: fc.constantFrom('claim', 'claim', 'done', 'done', 'again', 'dead', 'add', 'wait'),
        n: fc.nat(5),
      }),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (acts) => {
        const clock = testClock();
        run += 1;
        const storages = [testStorage(clock, `${root}-${run}`), testStorage(clock, `${root}-${run}`)];
        const held = new Map<number, { row: OutboxRow; until: string }>();
        const out = new Map<string, number[]>();
        const dead = new Set<number>();
        const twice: unknown[] = [];
        let added = 0;
        for (const { worker, act, n } of acts) {
          const outbox = storages[worker]?.outbox;
          if (!outbox) continue;
          const live = [...held.values()].filter(({ until }) => until > clock.now());
          const mine = live[n % Math.max(1, live.length)]?.row;
          if (act === 'add') await outbox.add([row(`lane-${n % 3}`, `${(added += 1)}`)]);
          else if (act === 'wait') clock.advance(n * 10 * second);
          else if (act === 'claim') {
            for (const claimed of await outbox.claim(n + 1, lease)) {
              twice.push(...live.filter(({ row: other }) => other.id === claimed.id || other.lane === claimed.lane));
              held.set(claimed.id, { row: claimed, until: after(clock.now(), lease) });
            }
          } else if (mine) {
            held.delete(mine.id);
            if (act === 'done') {
              await outbox.done(mine.id);
              out.set(mine.lane, [...(out.get(mine.lane) ?? []), mine.id]);
            } else if (act === 'again') await outbox.again(mine.id, after(clock.now(), n * second), 'later');
            else {
              await outbox.dead(mine.id, 'never');
              dead.add(mine.id);
            }
          }
        }
        for (;;) {
          clock.advance(60 * second);
          const rest = (await storages[0]?.outbox.claim(10, lease)) ?? [];
          if (rest.length === 0) break;
          for (const { id, lane } of rest) {
            await storages[1]?.outbox.done(id);
            out.set(lane, [...(out.get(lane) ?? []), id]);
          }
        }
        expect(twice).toEqual([]);
        const delivered = [...out.values()];
        for (const ids of delivered) expect(ids).toEqual(ids.toSorted((a, b) => a - b));
        expect(delivered.flat().length + dead.size).toBe(added);
        for (const { close } of storages) close();
      }),
      { numRuns: process.env.SOAK ? 500 : 20, seed: process.env.SOAK ? undefined : 11 },
    );
  }),
);
