import { environmentHere } from '../config.ts';
import { type Out, terminal, withStorage } from './storage.ts';

/**
 * `npm run rebuild`: makes the read tables anew from the event log, and says whether they were different before. It may run
 * beside the bot, whose commits wait meanwhile. Exit code 0; 2 where it failed, and then nothing was changed.
 */
export function rebuild(env: Readonly<Record<string, string | undefined>>, io: Out = terminal): number {
  return withStorage(env, io, ({ tables }) => {
    const before = new Set(tables.dump());
    const { entities, events } = tables.rebuild();
    const different = tables.dump().filter((row) => !before.delete(row)).length + before.size;
    io.out(`${entities} entities made from ${events} events; `);
    io.out(different === 0 ? 'the tables were as they should be.\n' : `${different} rows were different.\n`);
    return 0;
  });
}

if (import.meta.main) process.exitCode = rebuild(environmentHere());
