import { readFileSync } from 'node:fs';
import type { CorePorts } from '../bot/context.ts';
import { execute } from '../bot/execute.ts';
import { readDirectoryYaml } from '../bot/operators/directory-file.ts';
import { importDirectory } from '../bot/operators/directory-import.ts';
import { grantRole } from '../bot/operators/roles.ts';
import { system } from '../domain/people.ts';

interface SamplePerson {
  readonly user: string;
  readonly name: string;
  readonly role: string;
  readonly desk?: boolean;
  /** Their address in the sample directory; absent for the clinician, who is nobody yet. */
  readonly email?: string;
}

/** Who one can be on the local page. */
export const samplePeople: readonly SamplePerson[] = [
  { user: 'clinician', name: 'Dr Clara Clinician', role: 'Clinician of Saint Example, new here' },
  {
    user: 'lead',
    name: 'Prof. Lotte Leadsma',
    role: 'Lead of Saint Example',
    email: 'lotte.leadsma@saint-example.example',
  },
  { user: 'helpdesk', name: 'Hanna Helpdesk', role: 'Helpdesk', desk: true, email: 'hanna@cpms-desk.example' },
  {
    user: 'administrator',
    name: 'Aline Admin',
    role: 'Local administrator of Saint Example',
    email: 'aline.admin@saint-example.example',
  },
  { user: 'expert-1', name: 'Dr Erik Expert', role: 'Expert, HTAD', email: 'erik.expert@hopital-modele.example' },
  {
    user: 'expert-2',
    name: 'Prof. Eleni Experti',
    role: 'Expert, HTAD',
    email: 'eleni.experti@musterklinikum.example',
  },
];

/** Fills an empty local mode with the sample directory, and gives each sample person their chat. Does nothing the second time. */
export async function seedSample(ports: CorePorts): Promise<void> {
  if ((await ports.store.load('directory', 'directory')).version > 0) return;
  const file = readDirectoryYaml(readFileSync(new URL('./sample-directory.yaml', import.meta.url), 'utf8'));
  if (!('hcps' in file)) throw new Error(`The sample directory has mistakes: ${JSON.stringify(file)}`);
  await importDirectory(ports, file, false);
  await grantRole(ports, { email: 'hanna@cpms-desk.example', name: 'Hanna Helpdesk' }, { role: 'helpdesk' });
  for (const { user, email } of samplePeople) {
    const [person] = email ? await ports.store.peopleByEmail(email) : [];
    const details = person && (await ports.store.person(person));
    if (!person || !details) continue;
    const identity = { platform: 'web', tenant: 'local', user } as const;
    await execute(
      ports,
      system,
      [{ kind: 'person', id: person, command: { type: 'person.verify', method: 'local-mode' } }],
      {
        rows: [
          { row: 'identity', identity, person },
          { row: 'person', id: person, value: { ...details, chat: identity } },
        ],
      },
    );
  }
}
