import { Agent, request } from 'node:http';

/** One request, ready to be sent. */
export interface Prepared {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A server under test: where it listens, what it is sent, and what a right answer looks like. */
export interface Target {
  readonly name: string;
  readonly url: string;
  /** The next request; no two are the same. */
  next(): Prepared | Promise<Prepared>;
  /** Whether the answer is the one of a command that was done. */
  right(status: number, body: string): boolean;
}

/** What a run of requests gave: each one's time in milliseconds, in the order in which they ended, and the run's own. */
export interface Run {
  readonly times: readonly number[];
  readonly elapsed: number;
  /** Milliseconds of processor time that the server used meanwhile, for everything that it does. */
  readonly processor?: number;
}

/** A closed loop: `concurrency` senders, each of which waits for its answer before it sends again. Throws at the first wrong answer. */
export async function closedLoop(target: Target, requests: number, concurrency: number): Promise<Run> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const times: number[] = [];
  let left = requests;
  const sender = async () => {
    while (left > 0) {
      left -= 1;
      const prepared = await target.next();
      const from = performance.now();
      await send(target, prepared, agent);
      times.push(performance.now() - from);
    }
  };
  const from = performance.now();
  await Promise.all(Array.from({ length: concurrency }, sender));
  const elapsed = performance.now() - from;
  agent.destroy();
  return { times, elapsed };
}

/**
 * An open loop: a request every 1/`rate` s whether or not the earlier ones were answered. A time is counted from the moment at which the
 * request was due, so that a server that stands still is not spared what would have arrived meanwhile.
 */
export async function openLoop(target: Target, rate: number, seconds: number): Promise<Run> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const times: number[] = [];
  const underWay: Promise<void>[] = [];
  const began = performance.now();
  for (let number = 0; number < rate * seconds; number += 1) {
    const due = began + (number * 1000) / rate;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const prepared = await target.next();
    underWay.push(send(target, prepared, agent).then(() => void times.push(performance.now() - due)));
  }
  await Promise.all(underWay);
  const elapsed = performance.now() - began;
  agent.destroy();
  return { times, elapsed };
}

function send(target: Target, { headers, body }: Prepared, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      target.url,
      { method: 'POST', agent, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) } },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          const status = response.statusCode ?? 0;
          if (target.right(status, text)) resolve();
          else reject(new Error(`${target.name} answered ${status}: ${text.slice(0, 300)}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
