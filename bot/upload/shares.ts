import type { Spool } from '../../domain/ports.ts';
import { heldId } from './held.ts';

/** Files that one person works on at a time: the disk is everybody's. */
export const mostAtOnce = 5;

/** Remembers whose files the spool holds, for as long as it holds them: in this process alone, as the spool does. */
export function createShares(spool: Pick<Spool, 'length'>) {
  const files = new Map<string, Set<string>>();
  return {
    /** Whether a person may begin another file. What has gone from the spool meanwhile does not count. */
    async hasRoom(person: string): Promise<boolean> {
      const held = files.get(person) ?? new Set();
      for (const document of held)
        if ((await spool.length(heldId('original', document))) === undefined) held.delete(document);
      if (held.size === 0) files.delete(person);
      return held.size < mostAtOnce;
    },
    /** A file of theirs is in the spool from now on. */
    add(person: string, document: string): void {
      files.set(person, (files.get(person) ?? new Set<string>()).add(document));
    },
  };
}
