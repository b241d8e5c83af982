/**
 * Runs in a thread of the child process: ends it when its parent is gone, or when it holds more memory than it may. Its own text is what the thread runs, so it may use nothing from around it:
 * a thread that loaded a file would take as long to start as the process.
 */
export function watch(parent: number, maxBytes: number, memorySignal: string): void {
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
    else if (process.memoryUsage.rss() > maxBytes) process.kill(process.pid, memorySignal);
  }, 100);
}
