import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { TeamsFault } from '../../adapters/teams/messenger.ts';
import { Later, Undeliverable } from '../../bot/channel.ts';
import type { Answer } from '../../bot/interaction.ts';
import type { Card } from '../../bot/view.ts';
import { startTeamsApp, type TeamsApp } from './app.ts';
import type { Fault } from './microsoft.ts';

let app: TeamsApp;
let names = 0;

beforeAll(async () => {
  app = await startTeamsApp({}, { patienceMs: 300, callMs: 500 });
});
afterAll(() => app.stop());
afterEach(() => {
  app.answers(() => ({}));
  app.world.microsoft.storm();
});

/** Somebody whom nobody has met. */
const somebody = () => app.world.person(`Person ${(names += 1)}`);
const card = (title: string, more: Partial<Card> = {}): Card => ({ title, body: [], ...more });
const identity = (user: string) => ({ platform: 'teams', tenant: app.world.config.tenantId, user }) as const;
const later = () => new Promise((resolve) => setTimeout(resolve, 600));

describe('repeats and slowness', () => {
  test('a repeated message has one key and one answer', async () => {
    const ada = somebody();
    app.answers(() => ({ cards: [card('Once')] }));
    const activity = ada.activity({ text: 'register' });
    await Promise.all([app.world.deliver(activity), app.world.deliver(activity)]);
    await app.world.deliver(activity);
    expect(ada.messages()).toHaveLength(1);
  });

  test('a repeated press has the same key and gets its answer again, with nothing written twice', async () => {
    const ada = somebody();
    app.answers(() => ({ cards: [card('Menu', { buttons: [{ label: 'Go', action: 'go' }] })] }));
    await ada.says('menu');
    const value = { action: { type: 'Action.Execute', verb: 'go', data: {} } };
    const activity = ada.activity({ type: 'invoke', name: 'adaptiveCard/action', value });
    const first = await app.world.deliver(activity);
    const again = await app.world.deliver(activity);
    expect(again.json).toEqual(first.json);
    expect(app.heard.at(-1)?.key).toBe(app.heard.at(-2)?.key);
    expect(ada.messages()).toHaveLength(2);
    await app.world.deliver({ ...activity, id: 'f:another' });
    expect(app.heard.at(-1)?.key).not.toBe(app.heard.at(-2)?.key);
  });

  const slow = (answer: Answer) => async (): Promise<Answer> => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return answer;
  };

  test('a slow press is answered in time, and finished in its card', async () => {
    const ada = somebody();
    app.answers(() => ({ cards: [card('Menu', { buttons: [{ label: 'Go', action: 'go' }] })] }));
    await ada.says('menu');
    app.answers(slow({ cards: [card('At last')], replace: true }));
    await ada.presses('Go');
    expect(ada.toast).toContain('Working on it');
    await later();
    expect(ada.sees()).toBe('At last');
  });

  test("a slow message reads 'working', which becomes the answer", async () => {
    const ada = somebody();
    app.answers(slow({ cards: [card('At last')] }));
    await ada.says('register');
    expect(ada.sees()).toContain('Working on it');
    await later();
    expect(ada.sees()).toBe('At last');
  });

  test('a throttled answer is written when it may be', async () => {
    const ada = somebody();
    app.answers(() => ({ cards: [card('Patience')] }));
    app.world.microsoft.fail(429, { 'retry-after': '1' });
    await ada.says('register');
    expect(ada.messages()).toHaveLength(1);
  });
});

describe('an answer that Teams does not take', () => {
  const two = { cards: [card('First'), card('Second')] };
  const taken = () => app.later.map(({ card: { title }, seconds }) => [title, seconds]);
  const given = async (answer: Answer, faults: readonly (Fault | undefined)[]) => {
    const before = app.later.length;
    const left = [...faults];
    app.world.microsoft.storm(() => left.shift());
    app.answers(() => answer);
    const ada = somebody();
    expect((await ada.says('register')).status).toBe(200);
    return { ada, later: taken().slice(before) };
  };

  test('goes out later, after the wait that was asked for', async () => {
    const { ada, later: left } = await given(two, [{ status: 429, retryAfter: 17, done: false }]);
    expect(left).toEqual([
      ['First', 17],
      ['Second', 17],
    ]);
    expect(ada.messages()).toEqual([]);
  });

  test('is tried once more at first, and what arrived is not sent again', async () => {
    const bad: Fault = { status: 502, done: false };
    const { ada, later: left } = await given(two, [undefined, bad, bad]);
    expect(left).toEqual([['Second', 0]]);
    expect(ada.sees()).toBe('First');
  });

  test('although nothing is heard of it', async () => {
    const { later: left } = await given({ cards: [card('Only')] }, [
      { line: 'silent', done: false },
      { line: 'reset', done: false },
    ]);
    expect(left).toEqual([['Only', 0]]);
  });

  test('is a button where it was a form', async () => {
    const open = { label: 'Ask', action: 'support.ask' };
    const form = { form: 'support.ask', title: 'A question', fields: [], submit: 'Send', open };
    const { later: left } = await given({ form }, [{ status: 429, retryAfter: 9, done: false }]);
    expect(left).toEqual([['A question', 9]]);
    expect(app.later.at(-1)?.card.buttons).toEqual([open]);
  });
});

describe('writing first', () => {
  test('to somebody who was met in a channel alone', async () => {
    const ada = somebody();
    await ada.says('hello', { where: app.world.general });
    const posted = await app.teams.channel.post(identity(ada.id), card('News'), '1');
    expect(ada.sees()).toBe('News');
    await app.teams.channel.update(posted, card('Newer'));
    expect(ada.sees()).toBe('Newer');
    expect(app.world.microsoft.calls.filter(({ path }) => path === '/v3/conversations').length).toBeGreaterThan(0);
  });

  test('to the desk before anything was heard from there', async () => {
    const posted = await app.teams.channel.postToDesk(card('T-9'), '1');
    expect(somebody().last({ where: app.world.desk })).toBe('T-9');
    await app.teams.channel.update(posted, card('T-9, closed'));
    expect(somebody().last({ where: app.world.desk })).toBe('T-9, closed');
  });

  test.each([
    [403, Undeliverable],
    [404, Undeliverable],
    [400, TeamsFault],
    [412, TeamsFault],
    [429, Later],
    [500, TeamsFault],
    [502, TeamsFault],
    [504, TeamsFault],
  ])('%i is told as it is meant, at once', async (status, kind) => {
    const ada = somebody();
    await ada.says('hello');
    const calls = app.world.microsoft.calls.length;
    app.world.microsoft.fail(status, status === 429 ? { 'retry-after': '17' } : {});
    const error: unknown = await app.teams.channel.post(identity(ada.id), card('News'), '1').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject(
      kind === TeamsFault
        ? { code: `teams-${status}`, passing: status !== 400 }
        : kind === Later
          ? { seconds: 17 }
          : {},
    );
    expect(app.world.microsoft.calls.length).toBe(calls + 1);
  });

  test.each([
    ['silent', 'teams-timeout'],
    ['reset', 'ECONNRESET'],
  ] as const)('a line that is %s is passing trouble', async (line, code) => {
    const ada = somebody();
    await ada.says('hello');
    app.world.microsoft.storm(() => ({ line, done: false }));
    const error: unknown = await app.teams.channel.post(identity(ada.id), card('News'), '1').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(TeamsFault);
    expect(error).toMatchObject({ code, passing: true });
  });

  test('nobody whom the app never met', async () => {
    await expect(app.teams.channel.post(identity('nobody'), card('News'), '1')).rejects.toThrow(Undeliverable);
  });

  test('a card above the limit comes in pages, whole, and is updated in them', async () => {
    const ada = somebody();
    await ada.says('hello');
    const items = Array.from({ length: 150 }, (_, index) => ({
      title: `Case ${index}`,
      detail: 'pending since long '.repeat(10),
      buttons: [{ label: `Open ${index}`, action: 'open', ref: String(index) }],
    }));
    const posted = await app.teams.channel.post(
      identity(ada.id),
      card('All', { body: [{ kind: 'list', items }] }),
      '1',
    );
    for (const { title } of items) expect(ada.sees()).toContain(`${title}\n`);
    expect(ada.messages().length).toBeGreaterThan(2);
    expect(ada.sees()).toContain('All (2/');
    await app.teams.channel.update(posted, card('Gone'));
    expect(ada.sees()).not.toContain('Case 7');
  });
});

test('no name, text or token stands in the log', () => {
  const log = app.logged.join('');
  expect(log).not.toMatch(/Person \d|register|token-of-the-bot|eyJ/);
});

test('Teams would have taken and shown everything that was sent', () => {
  expect(app.world.screen.messages.length).toBeGreaterThan(0);
  expect(app.world.screen.violations).toEqual([]);
});
