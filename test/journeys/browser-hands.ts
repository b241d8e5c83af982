import { readFile } from 'node:fs/promises';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { Field, Form } from '../../bot/view.ts';
import { patient } from './sample-file.ts';
import { eventually } from './stage.ts';
import type { Hands } from './way.ts';

/** The local page in one browser window, in which one is each of the sample people in turn. */
export interface Window {
  readonly page: Page;
  /** Goes to a person's chat as one does: by the list of people. */
  readonly become: (name: string | RegExp) => Promise<void>;
  readonly hands: (name: string | RegExp) => Hands;
  /** Opens the Mailbox and the newest e-mail to the address whose subject matches; gives its text. Waits for it. */
  readonly letter: (address: string, subject: RegExp) => Promise<string>;
  readonly mailedCode: (address: string) => Promise<string>;
  /** The calendar files that can be downloaded from the Mailbox, with their recipients. */
  readonly invitations: () => Promise<readonly { readonly to: string; readonly ics: string }[]>;
  /** Goes through the upload page in a second tab: gives the PDF with what is known of the patient, removes what was found, looks at every page, attests, downloads, says that it is uploaded. */
  readonly upload: (address: string, file: Uint8Array) => Promise<Uint8Array>;
  /** What the browser complained of in any tab: a blocked style or script shows here. */
  readonly complaints: readonly string[];
}

/** Opens the local page at the address in a fresh context of the browser. */
export async function openWindow(context: BrowserContext, address: string): Promise<Window> {
  const complaints: string[] = [];
  context.on('console', (line) => ['error', 'warning'].includes(line.type()) && complaints.push(line.text()));
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  // The field names are the bot's; the page shows labels. What the server answered tells which field stands where.
  let form: Form | undefined;
  page.on('response', (response) => {
    if (/\/local\/people\/[^/]+\/(say|press|submit)$/.test(response.url()))
      void response.json().then(
        (outcome: { form?: Form }) => {
          form = outcome.form ?? form;
        },
        () => {},
      );
  });
  await page.goto(address);

  const choose = async (entry: Locator) => {
    const back = page.getByRole('button', { name: /^(Back to the list of people|All e-mails)$/ });
    await eventually(async () => {
      if (await entry.isVisible()) return true;
      if (await back.isVisible()) await back.click();
      return undefined;
    }, 'the list of people');
    if ((await entry.getAttribute('aria-current')) === null) await entry.click();
  };
  const entry = (name: string | RegExp) => page.locator('.sidebar .entry').filter({ hasText: name });
  const dialog = page.getByRole('dialog');
  const acted = async (act: (answered: Promise<unknown>) => Promise<void>) => {
    const answer = page.waitForResponse(/\/local\/people\/[^/]+\/(say|press|submit)$/);
    await act(answer);
    const outcome = (await (await answer).json()) as { form?: Form; errors?: unknown };
    form = outcome.form ?? form;
    return outcome;
  };
  const shown = (name: string | RegExp) => page.locator('.chat-head h1').filter({ hasText: name });
  const become = async (name: string | RegExp) => {
    if (await shown(name).isVisible()) return;
    await choose(entry(name).first());
    await shown(name).waitFor();
    await page.locator('.messages .message, .messages .empty').first().waitFor();
  };

  const hands = (name: string | RegExp): Hands => ({
    async says(text) {
      await become(name);
      await page.getByLabel(/^Message as/).fill(text);
      await acted(() => page.keyboard.press('Enter'));
    },
    async presses(label) {
      await become(name);
      const exact = new RegExp(`^${label}$`);
      const cards = page.locator('.message').filter({ has: page.locator('button', { hasText: exact }) });
      const button = cards.last().locator('button', { hasText: exact }).first();
      await button.waitFor();
      const yes = page.getByRole('button', { name: 'Yes, go on' });
      const outcome = await acted(async (answered) => {
        await button.click();
        const asked = await Promise.race([
          yes.waitFor().then(
            () => true,
            () => false,
          ),
          answered.then(() => false),
        ]);
        if (asked) await yes.click();
      });
      if (outcome.form) await dialog.waitFor();
    },
    async fills(values) {
      await dialog.waitFor();
      const fields = form?.fields ?? [];
      for (const [given, value] of Object.entries(values)) {
        const at = fields.findIndex((field) => field.name === given);
        const field = fields[at];
        if (!field) throw new Error(`No field ${given} in ${JSON.stringify(fields.map(({ name: one }) => one))}`);
        await fillIn(dialog.locator('.fields > .fui-Field').nth(at), field, value);
      }
      const { errors } = await acted(() => dialog.locator('button[type=submit]').click());
      if (errors) throw new Error(`Refused: ${JSON.stringify(errors)}`);
      await dialog.waitFor({ state: 'detached' });
    },
    async sees() {
      await become(name);
      const addresses = await page
        .locator('.messages a')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
      return [await page.locator('.messages').innerText(), ...addresses].join('\n');
    },
    async link(label) {
      await become(name);
      const link = page.locator('.messages a', { hasText: label }).last();
      // The address as the bot gave it, without what the browser adds to it.
      return (await link.getAttribute('href'))?.replace(/\/$/, '') ?? '';
    },
  });

  const mailbox = async () => {
    if (!(await page.locator('.letters').isVisible())) await choose(entry('Mailbox').first());
  };
  const letter = async (address: string, subject: RegExp) => {
    await mailbox();
    const found = page
      .locator('.letter-entry')
      .filter({ hasText: `To ${address}` })
      .filter({ hasText: subject });
    await found.first().waitFor();
    await found.first().click();
    const text = page.locator('.letter').filter({ hasText: subject });
    return text.innerText();
  };

  return {
    page,
    complaints,
    become,
    hands,
    letter,
    mailedCode: async (address) => /\b(\d{4} \d{4})\b/.exec(await letter(address, /your code/))?.[1] ?? '',
    async invitations() {
      await mailbox();
      const found = page.locator('.letter-entry').filter({ hasText: 'Invitation' });
      // The one who asked and the two experts: one that came later would move the list under the reader.
      await found.nth(2).waitFor();
      const all: { to: string; ics: string }[] = [];
      for (let at = 0; at < (await found.count()); at += 1) {
        if (at > 0) await mailbox();
        await eventually(async () => ((await found.nth(at).isVisible()) ? true : undefined), 'the list of e-mails');
        await found.nth(at).click();
        const open = page.locator('.letter');
        const to = /To (\S+)/.exec(await open.innerText())?.[1] ?? '';
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          open.getByRole('link', { name: /^Download/ }).click(),
        ]);
        all.push({ to, ics: await readFile(await download.path(), 'utf8') });
        const back = page.getByRole('button', { name: 'All e-mails' });
        if (await back.isVisible()) await back.click();
      }
      return all.reverse();
    },
    upload: (address, file) => throughTheUploadPage(context, address, file),
  };
}

async function fillIn(place: Locator, field: Field, value: string | readonly string[] | boolean): Promise<void> {
  const page = place.page();
  switch (field.kind) {
    case 'check':
      return place.getByRole('checkbox').setChecked(value === true);
    case 'choice': {
      const radio = place.locator(`input[type=radio][value="${String(value)}"]`);
      if ((await radio.count()) > 0) return radio.check();
      await place.locator('select').selectOption(String(value));
      return undefined;
    }
    case 'choices':
      for (const { value: one, label } of field.options)
        await place.getByRole('checkbox', { name: label }).setChecked((value as readonly string[]).includes(one));
      return undefined;
    case 'search': {
      const line = place.getByRole('combobox');
      await line.click();
      // The list is asked for a moment after the last key, and may be there before all keys are known to be pressed.
      const listed = page.waitForResponse(
        (response) => response.url().endsWith('/suggest') && response.request().postDataJSON().words === String(value),
      );
      await line.pressSequentially(String(value));
      // A dialog that has only just opened may take the focus to its first field between two keys.
      if ((await line.inputValue()) !== String(value)) await line.fill(String(value));
      await listed;
      await page.waitForTimeout(300);
      return page.getByRole('option').first().click();
    }
    default:
      return place.locator('input, textarea').first().fill(String(value));
  }
}

async function throughTheUploadPage(context: BrowserContext, address: string, file: Uint8Array): Promise<Uint8Array> {
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.setInputFiles('input[type=file]', {
    name: 'letter.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from(file),
  });
  await page.getByLabel('Names, one on each line').fill(patient.names.join('\n'));
  await page.getByLabel('Numbers, one on each line').fill(patient.numbers.join('\n'));
  await page.getByRole('button', { name: 'Search the file' }).click();
  await page.getByRole('heading', { name: 'Decide what is removed' }).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Remove them and show the result' }).click();
  await page.getByRole('heading', { name: 'Look at every page' }).waitFor({ timeout: 60_000 });
  await page.getByRole('heading', { name: 'What was removed unseen' }).waitFor();
  const seen = page.getByText(/^(The page was looked at|All \d+ pages looked at)$/).first();
  await eventually(async () => {
    if (await seen.isVisible()) return true;
    await page.mouse.wheel(0, 220);
    // A part of a page counts once it has stood in the window for a moment.
    await page.waitForTimeout(850);
    return undefined;
  }, 'every page looked at');
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: 'Attest and release' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the cleaned file' }).click(),
  ]);
  const scrubbed = await readFile(await download.path());
  await page.getByRole('button', { name: 'I uploaded it to CPMS' }).click();
  await page.getByRole('heading', { name: 'Done' }).waitFor();
  await page.close();
  return scrubbed;
}
