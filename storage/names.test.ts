import { expect, test } from 'vitest';
import type { Append, RowWrite } from '../domain/memory-ports.ts';
import { inFolder, testClock, testStorage } from './testing.ts';

const at = '2026-03-02T09:00:00.000Z';
const row = (id: string, name: string | null): RowWrite => ({
  row: 'person',
  id,
  value:
    name === null ? null : { name, email: `${id}@x.example`, language: 'en', zone: 'Europe/Paris', prefers: 'chat' },
});
const entered = (id: string, role: 'expert' | 'lead'): Append => ({
  kind: 'person',
  id,
  expected: 0,
  events: [
    { type: 'person-entered', at, by: 'system' },
    { type: 'role-granted', at, by: 'system', grant: { role } },
  ],
});

test('people are searched by parts of their names, by role, without accents; a changed and an erased name at once', async () => {
  const { store } = testStorage(testClock());
  const commit = (appends: readonly Append[], rows: readonly RowWrite[]) =>
    store.commit({ appends, rows, reads: [], outgoing: [] });
  await commit(
    [entered('P-1', 'expert'), entered('P-2', 'expert'), entered('P-3', 'lead')],
    [row('P-1', 'Zoë Müller'), row('P-2', 'Anna Muller'), row('P-3', 'Lea Mueller')],
  );
  const names = async (words: string, limit = 10) =>
    (await store.searchPeople(words, ['expert', 'member'], limit)).map(({ name }) => name);
  expect(await names('')).toEqual(['Anna Muller', 'Zoë Müller']);
  expect(await names('', 1)).toEqual(['Anna Muller']);
  expect(await names('mül zoe')).toEqual(['Zoë Müller']);
  expect(await names('lea')).toEqual([]);
  await commit([], [row('P-2', 'Berta Klein')]);
  expect(await names('muller')).toEqual(['Zoë Müller']);
  expect(await names('kle')).toEqual(['Berta Klein']);
  await commit([], [row('P-1', null)]);
  expect(await names('')).toEqual(['Berta Klein']);
});

test('what another process wrote is found', () =>
  inFolder(async (folder) => {
    const [server, command] = [testStorage(testClock(), folder), testStorage(testClock(), folder)];
    const search = () => server.store.searchPeople('ada', ['expert'], 10);
    expect(await search()).toEqual([]);
    await command.store.commit({
      appends: [entered('P-1', 'expert')],
      rows: [row('P-1', 'Ada Example')],
      reads: [],
      outgoing: [],
    });
    expect(await search()).toEqual([{ id: 'P-1', name: 'Ada Example' }]);
    server.close();
    command.close();
  }));
