import { z } from 'zod';
import { denied } from '../../../domain/access.ts';
import type { Answer } from '../../interaction.ts';
import { readPageRef } from '../../paging.ts';
import { type Conversation, card, end, type Turn } from '../../turn.ts';
import type { Form } from '../../view.ts';
import { checked, fields, guarded } from '../fields.ts';
import { pollCard } from '../polls/cards.ts';
import { how, reviewed } from './after.ts';
import { askMeeting, hourFields, noteLength, prefillFrom, submitRequest, textRow } from './asking.ts';
import { calendarCard } from './calendar.ts';
import { asOfNow, meetingCard, meetingList, requestCard } from './cards.ts';
import { lengthField, lengths, meetingIdShape, pollIdShape, requestIdShape, slotsFrom } from './words.ts';

export { askMeeting } from './asking.ts';
export { answerButtons } from './cards.ts';

/** Asking for a meeting, answering the helpdesk's question, answering an invitation. Scheduling is the helpdesk's own. */
export const meetingConversation: Conversation = {
  commands: {
    meeting: async (turn, rest) => {
      const typed = rest.trim().toUpperCase();
      if (meetingIdShape.test(typed)) return card(await meetingCard(turn, typed));
      if (pollIdShape.test(typed)) return card(await pollCard(turn, typed));
      if (requestIdShape.test(typed)) return card(await requestCard(turn, typed));
      if (typed === 'CALENDAR') return card(await calendarCard(turn));
      return typed === 'NEW' || typed === 'ASK' ? askMeeting(turn, {}) : card(await meetingList(turn));
    },
  },

  presses: {
    'meeting.list': async (turn, ref) => card(await meetingList(turn, readPageRef(ref).offset), ref.includes('|')),
    'meeting.calendar': async (turn, ref) => card(await calendarCard(turn, await ownMeeting(turn, ref))),
    'meeting.calendar-renew': async (turn, ref) =>
      card(await calendarCard(turn, await ownMeeting(turn, ref), true), true),
    'meeting.show': async (turn, ref) => card(await meetingCard(turn, ref)),
    'meeting.request': async (turn, ref) => card(await requestCard(turn, ref)),
    'meeting.ask': (turn, ref) => askMeeting(turn, prefillFrom(ref)),
    'meeting.ask-for': (turn, ref) => askMeeting(turn, { caseId: ref }),
    'meeting.reply': async (turn, ref) => ({ form: await replyForm(turn, ref) }),
    'meeting.cancel': async (turn, ref) => {
      await turn.act([{ kind: 'request', id: ref, command: { type: 'request.cancel' } }], { kind: 'request', id: ref });
      return card(await requestCard(turn, ref), true);
    },
    'meeting.how': how,
    'meeting.accept': answering('accepted'),
    'meeting.maybe': answering('tentative'),
    'meeting.decline': answering('declined'),
  },

  forms: {
    'meeting.ask': (turn, _ref, values) => submitRequest(turn, values),
    'meeting.how': reviewed,
    'meeting.reply': async (turn, id, values) => {
      const asked = checked(
        turn,
        z.object({
          note: fields.line(noteLength),
          when1: fields.optionalHour,
          when2: fields.optionalHour,
          when3: fields.optionalHour,
          minutes: fields.choice(lengths),
        }),
        values,
      );
      const { when1, when2, when3 } = asked;
      const proposals = slotsFrom(turn, { when1, when2, when3 }, turn.zone, Number(asked.minutes), values);
      guarded(turn, { note: asked.note });
      const note = textRow(turn, id, asked.note);
      await turn.act(
        [
          {
            kind: 'request',
            id,
            command: {
              type: 'request.answer',
              ...(proposals.length > 0 ? { proposals } : {}),
              ...(note ? { note: note.id } : {}),
            },
          },
        ],
        { kind: 'request', id },
        { rows: note ? [note] : [] },
      );
      return card(await requestCard(turn, id), true);
    },
  },

  shows: { request: requestCard, meeting: meetingCard },
};

/** The meeting that a calendar file is asked of: one that the actor may see; none where none is named. */
async function ownMeeting(turn: Turn, id: string): Promise<string> {
  if (id === '') return '';
  const { requester, invites } = await turn.thing('meeting', id);
  turn.mustSee('meeting', { ...(requester ? { owner: requester } : {}), parties: Object.keys(invites) });
  // The helpdesk sees every meeting, and has its own ones in its calendar.
  return requester === turn.actor.id || Object.hasOwn(invites, turn.actor.id) ? id : '';
}

/** An answer to an invitation; it can be changed until the meeting is over. It is for the hour that the pressed card told: one that has moved since is shown anew, and accepts nothing. */
function answering(answer: 'accepted' | 'tentative' | 'declined') {
  return async (turn: Turn, ref: string): Promise<Answer> => {
    const [id = '', instant] = ref.split('|');
    const state = await turn.thing('meeting', id);
    if (state.stage === 'scheduled' && Object.hasOwn(state.invites, turn.actor.id) && instant !== state.slot.instant)
      return card(asOfNow(turn.say, await meetingCard(turn, id)), true);
    await turn.act(
      [
        {
          kind: 'meeting',
          id,
          command: { type: 'meeting.answer', person: turn.actor.id, answer, ...(instant ? { instant } : {}) },
        },
      ],
      { kind: 'meeting', id },
    );
    return card(await meetingCard(turn, id), true);
  };
}

async function replyForm(turn: Turn, id: string): Promise<Form> {
  const { say, ports } = turn;
  const state = await turn.thing('request', id);
  turn.mustSee('request', { owner: state.requester, hcp: state.hcp });
  const refusal = denied(turn.actor, 'request.answer', { owner: state.requester, hcp: state.hcp });
  if (refusal) end(refusal);
  const question = state.question ? await ports.store.text(state.question) : undefined;
  return {
    form: 'meeting.reply',
    ref: id,
    title: say('meetings:reply.title', { id }),
    ...(question ? { intro: say('meetings:said.asked', { text: question }) } : {}),
    fields: [
      {
        kind: 'text',
        name: 'note',
        label: say('meetings:reply.note'),
        hint: say('meetings:ask.note-hint'),
        max: noteLength,
      },
      ...hourFields(turn).map((field) => ({ ...field, optional: true })),
      lengthField(turn, state.proposals[0]?.minutes),
    ],
    submit: say('meetings:reply.submit'),
    open: { label: say('meetings:reply.button'), action: 'meeting.reply', ref: id },
  };
}
