import { parseArgs } from 'node:util';
import { environmentHere } from '../config.ts';
import { csv, jsonLines } from '../storage/export.ts';
import { type Out, terminal, withStorage } from './storage.ts';

/**
 * `npm run audit:export -- --hcp CODE | --case ID [--format jsonl|csv]`: writes the trail about an HCP or a case for an
 * authority, with the names and roles of who attested. Exit code 0; 1 where there is nothing about it; 2 for wrong options.
 */
export function auditExport(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  io: Out = terminal,
): number {
  return withStorage(env, io, (storage) => {
    const { values } = parseArgs({
      args: [...args],
      options: { hcp: { type: 'string' }, case: { type: 'string' }, format: { type: 'string', default: 'jsonl' } },
    });
    const { hcp, case: caseId, format } = values;
    if ((hcp === undefined) === (caseId === undefined)) throw new Error('Either --hcp CODE or --case ID is needed.');
    if (format !== 'jsonl' && format !== 'csv') throw new Error('--format is jsonl or csv.');
    const trail = [...storage.exportTrail(hcp === undefined ? { case: caseId ?? '' } : { hcp })];
    if (trail.length === 0) {
      io.error('The log holds nothing about it.\n');
      return 1;
    }
    for (const line of format === 'csv' ? csv(trail) : jsonLines(trail)) io.out(line);
    return 0;
  });
}

if (import.meta.main) process.exitCode = auditExport(process.argv.slice(2), environmentHere());
