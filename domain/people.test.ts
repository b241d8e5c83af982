import { describe, expect, test } from 'vitest';
import { type Grant, hcpRoles, holds, networkRoles, type PersonCommand, person } from './people.ts';
import { noon, telling } from './testing/histories.ts';
import { paths } from './testing/paths.ts';
import { usual } from './testing/usual.ts';

const { given, when, outcome, compared } = telling(person, usual.person);
const states = paths('anna').person;
const state = (name: string) => states[name] ?? [];
const by = { at: noon, by: 'system' };
const grant = (role: Grant) => ({ type: 'person.grant', ...by, grant: role }) as const;
const revoke = (role: Grant) => ({ type: 'person.revoke', ...by, grant: role }) as const;

test('every command in every state', () => {
  const commands = {
    enter: { type: 'person.enter', ...by },
    grant: grant({ role: 'lead', hcp: 'A' }),
    revoke: revoke({ role: 'member', hcp: 'A' }),
    verify: { type: 'person.verify', ...by, method: 'eu-login' },
    forget: { type: 'person.forget', ...by },
  } as const satisfies Record<string, PersonCommand>;
  const there = (said: string) => ({ entered: said, member: said });
  const { actual, expected } = compared(
    states,
    commands,
    {
      enter: { '*': 'refused: person.already-entered', none: 'person-entered' },
      grant: there('role-granted'),
      revoke: { entered: 'refused: person.not-granted', member: 'role-revoked' },
      verify: there('identity-verified'),
      forget: there('person-left'),
    },
    () => 'refused: person.unknown',
  );
  expect(actual).toEqual(expected);
});

describe('a role', () => {
  test.each(hcpRoles)('%s goes with an HCP, which is listed', (role) => {
    expect(outcome(state('entered'), grant({ role, hcp: 'B' }))).toBe('role-granted');
    expect(outcome(state('entered'), grant({ role }))).toBe('refused: person.role-needs-hcp');
    expect(when(state('entered'), grant({ role, hcp: 'B' }), { hcpListed: false })).toEqual({
      refused: 'directory.hcp-unknown',
      params: { hcp: 'B' },
    });
  });

  test.each(networkRoles)('%s goes without one', (role) => {
    expect(outcome(state('entered'), grant({ role }))).toBe('role-granted');
    expect(outcome(state('entered'), grant({ role, hcp: 'A' }))).toBe('refused: person.role-without-hcp');
  });

  test('is granted once for each HCP', () => {
    expect(outcome(state('member'), grant({ role: 'member', hcp: 'A' }))).toBe('refused: person.already-granted');
    expect(given([...state('member'), [grant({ role: 'member', hcp: 'B' })]]).grants).toHaveLength(2);
  });

  test('is revoked for its HCP only', () => {
    expect(outcome(state('member'), revoke({ role: 'member', hcp: 'B' }))).toBe('refused: person.not-granted');
    const two = [...state('member'), [grant({ role: 'member', hcp: 'B' })] as const];
    expect(given([...two, [revoke({ role: 'member', hcp: 'A' })]]).grants).toEqual([{ role: 'member', hcp: 'B' }]);
  });

  test('is held for the HCP that it was granted for', () => {
    const anna = given(state('member'));
    expect([
      holds(anna, 'member'),
      holds(anna, 'member', 'A'),
      holds(anna, 'member', 'B'),
      holds(anna, 'lead'),
    ]).toEqual([true, true, false, false]);
    expect(holds({ grants: [{ role: 'helpdesk' }] }, 'helpdesk', 'A')).toBe(true);
  });
});

test('verification says how; one who left keeps nothing', () => {
  const verified = [...state('member'), [{ type: 'person.verify', ...by, method: 'code' }] as const];
  expect(given(verified).verified).toBe('code');
  expect(given([...verified, [{ type: 'person.forget', ...by }]])).toEqual({ stage: 'left', grants: [] });
});
