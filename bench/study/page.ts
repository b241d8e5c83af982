import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { open as openFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Page } from 'playwright-core';
import { open, type ZipFile } from 'yauzl';
import { zipWriter } from '../../adapters/scrubbers/bundle/zip-writer.ts';
import { stringOf } from '../../adapters/scrubbers/dicom/data-set.ts';
import { readDicom } from '../../adapters/scrubbers/dicom/read.ts';
import { CT, dataSetOf, fileOf, pixels, words } from '../../adapters/scrubbers/dicom/testing/made.ts';
import { buildPages } from '../../adapters/web/build.ts';
import { childrenOf, scrubbingChild } from '../../test/processes.ts';
import { launch, lookAtAll, openPage, wide } from '../../test/web/browser.ts';
import { type Product, startProduct, toACase, uploadLink } from '../../test/web/product.ts';
import { slice } from '../dicom/study.ts';

const MB = 1_000_000;
const mb = (bytes: number) => `${(bytes / MB).toFixed(0)} MB`;
const WAIT = 3_600_000;

function resident(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Does a step of the way and tells the time that it took, what it gives, and the most memory meanwhile, by the numbers of the operating system. */
async function step({ pid }: Product, name: string, work: () => Promise<string>): Promise<void> {
  let [server, child, all] = [0, 0, 0];
  const timer = setInterval(() => {
    const children = childrenOf(pid, scrubbingChild).map(resident);
    const own = resident(pid);
    [server, child] = [Math.max(server, own), Math.max(child, ...children)];
    all = Math.max(
      all,
      children.reduce((sum, one) => sum + one, own),
    );
  }, 200);
  const began = performance.now();
  try {
    const told = await work();
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    const memory = `most memory: the server ${mb(server)}, a child ${mb(child)}, all together ${mb(all)}`;
    console.log(`${name} in ${seconds} s${told && `, ${told}`}; ${memory}`);
  } finally {
    clearInterval(timer);
  }
}

/** Bytes below a folder. */
function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .reduce((sum, one) => sum + statSync(join(one.parentPath, one.name)).size, 0);
}

/** Different sayings of how far it is, as they were seen, until the page is at `heading`. */
async function untilAt(page: Page, heading: string, seen: Set<string>): Promise<void> {
  const there = page.getByRole('heading', { name: heading });
  const goal = there.waitFor({ timeout: WAIT }).then(() => true);
  while (!(await Promise.race([goal, page.waitForTimeout(200).then(() => false)])))
    for (const said of await page.getByText(/^\d+ of \d+ (?:files|pages)$/).allInnerTexts()) seen.add(said);
}

const sayings = (seen: ReadonlySet<string>) => `${seen.size} sayings of how far`;

/** Gives a file on the page and waits until it is searched and what was found is removed. */
async function searched(page: Page, path: string, product: Product): Promise<void> {
  await step(product, 'sent', async () => {
    await page.setInputFiles('input[type=file]', path);
    const seen = new Set<string>();
    const here = page.getByText(/^The file is here/).first();
    while (!(await here.isVisible())) {
      for (const said of await page.getByText(/^Sending: \d+ %/).allInnerTexts()) seen.add(said);
      await page.waitForTimeout(100);
    }
    return sayings(seen);
  });
  await step(product, 'searched', async () => {
    await page.getByRole('button', { name: 'Search the file' }).click();
    const seen = new Set<string>();
    await untilAt(page, 'Decide what is removed', seen);
    return sayings(seen);
  });
  await step(product, 'applied', async () => {
    await page.getByRole('button', { name: /show the result/ }).click();
    const seen = new Set<string>();
    await untilAt(page, 'Look at every page', seen);
    return sayings(seen);
  });
}

/** Looks at every page of the result, attests and releases it, and has it downloaded. */
async function downloaded(page: Page, to: string, product: Product): Promise<void> {
  const all = page.getByText(/^(The page was|All \d+ pages) looked at$/).first();
  await step(product, 'looked at', async () => {
    while (!(await all.isVisible())) await lookAtAll(page);
    return all.innerText();
  });
  await step(product, 'attested and released', async () => {
    await page.getByRole('button', { name: 'Go to the attestation' }).click();
    for (const box of await page.locator('.boxes').getByRole('checkbox').all()) await box.check();
    await page.getByRole('button', { name: 'Attest and release' }).click();
    await page.getByRole('button', { name: 'Download the cleaned file' }).waitFor({ timeout: WAIT });
    return '';
  });
  await step(product, 'downloaded', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: WAIT }),
      page.getByRole('button', { name: 'Download the cleaned file' }).click({ timeout: WAIT }),
    ]);
    await download.saveAs(to);
    return mb(statSync(to).size);
  });
}

/** Whether a file is whole and says nothing of the patient. */
function isClean(file: Uint8Array, samples: number): boolean {
  const { dataSet } = readDicom(file);
  const data = dataSet.find(({ tag }) => tag === 0x7fe00010)?.bytes;
  return data?.length === samples && stringOf(dataSet, 0x00100010) === '' && !Buffer.from(file).includes('Roewood');
}

/** How many files of an archive are whole and clean. */
async function cleanIn(path: string, samples: number): Promise<number> {
  const zip = await new Promise<ZipFile>((resolve, reject) =>
    open(path, { lazyEntries: true }, (error, opened) => (opened ? resolve(opened) : reject(error))),
  );
  let clean = 0;
  const look = async (stream: Readable) => {
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    if (isClean(Buffer.concat(parts), samples)) clean++;
    zip.readEntry();
  };
  zip.on('entry', (entry) =>
    zip.openReadStream(entry, (error, stream) => {
      if (error) throw error;
      void look(stream);
    }),
  );
  zip.readEntry();
  await once(zip, 'end');
  return clean;
}

/** A study of so many slices of half a megabyte, as one archive. */
async function studyAt(path: string, slices: number): Promise<void> {
  const file = await openFile(path, 'wx');
  const writer = zipWriter(async (bytes) => {
    for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
  });
  for (let number = 0; number < slices; number++) await writer.add(`CT/IM${number}`, slice(number));
  await writer.end();
  await file.close();
}

const SIDE = 1000;
const loop = (frames: number) =>
  fileOf(
    dataSetOf(
      CT,
      words(0x00100010, 'Roewood^Jane'),
      ...pixels(SIDE, SIDE, frames, 1, (x, y, frame) => (x * 7 + y * 3 + frame) & 127),
    ),
  );

/**
 * Takes a study of so many megabytes through the upload page in Chromium, in front of the whole product: stopped once while it is sent, then to the download, which is read. Then one file of 90 MB, and one that is too large. Tells times,
 * memory, how often the page said how far it was, and what it says of what it does not take.
 */
export async function throughThePage(folder: string, megabytes: number): Promise<void> {
  await buildPages();
  const data = join(folder, 'data');
  mkdirSync(data);
  const product = await startProduct(data);
  const browser = await launch();
  try {
    const clinician = await toACase(product.url);
    const slices = Math.ceil(megabytes / 0.526);
    const study = join(folder, 'study.zip');
    await studyAt(study, slices);
    console.log(`a study of ${slices} slices, ${mb(statSync(study).size)}`);
    const begun = async () => {
      const { page } = await openPage(browser, await uploadLink(clinician), wide);
      await page.getByRole('button', { name: 'Continue' }).click();
      return page;
    };
    const page = await begun();
    await page.setInputFiles('input[type=file]', study);
    await page
      .getByText(/^Sending: [1-9]\d? %/)
      .first()
      .waitFor({ timeout: WAIT });
    // A busy machine sends all of it before a button stands still.
    await page.getByRole('button', { name: /^(?:Stop|Take another file)$/ }).click({ force: true });
    await page.locator('input[type=file]').first().waitFor({ state: 'attached' });
    const held = bytesIn(join(data, 'spool'));
    await page.waitForTimeout(3000);
    console.log(
      `stopped while it was sent: ${mb(held)} of it were held then, ${mb(bytesIn(join(data, 'spool')))} after 3 s`,
    );
    await searched(page, study, product);
    const out = join(folder, 'out.zip');
    await downloaded(page, out, product);
    console.log(`${await cleanIn(out, 512 * 512 * 2)} of ${slices} files whole and clean`);
    await page.context().close();

    const large = join(folder, 'loop.dcm');
    await writeFile(large, loop(90));
    console.log(`one file of ${mb(statSync(large).size)}`);
    const second = await begun();
    await searched(second, large, product);
    const single = join(folder, 'loop-out.dcm');
    await downloaded(second, single, product);
    console.log(isClean(readFileSync(single), 90 * SIDE * SIDE) ? 'whole and clean' : 'NOT whole and clean');
    await second.context().close();

    const third = await begun();
    await writeFile(large, loop(105));
    await third.setInputFiles('input[type=file]', large);
    console.log(
      `one of ${mb(statSync(large).size)}: ${(await third.getByRole('alert').last().innerText()).replace(/\s+/g, ' ')}`,
    );
  } finally {
    await browser.close();
    await product.close();
  }
}
