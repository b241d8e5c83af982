import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const wide = { viewport: { width: 1280, height: 800 } } as const;
export const narrow = { viewport: { width: 390, height: 844 } } as const;
/** A phone: the same width, with fingers. */
export const phone = { ...narrow, hasTouch: true, isMobile: true } as const;

/** Chromium without its own window takes a third less time; Debian has it by itself, and in the whole of Chromium. */
const WITHOUT_WINDOW = '/usr/bin/chromium-headless-shell';

/** Starts Debian's Chromium, or that which CHROMIUM names. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? (existsSync(WITHOUT_WINDOW) ? WITHOUT_WINDOW : '/usr/bin/chromium'),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
}

/** A page in a window of its own. What the browser complains of (a blocked style or script) and asks before it leaves is collected. */
export async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions,
): Promise<{ readonly page: Page; readonly complaints: string[]; readonly asked: string[] }> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const asked: string[] = [];
  page.setDefaultTimeout(30_000);
  page.on('console', (line) => ['error', 'warning'].includes(line.type()) && complaints.push(line.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await page.goto(address, { timeout: 30_000 });
  return { page, complaints, asked };
}

/** The rules of axe-core that the page breaks as it stands, each with the element. */
export async function violations(page: Pick<Page, 'evaluate'>): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    // Colours change over a moment, and what is between the two has neither's contrast.
    const changing = document.getAnimations().filter((one) => one instanceof CSSTransition);
    await Promise.allSettled(changing.map(({ finished }) => finished));
    const found = await (
      globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      }
    ).axe.run();
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 240)}`));
  });
}

/** The same in light and in dark. */
export async function violationsInBoth(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    // A reader's theme is followed at the next turn of the page.
    await page.waitForTimeout(100);
    found.push(...(await violations(page)).map((one) => `${colorScheme} ${one}`));
  }
  return found;
}

/** Whether nothing is cut off at the side. */
export function noSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
}

/** Goes down a result slowly, as one who looks, until all of its pages have counted. */
export async function lookAtAll(page: Page): Promise<void> {
  const all = page.getByText(/^(The page was|All \d+ pages) looked at$/).first();
  await page.evaluate(() => scrollTo(0, 0));
  for (let turn = 0; turn < 60 && !(await all.isVisible()); turn += 1) {
    await playThrough(page);
    await page.mouse.wheel(0, 220);
    await page.waitForTimeout(850);
  }
}

/** A frame that is not followed by the next for so long is not played. */
const STANDS_MS = 60_000;

/** Plays each series that is in the window and was not looked at whole. */
async function playThrough(page: Page): Promise<void> {
  for (const series of await page.locator('.series:has(.through)').all()) {
    const box = await series.locator('.stage').boundingBox();
    if (!box || box.y > 500 || (await series.locator('.mark.looked').count()) > 0) continue;
    await series.getByRole('button', { name: 'Play the frames' }).click();
    await untilPlayed(series);
  }
}

/** Waits until a series was played to its end, however many frames it has; throws where the same one stands there for too long. */
async function untilPlayed(series: Locator): Promise<void> {
  const looked = series.locator('.mark.looked');
  const position = series.locator('.count').first();
  let [frame, since] = ['', Date.now()];
  while ((await looked.count()) === 0) {
    const now = await position.innerText();
    if (now !== frame) [frame, since] = [now, Date.now()];
    else if (Date.now() - since > STANDS_MS) throw new Error(`The series stands at ${frame}`);
    await series.page().waitForTimeout(500);
  }
}
