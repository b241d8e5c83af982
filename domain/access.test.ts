import { describe, expect, test } from 'vitest';
import { denied, grants, type Resource, type Sight, unseen } from './access.ts';
import { type Decider, isRefusal } from './decider.ts';
import { type Commands, type CommandType, deciders, type EntityFacts, type Kind } from './entities.ts';
import { type Actor, hcpRoles, type Role, roles, system } from './people.ts';
import { type Line, specification } from './testing/access.ts';
import { frozen } from './testing/histories.ts';
import { paths } from './testing/paths.ts';
import { usual } from './testing/usual.ts';

/** Somebody who tries: in which role, for which HCP, verified or not, with their own thing or another's. */
interface Someone {
  readonly role: Role | 'stranger' | 'system';
  readonly sameHcp: boolean;
  readonly own: boolean;
  readonly verified: boolean;
}

const everybody: readonly Someone[] = [
  { role: 'system', sameHcp: false, own: false, verified: true },
  ...(['stranger', ...roles] as const).flatMap((role) =>
    [true, false].flatMap((own) =>
      [true, false].flatMap((sameHcp) => [true, false].map((verified) => ({ role, sameHcp, own, verified }))),
    ),
  ),
];

const id = (someone: Someone) => (someone.role === 'system' ? 'system' : 'actor-1');
const ownerFor = (someone: Someone) => (someone.own ? id(someone) : 'owner-1');

function actorOf({ role, sameHcp, verified }: Someone): Actor {
  if (role === 'system') return system;
  const ofHcp = (hcpRoles as readonly string[]).includes(role);
  const held = role === 'stranger' ? [] : [{ role, ...(ofHcp ? { hcp: sameHcp ? 'A' : 'B' } : {}) }];
  return { id: 'actor-1', verified, grants: held };
}

const phrase = /^(?:the |an? )?([a-z-]+)( of the HCP)?(?: for (themselves|another))?(, even unverified)?$/;

/** Reads one phrase of the specification. */
function meant(words: string, someone: Someone): boolean {
  const [, subject, ofHcp, whose, even] = phrase.exec(words) ?? [];
  if (subject === undefined) throw new Error(`The specification says '${words}'`);
  return (
    (subject === 'anybody' ? someone.role !== 'system' : someone.role === subject) &&
    (ofHcp === undefined || someone.sameHcp) &&
    (whose === undefined || someone.own === (whose === 'themselves')) &&
    (someone.verified || even !== undefined)
  );
}

/** What the bot tells `denied` of the thing: every thing of the walk is of HCP 'A'. */
function resourceFor(kind: Kind, owner: string): Resource {
  switch (kind) {
    case 'person':
    case 'ticket':
      return { owner };
    case 'directory':
      return {};
    case 'series':
      return { parties: [owner, 'expert-1'] };
    case 'poll':
    case 'meeting':
      return { owner, parties: [owner, 'expert-1'] };
    default:
      return { owner, hcp: 'A' };
  }
}

/** The facts as they are for this actor and in this state. */
function factsFor(line: Line, someone: Someone, state: string): EntityFacts<Kind> {
  const base = usual[line.kind];
  if (base === null) return null;
  const facts = { ...base, ...line.facts?.(ownerFor(someone)) } as EntityFacts<Kind> & object;
  if ('deciders' in facts) {
    const { leads, deputies, coordinators } = facts.deciders;
    const too = (role: Role) =>
      someone.role === role && (someone.sameHcp || role === 'coordinator') ? [id(someone)] : [];
    return {
      ...facts,
      deciders: {
        leads: [...leads, ...too('lead')],
        deputies: [...deputies, ...too('deputy')],
        coordinators: [...coordinators, ...too('coordinator')],
      },
    };
  }
  return line.kind === 'case' && state.endsWith('on hold') && !line.facts ? { ...facts, careConsent: false } : facts;
}

type Loose = Decider<unknown, Commands, { readonly type: string }, unknown>;

const states = new Map<string, unknown>();

/** The state that the history leads to, by real events. */
function stateOf(kind: Kind, owner: string, name: string): unknown {
  const key = `${kind}/${owner}/${name}`;
  if (!states.has(key)) {
    const decider = deciders[kind] as unknown as Loose;
    let state = decider.initial;
    for (const [command, facts] of paths(owner)[kind][name] ?? []) {
      const outcome = decider.decide(
        state,
        command as Commands,
        usual[kind] === null ? null : { ...usual[kind], ...facts },
      );
      if (isRefusal(outcome)) throw new Error(`${key}: ${command.type} was refused: ${outcome.refused}`);
      state = outcome.reduce((before, event) => decider.evolve(before, event), state);
    }
    states.set(key, frozen(state));
  }
  return states.get(key);
}

function done(line: Line, someone: Someone, state: string): boolean {
  const owner = ownerFor(someone);
  const command = line.command(id(someone), owner);
  if (denied(actorOf(someone), command.type, resourceFor(line.kind, owner))) return false;
  const decider = deciders[line.kind] as unknown as Loose;
  return !isRefusal(decider.decide(stateOf(line.kind, owner, state), command, factsFor(line, someone, state)));
}

describe('who may do what, and when', () => {
  test('the specification names every command, and no state that there is not', () => {
    const named = new Set(specification.map((line) => line.command('a', 'b').type));
    expect([...named].sort()).toEqual(Object.keys(grants).sort());
    const unknown = specification.flatMap(({ kind, when }) => when.filter((state) => !(state in paths('x')[kind])));
    expect(unknown).toEqual([]);
  });

  test.each(specification.map((line) => [line.command('a', 'b').type, line] as const))('%s', (type, line) => {
    const wrong: string[] = [];
    for (const someone of everybody) {
      for (const state of Object.keys(paths(ownerFor(someone))[line.kind])) {
        const may = line.who.some((words) => meant(words, someone)) && line.when.includes(state);
        if (done(line, someone, state) !== may)
          wrong.push(`${type} in '${state}' by ${JSON.stringify(someone)} should be ${may ? 'done' : 'refused'}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('the table fails closed', () => {
  const helpdesk: Actor = { id: 'desk-1', verified: true, grants: [{ role: 'helpdesk' }] };

  test.each(['case.destroy', 'constructor', '__proto__', 'toString', ''])('for the unknown command %j', (command) => {
    expect(denied(helpdesk, command as CommandType, { owner: 'desk-1' })).toMatchObject({ refused: 'access.denied' });
    expect(denied(system, command as CommandType, {})).toMatchObject({ refused: 'access.denied' });
  });

  test('for somebody who has not been entered, even where the owner is not known either', () => {
    const nobody: Actor = { id: '', verified: false, grants: [] };
    const may = (Object.keys(grants) as CommandType[]).filter((command) => !denied(nobody, command, { owner: '' }));
    expect(may).toEqual([]);
  });

  test('where the owner or the HCP is not known', () => {
    const member: Actor = { id: 'm-1', verified: true, grants: [{ role: 'member', hcp: 'A' }] };
    expect(denied(member, 'case.enrol', { owner: 'm-1' })).toBeDefined();
    expect(denied(member, 'case.enrol', { hcp: 'A' })).toBeDefined();
    expect(denied(helpdesk, 'registration.take', {})).toBeDefined();
  });

  test('for the roles of an identity that nobody has verified', () => {
    const claimed: Actor = { ...helpdesk, verified: false };
    expect(denied(claimed, 'ticket.resolve', { owner: 'someone' })).toBeDefined();
    expect(denied(claimed, 'ticket.resolve', { owner: 'desk-1' })).toBeUndefined();
    expect(unseen(claimed, 'ticket', { owner: 'someone' })).toBeDefined();
    expect(
      unseen({ ...claimed, grants: [{ role: 'lead', hcp: 'A' }] }, 'registration', { owner: 'x', hcp: 'A' }),
    ).toBeDefined();
  });

  test('for one who moved to another HCP: the old cases stay behind', () => {
    const moved: Actor = { id: 'm-1', verified: true, grants: [{ role: 'member', hcp: 'B' }] };
    expect(denied(moved, 'case.enrol', { owner: 'm-1', hcp: 'A' })).toBeDefined();
  });
});

describe('who may see what', () => {
  const specified: Readonly<Record<Sight, readonly string[]>> = {
    registration: [
      'anybody for themselves, even unverified',
      'the helpdesk',
      'a lead of the HCP',
      'a deputy of the HCP',
      'a local-administrator of the HCP',
      'a coordinator',
    ],
    case: [
      'a member of the HCP for themselves',
      'an assistant of the HCP',
      'a lead of the HCP',
      'a deputy of the HCP',
      'the helpdesk',
    ],
    document: ['a member of the HCP for themselves', 'an assistant of the HCP for themselves'],
    request: ['a member of the HCP for themselves', 'an assistant of the HCP', 'the helpdesk'],
    // The walk's owner of a poll is also asked.
    poll: ['anybody for themselves', 'the helpdesk'],
    // The walk's owner of a meeting is also invited to it.
    meeting: ['anybody for themselves', 'the helpdesk'],
    ticket: ['anybody for themselves, even unverified', 'the helpdesk'],
    queue: ['the helpdesk'],
    audit: ['a data-protection-officer'],
    directory: ['anybody, even unverified'],
  };

  test.each(Object.keys(specified) as Sight[])('%s', (sight) => {
    const kind = (['queue', 'audit', 'directory'] as Sight[]).includes(sight) ? 'directory' : (sight as Kind);
    const wrong = everybody.filter((someone) => {
      const resource = resourceFor(kind, ownerFor(someone));
      return (
        (unseen(actorOf(someone), sight, resource) === undefined) !==
        specified[sight].some((words) => meant(words, someone))
      );
    });
    expect(wrong).toEqual([]);
  });

  test('a patient representative sees the meeting they are invited to, and not its case', () => {
    const representative: Actor = { id: 'p-1', verified: true, grants: [{ role: 'patient-representative' }] };
    expect(unseen(representative, 'meeting', { owner: 'x', parties: ['p-1'] })).toBeUndefined();
    expect(unseen(representative, 'case', { owner: 'x', hcp: 'A', parties: ['p-1'] })).toBeDefined();
  });

  test('who asked for a meeting sees it, invited or not', () => {
    const asker: Actor = { id: 'm-1', verified: true, grants: [] };
    expect(unseen(asker, 'meeting', { owner: 'm-1', parties: ['expert-1'] })).toBeUndefined();
    expect(unseen(asker, 'meeting', { owner: 'x', parties: ['expert-1'] })).toBeDefined();
  });
});
