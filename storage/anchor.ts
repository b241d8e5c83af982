import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { z } from 'zod';
import type { Head } from './log.ts';

/** Where the log stood at an instant, as it is written down outside of the database. */
export interface Anchor extends Head {
  readonly at: string;
}

const anchorSchema = z.strictObject({
  at: z.iso.datetime(),
  seq: z.int().nonnegative(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/**
 * Appends the head to the anchor file, one JSON object a line, and sees it onto the disk. The file belongs on another machine
 * or medium: who can cut the log's tail must not be able to cut this one too. Throws where the file cannot be written.
 */
export function writeAnchor(path: string, anchor: Anchor): void {
  const file = openSync(path, 'a', 0o600);
  try {
    writeSync(file, `${JSON.stringify({ at: anchor.at, seq: anchor.seq, hash: anchor.hash })}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The anchors of a file, oldest first; none where there is no file yet. Throws for a line that is no anchor. */
export function readAnchors(path: string): Anchor[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => anchorSchema.parse(JSON.parse(line)));
}
