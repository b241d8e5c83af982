// How long Slack waits for an acknowledgement, beside a bare Bolt app in the same run: signed commands, each a durable commit, at a given rate.
// node bench/slack.ts [--rates 10,100,300] [--seconds 10] [--rounds 3]
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median, percentile } from './interaction/figures.ts';
import { closedLoop, openLoop } from './interaction/load.ts';
import { launch, type Server } from './interaction/servers.ts';
import { startWebApi } from './interaction/web-api.ts';

const { values: options } = parseArgs({
  options: {
    rates: { type: 'string', default: '10,100,300' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
  },
});
const rates = options.rates.split(',').map(Number);
const [seconds, rounds] = [Number(options.seconds), Number(options.rounds)];

/** What Slack waits for an acknowledgement (docs.slack.dev, 'Slash commands'). */
const slackWaits = 3000;

const folder = mkdtempSync(join(tmpdir(), 'cpms-bench-slack-'));
const api = await startWebApi();
const servers: Server[] = [];
try {
  console.log(`${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}.`);
  console.log(
    'Server and load generator are two processes; times count from the moment at which each command was due.',
  );
  const ours = await launch({ platform: 'slack', kind: 'slack', folder, apiUrl: api.url });
  servers.push(ours);
  const bare = await launch({ platform: 'slack', kind: 'slack-bare', folder, apiUrl: api.url });
  servers.push(bare);
  for (const server of servers) server.sent += (await closedLoop(server.target, 300, 4)).times.length;
  for (const rate of rates) await measure(rate, ours, bare);
  const notes = await ours.notes();
  if (notes !== ours.sent) throw new Error(`${ours.sent} commands were acknowledged, ${notes} are in the log.`);
  console.log(`\n${notes} commands were acknowledged by ours, and as many are in the log.`);
} finally {
  for (const server of servers) await server.close();
  api.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(rate: number, ours: Server, bare: Server): Promise<void> {
  const times: Record<'ours' | 'bare', number[][]> = { ours: [], bare: [] };
  for (let round = 0; round < rounds; round += 1) {
    // Each goes first in every second round, so that neither always follows the other.
    for (const side of round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)) {
      const server = side === 'ours' ? ours : bare;
      const run = await openLoop(server.target, rate, seconds);
      server.sent += run.times.length;
      times[side].push([...run.times]);
    }
  }
  console.log(`\n${rate} a second, ${rounds} × ${seconds} s`);
  for (const side of ['ours', 'bare'] as const) {
    const all = times[side].flat();
    const late = all.filter((time) => time > slackWaits).length;
    console.log(
      `  ${side}   p50 ${ms(all, 0.5)}   p99 ${ms(all, 0.99)}   max ${ms(all, 1)}   later than Slack waits: ${late} of ${all.length}`,
    );
  }
  const ratio = (part: number) =>
    median(times.ours.map((run, round) => percentile(run, part) / percentile(times.bare[round] ?? [], part))).toFixed(
      2,
    );
  console.log(`  ours/bare, median of the rounds: p50 ${ratio(0.5)}   p99 ${ratio(0.99)}   max ${ratio(1)}`);
}

function ms(times: readonly number[], part: number): string {
  return `${percentile(times, part).toFixed(2).padStart(8)} ms`;
}
