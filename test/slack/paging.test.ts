import { beforeAll, describe, expect, it } from 'vitest';
import { cardMessages, homeView } from '../../adapters/slack/outgoing/blocks.ts';
import { modal } from '../../adapters/slack/windows/modal.ts';
import { english } from '../../adapters/slack/words.ts';
import { queueFilters } from '../../bot/conversations/desk/queue.ts';
import { type Cast, createCast } from '../../bot/conversations/testing.ts';
import { answeredNames } from '../../bot/handlers.ts';
import type { Answer } from '../../bot/interaction.ts';
import type { Card } from '../../bot/view.ts';
import { languages } from '../../bot/words.ts';
import type { PersonDetails } from '../../domain/people.ts';
import { many, manyWithin } from '../many.ts';
import { buttonsOf, type Chatter } from '../world.ts';
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

/** The lists: how each is opened (a command, or a press with its reference), and what its items' buttons carry; how many, of `count`. */
const lists: readonly (readonly [open: string, ids: RegExp, many?: (count: number) => number])[] = [
  ['case', /^C-\d{8}$/],
  ['consent', /^C-\d{8}$/],
  ['attach', /^C-\d{8}$/],
  ['meeting', /^[MQV]-\d{8}$/, (count) => 3 * count],
  ['support', /^T-\d{8}$/],
  ['decide.list', /^R-\d{8}$/],
  ['document.list C-00000000', /^D-\d{8}$/],
  ['queue', /^[TQ]-\d{8}$/, (count) => 2 * count],
  ['desk.queue new|0', /^[TQ]-\d{8}$/, (count) => 2 * count],
  ['desk.queue waiting|0', /^V-\d{8}$/],
  ['desk.queue mine|0', /^[TQ]-\d{8}$/, () => 0],
  ['desk.queue undelivered|0', /^\d+$/],
  ['schedule', /^Q-\d{8}$/],
  ['reschedule', /^M-\d{8}$/],
  ['cancel', /^M-\d{8}$/],
  ['series', /^W-\d{8}$/],
  ['agenda.choose Q-AGENDA01', /^M-S\d{7}\|Q-AGENDA01$/],
];

/** Opens a list as `everybody`: by a typed command, or by a press with a reference. */
function opened(person: Chatter, open: string): Promise<Answer> {
  const [name = '', ref = ''] = open.split(' ');
  return name.includes('.') ? person.sends(name, ref) : person.says(name);
}

/** Presses the button to the next page until there is none, and gives every card on the way; from the first page with a jump to `from`, where that is given. */
async function walked(person: Chatter, first: Answer, label = 'Older', from?: number): Promise<readonly Card[]> {
  const cards: Card[] = [];
  for (let answer = first; ; ) {
    const card = answer.cards?.at(-1);
    if (!card) return cards;
    cards.push(card);
    const next = buttonsOf(card).find((button) => button.label === label);
    if (!next || !('action' in next)) return cards;
    const jump = from !== undefined && cards.length === 1;
    answer = await person.sends(next.action, jump ? next.ref?.replace(/\d+$/, String(from)) : next.ref);
    expect(answer.replace).toBe(true);
  }
}

const soak = Boolean(process.env['SOAK']);
const refsOf = (card: Card) => buttonsOf(card).flatMap((one) => ('action' in one && one.ref ? [one.ref] : []));

describe.each([0, 1, 100, 1000])('with %i of everything', (count) => {
  let cast: Cast;
  let person: Chatter;
  beforeAll(async () => {
    cast = await createCast();
    await manyWithin(cast, count, await many(cast, count));
    person = cast.person('everybody');
  }, 60_000);

  const walks = lists.map(([open, ids, of = (one: number) => one]) => ({ open, ids, of }));
  it.each(walks)(
    '$open is walked to its end by its buttons, on cards that Slack takes',
    async ({ open, ids, of }) => {
      // Of a thousand the long run walks every list to its end, this one three of them; of the others the first page and the last ones.
      const whole = count < 1000 || soak || ['case', 'queue', 'document.list C-00000000'].includes(open);
      const cards = await walked(person, await opened(person, open), 'Older', whole ? undefined : of(count) - 30);
      for (const card of cards) expect(problems(card)).toEqual([]);
      const refs = new Set(cards.flatMap(refsOf).filter((ref) => ids.test(ref)));
      // A single case is shown or asked about at once.
      if (count === 1 && ['consent', 'attach'].includes(open)) return;
      const few = Math.min(of(count), 30);
      expect(whole ? refs.size : refs.size >= few && refs.size <= few + 20).toBe(whole ? of(count) : true);
      const [, to, all] = /\d+ to (\d+) of (\d+)/.exec(JSON.stringify(cards.at(-1))) ?? [];
      expect(to).toBe(all);
    },
    60_000,
  );

  it('the parts of App Home are each walked to their end', async () => {
    const parts = { decisions: 'R', cases: 'C', requests: 'Q', polls: 'V', meetings: 'M', tickets: 'T' } as const;
    for (const [part, prefix] of Object.entries(parts)) {
      const seen = new Set<string>();
      for (let offset = 0; offset < Math.max(1, count); offset += 5) {
        if (count === 1000 && offset > 20 && offset < 980) continue;
        const card = (await person.sends('home.page', `mine/${part}|${offset}`)).cards?.at(-1);
        if (!card) throw new Error('no home');
        const view = homeView(card, english);
        expect([...viewProblems({ ...view }), JSON.stringify(view).includes(english.more)]).toEqual([false]);
        for (const ref of refsOf(card)) if (ref.startsWith(`${prefix}-0`)) seen.add(ref);
      }
      expect([part, seen.size >= Math.min(count, 40)]).toEqual([part, true]);
    }
  }, 60_000);

  it('a conversation of as many messages is turned back to its beginning, by either side', async () => {
    for (const action of ['desk.show', 'support.show']) {
      const cards = await walked(person, await person.sends(action, 'T-TALK0001'), 'Earlier messages');
      for (const card of cards) expect(problems(card)).toEqual([]);
      const said = cards.map((card) => JSON.stringify(card)).join('');
      for (const id of ['X-TALK0000', ...(count > 0 ? [`X-T${String(count - 1).padStart(7, '0')}`] : [])])
        expect(said).toContain(`Said as ${id}.`);
      expect(cards).toHaveLength(Math.ceil((count + 1) / 4));
    }
  }, 60_000);

  it('as many answers to one poll, guests and cases of one meeting, roles and attempts of one person are all there', async () => {
    const last = `Dr ${String(count - 1).padStart(8, '0')} Example`;
    for (const [action, ref] of [
      ['desk.show', 'V-VOTE0001'],
      ['poll.show', 'V-VOTE0001'],
      ['desk.show', 'M-CROWD001'],
      ['meeting.show', 'M-CROWD001'],
    ] as const) {
      const card = (await person.sends(action, ref)).cards?.at(-1);
      if (!card) throw new Error('no card');
      const messages = cardMessages(card, english);
      expect(messages.flatMap((message) => messageProblems({ ...message }))).toEqual([]);
      const said = JSON.stringify(messages);
      const desk = count > 0 && action === 'desk.show';
      const there = [
        ...(desk ? [last] : []),
        ...(count > 0 && ref === 'V-VOTE0001' ? [`X-V${String(count - 1).padStart(7, '0')}`] : []),
      ];
      expect(there.filter((one) => !said.includes(one))).toEqual([]);
      const cases = refsOf(card).filter((one) => one.startsWith('M-CROWD001|C-'));
      expect(cases).toHaveLength(desk && ref === 'M-CROWD001' ? count : 0);
    }
    const member = (await person.says('member everybody@saint-example.example')).cards?.at(-1);
    if (!member) throw new Error('no card');
    expect(problems(member)).toEqual([]);
    expect(JSON.stringify(member).includes('earlier')).toBe(count > 10);
  }, 60_000);

  it('where one stands and App Home say how many there are', async () => {
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

/** Whose answer is not a list of things, however many of one kind it names. */
const notLists = ['scheduling.plan'];

it('nothing that is answered is cut in silence: who lists things says which of how many', async () => {
  const count = 40;
  const cast = await createCast();
  await manyWithin(cast, count, await many(cast, count));
  const person = cast.person('everybody');
  const things = ['C', 'D', 'Q', 'M', 'V', 'T', 'R', 'W'].map((prefix) => `${prefix}-00000000`);
  const more = ['Q-AGENDA01', 'T-TALK0001', 'V-VOTE0001', 'M-CROWD001', 'R-OWN00001'];
  const silent: string[] = [];
  const look = (name: string, { cards = [] }: Answer) => {
    for (const card of cards) {
      const items = card.body.flatMap((block) => (block.kind === 'list' ? block.items : []));
      const refs = items.flatMap(({ buttons = [] }) =>
        buttons.flatMap((one) => ('ref' in one && one.ref ? [one.ref] : [])),
      );
      for (const prefix of new Set(refs.map((ref) => ref.slice(0, 2)))) {
        const seen = new Set(refs.filter((ref) => ref.startsWith(prefix)).map((ref) => ref.slice(0, 10))).size;
        const told = /\d+ to \d+ of \d+|earlier/.test(JSON.stringify(card));
        if (seen >= 5 && seen < count && !told && !notLists.includes(name))
          silent.push(`${name}: ${seen} of ${prefix}`);
      }
      silent.push(
        ...problems(card)
          .filter((problem) => !problem.includes('messages'))
          .map((one) => `${name}: ${one}`),
      );
    }
  };
  for (const name of answeredNames.commands) look(name, await person.says(name));
  // What ends a person, or moves hundreds of things, says nothing of lists.
  for (const name of answeredNames.presses.filter((one) => one !== 'privacy.forget'))
    for (const ref of ['', ...things, ...more]) look(name, await person.sends(name, ref));
  expect([...new Set(silent)]).toEqual([]);
}, 60_000);

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
