import { inArray } from 'drizzle-orm';
import type { Role } from '../domain/people.ts';
import type { Database } from './database.ts';
import type { SealedRows } from './rows.ts';
import { grants, people } from './schema.ts';

export interface Names {
  /** Says that this person's row was, or may have been, written. */
  readonly touched: (person: string) => void;
  /** Forgets all names: rows were removed past `touched`. */
  readonly forget: () => void;
  /**
   * People who hold one of the roles (of 'everybody': any or none) and whose name holds each of the words (compared without case and accents), by name; at most `limit`.
   * Without words, the first ones. What is given is read from the row itself.
   */
  readonly search: (
    words: string,
    roles: readonly Role[] | 'everybody',
    limit: number,
  ) => readonly { readonly id: string; readonly name: string }[];
}

const fold = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/**
 * Names are sealed, so that no query can look into them: they are unsealed once, held in this process's memory, and searched there. A
 * keystroke reads no more rows than it shows. Another process's commit (an operator's command) is noticed by SQLite's
 * `data_version` (sqlite.org/pragma.html#pragma_data_version).
 */
export function openNames({ db, client }: Database, rows: SealedRows): Names {
  let known: { id: string; folded: string }[] | undefined;
  let version: unknown;
  const dirty = new Set<string>();
  const ids = db.select({ id: people.id }).from(people).prepare();
  const entry = (id: string) => {
    const name = rows.person(id)?.name;
    return name ? [{ id, folded: fold(name) }] : [];
  };

  const current = () => {
    const now = client.pragma('data_version', { simple: true });
    if (!known || now !== version) {
      known = ids.all().flatMap(({ id }) => entry(id));
    } else if (dirty.size > 0) {
      known = [...known.filter(({ id }) => !dirty.has(id)), ...[...dirty].flatMap(entry)];
    } else return known;
    version = now;
    dirty.clear();
    known.sort((a, b) => (a.folded < b.folded ? -1 : 1));
    return known;
  };

  const holders = (roles: readonly Role[]) =>
    new Set(
      db
        .selectDistinct({ person: grants.person })
        .from(grants)
        .where(inArray(grants.role, [...roles]))
        .all()
        .map(({ person }) => person),
    );

  return {
    touched: (person) => void dirty.add(person),
    forget: () => {
      known = undefined;
    },
    search(words, roles, limit) {
      const wanted = fold(words).split(/\s+/).filter(Boolean);
      const holding = roles === 'everybody' ? undefined : holders(roles);
      const found: { id: string; name: string }[] = [];
      for (const { id, folded } of current()) {
        if (found.length >= limit) break;
        if (holding?.has(id) === false || !wanted.every((word) => folded.includes(word))) continue;
        const name = rows.person(id)?.name;
        if (name) found.push({ id, name });
      }
      return found;
    },
  };
}
