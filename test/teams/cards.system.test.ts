import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderCard } from '../../adapters/teams/cards.ts';
import { forDialog } from '../../adapters/teams/elements.ts';
import { renderForm } from '../../adapters/teams/form.ts';
import { cataloguedWords } from '../../adapters/teams/words.ts';
import type { Card, Form } from '../../bot/view.ts';
import { languages } from '../../bot/words.ts';
import { everythingIn } from '../everything.ts';
import { teamsCast } from '../journeys/cast.ts';
import { introduce } from '../journeys/hands.ts';
import { samplePdf } from '../journeys/sample-file.ts';
import { speaking } from '../journeys/speaking.ts';
import { openStage } from '../journeys/stage.ts';
import { walkTheWholeWay } from '../journeys/way.ts';
import { launch, violations } from '../web/browser.ts';
import { startTeamsWorld } from './driver.ts';
import { groundOf, hostConfig, type ThemeName } from './host-configs.ts';
import { pagesOf } from './rendered.ts';
import { elements, type Json } from './screen.ts';

const library = await readFile(
  createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js'),
  'utf8',
);
const words = cataloguedWords();
const long = 'Referenznetzwerksmitgliedsregistrierungsbestätigung '.repeat(6);

/** Cards that no journey comes by: everything at once, at its longest, and what people may type. */
const made = (): readonly Json[] => {
  const buttons = Array.from({ length: 13 }, (_, index) => ({
    label: `Ask the helpdesk about consent form ${index}`,
    action: 'x',
    ref: 'T-1',
  }));
  const card: Card = {
    title: long,
    tone: 'warning',
    body: [
      { kind: 'text', text: `${long}\n[a](https://evil.example) **b** <at>c</at> {{DATE(2026-01-01)}}` },
      { kind: 'note', text: 'x'.repeat(300) },
      {
        kind: 'facts',
        rows: [
          [long, long],
          ['T-7K3F9Q2M', 'https://bot.example/'.repeat(12)],
        ],
      },
      {
        kind: 'steps',
        steps: (['done', 'now', 'waiting', 'later', 'stopped'] as const).map((state) => ({
          state,
          label: long,
          detail: long,
        })),
      },
      { kind: 'list', items: [{ title: long, detail: long, buttons }] },
    ],
    buttons: [...buttons, { label: 'Delete', action: 'x', style: 'danger', confirm: long }],
  };
  const options = [
    { value: 'a', label: long },
    { value: 'b', label: 'B' },
  ];
  // Labels are ours: no word in them is longer than a German compound.
  const label = 'Registrierungsbestätigung '.repeat(6);
  const named = (name: string) => ({ name, label, hint: long });
  const form: Form = {
    form: 'f',
    title: long,
    intro: long,
    fields: [
      { ...named('line'), kind: 'line', value: long, placeholder: long },
      { ...named('text'), kind: 'text', value: long },
      { ...named('email'), kind: 'email' },
      { ...named('url'), kind: 'url' },
      { ...named('date'), kind: 'date', value: '2026-12-01' },
      { ...named('when'), kind: 'datetime', value: '2026-12-01T15:00' },
      { ...named('choice'), kind: 'choice', options, value: 'a' },
      { ...named('choices'), kind: 'choices', options, value: ['b'] },
      { ...named('search'), kind: 'search', source: 'expert', several: true, value: options },
      { ...named('check'), kind: 'check' },
    ],
    submit: 'Send',
    open: { label: 'Open', action: 'f' },
  };
  const errors = Object.fromEntries([['', long], ...form.fields.map(({ name }) => [name, long])]);
  const shown = renderForm(form, words, errors);
  return [...renderCard(card, words), shown, forDialog(shown)] as unknown as readonly Json[];
};

/** What every card on the way through registration, consent, a file and a meeting is, for people who chose another language where one is named. */
async function walked(language?: string): Promise<readonly Json[]> {
  const world = await startTeamsWorld();
  const stage = await openStage({
    ...world.settings,
    TEAMS_DESK_CONVERSATION: world.config.deskConversation,
  });
  try {
    world.connect(stage.url);
    const cast = teamsCast(world, (hands) => (language ? speaking(hands, language) : hands));
    if (language) for (const person of Object.values(cast)) await person.says(`language ${language}`);
    await introduce(cast, stage);
    await walkTheWholeWay({ ...cast, ...stage, file: samplePdf() });
    for (const command of [
      'help',
      'privacy',
      'language',
      'status',
      'case',
      'consent',
      'support',
      'meeting',
      'nonsense',
    ])
      await cast.clinician.says(command);
    await cast.helpdesk.says('cpms-desk queue');
    return [...world.screen.cards];
  } finally {
    await stage.close();
    world.stop();
  }
}

/** Every answer, form, notice and card of the helpdesk's channel in every language, with everything as long as it can be; each of another shape or other words once. */
async function everything(): Promise<readonly (readonly Json[])[]> {
  const all = languages.map(async (language) => {
    const found = new Map<string, Json>();
    const said = await everythingIn(language);
    for (const part of ['answers', 'notices', 'desk'] as const)
      for await (const { answer } of said[part]())
        for (const card of pagesOf(answer, language))
          found.set(JSON.stringify(card).replaceAll(/[A-Z]-[0-9A-Z]{8}|\d+/g, ''), card);
    return [...found.values()];
  });
  return Promise.all(all);
}

let cards: readonly Json[];
let longest: readonly (readonly Json[])[];
let browser: Browser;

beforeAll(async () => {
  const all = [...made(), ...(await walked()), ...(await walked('de'))];
  cards = [...new Map(all.map((card) => [JSON.stringify(card), card])).values()];
  longest = await everything();
  browser = await launch();
}, 240_000);
afterAll(() => browser?.close());

async function open(theme: ThemeName): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  const { ground, text } = groundOf(theme);
  await page.setContent(
    `<!doctype html><html lang="en"><title>Cards</title><style>body{margin:0;background:${ground};color:${text};color-scheme:${theme === 'light' ? 'light' : 'dark'}}
    button,input,textarea,select{max-width:100%;box-sizing:border-box;background:${ground};color:${text}} .ac-pushButton{white-space:normal;overflow-wrap:anywhere}</style><main></main></html>`,
  );
  await page.addScriptTag({ content: library });
  return page;
}

interface Shown {
  readonly title: string;
  /** What Microsoft's parser has against it. */
  readonly events: readonly string[];
  /** What stands outside of the card's width, or is cut by what it stands in. */
  readonly cut: readonly string[];
  readonly buttons: number;
  readonly inputs: number;
}

/** Parses a card strictly, renders it as Teams would, opens what opens in it, and measures what one sees. */
async function show(page: Page, card: Json, config: object): Promise<Shown> {
  const [shown] = await showAll(page, [card], config);
  if (!shown) throw new Error('Nothing was shown');
  return shown;
}

/** The same for several cards, one after the other. */
function showAll(page: Page, several: readonly Json[], config: object): Promise<readonly Shown[]> {
  return page.evaluate(
    ([all, host]) =>
      all.map((json) => {
        const { AdaptiveCards: library } = globalThis as unknown as {
          AdaptiveCards: {
            AdaptiveCard: new () => {
              hostConfig: unknown;
              parse(json: unknown, context: unknown): void;
              render(): HTMLElement;
              validateProperties(): { validationEvents: { message: string }[] };
            };
            HostConfig: new (json: unknown) => unknown;
            SerializationContext: new (
              version: unknown,
            ) => { eventCount: number; getEventAt(at: number): { message: string } };
            Versions: Record<string, unknown>;
          };
        };
        // 1.6 alone knows typeahead, which Teams shows in cards of 1.5 ('Dynamic typeahead search').
        const typeahead = JSON.stringify(json).includes('"choices.data"');
        const context = new library.SerializationContext(library.Versions[typeahead ? 'v1_6' : 'v1_5']);
        const parsed = new library.AdaptiveCard();
        parsed.hostConfig = new library.HostConfig(host);
        parsed.parse(json, context);
        const events = [
          ...Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message),
          ...parsed.validateProperties().validationEvents.map(({ message }) => message),
        ];
        const main = document.querySelector('main') as HTMLElement;
        main.replaceChildren(parsed.render());
        for (const button of main.querySelectorAll('button[aria-expanded=false]')) (button as HTMLElement).click();
        const cut = [...main.querySelectorAll<HTMLElement>('*')].flatMap((element) => {
          const { left, right, width } = element.getBoundingClientRect();
          if (width === 0 || element.matches('option, input, select, textarea')) return [];
          const hides = getComputedStyle(element).overflowX !== 'visible' || element.matches('button');
          const outside = left < -0.5 || right > innerWidth + 0.5;
          const clipped =
            hides && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
          return outside || clipped ? [`${element.className}: ${element.textContent?.slice(0, 60)}`] : [];
        });
        return {
          title: String((json as { fallbackText?: unknown }).fallbackText),
          events,
          cut,
          buttons: main.querySelectorAll('button').length,
          inputs: main.querySelectorAll('input, textarea, select').length,
        };
      }),
    [several, config] as const,
  );
}

/** What is wrong with how a card was shown; nothing where it is valid, whole, and all that one presses or fills in is there. */
function wrongWith(card: Json, { title, events, cut, buttons, inputs }: Shown): readonly string[] {
  const all = elements(card);
  const actions = all.filter(({ type }) => String(type).startsWith('Action.'));
  // Of the questions behind buttons one is open at a time.
  const questions = actions.filter(({ type }) => type === 'Action.ShowCard').length;
  // A list that is searched as one types holds its choices at the bot ('Dynamic typeahead search').
  const searched = all.some((one) => one['choices.data'] !== undefined);
  return [
    ...events.filter((event) => !(searched && event.includes('must have at least one choice'))),
    ...cut.map((what) => `cut: ${what}`),
    ...(buttons < actions.length - Math.max(0, questions - 1) ? ['a button is missing'] : []),
    ...(inputs < all.filter(({ type }) => String(type).startsWith('Input.')).length ? ['an input is missing'] : []),
  ].map((wrong) => `${title}: ${wrong}`);
}

describe.each(['light', 'dark', 'contrast'] as const)(
  "every card in Microsoft's own renderer, %s, 390 pixels",
  (theme) => {
    it('is valid, whole and readable', async () => {
      expect(cards.length).toBeGreaterThan(60);
      const page = await open(theme);
      for (const card of cards) {
        const shown = await show(page, card, hostConfig(theme));
        expect(wrongWith(card, shown)).toEqual([]);
      }
      // The contrast of words and grounds, on the two that hold everything and on a sample of the others.
      for (const card of cards.filter((_, index) => index < 6 || index % 10 === 0)) {
        await show(page, card, hostConfig(theme));
        const wrong = (await violations(page)).filter((one) => one.startsWith('color-contrast'));
        expect(wrong).toEqual([]);
      }
      await page.context().close();
    }, 120_000);

    it('is so with everything as long as it can be, in every language in turn', async () => {
      const themes = ['light', 'dark', 'contrast'];
      // A card of six languages comes by each theme twice.
      const own = longest.flatMap((of, language) => of.filter((_, at) => themes[(at + language) % 3] === theme));
      expect(own.length).toBeGreaterThan(500);
      const page = await open(theme);
      const wrong: string[] = [];
      for (let from = 0; from < own.length; from += 25) {
        const some = own.slice(from, from + 25);
        const shown = await showAll(page, some, hostConfig(theme));
        for (const [at, card] of some.entries()) wrong.push(...wrongWith(card, shown[at] as Shown));
      }
      expect([...new Set(wrong)]).toEqual([]);
      await page.context().close();
    }, 240_000);
  },
);
