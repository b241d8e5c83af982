import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { freePort } from '../ports.ts';

/** Microsoft's local Teams client for one person: a page in a browser and a connector, which the bot sees as one Teams. */
export interface Playground {
  readonly url: string;
  stop(): Promise<void>;
}

/** The people of the tenant: the client asks for the one in front of it and five others. */
const people = ['Clara Clinician', 'Hanna Helpdesk', 'Lotte Leadsma', 'Aline Admin', 'Erik Expert', 'Eleni Experti'];
/** Where the helpdesk reads, in the team of the client. */
export const deskConversation = '19:desk@thread.tacv2';

const guid = (number: number) => `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`;

/**
 * Starts Microsoft 365 Agents Playground for this person, in front of the bot at `endpoint`. Each has its own port and folder; their bot is one. Throws,
 * with the client's own log, where it does not start within a minute.
 */
export async function startPlayground(person: string, endpoint: string): Promise<Playground> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'cpms-playground-'));
  const users = people.map((name, index) => {
    const [givenName = '', surname = ''] = name.split(' ');
    const address = `${givenName}.${surname}@saint-example.example`.toLowerCase();
    const names = { name, givenName, surname, userPrincipleName: address, email: address };
    return { id: `29:user-${index}`, aadObjectId: guid(100 + index), ...names };
  });
  const config = {
    version: '0.1.1',
    tenantId: guid(1),
    bot: { id: guid(2), name: 'CPMS companion' },
    currentUser: users.find(({ name }) => name === person),
    users: users.filter(({ name }) => name !== person),
    personalChat: { id: `personal-${person.split(' ')[0]?.toLowerCase()}` },
    groupChat: { id: 'group-chat', name: 'Group chat' },
    team: {
      id: 'team-id',
      name: 'CPMS helpdesk',
      aadGroupId: guid(3),
      channels: [{ id: deskConversation, name: 'Helpdesk' }],
    },
  };
  writeFileSync(join(folder, '.m365agentsplayground.yml'), stringify(config));
  const packageFile = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/package.json');
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    process.execPath,
    [
      join(packageFile, '../cli.js'),
      '-e',
      endpoint,
      '-c',
      'msteams',
      '-p',
      String(port),
      '--su',
      `${url}/_connector`,
      '--dt',
    ],
    { cwd: folder, env: { ...process.env, TEAMSAPPTESTER_BROWSER: 'none' }, stdio: 'ignore' },
  );
  const stop = async () => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 300 && child.exitCode === null; tries += 1) {
    const answered = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return { url, stop };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const log = readLog(join(folder, 'devTools/m365agentsplayground.log'));
  await stop();
  throw new Error(`The client did not start: ${log}`);
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await over;
}

function readLog(path: string): string {
  try {
    return readFileSync(path, 'utf8').slice(-2000);
  } catch {
    return 'it wrote no log';
  }
}
