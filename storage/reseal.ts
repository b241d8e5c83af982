import type { Database } from './database.ts';
import type { Place, Sealer } from './seal.ts';

/** Every sealed column, with the key of its row. */
const sealedColumns = [
  ['people', 'id', 'details'],
  ['identities', 'key', 'value'],
  ['cases', 'id', 'details'],
  ['texts', 'id', 'value'],
  ['attestations', 'id', 'value'],
  ['kept', 'key', 'value'],
  ['vault', 'id', 'bytes'],
] as const;

/**
 * Seals with the newest key what an older one has sealed, so that the older one can leave the configuration; gives the number
 * of values. One transaction for each table. Throws where a value's key is not configured; that table stays as it was.
 */
export function reseal({ client, atomically }: Database, { seal, open, keyOf, newest }: Sealer): number {
  let resealed = 0;
  for (const [table, key, column] of sealedColumns) {
    const write = client.prepare<[Buffer, string]>(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`);
    const ids = client.prepare<[], string>(`SELECT ${key} FROM ${table}`).pluck();
    const value = client.prepare<[string], Buffer>(`SELECT ${column} FROM ${table} WHERE ${key} = ?`).pluck();
    atomically(() => {
      for (const id of ids.all()) {
        const sealed = value.get(id);
        if (!sealed || keyOf(sealed) === newest) continue;
        const place: Place = `${table}:${id}:${column}`;
        write.run(seal(open(sealed, place), place), id);
        resealed += 1;
      }
    });
  }
  return resealed;
}
