import { beforeAll, describe, expect, test } from 'vitest';
import { cardMessages, homeView } from '../../adapters/slack/blocks.ts';
import { modal, modalLimits } from '../../adapters/slack/modal.ts';
import { cataloguedWords } from '../../adapters/slack/words.ts';
import { type Cast, createCast } from '../../bot/conversations/testing.ts';
import type { Answer, What } from '../../bot/interaction.ts';
import { languages, wordsOf } from '../../bot/words.ts';
import { enterRoles, type RoleName, roles, type Thing, things } from './cast.ts';
import { messageProblems, viewProblems } from './limits.ts';
import { commandRows, pressRows } from './roles-table.ts';

/** What Slack would refuse of an answer in this language: its cards as messages, in a home and in the forms that it opens. */
function problems(answer: Answer, language: string): string[] {
  const words = cataloguedWords(language);
  const { form } = answer;
  return [
    ...(answer.cards ?? []).flatMap((card) => [
      ...cardMessages(card, words).flatMap((message) => messageProblems({ ...message })),
      ...viewProblems({ ...homeView(card, words) }),
    ]),
    ...(form
      ? [
          ...viewProblems({ ...modal(form, '{}', words) }),
          ...viewProblems({ ...modal(form, '{}', words, { draft: true, banner: words.guarded, anew: true }) }),
        ]
      : []),
  ];
}

describe.each(languages)('in %s', (language) => {
  let cast: Cast;
  let id: (role: RoleName) => string;
  let make: (thing: Thing) => Promise<string>;

  beforeAll(async () => {
    cast = await createCast();
    id = await enterRoles(cast);
    make = things({ cast, id });
    for (const role of roles) {
      const details = await cast.ports.store.person(id(role));
      if (!details) continue;
      const value = { ...details, language };
      await cast.ports.store.commit({
        appends: [],
        reads: [],
        rows: [{ row: 'person', id: id(role), value }],
        outgoing: [],
      });
    }
  });

  let keys = 0;
  const does = (role: RoleName, what: What): Promise<Answer> =>
    cast.service.bot.handle({
      key: `k${(keys += 1)}`,
      who: { identity: { platform: 'web', tenant: 'local', user: `web-${role}` }, language },
      where: { kind: 'private' },
      what,
    });

  /** Every answer, refusals too, to the first of each kind of person who gets it. */
  const answers = async (thing: Thing | undefined, row: string, act: (ref: string) => What): Promise<Answer[]> => {
    const tried = roles.filter((_, index) => row.indexOf(row[index] ?? '') === index);
    const given: Answer[] = [];
    for (const role of tried) given.push(await does(role, act(thing ? await make(thing) : '')));
    return given;
  };

  test('Slack takes what comes of every command, button and form, refusals included', async () => {
    const found: string[] = [];
    let forms = 0;
    const look = (name: string, given: readonly Answer[]) => {
      for (const answer of given) {
        if (answer.form) forms += 1;
        found.push(...problems(answer, language).map((problem) => `${name}: ${problem}`));
      }
    };
    for (const [text, thing, row] of commandRows) {
      const what = (ref: string): What => ({ kind: 'command', text: text.replace('*', ref), desk: true });
      look(text, await answers(thing, row, what));
    }
    for (const [action, thing, ref, row] of pressRows)
      look(action, await answers(thing, row, (one) => ({ kind: 'press', action, ref: ref.replace('*', one) })));
    look('file', [await does('stranger', { kind: 'file', files: ['F1'] })]);
    look('hello', [await does('stranger', { kind: 'hello' })]);
    for (const role of roles)
      look('home', [
        {
          cards: [
            await cast.service.bot.home({
              identity: { platform: 'web', tenant: 'local', user: `web-${role}` },
              language,
            }),
          ],
        },
      ]);
    expect(found).toEqual([]);
    expect(forms).toBeGreaterThan(30);
  }, 60_000);

  test('the adapter’s own words fit where they stand', () => {
    const words = cataloguedWords(language);
    for (const title of [words.workingTitle, words.close, words.cancel])
      expect(title.length).toBeLessThanOrEqual(modalLimits.title);
    for (const button of [words.draftUse, words.draftDrop]) expect(button.length).toBeLessThanOrEqual(75);
    for (const word of [words.search, words.choose]) expect(word.length).toBeLessThanOrEqual(modalLimits.placeholder);
  });

  test('no button by which a form is sent is cut', async () => {
    const cut: string[] = [];
    for (const [action, thing, ref, row] of pressRows)
      for (const { form } of await answers(thing, row, (one) => ({
        kind: 'press',
        action,
        ref: ref.replace('*', one),
      })))
        if (form && form.submit.length > modalLimits.button) cut.push(`${form.form}: ${form.submit}`);
    expect(cut).toEqual([]);
  });
});

test('the shortcuts are named within what a menu shows', () => {
  const say = wordsOf('en');
  for (const id of ['ask', 'request', 'message']) {
    expect(say(`manifest:shortcuts.${id}.name`).length).toBeLessThanOrEqual(30);
    expect(say(`manifest:shortcuts.${id}.description`).length).toBeLessThanOrEqual(150);
  }
});
