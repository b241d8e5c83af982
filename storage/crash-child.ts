import { parseMasterKeys } from './keys.ts';
import { openStorage } from './open.ts';

/** Commits until it is killed, and tells its parent each commit after it was answered. Started by the crash test. */
const [folder = '', key = '', from = '0'] = process.argv.slice(2);
const clock = { now: () => new Date().toISOString() };
const { store } = openStorage({ folder, keys: parseMasterKeys(key), clock });

for (let number = Number(from); ; number += 1) {
  const id = `T-${number}`;
  const [at, text] = [clock.now(), `${id}-text`];
  const done = await store.commit({
    appends: [
      {
        kind: 'ticket',
        id,
        expected: 0,
        events: [
          { type: 'ticket-opened', at, by: 'P-1', requester: 'P-1', topic: 'other', text },
          { type: 'ticket-triaged', at, by: 'P-2', topic: 'files' },
        ],
      },
    ],
    reads: [],
    rows: [{ row: 'text', id: text, owner: id, value: `what ${id} says` }],
    outgoing: [{ kind: 'notice', lane: `lane-${number % 5}`, payload: { ticket: id } }],
    delivery: { key: `delivery-${number}`, outcome: id },
  });
  await new Promise((sent) => process.send?.({ number, ok: done.ok }, sent));
}
