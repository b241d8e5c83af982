import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Question, Reply } from './life-child.ts';
import type { Asked, Microsoft } from './microsoft.ts';

/** The app in a process of its own, which can be killed. */
export interface Life {
  /**
   * Moves its clock to so many milliseconds ahead, and gives how long it is until the outbox has something due (undefined where there is nothing), and whether it waits for an answer: what is
   * being delivered is due again when its lease ends.
   */
  untilDue(ahead: number): Promise<{ readonly due?: number; readonly busy: boolean }>;
  /** Ends it at once, as a power cut does. */
  kill(): Promise<void>;
  /** Ends it in order. */
  close(): Promise<void>;
}

/** Answers for Microsoft's hosts over a port of this machine, for an app in another process. */
export async function relayTo(microsoft: Microsoft): Promise<{ readonly url: string; close(): void }> {
  const server: Server = createServer((request, response) => {
    void text(request)
      .then(async (body) => microsoft.answer(JSON.parse(body) as Asked))
      .then((answered) => response.end(JSON.stringify(answered)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Starts the app with these variables, its clock ahead by so many milliseconds; calls of the connector count as unanswered after `callMs`. */
export async function startLife(
  env: Readonly<Record<string, string>>,
  { relay, ahead, callMs }: { readonly relay: string; readonly ahead: number; readonly callMs: number },
): Promise<Life> {
  const child = fork(join(import.meta.dirname, 'life-child.ts'), [relay, String(ahead), String(callMs)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ready = await next(child);
  if (!ready) throw new Error('The app did not start');
  const gone = once(child, 'exit');
  return {
    async untilDue(moved) {
      child.send({ ask: 'due', ahead: moved } satisfies Question);
      const reply = await next(child);
      return reply && 'busy' in reply ? reply : { busy: false };
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async close() {
      child.send({ ask: 'close' } satisfies Question);
      await gone;
    },
  };
}

/** What it says next; undefined where it ends instead. */
function next(child: ChildProcess): Promise<Reply | undefined> {
  return new Promise((resolve) => {
    const said = (reply: Reply) => settle(reply);
    const ended = () => settle(undefined);
    const settle = (reply: Reply | undefined) => {
      child.off('message', said).off('exit', ended);
      resolve(reply);
    };
    child.on('message', said).on('exit', ended);
  });
}
