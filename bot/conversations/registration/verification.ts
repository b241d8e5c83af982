import type { RowWrite } from '../../../domain/memory-ports.ts';
import { type Actor, type PersonDetails, system } from '../../../domain/people.ts';
import { claimInvite, newCode, type Pending, pendingOf, tryCode, usedUp } from '../../codes.ts';
import type { Step } from '../../execute.ts';
import type { Answer } from '../../interaction.ts';
import { suggest } from '../../suggest.ts';
import { type Conversation, card, Ended, end, fieldErrors, listOf, type Turn, textOf } from '../../turn.ts';
import type { Card, Form, Values } from '../../view.ts';
import { actorOf, chosenLanguage } from '../../who.ts';
import { statusCard } from '../own/status.ts';
import { ownRegistration } from './registration.ts';

const nameLength = 120;
const address = /^[^\s@<>,;"']+@[^\s@<>,;"']+\.[^\s@<>,;"']{2,}$/;

/** The one form of the registration: which hospital, who, where the code is mailed to. While a code is waited for it holds what was filled in. */
export async function applicationForm(turn: Turn): Promise<Form> {
  const { say, person, who } = turn;
  const pending = await pendingOf(turn.ports, who.identity);
  const { name = person?.name ?? who.name, hcp, as = 'clinician' } = pending?.application ?? {};
  const email = pending?.application ? pending.email : person?.email;
  return {
    form: 'register.form',
    title: say('registration:forms.application.title'),
    intro: say('registration:forms.application.intro'),
    fields: [
      {
        name: 'hcp',
        kind: 'search',
        source: 'hcp',
        label: say('registration:forms.application.hcp'),
        hint: say('registration:forms.application.hcp-hint'),
        ...(hcp ? { value: await suggest(turn, 'hcp', hcp, 1) } : {}),
      },
      {
        name: 'name',
        kind: 'line',
        label: say('registration:forms.application.name'),
        max: nameLength,
        ...(name ? { value: name } : {}),
      },
      {
        name: 'email',
        kind: 'email',
        label: say('registration:forms.application.email'),
        hint: say('registration:forms.application.email-hint'),
        max: 254,
        ...(email ? { value: email } : {}),
      },
      {
        name: 'as',
        kind: 'choice',
        label: say('registration:forms.application.as'),
        value: as,
        options: (['clinician', 'assistant'] as const).map((value) => ({
          value,
          label: say(`registration:as.${value}`),
        })),
      },
    ],
    submit: say('registration:forms.application.submit'),
    open: { label: say('registration:buttons.start'), action: 'register.form' },
  };
}

function codeForm(turn: Turn): Form {
  const { say } = turn;
  return {
    form: 'verify.code',
    title: say('verification:code.title'),
    fields: [
      {
        name: 'code',
        kind: 'line',
        label: say('verification:code.label'),
        hint: say('verification:code.hint'),
        max: 20,
      },
    ],
    submit: say('verification:code.submit'),
    open: { label: say('verification:code.open'), action: 'verify.code', style: 'primary' },
  };
}

/** 'We mailed you a code': the same words whether the address is known or not, so that nobody can ask who is. */
async function codeSent(turn: Turn, email?: string): Promise<Card> {
  const { say } = turn;
  const pending = await pendingOf(turn.ports, turn.who.identity);
  return {
    title: say('verification:sent.title'),
    tone: 'waiting',
    body: [
      { kind: 'text', text: say('verification:sent.text', { email: email ?? pending?.email ?? '' }) },
      { kind: 'note', text: say('verification:sent.note') },
    ],
    buttons: [codeForm(turn).open, { label: say('verification:sent.other'), action: 'register.form' }],
  };
}

async function sendCode(
  turn: Turn,
  waiting: Omit<Pending, 'chat' | 'code' | 'attempts' | 'language' | 'languageChosen' | 'zone'>,
): Promise<Answer> {
  const made = await newCode(turn.ports, turn.who.identity, {
    ...waiting,
    ...(await languageToKeep(turn)),
    zone: turn.zone,
  });
  if (!made) end({ refused: 'verification.too-many' });
  await turn.act([], { kind: 'verification', id: '' }, made);
  return card(await codeSent(turn), true);
}

/** The language that a person is entered with: the one that is spoken, and whether they chose it while they were a stranger. */
async function languageToKeep({ ports, who, person, language }: Turn) {
  const chosen = person ? person.languageChosen : (await chosenLanguage(ports, who.identity)) !== undefined;
  return { language, ...(chosen ? { languageChosen: true } : {}) };
}

/** A name goes into other people's mails: it is one line, and nothing in it can be followed. */
const linkLike = /:\/\/|\bwww\.|[@<>]/i;
const oneLine = (text: string) => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\s]+/gu, ' ').trim();

async function apply(turn: Turn, values: Values): Promise<Answer> {
  const { say, ports } = turn;
  const [hcp = ''] = listOf(values, 'hcp');
  const name = oneLine(textOf(values, 'name'));
  const email = textOf(values, 'email');
  const as = textOf(values, 'as') === 'assistant' ? 'assistant' : 'clinician';
  const errors: Record<string, string> = {};
  if (!Object.hasOwn((await turn.directory()).hcps, hcp))
    errors['hcp'] = say('registration:forms.application.hcp-unknown');
  if (name.length < 3 || name.length > nameLength || !/\p{L}/u.test(name) || linkLike.test(name))
    errors['name'] = say('common:errors.name');
  if (!address.test(email) || email.length > 254) errors['email'] = say('common:errors.email');
  if (Object.keys(errors).length > 0) fieldErrors(errors);

  if (turn.actor.verified && turn.person?.email.toLowerCase() === email.toLowerCase())
    return draft(turn, turn.actor.id, { name, hcp, as }, turn.person);
  const [known] = await ports.store.peopleByEmail(email);
  return sendCode(turn, { email, application: { name, hcp, as }, ...(known ? { person: known } : {}) });
}

/** Enters the registration and asks the lead, in one act; with nobody to decide it stays a draft, and the person is told. */
async function draft(
  turn: Turn,
  person: string,
  application: NonNullable<Pending['application']>,
  details: PersonDetails,
  before: readonly Step[] = [],
  rows: readonly RowWrite[] = [],
): Promise<Answer> {
  const id = turn.ports.ids.next('R');
  const actor: Actor = { id: person, verified: true, grants: turn.actor.id === person ? turn.actor.grants : [] };
  const result = { kind: 'registration', id };
  const extras = { rows: [...rows, { row: 'person' as const, id: person, value: details }] };
  const drafting: Step[] = [
    ...before,
    {
      kind: 'registration',
      id,
      command: { type: 'registration.draft', person, hcp: application.hcp, as: application.as },
    },
  ];
  try {
    await turn.act(
      [...drafting, { kind: 'registration', id, command: { type: 'registration.request' } }],
      result,
      extras,
      actor,
    );
  } catch (ended) {
    if (
      !(ended instanceof Ended && 'refusal' in ended.end && ended.end.refusal.refused === 'registration.nobody-decides')
    )
      throw ended;
    await turn.act(drafting, result, extras, actor);
  }
  return card(await ownRegistration(turn.as(actor, details), id), true);
}

/** Makes the chat identity that person's, verified by the code, and goes on with what they came for. */
async function join(
  turn: Turn,
  person: string,
  before: readonly Step[],
  details: PersonDetails,
  application: Pending['application'],
  used: RowWrite,
): Promise<Answer> {
  const { identity } = turn.who;
  const steps: Step[] = [
    ...before,
    { kind: 'person', id: person, command: { type: 'person.verify', method: 'code' }, as: system },
  ];
  const rows: RowWrite[] = [{ row: 'identity', identity, person }, used];
  if (application) return draft(turn, person, application, details, steps, rows);
  const actor: Actor = { ...(await actorOf(turn.ports, person)), verified: true };
  await turn.act(
    steps,
    { kind: 'status', id: person },
    { rows: [...rows, { row: 'person', id: person, value: details }] },
    actor,
  );
  const greeting = { kind: 'text' as const, text: turn.say('verification:linked', { name: details.name }) };
  const status = await statusCard(turn.as(actor, details));
  return card({ ...status, body: [greeting, ...status.body] }, true);
}

async function enterCode(turn: Turn, typed: string): Promise<Answer> {
  const { ports, who } = turn;
  if (typed.replaceAll(/\D/g, '') === '') return { form: codeForm(turn) };
  const pending = await pendingOf(ports, who.identity);
  const invited = pending ? undefined : await claimInvite(ports, who.identity, typed);
  const tried = invited === undefined ? await tryCode(ports, who.identity, typed) : undefined;
  if (tried === 'none') end({ refused: 'verification.none' });
  if (tried && 'wrong' in tried)
    end({ refused: tried.wrong > 0 ? 'verification.wrong' : 'verification.used-up', params: { count: tried.wrong } });

  const person = invited?.person ?? tried?.right.person;
  if (person !== undefined) {
    const known = await ports.store.person(person);
    if (!known) end({ refused: 'verification.none' });
    return join(
      turn,
      person,
      [],
      { ...known, chat: who.identity, zone: turn.zone, ...(await languageToKeep(turn)) },
      tried?.right.application,
      invited?.used ?? usedUp(who.identity),
    );
  }
  const right = tried?.right;
  if (!right?.application) end({ refused: 'verification.none' });
  const id = turn.actor.id || ports.ids.next('P');
  const entering: Step[] = turn.actor.id ? [] : [{ kind: 'person', id, command: { type: 'person.enter' }, as: system }];
  const details: PersonDetails = {
    name: right.application.name,
    email: right.email,
    language: right.language,
    ...(right.languageChosen ? { languageChosen: true } : {}),
    zone: right.zone,
    prefers: 'chat',
    chat: who.identity,
  };
  return join(turn, id, entering, details, right.application, usedUp(who.identity));
}

function addressForm(turn: Turn): Form {
  const { say } = turn;
  return {
    form: 'verify.address',
    title: say('verification:address.title'),
    intro: say('verification:address.intro'),
    fields: [{ name: 'email', kind: 'email', label: say('verification:address.label'), max: 254 }],
    submit: say('verification:address.submit'),
    open: { label: say('verification:address.open'), action: 'verify.address' },
  };
}

/** For those whom the directory knows already: a code to the address there. A stranger's address gets none, and the words are the same. */
async function verifyAddress(turn: Turn, email: string): Promise<Answer> {
  if (!address.test(email)) return { form: addressForm(turn) };
  const [known] = await turn.ports.store.peopleByEmail(email);
  if (known) return sendCode(turn, { email, person: known });
  return card(await codeSent(turn, email), true);
}

export const verification: Conversation = {
  commands: { verify: verifyAddress, code: enterCode },
  presses: {
    'verify.code': async (turn) => ({ form: codeForm(turn) }),
    'verify.address': async (turn) => ({ form: addressForm(turn) }),
  },
  forms: {
    'register.form': (turn, _ref, values) => apply(turn, values),
    'verify.code': (turn, _ref, values) => enterCode(turn, textOf(values, 'code')),
    'verify.address': (turn, _ref, values) => {
      const email = textOf(values, 'email');
      if (!address.test(email)) fieldErrors({ email: turn.say('common:errors.email') });
      return verifyAddress(turn, email);
    },
  },
  shows: { verification: (turn) => codeSent(turn) },
};
