// npm run --silent scrub -- IN.pdf -o OUT.pdf [--report R.json]
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createScrubber } from '../adapters/scrubbers/scrubber.ts';
import type { ScrubOutcome } from '../domain/ports.ts';

/** Exit codes, as a script needs them: nothing detected, a person must look, refused, failed. */
const EXIT = { clean: 0, look: 2, refused: 3, failed: 1 } as const;
const USAGE = 'usage: npm run --silent scrub -- IN.pdf -o OUT.pdf [--report R.json]';

type Refused = Extract<ScrubOutcome, { outcome: 'refused' }>;
/** The refusal in words, with the way out. */
const WORDS: Readonly<Record<string, (params: NonNullable<Refused['params']>) => string>> = {
  'not-a-pdf': ({ kind }) => `This is not a PDF (it appears to be: ${kind}). Save or print it as a PDF and try again.`,
  password: () => 'This PDF needs a password to open. Save a copy without a password and try again.',
  'too-large': ({ limit }) =>
    `This file is larger than ${Math.floor(Number(limit) / 1024 / 1024)} MB. Split it, or save its pictures smaller, and try again.`,
  'too-many-pages': ({ pages, limit }) =>
    `This PDF has ${pages} pages; at most ${limit} are taken. Split it and try again.`,
  corrupt: () =>
    'This PDF is damaged and cannot be read. Open it in a PDF reader, print it to a new PDF, and try again.',
  time: () => 'This PDF took too long. Print it to a new PDF, or split it, and try again.',
  memory: () => 'This PDF needs too much memory. Print it to a new PDF, or split it, and try again.',
  crashed: () => 'This PDF made the reader stop. Print it to a new PDF and try again.',
  'not-verified': () =>
    'The scrubbed copy did not pass its own checks, so it is not given out. Print the file to a new PDF and try again.',
};

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const given = readArguments(args);
  if (!given) return say(USAGE, EXIT.failed);
  let file: Buffer;
  try {
    file = await readFile(given.input);
  } catch {
    return say('The input cannot be read.', EXIT.failed);
  }
  const scrubber = createScrubber();
  try {
    const outcome = await scrubber.scrub(file, basename(given.input));
    if (outcome.outcome === 'refused') {
      if (given.report)
        await writeWhole(given.report, json({ outcome: 'refused', reason: outcome.reason, params: outcome.params }));
      const words = WORDS[outcome.reason] ?? (() => `The file is refused (${outcome.reason}).`);
      return say(words(outcome.params ?? {}), EXIT.refused);
    }
    // The report first: an output that stands there has one.
    if (given.report) await writeWhole(given.report, json({ outcome: 'scrubbed', ...outcome.report }));
    await writeWhole(given.output, outcome.file);
    if (outcome.report.notSearched.length === 0) return EXIT.clean;
    const parts = outcome.report.notSearched.map(({ what, pages }) =>
      pages.length > 0 ? `${what} (pages ${pages.join(', ')})` : what,
    );
    return say(`Scrubbed. Not searched, so a person must look: ${parts.join('; ')}.`, EXIT.look);
  } catch {
    return say('The output cannot be written.', EXIT.failed);
  } finally {
    await scrubber.close();
  }
}

function readArguments(args: string[]): { input: string; output: string; report: string | undefined } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { output: { type: 'string', short: 'o' }, report: { type: 'string' } },
    });
    const [input, ...more] = positionals;
    if (!input || more.length > 0 || !values.output) return undefined;
    return { input, output: values.output, report: values.report };
  } catch {
    return undefined;
  }
}

/** Writes a file that is there whole or not at all, and that only its owner may read. */
async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = join(dirname(path), `.${randomBytes(6).toString('hex')}.part`);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function say(words: string, code: number): number {
  process.stderr.write(`${words}\n`);
  return code;
}
