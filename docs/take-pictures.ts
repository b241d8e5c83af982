import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFName, PDFString, StandardFonts } from 'pdf-lib';
import { chromium, type Page } from 'playwright-core';
import { buildPages } from '../adapters/web/build.ts';
import { readConfig } from '../config.ts';
import { start } from '../main.ts';
import { openWindow } from '../test/journeys/browser-hands.ts';
import { enrolACase } from '../test/journeys/way.ts';

/** Takes the README's pictures of the real local mode, walking a part of the way with its sample people; `npm run pictures`. */

const largest = 200_000;
const folder = mkdtempSync(join(tmpdir(), 'cpms-pictures-'));
await buildPages();
const server = await start(readConfig({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'error' }));
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});

async function take(page: Page, name: string): Promise<void> {
  const path = join(import.meta.dirname, 'pictures', name);
  // The pointer and the last press leave no mark.
  await page.mouse.move(0, 0);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.waitForTimeout(500);
  await page.screenshot({ path, animations: 'disabled' });
  const { size } = statSync(path);
  if (size > largest) throw new Error(`${name} has ${size} bytes, more than ${largest}`);
  process.stdout.write(`docs/pictures/${name}: ${Math.round(size / 1000)} kB\n`);
}

/** A letter on somebody who does not exist, with an author in its details and a comment for the scrub to remove. */
async function letter(): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  pdf.setAuthor('Clara Clinician');
  pdf.setTitle('Case summary');
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  const sheet = pdf.addPage([595, 842]);
  const lines = [
    'Letter on a fictitious patient',
    '',
    'Patient: Maria Beispiel, born 02.03.1961',
    'Hospital number 4711-0815, telephone +32 2 555 01 23',
    '',
    'Mrs Beispiel was seen on 12 March 2026 with her son Jonas.',
    'The aortic root is 45 mm wide, and stable since the last imaging.',
    'Losartan 50 mg once a day; no event in between.',
    '',
    'Question to the panel: when is the next imaging due, and which',
    'measure is to be followed between the visits?',
    '',
    'Dr Odile Marchand, University Hospital Saint Example',
  ];
  for (const [line, text] of lines.entries())
    sheet.drawText(text, { x: 56, y: 770 - line * 30, size: line === 0 ? 18 : 14, font });
  const comment = pdf.context.obj({ Type: 'Annot', Subtype: 'Text', Rect: [500, 740, 520, 760] });
  comment.set(PDFName.of('Contents'), PDFString.of('Ask the family'));
  sheet.node.set(PDFName.of('Annots'), pdf.context.obj([pdf.context.register(comment)]));
  return Buffer.from(await pdf.save());
}

/** Gives the letter at the upload page behind the link, and takes its review from where the letter begins. */
async function takeReview(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.setInputFiles('input[type=file]', {
    name: 'letter.pdf',
    mimeType: 'application/pdf',
    buffer: await letter(),
  });
  await page.getByLabel('Names, one on each line').fill('Maria Beispiel\nJonas Beispiel');
  await page.getByRole('button', { name: 'Search the file' }).click();
  await page.getByRole('heading', { name: 'Decide what is removed' }).waitFor({ timeout: 60_000 });
  await page.locator('.frame-of').first().waitFor();
  await page.locator('.tools').evaluate((tools) => tools.scrollIntoView({ behavior: 'instant' }));
  await take(page, name);
}

try {
  const options = { reducedMotion: 'reduce', colorScheme: 'light', timezoneId: 'Europe/Brussels' } as const;
  const context = await browser.newContext({ ...options, viewport: { width: 1280, height: 800 } });
  const window = await openWindow(context, server.url);
  const clinician = window.hands('Clara Clinician');
  const lead = window.hands('Lotte Leadsma');
  const administrator = window.hands('Aline Admin');
  const address = 'clara.clinician@saint-example.example';
  const { page } = window;

  await clinician.says('register');
  await clinician.presses('Start my registration');
  await clinician.fills({ hcp: 'Saint', name: 'Clara Clinician', email: address });
  await clinician.says(await window.mailedCode(address));
  await lead.presses('Authorise');

  // A first word in private, so that the channel shows work and no first notice.
  await window.hands('Hanna Helpdesk').says('status');
  await page.locator('.entry', { hasText: 'Helpdesk channel' }).click();
  await page.getByRole('button', { name: 'Take it' }).click();
  await page.getByRole('button', { name: 'Registration passed on' }).last().waitFor();
  await take(page, 'desk.png');
  await page.getByRole('button', { name: 'Registration passed on' }).last().click();
  await page.getByRole('button', { name: 'Yes, go on' }).click();
  await page.getByText('Passed on, waits for EU Login').first().waitFor();

  await clinician.says('status');
  await clinician.presses('I have an account');
  await clinician.presses('My second factor is ready');
  await clinician.fills({ method: 'app-qr' });
  await clinician.presses('The notice came');
  await clinician.fills({});
  await clinician.presses('I sent my request');
  await clinician.fills({});
  await page.getByText('It waits for the local administrator').waitFor();
  await take(page, 'local-1280.png');

  await administrator.presses('I approved this in CPMS');
  await administrator.fills({});
  await enrolACase({ clinician });

  const phone = await browser.newContext({ ...options, viewport: { width: 390, height: 844 } });
  const small = await openWindow(phone, server.url);
  await small.become('Clara Clinician');
  await take(small.page, 'phone-390.png');

  for (const [size, name] of [
    [context, 'review-1280.png'],
    [phone, 'review-390.png'],
  ] as const) {
    await clinician.says('attach');
    await takeReview(await size.newPage(), await clinician.link('Open the upload page'), name);
  }
} finally {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
