import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildPages } from '../../adapters/web/build.ts';
import { launch, narrow, noSideways, openPage, violations, wide } from './browser.ts';
import { type Demo, startDemo } from './demo.ts';
import { tokens } from './demo-pages.ts';

let browser: Browser;
let demo: Demo;
let page: Page;
/** What the browser complained of: a blocked style or script shows here. */
let complaints: string[];

beforeAll(async () => {
  await buildPages();
  browser = await launch();
}, 60_000);
afterAll(() => browser?.close());
beforeEach(async () => {
  demo = await startDemo();
});
afterEach(async () => {
  await page?.context().close();
  await demo.close();
});

async function open(
  path: string,
  size: typeof wide | typeof narrow,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<void> {
  ({ page, complaints } = await openPage(browser, demo.address + path, { ...size, colorScheme }));
}

const button = (name: string | RegExp) =>
  page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) });

describe('the local page', () => {
  it.each([
    ['wide', wide, 'light'],
    ['wide and dark', wide, 'dark'],
    ['narrow', narrow, 'light'],
    ['narrow and dark', narrow, 'dark'],
  ] as const)(
    '%s: walks from a word to the helpdesk and the mailbox',
    async (_what, viewport, scheme) => {
      await open('/', viewport, scheme);
      const isNarrow = viewport === narrow;
      const back = async () => {
        if (isNarrow) await button('Back to the list of people').click();
      };
      await button(/Noor/).waitFor();
      expect(await violations(page)).toEqual([]);
      if (isNarrow) await button(/Noor/).click();
      await page.getByRole('heading', { name: 'Hello, Dr. Noor Fictiva' }).waitFor();
      await button('register').click();
      await page.getByRole('dialog').waitFor();
      await button('Ask for authorisation').click();
      await page.getByText('Write your name, as your lead knows it.').waitFor();
      expect(await page.getByLabel('Your name').getAttribute('aria-invalid')).toBe('true');
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
      expect(await violations(page)).toEqual([]);

      await page.getByLabel('Your name').fill('Noor Fictiva');
      await page.getByRole('combobox', { name: /Your hospital/ }).pressSequentially('lake');
      await page.getByRole('option', { name: /Lakeside/ }).click();
      await page.getByLabel(/I read the privacy/).check();
      await button('Ask for authorisation').click();
      await page.getByRole('heading', { name: 'Your registration' }).first().waitFor();
      const submitted = demo.bot.heard.findLast(({ what }) => what.kind === 'submit')?.what;
      expect(submitted).toMatchObject({ ref: 'R-1', values: { name: 'Noor Fictiva', hcp: ['EX-03'], notice: true } });

      await button('Withdraw').first().click();
      await page.getByText('Withdraw your registration?').waitFor();
      await button('Cancel').click();
      // Who works by keyboard goes on where they were.
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Withdraw');
      expect(demo.bot.heard.some(({ what }) => what.kind === 'press' && what.action === 'withdraw')).toBe(false);
      expect(await noSideways(page)).toBe(true);

      await back();
      await button(/Helpdesk channel.*1 unread/).click();
      await button('Take it').click();
      await page.getByText('Only Hanna Helping sees this').waitFor();
      expect(await violations(page)).toEqual([]);

      await back();
      await button(/Mailbox/).click();
      await button(/Invitation: case/).click();
      await page.getByText('Tue 2026-12-01 15:00 (Europe/Paris)').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await noSideways(page)).toBe(true);
      expect(complaints).toEqual([]);
    },
    60_000,
  );

  it('shows what arrives while one looks, and counts what one does not see', async () => {
    await open('/', wide);
    await page.getByRole('heading', { name: 'Hello, Dr. Noor Fictiva' }).waitFor();
    const to = (user: string) => ({ platform: 'web', tenant: 'local', user }) as const;
    await demo.web.channel?.post(to('noor'), { title: 'Your lead agreed', body: [] }, '1');
    await page.getByRole('heading', { name: 'Your lead agreed' }).waitFor();
    await demo.web.channel?.post(to('eva'), { title: 'You are invited', body: [] }, '2');
    await button(/Eva.*1 unread/).click();
    await page.getByRole('heading', { name: 'You are invited' }).waitFor();
    await button(/Eva(?!.*unread)/).waitFor();
    expect(complaints).toEqual([]);
  }, 30_000);

  it('is walked with the keyboard alone', async () => {
    await open('/', wide);
    await page.getByLabel(/Message as/).focus();
    await page.keyboard.type('status');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your registration' }).waitFor();
    await page.getByRole('button', { name: 'I created the account' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Account noted' }).waitFor();
    await page.getByLabel(/Message as/).focus();
    await page.keyboard.type('register');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(demo.bot.heard.some(({ what }) => what.kind === 'submit')).toBe(false);
  }, 30_000);
});

describe('the decision page', () => {
  it('declines with a reason only', async () => {
    await open(`/d/${tokens.decision}`, narrow);
    await button('Continue').click();
    await page.getByText('Dr. Noor Fictiva').waitFor();
    expect(await violations(page)).toEqual([]);
    await button('Decline…').click();
    await button('Decline').click();
    await page.getByText(/Write a reason/).waitFor();
    await page.getByLabel('Reason').fill('Not of our hospital.');
    await button('Decline').click();
    await page.getByRole('heading', { name: 'Declined' }).waitFor();
    expect(demo.pages.done).toEqual(['declined']);
    expect(complaints).toEqual([]);
  }, 30_000);
});

describe('the upload page', () => {
  it('loads less than 200 kB at first', async () => {
    const context = await browser.newContext();
    page = await context.newPage();
    const session = await context.newCDPSession(page);
    let bytes = 0;
    await session.send('Network.enable');
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(`${demo.address}/u/${tokens.upload}`);
    await button('Continue').waitFor();
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(200_000);
  }, 90_000);
});
