import type { Actor, Identity, PersonDetails } from '../domain/people.ts';
import type { Ports } from './context.ts';
import type { Who } from './interaction.ts';

/** Somebody who has not been entered: may look around, register and ask. */
export const nobody: Actor = { id: '', verified: false, grants: [] };

/** The actor behind a person's id, as the log has them now: roles are read at the moment of the act. */
export async function actorOf(ports: Ports, personId: string): Promise<Actor> {
  const { state } = await ports.store.load('person', personId);
  if (state.stage !== 'entered') return nobody;
  return { id: personId, verified: state.verified !== undefined, grants: state.grants };
}

/** The person behind a chat identity, as its platform vouches for it. */
export async function personOf(
  ports: Ports,
  identity: Identity,
): Promise<{ readonly actor: Actor; readonly person?: PersonDetails }> {
  const id = await ports.store.personByIdentity(identity);
  if (id === undefined) return { actor: nobody };
  const [actor, person] = await Promise.all([actorOf(ports, id), ports.store.person(id)]);
  return person ? { actor, person } : { actor };
}

/** The language and the zone to answer in: chosen ones first, then the platform's profile. */
export function mannersOf(
  who: Who,
  person: PersonDetails | undefined,
): { readonly language: string; readonly zone: string } {
  return {
    language: person?.language ?? who.language ?? 'en',
    zone: validZone(person?.zone) ?? validZone(who.zone) ?? 'Europe/Brussels',
  };
}

/** To ask Intl takes a good part of a millisecond, and there are few zones. */
const known = new Set<string>();

function validZone(zone: string | undefined): string | undefined {
  if (zone === undefined || known.has(zone)) return zone;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    known.add(zone);
    return zone;
  } catch {
    return undefined;
  }
}

/** The key under which something is kept about a chat identity. */
export function identityKey(identity: Identity): string {
  return `${identity.platform}|${identity.tenant}|${identity.user}`;
}

/** A person's name for others to read; their id where the row is gone. */
export async function nameOf(ports: Ports, personId: string): Promise<string> {
  return (await ports.store.person(personId))?.name ?? personId;
}
