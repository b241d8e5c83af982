import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../bot/interaction.ts';
import type { TabState } from '../../bot/pages/pages.ts';
import { openStage, type Stage } from '../journeys/stage.ts';
import { startTeamsWorld, type TeamsWorld } from './driver.ts';
import type { TeamsPerson } from './person.ts';

let teams: TeamsWorld;
let stage: Stage;
let names = 0;

beforeAll(async () => {
  teams = await startTeamsWorld();
  stage = await openStage({
    ...teams.settings,
    TEAMS_DESK_CONVERSATION: teams.config.deskConversation,
  });
  teams.connect(stage.url);
}, 60_000);
afterAll(async () => {
  await stage.close();
  teams.stop();
});

const somebody = () => teams.person(`Member ${(names += 1)}`);

/** The token of a new link to the person's page, out of the card's button as Teams would put it into the tab's address. */
async function linkOf(person: TeamsPerson): Promise<string> {
  await person.says('page');
  const address = new URL(person.link('Open my page'));
  expect(address.origin + address.pathname).toBe(`https://teams.microsoft.com/l/entity/${teams.config.appId}/page`);
  return (JSON.parse(address.searchParams.get('context') ?? '') as { subEntityId: string }).subEntityId;
}

const call = (path: string, headers: Readonly<Record<string, string>>, body?: object) =>
  fetch(`${stage.url}/tab/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { origin: stage.url, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

async function opened(person: TeamsPerson) {
  const begun = await call('begin', { 'x-page': 'begin' }, { token: await linkOf(person) });
  const set = begun.headers.get('set-cookie') ?? '';
  const { handle } = (await begun.json()) as { handle: string };
  const headers = { 'x-page': handle, cookie: set.split(';')[0] ?? '' };
  const act = async (doing: object, delivery: string = crypto.randomUUID()) =>
    (await (await call('api/act', headers, { delivery, act: doing })).json()) as Answer & { refused?: string };
  const look = async () => (await (await call('api/look', headers)).json()) as TabState;
  return { set, headers, act, look };
}
const titles = ({ cards = [] }: Answer) => cards.map(({ title }) => title);

describe("a person's own page", () => {
  test('is signed in by the link from the chat, once', async () => {
    const ada = somebody();
    const token = await linkOf(ada);
    for (let times = 0; times < 3; times += 1) expect((await fetch(`${stage.url}/tab/${token}`)).status).toBe(200);
    expect((await call('begin', { 'x-page': 'begin' }, { token })).status).toBe(200);
    expect((await call('begin', { 'x-page': 'begin' }, { token })).status).toBe(409);
  });

  test('acts as the chat identity that asked, with what it may at that moment', async () => {
    const ada = somebody();
    const { act, look } = await opened(ada);
    expect((await look()).sections.map(({ name }) => name)).not.toContain('queue');
    expect(titles(await act({ do: 'open', section: 'home' })).at(-1)).toContain('Welcome');
    expect(titles(await act({ do: 'open', section: 'queue' }))).toEqual(['Not done']);
    const { form } = await act({ do: 'press', action: 'support.ask', ref: 'other' });
    expect(form?.form).toBe('support.ask');
    const ask = {
      do: 'submit',
      form: 'support.ask',
      ref: 'other',
      values: { topic: 'other', text: 'Where is the form?' },
    };
    const delivery = crypto.randomUUID();
    expect(titles(await act(ask, delivery))[0]).toMatch(/^Ticket T-/);
    expect(titles(await act(ask, delivery))[0]).toMatch(/^Ticket T-/);
    await ada.says('support');
    expect(ada.last().match(/T-[0-9A-Z]{8}/g)).toHaveLength(1);

    const hanna = teams.person('Hanna');
    await hanna.says(`code ${stage.helpdeskCode}`);
    const desk = await opened(hanna);
    expect((await desk.look()).sections[0]?.name).toBe('queue');
    expect(titles(await desk.act({ do: 'open', section: 'queue' }))[0]).toContain('Helpdesk queue');
    const [suggested] = [await call('api/suggest', desk.headers, { source: 'hcp', words: 'saint' })];
    expect(await suggested.json()).toMatchObject({ options: [{ label: expect.stringContaining('Saint') }] });
  });

  test('shows at first what the home of another platform shows', async () => {
    const hanna = teams.person('Hanna');
    const { act } = await opened(hanna);
    const identity = { platform: 'teams', tenant: teams.config.tenantId, user: hanna.id } as const;
    const { bot } = stage.running.service;
    const there = await bot.home({ identity });
    const [queue] = (await act({ do: 'open', section: 'queue' })).cards ?? [];
    expect([queue?.title, queue?.body]).toEqual([there.title, there.body]);
    const [mine] = (await act({ do: 'open', section: 'home' })).cards ?? [];
    const press = { kind: 'press', action: 'home.page', ref: 'mine/' } as const;
    const where = { kind: 'private', home: true } as const;
    const { home } = await bot.handle({ key: 'mine', who: { identity }, where, what: press });
    expect(mine).toEqual(home);
  });

  test('keeps what was typed where a form is not taken, and tells nothing of a patient back', async () => {
    const { act } = await opened(somebody());
    const values = { topic: 'other', text: 'Marie Dupont, born 12.03.1961' };
    const answer = await act({ do: 'submit', form: 'support.ask', ref: 'other', values });
    expect(Object.keys(answer.errors ?? {})).toEqual(['text']);
    expect(JSON.stringify(answer)).not.toContain('Dupont');
  });

  test('is framed by Teams alone, in which it has cookies of its own, and says nothing before it is signed in', async () => {
    const page = await fetch(`${stage.url}/tab?theme=dark&link=`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(
      'frame-ancestors https://teams.microsoft.com https://*.teams.microsoft.com https://teams.cloud.microsoft',
    );
    expect(policy).toContain("script-src 'self';");
    expect(page.headers.get('x-frame-options')).toBeNull();
    for (const other of ['/u/x', '/d/x', '/tab/api/look', '/privacy']) {
      const { headers } = await fetch(`${stage.url}${other}`);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
    const { set } = await opened(somebody());
    for (const word of ['HttpOnly', 'Secure', 'SameSite=None', 'Partitioned', 'Path=/tab']) expect(set).toContain(word);
  });

  test('takes no call of another site, without the session, or with more in it than there should be', async () => {
    const { headers } = await opened(somebody());
    const doing = { delivery: crypto.randomUUID(), act: { do: 'open', section: 'home' } };
    expect((await call('api/act', { ...headers, origin: 'https://teams.microsoft.com' }, doing)).status).toBe(403);
    expect((await call('api/act', { ...headers, 'sec-fetch-site': 'cross-site' }, doing)).status).toBe(403);
    expect((await call('api/act', { 'x-page': headers['x-page'] }, doing)).status).toBe(401);
    expect((await call('api/act', { ...headers, 'x-page': '0'.repeat(24) }, doing)).status).toBe(401);
    expect((await call('api/act', headers, { ...doing, who: 'somebody else' })).status).toBe(400);
    expect((await call('api/act', headers, { ...doing, delivery: 'x' })).status).toBe(400);
    // A session of this page opens no other one, nor the other way round.
    const upload = await fetch(`${stage.url}/u/api/look`, { headers: { origin: stage.url, ...headers } });
    expect(upload.status).toBe(409);
  });
});
