import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildPages } from '../../adapters/web/build.ts';
import { launch, lookAtAll, noSideways, openPage, phone, violations, violationsInBoth, wide } from './browser.ts';
import { type Demo, startDemo } from './demo.ts';
import { tokens } from './demo-pages.ts';

const file = (begin: string, name = 'letter.pdf', mimeType = 'application/pdf') => ({
  name,
  mimeType,
  buffer: Buffer.from(begin, 'latin1'),
});
const letter = file('%PDF-1.7 demo');

let browser: Browser;
let demo: Demo;
let page: Page;
let complaints: string[];
let asked: string[];

beforeAll(async () => {
  await buildPages();
  browser = await launch();
}, 60_000);
afterAll(async () => {
  await browser?.close();
});
beforeEach(async () => {
  demo = await startDemo();
});
afterEach(async () => {
  await page?.context().close();
  await demo.close();
});

const button = (name: string | RegExp) =>
  page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) });
const heading = (name: string) => page.getByRole('heading', { name });
const frame = (name: RegExp) => page.locator('.frame-of').and(page.getByRole('button', { name }));
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
const mark = (description: string) => page.locator(`.text-mark[title^="${description}"]`);
const bar = () => page.locator('.review-bar .count');
const decided = () => demo.pages.given.decided;

async function open(options: BrowserContextOptions): Promise<void> {
  ({ page, complaints, asked } = await openPage(browser, `${demo.address}/u/${tokens.upload}`, options));
  await button('Continue').click();
  await button('Choose a file').waitFor();
}

async function give(what: Parameters<Page['setInputFiles']>[1]): Promise<void> {
  await page.setInputFiles('input[type=file]', what);
  await button('Search the file').click();
}

async function toReview(what: Parameters<Page['setInputFiles']>[1], options: BrowserContextOptions): Promise<void> {
  await open(options);
  await give(what);
  await heading('Decide what is removed').waitFor();
  await page.locator('.leaf img, .leaf pre').first().waitFor();
}

/** Where a share of a page stands in the window, once the page's upper part is in its middle. */
async function onPage(number: number, x: number, y: number): Promise<Point> {
  const leaf = page.locator(`#page-${number} .leaf`);
  await leaf.evaluate((element, share) => {
    const { top, height } = element.getBoundingClientRect();
    scrollTo({ top: scrollY + top + height * share - innerHeight / 2, behavior: 'instant' });
  }, y);
  const box = await leaf.boundingBox();
  if (!box) throw new Error('The page is not there.');
  return { x: box.x + box.width * x, y: box.y + box.height * y };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

async function dragMouse(from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x - 20, to.y - 10);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
}

async function dragFinger(from: Point, to: Point): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly Point[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(({ x, y }) => ({ x, y })) });
  await touch('touchStart', [from]);
  for (let step = 1; step <= 5; step += 1)
    await touch('touchMove', [{ x: from.x + ((to.x - from.x) * step) / 5, y: from.y + ((to.y - from.y) * step) / 5 }]);
  await touch('touchEnd', []);
}

describe('the upload page', () => {
  it.each([
    ['wide', wide, 'light'],
    ['on a phone and dark', phone, 'dark'],
  ] as const)(
    '%s: a file goes in, its findings are decided on, the result is looked at, attested and taken to CPMS',
    async (_what, size, colorScheme) => {
      await open({ ...size, colorScheme });
      expect(page.url()).not.toContain(tokens.upload);
      expect(await violationsInBoth(page)).toEqual([]);
      await page.setInputFiles('input[type=file]', file('old', 'scan.doc', ''));
      await page.getByText(/“scan.doc” is an older Office document/).waitFor();
      await give(file('%PDF-1.7 locked'));
      await page.getByText(/has a password/).waitFor();
      expect(await violationsInBoth(page)).toEqual([]);

      await page.setInputFiles('input[type=file]', letter);
      await page.getByText('The file is here').first().waitFor();
      await page.getByLabel('Names, one on each line').fill('Marisol Quint\nTomas');
      await page.getByLabel('Date of birth').fill('2099-01-01');
      await button('Search the file').click();
      await page.getByText('This is no date of birth').waitFor();
      expect(await violationsInBoth(page)).toEqual([]);
      await page.getByLabel('Date of birth').fill('1987-03-14');
      await button('Search the file').click();
      await heading('The file is being searched').waitFor();
      expect(await violations(page)).toEqual([]);
      await heading('Decide what is removed').waitFor();
      expect(demo.pages.given.known.at(-1)).toEqual({ names: ['Marisol Quint', 'Tomas'], birthDate: '1987-03-14' });
      await page.locator('#page-1 img').waitFor();
      expect(await bar().textContent()).toBe('19 to remove, 0 kept');
      expect(await violationsInBoth(page)).toEqual([]);
      expect(await noSideways(page)).toBe(true);
      // The text of a finding is on the picture alone.
      expect(await page.locator('body').innerText()).not.toMatch(/Quint|Brightport/);

      await frame(/^Phone number, certain, page 1: will be removed/).click();
      await frame(/^Phone number, certain, page 1: is kept/).waitFor();
      const draw = button('Draw');
      await draw.click();
      const from = await onPage(1, 0.2, 0.5);
      const to = { x: from.x + 60, y: from.y + 40 };
      await (size === phone ? dragFinger(from, to) : dragMouse(from, to));
      const drawn = frame(/^Your own box, number 1, page 1/);
      await drawn.waitFor();
      const drag = size === phone ? dragFinger : dragMouse;
      const before = await drawn.boundingBox();
      if (!before) throw new Error('No box was drawn.');
      // Still drawing: a drag on the box moves it, a drag at its corner sizes it, and neither is a press.
      await drag(
        { x: before.x + before.width / 2, y: before.y + before.height / 2 },
        { x: before.x + before.width / 2 + 40, y: before.y + before.height / 2 + 30 },
      );
      const moved = await drawn.boundingBox();
      expect([(moved?.x ?? 0) - before.x, (moved?.y ?? 0) - before.y, moved?.width]).toEqual([
        expect.closeTo(40, 0),
        expect.closeTo(30, 0),
        expect.closeTo(before.width, 0),
      ]);
      await drag(
        { x: before.x + before.width + 44, y: before.y + before.height + 34 },
        { x: before.x + before.width + 69, y: before.y + before.height + 49 },
      );
      const sized = await drawn.boundingBox();
      expect([sized?.x, (sized?.width ?? 0) - before.width, (sized?.height ?? 0) - before.height]).toEqual([
        expect.closeTo(moved?.x ?? 0, 0),
        expect.closeTo(25, 0),
        expect.closeTo(15, 0),
      ]);
      expect(await violationsInBoth(page)).toEqual([]);
      await button('Undo').click();
      await button('Undo').click();
      expect((await drawn.boundingBox())?.width).toBeCloseTo(before.width, 0);
      await button('Done').click();
      expect(await bar().textContent()).toBe('19 to remove, 1 kept');

      await button('As given').click();
      await page.getByText('This is the file as it was given').waitFor();
      await page.getByRole('img', { name: 'Page 1 of 3, as the file was given' }).waitFor();
      expect(await page.locator('.frame-of').count()).toBe(0);
      expect(await violationsInBoth(page)).toEqual([]);
      await button('Findings').click();

      await button('Remove them and show the result').click();
      await heading('Look at every page').waitFor();
      const [decision] = decided();
      expect(decision?.accepted).toHaveLength(18);
      expect(decision?.flatten).toBe(false);
      const [own] = decision?.added ?? [];
      expect(own).toMatchObject({ page: 1 });
      if (!own || !('box' in own)) throw new Error('No box was drawn.');
      expect(own.box.left).toBeCloseTo(0.2, 1);
      expect(own.box.top).toBeCloseTo(0.5, 1);
      expect(own.box.width).toBeGreaterThan(0.05);

      await page.getByText('4 other hidden parts (new-kind)').waitFor();
      expect(await page.getByText(/anonym/i).count()).toBe(0);
      // Without looking, ticking is not enough.
      for (const box of await page.getByRole('checkbox').all()) await box.check();
      await button('Attest and release').click();
      expect(demo.pages.done.filter((done) => done.startsWith('attested'))).toEqual([]);
      await lookAtAll(page);
      await page.getByText('All 3 pages looked at').first().waitFor();
      expect(await violationsInBoth(page)).toEqual([]);
      expect(await noSideways(page)).toBe(true);
      await button('Attest and release').click();
      await heading('Released: take it to CPMS').waitFor();
      expect(demo.pages.done.at(-1)).toBe('attested 3 3');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        button('Download the cleaned file').click(),
      ]);
      expect(download.suggestedFilename()).toBe('D-1.pdf');
      expect(await violationsInBoth(page)).toEqual([]);
      await button('I uploaded it to CPMS').click();
      await heading('Done').waitFor();
      expect(complaints.filter((line) => !line.includes('409'))).toEqual([]);
    },
    240_000,
  );

  it('is decided on with the keyboard alone', async () => {
    await toReview(letter, wide);
    await frame(/^Institution/).focus();
    await page.keyboard.press('n');
    await page.keyboard.press('ArrowRight');
    await expect.poll(focused).toMatch(/^Name, certain, page 1/);
    await page.keyboard.press('Enter');
    await frame(/^Name, certain, page 1: is kept/).waitFor();
    await page.keyboard.press('Control+z');
    expect(await bar().textContent()).toBe('19 to remove, 0 kept');
    await page.keyboard.press('p');
    await page.keyboard.press('p');
    await page.keyboard.press('p');
    await expect.poll(focused, { timeout: 10_000 }).toMatch(/page 3/);

    await button('Draw').focus();
    await page.keyboard.press('Enter');
    await button('Place a box with the keyboard').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('application', { name: /^New box on page/ }).waitFor();
    for (let press = 0; press < 5; press += 1) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowDown');
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift+ArrowRight');
    expect(await violationsInBoth(page)).toEqual([]);
    await page.getByText('30 % from the left, 46 % from the top, 33 % wide, 4 % high').waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    await frame(/^Your own box, number 1/).focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('application', { name: /^Box on page/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await violationsInBoth(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await expect.poll(focused).toMatch(/^Your own box, number 1/);
    await page.keyboard.press('m');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Escape');
    await expect.poll(focused).toMatch(/^Your own box, number 1/);

    await page.getByLabel('Search the whole file for a word').fill('aortic');
    await page.keyboard.press('Enter');
    await page.getByText('Found in 2 places.').waitFor();
    expect(await violationsInBoth(page)).toEqual([]);
    await button(/^Remove all \d+$/).focus();
    await page.keyboard.press('Enter');
    await button('Remove them and show the result').focus();
    await page.keyboard.press('Enter');
    await heading('Look at every page').waitFor();
    const [own, ...found] = decided()[0]?.added ?? [];
    if (!own || !('box' in own)) throw new Error('No box was placed.');
    expect(own.box.left).toBeCloseTo(0.3, 5);
    expect(own.box.width).toBeCloseTo(0.33, 5);
    expect(own.box.top).toBeCloseTo(0.48, 5);
    expect(own.box.height).toBeCloseTo(0.04, 5);
    expect(found.length).toBe(2);
    expect(complaints).toEqual([]);
  }, 120_000);

  it.each([
    ['wide', wide, 'dark'],
    ['on a phone', phone, 'light'],
  ] as const)(
    '%s: a search is stopped after a question, a removal at once; nothing is lost but what is asked about',
    async (_what, size, colorScheme) => {
      await open({ ...size, colorScheme });
      // The work stands still until it was stopped.
      const still = () => page.route('**/u/api/look*', () => undefined);
      const goOn = () => page.unroute('**/u/api/look*');
      await still();
      await give(letter);
      await heading('The file is being searched').waitFor();
      await button('Stop').click();
      await heading('Stop the search?').waitFor();
      expect(await violationsInBoth(page)).toEqual([]);
      expect(await noSideways(page)).toBe(true);
      await button('Let it go on').click();
      await heading('The file is being searched').waitFor();
      await button('Stop').click();
      await button('Stop the search').click();
      await heading('The search was stopped').waitFor();
      expect(await violationsInBoth(page)).toEqual([]);
      await goOn();
      await give(letter);
      await heading('Decide what is removed').waitFor();
      await still();
      await button('Remove them and show the result').click();
      await heading('Removing what you chose').waitFor();
      expect(await violationsInBoth(page)).toEqual([]);
      await button('Stop and go back to the findings').click();
      await heading('Decide what is removed').waitFor();
      await goOn();
      await button('Remove them and show the result').click();
      await heading('Look at every page').waitFor();
      expect(complaints).toEqual([]);
    },
    120_000,
  );

  it('keeps and removes a whole kind, and goes back to the findings from the result', async () => {
    await toReview(letter, wide);
    await page.locator('summary', { hasText: 'Dates' }).filter({ hasNotText: 'birth' }).click();
    await button('Keep all: Dates').click();
    expect(await bar().textContent()).toBe('15 to remove, 4 kept');
    await page.getByLabel(/Make every page a picture/).check();
    expect(await violationsInBoth(page)).toEqual([]);
    await button('Remove them and show the result').click();
    await heading('Look at every page').waitFor();
    expect(decided()[0]).toMatchObject({ flatten: true });
    await button('I found something: back to the findings').click();
    await heading('Decide what is removed').waitFor();
    expect(await bar().textContent()).toBe('15 to remove, 4 kept');
    expect(await page.getByLabel(/Make every page a picture/).isChecked()).toBe(true);
  }, 120_000);

  it('marks the findings of a text in it, and removes what is selected', async () => {
    await toReview(file('Discharge', 'notes.txt', 'text/plain'), phone);
    const text = page.locator('pre');
    await mark('Name, possible, page 1: will be removed').click();
    await mark('Name, possible, page 1: is kept').waitFor();
    const wanted = 'chest pain';
    await text.evaluate((pre, words) => {
      const walker = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.textContent?.indexOf(words) ?? -1;
        if (at >= 0) getSelection()?.setBaseAndExtent(node, at, node, at + words.length);
      }
    }, wanted);
    await button('Remove selection').click();
    await mark('Your own, number 1, page 1').waitFor();
    expect(await violationsInBoth(page)).toEqual([]);
    expect(await noSideways(page)).toBe(true);
    const whole = (await text.textContent()) ?? '';
    await button('Remove them and show the result').click();
    await heading('Look at every page').waitFor();
    const start = whole.indexOf(wanted);
    expect(decided()[0]?.added).toEqual([{ page: 1, start, end: start + wanted.length }]);
    expect(decided()[0]?.accepted).toHaveLength(5);
    await page.locator('pre', { hasText: '█████' }).waitFor();
    expect(await violationsInBoth(page)).toEqual([]);
  }, 120_000);

  it('goes on after a lost piece, and after a reload where the file stopped', async () => {
    // A file on the disk: one that is handed over by the test itself has another date after a reload.
    const folder = await mkdtemp(join(tmpdir(), 'upload-'));
    const large = join(folder, 'scan.pdf');
    await writeFile(large, Buffer.concat([Buffer.from('%PDF-1.7 demo'), Buffer.alloc(9_000_000, 7)]));
    await open(wide);
    let calls = 0;
    await page.route('**/u/api/append*', (route) => {
      calls += 1;
      // The second is lost; from the fourth on the network is gone.
      return calls === 2 || calls > 3 ? route.abort() : route.continue();
    });
    await page.setInputFiles('input[type=file]', large);
    await page
      .getByText(/No connection: waiting at \d+ %/)
      .first()
      .waitFor();
    await expect.poll(() => calls, { timeout: 15_000 }).toBeGreaterThan(3);
    expect(await violationsInBoth(page)).toEqual([]);
    const before = demo.pages.given.pieces.length;
    expect(before).toBe(2);

    await page.unroute('**/u/api/append*');
    await page.reload();
    expect(asked).toContain('beforeunload');
    await page.getByText(/has arrived already. Choose the same file again/).waitFor();
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('scan');
    await give(large);
    await heading('Decide what is removed').waitFor();
    expect(demo.pages.done.filter((done) => done.startsWith('began'))).toHaveLength(1);
    const { pieces } = demo.pages.given;
    expect(pieces.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(9_000_013);
    expect(Math.max(...pieces.map(({ bytes }) => bytes))).toBeLessThanOrEqual(4 * 1024 * 1024);
    await rm(folder, { recursive: true });
  }, 120_000);

  it('keeps what was decided over a reload, and no name of anybody', async () => {
    await toReview(letter, wide);
    await frame(/^Place, possible/).click();
    await page.reload();
    await frame(/^Place, possible, page 1: is kept/).waitFor();
    expect(asked).toContain('beforeunload');
    const stored = await page.evaluate(() => JSON.stringify([sessionStorage, localStorage]));
    expect(stored).toContain('kept');
    expect(stored).not.toMatch(/Quint|Brightport|letter/);
  }, 120_000);

  it('says that a page did not load, and tries again', async () => {
    await open(wide);
    await page.route('**/u/api/picture*', (route) => route.abort());
    await give(letter);
    await page.getByText('This page did not load.').first().waitFor();
    expect(await violationsInBoth(page)).toEqual([]);
    await page.unroute('**/u/api/picture*');
    await button('Try again').first().click();
    await page.locator('#page-1 img').waitFor();
  }, 120_000);

  it('holds the pictures of near pages alone of three hundred, and goes to any finding', async () => {
    await open(wide);
    await page.evaluate(() => {
      const held = new Set<string>();
      Object.assign(globalThis, { held });
      const create = URL.createObjectURL.bind(URL);
      const revoke = URL.revokeObjectURL.bind(URL);
      URL.createObjectURL = (thing) => {
        const address = create(thing);
        held.add(address);
        return address;
      };
      URL.revokeObjectURL = (address) => {
        held.delete(address);
        revoke(address);
      };
    });
    await give(file('%PDF-1.7 long'));
    await heading('Decide what is removed').waitFor();
    await page.locator('#page-1 img').waitFor();
    expect(await bar().textContent()).toBe('6000 to remove, 0 kept');
    expect(await page.locator('figure').count()).toBe(300);
    const near = () => page.locator('.leaf img').count();
    expect(await near()).toBeLessThan(8);
    await button('Previous finding').click();
    await page.locator('#page-300 img').waitFor();
    await expect.poll(focused, { timeout: 10_000 }).toMatch(/page 300/);
    await page.keyboard.press('Enter');
    expect(await bar().textContent()).toBe('5999 to remove, 1 kept');
    for (let turn = 0; turn < 20; turn += 1) {
      await page.mouse.wheel(0, -4000);
      await page.waitForTimeout(50);
    }
    await page.waitForTimeout(1000);
    expect(await near()).toBeLessThan(8);
    expect(await page.evaluate(() => (globalThis as unknown as { held: Set<string> }).held.size)).toBeLessThan(8);
    expect(await violations(page)).toEqual([]);
  }, 120_000);

  it('says what happened to a file that nobody worked on, and takes it again', async () => {
    await toReview(letter, phone);
    demo.pages.given.leave();
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByText(/Nobody worked on the file for 15 minutes/).waitFor();
    await button('Choose another file').waitFor();
    expect(await violationsInBoth(page)).toEqual([]);
  }, 90_000);

  it('says that the page has ended, and shows nothing of the file any more', async () => {
    await toReview(letter, wide);
    await page.context().clearCookies();
    await button('Remove them and show the result').click();
    await heading('This page cannot go on').waitFor();
    expect(await page.locator('figure').count()).toBe(0);
    expect(await violationsInBoth(page)).toEqual([]);
  }, 90_000);
});
