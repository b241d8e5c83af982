// How much of the writing in pictures is masked, through the whole scrubber: `npm run bench:burned-in -- [--frames 60] [--loops 12] [--papers 12] [--hard 12] [--slices 24] [--kinds 2] [--seed 1]`; loops are frames in DICOM files, of ultrasound, angiography and
// secondary capture; hard are papers photographed in a hurry; slices are those of a CT, with writing, light or dark, and without; kinds are so many files of each
// kind of writing that is hard to find (burned-in/kinds.ts).
import { parseArgs } from 'node:util';
import { createScrubber } from '../adapters/scrubbers/scrubber.ts';
import { asDicom, asFile } from './burned-in/file.ts';
import { frame, type Sample } from './burned-in/frames.ts';
import { kinds } from './burned-in/kinds.ts';
import { covered, type Measured, nothing, summed, told } from './burned-in/measure.ts';
import { hardPaper, paper } from './burned-in/paper.ts';
import { type Random, random } from './burned-in/random.ts';
import { slice } from './burned-in/slices.ts';

const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '60' },
    loops: { type: 'string', default: '12' },
    papers: { type: 'string', default: '12' },
    hard: { type: 'string', default: '12' },
    slices: { type: 'string', default: '24' },
    kinds: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    verbose: { type: 'boolean', default: false },
  },
});
/** More time than in service: what a busy machine leaves unread says nothing about the reading. */
const scrubber = createScrubber({ workers: 1, timeMs: 300_000 });
const refused = new Map<string, number>();

/** Takes a sample through the scrubber as a member would who typed the known identifiers and accepted every finding; undefined where it was refused. */
async function masked(sample: Sample, dice: Random, asLoop: boolean): Promise<Measured | undefined> {
  const file = asLoop ? await asDicom(sample, dice) : await asFile(sample, dice);
  const began = performance.now();
  const analysis = await scrubber.analyse(file, { known: sample.person.known });
  if (analysis.outcome === 'refused') return without(analysis.reason);
  if (analysis.notSearched.some(({ what }) => what !== 'frames-between' && what !== 'frames-compared'))
    without('not read');
  const redacted = await scrubber.redact(analysis, analysis.findings);
  if (redacted.outcome === 'refused') return without(redacted.reason);
  const seconds = (performance.now() - began) / 1000;
  const frames = analysis.findings.some(({ rule }) => rule === 'burned-in') ? 1 : 0;
  // What is found on some frames has to be gone from all: a frame between those that were read is looked at.
  const output = asLoop ? await scrubber.picture(redacted.file, 2, sample.canvas.width) : redacted.file;
  return { ...(await covered(sample, output)), seconds, frames };
}

function without(reason: string): undefined {
  refused.set(reason, (refused.get(reason) ?? 0) + 1);
}

async function run(
  name: string,
  what: string,
  count: number,
  make: (dice: Random) => Promise<Sample>,
  asLoop = false,
): Promise<void> {
  let all = nothing;
  for (let index = 0; index < count; index++) {
    const seed = Number(values.seed) * 1000 + index;
    const dice = random(seed);
    const measured = await masked(await make(dice), dice, asLoop);
    if (!measured) continue;
    if (values.verbose && measured.missed + measured.missedKnown > 0)
      console.log(`${name} ${seed}: ${told(measured, what)}`);
    all = summed(all, measured);
  }
  console.log(`${name}: ${told(all, what)}`);
}

/** Slices that a scanner computes, with writing and without: what is masked, what is taken for writing, and what the looking costs. */
async function slices(count: number, written: 'light' | 'dark'): Promise<void> {
  let all = nothing;
  let [taken, quick, slow] = [0, 0, 0];
  for (let index = 0; index < count; index++) {
    const dice = random(Number(values.seed) * 1000 + index);
    const { sample, file } = await slice(dice, written);
    const began = performance.now();
    const analysis = await scrubber.analyse(file, { known: sample.person.known });
    slow += performance.now() - began;
    if (analysis.outcome === 'refused') throw new Error(analysis.reason);
    const redacted = await scrubber.redact(analysis, analysis.findings);
    if (redacted.outcome === 'refused') throw new Error(redacted.reason);
    const output = await scrubber.picture(redacted.file, 1, sample.canvas.width);
    const measured = { ...(await covered(sample, output)), seconds: 0, frames: 0 };
    if (values.verbose && measured.missed > 0)
      console.log(`slice ${index}, ${written}: ${told(measured, 'text boxes')}`);
    all = summed(all, measured);
    const plain = (await slice(dice, false)).file;
    const again = performance.now();
    const without = await scrubber.analyse(plain);
    quick += performance.now() - again;
    if (without.outcome === 'refused') throw new Error(without.reason);
    if (without.findings.length > 0) taken++;
  }
  console.log(`slices, ${written} writing: ${told(all, 'text boxes')}`);
  console.log(
    `slices without writing: ${taken} of ${count} taken for some; ${(quick / count).toFixed(0)} ms each beside ${(slow / count).toFixed(0)} with`,
  );
}

/** Files of each kind that is hard to find. */
async function hard(count: number): Promise<void> {
  for (const [name, make] of Object.entries(kinds)) {
    let all = nothing;
    for (let index = 0; index < count; index++) {
      const { sample, file, page } = await make(random(Number(values.seed) * 1000 + index));
      const analysis = await scrubber.analyse(file, { known: sample.person.known });
      if (analysis.outcome === 'refused') throw new Error(analysis.reason);
      const redacted = await scrubber.redact(analysis, analysis.findings);
      if (redacted.outcome === 'refused') throw new Error(redacted.reason);
      const output = await scrubber.picture(redacted.file, page, sample.canvas.width);
      all = summed(all, { ...(await covered(sample, output)), seconds: 0, frames: 0 });
    }
    if (count > 0) console.log(`${name}: ${told(all, 'text boxes')}`);
  }
}

await run('frames', 'text boxes', Number(values.frames), frame);
await run('frames of DICOM files', 'text boxes', Number(values.loops), frame, true);
await run('paper', 'identifying words', Number(values.papers), paper);
await run('paper in a hurry', 'identifying words', Number(values.hard), hardPaper);
for (const written of ['light', 'dark'] as const) await slices(Number(values.slices), written);
await hard(Number(values.kinds));
for (const [reason, count] of refused) console.log(`refused or not read: ${reason} ${count}`);
await scrubber.close();
