import { describe, expect, it } from 'vitest';
import { cardMessages, homeView } from '../../adapters/slack/blocks.ts';
import { modal } from '../../adapters/slack/modal.ts';
import { english } from '../../adapters/slack/words.ts';
import { queueFilters } from '../../bot/conversations/queue.ts';
import { createCast } from '../../bot/conversations/testing.ts';
import type { Answer } from '../../bot/interaction.ts';
import type { Card } from '../../bot/view.ts';
import { languages } from '../../bot/words.ts';
import type { PersonDetails } from '../../domain/people.ts';
import { many } from '../many.ts';
import { buttonsOf } from '../world.ts';
import { messageProblems, viewProblems } from './limits.ts';

/** What is wrong with the card on Slack; one with 'older' must be one message, whose place the next page takes. */
function problems(card: Card): string[] {
  const messages = cardMessages(card, english);
  return [
    ...messages.flatMap((message) => messageProblems({ ...message })),
    ...viewProblems({ ...homeView(card, english) }),
    ...(messages.length > 1 && buttonsOf(card).some(({ label }) => label === 'Older')
      ? [`'${card.title}' is ${messages.length} messages`]
      : []),
    ...(JSON.stringify(messages).includes(english.more) ? ['a list was cut'] : []),
  ];
}

/** The lists: how each is opened, and what its items' buttons carry. */
const lists: readonly (readonly [string, RegExp])[] = [
  ['case', /^C-\d{8}$/],
  ['consent', /^C-\d{8}$/],
  ['attach', /^C-\d{8}$/],
  ['meeting', /^[MQV]-\d{8}$/],
  ['support', /^T-\d{8}$/],
  ['decide.list', /^R-\d{8}$/],
  ['document.list', /^D-\d{8}$/],
  ['queue', /^[TQ]-\d{8}$/],
  ['schedule', /^Q-\d{8}$/],
  ['reschedule', /^M-\d{8}$/],
  ['cancel', /^M-\d{8}$/],
];

describe.each([0, 1, 100, 1000])('with %i of everything', (count) => {
  it('every list is walked to its end by its buttons, on cards that Slack takes', async () => {
    const cast = await createCast();
    await many(cast, count);
    const person = cast.person('everybody');
    const walk = async (name: string, ids: RegExp): Promise<number> => {
      const refs = new Set<string>();
      let answer: Answer =
        name === 'document.list' && count > 0
          ? await person.sends(name, 'C-00000000')
          : name.includes('.')
            ? await person.sends(name, '')
            : await person.says(name);
      for (let pages = 0; pages <= count; pages += 1) {
        const card = answer.cards?.at(-1);
        // A single case is shown or asked about at once.
        if (!card) return count;
        expect(problems(card)).toEqual([]);
        for (const button of buttonsOf(card))
          if ('action' in button && button.ref && ids.test(button.ref)) refs.add(button.ref);
        const older = buttonsOf(card).find((button) => button.label === 'Older');
        if (!older || !('action' in older)) break;
        answer = await person.sends(older.action, older.ref);
        expect(answer.replace).toBe(true);
      }
      return refs.size;
    };
    const found: Record<string, number> = {};
    for (const [name, ids] of lists) {
      if (count === 1000 && !['case', 'meeting', 'queue', 'document.list', 'decide.list'].includes(name)) continue;
      found[name] = await walk(name, ids);
    }
    const kinds: Readonly<Record<string, number>> = { meeting: 3, queue: 2 };
    for (const [name, seen] of Object.entries(found)) expect([name, seen]).toEqual([name, (kinds[name] ?? 1) * count]);
  }, 60_000);

  it('where one stands and App Home say how many there are', async () => {
    const cast = await createCast();
    await many(cast, count);
    const person = cast.person('everybody');
    const status = (await person.says('status')).cards?.at(-1);
    const queue = await cast.service.bot.home(person.who);
    const mine = (await person.sends('home.page', 'mine/meetings|5')).cards?.[0];
    for (const card of [status, queue]) expect(card && problems(card)).toEqual([]);
    const view = homeView(mine ?? queue, english);
    expect(viewProblems({ ...view })).toEqual([]);
    expect(JSON.stringify(view)).not.toContain(english.more);
    expect(view.blocks.length).toBeLessThanOrEqual(100);
    expect(JSON.stringify(status).includes(`1 to 5 of ${count}`)).toBe(count > 5);
  }, 60_000);
});

it.each(languages)('the helpdesk’s cards and the homes fit in %s, at the longest texts', async (language) => {
  const cast = await createCast({ rooms: true });
  const id = await many(cast, 12);
  const details = await cast.ports.store.person(id);
  const name = 'Prof. Dr. Wolfeschlegelsteinhausenbergerdorff-Ὀδυσσεύς '.repeat(4).trim().slice(0, 200);
  const value = { ...details, name, language, languageChosen: true } as PersonDetails;
  await cast.ports.store.commit({ appends: [], reads: [], outgoing: [], rows: [{ row: 'person', id, value }] });
  const person = cast.person('everybody');
  await person.submits('support.ask', 'other', { topic: 'eu-login', text: 'Donaudampfschifffahrt '.repeat(90) });
  const [ticket = ''] = /T-[0-9A-Z]{8}/.exec(JSON.stringify(person.seen)) ?? [];
  await person.submits('desk.reply', ticket, { text: 'ü'.repeat(2000), wait: true });
  for (let note = 0; note < 4; note += 1) await person.submits('desk.note', ticket, { text: 'word '.repeat(400) });
  await cast.deliver();
  const answers = [
    await person.says('status'),
    await person.sends('home.page', 'mine/cases|5'),
    await person.sends('desk.canned', ticket),
    await person.sends('desk.show', ticket),
    await person.sends('desk.history', `${ticket}|4`),
    ...(await Promise.all(queueFilters.map((filter) => person.sends('desk.queue', `${filter}|0`)))),
  ];
  const cards = [...answers.flatMap((answer) => answer.cards ?? []), ...cast.deskCards.values(), ...person.inbox];
  const said = [...cast.rooms.values()].flat();
  expect(said.length).toBeGreaterThan(4);
  for (const card of [...cards, ...said])
    expect(cardMessages(card, english).flatMap((message) => messageProblems({ ...message }))).toEqual([]);
  const forms = answers.flatMap(({ form }) => (form ? [modal(form, '', english)] : []));
  expect(forms).toHaveLength(1);
  for (const view of forms) expect(viewProblems({ ...view })).toEqual([]);
});

it('an offset that is forged or out of date shows the last page there is', async () => {
  const cast = await createCast();
  await many(cast, 12);
  const person = cast.person('everybody');
  for (const ref of ['|999999', '|11', '|19'])
    expect(JSON.stringify(await person.sends('case.list', ref))).toContain('11 to 12 of 12');
  for (const ref of ['|-5', '|1e9', 'x|y|z', '|'])
    expect(JSON.stringify(await person.sends('case.list', ref))).toContain('1 to 10 of 12');
});

it('the queue is the helpdesk’s alone, on every page and by every filter', async () => {
  const cast = await createCast();
  await many(cast, 12);
  for (const ref of ['', 'all|10', 'new|0', 'mine|0', 'undelivered|0'])
    expect((await cast.clinician.sends('desk.queue', ref)).cards?.[0]?.title).toBe('Not done');
  for (const action of ['scheduling.waiting', 'scheduling.coming'])
    expect((await cast.clinician.sends(action, 'move|0')).cards?.[0]?.title).toBe('Not done');
});
