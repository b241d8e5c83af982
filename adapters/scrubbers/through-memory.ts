import { readFile, writeFile } from 'node:fs/promises';
import type { Scrubber } from '../../domain/ports.ts';
import { bounded, type ScrubberOptions } from './bounds.ts';
import { isBundleAt, scrubBundleAt } from './bundle/on-disk.ts';
import type { FileOutcome, FromTo } from './protocol.ts';
import { createScrubber } from './scrubber.ts';

type Asked = Omit<NonNullable<Parameters<Scrubber['scrub']>[1]>, 'progress'>;
type Indexed = FromTo & { readonly index: number };

/** What cannot be read by a child, or is drawn by another program afterwards, passes through this process; so do bundles, file by file. */
export async function throughMemory(
  files: readonly Indexed[],
  asked: Asked,
  options: ScrubberOptions,
  ended: (index: number, outcome: FileOutcome) => void,
): Promise<void> {
  const scrubber = createScrubber(options);
  let next = 0;
  const work = async () => {
    for (let file = files[next++]; file; file = files[next++]) ended(file.index, await one(scrubber, file, asked));
  };
  try {
    // One more than there are workers reads and writes while they work.
    await Promise.all(Array.from({ length: bounded(options).workers + 1 }, work));
  } finally {
    await scrubber.close();
  }
}

async function one(scrubber: Scrubber, { from, to }: FromTo, asked: Asked): Promise<FileOutcome> {
  if (await isBundleAt(from)) return scrubBundleAt(scrubber, from, to, asked);
  let file: Buffer;
  try {
    file = await readFile(from);
  } catch {
    return { outcome: 'failed', reason: 'unreadable' };
  }
  const outcome = await scrubber.scrub(file, asked);
  if (outcome.outcome === 'refused') return outcome;
  try {
    await writeFile(to, outcome.file, { flag: 'wx', mode: 0o600 });
  } catch {
    return { outcome: 'failed', reason: 'unwritable' };
  }
  return { outcome: 'scrubbed', report: outcome.report };
}
