import { readFileSync } from 'node:fs';
import { roomCard, toldInRoom } from '../bot/conversations/desk/room-cards.ts';
import { createCast } from '../bot/conversations/testing.ts';
import type { Answer, What } from '../bot/interaction.ts';
import { type DirectoryFile, readDirectoryYaml } from '../bot/operators/directory-file.ts';
import { importDirectory } from '../bot/operators/directory-import.ts';
import { cardOf, deskCardOf } from '../bot/outbox/cards.ts';
import type { Card, Field, Form, Values } from '../bot/view.ts';
import { wordsOf } from '../bot/words.ts';
import type { Kind } from '../domain/entities.ts';
import { enterRoles, longest, type RoleName, roles, type Thing, things } from './slack/cast.ts';
import { commandRows, formRows, pressRows } from './slack/roles-table.ts';
import { buttonsOf } from './world.ts';

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
export const notices: Readonly<Record<string, Thing | 'consent' | 'directory'>> = {
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
  'poll-taken-up': 'poll',
  'poll-withdrawn': 'poll',
  'meeting-scheduled': 'meeting',
  'meeting-invited': 'meeting',
  'meeting-moved': 'meeting',
  'meeting-left': 'meeting',
  'meeting-agenda': 'meeting',
  'meeting-tomorrow': 'meeting',
  'meeting-soon': 'meeting',
  'meeting-over': 'past-meeting',
  'meeting-few-yet': 'meeting',
  'meeting-too-few': 'meeting',
  'meeting-hardly': 'meeting',
  'meeting-without': 'meeting',
  'meeting-how': 'held-meeting',
  'meeting-reviewed': 'held-meeting',
  'meeting-cancelled': 'meeting',
  'desk-meeting-stopped': 'meeting',
  'invite-bounced': 'meeting',
  'hour-suggested': 'meeting',
  'answer-doubted': 'meeting',
  'invite-commented': 'meeting',
  'answer-stray': 'directory',
  'mail-aside': 'directory',
  'mailbox-down': 'directory',
  'series-invited': 'series',
  'series-invited-anew': 'series',
  'series-changed': 'series',
  'series-left': 'series',
  'series-commented': 'series',
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

/** Something that the bot says, and what it was said to. */
export interface Said {
  readonly to: string;
  readonly answer: Answer;
}

/** Everything that the bot says in one language, with everything as long as it can be: a part of it at a time. */
export interface Everything {
  /** The answers to every command, button and form, refusals included. */
  answers(): AsyncGenerator<Said>;
  /** Every notice, for its reader and for the helpdesk's channel. */
  notices(): AsyncGenerator<Said>;
  /** Every card of the helpdesk's channel, and every word in a ticket's thread. */
  desk(): AsyncGenerator<Said>;
}

/** Enters somebody of each role, speaking this language, and whatever they can have, under the longest names. */
export async function everythingIn(language: string): Promise<Everything> {
  const say = wordsOf(language);
  const answers = Array.from({ length: 120 }, (_, index) => ({
    id: `answer-${index}`,
    topics: [],
    title: { en: longest(75) },
    text: { en: longest(1800) },
  }));
  const cast = await createCast({ rooms: true, settings: { answers } });
  await importDirectory(cast.ports, longDirectory(), false);
  const id = await enterRoles(cast, (role) => `${role} ${longest(190)}`);
  const make = things({ cast, id }, true);
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
  let keys = 0;
  const who = (role: RoleName) =>
    ({ identity: { platform: 'web', tenant: 'local', user: `web-${role}` }, language, zone: 'Europe/Paris' }) as const;
  const does = (role: RoleName, what: What): Promise<Answer> =>
    cast.service.bot.handle({ key: `k${(keys += 1)}`, who: who(role), where: { kind: 'private' }, what });
  /** Whoever is answered differently from the others before. */
  const tried = (row: string) => roles.filter((_, index) => row.indexOf(row[index] ?? '') === index);

  return {
    async *answers() {
      for (const [text, thing, row] of commandRows)
        for (const role of tried(row)) {
          const ref = thing ? await make(thing) : '';
          yield {
            to: text,
            answer: await does(role, { kind: 'command', text: text.replace('*', ref), desk: true }),
          };
        }
      for (const [action, thing, given, row] of pressRows)
        for (const role of tried(row)) {
          const ref = given.replace('*', thing ? await make(thing) : '');
          yield { to: action, answer: await does(role, { kind: 'press', action, ref }) };
        }
      for (const [form, thing, , , row, given = '*'] of formRows)
        for (const role of tried(row)) {
          const ref = given.replace('*', thing ? await make(thing) : '');
          yield { to: `${form}, sent`, answer: await does(role, { kind: 'submit', form, ref, values: {} }) };
        }
      for (const role of roles) {
        yield { to: 'home', answer: { cards: [await cast.service.bot.home(who(role))] } };
        yield { to: 'hello', answer: await does(role, { kind: 'hello' }) };
        yield { to: 'file', answer: await does(role, { kind: 'file', files: [`F-${role}`] }) };
        const text = 'Patient Marie Dupont, born 03.04.1971';
        yield { to: 'guarded', answer: await does(role, { kind: 'text', text }) };
      }
    },
    async *notices() {
      for (const [notice, about] of Object.entries(notices)) {
        const kind: Kind = kindOf[about];
        const ref = about === 'directory' ? 'directory' : await make(about === 'consent' ? 'case' : about);
        const trail = await cast.ports.store.trail(kind, ref);
        const version = String(trail.at(-1)?.version ?? 0);
        const trouble = {
          why: notice === 'mail-aside' ? 'too-large' : 'unreachable',
          when: '2027-01-31T09:00:00.000Z',
        };
        const payload = { notice, kind, id: ref, version, count: '1000', by: '2027-01-31', ...trouble };
        for (const reader of ['desk', id('member'), id('helpdesk')]) {
          const card = await cardOf(cast.ports, say, { ...payload, person: reader }, reader, 'Europe/Paris');
          yield { to: `notice ${notice}`, answer: { cards: [card] } };
        }
      }
    },
    async *desk() {
      for (const thing of thingNames) {
        const kind = kindOf[thing];
        const ref = await make(thing);
        if (!['case', 'document', 'stray'].includes(kind))
          for (const room of [false, true])
            yield {
              to: `card of ${thing}`,
              answer: { cards: [await deskCardOf(cast.ports, say, kind, ref, room)] },
            };
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
      const types = new Set<string>(told.map(({ event }) => event.type));
      const untold = toldInRoom.filter((type) => !types.has(type));
      if (untold.length > 0) throw new Error(`Nothing was said of ${untold.join(', ')}`);
      for (const { version } of told)
        for (const here of [true, false]) {
          const card = await roomCard(cast.ports, say, ticket, version, here);
          if (card) yield { to: `thread ${version}`, answer: { cards: [card] } };
        }
      for (const action of ['desk.history', 'support.history'])
        yield {
          to: action,
          answer: await does(action.startsWith('desk') ? 'helpdesk' : 'member', { kind: 'press', action, ref: ticket }),
        };
    },
  };
}

/** The longest that a person can put into each field. */
export function fullest({ fields }: Form): Values {
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

/** The sample directory with names as long as an operator's file may have them. */
function longDirectory(): DirectoryFile {
  const file = readDirectoryYaml(readFileSync(new URL('../cli/sample-directory.yaml', import.meta.url), 'utf8'));
  if (!('hcps' in file)) throw new Error('the sample directory has mistakes');
  const long = <T extends { readonly name: string }>(one: T): T => ({ ...one, name: `${one.name} ${longest(150)}` });
  return { ...file, hcps: file.hcps.map(long), groups: file.groups.map(long) };
}

/** The texts of a card: none of them may be missing in what a platform is sent. */
export function textsOf(card: Card): string[] {
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
