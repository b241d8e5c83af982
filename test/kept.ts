import type { Kept } from '../domain/memory-ports.ts';

/** Kept rows in memory, as the port's contract has them, without expiry. */
export function memoryKept(rows = new Map<string, string>()): Kept & { readonly rows: Map<string, string> } {
  const children = (prefix: string) =>
    [...rows.keys()].filter((key) => key.startsWith(prefix) && !key.slice(prefix.length).includes(':'));
  return {
    rows,
    get: async (key) => rows.get(key),
    put: async (key, value) => void rows.set(key, value),
    jot: async (key, value) => void rows.set(key, value),
    async claim(key, value) {
      if (rows.has(key)) return false;
      rows.set(key, value);
      return true;
    },
    delete: async (key) => void rows.delete(key),
    async take(key) {
      const value = rows.get(key);
      rows.delete(key);
      return value;
    },
    list: async (prefix) => children(prefix).flatMap((key) => rows.get(key) ?? []),
    async deleteAll(prefix) {
      for (const key of children(prefix)) rows.delete(key);
    },
  };
}
