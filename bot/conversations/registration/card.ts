import type { Directory, LinkName } from '../../../domain/directory.ts';
import type { Registration } from '../../../domain/registration.ts';
import { sayDate, sinceWords } from '../../dates.ts';
import { linkButtons } from '../../links.ts';
import type { ActButton, Button, Card, Step } from '../../view.ts';
import type { Say } from '../../words.ts';

export interface Seen {
  readonly say: Say;
  readonly directory: Directory;
  readonly zone: string;
  readonly now: string;
  /** The text of the reason, where there is one and the reader may see it. */
  readonly reason?: string;
  /** Whether EU Login's sign-in can verify account and second factor. */
  readonly canSignIn: boolean;
  /** Names of those who can decide at its stage. */
  readonly deciders: readonly string[];
}

/** The way to an active account for its own traveller: the steps, on whom it waits and since when, and what they can do now. */
export function registrationCard(id: string, state: Registration, seen: Seen): Card {
  const { say, directory } = seen;
  const hcp = directory.hcps[state.hcp]?.name ?? state.hcp;
  const waiting = say(`registration:waiting.${waitingKey(state)}`, {
    hcp,
    deciders: seen.deciders.join(', ') || say('registration:nobody'),
  });
  const body: Card['body'] = [
    { kind: 'text', text: waiting },
    ...(seen.reason ? [{ kind: 'text' as const, text: say('registration:reason', { reason: seen.reason }) }] : []),
    { kind: 'steps', steps: registrationSteps(state, seen) },
    ...missingLink(state, seen),
    {
      kind: 'note',
      text: say('registration:since', {
        id,
        hcp,
        since: sayDate(say, state.since, seen.zone),
        ago: sinceWords(say, state.since, seen.now),
      }),
    },
  ];
  return {
    title: say(`registration:title.${state.stage === 'active' ? 'active' : 'way'}`),
    tone: toneOf(state),
    body,
    buttons: registrationButtons(id, state, seen),
  };
}

function waitingKey(state: Registration): string {
  // Until the join, what the member can do for the account comes first: it runs beside the authorisation.
  if (state.stage === 'passed-on') return state.account === 'none' ? 'account' : 'factor';
  return state.stage;
}

/** The link that the next step needs: a page that the directory gives no address of is asked for, not made up. */
function nextLink({ stage, account }: Registration): LinkName | undefined {
  if (stage === 'notified') return 'cpms-log-in';
  if (!['draft', 'awaiting-lead', 'authorised', 'with-helpdesk', 'passed-on'].includes(stage)) return undefined;
  return account === 'none' ? 'eu-login-account' : account === 'created' ? 'eu-login-second-factor' : undefined;
}

function missingLink(state: Registration, { say, directory }: Seen): Card['body'] {
  const name = nextLink(state);
  return name && !directory.links[name]
    ? [{ kind: 'note', text: say('common:link-missing', { page: say(`common:links.${name}`) }) }]
    : [];
}

function toneOf({ stage }: Registration): Card['tone'] {
  if (stage === 'active') return 'good';
  return ['declined', 'rejected', 'suspended', 'left', 'withdrawn'].includes(stage) ? 'warning' : 'waiting';
}

const authorisationPast: readonly Registration['stage'][] = [
  'authorised',
  'with-helpdesk',
  'passed-on',
  'awaiting-ern-it',
  'notified',
  'submitted',
  'active',
  'suspended',
  'left',
  'rejected',
];
const helpdeskPast = authorisationPast.slice(2);
const noticePast = authorisationPast.slice(4);
const submittedPast = authorisationPast.slice(5);

/** The seven steps of the way, with where one stands in words. */
function registrationSteps(state: Registration, { say }: Pick<Seen, 'say'>): readonly Step[] {
  const past = (stages: readonly Registration['stage'][]) => stages.includes(state.stage);
  const step = (name: string, done: boolean, state_: Step['state']): Step => ({
    label: say(`registration:steps.${name}`),
    state: done ? 'done' : state_,
  });
  const stopped = state.stage === 'declined' || state.stage === 'withdrawn';
  const account: Step['state'] = stopped ? 'later' : 'now';
  return [
    step(
      'lead',
      past(authorisationPast),
      state.stage === 'declined' ? 'stopped' : state.stage === 'awaiting-lead' ? 'waiting' : 'now',
    ),
    step('helpdesk', past(helpdeskPast), past(['authorised', 'with-helpdesk']) ? 'waiting' : 'later'),
    step('account', state.account !== 'none', account),
    {
      ...step('factor', state.account === 'ready', state.account === 'created' ? account : 'later'),
      ...(state.account === 'ready' ? { detail: say(`registration:proof.${state.proof ?? 'attested'}`) } : {}),
    },
    step('ern-it', past(noticePast), state.stage === 'awaiting-ern-it' ? 'waiting' : 'later'),
    step('submit', past(submittedPast), state.stage === 'notified' ? 'now' : 'later'),
    step(
      'approval',
      past(['active', 'suspended', 'left']),
      state.stage === 'rejected' ? 'stopped' : state.stage === 'submitted' ? 'waiting' : 'later',
    ),
  ];
}

function registrationButtons(id: string, state: Registration, { say, directory, canSignIn }: Seen): readonly Button[] {
  const act = (action: string, style?: 'primary' | 'danger', confirm?: boolean): ActButton => ({
    label: say(`registration:buttons.${action}`),
    action: `register.${action}`,
    ref: id,
    ...(style ? { style } : {}),
    ...(confirm ? { confirm: say(`registration:confirm.${action}`) } : {}),
  });
  const link = (name: LinkName) => linkButtons(say, directory, name);
  const buttons: Button[] = [];
  const open = ['draft', 'awaiting-lead', 'authorised', 'with-helpdesk', 'passed-on'].includes(state.stage);
  if (state.stage === 'draft') buttons.push(act('request', 'primary'));
  if (open && state.account === 'none') buttons.push(...link('eu-login-account'), act('account', 'primary'));
  if (open && state.account === 'created') buttons.push(...link('eu-login-second-factor'), act('factor', 'primary'));
  if (canSignIn && open && state.proof !== 'verified') buttons.push(act('sign-in'));
  if (state.stage === 'awaiting-ern-it') buttons.push(act('notified', 'primary'));
  if (state.stage === 'active')
    buttons.push({ label: say('cases:open.button'), action: 'case.open', style: 'primary' });
  if (['notified', 'submitted', 'active'].includes(state.stage)) buttons.push(...link('cpms-log-in'));
  if (state.stage === 'notified') buttons.push(act('submitted', 'primary'));
  if (state.stage === 'submitted') buttons.push(act('approved', 'primary'), act('rejected'));
  if (state.stage === 'declined' || state.stage === 'rejected') buttons.push(act('again', 'primary'));
  if (open || ['awaiting-ern-it', 'notified', 'submitted'].includes(state.stage))
    buttons.push(act('withdraw', 'danger', true));
  return buttons;
}
