import type { Decider } from '../decider.ts';
import { refuse } from '../decider.ts';
import { endOf } from './conflicts.ts';

import { asPending, inviteMore, needsOf, takeOff, withoutThem } from './invitees.ts';

import { decideMailed, evolveMailed, newestOf, nothingMailed } from './mailed-answers.ts';
import {
  type InviteStatus,
  type Meeting,
  type MeetingCommand,
  type MeetingEvent,
  type MeetingFacts,
  outcomes,
} from './meeting.ts';
import { askedAnew, decideOccurrence, evolveOccurrence, type Occurrence } from './occurrences.ts';
import { plain, slotRefusal } from './slots.ts';

/** A meeting: planned, moved, answered, held or cancelled (see `MeetingCommand`). A case's goes on only while its consent for care stands (rule 4), and no patient representative comes to it (rule 7). */
export const meeting: Decider<Meeting, MeetingCommand, MeetingEvent, MeetingFacts> = {
  initial: {
    stage: 'none',
    slot: { local: '', zone: 'UTC', instant: '', minutes: 0 },
    organiser: '',
    sequence: 0,
    moved: 0,
    invites: {},
    since: '',
  },

  decide(state, command, facts) {
    const { at, by } = command;
    const wrongStage = () => refuse('meeting.wrong-stage', { stage: state.stage });
    const lapsed = (caseId: string | undefined) => caseId !== undefined && !(facts.careConsent && facts.caseGoesOn);
    // What took place while the consent stood did take place: it is recorded, whatever became of the consent since.
    const over = state.stage !== 'none' && endOf(state.slot) <= Date.parse(at);
    if (command.type === 'meeting.schedule') {
      if (state.stage !== 'none') return wrongStage();
      // The system convenes what the helpdesk has laid down, and nothing else (rule 7).
      if (by === 'system' && !(command.seriesId && facts.convened)) return refuse('meeting.helpdesk-only');
      const { requestId, pollId, seriesId, occurrence, requester, hcp, caseId, group, slot, invitees, join } = command;
      if (lapsed(command.caseId)) return refuse('consent.care-inactive');
      if (invitees.length === 0) return refuse('request.nobody-invited');
      if (command.caseId && facts.representatives.some((id) => invitees.includes(id)))
        return refuse('meeting.representative');
      const wrong = slotRefusal([slot], at);
      if (wrong) return wrong;
      return [
        {
          type: 'meeting-scheduled',
          at,
          by,
          ...(requestId ? { requestId } : {}),
          ...(pollId ? { pollId } : {}),
          ...(seriesId ? { seriesId } : {}),
          ...(seriesId && occurrence ? { occurrence } : {}),
          ...(requester ? { requester } : {}),
          ...(hcp ? { hcp } : {}),
          ...(caseId ? { caseId } : {}),
          ...(group ? { group } : {}),
          slot: plain(slot),
          invitees: [...new Set(invitees)],
          ...(join ? { join } : {}),
          ...needsOf(command, invitees),
        },
      ];
    }
    if (state.stage === 'none') return refuse('meeting.unknown');

    switch (command.type) {
      case 'meeting.reschedule': {
        if (state.stage !== 'scheduled') return wrongStage();
        if (lapsed(state.caseId)) return refuse('consent.care-inactive');
        const wrong = slotRefusal([command.slot], at);
        if (wrong) return wrong;
        if (command.slot.instant === state.slot.instant && command.slot.minutes === state.slot.minutes)
          return refuse('meeting.same-hour');
        return [{ type: 'meeting-rescheduled', at, by, slot: plain(command.slot) }];
      }
      case 'meeting.invite':
        if (state.stage !== 'scheduled') return wrongStage();
        if (lapsed(state.caseId)) return refuse('consent.care-inactive');
        return inviteMore(state, command, facts.representatives);
      case 'meeting.take-off':
        return state.stage === 'scheduled' ? takeOff(state, command) : wrongStage();
      case 'meeting.put-on-agenda': {
        if (state.stage !== 'scheduled') return wrongStage();
        if (state.caseId !== undefined || state.group === undefined) return refuse('meeting.no-agenda');
        if (lapsed(command.caseId)) return refuse('consent.care-inactive');
        if (Date.parse(state.slot.instant) <= Date.parse(at)) return refuse('meeting.hour-past');
        if (state.agenda?.includes(command.caseId)) return refuse('meeting.on-agenda');
        const { caseId, requestId } = command;
        const invitees = [...new Set(command.invitees)].filter((person) => !Object.hasOwn(state.invites, person));
        return [{ type: 'agenda-added', at, by, caseId, requestId, invitees }];
      }
      case 'meeting.take-off-agenda':
        if (state.stage !== 'scheduled') return wrongStage();
        if (over) return refuse('meeting.hour-past');
        return state.agenda?.includes(command.caseId)
          ? [{ type: 'agenda-removed', at, by, caseId: command.caseId }]
          : [];
      case 'meeting.cancel':
        if (state.stage !== 'scheduled') return wrongStage();
        if (over && (command.reason === 'consent-ended' || command.reason === 'case-closed'))
          return refuse('meeting.hour-past');
        return [{ type: 'meeting-cancelled', at, by, reason: command.reason }];
      case 'meeting.held':
        if (state.stage !== 'scheduled') return wrongStage();
        if (lapsed(state.caseId) && !over) return refuse('consent.care-inactive');
        if (Date.parse(state.slot.instant) > Date.parse(at)) return refuse('meeting.not-yet');
        if (command.attended?.some((person) => !Object.hasOwn(state.invites, person)))
          return refuse('meeting.attended-not-invited');
        if (command.discussed?.some((caseId) => caseId !== state.caseId && !state.agenda?.includes(caseId)))
          return refuse('meeting.other-case');
        return [
          {
            type: 'meeting-held',
            at,
            by,
            ...(command.attended ? { attended: [...new Set(command.attended)] } : {}),
            ...(command.discussed ? { discussed: [...new Set(command.discussed)] } : {}),
          },
        ];
      case 'meeting.review': {
        if (state.stage !== 'held') return wrongStage();
        if (by !== state.requester) return refuse('meeting.not-yours');
        if (!outcomes.includes(command.outcome)) return refuse('meeting.outcome-unknown');
        const { outcome, again, comment } = command;
        return [{ type: 'meeting-reviewed', at, by, outcome, again, ...(comment ? { comment } : {}) }];
      }
      case 'meeting.answer':
        if (state.stage !== 'scheduled') return wrongStage();
        if (!Object.hasOwn(state.invites, command.person)) return refuse('meeting.not-invited');
        if (by !== command.person) return refuse('meeting.not-your-invitation');
        if (command.instant !== undefined && command.instant !== state.slot.instant)
          return refuse('meeting.moved-since');
        if (over) return refuse('meeting.past');
        // Given again a while later it is the newest word, which an older mail must not undo.
        return state.invites[command.person] === command.answer && state.mailed?.answered[command.person] === at
          ? []
          : [{ type: 'invite-answered', at, by, person: command.person, answer: command.answer }];
      case 'meeting.sent':
        return Object.hasOwn(state.invites, command.person) && state.invites[command.person] === 'pending'
          ? [{ type: 'invite-sent', at, by, person: command.person }]
          : [];
      case 'meeting.mailed-answer':
      case 'meeting.mailed-hour':
      case 'meeting.mailed-refresh':
      case 'meeting.mailed-comment':
      case 'meeting.mailed-absence':
        return decideMailed({ ...state, planned: state.stage === 'scheduled' }, command);
      case 'meeting.decline-hour':
        if (state.stage !== 'scheduled') return wrongStage();
        return state.mailed?.suggestions.some(({ person }) => person === command.person)
          ? [{ type: 'hour-declined', at, by, person: command.person }]
          : refuse('meeting.no-suggestion');
      case 'meeting.join':
      case 'meeting.part':
      case 'meeting.series-answer':
      case 'meeting.follow':
        return decideOccurrence(state, command);
      case 'meeting.bounced':
        return Object.hasOwn(state.invites, command.person) &&
          !state.mailed?.bounced.includes(command.person) &&
          (command.sequence ?? state.sequence) === state.sequence
          ? [{ type: 'invite-bounced', at, by, person: command.person }]
          : [];
    }
  },

  evolve(state, event) {
    const mailed = state.mailed ?? nothingMailed;
    const invite = (person: string, status: InviteStatus): Meeting => ({
      ...state,
      invites: { ...state.invites, [person]: status },
    });
    switch (event.type) {
      case 'meeting-scheduled': {
        const { type: _, at, by, invitees, slot, occurrence, ...rest } = event;
        const { sequence = 0, newest, statuses = {}, mailed: told, ...date } = occurrence ?? {};
        return {
          ...state,
          ...rest,
          ...(occurrence ? { occurrence: date as Occurrence } : {}),
          ...(told ? { mailed: told } : {}),
          ...(newest === undefined ? {} : { newest }),
          stage: 'scheduled',
          slot,
          organiser: by,
          sequence,
          invites: Object.fromEntries(
            invitees.map((id) => [id, Object.hasOwn(statuses, id) ? (statuses[id] as InviteStatus) : 'pending']),
          ),
          since: at,
        };
      }
      case 'meeting-rescheduled':
        return {
          ...askedAnew(renumbered(state)),
          slot: event.slot,
          moved: state.moved + 1,
          ...(state.occurrence ? { occurrence: { ...state.occurrence, own: true } } : {}),
          since: event.at,
        };
      case 'meeting-joined':
      case 'meeting-parted':
      case 'meeting-followed':
        return evolveOccurrence(state, event);
      case 'invitees-added':
        return { ...state, invites: { ...state.invites, ...asPending(event.people) } };
      case 'invitees-removed':
        return withoutThem(state, event);
      case 'agenda-added':
        return {
          ...state,
          agenda: [...(state.agenda ?? []), event.caseId],
          invites: { ...state.invites, ...asPending(event.invitees) },
        };
      case 'agenda-removed':
        return { ...state, agenda: (state.agenda ?? []).filter((caseId) => caseId !== event.caseId) };
      case 'meeting-cancelled':
        return { ...renumbered(state), stage: 'cancelled', since: event.at };
      case 'meeting-held':
        return {
          ...state,
          stage: 'held',
          since: event.at,
          ...(event.attended ? { attended: event.attended } : {}),
          ...(event.discussed ? { discussed: event.discussed } : {}),
        };
      case 'meeting-reviewed': {
        const { outcome, again, comment } = event;
        return { ...state, review: { outcome, again, ...(comment ? { comment } : {}) } };
      }
      case 'invite-sent':
        return invite(event.person, 'sent');
      case 'invite-answered':
        return { ...invite(event.person, event.answer), mailed: evolveMailed(mailed, event) };
      case 'hour-suggested':
      case 'hour-declined':
      case 'invite-asked-again':
      case 'invite-commented':
      case 'invite-away':
      case 'answer-doubted':
        return { ...state, mailed: evolveMailed(mailed, event) };
      case 'invite-bounced': {
        // Who has answered elsewhere still comes; that no mail reaches them is told all the same.
        const silent = ['pending', 'sent'].includes(state.invites[event.person] ?? '');
        return {
          ...(silent ? invite(event.person, 'bounced') : state),
          mailed: { ...mailed, bounced: [...mailed.bounced, event.person] },
        };
      }
    }
  },
};

/** With a SEQUENCE above what anybody has. */
function renumbered({ newest, ...state }: Meeting): Meeting {
  return {
    ...state,
    sequence: newestOf({ sequence: state.sequence, ...(newest === undefined ? {} : { newest }) }) + 1,
  };
}
