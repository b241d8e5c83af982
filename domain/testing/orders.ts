import fc from 'fast-check';
import { attestationStatements } from '../documents.ts';
import type { Commands, CommandType, Kind } from '../entities.ts';
import type { Convened } from '../meetings/occurrences.ts';
import { votes } from '../meetings/polls.ts';
import { weeks } from '../meetings/series-rule.ts';
import { hcpRoles, networkRoles } from '../people.ts';
import { topics } from '../tickets.ts';
import { later, noon } from './histories.ts';
import { content, nextWeek } from './usual.ts';
import type { Order } from './world.ts';

/** The people of the random worlds, and what they are from the start ('uma' is somebody whose identity nobody has verified). */
export const cast: Readonly<Record<string, readonly string[]>> = {
  anna: ['member A'],
  bert: ['assistant A'],
  carl: [],
  dora: ['deputy A'],
  lena: ['lead A', 'member A'],
  ludo: ['lead B'],
  maria: ['member B'],
  adam: ['local-administrator A'],
  desk: ['helpdesk'],
  helga: ['helpdesk', 'member A'],
  cora: ['coordinator'],
  elsa: ['expert'],
  rosa: ['patient-representative'],
  paul: ['data-protection-officer'],
  uma: [],
};

export const listed = {
  ...content,
  hcps: { ...content.hcps, B: { code: 'B', name: 'Hospital B (sample)', city: 'Porto', country: 'FR' } },
};

/** What must never come into the log, slipped into every field that a person or a file could fill. */
export const secret = 'Dupont, Jean, né le 1.4.1960';

export const ids: Readonly<Record<Kind, readonly string[]>> = {
  person: Object.keys(cast),
  directory: ['directory'],
  registration: ['R-1', 'R-2', 'R-3'],
  case: ['C-1', 'C-2'],
  consent: ['C-1', 'C-2'],
  document: ['D-1', 'D-2', 'D-3'],
  request: ['Q-1', 'Q-2'],
  poll: ['V-1', 'V-2'],
  series: ['W-1'],
  meeting: ['M-1', 'M-2', 'M-3'],
  ticket: ['T-1', 'T-2'],
  stray: ['F-1'],
};

const pick = <const T>(...values: readonly T[]) => fc.constantFrom(...values);
const person = pick(...Object.keys(cast));
const hcp = pick('A', 'A', 'A', 'B', 'X', 'constructor');
const group = pick('HHT', 'HHT', 'XX');
const caseId = pick('C-1', 'C-2');
const text = pick('X-1', 'X-2');
const date = pick('2026-03-01', '2026-03-02', '2027-01-01', secret);
const seriesDate = pick('2026-04-14', '2026-05-12', secret);
const rule = fc.record({
  week: pick(...weeks),
  weekday: pick(1, 2, 5, 9),
  everyMonths: pick(1, 2),
  clock: pick('15:00', '02:30', secret),
  zone: pick('Europe/Paris', 'UTC', secret),
  minutes: pick(30, 60, 1000),
  from: pick('2026-03-01', '2026-03-01', secret),
});
const grant = fc.oneof(
  fc.record({ role: pick(...hcpRoles), hcp }),
  fc.record({ role: pick(...networkRoles, 'member', 'lead') }),
);
const slot = fc.oneof(
  { weight: 4, arbitrary: pick(1, 4, 9, 30).map((days) => ({ ...nextWeek, instant: later(days) })) },
  {
    weight: 1,
    arbitrary: pick({ ...nextWeek, local: secret }, { ...nextWeek, zone: secret }, { ...nextWeek, instant: secret }),
  },
);
const purpose = pick('care', 'care', 'registry', 'research-contact');
const answer = pick('given', 'given', 'refused');
const people = fc.uniqueArray(person, { maxLength: 3 });

/** Absent half of the time: an optional field of a command. */
const sequence = pick(0, 1, 2);
const proof = {
  person: fc.option(person, { nil: undefined }),
  sequence,
  stamp: pick(noon, later(1), later(2)),
  authenticated: fc.boolean(),
  ownSender: fc.boolean(),
};
const perhaps = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

type Fields<T extends CommandType> = {
  readonly [F in keyof Omit<Extract<Commands, { readonly type: T }>, 'at' | 'by' | 'type'>]-?: fc.Arbitrary<
    Extract<Commands, { readonly type: T }>[F]
  >;
};

/** What its series says of a meeting: the system's own. */
const occurrence: Convened = {
  date: '2026-04-14',
  hour: '2026-04-14T15:00',
  zone: 'Europe/Paris',
  own: false,
  people: ['elsa'],
  sequence: 1,
  statuses: { elsa: 'sent' },
};

/** A random value for every field of every command; the fields that take codes get texts too. */
const fields: { readonly [T in CommandType]: Fields<T> } = {
  'person.enter': {},
  'person.grant': { grant },
  'person.revoke': { grant },
  'person.verify': { method: pick('code', 'eu-login') },
  'person.forget': {},
  'directory.import': {
    content: pick(listed, listed, content, { ...listed, groups: {}, rosters: {} }, { ...listed, links: {} }),
  },
  'registration.draft': { person, hcp, as: pick('clinician', 'assistant'), previous: perhaps(pick('R-1', 'R-2')) },
  'registration.request': {},
  'registration.decide': { outcome: pick('authorised', 'declined'), reason: perhaps(text), via: pick('chat', 'link') },
  'registration.record-decision': {
    outcome: pick('authorised', 'declined'),
    reason: perhaps(text),
    source: text,
    writtenOn: date,
  },
  'registration.take': {},
  'registration.pass-on': {},
  'registration.account-created': { proof: pick('attested', 'verified') },
  'registration.second-factor': {
    method: pick('app-pin', 'security-key', 'unnamed', 'sms', secret),
    proof: pick('attested', 'verified'),
  },
  'registration.notified': { on: date },
  'registration.submitted': { on: date },
  'registration.approved': { on: date, source: pick('cpms-mail', 'local-administrator') },
  'registration.rejected': { on: date, source: pick('cpms-mail', 'local-administrator'), reason: perhaps(text) },
  'registration.suspend': { reason: perhaps(text) },
  'registration.resume': {},
  'registration.leave': {},
  'registration.withdraw': {},
  'case.open': { owner: person, hcp, group, urgency: pick('routine', 'soon', 'urgent') },
  'case.enrol': { attested: fc.boolean() },
  'case.ready': {},
  'case.close': { reason: pick('discussed', 'not-needed', 'moved') },
  'case.hand-over': { to: person },
  'case.set-urgency': { urgency: pick('routine', 'urgent') },
  'case.consent-given': {},
  'case.consent-ended': {},
  'case.discussed': {},
  'consent.record': {
    recordId: pick('N-1', 'N-2', 'N-3', 'N-4', 'N-5'),
    answers: fc.record({ care: answer, registry: answer }, { requiredKeys: [] }),
    form: fc.record({ kind: pick('commission', 'hcp'), version: pick('2.1', 'March 2024', secret) }),
    signedOn: date,
    signedBy: pick('patient', 'parent', 'guardian'),
    attested: pick(true, true, false),
  },
  'consent.withdraw': { purpose },
  'consent.expire': { purpose },
  'consent.supersede': { purpose },
  'consent.entered-in-error': { recordId: pick('N-1', 'N-10', 'N-11') },
  'document.receive': { caseId, hcp, submitter: person },
  'document.scrubbed': {
    format: pick('pdf', 'jpeg', 'text'),
    pages: pick(1, 3, 0, Number.NaN),
    redacted: pick<Record<string, number>>({ name: 2 }, {}, { [secret]: 1 }),
    kept: pick<Record<string, number>>({ date: 1 }, {}),
    removed: pick<Record<string, number>>({ metadata: 1 }, {}, { [secret]: 1 }),
    notSearched: pick<readonly string[]>(['visible-text'], [], [secret]),
    verified: pick(true, true, false),
  },
  'document.reopen': {},
  'document.refuse': { reason: pick('password', secret) },
  'document.attest': {
    statements: pick<readonly string[]>(
      attestationStatements,
      attestationStatements.slice(1),
      [...attestationStatements, secret],
      [],
    ),
    pagesSeen: pick(3, 3, 1, Number.NaN),
    inSeries: pick(0, 2, 9, Number.NaN),
  },
  'document.release': {},
  'document.reject': {},
  'document.uploaded': {},
  'document.purge': {},
  'request.submit': {
    requester: person,
    hcp,
    caseId: perhaps(caseId),
    group: perhaps(group),
    experts: people,
    proposals: fc.array(slot, { maxLength: 2 }),
    note: perhaps(text),
  },
  'request.take': { from: pick(undefined, '', 'desk') },
  'request.ask': { question: text },
  'request.answer': { proposals: perhaps(fc.array(slot, { maxLength: 2 })), note: perhaps(text) },
  'request.decline': { reason: text },
  'request.cancel': {},
  'request.scheduled': { meetingId: pick('M-1', 'M-2'), caseId: perhaps(caseId) },
  'request.polled': { pollId: pick('V-1', 'V-2') },
  'poll.open': {
    requestId: perhaps(pick('Q-1', 'Q-2')),
    requester: perhaps(person),
    hcp: perhaps(hcp),
    caseId: perhaps(caseId),
    group: perhaps(group),
    slots: fc.array(slot, { maxLength: 3 }),
    voters: people,
    required: fc.uniqueArray(person, { maxLength: 1 }),
    quorum: pick(1, 1, 2, 0, Number.NaN),
    deadline: pick(later(0, 2), later(1), later(20), secret),
    hidden: fc.boolean(),
    join: perhaps(text),
  },
  'poll.vote': {
    person,
    votes: fc.array(pick(...votes, secret as 'no'), { minLength: 1, maxLength: 3 }),
    comment: perhaps(text),
  },
  'poll.propose': { person, slot },
  'poll.add': { slot },
  'poll.turn-down': { instant: pick(later(4), later(9)) },
  'poll.close': {},
  'poll.withdraw': {},
  'poll.finalised': { meetingId: pick('M-1', 'M-2'), instant: pick(later(4), later(9)), caseId: perhaps(caseId) },
  'series.start': { group, rule, join: perhaps(text) },
  'series.skip': { date: seriesDate },
  'series.move': { date: seriesDate, slot },
  'series.convene': {
    date: seriesDate,
    meetingId: pick('M-1', 'M-2', 'M-3'),
    invitees: people,
    join: perhaps(text),
  },
  'series.end': {},
  'series.roster': { people },
  'series.change-rule': { rule },
  'series.answer': { person, answer: pick('accepted', 'tentative', 'declined'), sequence: perhaps(sequence) },
  'series.mailed-answer': {
    ...proof,
    date: perhaps(seriesDate),
    answer: perhaps(pick('accepted', 'tentative', 'declined')),
  },
  'series.mailed-hour': { ...proof, date: perhaps(seriesDate), slot: perhaps(slot) },
  'series.mailed-refresh': { ...proof, date: perhaps(seriesDate) },
  'series.mailed-comment': { ...proof, date: perhaps(seriesDate), comment: perhaps(text) },
  'series.decline-hour': { person, date: perhaps(seriesDate) },
  'series.sent': { person },
  'series.bounced': { person, sequence: perhaps(sequence) },
  'meeting.put-on-agenda': { caseId, requestId: pick('Q-1', 'Q-2'), invitees: people },
  'meeting.take-off-agenda': { caseId },
  'meeting.schedule': {
    seriesId: perhaps(pick('W-1')),
    occurrence: perhaps(pick(occurrence)),
    requestId: perhaps(pick('Q-1', 'Q-2')),
    pollId: perhaps(pick('V-1', 'V-2')),
    requester: perhaps(person),
    hcp: perhaps(hcp),
    caseId: perhaps(caseId),
    group: perhaps(group),
    slot,
    invitees: people,
    join: perhaps(text),
    required: perhaps(people),
    quorum: perhaps(fc.integer({ min: 1, max: 3 })),
  },
  'meeting.reschedule': { slot },
  'meeting.cancel': { reason: pick('helpdesk', 'requester', 'consent-ended') },
  'meeting.held': { attended: perhaps(people), discussed: perhaps(fc.uniqueArray(caseId, { maxLength: 2 })) },
  'meeting.review': {
    outcome: pick('answered', 'partly', secret as 'not'),
    again: fc.boolean(),
    comment: perhaps(text),
  },
  'meeting.answer': {
    person,
    answer: pick('accepted', 'tentative', 'declined'),
    instant: pick(undefined, later(4), later(9)),
  },
  'meeting.mailed-answer': { ...proof, answer: perhaps(pick('accepted', 'tentative', 'declined')) },
  'meeting.mailed-hour': { ...proof, slot: perhaps(slot) },
  'meeting.mailed-refresh': { ...proof },
  'meeting.mailed-comment': { ...proof, comment: perhaps(text) },
  'meeting.invite': { people },
  'meeting.take-off': { people },
  'meeting.decline-hour': { person },
  'meeting.mailed-absence': { person, sequence },
  'meeting.join': { people, sequence: perhaps(fc.nat({ max: 9 })) },
  'meeting.part': { people },
  'meeting.series-answer': { person, answer: pick('accepted', 'tentative', 'declined') },
  'meeting.follow': {
    slot,
    date: pick('2026-05-12'),
    hour: pick('2026-05-12T15:00'),
    zone: pick('Europe/Paris'),
    sequence,
  },
  'meeting.sent': { person },
  'meeting.bounced': { person, sequence: perhaps(sequence) },
  'ticket.open': { requester: person, topic: pick(...topics), hcp: perhaps(hcp), text },
  'ticket.triage': { topic: pick(...topics) },
  'ticket.assign': { to: person, from: pick(undefined, '', 'desk') },
  'ticket.reply': { text, wait: fc.boolean() },
  'ticket.note': { text },
  'ticket.add': { text },
  'ticket.refer': { to: pick('cpms-it', 'eu-login') },
  'ticket.helped': { helped: fc.boolean() },
  'ticket.resolve': {},
  'ticket.reopen': {},
  'ticket.close': {},
  'stray.notice': { person: perhaps(person), platform: pick('slack', 'teams') },
  'stray.look': { found: pick('there', 'there', 'there', 'there', 'gone', 'not-told') },
};

export const commandTypes = Object.keys(fields) as readonly CommandType[];

/** The kind of entity that a command is for. */
export function kindOf(type: CommandType): Kind {
  return type.slice(0, type.indexOf('.')) as Kind;
}

/** Any order of the given commands, sensible or not. */
export function anyOrder(types: readonly CommandType[] = commandTypes): fc.Arbitrary<Order> {
  return fc.constantFrom(...types).chain((type) =>
    fc
      .record({
        id: fc.constantFrom(...ids[kindOf(type)]),
        body: fc.record(fields[type] as Record<string, fc.Arbitrary<unknown>>),
      })
      .map(({ id, body }) => {
        const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
        return { kind: kindOf(type), id, command: { ...given, type } } as unknown as Order;
      }),
  );
}

/** Anybody of the cast, the system, or somebody who was never entered. */
export const anybody = fc.constantFrom(...Object.keys(cast), 'system', '', 'nobody');
