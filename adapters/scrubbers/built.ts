import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Of the project: two folders up from here, and from where this is built into. */
export const root: string = fileURLToPath(new URL('../../', import.meta.url));
/** Where the code of the child processes, and of the command that starts them, is built into few files. */
export const builtFolder: string = join(root, 'dist/scrub');
export const builtList: string = join(builtFolder, 'sources.json');

/** A source as it was when it was built: its path from the root, its size and when it was last written. */
export type Source = readonly [path: string, bytes: number, writtenMs: number];

export function sourceOf(path: string): Source {
  const { size, mtimeMs } = statSync(join(root, path));
  return [path, size, mtimeMs];
}

const isBuilt = fileURLToPath(import.meta.url).startsWith(join(builtFolder, '/'));

/** Gives a built file where it is there and made of the sources as they are now; undefined otherwise: then the sources themselves are run, which takes a fifth of a second longer to start. */
export function builtFile(name: string): string | undefined {
  // What is built runs only when it was found to be fresh.
  if (isBuilt) return join(builtFolder, name);
  try {
    const sources = JSON.parse(readFileSync(builtList, 'utf8')) as readonly Source[];
    const isFresh = sources.every(([path, bytes, writtenMs]) => {
      const now = sourceOf(path);
      return now[1] === bytes && now[2] === writtenMs;
    });
    return isFresh && sources.length > 0 ? join(builtFolder, name) : undefined;
  } catch {
    return undefined;
  }
}
