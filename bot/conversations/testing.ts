import type { Grant, PersonDetails } from '../../domain/people.ts';
import { system } from '../../domain/people.ts';
import { type Chatter, createWorld, type World, type WorldOptions } from '../../test/world.ts';
import { execute } from '../execute.ts';

export interface Cast extends World {
  readonly clinician: Chatter;
  readonly helpdesk: Chatter;
  /** The clinician's person id. */
  readonly clinicianId: string;
  /** Enters somebody who has these roles and a verified chat, and gives their person id. */
  enter(user: string, name: string, grants: readonly Grant[]): Promise<string>;
}

export const hcp = 'EXB-1';

/** A world in which the clinician is an active member already. */
export async function createCast(options: WorldOptions = {}): Promise<Cast> {
  const world = await createWorld(options);
  const enter = async (user: string, name: string, grants: readonly Grant[]): Promise<string> => {
    const id = world.ports.ids.next('P');
    const identity = { platform: 'web', tenant: 'local', user } as const;
    const details: PersonDetails = {
      name,
      email: `${user}@saint-example.example`,
      language: 'en',
      zone: 'Europe/Paris',
      prefers: 'chat',
      chat: identity,
      noticeShown: '1',
    };
    await execute(
      world.ports,
      system,
      [
        { kind: 'person', id, command: { type: 'person.enter' } },
        { kind: 'person', id, command: { type: 'person.verify', method: 'local-mode' } },
        ...grants.map((grant) => ({ kind: 'person', id, command: { type: 'person.grant', grant } }) as const),
      ],
      {
        rows: [
          { row: 'person', id, value: details },
          { row: 'identity', identity, person: id },
        ],
      },
    );
    return id;
  };
  const clinicianId = await enter('clinician', 'Dr Clara Clinician', [{ role: 'member', hcp }]);
  return { ...world, enter, clinicianId, clinician: world.person('clinician'), helpdesk: world.person('helpdesk') };
}

/** The id in the title of the first card that is seen. */
export function idSeen({ seen }: Chatter, prefix: string): string {
  const title = seen.cards?.[0]?.title ?? '';
  const [id] = new RegExp(`${prefix}-[0-9A-Z]{8}`).exec(title) ?? [];
  if (!id) throw new Error(`No ${prefix}-id in '${title}': ${JSON.stringify(seen)}`);
  return id;
}

export const signedForm = {
  care: 'given',
  form: 'commission',
  version: '2.1',
  language: 'fr',
  signedOn: '2026-11-20',
  signedBy: 'patient',
  archive: 'Binder 12',
  attest: true,
} as const;

/** Opens a case of the clinician, as far as it is asked for. */
export async function openCase({ clinician }: Cast, stage: 'draft' | 'consented' | 'enrolled'): Promise<string> {
  await clinician.says('case new');
  await clinician.fills({ pseudonym: 'Blue Heron', group: ['HTAD'], urgency: 'soon' });
  const id = idSeen(clinician, 'C');
  if (stage === 'draft') return id;
  await clinician.presses('Record consent');
  await clinician.fills(signedForm);
  if (stage === 'consented') return id;
  await clinician.presses('Enrolled in CPMS');
  await clinician.fills({ cpmsId: 'CPMS-4711', enrolled: true });
  return id;
}

/** Opens a case and has the helpdesk schedule a meeting for it, on 1 December 2026 at 15:00 in Paris; gives both ids. */
export async function planMeeting(cast: Cast): Promise<{ readonly caseId: string; readonly meetingId: string }> {
  const { clinician, helpdesk } = cast;
  const caseId = await openCase(cast, 'enrolled');
  await clinician.presses('Ask for a meeting');
  await clinician.fills({ when1: '2026-12-01T15:00' });
  await helpdesk.says(`schedule ${idSeen(clinician, 'Q')}`);
  await helpdesk.fills({ hour: '0', join: 'https://meet.example/abc' });
  return { caseId, meetingId: idSeen(helpdesk, 'M') };
}
