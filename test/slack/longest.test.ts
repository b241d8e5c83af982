import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { cardMessages, homeView } from '../../adapters/slack/blocks.ts';
import { filledForm } from '../../adapters/slack/drafts.ts';
import { modal, modalLimits } from '../../adapters/slack/modal.ts';
import { sentenceMessage } from '../../adapters/slack/reply.ts';
import { shortcuts } from '../../adapters/slack/shortcut-table.ts';
import { cataloguedWords } from '../../adapters/slack/words.ts';
import { roomCard, toldInRoom } from '../../bot/conversations/room-cards.ts';
import { type Cast, createCast } from '../../bot/conversations/testing.ts';
import type { Answer, What } from '../../bot/interaction.ts';
import { cardOf, deskCardOf } from '../../bot/notice-cards.ts';
import { noticeNames } from '../../bot/notices.ts';
import { type DirectoryFile, readDirectoryYaml } from '../../bot/operators/directory-file.ts';
import { importDirectory } from '../../bot/operators/directory-import.ts';
import type { Card, Field, Form, Values } from '../../bot/view.ts';
import { languages, wordsOf } from '../../bot/words.ts';
import type { Kind } from '../../domain/entities.ts';
import { buttonsOf } from '../world.ts';
import { enterRoles, longest, type RoleName, roles, type Thing, things } from './cast.ts';
import { messageProblems, viewProblems } from './limits.ts';
import { commandRows, formRows, pressRows } from './roles-table.ts';
import type { Json } from './screen.ts';

/** The kind of each thing. */
const kindOf: Readonly<Record<Thing | 'consent' | 'directory', Kind>> = {
  case: 'case',
  'draft-case': 'case',
  'consented-case': 'case',
  document: 'document',
  request: 'request',
  'questioned-request': 'request',
  meeting: 'meeting',
  'past-meeting': 'meeting',
  'held-meeting': 'meeting',
  ticket: 'ticket',
  'referred-ticket': 'ticket',
  'resolved-ticket': 'ticket',
  asked: 'registration',
  declined: 'registration',
  rejected: 'registration',
  authorised: 'registration',
  taken: 'registration',
  'passed-on': 'registration',
  'with-account': 'registration',
  'awaiting-ern-it': 'registration',
  notified: 'registration',
  submitted: 'registration',
  active: 'registration',
  poll: 'poll',
  series: 'series',
  stray: 'stray',
  consent: 'consent',
  directory: 'directory',
};
const thingNames = Object.keys(kindOf).filter((name): name is Thing => name !== 'consent' && name !== 'directory');

/** What each notice is about. Whatever is said in 'notices.json' needs a row. */
const notices: Readonly<Record<string, Thing | 'consent' | 'directory'>> = {
  'lead-decide': 'asked',
  'lead-reminder': 'asked',
  'lead-silent': 'asked',
  'desk-lead-silent': 'asked',
  'second-factor-missing': 'asked',
  authorised: 'authorised',
  declined: 'declined',
  'passed-on': 'passed-on',
  'awaiting-ern-it': 'awaiting-ern-it',
  'ern-it-silent': 'awaiting-ern-it',
  'desk-ern-it-silent': 'awaiting-ern-it',
  'cpms-decide': 'submitted',
  active: 'active',
  'member-active': 'active',
  rejected: 'rejected',
  'member-rejected': 'rejected',
  suspended: 'active',
  resumed: 'active',
  left: 'active',
  'consent-withdrawn': 'consent',
  'consent-expired': 'consent',
  'consent-due': 'consent',
  'form-superseded': 'consent',
  'form-ended': 'consent',
  'case-opened': 'case',
  'case-handed-over': 'case',
  'file-scrubbed': 'document',
  'file-refused': 'document',
  'request-question': 'questioned-request',
  'request-declined': 'questioned-request',
  'request-cancelled': 'request',
  'poll-asked': 'poll',
  'poll-started': 'poll',
  'poll-reminder': 'poll',
  'poll-hour-added': 'poll',
  'poll-countered': 'poll',
  'poll-complete': 'poll',
  'poll-closed': 'poll',
  'poll-turned-down': 'poll',
  'poll-withdrawn': 'poll',
  'meeting-scheduled': 'meeting',
  'meeting-invited': 'meeting',
  'meeting-moved': 'meeting',
  'meeting-agenda': 'meeting',
  'meeting-tomorrow': 'meeting',
  'meeting-soon': 'meeting',
  'meeting-over': 'past-meeting',
  'meeting-few-yet': 'meeting',
  'meeting-too-few': 'meeting',
  'meeting-hardly': 'meeting',
  'meeting-how': 'held-meeting',
  'meeting-reviewed': 'held-meeting',
  'meeting-cancelled': 'meeting',
  'desk-meeting-stopped': 'meeting',
  'invite-bounced': 'meeting',
  'hour-suggested': 'meeting',
  'answer-doubted': 'meeting',
  'answer-stray': 'directory',
  'mail-aside': 'directory',
  'mailbox-down': 'directory',
  'series-invited': 'series',
  'series-invited-anew': 'series',
  'series-changed': 'series',
  'series-left': 'series',
  'series-over': 'series',
  'series-hour-suggested': 'series',
  'series-answer-doubted': 'series',
  'series-invite-bounced': 'series',
  'ticket-added': 'ticket',
  'ticket-reply': 'ticket',
  'ticket-referred': 'referred-ticket',
  'ticket-helped': 'referred-ticket',
  'ticket-resolved': 'resolved-ticket',
  'desk-stray-left': 'stray',
};

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

/** The texts of a card: none of them may be missing in what Slack is sent. */
function textsOf(card: Card): string[] {
  const ofBody = card.body.flatMap((block) => {
    if (block.kind === 'heading' || block.kind === 'text' || block.kind === 'note') return [block.text];
    if (block.kind === 'facts') return block.rows.flat();
    if (block.kind === 'steps') return block.steps.flatMap(({ label, detail }) => [label, detail ?? '']);
    return block.items.flatMap(({ title, detail }) => [title, detail ?? '']);
  });
  const ofButtons = buttonsOf(card).flatMap((button) => [
    button.label,
    ...('confirm' in button && button.confirm ? [button.confirm] : []),
  ]);
  return [card.title, ...ofBody, ...ofButtons];
}

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

/** The longest that a person can put into each field. */
function fullest({ fields }: Form): Values {
  const value = (field: Field): Values[string] => {
    if (field.kind === 'line' || field.kind === 'text') return longest(Math.min(field.max ?? 3000, 3000));
    if (field.kind === 'email') return `${'a'.repeat(64)}@${'b'.repeat(180)}.example`;
    if (field.kind === 'url') return `https://meet.example/${'x'.repeat(450)}`;
    if (field.kind === 'choices') return field.options.map((option) => option.value);
    if (field.kind === 'choice') return field.options.at(-1)?.value;
    if (field.kind === 'search') return field.several ? Array.from({ length: 30 }, (_, index) => `v${index}`) : ['v'];
    if (field.kind === 'datetime') return '2027-04-05T10:00';
    return field.kind === 'date' ? '2027-04-05' : undefined;
  };
  return Object.fromEntries(fields.map((field) => [field.name, value(field)]));
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

/** The sample directory with names as long as an operator's file may have them. */
function longDirectory(): DirectoryFile {
  const file = readDirectoryYaml(readFileSync(new URL('../../cli/sample-directory.yaml', import.meta.url), 'utf8'));
  if (!('hcps' in file)) throw new Error('the sample directory has mistakes');
  const long = <T extends { readonly name: string }>(one: T): T => ({ ...one, name: `${one.name} ${longest(150)}` });
  return { ...file, hcps: file.hcps.map(long), groups: file.groups.map(long) };
}

describe.each(languages)('in %s, with everything as long as it can be', (language) => {
  const say = wordsOf(language);
  let cast: Cast;
  let id: (role: RoleName) => string;
  let make: (thing: Thing) => Promise<string>;

  beforeAll(async () => {
    const settings = {
      answers: Array.from({ length: 120 }, (_, index) => ({
        id: `answer-${index}`,
        topics: [],
        title: { en: longest(75) },
        text: { en: longest(1800) },
      })),
    };
    cast = await createCast({ rooms: true, settings });
    await importDirectory(cast.ports, longDirectory(), false);
    id = await enterRoles(cast, (role) => `${role} ${longest(190)}`);
    make = things({ cast, id }, true);
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
  const who = (role: RoleName) =>
    ({ identity: { platform: 'web', tenant: 'local', user: `web-${role}` }, language, zone: 'Europe/Paris' }) as const;
  const does = (role: RoleName, what: What): Promise<Answer> =>
    cast.service.bot.handle({ key: `k${(keys += 1)}`, who: who(role), where: { kind: 'private' }, what });
  const found: string[] = [];
  const look = async (name: string, { cards = [], form }: Answer): Promise<void> => {
    const problems = cards.flatMap((card) => cardProblems(card, language));
    if (form) problems.push(...(await formProblems(form, language)));
    found.push(...problems.map((problem) => `${name}: ${problem.slice(0, 200)}`));
  };
  /** Whoever is answered differently from the others before. */
  const tried = (row: string) => roles.filter((_, index) => row.indexOf(row[index] ?? '') === index);

  test('every command, button and form is answered with what Slack takes whole, refusals included', async () => {
    for (const [text, thing, row] of commandRows)
      for (const role of tried(row)) {
        const ref = thing ? await make(thing) : '';
        await look(text, await does(role, { kind: 'command', text: text.replace('*', ref), desk: true }));
      }
    for (const [action, thing, given, row] of pressRows)
      for (const role of tried(row)) {
        const ref = given.replace('*', thing ? await make(thing) : '');
        await look(action, await does(role, { kind: 'press', action, ref }));
      }
    for (const [form, thing, , , row, given = '*'] of formRows)
      for (const role of tried(row)) {
        const ref = given.replace('*', thing ? await make(thing) : '');
        await look(`${form}, sent`, await does(role, { kind: 'submit', form, ref, values: {} }));
      }
    for (const role of roles) {
      await look('home', { cards: [await cast.service.bot.home(who(role))] });
      await look('hello', await does(role, { kind: 'hello' }));
      await look('file', await does(role, { kind: 'file', files: [`F-${role}`] }));
      await look('guarded', await does(role, { kind: 'text', text: 'Patient Marie Dupont, born 03.04.1971' }));
    }
    expect([...new Set(found.splice(0))]).toEqual([]);
  }, 60_000);

  test('every notice arrives whole, at its reader and in the helpdesk’s channel', async () => {
    for (const [notice, about] of Object.entries(notices)) {
      const kind: Kind = kindOf[about];
      const ref = about === 'directory' ? 'directory' : await make(about === 'consent' ? 'case' : about);
      const trail = await cast.ports.store.trail(kind, ref);
      const version = String(trail.at(-1)?.version ?? 0);
      const trouble = { why: notice === 'mail-aside' ? 'too-large' : 'unreachable', when: '2027-01-31T09:00:00.000Z' };
      const payload = { notice, kind, id: ref, version, count: '1000', by: '2027-01-31', ...trouble };
      for (const reader of ['desk', id('member'), id('helpdesk')]) {
        const card = await cardOf(cast.ports, say, { ...payload, person: reader }, reader, 'Europe/Paris');
        await look(`notice ${notice}`, { cards: [card] });
      }
    }
    expect([...new Set(found.splice(0))]).toEqual([]);
  });

  test('every card of the helpdesk’s channel, and every word in a ticket’s thread', async () => {
    for (const thing of thingNames) {
      const kind = kindOf[thing];
      const ref = await make(thing);
      if (!['case', 'document', 'stray'].includes(kind))
        for (const room of [false, true])
          await look(`card of ${thing}`, { cards: [await deskCardOf(cast.ports, say, kind, ref, room)] });
    }
    const ticket = await make('ticket');
    const text = longest(1990);
    await does('helpdesk', { kind: 'press', action: 'desk.assign', ref: ticket });
    for (const form of ['desk.reply', 'desk.note'])
      await does('helpdesk', { kind: 'submit', form, ref: ticket, values: { text, wait: true } });
    await does('member', { kind: 'submit', form: 'support.add', ref: ticket, values: { text } });
    await does('helpdesk', { kind: 'press', action: 'desk.refer-eu-login', ref: ticket });
    await does('member', { kind: 'press', action: 'support.not-helped', ref: ticket });
    await does('helpdesk', { kind: 'press', action: 'desk.close', ref: ticket });
    await does('member', { kind: 'press', action: 'support.reopen', ref: ticket });
    const trail = await cast.ports.store.trail('ticket', ticket);
    const told = trail.filter(({ event }) => toldInRoom.some((type) => type === event.type));
    expect(new Set(told.map(({ event }) => event.type))).toEqual(new Set(toldInRoom));
    for (const { version } of told)
      for (const here of [true, false]) {
        const card = await roomCard(cast.ports, say, ticket, version, here);
        if (card) await look(`thread ${version}`, { cards: [card] });
      }
    for (const action of ['desk.history', 'support.history'])
      await look(
        action,
        await does(action.startsWith('desk') ? 'helpdesk' : 'member', { kind: 'press', action, ref: ticket }),
      );
    expect([...new Set(found.splice(0))]).toEqual([]);
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
