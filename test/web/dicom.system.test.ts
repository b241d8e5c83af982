import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { stringOf } from '../../adapters/scrubbers/dicom/data-set.ts';
import { readDicom } from '../../adapters/scrubbers/dicom/read.ts';
import { dataSetOf, fileOf, pixels, ULTRASOUND, words } from '../../adapters/scrubbers/dicom/testing/made.ts';
import { lookAtAll, openPage, phone, violationsInBoth } from './browser.ts';
import { inChromium } from './in-chromium.ts';
import { uploadLink } from './product.ts';

/** DICOM files through the upload page in Chromium, in front of the whole product. */
const stage = inChromium('dicom');

const patient = [words(0x00100010, 'Roewood^Jane'), words(0x00100020, 'H-4471129')];

it('a cine loop: its frames are shown, a box drawn on one is gone from all, a choice is kept', async () => {
  const file = fileOf(
    dataSetOf(
      ULTRASOUND,
      ...patient,
      words(0x00081030, 'Aorta'),
      ...pixels(120, 90, 4, 1, (x, y, frame) => (Math.hypot(x - 60, y - 45) < 20 + frame ? 180 : 0)),
    ),
  );
  const { page, complaints } = await openPage(stage.browser, await uploadLink(stage.clinician), phone);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.setInputFiles('input[type=file]', { name: 'loop.dcm', mimeType: '', buffer: Buffer.from(file) });
  await page.getByText('DICOM files: keep more').click();
  await page.getByRole('checkbox', { name: /^Descriptions/ }).check();
  await page.getByRole('button', { name: 'Search the file' }).click();
  await page.getByRole('heading', { name: 'Decide what is removed' }).waitFor({ timeout: 60_000 });
  await page.locator('#page-1 pre').getByText('Aorta').waitFor();
  await page.locator('#page-3').scrollIntoViewIfNeeded();
  await page.locator('#page-3 img').waitFor();
  await page.getByLabel('Brightness (level)').fill('4');
  const filter = await page.locator('#page-3 img').evaluate((image) => getComputedStyle(image).filter);
  expect(filter).toBe('brightness(4) contrast(1)');
  expect(await violationsInBoth(page)).toEqual([]);
  await page.getByRole('button', { name: /show the result/ }).click();
  await page.getByRole('heading', { name: 'Look at every page' }).waitFor({ timeout: 60_000 });
  await lookAtAll(page);
  await page.getByRole('button', { name: 'Go to the attestation' }).click();
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: 'Attest and release' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the cleaned file' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.dcm$/);
  const { dataSet } = readDicom(await readFile(await download.path()));
  expect([stringOf(dataSet, 0x00081030), stringOf(dataSet, 0x00100010)]).toEqual(['Aorta', '']);
  expect(complaints).toEqual([]);
  await page.context().close();
}, 200_000);
