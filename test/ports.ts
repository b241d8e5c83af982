import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below these, operating systems give ports to connections and to servers that ask for any: one that was free a moment ago may be theirs by the time that it is listened on. */
const [LOWEST, HIGHEST] = [20_000, 32_000];
const TRIES = 100;

/** A port of 127.0.0.1 that nobody listens on, chosen at random, so that tests side by side hardly meet. Throws where none of a hundred is free. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) return port;
  }
  throw new Error(`none of ${TRIES} ports between ${LOWEST} and ${HIGHEST} is free`);
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen(port, '127.0.0.1');
    await once(probe, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}
