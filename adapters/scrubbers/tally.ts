import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

/** How many files are done, where a process that is lost has left it. */
export interface Tally {
  set(done: number): void;
  close(): void;
}

const BYTES = 4;

/** Begins a count in a file that is not there yet. A count is there for who reads it as soon as it is set, whatever then happens to this process. Throws what the file system says. */
export function beginTally(path: string): Tally {
  const descriptor = openSync(path, 'wx', 0o600);
  const bytes = Buffer.alloc(BYTES);
  return {
    set: (done) => {
      bytes.writeUInt32LE(done);
      writeSync(descriptor, bytes, 0, BYTES, 0);
    },
    close: () => closeSync(descriptor),
  };
}

/** The count that was set last; 0 where none was. */
export function tallied(path: string): number {
  try {
    const bytes = readFileSync(path);
    return bytes.length < BYTES ? 0 : bytes.readUInt32LE();
  } catch {
    return 0;
  }
}
