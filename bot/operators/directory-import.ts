import { isRefusal } from '../../domain/decider.ts';
import type { DirectoryContent } from '../../domain/directory.ts';
import { directoryId } from '../../domain/entities.ts';
import type { RowWrite } from '../../domain/memory-ports.ts';
import { type Grant, type PersonDetails, system } from '../../domain/people.ts';
import type { CorePorts } from '../context.ts';
import { execute, type Step } from '../execute.ts';
import type { DirectoryFile } from './directory-file.ts';

export interface Imported {
  /** What would be (or was) done, in words of codes and addresses, for the operator's terminal. */
  readonly changes: readonly string[];
}

interface Somebody {
  readonly name: string;
  readonly email: string;
  readonly language: string;
  readonly zone: string;
}

/** Roles that the file is the master of: somebody who is no longer in it loses them. Members and the helpdesk come from elsewhere. */
const ofTheFile: readonly Grant['role'][] = [
  'lead',
  'deputy',
  'local-administrator',
  'coordinator',
  'data-protection-officer',
  'expert',
  'patient-representative',
];

/**
 * Brings the directory into the state of the file: people by their e-mail address, their roles, the HCPs, countries, groups with
 * rosters, links. All in one act; with `dry` nothing is written. Throws where a rule refuses (the message names its code).
 */
export async function importDirectory(ports: CorePorts, file: DirectoryFile, dry: boolean): Promise<Imported> {
  const changes: string[] = [];
  const before: Step[] = [];
  const after: Step[] = [];
  const rows: RowWrite[] = [];
  const ids = new Map<string, string>();
  const wanted = new Map<string, Grant[]>();

  const idOf = async (somebody: Somebody): Promise<string> => {
    const key = somebody.email.toLowerCase();
    const known = ids.get(key) ?? (await ports.store.peopleByEmail(somebody.email))[0];
    const id = known ?? ports.ids.next('P');
    if (!ids.has(key)) {
      ids.set(key, id);
      wanted.set(id, []);
      if (known) await renamed(id, somebody);
      else {
        before.push({ kind: 'person', id, command: { type: 'person.enter' } });
        rows.push({ row: 'person', id, value: { ...somebody, prefers: 'chat' } });
        changes.push(`+ ${somebody.email} (${somebody.name})`);
      }
    }
    return id;
  };
  const renamed = async (id: string, { name, email }: Somebody): Promise<void> => {
    const details: PersonDetails | undefined = await ports.store.person(id);
    if (!details || details.name === name) return;
    rows.push({ row: 'person', id, value: { ...details, name } });
    changes.push(`~ ${email}: now called ${name}`);
  };
  const give = async (somebody: Somebody, role: Grant['role'], hcp?: string): Promise<string> => {
    const id = await idOf(somebody);
    const grant: Grant = hcp === undefined ? { role } : { role, hcp };
    const held = wanted.get(id) ?? [];
    if (!held.some((other) => other.role === role && other.hcp === hcp)) wanted.set(id, [...held, grant]);
    return id;
  };
  const tidy = ({ name, email, language, zone }: Somebody): Somebody => ({ name, email, language, zone });

  for (const hcp of file.hcps) {
    for (const somebody of hcp.leads) await give(somebody, 'lead', hcp.code);
    for (const somebody of hcp.deputies) await give(somebody, 'deputy', hcp.code);
    for (const somebody of hcp['local-administrators']) await give(somebody, 'local-administrator', hcp.code);
  }
  for (const somebody of file.coordinators) await give(somebody, 'coordinator');
  for (const somebody of file['data-protection-officers']) await give(somebody, 'data-protection-officer');
  const rosters: Record<string, { person: string; representative: boolean }[]> = {};
  for (const group of file.groups) {
    const roster: { person: string; representative: boolean }[] = [];
    for (const entry of group.roster)
      roster.push({
        person: await give(tidy(entry), entry.representative ? 'patient-representative' : 'expert'),
        representative: entry.representative,
      });
    rosters[group.code] = roster;
  }
  await revokeWhatIsGone(ports, wanted, after, changes);
  await grantWhatIsNew(ports, wanted, after, changes);

  const content: DirectoryContent = {
    countries: keyed(
      file.countries.map(({ authority, ...country }) => ({ ...country, ...(authority ? { authority } : {}) })),
    ),
    hcps: keyed(file.hcps.map(({ code, name, city, country }) => ({ code, name, city, country }))),
    groups: keyed(file.groups.map(({ code, name, kind }) => ({ code, name, kind }))),
    rosters,
    links: file.links as DirectoryContent['links'],
  };
  const { state } = await ports.store.load('directory', directoryId);
  for (const { code, name } of Object.values(content.hcps))
    if (!state.hcps[code]) changes.push(`+ HCP ${code} ${name}`);
  for (const code of Object.keys(state.hcps)) if (!content.hcps[code]) changes.push(`- HCP ${code}`);
  for (const { code, name } of Object.values(content.groups))
    if (!state.groups[code]) changes.push(`+ group ${code} ${name}`);
  for (const code of Object.keys(state.groups)) if (!content.groups[code]) changes.push(`- group ${code}`);
  if (dry) return { changes };

  const steps: Step[] = [
    ...before,
    { kind: 'directory', id: directoryId, command: { type: 'directory.import', content } },
    ...after,
  ];
  const done = await execute(ports, system, steps, { rows });
  if (isRefusal(done))
    throw new Error(`The directory was refused: ${done.refused} ${JSON.stringify(done.params ?? {})}`);
  return { changes };
}

async function grantWhatIsNew(
  ports: CorePorts,
  wanted: ReadonlyMap<string, readonly Grant[]>,
  steps: Step[],
  changes: string[],
): Promise<void> {
  for (const [id, grants] of wanted) {
    const { state } = await ports.store.load('person', id);
    for (const grant of grants) {
      if (state.grants.some((held) => held.role === grant.role && held.hcp === grant.hcp)) continue;
      steps.push({ kind: 'person', id, command: { type: 'person.grant', grant } });
      changes.push(`+ ${id} is ${grant.role}${grant.hcp ? ` of ${grant.hcp}` : ''}`);
    }
  }
}

async function revokeWhatIsGone(
  ports: CorePorts,
  wanted: ReadonlyMap<string, readonly Grant[]>,
  steps: Step[],
  changes: string[],
): Promise<void> {
  const seen = new Set<string>();
  for (const role of ofTheFile) {
    for (const { id, state } of await ports.store.find('person', { role }, { limit: 10_000 })) {
      for (const grant of state.grants.filter((held) => held.role === role)) {
        const key = `${id}/${role}/${grant.hcp ?? ''}`;
        if (seen.has(key) || wanted.get(id)?.some((kept) => kept.role === role && kept.hcp === grant.hcp)) continue;
        seen.add(key);
        steps.push({ kind: 'person', id, command: { type: 'person.revoke', grant } });
        changes.push(`- ${id} is no longer ${role}${grant.hcp ? ` of ${grant.hcp}` : ''}`);
      }
    }
  }
}

function keyed<T extends { readonly code: string }>(entries: readonly T[]): Record<string, T> {
  return Object.fromEntries(entries.map((entry) => [entry.code, entry]));
}
