import { parseArgs } from 'node:util';
import { environmentHere } from '../config.ts';
import type { Break } from '../storage/audit.ts';
import { type Out, terminal, withStorage } from './storage.ts';

const meaning: Readonly<Record<Break, string>> = {
  hash: 'the row is not what was written',
  gap: 'the row is missing',
  version: 'the row does not follow on its entity’s last version',
  text: 'a sealed text of the row is not what was written',
  anchor: 'the row is not the one that was anchored',
  cut: 'the log was anchored beyond this row: its end is missing',
};

/**
 * `npm run audit:verify [-- --anchor]`: walks the whole log and compares it with the anchors; with `--anchor` the verified head
 * is anchored too. Exit code 0 when all is in order, 1 with the first broken row, 2 when it could not be looked at.
 */
export function auditVerify(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  io: Out = terminal,
): number {
  return withStorage(env, io, (storage) => {
    const { values } = parseArgs({ args: [...args], options: { anchor: { type: 'boolean', default: false } } });
    const found = storage.audit.verify();
    if (!found.ok) {
      const of = found.kind ? ` (${found.kind} ${found.id})` : found.id ? ` (${found.id})` : '';
      io.out(`BROKEN at row ${found.seq}${of}: ${meaning[found.broken]}.\n`);
      return 1;
    }
    io.out(`In order: ${found.head.seq} rows, ${found.anchors} anchors. Head ${found.head.hash}\n`);
    if (values.anchor) io.out(`Anchored at ${storage.audit.anchor().at}.\n`);
    return 0;
  });
}

if (import.meta.main) process.exitCode = auditVerify(process.argv.slice(2), environmentHere());
