import type { Kind } from '../../domain/entities.ts';
import { MailRefused } from '../../domain/mail-ports.ts';
import type { OutboxRow } from '../../domain/memory-ports.ts';
import { system } from '../../domain/people.ts';
import { Later, Undeliverable } from '../channel.ts';
import type { Ports } from '../context.ts';
import { execute, type Step } from '../execute.ts';
import { holders } from '../facts.ts';
import { lookForStray } from '../strays.ts';
import { desk, homeKey, homeRow } from '../surfaces/homes.ts';
import { refreshSurface } from '../surfaces/surfaces.ts';
import { hasLeft } from '../who.ts';
import { spoken, wordsOf } from '../words.ts';
import { cardOf, letterOf } from './cards.ts';
import { postAnswer } from './late-answers.ts';
import { sendMail } from './mails.ts';
import { stillSo } from './still-so.ts';

/** After so many failures a row becomes a dead letter, which the helpdesk sees. */
const attemptsAtMost = 12;
const leaseMs = 60_000;
/**
 * People who act go before messages that go out: at most so many rows a round, two at a time, and a pause behind each round.
 * Sixty messages a second are more than both platforms take.
 */
const perRound = 6;
const atATime = 2;
const roundMs = 100;
/**
 * Mails go out beside the chats, for no platform counts them: so many over as many connections, and then what became of them is written
 * down at once. Where a server is slow, no mail is begun that might not end within the lease; it is taken again after it.
 */
const mailsPerRound = 50;
const mailsAtATime = 10;
const mailsBeginMs = leaseMs / 2;
/** How often to look when nobody poked: for reminders, and what another process has queued. */
const idleMs = 1000;

export interface Delivery {
  /** Delivers what is due now; gives how many rows it handled. */
  run(): Promise<number>;
  /** Something was committed: look soon. */
  poke(): void;
  start(): void;
  stop(): Promise<void>;
}

/**
 * The one that empties the outbox: a row is rendered when it is delivered, in the recipient's language, and tried again with
 * growing pauses. `finish` does what was written down unfinished.
 */
export function createDelivery(ports: Ports, finish: (id: string) => Promise<void>): Delivery {
  let stopped = true;

  const handle = async (limit: number) => {
    const rows = await ports.outbox.claim(limit, leaseMs, 'no-mail');
    await severally(rows, atATime, (row) =>
      settled(ports, row, async () => {
        await (row.kind === 'work' ? finish(row.payload['id'] ?? '') : send(ports, row));
        await ports.outbox.done(row.id);
      }),
    );
    return rows.length;
  };
  /** What became of the mails of one meeting is written down in one act: an act waits for the disk. */
  const handleMail = async (limit: number) => {
    const rows = await ports.outbox.claim(limit, leaseMs, 'mail');
    const begun = Date.parse(ports.clock.now());
    const told = new Map<string, { readonly rows: OutboxRow[]; readonly steps: Step[] }>();
    await severally(rows, mailsAtATime, (row) =>
      settled(ports, row, async () => {
        if (Date.parse(ports.clock.now()) - begun > mailsBeginMs) return;
        const step = await sendMail(ports, row);
        if (!step) return ports.outbox.done(row.id);
        const together = told.get(step.id) ?? { rows: [], steps: [] };
        told.set(step.id, together);
        together.rows.push(row);
        together.steps.push(step);
      }),
    );
    for (const { rows: sent, steps } of told.values()) {
      const outcome = execute(ports, system, steps);
      for (const row of sent)
        await settled(ports, row, async () => {
          await outcome;
          await ports.outbox.done(row.id);
        });
    }
    return rows.length;
  };
  const loops = [loopOf(ports, () => handle(perRound), roundMs), loopOf(ports, () => handleMail(mailsPerRound), 0)];
  return {
    async run() {
      let handled = 0;
      for (let count = 1; count > 0; handled += count) count = (await handle(20)) + (await handleMail(mailsPerRound));
      return handled;
    },
    poke: () => {
      if (!stopped) for (const loop of loops) loop.poke();
    },
    start: () => {
      stopped = false;
      for (const loop of loops) loop.start();
    },
    stop: async () => {
      stopped = true;
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

/** Does a round of work after the other, `pauseMs` apart while there is any, and looks now and then when there is none. */
function loopOf(ports: Ports, round: () => Promise<number>, pauseMs: number) {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let poked = false;
  let stopped = true;
  const schedule = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(loop, ms);
  };
  const loop = () => {
    timer = undefined;
    poked = false;
    running = round()
      .catch((error: unknown) => {
        ports.log.error({ error: errorCode(error) }, 'the outbox could not be read');
        return 0;
      })
      .then((handled) => {
        running = undefined;
        if (!stopped) schedule(handled > 0 || poked ? pauseMs : idleMs);
      });
  };
  return {
    poke: () => {
      if (stopped || poked) return;
      poked = true;
      if (!running) schedule(pauseMs);
    },
    start: () => {
      stopped = false;
      loop();
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Works on several rows at a time. */
async function severally(rows: readonly OutboxRow[], most: number, work: (row: OutboxRow) => Promise<void>) {
  const left = [...rows];
  const one = async () => {
    for (let row = left.shift(); row; row = left.shift()) await work(row);
  };
  await Promise.all(Array.from({ length: Math.min(most, rows.length) }, one));
}

/** Does what is to be done with a row; what fails is tried again later, or given up. */
async function settled(ports: Ports, row: OutboxRow, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const reason = errorCode(error);
    if (error instanceof Later) {
      await ports.outbox.again(row.id, later(ports, error.seconds * 1000), 'asked-to-wait');
    } else if (error instanceof MailRefused || error instanceof Undeliverable || row.attempts >= attemptsAtMost) {
      ports.log.warn({ row: row.id, reason }, 'a message cannot be delivered');
      await ports.outbox.dead(row.id, reason);
      // The helpdesk's homes count what did not arrive.
      if (row.kind !== 'surface' && (await ports.kept.get(homeKey(desk))) !== undefined)
        await ports.outbox.add([homeRow(desk)]);
    } else {
      ports.log.warn({ row: row.id, reason, attempt: row.attempts }, 'a message will be tried again');
      await ports.outbox.again(row.id, later(ports, Math.min(2 ** row.attempts * 5000, 3_600_000)), reason);
    }
  }
}

const later = (ports: Ports, ms: number) => new Date(Date.parse(ports.clock.now()) + ms).toISOString();

/** A code for the log: never the message, which may hold what people wrote. */
function errorCode(error: unknown): string {
  if (error instanceof Undeliverable) return error.code;
  if (error instanceof Error) return (error as NodeJS.ErrnoException).code ?? error.name;
  return 'unknown';
}

async function send(ports: Ports, row: OutboxRow): Promise<void> {
  const { payload } = row;
  if (row.kind === 'answer') return postAnswer(ports, payload['id'] ?? '');
  if (row.kind === 'look') return lookForStray(ports, row);
  if (row.kind === 'surface') return refreshSurface(ports, row);
  return notify(ports, row);
}

async function notify(ports: Ports, row: OutboxRow): Promise<void> {
  const { notice = '', id = '', person = '' } = row.payload;
  const kind = row.payload['kind'] as Kind;
  const { state } = await ports.store.load(kind, id);
  const holds = stillSo[notice];
  if (holds && !holds(state as never, row.payload, ports.clock.now())) return;
  const recipients = person === 'desk' ? await deskRecipients(ports) : [person];
  if (recipients === 'channel') {
    const card = await cardOf(ports, wordsOf('en'), row.payload, 'desk', 'UTC');
    for (const channel of ports.channels.filter(({ desk }) => desk)) await channel.postToDesk(card, `n${row.id}`);
    return;
  }
  let failed: unknown;
  for (const recipient of recipients) {
    // For the helpdesk's people one who cannot be reached must not keep the others from hearing of it.
    await notifyPerson(ports, row, recipient).catch((error: unknown) => {
      failed ??= error;
    });
  }
  if (failed) throw failed;
}

async function deskRecipients(ports: Ports): Promise<'channel' | readonly string[]> {
  return ports.channels.some(({ desk }) => desk) ? 'channel' : holders(ports, 'helpdesk');
}

async function notifyPerson(ports: Ports, row: OutboxRow, person: string): Promise<void> {
  const details = await ports.store.person(person);
  // Who has left is told nothing more, though their row is kept for a while.
  if (!details || (await hasLeft(ports, person))) return;
  const say = wordsOf(details.language);
  const channel = details.chat && ports.channels.find(({ platform }) => platform === details.chat?.platform);
  if (details.chat && channel && details.prefers === 'chat') {
    try {
      await channel.post(
        details.chat,
        spoken(await cardOf(ports, say, row.payload, person, details.zone), say.language),
        `n${row.id}.${person}`,
      );
      return;
    } catch (error) {
      if (!(error instanceof Undeliverable)) throw error;
      ports.log.warn({ row: row.id, reason: error.code }, 'a chat cannot be reached, e-mail instead');
    }
  }
  if (details.email === '') throw new Undeliverable('no-address');
  const letter = await letterOf(ports, say, row.payload, person, details);
  if (letter) await ports.mail.send({ ...letter, id: `notice-${row.id}-${person}` });
}
