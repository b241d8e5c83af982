import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { localMasterKeys, parseMasterKeys } from '../storage/keys.ts';
import { openStorage, type Storage } from '../storage/open.ts';

/** Where an operator's command writes to. */
export interface Out {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

// Whoever reads with `head` closes the pipe early: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** The terminal. */
export const terminal: Out = {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
};

/**
 * Opens the storage that the environment names: DATA_DIR (default ./data), MASTER_KEY (base64, several separated by commas,
 * the newest first; without it the local mode's key file) and ANCHOR_FILE. Throws where there is no database yet, so that a
 * mistyped folder does not look like an empty log; with `make` it is made, for what prepares a server before its first start.
 */
export function storageFromEnvironment(env: Readonly<Record<string, string | undefined>>, make = false): Storage {
  const folder = env.DATA_DIR || './data';
  if (!make && !existsSync(join(folder, 'cpms-bot.sqlite')))
    throw new Error(`There is no database in ${folder} (DATA_DIR).`);
  return openStorage({
    folder,
    keys: env.MASTER_KEY ? parseMasterKeys(env.MASTER_KEY) : localMasterKeys(folder),
    clock: { now: () => new Date().toISOString() },
    ...(env.ANCHOR_FILE ? { anchor: env.ANCHOR_FILE } : {}),
  });
}

/**
 * Runs one command on the opened storage and closes it. Gives the exit code: the command's own, or 2 with the error's message
 * where it throws (a wrong option, a wrong key, no database).
 */
export function withStorage(
  env: Readonly<Record<string, string | undefined>>,
  { error }: Out,
  command: (storage: Storage) => number,
): number {
  try {
    const storage = storageFromEnvironment(env);
    try {
      return command(storage);
    } finally {
      storage.close();
    }
  } catch (thrown) {
    error(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    return 2;
  }
}
