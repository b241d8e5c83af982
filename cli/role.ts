import { parseArgs } from 'node:util';
import { grantRole, revokeRole, roleNamed } from '../bot/operators/roles.ts';
import { fromTerminal, withPorts } from './operator.ts';

const usage = `npm run role -- grant ROLE --email ADDRESS [--name NAME] [--hcp CODE]
npm run role -- revoke ROLE --email ADDRESS [--hcp CODE]
`;

/** Gives or takes a role. Gives the exit status: 0 done, 1 refused, 2 wrong use. A grant prints the one-time code to type into the chat. */
export async function roleCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  print: (text: string) => void,
): Promise<number> {
  const options = { email: { type: 'string' }, name: { type: 'string' }, hcp: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [verb, role = ''] = positionals;
  const { email, name, hcp } = values;
  if ((verb !== 'grant' && verb !== 'revoke') || !email) {
    print(usage);
    return 2;
  }
  return withPorts(env, print, async (ports) => {
    const grant = { role: roleNamed(role), ...(hcp ? { hcp } : {}) };
    if (verb === 'revoke') {
      await revokeRole(ports, email, grant);
      print('Done.\n');
      return 0;
    }
    const { code } = await grantRole(ports, { email, ...(name ? { name } : {}) }, grant);
    print(`Done. To be known in the chat, they write to the bot within a day:  code ${code}\n`);
    return 0;
  });
}

if (import.meta.main) await fromTerminal(roleCommand);
