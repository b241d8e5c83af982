import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildPages } from '../../adapters/web/build.ts';
import french from '../../bot/locales/fr/pages.json' with { type: 'json' };
import { readConfig } from '../../config.ts';
import { type Running, start } from '../../main.ts';
import { launch } from '../web/browser.ts';
import { openWindow, type Window } from './browser-hands.ts';
import { judgeInvitations } from './judge.ts';
import { harmless, samplePdf } from './sample-file.ts';
import { until, walkTheWholeWay } from './way.ts';

const run = promisify(execFile);
const wide = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };

let browser: Browser;
let folder: string;
let server: Running;
let window: Window;

beforeAll(async () => {
  await buildPages();
  browser = await launch();
}, 60_000);
afterAll(() => browser?.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cpms-browser-'));
  server = await start(readConfig({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: process.env['TEST_LOG'] ?? 'error' }));
});
afterEach(async () => {
  await window?.page.context().close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(viewport: typeof wide): Promise<void> {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce', timezoneId: 'Europe/Brussels' });
  window = await openWindow(context, server.url);
}

/** What a reader that is not ours (poppler) finds in a PDF: its visible text and its details. */
async function read(name: string, file: Uint8Array): Promise<{ path: string; text: string; details: string }> {
  const path = join(folder, name);
  writeFileSync(path, file);
  const [text, details] = await Promise.all([run('pdftotext', [path, '-']), run('pdfinfo', [path])]);
  return { path, text: text.stdout.replaceAll(/\s+/g, ' ').trim(), details: details.stdout };
}

describe('the local page in Chromium', () => {
  it.each([
    ['wide', wide],
    ['on a phone', phone],
  ] as const)(
    '%s: the whole way, from a word to the invitation',
    async (_where, viewport) => {
      await open(viewport);
      const { scrubbed, invitations } = await walkTheWholeWay({
        clinician: window.hands('Clara Clinician'),
        lead: window.hands('Lotte Leadsma'),
        helpdesk: window.hands('Hanna Helpdesk'),
        administrator: window.hands('Aline Admin'),
        expert: window.hands('Erik Expert'),
        mailedCode: window.mailedCode,
        invitations: window.invitations,
        upload: window.upload,
        file: samplePdf(),
      });
      judgeInvitations(invitations, ['erik.expert@hopital-modele.example', 'eleni.experti@musterklinikum.example']);

      const [before, after] = [await read('before.pdf', samplePdf()), await read('after.pdf', scrubbed)];
      expect(before.details).toMatch(/^Author:/m);
      expect(after.details).not.toMatch(/^(Author|Creator|Title|Subject|Keywords):/m);
      expect(after.details).toMatch(/^Pages: +2$/m);
      expect(before.text).toMatch(/Beispiel.*4711/);
      expect(after.text).not.toMatch(/Beispiel|4711/);
      expect(after.text).toContain(harmless);
      // qpdf ends with an error on a damaged file, and with a warning on one that it had to mend.
      expect((await run('qpdf', ['--check', after.path])).stdout).toContain(
        'No syntax or stream encoding errors found',
      );
      expect(Buffer.from(scrubbed).includes('/Annots')).toBe(false);

      await window.become('Clara Clinician');
      expect(await window.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      expect(window.complaints).toEqual([]);
    },
    180_000,
  );

  it('a lead who is not in the chat decides by the link in the e-mail, once', async () => {
    await open(wide);
    const clinician = window.hands('Clara Clinician');
    const address = 'clara.clinician@hopital-modele.example';
    await clinician.says('register');
    await clinician.presses('Start my registration');
    await clinician.fills({ hcp: 'EXF-1', name: 'Clara Clinician', email: address });
    await clinician.says(await window.mailedCode(address));
    await until(clinician, 'Luc Modèle');

    await window.letter('luc.modele@hopital-modele.example', /Clara Clinician|authoris/i);
    const link = await window.page.locator('.letter a[href*="/d/"]').getAttribute('href');
    // Luc reads French, whatever the browser speaks.
    const page = await window.page.context().newPage();
    await page.goto(link ?? '');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Clara Clinician').waitFor();
    await page.getByRole('button', { name: french.decision.authorise, exact: true }).click();
    await page.getByRole('heading', { name: french.decision.outcome.authorised.title }).waitFor();
    expect(await until(clinician, 'has authorised')).toContain('the CPMS helpdesk');

    const again = await (await browser.newContext()).newPage();
    await again.goto(link ?? '');
    await again.getByRole('button', { name: 'Continue' }).click();
    await again.getByRole('alert').getByText(/used/).waitFor();
    await again.context().close();
  }, 90_000);

  it('the sign-in verifies account and second factor, by way of a real provider', async () => {
    await open(wide);
    const clinician = window.hands('Clara Clinician');
    const address = 'clara.clinician@saint-example.example';
    await clinician.says('register');
    await clinician.presses('Start my registration');
    await clinician.fills({ hcp: 'EXB-1', name: 'Clara Clinician', email: address });
    await clinician.says(await window.mailedCode(address));
    await clinician.presses('Verify with EU Login');
    const [page] = await Promise.all([
      window.page.context().waitForEvent('page'),
      window.page.getByRole('link', { name: /Sign in with EU Login/ }).click(),
    ]);
    await page.getByText('recorded for Clara Clinician').waitFor();
    await page.getByRole('link', { name: 'Continue to EU Login' }).click();
    await page.getByText('this is not EU Login').waitFor();
    await page.getByRole('button', { name: 'Sign in with a second factor' }).first().click();
    await page.getByText('EU Login has verified your account and your second factor').waitFor();
    await clinician.says('status');
    expect(await until(clinician, 'verified by EU Login')).toContain('You add a second factor');
  }, 90_000);
});
