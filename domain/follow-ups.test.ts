import { describe, expect, test } from 'vitest';
import type { Consent } from './consent.ts';
import { type Commands, deciders, type Events, type Kind } from './entities.ts';
import { type FollowUp, followUps, type Related } from './follow-ups.ts';
import { frozen, noon, telling } from './testing/histories.ts';
import { paths } from './testing/paths.ts';
import { usual } from './testing/usual.ts';

const anna = { at: noon, by: 'anna' };
const none: Related = { meetings: [], requests: [], polls: [], documents: [] };
const found = <const Stage extends string>(...stages: readonly Stage[]) =>
  stages.map((stage, at) => ({ id: `${at}`, state: { stage } }));

const consentAt = (name: string): Consent =>
  telling(deciders.consent, usual.consent).given(paths('anna').consent[name] ?? []);

const everything: Related = {
  case: { stage: 'ready' },
  meetings: found('scheduled', 'held', 'cancelled', 'none'),
  requests: [
    ...found('submitted', 'in-triage', 'needs-information', 'scheduled', 'declined', 'cancelled'),
    { id: '6', state: { stage: 'scheduled', meetingId: 'M-7' } },
  ],
  polls: found('open', 'closed', 'finalised', 'withdrawn'),
  documents: found('received', 'scrubbed', 'attested', 'released', 'uploaded', 'purged', 'rejected', 'refused'),
};

/** 'kind/id: command' of each follow-up. */
const told = (event: Events, kind: Kind, id: string, related: Related) =>
  followUps(frozen(event), kind, id, frozen(related)).map((next) => `${next.kind}/${next.id}: ${next.command.type}`);

const stops = [
  'meeting/0: meeting.cancel',
  'request/0: request.cancel',
  'request/1: request.cancel',
  'request/2: request.cancel',
  'poll/0: poll.withdraw',
  'poll/1: poll.withdraw',
  'meeting/M-7: meeting.take-off-agenda',
  'document/0: document.reject',
  'document/1: document.reject',
  'document/2: document.reject',
  'document/3: document.reject',
];

const recorded = (answer: 'given' | 'refused', purpose: 'care' | 'registry' = 'care'): Events => ({
  type: 'consent-recorded',
  ...anna,
  recordId: 'N-1',
  purpose,
  answer,
  form: { kind: 'commission', version: '2.1' },
  signedOn: '2026-03-01',
  signedBy: 'patient',
});

const ends: readonly [string, Events][] = [
  ['withdrawn', { type: 'consent-withdrawn', ...anna, purpose: 'care' }],
  ['expired', { type: 'consent-expired', ...anna, purpose: 'care' }],
  ['superseded', { type: 'consent-superseded', ...anna, purpose: 'care' }],
  ['entered in error', { type: 'consent-entered-in-error', ...anna, recordId: 'N-1', purposes: ['care', 'registry'] }],
  ['refused', recorded('refused')],
];

describe('a consent for care', () => {
  test('that is given lets the case go on', () => {
    expect(told(recorded('given'), 'consent', 'C-1', { ...everything, consent: consentAt('given') })).toEqual([
      'case/C-1: case.consent-given',
    ]);
  });

  test.each(ends)('that is %s holds the case and stops everything that is planned', (name, event) => {
    const related = { ...everything, consent: consentAt(name) };
    expect(told(event, 'consent', 'C-1', related)).toEqual(['case/C-1: case.consent-ended', ...stops]);
  });

  test.each(ends)('that is %s beside another that is active stops nothing', (_, event) => {
    expect(told(event, 'consent', 'C-1', { ...everything, consent: consentAt('given') })).toEqual([]);
  });

  test.each(ends)('that is %s for a closed case still stops what is left, and leaves the case alone', (name, event) => {
    const related = { ...everything, case: { stage: 'closed' as const }, consent: consentAt(name) };
    expect(told(event, 'consent', 'C-1', related)).toEqual(stops);
  });

  test('of which nothing is known counts as none', () => {
    expect(told(ends[0]![1], 'consent', 'C-1', everything)).toEqual(['case/C-1: case.consent-ended', ...stops]);
  });

  test('says why a meeting is cancelled', () => {
    const [, cancel] = followUps(ends[0]![1], 'consent', 'C-1', everything);
    expect(cancel?.command).toEqual({ type: 'meeting.cancel', reason: 'consent-ended' });
  });
});

test.each<[string, Events]>([
  ['given', recorded('given', 'registry')],
  ['withdrawn', { type: 'consent-withdrawn', ...anna, purpose: 'registry' }],
  ['in error', { type: 'consent-entered-in-error', ...anna, recordId: 'N-1', purposes: ['registry'] }],
])('a consent for another purpose that is %s changes nothing of the case', (_, event) => {
  expect(told(event, 'consent', 'C-1', everything)).toEqual([]);
});

test('a closed case takes its meetings, requests and documents with it', () => {
  const closed: Events = { type: 'case-closed', ...anna, reason: 'moved' };
  expect(told(closed, 'case', 'C-1', everything)).toEqual(stops);
  const [cancel] = followUps(closed, 'case', 'C-1', everything);
  expect(cancel?.command).toEqual({ type: 'meeting.cancel', reason: 'case-closed' });
});

describe('a membership', () => {
  const registration = { person: 'anna', hcp: 'A', as: 'clinician' } as const;
  const approved: Events = { type: 'cpms-approved', ...anna, on: '2026-03-01', source: 'cpms-mail' };

  test.each<[Events, 'person.grant' | 'person.revoke']>([
    [approved, 'person.grant'],
    [{ type: 'member-resumed', ...anna }, 'person.grant'],
    [{ type: 'member-suspended', ...anna }, 'person.revoke'],
    [{ type: 'member-left', ...anna }, 'person.revoke'],
  ])('$type: %s', (event, type) => {
    expect(followUps(event, 'registration', 'R-1', { ...none, registration })).toEqual([
      { kind: 'person', id: 'anna', command: { type, grant: { role: 'member', hcp: 'A' } }, mayBeRefused: true },
    ]);
    expect(
      followUps(event, 'registration', 'R-1', { ...none, registration: { ...registration, as: 'assistant' } }),
    ).toEqual([
      { kind: 'person', id: 'anna', command: { type, grant: { role: 'assistant', hcp: 'A' } }, mayBeRefused: true },
    ]);
  });

  test('of a registration that is not known gives no role', () => {
    expect(followUps(approved, 'registration', 'R-1', none)).toEqual([]);
  });
});

test('who leaves withdraws what is under way and leaves what is active', () => {
  const registrations = found(
    'draft',
    'submitted',
    'active',
    'suspended',
    'left',
    'withdrawn',
    'declined',
    'rejected',
    'none',
  );
  expect(told({ type: 'person-left', ...anna }, 'person', 'anna', { ...none, registrations })).toEqual([
    'registration/0: registration.withdraw',
    'registration/1: registration.withdraw',
    'registration/2: registration.leave',
    'registration/3: registration.leave',
  ]);
  expect(told({ type: 'person-left', ...anna }, 'person', 'anna', none)).toEqual([]);
});

describe('a meeting', () => {
  const slot = { local: '2026-03-09T15:00', zone: 'UTC', instant: '2026-03-09T15:00:00Z', minutes: 30 };
  const scheduled = { type: 'meeting-scheduled', ...anna, slot, invitees: [] } as const;

  test('that a request led to closes the request, with the case that it is about', () => {
    expect(followUps({ ...scheduled, requestId: 'Q-1', caseId: 'C-1' }, 'meeting', 'M-1', none)).toEqual([
      { kind: 'request', id: 'Q-1', command: { type: 'request.scheduled', meetingId: 'M-1', caseId: 'C-1' } },
    ]);
    expect(followUps({ ...scheduled, requestId: 'Q-1' }, 'meeting', 'M-1', none)).toEqual([
      { kind: 'request', id: 'Q-1', command: { type: 'request.scheduled', meetingId: 'M-1' } },
    ]);
    expect(followUps(scheduled, 'meeting', 'M-1', none)).toEqual([]);
  });

  test('at an hour of a poll closes the poll before the request, so that the poll has given the hour', () => {
    expect(told({ ...scheduled, requestId: 'Q-1', pollId: 'V-1' }, 'meeting', 'M-1', none)).toEqual([
      'poll/V-1: poll.finalised',
      'request/Q-1: request.scheduled',
    ]);
  });

  test('that was held has discussed its case', () => {
    const held = { type: 'meeting-held', ...anna } as const satisfies Events;
    expect(told(held, 'meeting', 'M-1', { ...none, meeting: { caseId: 'C-1' } })).toEqual(['case/C-1: case.discussed']);
    expect(told(held, 'meeting', 'M-1', { ...none, meeting: {} })).toEqual([]);
    expect(told({ ...held, discussed: [] }, 'meeting', 'M-1', { ...none, meeting: { caseId: 'C-1' } })).toEqual([]);
    expect(told(held, 'meeting', 'M-1', none)).toEqual([]);
  });
});

test('a date of a series becomes a meeting, and a case on its agenda is scheduled', () => {
  const slot = { local: '2026-03-09T15:00', zone: 'UTC', instant: '2026-03-09T15:00:00Z', minutes: 30 };
  const convened: Events = {
    type: 'series-convened',
    ...anna,
    group: 'HHT',
    date: '2026-03-09',
    slot,
    meetingId: 'M-1',
    invitees: ['anna'],
    join: 'X-1',
  };
  expect(followUps(convened, 'series', 'W-1', none)).toEqual([
    {
      kind: 'meeting',
      id: 'M-1',
      command: { type: 'meeting.schedule', seriesId: 'W-1', group: 'HHT', slot, invitees: ['anna'], join: 'X-1' },
    },
  ]);
  const added: Events = { type: 'agenda-added', ...anna, caseId: 'C-1', requestId: 'Q-1', invitees: [] };
  expect(followUps(added, 'meeting', 'M-1', none)).toEqual([
    { kind: 'request', id: 'Q-1', command: { type: 'request.scheduled', meetingId: 'M-1', caseId: 'C-1' } },
  ]);
});

describe('a poll', () => {
  test('is known to its request', () => {
    const opened = { type: 'poll-opened', ...anna, requestId: 'Q-1' } as unknown as Events;
    expect(told(opened, 'poll', 'V-1', none)).toEqual(['request/Q-1: request.polled']);
    expect(told({ type: 'poll-opened', ...anna } as unknown as Events, 'poll', 'V-1', none)).toEqual([]);
  });

  test.each(['request-scheduled', 'request-declined', 'request-cancelled'] as const)(
    'ends with its request: %s',
    (type) => {
      const event = { type, ...anna } as unknown as Events;
      expect(told(event, 'request', 'Q-1', { ...none, request: { pollId: 'V-1' } })).toEqual([
        'poll/V-1: poll.withdraw',
      ]);
      expect(told(event, 'request', 'Q-1', { ...none, request: {} })).toEqual([]);
    },
  );
});

test.each(['document-rejected', 'document-uploaded'] as const)('the bytes of a file go: %s', (type) => {
  expect(told({ type, ...anna }, 'document', 'D-1', none)).toEqual(['document/D-1: document.purge']);
});

test('nothing follows from anything else', () => {
  const types = [
    'registration-drafted',
    'ticket-closed',
    'case-held',
    'document-purged',
    'role-granted',
    'meeting-cancelled',
  ];
  expect(types.flatMap((type) => told({ type, ...anna } as Events, 'ticket', 'x', everything))).toEqual([]);
});

test('what may be refused is what stops, gives or takes; what a rule hangs on may not', () => {
  const related: Related = { ...everything, consent: consentAt('withdrawn') };
  const skipped = (next: FollowUp) => next.mayBeRefused === true;
  const [held, ...rest] = followUps(ends[0]![1], 'consent', 'C-1', related);
  expect(held && skipped(held)).toBe(false);
  expect(rest.every(skipped)).toBe(true);
});

test('a follow-up is a command that its decider knows', () => {
  const related: Related = { ...everything, consent: consentAt('withdrawn') };
  for (const next of followUps(ends[0]![1], 'consent', 'C-1', related))
    expect((next.command as Commands).type.split('.')[0]).toBe(next.kind);
});
