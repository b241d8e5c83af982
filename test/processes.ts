import { readdirSync, readFileSync } from 'node:fs';

/** The processes of this machine whose parent is `parent` and whose command line holds `command` (Linux, /proc). */
export function childrenOf(parent: number, command: string | RegExp): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const ppid = /\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1];
        return Number(ppid) === parent && readFileSync(`/proc/${pid}/cmdline`, 'latin1').search(command) >= 0;
      } catch {
        return false;
      }
    });
}

/** How the command of a process that scrubs ends, be it run from its sources or as it was built. */
export const scrubbingChild: RegExp = /scrub(?:bers)?\/child\.c?[jt]s/;

/** The most resident memory that a process ever held, in bytes; 0 when it is gone. */
export function peakBytes(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
