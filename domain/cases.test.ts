import { describe, expect, test } from 'vitest';
import { type CaseCommand, cases } from './cases.ts';
import { noon, telling } from './testing/histories.ts';
import { paths } from './testing/paths.ts';
import { usual } from './testing/usual.ts';

const { given, when, outcome, compared } = telling(cases, usual.case);
const states = paths('anna').case;
const state = (name: string) => states[name] ?? [];
const anna = { at: noon, by: 'anna' };
const system = { at: noon, by: 'system' };

const commands = {
  open: { type: 'case.open', ...anna, owner: 'anna', hcp: 'A', group: 'HHT', urgency: 'soon' },
  enrol: { type: 'case.enrol', ...anna, attested: true },
  ready: { type: 'case.ready', ...anna },
  close: { type: 'case.close', ...anna, reason: 'moved' },
  'hand over': { type: 'case.hand-over', ...anna, to: 'bert' },
  urgency: { type: 'case.set-urgency', ...anna, urgency: 'urgent' },
  'consent given': { type: 'case.consent-given', ...system },
  discussed: { type: 'case.discussed', ...system },
} as const satisfies Record<string, CaseCommand>;

const held = ['consented, on hold', 'enrolled, on hold', 'ready, on hold'];
const inactive = Object.fromEntries(held.map((name) => [name, 'refused: consent.care-inactive']));
const otherwise = (name: string) =>
  name === 'none' ? 'refused: case.unknown' : name === 'closed' ? 'refused: case.closed' : 'refused: case.wrong-stage';

test('every command in every state', () => {
  const anyOpen = (said: string) => ({ '*': said, none: 'refused: case.unknown', closed: 'refused: case.closed' });
  const { actual, expected } = compared(
    states,
    commands,
    {
      open: { '*': 'refused: case.already-open', none: 'case-opened' },
      enrol: { consented: 'case-enrolled', ...inactive },
      ready: { enrolled: 'case-ready', ...inactive },
      close: anyOpen('case-closed'),
      'hand over': anyOpen('case-handed-over'),
      urgency: anyOpen('case-urgency-set'),
      'consent given': {
        ...anyOpen('nothing'),
        draft: 'case-consented',
        ...Object.fromEntries(held.map((name) => [name, 'case-resumed'])),
      },
      discussed: { ...anyOpen('nothing'), enrolled: 'case-discussed', ready: 'case-discussed', ...inactive },
    },
    otherwise,
  );
  expect(actual).toEqual(expected);
});

test('the end of the consent holds every open case but a draft, once', () => {
  const ended = { type: 'case.consent-ended', ...system } as const;
  const without = Object.fromEntries(
    Object.keys(states).map((name) => [name, outcome(state(name), ended, { careConsent: false })]),
  );
  expect(without).toEqual({
    none: 'refused: case.unknown',
    draft: 'nothing',
    consented: 'case-held',
    enrolled: 'case-held',
    ready: 'case-held',
    discussed: 'case-held',
    closed: 'refused: case.closed',
    ...Object.fromEntries(held.map((name) => [name, 'nothing'])),
  });
  expect(outcome(state('ready'), ended)).toBe('nothing');
});

describe('rule 4: without an active consent for care', () => {
  test.each([
    ['consented', commands.enrol],
    ['enrolled', commands.ready],
    ['ready', commands.discussed],
    ['draft', commands['consent given']],
  ] as const)('a case that is %s does not go on', (name, command) => {
    expect(outcome(state(name), command, { careConsent: false })).toBe('refused: consent.care-inactive');
  });

  test.each(held)('%s goes on where it stood with a new consent', (name) => {
    const before = given(state(name));
    expect(before.onHold).toBe(true);
    expect(given([...state(name), [commands['consent given']]])).toMatchObject({ stage: before.stage, onHold: false });
  });

  test('it can be closed, handed over and given another urgency', () => {
    const none = { careConsent: false };
    expect(outcome(state('ready, on hold'), commands.close, none)).toBe('case-closed');
    expect(outcome(state('ready, on hold'), commands['hand over'], none)).toBe('case-handed-over');
    expect(outcome(state('ready, on hold'), commands.urgency, none)).toBe('case-urgency-set');
    expect(given([...state('ready, on hold'), [commands.close]])).toMatchObject({ stage: 'closed', onHold: false });
  });
});

describe('opening', () => {
  test('is for a listed HCP and group, and an owner who belongs there', () => {
    expect(when([], commands.open, { hcpListed: false })).toEqual({
      refused: 'directory.hcp-unknown',
      params: { hcp: 'A' },
    });
    expect(when([], commands.open, { groupListed: false })).toEqual({
      refused: 'directory.group-unknown',
      params: { group: 'HHT' },
    });
    expect(outcome([], commands.open, { ownerBelongs: false })).toBe('refused: case.owner-not-of-hcp');
  });

  test('can be done by the helpdesk for a member who telephones', () => {
    expect(given([[{ ...commands.open, by: 'desk-1' }]])).toEqual({
      stage: 'draft',
      onHold: false,
      owner: 'anna',
      hcp: 'A',
      group: 'HHT',
      urgency: 'soon',
      since: noon,
    });
  });
});

test('enrolling is attested', () => {
  expect(outcome(state('consented'), { ...commands.enrol, attested: false })).toBe('refused: case.attestation-needed');
});

test('a case is handed over to another who belongs to its HCP', () => {
  expect(outcome(state('ready'), commands['hand over'], { ownerBelongs: false })).toBe(
    'refused: case.owner-not-of-hcp',
  );
  expect(outcome(state('ready'), { ...commands['hand over'], to: 'anna' })).toBe('refused: case.already-owner');
  expect(given([...state('ready'), [commands['hand over']]])).toMatchObject({ owner: 'bert', stage: 'ready' });
});

test('the same urgency again is refused', () => {
  expect(outcome(state('ready'), { ...commands.urgency, urgency: 'routine' })).toBe('refused: case.urgency-already');
  expect(given([...state('ready'), [commands.urgency]]).urgency).toBe('urgent');
});
