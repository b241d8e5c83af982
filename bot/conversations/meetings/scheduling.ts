import { z } from 'zod';
import { refuse } from '../../../domain/decider.ts';
import type { MeetingRequest } from '../../../domain/meetings/requests.ts';
import { isOpenRequest, openRequestStages } from '../../../domain/meetings/requests.ts';
import type { Slot } from '../../../domain/meetings/slots.ts';
import type { Answer } from '../../interaction.ts';
import { pageButtons, pageNote, readPageRef, stretch } from '../../paging.ts';
import { type Conversation, card, end, fieldErrors, type Turn } from '../../turn.ts';
import type { Card, Values } from '../../view.ts';
import { nameOf, peopleToChoose } from '../../who.ts';
import { checked, fields, guarded } from '../fields.ts';
import { held, took } from './after.ts';
import type { AskPrefill } from './asking.ts';
import { textRow } from './asking.ts';
import { mustBeFree } from './conflicts.ts';
import { meetingDeskCard, requestDeskCard } from './desk-cards.ts';
import { guestsOf, namedGuests, takenFrom } from './guests.ts';
import {
  anotherHour,
  inviteForm,
  joinLength,
  moveForm,
  planForm,
  reasonLength,
  takeOffForm,
  textForm,
} from './scheduling-forms.ts';
import { requestsByUrgency, urgencyWords } from './urgency.ts';
import { groupWords, hourWords, lengths, meetingIdShape, requestIdShape, slotsFrom } from './words.ts';

export { meetingDeskCard, requestDeskCard } from './desk-cards.ts';

export const inviteesAtMost = 250;

/** The address of a video meeting. */
export const joinShape = z
  .url({ protocol: /^https$/, hostname: z.regexes.domain, error: 'fields:url' })
  .max(joinLength);

const planShape = z.object({
  hour: fields.optionalOne,
  other: fields.optionalHour,
  minutes: fields.choice(lengths),
  group: fields.optionalOne,
  invitees: fields.several(inviteesAtMost),
  join: joinShape,
});

/** The helpdesk's side of meetings (rule 7): scheduling, moving, cancelling, asking back, declining. */
export const schedulingConversation: Conversation = {
  commands: {
    schedule: async (turn, rest) => {
      const typed = idIn(turn, rest);
      if (requestIdShape.test(typed)) return plan(turn, typed);
      return typed === 'NEW' ? plan(turn, '') : card(await waitingList(turn));
    },
    reschedule: async (turn, rest) => {
      const typed = idIn(turn, rest);
      return meetingIdShape.test(typed) ? move(turn, typed) : card(await comingList(turn, 'move'));
    },
    cancel: async (turn, rest) => {
      const typed = idIn(turn, rest);
      if (meetingIdShape.test(typed) || requestIdShape.test(typed)) return card(await cancelCard(turn, typed));
      return card(await comingList(turn, 'cancel'));
    },
    decline: async (turn, rest) => {
      const typed = idIn(turn, rest);
      return requestIdShape.test(typed) ? decline(turn, typed) : card(await waitingList(turn));
    },
  },

  presses: {
    'scheduling.waiting': async (turn, ref) => card(await waitingList(turn, readPageRef(ref).offset), true),
    'scheduling.coming': async (turn, given) => {
      const { ref, offset } = readPageRef(given);
      return card(await comingList(turn, ref === 'cancel' ? 'cancel' : 'move', offset), true);
    },
    'scheduling.plan': (turn, ref) => plan(turn, ref),
    'scheduling.move': (turn, ref) => move(turn, ref),
    'scheduling.invite': async (turn, ref) => {
      turn.mustSee('queue', {});
      const { slot, stage } = await turn.thing('meeting', ref);
      if (stage !== 'scheduled') end(refuse('meeting.wrong-stage', { stage }));
      return { form: inviteForm(turn, ref, slot) };
    },
    'scheduling.take-off': (turn, ref) => offer(turn, ref),
    'scheduling.suggested': (turn, ref) => {
      const [id = '', person = ''] = ref.split('/');
      return move(turn, id, person);
    },
    'scheduling.leave-hour': async (turn, ref) => {
      const [id = '', person = ''] = ref.split('/');
      await turn.act([{ kind: 'meeting', id, command: { type: 'meeting.decline-hour', person } }], {
        kind: 'desk',
        id,
      });
      return card(await deskCard(turn, id), true);
    },
    'scheduling.ask': async (turn, ref) => {
      await openRequest(turn, ref);
      return { form: textForm(turn, 'ask', ref) };
    },
    'scheduling.decline': (turn, ref) => decline(turn, ref),
    'scheduling.cancel': async (turn, ref) => {
      const what = requestIdShape.test(ref)
        ? ({ kind: 'request', id: ref, command: { type: 'request.cancel' } } as const)
        : ({ kind: 'meeting', id: ref, command: { type: 'meeting.cancel', reason: 'helpdesk' } } as const);
      await turn.act([what], { kind: 'desk', id: ref });
      return card(await deskCard(turn, ref), true);
    },
    'scheduling.held': took,
  },

  forms: {
    'scheduling.plan': schedule,
    'scheduling.move': async (turn, id, values) => {
      const asked = checked(turn, z.object({ other: fields.hour, minutes: fields.choice(lengths) }), values);
      const [slot] = slotsFrom(turn, { other: asked.other }, turn.zone, Number(asked.minutes), values);
      if (!slot) fieldErrors({ other: turn.say('fields:hour') });
      turn.mustSee('queue', {});
      const { invites } = await turn.thing('meeting', id);
      await mustBeFree(turn, 'other', slot, Object.keys(invites), values, id);
      await turn.act([{ kind: 'meeting', id, command: { type: 'meeting.reschedule', slot } }], { kind: 'desk', id });
      return card(await deskCard(turn, id), true);
    },
    'scheduling.invite': invite,
    'scheduling.take-off': takeOff,
    'scheduling.held': held,
    'scheduling.ask': (turn, id, values) => write(turn, id, values, 'ask'),
    'scheduling.decline': (turn, id, values) => write(turn, id, values, 'decline'),
  },
};

function idIn(turn: Turn, rest: string): string {
  turn.mustSee('queue', {});
  return rest.trim().split(/\s+/)[0]?.toUpperCase() ?? '';
}

/** A request or a meeting as the helpdesk sees it. */
export function deskCard({ ports, say, language }: Turn, id: string): Promise<Card> {
  return requestIdShape.test(id)
    ? requestDeskCard(ports, say, id, language)
    : meetingDeskCard(ports, say, id, language);
}

/** A request that waits for the helpdesk; ends the turn for anybody else, and for any other request. */
export async function openRequest(turn: Turn, id: string): Promise<MeetingRequest> {
  turn.mustSee('queue', {});
  const state = await turn.thing('request', id);
  if (!isOpenRequest(state)) end(refuse('request.wrong-stage', { stage: state.stage }));
  return state;
}

async function plan(turn: Turn, requestId: string): Promise<Answer> {
  turn.mustSee('queue', {});
  if (!requestId) return { form: await planForm(turn, { requestId, proposals: [], invitees: [] }) };
  const state = await openRequest(turn, requestId);
  return {
    form: await planForm(turn, { requestId, proposals: state.proposals, invitees: await guestsOf(turn.ports, state) }),
  };
}

/** The form of a meeting that nobody asked for, filled in with what a sentence of the helpdesk said; a list of the requests that wait where it said neither a group nor an hour. */
export async function planSaid(turn: Turn, said: AskPrefill): Promise<Answer> {
  turn.mustSee('queue', {});
  if (!said.group && !said.when) return card(await waitingList(turn));
  return { form: await planForm(turn, { requestId: '', proposals: [], invitees: [], said }) };
}

async function schedule(turn: Turn, requestId: string, values: Values): Promise<Answer> {
  turn.mustSee('queue', {});
  const asked = checked(turn, planShape, values);
  const request = requestId ? await openRequest(turn, requestId) : undefined;
  const slot = chosenSlot(turn, asked, request?.proposals ?? [], values);
  const group = request ? request.group : asked.group;
  const named = await namedGuests(turn, 'invitees', asked.invitees, request, group);
  const field = asked.hour === undefined || asked.hour === anotherHour ? 'other' : 'hour';
  await mustBeFree(turn, field, slot, named, values);
  const id = turn.ports.ids.next('M');
  const join = textRow(turn, id, asked.join);
  await turn.act(
    [
      {
        kind: 'meeting',
        id,
        command: {
          type: 'meeting.schedule',
          ...takenFrom(requestId, request),
          ...(group ? { group } : {}),
          slot,
          invitees: named,
          ...(join ? { join: join.id } : {}),
        },
      },
    ],
    { kind: 'desk', id },
    { rows: join ? [join] : [] },
  );
  return card(await deskCard(turn, id), true);
}

/** One of the proposed hours as it was proposed (with the length that the helpdesk chose), or another in the helpdesk's zone. */
function chosenSlot(turn: Turn, asked: z.output<typeof planShape>, proposals: readonly Slot[], values: Values): Slot {
  const minutes = Number(asked.minutes);
  const proposed = asked.hour === undefined || asked.hour === anotherHour ? undefined : proposals[Number(asked.hour)];
  if (proposed) {
    // Both are filled in: which of them is meant, only a person knows.
    if (asked.other !== undefined) fieldErrors({ other: turn.say('meetings:plan.either') });
    return proposed.instant <= turn.now ? fieldErrors({ hour: turn.say('fields:past') }) : { ...proposed, minutes };
  }
  if (asked.hour !== undefined && asked.hour !== anotherHour) fieldErrors({ hour: turn.say('fields:choose') });
  const [slot] = slotsFrom(turn, { other: asked.other }, turn.zone, minutes, values);
  return slot ?? fieldErrors({ other: turn.say('fields:hour') });
}

/** The form that moves a meeting, with the hour filled in that the calendar of `person` suggested. */
async function move(turn: Turn, id: string, person?: string): Promise<Answer> {
  turn.mustSee('queue', {});
  const { slot, stage, mailed } = await turn.thing('meeting', id);
  if (stage !== 'scheduled') end(refuse('meeting.wrong-stage', { stage }));
  const suggested = mailed?.suggestions.find((suggestion) => suggestion.person === person);
  return { form: moveForm(turn, id, slot, suggested?.slot) };
}

/** More people come to a meeting that is planned: each of them is invited as the others were. */
async function invite(turn: Turn, id: string, values: Values): Promise<Answer> {
  turn.mustSee('queue', {});
  const { invitees } = checked(turn, z.object({ invitees: fields.several(inviteesAtMost) }), values);
  const { slot, caseId } = await turn.thing('meeting', id);
  const people = await namedGuests(
    turn,
    'invitees',
    invitees,
    { experts: [], requester: '', ...(caseId ? { caseId } : {}) },
    undefined,
  );
  await mustBeFree(turn, 'invitees', slot, people, values, id);
  await turn.act([{ kind: 'meeting', id, command: { type: 'meeting.invite', people } }], { kind: 'desk', id });
  return card(await deskCard(turn, id), true);
}

/** The form that takes people off a meeting; who has it by its series is not offered. */
async function offer(turn: Turn, id: string): Promise<Answer> {
  turn.mustSee('queue', {});
  const { slot, stage, invites, occurrence } = await turn.thing('meeting', id);
  if (stage !== 'scheduled') end(refuse('meeting.wrong-stage', { stage }));
  const apart = Object.keys(invites).filter((person) => !occurrence?.people.includes(person));
  if (apart.length === 0) end(refuse('meeting.all-by-series'));
  const options = await peopleToChoose(turn.ports, apart);
  return { form: takeOffForm(turn, id, slot, options) };
}

async function takeOff(turn: Turn, id: string, values: Values): Promise<Answer> {
  turn.mustSee('queue', {});
  const { people } = checked(turn, z.object({ people: fields.several(inviteesAtMost) }), values);
  if (people.length === 0) fieldErrors({ people: turn.say('fields:choose') });
  await turn.act([{ kind: 'meeting', id, command: { type: 'meeting.take-off', people } }], { kind: 'desk', id });
  return card(await deskCard(turn, id), true);
}

async function decline(turn: Turn, id: string): Promise<Answer> {
  await openRequest(turn, id);
  return { form: textForm(turn, 'decline', id) };
}

async function write(turn: Turn, id: string, values: Values, what: 'ask' | 'decline'): Promise<Answer> {
  const { text } = checked(turn, z.object({ text: fields.line(reasonLength) }), values);
  guarded(turn, { text });
  const row = textRow(turn, id, text);
  if (!row) fieldErrors({ text: turn.say('fields:needed') });
  const command =
    what === 'ask'
      ? ({ type: 'request.ask', question: row.id } as const)
      : ({ type: 'request.decline', reason: row.id } as const);
  await turn.act([{ kind: 'request', id, command }], { kind: 'desk', id }, { rows: [row] });
  return card(await deskCard(turn, id), true);
}

/** A typed 'cancel' asks once before it counts. */
async function cancelCard(turn: Turn, id: string): Promise<Card> {
  const shown = await deskCard(turn, id);
  await turn.thing(requestIdShape.test(id) ? 'request' : 'meeting', id);
  return {
    ...shown,
    tone: 'warning',
    buttons: [
      {
        label: turn.say('meetings:desk.buttons.cancel'),
        action: 'scheduling.cancel',
        ref: id,
        style: 'danger',
        confirm: turn.say('meetings:desk.cancel-confirm', { id }),
      },
    ],
  };
}

/** The requests that wait, each with its button, and one for a meeting that nobody asked for. */
async function waitingList(turn: Turn, offset = 0): Promise<Card> {
  turn.mustSee('queue', {});
  const { say, ports } = turn;
  const [found, directory] = await Promise.all([
    requestsByUrgency(ports, { status: openRequestStages }),
    turn.directory(),
  ]);
  const page = stretch(offset, found.length);
  const items = await Promise.all(
    found.slice(page.offset, page.offset + page.limit).map(async ({ id, state }) => ({
      title: say('meetings:list.request', { id, group: groupWords(say, directory, state.group) }),
      detail: [
        ...(await urgencyWords(ports, say, state)),
        say('meetings:desk.waiting', {
          name: await nameOf(ports, state.requester),
          stage: say(`meetings:desk.stages.${state.stage}`),
        }),
      ].join(' · '),
      buttons: [
        { label: say('meetings:desk.buttons.plan'), action: 'scheduling.plan', ref: id },
        { label: say('meetings:desk.buttons.decline'), action: 'scheduling.decline', ref: id },
      ],
    })),
  );
  return {
    title: say('meetings:desk.list'),
    body:
      items.length > 0
        ? [{ kind: 'list', items }, ...pageNote(say, page)]
        : [{ kind: 'text', text: say('meetings:desk.none') }],
    buttons: [
      { label: say('meetings:plan.title-new'), action: 'scheduling.plan', ref: '' },
      ...pageButtons(say, page, 'scheduling.waiting'),
    ],
  };
}

/** The coming meetings, soonest first, with the button for what is to be done to one. */
async function comingList(turn: Turn, what: 'move' | 'cancel', offset = 0): Promise<Card> {
  turn.mustSee('queue', {});
  const { say, ports, zone, language } = turn;
  const coming = { status: ['scheduled'], from: turn.now };
  const page = stretch(offset, await ports.store.count('meeting', coming));
  const found = await ports.store.find('meeting', coming, { ...page, order: 'soonest' });
  const directory = await turn.directory();
  const items = found.map(({ id, state }) => ({
    title: say('meetings:list.meeting', { id, group: groupWords(say, directory, state.group) }),
    detail: hourWords(say, state.slot, zone, language),
    buttons: [
      {
        label: say(`meetings:desk.buttons.${what}`),
        action: `scheduling.${what}`,
        ref: id,
        ...(what === 'cancel'
          ? { style: 'danger' as const, confirm: say('meetings:desk.cancel-confirm', { id }) }
          : {}),
      },
    ],
  }));
  return {
    title: say('meetings:desk.coming'),
    body:
      items.length > 0
        ? [{ kind: 'list', items }, ...pageNote(say, page)]
        : [{ kind: 'text', text: say('meetings:desk.none-coming') }],
    buttons: pageButtons(say, page, 'scheduling.coming', what),
  };
}
