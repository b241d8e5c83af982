import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sentencesOf } from '../cli/words.ts';
import { linkNames } from '../domain/directory.ts';
import { deciders } from '../domain/entities.ts';
import { votes } from '../domain/meetings/polls.ts';
import { weeks } from '../domain/meetings/series-rule.ts';
import { roles } from '../domain/people.ts';
import { secondFactors } from '../domain/registration.ts';
import { topics } from '../domain/tickets.ts';
import { commands } from './commands.ts';
import { languages, wordsFor, wordsOf } from './words.ts';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** The sources of a folder, without its tests: path and text. */
function sourcesOf(folder: string): { readonly path: string; readonly text: string }[] {
  return readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/(?:\.test|testing)\.ts$|(?:^|\/)testing\//.test(name))
    .map((name) => ({ path: `${folder}${name}`, text: read(`${folder}${name}`) }));
}

const english = sentencesOf('en');
const namespaces = [...new Set([...english.keys()].map((key) => key.split(':')[0] as string))];
const said = (key: string) => english.has(key) || (english.has(`${key}_one`) && english.has(`${key}_other`));
const bot = sourcesOf('bot/');
const domain = sourcesOf('domain/');
const registrationStages = literalsOf('domain/registration.ts', 'RegistrationStage').filter(
  (stage) => stage !== 'none',
);

/** The members of a union of literals, as its source spells them: a stage that is added there is missed here at once. */
function literalsOf(path: string, type: string): string[] {
  const [, union = ''] = new RegExp(`export type ${type} =([^;]+);`).exec(read(path)) ?? [];
  const members = [...union.matchAll(/'([^']+)'/g)].map(([, member]) => member as string);
  if (members.length === 0) throw new Error(`${path} has no union ${type}`);
  return members;
}

/** The argument list that opens at `start`, up to its closing bracket, split at its commas. */
function argumentsAt(text: string, start: number): string[] {
  const parts = [''];
  let depth = 0;
  for (const sign of text.slice(start)) {
    if ('([{'.includes(sign)) depth += 1;
    if (')]}'.includes(sign)) depth -= 1;
    if (depth < 0 || (depth === 0 && sign === ';')) break;
    if (sign === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts;
}

/** Every refusal of the domain and the bot: its code, and what its sentence is given. */
function refusals(): { readonly code: string; readonly given: readonly string[]; readonly path: string }[] {
  return [...domain, ...bot].flatMap(({ path, text }) =>
    [...text.matchAll(/\brefuse\(|\brefused: (?=[^\n]*['"`])/g)].flatMap((match) => {
      const [code = '', second = ''] = argumentsAt(text, match.index + match[0].length);
      const given = [...second.matchAll(/(\w+)(?=\s*[:,}])|\b(params)\b/g)].map(([name]) => name);
      const codes = [...code.matchAll(/'([a-z-]+\.[a-z-]+)'/g)].map(([, found]) => found as string);
      const ofKinds = code.includes('${kind}.unknown') ? Object.keys(deciders).map((kind) => `${kind}.unknown`) : [];
      return [...codes, ...ofKinds].map((found) => ({ code: found, given, path }));
    }),
  );
}

/** The notices of the table, with the kind of entity that their event belongs to. */
function notices(): Map<string, string> {
  const found = new Map<string, string>();
  // The rows that several events share are the meetings', and stand before the table.
  let kind = 'meeting';
  for (const [, event, notice] of read('bot/outbox/notices.ts').matchAll(
    /^ {2}'([a-z-]+)': \[|\{\s*notice: '([a-z-]+)'/gm,
  )) {
    if (event) kind = kindOfEvent(event);
    if (notice) found.set(notice, kind);
  }
  return found;
}

function kindOfEvent(event: string): string {
  for (const { text } of domain) {
    const at = text.indexOf(`type: '${event}'`);
    const owner =
      at < 0 ? undefined : /\bexport type (\w+)Event =(?![\s\S]*\bexport type \w+Event =)/.exec(text.slice(0, at));
    // What a mailbox or a series tells is the meeting's; how a series stands is the series' own.
    const told = owner?.[1]?.toLowerCase().replace(/^(?:mailed|answered|occurrence|invited|takenoff)$/, 'meeting');
    if (told) return told.replace(/^standing$/, 'series');
  }
  throw new Error(`No entity has the event ${event}`);
}

/** What `paramsOf` gives the sentences of notices about an entity of this kind. */
function givenTo(kind: string): string[] {
  const source = read('bot/outbox/cards.ts');
  const [, block = ''] = new RegExp(`\\n  if \\(kind === '${kind}'\\) \\{([\\s\\S]*?)\\n  \\}`).exec(source) ?? [];
  return ['id', ...[...block.matchAll(/params\['(\w+)'\] =/g)].map(([, name]) => name as string)];
}

const paramsIn = (sentence: string) => [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name as string);

const dated = ['notified', 'submitted', 'approved', 'rejected'];
const situations = ['no-phone', 'new-phone', 'offline', 'sms'];

/** What stands in the holes of a template key, where a list of the domain or of the bot says it. */
const holes: Readonly<Record<string, readonly string[]>> = {
  'common:kinds.${kind}': literalsOf('bot/guard.ts', 'IdentityKind'),
  'common:links.${name}': linkNames,
  'meetings:doubts.${doubt}': literalsOf('domain/meetings/mailed-answers.ts', 'Doubt'),
  'meetings:doubts.${last.doubt}': literalsOf('domain/meetings/mailed-answers.ts', 'Doubt'),
  'common:roles.${role}': roles,
  'common:identifying.remove-${who.identity.platform}': ['slack', 'teams', 'web'],
  'desk:next.${next}': literalsOf('domain/tickets.ts', 'TicketStage'),
  'support:refer.${event.to}.title': literalsOf('domain/tickets.ts', 'Referral'),
  'desk:room.ways.${await wayTo(ports, state.requester)}': ['slack', 'teams', 'web', 'email'],
  'privacy:processors-${platform}': ['slack', 'teams', 'web'],
  'commands:${name}.usage': commands.map(({ name }) => name),
  'commands:${name}.help': commands.map(({ name }) => name),
  'registration:stages.${stage}': registrationStages,
  'registration:stages.${state.stage}': registrationStages,
  'registration:stages.${attempt.state.stage}': registrationStages,
  'status:${section.name}': ['decisions', 'cases', 'requests', 'polls', 'meetings', 'tickets'],
  'common:paging.${label}': ['newer', 'older'],
  'registration:waiting.${waitingKey(state)}': [
    ...registrationStages.filter((stage) => stage !== 'passed-on'),
    'account',
    'factor',
  ],
  'registration:factors.${value}': secondFactors,
  'registration:steps.${name}': ['lead', 'helpdesk', 'account', 'factor', 'ern-it', 'submit', 'approval'],
  'registration:intro.${step}': ['lead', 'helpdesk', 'account', 'notice'],
  "registration:proof.${state.proof ?? 'attested'}": ['attested', 'verified'],
  "registration:title.${state.stage === 'active' ? 'active' : 'way'}": ['active', 'way'],
  'registration:buttons.${action}': ['request', 'account', 'factor', 'sign-in', ...dated, 'again', 'withdraw'],
  'registration:as.${value}': ['clinician', 'assistant'],
  'registration:as.${state.as}': ['clinician', 'assistant'],
  'registration:buttons.${name}': dated,
  'registration:confirm.${action}': ['withdraw'],
  'registration:forms.${name}.title': dated,
  'registration:forms.${name}.intro': dated,
  'registration:forms.${name}.on': dated,
  'support:factors.${situation}': situations,
  'support:factors.${situation}-text': situations,
  'support:refer.${state.referredTo}.title': literalsOf('domain/tickets.ts', 'Referral'),
  'support:topics.${value}': topics,
  'support:topics.${state.topic}': topics,
  'support:stages.${stage}': literalsOf('domain/tickets.ts', 'TicketStage'),
  'support:stages.${state.stage}': literalsOf('domain/tickets.ts', 'TicketStage'),
  'support:refer.${to}.title': literalsOf('domain/tickets.ts', 'Referral'),
  'support:refer.${to}.text': literalsOf('domain/tickets.ts', 'Referral'),
  'status:request-stage.${stage}': literalsOf('domain/meetings/requests.ts', 'RequestStage'),
  "status:case-stage.${state.onHold ? 'on-hold' : state.stage}": [
    ...literalsOf('domain/cases.ts', 'CaseStage'),
    'on-hold',
  ],
  'desk:account.${state.account}': ['none', 'created', 'ready'],
  'desk:record.${value}': ['authorised', 'declined'],
  'desk:said.${message.kind}': ['message', 'reply', 'note'],
  'desk:queue.${list.name}': ['registration', 'request', 'poll', 'ticket', 'dead'],
  'desk:queue.filters.${other}': ['all', 'new', 'mine', 'waiting', 'undelivered'],
  'desk:queue.titles.${filter}': ['new', 'mine', 'waiting', 'undelivered'],
  'series:weeks.${rule.week}': weeks,
  'series:weekdays.${rule.weekday}': ['1', '2', '3', '4', '5', '6', '7'],
  'series:every.${rule.everyMonths}': ['1', '2', '3'],
  'polls:votes.${value}': votes,
  'polls:votes.${vote}': votes,
  'polls:votes.${mine}': votes,
  'polls:next.${state.stage}': literalsOf('domain/meetings/polls.ts', 'PollStage').filter((stage) => stage !== 'none'),
  'polls:desk.stages.${stage}': literalsOf('domain/meetings/polls.ts', 'PollStage').filter((stage) => stage !== 'none'),
  'polls:desk.stages.${state.stage}': literalsOf('domain/meetings/polls.ts', 'PollStage').filter(
    (stage) => stage !== 'none',
  ),
  'desk:buttons.${action}': ['assign', 'reply', 'note', 'refer', 'close'],
  'desk:forms.${action}': ['reply', 'note'],
  'desk:forms.${action}-text': ['reply', 'note'],
  'notices:${notice}.title': [...notices().keys()],
  'notices:${notice}.text': [...notices().keys()],
  "notices:cancel-reason.${typeof reason === 'string' ? reason : 'helpdesk'}": literalsOf(
    'domain/meetings/meeting.ts',
    'CancelReason',
  ),
};

/** Keys with a hole that the sources ask for; of nested templates the outer text alone. */
function templateKeys(): { readonly key: string; readonly path: string }[] {
  const prefix = new RegExp(`\`((?:${namespaces.join('|')}):(?:[^\`$]|\\$\\{[^{}\`]*\\})*\\$\\{[^\`]*)\``, 'g');
  return bot.flatMap(({ path, text }) =>
    [...text.matchAll(prefix)]
      .map(([, key = '']) => ({ key, path }))
      // 'desk:<platform>:<id>' names a row that is kept, and no words.
      .filter(({ key }) => !key.includes('}:')),
  );
}

describe('the words', () => {
  it('have a sentence for every key that the bot names', () => {
    const literal = new RegExp(`(wordedOptions\\(turn, )?'((?:${namespaces.join('|')}):[a-z0-9.-]+)'`, 'gi');
    const asked = bot.flatMap(({ path, text }) =>
      [...text.matchAll(literal)].map(([, options, key = '']) => ({ key, path, group: options !== undefined })),
    );
    expect(asked.length).toBeGreaterThan(200);
    const missing = asked.filter(({ key, group }) =>
      group ? ![...english.keys()].some((known) => known.startsWith(`${key}.`)) : !said(key),
    );
    expect(missing).toEqual([]);
  });

  it('know every namespace that the bot names', () => {
    const asked = bot.flatMap(({ path, text }) =>
      [...text.matchAll(/\bsay\(\s*(?:[^'"`()]*\? )?['`]([a-z]+):/g)].map(([, namespace]) => ({ namespace, path })),
    );
    expect(asked.length).toBeGreaterThan(200);
    expect(asked.filter(({ namespace }) => !namespaces.includes(namespace as string))).toEqual([]);
  });

  it('have a sentence for whatever may stand in the hole of a key', () => {
    const missing = Object.entries(holes).flatMap(([template, values]) =>
      values.map((value) => template.replace(/\$\{.*\}/, value)).filter((key) => !said(key)),
    );
    expect(missing).toEqual([]);
  });

  it('have at least one sentence for the shape of every other key with a hole', () => {
    const asked = templateKeys().filter(({ key }) => !(key in holes) && key !== 'refusals:${refusal.refused}');
    expect(asked.length).toBeGreaterThan(10);
    const unsaid = asked.filter(({ key }) => {
      const parts = key.split(/\$\{[^}]*\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      const shape = new RegExp(`^${parts.join('[a-z0-9_-]+')}(?:_one|_other)?$`);
      return ![...english.keys()].some((known) => shape.test(known));
    });
    expect(unsaid).toEqual([]);
  });

  it('expand only templates that the sources still have', () => {
    const asked = new Set(templateKeys().map(({ key }) => key));
    expect(Object.keys(holes).filter((template) => !asked.has(template))).toEqual([]);
  });

  it('say why for every refusal, under one plain key', () => {
    const all = refusals();
    expect(new Set(all.map(({ code }) => code)).size).toBeGreaterThan(90);
    // A plural pair alone is not found by `wordsFor`, which asks without a count.
    expect(all.filter(({ code }) => !english.has(`refusals:${code}`))).toEqual([]);
    const say = wordsOf('en');
    expect(wordsFor(say, { refused: 'date.in-the-future' })).toBe(english.get('refusals:date.in-the-future'));
    expect(wordsFor(say, { refused: 'no.such-code' })).toContain('no.such-code');
  });

  it('name in a refusal only what every such refusal gives', () => {
    const wrong = refusals()
      // The hours' parameters are gathered in a variable; hours.test.ts holds their names.
      .filter(({ given }) => !given.includes('params'))
      .map(({ code, given, path }) => ({
        code,
        path,
        unknown: paramsIn(english.get(`refusals:${code}`) ?? '').filter(
          // `code` is the refusal's own: a parameter of that name is written over.
          (name) => (name === 'code' ? given.includes('code') : !given.includes(name)),
        ),
      }))
      .filter(({ unknown }) => unknown.length > 0);
    expect(wrong).toEqual([]);
  });

  it('name in a notice only what the notices of its kind are given', () => {
    const table = notices();
    expect(table.size).toBeGreaterThan(30);
    const wrong = [...table].flatMap(([notice, kind]) =>
      ['title', 'text'].flatMap((part) =>
        paramsIn(english.get(`notices:${notice}.${part}`) ?? '')
          .filter((name) => !givenTo(kind).includes(name))
          .map((name) => ({ notice, kind, part, name })),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('have no empty sentence, and none that promises or borrows too much', () => {
    const all = languages.flatMap((language) => [...sentencesOf(language)]);
    expect(all.filter(([, sentence]) => sentence.trim() === '')).toEqual([]);
    expect(all.filter(([, sentence]) => /an[oó]n[iy]e?m|VASCERN logo/i.test(sentence))).toEqual([]);
    expect([...english].filter(([, sentence]) => /!|please note/i.test(sentence))).toEqual([]);
  });
});
