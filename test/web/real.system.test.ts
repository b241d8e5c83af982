import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { lookAtAll, noSideways, openPage, phone, violationsInBoth, wide } from './browser.ts';
import { letterPdf, photograph, planted } from './files.ts';
import { inChromium } from './in-chromium.ts';
import { leftIn } from './left.ts';
import { uploadLink } from './product.ts';

/** The upload page in Chromium, in front of the whole product with its real scrubber: the largest files that are to be expected. */
const stage = inChromium('real');

const nothingLeft = () => expect(leftIn(join(stage.folder, 'data'), stage.product.output())).toEqual([]);

/** From the link to the findings. */
async function toReview(page: Page, name: string, file: Buffer): Promise<void> {
  await page.getByRole('button', { name: 'Continue' }).click();
  // A file of this size is chosen from the disk.
  const path = join(stage.folder, name);
  writeFileSync(path, file);
  await page.setInputFiles('input[type=file]', path);
  await page.getByLabel('Names, one on each line').fill(planted.name);
  await page.getByLabel('Date of birth').fill(planted.birthDate);
  await page.getByLabel('Numbers, one on each line').fill(planted.number);
  await page.getByRole('button', { name: 'Search the file' }).click();
  const took = page.getByRole('heading', { name: 'Decide what is removed' });
  const refused = page.getByText('The file was not taken');
  await took.or(refused).waitFor({ timeout: 180_000 });
  expect((await refused.count()) > 0 ? await page.getByRole('alert').allInnerTexts() : []).toEqual([]);
  await page.locator('#page-1 img').waitFor();
  nothingLeft();
}

async function toResult(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Remove them and show the result' }).click();
  await page.getByRole('heading', { name: 'Look at every page' }).waitFor({ timeout: 180_000 });
  await page.locator('#page-1 img').waitFor();
  nothingLeft();
}

describe('the upload page, with the real scrubber', () => {
  it('wide: a PDF of 300 pages is searched, its findings are gone to, decided on and removed', async () => {
    const { page, complaints } = await openPage(stage.browser, await uploadLink(stage.clinician), wide);
    await toReview(page, 'record.pdf', await letterPdf(300, 45));
    expect(await page.locator('figure').count()).toBe(300);
    const count = Number(/^\d+/.exec(await page.locator('.review-bar .count').innerText())?.[0]);
    expect(count).toBeGreaterThanOrEqual(900);
    await page.getByRole('button', { name: 'Previous finding' }).click();
    await page.locator('#page-300 img').waitFor();
    await page.locator('#page-300 .frame-of').first().waitFor();
    expect(await violationsInBoth(page)).toEqual([]);
    await toResult(page);
    await page.getByText('1 annotation').waitFor();
    await page.getByText('0 of 300 pages looked at').or(page.getByText('1 of 300 pages looked at')).first().waitFor();
    expect(await violationsInBoth(page)).toEqual([]);
    await page.getByRole('button', { name: 'I found something: throw this file away' }).click();
    await page.getByRole('button', { name: 'Throw away', exact: true }).click();
    await page.getByRole('heading', { name: 'Thrown away' }).waitFor();
    expect(await page.locator('figure').count()).toBe(0);
    nothingLeft();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 400_000);

  it('on a phone: a photograph of 40 MB is cleaned, looked at, attested and downloaded', async () => {
    const photo = await photograph();
    expect(photo.byteLength).toBeGreaterThan(35_000_000);
    const { page, complaints } = await openPage(stage.browser, await uploadLink(stage.clinician), phone);
    await toReview(page, 'IMG_1.jpg', photo);
    await page
      .getByRole('button', { name: /^Name, .*page 1: will be removed/ })
      .first()
      .waitFor();
    expect(await violationsInBoth(page)).toEqual([]);
    expect(await noSideways(page)).toBe(true);
    await toResult(page);
    expect(await violationsInBoth(page)).toEqual([]);
    await lookAtAll(page);
    await page.getByRole('button', { name: 'Go to the attestation' }).click();
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await page.getByRole('button', { name: 'Attest and release' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the cleaned file' }).click(),
    ]);
    const cleaned = await readFile(await download.path());
    expect(cleaned.includes(planted.author)).toBe(false);
    const { width, height, exif } = await sharp(cleaned).metadata();
    expect([width, height, exif]).toEqual([8000, 6000, undefined]);
    // The slip is white, and the ink of the name under the box is not there any more.
    const slip = sharp(cleaned).extract({ left: 1000, top: 820, width: 2000, height: 300 }).greyscale();
    // The measure takes the whole input of a pipeline: the cut-out becomes a picture of its own first.
    expect((await sharp(await slip.png().toBuffer()).stats()).channels[0]?.mean).toBeLessThan(40);
    await page.getByRole('button', { name: 'I uploaded it to CPMS' }).click();
    await page.getByRole('heading', { name: 'Done' }).waitFor();
    nothingLeft();
    expect(complaints).toEqual([]);
    await page.context().close();
  }, 400_000);
});
