import { z } from 'zod';
import type { Outgoing, RowWrite } from '../../domain/memory-ports.ts';
import type { Identity } from '../../domain/people.ts';
import { decidersFor } from '../../domain/registration.ts';
import type { Ports } from '../context.ts';
import type { Sheet } from '../execute.ts';
import { holders } from '../facts.ts';
import type { Who } from '../interaction.ts';
import type { Happening } from '../outbox/recipients.ts';
import { identityKey } from '../who.ts';

/** A home that somebody has opened: where it is shown, in which manner, and what part of it they look at. */
const opened = z.object({
  identity: z.object({ platform: z.enum(['slack', 'teams', 'web']), tenant: z.string(), user: z.string() }),
  language: z.string().optional(),
  zone: z.string().optional(),
  at: z.string(),
});
type Opened = z.infer<typeof opened>;

/** The key under which a person's open home is kept. */
export const homeKey = (person: string) => `home/${person}`;
const strangerKey = (identity: Identity) => `home/@${identityKey(identity)}`;
/** Stands for the helpdesk's people: which of them have a home open is looked at when it is delivered. */
export const desk = 'desk';
/** A home that nobody has looked at for so long is shown anew when it is opened. */
const keptDays = 30;

/** The home that this person has open; undefined where there is none. */
export async function openedBy({ kept }: Pick<Ports, 'kept'>, person: string): Promise<Opened | undefined> {
  const value = await kept.get(homeKey(person));
  return value === undefined ? undefined : opened.parse(JSON.parse(value));
}

/** What part of their home somebody looked at last: '' is its beginning. */
export async function partOfHome(ports: Pick<Ports, 'kept'>, person: string): Promise<string> {
  return (await openedBy(ports, person))?.at ?? '';
}

/** Notes that somebody has their home open at this part: from now on it follows what happens. A stranger's waits for them to become somebody. */
export async function watchHome(
  ports: Pick<Ports, 'kept' | 'clock'>,
  person: string,
  who: Who,
  at: string,
  helpdesk: boolean,
): Promise<void> {
  const { identity, language, zone } = who;
  const value: Opened = { identity, ...(language ? { language } : {}), ...(zone ? { zone } : {}), at };
  const expiresAt = new Date(Date.parse(ports.clock.now()) + keptDays * 86_400_000).toISOString();
  await ports.kept.put(person === '' ? strangerKey(identity) : homeKey(person), JSON.stringify(value), expiresAt);
  if (helpdesk) await ports.kept.put(homeKey(desk), '1', expiresAt);
}

/** A stranger who had their home open has become somebody with these rows: the home is theirs, and is shown anew. */
export async function homesOfNewcomers(
  { kept, clock }: Pick<Ports, 'kept' | 'clock'>,
  rows: readonly RowWrite[],
): Promise<{ readonly rows: readonly RowWrite[]; readonly outgoing: readonly Outgoing[] }> {
  const found: { rows: RowWrite[]; outgoing: Outgoing[] } = { rows: [], outgoing: [] };
  for (const entered of rows) {
    if (entered.row !== 'identity' || entered.person === null) continue;
    const value = await kept.get(strangerKey(entered.identity));
    if (value === undefined) continue;
    const expiresAt = new Date(Date.parse(clock.now()) + keptDays * 86_400_000).toISOString();
    found.rows.push({ row: 'kept', key: homeKey(entered.person), value, expiresAt });
    found.rows.push({ row: 'kept', key: strangerKey(entered.identity), value: null });
    found.outgoing.push(homeRow(entered.person));
  }
  return found;
}

/** The homes that show what has happened, and are open: each is brought up to date once, however much happens. */
export async function homesFor(sheet: Sheet, happening: Happening): Promise<Outgoing[]> {
  const { kept } = sheet.ports;
  const out: Outgoing[] = [];
  for (const person of new Set(await concerned(sheet, happening)))
    if (person !== '' && (await kept.get(homeKey(person))) !== undefined) out.push(homeRow(person));
  return out;
}

/** Has a person's home brought up to date; what was queued before and has not gone out is replaced. */
export const homeRow = (person: string): Outgoing => ({
  kind: 'surface',
  lane: `home/${person}`,
  payload: { surface: 'home', person },
  replaces: `home/${person}`,
});

/** Whose home an entity is shown in. */
async function concerned(sheet: Sheet, { kind, id, event }: Happening): Promise<readonly string[]> {
  switch (kind) {
    case 'person':
      return [id];
    case 'registration': {
      const { person, hcp } = (await sheet.load(kind, id)).state;
      const { ports } = sheet;
      const deciders = decidersFor(person, {
        leads: await holders(ports, 'lead', hcp),
        deputies: await holders(ports, 'deputy', hcp),
        coordinators: await holders(ports, 'coordinator'),
      });
      return [person, ...deciders, ...(await holders(ports, 'local-administrator', hcp)), desk];
    }
    case 'case':
    case 'consent': {
      const people = await peopleOfCase(sheet, id);
      return event.type === 'case-handed-over' ? [...people, event.by] : people;
    }
    case 'document': {
      const { submitter, caseId } = (await sheet.load(kind, id)).state;
      return [submitter, ...(await peopleOfCase(sheet, caseId))];
    }
    case 'request':
    case 'ticket':
      return [(await sheet.load(kind, id)).state.requester, desk];
    case 'poll': {
      const { requester = '', voters } = (await sheet.load(kind, id)).state;
      return [requester, ...voters, desk];
    }
    case 'meeting': {
      const { requester = '', invites } = (await sheet.load(kind, id)).state;
      return [requester, ...Object.keys(invites)];
    }
    default:
      return [];
  }
}

/** Who has a case on their home: the clinician who answers for it, and the assistants of its HCP. */
async function peopleOfCase(sheet: Sheet, id: string): Promise<readonly string[]> {
  const { owner, hcp } = (await sheet.load('case', id)).state;
  return [owner, ...(await holders(sheet.ports, 'assistant', hcp))];
}
