import { directoryId } from '../../../domain/entities.ts';
import { endOf } from '../../../domain/meetings/conflicts.ts';
import { sayHour } from '../../../domain/meetings/hours.ts';
import type { InviteStatus, Meeting } from '../../../domain/meetings/meeting.ts';
import { isOpenRequest } from '../../../domain/meetings/requests.ts';
import type { Slot } from '../../../domain/meetings/slots.ts';
import type { Ports } from '../../context.ts';
import type { ActButton, Card } from '../../view.ts';
import { nameOf } from '../../who.ts';
import type { Say } from '../../words.ts';
import { conflictsWith, conflictWords } from './conflicts.ts';
import { guestsOf } from './guests.ts';
import { mailRows, suggestionButtons } from './mail-cards.ts';
import { pressing } from './urgency.ts';
import { groupWords, hourWords } from './words.ts';
import { hoursEverywhere } from './zones.ts';

/** A slot for the helpdesk: in the zone of the one who asked, and in UTC. */
export function deskHour(say: Say, slot: Slot, language: string): string {
  return say('meetings:desk.hour', {
    hour: hourWords(say, slot, slot.zone, language),
    utc: sayHour(slot.instant, 'UTC', language),
  });
}

/**
 * A request on the helpdesk's desk: its number, who asks, for which group and hours, and what the helpdesk can do. No pseudonym,
 * and of what the clinician wrote only the guarded note.
 */
export async function requestDeskCard(ports: Ports, say: Say, id: string, language = say.language): Promise<Card> {
  const [{ state }, { state: directory }] = await Promise.all([
    ports.store.load('request', id),
    ports.store.load('directory', directoryId),
  ]);
  const [requester, urgency, experts, assignee, note, question] = await Promise.all([
    nameOf(ports, state.requester),
    pressing(ports, state),
    Promise.all(state.experts.map((expert) => nameOf(ports, expert))),
    state.assignee ? nameOf(ports, state.assignee) : undefined,
    state.note ? ports.store.text(state.note) : undefined,
    state.question ? ports.store.text(state.question) : undefined,
  ]);
  const open = isOpenRequest(state);
  const guests = open ? await guestsOf(ports, state) : [];
  const told = await inTheWay(ports, say, state.proposals, guests, language);
  const everywhere = await hoursEverywhere(ports, state.proposals, guests, language);
  return {
    title: say('meetings:desk.request', { id }),
    tone: state.stage === 'submitted' || state.stage === 'in-triage' ? 'waiting' : 'plain',
    body: [
      { kind: 'text', text: say(`meetings:desk.stages.${state.stage}`) },
      {
        kind: 'facts',
        rows: [
          [
            say('meetings:desk.from'),
            say('meetings:desk.requester', { name: requester, hcp: directory.hcps[state.hcp]?.name ?? state.hcp }),
          ],
          [say('meetings:facts.group'), groupWords(say, directory, state.group)],
          [say('meetings:facts.case'), state.caseId ?? say('meetings:desk.no-case')],
          ...(urgency ? [[say('cases:facts.urgency'), say(`cases:urgency.${urgency}`)] as const] : []),
          ...(experts.length > 0 ? [[say('meetings:facts.experts'), experts.join(', ')] as const] : []),
          [say('meetings:facts.hours'), state.proposals.map((slot) => deskHour(say, slot, language)).join('\n')],
          ...(everywhere.length > 0 ? [[say('meetings:facts.everywhere'), everywhere.join('\n')] as const] : []),
          ...(told ? [[say('meetings:conflicts.title'), told] as const] : []),
          ...(note ? [[say('meetings:facts.note'), note] as const] : []),
          ...(question ? [[say('meetings:desk.question'), question] as const] : []),
          [say('meetings:desk.assignee'), assignee ?? say('meetings:desk.nobody')],
        ],
      },
    ],
    buttons: open
      ? [
          button(say, 'plan', 'scheduling.plan', id, 'primary'),
          state.pollId ? button(say, 'poll', 'desk.show', state.pollId) : button(say, 'start-poll', 'poll.start', id),
          ...(state.caseId && state.group
            ? [{ label: say('series:agenda.button'), action: 'agenda.choose', ref: id }]
            : []),
          ...(state.assignee ? [] : [button(say, 'take', 'desk.take', id)]),
          button(say, 'ask', 'scheduling.ask', id),
          button(say, 'decline', 'scheduling.decline', id, 'danger'),
        ]
      : state.meetingId
        ? [button(say, 'meeting', 'desk.show', state.meetingId)]
        : [],
  };
}

/** Who was there, what was discussed, how it went: once that is recorded. */
async function afterRows(ports: Ports, say: Say, state: Meeting): Promise<(readonly [string, string])[]> {
  const { attended, discussed, review } = state;
  const there = attended && (await Promise.all(attended.map((person) => nameOf(ports, person))));
  const comment = review?.comment && (await ports.store.text(review.comment));
  const told = review && [say(`meetings:how.outcomes.${review.outcome}`), ...(comment ? [comment] : [])];
  const yes = (it: boolean) => say(`meetings:held.${it ? 'yes' : 'no'}`);
  return [
    ...(there ? [[say('meetings:facts.attended'), there.join(', ') || '–'] as const] : []),
    ...(discussed ? [[say('meetings:facts.discussed'), discussed.join(', ') || yes(false)] as const] : []),
    ...(told ? [[say('meetings:facts.how'), told.join('\n')] as const] : []),
    ...(review ? [[say('meetings:facts.again'), yes(review.again)] as const] : []),
  ];
}

/** What the usual guests of a request have in the way of its hours. */
async function inTheWay(
  ports: Ports,
  say: Say,
  proposals: readonly Slot[],
  guests: readonly string[],
  language: string,
): Promise<string> {
  const found = await Promise.all(
    proposals.filter(({ instant }) => instant > ports.clock.now()).map((slot) => conflictsWith(ports, slot, guests)),
  );
  const once = [...new Map(found.flat().map((conflict) => [conflict.meeting, conflict])).values()];
  return conflictWords(ports, say, once, 'UTC', language);
}

/** A meeting on the helpdesk's desk: hour, group, who answered what, how to join, and what the helpdesk can do. */
export async function meetingDeskCard(ports: Ports, say: Say, id: string, language = say.language): Promise<Card> {
  const [{ state }, { state: directory }] = await Promise.all([
    ports.store.load('meeting', id),
    ports.store.load('directory', directoryId),
  ]);
  const [requester, join, mailed, invites] = await Promise.all([
    state.requester ? nameOf(ports, state.requester) : undefined,
    state.join ? ports.store.text(state.join) : undefined,
    mailRows(ports, say, state, state.slot.zone),
    Promise.all(
      Object.entries(state.invites).map(async ([person, status]) => ({ name: await nameOf(ports, person), status })),
    ),
  ]);
  const statuses: readonly InviteStatus[] = ['accepted', 'tentative', 'declined', 'sent', 'pending', 'bounced'];
  const answers = statuses.flatMap((status): (readonly [string, string])[] => {
    const names = invites.filter((invite) => invite.status === status).map(({ name }) => name);
    return names.length > 0 ? [[say(`meetings:invites.${status}`), names.join(', ')]] : [];
  });
  const everywhere = await hoursEverywhere(ports, [state.slot], Object.keys(state.invites), language);
  const begun = state.slot.instant <= ports.clock.now();
  const over = endOf(state.slot) <= Date.parse(ports.clock.now());
  return {
    title: say('meetings:meeting', { id }),
    tone: state.stage === 'scheduled' ? 'waiting' : state.stage === 'held' ? 'good' : 'plain',
    body: [
      { kind: 'text', text: say(`meetings:desk.meeting.${state.stage}`) },
      {
        kind: 'facts',
        rows: [
          [say('meetings:facts.when'), deskHour(say, state.slot, language)],
          ...(everywhere.length > 0 ? [[say('meetings:facts.everywhere'), everywhere.join('\n')] as const] : []),
          [say('meetings:facts.group'), groupWords(say, directory, state.group)],
          [say('meetings:facts.case'), state.caseId ?? say('meetings:desk.no-case')],
          ...(requester
            ? [
                [
                  say('meetings:desk.from'),
                  say('meetings:desk.requester', {
                    name: requester,
                    hcp: directory.hcps[state.hcp ?? '']?.name ?? state.hcp ?? '',
                  }),
                ] as const,
              ]
            : []),
          ...answers,
          ...mailed,
          ...(state.agenda?.length ? [[say('series:agenda.fact'), state.agenda.join(', ')] as const] : []),
          ...(await afterRows(ports, say, state)),
          ...(join ? [[say('meetings:desk.join'), join] as const] : []),
        ],
      },
    ],
    buttons:
      state.stage === 'scheduled'
        ? [
            ...(begun ? [button(say, 'held', 'scheduling.held', id, 'primary')] : []),
            ...suggestionButtons(say, id, state),
            button(say, 'move', 'scheduling.move', id),
            ...(begun ? [] : [button(say, 'invite', 'scheduling.invite', id)]),
            ...(begun || invites.length < 2 ? [] : [button(say, 'take-off', 'scheduling.take-off', id)]),
            ...(over ? [] : (state.agenda ?? [])).map((caseId) => ({
              label: say('series:agenda.remove', { id: caseId }),
              action: 'agenda.remove',
              ref: `${id}|${caseId}`,
            })),
            {
              ...button(say, 'cancel', 'scheduling.cancel', id, 'danger'),
              confirm: say('meetings:desk.cancel-confirm', { id }),
            },
          ]
        : [],
  };
}

function button(say: Say, key: string, action: string, ref: string, style?: ActButton['style']): ActButton {
  return { label: say(`meetings:desk.buttons.${key}`), action, ref, ...(style ? { style } : {}) };
}
