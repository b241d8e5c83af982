import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { sampleCard as card, sampleForm as form, type RunningSlack, runSlack } from '../../test/slack/scripted.ts';
import { type SlackWorld, startSlackWorld } from '../../test/slack/world.ts';

let world: SlackWorld;
let slack: RunningSlack;

beforeAll(async () => {
  world = await startSlackWorld([
    { name: 'ada', realName: 'Ada Example', zone: 'Europe/Paris', locale: 'en-GB' },
    { name: 'ben', realName: 'Ben Example' },
  ]);
});
afterAll(() => world.close());
beforeEach(async () => {
  slack = await runSlack(world);
});
afterEach(async () => {
  await world.person('ada').dismiss();
  await slack.stop();
  if (world.screen.violations.length > 0) throw new Error(world.screen.violations.join('\n'));
});

test('an event is acknowledged when it was handled, not before', async () => {
  slack.bot.answer = async () => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    return {};
  };
  expect((await world.person('ada').dm('x')).milliseconds).toBeGreaterThanOrEqual(149);
});

test('forged and replayed requests are refused: another secret, none, too old, in the future', async () => {
  const event = { type: 'message', channel_type: 'im', channel: 'D1', user: 'U1', text: 'x' };
  for (const forged of [
    { secret: 'f'.repeat(32) },
    { unsigned: true },
    { shift: -301 },
    { shift: 62 },
    { shift: 3600 },
  ]) {
    expect((await world.event(event, forged)).status).toBe(401);
  }
  expect((await world.event({ type: 'unknown' }, { shift: 50 })).status).toBe(200);
  expect((await world.event({ type: 'unknown' }, { shift: -290 })).status).toBe(200);
  expect(slack.bot.asked).toHaveLength(0);
});

test('a request that is too large is refused, whoever has signed it', async () => {
  const event = { type: 'message', channel_type: 'im', channel: 'D1', user: 'U1', text: 'x'.repeat(4 * 1024 * 1024) };
  expect((await world.event(event)).status).toBe(413);
  expect((await world.event(event, { secret: 'f'.repeat(32) })).status).toBe(413);
  expect(slack.bot.asked).toHaveLength(0);
});

test('a repeated delivery has the same key; a new one has another', async () => {
  const ada = world.person('ada');
  await ada.dm('one');
  await world.repeat();
  await ada.dm('one');
  await ada.command('help');
  await world.repeat();
  slack.bot.answer = () => ({ cards: [card('C', { buttons: [{ label: 'Twice', action: 'twice' }] })] });
  await ada.dm('buttons');
  await ada.press('Twice');
  await world.repeat();
  await ada.press('Twice');
  const keys = slack.bot.asked.map((one) => one.key);
  expect(keys).toHaveLength(9);
  expect([keys[0], keys[3], keys[6]]).toEqual([keys[1], keys[4], keys[7]]);
  expect(new Set(keys).size).toBe(6);
});

test('another workspace, another app and somebody of another workspace are refused', async () => {
  const body = { command: '/cpms', text: 'status', user_id: 'U1', channel_id: 'C1', trigger_id: '1.2.3' };
  const other = await world.send('command', { ...body, team_id: 'T999', api_app_id: world.appId });
  expect(String(other.body.text)).toContain('another workspace');
  await world.send('command', { ...body, team_id: world.teamId, api_app_id: 'A999' });
  await world.send('command', body);
  const press = {
    type: 'block_actions',
    team: { id: world.teamId },
    api_app_id: world.appId,
    actions: [{ action_id: 'act:x#0' }],
  };
  await world.send('interaction', { ...press, user: { id: 'U1', team_id: 'T999' }, container: { type: 'view' } });
  expect(slack.bot.asked).toHaveLength(0);
});

test('what is not known is acknowledged and said: commands, buttons, views, kinds of payload', async () => {
  const ada = world.person('ada');
  const unknown = await ada.command('x', { name: '/other' });
  expect(String(unknown.body.text)).toContain('not known');
  const base = { team: { id: world.teamId }, api_app_id: world.appId, user: { id: ada.id, team_id: world.teamId } };
  const old = { action_id: 'old-button', action_ts: '1.1' };
  const pressed = await world.send('interaction', {
    type: 'block_actions',
    ...base,
    container: { type: 'view' },
    actions: [old],
  });
  expect(pressed.status).toBe(200);
  expect(await ada.seen('dm')).toContain('not known any more');
  for (const payload of [
    { type: 'view_submission', ...base, view: { id: 'V1', hash: 'h', callback_id: 'other', state: { values: {} } } },
    { type: 'view_closed', ...base, view: { id: 'V1', callback_id: 'form:x' } },
    { type: 'shortcut', ...base, callback_id: 'nothing', trigger_id: 't' },
    {
      type: 'block_actions',
      ...base,
      container: { type: 'view' },
      actions: [{ action_id: 'link:#0', action_ts: '1' }],
    },
  ]) {
    expect((await world.send('interaction', payload)).status).toBe(200);
  }
  expect(slack.bot.asked).toHaveLength(0);
});

test('a slow submission is acknowledged in time, and its outcome follows', async () => {
  await slack.stop();
  slack = await runSlack(world, { ackWithin: 300 });
  const ada = world.person('ada');
  slack.bot.answer = () => ({ form });
  await ada.command('register');
  slack.bot.answer = async () => {
    await new Promise((resolve) => setTimeout(resolve, 900));
    return { cards: [card('Slow and sent')] };
  };
  slack.bot.options = [{ value: 'HCP-1', label: 'Sample Hospital' }];
  await ada.fill({ name: 'x', when: '2026-12-01T15:00', track: 'a', hcp: 'sample', agree: true });
  expect((await ada.submit()).body.response_action).toBe('update');
  expect(await ada.last()).toContain('Working');
  await slack.close();
  expect(await ada.last()).toContain('Slow and sent');
  expect(await ada.seen('dm')).toContain('Slow and sent');
});

test('an error is told with a reference that the log has, without what was typed', async () => {
  const ada = world.person('ada');
  slack.bot.answer = ({ what }) => {
    throw new Error(`failed on ${JSON.stringify(what)}`);
  };
  const received = await ada.command('secret-words', { where: world.general });
  const reference = /reference: ([0-9a-f]{8})/.exec(String(received.body.text))?.[1];
  expect(reference).toBeDefined();
  expect(slack.lines.join('')).toContain(reference);
  expect(slack.lines.join('')).not.toContain('secret-words');
  await ada.dm('secret-words');
  expect(await ada.seen('dm')).toMatch(/reference: [0-9a-f]{8}/);
});

test('users.info down, limits and lost triggers do not stop an answer', async () => {
  const ada = world.person('ada');
  world.proxy.inject('users.info', { error: 'invalid_auth' });
  slack.bot.answer = () => ({ cards: [card('Still here')] });
  expect((await ada.command('status')).status).toBe(200);
  expect(slack.bot.asked[0]?.who).toEqual({ identity: { platform: 'slack', tenant: 'T000000001', user: ada.id } });
  world.proxy.inject('chat.postMessage', { status: 429, retryAfter: 1 });
  await ada.dm('x');
  expect(await ada.seen('dm')).toContain('Still here');
  slack.bot.answer = () => ({ form });
  world.proxy.inject('views.open', { error: 'expired_trigger_id' });
  await ada.command('register', { where: world.general });
  expect(await ada.seen(world.general)).toContain('Open the form');
  world.proxy.inject('response_url', { status: 500 });
  world.proxy.inject('views.open', { error: 'expired_trigger_id' });
  await ada.command('register', { where: world.general });
  expect(await ada.seen('dm')).toContain('Open the form');
});

test('while the workspace cannot be told, nothing is answered from the domain and events come again', async () => {
  world.proxy.inject('auth.test', { error: 'invalid_auth' }, 2);
  const body = {
    command: '/cpms',
    text: 'x',
    user_id: 'U1',
    channel_id: 'C1',
    trigger_id: '1',
    team_id: world.teamId,
    api_app_id: world.appId,
  };
  expect(String((await world.send('command', body)).body.text)).toContain('cannot check');
  expect(
    (await world.event({ type: 'message', channel_type: 'im', channel: 'D1', user: 'U1', text: 'x' })).status,
  ).toBe(500);
  expect(slack.bot.asked).toHaveLength(0);
});

test('a configuration that cannot be right is refused', async () => {
  await expect(runSlack({ ...world, signingSecret: 'short' })).rejects.toThrow('signingSecret');
});

test('a card that others see outside of the helpdesk’s channel is never replaced: the answer is its reader’s alone', async () => {
  const ada = world.person('ada');
  slack.bot.answer = () => ({ cards: [card('For Ada only')], replace: true });
  const updates = () => world.proxy.calls.filter((call) => call.method === 'chat.update').length;
  const before = updates();
  await world.send('interaction', {
    type: 'block_actions',
    team: { id: world.teamId },
    api_app_id: world.appId,
    user: { id: ada.id, team_id: world.teamId },
    container: { type: 'message', channel_id: world.general, message_ts: '1.1', is_ephemeral: false },
    response_url: world.proxy.responseUrl({ user: ada.id, channel: world.general, ts: '1.1' }),
    actions: [{ action_id: 'act:x#0', action_ts: '1.2' }],
  });
  expect(updates()).toBe(before);
  expect(await ada.seen(world.general)).toContain('For Ada only');
  expect(await world.person('ben').seen(world.general)).not.toContain('For Ada only');
});
