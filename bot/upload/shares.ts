import type { Spool } from '../../domain/bytes.ts';
import { heldId } from './held.ts';

/** Files that one person works on at a time: the disk is everybody's. */
export const mostAtOnce = 5;

/** Remembers whose files the spool holds, for as long as it holds them: in this process alone, as the spool does. */
export function createShares(spool: Pick<Spool, 'length'>) {
  const files = new Map<string, Set<string>>();
  /** Begun, and not yet in the spool. */
  const coming = new Set<string>();
  return {
    /**
     * Does what puts a person's further file into the spool; gives undefined, and does nothing, where they have as many as they may. What has gone from the spool meanwhile does not
     * count. Of many calls at the same moment no more pass than there is room for.
     */
    async take<T>(person: string, document: string, put: () => Promise<T>): Promise<T | undefined> {
      for (const one of files.get(person) ?? [])
        if (!coming.has(one) && (await spool.length(heldId('original', one))) === undefined)
          files.get(person)?.delete(one);
      // Nothing is waited for between the count and the entry.
      const held = files.get(person) ?? new Set<string>();
      if (held.size >= mostAtOnce) return undefined;
      files.set(person, held.add(document));
      coming.add(document);
      try {
        return await put();
      } finally {
        coming.delete(document);
      }
    },
  };
}
