import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { stringOf } from '../../adapters/scrubbers/dicom/data-set.ts';
import { readDicom } from '../../adapters/scrubbers/dicom/read.ts';
import {
  CT,
  dataSetOf,
  fileOf,
  pixels,
  SECONDARY_CAPTURE,
  ULTRASOUND,
  words,
} from '../../adapters/scrubbers/dicom/testing/made.ts';
import { written } from '../../adapters/scrubbers/ocr/testing.ts';
import { packed } from '../../adapters/scrubbers/office/testing/planted.ts';
import { plantedDocx } from '../../adapters/scrubbers/office/testing/planted-docx.ts';
import { plantedPdf } from '../../adapters/scrubbers/pdf/testing/planted.ts';
import { gradient } from '../../adapters/scrubbers/pictures/testing.ts';
import { childrenOf, scrubbingChild } from '../processes.ts';
import { lookAtAll, noSideways, openPage, phone, violationsInBoth, wide } from './browser.ts';
import { inChromium } from './in-chromium.ts';
import { uploadLink } from './product.ts';

/** Studies and bundles of files through the upload page in Chromium, in front of the whole product. */
const stage = inChromium('study');

const patient = [words(0x00100010, 'Roewood^Jane'), words(0x00100020, 'H-4471129')];
const letter = 'Dear colleagues, Jane Roewood is well.';

const slice = (number: number) =>
  fileOf(
    dataSetOf(
      CT,
      ...patient,
      words(0x00080018, `1.2.826.0.1.3680043.9.7433.6.${number}`),
      ...pixels(32, 32, 1, 1, (x, y) => (x * y + number) % 255),
    ),
  );

/** A frame with writing burned into it. */
async function burned(sopClass: string, number: number): Promise<Uint8Array> {
  const { width, data } = await written(
    { width: 320, height: 240 },
    [{ text: 'LANE KARL 1741', x: 20, y: 20, height: 21 }],
    [0, 230],
  );
  return fileOf(
    dataSetOf(
      sopClass,
      ...patient,
      words(0x00080018, `1.2.826.0.1.3680043.9.7433.7.${number}`),
      ...pixels(320, 240, 1, 1, (x, y) => (Math.hypot(x - 160, y - 150) < 60 ? 120 : (data[y * width + x] as number))),
    ),
  );
}

/** Everything that may be in a study, by its path. */
async function mixed(slices: number): Promise<Record<string, Uint8Array | string>> {
  const files: Record<string, Uint8Array | string> = {
    DICOMDIR: fileOf(dataSetOf('1.2.840.10008.1.3.10', words(0x00041130, 'DISC', 'CS'))),
    'letters/Roewood Jane.txt': letter,
    'letters/old.doc': Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    'letters/report.docx': (await plantedDocx()).file,
    'letters/scan.pdf': plantedPdf().file,
    'more.zip': packed({ 'a.txt': 'secret' }),
    'broken.dcm': slice(1).subarray(0, 400),
    'photo.jpg': await gradient().jpeg().toBuffer(),
    '.DS_Store': 'x',
  };
  for (let number = 0; number < 3; number++) {
    files[`US/IM${number}`] = await burned(ULTRASOUND, number);
    files[`SC/IM${number}`] = await burned(SECONDARY_CAPTURE, 10 + number);
  }
  for (let number = 0; number < slices; number++) files[`CT/IM${number}`] = slice(number);
  return files;
}

async function begun(options: typeof wide | typeof phone): Promise<{ page: Page; complaints: string[] }> {
  const opened = await openPage(stage.browser, await uploadLink(stage.clinician), options);
  await opened.page.getByRole('button', { name: 'Continue' }).click();
  return opened;
}

async function attested(page: Page): Promise<Readonly<Record<string, Uint8Array>>> {
  await lookAtAll(page);
  await page.getByRole('button', { name: 'Go to the attestation' }).click();
  for (const box of await page.locator('.boxes').getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: 'Attest and release' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the cleaned file' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.zip$/);
  return unzipSync(await readFile(await download.path()));
}

it('a mixed study of 1,000 files as one archive: it is searched and shown, and what became of each file is told', async () => {
  const given = await mixed(986);
  const path = join(stage.folder, 'study.zip');
  writeFileSync(path, packed(given));
  expect(Object.keys(given).filter((name) => name !== '.DS_Store')).toHaveLength(1000);
  const { page, complaints } = await begun(wide);
  await page.setInputFiles('input[type=file]', path);
  await page.getByRole('button', { name: 'Search the file' }).click();
  // While the work goes on, file by file.
  await page.getByText(/^\d+ of 1000 files$/).waitFor({ timeout: 60_000 });
  await page.getByText(/^\d+ files: \d+ taken, \d+ not taken\.$/).waitFor();
  await page.getByRole('heading', { name: 'Decide what is removed' }).waitFor({ timeout: 240_000 });
  await page.getByText('1000 files: 996 taken, 4 not taken.').waitFor();
  const list = page.getByRole('list', { name: 'Files' });
  expect(await list.getByRole('listitem').count()).toBe(200);
  await page.getByText('1–200 of 1000').waitFor();
  await page.getByRole('button', { name: 'Later ones' }).click();
  await page.getByText('201–400 of 1000').waitFor();
  await page.getByRole('checkbox', { name: 'Show only files that were not taken' }).check();
  // The names are those that this window knows; the reasons are the service's.
  await list.getByText('more.zip').waitFor();
  expect(await list.getByRole('listitem').count()).toBe(4);
  await list.getByText('an archive within an archive').waitFor();
  await list.getByText('directory of a DICOM disc').waitFor();
  await page.locator('#page-1 pre').getByText('Roewood').first().waitFor({ timeout: 60_000 });
  expect(await violationsInBoth(page)).toEqual([]);
  await page.getByRole('button', { name: /show the result/ }).click();
  await page.getByRole('heading', { name: 'Look at every page' }).waitFor({ timeout: 240_000 });
  await page.getByText('Some files of the bundle were not taken').first().waitFor();
  await page.getByText('1000 files: 996 taken, 4 not taken.').waitFor();
  expect(await page.locator('#page-1 pre').innerText()).not.toContain('Roewood');
  expect(complaints).toEqual([]);
  expect(stage.product.output()).not.toMatch(/Roewood|letters\/|study\.zip/);
  await page.context().close();
}, 600_000);

it('a study whose search is stopped: the processes at it end, and it is taken again', async () => {
  // So many that the fastest machine is at them for longer than two presses take.
  const many = 3000;
  const path = join(stage.folder, 'stopped.zip');
  writeFileSync(path, packed(Object.fromEntries(Array.from({ length: many }, (_, at) => [`IM${at}`, slice(at)]))));
  const { page, complaints } = await begun(wide);
  await page.setInputFiles('input[type=file]', path);
  await page.getByRole('button', { name: 'Search the file' }).click();
  await page.getByText(new RegExp(`^\\d+ of ${many} files$`)).waitFor({ timeout: 60_000 });
  const before = childrenOf(stage.product.pid, scrubbingChild);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('button', { name: 'Stop the search' }).click();
  await page.getByRole('heading', { name: 'The search was stopped' }).waitFor({ timeout: 60_000 });
  const after = childrenOf(stage.product.pid, scrubbingChild);
  expect(before.filter((pid) => !after.includes(pid)).length).toBeGreaterThan(0);
  await page.setInputFiles('input[type=file]', path);
  await page.getByRole('button', { name: 'Search the file' }).click();
  await page.getByText(`${many} files: ${many} taken, 0 not taken.`).waitFor({ timeout: 240_000 });
  expect(complaints).toEqual([]);
  await page.context().close();
}, 400_000);

it('several files at once, on a phone: they become one bundle, each with its outcome under its own name', async () => {
  const { page, complaints } = await begun(phone);
  await page.setInputFiles('input[type=file]', [
    { name: 'Roewood.txt', mimeType: 'text/plain', buffer: Buffer.from(letter) },
    { name: 'IM1', mimeType: '', buffer: Buffer.from(slice(1)) },
    { name: 'IM2', mimeType: '', buffer: Buffer.from(slice(2)) },
    { name: 'old.doc', mimeType: 'application/msword', buffer: Buffer.from('d0cf11e0a1b11ae1', 'hex') },
  ]);
  await page.getByRole('button', { name: 'Search the file' }).click();
  await page.getByRole('heading', { name: 'Decide what is removed' }).waitFor({ timeout: 60_000 });
  expect(await noSideways(page)).toBe(true);
  await page.getByRole('button', { name: /show the result/ }).click();
  await page.getByRole('heading', { name: 'Look at every page' }).waitFor({ timeout: 60_000 });
  const list = page.getByRole('list', { name: 'Files' });
  await list.getByText('old.doc').waitFor();
  expect(await list.getByRole('listitem').count()).toBe(4);
  expect(await list.getByText('Roewood.txt').count()).toBe(1);
  const files = await attested(page);
  expect(Object.keys(files)).toEqual(['001.dcm', '002.dcm', '004.txt']);
  expect(Buffer.from(files['004.txt'] as Uint8Array).toString()).not.toContain('Roewood');
  const [one, two] = ['001.dcm', '002.dcm'].map((name) => readDicom(files[name] as Uint8Array).dataSet);
  if (!one || !two) throw new Error('the images are not there');
  // They stay one study.
  expect(stringOf(one, 0x0020000d)).toBe(stringOf(two, 0x0020000d));
  expect(stringOf(one, 0x00100010)).toBe('');
  expect(complaints).toEqual([]);
  await page.context().close();
}, 200_000);

it('a folder with what is in it and below', async () => {
  const root = join(stage.folder, 'CD');
  const given = { 'IMAGES/A/IM1': slice(1), 'IMAGES/B/IM1': slice(2), 'note.txt': letter, '.DS_Store': 'x' };
  for (const [path, content] of Object.entries(given)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  const { page, complaints } = await begun(wide);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose a folder' }).click(),
  ]);
  await chooser.setFiles(root);
  await page.getByRole('button', { name: 'Search the file' }).click();
  await page.getByRole('heading', { name: 'Decide what is removed' }).waitFor({ timeout: 60_000 });
  await page.getByText('3 files: 3 taken, 0 not taken.').waitFor();
  await page.getByRole('list', { name: 'Files' }).getByText('CD/IMAGES/B/IM1').waitFor();
  expect(stage.product.output()).not.toMatch(/IMAGES|note\.txt/);
  expect(complaints).toEqual([]);
  await page.context().close();
}, 120_000);
