import { isRefusal } from '../decider.ts';
import { attestationStatements } from '../documents.ts';
import type { Kind } from '../entities.ts';
import type { HcpRole, NetworkRole } from '../people.ts';
import { holds } from '../people.ts';
import { later, noon } from './histories.ts';
import { cast, ids, listed } from './orders.ts';
import { nextWeek, secondTuesday } from './usual.ts';
import { act, all, emptyWorld, look, type Order, type World } from './world.ts';

/** Gives the next world; throws where the order is refused. For what a test takes for granted. */
export function surely(world: World, who: string, order: Order, at = noon): World {
  const next = act(world, who, order, at);
  if (isRefusal(next)) throw new Error(`${order.command.type} by ${who} was refused: ${next.refused}`);
  return next;
}

/** The world in which the random ones begin: the sample directory, and the cast with its roles. */
export function start(): World {
  let world = surely(emptyWorld, 'system', {
    kind: 'directory',
    id: 'directory',
    command: { type: 'directory.import', content: listed },
  });
  for (const [id, roles] of Object.entries(cast)) {
    world = surely(world, 'system', { kind: 'person', id, command: { type: 'person.enter' } });
    for (const words of roles) {
      const [role, hcp] = words.split(' ');
      const grant = hcp === undefined ? { role: role as NetworkRole } : { role: role as HcpRole, hcp };
      world = surely(world, 'system', { kind: 'person', id, command: { type: 'person.grant', grant } });
    }
    if (id !== 'uma')
      world = surely(world, 'system', { kind: 'person', id, command: { type: 'person.verify', method: 'code' } });
  }
  return world;
}

/** Whoever holds the role and is not the one named. */
function somebody(world: World, role: HcpRole | NetworkRole, hcp: string | undefined, not: string): string {
  return all(world, 'person').find(({ id, state }) => id !== not && holds(state, role, hcp))?.id ?? 'nobody';
}

/** What somebody who knows the way would do next with a thing, and who it would be; nothing where it has come to its end. */
export function onward(
  world: World,
  kind: Kind,
  id: string,
  at: string,
): readonly [who: string, order: Order] | undefined {
  const today = at.slice(0, 10);
  switch (kind) {
    case 'registration': {
      const command = registrationOnward(world, id, today);
      return command && [command[0], { kind, id, command: command[1] }];
    }
    case 'case': {
      const { stage, owner } = look(world, 'case', id);
      if (stage === 'none')
        return [
          'anna',
          { kind, id, command: { type: 'case.open', owner: 'anna', hcp: 'A', group: 'HHT', urgency: 'soon' } },
        ];
      if (stage === 'consented') return [owner, { kind, id, command: { type: 'case.enrol', attested: true } }];
      return stage === 'enrolled' ? [owner, { kind, id, command: { type: 'case.ready' } }] : undefined;
    }
    case 'consent': {
      const { owner } = look(world, 'case', id);
      const recordId = `N-${look(world, 'consent', id).records.length + 10}`;
      const form = { kind: 'commission', version: '2.1' } as const;
      const command = {
        type: 'consent.record',
        recordId,
        answers: { care: 'given' },
        form,
        signedOn: today,
        signedBy: 'patient',
        attested: true,
      } as const;
      return [owner, { kind, id, command }];
    }
    case 'document': {
      const { stage, submitter, pages } = look(world, 'document', id);
      switch (stage) {
        case 'none':
          return [
            'anna',
            { kind, id, command: { type: 'document.receive', caseId: 'C-1', hcp: 'A', submitter: 'anna' } },
          ];
        case 'received':
          return [
            'system',
            {
              kind,
              id,
              command: {
                type: 'document.scrubbed',
                format: 'pdf',
                pages: 2,
                removed: {},
                redacted: {},
                kept: {},
                notSearched: [],
                verified: true,
              },
            },
          ];
        case 'scrubbed':
          return [
            submitter,
            { kind, id, command: { type: 'document.attest', statements: attestationStatements, pagesSeen: pages } },
          ];
        case 'attested':
          return [submitter, { kind, id, command: { type: 'document.release' } }];
        case 'released':
          return [submitter, { kind, id, command: { type: 'document.uploaded' } }];
        default:
          return undefined;
      }
    }
    case 'request': {
      const { stage, requester } = look(world, 'request', id);
      const slot = { ...nextWeek, instant: later(40) };
      if (stage === 'none')
        return [
          'anna',
          {
            kind,
            id,
            command: {
              type: 'request.submit',
              requester: 'anna',
              hcp: 'A',
              caseId: 'C-1',
              group: 'HHT',
              experts: [],
              proposals: [slot],
            },
          },
        ];
      if (stage === 'needs-information') return [requester, { kind, id, command: { type: 'request.answer' } }];
      return stage === 'submitted' ? ['desk', { kind, id, command: { type: 'request.take' } }] : undefined;
    }
    case 'series': {
      const { stage, convened, standing } = look(world, 'series', id);
      if (stage === 'none') {
        const command = { type: 'series.start', group: 'HHT', rule: secondTuesday } as const;
        return ['desk', { kind, id, command }];
      }
      const meetingId = ids.meeting.find((one) => look(world, 'meeting', one).stage === 'none');
      const [asked] = all(world, 'request').filter(({ state }) => state.stage === 'in-triage' && state.caseId);
      const called = Object.values(convened)[0];
      const caseId = asked?.state.caseId;
      if (called !== undefined && caseId && !look(world, 'meeting', called).agenda?.includes(caseId)) {
        const command = { type: 'meeting.put-on-agenda', caseId, requestId: asked.id, invitees: ['anna'] } as const;
        return ['desk', { kind: 'meeting', id: called, command }];
      }
      const invited = standing?.people['elsa']?.status;
      if (invited === undefined)
        return ['system', { kind, id, command: { type: 'series.roster', people: ['elsa', 'rosa'] } }];
      if (invited === 'pending') return ['system', { kind, id, command: { type: 'series.sent', person: 'elsa' } }];
      if (called === undefined && meetingId !== undefined)
        return [
          'system',
          { kind, id, command: { type: 'series.convene', date: '2026-04-14', meetingId, invitees: ['elsa', 'rosa'] } },
        ];
      if (called !== undefined && standing?.people['rosa'])
        return ['system', { kind, id, command: { type: 'series.roster', people: ['elsa', 'anna'] } }];
      if (invited === 'sent')
        return ['elsa', { kind, id, command: { type: 'series.answer', person: 'elsa', answer: 'accepted' } }];
      if (standing?.people['anna']?.status === 'pending')
        return ['system', { kind, id, command: { type: 'series.bounced', person: 'anna' } }];
      if (called !== undefined && standing?.mailed.suggestions.length === 0 && !standing.mailed.comments) {
        const proof = { person: 'elsa', sequence: standing.sequence, authenticated: true, ownSender: true };
        const slot = { ...nextWeek, instant: later(50) };
        return ['system', { kind, id, command: { type: 'series.mailed-hour', ...proof, stamp: at, slot } }];
      }
      const asks = { person: 'elsa', sequence: 0, stamp: at, authenticated: true, ownSender: true };
      if (called !== undefined && standing && !standing.mailed.comments)
        return ['system', { kind, id, command: { type: 'series.mailed-comment', ...asks, comment: 'X-1' } }];
      if (called !== undefined && standing?.mailed.suggestions[0])
        return ['desk', { kind, id, command: { type: 'series.decline-hour', person: 'elsa' } }];
      if (called !== undefined && standing && !standing.mailed.again)
        return ['system', { kind, id, command: { type: 'series.mailed-refresh', ...asks } }];
      return undefined;
    }
    case 'poll': {
      const { stage, caseId, requestId, slots, counters, deadline } = look(world, 'poll', id);
      const [slot] = slots;
      const days = (Date.parse(at) - Date.parse(noon)) / 86_400_000;
      if (stage === 'none') {
        const asked = all(world, 'request').find(({ state }) => state.stage === 'in-triage');
        const about = asked?.state.caseId;
        return [
          'desk',
          {
            kind,
            id,
            command: {
              type: 'poll.open',
              ...(asked ? { requestId: asked.id } : {}),
              ...(about === undefined ? {} : { caseId: about }),
              slots: [200, 300].map((hours) => ({ ...nextWeek, instant: later(days, hours) })),
              voters: ['elsa', 'anna'],
              required: ['elsa'],
              quorum: 1,
              deadline: later(days, 100),
              hidden: false,
            },
          },
        ];
      }
      if (stage === 'open' && !look(world, 'poll', id).ballots['elsa']) {
        const gladly = slots.map(() => 'yes' as const);
        return ['elsa', { kind, id, command: { type: 'poll.vote', person: 'elsa', votes: gladly } }];
      }
      if (stage === 'open' && slots.length === 2 && at < deadline) {
        // Elsa's hour is left, Anna's is taken up.
        const of = (name: string) => counters.find(({ person }) => person === name)?.slot;
        const [elsas, annas] = [of('elsa'), of('anna')];
        const propose = (person: string, hours: number) =>
          ({ type: 'poll.propose', person, slot: { ...nextWeek, instant: later(days, hours) } }) as const;
        if (annas && !elsas) return ['desk', { kind, id, command: { type: 'poll.add', slot: annas } }];
        if (annas && elsas) return ['desk', { kind, id, command: { type: 'poll.turn-down', instant: elsas.instant } }];
        return elsas
          ? ['anna', { kind, id, command: propose('anna', 160) }]
          : ['elsa', { kind, id, command: propose('elsa', 150) }];
      }
      const free = ids.meeting.find((meeting) => look(world, 'meeting', meeting).stage === 'none');
      if ((stage === 'open' || stage === 'closed') && slot && free)
        return [
          'desk',
          {
            kind: 'meeting',
            id: free,
            command: {
              type: 'meeting.schedule',
              pollId: id,
              ...(requestId === undefined ? {} : { requestId }),
              ...(caseId === undefined ? {} : { caseId }),
              slot,
              invitees: ['elsa', 'anna'],
            },
          },
        ];
      return stage === 'open' ? ['desk', { kind, id, command: { type: 'poll.close' } }] : undefined;
    }
    case 'meeting': {
      const { stage, invites, mailed, sequence } = look(world, 'meeting', id);
      const open = all(world, 'request').find(({ state }) => state.stage === 'in-triage');
      const days = (Date.parse(at) - Date.parse(noon)) / 86_400_000;
      const slot = { ...nextWeek, instant: later(days, 6) };
      if (stage === 'none' && open) {
        const { caseId } = open.state;
        return [
          'desk',
          {
            kind,
            id,
            command: {
              type: 'meeting.schedule',
              requestId: open.id,
              requester: open.state.requester,
              ...(caseId === undefined ? {} : { caseId }),
              slot,
              invitees: ['elsa', 'anna'],
            },
          },
        ];
      }
      if (stage === 'scheduled' && invites['elsa'] === 'pending')
        return ['elsa', { kind, id, command: { type: 'meeting.answer', person: 'elsa', answer: 'accepted' } }];
      const proof = { person: 'elsa', sequence, stamp: at, authenticated: true, ownSender: true };
      if (stage === 'scheduled' && !mailed?.suggestions.length && !mailed?.comments)
        return ['system', { kind, id, command: { type: 'meeting.mailed-hour', ...proof, slot } }];
      if (stage === 'scheduled' && !mailed?.comments)
        return ['system', { kind, id, command: { type: 'meeting.mailed-comment', ...proof, comment: 'X-1' } }];
      if (stage === 'scheduled' && mailed?.suggestions.length)
        return ['desk', { kind, id, command: { type: 'meeting.decline-hour', person: 'elsa' } }];
      if (stage === 'scheduled' && !mailed?.again)
        return ['system', { kind, id, command: { type: 'meeting.mailed-refresh', ...proof } }];
      if (stage === 'scheduled' && !mailed?.away.length)
        return ['system', { kind, id, command: { type: 'meeting.mailed-absence', person: 'elsa', sequence } }];
      const { requester, review } = look(world, 'meeting', id);
      if (stage === 'held' && requester !== undefined && !review)
        return [requester, { kind, id, command: { type: 'meeting.review', outcome: 'answered', again: false } }];
      if (stage === 'scheduled' && !Object.hasOwn(invites, 'bert'))
        return ['desk', { kind, id, command: { type: 'meeting.invite', people: ['bert'] } }];
      if (stage === 'scheduled' && invites['bert'] === 'pending' && !look(world, 'meeting', id).newest)
        return ['desk', { kind, id, command: { type: 'meeting.take-off', people: ['bert'] } }];
      return stage === 'scheduled' ? ['desk', { kind, id, command: { type: 'meeting.held' } }] : undefined;
    }
    case 'ticket': {
      const { stage } = look(world, 'ticket', id);
      if (stage === 'none')
        return ['uma', { kind, id, command: { type: 'ticket.open', requester: 'uma', topic: 'other', text: 'X-1' } }];
      if (stage === 'referred')
        return [look(world, 'ticket', id).requester, { kind, id, command: { type: 'ticket.helped', helped: true } }];
      return [
        'desk',
        { kind, id, command: stage === 'resolved' ? { type: 'ticket.close' } : { type: 'ticket.resolve' } },
      ];
    }
    case 'stray': {
      const { stage } = look(world, 'stray', id);
      if (stage === 'none') return ['system', { kind, id, command: { type: 'stray.notice', platform: 'slack' } }];
      return stage === 'noticed'
        ? ['system', { kind, id, command: { type: 'stray.look', found: 'there' } }]
        : undefined;
    }
    default:
      return undefined;
  }
}

type RegistrationOrder = Extract<Order, { readonly kind: 'registration' }>['command'];

function registrationOnward(world: World, id: string, on: string): readonly [string, RegistrationOrder] | undefined {
  const { stage, person, hcp, account } = look(world, 'registration', id);
  const desk = somebody(world, 'helpdesk', undefined, person);
  switch (stage) {
    case 'none':
      // R-3 is the lead's own.
      return id === 'R-3'
        ? ['lena', { type: 'registration.draft', person: 'lena', hcp: 'A', as: 'clinician' }]
        : ['carl', { type: 'registration.draft', person: 'carl', hcp: 'A', as: 'clinician' }];
    case 'draft':
      return [person, { type: 'registration.request' }];
    case 'awaiting-lead':
      return [
        // The lead's own goes to the deputy.
        somebody(world, person === 'lena' ? 'deputy' : 'lead', hcp, person),
        { type: 'registration.decide', outcome: 'authorised', via: 'chat' },
      ];
    case 'authorised':
      return [desk, { type: 'registration.take' }];
    case 'with-helpdesk':
      return [desk, { type: 'registration.pass-on' }];
    case 'passed-on':
      return account === 'none'
        ? [person, { type: 'registration.account-created', proof: 'attested' }]
        : [person, { type: 'registration.second-factor', method: 'app-pin', proof: 'attested' }];
    case 'awaiting-ern-it':
      return [person, { type: 'registration.notified', on }];
    case 'notified':
      return [person, { type: 'registration.submitted', on }];
    case 'submitted':
      return [
        somebody(world, 'local-administrator', hcp, person),
        { type: 'registration.approved', on, source: 'local-administrator' },
      ];
    case 'active':
      return [desk, { type: 'registration.suspend' }];
    case 'suspended':
      return [desk, { type: 'registration.resume' }];
    default:
      return undefined;
  }
}
