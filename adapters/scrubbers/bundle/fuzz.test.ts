import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Scrubber } from '../../../domain/ports.ts';
import { dice } from '../../../domain/seeded.ts';
import { CT, dataSetOf, fileOf, pixels, words } from '../dicom/testing/made.ts';
import { packed } from '../office/testing/planted.ts';
import { createScrubber } from '../scrubber.ts';
import { sourceOf } from './bundles.ts';
import { directoryOf } from './directory.ts';

let scrubber: Scrubber;
beforeAll(() => {
  scrubber = createScrubber({ readMs: 0, workers: 1, maxBytes: 200_000 });
});
afterAll(() => scrubber.close());

const secret = 'Zqroewood';
const study = packed({
  'a.txt': `Patient: ${secret}\n`.repeat(20),
  IM1: fileOf(dataSetOf(CT, words(0x00100010, `${secret}^Jane`), ...pixels(16, 16, 1, 1, (x, y) => x * y))),
  'b.txt': 'is well',
});
const known = { names: [secret] };

/** Changes bytes, cuts, doubles and shifts parts, by a seed; the directory and the headers are hit most. */
function damaged(seed: number): Uint8Array {
  const roll = dice(seed);
  let bytes = Buffer.from(study);
  const directory = bytes.indexOf('PK\x01\x02', 0, 'latin1');
  for (let turn = 0; turn <= roll(4); turn++) {
    const at = roll(3) > 0 ? directory + roll(bytes.length - directory) : roll(bytes.length);
    const kind = roll(6);
    if (kind < 3) bytes[at] = roll(256);
    else if (kind === 3) bytes.subarray(at, at + 4).fill(0xff);
    else if (kind === 4)
      bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + roll(20)))]);
    else bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - roll(60)))]);
  }
  return bytes;
}

it('damaged archives are told of or scrubbed, and nothing of them comes out unscrubbed', async () => {
  const outcomes = new Map<string, number>();
  for (let seed = 1; seed <= (process.env.SOAK ? 5000 : 120); seed++) {
    const outcome = await scrubber.scrub(damaged(seed), { known });
    const told = outcome.outcome === 'refused' ? outcome.reason : outcome.outcome;
    outcomes.set(told, (outcomes.get(told) ?? 0) + 1);
    if (outcome.outcome === 'scrubbed' && Buffer.from(outcome.file).includes(secret)) throw new Error(`seed ${seed}`);
  }
  // Some of each: else nothing was tried.
  expect(outcomes.get('scrubbed')).toBeGreaterThan(10);
  expect(outcomes.get('corrupt')).toBeGreaterThan(10);
  expect([...outcomes.keys()]).not.toContain('crashed');
}, 1_800_000);

it('a directory is read or refused in bounded memory, whatever its numbers say', async () => {
  const told = new Set<string>();
  const note = (error: { readonly code?: string }) => {
    told.add(error.code ?? 'another error');
    return [];
  };
  let longest = 0;
  for (let seed = 1; seed <= (process.env.SOAK ? 100_000 : 2000); seed++) {
    const source = sourceOf(damaged(seed * 7919));
    for (const entry of await directoryOf(source, { entries: 100, bytes: 1e6, ratio: 300 }).catch(note)) {
      longest = Math.max(longest, entry.packed / source.length);
      await entry.begin().catch(note);
    }
  }
  expect(longest).toBeLessThanOrEqual(1);
  const known = ['corrupt', 'password', 'too-many-entries', 'zip-bomb', 'zip-names'];
  expect([...told].filter((code) => !known.includes(code))).toEqual([]);
}, 1_800_000);
