import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Undeliverable } from '../../bot/channel.ts';
import type { Card, Form } from '../../bot/view.ts';
import { startTeamsApp, type TeamsApp } from './app.ts';
import { channelCreated } from './fixtures.ts';

let app: TeamsApp;
let names = 0;

beforeAll(async () => {
  app = await startTeamsApp({}, { patienceMs: 300 });
});
afterAll(() => app.stop());
afterEach(() => {
  app.answers(() => ({}));
});

/** Somebody whom nobody has met. */
const somebody = () => app.world.person(`Person ${(names += 1)}`);
const card = (title: string, more: Partial<Card> = {}): Card => ({ title, body: [], ...more });
const identity = (user: string) => ({ platform: 'teams', tenant: app.world.config.tenantId, user }) as const;

const form: Form = {
  form: 'ask',
  ref: 'T-1',
  title: 'Ask the helpdesk',
  fields: [
    { kind: 'line', name: 'subject', label: 'Subject', max: 80 },
    { kind: 'datetime', name: 'when', label: 'When' },
    { kind: 'choice', name: 'topic', label: 'Topic', options: [{ value: 'a', label: 'Access' }] },
    {
      kind: 'choices',
      name: 'kinds',
      label: 'Kinds',
      options: [
        { value: 'x,1', label: 'X' },
        { value: 'y', label: 'Y' },
      ],
    },
    { kind: 'search', name: 'experts', label: 'Experts', source: 'expert', several: true },
    { kind: 'search', name: 'group', label: 'Group', source: 'group', optional: true },
    { kind: 'check', name: 'sure', label: 'I looked at it' },
    { kind: 'text', name: 'more', label: 'More', optional: true },
  ],
  submit: 'Send',
  open: { label: 'Open', action: 'ask' },
};

describe('what people say', () => {
  test('a text in the one-to-one chat is answered there', async () => {
    const ada = somebody();
    app.answers(() => ({ cards: [card('Welcome', { body: [{ kind: 'text', text: 'Line one\nline two' }] })] }));
    expect((await ada.says('how do I get access?')).status).toBe(200);
    const { who, where, what } = app.heard.at(-1) ?? {};
    expect(who).toEqual({ identity: identity(ada.id), name: ada.name, language: 'en-GB', zone: 'Europe/Amsterdam' });
    expect(where).toEqual({ kind: 'private' });
    expect(what).toEqual({ kind: 'text', text: 'how do I get access?' });
    expect(ada.sees()).toBe('Welcome\nLine one\nline two');
  });

  test.each([
    ['/register', { kind: 'command', text: 'register', desk: false }],
    ['/cpms status', { kind: 'command', text: 'status', desk: false }],
    ['cpms status', { kind: 'command', text: 'status', desk: false }],
    ['cpms-desk queue', { kind: 'command', text: 'queue', desk: true }],
    ['CPMS shows error 500', { kind: 'text', text: 'CPMS shows error 500' }],
    ['a &lt;b&gt;&nbsp;c &amp; d', { kind: 'text', text: 'a <b> c & d' }],
  ])('%s', async (text, what) => {
    await somebody().says(text);
    expect(app.heard.at(-1)?.what).toEqual(what);
  });

  test('in a channel the mention goes, the answer comes privately, and one line says so', async () => {
    const ada = somebody();
    const { general } = app.world;
    app.answers(() => ({ cards: [card('For you alone')] }));
    await ada.says('status', { where: general });
    expect(app.heard.at(-1)).toMatchObject({ where: { kind: 'shared' }, what: { kind: 'text', text: 'status' } });
    expect(app.heard.at(-1)?.where).not.toHaveProperty('desk');
    expect(ada.sees()).toBe('For you alone');
    expect(ada.last({ where: general })).toBe('I answered you privately.');
    expect(ada.sees({ where: general })).not.toContain('For you');
  });

  test('in a group chat the answer comes privately too', async () => {
    const ada = somebody();
    const group = '19:meeting_0000000000000000000000000000@thread.v2';
    app.answers(() => ({ cards: [card('For you alone')] }));
    const { tenantId: tenant, appId } = app.world.config;
    const mention = { type: 'mention', text: '<at>CPMS</at>', mentioned: { id: `28:${appId}`, name: 'CPMS' } };
    const conversation = { id: group, conversationType: 'groupChat', isGroup: true, tenantId: tenant };
    await app.world.deliver(ada.activity({ text: '<at>CPMS</at> status', entities: [mention], conversation }));
    expect(app.heard.at(-1)).toMatchObject({ where: { kind: 'shared' }, what: { kind: 'text', text: 'status' } });
    expect(ada.sees()).toBe('For you alone');
    expect(ada.last({ where: group })).toBe('I answered you privately.');
    // A press there is answered for the one who pressed, and the dialog's invokes likewise.
    const value = { action: { type: 'Action.Execute', verb: 'go', data: {} } };
    const pressed = { type: 'invoke', name: 'adaptiveCard/action', value, conversation };
    const received = await app.world.deliver(ada.activity(pressed));
    expect(received.text).not.toContain('For you alone');
    expect(ada.messages()).toHaveLength(2);
  });

  test('who says no more than its name is greeted, privately', async () => {
    const ada = somebody();
    app.answers(() => ({ cards: [card('Welcome')] }));
    await ada.says('', { where: app.world.general });
    expect(app.heard.at(-1)?.what).toEqual({ kind: 'hello' });
    expect(ada.sees()).toBe('Welcome');
    const heard = app.heard.length;
    await ada.says('');
    expect(app.heard).toHaveLength(heard);
  });

  test('who cannot be written to is told what to do, without the content', async () => {
    const ada = somebody();
    const { general } = app.world;
    app.world.screen.block(ada.chat);
    app.answers(() => ({ cards: [card('A secret')] }));
    await ada.says('status', { where: general });
    expect(ada.last({ where: general })).toContain('add it for yourself');
    expect(ada.sees({ where: general })).not.toContain('secret');
  });

  test("the desk's threads are the desk; a look-alike is not", async () => {
    const ada = somebody();
    await ada.says('queue', { where: `${app.world.desk};messageid=17` });
    expect(app.heard.at(-1)?.where).toEqual({ kind: 'shared', desk: true });
    await ada.says('queue', { where: `${app.world.desk}x` });
    expect(app.heard.at(-1)?.where).toEqual({ kind: 'shared' });
  });

  test('a file is a file, and never fetched; the words beside it are heard too', async () => {
    const ada = somebody();
    const before = app.heard.length;
    await ada.dropsFile('the scan');
    expect(app.heard.slice(before).map(({ what }) => what)).toEqual([
      { kind: 'file' },
      { kind: 'text', text: 'the scan' },
    ]);
    expect(new Set(app.heard.slice(before).map(({ key }) => key)).size).toBe(2);
  });

  test.each<[string, unknown]>([
    ['no list', 'x'],
    ['a mention of nobody', [{ type: 'mention', text: '<at>CPMS</at>' }]],
    ['a mention without its text', [{ type: 'mention', mentioned: { id: '28:x' } }]],
    ['something else', [null, 7, { type: 'clientInfo', locale: 'en-GB' }]],
  ])('entities that are %s harm nobody', async (_, entities) => {
    const ada = somebody();
    const { status } = await app.world.deliver(ada.activity({ text: 'register', entities }));
    expect(status).toBe(Array.isArray(entities) ? 200 : 401);
    expect(app.heard.filter(({ who }) => who.identity.user === ada.id)).toHaveLength(Array.isArray(entities) ? 1 : 0);
  });

  test('a press that nests by the thousand is refused, also one without an id', async () => {
    const ada = somebody();
    const { id: _, ...press } = ada.activity({ type: 'invoke', name: 'task/submit', value: 'DEEP' }) as { id: string };
    const deep = `{"data":${'{"a":['.repeat(4000)}1${']}'.repeat(4000)}}`;
    const authorization = `Bearer ${await app.world.microsoft.token()}`;
    const body = JSON.stringify(press).replace('"DEEP"', deep);
    expect((await app.world.post(body, { authorization })).status).toBe(401);
  });

  test('reactions, edits and unknown invokes do nothing', async () => {
    const ada = somebody();
    const before = app.heard.length;
    const calls = app.world.microsoft.calls.length;
    for (const type of ['messageReaction', 'messageUpdate', 'messageDelete', 'typing', 'event'])
      expect((await app.world.deliver(ada.activity({ type }))).status).toBe(200);
    const unknown = await app.world.deliver(ada.activity({ type: 'invoke', name: 'config/fetch', value: {} }));
    expect([unknown.status, unknown.text]).toEqual([501, '']);
    const strange = await app.world.deliver(
      ada.activity({ type: 'invoke', name: 'adaptiveCard/action', value: { action: 7 } }),
    );
    expect([strange.status, strange.text]).toEqual([400, '']);
    expect(app.heard.length).toBe(before);
    expect(app.world.microsoft.calls.length).toBe(calls);
  });
});

describe('coming and going', () => {
  test('an installation greets once, though it is announced twice', async () => {
    const ada = somebody();
    app.answers(() => ({ cards: [card('Welcome')] }));
    await ada.installs();
    expect(ada.messages()).toHaveLength(1);
    expect(app.heard.at(-1)).toMatchObject({ what: { kind: 'hello' }, where: { kind: 'private' } });
  });

  test('who removes the app is gone, and cannot be written to', async () => {
    const ada = somebody();
    await ada.installs();
    await ada.removes();
    expect(app.gone.at(-1)).toEqual(identity(ada.id));
    expect(app.kept.has(`teams:ref:${app.world.config.tenantId}:${ada.id}`)).toBe(false);
    await expect(app.teams.channel.post(identity(ada.id), card('Hi'), '1')).rejects.toThrow(Undeliverable);
  });

  test('an event of a team that names nobody is taken, and nothing done', async () => {
    const { tenantId, appId } = app.world.config;
    const [heard, calls] = [app.heard.length, app.world.microsoft.calls.length];
    const event = channelCreated(`28:${appId}`, app.world.general, tenantId);
    const received = await app.world.deliver(somebody().activity(event));
    expect([received.status, received.text]).toEqual([200, '']);
    expect([app.heard.length, app.world.microsoft.calls.length]).toEqual([heard, calls]);
    const forged = await app.world.deliver(somebody().activity(event), { authorization: 'Bearer a.b.c' });
    expect(forged.status).toBe(401);
  });

  test('whose address of the service changes is written to at the new one', async () => {
    const ada = somebody();
    await ada.says('hello');
    const serviceUrl = 'https://smba.trafficmanager.net/emea/renewed/';
    const token = await app.world.microsoft.token({ claims: { serviceurl: serviceUrl } });
    const authorization = `Bearer ${token}`;
    expect((await app.world.deliver(ada.activity({ text: 'hello', serviceUrl }), { authorization })).status).toBe(200);
    const kept = [...app.kept.values()].filter((one) => one.includes(ada.chat));
    expect(kept).toHaveLength(1);
    expect(kept[0]).toContain(serviceUrl);
  });

  test('a team in which the app is added is no desk and greets nobody; its id is in the log', async () => {
    const ada = somebody();
    const before = app.heard.length;
    const where = '19:other@thread.tacv2';
    await app.world.deliver(
      ada.activity({ type: 'conversationUpdate', membersAdded: [{ id: `28:${app.world.config.appId}` }] }, { where }),
    );
    expect(app.heard.length).toBe(before);
    expect(app.logged.at(-1)).toContain(where);
    expect(app.kept.get('teams:desk')).not.toContain('other');
  });
});

describe('buttons', () => {
  const menu = card('Menu', {
    buttons: [
      { label: 'Show', action: 'case.show', ref: 'C-1' },
      { label: 'Withdraw', action: 'consent.withdraw', ref: 'C-1', style: 'danger', confirm: 'Really withdraw?' },
      { label: 'Page', url: 'https://bot.example/x' },
    ],
  });

  async function withMenu() {
    const ada = somebody();
    app.answers(() => ({ cards: [menu] }));
    await ada.says('menu');
    return ada;
  }

  test('a press is the action with its reference, and the answer a message below', async () => {
    const ada = await withMenu();
    app.answers(() => ({ cards: [card('The case')] }));
    await ada.presses('Show');
    expect(app.heard.at(-1)?.what).toEqual({ kind: 'press', action: 'case.show', ref: 'C-1' });
    expect(ada.messages()).toHaveLength(2);
    expect(ada.toast).toBe('The answer is below.');
  });

  test('an answer that replaces is in the response, and stays', async () => {
    const ada = await withMenu();
    app.answers(() => ({ cards: [card('Withdrawn')], replace: true }));
    const received = await ada.presses('Withdraw');
    expect(received.json).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
    expect(ada.sees()).toBe('Withdrawn');
    expect(app.world.microsoft.calls.at(-1)?.method).toBe('PUT');
  });

  test('in a shared place a replacement is for the one who pressed, alone', async () => {
    const [ada, bob] = [somebody(), somebody()];
    const { desk } = app.world;
    await ada.says('hello', { where: desk });
    await app.teams.channel.postToDesk(
      card('T-1', { buttons: [{ label: 'Take', action: 'ticket.take', ref: 'T-1' }] }),
      '1',
    );
    app.answers(() => ({ cards: [card('Yours')], replace: true }));
    await ada.presses('Take', { where: desk });
    expect(ada.last({ where: desk })).toBe('Yours');
    expect(bob.last({ where: desk })).toBe('T-1');
  });

  test('a client that knows no Action.Execute sends its fallback', async () => {
    const ada = await withMenu();
    app.answers(() => ({ cards: [card('The case')], replace: true }));
    const replyToId = ada.messages().at(-1)?.id;
    await app.world.deliver(ada.activity({ text: '', replyToId, value: { verb: 'case.show', ref: 'C-1' } }));
    expect(app.heard.at(-1)?.what).toEqual({ kind: 'press', action: 'case.show', ref: 'C-1' });
    expect(ada.sees()).toBe('The case');
  });

  test('links open', async () => {
    expect((await withMenu()).link('Page')).toBe('https://bot.example/x');
  });
});

describe('forms', () => {
  async function withForm() {
    const ada = somebody();
    app.answers(() => ({ form }));
    await ada.says('ask');
    return ada;
  }
  const filled = {
    subject: 'My phone is new',
    when: '2026-12-01T15:00',
    topic: 'Access',
    kinds: ['X', 'y'],
    experts: ['beta'],
    group: 'gam',
    sure: true,
  };

  test('are filled in the card and come back whole', async () => {
    const ada = await withForm();
    await ada.fills(filled);
    app.answers(() => ({ cards: [card('Thank you')], replace: true }));
    await ada.submits();
    expect(app.heard.at(-1)?.what).toEqual({
      kind: 'submit',
      form: 'ask',
      ref: 'T-1',
      values: {
        subject: 'My phone is new',
        when: '2026-12-01T15:00',
        topic: 'a',
        kinds: ['x,1', 'y'],
        experts: ['expert,0%'],
        group: ['group,2%'],
        sure: true,
        more: undefined,
      },
    });
    expect(ada.sees()).toBe('Thank you');
  });

  test('what must be filled is asked for by the client', async () => {
    const ada = await withForm();
    await expect(ada.submits()).rejects.toThrow('Please fill in: Subject');
  });

  test('an error stands at its field, and what was typed stays', async () => {
    const ada = await withForm();
    await ada.fills(filled);
    const typed: Form = {
      ...form,
      fields: form.fields.map((field) =>
        field.name === 'subject' && field.kind === 'line' ? { ...field, value: 'My phone is new' } : field,
      ),
    };
    app.answers(() => ({ form: typed, errors: { subject: 'Say more', '': 'Not yet' } }));
    await ada.submits();
    expect(ada.messages()).toHaveLength(1);
    expect(ada.sees()).toContain('Not yet');
    expect(ada.sees()).toMatch(/My phone is new\n⚠ Say more\n/);
    expect(app.world.microsoft.calls.at(-1)?.method).toBe('POST');
  });

  test('a search field over a long list asks the bot', async () => {
    const ada = await withForm();
    expect(await ada.searches('experts', 'gam')).toEqual([{ value: 'expert%2C0%25', title: 'Gamma' }]);
  });
});

test('Teams would have taken and shown everything that was sent', () => {
  expect(app.world.screen.messages.length).toBeGreaterThan(0);
  expect(app.world.screen.violations).toEqual([]);
});
