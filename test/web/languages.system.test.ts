import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPages } from '../../adapters/web/build.ts';
import english from '../../bot/locales/en/pages.json' with { type: 'json' };
import { fileOfWords, languages } from '../../bot/words.ts';
import { launch, narrow, openPage, violations } from './browser.ts';
import { type Demo, startDemo } from './demo.ts';
import { tokens } from './demo-pages.ts';

let browser: Browser;
let demo: Demo;

beforeAll(async () => {
  await buildPages();
  [browser, demo] = await Promise.all([launch(), startDemo()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

describe.each(languages)('the pages in a browser that asks for %s', (language) => {
  const words = fileOfWords(language, 'pages', english);
  const locale = `${language}-${language.toUpperCase()}`;

  it('begin in that language, say so in the document, and fetch no other', async () => {
    const { page, complaints } = await openPage(browser, `${demo.address}/u/${tokens.upload}`, { ...narrow, locale });
    await page.getByText(words.upload.startText).waitFor();
    await page.getByRole('button', { name: words.link.continue }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
    expect(await page.title()).toBe(words.upload.title);
    expect(await violations(page)).toEqual([]);
    const fetched = await page.evaluate(
      () => performance.getEntriesByType('resource').filter(({ name }) => /\/pages-[^/]*\.js/.test(name)).length,
    );
    expect(fetched).toBe(language === 'en' ? 0 : 1);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('refuse in that language where no script has run', async () => {
    const answer = await fetch(`${demo.address}/d/begin`, {
      method: 'POST',
      headers: { 'accept-language': `${locale},en;q=0.5`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(await answer.json()).toMatchObject({ words: words.server.refused['cross-site'] });
  });
});
