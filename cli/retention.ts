import { parseArgs } from 'node:util';
import { environmentHere } from '../config.ts';
import { readRetention } from '../storage/retention.ts';
import { type Out, terminal, withStorage } from './storage.ts';

/**
 * `npm run retention [-- --dry-run]`: removes what is to be kept no longer and prints what was removed, by kind. The table is
 * the JSON file that RETENTION_FILE names, or the default. Exit code 0; 2 where it failed, and then nothing was removed.
 */
export function retention(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  io: Out = terminal,
): number {
  return withStorage(env, io, (storage) => {
    const { values } = parseArgs({ args: [...args], options: { 'dry-run': { type: 'boolean', default: false } } });
    const dry = values['dry-run'];
    const removed = storage.retain(readRetention(env.RETENTION_FILE || undefined), dry);
    io.out(dry ? 'To be removed:\n' : 'Removed:\n');
    for (const [kind, count] of Object.entries(removed)) io.out(`  ${kind}: ${count}\n`);
    return 0;
  });
}

if (import.meta.main) process.exitCode = retention(process.argv.slice(2), environmentHere());
