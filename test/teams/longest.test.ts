import { beforeAll, describe, expect, test } from 'vitest';
import type { Card } from '../../bot/view.ts';
import { languages } from '../../bot/words.ts';
import { type Everything, everythingIn, type Said, textsOf } from '../everything.ts';
import { buttonsOf } from '../world.ts';
import { pagesOf, shownOf } from './rendered.ts';
import { type Json, problems, wordsOf } from './screen.ts';

const bare = (text: string) => text.replaceAll(/[\s*]/g, '');

/** What a question, or a form above its fields, names beyond this is left out, with an ellipsis: the thing's own card has it. */
const longestQuestion = 900;
const longestIntro = 2900;

const questions = (cards: readonly Card[]): readonly string[] =>
  cards.flatMap(buttonsOf).flatMap((button) => ('confirm' in button && button.confirm ? [button.confirm] : []));

/** What Teams would refuse or cut of an answer, and what of it is not there. */
function problemsOf({ to, answer }: Said, language: string): readonly string[] {
  const found: string[] = [];
  const pages = pagesOf(answer, language);
  for (const content of pages) found.push(...problems({ attachments: [{ content }] }));
  // A long text goes over pages, each of which begins with the card's title.
  const once = pages.map((page, index) => (index === 0 ? page : withoutTitle(page)));
  // And it goes past the buttons of a page that it does not end on.
  const there = bare([...once.map((page) => wordsOf(page)), ...once.map(shownOf)].join(''));
  const { cards = [], form } = answer;
  const texts = [
    ...cards.flatMap(textsOf).filter((text) => text.length <= longestQuestion || !questions(cards).includes(text)),
    ...questions(cards).map((text) => text.slice(0, longestQuestion)),
    ...(form ? [form.title, (form.intro ?? '').slice(0, longestIntro)] : []),
    ...(form?.fields.flatMap(({ label, hint }) => [label, hint ?? '']) ?? []),
  ];
  for (const text of texts) if (!there.includes(bare(text))) found.push(`cut: ${text.slice(0, 120)}`);
  if (there.includes('{{')) found.push('a hole');
  return found.map((problem) => `${to}: ${problem}`);
}

function withoutTitle(page: Json): Json {
  return { ...page, body: (page['body'] as readonly Json[]).slice(1) };
}

describe.each(languages)('in %s, with everything as long as it can be', (language) => {
  let everything: Everything;

  beforeAll(async () => {
    everything = await everythingIn(language);
  });

  test.each(['answers', 'notices', 'desk'] as const)(
    '%s: Teams takes each of them, whole',
    async (part) => {
      const found = new Set<string>();
      let count = 0;
      for await (const said of everything[part]()) {
        count += 1;
        for (const problem of problemsOf(said, language)) found.add(problem);
      }
      expect([...found]).toEqual([]);
      expect(count).toBeGreaterThan(20);
    },
    60_000,
  );
});
