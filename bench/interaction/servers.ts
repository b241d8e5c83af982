import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Target } from './load.ts';
import type { Kind, Ready } from './settings.ts';
import { slackTarget, teamsTarget } from './targets.ts';

const targetOf = { slack: slackTarget, teams: teamsTarget };

/** A server in a process and a folder of its own, and how many requests it was sent. */
export interface Server {
  readonly target: Target;
  sent: number;
  /** How many notes it holds: each is one durable commit. Undefined for a bare one. */
  notes(): Promise<number>;
  /** Milliseconds of processor time that it has used since it started. */
  processor(): Promise<number>;
  close(): Promise<void>;
}

export interface Launch {
  readonly platform: 'slack' | 'teams';
  readonly kind: Kind;
  /** Where the server's own folder is made. */
  readonly folder: string;
  /** Where Slack's Web API is played. */
  readonly apiUrl: string;
  readonly profile?: string;
}

/** Starts a server under test in a process and a folder of its own; with `profile`, its processor profile is written there. */
export async function launch({ platform, kind, folder, apiUrl, profile }: Launch): Promise<Server> {
  const child = fork(join(import.meta.dirname, 'child.ts'), {
    execArgv: profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const heard = answers(child);
  child.send({ kind, folder: mkdtempSync(join(folder, kind)), apiUrl });
  const { ready } = (await heard()) as { ready: Ready };
  return {
    target: targetOf[platform](kind, ready),
    sent: 0,
    async notes() {
      child.send('count');
      return ((await heard()) as { notes: number }).notes;
    },
    async processor() {
      child.send('processor');
      const { user, system } = ((await heard()) as { processor: NodeJS.CpuUsage }).processor;
      return (user + system) / 1000;
    },
    close: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.disconnect();
      }),
  };
}

/** The child's messages, one at a time; throws where it ends instead. */
function answers(child: ChildProcess): () => Promise<unknown> {
  return () =>
    new Promise((resolve, reject) => {
      const ended = () => reject(new Error('A server under test ended.'));
      child.once('exit', ended);
      child.once('message', (message) => {
        child.off('exit', ended);
        resolve(message);
      });
    });
}
