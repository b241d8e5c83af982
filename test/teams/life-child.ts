// The whole app over a folder, until it is killed. Started by `life.ts`, whose process plays Microsoft for it.
import { readConfig } from '../../config.ts';
import { start } from '../../main.ts';
import { type Answered, intercept } from './microsoft.ts';

export type Question = { readonly ask: 'due'; readonly ahead: number } | { readonly ask: 'close' };
export type Reply = { readonly ready: true } | { readonly due?: number };

const [relay = '', given = '0', callMs = '0'] = process.argv.slice(2);
let ahead = Number(given);
const clock = { now: () => new Date(Date.now() + ahead).toISOString() };
const say = (reply: Reply): void => void process.send?.(reply);

intercept(async (asked) => {
  const response = await fetch(relay, { method: 'POST', body: JSON.stringify(asked) });
  return (await response.json()) as Answered;
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
    say(due === undefined ? {} : { due });
  });
});
say({ ready: true });
