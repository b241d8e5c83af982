import type { Actor, Identity, PersonDetails } from '../domain/people.ts';
import type { CorePorts, Ports } from './context.ts';
import type { Who } from './interaction.ts';
import { languageOf } from './words.ts';

/** Somebody who has not been entered: may look around, register and ask. */
const nobody: Actor = { id: '', verified: false, grants: [] };

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

/**
 * The language and the zone to answer in. A language that was chosen here comes first (`chosen` of somebody who is not entered), then the platform's
 * profile, then what was entered for the person; it is one that there are words in, English at last.
 */
export function mannersOf(
  who: Who,
  person: PersonDetails | undefined,
  chosen?: string,
): { readonly language: string; readonly zone: string } {
  const own = person ? (person.languageChosen ? person.language : undefined) : chosen;
  return {
    language: languageOf(own) ?? languageOf(who.language) ?? languageOf(person?.language) ?? 'en',
    zone: validZone(person?.zone) ?? validZone(who.zone) ?? 'Europe/Brussels',
  };
}

/** What the profile says otherwise than what is kept of the person for notices and e-mails: a language that was not chosen here, and the zone. */
export function mannersAnew(person: PersonDetails, who: Who): Partial<Pick<PersonDetails, 'language' | 'zone'>> {
  const language = person.languageChosen ? undefined : languageOf(who.language);
  const zone = validZone(who.zone);
  return {
    ...(language && language !== languageOf(person.language) ? { language } : {}),
    ...(zone && zone !== person.zone ? { zone } : {}),
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

/** How long it is remembered of a chat identity that is nobody yet which language it chose, and that it has seen the privacy notice, in days. */
export const strangerDays = 90;

/** What somebody who is not entered chose as their language; it is forgotten after the days for which a stranger is remembered. */
export async function chosenLanguage(
  { kept }: Pick<CorePorts, 'kept'>,
  identity: Identity,
): Promise<string | undefined> {
  return kept.get(languageKey(identity));
}

/** How long buttons and forms go on in the language of what was last written, where that is another than the person's own: as long as a conversation takes. */
const heardForMs = 30 * 60_000;
const heardKey = (identity: Identity) => `heard:${identityKey(identity)}`;

/** The language that somebody wrote in just now, where it is another than they are answered in by their profile or their choice. */
export async function heardLanguage(
  { kept }: Pick<CorePorts, 'kept'>,
  identity: Identity,
): Promise<string | undefined> {
  return kept.get(heardKey(identity));
}

/** Notes the language that somebody writes in; undefined says that it is their own again. */
export async function hearLanguage(
  { kept, clock }: Pick<CorePorts, 'kept' | 'clock'>,
  identity: Identity,
  language: string | undefined,
): Promise<void> {
  const key = heardKey(identity);
  if (language) await kept.jot(key, language, new Date(Date.parse(clock.now()) + heardForMs).toISOString());
  else if ((await kept.get(key)) !== undefined) await kept.delete(key);
}

/** The key under which a stranger's choice of a language is kept. */
export const languageKey = (identity: Identity) => `language:${identityKey(identity)}`;

/** The key under which something is kept about a chat identity. */
export function identityKey(identity: Identity): string {
  return `${identity.platform}|${identity.tenant}|${identity.user}`;
}

/** A person's name for others to read; their id where the row is gone. */
export async function nameOf(ports: Ports, personId: string): Promise<string> {
  return (await ports.store.person(personId))?.name ?? personId;
}

/** People by their ids as a form offers them, in the order that they are given: the id, and the name that `nameOf` gives. */
export const peopleToChoose = (ports: Ports, people: readonly string[]): Promise<{ value: string; label: string }[]> =>
  Promise.all(people.map(async (value) => ({ value, label: await nameOf(ports, value) })));

/** Whether somebody has left and wished to be forgotten. */
export async function hasLeft(ports: Ports, personId: string): Promise<boolean> {
  return (await ports.store.load('person', personId)).state.stage === 'left';
}
