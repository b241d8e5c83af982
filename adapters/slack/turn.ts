import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { errorCode } from './errors.ts';

/** Slack waits three seconds for an acknowledgement; what takes longer than this is acknowledged before it is done. */
export const ackWithin = 2200;

/** One request on its way: it is acknowledged once, by whoever is first. */
export interface Turn<Body> {
  /** Acknowledges; false where that happened before, and `body` was not shown. */
  ack(body?: Body): Promise<boolean>;
  /** Whether it was acknowledged because it was slow. */
  late(): boolean;
}

export interface Work<Body> {
  readonly kind: string;
  readonly ack: (body?: Body) => Promise<void>;
  /** Milliseconds after which it counts as slow, where that is sooner than the acknowledgement must be. */
  readonly slowAfter?: number;
  /** What is shown where the work is not done in time. */
  readonly whenLate?: () => Body | undefined;
  readonly afterLate?: () => Promise<void>;
  run(turn: Turn<Body>): Promise<void>;
  /** Says that it failed, with the reference that the log has. */
  fail(reference: string, turn: Turn<Body>): Promise<void>;
}

export interface Turns {
  /** Runs the work and resolves when it is done, or acknowledged for lack of time; it then goes on by itself. Never rejects. */
  take<Body>(work: Work<Body>): Promise<void>;
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
}

/** Acknowledges everything in time and lets nothing throw: an error is told with a reference id and logged with the same. */
export function turns(log: Logger, within = ackWithin): Turns {
  const underWay = new Set<Promise<void>>();

  async function take<Body>(work: Work<Body>): Promise<void> {
    let acked = false;
    let late = false;
    const turn: Turn<Body> = {
      async ack(body) {
        if (acked) return false;
        acked = true;
        await work.ack(body);
        return true;
      },
      late: () => late,
    };
    const guarded = guard(work, turn).finally(() => underWay.delete(guarded));
    underWay.add(guarded);
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), Math.min(within, work.slowAfter ?? within));
    });
    const first = await Promise.race([guarded, timeUp]);
    clearTimeout(timer);
    if (first !== 'late' || acked) return;
    late = true;
    await turn.ack(work.whenLate?.());
    if (work.afterLate) await attempt(work.kind, work.afterLate);
  }

  async function guard<Body>(work: Work<Body>, turn: Turn<Body>): Promise<void> {
    try {
      await work.run(turn);
    } catch (error) {
      const reference = randomUUID().slice(0, 8);
      log.error(
        { reference, kind: work.kind, code: errorCode(error), stack: frames(error) },
        'slack: a request failed',
      );
      await attempt(work.kind, () => work.fail(reference, turn));
    }
    await attempt(work.kind, async () => void (await turn.ack()));
  }

  async function attempt(kind: string, what: () => Promise<void>): Promise<void> {
    try {
      await what();
    } catch (error) {
      log.warn({ kind, code: errorCode(error) }, 'slack: a message about a request could not be shown');
    }
  }

  return {
    take,
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

/** Where it was thrown, without the message: that could hold what somebody typed. */
function frames(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .map((line) => line.trim());
}
