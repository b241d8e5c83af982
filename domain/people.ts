import type { Ask, Decider, Fact } from './decider.ts';
import { refuse } from './decider.ts';

/** What somebody may be beside a stranger (nobody yet) and the system itself. An HCP goes with each role but the network-wide ones. */
export const hcpRoles = ['member', 'assistant', 'lead', 'deputy', 'local-administrator'] as const;
export const networkRoles = [
  'helpdesk',
  'coordinator',
  'data-protection-officer',
  'expert',
  'patient-representative',
] as const;
export const roles = [...hcpRoles, ...networkRoles] as const;
export type HcpRole = (typeof hcpRoles)[number];
export type NetworkRole = (typeof networkRoles)[number];
export type Role = (typeof roles)[number];

export interface Grant {
  readonly role: Role;
  /** The HCP's code; absent for network-wide roles. */
  readonly hcp?: string;
}

/** A chat account as its platform vouches for it. Sealed wherever it is kept. */
export interface Identity {
  readonly platform: 'slack' | 'teams' | 'web';
  /** The Slack workspace, the Entra tenant, or 'local'. */
  readonly tenant: string;
  readonly user: string;
}

/** A person's sealed row. */
export interface PersonDetails {
  readonly name: string;
  readonly email: string;
  /** The language of the interface, as a BCP 47 code. */
  readonly language: string;
  /** Whether they chose it here; otherwise it follows the profile of the platform that they speak on. */
  readonly languageChosen?: boolean;
  /** The person's IANA time zone. */
  readonly zone: string;
  /** Where notices go first. */
  readonly prefers: 'chat' | 'email';
  /** The chat that the person last spoke in privately: where notices go. */
  readonly chat?: Identity;
  /** The consent purposes' version of the privacy notice that was shown. */
  readonly noticeShown?: string;
}

/** A case's sealed row: pseudonymised data are personal data. */
export interface CaseDetails {
  readonly pseudonym: string;
  readonly cpmsId?: string;
  /** Where the HCP archives the signed form. */
  readonly archiveReference?: string;
  /** The language of the consent form (BCP 47). */
  readonly consentLanguage?: string;
  /** For a minor: the quarter in which they come of age, 'YYYY-Qn'. */
  readonly majority?: string;
}

/** Somebody who acts: verified, or only seen in a chat. */
export interface Actor {
  /** 'system', or a person's id; the empty string for somebody who has not been entered yet. */
  readonly id: string;
  /** Whether the chat identity was verified by a code or by EU Login. */
  readonly verified: boolean;
  readonly grants: readonly Grant[];
}

export const system: Actor = { id: 'system', verified: true, grants: [] };

/** Says whether the actor holds the role (for the HCP, where one is named). */
export function holds(actor: Pick<Actor, 'grants'>, role: Role, hcp?: string): boolean {
  return actor.grants.some(
    (grant) => grant.role === role && (hcp === undefined || grant.hcp === undefined || grant.hcp === hcp),
  );
}

export interface Person {
  readonly stage: 'none' | 'entered' | 'left';
  readonly grants: readonly Grant[];
  /** How the identity was verified last; absent while nobody has verified it. */
  readonly verified?: VerifiedBy;
}

export type VerifiedBy = 'code' | 'eu-login' | 'local-mode';

export type PersonCommand =
  | (Ask & { readonly type: 'person.enter' })
  | (Ask & { readonly type: 'person.grant'; readonly grant: Grant })
  | (Ask & { readonly type: 'person.revoke'; readonly grant: Grant })
  | (Ask & { readonly type: 'person.verify'; readonly method: VerifiedBy })
  | (Ask & { readonly type: 'person.forget' });

export type PersonEvent =
  | (Fact & { readonly type: 'person-entered' })
  | (Fact & { readonly type: 'role-granted'; readonly grant: Grant })
  | (Fact & { readonly type: 'role-revoked'; readonly grant: Grant })
  | (Fact & { readonly type: 'identity-verified'; readonly method: VerifiedBy })
  | (Fact & { readonly type: 'person-left' });

export interface PersonFacts {
  /** Whether the grant's HCP is listed (true for network-wide roles). */
  readonly hcpListed: boolean;
}

const same = (a: Grant, b: Grant) => a.role === b.role && a.hcp === b.hcp;

/** People with roles and memberships. Rows outside of the log hold who they are. */
export const person: Decider<Person, PersonCommand, PersonEvent, PersonFacts> = {
  initial: { stage: 'none', grants: [] },

  decide(state, command, facts) {
    const { at, by } = command;
    if (command.type === 'person.enter') {
      return state.stage === 'none' ? [{ type: 'person-entered', at, by }] : refuse('person.already-entered');
    }
    if (state.stage !== 'entered') return refuse('person.unknown');
    switch (command.type) {
      case 'person.grant': {
        const { grant } = command;
        const needsHcp = (hcpRoles as readonly Role[]).includes(grant.role);
        if (needsHcp !== (grant.hcp !== undefined))
          return refuse(needsHcp ? 'person.role-needs-hcp' : 'person.role-without-hcp', { role: grant.role });
        if (!facts.hcpListed) return refuse('directory.hcp-unknown', { hcp: grant.hcp ?? '' });
        if (state.grants.some((held) => same(held, grant)))
          return refuse('person.already-granted', { role: grant.role });
        return [{ type: 'role-granted', at, by, grant }];
      }
      case 'person.revoke':
        if (!state.grants.some((held) => same(held, command.grant)))
          return refuse('person.not-granted', { role: command.grant.role });
        return [{ type: 'role-revoked', at, by, grant: command.grant }];
      case 'person.verify':
        return [{ type: 'identity-verified', at, by, method: command.method }];
      case 'person.forget':
        return [{ type: 'person-left', at, by }];
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'person-entered':
        return { ...state, stage: 'entered' };
      case 'role-granted':
        return { ...state, grants: [...state.grants, event.grant] };
      case 'role-revoked':
        return { ...state, grants: state.grants.filter((held) => !same(held, event.grant)) };
      case 'identity-verified':
        return { ...state, verified: event.method };
      case 'person-left':
        return { stage: 'left', grants: [] };
    }
  },
};
