import { refuse } from '../../../domain/decider.ts';
import type { RowWrite } from '../../../domain/memory-ports.ts';
import { decidersFor, type Registration, secondFactors, underWay } from '../../../domain/registration.ts';
import { dateIn } from '../../dates.ts';
import { holders } from '../../facts.ts';
import { seemsIdentifying } from '../../guard.ts';
import type { Answer } from '../../interaction.ts';
import { signInLink } from '../../pages/sign-in.ts';
import { type Conversation, card, end, fieldErrors, type Turn, textOf } from '../../turn.ts';
import type { Card, Form, Values } from '../../view.ts';
import { nameOf } from '../../who.ts';
import { registrationCard } from './card.ts';
import { decidedCard } from './decided.ts';
import { applicationForm } from './verification.ts';

/** A person's attempts, the newest first. */
async function attemptsOf(turn: Turn): Promise<readonly { readonly id: string; readonly state: Registration }[]> {
  if (turn.actor.id === '') return [];
  return turn.ports.store.find('registration', { person: turn.actor.id }, { limit: 20 });
}

const registrationIdShape = /^R-[0-9A-Z]{8}$/;

/** The attempt that counts: the one under way or active, else the newest. */
export async function currentAttempt(
  turn: Turn,
): Promise<{ readonly id: string; readonly state: Registration } | undefined> {
  const attempts = await attemptsOf(turn);
  return (
    attempts.find(({ state }) => underWay(state.stage) || state.stage === 'active' || state.stage === 'suspended') ??
    attempts[0]
  );
}

/** A registration by its number: the whole way for whose it is; for others who may see it, what there is to decide. */
export async function ownRegistration(turn: Turn, id: string): Promise<Card> {
  const { ports } = turn;
  const state = await turn.thing('registration', id);
  turn.mustSee('registration', { owner: state.person, hcp: state.hcp });
  if (state.person !== turn.actor.id) return decidedCard(turn, id);
  const deciders =
    state.stage === 'submitted'
      ? await holders(ports, 'local-administrator', state.hcp)
      : decidersFor(state.person, {
          leads: await holders(ports, 'lead', state.hcp),
          deputies: await holders(ports, 'deputy', state.hcp),
          coordinators: await holders(ports, 'coordinator'),
        });
  const reason = state.reason === undefined ? undefined : await ports.store.text(state.reason);
  return registrationCard(id, state, {
    say: turn.say,
    directory: await turn.directory(),
    zone: turn.zone,
    now: turn.now,
    canSignIn: ports.signIn !== undefined,
    deciders: await Promise.all(deciders.map((person) => nameOf(ports, person))),
    ...(reason ? { reason } : {}),
  });
}

async function begin(turn: Turn): Promise<Answer> {
  const attempt = await currentAttempt(turn);
  if (attempt && !['withdrawn', 'left'].includes(attempt.state.stage))
    return card(await ownRegistration(turn, attempt.id));
  const { say } = turn;
  return card({
    title: say('registration:intro.title'),
    body: [
      { kind: 'text', text: say('registration:intro.text') },
      {
        kind: 'steps',
        steps: (['lead', 'helpdesk', 'account', 'notice'] as const).map((step) => ({
          label: say(`registration:intro.${step}`),
          state: step === 'account' ? ('now' as const) : ('waiting' as const),
        })),
      },
      { kind: 'note', text: say('registration:intro.note') },
    ],
    buttons: [{ label: say('registration:buttons.start'), action: 'register.form', style: 'primary' }],
  });
}

/** Does one step of the own registration, and shows where it stands now. */
async function step(
  turn: Turn,
  id: string,
  command: { readonly type: string } & Record<string, unknown>,
  rows: readonly RowWrite[] = [],
): Promise<Answer> {
  await turn.act([{ kind: 'registration', id, command: command as never }], { kind: 'registration', id }, { rows });
  return card(await ownRegistration(turn, id), true);
}

function dateForm(turn: Turn, name: 'notified' | 'submitted' | 'approved' | 'rejected', ref: string): Form {
  const { say } = turn;
  return {
    form: `register.${name}`,
    ref,
    title: say(`registration:forms.${name}.title`),
    intro: say(`registration:forms.${name}.intro`),
    fields: [
      { name: 'on', kind: 'date', label: say(`registration:forms.${name}.on`), value: dateIn(turn.now, turn.zone) },
      ...(name === 'rejected'
        ? [
            {
              name: 'reason',
              kind: 'text' as const,
              label: say('registration:forms.rejected.reason'),
              hint: say('common:no-patient'),
              max: 1000,
            },
          ]
        : []),
    ],
    submit: say('common:save'),
    open: { label: say(`registration:buttons.${name}`), action: `register.${name}`, ref },
  };
}

function factorForm(turn: Turn, ref: string): Form {
  const { say } = turn;
  return {
    form: 'register.factor',
    ref,
    title: say('registration:forms.factor.title'),
    intro: say('registration:forms.factor.intro'),
    fields: [
      {
        name: 'method',
        kind: 'choice',
        label: say('registration:forms.factor.method'),
        options: secondFactors.map((value) => ({ value, label: say(`registration:factors.${value}`) })),
      },
    ],
    submit: say('common:save'),
    open: { label: say('registration:buttons.factor'), action: 'register.factor', ref },
  };
}

/** A date that was picked, or the end of the turn with a message on its field. */
export function pickedDate(turn: Turn, values: Values, name: string): string {
  const value = textOf(values, name);
  if (!/^\d{4}-\d\d-\d\d$/.test(value) || Number.isNaN(Date.parse(value)))
    fieldErrors({ [name]: turn.say('common:errors.date') });
  if (value > dateIn(turn.now, turn.zone)) fieldErrors({ [name]: turn.say('refusals:date.in-the-future') });
  return value;
}

/** A text that may be kept: not empty, and without a patient in it (rule 9). Gives the sealed row for it. */
export function guardedText(
  turn: Turn,
  values: Values,
  name: string,
  owner: string,
): { readonly id: string; readonly row: RowWrite } {
  const value = textOf(values, name);
  if (value === '') fieldErrors({ [name]: turn.say('common:errors.empty') });
  const kinds = seemsIdentifying(value);
  if (kinds.length > 0)
    fieldErrors({
      [name]: turn.say('common:errors.identifying', {
        kinds: kinds.map((kind) => turn.say(`common:kinds.${kind}`)).join(', '),
      }),
    });
  const id = turn.ports.ids.next('X');
  return { id, row: { row: 'text', id, owner, value } };
}

const dated =
  (name: 'notified' | 'submitted') =>
  async (turn: Turn, ref: string, values: Values): Promise<Answer> =>
    step(turn, ref, { type: `registration.${name}`, on: pickedDate(turn, values, 'on') });

/** A step of somebody else's way is not even asked about. */
async function own(turn: Turn, ref: string): Promise<string> {
  const { person } = await turn.thing('registration', ref);
  if (person !== turn.actor.id) end(refuse('access.denied'));
  return ref;
}

export const registration: Conversation = {
  commands: {
    register: async (turn, rest) => {
      const named = rest.trim().toUpperCase();
      return registrationIdShape.test(named) ? card(await ownRegistration(turn, named)) : begin(turn);
    },
  },
  presses: {
    'register.begin': begin,
    'register.form': async (turn) => ({ form: await applicationForm(turn) }),
    'register.show': async (turn, ref) => card(await ownRegistration(turn, ref)),
    'register.request': (turn, ref) => step(turn, ref, { type: 'registration.request' }),
    'register.account': (turn, ref) => step(turn, ref, { type: 'registration.account-created', proof: 'attested' }),
    'register.factor': async (turn, ref) => ({ form: factorForm(turn, await own(turn, ref)) }),
    'register.notified': async (turn, ref) => ({ form: dateForm(turn, 'notified', await own(turn, ref)) }),
    'register.submitted': async (turn, ref) => ({ form: dateForm(turn, 'submitted', await own(turn, ref)) }),
    'register.approved': async (turn, ref) => ({ form: dateForm(turn, 'approved', await own(turn, ref)) }),
    'register.rejected': async (turn, ref) => ({ form: dateForm(turn, 'rejected', await own(turn, ref)) }),
    'register.withdraw': (turn, ref) => step(turn, ref, { type: 'registration.withdraw' }),
    'register.again': async (turn, ref) => {
      const state = await turn.thing('registration', ref);
      const id = turn.ports.ids.next('R');
      await turn.act(
        [
          {
            kind: 'registration',
            id,
            command: { type: 'registration.draft', person: turn.actor.id, hcp: state.hcp, as: state.as, previous: ref },
          },
          { kind: 'registration', id, command: { type: 'registration.request' } },
        ],
        { kind: 'registration', id },
      );
      return card(await ownRegistration(turn, id), true);
    },
    'register.sign-in': async (turn, ref) => {
      const url = await signInLink(turn.ports, turn.actor.id, await own(turn, ref));
      return card({
        title: turn.say('registration:sign-in.title'),
        body: [{ kind: 'text', text: turn.say('registration:sign-in.text') }],
        buttons: [{ label: turn.say('registration:sign-in.open'), url, style: 'primary' }],
      });
    },
  },
  forms: {
    'register.factor': (turn, ref, values) =>
      step(turn, ref, { type: 'registration.second-factor', method: textOf(values, 'method'), proof: 'attested' }),
    'register.notified': dated('notified'),
    'register.submitted': dated('submitted'),
    'register.approved': (turn, ref, values) =>
      step(turn, ref, { type: 'registration.approved', on: pickedDate(turn, values, 'on'), source: 'cpms-mail' }),
    'register.rejected': (turn, ref, values) => {
      const reason = guardedText(turn, values, 'reason', `registration/${ref}`);
      return step(
        turn,
        ref,
        { type: 'registration.rejected', on: pickedDate(turn, values, 'on'), source: 'cpms-mail', reason: reason.id },
        [reason.row],
      );
    },
  },
  shows: { registration: ownRegistration },
};
