import { denied } from '../../../domain/access.ts';
import { sayDate } from '../../dates.ts';
import type { Turn } from '../../turn.ts';
import type { ActButton, Card } from '../../view.ts';
import { nameOf } from '../../who.ts';
import type { Say } from '../../words.ts';

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

/** A registration as those see it who decide: who, where, since when, how it stands, and what they can decide now. */
export async function decidedCard(turn: Turn, id: string): Promise<Card> {
  const { ports, say, actor } = turn;
  const state = await turn.thing('registration', id);
  const whose = { owner: state.person, hcp: state.hcp };
  turn.mustSee('registration', whose);
  const directory = await turn.directory();
  const leads = state.stage === 'awaiting-lead' && !denied(actor, 'registration.decide', whose);
  const administers = state.stage === 'submitted' && !denied(actor, 'registration.approved', whose);
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
          [say('deciding:facts.since'), sayDate(say, state.since, turn.zone)],
          [say('deciding:facts.id'), id],
        ],
      },
    ],
    buttons: leads ? decideButtons(say, id) : administers ? administratorButtons(say, id) : [],
  };
}
