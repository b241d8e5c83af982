import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Append, Batch, RowWrite } from '../domain/memory-ports.ts';
import type { Clock } from '../domain/ports.ts';
import { makeMasterKey, parseMasterKeys } from './keys.ts';
import { openStorage, type Storage } from './open.ts';
import { after } from './time.ts';

/** A clock that tests move. */
export interface TestClock extends Clock {
  readonly advance: (milliseconds: number) => void;
}

export const start = '2026-03-02T09:00:00.000Z';
export const second = 1_000;
export const day = 86_400_000;

/** A clock that stands still until it is advanced. */
export function testClock(now = start): TestClock {
  let current = now;
  return {
    now: () => current,
    advance: (milliseconds) => {
      current = after(current, milliseconds);
    },
  };
}

export const testKeys = parseMasterKeys(makeMasterKey());

/** A storage in memory, or in a folder, with the tests' key. */
export function testStorage(clock: Clock, folder = ':memory:', anchor?: string): Storage {
  return openStorage({ folder, keys: testKeys, clock, ...(anchor ? { anchor } : {}) });
}

/** How long a property test may take: a slice of seconds, or with SOAK=1 its long form. */
export const patience = { timeout: process.env.SOAK ? 1_800_000 : 30_000 };

/** Runs the body with a new folder, which is deleted afterwards. */
export async function inFolder<T>(body: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'cpms-bot-'));
  try {
    return await body(join(folder, 'data'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A batch with nothing in it but what is given. */
export function batch(given: Partial<Batch>): Batch {
  return { appends: [], reads: [], rows: [], outgoing: [], ...given };
}

/** A ticket that is opened, with its text. */
export function ticketOpened(id: string, more: { at?: string; requester?: string; hcp?: string } = {}): Append {
  const { at = start, requester = 'P-1', hcp } = more;
  const event = { type: 'ticket-opened', at, by: requester, requester, topic: 'other', text: `${id}-text` } as const;
  return { kind: 'ticket', id, expected: 0, events: [hcp === undefined ? event : { ...event, hcp }] };
}

/** The sealed text of a ticket that `ticketOpened` has opened. */
export function textOf(owner: string, value: string): RowWrite {
  return { row: 'text', id: `${owner}-text`, owner: `ticket/${owner}`, value };
}

/** A remark on a ticket at a version. */
export function ticketNoted(id: string, expected: number, text: string): Append {
  return { kind: 'ticket', id, expected, events: [{ type: 'ticket-noted', at: start, by: 'P-9', text }] };
}
