import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import {
  contentTypes,
  namespacesOf,
  packed,
  picture,
  relations,
  XML,
} from '../../adapters/scrubbers/office/testing/planted.ts';
import { lookAtAll, noSideways, openPage, phone, violationsInBoth } from './browser.ts';
import { planted } from './files.ts';
import { inChromium } from './in-chromium.ts';
import { uploadLink } from './product.ts';

/** A Word document through the upload page in Chromium, in front of the whole product: its pages are text, and then its pictures. */
const stage = inChromium('office');

/** A letter whose patient's name is split over five runs, with a comment, a hidden word and a photograph. */
async function letter(): Promise<Buffer> {
  const cut = [0, 2, 3, 5, 7, planted.name.length];
  const pieces = cut.slice(1).map((end, index) => planted.name.slice(cut[index], end));
  const run = (text: string, look = '') =>
    `<w:r>${look ? `<w:rPr>${look}</w:rPr>` : ''}<w:t xml:space="preserve">${text}</w:t></w:r>`;
  const image = `<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="600000"/><wp:docPr id="1" name="x" descr="DescribedSecret"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId2"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;
  return Buffer.from(
    packed({
      '[Content_Types].xml': contentTypes({
        'word/document.xml': 'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
      }),
      '_rels/.rels': relations(['rId1', 'officeDocument', 'word/document.xml']),
      'word/document.xml': `${XML}<w:document ${namespacesOf('w', 'r', 'wp', 'a', 'pic')}><w:body><w:p>${run('Seen today: ')}${pieces.map((piece) => run(piece)).join('')}${run(', who is well.')}${run('VanishedSecret', '<w:vanish/>')}</w:p><w:p>${image}</w:p></w:body></w:document>`,
      'word/_rels/document.xml.rels': relations(['rId2', 'image', 'media/image1.jpeg']),
      'word/media/image1.jpeg': await picture('CameraSecret'),
    }),
  );
}

it('on a phone: its text is marked, its picture shown, and what comes out is a Word document without the name', async () => {
  const { page, complaints } = await openPage(stage.browser, await uploadLink(stage.clinician), phone);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.setInputFiles('input[type=file]', {
    name: 'letter.docx',
    mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    buffer: await letter(),
  });
  await page.getByLabel('Names, one on each line').fill(planted.name);
  await page.getByRole('button', { name: 'Search the file' }).click();
  await page.getByRole('heading', { name: 'Decide what is removed' }).waitFor({ timeout: 60_000 });
  await page.locator('#page-1 pre').getByText('Seen today').waitFor();
  await page.locator('#page-1 [data-what^="finding"]').first().waitFor();
  // A mark may be written in pieces, as a name is here.
  expect((await page.locator('#page-1 [data-what^="finding"]').allInnerTexts()).join('')).toContain(planted.name);
  await page.locator('#page-2').scrollIntoViewIfNeeded();
  await page.locator('#page-2 img').waitFor();
  expect(await violationsInBoth(page)).toEqual([]);
  expect(await noSideways(page)).toBe(true);
  await page.getByRole('button', { name: 'Remove them and show the result' }).click();
  await page.getByRole('heading', { name: 'Look at every page' }).waitFor({ timeout: 60_000 });
  await page.locator('#page-1 pre').getByText('█████').waitFor();
  await lookAtAll(page);
  await page.locator('#page-2 img').waitFor();
  await page.getByRole('button', { name: 'Go to the attestation' }).click();
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: 'Attest and release' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the cleaned file' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.docx$/);
  const parts = unzipSync(await readFile(await download.path()));
  const text = Object.values(parts)
    .map((part) => strFromU8(part))
    .join('\n');
  expect(text).toContain('Seen today: ');
  expect(text).toContain(', who is well.');
  const words = [...planted.name.split(' '), 'DescribedSecret', 'VanishedSecret', 'CameraSecret'];
  expect(words.filter((word) => text.includes(word))).toEqual([]);
  expect(complaints).toEqual([]);
  await page.context().close();
}, 200_000);
