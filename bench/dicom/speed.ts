import { execFile, execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { createScrubber } from '../../adapters/scrubbers/scrubber.ts';
import { slice } from './study.ts';

const run = promisify(execFile);
const COMMAND = join(import.meta.dirname, '../../cli/scrub.js');
const BUILD = join(import.meta.dirname, '../../cli/build-scrub.ts');
const TURNS = 3;
const CORES = availableParallelism();
const MOST_SAID = 64 * 1024 * 1024;
const ROOM = 4e9;

export function has(command: string): boolean {
  try {
    execFileSync('which', [command], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

interface Peer {
  readonly name: string;
  /** Scrubs all files of a folder into another one; gives the seconds that processors worked, where that is known. */
  readonly run: (from: string, to: string) => Promise<number | undefined>;
}

/** Runs a command and gives the seconds that processors worked for it and its children. */
async function timed(command: string, args: readonly string[], fine: readonly number[] = []): Promise<number> {
  const asked = ['-c', 'TIMEFORMAT="%U %S"; time "$@"', 'bash', command, ...args];
  const { stderr } = await run('bash', asked, { maxBuffer: MOST_SAID }).catch(
    (error: { readonly code?: number; readonly stderr: string }) => {
      if (!fine.includes(error.code ?? 0)) throw error;
      return error;
    },
  );
  const [user = 0, system = 0] = (stderr.trimEnd().split('\n').at(-1) ?? '').split(' ').map(Number);
  return user + system;
}

const paths = (folder: string) => readdirSync(folder).map((name) => join(folder, name));

const ours: Peer = {
  name: 'the command line',
  // Two: a person must look, as at every file with frames.
  run: (from, to) => timed(process.execPath, ['--no-warnings', COMMAND, ...paths(from), '-o', to], [2]),
};

/** The same by children that have scrubbed before, as a server's have; there a file comes and goes through memory. */
async function whenWarm(warming: string, measure: (warm: Peer) => Promise<void>): Promise<void> {
  const scrubber = createScrubber({ workers: CORES });
  const scrubbed = async (from: string, to: string | undefined) => {
    const waiting = paths(from);
    const work = async () => {
      for (let path = waiting.pop(); path; path = waiting.pop()) {
        const outcome = await scrubber.scrub(await readFile(path));
        if (outcome.outcome === 'refused') throw new Error(`${path}: ${outcome.reason}`);
        if (to) await writeFile(join(to, basename(path)), outcome.file);
      }
    };
    await Promise.all(Array.from({ length: CORES + 1 }, work));
    return undefined;
  };
  try {
    await scrubbed(warming, undefined);
    await measure({ name: 'children that are warm', run: scrubbed });
  } finally {
    await scrubber.close();
  }
}

function peers(folder: string): readonly Peer[] {
  const found: Peer[] = [];
  if (has('gdcmanon')) {
    const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => join(folder, name)) as [string, string];
    const asked = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=bench'];
    execFileSync('openssl', [...asked, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
    const gdcmanon = (from: string, to: string) =>
      timed('gdcmanon', ['-e', '-c', certificate, '-r', '--continue', '-i', from, '-o', to]);
    found.push({ name: 'gdcmanon', run: gdcmanon });
    if (CORES > 1)
      found.push({
        name: `gdcmanon as ${CORES} processes`,
        run: async (from, to) => {
          const parts = Array.from({ length: CORES }, (_, part) => `${from}.${part}`);
          const seconds = await Promise.all(parts.map((part) => gdcmanon(part, to)));
          return seconds.reduce((sum, one) => sum + one, 0);
        },
      });
  } else console.log('gdcmanon is not installed (libgdcm-tools)');
  if (has('dicom-anonymizer'))
    found.push({
      name: 'dicom-anonymizer of Kitware',
      run: (from, to) => timed('dicom-anonymizer', [from, to]),
    });
  else console.log('dicom-anonymizer of Kitware is not installed (pip install dicom-anonymizer)');
  return found;
}

/**
 * Prints how many files a second the command line takes, its start included, beside the other tools in the same run: a study of so many slices, and as many slices as show the speed once it is warm. Files lie in memory where there
 * is room: a disk's pace is nobody's merit.
 */
export async function speed(slices: number, steady: number): Promise<void> {
  // As an install does: sources that were changed since would be run as they are.
  execFileSync(process.execPath, [BUILD]);
  const folder = mkdtempSync(join(inMemory() ?? tmpdir(), 'speed-'));
  try {
    const study = join(folder, 'study');
    mkdirSync(study);
    for (let number = 1; number <= slices; number++)
      writeFileSync(join(study, `${String(number).padStart(4, '0')}.dcm`), slice(number));
    const all = peers(folder);
    linkParts(study, readdirSync(study));
    await compare(`a CT of ${slices} slices`, study, [ours, ...all], folder);
    const [quick] = all;
    if (quick) await whenWarm(study, (warm) => compare(`${slices} slices`, study, [warm, quick], folder));
    if (steady <= slices) return;
    // The same slices by other names: what is written is written anew.
    const many = join(folder, 'many');
    const names = readdirSync(study);
    linkAll(
      many,
      study,
      Array.from({ length: steady }, (_, number) => names[number % names.length] as string),
    );
    linkParts(many, readdirSync(many));
    const others = all.filter(({ name }) => name.startsWith('gdcmanon'));
    await compare(`${steady} slices`, many, [ours, ...others], folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function inMemory(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > ROOM ? '/dev/shm' : undefined;
  } catch {
    return undefined;
  }
}

function linkAll(to: string, from: string, names: readonly string[]): void {
  mkdirSync(to);
  for (const [number, name] of names.entries())
    linkSync(join(from, name), join(to, `${String(number).padStart(6, '0')}.dcm`));
}

/** A folder beside it for each process, with its part of the files. */
function linkParts(folder: string, names: readonly string[]): void {
  for (let part = 0; part < CORES; part++) {
    mkdirSync(`${folder}.${part}`);
    for (const name of names.filter((_, index) => index % CORES === part))
      linkSync(join(folder, name), join(`${folder}.${part}`, name));
  }
}

/** The best of some turns each, taken in turn: a machine is not as fast at all times. Processor time is least touched by what else runs. */
async function compare(what: string, from: string, all: readonly Peer[], folder: string): Promise<void> {
  const best = new Map<string, { seconds: number; worked: number }>();
  const count = readdirSync(from).length;
  for (let turn = 0; turn < TURNS; turn++)
    for (const { name, run } of all) {
      const to = join(folder, 'out');
      mkdirSync(to);
      const began = performance.now();
      const worked = (await run(from, to)) ?? Infinity;
      const seconds = (performance.now() - began) / 1000;
      const written = readdirSync(to).length;
      if (written !== count) throw new Error(`${name} wrote ${written} of ${count}`);
      rmSync(to, { recursive: true });
      const before = best.get(name) ?? { seconds: Infinity, worked: Infinity };
      best.set(name, { seconds: Math.min(seconds, before.seconds), worked: Math.min(worked, before.worked) });
    }
  const [[own, { seconds: least } = { seconds: Infinity }] = ['']] = best;
  for (const [name, { seconds, worked }] of best) {
    const each = Number.isFinite(worked) ? ` (${((1000 * worked) / count).toFixed(2)} ms of a processor for each)` : '';
    const ratio = name === own ? '' : `; ours is ${(seconds / least).toFixed(2)} times as fast`;
    console.log(`${what}: ${name} ${(count / seconds).toFixed(0)} files a second${each}${ratio}`);
  }
}
