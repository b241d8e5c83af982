import { describe, expect, test } from 'vitest';
import { noon, telling } from '../testing/histories.ts';
import { paths } from '../testing/paths.ts';
import { nextWeek, usual } from '../testing/usual.ts';
import { type RequestCommand, request } from './requests.ts';

const { given, when, outcome, compared } = telling(request, usual.request);
const states = paths('anna').request;
const state = (name: string) => states[name] ?? [];
const anna = { at: noon, by: 'anna' };
const desk = { at: noon, by: 'desk-2' };

const submit = {
  type: 'request.submit',
  ...anna,
  requester: 'anna',
  hcp: 'A',
  caseId: 'C-1',
  group: 'HHT',
  experts: [],
  proposals: [nextWeek],
} as const satisfies RequestCommand;
const scheduled = { type: 'request.scheduled', at: noon, by: 'system', meetingId: 'M-1', caseId: 'C-1' } as const;
const answer = { type: 'request.answer', ...anna } as const;

test('every command in every state', () => {
  const open = (said: string) => ({ submitted: said, 'in triage': said, 'needs information': said });
  const { actual, expected } = compared(
    states,
    {
      submit,
      take: { type: 'request.take', ...desk },
      ask: { type: 'request.ask', ...desk, question: 'X-1' },
      answer,
      decline: { type: 'request.decline', ...desk, reason: 'X-2' },
      cancel: { type: 'request.cancel', ...anna },
      polled: { type: 'request.polled', at: noon, by: 'system', pollId: 'V-1' },
      scheduled,
    },
    {
      submit: { '*': 'refused: request.wrong-stage', none: 'meeting-requested' },
      take: open('request-taken'),
      ask: open('request-questioned'),
      answer: { 'needs information': 'request-answered' },
      decline: open('request-declined'),
      cancel: open('request-cancelled'),
      polled: open('request-polled'),
      scheduled: open('request-scheduled'),
    },
    (name) => (name === 'none' ? 'refused: request.unknown' : 'refused: request.wrong-stage'),
  );
  expect(actual).toEqual(expected);
});

describe('submitting', () => {
  test('needs a consent for care and an enrolled case, where it is about one (rule 4)', () => {
    expect(outcome([], submit, { careConsent: false })).toBe('refused: consent.care-inactive');
    expect(outcome([], submit, { careConsent: false, caseGoesOn: false })).toBe('refused: consent.care-inactive');
    expect(outcome([], submit, { caseGoesOn: false })).toBe('refused: request.case-not-enrolled');
    const { caseId: _, ...general } = submit;
    expect(outcome([], general, { careConsent: false, caseGoesOn: false })).toBe('meeting-requested');
  });

  test('is for the HCP of the case', () => {
    expect(outcome([], submit, { caseHcp: 'A' })).toBe('meeting-requested');
    expect(outcome([], submit, { caseHcp: 'B' })).toBe('refused: request.other-hcp');
  });

  test('is the case owner’s, or the asker’s own', () => {
    expect(outcome([], { ...submit, by: 'assistant-1' }, { caseOwner: 'anna' })).toBe('meeting-requested');
    expect(outcome([], submit, { caseOwner: 'bert' })).toBe('meeting-requested');
    expect(outcome([], { ...submit, requester: 'carl' }, { caseOwner: 'anna' })).toBe(
      'refused: request.other-requester',
    );
  });

  test('names a listed group or known experts', () => {
    const { group: _, ...nobody } = submit;
    expect(outcome([], nobody)).toBe('refused: request.nobody-invited');
    expect(outcome([], submit, { groupListed: false })).toBe('refused: request.nobody-invited');
    expect(outcome([], { ...nobody, experts: ['e-1'] }, { expertsKnown: false })).toBe(
      'refused: request.expert-unknown',
    );
    expect(given([[{ ...nobody, experts: ['e-1', 'e-1', 'e-2'] }]]).experts).toEqual(['e-1', 'e-2']);
  });

  test('never brings a patient representative to a case (rule 7)', () => {
    expect(outcome([], submit, { noRepresentative: false })).toBe('refused: meeting.representative');
    const { caseId: _, ...general } = submit;
    expect(outcome([], general, { noRepresentative: false })).toBe('meeting-requested');
  });

  test('proposes hours that can still come', () => {
    expect(outcome([], { ...submit, proposals: [] })).toBe('refused: meeting.no-hour');
    expect(outcome([], { ...submit, proposals: [{ ...nextWeek, instant: '2026-03-02T11:00:00.000Z' }] })).toBe(
      'refused: meeting.hour-past',
    );
  });
});

describe('answering', () => {
  test('brings it back to triage, with new hours or a remark or neither', () => {
    expect(when(state('needs information'), answer)).toEqual([{ type: 'request-answered', ...anna }]);
    const other = { ...nextWeek, minutes: 30 };
    expect(given([...state('needs information'), [{ ...answer, proposals: [other], note: 'X-3' }]])).toMatchObject({
      stage: 'in-triage',
      proposals: [other],
      note: 'X-3',
      assignee: 'desk-1',
    });
  });

  test('with hours that cannot be is refused', () => {
    expect(outcome(state('needs information'), { ...answer, proposals: [] })).toBe('refused: meeting.no-hour');
  });
});

test('somebody else of the helpdesk may take it over; the same one need not', () => {
  expect(given([...state('needs information'), [{ type: 'request.take', ...desk }]])).toMatchObject({
    stage: 'needs-information',
    assignee: 'desk-2',
  });
  expect(outcome(state('in triage'), { type: 'request.take', at: noon, by: 'desk-1' })).toBe(
    'refused: request.already-yours',
  );
});

describe('scheduled', () => {
  test('needs the consent that it needed when it was submitted', () => {
    expect(outcome(state('in triage'), scheduled, { careConsent: false })).toBe('refused: consent.care-inactive');
    expect(outcome(state('in triage'), scheduled, { caseGoesOn: false })).toBe('refused: consent.care-inactive');
  });

  test('is the meeting about the same case, or about none', () => {
    const { caseId: _, ...without } = scheduled;
    expect(outcome(state('in triage'), { ...scheduled, caseId: 'C-2' })).toBe('refused: request.other-case');
    expect(outcome(state('in triage'), without)).toBe('refused: request.other-case');
  });
});

test('it is known what was asked and why it was declined', () => {
  expect(given(state('needs information'))).toMatchObject({
    stage: 'needs-information',
    question: 'X-3',
    assignee: 'desk-1',
  });
  expect(given(state('declined'))).toMatchObject({ stage: 'declined', question: 'X-4' });
  expect(given(state('scheduled'))).toMatchObject({ stage: 'scheduled', meetingId: 'M-1' });
});
