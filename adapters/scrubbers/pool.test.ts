import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PDFDocument } from 'pdf-lib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { childrenOf, scrubbingChild } from '../../test/processes.ts';
import { pageWith } from './pdf/testing/planted.ts';
import { createPool, type Pool } from './pool.ts';
import { MEMORY_SIGNAL } from './protocol.ts';

const options = { workers: 1, timeMs: 20_000, memoryBytes: 900 * 1024 * 1024, jobsPerChild: 25 };
const asked = { job: 'scrub', maxPages: 9, readMs: 0, redact: 'all', flatten: false } as const;
const job = { ...asked, file: pageWith('0 0 9 9 re f') };
let pool: Pool | undefined;
afterEach(() => pool?.close());

describe.skipIf(!existsSync('/proc/self/statm'))('a child process', () => {
  it('has none of the environment of its parent, and may not write', async () => {
    vi.stubEnv('SEALING_KEY_OF_TEST', 'a secret');
    pool = createPool(options);
    await pool.run(job);
    const [pid] = childrenOf(process.pid, scrubbingChild);
    expect(readFileSync(`/proc/${pid}/environ`, 'latin1')).not.toContain('SEALING_KEY_OF_TEST');
    const line = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
    expect(line).toContain('--permission');
    expect(line).not.toContain('--allow-fs-write');
    vi.unstubAllEnvs();
  });

  it('is replaced when it is killed from outside, and its job is lost as crashed', async () => {
    pool = createPool(options);
    await pool.run(job);
    const [pid] = childrenOf(process.pid, scrubbingChild);
    const answer = pool.run(job);
    process.kill(pid as number, 'SIGKILL');
    expect(await answer).toEqual({ answer: 'lost', why: 'crashed', worn: true });
    expect(await pool.run(job)).toMatchObject({ answer: 'scrub', outcome: { outcome: 'scrubbed' } });
  });

  it('that had held other files gives a file that it has no memory for to a new one; a new one loses it', async () => {
    pool = createPool(options);
    const fresh = pool.run(job);
    // It is another program for a moment, and between the two none.
    const first = await vi.waitUntil(() => childrenOf(process.pid, scrubbingChild)[0], { interval: 1 });
    process.kill(first, MEMORY_SIGNAL);
    expect(await fresh).toEqual({ answer: 'lost', why: 'memory', worn: false });
    await pool.run(job);
    const [second] = childrenOf(process.pid, scrubbingChild);
    const given = pool.run(job);
    process.kill(second as number, MEMORY_SIGNAL);
    expect(await given).toMatchObject({ answer: 'scrub', outcome: { outcome: 'scrubbed' } });
    expect(childrenOf(process.pid, scrubbingChild)).not.toContain(second);
  });

  it('ends when its job is stopped; what waits is not begun, and the next job has a new one', async () => {
    pool = createPool(options);
    await pool.run(job);
    const [pid] = childrenOf(process.pid, scrubbingChild);
    const stop = new AbortController();
    const { signal } = stop;
    const jobs = [pool.run(job, { signal }), pool.run(job, { signal })];
    stop.abort();
    const lost = { answer: 'lost', why: 'stopped' };
    expect(await Promise.all(jobs)).toMatchObject([lost, lost]);
    expect(childrenOf(process.pid, scrubbingChild)).not.toContain(pid);
    expect(await pool.run(job, { signal })).toMatchObject(lost);
    expect(await pool.run(job)).toMatchObject({ answer: 'scrub', outcome: { outcome: 'scrubbed' } });
  });

  it('takes a file from where it lies, and gives it to where it goes; what cannot be read or taken is no answer', async () => {
    pool = createPool(options);
    const whole = await pool.run(job);
    if (whole.answer !== 'scrub' || whole.outcome.outcome !== 'scrubbed') throw new Error(whole.answer);
    const from = { length: job.file.length, read: async (at: number, to: number) => job.file.subarray(at, to) };
    const parts: Buffer[] = [];
    const to = async (part: Uint8Array) => void parts.push(Buffer.from(part));
    const empty = { ...asked, file: new Uint8Array() };
    const answer = await pool.run(empty, { from, to });
    expect(answer).toMatchObject({ outcome: { outcome: 'scrubbed', file: new Uint8Array() } });
    expect(Buffer.concat(parts).equals(whole.outcome.file)).toBe(true);
    const gone = () => Promise.reject(new Error('gone'));
    await expect(pool.run(empty, { from: { ...from, read: gone } })).rejects.toThrow('gone');
    await expect(pool.run(empty, { from, to: gone })).rejects.toThrow('gone');
    expect(await pool.run(job)).toMatchObject({ answer: 'scrub', outcome: { outcome: 'scrubbed' } });
  });

  it('does not outlive its parent, even while it works', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pool-'));
    const parent = join(folder, 'parent.ts');
    const long = await PDFDocument.create();
    for (let page = 0; page < 300; page++) long.addPage();
    writeFileSync(join(folder, 'slow.pdf'), await long.save());
    writeFileSync(
      parent,
      `import { readFileSync } from 'node:fs';
       import { createPool } from ${JSON.stringify(fileURLToPath(new URL('./pool.ts', import.meta.url)))};
       void createPool(${JSON.stringify(options)}).run({ ...${JSON.stringify({ ...asked, maxPages: 300, flatten: true })}, file: readFileSync(${JSON.stringify(join(folder, 'slow.pdf'))}) });`,
    );
    const process = fork(parent, { stdio: 'ignore', execArgv: [] });
    const pid = await vi.waitUntil(() => childrenOf(process.pid as number, scrubbingChild)[0], 15_000);
    await wait(1_500);
    expect(childrenOf(process.pid as number, scrubbingChild)).toEqual([pid]);
    process.kill('SIGKILL');
    await vi.waitUntil(
      () => !existsSync(`/proc/${pid}/statm`) || readFileSync(`/proc/${pid}/statm`, 'latin1').startsWith('0 '),
      5_000,
    );
    rmSync(folder, { recursive: true });
  }, 30_000);
});
