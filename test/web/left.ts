import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plantedWords } from './files.ts';

/** Which of the planted words stand in the files of the data folder, in UTF-8 or UTF-16, or in the log: each with where it stands. */
export function leftIn(folder: string, log: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const places = [
    ...files.map((path) => ({ where: path.slice(folder.length), bytes: contentOf(path) })),
    { where: 'the log', bytes: Buffer.from(log) },
  ];
  return places.flatMap(({ where, bytes }) =>
    plantedWords
      .filter((word) => bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le')))
      .map((word) => `${word} in ${where}`),
  );
}

/** A file may go between the listing and the reading. */
function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
