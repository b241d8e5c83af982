import { decidersFor, type Registration } from '../../domain/registration.ts';
import { dateIn, sayDate } from '../dates.ts';
import { holders } from '../facts.ts';
import type { Answer } from '../interaction.ts';
import { type Conversation, card, type Turn } from '../turn.ts';
import type { ActButton, Card, Form, Item } from '../view.ts';
import { nameOf } from '../who.ts';
import type { Say } from '../words.ts';
import { guardedText, pickedDate } from './registration.ts';

/** The buttons with which a lead decides. */
export function decideButtons(say: Say, ref: string): readonly ActButton[] {
  return [
    {
      label: say('deciding:authorise'),
      action: 'decide.authorise',
      ref,
      style: 'primary',
      confirm: say('deciding:confirm'),
    },
    { label: say('deciding:decline'), action: 'decide.decline', ref, style: 'danger' },
  ];
}

/** The buttons with which the local administrator says what was decided in CPMS. */
export function administratorButtons(say: Say, ref: string): readonly ActButton[] {
  return [
    { label: say('deciding:approved'), action: 'administrator.approved', ref, style: 'primary' },
    { label: say('deciding:rejected'), action: 'administrator.rejected', ref },
  ];
}

/** What waits for this person's decision, as a list's items. */
export async function decisionsFor(turn: Turn): Promise<readonly Item[]> {
  const { ports, actor, say } = turn;
  const items: Item[] = [];
  const hcps = new Set(actor.grants.filter(({ role }) => role === 'lead' || role === 'deputy').map(({ hcp }) => hcp));
  const waiting = [
    ...(
      await Promise.all(
        [...hcps].map((hcp) =>
          ports.store.find('registration', { hcp: hcp ?? '', status: ['awaiting-lead'] }, { limit: 20 }),
        ),
      )
    ).flat(),
    ...(actor.grants.some(({ role }) => role === 'coordinator')
      ? await ports.store.find('registration', { status: ['awaiting-lead'] }, { limit: 50 })
      : []),
  ];
  for (const { id, state } of waiting) {
    if (!(await mayDecide(turn, state))) continue;
    items.push({
      title: say('deciding:asks', { name: await nameOf(ports, state.person) }),
      detail: `${id} · ${state.hcp}`,
      buttons: decideButtons(say, id),
    });
  }
  for (const { hcp } of actor.grants.filter(({ role }) => role === 'local-administrator')) {
    for (const { id, state } of await ports.store.find(
      'registration',
      { hcp: hcp ?? '', status: ['submitted'] },
      { limit: 20 },
    )) {
      items.push({
        title: say('deciding:submitted', { name: await nameOf(ports, state.person) }),
        detail: `${id} · ${state.hcp}`,
        buttons: administratorButtons(say, id),
      });
    }
  }
  return items;
}

async function mayDecide(turn: Turn, state: Registration): Promise<boolean> {
  const [leads, deputies, coordinators] = await Promise.all([
    holders(turn.ports, 'lead', state.hcp),
    holders(turn.ports, 'deputy', state.hcp),
    holders(turn.ports, 'coordinator'),
  ]);
  return decidersFor(state.person, { leads, deputies, coordinators }).includes(turn.actor.id);
}

/** A registration as those see it who decide: who, where, since when, and how it stands. */
export async function decidedCard(turn: Turn, id: string): Promise<Card> {
  const { ports, say } = turn;
  const state = await turn.thing('registration', id);
  turn.mustSee('registration', { owner: state.person, hcp: state.hcp });
  const directory = await turn.directory();
  return {
    title: say('deciding:title', { name: await nameOf(ports, state.person) }),
    tone: state.stage === 'awaiting-lead' ? 'waiting' : 'plain',
    body: [
      {
        kind: 'facts',
        rows: [
          [say('deciding:facts.hcp'), directory.hcps[state.hcp]?.name ?? state.hcp],
          [say('deciding:facts.as'), say(`registration:as.${state.as}`)],
          [say('deciding:facts.stage'), say(`registration:stages.${state.stage}`)],
          [say('deciding:facts.since'), sayDate(state.since, turn.zone)],
          [say('deciding:facts.id'), id],
        ],
      },
    ],
  };
}

function reasonForm(turn: Turn, action: 'decide.decline' | 'administrator.rejected', ref: string): Form {
  const { say } = turn;
  const admin = action === 'administrator.rejected';
  return {
    form: action,
    ref,
    title: say(admin ? 'deciding:forms.rejected' : 'deciding:forms.decline'),
    fields: [
      ...(admin
        ? [{ name: 'on', kind: 'date' as const, label: say('deciding:forms.on'), value: dateIn(turn.now, turn.zone) }]
        : []),
      {
        name: 'reason',
        kind: 'text',
        label: say('deciding:forms.reason'),
        hint: say('deciding:forms.reason-hint'),
        max: 1000,
      },
    ],
    submit: say(admin ? 'common:save' : 'deciding:decline'),
    open: { label: say(admin ? 'deciding:rejected' : 'deciding:decline'), action, ref },
  };
}

function approvedForm(turn: Turn, ref: string): Form {
  const { say } = turn;
  return {
    form: 'administrator.approved',
    ref,
    title: say('deciding:forms.approved'),
    intro: say('deciding:forms.approved-intro'),
    fields: [{ name: 'on', kind: 'date', label: say('deciding:forms.on'), value: dateIn(turn.now, turn.zone) }],
    submit: say('common:save'),
    open: { label: say('deciding:approved'), action: 'administrator.approved', ref },
  };
}

async function done(turn: Turn, id: string): Promise<Answer> {
  return card(await decidedCard(turn, id), true);
}

export const deciding: Conversation = {
  presses: {
    'decide.authorise': async (turn, id) => {
      await turn.act(
        [{ kind: 'registration', id, command: { type: 'registration.decide', outcome: 'authorised', via: 'chat' } }],
        { kind: 'decision', id },
      );
      return done(turn, id);
    },
    'decide.decline': async (turn, id) => ({ form: reasonForm(turn, 'decide.decline', id) }),
    'administrator.approved': async (turn, id) => ({ form: approvedForm(turn, id) }),
    'administrator.rejected': async (turn, id) => ({ form: reasonForm(turn, 'administrator.rejected', id) }),
  },
  forms: {
    'decide.decline': async (turn, id, values) => {
      const reason = guardedText(turn, values, 'reason', `registration/${id}`);
      await turn.act(
        [
          {
            kind: 'registration',
            id,
            command: { type: 'registration.decide', outcome: 'declined', via: 'chat', reason: reason.id },
          },
        ],
        { kind: 'decision', id },
        { rows: [reason.row] },
      );
      return done(turn, id);
    },
    'administrator.approved': async (turn, id, values) => {
      const on = pickedDate(turn, values, 'on');
      await turn.act(
        [{ kind: 'registration', id, command: { type: 'registration.approved', on, source: 'local-administrator' } }],
        { kind: 'decision', id },
      );
      return done(turn, id);
    },
    'administrator.rejected': async (turn, id, values) => {
      const reason = guardedText(turn, values, 'reason', `registration/${id}`);
      const on = pickedDate(turn, values, 'on');
      await turn.act(
        [
          {
            kind: 'registration',
            id,
            command: { type: 'registration.rejected', on, source: 'local-administrator', reason: reason.id },
          },
        ],
        { kind: 'decision', id },
        { rows: [reason.row] },
      );
      return done(turn, id);
    },
  },
  shows: { decision: decidedCard },
};
