import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readDirectoryCsv, readDirectoryYaml } from '../bot/operators/directory-file.ts';
import { importDirectory } from '../bot/operators/directory-import.ts';
import { fromTerminal, withPorts } from './operator.ts';

const usage = 'npm run directory -- import FILE.yaml|FILE.csv [--dry-run]\n';

/** Imports the directory. Gives the exit status: 0 done, 1 mistakes in the file or a refusal, 2 wrong use. */
export async function directoryCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  print: (text: string) => void,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false } },
  });
  const [verb, path] = positionals;
  if (verb !== 'import' || !path) {
    print(usage);
    return 2;
  }
  const text = readFileSync(path, 'utf8');
  const file = path.toLowerCase().endsWith('.csv') ? readDirectoryCsv(text) : readDirectoryYaml(text);
  if (!('hcps' in file)) {
    for (const { line, message } of file) print(`${path}:${line}: ${message}\n`);
    return 1;
  }
  const dry = values['dry-run'];
  return withPorts(env, print, async (ports) => {
    const { changes } = await importDirectory(ports, file, dry);
    for (const change of changes) print(`${change}\n`);
    print(dry ? `Dry run: nothing was written (${changes.length} changes).\n` : `Done: ${changes.length} changes.\n`);
    return 0;
  });
}

if (import.meta.main) await fromTerminal(directoryCommand);
