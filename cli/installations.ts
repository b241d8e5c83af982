import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { type InstallationEntry, listInstallations, revokeInstallation } from '../adapters/slack/install/revoking.ts';
import { fromTerminal, withPorts } from './operator.ts';

const usage = `npm run installations                          every Slack workspace and organisation that the app is installed in
npm run installations -- revoke ID [--here]    gives its token back to Slack and forgets it; --here forgets it even where Slack does not answer
`;

/**
 * Lists where the Slack app is installed, or revokes one installation. Gives the exit status: 0 done, 1 not done (the reason printed), 2 wrong use. No token
 * is ever printed.
 */
export async function installationsCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  print: (text: string) => void,
): Promise<number> {
  let given: ReturnType<typeof parsed>;
  try {
    given = parsed(args);
  } catch {
    print(usage);
    return 2;
  }
  const [verb = 'list', tenant = '', ...more] = given.positionals;
  const { here = false } = given.values;
  const right = verb === 'revoke' ? /^[TE][A-Z0-9]{1,30}$/.test(tenant) : verb === 'list' && tenant === '' && !here;
  if (!right || more.length > 0) {
    print(usage);
    return 2;
  }
  return withPorts(env, print, async ({ kept, clock }) => {
    if (verb === 'list') {
      const all = await listInstallations(kept);
      print(all.length > 0 ? all.map(told).join('\n') : 'The app is installed nowhere through /slack/install.\n');
      return 0;
    }
    const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_API_URL: apiUrl } = env;
    const app = clientId && clientSecret ? { clientId, clientSecret } : undefined;
    const log = pino({ level: 'silent' });
    const outcome = await revokeInstallation({ kept, clock, log, apiUrl: apiUrl || undefined, app }, tenant, here);
    if (outcome === 'unknown') {
      print(`The app is not installed in ${tenant}.\n`);
      return 1;
    }
    if (typeof outcome === 'object') {
      print(
        `Slack did not take the token back (${outcome.refused}); nothing was changed. Try again, or forget it here with --here.\n`,
      );
      return 1;
    }
    print(
      outcome === 'revoked'
        ? `Done. Its token is worth nothing any more, and its people get e-mail. An administrator may remove the app in Slack; to let it in no more, take ${tenant} out of SLACK_ALLOWED_TEAMS.\n`
        : `Forgotten here. Slack still takes its token: an administrator of ${tenant} must remove the app.\n`,
    );
    return 0;
  });
}

const parsed = (args: readonly string[]) =>
  parseArgs({ args: [...args], allowPositionals: true, options: { here: { type: 'boolean' } } });

function told(entry: InstallationEntry): string {
  const { tenant, name, enterprise, scopes, installedAt, expiresAt, rotates, broken } = entry;
  const token = broken
    ? `does not work any more (${broken}): an administrator must open /slack/install again`
    : rotates && expiresAt
      ? `is replaced before ${expiresAt}`
      : 'does not end';
  return [
    `${name}  ${tenant}${enterprise && enterprise !== tenant ? `, of the organisation ${enterprise}` : ''}`,
    `  installed  ${installedAt}${tenant.startsWith('E') ? ', in the whole organisation' : ''}`,
    `  token      ${token}`,
    `  scopes     ${scopes.join(', ')}`,
    '',
  ].join('\n');
}

if (import.meta.main) await fromTerminal(installationsCommand);
