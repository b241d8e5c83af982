import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Card } from '../../bot/view.ts';
import type { OutboxRow } from '../../domain/memory-ports.ts';

/** What the outside saw of the service under test, and what the service was about to write: one line each, in the order of time. */
export type Line =
  /** Before a commit: which delivery it belongs to, the time of its events and their types. It may then have been killed. */
  | { readonly what: 'commit'; readonly key?: string; readonly at: string; readonly types: readonly string[] }
  /** The outbox gave a row out. */
  | { readonly what: 'claim'; readonly row: OutboxRow }
  /** A message went to somebody's chat, or to the helpdesk's channel (`to` is absent there); `id` is the outbox's. */
  | { readonly what: 'post'; readonly id: string; readonly to?: string; readonly card: Card }
  | { readonly what: 'update'; readonly id: string; readonly card: Card }
  | { readonly what: 'mail'; readonly id: string; readonly to: string; readonly text: string };

/** A file that holds a line for good as soon as it was written. */
export function openRecord(path: string): (line: Line) => void {
  const file = openSync(path, 'a', 0o600);
  return (line) => {
    writeSync(file, `${JSON.stringify(line)}\n`);
    fsyncSync(file);
  };
}

/** The lines of a record; one that was cut off by the end of its writer does not count. */
export function readRecord(path: string): Line[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as Line];
    } catch {
      return [];
    }
  });
}

/** Writes an empty line where the last writer was cut off within one, so that the next line stands by itself. */
export function mendRecord(path: string): void {
  if (!existsSync(path)) return;
  const text = readFileSync(path, 'utf8');
  if (text === '' || text.endsWith('\n')) return;
  const file = openSync(path, 'a');
  writeSync(file, '\n');
  closeSync(file);
}
