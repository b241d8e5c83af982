import type { Kind } from '../domain/entities.ts';
import { type Letter, MailRefused } from '../domain/mail-ports.ts';
import { system } from '../domain/people.ts';
import type { OutboxRow } from '../domain/ports.ts';
import { Later, Undeliverable } from './channel.ts';
import { codeLetter } from './codes.ts';
import type { Ports } from './context.ts';
import { execute } from './execute.ts';
import { holders } from './facts.ts';
import { invitationFor } from './invitation.ts';
import { postAnswer } from './late-answers.ts';
import { letterId } from './letter-ids.ts';
import { cardOf, letterOf } from './notice-cards.ts';
import { stillSo } from './notices.ts';
import { lookForStray } from './strays.ts';
import { refreshSurface } from './surfaces.ts';
import { spoken, wordsOf } from './words.ts';

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
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let poked = false;
  let stopped = true;

  const handle = async (limit: number) => {
    const rows = await ports.outbox.claim(limit, leaseMs);
    const left = [...rows];
    const work = async () => {
      for (let row = left.shift(); row; row = left.shift()) await deliver(ports, row, finish);
    };
    await Promise.all(Array.from({ length: atATime }, work));
    return rows.length;
  };
  const loop = () => {
    timer = undefined;
    poked = false;
    running = handle(perRound)
      .catch((error: unknown) => {
        ports.log.error({ error: errorCode(error) }, 'the outbox could not be read');
        return 0;
      })
      .then((handled) => {
        running = undefined;
        if (!stopped) schedule(handled > 0 || poked ? roundMs : idleMs);
      });
  };
  const schedule = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(loop, ms);
  };
  return {
    async run() {
      let handled = 0;
      for (let count = await handle(20); count > 0; count = await handle(20)) handled += count;
      return handled;
    },
    poke: () => {
      if (stopped || poked) return;
      poked = true;
      if (!running) schedule(roundMs);
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

async function deliver(ports: Ports, row: OutboxRow, finish: (id: string) => Promise<void>): Promise<void> {
  try {
    await (row.kind === 'work' ? finish(row.payload['id'] ?? '') : send(ports, row));
    await ports.outbox.done(row.id);
  } catch (error) {
    const reason = errorCode(error);
    if (error instanceof Later) {
      await ports.outbox.again(row.id, later(ports, error.seconds * 1000), 'asked-to-wait');
    } else if (error instanceof MailRefused || error instanceof Undeliverable || row.attempts >= attemptsAtMost) {
      ports.log.warn({ row: row.id, reason }, 'a message cannot be delivered');
      await ports.outbox.dead(row.id, reason);
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
  if (row.kind === 'mail')
    return payload['mail'] === 'code' ? mailCode(ports, payload, row.id) : mailInvitation(ports, payload, row.id);
  return notify(ports, row);
}

async function notify(ports: Ports, row: OutboxRow): Promise<void> {
  const { notice = '', id = '', person = '' } = row.payload;
  const kind = row.payload['kind'] as Kind;
  const { state } = await ports.store.load(kind, id);
  const holds = stillSo[notice];
  if (holds && !holds(state as never, row.payload)) return;
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
  if (!details) return; // Left, and forgotten: there is nobody to tell.
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

async function mailInvitation(ports: Ports, payload: OutboxRow['payload'], row: number): Promise<void> {
  const { id = '', person = '', method = 'REQUEST', sequence = '0' } = payload;
  const { state } = await ports.store.load('meeting', id);
  // A later mail of the same meeting is already queued: this one would be out of date when it arrives.
  if (String(state.sequence) !== sequence) return;
  const details = await ports.store.person(person);
  if (!details || details.email === '') {
    await execute(ports, system, [{ kind: 'meeting', id, command: { type: 'meeting.bounced', person } }]);
    return;
  }
  const say = wordsOf(details.language);
  const invitation = await invitationFor(ports, say, id, person, method as 'REQUEST' | 'CANCEL');
  const letter: Letter = {
    to: details.email,
    subject: say(
      method === 'CANCEL' ? 'mail:meeting-cancelled' : state.moved > 0 ? 'mail:meeting-moved' : 'mail:meeting-invited',
      { title: invitation.title },
    ),
    text: invitation.description,
    calendar: { method: invitation.method, ics: ports.calendar.invitation(invitation) },
    id: await letterId(ports, { meeting: id, person, sequence: state.sequence }, row),
  };
  try {
    await ports.mail.send(letter);
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    await execute(ports, system, [{ kind: 'meeting', id, command: { type: 'meeting.bounced', person } }]);
    return;
  }
  if (method === 'REQUEST')
    await execute(ports, system, [{ kind: 'meeting', id, command: { type: 'meeting.sent', person } }]);
}

async function mailCode(ports: Ports, payload: OutboxRow['payload'], row: number): Promise<void> {
  const letter = await codeLetter(ports, payload['id'] ?? '');
  if (letter) await ports.mail.send({ ...letter, id: `code-${row}` });
}
