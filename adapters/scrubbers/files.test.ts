import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { childrenOf, scrubbingChild } from '../../test/processes.ts';
import type { ScrubberOptions } from './bounds.ts';
import { CT, dataSetOf, fileOf, words } from './dicom/testing/made.ts';
import { type FileOutcome, scrubFiles } from './files.ts';
import { MEMORY_SIGNAL } from './protocol.ts';
import { tallied } from './tally.ts';

let folder: string;
let work: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
  work = join(folder, 'work');
  mkdirSync(work);
});
afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** How each file ended, by its place; each has to end once. */
async function scrubbed(
  paths: readonly string[],
  options: ScrubberOptions,
  heard: (index: number) => void = () => {},
): Promise<readonly FileOutcome[]> {
  const outcomes: FileOutcome[] = [];
  const files = paths.map((from, index) => ({ from, to: join(work, String(index)) }));
  await scrubFiles(files, work, {}, options, (index, outcome) => {
    expect(outcomes[index]).toBeUndefined();
    outcomes[index] = outcome;
    heard(index);
  });
  expect(Object.keys(outcomes)).toHaveLength(paths.length);
  for (const [index, { outcome }] of outcomes.entries())
    expect(existsSync(join(work, String(index)))).toBe(outcome === 'scrubbed');
  return outcomes;
}

const kinds = (outcomes: readonly FileOutcome[]) =>
  outcomes.map((one) => (one.outcome === 'scrubbed' ? one.report.format : one.reason));

it('scrubs each file to its second path, and says of each what became of it', async () => {
  const paths = [
    file('note.txt', 'The aorta is 41 mm wide. Phone: +32 2 555 01 47\n'),
    file('slice.dcm', fileOf(dataSetOf(CT, words(0x00100010, 'Roewood^Jane')))),
    file('other.bin', Buffer.from('00010203fffe', 'hex')),
    join(folder, 'missing.txt'),
    file('large.txt', 'long\n'.repeat(2000)),
    file('star*.txt', 'The name of a file is no pattern.\n'),
  ];
  const outcomes = await scrubbed(paths, { maxBytes: 9_000, workers: 2 });
  expect(kinds(outcomes)).toEqual(['text', 'dicom', 'unknown-kind', 'unreadable', 'too-large', 'text']);
  expect(readFileSync(join(work, '0'), 'utf8')).toBe('The aorta is 41 mm wide. Phone: █████\n');
  expect(readFileSync(join(work, '1')).includes('Roewood')).toBe(false);
});

describe.skipIf(!existsSync('/proc/self/statm'))('its child processes', () => {
  it('may read the files and their own code, and write to the folder alone', async () => {
    const paths = [file('a.txt', 'words\n'), file('b.txt', 'words\n')];
    const lines: string[][] = [];
    await scrubbed(paths, { workers: 1 }, () => {
      for (const pid of childrenOf(process.pid, scrubbingChild))
        lines.push(readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0'));
    });
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      expect(line).toContain('--permission');
      expect(line.filter((one) => one.startsWith('--allow-fs-write'))).toEqual([`--allow-fs-write=${work}/*`]);
      const readable = line.filter((one) => one.startsWith(`--allow-fs-read=${folder}/`));
      expect(readable).toEqual(paths.map((path) => `--allow-fs-read=${path}`));
    }
  });

  /** Ends the child once the first file is done: it is at the second then, which is long. */
  async function endedAtTheSecond(signal: NodeJS.Signals): Promise<readonly FileOutcome[]> {
    const long = await PDFDocument.create();
    for (let page = 0; page < 400; page++) long.addPage();
    const pdf = await long.save();
    // Files of one size are taken in their order.
    const words = 'words\n'.padEnd(pdf.length, ' \n');
    const others = ['c', 'd', 'e', 'f'].map((name) => file(`${name}.txt`, words));
    return scrubbed([file('a.txt', words), file('b.pdf', pdf), ...others], { workers: 1 }, (index) => {
      if (index === 0) for (const pid of childrenOf(process.pid, scrubbingChild)) process.kill(pid, signal);
    });
  }

  it('lose one file when they are lost, and the others are scrubbed by the next', async () => {
    const outcomes = await endedAtTheSecond('SIGSEGV');
    expect(kinds(outcomes)).toEqual(['text', 'crashed', 'text', 'text', 'text', 'text']);
    expect(readdirSync(work).sort()).toEqual(['0', '2', '3', '4', '5']);
  });

  it('are given a file once more whose room the memory of those before it took', async () => {
    const outcomes = await endedAtTheSecond(MEMORY_SIGNAL);
    expect(kinds(outcomes)).toEqual(['text', 'pdf', 'text', 'text', 'text', 'text']);
    expect(readdirSync(work).sort()).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  it('lose the file that they were at, though they had not told of those before it yet', async () => {
    const long = await PDFDocument.create();
    for (let page = 0; page < 400; page++) long.addPage();
    const pdf = await long.save();
    const words = 'words\n'.padEnd(pdf.length, ' \n');
    const others = ['a', 'b', 'c', 'd', 'e'].map((name) => file(`${name}.txt`, words));
    const last = file('g.txt', words);
    const done = () =>
      readdirSync(work)
        .filter((name) => name.startsWith('.'))
        .map((name) => tallied(join(work, name)));
    const looking = setInterval(() => {
      if (!done().includes(5)) return;
      clearInterval(looking);
      for (const pid of childrenOf(process.pid, scrubbingChild)) process.kill(pid, 'SIGSEGV');
    }, 2);
    // One batch takes half of them, so there are as many behind.
    const behind = Array.from({ length: 7 }, (_, index) => file(`h${index}.txt`, words));
    const outcomes = await scrubbed([...others, file('f.pdf', pdf), last, ...behind], { workers: 1 });
    clearInterval(looking);
    expect(kinds(outcomes)).toEqual([...others.map(() => 'text'), 'crashed', 'text', ...behind.map(() => 'text')]);
    expect(readdirSync(work).some((name) => name.startsWith('.'))).toBe(false);
  });

  it('are ended over their memory, file by file', async () => {
    const paths = ['a', 'b', 'c'].map((name) => file(`${name}.txt`, 'words\n'));
    const outcomes = await scrubbed(paths, { workers: 1, memoryBytes: 40 * 1024 * 1024 });
    expect(kinds(outcomes)).toEqual(['memory', 'memory', 'memory']);
  });
});
