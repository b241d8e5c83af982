import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Cast, createCast } from '../../bot/conversations/testing.ts';
import type { Bot } from '../../bot/interaction.ts';
import { many } from '../many.ts';
import type { SlackPerson } from './driver.ts';
import { type RunningSlack, runSlack } from './scripted.ts';
import { type SlackWorld, startSlackWorld } from './world.ts';

const count = 200;

let world: SlackWorld;
let slack: RunningSlack;
let cast: Cast;
let ev: SlackPerson;

beforeAll(async () => {
  world = await startSlackWorld([{ name: 'ev', zone: 'Europe/Paris' }]);
  cast = await createCast();
  slack = await runSlack(world, { config: { teamId: world.teamId } });
  const { bot } = cast.service;
  const real: Pick<Bot, 'handle' | 'home' | 'suggest'> = {
    handle: (interaction) => bot.handle(interaction),
    home: (who) => bot.home(who),
    suggest: (...asked) => bot.suggest(...asked),
  };
  Object.assign(slack.bot, real);
  cast.ports.channels.push(slack.channel);
  const person = await many(cast, count);
  ev = world.person('ev');
  const identity = { platform: 'slack', tenant: world.teamId, user: ev.id } as const;
  await cast.ports.store.commit({
    appends: [],
    reads: [],
    outgoing: [],
    rows: [{ row: 'identity', identity, person }],
  });
}, 60_000);
afterAll(async () => {
  await slack.stop();
  await world.close();
});

/** Presses 'Older' as long as there is one, and gives what was seen on the way. */
async function toTheEnd(where: string, ids: RegExp): Promise<Set<string>> {
  const seen = new Set<string>();
  const look = async () => {
    for (const [id] of (await ev.seen(where)).matchAll(ids)) seen.add(id);
  };
  await look();
  for (let pages = 1; pages < count; pages += 1) {
    try {
      await ev.press('Older', { where });
    } catch (error) {
      if (/no button/.test(String(error))) return seen;
      throw error;
    }
    await look();
  }
  return seen;
}

it('a list of two hundred is turned to its end in one message of the private chat', async () => {
  await ev.command('case');
  const before = (await ev.messages('dm')).length;
  expect((await toTheEnd('dm', /C-\d{8}/g)).size).toBe(count);
  expect(await ev.messages('dm')).toHaveLength(before);
  expect(await ev.seen('dm')).toContain(`191 to 200 of ${count}`);
  await ev.press('Newer', { where: 'dm' });
  expect(await ev.seen('dm')).toContain(`181 to 190 of ${count}`);
}, 120_000);

it('the queue is turned in one message that its reader alone sees, in the helpdesk’s channel', async () => {
  await ev.command('queue', { desk: true, where: world.deskChannel });
  await ev.press(`Taken by nobody (${2 * count})`, { where: world.deskChannel });
  expect(await ev.seen(world.deskChannel)).toContain(`1 to 10 of ${2 * count}`);
  for (let page = 2; page <= 12; page += 1) await ev.press('Older', { where: world.deskChannel });
  expect(await ev.seen(world.deskChannel)).toContain(`111 to 120 of ${2 * count}`);
  const shown = await ev.messages(world.deskChannel);
  expect(shown.map(({ only }) => only)).toEqual([ev.id]);
}, 60_000);

it('App Home is turned in place, each kind by itself, and comes back where one was', async () => {
  await ev.openHome();
  await ev.press('My own things', { where: 'home' });
  // The first 'Older' of the home is that of what waits for a decision.
  expect(await ev.seen('home')).toContain(`1 to 5 of ${count}`);
  for (let page = 2; page <= 9; page += 1) await ev.press('Older', { where: 'home' });
  expect(await ev.seen('home')).toContain(`41 to 45 of ${count}`);
  await ev.openHome();
  expect(await ev.seen('home')).toContain(`41 to 45 of ${count}`);
  expect(world.screen.violations).toEqual([]);
}, 60_000);

it('a typeahead over more than Slack takes says so, and finds each one by what is typed', async () => {
  const all = await ev.forgeSuggest('case', '');
  expect(all).toHaveLength(100);
  expect(all.some(({ value }) => value === 'C-00000007')).toBe(false);
  expect((await ev.forgeSuggest('case', 'C-00000007')).map(({ value }) => value)).toEqual(['C-00000007']);
  const view = {
    id: 'V1',
    type: 'modal',
    hash: '1',
    callback_id: 'form:x',
    private_metadata: '',
    state: { values: {} },
  };
  const asked = { type: 'block_suggestion', action_id: 'search:case', block_id: 'in:search:case', value: '', view };
  const by = { user: { id: ev.id }, team: { id: world.teamId }, api_app_id: world.appId };
  const { body } = await world.send('interaction', { ...asked, ...by });
  expect(JSON.stringify(body.option_groups)).toContain('The first 100: type more to find the others');
});
