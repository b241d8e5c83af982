import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Card, Form } from '../../bot/view.ts';
import { eventually } from '../journeys/stage.ts';
import { becomeMember, enrolACase, type Hands } from '../journeys/way.ts';
import { buttonsOf } from '../world.ts';

/** The product as one starts it: a process of its own in local mode, with the real scrubber. */
export interface Product {
  readonly url: string;
  readonly pid: number;
  /** What the process has written to its output: its log. */
  readonly output: () => string;
  /** Ends the process as a power cut does. */
  readonly kill: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts the product on this data folder, at a port of its own where none is given; throws where it ends before it listens. */
export async function startProduct(folder: string, port = '0'): Promise<Product> {
  const child = spawn(process.execPath, ['--no-warnings', 'main.ts'], {
    cwd: join(import.meta.dirname, '../..'),
    env: { PATH: process.env['PATH'], DATA_DIR: folder, PORT: port, LOG_LEVEL: 'debug' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (bytes: Buffer) => {
      output += bytes.toString('utf8');
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (found) resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => reject(new Error(`The product ended: ${output}`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    kill: () => end(child, 'SIGKILL'),
    close: () => end(child, 'SIGTERM'),
  };
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(signal);
  return ended;
}

/** Brings the sample people to a consented case; gives the clinician, who can attach files to it. */
export async function toACase(url: string): Promise<Hands> {
  const [clinician, lead, helpdesk, administrator] = ['clinician', 'lead', 'helpdesk', 'administrator'].map((user) =>
    localHands(url, user),
  ) as [Hands, Hands, Hands, Hands];
  const mailedCode = (address: string) =>
    eventually(async () => {
      const mailbox = await fetch(`${url}/local/mailbox`);
      const { letters } = (await mailbox.json()) as { letters: { to: string; text: string }[] };
      return letters
        .filter(({ to }) => to === address)
        .map(({ text }) => /\b(\d{4} \d{4})\b/.exec(text)?.[1])
        .find(Boolean);
    }, 'a code');
  await becomeMember({ clinician, lead, helpdesk, administrator, mailedCode });
  await enrolACase({ clinician });
  return clinician;
}

/** Asks for a link to the upload page. */
export async function uploadLink(clinician: Hands): Promise<string> {
  await clinician.says('attach');
  return clinician.link('Open the upload page');
}

/** A sample person who acts by the calls of the local mode (docs/local-mode.md). */
export function localHands(url: string, user: string): Hands {
  const people = `${url}/local/people/${user}`;
  let form: Form | undefined;
  const post = async <T>(call: string, body: object): Promise<T> => {
    const answer = await fetch(`${people}/${call}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify(body),
    });
    const outcome = (await answer.json()) as T & { form?: Form; errors?: object };
    if (!answer.ok || outcome.errors) throw new Error(`${call}: ${JSON.stringify(outcome)}`);
    form = outcome.form ?? form;
    return outcome;
  };
  const messages = async () => {
    const answer = await fetch(`${people}/messages?after=0`);
    return ((await answer.json()) as { messages: { id: string; text?: string; card?: Card }[] }).messages;
  };
  const button = (label: string) =>
    eventually(
      async () =>
        (await messages())
          .flatMap(({ id, card }) => (card ? buttonsOf(card).map((one) => ({ id, one })) : []))
          .findLast(({ one }) => one.label === label),
      `${user}'s button ${label}`,
    );
  return {
    says: async (text) => void (await post('say', { text })),
    async presses(label) {
      const { id, one } = await button(label);
      if (!('action' in one)) throw new Error(`${label} is a link`);
      await post('press', { action: one.action, ...(one.ref ? { ref: one.ref } : {}), message: id });
    },
    async fills(values) {
      if (!form) throw new Error('No form is open');
      const { form: name, ref, fields } = form;
      // A field that is not named keeps what it opened with, as on a screen.
      const opened = fields.flatMap((field) => ('value' in field ? [[field.name, field.value ?? ''] as const] : []));
      const given = await Promise.all(
        Object.entries(values).map(async ([field, value]) => {
          const of = fields.find((one) => one.name === field);
          if (of?.kind !== 'search') return [field, value] as const;
          const asked = { source: of.source, words: String(value) };
          const { options } = await post<{ options: { value: string }[] }>('suggest', asked);
          return [field, options.slice(0, 1).map((option) => option.value)] as const;
        }),
      );
      await post('submit', { form: name, ...(ref ? { ref } : {}), values: Object.fromEntries([...opened, ...given]) });
    },
    sees: async () => JSON.stringify(await messages()),
    async link(label) {
      const { one } = await button(label);
      return 'url' in one ? one.url : '';
    },
  };
}
