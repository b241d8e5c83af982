import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCalendar } from '../../adapters/calendar/calendar.ts';
import type { Ports } from '../../bot/context.ts';
import type { Clock } from '../../domain/ports.ts';
import { randomIds } from '../../random.ts';
import { parseMasterKeys } from '../../storage/keys.ts';
import { openStorage, type Storage } from '../../storage/open.ts';
import { createSpool } from '../../storage/spool.ts';
import { createTestScrubber } from '../scrubber.ts';
import { testSettings } from '../settings.ts';

/** The machine's time and `offsetMs`, and never the same instant twice: all events of one commit have its time, and no others. */
export function strictClock(offsetMs: number): Clock {
  let last = 0;
  return {
    now() {
      last = Math.max(last + 1, Date.now() + offsetMs);
      return new Date(last).toISOString();
    },
  };
}

/** The storage of a folder and the ports over it; messages and mails go nowhere until the caller says where. */
export function servicePorts(
  folder: string,
  key: string,
  clock: Clock,
): { readonly storage: Storage; readonly ports: Ports } {
  const storage = openStorage({ folder, keys: parseMasterKeys(key), clock });
  const { store, kept, outbox, vault } = storage;
  const spool = createSpool({ folder: join(tmpdir(), `cpms-crash-${randomIds.token()}`) });
  return {
    storage,
    ports: {
      store,
      kept,
      outbox,
      vault,
      scrubber: createTestScrubber(),
      spool,
      calendar: createCalendar(),
      mail: { send: async () => undefined },
      clock,
      ids: randomIds,
      channels: [],
      log: {
        info: () => undefined,
        warn: () => undefined,
        error: (fields, message) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`),
      },
      settings: testSettings,
    },
  };
}

/** The port, with `step` before each call of it, and after it where `after` says so. */
export function stepped<P extends object>(port: P, step: () => Promise<void> | void, after = false): P {
  return Object.fromEntries(
    Object.entries(port).map(([name, call]) => [
      name,
      typeof call === 'function'
        ? async (...args: unknown[]) => {
            await step();
            const result: unknown = await (call as (...given: unknown[]) => unknown)(...args);
            if (after) await step();
            return result;
          }
        : call,
    ]),
  ) as P;
}
