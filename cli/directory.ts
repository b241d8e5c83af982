import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readDirectoryCsv, readDirectoryYaml } from '../bot/operators/directory-file.ts';
import { importDirectory } from '../bot/operators/directory-import.ts';
import { operatorStorage } from './ports.ts';

const usage = 'npm run directory -- import FILE.yaml|FILE.csv [--dry-run]\n';

/** Imports the directory. Gives the exit status: 0 done, 1 mistakes in the file or a refusal, 2 wrong use. */
export async function directoryCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  out: (text: string) => void,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false } },
  });
  const [verb, path] = positionals;
  if (verb !== 'import' || !path) {
    out(usage);
    return 2;
  }
  const text = readFileSync(path, 'utf8');
  const file = path.toLowerCase().endsWith('.csv') ? readDirectoryCsv(text) : readDirectoryYaml(text);
  if (!('hcps' in file)) {
    for (const { line, message } of file) out(`${path}:${line}: ${message}\n`);
    return 1;
  }
  const { storage, ports } = operatorStorage(env);
  try {
    const { changes } = await importDirectory(ports, file, values['dry-run']);
    for (const change of changes) out(`${change}\n`);
    out(
      values['dry-run']
        ? `Dry run: nothing was written (${changes.length} changes).\n`
        : `Done: ${changes.length} changes.\n`,
    );
    return 0;
  } catch (error) {
    out(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    storage.close();
  }
}

if (import.meta.main) {
  try {
    process.loadEnvFile();
  } catch {
    // There need not be a .env.
  }
  process.exitCode = await directoryCommand(
    process.argv.slice(2),
    process.env,
    (text) => void process.stdout.write(text),
  );
}
