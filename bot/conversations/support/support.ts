import type { LinkName } from '../../../domain/directory.ts';
import type { Loaded, RowWrite } from '../../../domain/memory-ports.ts';
import { type Person, system } from '../../../domain/people.ts';
import { type Referral, type Ticket, type Topic, topics } from '../../../domain/tickets.ts';
import { sayDate } from '../../dates.ts';
import type { Step } from '../../execute.ts';
import type { Answer } from '../../interaction.ts';
import { linkButtons } from '../../links.ts';
import { pageButtons, pageNote, readPageRef, stretch } from '../../paging.ts';
import { type Conversation, card, fieldErrors, type Turn, textOf } from '../../turn.ts';
import type { Button, Card, Form, Item } from '../../view.ts';
import { nameOf } from '../../who.ts';
import { turnedTo } from '../desk/cards.ts';
import { guardedText } from '../registration/registration.ts';

/** Where the two supports beside the helpdesk are: links of the directory, never made up. */
const supports: Readonly<Record<Referral, LinkName>> = { 'cpms-it': 'cpms-it-support', 'eu-login': 'eu-login-help' };

/** What the words of a sentence point to: the right one of three supports, with the helpdesk always at hand. */
export async function supportFor(turn: Turn, topic: Topic, sure: boolean): Promise<Card> {
  if (!sure) return oneQuestion(turn);
  if (topic === 'cpms-error') return referCard(turn, 'cpms-it');
  if (topic === 'eu-login') return referCard(turn, 'eu-login');
  return oneQuestion(turn);
}

async function referCard(turn: Turn, to: Referral): Promise<Card> {
  const { say } = turn;
  const directory = await turn.directory();
  const link = directory.links[supports[to]];
  return {
    title: say(`support:refer.${to}.title`),
    body: [
      { kind: 'text', text: say(`support:refer.${to}.text`) },
      {
        kind: 'note',
        text: link
          ? say('support:refer.source', { source: link.source, date: link.checkedOn })
          : say('support:refer.no-link'),
      },
    ],
    buttons: [
      ...linkButtons(say, directory, supports[to], 'primary'),
      ...(to === 'eu-login'
        ? [
            ...linkButtons(say, directory, 'eu-login-guide'),
            { label: say('support:refer.factors'), action: 'support.factors' },
          ]
        : []),
      {
        label: say('support:refer.helpdesk'),
        action: 'support.ask',
        ref: to === 'cpms-it' ? 'cpms-error' : 'eu-login',
      },
    ],
  };
}

/** In doubt the helpdesk comes first, with one question: does the error come from CPMS itself? */
async function oneQuestion(turn: Turn): Promise<Card> {
  const { say } = turn;
  return {
    title: say('support:question.title'),
    body: [{ kind: 'text', text: say('support:question.text') }],
    buttons: [
      { label: say('support:question.cpms'), action: 'support.refer', ref: 'cpms-it' },
      { label: say('support:question.eu-login'), action: 'support.refer', ref: 'eu-login' },
      { label: say('support:question.helpdesk'), action: 'support.ask', ref: 'other', style: 'primary' },
      ...linkButtons(say, await turn.directory(), 'helpdesk'),
    ],
  };
}

function factorsCard({ say }: Turn): Card {
  return {
    title: say('support:factors.title'),
    body: [
      {
        kind: 'list',
        items: (['no-phone', 'new-phone', 'offline', 'sms'] as const).map((situation) => ({
          title: say(`support:factors.${situation}`),
          detail: say(`support:factors.${situation}-text`),
        })),
      },
    ],
    buttons: [{ label: say('support:refer.helpdesk'), action: 'support.ask', ref: 'eu-login' }],
  };
}

function askForm({ say }: Turn, topic: string): Form {
  const chosen = (topics as readonly string[]).includes(topic) ? topic : 'other';
  return {
    form: 'support.ask',
    ref: chosen,
    title: say('support:form.title'),
    intro: say('support:form.intro'),
    fields: [
      {
        name: 'topic',
        kind: 'choice',
        label: say('support:form.topic'),
        options: topics.map((value) => ({ value, label: say(`support:topics.${value}`) })),
        value: chosen,
      },
      { name: 'text', kind: 'text', label: say('support:form.text'), hint: say('common:no-patient'), max: 2000 },
    ],
    submit: say('support:form.submit'),
    open: { label: say('support:refer.helpdesk'), action: 'support.ask', ref: chosen },
  };
}

function addForm({ say }: Turn, ref: string): Form {
  return {
    form: 'support.add',
    ref,
    title: say('support:add.title', { id: ref }),
    fields: [{ name: 'text', kind: 'text', label: say('support:add.text'), hint: say('common:no-patient'), max: 2000 }],
    submit: say('support:add.submit'),
    open: { label: say('support:buttons.add'), action: 'support.add', ref },
  };
}

/** Opens a ticket. Somebody who is not entered yet is entered by it: the helpdesk must know whom to answer. */
async function openTicket(
  turn: Turn,
  topic: Topic,
  text: { readonly id: string; readonly row: RowWrite },
  id: string,
): Promise<Answer> {
  const { ports, who } = turn;
  const requester = turn.actor.id || ports.ids.next('P');
  const entered: Step[] = turn.actor.id
    ? []
    : [{ kind: 'person', id: requester, command: { type: 'person.enter' }, as: system }];
  const rows: RowWrite[] = [text.row];
  if (!turn.actor.id) {
    rows.push({
      row: 'person',
      id: requester,
      value: {
        name: who.name ?? '',
        email: '',
        language: turn.language,
        zone: turn.zone,
        prefers: 'chat',
        chat: who.identity,
      },
    });
    rows.push({ row: 'identity', identity: who.identity, person: requester });
  }
  const actor = turn.actor.id ? turn.actor : { id: requester, verified: false, grants: [] as Person['grants'] };
  const [grant] = actor.grants.filter(({ hcp }) => hcp);
  await turn.act(
    [
      ...entered,
      {
        kind: 'ticket',
        id,
        command: { type: 'ticket.open', requester, topic, text: text.id, ...(grant?.hcp ? { hcp: grant.hcp } : {}) },
      },
    ],
    { kind: 'ticket', id },
    { rows },
    actor,
  );
  return card(await ticketCard(turn.as(actor), id), true);
}

/** A ticket as its requester sees it: number, owner, what was said (never the helpdesk's notes). */
async function ticketCard(turn: Turn, id: string, offset = 0): Promise<Card> {
  const { ports, say } = turn;
  const state = await turn.thing('ticket', id);
  turn.mustSee('ticket', { owner: state.requester });
  const all = state.messages.filter(({ kind }) => kind !== 'note');
  const { said, note, buttons } = turnedTo(say, all, offset, 'support.history', id);
  const items: Item[] = [];
  for (const message of said) {
    const author = message.kind === 'reply' ? say('support:helpdesk') : say('support:you');
    items.push({
      title: `${author} · ${sayDate(turn.say, message.at, turn.zone)}`,
      detail: (await ports.store.text(message.text)) ?? say('common:erased'),
    });
  }
  const owner = state.assignee ? await nameOf(ports, state.assignee) : say('support:nobody-yet');
  return {
    title: say('support:card.title', { id, topic: say(`support:topics.${state.topic}`) }),
    tone: state.stage === 'resolved' || state.stage === 'closed' ? 'good' : 'waiting',
    body: [
      {
        kind: 'facts',
        rows: [
          [say('support:card.stage'), say(`support:stages.${state.stage}`)],
          [say('support:card.owner'), owner],
        ],
      },
      { kind: 'list', items },
      ...note,
    ],
    buttons: [...ticketButtons(say, id, state), ...buttons],
  };
}

function ticketButtons(say: Turn['say'], id: string, state: Ticket): readonly Button[] {
  if (state.stage === 'closed') return [];
  if (state.stage === 'resolved') return [{ label: say('support:buttons.reopen'), action: 'support.reopen', ref: id }];
  const helped: readonly Button[] =
    state.stage === 'referred'
      ? [
          { label: say('support:buttons.helped'), action: 'support.helped', ref: id, style: 'primary' },
          { label: say('support:buttons.not-helped'), action: 'support.not-helped', ref: id },
        ]
      : [];
  return [
    ...helped,
    { label: say('support:buttons.add'), action: 'support.add', ref: id },
    { label: say('support:buttons.resolve'), action: 'support.resolve', ref: id },
  ];
}

const act =
  (
    command:
      | { readonly type: 'ticket.helped'; readonly helped: boolean }
      | { readonly type: 'ticket.resolve' }
      | { readonly type: 'ticket.reopen' },
  ) =>
  async (turn: Turn, id: string): Promise<Answer> => {
    await turn.act([{ kind: 'ticket', id, command }], { kind: 'ticket', id });
    return card(await ticketCard(turn, id), true);
  };

/** The stages in which a ticket is not finished. */
export const openTicketStages = ['new', 'triaged', 'in-progress', 'waiting', 'referred'] as const;

/** One's own ticket in a list. */
export function ticketItem({ say }: Turn, { id, state }: Loaded<'ticket'>): Item {
  return {
    title: `${id} · ${say(`support:topics.${state.topic}`)}`,
    detail: say(`support:stages.${state.stage}`),
    buttons: [{ label: say('common:show'), action: 'support.show', ref: id }],
  };
}

/** The one question, and below it one's open tickets, a page at a time. */
async function begin(turn: Turn, offset = 0): Promise<Card> {
  const { ports, say, actor } = turn;
  const question = await oneQuestion(turn);
  if (actor.id === '') return question;
  const open = { person: actor.id, status: openTicketStages };
  const page = stretch(offset, await ports.store.count('ticket', open));
  if (page.all === 0) return question;
  const items = (await ports.store.find('ticket', open, page)).map((loaded) => ticketItem(turn, loaded));
  return {
    ...question,
    body: [
      ...question.body,
      { kind: 'text', text: say('support:open') },
      { kind: 'list', items },
      ...pageNote(say, page),
    ],
    buttons: [...(question.buttons ?? []), ...pageButtons(say, page, 'support.begin')],
  };
}

export const support: Conversation = {
  commands: {
    support: async (turn, rest) =>
      card(/^T-/i.test(rest) ? await ticketCard(turn, rest.toUpperCase()) : await begin(turn)),
  },
  presses: {
    'support.begin': async (turn, ref) => card(await begin(turn, readPageRef(ref).offset), ref.includes('|')),
    'support.refer': async (turn, ref) => card(await referCard(turn, ref === 'eu-login' ? 'eu-login' : 'cpms-it')),
    'support.factors': async (turn) => card(factorsCard(turn)),
    'support.ask': async (turn, ref) => ({ form: askForm(turn, ref) }),
    'support.show': async (turn, ref) => card(await ticketCard(turn, ref)),
    'support.history': async (turn, given) => {
      const { ref, offset } = readPageRef(given);
      return card(await ticketCard(turn, ref, offset), true);
    },
    'support.add': async (turn, ref) => {
      turn.mustSee('ticket', { owner: (await turn.thing('ticket', ref)).requester });
      return { form: addForm(turn, ref) };
    },
    'support.helped': act({ type: 'ticket.helped', helped: true }),
    'support.not-helped': act({ type: 'ticket.helped', helped: false }),
    'support.resolve': act({ type: 'ticket.resolve' }),
    'support.reopen': act({ type: 'ticket.reopen' }),
  },
  forms: {
    'support.ask': async (turn, _ref, values) => {
      const topic = textOf(values, 'topic') as Topic;
      if (!topics.includes(topic)) fieldErrors({ topic: turn.say('common:errors.empty') });
      const id = turn.ports.ids.next('T');
      return openTicket(turn, topic, guardedText(turn, values, 'text', `ticket/${id}`), id);
    },
    'support.add': async (turn, id, values) => {
      const text = guardedText(turn, values, 'text', `ticket/${id}`);
      await turn.act(
        [{ kind: 'ticket', id, command: { type: 'ticket.add', text: text.id } }],
        { kind: 'ticket', id },
        { rows: [text.row] },
      );
      return card(await ticketCard(turn, id), true);
    },
  },
  shows: { ticket: (turn, id) => ticketCard(turn, id) },
};
