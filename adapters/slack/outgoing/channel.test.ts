import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Later, Undeliverable } from '../../../bot/channel.ts';
import type { Card } from '../../../bot/view.ts';
import type { Identity } from '../../../domain/people.ts';
import { type RunningSlack, runSlack } from '../../../test/slack/scripted.ts';
import { type SlackWorld, startSlackWorld } from '../../../test/slack/world.ts';
import { SlackFault } from '../errors.ts';

let world: SlackWorld;
let slack: RunningSlack;
let ada: Identity;

beforeAll(async () => {
  world = await startSlackWorld();
  ada = { platform: 'slack', tenant: world.teamId, user: world.person('ada').id };
});
afterAll(() => world.close());
beforeEach(async () => {
  slack = await runSlack(world);
});
afterEach(() => slack.stop());

const card = (title: string): Card => ({ title, body: [{ kind: 'text', text: `About ${title}.` }] });
const many = (title: string, count: number): Card => ({
  title,
  body: [{ kind: 'list', items: Array.from({ length: count }, (_, index) => ({ title: `${title} ${index} end` })) }],
});
const posts = () => world.proxy.calls.filter((call) => call.method === 'chat.postMessage');

test('a notice is posted with its row’s id, updated in place, and its chat is opened once', async () => {
  const posted = await slack.channel.post(ada, card('Notice one'), 'row-1');
  await slack.channel.post(ada, card('Notice two'), 'row-2');
  expect(posts()[0]?.args.metadata).toEqual({ event_type: 'outbox', event_payload: { id: 'row-1', part: 0 } });
  await slack.channel.update(posted, card('Changed'));
  const seen = await world.person('ada').seen('dm');
  expect(seen).toContain('Changed');
  expect(seen).not.toContain('Notice one');
  expect(world.proxy.calls.filter((call) => call.method === 'conversations.open')).toHaveLength(1);
});

test('an answer that got lost on its way back does not become a second message', async () => {
  world.proxy.inject('chat.postMessage', { lose: true });
  await expect(slack.channel.post(ada, card('Only once'), 'row-3')).rejects.toBeInstanceOf(SlackFault);
  const posted = await slack.channel.post(ada, card('Only once'), 'row-3');
  const messages = (await world.person('ada').messages('dm')).filter((one) => one.text.includes('Only once'));
  expect(messages).toHaveLength(1);
  expect(JSON.parse(posted)).toEqual({ c: await world.person('ada').im(), t: [messages[0]?.ts], w: world.teamId });
});

test('it is found behind any number of newer messages, in the helpdesk’s channel too', async () => {
  world.proxy.inject('chat.postMessage', { lose: true });
  await expect(slack.channel.postToDesk(card('Far back'), 'row-far')).rejects.toBeInstanceOf(SlackFault);
  for (let number = 0; number < 250; number += 1) {
    await world.api('chat.postMessage', { channel: world.deskChannel, text: `later ${number}` });
  }
  await slack.channel.postToDesk(card('Far back'), 'row-far');
  const seen = (await world.person('ada').messages(world.deskChannel)).filter((one) => one.text.includes('Far back'));
  expect(seen).toHaveLength(1);
  const asked = world.proxy.calls.filter((call) => call.method === 'conversations.history');
  expect(Number(asked.at(-1)?.args.oldest)).toBeGreaterThan(Date.now() / 1000 - 3600);
});

test('a channel that may not be read is not posted to twice; a refusal leaves nothing to look for', async () => {
  const count = (title: string) =>
    world.screen.messages.filter((one) => one.channel === world.deskChannel && one.text.includes(title)).length;
  world.proxy.inject('chat.postMessage', { lose: true });
  await expect(slack.channel.postToDesk(card('Not twice'), 'row-9')).rejects.toBeInstanceOf(SlackFault);
  world.proxy.inject('conversations.history', { error: 'missing_scope' });
  await expect(slack.channel.postToDesk(card('Not twice'), 'row-9')).rejects.toEqual(
    new SlackFault('slack_missing_scope'),
  );
  expect(count('Not twice')).toBe(1);
  world.proxy.inject('chat.postMessage', { error: 'internal_error' });
  await expect(slack.channel.postToDesk(card('At last'), 'row-10')).rejects.toBeInstanceOf(SlackFault);
  const looks = () => world.proxy.calls.filter((call) => call.method === 'conversations.history').length;
  const before = looks();
  await slack.channel.postToDesk(card('At last'), 'row-10');
  expect([count('At last'), looks()]).toEqual([1, before]);
});

test('a card over several messages goes on where it was interrupted', async () => {
  await slack.channel.post(ada, card('Warm'), 'row-warm');
  world.proxy.inject('chat.postMessage', { delayMs: 0 });
  world.proxy.inject('chat.postMessage', { lose: true });
  await expect(slack.channel.post(ada, many('Halves', 60), 'row-11')).rejects.toBeInstanceOf(SlackFault);
  const posted = await slack.channel.post(ada, many('Halves', 60), 'row-11');
  expect(JSON.parse(posted).t).toHaveLength(3);
  const titles = (await world.person('ada').seen('dm')).match(/Halves \d+ end/g) ?? [];
  expect(titles).toHaveLength(60);
  expect(new Set(titles).size).toBe(60);
});

test('nothing is posted to a helpdesk’s channel that other organisations read', async () => {
  world.proxy.share(world.deskChannel);
  await expect(slack.channel.postToDesk(card('Secret'), 'row-12')).rejects.toEqual(
    new Undeliverable('desk_channel_shared'),
  );
  world.proxy.share(world.deskChannel, false);
});

test('the helpdesk’s channel is written to', async () => {
  expect(slack.channel.desk).toBe(true);
  await slack.channel.postToDesk(card('New work'), 'row-4');
  expect(await world.person('ada').seen(world.deskChannel)).toContain('New work');
});

test('a card over several messages is updated in all of them; what does not fit any more is said', async () => {
  const posted = await slack.channel.post(ada, many('Long', 60), 'row-5');
  expect(JSON.parse(posted).t.length).toBe(3);
  await slack.channel.update(posted, many('Longer', 200));
  expect(await world.person('ada').seen('dm')).toContain('longer than Slack can show');
  await slack.channel.update(posted, card('Short again'));
  const seen = await world.person('ada').seen('dm');
  expect(seen).toContain('Short again');
  expect(seen).not.toContain('Longer');
  expect(world.screen.violations).toEqual([]);
});

test('App Home is refreshed', async () => {
  await slack.channel.refreshHome?.(ada, card('My meetings'));
  expect(await world.person('ada').seen('home')).toContain('My meetings');
});

test.each([
  [{ status: 429, retryAfter: 17 } as const, new Later(17)],
  [{ error: 'ratelimited' }, new Later(30)],
  [{ error: 'user_not_found' }, new Undeliverable('user_not_found')],
  [{ error: 'is_archived' }, new Undeliverable('is_archived')],
  [{ error: 'account_inactive' }, new Undeliverable('account_inactive')],
  [{ error: 'token_revoked' }, new Undeliverable('token_revoked')],
  [{ error: 'invalid_auth' }, new SlackFault('slack_invalid_auth')],
  [{ error: 'missing_scope' }, new SlackFault('slack_missing_scope')],
  [{ status: 500 } as const, new SlackFault('slack_http_500')],
])('%o is what the outbox has to know', async (fault, expected) => {
  world.proxy.inject('chat.postMessage', fault);
  const failure = await slack.channel
    .post(ada, card('x'), `row-${JSON.stringify(fault)}`)
    .catch((error: unknown) => error);
  expect(failure).toEqual(expected);
  expect(failure).toBeInstanceOf(expected.constructor);
});

test('a remembered chat that is gone is asked for again, once', async () => {
  slack.kept.rows.set(`slack:im:${world.teamId}:${ada.user}`, 'D0GONE');
  await slack.channel.post(ada, card('Found again'), 'row-7');
  expect(await world.person('ada').seen('dm')).toContain('Found again');
});

test('another workspace’s person, a message that is gone and a strange reference are undeliverable', async () => {
  await expect(slack.channel.post({ ...ada, tenant: 'T9' }, card('x'), 'row-8')).rejects.toEqual(
    new Undeliverable('not_installed'),
  );
  const gone = JSON.stringify({ c: await world.person('ada').im(), t: ['1.1'] });
  await expect(slack.channel.update(gone, card('x'))).rejects.toEqual(new Undeliverable('message_not_found'));
  await expect(slack.channel.update('not ours', card('x'))).rejects.toEqual(new Undeliverable('message_not_found'));
});
