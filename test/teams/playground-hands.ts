import type { Browser, BrowserContextOptions, Locator, Page, Response } from 'playwright-core';
import { eventually } from '../journeys/stage.ts';
import type { Hands } from '../journeys/way.ts';
import { elements, type Json } from './screen.ts';

/** The client's window of one person. */
export interface PlaygroundWindow {
  readonly page: Page;
  /** In the chat with the bot, where the newest stands below. */
  readonly hands: Hands;
  /** In the open channel, where the newest stands on top. */
  readonly channelHands: Pick<Hands, 'presses' | 'fills' | 'sees'>;
  /** Opens the chat with the bot, or a channel of the team by its name. */
  opens(conversation: 'Personal Chat' | 'Helpdesk'): Promise<void>;
  /** Writes into the open channel, mentioning the bot. */
  posts(text: string): Promise<void>;
}

/** Opens the client at its address in a context of its own, without its panel of logs, and waits until the bot has greeted. */
export async function openPlaygroundWindow(
  browser: Browser,
  address: string,
  options: BrowserContextOptions,
): Promise<PlaygroundWindow> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const forms = formsOf(page);
  await page.goto(address);
  await page.getByTitle('Hide log panel').click();
  await page.locator('.ac-preview-panel').last().waitFor();

  const card = (label: string) =>
    page.locator('.ac-preview-panel').filter({ has: page.locator(`button[aria-label=${quoted(label)}]:visible`) });
  const acted = async (act: () => Promise<void>, path: RegExp): Promise<Response> => {
    const [response] = await Promise.all([page.waitForResponse(path), act()]);
    // What the bot wrote meanwhile is on its way to the page.
    await page.waitForTimeout(250);
    return response;
  };

  const handsIn = (newest: (cards: Locator) => Locator): Hands => ({
    async says(text) {
      await page.getByRole('textbox').first().click();
      await page.keyboard.insertText(text);
      await acted(
        () => page.getByRole('button', { name: 'Send Message' }).click(),
        /\/conversations\/[^/]+\/messages$/,
      );
    },
    async presses(label) {
      const shown = newest(card(label));
      const buttons = (which: string) => shown.locator(`button[aria-label=${quoted(label)}]${which}:visible`);
      await buttons('').first().waitFor();
      if ((await buttons('').first().getAttribute('aria-expanded')) !== null) {
        await buttons('').first().click();
        // The question opens below the button, and has the button that counts.
        await buttons(':not([aria-expanded])').first().waitFor();
        await acted(() => buttons(':not([aria-expanded])').first().click(), /\/_conversation\/v1\/invoke$/);
      } else await acted(() => buttons('').first().click(), /\/_conversation\/v1\/invoke$/);
    },
    async fills(values) {
      const names = Object.keys(values);
      const inputs = await eventually(() => forms.unsent(names), `a form with ${names.join(', ')}`);
      const [heading] = inputs.flatMap(({ label }) => (typeof label === 'string' ? [label] : []));
      const label = page.locator('label[for]:visible', heading ? { hasText: heading } : {});
      const place = newest(page.locator('.ac-preview-panel').filter({ has: label }));
      for (const [name, value] of Object.entries(values))
        for (const input of inputs.filter(named(name))) await fillIn(place, input, value);
      const send = place.locator('.ac-pushButton-content.primary').last();
      forms.send();
      await acted(() => send.click(), /\/_conversation\/v1\/invoke$/);
      if (forms.unsent([])) throw new Error(`Refused: ${await place.innerText()}`);
    },
    async sees() {
      const addresses = forms.addresses();
      return [...(await page.locator('.ac-preview-panel').allInnerTexts()), ...addresses].join('\n');
    },
    link: async (label) => eventually(() => forms.link(label), `the link ${label}`),
  });

  return {
    page,
    hands: handsIn((cards) => cards.last()),
    channelHands: handsIn((cards) => cards.first()),
    async opens(conversation) {
      await page.getByRole('treeitem', { name: new RegExp(`${conversation}$`) }).click();
      await page.waitForTimeout(500);
    },
    async posts(text) {
      await page.getByRole('textbox').first().click();
      await page.keyboard.type('@C', { delay: 120 });
      await page
        .getByRole('option')
        .or(page.getByRole('menuitem'))
        .filter({ hasText: 'CPMS companion' })
        .first()
        .click();
      await page.keyboard.type(` ${text}`);
      await acted(() => page.getByRole('button', { name: 'Post' }).click(), /\/messages$/);
    },
  };
}

/** Fields are sent with a letter for their kind before their name. */
const named =
  (name: string) =>
  ({ id }: Json) =>
    String(id).slice(2) === name;

const quoted = (text: string) => JSON.stringify(text);

/** The cards that the client is told to show, from what its server sends to it: their inputs and links have no names on the page. */
function formsOf(page: Page) {
  const cards: Json[] = [];
  /** How many forms there were when the last was sent. */
  let sent = 0;
  const read = (text: string) => {
    const data: unknown = text.startsWith('{') ? JSON.parse(text) : undefined;
    const { action, message } = (data ?? {}) as { readonly action?: unknown; readonly message?: unknown };
    if (action === undefined && !text.includes('vnd.microsoft.card.adaptive')) return;
    if (typeof data === 'object' && data !== null && 'logAction' in data) return;
    cards.push(...elements(message ?? data).filter(({ type }) => type === 'AdaptiveCard'));
  };
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => read(String(payload)));
  });
  page.on('response', (response) => {
    if (response.url().endsWith('/_conversation/v1/invoke')) void response.text().then(read, () => undefined);
  });
  const inputsOf = (card: Json) => elements(card).filter(({ type }) => String(type).startsWith('Input.'));
  const forms = () => cards.map(inputsOf).filter((inputs) => inputs.length > 0);
  const links = () => cards.flatMap((card) => elements(card).filter(({ type }) => type === 'Action.OpenUrl'));
  return {
    /** The newest form, where it came after the last that was sent and has a field of each name. */
    unsent: (names: readonly string[]) => {
      const newest = forms().slice(sent).at(-1);
      return newest && names.every((name) => newest.some(named(name))) ? newest : undefined;
    },
    send: () => {
      sent = forms().length;
    },
    link: (label: string) => links().findLast(({ title }) => title === label)?.['url'] as string | undefined,
    addresses: () => links().map(({ url }) => String(url)),
  };
}

async function fillIn(place: Locator, input: Json, value: string | readonly string[] | boolean): Promise<void> {
  const page = place.page();
  const { type, label, isMultiSelect, style } = input;
  const choices = (input['choices'] ?? []) as readonly { readonly title: string; readonly value: string }[];
  if (type === 'Input.Toggle')
    return place.getByRole('checkbox', { name: String(input['title']) }).setChecked(value === true);
  const named = place
    .locator('label[for]')
    .filter({ hasText: String(label) })
    .first();
  if (type === 'Input.ChoiceSet' && style === 'expanded') {
    const group = isMultiSelect ? 'checkbox' : 'radio';
    for (const one of [value].flat())
      await place.getByRole(group, { name: choices.find((choice) => choice.value === one)?.title ?? '' }).check();
    return undefined;
  }
  const field = place.locator(`[id=${quoted((await named.getAttribute('for')) ?? '')}]`);
  if (type === 'Input.ChoiceSet') {
    const known = choices.find((choice) => choice.value === value || choice.title.includes(String(value)));
    if (!known) throw new Error(`No choice ${String(value)} in ${choices.map(({ title }) => title).join(', ')}`);
    await field.click();
    return page.getByRole('option', { name: known.title, exact: true }).first().click();
  }
  const [date = '', time = ''] = String(value).split('T');
  return field.fill(type === 'Input.Time' ? time : type === 'Input.Date' ? date : String(value));
}
