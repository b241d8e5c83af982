import { join } from 'node:path';
import { directoryCommand } from '../../cli/directory.ts';
import { roleCommand } from '../../cli/role.ts';
import { readConfig } from '../../config.ts';
import type { Identity } from '../../domain/people.ts';
import { type Running, start } from '../../main.ts';
import { makeMasterKey } from '../../storage/keys.ts';
import { freePort } from '../../test/ports.ts';

/** So many that a ticket gets a dozen notes or so, as a real one does. */
const tickets = 250;

/**
 * The whole product in production's configuration, over a folder: the sample directory, one helpdesk person with this chat identity, and
 * tickets to write notes on. Resolves when everything that this has caused has gone out.
 */
export async function startOurs(
  folder: string,
  variables: Readonly<Record<string, string>>,
  helpdesk: Identity,
): Promise<{ readonly running: Running; readonly tickets: readonly string[] }> {
  const port = await freePort();
  const env = {
    DATA_DIR: folder,
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    MASTER_KEY: makeMasterKey(),
    SMTP_URL: 'smtp://127.0.0.1:9',
    HELPDESK_EMAIL: 'desk@network.example',
    LOG_LEVEL: 'error',
    ...variables,
  };
  let printed = '';
  const print = (text: string) => {
    printed += text;
  };
  const directory = join(import.meta.dirname, '../../cli/sample-directory.yaml');
  const imported = await directoryCommand(['import', directory], env, print);
  const granted = await roleCommand(
    ['grant', 'helpdesk', '--email', 'hanna@network.example', '--name', 'Hanna Helpdesk'],
    env,
    print,
  );
  if (imported !== 0 || granted !== 0) throw new Error(printed);
  const running = await start(readConfig(env), { mail: { send: async () => undefined } });
  const { bot } = running.service;
  const code = /code (\d+)/.exec(printed)?.[1] ?? '';
  const where = { kind: 'private' } as const;
  await bot.handle({
    key: 'code',
    who: { identity: helpdesk },
    where,
    what: { kind: 'command', text: `code ${code}`, desk: true },
  });
  for (let number = 0; number < tickets; number += 1) {
    const identity = { ...helpdesk, user: `${helpdesk.user.slice(0, -4)}${1000 + (number % 20)}` };
    const values = { topic: 'other', text: `Where do I find the form? (${number})` };
    const what = { kind: 'submit', form: 'support.ask', ref: 'other', values } as const;
    await bot.handle({ key: `ticket-${number}`, who: { identity, name: 'A member' }, where, what });
  }
  await quiet(running);
  const opened = await running.ports.store.find('ticket', {}, { limit: tickets });
  if (opened.length !== tickets) throw new Error(`There are ${opened.length} tickets.`);
  return { running, tickets: opened.map(({ id }) => id) };
}

/** Resolves when nothing is due in the outbox. */
async function quiet({ ports }: Running): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const next = await ports.outbox.nextDue();
    if (next === undefined || next > new Date(Date.now() + 3_600_000).toISOString()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The outbox is not empty after a minute.');
}
