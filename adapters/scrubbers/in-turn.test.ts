import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inTurn } from './in-turn.ts';
import type { FileOutcome } from './protocol.ts';
import { tallied } from './tally.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'in-turn-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const outcomeOf = (from: string): FileOutcome => ({ outcome: 'refused', reason: 'corrupt', params: { from } });

/** What was told of files by these names, and how many the tally had while each was scrubbed. */
async function told(names: readonly string[], tally: string, wait: (name: string) => number = () => 0) {
  const [heard, counts]: [FileOutcome[][], number[]] = [[], []];
  const files = names.map((from) => ({ from, to: '' }));
  const job = { job: 'files', files, tally, maxBytes: 9, maxPages: 9, readMs: 0, redact: 'all' } as const;
  const scrub = async ({ from }: { readonly from: string }) => {
    counts.push(tallied(tally));
    await new Promise((resolve) => setTimeout(resolve, wait(from)));
    return outcomeOf(from);
  };
  await inTurn(
    job,
    scrub,
    (outcomes) => heard.push([...outcomes]),
    () => {},
  );
  return { heard, counts };
}

it('tells of files in their order, of many at a time, and counts each as soon as it is done', async () => {
  const names = ['a', 'b', 'c', 'd'];
  const tally = join(folder, 'tally');
  const { heard, counts } = await told(names, tally);
  expect(heard).toEqual([names.map(outcomeOf)]);
  expect(counts).toEqual([0, 1, 2, 3]);
  expect(tallied(tally)).toBe(4);
});

it('tells of what is done when a file took its time', async () => {
  const { heard } = await told(['a', 'slow', 'c'], join(folder, 'tally'), (name) => (name === 'slow' ? 150 : 0));
  expect(heard).toEqual([[outcomeOf('a'), outcomeOf('slow')], [outcomeOf('c')]]);
});

it('tells of each at once where it cannot count', async () => {
  const tally = join(folder, 'missing', 'tally');
  const { heard } = await told(['a', 'b'], tally);
  expect(heard).toEqual([[outcomeOf('a')], [outcomeOf('b')]]);
  expect(existsSync(tally)).toBe(false);
  expect(tallied(tally)).toBe(0);
});
