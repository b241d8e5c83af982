import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createServer, createWeb } from '../../adapters/web/web.ts';
import { Undeliverable } from '../../bot/channel.ts';
import { memoryKept } from '../kept.ts';
import { type Demo, people, startDemo } from './demo.ts';

let demo: Demo;
beforeEach(async () => {
  demo = await startDemo();
});
afterEach(() => demo.close());

async function call(path: string, body?: object, headers: Record<string, string> = {}) {
  const init = body
    ? { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } }
    : { headers };
  const response = await fetch(`${demo.address}/local${path}`, init);
  return { status: response.status, given: await response.json() };
}

/** A request whose Host header is chosen freely, which fetch does not allow. */
function withHost(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(demo.address);
    request({ port, path: '/local/people', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

describe('the local calls', () => {
  it('walk from a typed word over a form with errors to the helpdesk', async () => {
    expect((await call('/people/noor/say', { text: 'register' })).given.form.form).toBe('register');
    const wrong = await call('/people/noor/submit', { form: 'register', ref: 'R-1', values: { name: '' } });
    expect(Object.keys(wrong.given.errors)).toEqual(['name', 'hcp', 'notice']);
    const values = { name: 'Noor', hcp: ['EX-01'], notice: true };
    const done = await call('/people/noor/submit', { form: 'register', ref: 'R-1', values });
    expect(done.given.messages[0].card.title).toBe('Your registration');
    const desk = await call('/people/hanna/messages?room=desk');
    expect(desk.given.messages.map(({ id }: { id: string }) => id)).toEqual(['n-77']);
    const { given } = await call('/people');
    const hanna = given.people.find(({ user }: { user: string }) => user === 'hanna');
    expect(hanna.rooms).toEqual([
      { room: 'chat', unread: 0 },
      { room: 'desk', unread: 1 },
    ]);
    await call('/people/hanna/read', { room: 'desk' });
    const after = (await call('/people')).given.people.find(({ user }: { user: string }) => user === 'hanna');
    expect(after.rooms[1]).toEqual({ room: 'desk', unread: 0 });
  });

  it('give a person their own page, and take nothing else for an act on it', async () => {
    expect((await call('/people/noor/page')).given.sections.map(({ name }: { name: string }) => name)).toEqual([
      'home',
      'case',
    ]);
    const act = { do: 'open', section: 'home' };
    const delivery = crypto.randomUUID();
    expect((await call('/people/noor/page', { delivery, act })).given.cards[0].title).toBe('Where you stand');
    expect((await call('/people/noor/page', { delivery: 'x', act })).status).toBe(400);
    expect((await call('/people/noor/page', { delivery, act: { do: 'say' } })).status).toBe(400);
    expect((await call('/people/nobody/page', { delivery, act })).status).toBe(404);
    const elsewhere = { origin: 'https://evil.example' };
    expect((await call('/people/noor/page', { delivery, act }, elsewhere)).status).toBe(403);
  });

  it('give the bot who acts, where, and a key that a repeat shares', async () => {
    for (let time = 0; time < 2; time++)
      await call('/people/hanna/press', { action: 'take', ref: 'R-1', room: 'desk', delivery: 'd1' });
    expect(demo.bot.heard[0]).toEqual({
      key: 'web:hanna:d1',
      who: { identity: { platform: 'web', tenant: 'local', user: 'hanna' }, name: 'Hanna Helping', language: 'en' },
      where: { kind: 'shared', desk: true },
      what: { kind: 'press', action: 'take', ref: 'R-1' },
    });
    expect(demo.bot.heard[1]?.key).toBe('web:hanna:d1');
    const { messages } = (await call('/people/hanna/messages?room=desk')).given;
    expect(messages.map(({ id, only }: Record<string, string>) => [id, only])).toEqual([['a-d1-0', 'hanna']]);
  });

  it('tell text from commands', async () => {
    await call('/people/noor/say', { text: 'how do I get access?' });
    await call('/people/noor/say', { text: '/cpms status' });
    await call('/people/hanna/say', { text: '/cpms-desk queue' });
    await call('/people/hanna/say', { text: 'queue', room: 'desk' });
    expect(demo.bot.heard.map(({ what }) => what)).toEqual([
      { kind: 'text', text: 'how do I get access?' },
      { kind: 'command', text: 'status', desk: false },
      { kind: 'command', text: 'queue', desk: true },
      { kind: 'command', text: 'queue', desk: true },
    ]);
  });

  it('put a replacing card in the place of the one that was pressed', async () => {
    const { messages } = (await call('/people/noor/say', { text: 'status', delivery: 's' })).given;
    const pressed = messages[1].id;
    await call('/people/noor/press', { action: 'account', ref: 'R-1', message: pressed });
    const all = (await call('/people/noor/messages')).given.messages;
    expect(all.map(({ id, card }: { id: string; card?: { title: string } }) => [id, card?.title])).toEqual([
      ['p-s', undefined],
      [pressed, 'Account noted'],
    ]);
    expect((await call(`/people/noor/messages?after=${messages[1].change}`)).given.messages).toHaveLength(1);
  });

  it('takes a button that is about nothing', async () => {
    await call('/people/noor/press', { action: 'meeting.ask', ref: '' });
    expect(demo.bot.heard.at(-1)?.what).toEqual({ kind: 'press', action: 'meeting.ask' });
  });

  it('remove what a person wrote, and nothing of the bot', async () => {
    await call('/people/noor/say', { text: 'help', delivery: 'x' });
    expect((await call('/people/noor/remove', { message: 'a-x-0' })).status).toBe(404);
    expect((await call('/people/noor/remove', { message: 'p-x' })).status).toBe(200);
    expect((await call('/people/noor/messages')).given.messages.map(({ id }: { id: string }) => id)).toEqual(['a-x-0']);
  });

  it.each([
    ['an unknown person', '/people/nobody/say', { text: 'x' }, 404],
    ['no text', '/people/noor/say', { text: '  ' }, 400],
    ["the helpdesk's channel for somebody else", '/people/noor/say', { text: 'queue', room: 'desk' }, 403],
    ['values of a wrong kind', '/people/noor/submit', { form: 'f', values: { a: { b: 1 } } }, 400],
    ['a source that is none', '/people/noor/suggest', { source: 'patients', words: '' }, 400],
  ])('refuse %s in words', async (_what, path, body, status) => {
    const answer = await call(path, body);
    expect(answer.status).toBe(status);
    expect(answer.given.words).toMatch(/\w/);
    expect(demo.bot.heard).toEqual([]);
  });

  it('suggest, list the mailbox, and give its calendar file', async () => {
    expect((await call('/people/noor/suggest', { source: 'hcp', words: 'lake' })).given.options).toHaveLength(1);
    expect((await call('/mailbox')).given.letters).toHaveLength(2);
    const file = await fetch(`${demo.address}/local/mailbox/l-2/calendar`);
    expect(file.headers.get('content-disposition')).toContain('invite.ics');
    expect(await file.text()).toContain('BEGIN:VEVENT');
  });

  it('tell of changes while they happen', async () => {
    const end = new AbortController();
    const stream = await fetch(`${demo.address}/local/events`, { signal: end.signal });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();
    await call('/people/noor/say', { text: 'help' });
    expect((await reader?.read())?.value).toContain('event: chat\ndata: {"room":"chat","user":"noor"}');
    end.abort();
  });
});

describe('only this machine', () => {
  it.each(['cpms.example.org', 'localhost.example.org', '127.0.0.1.example.org:80', '10.0.0.1:3978'])(
    'refuses the host %j',
    async (host) => {
      expect(await withHost(host)).toBe(403);
    },
  );
  it('takes its own names', async () => {
    expect(await Promise.all(['localhost', 'localhost:3978', '[::1]:3978', '127.0.0.1'].map(withHost))).toEqual([
      200, 200, 200, 200,
    ]);
  });
  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'x-forwarded-for': '127.0.0.1' },
  ])('refuses a call with %j', async (headers) => {
    expect((await call('/people/noor/say', { text: 'help' }, headers)).status).toBe(403);
    expect(demo.bot.heard).toEqual([]);
  });
  it('refuses a POST that a form of another site could send', async () => {
    const sent = await fetch(`${demo.address}/local/people/noor/say`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{"text":"help"}',
    });
    expect(sent.status).toBe(415);
  });
  it('is not there without local mode, and never with a public address', async () => {
    const open = await startDemo({ local: false });
    expect((await fetch(`${open.address}/local/people`)).status).toBe(404);
    expect((await fetch(`${open.address}/`)).status).toBe(404);
    await open.close();
    const options = {
      app: createServer(),
      publicUrl: 'https://bot.example.org',
      local: { people, mailbox: async () => [] },
    };
    expect(() => createWeb(options as unknown as Parameters<typeof createWeb>[0])).toThrow(/this machine alone/);
  });
});

describe('the channel', () => {
  const card = { title: 'Invited', body: [] };
  it('posts once for one id, updates in place, and keeps what the bot said over a restart, but no typed word', async () => {
    const rows = new Map<string, string>();
    await demo.close();
    demo = await startDemo({ kept: memoryKept(rows) });
    const to = { platform: 'web', tenant: 'local', user: 'eva' } as const;
    await demo.web.channel?.post(to, card, '5');
    const posted = await demo.web.channel?.post(to, card, '5');
    await demo.web.channel?.update(posted ?? '', { ...card, title: 'Moved' });
    await call('/people/eva/say', { text: 'secret words' });
    expect([...rows.values()].join()).not.toContain('secret words');
    await demo.close();
    demo = await startDemo({ kept: memoryKept(rows) });
    const { messages } = (await call('/people/eva/messages')).given;
    expect(messages.map((message: { card: { title: string } }) => message.card.title)).toEqual([
      'Moved',
      'What I can do for you',
    ]);
  });
  it('says what can never arrive', async () => {
    const nobody = { platform: 'web', tenant: 'local', user: 'nobody' } as const;
    await expect(demo.web.channel?.post(nobody, card, '1')).rejects.toBeInstanceOf(Undeliverable);
    await expect(demo.web.channel?.update('chat/n-99/eva', card)).rejects.toMatchObject({ code: 'gone' });
  });
});
