import type { Batch, Committed } from '../domain/memory-ports.ts';
import type { Database } from './database.ts';

interface Waiting {
  readonly batch: Batch;
  readonly resolve: (committed: Committed) => void;
  readonly reject: (error: unknown) => void;
}

type Outcome = { readonly committed: Committed } | { readonly error: unknown };

/**
 * Commits what arrives in the same turn of the event loop in one transaction: the disk is waited for once, not once for each, which is what a busy service spends its
 * time on. Each batch is a savepoint of its own and stands or falls by itself, in the order of arrival; none is answered before all are on the disk. Rejects all of them
 * where the transaction itself fails.
 */
export function together(
  { client, atomically }: Database,
  commit: (batch: Batch) => Committed,
): (batch: Batch) => Promise<Committed> {
  const waiting: Waiting[] = [];

  const one = (batch: Batch): Outcome => {
    try {
      return { committed: commit(batch) };
    } catch (error) {
      // Some failures (a full disk) end the whole transaction: then nothing more may be written as if it were still there.
      if (!client.inTransaction) throw error;
      return { error };
    }
  };

  const run = (): void => {
    const work = waiting.splice(0);
    let outcomes: readonly Outcome[];
    try {
      outcomes = atomically(() => work.map(({ batch }) => one(batch)));
    } catch (error) {
      outcomes = work.map(() => ({ error }));
    }
    for (const [index, { resolve, reject }] of work.entries()) {
      const outcome = outcomes[index];
      if (outcome && 'committed' in outcome) resolve(outcome.committed);
      else reject(outcome?.error);
    }
  };

  return (batch) =>
    new Promise((resolve, reject) => {
      waiting.push({ batch, resolve, reject });
      if (waiting.length === 1) setImmediate(run);
    });
}
