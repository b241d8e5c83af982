import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median, percentile } from './figures.ts';
import { closedLoop, openLoop } from './load.ts';
import { launch, type Server } from './servers.ts';
import { startWebApi } from './web-api.ts';

/**
 * Measures how long a platform waits for an acknowledgement, ours beside a bare app in the same run, at the rates of the command line
 * (`--rates 10,100 --seconds 10 --rounds 3`; `standard` where none are given), and prints it. `waits` is how many milliseconds the platform waits. Throws where an answer is wrong, or not all that was
 * acknowledged is in the log.
 */
export async function acknowledgedAtRates(platform: 'slack' | 'teams', waits: number, standard: string): Promise<void> {
  const { values: options } = parseArgs({
    options: {
      rates: { type: 'string', default: standard },
      seconds: { type: 'string', default: '10' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const [seconds, rounds] = [Number(options.seconds), Number(options.rounds)];
  const folder = mkdtempSync(join(tmpdir(), `cpms-bench-${platform}-`));
  const api = await startWebApi();
  const servers: Server[] = [];
  try {
    console.log(`${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}.`);
    console.log(
      'Server and load generator are two processes; times count from the moment at which each command was due.',
    );
    const ours = await launch({ platform, kind: platform, folder, apiUrl: api.url });
    servers.push(ours);
    const bare = await launch({ platform, kind: `${platform}-bare`, folder, apiUrl: api.url });
    servers.push(bare);
    for (const server of servers) {
      // One alone: what fetches its first keys is not what is measured.
      for (const [count, together] of [
        [1, 1],
        [300, 4],
      ] as const)
        server.sent += (await closedLoop(server.target, count, together)).times.length;
    }
    for (const rate of options.rates.split(',').map(Number))
      await measure({ rate, rounds, seconds, waits, ours, bare });
    const notes = await ours.notes();
    if (notes !== ours.sent) throw new Error(`${ours.sent} commands were acknowledged, ${notes} are in the log.`);
    console.log(`\n${notes} commands were acknowledged by ours, and as many are in the log.`);
  } finally {
    for (const server of servers) await server.close();
    api.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly rate: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly waits: number;
  readonly ours: Server;
  readonly bare: Server;
}

async function measure({ rate, rounds, seconds, waits, ours, bare }: Measured): Promise<void> {
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
    const late = all.filter((time) => time > waits).length;
    console.log(
      `  ${side}   p50 ${ms(all, 0.5)}   p99 ${ms(all, 0.99)}   max ${ms(all, 1)}   later than the platform waits: ${late} of ${all.length}`,
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
