import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildPages } from '../../adapters/web/build.ts';
import { type Demo, startDemo } from './demo.ts';
import { tokens } from './demo-pages.ts';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const wide = { width: 1280, height: 800 };
const narrow = { width: 390, height: 844 };
const pdf = { name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 demo') };

let browser: Browser;
let demo: Demo;
let page: Page;
/** What the browser complained of: a blocked style or script shows here. */
let complaints: string[];

beforeAll(async () => {
  await buildPages();
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
}, 60_000);
afterAll(() => browser?.close());
beforeEach(async () => {
  demo = await startDemo();
  complaints = [];
});
afterEach(async () => {
  await page?.context().close();
  await demo.close();
});

async function open(path: string, viewport: typeof wide, colorScheme: 'light' | 'dark' = 'light'): Promise<void> {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('console', (line) => ['error', 'warning'].includes(line.type()) && complaints.push(line.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(demo.address + path);
}

/** The rules of axe-core that the page breaks, each with the element. */
async function violations(): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const found = await (
      globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      }
    ).axe.run();
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
  });
}

const button = (name: string | RegExp) =>
  page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) });
const noSideways = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

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
      expect(await violations()).toEqual([]);
      if (isNarrow) await button(/Noor/).click();
      await page.getByRole('heading', { name: 'Hello, Dr. Noor Fictiva' }).waitFor();
      await button('register').click();
      await page.getByRole('dialog').waitFor();
      await button('Ask for authorisation').click();
      await page.getByText('Write your name, as your lead knows it.').waitFor();
      expect(await page.getByLabel('Your name').getAttribute('aria-invalid')).toBe('true');
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
      expect(await violations()).toEqual([]);

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
      expect(demo.bot.heard.some(({ what }) => what.kind === 'press' && what.action === 'withdraw')).toBe(false);
      expect(await noSideways()).toBe(true);

      await back();
      await button(/Helpdesk channel.*1 unread/).click();
      await button('Take it').click();
      await page.getByText('Only Hanna Helping sees this').waitFor();
      expect(await violations()).toEqual([]);

      await back();
      await button(/Mailbox/).click();
      await button(/Invitation: case/).click();
      await page.getByText('Tue 2026-12-01 15:00 (Europe/Paris)').waitFor();
      expect(await violations()).toEqual([]);
      expect(await noSideways()).toBe(true);
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

describe('the upload page', () => {
  it.each([
    ['wide', wide, 'light'],
    ['narrow and dark', narrow, 'dark'],
  ] as const)(
    '%s: a PDF goes in, every page is looked at, it is attested and taken to CPMS',
    async (_what, viewport, scheme) => {
      await open(`/u/${tokens.upload}`, viewport, scheme);
      expect(demo.pages.begun).toEqual([]);
      expect(await violations()).toEqual([]);
      await button('Continue').click();
      await page.getByText('Case C-7K3F9Q2M').waitFor();
      expect(page.url()).not.toContain(tokens.upload);
      await page.reload();
      await page.setInputFiles('input[type=file]', { ...pdf, name: 'scan.docx', buffer: Buffer.from('PK') });
      await page.getByText(/“scan.docx” is not a PDF/).waitFor();
      await page.setInputFiles('input[type=file]', { ...pdf, name: 'locked.pdf' });
      await page.getByText(/has a password/).waitFor();
      expect(await violations()).toEqual([]);

      await page.setInputFiles('input[type=file]', pdf);
      await page.getByRole('heading', { name: 'Look at every page' }).waitFor();
      await page.getByText('The visible text is not searched').waitFor();
      await page.getByText('4 other hidden parts (new-kind)').waitFor();
      expect(await page.getByText(/anonym/i).count()).toBe(0);
      // Without looking, ticking is not enough.
      for (const box of await page.getByRole('checkbox').all()) await box.check();
      await button('Attest and release').click();
      expect(demo.pages.done.filter((done) => done.startsWith('attested'))).toEqual([]);
      await page.evaluate(() => scrollTo(0, 0));
      while ((await page.getByText('All 3 pages looked at').count()) === 0) {
        await page.mouse.wheel(0, 220);
        await page.waitForTimeout(850);
        const bottom = await page.evaluate(() => scrollY + innerHeight >= document.body.scrollHeight - 2);
        if (bottom) break;
      }
      await page.getByText('All 3 pages looked at').first().waitFor();
      expect(await violations()).toEqual([]);
      await button('Attest and release').click();
      await page.getByRole('heading', { name: 'Released: take it to CPMS' }).waitFor();
      expect(demo.pages.done.at(-1)).toBe('attested 3 3');
      const [download] = await Promise.all([page.waitForEvent('download'), button('Download the cleaned PDF').click()]);
      expect(download.suggestedFilename()).toBe('D-1.pdf');
      expect(await violations()).toEqual([]);
      await button('I uploaded it to CPMS').click();
      await page.getByRole('heading', { name: 'Done' }).waitFor();
      expect(await noSideways()).toBe(true);
      expect(complaints).toEqual([]);
    },
    90_000,
  );

  it('throws a file away after a question', async () => {
    await open(`/u/${tokens.upload}`, narrow);
    await button('Continue').click();
    await page.setInputFiles('input[type=file]', pdf);
    await button('I found something: throw this file away').click();
    await button('Throw away').click();
    await page.getByRole('heading', { name: 'Thrown away' }).waitFor();
    expect(await page.locator('figure').count()).toBe(0);
  }, 30_000);

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
  }, 30_000);
});

describe('the decision page', () => {
  it('declines with a reason only', async () => {
    await open(`/d/${tokens.decision}`, narrow);
    await button('Continue').click();
    await page.getByText('Dr. Noor Fictiva').waitFor();
    expect(await violations()).toEqual([]);
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
