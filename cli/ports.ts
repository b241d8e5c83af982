import type { CorePorts } from '../bot/context.ts';
import { machineClock, randomIds } from '../random.ts';
import type { Storage } from '../storage/open.ts';
import { storageFromEnvironment } from './storage.ts';

/** What an operator's command works with: the memory of DATA_DIR, made where there is none. The caller closes it; what it queues is delivered by the server. */
export function operatorStorage(env: Readonly<Record<string, string | undefined>>): {
  readonly storage: Storage;
  readonly ports: CorePorts;
} {
  const storage = storageFromEnvironment(env, true);
  const { store, kept, outbox, vault } = storage;
  return { storage, ports: { store, kept, outbox, vault, clock: machineClock, ids: randomIds } };
}
