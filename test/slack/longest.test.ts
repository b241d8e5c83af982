import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { shortcuts } from '../../adapters/slack/incoming/shortcut-table.ts';
import { cardMessages, homeView } from '../../adapters/slack/outgoing/blocks.ts';
import { sentenceMessage } from '../../adapters/slack/outgoing/reply.ts';
import { filledForm } from '../../adapters/slack/windows/drafts.ts';
import { modal, modalLimits } from '../../adapters/slack/windows/modal.ts';
import { cataloguedWords } from '../../adapters/slack/words.ts';
import { noticeNames } from '../../bot/outbox/notices.ts';
import type { Card, Form } from '../../bot/view.ts';
import { languages, wordsOf } from '../../bot/words.ts';
import { type Everything, everythingIn, fullest, notices, type Said, textsOf } from '../everything.ts';
import { longest } from './cast.ts';
import { messageProblems, viewProblems } from './limits.ts';
import type { Json } from './screen.ts';

const said = Object.entries(
  JSON.parse(readFileSync(new URL('../../bot/locales/en/notices.json', import.meta.url), 'utf8')) as Json,
).flatMap(([name, words]) => (typeof words === 'object' && words !== null && 'title' in words ? [name] : []));

test('every notice that there is has a row', () => {
  expect(new Set(Object.keys(notices))).toEqual(new Set([...said, ...noticeNames]));
});

/** All that a reader sees of blocks, without white space. */
function shown(value: unknown): string {
  const texts: string[] = [];
  const look = (one: unknown): void => {
    if (Array.isArray(one)) one.forEach(look);
    else if (one !== null && typeof one === 'object')
      for (const [name, inner] of Object.entries(one)) {
        if (name === 'text' && typeof inner === 'string') texts.push(inner);
        else look(inner);
      }
  };
  look(value);
  return bare(texts.join(''));
}

const bare = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replaceAll(/[\s*]/g, '');

/** What Slack would refuse of a card, and what of it is not there. */
function cardProblems(card: Card, language: string): string[] {
  const words = cataloguedWords(language);
  const messages = cardMessages(card, words);
  const home = homeView(card, words);
  const [inMessages, inHome] = [shown(messages.map(({ blocks }) => blocks)), shown(home)];
  const cut = home.blocks.length === 100 ? [] : textsOf(card).filter((text) => !inHome.includes(bare(text)));
  return [
    ...messages.flatMap((message) => messageProblems({ ...message })),
    ...viewProblems({ ...home }),
    ...textsOf(card)
      .filter((text) => !inMessages.includes(bare(text)))
      .map((text) => `cut in the message: ${text}`),
    ...cut.map((text) => `cut in the home: ${text}`),
    ...(JSON.stringify(messages).includes('{{') ? [`a hole in ${card.title}`] : []),
  ];
}

async function formProblems(form: Form, language: string): Promise<string[]> {
  const words = cataloguedWords(language);
  const full = await filledForm(form, fullest(form), async (_, value) => ({ value, label: longest(200) }));
  const banner = [words.guarded, longest(2000), longest(2000)].join('\n');
  const view = modal(form, '{}', words);
  const there = shown(view);
  const texts = [form.title, form.intro ?? '', ...form.fields.flatMap(({ label, hint }) => [label, hint ?? ''])];
  return [
    ...viewProblems({ ...view }),
    ...viewProblems({ ...modal(full, '{}', words, { draft: true, banner, anew: true }) }),
    ...texts.filter((text) => !there.includes(bare(text))).map((text) => `cut in the form: ${text}`),
    ...(form.submit.length > modalLimits.button ? [`the button is cut: ${form.submit}`] : []),
  ];
}

describe.each(languages)('in %s, with everything as long as it can be', (language) => {
  let everything: Everything;

  beforeAll(async () => {
    everything = await everythingIn(language);
  });

  const problemsOf = async (said: AsyncGenerator<Said>): Promise<readonly string[]> => {
    const found = new Set<string>();
    for await (const { to, answer } of said) {
      const problems = (answer.cards ?? []).flatMap((card) => cardProblems(card, language));
      if (answer.form) problems.push(...(await formProblems(answer.form, language)));
      for (const problem of problems) found.add(`${to}: ${problem.slice(0, 200)}`);
    }
    return [...found];
  };

  test('every command, button and form is answered with what Slack takes whole, refusals included', async () => {
    expect(await problemsOf(everything.answers())).toEqual([]);
  }, 60_000);

  test('every notice arrives whole, at its reader and in the helpdesk’s channel', async () => {
    expect(await problemsOf(everything.notices())).toEqual([]);
  });

  test('every card of the helpdesk’s channel, and every word in a ticket’s thread', async () => {
    expect(await problemsOf(everything.desk())).toEqual([]);
  });

  test('the adapter’s own sentences', () => {
    const words = cataloguedWords(language);
    for (const sentence of Object.values(words)) expect(messageProblems({ ...sentenceMessage(sentence) })).toEqual([]);
    expect(words.narrow.replace('{{count}}', '100').length).toBeLessThanOrEqual(75);
    for (const title of [words.workingTitle, words.close, words.cancel])
      expect(title.length).toBeLessThanOrEqual(modalLimits.title);
    for (const button of [words.draftUse, words.draftDrop]) expect(button.length).toBeLessThanOrEqual(75);
    for (const word of [words.search, words.choose]) expect(word.length).toBeLessThanOrEqual(modalLimits.placeholder);
  });
});

test('the shortcuts are named within what a menu shows', () => {
  const say = wordsOf('en');
  for (const { id } of shortcuts) {
    expect(say(`manifest:shortcuts.${id}.name`).length).toBeLessThanOrEqual(30);
    expect(say(`manifest:shortcuts.${id}.description`).length).toBeLessThanOrEqual(150);
  }
});
