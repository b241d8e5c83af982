import type { Ask, Decider, Fact } from './decider.ts';
import { refuse } from './decider.ts';

export type CaseStage = 'none' | 'draft' | 'consented' | 'enrolled' | 'ready' | 'discussed' | 'closed';
export type Urgency = 'routine' | 'soon' | 'urgent';

/** A patient's case, without the patient: pseudonym and CPMS id stand in a sealed row beside the log. */
export interface Case {
  readonly stage: CaseStage;
  /** Stopped by a withdrawn or lapsed consent; it goes on at `stage` with a new one. */
  readonly onHold: boolean;
  /** The clinician who answers for it. */
  readonly owner: string;
  readonly hcp: string;
  readonly group: string;
  readonly urgency: Urgency;
  readonly since: string;
}

export type CloseReason = 'discussed' | 'not-needed' | 'patient-left' | 'moved' | 'opened-in-error';

export type CaseCommand =
  | (Ask & {
      readonly type: 'case.open';
      readonly owner: string;
      readonly hcp: string;
      readonly group: string;
      readonly urgency: Urgency;
    })
  | (Ask & { readonly type: 'case.enrol'; readonly attested: boolean })
  | (Ask & { readonly type: 'case.ready' })
  | (Ask & { readonly type: 'case.close'; readonly reason: CloseReason })
  | (Ask & { readonly type: 'case.hand-over'; readonly to: string })
  | (Ask & { readonly type: 'case.set-urgency'; readonly urgency: Urgency })
  /** What follows from the consent and from meetings: the system's own. */
  | (Ask & { readonly type: 'case.consent-given' })
  | (Ask & { readonly type: 'case.consent-ended' })
  | (Ask & { readonly type: 'case.discussed' });

export type CaseEvent =
  | (Fact & {
      readonly type: 'case-opened';
      readonly owner: string;
      readonly hcp: string;
      readonly group: string;
      readonly urgency: Urgency;
    })
  | (Fact & { readonly type: 'case-consented' })
  | (Fact & { readonly type: 'case-enrolled' })
  | (Fact & { readonly type: 'case-ready' })
  | (Fact & { readonly type: 'case-discussed' })
  | (Fact & { readonly type: 'case-closed'; readonly reason: CloseReason })
  | (Fact & { readonly type: 'case-held' })
  | (Fact & { readonly type: 'case-resumed' })
  | (Fact & { readonly type: 'case-handed-over'; readonly to: string })
  | (Fact & { readonly type: 'case-urgency-set'; readonly urgency: Urgency });

export interface CaseFacts {
  readonly careConsent: boolean;
  readonly hcpListed: boolean;
  readonly groupListed: boolean;
  /** Whether the (new) owner is an active member or assistant of the case's HCP. */
  readonly ownerBelongs: boolean;
}

export const cases: Decider<Case, CaseCommand, CaseEvent, CaseFacts> = {
  initial: { stage: 'none', onHold: false, owner: '', hcp: '', group: '', urgency: 'routine', since: '' },

  decide(state, command, facts) {
    const { at, by } = command;
    if (command.type === 'case.open') {
      if (state.stage !== 'none') return refuse('case.already-open');
      if (!facts.hcpListed) return refuse('directory.hcp-unknown', { hcp: command.hcp });
      if (!facts.groupListed) return refuse('directory.group-unknown', { group: command.group });
      if (!facts.ownerBelongs) return refuse('case.owner-not-of-hcp');
      const { owner, hcp, group, urgency } = command;
      return [{ type: 'case-opened', at, by, owner, hcp, group, urgency }];
    }
    if (state.stage === 'none') return refuse('case.unknown');
    if (state.stage === 'closed') return refuse('case.closed');

    switch (command.type) {
      case 'case.consent-given':
        if (!facts.careConsent) return refuse('consent.care-inactive');
        // A draft has nothing to hold, so it is never on hold.
        if (state.stage === 'draft') return [{ type: 'case-consented', at, by }];
        return state.onHold ? [{ type: 'case-resumed', at, by }] : [];
      case 'case.consent-ended':
        return facts.careConsent || state.onHold || state.stage === 'draft' ? [] : [{ type: 'case-held', at, by }];
      case 'case.discussed':
        if (state.onHold || !facts.careConsent) return refuse('consent.care-inactive');
        return state.stage === 'enrolled' || state.stage === 'ready' ? [{ type: 'case-discussed', at, by }] : [];
      case 'case.close':
        return [{ type: 'case-closed', at, by, reason: command.reason }];
      case 'case.hand-over':
        if (!facts.ownerBelongs) return refuse('case.owner-not-of-hcp');
        if (command.to === state.owner) return refuse('case.already-owner');
        return [{ type: 'case-handed-over', at, by, to: command.to }];
      case 'case.set-urgency':
        return command.urgency === state.urgency
          ? refuse('case.urgency-already')
          : [{ type: 'case-urgency-set', at, by, urgency: command.urgency }];
      case 'case.enrol':
        if (state.onHold || !facts.careConsent) return refuse('consent.care-inactive');
        if (state.stage !== 'consented') return refuse('case.wrong-stage', { stage: state.stage });
        if (!command.attested) return refuse('case.attestation-needed');
        return [{ type: 'case-enrolled', at, by }];
      case 'case.ready':
        if (state.onHold || !facts.careConsent) return refuse('consent.care-inactive');
        if (state.stage !== 'enrolled') return refuse('case.wrong-stage', { stage: state.stage });
        return [{ type: 'case-ready', at, by }];
    }
  },

  evolve(state, event) {
    const to = (stage: CaseStage): Case => ({ ...state, stage, since: event.at });
    switch (event.type) {
      case 'case-opened':
        return {
          stage: 'draft',
          onHold: false,
          owner: event.owner,
          hcp: event.hcp,
          group: event.group,
          urgency: event.urgency,
          since: event.at,
        };
      case 'case-consented':
        return to('consented');
      case 'case-enrolled':
        return to('enrolled');
      case 'case-ready':
        return to('ready');
      case 'case-discussed':
        return to('discussed');
      case 'case-closed':
        return { ...to('closed'), onHold: false };
      case 'case-held':
        return { ...state, onHold: true, since: event.at };
      case 'case-resumed':
        return { ...state, onHold: false, since: event.at };
      case 'case-handed-over':
        return { ...state, owner: event.to };
      case 'case-urgency-set':
        return { ...state, urgency: event.urgency };
    }
  },
};
