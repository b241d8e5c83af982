// How much of the writing in pictures is masked, through the whole scrubber: `npm run bench:burned-in -- [--frames 60] [--papers 12] [--seed 1]`.
import { parseArgs } from 'node:util';
import { createScrubber } from '../adapters/scrubbers/scrubber.ts';
import { asFile } from './burned-in/file.ts';
import { frame, type Sample } from './burned-in/frames.ts';
import { covered, type Measured, nothing, summed, told } from './burned-in/measure.ts';
import { paper } from './burned-in/paper.ts';
import { type Random, random } from './burned-in/random.ts';

const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '60' },
    papers: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    verbose: { type: 'boolean', default: false },
  },
});
/** More time than in service: what a busy machine leaves unread says nothing about the reading. */
const scrubber = createScrubber({ workers: 1, timeMs: 300_000 });
const refused = new Map<string, number>();

/** Takes a sample through the scrubber as a member would who typed the known identifiers and accepted every finding; undefined where it was refused. */
async function masked(sample: Sample, dice: Random): Promise<Measured | undefined> {
  const file = await asFile(sample, dice);
  const began = performance.now();
  const analysis = await scrubber.analyse(file, { known: sample.person.known });
  if (analysis.outcome === 'refused') return without(analysis.reason);
  if (analysis.notSearched.length > 0) without('not read');
  const redacted = await scrubber.redact(analysis, analysis.findings);
  if (redacted.outcome === 'refused') return without(redacted.reason);
  const seconds = (performance.now() - began) / 1000;
  const frames = analysis.findings.some(({ rule }) => rule === 'burned-in') ? 1 : 0;
  return { ...(await covered(sample, redacted.file)), seconds, frames };
}

function without(reason: string): undefined {
  refused.set(reason, (refused.get(reason) ?? 0) + 1);
}

async function run(name: string, what: string, count: number, make: (dice: Random) => Promise<Sample>): Promise<void> {
  let all = nothing;
  for (let index = 0; index < count; index++) {
    const seed = Number(values.seed) * 1000 + index;
    const dice = random(seed);
    const measured = await masked(await make(dice), dice);
    if (!measured) continue;
    if (values.verbose && measured.missed + measured.missedKnown > 0)
      console.log(`${name} ${seed}: ${told(measured, what)}`);
    all = summed(all, measured);
  }
  console.log(`${name}: ${told(all, what)}`);
}

await run('frames', 'text boxes', Number(values.frames), frame);
await run('paper', 'identifying words', Number(values.papers), paper);
for (const [reason, count] of refused) console.log(`refused or not read: ${reason} ${count}`);
await scrubber.close();
