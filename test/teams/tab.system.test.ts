import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPages } from '../../adapters/web/build.ts';
import { eventually, openStage, type Stage } from '../journeys/stage.ts';
import { launch, narrow, noSideways, violations, wide } from '../web/browser.ts';
import { startTeamsWorld, type TeamsWorld } from './driver.ts';
import type { TeamsPerson } from './person.ts';

let browser: Browser;
let teams: TeamsWorld;
let stage: Stage;

beforeAll(async () => {
  await buildPages();
  browser = await launch();
  teams = await startTeamsWorld();
  stage = await openStage({
    ...teams.settings,
  });
  teams.connect(stage.url);
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
  teams?.stop();
});

/** What Teams does around a tab: a frame at the content address, and answers to the page's client library. Its theme is changed with `theme(name)`. */
const host = (address: string, theme: string) => `<!doctype html><html lang="en"><title>Teams</title>
<style>html,body,iframe{margin:0;border:0;width:100%;height:100vh}</style>
<iframe title="Tab" src="${address}"></iframe>
<script>
const frame = document.querySelector('iframe');
let theme = ${JSON.stringify(theme)};
const say = (message) => frame.contentWindow.postMessage(message, '*');
addEventListener('message', ({ data }) => {
  const { id, uuid, func } = data ?? {};
  const answer = (...args) => say({ id, uuid, uuidAsString: data.uuidAsString, args });
  if (func === 'initialize') answer('content', 'web', JSON.stringify({ apiVersion: 4, supports: {} }), '2.58.0');
  if (func === 'getContext') answer({ theme, locale: 'en-gb', frameContext: 'content', entityId: 'page', hostName: 'Teams' });
});
globalThis.setTheme = (name) => { theme = name; say({ func: 'themeChange', args: [name] }); };
</script></html>`;

/** The tab in a Teams at this address, as the manifest's content address has it. */
async function inTeams(
  context: BrowserContext,
  link: string,
  theme = 'default',
  origin = 'https://teams.microsoft.com',
): Promise<{ readonly page: Page; readonly frame: () => Frame }> {
  await context.unrouteAll();
  // The bot of the test is on this machine, which a page of the web must not reach unasked.
  await context.grantPermissions(['local-network-access'], { origin });
  const address = `${stage.url}/tab?theme=${theme}&link=${link}`;
  await context.route(`${origin}/**`, (route) =>
    route.fulfill({ contentType: 'text/html', body: host(address, theme) }),
  );
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`${origin}/v2/`);
  return { page, frame: () => page.frames()[1] as Frame };
}

async function linkOf(person: TeamsPerson): Promise<string> {
  await person.says('page');
  const context = new URL(person.link('Open my page')).searchParams.get('context') ?? '';
  return (JSON.parse(context) as { subEntityId: string }).subEntityId;
}

const ground = (frame: Frame) =>
  frame.locator('#root > .page').evaluate((page) => getComputedStyle(page).backgroundColor);

describe('the personal tab', () => {
  it('opens signed in from the chat, registers somebody, and is still signed in when Teams opens it again', async () => {
    const clara = teams.person('Clara Clinician');
    const context = await browser.newContext({ reducedMotion: 'reduce', ...wide });
    const link = await linkOf(clara);
    const { page, frame } = await inTeams(context, link);
    await frame().getByRole('button', { name: 'Register', exact: true }).click();
    await frame().getByRole('button', { name: 'Start my registration' }).click();
    const dialog = frame().getByRole('dialog');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.getByRole('alert').getByText('Please look at the marked fields').waitFor();
    await dialog.getByRole('combobox').first().pressSequentially('Saint');
    await frame().getByRole('option').first().click();
    await dialog.getByLabel('Your first and last name').fill('Clara Clinician');
    await dialog.getByLabel('Your work e-mail address').fill('clara.clinician@saint-example.example');
    await dialog.getByRole('button', { name: 'Send' }).click();
    await dialog.waitFor({ state: 'detached' });
    await clara.says(`code ${await stage.mailedCode('clara.clinician@saint-example.example')}`);
    await frame().getByRole('navigation').getByRole('button', { name: 'Overview' }).click();
    await frame().getByText('Lotte Leadsma').first().waitFor();
    const way = frame().getByRole('region', { name: 'Your registration' });
    expect(await way.getByRole('listitem').filter({ hasText: 'authorises you' }).count()).toBe(1);
    await frame().getByRole('navigation').getByRole('button', { name: 'Requests' }).click();
    await frame().getByRole('heading', { name: 'How can we help?' }).waitFor();
    // What a dialog hides from who hears the page is there again.
    expect(await frame().locator('#root').getAttribute('aria-hidden')).toBeNull();
    await page.close();

    // Teams opens the tab by its plain address, or again with the link that was used.
    for (const again of ['', link]) {
      const opened = await inTeams(context, again);
      await opened.frame().getByText('Lotte Leadsma').first().waitFor();
      await opened.page.close();
    }
    await context.close();
  });

  it.each([
    ['default', 'Clara Clinician'],
    ['dark', 'Clara Clinician'],
    ['contrast', 'Clara Clinician'],
    ['default', 'Hanna'],
    ['dark', 'Hanna'],
    ['contrast', 'Hanna'],
    ['contrast', 'Reader'],
  ])('has the theme %s of Teams, whole at both widths, for %s', async (theme, name) => {
    if (name === 'Hanna') await teams.person(name).says(`code ${stage.helpdeskCode}`);
    const link = await linkOf(teams.person(name));
    const context = await browser.newContext({ reducedMotion: 'reduce', ...wide });
    const { page, frame } = await inTeams(context, link, theme);
    await frame().getByRole('navigation').getByRole('button', { name: 'Overview' }).waitFor();
    const what = { 'Clara Clinician': 'Your registration', Hanna: 'Helpdesk queue', Reader: /Welcome/ }[name];
    await frame()
      .getByRole('heading', { name: what ?? '' })
      .first()
      .waitFor();
    const expected = { default: 'light', dark: 'dark', contrast: 'dark' }[theme];
    expect(await frame().evaluate(() => document.documentElement.style.colorScheme)).toBe(expected);
    const before = await ground(frame());
    for (const { viewport } of [wide, narrow]) {
      await page.setViewportSize(viewport);
      expect(await frame().evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      expect(await noSideways(page)).toBe(true);
      expect(await violations(frame())).toEqual([]);
    }
    // Whoever changes the theme of Teams sees the tab follow.
    const other = theme === 'dark' ? 'default' : 'dark';
    await page.evaluate((name) => (globalThis as unknown as { setTheme(name: string): void }).setTheme(name), other);
    await eventually(
      async () => ((await ground(frame())) === before ? undefined : true),
      `the theme ${other} of Teams`,
    );
    await context.close();
  });

  it('says how to sign in where nobody is, and in a browser takes a step before a link is used up', async () => {
    const context = await browser.newContext(narrow);
    const { frame } = await inTeams(context, '');
    await frame().getByText('write “page” to the CPMS companion').waitFor();
    const page = await context.newPage();
    await page.goto(`${stage.url}/tab/${await linkOf(teams.person('Reader of mail'))}`);
    await page.getByRole('button', { name: 'Continue' }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    await page.close();
    const used = await linkOf(teams.person('Somebody'));
    await fetch(`${stage.url}/tab/begin`, {
      method: 'POST',
      headers: { origin: stage.url, 'x-page': 'begin', 'content-type': 'application/json' },
      body: JSON.stringify({ token: used }),
    });
    const late = await inTeams(await browser.newContext(narrow), used);
    await late.frame().getByRole('alert').getByText(/link/i).waitFor();
  });

  it('is not shown in anybody else’s frame', async () => {
    const context = await browser.newContext(wide);
    const refused: string[] = [];
    context.on('console', (line) => refused.push(line.text()));
    const { frame } = await inTeams(context, '', 'default', 'https://teams.microsoft.com.evil.example');
    await eventually(
      () => (refused.some((line) => line.includes('frame-ancestors')) ? true : undefined),
      'the refusal of the frame',
    );
    expect(await frame().locator('#root').count()).toBe(0);
  });
});
