import type { CaseFacts } from '../cases.ts';
import type { ConsentFacts } from '../consent.ts';
import type { DirectoryContent } from '../directory.ts';
import { attestationStatements, type DocumentFacts } from '../documents.ts';
import type { Commands, EntityFacts, Kind } from '../entities.ts';
import type { MeetingFacts } from '../meetings/meetings.ts';
import type { PollFacts } from '../meetings/polls.ts';
import type { RequestFacts } from '../meetings/requests.ts';
import type { SeriesFacts } from '../meetings/series.ts';
import type { Slot } from '../meetings/slots.ts';
import type { PersonFacts } from '../people.ts';
import type { RegistrationFacts } from '../registration.ts';
import type { TicketFacts } from '../tickets.ts';
import { later, noon, type Told } from './histories.ts';

/** How each kind of entity comes to each of its states: histories of commands, by the state's name in the field's words. */
export type Paths = { readonly [K in Kind]: Readonly<Record<string, readonly Told<Commands<K>, EntityFacts<K>>[]>> };

export const nextWeek: Slot = {
  local: '2026-03-09T15:00',
  zone: 'Europe/Paris',
  instant: '2026-03-09T14:00:00.000Z',
  minutes: 60,
};

export const content: DirectoryContent = {
  countries: { FR: { code: 'FR', name: 'France', majority: 18 } },
  hcps: { A: { code: 'A', name: 'Hospital A (sample)', city: 'Lyon', country: 'FR' } },
  groups: { HHT: { code: 'HHT', name: 'HHT', kind: 'disease' } },
  rosters: { HHT: [{ person: 'expert-1', representative: false }] },
  links: { 'cpms-log-in': { url: 'https://cpms2.ern-net.eu', source: 'guide', checkedOn: '2026-01-15' } },
};

/** Facts with which everything goes well. */
export const usual: {
  readonly person: PersonFacts;
  readonly directory: null;
  readonly registration: RegistrationFacts;
  readonly case: CaseFacts;
  readonly consent: ConsentFacts;
  readonly document: DocumentFacts;
  readonly request: RequestFacts;
  readonly poll: PollFacts;
  readonly series: SeriesFacts;
  readonly meeting: MeetingFacts;
  readonly ticket: TicketFacts;
  readonly stray: null;
} = {
  person: { hcpListed: true },
  directory: null,
  registration: {
    hcpListed: true,
    deciders: { leads: ['lead-1'], deputies: ['deputy-1'], coordinators: ['coordinator-1'] },
  },
  case: { careConsent: true, hcpListed: true, groupListed: true, ownerBelongs: true },
  consent: { caseOpen: true },
  document: { careConsent: true, caseGoesOn: true, bytesThere: true },
  request: { careConsent: true, caseGoesOn: true, groupListed: true, expertsKnown: true, noRepresentative: true },
  poll: { careConsent: true, caseGoesOn: true, votersKnown: true, noRepresentative: true, requestWaits: true },
  series: { groupListed: true },
  meeting: { convened: true, careConsent: true, caseGoesOn: true, representatives: [] },
  ticket: { assigneeIsHelpdesk: true },
  stray: null,
};

/** The histories of things that are `owner`'s: their registration, case, document, request, ticket, and a meeting they are invited to. */
export function paths(owner: string): Paths {
  return {
    person: peoplePaths(),
    directory: {
      empty: [],
      imported: [[{ type: 'directory.import', at: noon, by: 'system', content }]],
    },
    registration: registrationPaths(owner),
    case: casePaths(owner),
    consent: consentPaths(owner),
    document: documentPaths(owner),
    request: requestPaths(owner),
    poll: pollPaths(owner),
    series: seriesPaths(owner),
    meeting: meetingPaths(owner),
    ticket: ticketPaths(owner),
    stray: strayPaths(owner),
  };
}

function peoplePaths(): Paths['person'] {
  const by = { at: noon, by: 'system' };
  const entered: Paths['person'][string] = [[{ type: 'person.enter', ...by }]];
  const member: Paths['person'][string] = [
    ...entered,
    [{ type: 'person.grant', ...by, grant: { role: 'member', hcp: 'A' } }],
  ];
  return { none: [], entered, member, left: [...member, [{ type: 'person.forget', ...by }]] };
}

function registrationPaths(person: string): Paths['registration'] {
  type History = Paths['registration'][string];
  const at = noon;
  const own = { at, by: person };
  const desk = { at, by: 'desk-1' };
  const account: History = [[{ type: 'registration.account-created', ...own, proof: 'attested' }]];
  const ready: History = [
    ...account,
    [{ type: 'registration.second-factor', ...own, method: 'app-pin', proof: 'attested' }],
  ];
  const draft: History = [[{ type: 'registration.draft', ...own, person, hcp: 'A', as: 'clinician' }]];
  const awaiting: History = [...draft, [{ type: 'registration.request', ...own }]];
  const authorised: History = [
    ...awaiting,
    [{ type: 'registration.decide', at, by: 'lead-1', outcome: 'authorised', via: 'chat' }],
  ];
  const taken: History = [...authorised, [{ type: 'registration.take', ...desk }]];
  const passed: History = [...taken, [{ type: 'registration.pass-on', ...desk }]];
  const complete: History = [...passed, ...ready];
  const notified: History = [...complete, [{ type: 'registration.notified', ...own, on: '2026-03-01' }]];
  const submitted: History = [...notified, [{ type: 'registration.submitted', ...own, on: '2026-03-02' }]];
  const mailed = { ...own, on: '2026-03-02', source: 'cpms-mail' } as const;
  const active: History = [...submitted, [{ type: 'registration.approved', ...mailed }]];
  return {
    none: [],
    draft,
    'draft, account created': [...draft, ...account],
    'draft, second factor ready': [...draft, ...ready],
    'awaiting lead': awaiting,
    'awaiting lead, account created': [...awaiting, ...account],
    declined: [
      ...awaiting,
      [{ type: 'registration.decide', at, by: 'lead-1', outcome: 'declined', reason: 'X-1', via: 'chat' }],
    ],
    authorised,
    'with helpdesk': taken,
    'with helpdesk, second factor ready': [...taken, ...ready],
    'passed on': passed,
    'passed on, account created': [...passed, ...account],
    'awaiting ERN IT': complete,
    notified,
    submitted,
    active,
    rejected: [...submitted, [{ type: 'registration.rejected', ...mailed, reason: 'X-2' }]],
    suspended: [...active, [{ type: 'registration.suspend', ...desk }]],
    left: [...active, [{ type: 'registration.leave', ...desk }]],
    withdrawn: [...draft, [{ type: 'registration.withdraw', ...own }]],
  };
}

function casePaths(owner: string): Paths['case'] {
  type History = Paths['case'][string];
  const own = { at: noon, by: owner };
  const by = { at: noon, by: 'system' };
  const held: History = [[{ type: 'case.consent-ended', ...by }, { careConsent: false }]];
  const draft: History = [[{ type: 'case.open', ...own, owner, hcp: 'A', group: 'HHT', urgency: 'routine' }]];
  const consented: History = [...draft, [{ type: 'case.consent-given', ...by }]];
  const enrolled: History = [...consented, [{ type: 'case.enrol', ...own, attested: true }]];
  const ready: History = [...enrolled, [{ type: 'case.ready', ...own }]];
  const discussed: History = [...ready, [{ type: 'case.discussed', ...by }]];
  return {
    none: [],
    draft,
    consented,
    enrolled,
    ready,
    discussed,
    closed: [...discussed, [{ type: 'case.close', ...own, reason: 'discussed' }]],
    'consented, on hold': [...consented, ...held],
    'enrolled, on hold': [...enrolled, ...held],
    'ready, on hold': [...ready, ...held],
  };
}

function consentPaths(owner: string): Paths['consent'] {
  type History = Paths['consent'][string];
  const own = { at: noon, by: owner };
  const by = { at: noon, by: 'system' };
  const form = {
    ...own,
    form: { kind: 'commission', version: '2.1' },
    signedOn: '2026-02-27',
    signedBy: 'patient',
    attested: true,
  } as const;
  const given: History = [
    [{ type: 'consent.record', ...form, recordId: 'N-1', answers: { care: 'given', registry: 'given' } }],
  ];
  return {
    'not recorded': [],
    given,
    refused: [[{ type: 'consent.record', ...form, recordId: 'N-1', answers: { care: 'refused' } }]],
    withdrawn: [...given, [{ type: 'consent.withdraw', ...own, purpose: 'care' }]],
    expired: [...given, [{ type: 'consent.expire', ...by, purpose: 'care' }]],
    superseded: [...given, [{ type: 'consent.supersede', ...by, purpose: 'care' }]],
    'entered in error': [...given, [{ type: 'consent.entered-in-error', ...own, recordId: 'N-1' }]],
  };
}

function documentPaths(submitter: string): Paths['document'] {
  type History = Paths['document'][string];
  const own = { at: noon, by: submitter };
  const by = { at: noon, by: 'system' };
  const received: History = [[{ type: 'document.receive', ...own, caseId: 'C-1', hcp: 'A', submitter }]];
  const scrubbed: History = [
    ...received,
    [
      {
        type: 'document.scrubbed',
        ...by,
        format: 'pdf',
        pages: 3,
        removed: { metadata: 2 },
        redacted: { name: 4 },
        kept: { date: 1 },
        notSearched: ['visible-text'],
        verified: true,
      },
    ],
  ];
  const attested: History = [
    ...scrubbed,
    [{ type: 'document.attest', ...own, statements: attestationStatements, pagesSeen: 3 }],
  ];
  const released: History = [...attested, [{ type: 'document.release', ...own }]];
  const uploaded: History = [...released, [{ type: 'document.uploaded', ...own }]];
  return {
    none: [],
    received,
    scrubbed,
    attested,
    released,
    uploaded,
    purged: [...uploaded, [{ type: 'document.purge', ...by }]],
    rejected: [...scrubbed, [{ type: 'document.reject', ...own }]],
    refused: [...received, [{ type: 'document.refuse', ...by, reason: 'not-a-pdf' }]],
  };
}

function requestPaths(requester: string): Paths['request'] {
  type History = Paths['request'][string];
  const own = { at: noon, by: requester };
  const desk = { at: noon, by: 'desk-1' };
  const submitted: History = [
    [
      {
        type: 'request.submit',
        ...own,
        requester,
        hcp: 'A',
        caseId: 'C-1',
        group: 'HHT',
        experts: [],
        proposals: [nextWeek],
      },
    ],
  ];
  const triage: History = [...submitted, [{ type: 'request.take', ...desk }]];
  return {
    none: [],
    submitted,
    'in triage': triage,
    'needs information': [...triage, [{ type: 'request.ask', ...desk, question: 'X-3' }]],
    scheduled: [...triage, [{ type: 'request.scheduled', at: noon, by: 'system', meetingId: 'M-1', caseId: 'C-1' }]],
    declined: [...triage, [{ type: 'request.decline', ...desk, reason: 'X-4' }]],
    cancelled: [...triage, [{ type: 'request.cancel', ...own }]],
  };
}

function pollPaths(voter: string): Paths['poll'] {
  type History = Paths['poll'][string];
  const desk = { at: noon, by: 'desk-1' };
  const another = { ...nextWeek, local: '2026-03-10T15:00', instant: '2026-03-10T14:00:00.000Z' };
  const open: History = [
    [
      {
        type: 'poll.open',
        ...desk,
        requestId: 'Q-1',
        requester: voter,
        hcp: 'A',
        caseId: 'C-1',
        group: 'HHT',
        slots: [nextWeek, another],
        voters: [voter, 'expert-1'],
        required: ['expert-1'],
        quorum: 1,
        deadline: later(3),
        hidden: false,
      },
    ],
  ];
  const answered: History = [
    ...open,
    [{ type: 'poll.vote', at: noon, by: 'expert-1', person: 'expert-1', votes: ['if-need-be', 'yes'] }],
  ];
  const third = { ...nextWeek, local: '2026-03-12T15:00', instant: '2026-03-12T14:00:00.000Z' };
  const countered: History = [
    ...answered,
    [{ type: 'poll.propose', at: noon, by: 'expert-1', person: 'expert-1', slot: third }],
  ];
  const closed: History = [...answered, [{ type: 'poll.close', at: later(3), by: 'system' }]];
  const fixed = {
    type: 'poll.finalised',
    at: later(3),
    by: 'system',
    meetingId: 'M-1',
    instant: another.instant,
    caseId: 'C-1',
  } as const;
  return {
    none: [],
    open,
    answered,
    countered,
    closed,
    finalised: [...closed, [fixed]],
    withdrawn: [...answered, [{ type: 'poll.withdraw', ...desk }]],
  };
}

function seriesPaths(invitee: string): Paths['series'] {
  type History = Paths['series'][string];
  const desk = { at: noon, by: 'desk-1' };
  const rule = {
    week: '2',
    weekday: 2,
    everyMonths: 1,
    clock: '15:00',
    zone: 'Europe/Paris',
    minutes: 60,
    from: '2026-03-01',
  } as const;
  const running: History = [[{ type: 'series.start', ...desk, group: 'HHT', rule, join: 'X-1' }]];
  const convene = {
    type: 'series.convene',
    ...desk,
    date: '2026-04-14',
    meetingId: 'M-9',
    invitees: ['expert-1'],
  } as const;
  const believed = {
    at: noon,
    by: 'system',
    person: invitee,
    sequence: 0,
    stamp: noon,
    authenticated: true,
    ownSender: true,
  } as const;
  const counterHour = { ...nextWeek, instant: later(9) };
  return {
    none: [],
    running,
    convened: [...running, [convene]],
    'in calendars': [
      ...running,
      [{ type: 'series.roster', at: noon, by: 'system', people: [invitee, 'expert-1'] }],
      [convene],
      [{ type: 'series.mailed-hour', ...believed, slot: counterHour }],
    ],
    ended: [...running, [{ type: 'series.end', ...desk }]],
  };
}

function meetingPaths(invitee: string): Paths['meeting'] {
  type History = Paths['meeting'][string];
  const desk = { at: noon, by: 'desk-1' };
  const scheduled: History = [
    [
      {
        type: 'meeting.schedule',
        ...desk,
        requestId: 'Q-1',
        requester: invitee,
        hcp: 'A',
        caseId: 'C-1',
        group: 'HHT',
        slot: nextWeek,
        invitees: [invitee, 'expert-1'],
      },
    ],
  ];
  const group: History = [
    [
      {
        type: 'meeting.schedule',
        ...desk,
        requester: invitee,
        group: 'HHT',
        slot: nextWeek,
        invitees: [invitee, 'expert-1'],
      },
    ],
  ];
  const listed: History = [
    ...group,
    [{ type: 'meeting.put-on-agenda', ...desk, caseId: 'C-1', requestId: 'Q-1', invitees: ['anna', 'expert-2'] }],
  ];
  const dated: History = [
    [
      {
        type: 'meeting.schedule',
        at: noon,
        by: 'system',
        seriesId: 'W-1',
        requester: invitee,
        group: 'HHT',
        slot: nextWeek,
        invitees: ['expert-1', invitee],
        occurrence: {
          date: '2026-03-09',
          hour: nextWeek.local,
          zone: nextWeek.zone,
          own: false,
          people: ['expert-1', invitee],
          sequence: 2,
          statuses: { 'expert-1': 'declined' },
        },
      },
    ],
  ];
  const suggested: History[number] = [
    {
      type: 'meeting.mailed-hour',
      at: noon,
      by: 'system',
      person: invitee,
      sequence: 2,
      stamp: noon,
      authenticated: true,
      ownSender: true,
      slot: { ...nextWeek, instant: later(9) },
    },
  ];
  const moved = { ...nextWeek, local: '2026-03-09T16:00', instant: '2026-03-09T15:00:00.000Z' };
  return {
    none: [],
    scheduled,
    'of a group': group,
    'with an agenda': listed,
    'date of a series': [...dated, suggested],
    rescheduled: [...scheduled, [{ type: 'meeting.reschedule', ...desk, slot: moved }]],
    held: [...scheduled, [{ type: 'meeting.held', at: later(8), by: 'desk-1' }]],
    cancelled: [...scheduled, [{ type: 'meeting.cancel', ...desk, reason: 'helpdesk' }]],
  };
}

function ticketPaths(requester: string): Paths['ticket'] {
  type History = Paths['ticket'][string];
  const own = { at: noon, by: requester };
  const desk = { at: noon, by: 'desk-1' };
  const fresh: History = [[{ type: 'ticket.open', ...own, requester, topic: 'eu-login', text: 'X-5' }]];
  const triaged: History = [...fresh, [{ type: 'ticket.triage', ...desk, topic: 'eu-login' }]];
  const working: History = [...triaged, [{ type: 'ticket.assign', ...desk, to: 'desk-1' }]];
  const resolved: History = [...working, [{ type: 'ticket.resolve', ...desk }]];
  return {
    none: [],
    new: fresh,
    triaged,
    'in progress': working,
    waiting: [...working, [{ type: 'ticket.reply', ...desk, text: 'X-6', wait: true }]],
    'referred out': [...working, [{ type: 'ticket.refer', ...desk, to: 'eu-login' }]],
    resolved,
    closed: [...resolved, [{ type: 'ticket.close', ...desk }]],
  };
}

function strayPaths(person: string): Paths['stray'] {
  const by = { at: noon, by: 'system' };
  const noticed: Paths['stray'][string] = [[{ type: 'stray.notice', ...by, person, platform: 'slack' }]];
  const again: Paths['stray'][string] = [...noticed, [{ type: 'stray.look', ...by, found: 'there' }]];
  return {
    none: [],
    noticed,
    'seen again': again,
    gone: [...again, [{ type: 'stray.look', ...by, found: 'gone' }]],
    left: [...again, [{ type: 'stray.look', ...by, found: 'there' }], [{ type: 'stray.look', ...by, found: 'there' }]],
    'not told': [...noticed, [{ type: 'stray.look', ...by, found: 'not-told' }]],
  };
}
