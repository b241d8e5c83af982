import { directoryId } from '../../../domain/entities.ts';
import { holds } from '../../../domain/people.ts';
import type { Registration } from '../../../domain/registration.ts';
import type { Ticket } from '../../../domain/tickets.ts';
import type { Ports } from '../../context.ts';
import { sayDate, sinceWords } from '../../dates.ts';
import { pageRef, stretch } from '../../paging.ts';
import { markersIn } from '../../typed/command-words.ts';
import type { ActButton, Block, Card, Item } from '../../view.ts';
import { nameOf } from '../../who.ts';
import type { Say } from '../../words.ts';

/** A registration on the helpdesk's desk: who, where, how it stands, and what the helpdesk can do. */
export async function registrationDeskCard(ports: Ports, say: Say, id: string): Promise<Card> {
  const { state } = await ports.store.load('registration', id);
  const { hcps } = (await ports.store.load('directory', directoryId)).state;
  return {
    title: say('desk:registration', { id, name: await nameOf(ports, state.person) }),
    tone: ['authorised', 'with-helpdesk'].includes(state.stage) ? 'waiting' : 'plain',
    body: [
      {
        kind: 'facts',
        rows: [
          [say('desk:facts.stage'), say(`registration:stages.${state.stage}`)],
          [say('desk:facts.hcp'), hcps[state.hcp]?.name ?? state.hcp],
          [say('desk:facts.as'), say(`registration:as.${state.as}`)],
          [say('desk:facts.account'), say(`desk:account.${state.account}`)],
          [say('desk:facts.owner'), state.assignee ? await nameOf(ports, state.assignee) : say('support:nobody-yet')],
          [say('desk:facts.since'), ageOf(ports, say, state.since)],
        ],
      },
    ],
    buttons: registrationDeskButtons(say, id, state),
  };
}

function registrationDeskButtons(say: Say, id: string, { stage }: Registration): readonly ActButton[] {
  if (stage === 'awaiting-lead') return [{ label: say('desk:buttons.record'), action: 'desk.record', ref: id }];
  if (stage === 'authorised')
    return [{ label: say('desk:buttons.take'), action: 'desk.take', ref: id, style: 'primary' }];
  if (stage === 'with-helpdesk')
    return [
      {
        label: say('desk:buttons.pass-on'),
        action: 'desk.pass-on',
        ref: id,
        style: 'primary',
        confirm: say('desk:confirm.pass-on'),
      },
    ];
  if (stage === 'active')
    return [
      {
        label: say('desk:buttons.suspend'),
        action: 'desk.suspend',
        ref: id,
        style: 'danger',
        confirm: say('desk:confirm.suspend'),
      },
    ];
  return [];
}

/** How much of a conversation a card shows; what was said earlier is turned to. */
const latest = 4;

/** A stretch of a conversation, counted from its end; with what is not shown and the ways there. */
export function turnedTo<M>(
  say: Say,
  all: readonly M[],
  offset: number,
  action: string,
  id: string,
): { readonly said: readonly M[]; readonly note: Block[]; readonly buttons: ActButton[] } {
  const page = stretch(offset, all.length, latest);
  const end = all.length - page.offset;
  const earlier = Math.max(0, end - latest);
  const to = (label: string, at: number): ActButton => ({ label, action, ref: pageRef(id, at) });
  return {
    said: all.slice(earlier, end),
    note: earlier > 0 ? [{ kind: 'note', text: say('desk:earlier', { count: earlier }) }] : [],
    buttons: [
      ...(earlier > 0 ? [to(say('desk:buttons.history'), page.offset + latest)] : []),
      ...(page.offset > 0 ? [to(say('common:paging.newer'), page.offset - latest)] : []),
    ],
  };
}

/** A ticket on the helpdesk's desk: what was said last, notes too; further back by `offset` messages. */
export async function ticketDeskCard(ports: Ports, say: Say, id: string, offset = 0): Promise<Card> {
  const { state } = await ports.store.load('ticket', id);
  const items: Item[] = [];
  const requester = await requesterName(ports, say, state);
  const names = new Map<string, string>();
  const { said, note, buttons } = turnedTo(say, state.messages, offset, 'desk.history', id);
  for (const message of said) {
    const author =
      message.kind === 'message' ? requester : (names.get(message.by) ?? (await nameOf(ports, message.by)));
    if (message.kind !== 'message') names.set(message.by, author);
    items.push({
      title: say(`desk:said.${message.kind}`, { author, date: sayDate(say, message.at, 'UTC') }),
      detail: (await ports.store.text(message.text)) ?? say('common:erased'),
    });
  }
  const head = await ticketHead(ports, say, id, state, requester);
  return {
    ...head,
    body: [...head.body, { kind: 'list', items }, ...note],
    buttons: [...ticketButtons(ports, say, id, state), ...buttons],
  };
}

/** How much of a question stands above the form that answers it: a form has room for little. */
const quoted = 600;

/** What the one who asked wrote last, with when. */
export async function askedLast(ports: Ports, say: Say, { requester, messages }: Ticket): Promise<string> {
  const last = messages.findLast(({ kind }) => kind === 'message');
  if (!last) return '';
  const author = (await ports.store.person(requester))?.name || say('desk:no-name');
  const text = (await ports.store.text(last.text)) ?? say('common:erased');
  const said = text.length > quoted ? `${text.slice(0, quoted).trimEnd()}…` : text;
  return `${say('desk:said.message', { author, date: sayDate(say, last.at, 'UTC') })}\n${said}`;
}

/** A ticket whose conversation stands in the thread below: what was asked, how it stands, on whom it waits, what comes next. */
export async function ticketRoomCard(ports: Ports, say: Say, id: string): Promise<Card> {
  const { state } = await ports.store.load('ticket', id);
  const [asked] = state.messages;
  const head = await ticketHead(ports, say, id, state, await requesterName(ports, say, state));
  const question = asked ? ((await ports.store.text(asked.text)) ?? say('common:erased')) : '';
  return {
    ...head,
    body: [
      { kind: 'text', text: question },
      ...head.body,
      ...(state.stage === 'closed'
        ? []
        : [{ kind: 'note' as const, text: say('desk:room.how', markersIn(say.language)) }]),
    ],
    buttons: ticketButtons(ports, say, id, state),
  };
}

async function ticketHead(
  ports: Ports,
  say: Say,
  id: string,
  state: Ticket,
  requester: string,
): Promise<Pick<Card, 'title' | 'tone' | 'body'>> {
  const owner = state.assignee ? await nameOf(ports, state.assignee) : undefined;
  const next = state.stage === 'in-progress' && !owner ? 'new' : state.stage;
  return {
    title: say('desk:ticket', { id, topic: say(`support:topics.${state.topic}`) }),
    tone: isOpen(state) ? 'waiting' : 'good',
    body: [
      {
        kind: 'facts',
        rows: [
          [say('desk:facts.stage'), say(`support:stages.${state.stage}`)],
          [say('desk:facts.next'), say(`desk:next.${next}`, { owner: owner ?? '', requester })],
          [say('desk:facts.requester'), requester],
          [say('desk:facts.owner'), owner ?? say('support:nobody-yet')],
          [say('desk:facts.since'), ageOf(ports, say, state.openedAt)],
        ],
      },
    ],
  };
}

function isOpen({ stage }: Ticket): boolean {
  return !['resolved', 'closed'].includes(stage);
}

function deskButton(say: Say, id: string, action: string, style?: 'primary'): ActButton {
  return { label: say(`desk:buttons.${action}`), action: `desk.${action}`, ref: id, ...(style ? { style } : {}) };
}

function ticketButtons({ settings }: Ports, say: Say, id: string, state: Ticket): readonly ActButton[] {
  if (!isOpen(state)) return [];
  return [
    ...(state.assignee ? [] : [deskButton(say, id, 'assign', 'primary')]),
    deskButton(say, id, 'reply', 'primary'),
    ...(settings.answers.length > 0 ? [deskButton(say, id, 'canned')] : []),
    deskButton(say, id, 'note'),
    deskButton(say, id, 'refer'),
    deskButton(say, id, 'close'),
  ];
}

/** Who asked: name, standing, hospital. */
export async function requesterName(ports: Ports, say: Say, { requester, hcp }: Ticket): Promise<string> {
  const [name, { state }] = [
    (await ports.store.person(requester))?.name || say('desk:no-name'),
    await ports.store.load('person', requester),
  ];
  const role = holds(state, 'member')
    ? say('desk:roles.member')
    : state.verified
      ? say('desk:roles.verified')
      : say('desk:roles.unverified');
  return `${name} (${[role, hcp].filter(Boolean).join(', ')})`;
}

function ageOf(ports: Ports, say: Say, since: string): string {
  return `${sayDate(say, since, 'UTC')}, ${sinceWords(say, since, ports.clock.now())}`;
}
