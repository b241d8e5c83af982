import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { sampleCard as card, type RunningSlack, runSlack, sampleForm } from '../../test/slack/scripted.ts';
import { type SlackWorld, startSlackWorld } from '../../test/slack/world.ts';

let world: SlackWorld;
let slack: RunningSlack;

beforeAll(async () => {
  world = await startSlackWorld([{ name: 'ada' }, { name: 'ben' }]);
});
afterAll(() => world.close());
beforeEach(async () => {
  slack = await runSlack(world);
  slack.bot.answer = () => ({ cards: [card('Case details', { buttons: [{ label: 'Go', action: 'go' }] })] });
});
afterEach(async () => {
  world.proxy.share(world.general, false);
  world.proxy.share(world.deskChannel, false);
  await slack.stop();
});

test('in a channel that another organisation shares nothing is shown: the answer is in the private chat', async () => {
  world.proxy.share(world.general);
  const ada = world.person('ada');
  const received = await ada.command('case', { where: world.general });
  expect(JSON.stringify(received.body)).toContain('in your messages with the bot');
  expect(await ada.seen(world.general)).not.toContain('Case details');
  expect(await ada.seen('dm')).toContain('Case details');
  expect(slack.bot.asked[0]?.where).toMatchObject({ kind: 'shared' });
});

test('a channel that Slack cannot be asked about counts as shared with others', async () => {
  const ada = world.person('ada');
  world.proxy.inject('conversations.info', { error: 'channel_not_found' });
  await ada.command('case', { where: world.general });
  expect(await ada.seen(world.general)).not.toContain('Case details');
});

test('a form opens over what one sees; where it cannot, its button is in the private chat', async () => {
  world.proxy.share(world.general);
  const ada = world.person('ada');
  slack.bot.answer = () => ({ form: sampleForm });
  await ada.command('register', { where: world.general });
  expect(ada.modal()?.view.callback_id).toBe('form:register');
  await ada.dismiss();
  world.proxy.inject('views.open', { error: 'expired_trigger_id' });
  await ada.command('register', { where: world.general });
  expect(await ada.seen(world.general)).not.toContain('Open the form');
  expect(await ada.seen('dm')).toContain('Open the form');
});

test('the helpdesk’s channel is none any more once it is shared, as soon as Slack says so', async () => {
  const ada = world.person('ada');
  await ada.command('queue', { desk: true, where: world.deskChannel });
  expect(slack.bot.asked.at(-1)?.where).toEqual({ kind: 'shared', desk: true });
  world.proxy.share(world.deskChannel);
  await world.event({ type: 'channel_shared', channel: world.deskChannel, connected_team_id: 'T999', event_ts: '1.1' });
  await ada.command('queue', { desk: true, where: world.deskChannel });
  expect(slack.bot.asked.at(-1)?.where.desk).toBeUndefined();
  expect(await ada.seen('dm')).toContain('Case details');
});

test('somebody of our own workspace is answered in a channel of another one; a guest from there is not', async () => {
  const ada = world.person('ada');
  const mention = { type: 'app_mention', channel: world.general, text: '<@U0CPMSBOT1> status', ts: '1.5' };
  const envelope = { type: 'event_callback', api_app_id: world.appId, team_id: 'T999', is_ext_shared_channel: true };
  const authorizations = [{ team_id: world.teamId, enterprise_id: null, is_bot: true, is_enterprise_install: false }];
  const send = (event: object, id: string) =>
    world.send('event', { ...envelope, authorizations, event_id: id, event_time: 1, event });
  await send({ ...mention, user: 'U999', user_team: 'T999' }, 'Ev1');
  await send({ ...mention, user: 'U999' }, 'Ev2');
  expect(slack.bot.asked).toHaveLength(0);
  await send({ ...mention, user: ada.id, user_team: world.teamId }, 'Ev3');
  expect(slack.bot.asked).toHaveLength(1);
  expect(await ada.seen('dm')).toContain('Case details');
});
