import type { EventType, Kind } from '../../domain/entities.ts';
import { endOf } from '../../domain/meetings/conflicts.ts';
import { openRequestStages } from '../../domain/meetings/requests.ts';
import type { Outgoing } from '../../domain/memory-ports.ts';
import type { Identity } from '../../domain/people.ts';
import { calendarMails, seriesMails } from '../calendar/mails.ts';
import { toldInRoom } from '../conversations/desk/room-cards.ts';
import { every } from '../every.ts';
import type { Sheet } from '../execute.ts';
import { homesFor } from '../surfaces/homes.ts';

import {
  addedInvitees,
  agendaAskerNotInvited,
  applicant,
  asker,
  askerNotInvited,
  assignee,
  both,
  cameOrWent,
  deciders,
  desk,
  deskWhenAllAnswered,
  deskWithoutRequired,
  firstDeciders,
  type Happening,
  helpdesk,
  invitees,
  load,
  meetingAsker,
  ofHcp,
  owner,
  ownerAndLead,
  pollAsker,
  proposers,
  type Recipients,
  requester,
  seriesPeople,
  submitter,
  unanswered,
  voters,
} from './recipients.ts';

interface Row {
  /** Names the words ('notices:<notice>') and the buttons. */
  readonly notice: string;
  readonly to: Recipients;
  /** A reminder: not before so many days later, and only if it is still so then. */
  readonly afterDays?: number;
  /** A reminder before a meeting's start, or a poll's close: so many hours before it. */
  readonly hoursBefore?: number;
  /** When a meeting should be over. */
  readonly atEnd?: true;
  readonly when?: (happening: Happening) => boolean;
}

const care = ({ event }: Happening) => 'purpose' in event && event.purpose === 'care';

/** What is laid down for a meeting's hour, each time that it has a new one. */
const beforeMeeting: readonly Row[] = [
  { notice: 'meeting-agenda', to: invitees, hoursBefore: 72 },
  { notice: 'meeting-tomorrow', to: both(invitees, meetingAsker), hoursBefore: 24 },
  { notice: 'meeting-soon', to: both(invitees, meetingAsker), hoursBefore: 1 },
  { notice: 'meeting-over', to: helpdesk, atEnd: true },
  { notice: 'meeting-few-yet', to: helpdesk, hoursBefore: 120 },
  { notice: 'meeting-too-few', to: helpdesk, hoursBefore: 48 },
];
const beforeForNewcomers: readonly Row[] = [
  { notice: 'meeting-agenda', to: addedInvitees, hoursBefore: 72 },
  { notice: 'meeting-tomorrow', to: addedInvitees, hoursBefore: 24 },
  { notice: 'meeting-soon', to: addedInvitees, hoursBefore: 1 },
];

/** Who is told what, for each event: the one table, nothing else sends. What the actor was just answered is not told to them again. */
const table: Partial<Record<EventType, readonly Row[]>> = {
  'registration-requested': [
    { notice: 'lead-decide', to: firstDeciders },
    { notice: 'lead-reminder', to: firstDeciders, afterDays: 3 },
    { notice: 'lead-silent', to: deciders, afterDays: 7 },
    { notice: 'desk-lead-silent', to: helpdesk, afterDays: 7 },
    { notice: 'second-factor-missing', to: applicant, afterDays: 5 },
  ],
  'registration-authorised': [{ notice: 'authorised', to: applicant }],
  'registration-declined': [{ notice: 'declined', to: both(applicant, helpdesk) }],
  'registration-passed-on': [{ notice: 'passed-on', to: applicant }],
  'registration-complete': [
    { notice: 'awaiting-ern-it', to: applicant },
    { notice: 'ern-it-silent', to: applicant, afterDays: 7 },
    { notice: 'desk-ern-it-silent', to: helpdesk, afterDays: 7 },
  ],
  'cpms-request-submitted': [{ notice: 'cpms-decide', to: ofHcp('local-administrator') }],
  'cpms-approved': [
    { notice: 'active', to: applicant },
    { notice: 'member-active', to: both(ofHcp('lead'), helpdesk) },
  ],
  'cpms-rejected': [
    { notice: 'rejected', to: applicant },
    { notice: 'member-rejected', to: both(ofHcp('lead'), helpdesk) },
  ],
  'member-suspended': [{ notice: 'suspended', to: applicant }],
  'member-resumed': [{ notice: 'resumed', to: applicant }],
  'member-left': [{ notice: 'left', to: applicant }],
  'consent-withdrawn': [{ notice: 'consent-withdrawn', to: ownerAndLead, when: care }],
  'consent-expired': [{ notice: 'consent-expired', to: ownerAndLead, when: care }],
  'case-opened': [{ notice: 'case-opened', to: owner }],
  'case-handed-over': [{ notice: 'case-handed-over', to: owner }],
  'document-scrubbed': [{ notice: 'file-scrubbed', to: submitter }],
  'document-refused': [{ notice: 'file-refused', to: submitter }],
  'request-questioned': [{ notice: 'request-question', to: asker }],
  'request-declined': [{ notice: 'request-declined', to: asker }],
  'request-cancelled': [{ notice: 'request-cancelled', to: asker }],
  'poll-opened': [
    { notice: 'poll-asked', to: voters },
    { notice: 'poll-started', to: pollAsker },
    { notice: 'poll-reminder', to: voters, hoursBefore: 72 },
    { notice: 'poll-reminder', to: voters, hoursBefore: 24 },
  ],
  'poll-hour-added': [
    { notice: 'poll-taken-up', to: proposers },
    { notice: 'poll-hour-added', to: voters },
  ],
  'poll-counter-turned-down': [{ notice: 'poll-turned-down', to: proposers }],
  'poll-countered': [{ notice: 'poll-countered', to: helpdesk }],
  'poll-voted': [{ notice: 'poll-complete', to: deskWhenAllAnswered }],
  'poll-closed': [{ notice: 'poll-closed', to: helpdesk, when: ({ event }) => event.by === 'system' }],
  'poll-withdrawn': [{ notice: 'poll-withdrawn', to: both(voters, pollAsker) }],
  'meeting-scheduled': [
    { notice: 'meeting-scheduled', to: askerNotInvited },
    { notice: 'meeting-invited', to: unanswered },
    ...beforeMeeting,
  ],
  'meeting-rescheduled': [{ notice: 'meeting-moved', to: both(invitees, meetingAsker) }, ...beforeMeeting],
  'invitees-added': [{ notice: 'meeting-invited', to: addedInvitees }, ...beforeForNewcomers],
  'invitees-removed': [
    { notice: 'meeting-left', to: cameOrWent },
    { notice: 'meeting-hardly', to: helpdesk },
  ],
  'meeting-followed': [
    {
      notice: 'meeting-moved',
      to: both(invitees, meetingAsker),
      when: ({ event }) => event.type === 'meeting-followed' && event.moved,
    },
    // Those of before were of another sequence.
    ...beforeMeeting,
  ],
  'meeting-joined': [...beforeForNewcomers],
  'series-joined': [{ notice: 'series-invited', to: cameOrWent }],
  'series-parted': [{ notice: 'series-left', to: cameOrWent }],
  'series-date-moved': [{ notice: 'series-changed', to: seriesPeople }],
  'series-date-skipped': [{ notice: 'series-changed', to: seriesPeople }],
  'series-rule-changed': [{ notice: 'series-invited-anew', to: seriesPeople }],
  'series-ended': [{ notice: 'series-over', to: seriesPeople }],
  'series-commented': [{ notice: 'series-commented', to: helpdesk }],
  'series-hour-suggested': [{ notice: 'series-hour-suggested', to: helpdesk }],
  'series-answer-doubted': [{ notice: 'series-answer-doubted', to: helpdesk }],
  'series-invite-bounced': [{ notice: 'series-invite-bounced', to: helpdesk }],
  'agenda-added': [
    { notice: 'meeting-scheduled', to: agendaAskerNotInvited },
    { notice: 'meeting-invited', to: addedInvitees },
    ...beforeForNewcomers,
  ],
  'meeting-held': [{ notice: 'meeting-how', to: meetingAsker }],
  'meeting-reviewed': [{ notice: 'meeting-reviewed', to: helpdesk }],
  'meeting-cancelled': [
    { notice: 'meeting-cancelled', to: both(invitees, meetingAsker) },
    {
      notice: 'desk-meeting-stopped',
      to: helpdesk,
      when: ({ event }) => event.type === 'meeting-cancelled' && event.reason === 'consent-ended',
    },
  ],
  'invite-bounced': [
    { notice: 'invite-bounced', to: helpdesk },
    { notice: 'meeting-hardly', to: helpdesk },
  ],
  'invite-answered': [
    { notice: 'meeting-without', to: deskWithoutRequired },
    {
      notice: 'meeting-hardly',
      to: helpdesk,
      when: ({ event }) => event.type === 'invite-answered' && event.answer === 'declined',
    },
  ],
  'invite-commented': [{ notice: 'invite-commented', to: helpdesk }],
  'hour-suggested': [{ notice: 'hour-suggested', to: helpdesk }],
  'answer-doubted': [{ notice: 'answer-doubted', to: helpdesk }],
  'ticket-added': [{ notice: 'ticket-added', to: assignee }],
  'ticket-replied': [{ notice: 'ticket-reply', to: requester }],
  'ticket-referred': [
    { notice: 'ticket-referred', to: requester },
    { notice: 'ticket-helped', to: requester, afterDays: 2 },
  ],
  'ticket-resolved': [{ notice: 'ticket-resolved', to: requester }],
  'stray-left': [{ notice: 'desk-stray-left', to: helpdesk }],
};

/** The names of all notices that events bring. */
export const noticeNames: ReadonlySet<string> = new Set(
  Object.values(table).flatMap((rows) => rows.map(({ notice }) => notice)),
);

/** Kinds whose state the helpdesk sees as a card in its channel. */
const onDesk: readonly Kind[] = ['registration', 'request', 'poll', 'meeting', 'ticket'];

/** Shows the helpdesk's card of a thing as it is now. */
export function deskCardRow(kind: Kind, id: string): Outgoing {
  const lane = `desk/${kind}/${id}`;
  return { kind: 'surface', lane, payload: { surface: 'desk', kind, id }, replaces: lane };
}

/** Everything that is to go out because of one event: notices, reminders, the helpdesk's card, calendar mails. */
export async function outgoingFor(
  sheet: Sheet,
  happening: Happening,
  saidIn?: Identity['platform'],
): Promise<Outgoing[]> {
  const { kind, id, event, version } = happening;
  const out: Outgoing[] = [];
  for (const row of table[event.type] ?? []) {
    if (row.when && !row.when(happening)) continue;
    const people = new Set((await row.to(sheet, happening)).filter((person) => person !== ''));
    const reminder = row.afterDays !== undefined || row.hoursBefore !== undefined || row.atEnd === true;
    const dueAt = await dueTime(sheet, happening, row);
    if (reminder && (dueAt === undefined || dueAt <= event.at)) continue;
    for (const person of people) {
      if (person === event.by && !reminder) continue;
      const sequence: Record<string, string> =
        kind === 'meeting' ? { sequence: String((await load(sheet, 'meeting', id)).sequence) } : {};
      // Two reminders of one thing are two, and not the same one queued twice.
      const before: Record<string, string> = row.hoursBefore === undefined ? {} : { before: String(row.hoursBefore) };
      out.push({
        kind: 'notice',
        lane: person === desk ? `desk/${kind}/${id}` : person,
        payload: { notice: row.notice, kind, id, version: String(version), person, ...sequence, ...before },
        ...(dueAt ? { dueAt } : {}),
      });
    }
  }
  if (onDesk.includes(kind) && (await concernsDesk(sheet, happening))) out.push(deskCardRow(kind, id));
  // Its requests tell the urgency.
  if (event.type === 'case-urgency-set')
    for await (const request of every(sheet.ports.store, 'request', { caseId: id, status: openRequestStages }))
      out.push(deskCardRow('request', request.id));
  if (kind === 'ticket' && (toldInRoom as readonly EventType[]).includes(event.type)) {
    out.push({
      kind: 'surface',
      lane: `desk/${kind}/${id}`,
      payload: { surface: 'room', kind, id, version: String(version), ...(saidIn ? { from: saidIn } : {}) },
    });
  }
  out.push(...(await homesFor(sheet, happening)));
  if (kind === 'meeting') out.push(...(await calendarMails(sheet, happening)));
  if (kind === 'series') out.push(...(await seriesMails(sheet, happening)));
  return out;
}

async function dueTime(sheet: Sheet, { kind, id, event }: Happening, row: Row): Promise<string | undefined> {
  if (row.afterDays !== undefined) return new Date(Date.parse(event.at) + row.afterDays * 86_400_000).toISOString();
  if (row.atEnd && kind === 'meeting') return new Date(endOf((await load(sheet, 'meeting', id)).slot)).toISOString();
  if (row.hoursBefore === undefined || (kind !== 'meeting' && kind !== 'poll')) return undefined;
  const until =
    kind === 'poll' ? (await load(sheet, 'poll', id)).deadline : (await load(sheet, 'meeting', id)).slot.instant;
  return new Date(Date.parse(until) - row.hoursBefore * 3_600_000).toISOString();
}

/** A registration comes to the helpdesk with the lead's word, not before; from then on its card follows it, a withdrawal included. */
async function concernsDesk(sheet: Sheet, { kind, id }: Happening): Promise<boolean> {
  if (kind !== 'registration') return true;
  const { stage } = await load(sheet, 'registration', id);
  if (stage !== 'withdrawn') return !['draft', 'awaiting-lead', 'declined'].includes(stage);
  const trail = await sheet.ports.store.trail('registration', id);
  return trail.some(({ event }) => event.type === 'registration-authorised');
}
