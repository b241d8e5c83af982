import type { Ask, Decider, Fact } from './decider.ts';
import { refuse } from './decider.ts';

export type TicketStage = 'none' | 'new' | 'triaged' | 'in-progress' | 'waiting' | 'referred' | 'resolved' | 'closed';

export const topics = [
  'registration',
  'enrolment',
  'consent',
  'files',
  'meeting',
  'cpms-error',
  'eu-login',
  'other',
] as const;
export type Topic = (typeof topics)[number];

/** Who else answers: the Commission's CPMS IT support (errors of the platform), EU Login's help page (account, second factor). */
export type Referral = 'cpms-it' | 'eu-login';

export interface TicketMessage {
  /** Id of the sealed text. */
  readonly text: string;
  readonly by: string;
  readonly at: string;
  /** 'note': the helpdesk's own, which the requester never sees. */
  readonly kind: 'message' | 'reply' | 'note';
}

export interface Ticket {
  readonly stage: TicketStage;
  readonly requester: string;
  readonly topic: Topic;
  readonly hcp?: string;
  readonly assignee?: string;
  readonly referredTo?: Referral;
  readonly helped?: boolean;
  readonly messages: readonly TicketMessage[];
  readonly since: string;
  readonly openedAt: string;
}

export type TicketCommand =
  | (Ask & {
      readonly type: 'ticket.open';
      readonly requester: string;
      readonly topic: Topic;
      readonly hcp?: string;
      readonly text: string;
    })
  | (Ask & { readonly type: 'ticket.triage'; readonly topic: Topic })
  /** `from` is who had it as the one who acts saw it, '' for nobody: it is not taken from anybody else. */
  | (Ask & { readonly type: 'ticket.assign'; readonly to: string; readonly from?: string })
  | (Ask & { readonly type: 'ticket.reply'; readonly text: string; readonly wait: boolean })
  | (Ask & { readonly type: 'ticket.note'; readonly text: string })
  | (Ask & { readonly type: 'ticket.add'; readonly text: string })
  | (Ask & { readonly type: 'ticket.refer'; readonly to: Referral })
  | (Ask & { readonly type: 'ticket.helped'; readonly helped: boolean })
  | (Ask & { readonly type: 'ticket.resolve' })
  | (Ask & { readonly type: 'ticket.reopen' })
  | (Ask & { readonly type: 'ticket.close' });

export type TicketEvent =
  | (Fact & {
      readonly type: 'ticket-opened';
      readonly requester: string;
      readonly topic: Topic;
      readonly hcp?: string;
      readonly text: string;
    })
  | (Fact & { readonly type: 'ticket-triaged'; readonly topic: Topic })
  | (Fact & { readonly type: 'ticket-assigned'; readonly to: string })
  | (Fact & { readonly type: 'ticket-replied'; readonly text: string; readonly wait: boolean })
  | (Fact & { readonly type: 'ticket-noted'; readonly text: string })
  | (Fact & { readonly type: 'ticket-added'; readonly text: string })
  | (Fact & { readonly type: 'ticket-referred'; readonly to: Referral })
  | (Fact & { readonly type: 'ticket-helped'; readonly helped: boolean })
  | (Fact & { readonly type: 'ticket-resolved' })
  | (Fact & { readonly type: 'ticket-reopened' })
  | (Fact & { readonly type: 'ticket-closed' });

export interface TicketFacts {
  /** Whether the one that a ticket is assigned to is of the helpdesk. */
  readonly assigneeIsHelpdesk: boolean;
}

/** A resolved ticket is reopened for this long; then it is closed by the clock. */
export const reopenDays = 7;

export const ticket: Decider<Ticket, TicketCommand, TicketEvent, TicketFacts> = {
  initial: { stage: 'none', requester: '', topic: 'other', messages: [], since: '', openedAt: '' },

  decide(state, command, facts) {
    const { at, by } = command;
    const wrongStage = () => refuse('ticket.wrong-stage', { stage: state.stage });
    if (command.type === 'ticket.open') {
      if (state.stage !== 'none') return wrongStage();
      const { requester, topic, hcp, text } = command;
      return [{ type: 'ticket-opened', at, by, requester, topic, ...(hcp ? { hcp } : {}), text }];
    }
    if (state.stage === 'none') return refuse('ticket.unknown');
    if (state.stage === 'closed') return refuse('ticket.closed');
    const open = state.stage !== 'resolved';

    switch (command.type) {
      case 'ticket.triage':
        return open ? [{ type: 'ticket-triaged', at, by, topic: command.topic }] : wrongStage();
      case 'ticket.assign':
        if (!open) return wrongStage();
        if (!facts.assigneeIsHelpdesk) return refuse('ticket.assignee-not-helpdesk');
        if (state.assignee === command.to) return refuse('ticket.already-assigned');
        return command.from !== undefined && command.from !== (state.assignee ?? '')
          ? refuse('ticket.taken')
          : [{ type: 'ticket-assigned', at, by, to: command.to }];
      case 'ticket.reply':
        return open ? [{ type: 'ticket-replied', at, by, text: command.text, wait: command.wait }] : wrongStage();
      case 'ticket.note':
        return [{ type: 'ticket-noted', at, by, text: command.text }];
      case 'ticket.add':
        return state.stage === 'resolved'
          ? reopened(state, at, by, [{ type: 'ticket-added', at, by, text: command.text }])
          : [{ type: 'ticket-added', at, by, text: command.text }];
      case 'ticket.refer':
        return open ? [{ type: 'ticket-referred', at, by, to: command.to }] : wrongStage();
      case 'ticket.helped':
        if (state.stage !== 'referred') return wrongStage();
        return command.helped
          ? [
              { type: 'ticket-helped', at, by, helped: true },
              { type: 'ticket-resolved', at, by },
            ]
          : [{ type: 'ticket-helped', at, by, helped: false }];
      case 'ticket.resolve':
        return open ? [{ type: 'ticket-resolved', at, by }] : wrongStage();
      case 'ticket.reopen':
        return state.stage === 'resolved' ? reopened(state, at, by, []) : wrongStage();
      case 'ticket.close':
        if (open) return wrongStage();
        // The clock waits until nobody may reopen it any more; the helpdesk need not.
        return by === 'system' && daysSince(state.since, at) <= reopenDays
          ? refuse('ticket.too-early-to-close', { days: reopenDays })
          : [{ type: 'ticket-closed', at, by }];
    }
  },

  evolve(state, event) {
    const to = (stage: TicketStage, more: Partial<Ticket> = {}): Ticket => ({
      ...state,
      ...more,
      stage,
      since: event.at,
    });
    const said = (text: string, kind: TicketMessage['kind']) => ({
      messages: [...state.messages, { text, by: event.by, at: event.at, kind }],
    });
    switch (event.type) {
      case 'ticket-opened':
        return to('new', {
          requester: event.requester,
          topic: event.topic,
          openedAt: event.at,
          ...(event.hcp ? { hcp: event.hcp } : {}),
          ...said(event.text, 'message'),
        });
      case 'ticket-triaged':
        return state.stage === 'new' ? to('triaged', { topic: event.topic }) : { ...state, topic: event.topic };
      case 'ticket-assigned':
        return state.stage === 'new' || state.stage === 'triaged'
          ? to('in-progress', { assignee: event.to })
          : { ...state, assignee: event.to };
      case 'ticket-replied':
        return to(event.wait ? 'waiting' : 'in-progress', {
          assignee: state.assignee ?? event.by,
          ...said(event.text, 'reply'),
        });
      case 'ticket-noted':
        return { ...state, ...said(event.text, 'note') };
      case 'ticket-added':
        return to(
          state.stage === 'waiting' || state.stage === 'referred' ? 'in-progress' : state.stage,
          said(event.text, 'message'),
        );
      case 'ticket-referred':
        return to('referred', { referredTo: event.to });
      case 'ticket-helped':
        return event.helped ? { ...state, helped: true } : to('in-progress', { helped: false });
      case 'ticket-resolved':
        return to('resolved');
      case 'ticket-reopened':
        return to('in-progress');
      case 'ticket-closed':
        return to('closed');
    }
  },
};

function daysSince(since: string, at: string): number {
  return (Date.parse(at) - Date.parse(since)) / 86_400_000;
}

function reopened(
  state: Ticket,
  at: string,
  by: string,
  then: readonly TicketEvent[],
): readonly TicketEvent[] | ReturnType<typeof refuse> {
  return daysSince(state.since, at) > reopenDays
    ? refuse('ticket.too-late-to-reopen', { days: reopenDays })
    : [{ type: 'ticket-reopened', at, by }, ...then];
}
