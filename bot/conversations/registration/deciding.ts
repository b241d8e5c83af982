import { denied } from '../../../domain/access.ts';
import type { Filter, Loaded } from '../../../domain/memory-ports.ts';
import type { Role } from '../../../domain/people.ts';
import { decidersFor, type RegistrationFacts } from '../../../domain/registration.ts';
import type { Ports } from '../../context.ts';
import { dateIn } from '../../dates.ts';
import { every } from '../../every.ts';
import { holders } from '../../facts.ts';
import type { Answer } from '../../interaction.ts';
import { pageButtons, pageNote, readPageRef, stretch } from '../../paging.ts';
import { type Conversation, card, end, type Turn } from '../../turn.ts';
import type { Card, Form, Item } from '../../view.ts';
import { nameOf } from '../../who.ts';
import { administratorButtons, decideButtons, decidedCard } from './decided.ts';
import { guardedText, pickedDate } from './registration.ts';

/** The registrations that wait for this person's decision: as lead, deputy or coordinator first, then as local administrator. */
export async function decisionsOf(turn: Turn): Promise<readonly Loaded<'registration'>[]> {
  const { ports, actor } = turn;
  const all = (filter: Filter) => Array.fromAsync(every(ports.store, 'registration', filter));
  const of = (...roles: readonly Role[]) => actor.grants.filter(({ role }) => roles.includes(role));
  const hcps = new Set(of('lead', 'deputy').map(({ hcp }) => hcp ?? ''));
  const waiting = await Promise.all([
    ...[...hcps].map((hcp) => all({ hcp, status: ['awaiting-lead'] })),
    ...(of('coordinator').length > 0 ? [all({ status: ['awaiting-lead'] })] : []),
  ]);
  // A coordinator who leads a hospital as well finds its registrations twice.
  const once = [...new Map(waiting.flat().map((loaded) => [loaded.id, loaded])).values()];
  const deciders = decidersOfHcps(ports);
  const mine = await Promise.all(
    once.map(async ({ state }) => decidersFor(state.person, await deciders(state.hcp)).includes(actor.id)),
  );
  const submitted = await Promise.all(
    of('local-administrator').map(({ hcp = '' }) => all({ hcp, status: ['submitted'] })),
  );
  return [...once.filter((_, index) => mine[index]), ...submitted.flat()];
}

/** One of them in a list, with the buttons to decide it. */
export async function decisionItem({ ports, say }: Turn, { id, state }: Loaded<'registration'>): Promise<Item> {
  const submitted = state.stage === 'submitted';
  const name = await nameOf(ports, state.person);
  return {
    title: say(submitted ? 'deciding:submitted' : 'deciding:asks', { name }),
    detail: `${id} · ${state.hcp}`,
    buttons: submitted ? administratorButtons(say, id) : decideButtons(say, id),
  };
}

/** Who decides at an HCP, each asked for once. */
function decidersOfHcps(ports: Ports): (hcp: string) => Promise<RegistrationFacts['deciders']> {
  const coordinators = holders(ports, 'coordinator');
  const known = new Map<string, Promise<RegistrationFacts['deciders']>>();
  const ask = async (hcp: string) => ({
    leads: await holders(ports, 'lead', hcp),
    deputies: await holders(ports, 'deputy', hcp),
    coordinators: await coordinators,
  });
  return (hcp) => {
    const found = known.get(hcp) ?? ask(hcp);
    known.set(hcp, found);
    return found;
  };
}

/** All that waits for this person's decision, a page at a time. */
async function decisionList(turn: Turn, offset: number): Promise<Card> {
  const { say } = turn;
  const all = await decisionsOf(turn);
  const page = stretch(offset, all.length);
  const shown = all.slice(page.offset, page.offset + page.limit);
  const items = await Promise.all(shown.map((loaded) => decisionItem(turn, loaded)));
  return {
    title: say('status:decisions'),
    body:
      items.length > 0
        ? [{ kind: 'list', items }, ...pageNote(say, page)]
        : [{ kind: 'text', text: say('status:nothing') }],
    buttons: pageButtons(say, page, 'decide.list'),
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

/** The form with which this person decides. Who may not decide is not asked for a reason or a date, and what was decided already is shown. */
async function askFor(
  turn: Turn,
  id: string,
  command: 'registration.decide' | 'registration.approved' | 'registration.rejected',
  form: (turn: Turn, id: string) => Form,
): Promise<Answer> {
  const { person, hcp, stage } = await turn.thing('registration', id);
  const refusal = denied(turn.actor, command, { owner: person, hcp });
  if (refusal) end(refusal);
  const waits = stage === (command === 'registration.decide' ? 'awaiting-lead' : 'submitted');
  return waits ? { form: form(turn, id) } : done(turn, id);
}

export const deciding: Conversation = {
  presses: {
    'decide.list': async (turn, ref) => card(await decisionList(turn, readPageRef(ref).offset), ref.includes('|')),
    'decide.authorise': async (turn, id) => {
      await turn.act(
        [{ kind: 'registration', id, command: { type: 'registration.decide', outcome: 'authorised', via: 'chat' } }],
        { kind: 'decision', id },
      );
      return done(turn, id);
    },
    'decide.decline': (turn, id) =>
      askFor(turn, id, 'registration.decide', () => reasonForm(turn, 'decide.decline', id)),
    'administrator.approved': (turn, id) => askFor(turn, id, 'registration.approved', approvedForm),
    'administrator.rejected': (turn, id) =>
      askFor(turn, id, 'registration.rejected', () => reasonForm(turn, 'administrator.rejected', id)),
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
