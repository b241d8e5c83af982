import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { roles, slackCast } from './cast.ts';
import { appMention, fileAppeared, fileShared } from './fixtures/events.ts';
import { sampleCard as card, type RunningSlack, runSlack } from './scripted.ts';
import { type SlackWorld, startSlackWorld } from './world.ts';

let world: SlackWorld;
let slack: RunningSlack;

beforeAll(async () => {
  world = await startSlackWorld([{ name: 'ada' }, { name: 'ben' }]);
});
afterAll(() => world.close());
beforeEach(async () => {
  slack = await runSlack(world);
  slack.bot.answer = () => ({ cards: [card('Please do not drop files here')] });
});
afterEach(async () => {
  await slack.stop();
  if (world.screen.violations.length > 0) throw new Error(world.screen.violations.join('\n'));
});

const said = (channel: string) => ({
  channel,
  user: world.person('ada').id,
  text: '',
  ts: '1706000000.000200',
  team: world.teamId,
});
const ada = () => ({ platform: 'slack', tenant: world.teamId, user: world.person('ada').id }) as const;

/** Ada's own file in a channel, uploaded with her own token as her client does. */
async function uploaded(channel: string, at = world): Promise<string> {
  const { memberToken: token } = at;
  const begun = await at.api('files.getUploadURLExternal', { filename: 'scan.pdf', length: '4' }, token);
  await fetch(String(begun.upload_url), { method: 'POST', body: '%PDF' });
  const files = JSON.stringify([{ id: begun.file_id, title: 'scan.pdf' }]);
  await at.api('files.completeUploadExternal', { files, channel_id: channel }, token);
  return String(begun.file_id);
}

describe('a dropped file', () => {
  test('in the private chat is noticed with its id, and never opened', async () => {
    const calls = world.proxy.calls.length;
    await world.event(fileShared(said(await world.person('ada').im()), 'F0SCAN'));
    expect(slack.bot.asked.map(({ what, where }) => ({ what, where }))).toEqual([
      { what: { kind: 'file', files: ['F0SCAN'] }, where: { kind: 'private' } },
    ]);
    expect(await world.person('ada').seen('dm')).toContain('Please do not drop files here');
    const methods = world.proxy.calls.slice(calls).map(({ method }) => method);
    expect(methods.filter((method) => method.startsWith('files.'))).toEqual([]);
  });

  test('in the helpdesk’s channel is told to its author alone', async () => {
    await world.event(fileAppeared(world.deskChannel, world.person('ada').id, '1706000000.000300', 'F0DESK'));
    expect(slack.bot.asked[0]).toMatchObject({ what: { kind: 'file', files: ['F0DESK'] }, where: { desk: true } });
    expect(await world.person('ada').seen(world.deskChannel)).toContain('Please do not drop files here');
    expect(await world.person('ben').seen(world.deskChannel)).not.toContain('Please do not drop files here');
  });

  test('in another channel is nobody’s business here, unless it is shown to the bot', async () => {
    await world.event(fileAppeared(world.general, world.person('ada').id, '1706000000.000400', 'F0OTHER'));
    expect(slack.bot.asked).toEqual([]);
    const mention = appMention(said(world.general), 'U0CPMSBOT1');
    await world.event({ ...mention, files: [{ id: 'F0SHOWN', mimetype: 'image/png' }] });
    expect(slack.bot.asked[0]?.what).toEqual({ kind: 'file', files: ['F0SHOWN'] });
    expect(await world.person('ben').seen(world.general)).not.toContain('Please do not drop files here');
  });

  test('in a payload of another shape is still told of', async () => {
    const event = fileShared(said(await world.person('ada').im()), 'F0SCAN');
    await world.event({ ...event, files: [{ mode: 'hidden_by_limit' }, null] });
    expect(slack.bot.asked[0]?.what).toEqual({ kind: 'file', files: [] });
  });
});

describe('looking for it later', () => {
  test('tells whether its author has deleted it', async () => {
    const file = await uploaded(await world.person('ada').im());
    expect(await slack.channel.fileThere?.(ada(), file)).toBe(true);
    await world.api('files.delete', { file }, world.memberToken);
    expect(await slack.channel.fileThere?.(ada(), file)).toBe(false);
  });

  test('the bot could not delete it itself', async () => {
    const file = await uploaded(await world.person('ada').im());
    await expect(world.api('files.delete', { file })).rejects.toThrow('missing_scope');
    expect(await slack.channel.fileThere?.(ada(), file)).toBe(true);
  });

  test('does not claim what Slack does not tell', async () => {
    world.proxy.inject('files.info', { error: 'missing_scope' });
    expect(await slack.channel.fileThere?.(ada(), 'F1')).toBeUndefined();
    world.proxy.inject('files.info', { error: 'file_deleted' });
    expect(await slack.channel.fileThere?.(ada(), 'F1')).toBe(false);
    world.proxy.inject('files.info', { status: 429, retryAfter: 7 });
    await expect(slack.channel.fileThere?.(ada(), 'F1')).rejects.toMatchObject({ seconds: 7 });
    world.proxy.inject('files.info', { status: 500 }, 5);
    await expect(slack.channel.fileThere?.(ada(), 'F1')).rejects.toThrow('http_500');
  });
});

describe('the whole way of a dropped file', () => {
  test('noticed, told, looked for twice, and gone: recorded in the log, its id nowhere in it', async () => {
    const other = await startSlackWorld(roles.map((name) => ({ name })));
    const stage = await slackCast(other);
    const { cast } = stage;
    // The first of the seed, whose token the world has.
    const person = stage.person('stranger');
    try {
      const channel = await person.im();
      const file = await uploaded(channel, other);
      await person.dropFile(file);
      expect(await person.seen('dm')).toContain('I look again in an hour');
      cast.clock.forward(1.1);
      await cast.deliver();
      expect(await person.seen('dm')).toContain('is still there');
      await other.api('files.delete', { file }, other.memberToken);
      cast.clock.forward(24.1);
      await cast.deliver();
      expect(await person.last()).toContain('is gone');
      const [stray] = await cast.ports.store.find('stray', {}, { limit: 2 });
      const trail = await cast.ports.store.trail('stray', stray?.id ?? '');
      expect(trail.map(({ event }) => event.type)).toEqual(['stray-noticed', 'stray-seen-again', 'stray-gone']);
      expect(JSON.stringify(trail)).not.toContain(file);
      expect(other.screen.violations).toEqual([]);
    } finally {
      await stage.slack.stop();
      await other.close();
    }
  });
});
