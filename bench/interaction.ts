// How fast a command is answered, beside the least that a durable bot can be, in the same run:
// node bench/interaction.ts [slack|teams …] [--rounds 7] [--requests 200] [--seconds 10] [--rate 100] [--profile FOLDER]
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { line, percentile, perRequest, processorTime, ratios, throughput } from './interaction/figures.ts';
import { closedLoop, openLoop, type Run } from './interaction/load.ts';
import { launch as launched, type Server } from './interaction/servers.ts';
import type { Kind } from './interaction/settings.ts';
import { startWebApi } from './interaction/web-api.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '7' },
    requests: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '10' },
    rate: { type: 'string', default: '100' },
    profile: { type: 'string' },
  },
});
const [rounds, requests, seconds, rate] = [options.rounds, options.requests, options.seconds, options.rate].map(
  Number,
) as [number, number, number, number];
const platforms = (['slack', 'teams'] as const).filter((one) => positionals.length === 0 || positionals.includes(one));

const folder = mkdtempSync(join(tmpdir(), 'cpms-bench-'));
const api = await startWebApi();
const open: Server[] = [];
try {
  console.log(
    `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}. The server and the load generator are two processes.`,
  );
  for (const platform of platforms) await measure(platform);
} finally {
  for (const server of open) await server.close();
  api.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(platform: 'slack' | 'teams'): Promise<void> {
  const ours = await launch(platform, platform);
  const bare = await launch(platform, `${platform}-bare`);
  console.log(
    `\n${platform === 'slack' ? 'Slack: signed commands' : 'Teams: typed commands with a token'}, a durable commit each`,
  );
  for (const server of [ours, bare]) {
    // One alone: requests that arrive while the Bot Framework fetches its first keys are refused by it.
    await closed(server, 1, 1);
    await closed(server, 300, 4);
  }
  for (const concurrency of [1, 8]) {
    const runs: { readonly ours: Run[]; readonly bare: Run[] } = { ours: [], bare: [] };
    for (let round = 0; round < rounds; round += 1) {
      // Each goes first in every second round, so that neither always follows the other.
      const order = round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const);
      for (const side of order) runs[side].push(await closed(side === 'ours' ? ours : bare, requests, concurrency));
    }
    console.log(` closed loop, ${concurrency} at a time, ${rounds} × ${requests} requests`);
    console.log(line('ours', runs.ours));
    console.log(line('bare', runs.bare));
    console.log(`  time a request, ours/bare: ${ratios(runs.ours, runs.bare, perRequest)}`);
    console.log(`  processor time a request, ours/bare: ${ratios(runs.ours, runs.bare, processorTime)}`);
    console.log(`  requests a second, ours/bare: ${ratios(runs.ours, runs.bare, throughput)}`);
  }
  console.log(` open loop, ${rate} a second for ${seconds} s, times from the moment at which each was due`);
  for (const [name, server] of [
    ['ours', ours],
    ['bare', bare],
  ] as const) {
    const { times } = await openLoop(server.target, rate, seconds);
    server.sent += times.length;
    console.log(
      `  ${name.padEnd(12)} p50 ${percentile(times, 0.5).toFixed(2)} ms   p99 ${percentile(times, 0.99).toFixed(2)} ms   slowest ${percentile(times, 1).toFixed(2)} ms`,
    );
  }
  const notes = await ours.notes();
  if (notes !== ours.sent) throw new Error(`${ours.sent} commands were answered, ${notes} are in the log.`);
  console.log(` ${notes} commands were answered, and as many are in the log.`);
  for (const server of [ours, bare]) {
    await server.close();
    open.splice(open.indexOf(server), 1);
  }
}

async function closed(server: Server, count: number, concurrency: number): Promise<Run> {
  const before = await server.processor();
  const run = await closedLoop(server.target, count, concurrency);
  const processor = (await server.processor()) - before;
  server.sent += run.times.length;
  return { ...run, processor };
}

async function launch(platform: 'slack' | 'teams', kind: Kind): Promise<Server> {
  const profile = kind === platform ? options.profile : undefined;
  const server = await launched({ platform, kind, folder, apiUrl: api.url, ...(profile ? { profile } : {}) });
  open.push(server);
  return server;
}
