import { later, noon, type Paths } from './histories.ts';
import { nextWeek, secondTuesday } from './usual.ts';

/** The histories of a request, see `Paths`. */
export function requestPaths(requester: string): Paths['request'] {
  type History = Paths['request'][string];
  const own = { at: noon, by: requester };
  const desk = { at: noon, by: 'desk-1' };
  const submitted: History = [
    [
      {
        type: 'request.submit',
        ...own,
        requester,
        hcp: 'A',
        caseId: 'C-1',
        group: 'HHT',
        experts: [],
        proposals: [nextWeek],
      },
    ],
  ];
  const triage: History = [...submitted, [{ type: 'request.take', ...desk }]];
  return {
    none: [],
    submitted,
    'in triage': triage,
    'needs information': [...triage, [{ type: 'request.ask', ...desk, question: 'X-3' }]],
    scheduled: [...triage, [{ type: 'request.scheduled', at: noon, by: 'system', meetingId: 'M-1', caseId: 'C-1' }]],
    declined: [...triage, [{ type: 'request.decline', ...desk, reason: 'X-4' }]],
    cancelled: [...triage, [{ type: 'request.cancel', ...own }]],
  };
}

/** The histories of a poll, see `Paths`. */
export function pollPaths(voter: string): Paths['poll'] {
  type History = Paths['poll'][string];
  const desk = { at: noon, by: 'desk-1' };
  const another = { ...nextWeek, local: '2026-03-10T15:00', instant: '2026-03-10T14:00:00.000Z' };
  const open: History = [
    [
      {
        type: 'poll.open',
        ...desk,
        requestId: 'Q-1',
        requester: voter,
        hcp: 'A',
        caseId: 'C-1',
        group: 'HHT',
        slots: [nextWeek, another],
        voters: [voter, 'expert-1'],
        required: ['expert-1'],
        quorum: 1,
        deadline: later(3),
        hidden: false,
      },
    ],
  ];
  const answered: History = [
    ...open,
    [{ type: 'poll.vote', at: noon, by: 'expert-1', person: 'expert-1', votes: ['if-need-be', 'yes'] }],
  ];
  const third = { ...nextWeek, local: '2026-03-12T15:00', instant: '2026-03-12T14:00:00.000Z' };
  const countered: History = [
    ...answered,
    [{ type: 'poll.propose', at: noon, by: 'expert-1', person: 'expert-1', slot: third }],
  ];
  const closed: History = [...answered, [{ type: 'poll.close', at: later(3), by: 'system' }]];
  const fixed = {
    type: 'poll.finalised',
    at: later(3),
    by: 'system',
    meetingId: 'M-1',
    instant: another.instant,
    caseId: 'C-1',
  } as const;
  return {
    none: [],
    open,
    answered,
    countered,
    closed,
    finalised: [...closed, [fixed]],
    withdrawn: [...answered, [{ type: 'poll.withdraw', ...desk }]],
  };
}

/** The histories of a series, see `Paths`. */
export function seriesPaths(invitee: string): Paths['series'] {
  type History = Paths['series'][string];
  const desk = { at: noon, by: 'desk-1' };
  const running: History = [[{ type: 'series.start', ...desk, group: 'HHT', rule: secondTuesday, join: 'X-1' }]];
  const convene = {
    type: 'series.convene',
    ...desk,
    date: '2026-04-14',
    meetingId: 'M-9',
    invitees: ['expert-1'],
  } as const;
  const believed = {
    at: noon,
    by: 'system',
    person: invitee,
    sequence: 0,
    stamp: noon,
    authenticated: true,
    ownSender: true,
  } as const;
  const counterHour = { ...nextWeek, instant: later(9) };
  return {
    none: [],
    running,
    convened: [...running, [convene]],
    'in calendars': [
      ...running,
      [{ type: 'series.roster', at: noon, by: 'system', people: [invitee, 'expert-1'] }],
      [convene],
      [{ type: 'series.mailed-hour', ...believed, slot: counterHour }],
    ],
    ended: [...running, [{ type: 'series.end', ...desk }]],
  };
}

/** The histories of a meeting, see `Paths`. */
export function meetingPaths(invitee: string): Paths['meeting'] {
  type History = Paths['meeting'][string];
  const desk = { at: noon, by: 'desk-1' };
  const scheduled: History = [
    [
      {
        type: 'meeting.schedule',
        ...desk,
        requestId: 'Q-1',
        requester: invitee,
        hcp: 'A',
        caseId: 'C-1',
        group: 'HHT',
        slot: nextWeek,
        invitees: [invitee, 'expert-1'],
      },
    ],
  ];
  const group: History = [
    [
      {
        type: 'meeting.schedule',
        ...desk,
        requester: invitee,
        group: 'HHT',
        slot: nextWeek,
        invitees: [invitee, 'expert-1'],
      },
    ],
  ];
  const listed: History = [
    ...group,
    [{ type: 'meeting.put-on-agenda', ...desk, caseId: 'C-1', requestId: 'Q-1', invitees: ['anna', 'expert-2'] }],
  ];
  const dated: History = [
    [
      {
        type: 'meeting.schedule',
        at: noon,
        by: 'system',
        seriesId: 'W-1',
        requester: invitee,
        group: 'HHT',
        slot: nextWeek,
        invitees: ['expert-1', invitee],
        occurrence: {
          date: '2026-03-09',
          hour: nextWeek.local,
          zone: nextWeek.zone,
          own: false,
          people: ['expert-1', invitee],
          sequence: 2,
          statuses: { 'expert-1': 'declined' },
        },
      },
    ],
  ];
  const suggested: History[number] = [
    {
      type: 'meeting.mailed-hour',
      at: noon,
      by: 'system',
      person: invitee,
      sequence: 2,
      stamp: noon,
      authenticated: true,
      ownSender: true,
      slot: { ...nextWeek, instant: later(9) },
    },
  ];
  const moved = { ...nextWeek, local: '2026-03-09T16:00', instant: '2026-03-09T15:00:00.000Z' };
  return {
    none: [],
    scheduled,
    'of a group': group,
    'with an agenda': listed,
    'date of a series': [...dated, suggested],
    rescheduled: [...scheduled, [{ type: 'meeting.reschedule', ...desk, slot: moved }]],
    held: [...scheduled, [{ type: 'meeting.held', at: later(8), by: 'desk-1' }]],
    cancelled: [...scheduled, [{ type: 'meeting.cancel', ...desk, reason: 'helpdesk' }]],
  };
}
