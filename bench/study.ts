// A large study as one archive, from path to path, with the most memory that the scrubber's processes held: npm run bench:study -- [--megabytes 1100] [--entry 45] [--workers 2].
// With --page a study of slices goes through the upload page in Chromium instead, then one file of 90 MB and one that is too large (bench/study/page.ts).
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { zipWriter } from '../adapters/scrubbers/bundle/zip-writer.ts';
import { CT, dataSetOf, fileOf, pixels, words } from '../adapters/scrubbers/dicom/testing/made.ts';
import { scrubFiles } from '../adapters/scrubbers/files.ts';
import { throughThePage } from './study/page.ts';

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '1100' },
    entry: { type: 'string', default: '45' },
    workers: { type: 'string', default: '2' },
    page: { type: 'boolean', default: false },
  },
});
const MB = 1_000_000;
const SIDE = 1000;
const folder = mkdtempSync(join(tmpdir(), 'study-'));

/** Resident memory of a process, in bytes; 0 where it is gone. */
function resident(pid: number | string): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function children(): readonly string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return (
        /^\d+$/.test(name) &&
        readFileSync(`/proc/${name}/stat`, 'latin1').split(') ')[1]?.split(' ')[1] === String(process.pid)
      );
    } catch {
      return false;
    }
  });
}

try {
  if (values.page) await throughThePage(folder, Number(values.megabytes));
  else await archive();
} finally {
  rmSync(folder, { recursive: true });
}

async function archive(): Promise<void> {
  const given = join(folder, 'study.zip');
  const file = await open(given, 'wx');
  const writer = zipWriter(async (bytes) => {
    for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
  });
  const frames = Math.floor((Number(values.entry) * MB) / (SIDE * SIDE));
  const count = Math.ceil((Number(values.megabytes) * MB) / (frames * SIDE * SIDE));
  for (let number = 0; number < count; number++)
    await writer.add(
      `${number}.dcm`,
      fileOf(
        dataSetOf(
          CT,
          words(0x00080018, `1.2.826.0.1.3680043.9.7433.8.${number}`),
          words(0x00100010, 'Roewood^Jane'),
          ...pixels(SIDE, SIDE, frames, 1, (x, y, frame) => (x * 7 + y * 3 + frame + number) & 127),
        ),
      ),
    );
  await writer.end();
  await file.close();
  console.log(`${count} files of ${frames} frames, ${(statSync(given).size / MB).toFixed(0)} MB in one archive`);

  const before = resident('self');
  let [own, child, both] = [0, 0, 0];
  const watch = setInterval(() => {
    const held = children().map(resident);
    const sum = held.reduce((all, one) => all + one, 0);
    const mine = resident('self');
    [own, child, both] = [Math.max(own, mine), Math.max(child, ...held), Math.max(both, mine + sum)];
  }, 50);
  const began = performance.now();
  await scrubFiles(
    [{ from: given, to: join(folder, 'out.zip') }],
    folder,
    {},
    { workers: Number(values.workers) },
    (_, outcome) => {
      const files = outcome.outcome === 'scrubbed' ? (outcome.report.files ?? []) : [];
      const taken = files.filter((one) => one.outcome === 'scrubbed').length;
      console.log(
        `${outcome.outcome}${'reason' in outcome ? ` (${outcome.reason})` : ''}: ${taken} of ${count} files taken`,
      );
    },
  );
  clearInterval(watch);
  const seconds = (performance.now() - began) / 1000;
  const mb = (bytes: number) => `${(bytes / MB).toFixed(0)} MB`;
  console.log(`${seconds.toFixed(0)} s, ${(statSync(given).size / MB / seconds).toFixed(1)} MB a second`);
  console.log(
    `most memory: this process ${mb(own)} (${mb(before)} before), a child ${mb(child)}, all together ${mb(both)}`,
  );
}
