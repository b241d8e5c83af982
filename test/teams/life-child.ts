// The whole app over a folder, until it is killed. Started by `life.ts`, whose process plays Microsoft for it.
import { readConfig } from '../../config.ts';
import { start } from '../../main.ts';
import { type Answered, intercept } from './microsoft.ts';

export type Question = { readonly ask: 'due'; readonly ahead: number } | { readonly ask: 'close' };
export type Reply = { readonly ready: true } | { readonly due?: number; readonly busy: boolean };

const [relay = '', given = '0', callMs = '0'] = process.argv.slice(2);
let ahead = Number(given);
const clock = { now: () => new Date(Date.now() + ahead).toISOString() };
const say = (reply: Reply): void => void process.send?.(reply);

/** Calls of Microsoft's hosts that the app still waits for: one that is never answered, until the app gives it up. */
let waiting = 0;
intercept(async (asked) => {
  waiting += 1;
  try {
    const response = await fetch(relay, { method: 'POST', body: JSON.stringify(asked) });
    const answered = (await response.json()) as Answered;
    if (answered === 'silent') await new Promise((resolve) => setTimeout(resolve, Number(callMs)));
    return answered;
  } finally {
    waiting -= 1;
  }
});
const running = await start(readConfig(process.env), { clock, teamsTimeout: Number(callMs) });
process.on('disconnect', () => process.exit(0));
process.on('message', (question: Question) => {
  if (question.ask === 'close') {
    void running.close().then(() => process.exit(0));
    return;
  }
  ahead = question.ahead;
  void running.ports.outbox.nextDue().then((next) => {
    const due = next === undefined ? undefined : Date.parse(next) - Date.parse(clock.now());
    say({ ...(due === undefined ? {} : { due }), busy: waiting > 0 });
  });
});
say({ ready: true });
