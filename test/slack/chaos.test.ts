import { expect, test } from 'vitest';
import { deliveryKey } from '../../adapters/slack/incoming/keys.ts';
import { answerId } from '../../bot/outbox/late-answers.ts';
import { seeded } from '../../domain/seeded.ts';
import { openStage } from '../journeys/stage.ts';
import type { SlackPerson } from './driver.ts';
import type { Fault } from './proxy.ts';
import type { Json } from './screen.ts';
import { deliver, type Signed } from './wire.ts';
import { startSlackWorld } from './world.ts';

const soak = Boolean(process.env['SOAK']);
const seed = Number(process.env['SEED'] ?? 7);
const interactions = Number(process.env['INTERACTIONS'] ?? (soak ? 2000 : 120));
/** Calls that are not answered well. */
const share = 0.25;
const timeout = 250;
const members = ['ada', 'ben', 'cleo', 'dan', 'eve', 'finn', 'gia', 'hugo'];

const random = seeded(seed);
const any = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

/** Half of what is not answered was done all the same. */
function fault(): Fault | undefined {
  if (random() >= share) return undefined;
  const done = random() < 0.5;
  return any<Fault>([
    { status: 429, retryAfter: random() < 0.5 ? 1 : 20 },
    { status: 500, done },
    { silent: true, done },
    done ? { lose: true } : { reset: true },
  ]);
}

test('a quarter of Slack’s answers is bad: each effect happens once, and each message arrives once or is a dead letter', {
  timeout: soak ? 1_800_000 : 120_000,
}, async () => {
  let ahead = 0;
  const clock = { now: () => new Date(Date.now() + ahead).toISOString() };
  const world = await startSlackWorld([...members, 'hanna'].map((name) => ({ name })));
  const stage = await openStage(
    {
      ...world.settings,
      SLACK_DESK_CHANNEL: world.deskChannel,
      LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
    },
    { clock, slackTimeout: timeout },
  );
  const url = `${stage.url}/slack/events`;
  world.connect(url);
  const { store, outbox } = stage.running.ports;
  try {
    const hanna = world.person('hanna');
    await hanna.dm(`code ${stage.helpdeskCode}`);
    const tickets = new Map<SlackPerson, string>();
    for (const name of members) {
      const member = world.person(name);
      await member.dm('support');
      await member.press('Ask the helpdesk');
      await member.fill({ topic: 'other', text: `A question of ${name}.` });
      await member.submit();
    }
    await settled();
    for (const { id, state } of await store.find('ticket', {}, { limit: 100 })) {
      const chats = await store.identitiesOf(String(state.requester));
      const member = members.map((name) => world.person(name)).find((one) => chats.some(({ user }) => user === one.id));
      if (member) tickets.set(member, id);
    }
    expect(tickets.size).toBe(members.length);
    const calm = world.proxy.calls.length;
    world.proxy.storm(fault);

    const replies = new Map<string, { readonly to: SlackPerson; readonly ticket: string }>();
    const notes = new Map<string, string>();
    const asked: string[] = [];
    const signed = async (send: () => Promise<unknown>) => {
      await send();
      return world.last();
    };
    const acts: readonly ((number: number) => Promise<Signed>)[] = [
      (number) => {
        const [to, ticket] = any([...tickets]);
        replies.set(`Reply number ${number}.`, { to, ticket });
        return signed(() => hanna.command(`reply ${ticket} Reply number ${number}.`, { desk: true }));
      },
      (number) => {
        const [, ticket] = any([...tickets]);
        notes.set(`Note number ${number}.`, ticket);
        return signed(() =>
          hanna.command(`note ${ticket} Note number ${number}.`, { desk: true, where: world.deskChannel }),
        );
      },
      async () => {
        const request = await signed(() => any([...tickets.keys()]).dm(any(['status', 'help', 'support', 'privacy'])));
        asked.push(String((JSON.parse(request.raw) as { event_id: string }).event_id));
        return request;
      },
      () => signed(() => any([...tickets.keys()]).openHome()),
    ];
    const sent: Signed[] = [];
    const repeated: number[] = [];
    for (let number = 0; number < interactions; number += 1) {
      sent.push(await any(acts)(number));
      // Slack is not sure, and sends it once more.
      if (random() < 0.1) repeated.push((await deliver(url, any(sent.slice(-20)))).status);
    }
    await settled();
    world.proxy.storm();

    expect(repeated.filter((status) => status !== 200)).toEqual([]);

    // Each effect once.
    const trails = await Promise.all([...tickets.values()].map(async (id) => store.trail('ticket', id)));
    const counted = (type: string) => trails.flat().filter(({ event }) => event.type === type).length;
    expect([counted('ticket-replied'), counted('ticket-noted')]).toEqual([replies.size, notes.size]);

    // Nothing is there twice: by the names that messages carry, whoever they are for.
    const posted = new Map<string, number>();
    for (const { method, args, answer } of world.proxy.calls.slice(calm)) {
      const payload = (args.metadata as Json | undefined)?.event_payload as Json | undefined;
      if (method !== 'chat.postMessage' || answer.ok !== true || !payload) continue;
      const name = `${String(payload.id)} ${String(payload.part)}`;
      posted.set(name, (posted.get(name) ?? 0) + 1);
    }
    expect([...posted].filter(([, times]) => times > 1)).toEqual([]);

    // Everything is there, or the helpdesk sees that it is not.
    const dead = await outbox.deadLetters({ limit: 1000 });
    const given = new Set(dead.map(({ payload }) => payload['id']));
    const missing: string[] = [];
    for (const [text, { to, ticket }] of replies) {
      const im = await to.im();
      const there = world.screen.messages.filter((one) => one.channel === im && JSON.stringify(one).includes(text));
      if (there.length > 1) missing.push(`${text} is there ${there.length} times`);
      if (there.length === 0 && !given.has(ticket)) missing.push(text);
    }
    for (const event of asked) {
      const id = answerId(deliveryKey(world.teamId, { kind: 'event', eventId: event }, world.signingSecret), 0);
      if (!posted.has(`${id} 0`) && !given.has(id)) missing.push(`the answer to ${event}`);
    }
    expect(missing).toEqual([]);
    expect(dead.length).toBeLessThan(interactions / 20);
    expect(world.screen.violations).toEqual([]);
    expect(replies.size * notes.size * asked.length).toBeGreaterThan(0);
  } finally {
    world.proxy.storm();
    await stage.close();
    await world.close();
  }

  /** Moves the clock on to what is due next, until nothing is within the hours in which the outbox tries again. */
  async function settled(): Promise<void> {
    for (;;) {
      const next = await outbox.nextDue();
      if (next === undefined) return;
      const wait = Date.parse(next) - Date.parse(clock.now());
      if (wait > 2 * 3_600_000) return;
      if (wait > 0) ahead += wait;
      await new Promise((resolve) => setTimeout(resolve, timeout / 2));
    }
  }
});
