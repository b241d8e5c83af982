import { describe, expect, test } from 'vitest';
import { type ConsentCommand, careActive, consent, current } from './consent.ts';
import { later, noon, telling } from './testing/histories.ts';
import { paths } from './testing/paths.ts';
import { usual } from './testing/usual.ts';

const { given, when, outcome, compared } = telling(consent, usual.consent);
const states = paths('anna').consent;
const state = (name: string) => states[name] ?? [];
const anna = { at: noon, by: 'anna' };

const record = {
  type: 'consent.record',
  ...anna,
  recordId: 'N-2',
  answers: { care: 'given' },
  form: { kind: 'hcp', version: '2026-01' },
  signedOn: '2026-03-01',
  signedBy: 'guardian',
  attested: true,
} as const satisfies ConsentCommand;
const withdraw = { type: 'consent.withdraw', ...anna, purpose: 'care' } as const;

test('every command in every state', () => {
  const commands = {
    give: record,
    refuse: { ...record, answers: { care: 'refused' } },
    withdraw,
    expire: { type: 'consent.expire', at: noon, by: 'system', purpose: 'care' },
    supersede: { type: 'consent.supersede', at: noon, by: 'system', purpose: 'care' },
    error: { type: 'consent.entered-in-error', ...anna, recordId: 'N-1' },
  } as const satisfies Record<string, ConsentCommand>;
  const { actual, expected } = compared(
    states,
    commands,
    {
      give: { '*': 'consent-recorded', given: 'consent-recorded + consent-superseded' },
      refuse: { '*': 'consent-recorded', given: 'consent-recorded + consent-superseded' },
      withdraw: { given: 'consent-withdrawn' },
      expire: { given: 'consent-expired' },
      supersede: { given: 'consent-superseded' },
      error: {
        '*': 'consent-entered-in-error',
        'not recorded': 'refused: consent.record-unknown',
        'entered in error': 'refused: consent.record-unknown',
      },
    },
    () => 'refused: consent.not-given',
  );
  expect(actual).toEqual(expected);
});

test.each(Object.keys(states))('%s: the case has an active consent for care only when it is given', (name) => {
  expect(careActive(given(state(name)))).toBe(name === 'given');
});

describe('recording', () => {
  test('writes down who recorded what, and nothing of the form but version, day and signatory (rule 6)', () => {
    expect(when([], { ...record, answers: { care: 'given', 'research-contact': 'refused' } })).toEqual(
      (['care', 'research-contact'] as const).map((purpose) => ({
        type: 'consent-recorded',
        ...anna,
        recordId: 'N-2',
        purpose,
        answer: purpose === 'care' ? 'given' : 'refused',
        form: { kind: 'hcp', version: '2026-01' },
        signedOn: '2026-03-01',
        signedBy: 'guardian',
      })),
    );
  });

  test('is for an open case', () => {
    expect(outcome([], record, { caseOpen: false })).toBe('refused: consent.case-not-open');
  });

  test('asks about care; the optional purposes are never taken for granted', () => {
    expect(outcome([], { ...record, answers: { registry: 'given' } })).toBe('refused: consent.care-needed');
    expect(current(given([[record]]), 'registry')).toBeUndefined();
    expect(current(given([[record]]), 'research-contact')).toBeUndefined();
  });

  test('needs the recorder’s statement', () => {
    expect(outcome([], { ...record, attested: false })).toBe('refused: consent.attestation-needed');
  });

  test.each(['', '  '])('needs the form’s version, not %j', (version) => {
    expect(outcome([], { ...record, form: { kind: 'hcp', version } })).toBe('refused: consent.version-needed');
  });

  test.each(['2', 'v2.1b', 'Version 2', 'March 2024 (FR)', '2024-03 DE'])('takes the version %j', (version) => {
    expect(outcome([], { ...record, form: { kind: 'hcp', version } })).toBe('consent-recorded');
  });

  test.each(['Jean Dupont', 'Jean Dupont 1960', '1960 Jean', 'x'.repeat(50), '1\nJean', '<1>', '1'.repeat(41)])(
    'has no room for a version like %j',
    (version) => {
      expect(outcome([], { ...record, form: { kind: 'hcp', version } })).toBe('refused: consent.version-malformed');
    },
  );

  test('is of a form that has been signed', () => {
    expect(outcome([], { ...record, signedOn: later(3).slice(0, 10) })).toBe('refused: date.in-the-future');
    expect(outcome([], { ...record, signedOn: '2026-02-30' })).toBe('refused: date.invalid');
  });

  test('takes each record’s id once', () => {
    expect(outcome(state('given'), { ...record, recordId: 'N-1' })).toBe('refused: consent.record-exists');
  });

  test('takes the place of what was given before, purpose by purpose, without a moment in between', () => {
    const before = given(state('given'));
    const events = when(state('given'), record);
    if ('refused' in events) throw new Error(events.refused);
    const between = events.map((_, count) => events.slice(0, count + 1).reduce(consent.evolve, before));
    expect(between.map(careActive)).toEqual([true, true]);
    expect(between.at(-1)?.records.map(({ id, purpose, status }) => [id, purpose, status])).toEqual([
      ['N-1', 'care', 'superseded'],
      ['N-1', 'registry', 'given'],
      ['N-2', 'care', 'given'],
    ]);
  });

  test('leaves one record of each purpose that counts', () => {
    const third = given([...state('given'), [record], [{ ...record, recordId: 'N-3' }]]);
    expect(third.records.filter(({ purpose }) => purpose === 'care').map(({ status }) => status)).toEqual([
      'superseded',
      'superseded',
      'given',
    ]);
  });

  test('of a refusal ends the consent that was given before', () => {
    expect(careActive(given([...state('given'), [{ ...record, answers: { care: 'refused' } }]]))).toBe(false);
  });
});

describe('withdrawing', () => {
  test('is one step, for its purpose only, and can be followed by a new consent', () => {
    expect(when(state('given'), withdraw)).toEqual([{ type: 'consent-withdrawn', ...anna, purpose: 'care' }]);
    const after = given(state('withdrawn'));
    expect(current(after, 'care')?.status).toBe('withdrawn');
    expect(current(after, 'registry')?.status).toBe('given');
    expect(careActive(given([...state('withdrawn'), [record]]))).toBe(true);
  });

  test('is possible when the case is closed', () => {
    expect(outcome(state('given'), withdraw, { caseOpen: false })).toBe('consent-withdrawn');
  });

  test('of what the form did not ask is refused', () => {
    expect(when(state('given'), { ...withdraw, purpose: 'research-contact' })).toEqual({
      refused: 'consent.not-given',
      params: { purpose: 'research-contact' },
    });
  });
});

test('a record entered in error takes all of its purposes with it, and does not bring an earlier one back', () => {
  expect(when(state('given'), { type: 'consent.entered-in-error', ...anna, recordId: 'N-1' })).toEqual([
    { type: 'consent-entered-in-error', ...anna, recordId: 'N-1', purposes: ['care', 'registry'] },
  ]);
  const twice = given([...state('given'), [record], [{ type: 'consent.entered-in-error', ...anna, recordId: 'N-2' }]]);
  expect(careActive(twice)).toBe(false);
});
