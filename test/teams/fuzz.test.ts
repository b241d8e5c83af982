import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import nock from 'nock';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTeamsApp, type TeamsApp } from './app.ts';
import { fileAnswered, refreshed } from './fixtures.ts';
import type { TeamsPerson } from './person.ts';
import type { Json } from './screen.ts';

const soak = Boolean(process.env['SOAK']);
const runs = soak ? Number(process.env['ACTIVITIES'] ?? 100_000) : 250;

let app: TeamsApp;
let ada: TeamsPerson;
let token = '';
let strangers: readonly string[] = [];
/** Whom a file was to be sent to that is not its reader's OneDrive. */
const elsewhere: string[] = [];

beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  app = await startTeamsApp();
  ada = app.world.person('Ada');
  app.answers(() => ({ cards: [{ title: 'Hello', body: [] }] }));
  app.handsOver(async () => ({ name: 'x.pdf', bytes: new Uint8Array([1]) }));
  nock('https://contoso.sharepoint.com').persist().put(/.*/).query(true).reply(201);
  nock.emitter.on('no match', (request: { readonly host?: string; readonly url?: string }) => {
    const to = String(request.host ?? request.url);
    if (!/127\.0\.0\.1/.test(to)) elsewhere.push(to);
  });
  const { microsoft } = app.world;
  token = `Bearer ${await microsoft.token()}`;
  strangers = [
    '',
    'Bearer x',
    'Bearer a.b.c',
    `${token}x`,
    token.replace('Bearer', 'bearer'),
    `Bearer ${await microsoft.token({ claims: { aud: randomUUID() } })}`,
    `Bearer ${await microsoft.token({ kid: 'nobody' })}`,
  ];
});
afterAll(() => app.stop());

/** One activity of every kind that is known to reach a bot in Teams. */
function originals(): readonly Json[] {
  const invoke = (name: string, value: Json) => ada.activity({ type: 'invoke', name, replyToId: '1', value });
  const press = { action: { type: 'Action.Execute', verb: 'form.submit', data: { form: 'support.ask', l_text: 'x' } } };
  const quoted = { id: '1', body: { contentType: 'html', content: '<p>Help</p>' }, from: { user: { id: 'x' } } };
  return [
    ada.activity({ text: 'register' }),
    ada.activity({ value: { verb: 'status.show', ref: 'C-1' } }),
    ada.activity({ attachments: [{ contentType: 'application/vnd.microsoft.teams.file.download.info', content: {} }] }),
    ada.activity({ type: 'installationUpdate', action: 'add' }),
    ada.activity({ type: 'conversationUpdate', membersAdded: [{ id: '28:x' }] }),
    invoke('adaptiveCard/action', press),
    invoke('application/search', { queryText: 'a', dataset: 'hcp', queryOptions: { skip: 0, top: 15 } }),
    invoke('task/fetch', { data: { verb: 'support.ask', ref: 'other' }, context: { theme: 'dark' } }),
    invoke('task/submit', { data: { verb: 'form.submit', form: 'support.ask', l_text: 'x' } }),
    invoke('composeExtension/fetchTask', { commandId: 'ask', commandContext: 'message', messagePayload: quoted }),
    invoke('composeExtension/submitAction', { commandId: 'ask', data: { verb: 'form.submit', form: 'support.ask' } }),
    ada.activity(fileAnswered('accept', { document: 'D-1' }, '1')),
    ada.activity(refreshed('desk.show', { ref: 'T-1' }, '1'), { where: app.world.desk }),
  ];
}

const nested = (levels: number) => `${'{"a":['.repeat(levels)}1${']}'.repeat(levels)}`;
const deep = (levels: number) => JSON.parse(nested(levels)) as unknown;
const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    '',
    [],
    {},
    [[]],
    [null],
    { id: null },
    '\u0000',
    '../../etc',
    '28:x',
  ),
  fc.constantFrom<unknown>('https://evil.example/', 'file:///etc/passwd', '__proto__', {
    constructor: { prototype: {} },
  }),
  fc.constantFrom<unknown>('<at>x</at>'.repeat(500), 'a'.repeat(60_000), deep(50), 'DEEP'),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.jsonValue({ maxDepth: 2 }),
);

interface Mutation {
  readonly at: number;
  /** Within what was said or pressed: what is around it is mostly refused at once. */
  readonly within: boolean;
  readonly how: 'put' | 'drop' | 'add';
  readonly value: unknown;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(1000),
  within: fc.constantFrom(true, true, true, false),
  how: fc.constantFrom('put', 'drop', 'add'),
  value: hostile,
});

/** Every place of a value: its holder, and the key in it. */
function places(value: unknown): readonly (readonly [Json, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Json;
  return Object.keys(holder).flatMap((key) => [[holder, key] as const, ...places(holder[key]).slice(0, 200)]);
}

function mutated(activity: Json, mutations: readonly Mutation[]): Json {
  const copy = structuredClone(activity);
  for (const { at, within, how, value } of mutations) {
    const said = [...places(copy['value']), ...places(copy['attachments'])];
    const all = within && said.length > 0 ? said : places(copy);
    const [holder, key] = all[at % all.length] ?? [copy, 'type'];
    if (how === 'drop') Reflect.deleteProperty(holder, key);
    else Reflect.set(holder, how === 'put' ? key : `${key}x`, structuredClone(value));
  }
  return copy;
}

/** One in so many, else undefined. */
const seldom = <T>(often: number, value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 1, arbitrary: value }, { weight: often - 1, arbitrary: fc.constant(undefined) });

const taken = new Set([200, 400, 401, 413, 501]);

test(
  `${runs} mutated activities: no crash, nothing done that was not signed, nothing told`,
  async () => {
    const statuses = new Map<number, number>();
    let sinceFile = 0;
    const property = fc.asyncProperty(
      fc.nat(1000),
      fc.array(mutation, { minLength: 1, maxLength: 3, size: 'small' }),
      seldom(3, fc.nat(1000)),
      seldom(8, fc.nat(100_000)),
      async (which, mutations, stranger, broken) => {
        const all = originals();
        const activity = mutated(all[which % all.length] ?? {}, mutations);
        // So deep that what reads it must not recurse; put in as text, since this test's own tools would.
        let body = JSON.stringify(activity).replaceAll('"DEEP"', nested(4000));
        if (broken !== undefined) body = body.slice(0, broken % body.length) + body.slice((broken % body.length) + 1);
        const signed = stranger === undefined;
        const header = signed ? token : (strangers[stranger % strangers.length] ?? '');
        const [heard, calls] = [app.heard.length, app.world.microsoft.calls.length];
        const received = await app.world.post(body, header ? { authorization: header } : {});
        statuses.set(received.status, (statuses.get(received.status) ?? 0) + 1);
        // A file goes its way behind the answer: what it says in the end is not the next activities' doing.
        sinceFile = signed && body.includes('fileConsent') ? 0 : sinceFile + 1;
        const grew = app.heard.length > heard || (sinceFile > 50 && app.world.microsoft.calls.length > calls);
        const told = received.status !== 200 && received.text !== '';
        expect({ status: taken.has(received.status), grew: grew && !signed, told }).toEqual({
          status: true,
          grew: false,
          told: false,
        });
        expect(signed || received.status !== 200).toBe(true);
        expect(received.text).not.toMatch(/Error|\bat \/|node_modules|adapters\//);
        for (const { who } of app.heard.slice(heard)) {
          expect(who.identity.tenant).toBe(app.world.config.tenantId);
          expect(who.identity.user).toBe(ada.id);
        }
        expect(app.logged.join('')).not.toMatch(/node_modules|evil\.example/);
        app.forget();
      },
    );
    await fc.assert(property, { numRuns: runs, ...(soak ? {} : { seed: 5 }) });
    expect(statuses.get(200)).toBeGreaterThan(runs / 10);
    expect(statuses.get(401)).toBeGreaterThan(runs / 10);
    expect(elsewhere).toEqual([]);
    expect(app.world.screen.violations).toEqual([]);
    expect((await ada.says('still there?')).status).toBe(200);
  },
  soak ? 4 * 3_600_000 : 120_000,
);
