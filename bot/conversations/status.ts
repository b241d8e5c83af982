import { holds } from '../../domain/people.ts';
import { underWay } from '../../domain/registration.ts';
import type { Answer } from '../interaction.ts';
import { type Conversation, card, type Turn } from '../turn.ts';
import type { Block, Button, Card, Item } from '../view.ts';
import { decisionsFor } from './deciding.ts';
import { currentAttempt, ownRegistration } from './registration.ts';

const few = { limit: 5 };

/** Where somebody stands: their registration while it is under way, else their cases, meetings and requests, and what waits for them. */
export async function statusCard(turn: Turn): Promise<Card> {
  const { ports, say, actor } = turn;
  if (actor.id === '') {
    return {
      title: say('status:stranger.title'),
      body: [{ kind: 'text', text: say('status:stranger.text') }],
      buttons: [
        { label: say('status:buttons.register'), action: 'register.begin', style: 'primary' },
        { label: say('status:buttons.known'), action: 'verify.address' },
        { label: say('status:buttons.support'), action: 'support.begin' },
      ],
    };
  }
  const attempt = await currentAttempt(turn);
  const decisions = await decisionsFor(turn);
  if (attempt && underWay(attempt.state.stage) && decisions.length === 0) return ownRegistration(turn, attempt.id);

  const body: Block[] = [];
  const buttons: Button[] = [];
  const section = (title: string, items: readonly Item[]) => {
    if (items.length > 0) body.push({ kind: 'text', text: title }, { kind: 'list', items });
  };
  section(say('status:decisions'), decisions);
  if (attempt) {
    const label = say(`registration:stages.${attempt.state.stage}`);
    section(say('status:registration'), [
      {
        title: label,
        detail: attempt.id,
        buttons: [{ label: say('common:show'), action: 'register.show', ref: attempt.id }],
      },
    ]);
  }
  const show = (action: string, ref: string): readonly Button[] => [{ label: say('common:show'), action, ref }];
  if (holds(actor, 'member') || holds(actor, 'assistant')) {
    const cases = await ports.store.find('case', { person: actor.id }, few);
    section(
      say('status:cases'),
      cases.map(({ id, state }) => ({
        title: `${id} · ${state.group}`,
        detail: say(`status:case-stage.${state.onHold ? 'on-hold' : state.stage}`),
        buttons: show('case.show', id),
      })),
    );
    const requests = await ports.store.find(
      'request',
      { person: actor.id, status: ['submitted', 'in-triage', 'needs-information'] },
      few,
    );
    section(
      say('status:requests'),
      requests.map(({ id, state }) => ({
        title: id,
        detail: say(`status:request-stage.${state.stage}`),
        buttons: show('meeting.request', id),
      })),
    );
    buttons.push(
      { label: say('status:buttons.case'), action: 'case.open', style: 'primary' },
      { label: say('status:buttons.meeting'), action: 'meeting.ask' },
    );
  }
  const meetings = [
    ...(await ports.store.find('meeting', { invitee: actor.id, status: ['scheduled'] }, few)),
    ...(await ports.store.find('meeting', { person: actor.id, status: ['scheduled'] }, few)),
  ];
  const upcoming = meetings.filter(
    ({ id, state }, index) => state.slot.instant > turn.now && meetings.findIndex((other) => other.id === id) === index,
  );
  section(
    say('status:meetings'),
    upcoming.map(({ id, state }) => ({
      title: id,
      detail: `${state.slot.local.replace('T', ' ')} ${state.slot.zone}`,
      buttons: show('meeting.show', id),
    })),
  );
  const tickets = await ports.store.find(
    'ticket',
    { person: actor.id, status: ['new', 'triaged', 'in-progress', 'waiting', 'referred'] },
    few,
  );
  section(
    say('status:tickets'),
    tickets.map(({ id, state }) => ({
      title: id,
      detail: say(`support:stages.${state.stage}`),
      buttons: show('support.show', id),
    })),
  );
  if (holds(actor, 'helpdesk'))
    buttons.unshift({ label: say('status:buttons.queue'), action: 'desk.queue', style: 'primary' });
  if (!attempt && actor.grants.length === 0)
    buttons.push({ label: say('status:buttons.register'), action: 'register.begin', style: 'primary' });
  buttons.push({ label: say('status:buttons.support'), action: 'support.begin' });
  if (body.length === 0) body.push({ kind: 'text', text: say('status:nothing') });
  return { title: say('status:title'), body, buttons };
}

const status = async (turn: Turn): Promise<Answer> => card(await statusCard(turn));

export const statusTalk: Conversation = {
  commands: { status },
  presses: { 'status.show': status },
  shows: { status: statusCard },
};
