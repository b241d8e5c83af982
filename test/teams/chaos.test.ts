import { expect, test } from 'vitest';
import { openStage } from '../journeys/stage.ts';
import { type Received, startTeamsWorld } from './driver.ts';
import type { Fault } from './microsoft.ts';
import type { TeamsPerson } from './person.ts';
import { wordsOf } from './screen.ts';

const soak = Boolean(process.env['SOAK']);
const seed = Number(process.env['SEED'] ?? 7);
const interactions = Number(process.env['INTERACTIONS'] ?? (soak ? 2000 : 100));
/** Calls that are not answered well. */
const share = 0.25;
/** People who act at the same time. */
const together = 8;
const members = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gia', 'Hugo'];

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function seeded(state: number): () => number {
  let at = state;
  return () => {
    at = (at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = seeded(seed);
const oneOf = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

/** What Teams answers under load ('Optimize your bot with rate limiting in Teams'). Behind a gateway's error the message may have been written all the same. */
function fault(): Fault | undefined {
  if (random() >= share) return undefined;
  const status = oneOf([412, 429, 429, 500, 502, 504]);
  return { status, done: status >= 500 && random() < 0.5, retryAfter: 1 };
}

test('a quarter of the connector’s answers is bad: each effect happens once, each message arrives or is a dead letter, and what is there twice is counted', {
  timeout: soak ? 1_800_000 : 120_000,
}, async () => {
  let ahead = 0;
  const clock = { now: () => new Date(Date.now() + ahead).toISOString() };
  const world = await startTeamsWorld();
  const stage = await openStage(
    {
      TEAMS_APP_ID: world.config.appId,
      TEAMS_APP_PASSWORD: world.config.appPassword,
      TEAMS_TENANT_ID: world.config.tenantId,
      TEAMS_DESK_CONVERSATION: world.config.deskConversation,
      LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
    },
    { clock },
  );
  world.connect(stage.url);
  const { store, outbox } = stage.running.ports;
  const { microsoft, screen } = world;
  try {
    const hanna = world.person('Hanna');
    await hanna.says(`code ${stage.helpdeskCode}`);
    await hanna.says('queue', { where: world.desk });
    const tickets = new Map<TeamsPerson, string>();
    for (const name of members) {
      const member = world.person(name);
      await member.says('support');
      await member.presses('Ask the helpdesk');
      await member.fills({ topic: 'other', text: `A question of ${name}.` });
      await member.submits();
      const [id = ''] = /T-[0-9A-Z]{8}/.exec(member.sees()) ?? [];
      tickets.set(member, id);
    }
    await settled();
    microsoft.storm(fault);
    const calm = microsoft.calls.length;
    const shownBefore = new Set(screen.messages.map(({ id }) => id));

    const replies = new Map<string, { readonly to: TeamsPerson; readonly ticket: string }>();
    const notes: string[] = [];
    const asked: { readonly who: TeamsPerson; readonly from: number }[] = [];
    const statuses: number[] = [];
    const act = async (number: number): Promise<void> => {
      const [to, ticket] = oneOf([...tickets]);
      const what = oneOf(['reply', 'note', 'ask'] as const);
      if (what === 'ask') asked.push({ who: to, from: number });
      if (what === 'reply') replies.set(`Reply number ${number}.`, { to, ticket });
      if (what === 'note') notes.push(`Note number ${number}.`);
      const activity =
        what === 'ask'
          ? to.activity({ text: oneOf(['help', 'privacy', 'language']), textFormat: 'plain' })
          : hanna.activity({
              text: `cpms-desk ${what} ${ticket} ${what === 'reply' ? 'Reply' : 'Note'} number ${number}.`,
            });
      // At times Teams is not sure, and delivers it once more.
      const times = random() < 0.1 ? [activity, activity] : [activity];
      const received: readonly Received[] = await Promise.all(times.map((one) => world.deliver(one)));
      statuses.push(...received.map(({ status }) => status));
    };
    for (let from = 0; from < interactions; from += together)
      await Promise.all(Array.from({ length: Math.min(together, interactions - from) }, (_, at) => act(from + at)));
    await settled();
    microsoft.storm();

    expect(statuses.filter((status) => status !== 200)).toEqual([]);

    // Each effect once.
    const trails = await Promise.all([...tickets.values()].map((id) => store.trail('ticket', id)));
    const counted = (type: string) => trails.flat().filter(({ event }) => event.type === type).length;
    expect([counted('ticket-replied'), counted('ticket-noted')]).toEqual([replies.size, notes.length]);

    // Everything is there, or the helpdesk sees that it is not.
    const dead = await outbox.deadLetters({ limit: 1000 });
    const given = new Set(dead.map(({ payload }) => payload['id']));
    const there = (text: string) => screen.messages.filter(({ card }) => wordsOf(card).includes(text));
    const missing = [...replies].filter(([text, { to, ticket }]) => {
      const own = there(text).filter(({ conversation }) => conversation === to.chat);
      return own.length === 0 && !given.has(ticket);
    });
    expect(missing.map(([text]) => text)).toEqual([]);

    // A message is there twice only where the connector did it and said that it had not: there is no name by which a bot could find it again.
    const ambiguous = microsoft.calls
      .slice(calm)
      .filter(({ method, path, fault: bad }) => method === 'POST' && path.endsWith('/activities') && bad?.done);
    const twice = [...replies].reduce(
      (sum, [text, { to }]) =>
        sum +
        Math.max(
          0,
          there(text).filter(({ conversation, card }) => conversation === to.chat && isNotice(wordsOf(card))).length -
            1,
        ),
      0,
    );
    expect(twice).toBeLessThanOrEqual(ambiguous.length);
    const added = screen.messages.filter(({ id }) => !shownBefore.has(id)).length;
    if (process.env['SHOW'])
      console.log(
        `${interactions} interactions, ${microsoft.calls.length - calm} calls, ${ambiguous.length} done but not said so; ${added} messages, ${twice} replies there twice, ${dead.length} dead letters`,
      );
    expect(dead.length).toBeLessThan(interactions / 20);

    // On the desk each ticket is one card, as it is now; more only where its first one was written and not said so.
    for (const id of tickets.values()) {
      const cards = screen.messages.filter(
        ({ conversation, card }) => conversation === world.desk && wordsOf(card).startsWith(`Ticket ${id}`),
      );
      expect(cards).toHaveLength(1);
    }
    expect(screen.violations).toEqual([]);
    expect(replies.size * notes.length * asked.length).toBeGreaterThan(0);
    expect(ambiguous.length).toBeGreaterThan(0);
  } finally {
    microsoft.storm();
    await stage.close();
    world.stop();
  }

  /** Moves the clock on to what is due next, until nothing is within the hours in which the outbox tries again. */
  async function settled(): Promise<void> {
    for (;;) {
      const next = await outbox.nextDue();
      if (next === undefined) return;
      const wait = Date.parse(next) - Date.parse(clock.now());
      if (wait > 2 * 3_600_000) return;
      if (wait > 0) ahead += wait;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
});

/** The notice of a reply, not the ticket's own card, which shows what was said too. */
function isNotice(words: string): boolean {
  return words.startsWith('The helpdesk answered');
}
