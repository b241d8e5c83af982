import { attestationStatements } from '../documents.ts';
import type { Commands, CommandType, EntityFacts, Kind } from '../entities.ts';
import { later, noon } from './histories.ts';
import { content, nextWeek } from './usual.ts';

/**
 * Who may do what and when, written down by hand from the field's own description: the specification that
 * `access.test.ts` holds `access.ts` and the deciders against. It shares no line with them.
 *
 * 'for themselves': the thing is theirs (their registration, case, document, request, ticket; an invitation to them);
 * 'for another': it is not; neither: whosever it is. Without 'even unverified' the identity must have been verified.
 */
export interface Line<K extends Kind = Kind> {
  readonly kind: K;
  /** The command as the actor gives it for a thing of the owner's. */
  readonly command: (actor: string, owner: string) => Commands<K>;
  readonly who: readonly string[];
  readonly when: readonly string[];
  readonly facts?: (owner: string) => Partial<EntityFacts<K> & object>;
}

type Body<K extends Kind, T extends CommandType> = Omit<
  Extract<Commands<K>, { readonly type: T }>,
  'at' | 'by' | 'type'
>;

function line<K extends Kind, T extends Commands<K>['type']>(
  kind: K,
  type: T,
  body: Body<K, T> | ((actor: string, owner: string) => Body<K, T>),
  who: readonly string[],
  when: readonly string[],
  more: { readonly at?: string; readonly facts?: Line<K>['facts'] } = {},
): Line {
  const told: Line<K> = {
    kind,
    command: (actor, owner) =>
      ({
        ...(typeof body === 'function' ? body(actor, owner) : body),
        type,
        at: more.at ?? noon,
        by: actor,
      }) as unknown as Commands<K>,
    who,
    when,
    ...(more.facts ? { facts: more.facts } : {}),
  };
  return told as unknown as Line;
}

const beforeActive = [
  'draft',
  'draft, account created',
  'draft, second factor ready',
  'awaiting lead',
  'awaiting lead, account created',
  'authorised',
  'with helpdesk',
  'with helpdesk, second factor ready',
  'passed on',
  'passed on, account created',
  'awaiting ERN IT',
  'notified',
  'submitted',
];
const drafts = ['draft', 'draft, account created', 'draft, second factor ready'];
const awaitingLead = ['awaiting lead', 'awaiting lead, account created'];
const awaiting = [...awaitingLead, 'authorised', 'with helpdesk', 'passed on'];
const openCase = ['draft', 'consented', 'enrolled', 'ready', 'discussed'];
const onHold = ['consented, on hold', 'enrolled, on hold', 'ready, on hold'];
const openRequest = ['submitted', 'in triage', 'needs information'];
const ofGroup = ['of a group', 'with an agenda', 'date of a series'];
const goesOn = ['running', 'convened', 'in calendars'];
const planned = ['scheduled', 'rescheduled', ...ofGroup];
const openTicket = ['new', 'triaged', 'in progress', 'waiting', 'referred out'];

const themselves = ['anybody for themselves'];
const begins = ['anybody for themselves, even unverified'];
const system = ['the system'];
const helpdesk = ['the helpdesk'];
const clinician = ['a member of the HCP for themselves', 'an assistant of the HCP'];
const submitter = ['a member of the HCP for themselves', 'an assistant of the HCP for themselves'];
const leads = ['a lead of the HCP', 'a deputy of the HCP'];
const leadsOfAnother = ['a lead of the HCP for another', 'a deputy of the HCP for another'];

const people: readonly Line[] = [
  line('person', 'person.enter', {}, [...system, ...begins], ['none']),
  line('person', 'person.grant', { grant: { role: 'lead', hcp: 'A' } }, system, ['entered', 'member']),
  line('person', 'person.revoke', { grant: { role: 'member', hcp: 'A' } }, system, ['member']),
  line('person', 'person.verify', { method: 'code' }, system, ['entered', 'member']),
  line('person', 'person.forget', {}, [...system, ...begins], ['entered', 'member']),
  line('directory', 'directory.import', { content }, system, ['empty', 'imported']),
];

const cpms = (source: 'cpms-mail' | 'local-administrator') => ({ on: '2026-03-02', source, reason: 'X-9' });
const applicant = (_: string, owner: string) => ({ person: owner, hcp: 'A', as: 'clinician' as const });
const ownLead = (owner: string) => ({ deciders: { leads: [owner], deputies: [], coordinators: ['coordinator-1'] } });
const yes = { outcome: 'authorised', via: 'chat' } as const;
const written = { outcome: 'authorised', source: 'X-8', writtenOn: '2026-03-01' } as const;
const factor = { method: 'security-key', proof: 'attested' } as const;
const administrator = ['a local-administrator of the HCP for another'];

const registrations: readonly Line[] = [
  line('registration', 'registration.draft', applicant, begins, ['none']),
  line('registration', 'registration.request', {}, themselves, drafts),
  line('registration', 'registration.decide', yes, leadsOfAnother, awaitingLead),
  // A lead's own request, where there is no deputy.
  line('registration', 'registration.decide', yes, [...leadsOfAnother, 'a coordinator for another'], awaitingLead, {
    facts: ownLead,
  }),
  line('registration', 'registration.record-decision', written, ['the helpdesk for another'], awaitingLead),
  line('registration', 'registration.take', {}, ['the helpdesk for another'], ['authorised']),
  line(
    'registration',
    'registration.pass-on',
    {},
    ['the helpdesk for another'],
    ['with helpdesk', 'with helpdesk, second factor ready'],
  ),
  line(
    'registration',
    'registration.account-created',
    { proof: 'attested' },
    themselves,
    ['draft', ...awaiting].filter((state) => !state.includes(',')),
  ),
  line('registration', 'registration.second-factor', factor, themselves, [
    'draft, account created',
    'awaiting lead, account created',
    'passed on, account created',
  ]),
  line('registration', 'registration.notified', { on: '2026-03-02' }, themselves, ['awaiting ERN IT']),
  line('registration', 'registration.submitted', { on: '2026-03-02' }, themselves, ['notified']),
  line('registration', 'registration.approved', cpms('cpms-mail'), themselves, ['submitted']),
  line('registration', 'registration.approved', cpms('local-administrator'), administrator, ['submitted']),
  line('registration', 'registration.rejected', cpms('cpms-mail'), themselves, ['submitted']),
  line('registration', 'registration.rejected', cpms('local-administrator'), administrator, ['submitted']),
  line('registration', 'registration.suspend', {}, [...helpdesk, ...leads], ['active']),
  line('registration', 'registration.resume', {}, ['the helpdesk for another', ...leadsOfAnother], ['suspended']),
  line(
    'registration',
    'registration.leave',
    {},
    [...system, ...helpdesk, ...leads, ...submitter],
    ['active', 'suspended'],
  ),
  line('registration', 'registration.withdraw', {}, [...system, ...begins], beforeActive),
];

const opening = (_: string, owner: string) => ({ owner, hcp: 'A', group: 'HHT', urgency: 'soon' as const });

const cases: readonly Line[] = [
  line('case', 'case.open', opening, [...clinician, ...helpdesk], ['none']),
  line('case', 'case.enrol', { attested: true }, clinician, ['consented']),
  line('case', 'case.ready', {}, clinician, ['enrolled']),
  line('case', 'case.close', { reason: 'not-needed' }, clinician, [...openCase, ...onHold]),
  line(
    'case',
    'case.hand-over',
    { to: 'colleague-1' },
    ['a member of the HCP for themselves', ...leads],
    [...openCase, ...onHold],
  ),
  line('case', 'case.set-urgency', { urgency: 'urgent' }, [...clinician, ...helpdesk], [...openCase, ...onHold]),
  line('case', 'case.consent-given', {}, system, [...openCase, ...onHold], { facts: () => ({ careConsent: true }) }),
  line('case', 'case.consent-ended', {}, system, [...openCase, ...onHold], { facts: () => ({ careConsent: false }) }),
  line('case', 'case.discussed', {}, system, openCase),
];

const recording = {
  recordId: 'N-2',
  answers: { care: 'given' },
  form: { kind: 'hcp', version: '2026-01' },
  signedOn: '2026-03-02',
  signedBy: 'parent',
  attested: true,
} as const;
const ended = ['withdrawn', 'expired', 'superseded'];

const consents: readonly Line[] = [
  line('consent', 'consent.record', recording, clinician, [
    'not recorded',
    'given',
    'refused',
    ...ended,
    'entered in error',
  ]),
  // Withdrawing must not wait for one person.
  line(
    'consent',
    'consent.withdraw',
    { purpose: 'care' },
    ['a member of the HCP', 'an assistant of the HCP', ...leads],
    ['given'],
  ),
  line('consent', 'consent.expire', { purpose: 'care' }, system, ['given']),
  line('consent', 'consent.supersede', { purpose: 'care' }, system, ['given']),
  line('consent', 'consent.entered-in-error', { recordId: 'N-1' }, clinician, ['given', 'refused', ...ended]),
];

const receiving = (actor: string) => ({ caseId: 'C-1', hcp: 'A', submitter: actor });
const scrub = {
  format: 'pdf',
  pages: 3,
  removed: {},
  redacted: {},
  kept: {},
  notSearched: [],
  verified: true,
} as const;

const documents: readonly Line[] = [
  line('document', 'document.receive', receiving, clinician, ['none']),
  line('document', 'document.scrubbed', scrub, system, ['received']),
  line('document', 'document.reopen', {}, submitter, ['scrubbed']),
  line('document', 'document.refuse', { reason: 'password' }, system, ['received']),
  line('document', 'document.attest', { statements: attestationStatements, pagesSeen: 3 }, submitter, ['scrubbed']),
  line('document', 'document.release', {}, submitter, ['attested']),
  line('document', 'document.uploaded', {}, submitter, ['released']),
  line('document', 'document.reject', {}, [...system, ...submitter], ['received', 'scrubbed', 'attested', 'released']),
  line(
    'document',
    'document.purge',
    {},
    [...system, ...submitter],
    ['received', 'scrubbed', 'attested', 'released', 'uploaded', 'purged', 'rejected', 'refused'],
  ),
];

const asking = (_: string, owner: string) => ({
  requester: owner,
  hcp: 'A',
  caseId: 'C-1',
  group: 'HHT',
  experts: [],
  proposals: [nextWeek],
});

const requests: readonly Line[] = [
  line('request', 'request.submit', asking, clinician, ['none']),
  line('request', 'request.take', {}, helpdesk, openRequest),
  line('request', 'request.ask', { question: 'X-7' }, helpdesk, openRequest),
  line('request', 'request.answer', {}, clinician, ['needs information']),
  line('request', 'request.decline', { reason: 'X-7' }, helpdesk, openRequest),
  line('request', 'request.cancel', {}, [...system, ...clinician, ...helpdesk], openRequest),
  line('request', 'request.polled', { pollId: 'V-1' }, system, openRequest),
  line('request', 'request.scheduled', { meetingId: 'M-2', caseId: 'C-1' }, system, openRequest),
];

const hours = { ...nextWeek, local: '2026-03-10T15:00', instant: '2026-03-10T14:00:00.000Z' };
const invitation = (actor: string) => ({ person: actor, answer: 'accepted' as const });
const invitee = (_: string, owner: string) => ({ person: owner });
const mailed = (_: string, owner: string) => ({
  person: owner,
  sequence: 0,
  stamp: noon,
  authenticated: true,
  ownSender: true,
  answer: 'accepted' as const,
});
const plan = { caseId: 'C-1', group: 'HHT', slot: hours, invitees: ['expert-1'] };

const polled = ['open', 'answered', 'countered'];
const running = [...polled, 'closed'];
const polling = (_: string, owner: string) => ({
  caseId: 'C-1',
  slots: [nextWeek, hours],
  voters: [owner],
  required: [],
  quorum: 1,
  deadline: later(3),
  hidden: false,
});
const ballot = (actor: string) => ({ person: actor, votes: ['yes' as const, 'no' as const] });
const counter = { ...nextWeek, local: '2026-03-12T15:00', instant: '2026-03-12T14:00:00.000Z' };
const another = { ...counter, local: '2026-03-13T15:00', instant: '2026-03-13T14:00:00.000Z' };
const fixed = { meetingId: 'M-1', instant: nextWeek.instant, caseId: 'C-1' };

const polls: readonly Line[] = [
  line('poll', 'poll.open', polling, helpdesk, ['none']),
  line('poll', 'poll.vote', ballot, themselves, polled),
  line('poll', 'poll.propose', (actor) => ({ person: actor, slot: another }), themselves, polled),
  line('poll', 'poll.add', { slot: another }, helpdesk, polled),
  line('poll', 'poll.turn-down', { instant: counter.instant }, helpdesk, ['countered']),
  line('poll', 'poll.close', {}, [...system, ...helpdesk], polled),
  line('poll', 'poll.withdraw', {}, [...system, ...helpdesk], running),
  line('poll', 'poll.finalised', fixed, system, ['answered', 'countered', 'closed']),
];

const monthly = {
  week: '1',
  weekday: 1,
  everyMonths: 2,
  clock: '10:00',
  zone: 'Europe/Rome',
  minutes: 60,
  from: '2026-03-01',
} as const;
const may = { date: '2026-05-12' };

const seriesOfGroups: readonly Line[] = [
  line('series', 'series.start', { group: 'HHT', rule: monthly }, helpdesk, ['none']),
  line('series', 'series.skip', may, helpdesk, goesOn),
  line('series', 'series.move', { ...may, slot: counter }, helpdesk, goesOn),
  line(
    'series',
    'series.convene',
    { ...may, meetingId: 'M-8', invitees: ['expert-1'] },
    [...system, ...helpdesk],
    goesOn,
  ),
  line('series', 'series.end', {}, helpdesk, goesOn),
  line('series', 'series.change-rule', { rule: monthly }, helpdesk, goesOn),
  line('series', 'series.roster', { people: ['expert-1'] }, system, goesOn),
  line('series', 'series.answer', invitation, themselves, ['in calendars']),
  line('series', 'series.mailed-answer', mailed, system, [...goesOn, 'ended']),
  line('series', 'series.mailed-hour', mailed, system, [...goesOn, 'ended']),
  line('series', 'series.mailed-refresh', mailed, system, [...goesOn, 'ended']),
  line('series', 'series.mailed-comment', mailed, system, [...goesOn, 'ended']),
  line('series', 'series.decline-hour', invitee, helpdesk, ['in calendars']),
  line('series', 'series.sent', invitee, system, [...goesOn, 'ended']),
  line('series', 'series.bounced', invitee, system, [...goesOn, 'ended']),
];

const place = { slot: hours, date: '2026-03-09', hour: '2026-03-09T15:00', zone: 'Europe/Paris', sequence: 3 };

const meetings: readonly Line[] = [
  // Only the helpdesk schedules.
  line('meeting', 'meeting.schedule', plan, helpdesk, ['none']),
  // What a series of the helpdesk's convenes.
  line('meeting', 'meeting.schedule', { ...plan, seriesId: 'W-1' }, [...system, ...helpdesk], ['none']),
  line('meeting', 'meeting.reschedule', { slot: hours }, helpdesk, planned),
  line('meeting', 'meeting.cancel', { reason: 'helpdesk' }, [...system, ...helpdesk], planned),
  line('meeting', 'meeting.held', { attended: ['expert-1'], discussed: [] }, helpdesk, planned, { at: later(8) }),
  line('meeting', 'meeting.invite', { people: ['expert-2'] }, helpdesk, planned),
  // Who has a date by its series leaves with the group.
  line('meeting', 'meeting.take-off', { people: ['expert-1'] }, helpdesk, planned.slice(0, -1)),
  line('meeting', 'meeting.put-on-agenda', { caseId: 'C-2', requestId: 'Q-2', invitees: [] }, helpdesk, ofGroup),
  line('meeting', 'meeting.take-off-agenda', { caseId: 'C-1' }, [...system, ...helpdesk], planned),
  line('meeting', 'meeting.review', { outcome: 'partly', again: true }, themselves, ['held']),
  line('meeting', 'meeting.answer', invitation, themselves, planned),
  line('meeting', 'meeting.mailed-answer', mailed, system, [...planned, 'held', 'cancelled']),
  line('meeting', 'meeting.mailed-hour', mailed, system, [...planned, 'held', 'cancelled']),
  line('meeting', 'meeting.mailed-absence', mailed, system, [...planned, 'held', 'cancelled']),
  line('meeting', 'meeting.join', { people: ['expert-1'] }, system, ['date of a series']),
  line('meeting', 'meeting.part', { people: ['expert-1'] }, system, ['date of a series']),
  line('meeting', 'meeting.series-answer', invitation, system, ['date of a series']),
  line('meeting', 'meeting.follow', place, system, ['date of a series']),
  line('meeting', 'meeting.mailed-refresh', mailed, system, [...planned, 'held', 'cancelled']),
  line('meeting', 'meeting.mailed-comment', mailed, system, [...planned, 'held', 'cancelled']),
  line('meeting', 'meeting.decline-hour', invitee, helpdesk, ['date of a series']),
  line('meeting', 'meeting.sent', invitee, system, [...planned, 'held', 'cancelled']),
  line('meeting', 'meeting.bounced', invitee, system, [...planned, 'held', 'cancelled']),
];

const question = (_: string, owner: string) => ({ requester: owner, topic: 'consent' as const, text: 'X-7' });
const reply = { text: 'X-7', wait: false };

const tickets: readonly Line[] = [
  line('ticket', 'ticket.open', question, [...begins, ...helpdesk], ['none']),
  line('ticket', 'ticket.triage', { topic: 'files' }, helpdesk, openTicket),
  line('ticket', 'ticket.assign', { to: 'desk-2' }, helpdesk, openTicket),
  line('ticket', 'ticket.reply', reply, helpdesk, openTicket),
  line('ticket', 'ticket.note', { text: 'X-7' }, helpdesk, [...openTicket, 'resolved']),
  line('ticket', 'ticket.add', { text: 'X-7' }, begins, [...openTicket, 'resolved']),
  line('ticket', 'ticket.refer', { to: 'cpms-it' }, [...begins, ...helpdesk], openTicket),
  line('ticket', 'ticket.helped', { helped: true }, begins, ['referred out']),
  line('ticket', 'ticket.resolve', {}, [...begins, ...helpdesk], openTicket),
  line('ticket', 'ticket.reopen', {}, [...begins, ...helpdesk], ['resolved']),
  line('ticket', 'ticket.close', {}, [...system, ...helpdesk], ['resolved'], { at: later(8) }),
];

// Nobody says of a file that it was dropped, or is gone: the bot has seen it.
const strays: readonly Line[] = [
  line('stray', 'stray.notice', { platform: 'slack' }, system, ['none']),
  line('stray', 'stray.look', { found: 'gone' }, system, ['noticed', 'seen again']),
];

/** Every command, some of them in more than one situation. */
export const specification: readonly Line[] = [
  ...people,
  ...registrations,
  ...cases,
  ...consents,
  ...documents,
  ...requests,
  ...polls,
  ...seriesOfGroups,
  ...meetings,
  ...tickets,
  ...strays,
];
