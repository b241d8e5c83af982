import { type Refusal, refuse } from './decider.ts';
import type { CommandType } from './entities.ts';
import type { Actor, Role } from './people.ts';

/**
 * Whose thing a command touches. `own` is decided by `owner`; `hcp` by the entity's HCP; `party` by the people who take part
 * (invitees of a meeting); `subject` is the person whom a decision is about.
 */
export interface Resource {
  readonly owner?: string;
  readonly hcp?: string;
  readonly parties?: readonly string[];
}

type Who = Role | 'stranger' | 'system';
/** 'any': everybody's; 'hcp': of the HCP that the role was granted for; 'own': the actor's own; 'party': the actor takes part. */
type Reach = 'any' | 'hcp' | 'own' | 'party' | 'others';

type Rule = readonly [who: Who, reach: Reach];

const ownRegistration: readonly Rule[] = [['stranger', 'own']];
const system: readonly Rule[] = [['system', 'any']];
const helpdesk: readonly Rule[] = [['helpdesk', 'any']];
const memberOwn: readonly Rule[] = [
  ['member', 'own'],
  ['assistant', 'hcp'],
];

/**
 * Who may do what: the one table. 'stranger' stands for anybody whose identity is verified, whatever roles they hold;
 * what an unverified identity may do is in `unverified`. A role without a row here may not.
 */
export const grants: Readonly<Record<CommandType, readonly Rule[]>> = {
  'person.enter': [
    ['system', 'any'],
    ['stranger', 'own'],
  ],
  'person.grant': system,
  'person.revoke': system,
  'person.verify': system,
  'person.forget': [
    ['system', 'any'],
    ['stranger', 'own'],
  ],

  'directory.import': system,

  'registration.draft': ownRegistration,
  'registration.request': ownRegistration,
  // The lead of the HCP; the coordinator for a lead's own request: the decider knows which of them it is.
  'registration.decide': [
    ['lead', 'hcp'],
    ['deputy', 'hcp'],
    ['coordinator', 'any'],
  ],
  'registration.record-decision': [['helpdesk', 'others']],
  'registration.take': [['helpdesk', 'others']],
  'registration.pass-on': [['helpdesk', 'others']],
  'registration.account-created': ownRegistration,
  'registration.second-factor': ownRegistration,
  'registration.notified': ownRegistration,
  'registration.submitted': ownRegistration,
  'registration.approved': [
    ['stranger', 'own'],
    ['local-administrator', 'hcp'],
  ],
  'registration.rejected': [
    ['stranger', 'own'],
    ['local-administrator', 'hcp'],
  ],
  'registration.suspend': [
    ['helpdesk', 'any'],
    ['lead', 'hcp'],
    ['deputy', 'hcp'],
  ],
  'registration.resume': [
    ['helpdesk', 'others'],
    ['lead', 'hcp'],
    ['deputy', 'hcp'],
  ],
  'registration.leave': [
    ['system', 'any'],
    ['helpdesk', 'any'],
    ['lead', 'hcp'],
    ['deputy', 'hcp'],
    ['member', 'own'],
    ['assistant', 'own'],
  ],
  // The system's: of a person who has asked to be forgotten.
  'registration.withdraw': [
    ['stranger', 'own'],
    ['system', 'any'],
  ],

  'case.open': [
    ['member', 'own'],
    ['assistant', 'hcp'],
    ['helpdesk', 'any'],
  ],
  'case.enrol': memberOwn,
  'case.ready': memberOwn,
  'case.close': memberOwn,
  'case.hand-over': [
    ['member', 'own'],
    ['lead', 'hcp'],
    ['deputy', 'hcp'],
  ],
  'case.set-urgency': [
    ['member', 'own'],
    ['assistant', 'hcp'],
    ['helpdesk', 'any'],
  ],
  'case.consent-given': system,
  'case.consent-ended': system,
  'case.discussed': system,

  'consent.record': memberOwn,
  // Withdrawing is as easy as giving, and must not wait for one person: whoever of the HCP hears of it may record it.
  'consent.withdraw': [
    ['member', 'hcp'],
    ['assistant', 'hcp'],
    ['lead', 'hcp'],
    ['deputy', 'hcp'],
  ],
  'consent.expire': system,
  'consent.supersede': system,
  'consent.entered-in-error': memberOwn,

  // For a case of one's own, or of one's HCP; the decider holds that nobody receives for another submitter.
  'document.receive': memberOwn,
  'document.scrubbed': system,
  'document.refuse': system,
  'document.reopen': [
    ['member', 'own'],
    ['assistant', 'own'],
  ],
  'document.attest': [
    ['member', 'own'],
    ['assistant', 'own'],
  ],
  'document.release': [
    ['member', 'own'],
    ['assistant', 'own'],
  ],
  'document.reject': [
    ['member', 'own'],
    ['assistant', 'own'],
    ['system', 'any'],
  ],
  'document.uploaded': [
    ['member', 'own'],
    ['assistant', 'own'],
  ],
  'document.purge': [
    ['member', 'own'],
    ['assistant', 'own'],
    ['system', 'any'],
  ],

  'request.submit': memberOwn,
  'request.take': helpdesk,
  'request.ask': helpdesk,
  'request.answer': memberOwn,
  'request.decline': helpdesk,
  'request.cancel': [
    ['member', 'own'],
    ['assistant', 'hcp'],
    ['helpdesk', 'any'],
    ['system', 'any'],
  ],
  // Follows from a meeting, never without one.
  'request.scheduled': system,
  // Follows from a poll's opening.
  'request.polled': system,

  'poll.open': helpdesk,
  'poll.vote': [['stranger', 'party']],
  'poll.propose': [['stranger', 'party']],
  'poll.add': helpdesk,
  'poll.turn-down': helpdesk,
  'poll.close': [
    ['helpdesk', 'any'],
    ['system', 'any'],
  ],
  'poll.withdraw': [
    ['helpdesk', 'any'],
    ['system', 'any'],
  ],
  // Follows from a meeting, never without one.
  'poll.finalised': system,

  'series.start': helpdesk,
  'series.skip': helpdesk,
  'series.move': helpdesk,
  'series.convene': [
    ['helpdesk', 'any'],
    ['system', 'any'],
  ],
  'series.end': helpdesk,
  'series.change-rule': helpdesk,
  // The directory says who is on a roster.
  'series.roster': system,
  'series.answer': [['stranger', 'party']],
  'series.mailed-answer': system,
  'series.mailed-hour': system,
  'series.mailed-refresh': system,
  'series.mailed-comment': system,
  'series.decline-hour': helpdesk,
  'series.sent': system,
  'series.bounced': system,

  // The system's: what a series of the helpdesk's convenes; the decider holds it to that.
  'meeting.schedule': [
    ['helpdesk', 'any'],
    ['system', 'any'],
  ],
  'meeting.put-on-agenda': helpdesk,
  'meeting.take-off-agenda': [
    ['helpdesk', 'any'],
    ['system', 'any'],
  ],
  'meeting.reschedule': helpdesk,
  'meeting.invite': helpdesk,
  'meeting.take-off': helpdesk,
  'meeting.cancel': [
    ['helpdesk', 'any'],
    ['system', 'any'],
  ],
  'meeting.held': helpdesk,
  // The one who asked for it: the decider knows who that is.
  'meeting.review': [['stranger', 'own']],
  'meeting.answer': [['stranger', 'party']],
  'meeting.mailed-answer': system,
  'meeting.mailed-hour': system,
  'meeting.mailed-absence': system,
  'meeting.mailed-refresh': system,
  'meeting.mailed-comment': system,
  'meeting.decline-hour': helpdesk,
  // These four follow from the series.
  'meeting.join': system,
  'meeting.part': system,
  'meeting.series-answer': system,
  'meeting.follow': system,
  'meeting.sent': system,
  'meeting.bounced': system,

  'ticket.open': [
    ['stranger', 'own'],
    ['helpdesk', 'any'],
  ],
  'ticket.triage': helpdesk,
  'ticket.assign': helpdesk,
  'ticket.reply': helpdesk,
  'ticket.note': helpdesk,
  'ticket.add': [['stranger', 'own']],
  'ticket.refer': [
    ['stranger', 'own'],
    ['helpdesk', 'any'],
  ],
  'ticket.helped': [['stranger', 'own']],
  'ticket.resolve': [
    ['stranger', 'own'],
    ['helpdesk', 'any'],
  ],
  'ticket.reopen': [
    ['stranger', 'own'],
    ['helpdesk', 'any'],
  ],
  'ticket.close': [
    ['helpdesk', 'any'],
    ['system', 'any'],
  ],

  'stray.notice': system,
  'stray.look': system,
};

/** What a person whose chat identity nobody has verified yet may do, for themselves: begin, and ask for help. */
const unverified: readonly CommandType[] = [
  'person.enter',
  'person.forget',
  'registration.draft',
  'registration.withdraw',
  'ticket.open',
  'ticket.add',
  'ticket.refer',
  'ticket.helped',
  'ticket.resolve',
  'ticket.reopen',
];

/**
 * Says whether the actor may give this command for this resource: undefined if so, else the refusal. This is the only place
 * that decides it, at the moment of the act, from the verified identity (rule 8). It fails closed.
 */
export function denied(actor: Actor, command: CommandType, resource: Resource): Refusal | undefined {
  const rules = Object.hasOwn(grants, command) ? grants[command] : [];
  if (actor.id === 'system')
    return rules.some(([who]) => who === 'system') ? undefined : refuse('access.denied', { command });
  if (!actor.verified && !unverified.includes(command)) return refuse('access.unverified', { command });
  return rules.some((rule) => fits(rule, asSeen(actor), resource)) ? undefined : refuse('access.denied', { command });
}

/** An identity that nobody has verified stands for no role: a chat account is easily opened in another's name. */
function asSeen(actor: Actor): Actor {
  return actor.verified ? actor : { ...actor, grants: [] };
}

function fits([who, reach]: Rule, actor: Actor, resource: Resource): boolean {
  if (who === 'system' || actor.id === '') return false;
  const held = who === 'stranger' ? [{ hcp: undefined }] : actor.grants.filter((grant) => grant.role === who);
  if (held.length === 0) return false;
  switch (reach) {
    case 'any':
      return true;
    case 'others':
      return resource.owner !== undefined && resource.owner !== actor.id;
    case 'hcp':
      return resource.hcp !== undefined && held.some((grant) => grant.hcp === resource.hcp);
    case 'own':
      // A role for one HCP does not reach one's own things of another HCP (after a move, the old cases stay behind).
      return (
        resource.owner === actor.id &&
        (who === 'stranger' || (resource.hcp !== undefined && held.some((grant) => grant.hcp === resource.hcp)))
      );
    case 'party':
      return resource.parties?.includes(actor.id) ?? false;
  }
}

/** Who may look at what: the same table's other half. */
export type Sight =
  | 'registration'
  | 'case'
  | 'document'
  | 'request'
  | 'poll'
  | 'meeting'
  | 'ticket'
  | 'queue'
  | 'audit'
  | 'directory';

const sights: Readonly<Record<Sight, readonly Rule[]>> = {
  registration: [
    ['stranger', 'own'],
    ['helpdesk', 'any'],
    ['lead', 'hcp'],
    ['deputy', 'hcp'],
    ['local-administrator', 'hcp'],
    ['coordinator', 'any'],
  ],
  case: [
    ['member', 'own'],
    ['assistant', 'hcp'],
    ['lead', 'hcp'],
    ['deputy', 'hcp'],
    ['helpdesk', 'any'],
  ],
  document: [
    ['member', 'own'],
    ['assistant', 'own'],
  ],
  request: [
    ['member', 'own'],
    ['assistant', 'hcp'],
    ['helpdesk', 'any'],
  ],
  poll: [
    ['stranger', 'own'],
    ['stranger', 'party'],
    ['helpdesk', 'any'],
  ],
  meeting: [
    ['stranger', 'own'],
    ['stranger', 'party'],
    ['helpdesk', 'any'],
  ],
  ticket: [
    ['stranger', 'own'],
    ['helpdesk', 'any'],
  ],
  queue: [['helpdesk', 'any']],
  audit: [['data-protection-officer', 'any']],
  directory: [['stranger', 'any']],
};

/** Says whether the actor may see it: undefined if so, else the refusal. */
export function unseen(actor: Actor, sight: Sight, resource: Resource): Refusal | undefined {
  if (actor.id === 'system') return refuse('access.denied', { command: sight });
  const anonymous = !actor.verified && !['registration', 'ticket', 'directory'].includes(sight);
  if (anonymous) return refuse('access.unverified', { command: sight });
  return sights[sight].some((rule) => fits(rule, asSeen(actor), resource))
    ? undefined
    : refuse('access.denied', { command: sight });
}
