import { describe, expect, it } from 'vitest';
import { isRefusal } from '../domain/decider.ts';
import { slotFrom } from '../domain/meetings/hours.ts';
import { createCast, openCase } from './conversations/testing.ts';
import { execute } from './execute.ts';
import { actorOf } from './who.ts';

async function slot() {
  const made = slotFrom('2027-02-01T15:00', 'Europe/Paris', 60);
  if (isRefusal(made)) throw new Error(made.refused);
  return made;
}

describe('what may be done with a case', () => {
  it('is told by the case, not by what a command claims of it', async () => {
    const cast = await createCast();
    const caseId = await openCase(cast, 'enrolled');
    const stranger = await cast.enter('other', 'Dr Other', [{ role: 'member', hcp: 'EXF-1' }]);
    const asked = await execute(cast.ports, await actorOf(cast.ports, stranger), [
      {
        kind: 'request',
        id: 'Q-00000001',
        command: {
          type: 'request.submit',
          requester: stranger,
          hcp: 'EXF-1',
          caseId,
          group: 'HTAD',
          experts: [],
          proposals: [await slot()],
        },
      },
    ]);
    expect(asked).toMatchObject({ refused: 'access.denied' });
    const attached = await execute(cast.ports, await actorOf(cast.ports, stranger), [
      {
        kind: 'document',
        id: 'D-00000001',
        command: { type: 'document.receive', caseId, hcp: 'EXF-1', submitter: stranger },
      },
    ]);
    expect(attached).toMatchObject({ refused: 'access.denied' });
  });

  it('has no HCP by the name of an object’s own parts', async () => {
    const cast = await createCast();
    const done = await execute(cast.ports, await actorOf(cast.ports, cast.clinicianId), [
      {
        kind: 'registration',
        id: 'R-00000001',
        command: { type: 'registration.draft', person: cast.clinicianId, hcp: 'constructor', as: 'clinician' },
      },
    ]);
    expect(done).toMatchObject({ refused: 'directory.hcp-unknown' });
  });
});

describe('a withdrawal', () => {
  it('stops a meeting that was scheduled in the same moment', async () => {
    const cast = await createCast();
    const caseId = await openCase(cast, 'enrolled');
    const [helpdeskId = ''] = await cast.ports.store.peopleByEmail('hanna@cpms-desk.example');
    const helpdesk = await actorOf(cast.ports, helpdeskId);
    const [expert = ''] = await cast.ports.store.peopleByEmail('erik.expert@hopital-modele.example');
    const { store } = cast.ports;
    let raced = false;
    // The meeting is committed after the withdrawal has looked for meetings, and before it commits.
    const racing = {
      ...cast.ports,
      store: {
        ...cast.ports.store,
        find: (async (kind: 'meeting', ...rest: [never, never]) => {
          const found = await store.find(kind, ...rest);
          if (kind === 'meeting' && !raced) {
            raced = true;
            const planned = await execute(cast.ports, helpdesk, [
              {
                kind: 'meeting',
                id: 'M-00000001',
                command: { type: 'meeting.schedule', caseId, slot: await slot(), invitees: [expert] },
              },
            ]);
            if (!('events' in planned)) throw new Error('the meeting was not scheduled');
          }
          return found;
        }) as typeof store.find,
      },
    };
    const done = await execute(racing, await actorOf(cast.ports, cast.clinicianId), [
      { kind: 'consent', id: caseId, command: { type: 'consent.withdraw', purpose: 'care' } },
    ]);
    expect(done).toHaveProperty('events');
    expect((await cast.ports.store.load('meeting', 'M-00000001')).state).toMatchObject({ stage: 'cancelled' });
  });
});
