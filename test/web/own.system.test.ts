import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually } from '../journeys/stage.ts';
import { narrow, noSideways, openPage, violationsInBoth, wide } from './browser.ts';
import { inChromium } from './in-chromium.ts';

/** The people's own pages on the local page, of the whole product: the home that Slack and the tab in Teams show. */
const stage = inChromium('own');

/** What somebody does in their chat. */
async function post(user: string, call: 'say' | 'submit', body: object): Promise<void> {
  const answered = await fetch(`${stage.product.url}/local/people/${user}/${call}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answered.status).toBe(200);
}

const asks = (user: string, text: string) =>
  post(user, 'submit', { form: 'support.ask', ref: 'other', values: { topic: 'other', text } });

const part = (page: Page, name: RegExp) => page.getByRole('region', { name });

describe.each([
  ['wide', wide],
  ['on a phone', narrow],
])('%s', (_name, options) => {
  it('a clinician sees where they stand, and goes from there and back', async () => {
    const { page, complaints } = await openPage(stage.browser, `${stage.product.url}/#chat/clinician`, options);
    await page.getByRole('button', { name: 'Own page' }).click();
    await part(page, /^Your registration$/)
      .getByText('Active')
      .first()
      .waitFor();
    const cases = part(page, /^Your cases$/);
    await cases.getByText(/Consent given\. \d+ file/).waitFor();
    expect(await noSideways(page)).toBe(true);
    expect(await violationsInBoth(page)).toEqual([]);
    await cases.getByRole('button', { name: /^Show/ }).click();
    await page.getByRole('heading', { name: /^Case/ }).waitFor();
    expect(await violationsInBoth(page)).toEqual([]);
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await cases.waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('the helpdesk sees its queue with filters and counts, which follows what happens', async () => {
    await asks('clinician', 'Where is the form?');
    const { page, complaints } = await openPage(stage.browser, `${stage.product.url}/#own/helpdesk`, options);
    await page.getByRole('button', { name: /^Taken by nobody \(\d+\)$/ }).click();
    await page.getByRole('heading', { name: 'Helpdesk queue: taken by nobody' }).waitFor();
    const count = async () =>
      Number(/\((\d+)\)/.exec(await page.getByRole('button', { name: /^All \(/ }).innerText())?.[1]);
    const before = await count();
    await asks('clinician', 'And the other one?');
    // One comes back to the window.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByRole('button', { name: `All (${before + 1})` }).waitFor();
    expect(await noSideways(page)).toBe(true);
    expect(await violationsInBoth(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

it('a lead decides where it waits for them', async () => {
  const email = 'erik.expert@saint-example.example';
  const values = { hcp: ['EXB-1'], name: 'Dr Erik Expert', email, as: 'clinician' };
  await post('expert-1', 'submit', { form: 'register.form', values });
  const code = await eventually(async () => {
    const mailbox = await fetch(`${stage.product.url}/local/mailbox`);
    const { letters } = (await mailbox.json()) as { letters: { to: string; text: string }[] };
    const found = letters.filter(({ to }) => to === email).map(({ text }) => /\b(\d{4} \d{4})\b/.exec(text)?.[1]);
    return found.find(Boolean);
  }, 'a code');
  await post('expert-1', 'say', { text: `code ${code}` });
  const { page } = await openPage(stage.browser, `${stage.product.url}/#own/lead`, wide);
  const decisions = part(page, /^Waits for your decision$/);
  await decisions.getByRole('button', { name: /^Authorise/ }).click();
  await page.locator('[role=alertdialog], [role=dialog]').getByRole('button', { name: /^Yes/ }).click();
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await page.getByText('Nothing waits for you').waitFor();
  expect(await decisions.count()).toBe(0);
  await page.context().close();
});
