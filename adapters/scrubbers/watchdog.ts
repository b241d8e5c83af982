// Runs in a thread of the child process: ends it when its parent is gone, or when it holds more memory than it may.
import { workerData } from 'node:worker_threads';
import { MEMORY_SIGNAL } from './protocol.ts';

const { parent, maxBytes } = workerData as { readonly parent: number; readonly maxBytes: number };

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  else if (process.memoryUsage.rss() > maxBytes) process.kill(process.pid, MEMORY_SIGNAL);
}, 100);
