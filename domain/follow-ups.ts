import type { Case } from './cases.ts';
import { type Consent, type ConsentEvent, careActive } from './consent.ts';
import type { DocumentStage } from './documents.ts';
import type { Commands, Events, Kind } from './entities.ts';
import type { CancelReason, Meeting } from './meetings/meeting.ts';
import type { Occurrence } from './meetings/occurrences.ts';
import type { PollStage } from './meetings/polls.ts';
import type { MeetingRequest, RequestStage } from './meetings/requests.ts';
import { isOpenRequest } from './meetings/requests.ts';
import { ruleHour, ruleSlot } from './meetings/series-rule.ts';
import type { Grant } from './people.ts';
import { type Registration, type RegistrationStage, underWay } from './registration.ts';

type WithoutAsk<C> = C extends unknown ? Omit<C, 'at' | 'by'> : never;

/**
 * One command that follows from an event, given by the system itself, in the same commit as the event. Its refusal refuses the
 * whole act, unless `mayBeRefused` says that it may be skipped: then a refusal means that there was nothing left to stop,
 * to give or to take. An outcome without events is always harmless.
 */
export type FollowUp = {
  [K in Kind]: {
    readonly kind: K;
    readonly id: string;
    readonly command: WithoutAsk<Commands<K>>;
    readonly mayBeRefused?: boolean;
  };
}[Kind];

interface Found<Stage> {
  readonly id: string;
  readonly state: { readonly stage: Stage };
}

/**
 * What the follow-ups of an event need to know of what hangs together with it: plain data, read after the event has been applied
 * (whether the later ones of the same decision have been, too, makes no difference). What an event does not need may be left empty.
 */
export interface Related {
  /** For events of a case or its consent: the case, and its consents. Absent counts as 'no such case' and 'no consent'. */
  readonly case?: Pick<Case, 'stage'>;
  readonly consent?: Consent;
  /** For the same events: every meeting, request, poll and document of the case, in whatever stage. */
  readonly meetings: readonly Found<Meeting['stage']>[];
  readonly requests: readonly {
    readonly id: string;
    readonly state: { readonly stage: RequestStage; readonly meetingId?: string };
  }[];
  readonly polls: readonly Found<PollStage>[];
  readonly documents: readonly Found<DocumentStage>[];
  /** For events of a registration: the registration. */
  readonly registration?: Pick<Registration, 'person' | 'hcp' | 'as'>;
  /** For events of a request: the request. */
  readonly request?: Pick<MeetingRequest, 'pollId'>;
  /** For events of a meeting: the meeting. */
  readonly meeting?: Pick<Meeting, 'caseId'>;
  /** For events of a series: of its meetings those that are still to happen. */
  readonly dates?: readonly { readonly id: string; readonly state: Pick<Meeting, 'slot' | 'occurrence'> }[];
  /** For 'person-left': the registrations of the person. */
  readonly registrations?: readonly Found<RegistrationStage>[];
}

/**
 * What follows from an event of the entity (`kind`, `id`), in the order in which it is to be done; each follow-up's own events are
 * asked in turn, which is how a rejected document comes to be purged. Pure: equal arguments give equal follow-ups. Never
 * throws, and never follows in a circle: no follow-up's events lead back to the event that it came from.
 */
export function followUps(event: Events, kind: Kind, id: string, related: Related): readonly FollowUp[] {
  switch (event.type) {
    case 'consent-recorded':
    case 'consent-withdrawn':
    case 'consent-expired':
    case 'consent-superseded':
    case 'consent-entered-in-error':
      return concernsCare(event) ? consentTurned(event, id, related) : [];
    case 'case-closed':
      return everythingStops(related, id, 'case-closed');

    case 'cpms-approved':
    case 'member-resumed':
      return membership(related, 'person.grant');
    case 'member-suspended':
    case 'member-left':
      return membership(related, 'person.revoke');
    case 'person-left':
      return (related.registrations ?? []).flatMap(ended);

    case 'meeting-scheduled':
      return [
        ...(event.pollId === undefined ? [] : [finalised(event.pollId, id, event.slot.instant, event.caseId)]),
        ...(event.requestId === undefined ? [] : [scheduled(event.requestId, id, event.caseId)]),
      ];
    case 'series-convened': {
      const { meetingId, group, slot, invitees, join, occurrence } = event;
      const command = {
        type: 'meeting.schedule',
        seriesId: id,
        group,
        slot,
        invitees,
        ...(join ? { join } : {}),
        ...(occurrence ? { occurrence } : {}),
      } as const;
      return [{ kind: 'meeting', id: meetingId, command }];
    }
    case 'series-joined':
      return ofSeries(related, () => ({
        type: 'meeting.join',
        people: event.people,
        ...(event.sequence === undefined ? {} : { sequence: event.sequence }),
      }));
    case 'series-parted':
      return ofSeries(related, () => ({ type: 'meeting.part', people: event.people }));
    case 'series-answered': {
      const { date, person, answer } = event;
      return date === undefined ? ofSeries(related, () => ({ type: 'meeting.series-answer', person, answer })) : [];
    }
    case 'series-ended': {
      const { sequence } = event;
      // What was convened stands: calendars have it under the rule's last invitation.
      return sequence === undefined
        ? []
        : ofSeries(related, ({ slot, occurrence: { date, hour, zone } }) => ({
            type: 'meeting.follow',
            slot,
            date,
            hour,
            zone,
            sequence,
          }));
    }
    case 'series-rule-changed': {
      const { rule, sequence, kept, dropped } = event;
      return [
        ...kept.map(({ date, meetingId }): FollowUp => {
          const place = { slot: ruleSlot(rule, date), date, hour: ruleHour(rule, date), zone: rule.zone, sequence };
          return { kind: 'meeting', id: meetingId, command: { type: 'meeting.follow', ...place }, mayBeRefused: true };
        }),
        ...dropped.map(
          (meetingId): FollowUp => ({
            kind: 'meeting',
            id: meetingId,
            command: { type: 'meeting.cancel', reason: 'helpdesk' },
            mayBeRefused: true,
          }),
        ),
      ];
    }
    case 'agenda-added':
      return [scheduled(event.requestId, id, event.caseId)];
    case 'poll-opened':
      return event.requestId === undefined
        ? []
        : [{ kind: 'request', id: event.requestId, command: { type: 'request.polled', pollId: id } }];
    // Nobody need answer any more; where the poll gave the hour, there is nothing to withdraw.
    case 'request-scheduled':
    case 'request-declined':
    case 'request-cancelled':
      return related.request?.pollId === undefined
        ? []
        : [{ kind: 'poll', id: related.request.pollId, command: { type: 'poll.withdraw' }, mayBeRefused: true }];
    case 'meeting-held':
      return (
        (event.discussed ?? [related.meeting?.caseId])
          .filter((caseId) => caseId !== undefined)
          // A case that was stopped or closed since stays where it is.
          .map(
            (caseId): FollowUp => ({
              kind: 'case',
              id: caseId,
              command: { type: 'case.discussed' },
              mayBeRefused: true,
            }),
          )
      );

    case 'document-rejected':
    case 'document-uploaded':
      return kind === 'document' ? [{ kind, id, command: { type: 'document.purge' } }] : [];

    default:
      return [];
  }
}

function concernsCare(event: ConsentEvent): boolean {
  return event.type === 'consent-entered-in-error' ? event.purposes.includes('care') : event.purpose === 'care';
}

/** Rule 4: with a consent for care the case goes on; without one it is held, and everything that is planned stops. */
function consentTurned(event: ConsentEvent, caseId: string, related: Related): readonly FollowUp[] {
  const stage = related.case?.stage ?? 'none';
  const open = stage !== 'none' && stage !== 'closed';
  if (related.consent && careActive(related.consent)) {
    return open && event.type === 'consent-recorded' && event.answer === 'given'
      ? [{ kind: 'case', id: caseId, command: { type: 'case.consent-given' } }]
      : [];
  }
  const held: FollowUp = { kind: 'case', id: caseId, command: { type: 'case.consent-ended' } };
  return [...(open ? [held] : []), ...everythingStops(related, caseId, 'consent-ended')];
}

/** A withdrawal must never fail because something had stopped before it: each of these may be refused. */
function everythingStops(related: Related, caseId: string, reason: CancelReason): readonly FollowUp[] {
  const planned = related.meetings.filter(({ state }) => state.stage === 'scheduled');
  const asked = related.requests.filter(({ state }) => isOpenRequest(state));
  const polled = related.polls.filter(({ state }) => state.stage === 'open' || state.stage === 'closed');
  const onTheWay = related.documents.filter(({ state }) =>
    ['received', 'scrubbed', 'attested', 'released'].includes(state.stage),
  );
  return [
    ...planned.map(
      ({ id }): FollowUp => ({
        kind: 'meeting',
        id,
        command: { type: 'meeting.cancel', reason },
        mayBeRefused: true,
      }),
    ),
    ...asked.map(
      ({ id }): FollowUp => ({ kind: 'request', id, command: { type: 'request.cancel' }, mayBeRefused: true }),
    ),
    ...polled.map(({ id }): FollowUp => ({ kind: 'poll', id, command: { type: 'poll.withdraw' }, mayBeRefused: true })),
    // A group's meeting goes on without the case.
    ...related.requests.flatMap(({ state: { stage, meetingId } }): FollowUp[] =>
      stage === 'scheduled' && meetingId !== undefined
        ? [
            {
              kind: 'meeting',
              id: meetingId,
              command: { type: 'meeting.take-off-agenda', caseId },
              mayBeRefused: true,
            },
          ]
        : [],
    ),
    // The purge follows from the rejection.
    ...onTheWay.map(
      ({ id }): FollowUp => ({ kind: 'document', id, command: { type: 'document.reject' }, mayBeRefused: true }),
    ),
  ];
}

type OfMeeting = WithoutAsk<Commands<'meeting'>>;

/** The same for every date of a series that is convened, still to happen and in calendars as its date. */
function ofSeries(
  { dates = [] }: Related,
  command: (state: { readonly slot: Meeting['slot']; readonly occurrence: Occurrence }) => OfMeeting,
): readonly FollowUp[] {
  return dates.flatMap(({ id, state: { slot, occurrence } }): FollowUp[] =>
    occurrence ? [{ kind: 'meeting', id, command: command({ slot, occurrence }), mayBeRefused: true }] : [],
  );
}

/** The role that goes with a CPMS membership. It may be there, or be gone, already: then there is nothing to give or to take. */
function membership(related: Related, type: 'person.grant' | 'person.revoke'): readonly FollowUp[] {
  if (!related.registration) return [];
  const { person, hcp, as } = related.registration;
  const grant: Grant = { role: as === 'assistant' ? 'assistant' : 'member', hcp };
  return [{ kind: 'person', id: person, command: { type, grant }, mayBeRefused: true }];
}

/** Who has left takes no further step, and nobody waits for them. */
function ended({ id, state: { stage } }: Found<RegistrationStage>): readonly FollowUp[] {
  if (underWay(stage)) return [{ kind: 'registration', id, command: { type: 'registration.withdraw' } }];
  return stage === 'active' || stage === 'suspended'
    ? [{ kind: 'registration', id, command: { type: 'registration.leave' } }]
    : [];
}

function finalised(pollId: string, meetingId: string, instant: string, caseId: string | undefined): FollowUp {
  return {
    kind: 'poll',
    id: pollId,
    command: { type: 'poll.finalised', meetingId, instant, ...(caseId === undefined ? {} : { caseId }) },
  };
}

function scheduled(requestId: string, meetingId: string, caseId: string | undefined): FollowUp {
  return {
    kind: 'request',
    id: requestId,
    command: { type: 'request.scheduled', meetingId, ...(caseId === undefined ? {} : { caseId }) },
  };
}
