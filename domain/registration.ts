import { unlikelyDate } from './dates.ts';
import type { Ask, Decider, Fact } from './decider.ts';
import { refuse } from './decider.ts';

/**
 * Registration runs on two tracks that join. The stages before the join are those of the authorisation; the EU Login
 * account goes beside them in `account`. 'passed-on' and an account with a second factor make 'awaiting-ern-it'.
 */
export type RegistrationStage =
  | 'none'
  | 'draft'
  | 'awaiting-lead'
  | 'declined'
  | 'authorised'
  | 'with-helpdesk'
  | 'passed-on'
  | 'awaiting-ern-it'
  | 'notified'
  | 'submitted'
  | 'active'
  | 'rejected'
  | 'suspended'
  | 'left'
  | 'withdrawn';

/** EU Login's second factors that are offered. SMS is being phased out and is not among them. */
export const secondFactors = ['app-pin', 'app-qr', 'security-key', 'passkey', 'tpm', 'eid'] as const;
export type SecondFactor = (typeof secondFactors)[number];

/** 'attested': the member said so; 'verified': EU Login's sign-in showed it. */
export type Proof = 'attested' | 'verified';

export interface Registration {
  readonly stage: RegistrationStage;
  readonly person: string;
  readonly hcp: string;
  readonly as: 'clinician' | 'assistant';
  readonly account: 'none' | 'created' | 'ready';
  readonly factor?: SecondFactor | 'unnamed';
  readonly proof?: Proof;
  /** When the stage was reached. */
  readonly since: string;
  /** When the lead was asked, for the reminders. */
  readonly requestedAt?: string;
  readonly accountSince?: string;
  /** The person of the helpdesk who took it. */
  readonly assignee?: string;
  /** Id of the sealed text of a refusal's reason. */
  readonly reason?: string;
  /** The attempt that this one continues. */
  readonly previous?: string;
}

type Outcome = 'authorised' | 'declined';

/** The day of CPMS's answer, and who tells: the member, whom CPMS wrote to, or the local administrator who gave it there. */
interface CpmsAnswer {
  readonly on: string;
  readonly source: 'cpms-mail' | 'local-administrator';
}

export type RegistrationCommand =
  | (Ask & {
      readonly type: 'registration.draft';
      readonly person: string;
      readonly hcp: string;
      readonly as: 'clinician' | 'assistant';
      readonly previous?: string;
    })
  | (Ask & { readonly type: 'registration.request' })
  /** By the HCP's lead or deputy (or the coordinator for a lead), in chat or by the one-time link. */
  | (Ask & {
      readonly type: 'registration.decide';
      readonly outcome: Outcome;
      readonly reason?: string;
      readonly via: 'chat' | 'link';
    })
  /** By the helpdesk, from a writing of the lead: a source in words (sealed text) and its date. */
  | (Ask & {
      readonly type: 'registration.record-decision';
      readonly outcome: Outcome;
      readonly reason?: string;
      readonly source: string;
      readonly writtenOn: string;
    })
  | (Ask & { readonly type: 'registration.take' })
  | (Ask & { readonly type: 'registration.pass-on' })
  | (Ask & { readonly type: 'registration.account-created'; readonly proof: Proof })
  | (Ask & { readonly type: 'registration.second-factor'; readonly method: string; readonly proof: Proof })
  | (Ask & { readonly type: 'registration.notified'; readonly on: string })
  | (Ask & { readonly type: 'registration.submitted'; readonly on: string })
  | (Ask & CpmsAnswer & { readonly type: 'registration.approved' })
  | (Ask & CpmsAnswer & { readonly type: 'registration.rejected'; readonly reason?: string })
  | (Ask & { readonly type: 'registration.suspend'; readonly reason?: string })
  | (Ask & { readonly type: 'registration.resume' })
  | (Ask & { readonly type: 'registration.leave' })
  | (Ask & { readonly type: 'registration.withdraw' });

export type RegistrationEvent =
  | (Fact & {
      readonly type: 'registration-drafted';
      readonly person: string;
      readonly hcp: string;
      readonly as: 'clinician' | 'assistant';
      readonly previous?: string;
    })
  | (Fact & { readonly type: 'registration-requested' })
  | (Fact & {
      readonly type: 'registration-authorised';
      readonly via: 'chat' | 'link' | 'writing';
      readonly source?: string;
      readonly writtenOn?: string;
    })
  | (Fact & {
      readonly type: 'registration-declined';
      readonly via: 'chat' | 'link' | 'writing';
      readonly reason?: string;
      readonly source?: string;
      readonly writtenOn?: string;
    })
  | (Fact & { readonly type: 'registration-taken' })
  | (Fact & { readonly type: 'registration-passed-on' })
  | (Fact & { readonly type: 'account-created'; readonly proof: Proof })
  | (Fact & { readonly type: 'second-factor-ready'; readonly method: SecondFactor | 'unnamed'; readonly proof: Proof })
  | (Fact & { readonly type: 'registration-complete' })
  | (Fact & { readonly type: 'ern-it-notified'; readonly on: string })
  | (Fact & { readonly type: 'cpms-request-submitted'; readonly on: string })
  | (Fact & CpmsAnswer & { readonly type: 'cpms-approved' })
  | (Fact & CpmsAnswer & { readonly type: 'cpms-rejected'; readonly reason?: string })
  | (Fact & { readonly type: 'member-suspended'; readonly reason?: string })
  | (Fact & { readonly type: 'member-resumed' })
  | (Fact & { readonly type: 'member-left' })
  | (Fact & { readonly type: 'registration-withdrawn' });

export interface RegistrationFacts {
  readonly hcpListed: boolean;
  /** Another attempt of the same person that is under way or active. */
  readonly openAttempt?: string;
  /** The stage and the owner of the attempt that `previous` names. */
  readonly previous?: { readonly stage: RegistrationStage; readonly person: string };
  /** Who can decide: ids of the HCP's leads, its deputies and the network's coordinators. */
  readonly deciders: {
    readonly leads: readonly string[];
    readonly deputies: readonly string[];
    readonly coordinators: readonly string[];
  };
}

/**
 * Who may decide an applicant's request: the HCP's leads and deputies; never the applicant, so that a lead's own request goes
 * to the deputy, else to the coordinator. Empty where nobody can.
 */
export function decidersFor(applicant: string, deciders: RegistrationFacts['deciders']): readonly string[] {
  const others = [...deciders.leads, ...deciders.deputies].filter((id) => id !== applicant);
  return others.length > 0 ? others : deciders.coordinators.filter((id) => id !== applicant);
}

const beforeActive: readonly RegistrationStage[] = [
  'draft',
  'awaiting-lead',
  'authorised',
  'with-helpdesk',
  'passed-on',
  'awaiting-ern-it',
  'notified',
  'submitted',
];

/** Whether an attempt is under way: neither finished nor given up. */
export function underWay(stage: RegistrationStage): boolean {
  return beforeActive.includes(stage);
}

export const registration: Decider<Registration, RegistrationCommand, RegistrationEvent, RegistrationFacts> = {
  initial: { stage: 'none', person: '', hcp: '', as: 'clinician', account: 'none', since: '' },

  decide(state, command, facts) {
    const { at, by } = command;
    const wrongStage = () => refuse('registration.wrong-stage', { stage: state.stage });
    if (command.type === 'registration.draft') {
      if (state.stage !== 'none') return wrongStage();
      if (!facts.hcpListed) return refuse('directory.hcp-unknown', { hcp: command.hcp });
      if (facts.openAttempt) return refuse('registration.already-open', { id: facts.openAttempt });
      if (command.previous !== undefined) {
        const reopenable =
          facts.previous?.person === command.person &&
          (facts.previous.stage === 'declined' || facts.previous.stage === 'rejected');
        if (!reopenable) return refuse('registration.not-reopenable');
      }
      const { person, hcp, as, previous } = command;
      return [{ type: 'registration-drafted', at, by, person, hcp, as, ...(previous ? { previous } : {}) }];
    }
    if (state.stage === 'none') return refuse('registration.unknown');

    switch (command.type) {
      case 'registration.request':
        if (state.stage !== 'draft') return wrongStage();
        if (!facts.hcpListed) return refuse('directory.hcp-unknown', { hcp: state.hcp });
        if (decidersFor(state.person, facts.deciders).length === 0)
          return refuse('registration.nobody-decides', { hcp: state.hcp });
        return [{ type: 'registration-requested', at, by }];

      case 'registration.decide': {
        if (state.stage !== 'awaiting-lead') return wrongStage();
        if (!decidersFor(state.person, facts.deciders).includes(by))
          return refuse(by === state.person ? 'registration.own-request' : 'registration.not-the-decider');
        if (command.outcome === 'declined' && !command.reason) return refuse('registration.reason-needed');
        const { via, reason } = command;
        return command.outcome === 'authorised'
          ? [{ type: 'registration-authorised', at, by, via }]
          : [{ type: 'registration-declined', at, by, via, ...(reason ? { reason } : {}) }];
      }
      case 'registration.record-decision': {
        if (state.stage !== 'awaiting-lead') return wrongStage();
        if (by === state.person) return refuse('registration.own-request');
        if (command.source === '') return refuse('registration.source-needed');
        const wrongDate = unlikelyDate(command.writtenOn, at);
        if (wrongDate) return wrongDate;
        if (command.outcome === 'declined' && !command.reason) return refuse('registration.reason-needed');
        const { source, writtenOn, reason } = command;
        const writing = { at, by, via: 'writing', source, writtenOn } as const;
        return command.outcome === 'authorised'
          ? [{ type: 'registration-authorised', ...writing }]
          : [{ type: 'registration-declined', ...writing, ...(reason ? { reason } : {}) }];
      }
      case 'registration.take':
        if (state.stage !== 'authorised') return wrongStage();
        if (by === state.person) return refuse('registration.own-request');
        return [{ type: 'registration-taken', at, by }];

      case 'registration.pass-on': {
        if (state.stage !== 'with-helpdesk') return wrongStage();
        if (by === state.person) return refuse('registration.own-request');
        const passedOn: RegistrationEvent = { type: 'registration-passed-on', at, by };
        return state.account === 'ready' ? [passedOn, { type: 'registration-complete', at, by }] : [passedOn];
      }
      case 'registration.account-created':
        if (!underWay(state.stage)) return wrongStage();
        if (state.account !== 'none') return refuse('registration.account-already');
        return [{ type: 'account-created', at, by, proof: command.proof }];

      case 'registration.second-factor': {
        if (!underWay(state.stage)) return wrongStage();
        if (state.account === 'none') return refuse('registration.account-first');
        const verifies = state.account === 'ready' && state.proof === 'attested' && command.proof === 'verified';
        if (state.account === 'ready' && !verifies) return refuse('registration.factor-already');
        const method = command.method as SecondFactor | 'unnamed' | 'sms';
        if (method === 'sms') return refuse('registration.sms-not-offered');
        if (
          !(secondFactors as readonly string[]).includes(method) &&
          !(method === 'unnamed' && command.proof === 'verified')
        )
          return refuse('registration.factor-unknown');
        const ready: RegistrationEvent = { type: 'second-factor-ready', at, by, method, proof: command.proof };
        return state.stage === 'passed-on' && !verifies ? [ready, { type: 'registration-complete', at, by }] : [ready];
      }
      case 'registration.notified':
        if (state.stage !== 'awaiting-ern-it') return wrongStage();
        return unlikelyDate(command.on, at) ?? [{ type: 'ern-it-notified', at, by, on: command.on }];

      case 'registration.submitted':
        if (state.stage !== 'notified') return wrongStage();
        return unlikelyDate(command.on, at) ?? [{ type: 'cpms-request-submitted', at, by, on: command.on }];

      case 'registration.approved':
      case 'registration.rejected': {
        if (state.stage !== 'submitted') return wrongStage();
        const wrongDate = unlikelyDate(command.on, at);
        if (wrongDate) return wrongDate;
        if (command.source === 'local-administrator' && by === state.person) return refuse('registration.own-request');
        if (command.source === 'cpms-mail' && by !== state.person) return refuse('registration.not-the-recipient');
        const { on, source } = command;
        if (command.type === 'registration.approved' && !facts.hcpListed)
          return refuse('directory.hcp-unknown', { hcp: state.hcp });
        if (command.type === 'registration.approved') return [{ type: 'cpms-approved', at, by, on, source }];
        if (!command.reason) return refuse('registration.reason-needed');
        return [{ type: 'cpms-rejected', at, by, on, source, reason: command.reason }];
      }
      case 'registration.suspend':
        if (state.stage !== 'active') return wrongStage();
        return [{ type: 'member-suspended', at, by, ...(command.reason ? { reason: command.reason } : {}) }];
      case 'registration.resume':
        if (state.stage !== 'suspended') return wrongStage();
        if (by === state.person) return refuse('registration.own-request');
        if (!facts.hcpListed) return refuse('directory.hcp-unknown', { hcp: state.hcp });
        return [{ type: 'member-resumed', at, by }];
      case 'registration.leave':
        if (state.stage !== 'active' && state.stage !== 'suspended') return wrongStage();
        return [{ type: 'member-left', at, by }];
      case 'registration.withdraw':
        if (!underWay(state.stage)) return wrongStage();
        return [{ type: 'registration-withdrawn', at, by }];
    }
  },

  evolve(state, event) {
    const to = (stage: RegistrationStage, more: Partial<Registration> = {}): Registration => ({
      ...state,
      ...more,
      stage,
      since: event.at,
    });
    switch (event.type) {
      case 'registration-drafted':
        return to('draft', {
          person: event.person,
          hcp: event.hcp,
          as: event.as,
          ...(event.previous ? { previous: event.previous } : {}),
        });
      case 'registration-requested':
        return to('awaiting-lead', { requestedAt: event.at });
      case 'registration-authorised':
        return to('authorised');
      case 'registration-declined':
        return to('declined', event.reason ? { reason: event.reason } : {});
      case 'registration-taken':
        return to('with-helpdesk', { assignee: event.by });
      case 'registration-passed-on':
        return to('passed-on');
      case 'account-created':
        return { ...state, account: 'created', proof: event.proof, accountSince: event.at };
      case 'second-factor-ready':
        return { ...state, account: 'ready', factor: event.method, proof: event.proof, accountSince: event.at };
      case 'registration-complete':
        return to('awaiting-ern-it');
      case 'ern-it-notified':
        return to('notified');
      case 'cpms-request-submitted':
        return to('submitted');
      case 'cpms-approved':
        return to('active');
      case 'cpms-rejected':
        return to('rejected', event.reason ? { reason: event.reason } : {});
      case 'member-suspended':
        return to('suspended', event.reason ? { reason: event.reason } : {});
      case 'member-resumed': {
        const { reason: _, ...resumed } = to('active');
        return resumed;
      }
      case 'member-left':
        return to('left');
      case 'registration-withdrawn':
        return to('withdrawn');
    }
  },
};
