import type { CorePorts } from '../bot/context.ts';
import { environmentHere } from '../config.ts';
import { machineClock, randomIds } from '../random.ts';
import { storageFromEnvironment } from './storage.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Print = (text: string) => void;

/**
 * Works on the memory of DATA_DIR, made where there is none; what it queues is delivered by the server. Gives the exit status of
 * `work`, or 1 where it throws, the message printed.
 */
export async function withPorts(
  env: Environment,
  print: Print,
  work: (ports: CorePorts) => Promise<number>,
): Promise<number> {
  const storage = storageFromEnvironment(env, true);
  const { store, kept, outbox, vault } = storage;
  try {
    return await work({ store, kept, outbox, vault, clock: machineClock, ids: randomIds });
  } catch (error) {
    print(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    storage.close();
  }
}

/** Runs a command from the terminal, with `.env` where there is one; sets the process's exit status. */
export async function fromTerminal(
  command: (args: readonly string[], env: Environment, print: Print) => number | Promise<number>,
): Promise<void> {
  process.exitCode = await command(process.argv.slice(2), environmentHere(), (text) => void process.stdout.write(text));
}
