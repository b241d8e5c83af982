import { parseArgs } from 'node:util';
import { grantRole, revokeRole, roleNamed } from '../bot/operators/roles.ts';
import { operatorStorage } from './ports.ts';

const usage = `npm run role -- grant ROLE --email ADDRESS [--name NAME] [--hcp CODE]
npm run role -- revoke ROLE --email ADDRESS [--hcp CODE]
`;

/** Gives or takes a role. Gives the exit status: 0 done, 1 refused, 2 wrong use. A grant prints the one-time code to type into the chat. */
export async function roleCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  out: (text: string) => void,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { email: { type: 'string' }, name: { type: 'string' }, hcp: { type: 'string' } },
  });
  const [verb, role = ''] = positionals;
  const { email, name, hcp } = values;
  if ((verb !== 'grant' && verb !== 'revoke') || !email) {
    out(usage);
    return 2;
  }
  const { storage, ports } = operatorStorage(env);
  try {
    const grant = { role: roleNamed(role), ...(hcp ? { hcp } : {}) };
    if (verb === 'revoke') {
      await revokeRole(ports, email, grant);
      out('Done.\n');
      return 0;
    }
    const { code } = await grantRole(ports, { email, ...(name ? { name } : {}) }, grant);
    out(`Done. To be known in the chat, they write to the bot within a day:  code ${code}\n`);
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
  process.exitCode = await roleCommand(process.argv.slice(2), process.env, (text) => void process.stdout.write(text));
}
