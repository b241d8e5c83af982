import type { Kind } from '../../../domain/entities.ts';
import type { Role } from '../../../domain/people.ts';
import type { Referral } from '../../../domain/tickets.ts';
import { dateIn } from '../../dates.ts';
import { holders } from '../../facts.ts';
import type { Answer } from '../../interaction.ts';
import { deskCardOf } from '../../outbox/cards.ts';
import { perPage, readPageRef } from '../../paging.ts';
import { type Conversation, card, end, fieldErrors, type Turn, textOf, ticked } from '../../turn.ts';
import { meansMe } from '../../typed/command-words.ts';
import type { Button, Card, Form, Item } from '../../view.ts';
import { nameOf } from '../../who.ts';
import { guardedText, pickedDate } from '../registration/registration.ts';
import { askedLast, ticketDeskCard } from './cards.ts';
import { queueCard } from './queue.ts';

const kindsByPrefix: Readonly<Record<string, Kind>> = {
  R: 'registration',
  T: 'ticket',
  M: 'meeting',
  Q: 'request',
  V: 'poll',
  W: 'series',
};

/** The kind of thing that an id names, for the helpdesk. */
export function kindOf(id: string): Kind | undefined {
  return kindsByPrefix[id.split('-')[0] ?? ''];
}

async function show(turn: Turn, rest: string, replace = false): Promise<Answer> {
  turn.mustSee('queue', {});
  const id = rest.trim().split(/\s+/)[0]?.toUpperCase() ?? '';
  const kind = kindOf(id);
  if (!kind) end({ refused: 'desk.id-needed' });
  await turn.thing(kind, id);
  return card(await deskCardOf(turn.ports, turn.say, kind, id), replace);
}

/** The form of a reply, with a text to begin from. */
export function replyForm(turn: Turn, ref: string, text: string): Promise<Form> {
  return textForm(turn, 'reply', ref, text);
}

/** What was asked last is in sight while one writes: on some platforms the form stands in the card's place. */
async function textForm(turn: Turn, action: 'reply' | 'note', ref: string, value = ''): Promise<Form> {
  const { say, ports } = turn;
  turn.mustSee('queue', {});
  const ticket = await turn.thing('ticket', ref);
  return {
    form: `desk.${action}`,
    ref,
    title: say(`desk:forms.${action}`, { id: ref }),
    intro: await askedLast(ports, say, ticket),
    fields: [
      {
        name: 'text',
        kind: 'text',
        label: say(`desk:forms.${action}-text`),
        hint: say('common:no-patient'),
        max: 2000,
        ...(value ? { value } : {}),
      },
      ...(action === 'reply'
        ? [{ name: 'wait', kind: 'check' as const, label: say('desk:forms.wait'), optional: true }]
        : []),
    ],
    submit: say(`desk:buttons.${action}`),
    open: { label: say(`desk:buttons.${action}`), action: `desk.${action}`, ref },
  };
}

function recordForm(turn: Turn, ref: string): Form {
  const { say } = turn;
  return {
    form: 'desk.record',
    ref,
    title: say('desk:record.title'),
    intro: say('desk:record.intro'),
    fields: [
      {
        name: 'outcome',
        kind: 'choice',
        label: say('desk:record.outcome'),
        options: (['authorised', 'declined'] as const).map((value) => ({ value, label: say(`desk:record.${value}`) })),
      },
      {
        name: 'source',
        kind: 'line',
        label: say('desk:record.source'),
        hint: say('desk:record.source-hint'),
        max: 300,
      },
      { name: 'writtenOn', kind: 'date', label: say('desk:record.on'), value: dateIn(turn.now, turn.zone) },
      {
        name: 'reason',
        kind: 'text',
        label: say('desk:record.reason'),
        hint: say('common:no-patient'),
        optional: true,
        max: 1000,
      },
    ],
    submit: say('common:save'),
    open: { label: say('desk:buttons.record'), action: 'desk.record', ref },
  };
}

/** An act on the thing that an id names; refused for an id of another kind than these. */
const onThing =
  (kinds: readonly Kind[], command: (turn: Turn, id: string) => Parameters<Turn['act']>[0][number]['command']) =>
  async (turn: Turn, rest: string): Promise<Answer> => {
    const id = rest.trim().split(/\s+/)[0]?.toUpperCase() ?? '';
    const kind = kindOf(id);
    if (!kind || !kinds.includes(kind)) end({ refused: 'desk.id-needed' });
    // Whoever may do the same elsewhere, with their own ticket, has buttons of their own: here it would be done and then not shown.
    turn.mustSee('queue', {});
    await turn.thing(kind, id);
    await turn.act([{ kind, id, command: command(turn, id) } as never], { kind: 'desk', id });
    return show(turn, id, true);
  };

const takeRegistration = onThing(['registration'], () => ({ type: 'registration.take' }));

/** Taking what an id names: a ticket, a meeting request, a registration. What a colleague has in hand is asked about first; whose it was as the question was put stands behind the id. */
async function take(turn: Turn, rest: string): Promise<Answer> {
  const [id = '', seen] = (rest.trim().split(/\s+/)[0]?.toUpperCase() ?? '').split('|');
  const kind = kindOf(id);
  if (kind !== 'ticket' && kind !== 'request') return takeRegistration(turn, id);
  turn.mustSee('queue', {});
  const { assignee: from = '' } = await turn.thing(kind, id);
  if (from !== '' && from !== turn.actor.id && from.toUpperCase() !== seen) return card(await heldCard(turn, id, from));
  const step =
    kind === 'ticket'
      ? ({ kind, id, command: { type: 'ticket.assign', to: turn.actor.id, from } } as const)
      : ({ kind, id, command: { type: 'request.take', from } } as const);
  await turn.act([step], { kind: 'desk', id });
  return show(turn, id, true);
}

async function heldCard({ say, ports }: Turn, id: string, holder: string): Promise<Card> {
  return {
    title: id,
    tone: 'warning',
    body: [{ kind: 'text', text: say('desk:held', { name: await nameOf(ports, holder) }) }],
    buttons: [
      { label: say('desk:buttons.take-over'), action: 'desk.take', ref: `${id}|${holder}` },
      { label: say('common:show'), action: 'desk.show', ref: id },
    ],
  };
}

/** A typed 'reply T-… text': the text after the id, guarded like every other; without a text the form opens. */
const written =
  (action: 'reply' | 'note') =>
  async (turn: Turn, rest: string): Promise<Answer> => {
    turn.mustSee('queue', {});
    const [, id = '', text = ''] = /^(\S*)\s*([\s\S]*)$/.exec(rest) ?? [];
    const ref = id.toUpperCase();
    if (kindOf(ref) !== 'ticket') end({ refused: 'desk.id-needed' });
    return text === '' ? { form: await textForm(turn, action, ref) } : write(turn, action, ref, { text });
  };

async function write(
  turn: Turn,
  action: 'reply' | 'note',
  id: string,
  values: Parameters<typeof textOf>[0],
): Promise<Answer> {
  const text = guardedText(turn, values, 'text', `ticket/${id}`);
  const command =
    action === 'reply'
      ? ({ type: 'ticket.reply', text: text.id, wait: ticked(values, 'wait') } as const)
      : ({ type: 'ticket.note', text: text.id } as const);
  await turn.act([{ kind: 'ticket', id, command }], { kind: 'desk', id }, { rows: [text.row] });
  return show(turn, id, true);
}

/** The people whom the helpdesk means by a number, an e-mail address or a part of a name; of names at most so many as a list shows, and one. */
async function peopleMeant(
  { ports }: Turn,
  words: string,
  roles: readonly Role[] | 'everybody',
): Promise<readonly string[]> {
  if (words.includes('@')) return ports.store.peopleByEmail(words);
  if (/^P-[0-9A-Z]{8}$/i.test(words)) return [words.toUpperCase()];
  return (await ports.store.searchPeople(words, roles, perPage + 1)).map(({ id }) => id);
}

/** Whom the helpdesk asks about. No case, no patient. */
async function memberCard(turn: Turn, rest: string): Promise<Answer> {
  turn.mustSee('queue', {});
  const { ports, say } = turn;
  const asked = rest.trim();
  if (asked === '') end({ refused: 'desk.member-needed' });
  const people = await peopleMeant(turn, asked, 'everybody');
  // Of an address all are shown: nothing more could be typed.
  const isCut = !asked.includes('@') && people.length > perPage;
  const items: Item[] = [];
  for (const id of isCut ? people.slice(0, perPage) : people) {
    const [details, { state }] = await Promise.all([ports.store.person(id), ports.store.load('person', id)]);
    if (!details) continue;
    const attempts = await ports.store.find('registration', { person: id }, { limit: perPage });
    const earlier = (await ports.store.count('registration', { person: id })) - attempts.length;
    items.push({
      title: `${details.name || say('desk:no-name')} · ${id}`,
      detail: [
        state.grants.map(({ role, hcp }) => say(`common:roles.${role}`) + (hcp ? ` (${hcp})` : '')).join(', '),
        ...attempts.map(({ id: attempt, state: { stage } }) => `${attempt}: ${say(`registration:stages.${stage}`)}`),
        ...(earlier > 0 ? [say('desk:member-earlier', { count: earlier })] : []),
      ]
        .filter(Boolean)
        .join('\n'),
      buttons: attempts.map(({ id: attempt }): Button => ({ label: attempt, action: 'desk.show', ref: attempt })),
    });
  }
  return card({
    title: say('desk:member'),
    body: [
      items.length > 0 ? { kind: 'list', items } : { kind: 'text', text: say('desk:member-none') },
      ...(isCut ? [{ kind: 'note' as const, text: say('desk:member-more') }] : []),
    ],
  });
}

async function assign(turn: Turn, rest: string): Promise<Answer> {
  const [id = '', ...words] = rest.trim().split(/\s+/);
  const to = words.join(' ');
  if (to === '' || meansMe(to)) return take(turn, id);
  turn.mustSee('queue', {});
  const colleagues = await holders(turn.ports, 'helpdesk');
  const meant = (await peopleMeant(turn, to, ['helpdesk'])).filter((one) => colleagues.includes(one));
  const [person] = meant;
  if (!person || meant.length > 1) end({ refused: 'ticket.assignee-not-helpdesk' });
  const ref = id.toUpperCase();
  await turn.act([{ kind: 'ticket', id: ref, command: { type: 'ticket.assign', to: person } }], {
    kind: 'desk',
    id: ref,
  });
  return show(turn, ref, true);
}

const refer = (to: Referral) => onThing(['ticket'], () => ({ type: 'ticket.refer', to }));
const resolve = onThing(['ticket'], () => ({ type: 'ticket.resolve' }));

/** What opens at the helpdesk opens for nobody else. */
async function atDesk(turn: Turn, answer: () => Answer): Promise<Answer> {
  turn.mustSee('queue', {});
  return answer();
}

export const desk: Conversation = {
  commands: {
    queue: async (turn) => card(await queueCard(turn)),
    show,
    assign,
    reply: written('reply'),
    note: written('note'),
    close: resolve,
    member: memberCard,
  },
  presses: {
    'desk.queue': async (turn, ref) => card(await queueCard(turn, ref), ref !== ''),
    'desk.show': (turn, ref) => show(turn, ref),
    'desk.assign': take,
    'desk.take': take,
    'desk.reply': async (turn, ref) => ({ form: await textForm(turn, 'reply', ref) }),
    'desk.note': async (turn, ref) => ({ form: await textForm(turn, 'note', ref) }),
    'desk.close': resolve,
    'desk.history': async (turn, given) => {
      turn.mustSee('queue', {});
      const { ref, offset } = readPageRef(given);
      await turn.thing('ticket', ref);
      // In the helpdesk's channel the card itself stays as it is, for everybody.
      return card(await ticketDeskCard(turn.ports, turn.say, ref, offset), turn.where.kind === 'private');
    },
    'desk.refer': (turn, ref) =>
      atDesk(turn, () =>
        card({
          title: turn.say('desk:refer.title', { id: ref }),
          body: [{ kind: 'text', text: turn.say('desk:refer.text') }],
          buttons: [
            { label: turn.say('desk:refer.cpms-it'), action: 'desk.refer-cpms-it', ref },
            { label: turn.say('desk:refer.eu-login'), action: 'desk.refer-eu-login', ref },
          ],
        }),
      ),
    'desk.refer-cpms-it': refer('cpms-it'),
    'desk.refer-eu-login': refer('eu-login'),
    'desk.pass-on': onThing(['registration'], () => ({ type: 'registration.pass-on' })),
    'desk.suspend': onThing(['registration'], () => ({ type: 'registration.suspend' })),
    'desk.record': (turn, ref) => atDesk(turn, () => ({ form: recordForm(turn, ref) })),
    'desk.revive': async (turn, ref) => {
      turn.mustSee('queue', {});
      await turn.ports.outbox.revive(Number(ref));
      return card(await queueCard(turn, 'undelivered'), true);
    },
  },
  forms: {
    'desk.reply': (turn, id, values) => write(turn, 'reply', id, values),
    'desk.note': (turn, id, values) => write(turn, 'note', id, values),
    'desk.record': async (turn, id, values) => {
      const outcome = textOf(values, 'outcome') === 'authorised' ? 'authorised' : 'declined';
      if (textOf(values, 'outcome') === '') fieldErrors({ outcome: turn.say('common:errors.empty') });
      const owner = `registration/${id}`;
      const source = guardedText(turn, values, 'source', owner);
      const reason = textOf(values, 'reason') === '' ? undefined : guardedText(turn, values, 'reason', owner);
      if (outcome === 'declined' && !reason) fieldErrors({ reason: turn.say('common:errors.empty') });
      const writtenOn = pickedDate(turn, values, 'writtenOn');
      const command = {
        type: 'registration.record-decision',
        outcome,
        source: source.id,
        writtenOn,
        ...(reason ? { reason: reason.id } : {}),
      } as const;
      await turn.act(
        [{ kind: 'registration', id, command }],
        { kind: 'desk', id },
        { rows: [source.row, ...(reason ? [reason.row] : [])] },
      );
      return show(turn, id, true);
    },
  },
  shows: {
    desk: async (turn, id) => {
      turn.mustSee('queue', {});
      const kind = kindOf(id);
      if (!kind) end({ refused: 'desk.id-needed' });
      return deskCardOf(turn.ports, turn.say, kind, id);
    },
  },
};
