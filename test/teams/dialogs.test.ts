import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Form } from '../../bot/view.ts';
import { startTeamsApp, type TeamsApp } from './app.ts';
import type { Received } from './driver.ts';
import { askedOn, dialogOpened, dialogSubmitted, extensionSubmitted } from './fixtures.ts';
import type { TeamsPerson } from './person.ts';
import { elements, type Json, wordsOf } from './screen.ts';

let app: TeamsApp;
let ada: TeamsPerson;

beforeAll(async () => {
  app = await startTeamsApp({}, { patienceMs: 300 });
});
afterAll(() => app.stop());
beforeEach(() => {
  ada = app.world.person(randomUUID());
  app.answers(() => ({ form }));
});

const form: Form = {
  form: 'support.ask',
  ref: 'other',
  title: 'Ask the helpdesk',
  fields: [
    { kind: 'choice', name: 'topic', label: 'Topic', options: [{ value: 'other', label: 'Other' }], value: 'other' },
    { kind: 'text', name: 'text', label: 'What is it about?', max: 60 },
  ],
  submit: 'Send',
  open: { label: 'Ask', action: 'support.ask', ref: 'other' },
};

/** The chat of two colleagues, in which the bot is not: Teams calls it personal too. */
const colleagues = (): Json => ({
  id: '19:two_people@unq.gbl.spaces',
  conversationType: 'personal',
  tenantId: app.world.config.tenantId,
});
const shownIn = ({ json }: Received): Json => {
  const { value } = (json ?? {})['task'] as { readonly value: { readonly card: { readonly content: Json } } };
  return value.card.content;
};
const typesIn = (card: Json) => new Set(elements(card).map(({ type }) => type));

describe("'Ask the CPMS helpdesk' on a message", () => {
  test('opens a dialog with the words of the message, for its author to read', async () => {
    const received = await app.world.deliver(
      ada.activity(askedOn('<div><p>My <b>phone</b> is new &amp; I am locked out</p></div>', colleagues())),
    );
    expect(received.json).toMatchObject({ task: { type: 'continue', value: { title: 'Ask the helpdesk' } } });
    expect(wordsOf(shownIn(received))).toContain('My phone is new & I am locked out');
    expect(typesIn(shownIn(received))).not.toContain('Action.Execute');
    expect(app.heard.at(-1)).toMatchObject({
      what: { kind: 'press', action: 'support.ask', ref: 'other' },
      where: { kind: 'shared' },
    });
  });

  test('takes nothing over that seems to name a patient, and logs none of it', async () => {
    const received = await app.world.deliver(
      ada.activity(askedOn('<p>Patient Marie Dupont, born 12.03.1961</p>', colleagues())),
    );
    expect(received.text).not.toContain('Dupont');
    expect(wordsOf(shownIn(received))).toContain("seems to hold a patient's details");
    expect(app.logged.join('')).not.toContain('Dupont');
  });

  test('sends the form, shows an error in the dialog and then the outcome, and writes nothing between the two', async () => {
    const calls = app.world.microsoft.calls.length;
    const data = { verb: 'form.submit', form: 'support.ask', ref: 'other', o_topic: 'other', l_text: 'Help' };
    app.answers(() => ({ form, errors: { text: 'Say more' } }));
    const wrong = await app.world.deliver(ada.activity(extensionSubmitted(data, colleagues())));
    expect(wordsOf(shownIn(wrong))).toContain('Say more');
    app.answers(() => ({ cards: [{ title: 'T-1 is open', body: [] }], replace: true }));
    const right = await app.world.deliver(ada.activity(extensionSubmitted(data, colleagues())));
    expect(wordsOf(shownIn(right))).toBe('T-1 is open');
    expect(app.heard.at(-1)?.what).toEqual({
      kind: 'submit',
      form: 'support.ask',
      ref: 'other',
      values: { topic: 'other', text: 'Help' },
    });
    expect(app.world.microsoft.calls.length).toBe(calls);
  });

  test('never makes the chat of two people the one that is written to', async () => {
    await ada.says('hello');
    await app.world.deliver(ada.activity(askedOn('<p>x</p>', colleagues())));
    const kept = app.kept.get(`teams:ref:${app.world.config.tenantId}:${ada.id}`);
    expect(kept).toContain(ada.chat);
    expect(kept).not.toContain('two_people');
  });

  test('of another command, or without a message, is no crash', async () => {
    const other = askedOn('x', colleagues());
    const value = { ...(other['value'] as Json), commandId: 'other' };
    expect((await app.world.deliver(ada.activity({ ...other, value }))).status).toBe(400);
    const bare = { ...other, value: { commandId: 'ask', commandContext: 'compose' } };
    expect((await app.world.deliver(ada.activity(bare))).status).toBe(200);
  });
});

describe('a dialog from a card', () => {
  test('is offered where a form has many fields, and opens the same form', async () => {
    const fields = Array.from(
      { length: 6 },
      (_, index) => ({ kind: 'line', name: `f${index}`, label: `F${index}` }) as const,
    );
    const long: Form = { ...form, fields };
    app.answers(() => ({ form: long }));
    await ada.says('ask');
    const card = ada.messages().at(-1)?.card as Json;
    const [button] = elements(card).filter(({ title }) => title === 'Open in a window');
    expect(button).toMatchObject({ data: { msteams: { type: 'task/fetch' }, verb: 'support.ask', ref: 'other' } });
    const received = await app.world.deliver(ada.activity(dialogOpened({ verb: 'support.ask', ref: 'other' })));
    expect(app.heard.at(-1)?.what).toEqual({ kind: 'press', action: 'support.ask', ref: 'other' });
    expect(elements(shownIn(received)).filter(({ type }) => type === 'Input.Text')).toHaveLength(6);
    expect(received.text).not.toContain('task/fetch');
  });

  test('comes back whole', async () => {
    app.answers(() => ({ cards: [{ title: 'Done', body: [] }] }));
    const data = { verb: 'form.submit', form: 'support.ask', l_text: 'x' };
    const received = await app.world.deliver(ada.activity(dialogSubmitted(data)));
    expect(wordsOf(shownIn(received))).toBe('Done');
  });

  test('that takes long is said to follow, and is written when it is there', async () => {
    app.answers(async () => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      return { cards: [{ title: 'At last', body: [] }] };
    });
    const received = await app.world.deliver(
      ada.activity(dialogSubmitted({ verb: 'form.submit', form: 'support.ask' })),
    );
    expect(received.json).toMatchObject({ task: { type: 'message' } });
    await expect.poll(() => ada.sees()).toBe('At last');
  });
});
