import { execFile, execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { slice } from './study.ts';

const run = promisify(execFile);
const COMMAND = join(import.meta.dirname, '../../cli/scrub.ts');
const TURNS = 2;

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
  /** Scrubs all files of a folder into another one. */
  run(from: string, to: string): Promise<void>;
}

const ours: Peer = {
  name: 'the command line',
  run: async (from, to) => {
    const names = readdirSync(from).map((name) => join(from, name));
    // Two: a person must look, as at every file with frames.
    await run(process.execPath, ['--no-warnings', COMMAND, ...names, '-o', to], { maxBuffer: 64 * 1024 * 1024 }).catch(
      (error: { readonly code?: number }) => {
        if (error.code !== 2) throw error;
      },
    );
  },
};

function peers(folder: string): readonly Peer[] {
  const found: Peer[] = [];
  if (has('gdcmanon')) {
    const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => join(folder, name)) as [string, string];
    const asked = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=bench'];
    execFileSync('openssl', [...asked, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
    const options = ['-e', '-c', certificate, '-r', '--continue'];
    found.push({
      name: 'gdcmanon',
      run: async (from, to) => void (await run('gdcmanon', [...options, '-i', from, '-o', to])),
    });
  } else console.log('gdcmanon is not installed (libgdcm-tools)');
  if (has('dicom-anonymizer'))
    found.push({
      name: 'dicom-anonymizer of Kitware',
      run: async (from, to) => void (await run('dicom-anonymizer', [from, to], { maxBuffer: 64 * 1024 * 1024 })),
    });
  else console.log('dicom-anonymizer of Kitware is not installed (pip install dicom-anonymizer)');
  return found;
}

/** Prints how many files a second the command line takes, its start included, beside the other tools in the same run: a study of so many slices, and as many slices as show the speed once it is warm. */
export async function speed(folder: string, slices: number, steady: number): Promise<void> {
  const study = join(folder, 'study');
  mkdirSync(study);
  for (let number = 1; number <= slices; number++)
    writeFileSync(join(study, `${String(number).padStart(4, '0')}.dcm`), slice(number));
  const all = peers(folder);
  await compare(`a CT of ${slices} slices`, study, all, folder);
  if (steady <= slices) return;
  // The same slices by other names: what is written is written anew.
  const many = join(folder, 'many');
  mkdirSync(many);
  const names = readdirSync(study);
  for (let number = 0; number < steady; number++)
    linkSync(join(study, names[number % names.length] as string), join(many, `${String(number).padStart(6, '0')}.dcm`));
  const quick = all.filter(({ name }) => name === 'gdcmanon');
  await compare(`${steady} slices`, many, quick, folder);
}

/** The best of some turns each, taken in turn: a machine is not as fast at all times. */
async function compare(what: string, from: string, others: readonly Peer[], folder: string): Promise<void> {
  const best = new Map<string, number>();
  const count = readdirSync(from).length;
  for (let turn = 0; turn < TURNS; turn++)
    for (const peer of [ours, ...others]) {
      const to = join(folder, 'out');
      mkdirSync(to);
      const began = performance.now();
      await peer.run(from, to);
      const seconds = (performance.now() - began) / 1000;
      const written = readdirSync(to).length;
      if (written !== count) throw new Error(`${peer.name} wrote ${written} of ${count}`);
      rmSync(to, { recursive: true });
      best.set(peer.name, Math.min(seconds, best.get(peer.name) ?? Infinity));
    }
  const own = best.get(ours.name) ?? Infinity;
  for (const [name, seconds] of best)
    console.log(
      `${what}: ${name} ${(count / seconds).toFixed(0)} files a second${name === ours.name ? '' : `; ours is ${(seconds / own).toFixed(2)} times as fast`}`,
    );
}
