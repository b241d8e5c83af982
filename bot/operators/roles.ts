import { isRefusal } from '../../domain/decider.ts';
import { type Grant, hcpRoles, type Role, roles, system } from '../../domain/people.ts';
import { inviteByCode } from '../codes.ts';
import type { CorePorts } from '../context.ts';
import { execute, type Step } from '../execute.ts';

/** Checks what an operator typed as a role. Throws with the list of those there are. */
export function roleNamed(name: string): Role {
  const role = roles.find((known) => known === name);
  if (!role) throw new Error(`There is no role '${name}'. The roles are: ${roles.join(', ')}.`);
  return role;
}

/**
 * Gives a role to the person with the e-mail address; somebody new is entered under the name. Gives their id and a one-time
 * code, good for a day, that they type into the chat: the way in of the first helpdesk person. Throws where a rule refuses.
 */
export async function grantRole(
  ports: CorePorts,
  who: { readonly email: string; readonly name?: string },
  grant: Grant,
): Promise<{ readonly person: string; readonly code: string }> {
  const [known] = await ports.store.peopleByEmail(who.email);
  if (!known && !who.name) throw new Error(`Nobody has the address ${who.email} yet: give --name too.`);
  const person = known ?? ports.ids.next('P');
  const steps: Step[] = known ? [] : [{ kind: 'person', id: person, command: { type: 'person.enter' } }];
  steps.push({ kind: 'person', id: person, command: { type: 'person.grant', grant } });
  const details = {
    name: who.name ?? '',
    email: who.email,
    language: 'en',
    zone: 'Europe/Brussels',
    prefers: 'chat' as const,
  };
  const done = await execute(ports, system, steps, {
    rows: known ? [] : [{ row: 'person', id: person, value: details }],
  });
  if (isRefusal(done) && done.refused !== 'person.already-granted')
    throw new Error(`Refused: ${done.refused}${hint(grant)}`);
  return { person, code: await inviteByCode(ports, person) };
}

/** Takes a role away again. Throws where nobody has the address or the role was not held. */
export async function revokeRole(ports: CorePorts, email: string, grant: Grant): Promise<void> {
  const [person] = await ports.store.peopleByEmail(email);
  if (!person) throw new Error(`Nobody has the address ${email}.`);
  const done = await execute(ports, system, [
    { kind: 'person', id: person, command: { type: 'person.revoke', grant } },
  ]);
  if (isRefusal(done)) throw new Error(`Refused: ${done.refused}${hint(grant)}`);
}

const hint = ({ role, hcp }: Grant) =>
  (hcpRoles as readonly Role[]).includes(role) && !hcp ? ' (this role is of one HCP: give --hcp CODE)' : '';
