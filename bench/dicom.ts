// What is left in scrubbed DICOM files, by a reader that is not the product's, and how fast they are, beside gdcmanon (libgdcm-tools) in the same run:
// npm run bench:dicom -- [--corpus DIR] [--slices 500] [--steady 2000] [--malformed 1000] [--only corpus,malformed,speed] [--verbose]. Errors of the object definition are counted where dciodvfy (dicom3tools) is installed;
// dicom-anonymizer of Kitware runs too where it is.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { openFrames } from '../adapters/scrubbers/dicom/pixels/frames.ts';
import { readDicom } from '../adapters/scrubbers/dicom/read.ts';
import { createScrubber } from '../adapters/scrubbers/scrubber.ts';
import { malformed } from './dicom/malformed.ts';
import { type Judged, judge } from './dicom/oracle.ts';
import { has, speed } from './dicom/speed.ts';

const { values } = parseArgs({
  options: {
    corpus: { type: 'string', default: join(import.meta.dirname, '../../shared/corpus/dicom') },
    slices: { type: 'string', default: '500' },
    steady: { type: 'string', default: '2000' },
    malformed: { type: 'string', default: '1000' },
    only: { type: 'string', default: 'corpus,malformed,speed' },
    verbose: { type: 'boolean', default: false },
  },
});
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'dicom-'));
const percent = (part: number, all: number) => `${((100 * part) / Math.max(1, all)).toFixed(1)} %`;

try {
  const parts = values.only.split(',');
  const isThere = existsSync(values.corpus);
  if (!isThere) console.log(`no corpus at ${values.corpus}`);
  if (isThere && parts.includes('corpus')) await corpus(values.corpus);
  if (parts.includes('malformed'))
    await malformed(Number(values.malformed), isThere ? values.corpus : undefined, values.verbose);
  if (parts.includes('speed')) await speed(Number(values.slices), Number(values.steady));
} finally {
  rmSync(folder, { recursive: true });
}

async function corpus(root: string): Promise<void> {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => join(root, name))
    .filter((path) => statSync(path).isFile());
  const scrubber = createScrubber({ readMs: 0 });
  const refused = new Map<string, number>();
  const coincidences = new Map<string, number>();
  let [scrubbed, leaking, unread, elements, overlays, pictures, same, grew, judged] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  const verifies = has('dciodvfy');
  for (const path of files) {
    const file = readFileSync(path);
    const outcome = await scrubber.scrub(file, { redact: 'none' });
    if (outcome.outcome === 'refused') {
      refused.set(outcome.reason, (refused.get(outcome.reason) ?? 0) + 1);
      continue;
    }
    scrubbed++;
    const found = looked(file, outcome.file);
    if (!found) unread++;
    else {
      const leaks = found.left.filter(({ coincidence }) => coincidence === undefined);
      if (leaks.length > 0) leaking++;
      if (values.verbose) for (const { from, to, text } of leaks) console.log(path, from, '->', to, text);
      for (const { coincidence } of found.left)
        if (coincidence) coincidences.set(coincidence, (coincidences.get(coincidence) ?? 0) + 1);
      elements += found.private;
      overlays += found.overlays;
    }
    const alike = await samePixels(file, outcome.file);
    if (alike !== undefined) pictures++;
    if (alike) same++;
    else if (alike === false && values.verbose) console.log(path, 'other pixels');
    if (!verifies) continue;
    const output = join(folder, 'output.dcm');
    writeFileSync(output, outcome.file);
    judged++;
    if ((await errorsOf(output)) > (await errorsOf(path))) grew++;
  }
  await scrubber.close();
  console.log(
    `${files.length} files: ${scrubbed} scrubbed, refused: ${[...refused].map((one) => one.join(' ')).join(', ') || 'none'}`,
  );
  console.log(
    `files with a true leak ${leaking}, private elements left ${elements}, curves and overlays left ${overlays}; not read by the other reader ${unread}`,
  );
  console.log(`coincidences: ${[...coincidences].map((one) => one.join(': ')).join('; ') || 'none'}`);
  console.log(`decoded pixels the same: ${same} of ${pictures} (${percent(same, pictures)})`);
  console.log(
    verifies
      ? `files whose dciodvfy errors grew: ${grew} of ${judged} (${percent(grew, judged)})`
      : 'dciodvfy is not installed',
  );
}

function looked(original: Uint8Array, output: Uint8Array): Judged | undefined {
  try {
    return judge(original, output);
  } catch (error) {
    if (values.verbose) console.log('the other reader:', String(error));
    return undefined;
  }
}

async function errorsOf(path: string): Promise<number> {
  const { stderr, stdout } = await run('dciodvfy', [path], { maxBuffer: 64 * 1024 * 1024 }).catch(
    (error: { readonly stderr: string; readonly stdout: string }) => error,
  );
  return `${stdout}\n${stderr}`.split('\n').filter((line) => line.startsWith('Error')).length;
}

/** Whether all frames decode to the same samples; undefined where there are none to be decoded. */
async function samePixels(original: Uint8Array, output: Uint8Array): Promise<boolean | undefined> {
  const [one, other] = [await openFrames(readDicom(original)), await openFrames(readDicom(output))];
  if (!one?.frame(0)) return undefined;
  if (one.layout.frames !== other?.layout.frames) return false;
  return Array.from({ length: one.layout.frames }, (_, index) => index).every((index) => {
    const [was, is] = [one.frame(index), other.frame(index)];
    return was && is ? Buffer.compare(was.bytes, is.bytes) === 0 : was === is;
  });
}
