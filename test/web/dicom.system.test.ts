import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { elementOf, stringOf } from '../../adapters/scrubbers/dicom/data-set.ts';
import { readDicom } from '../../adapters/scrubbers/dicom/read.ts';
import { dataSetOf, fileOf, pixels, ULTRASOUND, words } from '../../adapters/scrubbers/dicom/testing/made.ts';
import { lookAtAll, openPage, phone, violationsInBoth } from './browser.ts';
import { inChromium } from './in-chromium.ts';
import { uploadLink } from './product.ts';

/** DICOM files through the upload page in Chromium, in front of the whole product. */
const stage = inChromium('dicom');

const patient = [words(0x00100010, 'Roewood^Jane'), words(0x00100020, 'H-4471129')];

/** Drags from the middle of a place by so many pixels. */
async function drag(page: Page, place: Locator, [across, down]: readonly [number, number]): Promise<void> {
  const box = await place.boundingBox();
  if (!box) throw new Error('it is not there');
  const [x, y] = [box.x + box.width / 2 - across / 2, box.y + box.height / 2 - down / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + across / 2, y + down / 2, { steps: 3 });
  await page.mouse.move(x + across, y + down, { steps: 3 });
  await page.mouse.up();
}

/** The shades that a canvas shows, in the browser: read from a copy that is made for it. */
const shadesOf = (place: Element) => {
  const canvas = place as HTMLCanvasElement;
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
  copy?.drawImage(canvas, 0, 0);
  return [...(copy?.getImageData(0, 0, canvas.width, canvas.height).data ?? [])].filter((_, at) => at % 4 === 0);
};

it('a cine loop: its frames are shown, a box drawn on one is gone from all, a choice is kept', async () => {
  const file = fileOf(
    dataSetOf(
      ULTRASOUND,
      ...patient,
      words(0x00081030, 'Aorta'),
      ...pixels(120, 90, 4, 1, (x, y, frame) => (Math.hypot(x - 60, y - 45) < 20 + frame ? 180 : x < 9 ? x : 0)),
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
  const series = page.getByRole('figure', { name: /^Series 1 of 1/ });
  const picture = series.locator('.stage');
  const canvas = series.locator('canvas:not(.old)');
  await picture.scrollIntoViewIfNeeded();
  await canvas.waitFor();
  await picture.focus();
  const at = (frame: number) => series.getByText(`Series 1 of 1, frame ${frame} of 4`).waitFor();
  await page.keyboard.press('ArrowDown');
  await at(2);
  await page.keyboard.press('End');
  await at(4);
  await picture.hover();
  await page.mouse.wheel(0, -50);
  await at(3);
  await series.getByRole('slider', { name: 'Frame', exact: true }).fill('1');
  await at(1);
  await drag(page, picture, [200, 0]);
  await at(4);
  // What is nearly black is there too, and can be made to be seen.
  const shadeNearBlack = async () => (await canvas.evaluate(shadesOf))[8] ?? 0;
  expect(await shadeNearBlack()).toBeLessThan(20);
  await series.getByRole('combobox', { name: 'Window' }).selectOption('Darkest shades');
  await expect.poll(shadeNearBlack).toBeGreaterThan(150);
  await series.getByRole('button', { name: 'Contrast' }).click();
  await drag(page, picture, [60, 40]);
  await series.getByRole('combobox', { name: 'Window' }).getByText('Own').waitFor({ state: 'attached' });
  // A box is on the whole series.
  await page.getByRole('button', { name: 'Draw' }).click();
  await drag(page, picture, [90, 60]);
  await page.getByRole('button', { name: 'Done' }).click();
  await picture.focus();
  await page.keyboard.press('Home');
  await at(1);
  await series.getByRole('button', { name: /^Your own box, number 1/ }).waitFor();
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
  // The box went over the middle of all four.
  const { bytes = new Uint8Array() } = elementOf(dataSet, 0x7fe00010) ?? {};
  expect([0, 1, 2, 3].map((frame) => bytes[frame * 120 * 90 + 45 * 120 + 60])).toEqual([0, 0, 0, 0]);
  expect(complaints).toEqual([]);
  await page.context().close();
}, 200_000);
