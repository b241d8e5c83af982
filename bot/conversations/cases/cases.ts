import { z } from 'zod';
import { denied } from '../../../domain/access.ts';
import type { CloseReason, Urgency } from '../../../domain/cases.ts';
import { refuse } from '../../../domain/decider.ts';
import type { CaseDetails } from '../../../domain/people.ts';
import { holders } from '../../facts.ts';
import { readPageRef } from '../../paging.ts';
import { type Conversation, card, end, fieldErrors, type Turn } from '../../turn.ts';
import type { Field, Form, Option } from '../../view.ts';
import { nameOf, peopleToChoose } from '../../who.ts';
import { checked, fields, guarded, wordedOptions } from '../fields.ts';
import { caseIdShape, resourceOfCase, visibleCase, workableCase } from './access.ts';
import { caseCard, caseList, caseMore } from './cards.ts';

const urgencies = ['routine', 'soon', 'urgent'] as const satisfies readonly Urgency[];
const reasons = [
  'discussed',
  'not-needed',
  'patient-left',
  'moved',
  'opened-in-error',
] as const satisfies readonly CloseReason[];
const pseudonymLength = 40;
const cpmsIdLength = 60;

/** The way of a case: opened, consented, enrolled in CPMS, ready, discussed, closed. */
export const caseConversation: Conversation = {
  commands: {
    case: async (turn, rest) => {
      const typed = rest.trim().toUpperCase();
      if (typed === 'NEW' || typed === 'OPEN') return { form: await openForm(turn) };
      return card(caseIdShape.test(typed) ? await caseCard(turn, typed) : await caseList(turn, 0));
    },
  },

  presses: {
    'case.list': async (turn, ref) => card(await caseList(turn, readPageRef(ref).offset), true),
    'case.show': async (turn, ref) => card(await caseCard(turn, ref)),
    'case.more': async (turn, ref) => card(await caseMore(turn, ref)),
    'case.open': async (turn) => ({ form: await openForm(turn) }),
    'case.name': async (turn, ref) => ({ form: nameForm(turn, (await workableCase(turn, ref)).id) }),
    'case.enrol': async (turn, ref) => ({ form: enrolForm(turn, (await workableCase(turn, ref)).id) }),
    'case.ready': async (turn, ref) => {
      await turn.act([{ kind: 'case', id: ref, command: { type: 'case.ready' } }], { kind: 'case', id: ref });
      return card(await caseCard(turn, ref), true);
    },
    'case.urgency': async (turn, ref) => ({
      form: urgencyForm(turn, ref, (await visibleCase(turn, ref)).state.urgency),
    }),
    'case.hand-over': async (turn, ref) => ({ form: await handOverForm(turn, ref) }),
    'case.close': async (turn, ref) => ({ form: closeForm(turn, (await workableCase(turn, ref)).id) }),
  },

  forms: {
    'case.open': async (turn, _ref, values) => {
      const whose = await ownersFor(turn);
      const byDesk = whose.length === 0;
      const asked = checked(
        turn,
        z.object({
          pseudonym: byDesk ? fields.optionalLine(0) : fields.line(pseudonymLength),
          group: fields.one,
          urgency: fields.choice(urgencies),
          owner: whose.length === 1 ? fields.optionalOne : fields.one,
        }),
        values,
      );
      guarded(turn, { pseudonym: asked.pseudonym });
      const chosen = byDesk
        ? await ownerByDesk(turn, asked.owner ?? '')
        : whose.find(({ value }) => whose.length === 1 || value === asked.owner);
      if (!chosen) fieldErrors({ owner: turn.say('fields:choose') });
      const id = turn.ports.ids.next('C');
      const { owner, hcp } = chosen;
      await turn.act(
        [{ kind: 'case', id, command: { type: 'case.open', owner, hcp, group: asked.group, urgency: asked.urgency } }],
        { kind: 'case', id },
        { rows: [{ row: 'case', id, value: { pseudonym: asked.pseudonym ?? '' } }] },
      );
      return card(await caseCard(turn, id), true);
    },

    'case.name': async (turn, id, values) => {
      const { pseudonym } = checked(turn, z.object({ pseudonym: fields.line(pseudonymLength) }), values);
      guarded(turn, { pseudonym });
      const { state } = await workableCase(turn, id);
      if (state.stage === 'closed') end(refuse('case.closed'));
      await turn.act(
        [],
        { kind: 'case', id },
        { rows: [{ row: 'case', id, value: { ...(await detailsOf(turn, id)), pseudonym } }] },
      );
      return card(await caseCard(turn, id), true);
    },

    'case.enrol': async (turn, id, values) => {
      const { cpmsId } = checked(
        turn,
        z.object({ cpmsId: fields.line(cpmsIdLength), enrolled: fields.ticked }),
        values,
      );
      guarded(turn, { cpmsId });
      await workableCase(turn, id);
      await turn.act(
        [{ kind: 'case', id, command: { type: 'case.enrol', attested: true } }],
        { kind: 'case', id },
        { rows: [{ row: 'case', id, value: { ...(await detailsOf(turn, id)), cpmsId } }] },
      );
      return card(await caseCard(turn, id), true);
    },

    'case.urgency': async (turn, id, values) => {
      const { urgency } = checked(turn, z.object({ urgency: fields.choice(urgencies) }), values);
      await turn.act([{ kind: 'case', id, command: { type: 'case.set-urgency', urgency } }], { kind: 'case', id });
      return card(await caseCard(turn, id), true);
    },

    'case.hand-over': async (turn, id, values) => {
      const { to } = checked(turn, z.object({ to: fields.one }), values);
      await turn.act([{ kind: 'case', id, command: { type: 'case.hand-over', to } }], { kind: 'case-handed-over', id });
      return card(handedOver(turn, id), true);
    },

    'case.close': async (turn, id, values) => {
      const { reason } = checked(turn, z.object({ reason: fields.choice(reasons) }), values);
      await turn.act([{ kind: 'case', id, command: { type: 'case.close', reason } }], { kind: 'case', id });
      return card(await caseCard(turn, id), true);
    },
  },

  shows: {
    case: caseCard,
    // Who handed a case over may not see it any more.
    'case-handed-over': async (turn, id) => handedOver(turn, id),
  },
};

const handedOver = ({ say }: Turn, id: string) => ({
  title: say('cases:hand-over.done', { id }),
  tone: 'good' as const,
  body: [{ kind: 'text' as const, text: say('cases:hand-over.done-text') }],
});

async function detailsOf(turn: Turn, id: string): Promise<CaseDetails> {
  return (await turn.ports.store.caseDetails(id)) ?? { pseudonym: '' };
}

interface Owner extends Option {
  readonly owner: string;
  readonly hcp: string;
}

/** Whom the actor can open a case for: themselves, and as an assistant the clinicians of the HCP. None for the helpdesk. */
async function ownersFor(turn: Turn): Promise<Owner[]> {
  const { actor, ports } = turn;
  const directory = await turn.directory();
  const owners = new Map<string, Owner>();
  for (const { role, hcp } of actor.grants) {
    if (!hcp) continue;
    const people = role === 'member' ? [actor.id] : role === 'assistant' ? await holders(ports, 'member', hcp) : [];
    for (const owner of people) {
      const value = `${hcp}/${owner}`;
      const label = turn.say('cases:open.for', {
        name: await nameOf(ports, owner),
        hcp: directory.hcps[hcp]?.name ?? hcp,
      });
      owners.set(value, { value, label, owner, hcp });
    }
  }
  return [...owners.values()];
}

/** For a member who telephones: the helpdesk names the member, who gives the pseudonym later. */
async function ownerByDesk(turn: Turn, owner: string): Promise<{ owner: string; hcp: string } | undefined> {
  const { state } = await turn.ports.store.load('person', owner);
  const hcp = state.grants.find(({ role }) => role === 'member')?.hcp;
  return hcp ? { owner, hcp } : undefined;
}

async function openForm(turn: Turn): Promise<Form> {
  const { say, actor } = turn;
  const whose = await ownersFor(turn);
  const desk = actor.grants.some(({ role }) => role === 'helpdesk');
  if (whose.length === 0 && !desk)
    end(denied(actor, 'case.open', {}) ?? refuse('access.denied', { command: 'case.open' }));
  const ownerField: Field[] =
    whose.length === 0
      ? [
          {
            kind: 'search',
            source: 'expert',
            name: 'owner',
            label: say('cases:open.owner'),
            hint: say('cases:open.desk-hint'),
          },
        ]
      : whose.length > 1
        ? [
            {
              kind: 'choice',
              name: 'owner',
              label: say('cases:open.owner'),
              options: whose.map(({ value, label }) => ({ value, label })),
            },
          ]
        : [];
  return {
    form: 'case.open',
    title: say('cases:open.title'),
    intro: say('cases:open.intro'),
    fields: [
      ...ownerField,
      ...(whose.length > 0 ? [pseudonymField(turn)] : []),
      { kind: 'search', source: 'group', name: 'group', label: say('cases:open.group') },
      {
        kind: 'choice',
        name: 'urgency',
        label: say('cases:open.urgency'),
        options: wordedOptions(turn, 'cases:urgency', urgencies),
        value: 'routine',
      },
    ],
    submit: say('cases:open.submit'),
    open: { label: say('cases:open.button'), action: 'case.open' },
  };
}

const pseudonymField = ({ say }: Turn): Field => ({
  kind: 'line',
  name: 'pseudonym',
  label: say('cases:open.pseudonym'),
  hint: say('cases:open.pseudonym-hint'),
  placeholder: say('cases:open.pseudonym-example'),
  max: pseudonymLength,
});

function simpleForm(turn: Turn, key: string, action: string, id: string, asked: readonly Field[]): Form {
  const { say } = turn;
  return {
    form: action,
    ref: id,
    title: say(`cases:${key}.title`, { id }),
    intro: say(`cases:${key}.intro`),
    fields: asked,
    submit: say(`cases:${key}.submit`),
    open: { label: say(`cases:${key}.submit`), action, ref: id },
  };
}

const nameForm = (turn: Turn, id: string) => simpleForm(turn, 'name', 'case.name', id, [pseudonymField(turn)]);

const enrolForm = (turn: Turn, id: string) =>
  simpleForm(turn, 'enrol', 'case.enrol', id, [
    {
      kind: 'line',
      name: 'cpmsId',
      label: turn.say('cases:enrol.id'),
      hint: turn.say('cases:enrol.id-hint'),
      max: cpmsIdLength,
    },
    { kind: 'check', name: 'enrolled', label: turn.say('cases:enrol.check') },
  ]);

const urgencyForm = (turn: Turn, id: string, urgency: Urgency) =>
  simpleForm(turn, 'set-urgency', 'case.urgency', id, [
    {
      kind: 'choice',
      name: 'urgency',
      label: turn.say('cases:open.urgency'),
      options: wordedOptions(turn, 'cases:urgency', urgencies),
      value: urgency,
    },
  ]);

const closeForm = (turn: Turn, id: string) =>
  simpleForm(turn, 'close', 'case.close', id, [
    {
      kind: 'choice',
      name: 'reason',
      label: turn.say('cases:close.reason'),
      options: wordedOptions(turn, 'cases:reasons', reasons),
    },
  ]);

async function handOverForm(turn: Turn, id: string): Promise<Form> {
  const { state } = await visibleCase(turn, id);
  const refusal = denied(turn.actor, 'case.hand-over', resourceOfCase(state));
  if (refusal) end(refusal);
  const people = (await holders(turn.ports, 'member', state.hcp)).filter((person) => person !== state.owner);
  if (people.length === 0) end(refuse('case.nobody-to-hand-over'));
  const options = await peopleToChoose(turn.ports, people);
  return simpleForm(turn, 'hand-over', 'case.hand-over', id, [
    { kind: 'choice', name: 'to', label: turn.say('cases:hand-over.to'), options },
  ]);
}
