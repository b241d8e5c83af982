import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Bot } from '../../bot/interaction.ts';
import { roles, slackCast } from './cast.ts';
import { sampleCard as card, sampleForm as form, type RunningSlack, runSlack } from './scripted.ts';
import { type SlackWorld, startSlackWorld } from './world.ts';

// So long that what is not slow here is answered in time on a busy machine, too.
const ackWithin = 300;

/** So slow that something else is there first: the window, or the word that it is worked on. */
async function until(there: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await there()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('nothing came first');
}

let world: SlackWorld;
let slack: RunningSlack;

beforeAll(async () => {
  world = await startSlackWorld([{ name: 'ada' }, { name: 'ben' }]);
});
afterAll(() => world.close());
beforeEach(async () => {
  looked = true;
  slack = await runSlack(world, { ackWithin });
});
afterEach(async () => {
  world.screen.close(world.person('ada').id);
  await slack.stop();
  if (world.screen.violations.length > 0) throw new Error(world.screen.violations.join('\n'));
});

const ada = () => world.person('ada');
const calls = (method: string) => world.proxy.calls.filter((one) => one.method === method);
/** The domain answers when the window is open and was looked at. */
let looked = false;
const later = () => until(() => ada().modal() !== undefined && looked);
async function isWorking(): Promise<void> {
  await until(() => ada().modal() !== undefined);
  expect(await ada().last()).toContain('Working');
  looked = true;
}

describe('a slow command', () => {
  test('is acknowledged with nothing, has a working window at once, and its form in that window by its hash', async () => {
    slack.bot.answer = async () => {
      await later();
      return { form };
    };
    looked = false;
    const received = ada().command('register', { where: world.general });
    await isWorking();
    const { id, hash } = ada().modal() ?? {};
    expect((await received).body).toEqual({});
    await slack.close();
    expect(ada().modal()).toMatchObject({ id, view: { callback_id: 'form:register' } });
    expect(calls('views.update').at(-1)?.args).toMatchObject({ view_id: id, hash });
    expect(await ada().seen(world.general)).not.toContain('Open the form');
  });

  test('whose window opened though the answer of Slack was lost has its form there, and no ‘Working’ is left', async () => {
    slack.bot.answer = async () => {
      await later();
      return { form };
    };
    world.proxy.inject('views.open', { lose: true });
    looked = false;
    const received = ada().command('register', { where: world.general });
    await isWorking();
    const { id } = ada().modal() ?? {};
    await received;
    await slack.close();
    expect(ada().modal()).toMatchObject({ id, view: { callback_id: 'form:register' } });
  });

  test('whose window never opened, and Slack did not say so, has its form where it was typed', async () => {
    slack.bot.answer = async () => {
      await until(async () => (await ada().seen(world.general)).includes('Working on it'));
      return { form };
    };
    world.proxy.inject('views.open', { status: 500 });
    await ada().command('register', { where: world.general });
    await slack.close();
    expect(ada().modal()).toBeUndefined();
    expect(await ada().seen(world.general)).toContain('Open the form');
  });

  test('has its card in the window and where it would have stood, for its author alone', async () => {
    slack.bot.answer = async () => {
      await later();
      return { cards: [card('A slow card')] };
    };
    await ada().command('status', { where: world.general });
    await slack.close();
    expect(await ada().last()).toContain('A slow card');
    expect(await ada().seen(world.general)).toContain('A slow card');
    expect(await world.person('ben').seen(world.general)).not.toContain('A slow card');
  });

  test('in a channel that another organisation shares has its card in the window alone', async () => {
    world.proxy.share(world.general);
    await world.event({ type: 'channel_shared', channel: world.general, connected_team_id: 'T999', event_ts: '1.1' });
    slack.bot.answer = async () => {
      await later();
      return { cards: [card('Not among others')] };
    };
    await ada().command('case', { where: world.general });
    await slack.close();
    world.proxy.share(world.general, false);
    expect(await ada().last()).toContain('Not among others');
    expect(JSON.stringify(world.screen.messages)).not.toContain('Not among others');
  });

  test('whose trigger Slack does not take any more says that it works on it, and leaves a card with the form’s button', async () => {
    slack.bot.answer = async () => {
      await until(async () => (await ada().seen(world.general)).includes('Working on it'));
      return { form };
    };
    world.proxy.inject('views.open', { error: 'expired_trigger_id' });
    await ada().command('register', { where: world.general });
    expect(await ada().seen(world.general)).toContain('Working on it');
    await slack.close();
    expect(ada().modal()).toBeUndefined();
    expect(await ada().seen(world.general)).toContain('Open the form');
  });

  test('whose window was closed meanwhile leaves a card with the form’s button', async () => {
    slack.bot.answer = async () => {
      await later();
      return { form: { ...form, title: 'Opened later' } };
    };
    world.proxy.inject('views.update', { error: 'not_found' });
    await ada().command('register');
    await slack.close();
    expect(await ada().seen('dm')).toContain('Opened later');
  });

  test('that fails says so in the window, with a reference that the log has', async () => {
    slack.bot.answer = async () => {
      await later();
      throw new Error('x');
    };
    await ada().command('status');
    await slack.close();
    const [, reference = ''] = /reference: ([0-9a-f]{8})/.exec(await ada().last()) ?? [];
    expect(slack.lines.join('')).toContain(reference);
    expect(reference).not.toBe('');
  });

  test('that comes to nothing leaves no window that works for ever', async () => {
    slack.bot.answer = async () => {
      await later();
      return {};
    };
    await ada().command('status');
    await slack.close();
    expect(await ada().last()).toContain('Done');
  });
});

describe('a slow button', () => {
  test('of a message has a working window at once, and its form in that window', async () => {
    slack.bot.answer = () => ({ cards: [card('With a button', { buttons: [form.open] })] });
    await ada().dm('hi');
    await slack.close();
    slack.bot.answer = async () => {
      await later();
      return { form };
    };
    looked = false;
    const pressed = ada().press('Open the form', { where: 'dm' });
    await isWorking();
    const { id } = ada().modal() ?? {};
    await pressed;
    const before = (await ada().messages('dm')).length;
    await slack.close();
    expect(ada().modal()).toMatchObject({ id, view: { callback_id: 'form:register' } });
    expect(await ada().messages('dm')).toHaveLength(before);
  });

  test('of App Home has its card in the window over it, and the home is shown anew', async () => {
    slack.bot.homeCard = card('At home', { buttons: [{ label: 'Go', action: 'go' }] });
    await ada().openHome();
    await slack.close();
    slack.bot.answer = async () => {
      await later();
      return { cards: [card('Over the home')] };
    };
    const published = calls('views.publish').length;
    await ada().press('Go', { where: 'home' });
    await slack.close();
    expect(await ada().last()).toContain('Over the home');
    expect(calls('views.publish')).toHaveLength(published + 1);
    expect(await ada().seen('dm')).not.toContain('Over the home');
  });

  test('takes the place of its card once, however late', async () => {
    slack.bot.answer = () => ({ cards: [card('Before', { buttons: [{ label: 'Go', action: 'go' }] })] });
    await ada().dm('hi');
    await slack.close();
    const before = (await ada().messages('dm')).length;
    slack.bot.answer = async () => {
      await later();
      return { cards: [card('After it all')], replace: true };
    };
    await ada().press('Go', { where: 'dm' });
    await slack.close();
    expect(await ada().messages('dm')).toHaveLength(before);
    expect((await ada().messages('dm')).at(-1)?.text).toContain('After it all');
    expect(await ada().last()).toContain('After it all');
  });
});

test('a slow domain behind the real bot: each act happens once, and its form and outcome come in the window', async () => {
  const other = await startSlackWorld(roles.map((name) => ({ name })));
  const stage = await slackCast(other);
  await stage.slack.stop();
  const { bot } = stage.cast.service;
  const slowBot: Bot = {
    ...bot,
    handle: async (interaction) => {
      await until(() => stage.person('member').modal() !== undefined);
      await new Promise((resolve) => setTimeout(resolve, 4 * ackWithin));
      return bot.handle(interaction);
    },
  };
  const running = await runSlack(other, { ackWithin, real: { bot: slowBot, kept: stage.cast.ports.kept } });
  try {
    const member = stage.person('member');
    await member.command('case new');
    await until(() => member.modal()?.view.callback_id === 'form:case.open');
    await member.fill({ pseudonym: 'Slow Heron', group: ['HTAD'], urgency: 'soon' });
    await member.submit();
    await other.repeat();
    await running.close();
    const cases = await stage.cast.ports.store.find('case', {}, { limit: 10 });
    expect(cases).toHaveLength(1);
    expect(await member.last()).toContain(cases[0]?.id);
    expect(other.screen.violations).toEqual([]);
  } finally {
    await running.stop();
    await other.close();
  }
}, 60_000);
