import type { Ask, Decider, Fact } from '../decider.ts';
import { refuse } from '../decider.ts';
import { plain, type Slot, slotRefusal } from './slots.ts';

export type RequestStage =
  | 'none'
  | 'submitted'
  | 'in-triage'
  | 'needs-information'
  | 'scheduled'
  | 'declined'
  | 'cancelled';

/** What is asked for: by whom, about which case (absent for a meeting without one), with whom and when. */
interface Wish {
  readonly requester: string;
  readonly hcp: string;
  readonly caseId?: string;
  readonly group?: string;
  readonly experts: readonly string[];
  readonly proposals: readonly Slot[];
  /** Id of the sealed text of a remark; never clinical. */
  readonly note?: string;
}

/** 'We would like to discuss this': what a member asks of the helpdesk, who alone schedules. */
export interface MeetingRequest extends Wish {
  readonly stage: RequestStage;
  readonly assignee?: string;
  /** Id of the sealed text: what the helpdesk asked, or why it declined. */
  readonly question?: string;
  readonly meetingId?: string;
  /** The poll that looks for its hour. */
  readonly pollId?: string;
  readonly since: string;
}

export type RequestCommand =
  | (Ask & Wish & { readonly type: 'request.submit' })
  /** `from` is who had it as the one who acts saw it, '' for nobody: it is not taken from anybody else. */
  | (Ask & { readonly type: 'request.take'; readonly from?: string })
  | (Ask & { readonly type: 'request.ask'; readonly question: string })
  | (Ask & { readonly type: 'request.answer'; readonly proposals?: readonly Slot[]; readonly note?: string })
  | (Ask & { readonly type: 'request.decline'; readonly reason: string })
  | (Ask & { readonly type: 'request.cancel' })
  /** Follows from the poll's opening: the system's own. */
  | (Ask & { readonly type: 'request.polled'; readonly pollId: string })
  /** Follows from the meeting's scheduling: the system's own. `caseId` is the meeting's, and must be the request's. */
  | (Ask & { readonly type: 'request.scheduled'; readonly meetingId: string; readonly caseId?: string });

export type RequestEvent =
  | (Fact & Wish & { readonly type: 'meeting-requested' })
  | (Fact & { readonly type: 'request-taken' })
  | (Fact & { readonly type: 'request-questioned'; readonly question: string })
  | (Fact & { readonly type: 'request-answered'; readonly proposals?: readonly Slot[]; readonly note?: string })
  | (Fact & { readonly type: 'request-declined'; readonly reason: string })
  | (Fact & { readonly type: 'request-cancelled' })
  | (Fact & { readonly type: 'request-polled'; readonly pollId: string })
  | (Fact & { readonly type: 'request-scheduled'; readonly meetingId: string });

export interface RequestFacts {
  readonly careConsent: boolean;
  /** The HCP and the owner of the case, where the request names one: the request is its HCP's, and its owner's or the asker's own. */
  readonly caseHcp?: string;
  readonly caseOwner?: string;
  /** The case is enrolled (or further), open and not on hold; true where the request names no case. */
  readonly caseGoesOn: boolean;
  readonly groupListed: boolean;
  /** Every named expert is a person of the directory, and no patient representative where a case is discussed. */
  readonly expertsKnown: boolean;
  readonly noRepresentative: boolean;
}

/** The stages in which a request still waits for the helpdesk or for the one who asked. */
export const openRequestStages: readonly RequestStage[] = ['submitted', 'in-triage', 'needs-information'];

/** Whether a request still waits. */
export const isOpenRequest = ({ stage }: Pick<MeetingRequest, 'stage'>): boolean => openRequestStages.includes(stage);

export const request: Decider<MeetingRequest, RequestCommand, RequestEvent, RequestFacts> = {
  initial: { stage: 'none', requester: '', hcp: '', experts: [], proposals: [], since: '' },

  decide(state, command, facts) {
    const { at, by } = command;
    const wrongStage = () => refuse('request.wrong-stage', { stage: state.stage });
    if (command.type === 'request.submit') {
      if (state.stage !== 'none') return wrongStage();
      const { requester, hcp, caseId, group, experts, proposals, note } = command;
      if (caseId && !(facts.careConsent && facts.caseGoesOn))
        return refuse(facts.careConsent ? 'request.case-not-enrolled' : 'consent.care-inactive');
      if (caseId && facts.caseHcp !== undefined && facts.caseHcp !== hcp) return refuse('request.other-hcp');
      if (caseId && facts.caseOwner !== undefined && requester !== facts.caseOwner && requester !== by)
        return refuse('request.other-requester');
      if (group ? !facts.groupListed : experts.length === 0) return refuse('request.nobody-invited');
      if (!facts.expertsKnown) return refuse('request.expert-unknown');
      if (caseId && !facts.noRepresentative) return refuse('meeting.representative');
      const wrong = slotRefusal(proposals, at);
      if (wrong) return wrong;
      return [
        {
          type: 'meeting-requested',
          at,
          by,
          requester,
          hcp,
          ...(caseId ? { caseId } : {}),
          ...(group ? { group } : {}),
          experts: [...new Set(experts)],
          proposals: proposals.map(plain),
          ...(note ? { note } : {}),
        },
      ];
    }
    if (state.stage === 'none') return refuse('request.unknown');
    if (!isOpenRequest(state)) return wrongStage();
    const consentLapsed = state.caseId !== undefined && !(facts.careConsent && facts.caseGoesOn);

    switch (command.type) {
      case 'request.take':
        if (state.stage !== 'submitted' && state.assignee === by) return refuse('request.already-yours');
        return command.from !== undefined && command.from !== (state.assignee ?? '')
          ? refuse('request.taken')
          : [{ type: 'request-taken', at, by }];
      case 'request.ask':
        return [{ type: 'request-questioned', at, by, question: command.question }];
      case 'request.answer': {
        if (state.stage !== 'needs-information') return wrongStage();
        const wrong = command.proposals && slotRefusal(command.proposals, at);
        if (wrong) return wrong;
        return [
          {
            type: 'request-answered',
            at,
            by,
            ...(command.proposals ? { proposals: command.proposals.map(plain) } : {}),
            ...(command.note ? { note: command.note } : {}),
          },
        ];
      }
      case 'request.decline':
        return [{ type: 'request-declined', at, by, reason: command.reason }];
      case 'request.cancel':
        return [{ type: 'request-cancelled', at, by }];
      case 'request.polled':
        return [{ type: 'request-polled', at, by, pollId: command.pollId }];
      case 'request.scheduled':
        if (consentLapsed) return refuse('consent.care-inactive');
        if (command.caseId !== state.caseId) return refuse('request.other-case');
        return [{ type: 'request-scheduled', at, by, meetingId: command.meetingId }];
    }
  },

  evolve(state, event) {
    const to = (stage: RequestStage, more: Partial<MeetingRequest> = {}): MeetingRequest => ({
      ...state,
      ...more,
      stage,
      since: event.at,
    });
    switch (event.type) {
      case 'meeting-requested': {
        const { requester, hcp, caseId, group, experts, proposals, note } = event;
        return to('submitted', {
          requester,
          hcp,
          experts,
          proposals,
          ...(caseId ? { caseId } : {}),
          ...(group ? { group } : {}),
          ...(note ? { note } : {}),
        });
      }
      case 'request-taken':
        return to(state.stage === 'submitted' ? 'in-triage' : state.stage, { assignee: event.by });
      case 'request-questioned':
        return to('needs-information', { question: event.question, assignee: event.by });
      case 'request-answered':
        return to('in-triage', {
          ...(event.proposals ? { proposals: event.proposals } : {}),
          ...(event.note ? { note: event.note } : {}),
        });
      case 'request-declined':
        return to('declined', { question: event.reason });
      case 'request-cancelled':
        return to('cancelled');
      case 'request-polled':
        return { ...to('in-triage'), pollId: event.pollId };
      case 'request-scheduled':
        return to('scheduled', { meetingId: event.meetingId });
    }
  },
};
