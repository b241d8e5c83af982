import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { UploadState } from '../../bot/pages/pages.ts';
import { directoryCommand } from '../../cli/directory.ts';
import { roleCommand } from '../../cli/role.ts';
import { readConfig } from '../../config.ts';
import { attestationStatements } from '../../domain/documents.ts';
import { type Instead, type Running, start } from '../../main.ts';
import { makeMasterKey } from '../../storage/keys.ts';
import { freePort } from '../ports.ts';
import { patient } from './sample-file.ts';

/** A real server in production's configuration on this machine: its own folder, a real mail server beside it, the sample directory imported by the operator's command. */
export interface Stage {
  readonly url: string;
  /** Where its database is. */
  readonly folder: string;
  /** What it was started with. */
  readonly env: Readonly<Record<string, string>>;
  readonly running: Running;
  /** The one-time code that the operator's command printed for the first helpdesk person. */
  readonly helpdeskCode: string;
  /** The newest code that was mailed to the address; waits for it. */
  readonly mailedCode: (address: string) => Promise<string>;
  /** The texts of all mails to the address, oldest first. */
  readonly mailed: (address: string) => readonly string[];
  /** The calendar objects that arrived by mail: the two experts' and the asker's. */
  readonly invitations: () => Promise<readonly { readonly to: string; readonly ics: string }[]>;
  /** Goes through the upload page's own calls. */
  readonly upload: (address: string, file: Uint8Array) => Promise<Uint8Array>;
  close(): Promise<void>;
}

interface Arrived {
  readonly to: string;
  readonly text: string;
  readonly ics?: string;
}

/** A folder with the sample directory, a mail server, and what the app is to be started with. */
export interface Prepared
  extends Pick<Stage, 'url' | 'folder' | 'env' | 'helpdeskCode' | 'mailedCode' | 'mailed' | 'invitations'> {
  close(): Promise<void>;
}

/** Starts the stage with the variables of one or both platforms. */
export async function openStage(variables: Readonly<Record<string, string>>, instead: Instead = {}): Promise<Stage> {
  const prepared = await prepareStage(variables);
  const running = await start(readConfig(prepared.env), instead);
  return {
    ...prepared,
    running,
    upload: (address, file) => throughThePage(prepared.url, address, file),
    async close() {
      await running.close();
      await prepared.close();
    },
  };
}

/** Everything of a stage but the app itself: for a test that starts it in a process of its own. */
export async function prepareStage(variables: Readonly<Record<string, string>>): Promise<Prepared> {
  const folder = mkdtempSync(join(tmpdir(), 'cpms-journey-'));
  const arrived: Arrived[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      simpleParser(stream).then((mail) => {
        const ics = mail.attachments
          .find(({ contentType }) => contentType === 'text/calendar')
          ?.content.toString('utf8');
        arrived.push({ to: session.envelope.rcptTo[0]?.address ?? '', text: mail.text ?? '', ...(ics ? { ics } : {}) });
        done();
      }, done);
    },
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const port = await freePort();
  const env = {
    DATA_DIR: folder,
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    MASTER_KEY: makeMasterKey(),
    SMTP_URL: `smtp://127.0.0.1:${(smtp.server.address() as { port: number }).port}`,
    HELPDESK_EMAIL: 'desk@network.example',
    LOG_LEVEL: process.env['TEST_LOG'] ?? 'error',
    ...variables,
  };
  let printed = '';
  const print = (text: string) => {
    printed += text;
  };
  const imported = await directoryCommand(
    ['import', join(import.meta.dirname, '../../cli/sample-directory.yaml')],
    env,
    print,
  );
  const granted = await roleCommand(
    ['grant', 'helpdesk', '--email', 'hanna@network.example', '--name', 'Hanna Helpdesk'],
    env,
    print,
  );
  if (imported !== 0 || granted !== 0) throw new Error(printed);

  return {
    url: env.PUBLIC_URL,
    folder,
    env,
    helpdeskCode: /code (\d+)/.exec(printed)?.[1] ?? '',
    mailedCode: (address) =>
      eventually(
        () => /\b(\d{4} \d{4})\b/.exec(arrived.findLast(({ to, ics }) => to === address && !ics)?.text ?? '')?.[1],
        `a code for ${address}`,
      ),
    mailed: (address) => arrived.filter(({ to }) => to === address).map(({ text }) => text),
    invitations: () =>
      eventually(
        () =>
          arrived.filter(({ ics }) => ics).length >= 3
            ? arrived.flatMap(({ to, ics }) => (ics ? [{ to, ics }] : []))
            : undefined,
        'invitations',
      ),
    async close() {
      await new Promise<void>((resolve) => smtp.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Goes through the upload page's own calls with a file, as its page does; gives the scrubbed file. */
export async function throughThePage(origin: string, address: string, file: Uint8Array): Promise<Uint8Array> {
  const token = address.split('/').at(-1) ?? '';
  const headers: Record<string, string> = { origin, 'x-page': '0'.repeat(24) };
  const page = await fetch(address);
  if (page.status !== 200 || !(await page.text()).includes('<html'))
    throw new Error(`The page was not served: ${page.status}`);
  const begun = await fetch(`${origin}/u/begin`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const { handle } = (await begun.json()) as { handle: string };
  headers['x-page'] = handle;
  headers['cookie'] = (begun.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const call = async (path: string, body?: unknown, type = 'application/json') => {
    const response = await fetch(`${origin}/u/api/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const worked = (): Promise<UploadState> =>
    eventually(async () => {
      const state = (await (await call('look')).json()) as UploadState;
      return state.work ? undefined : state;
    }, 'the end of the work');
  await call('begin', { size: file.byteLength });
  const half = Math.ceil(file.byteLength / 2);
  for (const offset of [0, half])
    await call(`append?offset=${offset}`, file.subarray(offset, offset + half), 'application/octet-stream');
  await call('analyse', { known: patient });
  const { review } = await worked();
  if (!review) throw new Error('There is nothing to review');
  await call('decide', { accepted: review.findings.map(({ id }) => id), added: [], flatten: false });
  const { document } = await worked();
  if (document?.stage !== 'scrubbed') throw new Error('The file was not scrubbed');
  for (let page = 1; page <= document.pages; page += 1) {
    const picture = new Uint8Array(await (await call(`picture?page=${page}&width=600&which=after`)).arrayBuffer());
    if (Buffer.from(picture.subarray(1, 4)).toString() !== 'PNG') throw new Error('The page is no picture');
  }
  await call('attest', { statements: attestationStatements, pagesSeen: document.pages });
  const scrubbed = new Uint8Array(await (await call('download')).arrayBuffer());
  await call('uploaded', {});
  const again = await fetch(`${origin}/u/begin`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (again.status !== 409) throw new Error('A link that was used up worked again');
  return scrubbed;
}

/** Waits up to 20 s for something to be there. */
export async function eventually<T>(look: () => T | undefined | Promise<T | undefined>, what: string): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Not there within 20 s: ${what}`);
}

/** A short name for bytes, to compare files by. */
export const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
