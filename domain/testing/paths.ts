import { casePaths, consentPaths, documentPaths } from './case-paths.ts';
import { noon, type Paths } from './histories.ts';
import { meetingPaths, pollPaths, requestPaths, seriesPaths } from './meeting-paths.ts';
import { content } from './usual.ts';

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
