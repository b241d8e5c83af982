import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { sampleCard as card, type RunningSlack, runSlack } from '../../test/slack/scripted.ts';
import { type SlackWorld, startSlackWorld } from '../../test/slack/world.ts';

let world: SlackWorld;
let slack: RunningSlack;

beforeAll(async () => {
  world = await startSlackWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  slack = await runSlack(world, { timeout: 300 });
});
afterEach(() => slack.stop());

const count = (title: string) => world.screen.messages.filter((one) => one.text.includes(title)).length;

test('an event that is delivered again is answered once', async () => {
  const ada = world.person('ada');
  slack.bot.answer = () => ({ cards: [card('Once'), card('And this')] });
  await ada.dm('hi');
  await world.repeat();
  await world.repeat();
  expect([count('Once'), count('And this')]).toEqual([1, 1]);
});

test.each([
  ['a lost answer', { lose: true } as const, 1],
  ['a time-out', { delayMs: 500 } as const, 0],
  ['an error of Slack’s own', { status: 500 } as const, 0],
  ['a long pause that is asked for', { status: 429, retryAfter: 30 } as const, 0],
])('after %s the answer goes through the outbox under the name that it had', async (name, fault, there) => {
  const ada = world.person('ada');
  slack.bot.answer = () => ({ cards: [card(`Slow ${name}`)] });
  world.proxy.inject('chat.postMessage', fault);
  await ada.dm('hi');
  expect(count(`Slow ${name}`)).toBe(there);
  const [kept] = slack.bot.kept;
  expect(kept?.to.user).toBe(ada.id);
  if (!kept) throw new Error('nothing was kept');
  if ('delayMs' in fault) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  await slack.channel.post(kept.to, kept.card, kept.id);
  expect(count(`Slow ${name}`)).toBe(1);
});

test('a short pause is waited for', async () => {
  slack.bot.answer = () => ({ cards: [card('After a second')] });
  world.proxy.inject('chat.postMessage', { status: 429, retryAfter: 1 });
  await world.person('ada').dm('hi');
  expect([count('After a second'), slack.bot.kept.length]).toEqual([1, 0]);
});

test('a hint that was not taken is not kept: it would be wrong later', async () => {
  await slack.stop();
  slack = await runSlack(world, { ackWithin: 50 });
  slack.bot.answer = async () => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    return { cards: [card('The answer itself')] };
  };
  world.proxy.inject('chat.postMessage', { status: 500 });
  await world.person('ada').dm('hi');
  await slack.close();
  expect([slack.bot.kept.length, count('The answer itself')]).toEqual([0, 1]);
});

test('a payload that is not understood is told with a reference that the log has', async () => {
  const ada = world.person('ada');
  const base = { team: { id: world.teamId }, api_app_id: world.appId, user: { id: ada.id, team_id: world.teamId } };
  const references: (string | undefined)[] = [];
  const found = (text: string) => references.push(/reference: ([0-9a-f]{8})/.exec(text)?.[1]);
  const command = { command: '/cpms', text: 'x', user_id: ada.id, channel_id: 'not a channel!', trigger_id: '1' };
  const asked = await world.send('command', { ...command, team_id: world.teamId, api_app_id: world.appId });
  found(JSON.stringify(asked.body));
  const view = { id: 'V1', callback_id: 'form:register', state: { values: 'none' } };
  const submitted = await world.send('interaction', { type: 'view_submission', ...base, view });
  expect(submitted.body.response_action).toBe('update');
  found(JSON.stringify(submitted.body));
  await world.send('interaction', {
    type: 'block_actions',
    ...base,
    container: { type: 'message' },
    actions: [{ action_id: 'act:x#0', action_ts: 5 }],
  });
  found((await ada.messages('dm')).at(-1)?.text ?? '');
  const response_url = world.proxy.responseUrl({ user: ada.id, channel: world.general });
  const pressed = { type: 'block_actions', ...base, response_url, container: {}, actions: [{ action_id: 'act:x#0' }] };
  await world.send('interaction', pressed);
  const told = (await ada.messages(world.general)).at(-1);
  expect(told?.only).toBe(ada.id);
  found(told?.text ?? '');
  expect(slack.bot.asked).toHaveLength(0);
  expect(new Set(references).size).toBe(4);
  for (const reference of references) expect(slack.lines.join('')).toContain(String(reference));
});
