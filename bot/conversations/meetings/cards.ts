import { unseen } from '../../../domain/access.ts';
import type { Directory } from '../../../domain/directory.ts';
import { endOf } from '../../../domain/meetings/conflicts.ts';
import type { InviteStatus, Meeting } from '../../../domain/meetings/meeting.ts';
import { type Poll, silentIn } from '../../../domain/meetings/polls.ts';
import type { MeetingRequest } from '../../../domain/meetings/requests.ts';
import { isOpenRequest, openRequestStages } from '../../../domain/meetings/requests.ts';
import { acrossLists, pageButtons, pageNote, stretch } from '../../paging.ts';
import type { Turn } from '../../turn.ts';
import type { Block, Button, Card, Item } from '../../view.ts';
import { nameOf } from '../../who.ts';
import type { Say } from '../../words.ts';
import { resourceOfCase } from '../cases/access.ts';
import { guestsOf } from './guests.ts';
import { groupWords, hourWords } from './words.ts';
import { hoursEverywhere } from './zones.ts';

/** The actor's open requests and coming meetings, those that wait for the actor first. */
export async function meetingList(turn: Turn, offset = 0): Promise<Card> {
  const { say, ports, actor } = turn;
  const coming = { party: actor.id, status: ['scheduled'] };
  const asked = { person: actor.id, status: openRequestStages };
  const polled = { invitee: actor.id, status: ['open'] };
  const [polls, meetings, requests, directory] = await Promise.all([
    ports.store.count('poll', polled),
    ports.store.count('meeting', coming),
    ports.store.count('request', asked),
    turn.directory(),
  ]);
  const page = stretch(offset, polls + meetings + requests);
  const items = (
    await acrossLists<Item>(
      [
        {
          count: polls,
          read: async (limit, from) =>
            (
              await ports.store.find('poll', polled, { limit, offset: from, order: 'soonest' })
            ).map(({ id, state }) => pollItem(turn, directory, id, state)),
        },
        {
          count: meetings,
          read: async (limit, from) =>
            (
              await ports.store.find('meeting', coming, { limit, offset: from, order: 'soonest' })
            ).map(({ id, state }) => meetingItem(turn, directory, id, state)),
        },
        {
          count: requests,
          read: async (limit, from) =>
            (
              await ports.store.find('request', asked, { limit, offset: from })
            ).map(({ id, state }) => requestItem(turn, directory, id, state)),
        },
      ],
      page,
    )
  ).flat();
  const asks = actor.grants.some(({ role }) => role === 'member' || role === 'assistant');
  return {
    title: say('meetings:list.title'),
    body:
      items.length > 0
        ? [{ kind: 'list', items }, ...pageNote(say, page)]
        : [{ kind: 'text', text: say(asks ? 'meetings:list.none' : 'meetings:list.none-yet') }],
    buttons: [
      asks
        ? { label: say('meetings:ask.button'), action: 'meeting.ask', ref: '', style: 'primary' }
        : { label: say('help:buttons.status'), action: 'status.show' },
      ...pageButtons(say, page, 'meeting.list'),
    ],
  };
}

/** A poll in a list: whether one's answer is missing. */
export function pollItem({ say, actor }: Turn, directory: Directory, id: string, state: Poll): Item {
  return {
    title: say('meetings:list.poll', { id, group: groupWords(say, directory, state.group) }),
    detail: say(silentIn(state).includes(actor.id) ? 'polls:next.asked' : 'polls:next.answered'),
    buttons: [{ label: say('polls:buttons.show'), action: 'poll.show', ref: id }],
  };
}

/** A coming meeting in a list: when, and what one answered. */
export function meetingItem(turn: Turn, directory: Directory, id: string, state: Meeting): Item {
  const { say } = turn;
  const given = answerable(turn, state);
  return {
    title: say('meetings:list.meeting', { id, group: groupWords(say, directory, state.group) }),
    detail: [hourWords(say, state.slot, turn.zone, turn.language), ownAnswer(turn, state)].filter(Boolean).join('\n'),
    buttons: [
      ...(given ? answerButtons(say, id, state, given) : []),
      { label: say('meetings:list.show'), action: 'meeting.show', ref: id },
    ],
  };
}

/** A request of one's own in a list: on whom it waits. */
export function requestItem({ say }: Turn, directory: Directory, id: string, state: MeetingRequest): Item {
  return {
    title: say('meetings:list.request', { id, group: groupWords(say, directory, state.group) }),
    detail: say(`meetings:next.${state.stage}`),
    buttons: [{ label: say('meetings:list.show'), action: 'meeting.request', ref: id }],
  };
}

function ownAnswer({ say, actor }: Turn, { invites }: Meeting): string | undefined {
  const status = invites[actor.id];
  return status && say('meetings:your-answer', { answer: say(`meetings:invites.${status}`) });
}

/** A request as the one who asked sees it: waiting on whom, since when, what they can do. */
export async function requestCard(turn: Turn, id: string): Promise<Card> {
  const { say, ports, zone, language } = turn;
  const state = await turn.thing('request', id);
  turn.mustSee('request', { owner: state.requester, hcp: state.hcp });
  const [directory, experts, question, note] = await Promise.all([
    turn.directory(),
    Promise.all(state.experts.map((expert) => nameOf(ports, expert))),
    state.question ? ports.store.text(state.question) : undefined,
    state.note ? ports.store.text(state.note) : undefined,
  ]);
  const guests = isOpenRequest(state) ? await guestsOf(ports, state) : [];
  const everywhere = await hoursEverywhere(ports, state.proposals, guests, language);
  const body: Block[] = [{ kind: 'text', text: say(`meetings:next.${state.stage}`) }];
  if (question)
    body.push({
      kind: 'text',
      text: say(`meetings:said.${state.stage === 'declined' ? 'declined' : 'asked'}`, { text: question }),
    });
  body.push({
    kind: 'facts',
    rows: [
      ...(state.caseId ? [[say('meetings:facts.case'), state.caseId] as const] : []),
      [say('meetings:facts.group'), groupWords(say, directory, state.group)],
      ...(experts.length > 0 ? [[say('meetings:facts.experts'), experts.join(', ')] as const] : []),
      [say('meetings:facts.hours'), state.proposals.map((slot) => hourWords(say, slot, zone, language)).join('\n')],
      ...(everywhere.length > 0 ? [[say('meetings:facts.everywhere'), everywhere.join('\n')] as const] : []),
      ...(note ? [[say('meetings:facts.note'), note] as const] : []),
    ],
  });
  return {
    title: say('meetings:request', { id }),
    tone:
      state.stage === 'scheduled'
        ? 'good'
        : state.stage === 'needs-information' || state.stage === 'declined'
          ? 'warning'
          : isOpenRequest(state)
            ? 'waiting'
            : 'plain',
    body,
    buttons: requestButtons(turn, id, state),
  };
}

function requestButtons({ say }: Turn, id: string, state: MeetingRequest): Button[] {
  const buttons: Button[] = [];
  if (state.stage === 'needs-information')
    buttons.push({ label: say('meetings:reply.button'), action: 'meeting.reply', ref: id, style: 'primary' });
  if (state.stage === 'scheduled' && state.meetingId)
    buttons.push({
      label: say('meetings:list.show-meeting'),
      action: 'meeting.show',
      ref: state.meetingId,
      style: 'primary',
    });
  if (isOpenRequest(state))
    buttons.push({
      label: say('meetings:cancel.button'),
      action: 'meeting.cancel',
      ref: id,
      style: 'danger',
      confirm: say('meetings:cancel.confirm'),
    });
  if (state.stage === 'declined' || state.stage === 'cancelled')
    buttons.push({ label: say('meetings:ask.button'), action: 'meeting.ask', ref: '' });
  return buttons;
}

const answers = [
  ['accepted', 'accept'],
  ['tentative', 'maybe'],
  ['declined', 'decline'],
] as const satisfies readonly (readonly [InviteStatus, string])[];

/** What one has answered, while one may: a meeting that is over is answered no more. */
function answerable({ actor, now }: Turn, { stage, slot, invites }: Meeting): InviteStatus | undefined {
  return stage === 'scheduled' && Date.parse(now) < endOf(slot) ? invites[actor.id] : undefined;
}

/** Accept, perhaps, decline: what an invitation to this hour, and to no other, can be answered with, but for the answer that was given. */
export function answerButtons(say: Say, id: string, { slot }: Pick<Meeting, 'slot'>, given?: InviteStatus): Button[] {
  return answers
    .filter(([status]) => status !== given)
    .map(([, verb]) => ({
      label: say(`meetings:buttons.${verb}`),
      action: `meeting.${verb}`,
      ref: `${id}|${slot.instant}`,
      ...(verb === 'accept' ? { style: 'primary' as const } : {}),
    }));
}

/** A card in the place of one whose hour has moved since it was shown: what was pressed there is not done. */
export const asOfNow = (say: Say, shown: Card): Card => ({
  ...shown,
  tone: 'warning',
  body: [{ kind: 'text', text: say('meetings:moved-since') }, ...shown.body],
});

/** A meeting as an invitee or the one who asked sees it: number, group, hour in their zone, how to join; no patient in it. */
export async function meetingCard(turn: Turn, id: string): Promise<Card> {
  const { say, ports, zone, language, actor } = turn;
  const state = await turn.thing('meeting', id);
  turn.mustSee('meeting', {
    ...(state.requester ? { owner: state.requester } : {}),
    parties: Object.keys(state.invites),
  });
  const [directory, join, aCase] = await Promise.all([
    turn.directory(),
    state.join ? ports.store.text(state.join) : undefined,
    state.caseId ? ports.store.load('case', state.caseId) : undefined,
  ]);
  const scheduled = state.stage === 'scheduled';
  const mine = state.invites[actor.id];
  const accepted = Object.values(state.invites).filter((status) => status === 'accepted').length;
  const rows: (readonly [string, string])[] = [
    [say('meetings:facts.when'), hourWords(say, state.slot, zone, language)],
    [say('meetings:facts.group'), groupWords(say, directory, state.group)],
    ...(aCase && unseen(actor, 'case', resourceOfCase(aCase.state)) === undefined
      ? [[say('meetings:facts.case'), aCase.id] as const]
      : []),
    [say('meetings:facts.coming'), say('meetings:coming', { accepted, invited: Object.keys(state.invites).length })],
    ...(mine ? [[say('meetings:facts.you'), say(`meetings:invites.${mine}`)] as const] : []),
  ];
  const open = answerable(turn, state);
  const isOver = scheduled && Date.parse(turn.now) >= endOf(state.slot);
  const buttons: Button[] = open ? answerButtons(say, id, state, open) : [];
  if (state.stage === 'held' && state.requester === actor.id)
    buttons.push({ label: say('meetings:how.button'), action: 'meeting.how', ref: id });
  if (scheduled && join) buttons.push({ label: say('meetings:buttons.join'), url: join });
  if (scheduled) buttons.push({ label: say('meetings:calendar.button'), action: 'meeting.calendar', ref: id });
  return {
    title: say('meetings:meeting', { id }),
    tone: scheduled
      ? mine === 'pending' || mine === 'sent'
        ? 'waiting'
        : 'good'
      : state.stage === 'cancelled'
        ? 'warning'
        : 'plain',
    body: [
      {
        kind: 'text',
        text: say(
          open && open !== 'accepted' && open !== 'declined'
            ? 'meetings:next.invited'
            : `meetings:meeting-next.${isOver ? 'over' : state.stage}`,
        ),
      },
      { kind: 'facts', rows },
      ...(scheduled ? [{ kind: 'note' as const, text: say('meetings:no-patient-data') }] : []),
    ],
    buttons,
  };
}
