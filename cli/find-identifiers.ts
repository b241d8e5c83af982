// npm run --silent find-identifiers -- FILE… [--json] [--known K.json]
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { sniff } from '../adapters/scrubbers/sniff.ts';
import { findIdentifiers } from '../domain/identifiers/find.ts';
import type { KnownIdentifiers, Span } from '../domain/identifiers/spans.ts';

/** Exit codes, as a script needs them: all were read; wrong arguments or a file that cannot be read; a file that is no text. */
const EXIT = { done: 0, failed: 1, refused: 3 } as const;
const USAGE = 'usage: npm run --silent find-identifiers -- FILE… [--json] [--known K.json]';

const knownFile = z.strictObject({
  names: z.array(z.string()).default([]),
  birthDate: z.iso.date().optional(),
  numbers: z.array(z.string()).optional(),
});

process.exitCode = await main(process.argv.slice(2));

/**
 * Prints for each file what may identify a person in it, in the order of the arguments, each as soon as it is known. Offsets are UTF-16 units of the file decoded as UTF-8: a byte order
 * mark counts as one unit, and line ends count as they stand. Never prints what was found.
 */
async function main(args: string[]): Promise<number> {
  const given = readArguments(args);
  if (!given) return say(USAGE, EXIT.failed);
  const known = given.known === undefined ? undefined : await readKnown(given.known);
  if (known === 'unusable') {
    const shape = '{"names":["…"],"birthDate":"YYYY-MM-DD","numbers":["…"]}';
    return say(`The file of known identifiers cannot be read: it must hold ${shape}.`, EXIT.failed);
  }
  let worst: number = EXIT.done;
  for (const file of given.files) {
    const text = await readText(file);
    if (text === 'unreadable') worst = say(`${file}: The file cannot be read.`, EXIT.failed);
    else if (text === 'not-text') {
      const code = say(`${file}: This is not text in UTF-8. For other kinds of files: npm run scrub.`, EXIT.refused);
      if (worst === EXIT.done) worst = code;
    } else {
      const spans = findIdentifiers(text.content, known ? { known } : {});
      process.stdout.write(given.json ? asJson(file, spans) : asTable(file, text.content, spans));
    }
  }
  return worst;
}

function readArguments(args: string[]): { files: string[]; json: boolean; known: string | undefined } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, known: { type: 'string' } },
    });
    return positionals.length > 0 ? { files: positionals, json: values.json, known: values.known } : undefined;
  } catch {
    return undefined;
  }
}

async function readKnown(path: string): Promise<KnownIdentifiers | 'unusable'> {
  try {
    const { names, birthDate, numbers } = knownFile.parse(JSON.parse(await readFile(path, 'utf8')));
    return { names, ...(birthDate !== undefined && { birthDate }), ...(numbers && { numbers }) };
  } catch {
    return 'unusable';
  }
}

async function readText(path: string): Promise<{ content: string } | 'unreadable' | 'not-text'> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch {
    return 'unreadable';
  }
  const kind = sniff(bytes);
  if (kind === 'empty') return { content: '' };
  if (kind !== 'text') return 'not-text';
  try {
    return { content: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return 'not-text';
  }
}

function asJson(file: string, spans: readonly Span[]): string {
  const plain = spans.map(({ start, end, kind, certainty, rule }) => ({ start, end, kind, certainty, rule }));
  return `${JSON.stringify({ file, spans: plain })}\n`;
}

/** A line for each kind: how often it was found, how often it is certain, in which lines of the file. */
function asTable(file: string, text: string, spans: readonly Span[]): string {
  const starts = lineStarts(text);
  const kinds = Map.groupBy(spans, ({ kind }) => kind);
  const rows = Array.from(kinds, ([kind, found]) => {
    const lines = new Set(found.map(({ start }) => lineOf(starts, start)));
    const certain = found.filter(({ certainty }) => certainty === 'certain').length;
    return `  ${kind.padEnd(12)} ${String(found.length).padStart(5)}  (${certain} certain)  in lines ${ranges(Array.from(lines))}`;
  });
  return `${file}: ${spans.length === 0 ? 'nothing was found; look at it all the same' : `${spans.length} found`}\n${rows.map((row) => `${row}\n`).join('')}`;
}

function lineStarts(text: string): number[] {
  return [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), ({ 0: end, index }) => index + end.length)];
}

/** The number of the line, from 1, that a place is in. */
function lineOf(starts: readonly number[], at: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low + 1;
}

/** '1-3, 7' of ascending numbers. */
function ranges(numbers: readonly number[]): string {
  const runs: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && last.to === number - 1) last.to = number;
    else runs.push({ from: number, to: number });
  }
  return runs.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}

function say(words: string, code: number): number {
  process.stderr.write(`${words}\n`);
  return code;
}
