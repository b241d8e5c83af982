import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { KnownIdentifiers } from '../domain/identifiers/spans.ts';

const words = z.array(z.string().trim().min(1).max(100)).max(20);
const shape = z.strictObject({
  names: words.default([]),
  birthDate: z.iso.date().optional(),
  numbers: words.optional(),
});

/** Reads known identifiers from a JSON file: {"names": ["…"], "birthDate": "YYYY-MM-DD", "numbers": ["…"]}. Gives a sentence instead where it cannot; it never quotes the file. */
export async function knownFrom(path: string): Promise<KnownIdentifiers | string> {
  try {
    const { names, birthDate, numbers } = shape.parse(JSON.parse(await readFile(path, 'utf8')));
    return { names, ...(birthDate ? { birthDate } : {}), ...(numbers ? { numbers } : {}) };
  } catch {
    return 'The known identifiers cannot be read: {"names": ["…"], "birthDate": "YYYY-MM-DD", "numbers": ["…"]} is expected, with at most 20 entries of 100 characters each.';
  }
}
