import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Undeliverable } from '../../../bot/channel.ts';
import { memoryKept } from '../../../test/kept.ts';
import { freePort } from '../../../test/ports.ts';
import { browser, type Grid, goLink, install, startGrid } from '../../../test/slack/grid.ts';
import { sampleCard as card, type RunningSlack, runSlack } from '../../../test/slack/scripted.ts';
import { type SlackWorld, startSlackWorld } from '../../../test/slack/world.ts';
import { SlackFault } from '../errors.ts';

let one: SlackWorld;
let two: SlackWorld;
let organisation: SlackWorld;
let grid: Grid;
let slack: RunningSlack;
let port: number;
/** One for each server: a connection that is kept alive to an earlier one is no use. */
let ports: number[];

beforeAll(async () => {
  ports = await Promise.all(Array.from({ length: 24 }, freePort));
  const redirectUris = ports.map((one) => `http://127.0.0.1:${one}/slack/oauth_redirect`);
  const people = [{ name: 'ada' }, { name: 'ben' }];
  one = await startSlackWorld(people, { redirectUris });
  two = await startSlackWorld(people, { redirectUris, teamId: 'T000000002' });
  organisation = await startSlackWorld(people, {
    redirectUris,
    teamId: 'T000000003',
    enterpriseId: 'E000000009',
    wholeOrganisation: true,
  });
  grid = await startGrid([one, two, organisation]);
});
afterAll(async () => {
  await grid.close();
  for (const world of [one, two, organisation]) await world.close();
});
beforeEach(() => start());
afterEach(() => slack.stop());

async function start(
  more: { readonly open?: boolean; readonly teams?: string[]; readonly kept?: RunningSlack['kept'] } = {},
) {
  const { open = false, teams = [two.teamId], kept = memoryKept() } = more;
  port = ports.pop() ?? 0;
  slack = await runSlack(one, {
    port,
    kept,
    timeout: 1000,
    config: {
      botToken: undefined,
      appId: undefined,
      oauth: one.client,
      apiUrl: grid.apiUrl,
      teamId: one.teamId,
      teams,
      open,
    },
  });
  for (const world of [two, organisation]) world.connect(slack.url);
}
const home = () => `http://127.0.0.1:${port}`;
const stored = () => [...slack.kept.rows.keys()].filter((key) => key.startsWith('slack:install:'));
const identity = (world: SlackWorld, name = 'ada') => ({
  platform: 'slack' as const,
  tenant: world.enterpriseId ?? world.teamId,
  user: world.person(name).id,
});

test('an administrator installs it: the page says what it may do, and the workspace is answered from then on', async () => {
  const before = await one.person('ada').command('help');
  expect(String(before.body.text)).toContain('another workspace');
  const admin = browser();
  const shown = await admin.open(`${home()}/slack/install`);
  expect(shown.page).toContain('groups:history');
  expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(shown.headers.get('cache-control')).toBe('no-store');
  const asked = new URL(goLink(shown.page));
  expect(asked.searchParams.get('redirect_uri')).toBe(`${home()}/slack/oauth_redirect`);
  const done = await admin.open(await grid.agree(asked.href, one, { as: 'ada' }));
  expect([done.status, done.page]).toEqual([200, expect.stringContaining(`Workspace ${one.teamId}`)]);
  slack.bot.answer = () => ({ cards: [card('Here')] });
  await one.person('ada').dm('hi');
  expect(await one.person('ada').seen('dm')).toContain('Here');
  expect(slack.bot.asked[0]?.who.identity).toEqual(identity(one));
});

test('two workspaces side by side each have their own token, chats and people', async () => {
  await install(grid, home(), one, { as: 'ada' });
  await install(grid, home(), two, { as: 'ada' });
  slack.bot.answer = ({ who }) => ({ cards: [card(`For ${who.identity.tenant}`)] });
  await one.person('ada').dm('hi');
  await two.person('ada').dm('hi');
  await slack.channel.post(identity(two), card('Notice for two'), 'n1');
  expect(await one.person('ada').seen()).toContain('For T000000001');
  expect(await one.person('ada').seen()).not.toContain('two');
  expect(await two.person('ada').seen()).toContain('Notice for two');
  // A user id of one workspace is somebody else in the other.
  await two.event({ type: 'message', channel_type: 'im', channel: 'D1', user: one.person('ada').id, text: 'x' });
  expect(slack.bot.asked.at(-1)?.who.identity).toEqual({ ...identity(one), tenant: two.teamId });
  const tokens = new Set(
    [...slack.kept.rows].filter(([key]) => stored().includes(key)).map(([, value]) => JSON.parse(value).token),
  );
  expect(tokens.size).toBe(2);
});

test('a workspace that is not listed gets its token back, unless everybody may install it', async () => {
  await slack.stop();
  await start({ teams: [] });
  const refused = await install(grid, home(), two, { as: 'ada' });
  expect([refused.status, refused.page]).toEqual([403, expect.stringContaining('SLACK_ALLOWED_TEAMS')]);
  expect(stored()).toEqual([]);
  expect(grid.revoked).toHaveLength(1);
  await slack.stop();
  await start({ teams: [], open: true });
  expect((await install(grid, home(), two, { as: 'ada' })).status).toBe(200);
  const { kept } = slack;
  // What is not listed any more is not answered any more, and gets no message.
  await slack.stop();
  await start({ teams: [], kept });
  expect(String((await two.person('ada').command('help')).body.text)).toContain('another workspace');
  await expect(slack.channel.post(identity(two), card('x'), 'n2')).rejects.toEqual(new Undeliverable('not_installed'));
});

test('a grant that is too small is refused, and says what is missing', async () => {
  const refused = await install(grid, home(), one, { as: 'ada', scopes: ['commands', 'chat:write'] });
  expect([refused.status, refused.page]).toEqual([403, expect.stringContaining('im:history')]);
  expect(stored()).toEqual([]);
});

test('what comes back must have been begun in this browser, within ten minutes, once', async () => {
  const [admin, other] = [browser(), browser()];
  const link = goLink((await admin.open(`${home()}/slack/install`)).page);
  const back = await grid.agree(link, one, { as: 'ada' });
  await other.open(`${home()}/slack/install`);
  expect((await other.open(back)).status).toBe(400);
  const forged = new URL(back);
  forged.searchParams.set('state', `${'A'.repeat(24)}.${Date.now() + 60_000}.${'B'.repeat(43)}`);
  expect((await browser().open(forged.href)).status).toBe(400);
  expect((await browser().open(`${home()}/slack/oauth_redirect`)).status).toBe(400);
  const cookies = [...admin.cookies];
  expect((await admin.open(back)).status).toBe(200);
  const again = await fetch(back, { headers: { cookie: cookies.map((pair) => pair.join('=')).join('; ') } });
  expect([again.status, await again.text()]).toEqual([400, expect.stringContaining('used already')]);
  const cancelled = browser();
  const state = new URL(goLink((await cancelled.open(`${home()}/slack/install`)).page)).searchParams.get('state');
  const page = await cancelled.open(`${home()}/slack/oauth_redirect?error=access_denied&state=${state}`);
  expect(page.page).toContain('cancelled');
});

test('an installation on a whole organisation answers in its workspaces, as one', async () => {
  await slack.stop();
  await start({ teams: ['E000000009'] });
  expect((await install(grid, home(), organisation, { as: 'ada', wholeOrganisation: true })).status).toBe(200);
  expect(stored()).toEqual(['slack:install:E000000009']);
  slack.bot.answer = () => ({ cards: [card('For the organisation')] });
  await organisation.person('ada').dm('hi');
  expect((await organisation.person('ben').command('status')).body.response_type).toBe('in_channel');
  expect(await organisation.person('ada').seen('dm')).toContain('For the organisation');
  expect(slack.bot.asked.map(({ who }) => who.identity)).toEqual([
    identity(organisation),
    identity(organisation, 'ben'),
  ]);
  await organisation.event({ type: 'app_uninstalled' });
  expect(stored()).toEqual([]);
});

test('an ended token is replaced once, however many calls find it ended', async () => {
  await install(grid, home(), one, { as: 'ada' });
  const before = grid.refreshes;
  grid.expire(one);
  await Promise.all(
    Array.from({ length: 12 }, (_, number) =>
      slack.channel.post(identity(one), card(`Notice ${number}`), `n${number}`),
    ),
  );
  expect(grid.refreshes).toBe(before + 1);
  const seen = await one.person('ada').seen('dm');
  for (let number = 0; number < 12; number += 1) expect(seen).toContain(`Notice ${number}`);
});

test('only one of two processes replaces a token; the other takes what it brought', async () => {
  await install(grid, home(), one, { as: 'ada' });
  const other = await runSlack(one, {
    kept: slack.kept,
    config: { botToken: undefined, oauth: one.client, apiUrl: grid.apiUrl, teamId: one.teamId },
  });
  const before = grid.refreshes;
  grid.expire(one);
  await Promise.all(
    [slack, other].map(({ channel }, number) => channel.post(identity(one), card(`From ${number}`), `p${number}`)),
  );
  expect(grid.refreshes).toBe(before + 1);
  await other.stop();
  one.connect(slack.url);
});

test('a token near its end is replaced before it ends', async () => {
  await install(grid, home(), one, { as: 'ada' });
  const [key = ''] = stored();
  const installation = JSON.parse(slack.kept.rows.get(key) ?? '') as { token: string };
  const soon = new Date(Date.now() + 60_000).toISOString();
  slack.kept.rows.set(key, JSON.stringify({ ...installation, expiresAt: soon }));
  await slack.channel.post(identity(one), card('Early'), 'early');
  expect(JSON.parse(slack.kept.rows.get(key) ?? '').token).not.toBe(installation.token);
});

test('a refresh that fails for now is made again; one that never will is noted, and nothing is lost in silence', async () => {
  await install(grid, home(), one, { as: 'ada' });
  grid.expire(one);
  grid.refuseRefresh('internal_error');
  await expect(slack.channel.post(identity(one), card('Later'), 'r1')).rejects.toBeInstanceOf(SlackFault);
  await slack.channel.post(identity(one), card('Later'), 'r1');
  expect(await one.person('ada').seen('dm')).toContain('Later');
  grid.expire(one);
  grid.refuseRefresh('invalid_refresh_token');
  const failed = slack.channel.post(identity(one), card('Never'), 'r2');
  await expect(failed).rejects.toEqual(new SlackFault('slack_invalid_refresh_token'));
  expect(slack.lines.join('')).toContain('could not be replaced');
  const [key = ''] = stored();
  expect(JSON.parse(slack.kept.rows.get(key) ?? '').broken).toBe('invalid_refresh_token');
  await install(grid, home(), one, { as: 'ada' });
  await slack.channel.post(identity(one), card('After all'), 'r2');
  expect(await one.person('ada').seen('dm')).toContain('After all');
});

test('a removed app is forgotten with its chats; an old notice of it does not undo a new installation', async () => {
  await install(grid, home(), one, { as: 'ada' });
  await install(grid, home(), two, { as: 'ada' });
  await slack.channel.post(identity(two), card('x'), 'u0');
  await two.event({ type: 'app_uninstalled' });
  expect(stored()).toEqual(['slack:install:T000000001']);
  expect([...slack.kept.rows.keys()].some((key) => key.startsWith(`slack:im:${two.teamId}`))).toBe(false);
  await expect(slack.channel.post(identity(two), card('x'), 'u1')).rejects.toEqual(new Undeliverable('not_installed'));
  await slack.channel.post(identity(one), card('Still served'), 'u2');
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await install(grid, home(), two, { as: 'ada' });
  await two.repeat();
  expect(stored()).toHaveLength(2);
  await two.event({ type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } });
  expect(stored()).toHaveLength(2);
  await two.event({ type: 'tokens_revoked', tokens: { oauth: [], bot: ['U0CPMSBOT1'] } });
  expect(stored()).toEqual(['slack:install:T000000001']);
});

test('no token is logged', async () => {
  await install(grid, home(), one, { as: 'ada' });
  grid.expire(one);
  await slack.channel.post(identity(one), card('x'), 'l1');
  const lines = slack.lines.join('');
  for (const token of grid.tokens) expect(lines).not.toContain(token);
});
