import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCalendar } from '../adapters/calendar/calendar.ts';
import type { Channel } from '../bot/channel.ts';
import type { Ports } from '../bot/context.ts';
import { answersPress } from '../bot/handlers.ts';
import type { Answer, What, Who } from '../bot/interaction.ts';
import { createService, type Service } from '../bot/service.ts';
import type { ActButton, Button, Card, Values } from '../bot/view.ts';
import { seedSample } from '../cli/sample.ts';
import type { Letter } from '../domain/mail-ports.ts';
import { randomIds } from '../random.ts';
import { makeMasterKey, parseMasterKeys } from '../storage/keys.ts';
import { openStorage, type Storage } from '../storage/open.ts';
import { createSpool } from '../storage/spool.ts';
import { createTestScrubber } from './scrubber.ts';
import { testSettings } from './settings.ts';

/** A clock that stands until it is moved. */
export interface TestClock {
  now(): string;
  /** Moves on by so many hours. */
  forward(hours: number): void;
}

/** A whole bot over a database in memory: real rules, real storage; chats and mails are collected, the scrubber is the caller's. */
export interface World {
  readonly ports: Ports;
  readonly service: Service;
  readonly storage: Storage;
  readonly clock: TestClock;
  readonly letters: readonly Letter[];
  /** What was posted to the helpdesk's channel, the newest state of each card. */
  readonly deskCards: ReadonlyMap<string, Card>;
  /** What each person's home shows now, by their chat account; homes that were opened follow by themselves. */
  readonly homes: ReadonlyMap<string, Card>;
  /** What was written into the threads below them (`rooms` of the options), by the card's id. */
  readonly rooms: ReadonlyMap<string, readonly Card[]>;
  /** One of the sample people (cli/sample.ts), or anybody else by the name of a chat account. */
  person(user: string): Chatter;
  /** Delivers everything that is due. */
  deliver(): Promise<void>;
}

/** Somebody in a private chat: what they do, and what they then see. */
export interface Chatter {
  readonly who: Who;
  says(text: string): Promise<Answer>;
  presses(label: string | RegExp): Promise<Answer>;
  /** Presses by action, whatever is on the screen: what a stale or forged card would send. */
  sends(action: string, ref?: string, key?: string): Promise<Answer>;
  submits(form: string, ref: string, values: Values, key?: string): Promise<Answer>;
  /** Fills the form that is open now. */
  fills(values: Values): Promise<Answer>;
  /** Notices that came to this chat. */
  readonly inbox: readonly Card[];
  readonly seen: Answer;
}

export interface WorldOptions {
  readonly now?: string;
  readonly scrubber?: Ports['scrubber'];
  readonly signIn?: Ports['signIn'];
  readonly desk?: boolean;
  /** Whether the helpdesk's channel has threads. */
  readonly rooms?: boolean;
  /** A mail server in the place of the collected letters. */
  readonly mail?: Ports['mail'];
  readonly settings?: Partial<Ports['settings']>;
}

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  let time = Date.parse(options.now ?? '2026-11-23T09:00:00.000Z');
  const clock: TestClock = {
    now: () => new Date((time += 1)).toISOString(),
    forward: (hours) => {
      time += hours * 3_600_000;
    },
  };
  const storage = openStorage({ folder: ':memory:', keys: parseMasterKeys(makeMasterKey()), clock });
  const letters: Letter[] = [];
  const inboxes = new Map<string, Card[]>();
  const deskCards = new Map<string, Card>();
  const rooms = new Map<string, Card[]>();
  const homes = new Map<string, Card>();
  const inboxOf = (user: string) => {
    const inbox = inboxes.get(user) ?? [];
    inboxes.set(user, inbox);
    return inbox;
  };
  const channel: Channel = {
    platform: 'web',
    desk: options.desk ?? true,
    post: async (to, card, id) => {
      mustWork(card);
      inboxOf(to.user).push(card);
      return id;
    },
    postToDesk: async (card, id) => {
      mustWork(card);
      deskCards.set(id, card);
      return id;
    },
    update: async (posted, card) => {
      mustWork(card);
      deskCards.set(posted, card);
    },
    refreshHome: async (to, card) => {
      mustWork(card);
      homes.set(to.user, card);
    },
    ...(options.rooms
      ? {
          room: (posted) => `room-${posted}`,
          postToRoom: async (posted, card) => {
            mustWork(card);
            rooms.set(posted, [...(rooms.get(posted) ?? []), card]);
          },
        }
      : {}),
  };
  const spool = createSpool({ folder: join(tmpdir(), `cpms-world-${randomIds.token()}`), now: () => time });
  const ports: Ports = {
    store: storage.store,
    kept: storage.kept,
    outbox: storage.outbox,
    vault: storage.vault,
    scrubber: options.scrubber ?? createTestScrubber(),
    spool,
    calendar: createCalendar(),
    mail: options.mail ?? { send: async (letter) => void letters.push(letter) },
    clock,
    ids: randomIds,
    channels: [channel],
    log: { info: () => undefined, warn: () => undefined, error: (fields, message) => console.error(message, fields) },
    settings: { ...testSettings, ...options.settings },
    ...(options.signIn ? { signIn: options.signIn } : {}),
  };
  await seedSample(ports);
  const service = createService(ports);
  const people = new Map<string, Chatter>();
  return {
    ports,
    service,
    storage,
    clock,
    letters,
    deskCards,
    rooms,
    homes,
    person: (user) => {
      const known = people.get(user) ?? chatter(service, user, inboxOf(user));
      people.set(user, known);
      return known;
    },
    deliver: async () => {
      await service.delivery.run();
    },
  };
}

function chatter(service: Service, user: string, inbox: Card[]): Chatter {
  const who: Who = {
    identity: { platform: 'web', tenant: 'local', user },
    name: user,
    language: 'en',
    zone: 'Europe/Paris',
  };
  let seen: Answer = {};
  const act = async (what: What, key: string = randomIds.token()) => {
    seen = await service.bot.handle({ key, who, where: { kind: 'private' }, what });
    seen.cards?.forEach(mustWork);
    return seen;
  };
  return {
    who,
    inbox,
    get seen() {
      return seen;
    },
    says: (text) => act({ kind: 'text', text }),
    sends: (action, ref, key) => act({ kind: 'press', action, ...(ref === undefined ? {} : { ref }) }, key),
    submits: (form, ref, values, key) => act({ kind: 'submit', form, ref, values }, key),
    fills: (values) => {
      const { form } = seen;
      if (!form) throw new Error(`No form is open; seen: ${JSON.stringify(seen)}`);
      const given = Object.fromEntries(
        form.fields.map((field) => [field.name, 'value' in field ? plain(field.value) : undefined]),
      );
      return act({
        kind: 'submit',
        form: form.form,
        ...(form.ref === undefined ? {} : { ref: form.ref }),
        values: { ...given, ...values },
      });
    },
    presses: (label) => {
      const cards = [...inbox.toReversed().slice(0, 5), ...(seen.cards ?? [])].toReversed();
      const button = cards
        .flatMap(buttonsOf)
        .find(
          (candidate): candidate is ActButton =>
            'action' in candidate &&
            (typeof label === 'string' ? candidate.label === label : label.test(candidate.label)),
        );
      if (!button)
        throw new Error(
          `No button ${String(label)}; there are: ${cards
            .flatMap(buttonsOf)
            .map((candidate) => candidate.label)
            .join(' | ')}`,
        );
      return act({ kind: 'press', action: button.action, ...(button.ref === undefined ? {} : { ref: button.ref }) });
    },
  };
}

const plain = (value: unknown): Values[string] =>
  Array.isArray(value)
    ? value.map((entry) => (typeof entry === 'string' ? entry : (entry as { value: string }).value))
    : (value as string | undefined);

/** A button that nothing answers is a mistake wherever it shows. */
function mustWork(card: Card): void {
  for (const button of buttonsOf(card)) {
    if ('action' in button && !answersPress(button.action))
      throw new Error(`Nothing answers the button ${button.label} (${button.action})`);
  }
}

/** Every button of a card, those of its lists too. */
export function buttonsOf(card: Card): readonly Button[] {
  return [
    ...(card.buttons ?? []),
    ...card.body.flatMap((block) => (block.kind === 'list' ? block.items.flatMap((item) => item.buttons ?? []) : [])),
  ];
}
