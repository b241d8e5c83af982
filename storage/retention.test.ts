import { expect, test } from 'vitest';
import { happens } from './activity.ts';
import { defaultRetention, retentionSchema } from './retention.ts';
import { batch, day, start, testClock, testStorage, textOf, ticketOpened } from './testing.ts';
import { after } from './time.ts';

const details = {
  name: 'Dr Ada Example',
  email: 'ada@hospital.example',
  language: 'en',
  zone: 'UTC',
  prefers: 'chat',
} as const;

async function inhabited() {
  const clock = testClock();
  const storage = testStorage(clock);
  const identity = { platform: 'web', tenant: 'local', user: 'ada' } as const;
  const { store, kept, vault, outbox } = storage;
  for (const person of ['P-1', 'P-2'])
    await happens(storage, 'person', person, 0, [{ row: 'person', id: person, value: details }]);
  await store.commit(batch({ rows: [{ row: 'identity', identity, person: 'P-1' }] }));
  await happens(storage, 'person', 'P-1', 5);
  for (const id of ['C-1', 'C-2'])
    await happens(storage, 'case', id, 0, [{ row: 'case', id, value: { pseudonym: id } }]);
  await happens(storage, 'case', 'C-1', 5);
  for (const id of ['T-1', 'T-2'])
    await store.commit(
      batch({ appends: [ticketOpened(id)], rows: [textOf(id, 'words')], delivery: { key: id, outcome: id } }),
    );
  await happens(storage, 'ticket', 'T-1', 4);
  await store.commit(batch({ rows: [{ row: 'text', id: 'X-1', owner: 'nobody', value: 'lost' }] }));
  await store.commit(batch({ rows: [{ row: 'attestation', id: 'A-1', value: { name: 'Ada', role: 'lead' } }] }));
  await kept.put('k', 'v', after(start, day));
  await kept.put('forever', 'v');
  for (const event of [0, 2]) await happens(storage, 'document', 'D-1', event);
  for (const id of ['D-1', 'D-2']) await vault.put(id, Buffer.from('bytes'), after(start, 5000 * day));
  await outbox.add([{ kind: 'notice', lane: 'P-1', payload: {} }]);
  for (const { id } of await outbox.claim(1, 1000)) await outbox.dead(id, 'blocked');
  return { clock, storage };
}

const nothing = {
  deliveries: 0,
  kept: 0,
  vault: 0,
  'dead letters': 0,
  'texts of a ticket': 0,
  'texts of a registration': 0,
  'texts of a request': 0,
  'texts of a poll': 0,
  'texts of a series': 0,
  'texts of a meeting': 0,
  'texts of a case': 0,
  'texts of a document': 0,
  'other texts': 0,
  cases: 0,
  identities: 0,
  people: 0,
  attestations: 0,
  backups: 0,
};

test('what has come to its end goes in its time, and nothing else', async () => {
  const { clock, storage } = await inhabited();
  const { audit, retain, store } = storage;
  const { seq } = audit.head();
  expect(retain(defaultRetention)).toEqual(nothing);
  clock.advance(31 * day);
  const month = { ...nothing, deliveries: 2, kept: 1, vault: 1, identities: 1, people: 1 };
  expect(retain(defaultRetention, true)).toEqual(month);
  expect(await store.person('P-1')).toBeDefined();
  expect(retain(defaultRetention)).toEqual(month);
  expect(await store.person('P-1')).toBeUndefined();
  expect(await store.person('P-2')).toEqual(details);
  clock.advance(335 * day);
  expect(retain(defaultRetention)).toEqual({ ...nothing, 'dead letters': 1, 'texts of a ticket': 1, 'other texts': 1 });
  expect(await store.text('T-2-text')).toBe('words');
  clock.advance(4 * 365 * day);
  expect(retain(defaultRetention)).toEqual({ ...nothing, cases: 1 });
  expect(await store.caseDetails('C-2')).toEqual({ pseudonym: 'C-2' });
  clock.advance(5 * 365 * day);
  expect(retain(defaultRetention)).toEqual({ ...nothing, attestations: 1 });
  expect(await storage.kept.get('forever')).toBe('v');
  expect(audit.verify()).toMatchObject({ ok: true, head: { seq } });
});

test('a table is checked, and what it leaves out is the default', () => {
  expect(retentionSchema.parse({ cases: 10, texts: { ticket: 5 } })).toEqual({
    ...defaultRetention,
    cases: 10,
    texts: { ...defaultRetention.texts, ticket: 5 },
  });
  for (const wrong of [{ cases: -1 }, { cases: '10' }, { cass: 10 }, { texts: { tickets: 1 } }])
    expect(retentionSchema.safeParse(wrong)).toMatchObject({ success: false });
});
