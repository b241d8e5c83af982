import { describe, expect, test } from 'vitest';
import type { Commands } from './entities.ts';
import { decidersFor, registration, secondFactors, underWay } from './registration.ts';
import { later, noon, telling } from './testing/histories.ts';
import { paths } from './testing/paths.ts';
import { usual } from './testing/usual.ts';

const { given, when, outcome, compared } = telling(registration, usual.registration);
const states = paths('anna').registration;
const state = (name: string) => states[name] ?? [];
const anna = { at: noon, by: 'anna' };
const lead = { at: noon, by: 'lead-1' };
const desk = { at: noon, by: 'desk-1' };

const commands = {
  draft: { type: 'registration.draft', ...anna, person: 'anna', hcp: 'A', as: 'clinician' },
  request: { type: 'registration.request', ...anna },
  authorise: { type: 'registration.decide', ...lead, outcome: 'authorised', via: 'chat' },
  decline: { type: 'registration.decide', ...lead, outcome: 'declined', reason: 'X-1', via: 'link' },
  record: {
    type: 'registration.record-decision',
    ...desk,
    outcome: 'authorised',
    source: 'X-2',
    writtenOn: '2026-02-20',
  },
  take: { type: 'registration.take', ...desk },
  'pass on': { type: 'registration.pass-on', ...desk },
  account: { type: 'registration.account-created', ...anna, proof: 'attested' },
  factor: { type: 'registration.second-factor', ...anna, method: 'passkey', proof: 'attested' },
  'factor seen': { type: 'registration.second-factor', ...anna, method: 'unnamed', proof: 'verified' },
  notified: { type: 'registration.notified', ...anna, on: '2026-03-01' },
  submitted: { type: 'registration.submitted', ...anna, on: '2026-03-02' },
  approved: { type: 'registration.approved', ...anna, on: '2026-03-02', source: 'cpms-mail' },
  rejected: { type: 'registration.rejected', ...anna, on: '2026-03-02', source: 'cpms-mail', reason: 'X-3' },
  suspend: { type: 'registration.suspend', ...lead },
  resume: { type: 'registration.resume', ...lead },
  leave: { type: 'registration.leave', ...desk },
  withdraw: { type: 'registration.withdraw', ...anna },
} as const satisfies Record<string, Commands<'registration'>>;

const stageOf: Readonly<Record<string, string>> = {
  'awaiting lead': 'awaiting-lead',
  'with helpdesk': 'with-helpdesk',
  'passed on': 'passed-on',
  'awaiting ERN IT': 'awaiting-ern-it',
};
const wrongStage = (name: string) =>
  name === 'none' ? 'refused: registration.unknown' : 'refused: registration.wrong-stage';
const every = (names: readonly string[], said: string) => Object.fromEntries(names.map((name) => [name, said]));
const withAccount = ['draft, account created', 'awaiting lead, account created', 'passed on, account created'];
const withFactor = [
  'draft, second factor ready',
  'with helpdesk, second factor ready',
  'awaiting ERN IT',
  'notified',
  'submitted',
];
const withoutAccount = ['draft', 'awaiting lead', 'authorised', 'with helpdesk', 'passed on'];

test('every command in every state', () => {
  const awaiting = ['awaiting lead', 'awaiting lead, account created'];
  const table: Record<string, Record<string, string>> = {
    draft: { '*': 'refused: registration.wrong-stage', none: 'registration-drafted' },
    request: every(['draft', 'draft, account created', 'draft, second factor ready'], 'registration-requested'),
    authorise: every(awaiting, 'registration-authorised'),
    decline: every(awaiting, 'registration-declined'),
    record: every(awaiting, 'registration-authorised'),
    take: { authorised: 'registration-taken' },
    'pass on': {
      'with helpdesk': 'registration-passed-on',
      'with helpdesk, second factor ready': 'registration-passed-on + registration-complete',
    },
    account: {
      ...every(withoutAccount, 'account-created'),
      ...every([...withAccount, ...withFactor], 'refused: registration.account-already'),
    },
    factor: {
      ...every(withoutAccount, 'refused: registration.account-first'),
      ...every(withAccount, 'second-factor-ready'),
      'passed on, account created': 'second-factor-ready + registration-complete',
      ...every(withFactor, 'refused: registration.factor-already'),
    },
    'factor seen': {
      ...every(withoutAccount, 'refused: registration.account-first'),
      ...every([...withAccount, ...withFactor], 'second-factor-ready'),
      'passed on, account created': 'second-factor-ready + registration-complete',
    },
    notified: { 'awaiting ERN IT': 'ern-it-notified' },
    submitted: { notified: 'cpms-request-submitted' },
    approved: { submitted: 'cpms-approved' },
    rejected: { submitted: 'cpms-rejected' },
    suspend: { active: 'member-suspended' },
    resume: { suspended: 'member-resumed' },
    leave: every(['active', 'suspended'], 'member-left'),
    withdraw: every([...withoutAccount, ...withAccount, ...withFactor], 'registration-withdrawn'),
  };
  const { actual, expected } = compared(states, commands, table, wrongStage);
  expect(actual).toEqual(expected);
});

test('every state is the one that its name says', () => {
  for (const name of Object.keys(states)) {
    const plain = name.split(',')[0] ?? '';
    expect([name, given(state(name)).stage]).toEqual([name, stageOf[plain] ?? plain]);
  }
});

describe('the request', () => {
  test('is for a listed HCP', () => {
    const refused = { refused: 'directory.hcp-unknown', params: { hcp: 'A' } };
    expect(when([], commands.draft, { hcpListed: false })).toEqual(refused);
    expect(when(state('draft'), commands.request, { hcpListed: false })).toEqual(refused);
    expect(when(state('submitted'), commands.approved, { hcpListed: false })).toEqual(refused);
    expect(when(state('suspended'), commands.resume, { hcpListed: false })).toEqual(refused);
  });

  test('is the only one under way', () => {
    expect(when([], commands.draft, { openAttempt: 'R-9' })).toEqual({
      refused: 'registration.already-open',
      params: { id: 'R-9' },
    });
  });

  test.each(['declined', 'rejected'] as const)('continues one that was %s, of the same person', (stage) => {
    const again = { ...commands.draft, previous: 'R-1' };
    expect(when([], again, { previous: { stage, person: 'anna' } })).toEqual([
      { type: 'registration-drafted', ...anna, person: 'anna', hcp: 'A', as: 'clinician', previous: 'R-1' },
    ]);
    expect(outcome([], again, { previous: { stage, person: 'bert' } })).toBe('refused: registration.not-reopenable');
    expect(given([[again, { previous: { stage, person: 'anna' } }]]).previous).toBe('R-1');
  });

  test('continues nothing that is under way, active, left or unknown', () => {
    const again = { ...commands.draft, previous: 'R-1' };
    expect(outcome([], again)).toBe('refused: registration.not-reopenable');
    for (const stage of ['active', 'withdrawn', 'left', 'submitted', 'none'] as const)
      expect(outcome([], again, { previous: { stage, person: 'anna' } })).toBe('refused: registration.not-reopenable');
  });

  test('waits where nobody can decide', () => {
    const deciders = { leads: ['anna'], deputies: [], coordinators: ['anna'] };
    expect(outcome(state('draft'), commands.request, { deciders })).toBe('refused: registration.nobody-decides');
  });
});

describe('the decision (rule 1)', () => {
  const by = (person: string) => ({ ...commands.authorise, by: person });

  test('is made by a lead or a deputy, never by the coordinator beside them', () => {
    expect(outcome(state('awaiting lead'), by('lead-1'))).toBe('registration-authorised');
    expect(outcome(state('awaiting lead'), by('deputy-1'))).toBe('registration-authorised');
    expect(outcome(state('awaiting lead'), by('coordinator-1'))).toBe('refused: registration.not-the-decider');
    expect(outcome(state('awaiting lead'), by('desk-1'))).toBe('refused: registration.not-the-decider');
  });

  test('on the request of a lead is the deputy’s, else the coordinator’s', () => {
    const deciders = { leads: ['anna'], deputies: ['deputy-1'], coordinators: ['coordinator-1'] };
    expect(outcome(state('awaiting lead'), by('anna'), { deciders })).toBe('refused: registration.own-request');
    expect(outcome(state('awaiting lead'), by('deputy-1'), { deciders })).toBe('registration-authorised');
    expect(outcome(state('awaiting lead'), by('coordinator-1'), { deciders })).toBe(
      'refused: registration.not-the-decider',
    );
    const alone = { ...deciders, deputies: [] };
    expect(outcome(state('awaiting lead'), by('anna'), { deciders: alone })).toBe('refused: registration.own-request');
    expect(outcome(state('awaiting lead'), by('coordinator-1'), { deciders: alone })).toBe('registration-authorised');
  });

  test('needs a reason to decline, and keeps it', () => {
    const { reason: _, ...silent } = commands.decline;
    expect(outcome(state('awaiting lead'), silent)).toBe('refused: registration.reason-needed');
    expect(given(state('declined'))).toMatchObject({ stage: 'declined', reason: 'X-1' });
  });

  test('is recorded by the helpdesk from a writing, with its source and date', () => {
    expect(when(state('awaiting lead'), commands.record)).toEqual([
      { type: 'registration-authorised', ...desk, via: 'writing', source: 'X-2', writtenOn: '2026-02-20' },
    ]);
    const declined = { ...commands.record, outcome: 'declined', reason: 'X-4' } as const;
    expect(when(state('awaiting lead'), declined)).toEqual([
      { type: 'registration-declined', ...desk, via: 'writing', source: 'X-2', writtenOn: '2026-02-20', reason: 'X-4' },
    ]);
    const { reason: _, ...silent } = declined;
    expect(outcome(state('awaiting lead'), silent)).toBe('refused: registration.reason-needed');
    expect(outcome(state('awaiting lead'), { ...commands.record, source: '' })).toBe(
      'refused: registration.source-needed',
    );
    expect(outcome(state('awaiting lead'), { ...commands.record, by: 'anna' })).toBe(
      'refused: registration.own-request',
    );
    expect(outcome(state('awaiting lead'), { ...commands.record, writtenOn: later(2).slice(0, 10) })).toBe(
      'refused: date.in-the-future',
    );
  });

  test('is followed by the helpdesk’s steps, which nobody takes for themselves', () => {
    expect(outcome(state('authorised'), { ...commands.take, by: 'anna' })).toBe('refused: registration.own-request');
    expect(outcome(state('with helpdesk'), { ...commands['pass on'], by: 'anna' })).toBe(
      'refused: registration.own-request',
    );
    expect(given(state('with helpdesk')).assignee).toBe('desk-1');
  });

  test('who decides, for whom', () => {
    const deciders = { leads: ['l'], deputies: ['d'], coordinators: ['c'] };
    expect(decidersFor('x', deciders)).toEqual(['l', 'd']);
    expect(decidersFor('l', deciders)).toEqual(['d']);
    expect(decidersFor('d', deciders)).toEqual(['l']);
    expect(decidersFor('l', { ...deciders, deputies: ['l'] })).toEqual(['c']);
    expect(decidersFor('c', { leads: [], deputies: [], coordinators: ['c'] })).toEqual([]);
  });
});

describe('the account (rule 2)', () => {
  const created = state('draft, account created');

  test.each(secondFactors)('takes %s as its second factor', (method) => {
    expect(when(created, { ...commands.factor, method })).toEqual([
      { type: 'second-factor-ready', ...anna, method, proof: 'attested' },
    ]);
  });

  test('never takes SMS, nor what is not offered, nor one without a name that EU Login has not shown', () => {
    expect(outcome(created, { ...commands.factor, method: 'sms' })).toBe('refused: registration.sms-not-offered');
    expect(outcome(created, { ...commands.factor, method: 'sms', proof: 'verified' })).toBe(
      'refused: registration.sms-not-offered',
    );
    expect(outcome(created, { ...commands.factor, method: 'carrier-pigeon' })).toBe(
      'refused: registration.factor-unknown',
    );
    expect(outcome(created, { ...commands.factor, method: 'unnamed' })).toBe('refused: registration.factor-unknown');
  });

  test('once attested is verified by a sign-in, once', () => {
    const verified = [...state('draft, second factor ready'), [commands['factor seen']] as const];
    expect(given(verified)).toMatchObject({ account: 'ready', proof: 'verified' });
    expect(outcome(verified, commands['factor seen'])).toBe('refused: registration.factor-already');
    expect(outcome(verified, commands.factor)).toBe('refused: registration.factor-already');
  });

  test('joins the authorisation from either side, and only then', () => {
    expect(given(state('passed on')).account).toBe('none');
    expect(given(state('awaiting ERN IT')).stage).toBe('awaiting-ern-it');
    const other = [...state('with helpdesk, second factor ready'), [commands['pass on']] as const];
    expect(given(other).stage).toBe('awaiting-ern-it');
  });
});

describe('what happens outside is told, not played (rule 3)', () => {
  const admin = { ...commands.approved, by: 'admin-1', source: 'local-administrator' } as const;

  test('CPMS wrote to the applicant, or the local administrator answered there', () => {
    expect(outcome(state('submitted'), admin)).toBe('cpms-approved');
    expect(outcome(state('submitted'), { ...admin, by: 'anna' })).toBe('refused: registration.own-request');
    expect(outcome(state('submitted'), { ...commands.approved, by: 'admin-1' })).toBe(
      'refused: registration.not-the-recipient',
    );
    expect(outcome(state('submitted'), { ...commands.rejected, by: 'admin-1', source: 'local-administrator' })).toBe(
      'cpms-rejected',
    );
  });

  test('a rejection has a reason', () => {
    const { reason: _, ...silent } = commands.rejected;
    expect(outcome(state('submitted'), silent)).toBe('refused: registration.reason-needed');
    expect(given(state('rejected'))).toMatchObject({ stage: 'rejected', reason: 'X-2' });
  });

  test.each([
    ['awaiting ERN IT', commands.notified],
    ['notified', commands.submitted],
    ['submitted', commands.approved],
    ['submitted', commands.rejected],
  ] as const)('%s: on a day that has come', (name, command) => {
    expect(outcome(state(name), { ...command, on: '2026-03-04' })).toBe('refused: date.in-the-future');
    expect(outcome(state(name), { ...command, on: 'yesterday' })).toBe('refused: date.invalid');
  });
});

test('nobody resumes their own membership; the reason of the suspension goes with it', () => {
  expect(outcome(state('suspended'), { ...commands.resume, by: 'anna' })).toBe('refused: registration.own-request');
  const suspended = [...state('active'), [{ ...commands.suspend, reason: 'X-6' }] as const];
  expect(given(suspended).reason).toBe('X-6');
  expect(given([...suspended, [commands.resume]])).not.toHaveProperty('reason');
});

test('an attempt is under way until it is finished or given up', () => {
  const stages = Object.keys(states).map((name) => given(state(name)).stage);
  expect([...new Set(stages.filter((stage) => !underWay(stage)))].sort()).toEqual([
    'active',
    'declined',
    'left',
    'none',
    'rejected',
    'suspended',
    'withdrawn',
  ]);
});
