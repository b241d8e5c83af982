import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Form } from '../../bot/view.ts';
import { asBlocks, type Json } from './screen.ts';
import { sampleCard as card, type RunningSlack, runSlack } from './scripted.ts';
import { type SlackWorld, startSlackWorld } from './world.ts';

const form: Form = {
  form: 'support.ask',
  ref: 'other',
  title: 'Ask the helpdesk',
  submit: 'Send',
  open: { label: 'Ask', action: 'support.ask', ref: 'other' },
  fields: [
    { kind: 'text', name: 'text', label: 'Question', max: 200 },
    { kind: 'line', name: 'code', label: 'Code', optional: true },
    { kind: 'datetime', name: 'when', label: 'When', zone: 'Europe/Paris', optional: true },
    { kind: 'search', name: 'hcp', label: 'Hospital', source: 'hcp', optional: true },
    {
      kind: 'choice',
      name: 'topic',
      label: 'Topic',
      options: [
        { value: 'a', label: 'A' },
        { value: 'b', label: 'B' },
      ],
    },
    { kind: 'check', name: 'sure', label: 'Sure' },
  ],
};
const others = card('New request', { buttons: [{ label: 'Ask a person', action: 'support.ask', ref: 'other' }] });

let world: SlackWorld;
let slack: RunningSlack;

beforeAll(async () => {
  world = await startSlackWorld([
    { name: 'ada', realName: 'Ada Example', zone: 'Europe/Paris' },
    { name: 'ben', realName: 'Ben Example' },
  ]);
});
afterAll(() => world.close());
beforeEach(async () => {
  slack = await runSlack(world);
  slack.bot.options = [{ value: 'HCP-1', label: 'Sample Hospital' }];
  slack.bot.answer = ({ what }) =>
    what.kind === 'press' && what.action !== 'help.request' ? { form } : { cards: [others] };
});
afterEach(async () => {
  await world.person('ada').dismiss();
  await slack.stop();
  if (world.screen.violations.length > 0) throw new Error(world.screen.violations.join('\n'));
});

const calls = (method: string) => world.proxy.calls.filter((call) => call.method === method);
const initial = (field: string): unknown => {
  const view = world.person('ada').modal()?.view as Json;
  const block = asBlocks(view.blocks).find(({ block_id }) => String(block_id).endsWith(`:${field}`));
  const element = (block?.element ?? {}) as Json;
  return element.initial_value ?? element.initial_option ?? element.initial_date ?? element.initial_time;
};

describe('a shortcut', () => {
  test('opens its form in a window, and writes into no conversation', async () => {
    const ada = world.person('ada');
    const before = world.screen.messages.length;
    expect((await ada.shortcut('ask')).status).toBe(200);
    expect(slack.bot.asked[0]).toMatchObject({
      where: { kind: 'private' },
      what: { kind: 'press', action: 'support.ask', ref: 'other' },
    });
    expect(ada.modal()?.view.callback_id).toBe('form:support.ask');
    expect(world.screen.messages).toHaveLength(before);
  });

  test('opens a card with its buttons, whose form takes its place in the same window', async () => {
    const ada = world.person('ada');
    await ada.shortcut('request');
    expect(await ada.last()).toContain('New request');
    const { id, hash } = ada.modal() ?? {};
    await ada.press('Ask a person', { where: 'modal' });
    expect(ada.modal()).toMatchObject({ id, view: { callback_id: 'form:support.ask' } });
    expect(calls('views.update').at(-1)?.args).toMatchObject({ view_id: id, hash });
  });

  test('that is slow has a working window first, and its answer there', async () => {
    await slack.stop();
    slack = await runSlack(world, { ackWithin: 60 });
    const ada = world.person('ada');
    slack.bot.answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { form };
    };
    const chosen = ada.shortcut('ask');
    await expect.poll(() => ada.modal()?.view.callback_id).toBe('message');
    expect(await ada.last()).toContain('Working');
    await chosen;
    await slack.close();
    expect(ada.modal()?.view.callback_id).toBe('form:support.ask');
    expect(calls('views.update').at(-1)?.args.hash).toBeDefined();
  });

  test('whose working window was closed has its answer in the private chat', async () => {
    await slack.stop();
    slack = await runSlack(world, { ackWithin: 60 });
    const ada = world.person('ada');
    slack.bot.answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { cards: [card('Told in the chat')] };
    };
    world.proxy.inject('views.update', { error: 'not_found' });
    await ada.shortcut('ask');
    await slack.close();
    expect(await ada.seen('dm')).toContain('Told in the chat');
  });

  test('that fails says so with a reference', async () => {
    slack.bot.answer = () => {
      throw new Error('x');
    };
    await world.person('ada').shortcut('ask');
    expect(await world.person('ada').seen('dm')).toMatch(/reference: [0-9a-f]{8}/);
  });

  test('that is not known is acknowledged, and nothing is asked', async () => {
    expect((await world.person('ada').shortcut('other')).status).toBe(200);
    expect(slack.bot.asked).toHaveLength(0);
  });
});

describe('the shortcut on a message', () => {
  test('takes the words over for their reader to look at', async () => {
    const ada = world.person('ada');
    await ada.messageShortcut('message', 'The upload page of &lt;CPMS&gt; stays <https://x.example|empty>');
    expect(await ada.last()).toContain('from the message that you chose');
    expect(initial('text')).toBe('The upload page of <CPMS> stays https://x.example');
  });

  test('never takes over what may name a patient, and keeps it nowhere', async () => {
    const ada = world.person('ada');
    await ada.messageShortcut('message', 'Patient Marie Dupont, born 03.04.1971, cannot be enrolled');
    expect(await ada.last()).toContain('was not taken over');
    expect(initial('text')).toBeUndefined();
    const everything = JSON.stringify([slack.bot.asked, [...slack.kept.rows], slack.lines, calls('views.open').at(-1)]);
    expect(everything).not.toMatch(/Dupont|1971/);
  });

  test('on a message longer than the field says where it was cut', async () => {
    await world.person('ada').messageShortcut('message', 'word '.repeat(100));
    expect(String(initial('text'))).toMatch(/…$/);
    expect(String(initial('text')).length).toBeLessThanOrEqual(200);
  });

  test('in the private chat of two people, or on a picture without words, opens the empty form', async () => {
    await world.person('ada').messageShortcut('message', '', { where: 'D0BETWEENUS' });
    expect(initial('text')).toBeUndefined();
    expect(world.person('ada').modal()?.view.callback_id).toBe('form:support.ask');
  });
});

describe('a button in a window', () => {
  test('that is pressed twice is answered once there: the second finds the window changed, and its outcome in the chat', async () => {
    const ada = world.person('ada');
    await ada.shortcut('request');
    slack.bot.answer = () => ({ cards: [card('Outcome')] });
    await ada.press('Ask a person', { where: 'modal' });
    expect(await ada.last()).toContain('Outcome');
    await world.repeat();
    expect(calls('views.update').at(-1)?.answer).toMatchObject({ ok: false, error: 'hash_conflict' });
    expect(await ada.seen('dm')).toContain('Outcome');
  });

  test('of an old card says that it is not known any more', async () => {
    const ada = world.person('ada');
    slack.bot.answer = () => ({ cards: [card('Old', { buttons: [{ label: 'Go', action: 'go' }] })] });
    await ada.shortcut('request');
    const view = { ...(ada.modal()?.view as Json), callback_id: 'card' };
    world.screen.open({
      ...(ada.modal() as NonNullable<ReturnType<typeof ada.modal>>),
      view: JSON.parse(JSON.stringify(view).replace('act:go', 'old')) as Json,
    });
    await ada.press('Go', { where: 'modal' });
    expect(await ada.seen('dm')).toContain('not known any more');
  });

  test('answers with a card that is too long for a window in the chat', async () => {
    const ada = world.person('ada');
    await ada.shortcut('request');
    const items = Array.from({ length: 80 }, (_, index) => ({ title: `Case ${index} end` }));
    slack.bot.answer = () => ({ cards: [{ title: 'Cases', body: [{ kind: 'list', items }] }] });
    await ada.press('Ask a person', { where: 'modal' });
    expect(await ada.seen('dm')).toContain('Case 79 end');
  });
});

describe('the pickers', () => {
  test('show the zone of the person', async () => {
    const ada = world.person('ada');
    await ada.shortcut('ask');
    expect(JSON.stringify(ada.modal()?.view)).toContain('"timezone":"Europe/Paris"');
  });
});

describe('a draft', () => {
  const typed = { text: 'The page stays empty', when: '2026-12-01T15:00', hcp: ['sample'], topic: 'B', sure: true };
  const begin = async (values: Readonly<Record<string, string | boolean | readonly string[]>>) => {
    const ada = world.person('ada');
    await ada.shortcut('ask');
    await ada.fill(values);
    await ada.dismiss();
  };

  test('of a closed form is offered when it is opened again, and taken up', async () => {
    const ada = world.person('ada');
    await begin(typed);
    await ada.shortcut('ask');
    expect(await ada.last()).toContain('What you typed is kept for an hour');
    expect(initial('text')).toBeUndefined();
    const { id, hash } = ada.modal() ?? {};
    await ada.press('Go on with it', { where: 'modal' });
    expect(calls('views.update').at(-1)?.args).toMatchObject({ view_id: id, hash });
    expect(await ada.last()).not.toContain('What you typed is kept');
    expect(initial('text')).toBe('The page stays empty');
    await ada.fill({ sure: true });
    slack.bot.answer = () => ({ cards: [card('Sent')] });
    await ada.submit();
    expect(slack.bot.asked.at(-1)?.what).toMatchObject({
      kind: 'submit',
      values: { text: 'The page stays empty', when: '2026-12-01T15:00', hcp: ['HCP-1'], topic: 'b', sure: true },
    });
  });

  test('holds neither what may name a patient, nor lines, nor ticks, and is sealed under no word that was typed', async () => {
    const ada = world.person('ada');
    await begin({ ...typed, text: 'Patient Marie Dupont cannot be enrolled', code: '1234 5678' });
    const kept = [...slack.kept.rows].filter(([key]) => key.startsWith('slack:draft:'));
    expect(kept).toHaveLength(1);
    expect(JSON.parse(String(kept[0]?.[1]))).toEqual({ when: '2026-12-01T15:00', hcp: ['HCP-1'], topic: 'b' });
    expect(JSON.stringify([kept, slack.lines])).not.toMatch(/Dupont|1234 5678/);
    await ada.shortcut('ask');
    await ada.press('Go on with it', { where: 'modal' });
    expect(initial('text')).toBeUndefined();
  });

  test('gives way to what was typed since, where it has nothing itself', async () => {
    const ada = world.person('ada');
    await begin({ text: 'From before' });
    await ada.shortcut('ask');
    await ada.fill({ topic: 'A', code: 'mine' });
    await ada.press('Go on with it', { where: 'modal' });
    expect(initial('text')).toBe('From before');
    expect(initial('code')).toBe('mine');
    expect(initial('topic')).toMatchObject({ value: 'a' });
  });

  test('that is thrown away, or whose form was sent, is not offered again', async () => {
    const ada = world.person('ada');
    await begin(typed);
    await ada.shortcut('ask');
    await ada.press('Throw it away', { where: 'modal' });
    expect(await ada.last()).not.toContain('What you typed is kept');
    await ada.dismiss();
    await ada.shortcut('ask');
    expect(await ada.last()).not.toContain('What you typed is kept');
    await ada.dismiss();
    await begin(typed);
    await ada.shortcut('ask');
    await ada.fill(typed);
    slack.bot.answer = () => ({ cards: [card('Sent')] });
    await ada.submit();
    expect([...slack.kept.rows.keys()].filter((key) => key.startsWith('slack:draft:'))).toEqual([]);
  });

  test('is its author’s alone, and of this form about this thing', async () => {
    const ben = world.person('ben');
    await begin(typed);
    await ben.shortcut('ask');
    expect(await ben.last()).not.toContain('What you typed is kept');
    await ben.dismiss();
    slack.bot.answer = () => ({ form: { ...form, ref: 'consent' } });
    await world.person('ada').shortcut('ask');
    expect(await world.person('ada').last()).not.toContain('What you typed is kept');
  });

  test('is not made of a form that was opened and closed as it was', async () => {
    await world.person('ada').shortcut('ask');
    await world.person('ada').dismiss();
    expect([...slack.kept.rows.keys()].filter((key) => key.startsWith('slack:draft:'))).toEqual([]);
  });

  test('of a form that is not this person’s any more is answered with the refusal', async () => {
    const ada = world.person('ada');
    await begin(typed);
    await ada.shortcut('ask');
    slack.bot.answer = () => ({ cards: [card('That was not done')] });
    await ada.press('Go on with it', { where: 'modal' });
    expect(await ada.last()).toContain('That was not done');
  });

  test('keeps the later of two changes that arrive in the wrong order', async () => {
    const ada = world.person('ada');
    await ada.shortcut('ask');
    await ada.fill({ text: 'early' });
    const early = world.last();
    await ada.fill({ text: 'late' });
    await world.again(early);
    await ada.dismiss();
    expect([...slack.kept.rows].find(([key]) => key.startsWith('slack:draft:'))?.[1]).toContain('late');
  });
});
