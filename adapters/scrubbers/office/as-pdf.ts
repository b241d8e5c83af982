import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { OfficeFormat } from '../../../domain/ports.ts';
import { Refusal } from '../refusal.ts';

const PROGRAM = 'soffice';
const WATCH_MS = 200;
/** It takes some 300 MB for a letter. */
const MEMORY_BYTES = 1024 * 1024 * 1024;

/** Says whether LibreOffice is installed where this process looks for programs. */
export function hasLibreOffice(): boolean {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => folder !== '' && existsSync(join(folder, PROGRAM)));
}

/**
 * Draws a document that was scrubbed as a PDF, by LibreOffice, in a process group of its own with an empty environment and a profile of its own that go when it is done. Never give it a
 * file that was not rebuilt: what it opens it believes. Refuses (throws Refusal) with 'flatten-office' where it is not installed, 'time', 'memory', 'corrupt', or 'stopped' by the signal.
 */
export async function asPdf(
  file: Uint8Array,
  format: OfficeFormat,
  timeMs: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  if (!hasLibreOffice()) throw new Refusal('flatten-office');
  // Of mode 0700: no other user reads what is in it.
  const folder = await mkdtemp(join(tmpdir(), 'as-pdf-'));
  try {
    const source = join(folder, `document.${format}`);
    await writeFile(source, file, { mode: 0o600 });
    await convert(folder, source, timeMs, signal);
    return await readFile(join(folder, 'document.pdf')).catch(() => {
      throw new Refusal('corrupt');
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function convert(folder: string, source: string, timeMs: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) throw new Refusal('stopped');
  const program = spawn(
    PROGRAM,
    [
      `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
      '--headless',
      '--norestore',
      '--nologo',
      '--nodefault',
      '--convert-to',
      'pdf',
      '--outdir',
      folder,
      source,
    ],
    {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8' },
      stdio: 'ignore',
      // A group of its own: it starts further processes, which must end with it.
      detached: true,
    },
  );
  return new Promise((resolve, reject) => {
    const end = (code: string) => {
      if (program.pid) killGroup(program.pid);
      reject(new Refusal(code));
    };
    const clock = setTimeout(() => end('time'), timeMs);
    const stopped = () => end('stopped');
    signal?.addEventListener('abort', stopped);
    const watch = setInterval(() => {
      if (program.pid && groupBytes(program.pid) > MEMORY_BYTES) end('memory');
    }, WATCH_MS);
    const settled = () => {
      clearTimeout(clock);
      signal?.removeEventListener('abort', stopped);
      clearInterval(watch);
      if (program.pid) killGroup(program.pid);
    };
    program.once('error', () => {
      settled();
      reject(new Refusal('flatten-office'));
    });
    program.once('exit', (code) => {
      settled();
      if (code === 0) resolve();
      else reject(new Refusal('corrupt'));
    });
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The whole group has ended.
  }
}

/** Resident memory of a process group, in bytes; 0 where the system does not tell. */
function groupBytes(group: number): number {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .reduce((sum, pid) => sum + (groupOf(pid) === group ? bytesOf(pid) : 0), 0);
  } catch {
    return 0;
  }
}

/** proc(5), stat: the group is the third field behind the name, which stands in brackets and may hold anything. */
function groupOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
  } catch {
    return 0;
  }
}

function bytesOf(pid: string): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
