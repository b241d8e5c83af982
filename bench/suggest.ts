import type { Append, RowWrite } from '../domain/memory-ports.ts';
import { makeMasterKey, parseMasterKeys } from '../storage/keys.ts';
import { openStorage } from '../storage/open.ts';

/*
 * What one keystroke of the typeahead over people costs, beside the plain way of doing it: finding everybody of the roles and unsealing each
 * name. Both in one run over the same database in memory; read the ratio, not the milliseconds.
 */
const at = '2026-11-20T09:00:00.000Z';
const given = ['Anna', 'Béla', 'Chiara', 'Dörte', 'Erik', 'Françoise', 'Giulia', 'Håkon'];
const strokes = ['', 'e', 'er', 'eri', 'müll', 'mueller', 'zz', 'françoise 7'];

for (const size of [100, 1_000, 10_000]) {
  const storage = openStorage({ folder: ':memory:', keys: parseMasterKeys(makeMasterKey()), clock: { now: () => at } });
  const appends: Append[] = [];
  const rows: RowWrite[] = [];
  for (let index = 0; index < size; index += 1) {
    const id = `P-${String(index).padStart(8, '0')}`;
    const grant = { role: index % 2 === 0 ? 'expert' : 'patient-representative' } as const;
    appends.push({
      kind: 'person',
      id,
      expected: 0,
      events: [
        { type: 'person-entered', at, by: 'system' },
        { type: 'role-granted', at, by: 'system', grant },
      ],
    });
    const name = `${given[index % given.length] ?? ''} Müller-${index}`;
    const email = `${index}@hospital.example`;
    rows.push({ row: 'person', id, value: { name, email, language: 'en', zone: 'Europe/Paris', prefers: 'chat' } });
  }
  await storage.store.commit({ appends, rows, reads: [], outgoing: [] });
  await storage.store.searchPeople('', ['expert'], 1);

  const ours = await timed(async (words) => void (await storage.store.searchPeople(words, ['expert', 'member'], 100)));
  const plain = await timed(async (words) => {
    const found = await storage.store.find('person', { role: 'expert' }, { limit: size });
    const names = await Promise.all(found.map(async ({ id }) => (await storage.store.person(id))?.name ?? ''));
    names.filter((name) => name.toLowerCase().includes(words)).slice(0, 100);
  });
  process.stdout.write(
    `${size} people: ${ours.toFixed(3)} ms a keystroke, ${plain.toFixed(3)} ms by reading everybody (${(plain / ours).toFixed(1)} times)\n`,
  );
  storage.close();
}

/** Milliseconds of one search, over all strokes and ten rounds. */
async function timed(search: (words: string) => Promise<void>): Promise<number> {
  const rounds = 10;
  const begun = performance.now();
  for (let round = 0; round < rounds; round += 1) for (const words of strokes) await search(words);
  return (performance.now() - begun) / (rounds * strokes.length);
}
