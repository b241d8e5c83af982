import fc from 'fast-check';
import { expect, test } from 'vitest';
import { everything, happens, kinds } from './activity.ts';
import { patience, testClock, testStorage } from './testing.ts';

const page = { limit: 10 };

test('a rebuild makes the same bytes as the commits did, in whatever order things happened', patience, () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ kind: fc.constantFrom(...kinds), entity: fc.nat(2), event: fc.nat(5) }), { maxLength: 60 }),
      async (happened) => {
        const storage = testStorage(testClock());
        for (const { kind, entity, event } of happened) await happens(storage, kind, `E-${entity}`, event);
        const before = storage.tables.dump();
        expect(storage.tables.rebuild().events).toBe(happened.length);
        expect(storage.tables.dump()).toEqual(before);
        storage.close();
      },
    ),
    { numRuns: process.env.SOAK ? 2000 : 60, seed: process.env.SOAK ? undefined : 3 },
  ),
);

test('a spoiled read table is put right by a rebuild', async () => {
  const storage = testStorage(testClock());
  await happens(storage, 'case', 'C-1', 0);
  const before = storage.tables.dump();
  storage.tables.save({ ...(storage.tables.row('case', 'C-1') ?? never()), status: 'closed' });
  expect(storage.tables.dump()).not.toEqual(before);
  storage.tables.rebuild();
  expect(storage.tables.dump()).toEqual(before);
});

test('entities are found by whose they are, where, with whom and how they stand', async () => {
  const storage = testStorage(testClock());
  await everything(storage);
  const { store } = storage;
  const ids = async (...[kind, filter]: Parameters<typeof store.count>) => {
    const found = await store.find(kind, filter, page);
    expect(await store.count(kind, filter)).toBe(found.length);
    return found.map(({ id }) => id);
  };
  expect(await ids('registration', { person: 'P-2', hcp: 'FR01', status: ['with-helpdesk', 'active'] })).toEqual([
    'registration-1',
  ]);
  expect(await ids('registration', { status: [] })).toEqual([]);
  expect(await ids('case', { person: 'P-2', group: 'HHT', caseId: 'case-1' })).toEqual(['case-1']);
  expect(await ids('case', { person: 'P-1' })).toEqual([]);
  expect(await ids('consent', { caseId: 'case-1', status: ['not-recorded'] })).toEqual(['case-1']);
  expect(await ids('document', { person: 'P-1', caseId: 'case-1' })).toEqual(['document-1']);
  expect(await ids('ticket', { assignee: 'P-9', person: 'P-1' })).toEqual(['ticket-1']);
  expect(await ids('meeting', { invitee: 'P-3' })).toEqual(['meeting-1']);
  expect(await ids('meeting', { invitee: 'P-1' })).toEqual([]);
  expect(await ids('meeting', { party: 'P-3' })).toEqual(['meeting-1']);
  expect(await ids('meeting', { party: 'P-9' })).toEqual([]);
  expect(await ids('poll', { invitee: 'P-3' })).toEqual(['poll-1']);
  expect(await ids('poll', { invitee: 'P-1' })).toEqual([]);
  expect(await ids('meeting', { from: '2026-04-02T10:00:00+02:00', to: '2026-04-03T00:00:00Z' })).toEqual([
    'meeting-1',
  ]);
  expect(await ids('meeting', { to: '2026-04-02T08:00:00Z' })).toEqual([]);
});

test('people are found by their roles; a role of the whole network counts for every HCP', async () => {
  const storage = testStorage(testClock());
  for (const event of [0, 1, 2]) await happens(storage, 'person', 'P-1', event);
  for (const event of [0, 1, 4]) await happens(storage, 'person', 'P-2', event);
  const ids = async (filter: Parameters<typeof storage.store.find>[1]) =>
    (await storage.store.find('person', filter, page)).map(({ id }) => id);
  expect(await ids({ role: 'lead' })).toEqual(['P-1']);
  expect(await ids({ role: 'lead', hcp: 'FR01' })).toEqual(['P-1']);
  expect(await ids({ role: 'lead', hcp: 'IT02' })).toEqual([]);
  expect(await ids({ role: 'coordinator', hcp: 'IT02' })).toEqual(['P-1']);
  expect(await ids({ hcp: 'FR01' })).toEqual(['P-1']);
  expect(await ids({ status: ['entered'], person: 'P-2' })).toEqual(['P-2']);
  expect(await ids({})).toEqual(['P-2', 'P-1']);
  expect((await storage.store.find('person', {}, { limit: 1, offset: 1 })).map(({ id }) => id)).toEqual(['P-1']);
});

test('a read table bears what no rule would let happen', async () => {
  const storage = testStorage(testClock());
  for (const event of [1, 1, 5, 0]) expect(await happens(storage, 'person', 'P-1', event)).toEqual({ ok: true });
  expect(await storage.store.load('person', 'P-1')).toMatchObject({ version: 4, state: { stage: 'entered' } });
});

test('a case that is stopped is on hold, whatever stage it goes on at', async () => {
  const storage = testStorage(testClock());
  for (const event of [0, 1, 2]) await happens(storage, 'case', 'C-1', event);
  expect(await storage.store.count('case', { status: ['on-hold'] })).toBe(1);
  expect(await storage.store.load('case', 'C-1')).toMatchObject({ version: 3, state: { stage: 'consented' } });
});

function never(): never {
  throw new Error('The row is missing.');
}
