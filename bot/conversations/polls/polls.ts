import { z } from 'zod';
import { denied } from '../../../domain/access.ts';
import { refuse } from '../../../domain/decider.ts';
import { type Poll, votes } from '../../../domain/meetings/polls.ts';
import type { Slot } from '../../../domain/meetings/slots.ts';
import type { Step } from '../../execute.ts';
import type { Answer } from '../../interaction.ts';
import { type Conversation, card, end, fieldErrors, type Turn, ticked } from '../../turn.ts';
import type { Values } from '../../view.ts';
import { checked, fields, guarded } from '../fields.ts';
import { textRow } from '../meetings/asking.ts';
import { guestsOf, namedGuests, takenFrom } from '../meetings/guests.ts';
import { deskCard, inviteesAtMost, joinShape, openRequest } from '../meetings/scheduling.ts';
import { lengths, pollIdShape, requestIdShape, slotsFrom } from '../meetings/words.ts';
import { hourFrom, pollCard, pollDeskCard } from './cards.ts';
import { addForm, answerForm, clockHours, commentLength, daysAtMost, startForm } from './forms.ts';

const days = Array.from({ length: daysAtMost }, (_, index) => `day${index + 1}`);
const optionalDate = z.preprocess((value) => (value === '' ? undefined : value), fields.date.optional());

const startShape = z.object({
  proposed: fields.several(20),
  ...Object.fromEntries(days.map((name) => [name, optionalDate])),
  hours: fields.several(clockHours.length),
  minutes: fields.choice(lengths),
  group: fields.optionalOne,
  voters: fields.several(inviteesAtMost),
  required: fields.several(inviteesAtMost),
  quorum: z.coerce.number({ error: 'polls:start.number' }).int('polls:start.number').min(1, 'polls:start.number'),
  deadline: fields.hour,
  join: joinShape,
});

/** Polls for a meeting's hour: started, led and finalised by the helpdesk, answered by those who are asked. */
export const pollConversation: Conversation = {
  commands: {
    poll: async (turn, rest) => {
      const typed = rest.trim().split(/\s+/)[0]?.toUpperCase() ?? '';
      if (pollIdShape.test(typed)) return card(await shown(turn, typed));
      turn.mustSee('queue', {});
      return start(turn, requestIdShape.test(typed) ? typed : '');
    },
  },

  presses: {
    'poll.show': async (turn, ref) => card(await pollCard(turn, ref)),
    'poll.start': start,
    'poll.answer': async (turn, ref) => ({ form: await answerForm(turn, ref, await askedIn(turn, ref)) }),
    'poll.all': async (turn, ref) => {
      const { slots, ballots } = await askedIn(turn, ref);
      const said = ballots[turn.actor.id]?.votes ?? [];
      // Where hours came in since, only those are meant.
      const kept = said.length < slots.length ? said : [];
      const given = slots.map((_, index) => kept[index] ?? ('yes' as const));
      const command = { type: 'poll.vote', person: turn.actor.id, votes: given } as const;
      await turn.act([{ kind: 'poll', id: ref, command }], { kind: 'poll', id: ref });
      return card(await pollCard(turn, ref), true);
    },
    'poll.add': async (turn, ref) => {
      await led(turn, ref);
      return { form: addForm(turn, ref) };
    },
    'poll.take-up': async (turn, ref) => {
      const { id, instant } = hourFrom(ref);
      const { counters } = await led(turn, id);
      const counter = counters.find(({ slot }) => slot.instant === instant);
      if (!counter) end(refuse('poll.hour-twice'));
      return done(turn, id, { type: 'poll.add', slot: counter.slot });
    },
    'poll.turn-down': async (turn, ref) => {
      const { id, instant } = hourFrom(ref);
      await led(turn, id);
      return done(turn, id, { type: 'poll.turn-down', instant });
    },
    'poll.close': (turn, ref) => done(turn, ref, { type: 'poll.close' }),
    'poll.withdraw': (turn, ref) => done(turn, ref, { type: 'poll.withdraw' }),
    'poll.finalise': finalise,
  },

  forms: {
    'poll.start': begun,
    'poll.answer': answered,
    'poll.add': async (turn, id, values) => {
      const { slots } = await led(turn, id);
      const { other } = checked(turn, z.object({ other: fields.hour }), values);
      const [slot] = slotsFrom(turn, { other }, turn.zone, slots[0]?.minutes ?? 60, values);
      return done(turn, id, { type: 'poll.add', slot: slot ?? fieldErrors({ other: turn.say('fields:hour') }) });
    },
  },

  shows: { poll: pollCard },
};

/** A poll for whoever typed its number: the helpdesk's card for the helpdesk, unless they are asked themselves. */
async function shown(turn: Turn, id: string) {
  const { voters } = await turn.thing('poll', id);
  const leads = turn.actor.grants.some(({ role }) => role === 'helpdesk') && !voters.includes(turn.actor.id);
  return leads ? pollDeskCard(turn.ports, turn.say, id, turn.language) : pollCard(turn, id);
}

async function led(turn: Turn, id: string): Promise<Poll> {
  turn.mustSee('queue', {});
  return turn.thing('poll', id);
}

async function askedIn(turn: Turn, id: string): Promise<Poll> {
  const state = await turn.thing('poll', id);
  const refusal = denied(turn.actor, 'poll.vote', { parties: state.voters });
  if (refusal) end(state.voters.includes(turn.actor.id) ? refusal : refuse('poll.not-asked'));
  if (state.stage !== 'open' || state.deadline <= turn.now) end(refuse('poll.over'));
  return state;
}

async function done(turn: Turn, id: string, command: Extract<Step, { kind: 'poll' }>['command']): Promise<Answer> {
  await turn.act([{ kind: 'poll', id, command }], { kind: 'desk', id });
  return card(await pollDeskCard(turn.ports, turn.say, id, turn.language), true);
}

async function start(turn: Turn, requestId: string): Promise<Answer> {
  turn.mustSee('queue', {});
  if (!requestId) return { form: await startForm(turn, '', undefined, []) };
  const request = await openRequest(turn, requestId);
  return { form: await startForm(turn, requestId, request, await guestsOf(turn.ports, request)) };
}

async function begun(turn: Turn, requestId: string, values: Values): Promise<Answer> {
  turn.mustSee('queue', {});
  const asked = checked(turn, startShape, values);
  const request = requestId ? await openRequest(turn, requestId) : undefined;
  const minutes = Number(asked.minutes);
  const slots = unique([
    ...asked.proposed.flatMap((index) => {
      const slot = request?.proposals[Number(index)];
      return slot && slot.instant > turn.now ? [{ ...slot, minutes }] : [];
    }),
    ...gridSlots(turn, asked, minutes, values),
  ]);
  if (slots.length < 2) fieldErrors({ hours: turn.say('polls:start.too-few') });
  const group = request ? request.group : asked.group;
  const voters = await namedGuests(turn, 'voters', asked.voters, request, group);
  if (asked.required.some((person) => !voters.includes(person)))
    fieldErrors({ required: turn.say('refusals:poll.required-not-asked') });
  const [deadline] = slotsFrom(turn, { deadline: asked.deadline }, turn.zone, 5, values);
  if (!deadline) fieldErrors({ deadline: turn.say('fields:hour') });
  const id = turn.ports.ids.next('V');
  const join = textRow(turn, id, asked.join);
  await turn.act(
    [
      {
        kind: 'poll',
        id,
        command: {
          type: 'poll.open',
          ...takenFrom(requestId, request),
          ...(group ? { group } : {}),
          slots,
          voters,
          required: asked.required,
          quorum: asked.quorum,
          deadline: deadline.instant,
          hidden: ticked(values, 'hidden'),
          ...(join ? { join: join.id } : {}),
        },
      },
    ],
    { kind: 'desk', id },
    { rows: join ? [join] : [] },
  );
  return card(await pollDeskCard(turn.ports, turn.say, id, turn.language), true);
}

/** Every chosen hour on every chosen day. An hour that does not exist, exists twice or has passed is told at its day. */
function gridSlots(turn: Turn, asked: Readonly<Record<string, unknown>>, minutes: number, values: Values): Slot[] {
  const hours = (asked['hours'] as readonly string[]).filter((hour) => clockHours.includes(hour));
  return days.flatMap((name) => {
    const day = asked[name];
    if (typeof day !== 'string') return [];
    if (hours.length === 0) fieldErrors({ hours: turn.say('polls:start.no-hours') });
    return hours.flatMap((hour) => slotsFrom(turn, { [name]: `${day}T${hour}` }, turn.zone, minutes, values));
  });
}

function unique(slots: readonly Slot[]): Slot[] {
  return [...new Map(slots.map((slot) => [slot.instant, slot])).values()].toSorted((a, b) =>
    a.instant.localeCompare(b.instant),
  );
}

async function answered(turn: Turn, id: string, values: Values): Promise<Answer> {
  const { slots, ballots, added = 0 } = await askedIn(turn, id);
  const said = ballots[turn.actor.id]?.votes ?? [];
  const inForm = (index: number) => values[`hour${index}`] !== undefined;
  const newest = slots.findLastIndex((_, index) => inForm(index));
  // An hour that came in while the form was open waits for another answer; one that the form does not ask about keeps its own.
  const needed = slots.flatMap((_, index) => {
    const cameIn = newest >= 0 && newest < index && slots.length - index <= added;
    return cameIn || (said[index] !== undefined && !inForm(index)) ? [] : [index];
  });
  const shape = z.object({
    ...Object.fromEntries(needed.map((index) => [`hour${index}`, fields.choice(votes)])),
    other: fields.optionalHour,
    comment: fields.optionalLine(commentLength),
  });
  const asked = checked(turn, shape, values) as Readonly<Record<string, string | undefined>>;
  const { other, comment } = asked;
  guarded(turn, { comment });
  const [slot] = slotsFrom(turn, { other }, turn.zone, slots[0]?.minutes ?? 60, values);
  const text = textRow(turn, id, comment);
  const person = turn.actor.id;
  const all = slots.map((_, index) => votes.find((vote) => vote === asked[`hour${index}`]) ?? said[index]);
  const end = all.indexOf(undefined);
  const given = (end < 0 ? all : all.slice(0, end)).filter((vote) => vote !== undefined);
  await turn.act(
    [
      { kind: 'poll', id, command: { type: 'poll.vote', person, votes: given, ...(text ? { comment: text.id } : {}) } },
      ...(slot ? [{ kind: 'poll' as const, id, command: { type: 'poll.propose' as const, person, slot } }] : []),
    ],
    { kind: 'poll', id },
    { rows: text ? [text] : [] },
  );
  return card(await pollCard(turn, id), true);
}

/** The one press: the meeting is scheduled at the poll's hour, and everybody who was asked is invited. */
async function finalise(turn: Turn, ref: string): Promise<Answer> {
  const { id: pollId, instant } = hourFrom(ref);
  const state = await led(turn, pollId);
  const slot = state.slots.find((one) => one.instant === instant);
  if (!slot) end(refuse('poll.hour-not-asked'));
  const { ports } = turn;
  const people = await Promise.all(state.voters.map((voter) => ports.store.load('person', voter)));
  const invitees = people.filter((person) => person.state.stage === 'entered').map((person) => person.id);
  const id = ports.ids.next('M');
  const join = textRow(turn, id, state.join && (await ports.store.text(state.join)));
  await turn.act(
    [
      {
        kind: 'meeting',
        id,
        command: {
          type: 'meeting.schedule',
          pollId,
          ...(state.requestId ? { requestId: state.requestId } : {}),
          ...(state.requester ? { requester: state.requester } : {}),
          ...(state.hcp ? { hcp: state.hcp } : {}),
          ...(state.caseId ? { caseId: state.caseId } : {}),
          ...(state.group ? { group: state.group } : {}),
          slot,
          invitees,
          required: state.required,
          quorum: state.quorum,
          ...(join ? { join: join.id } : {}),
        },
      },
    ],
    { kind: 'desk', id },
    { rows: join ? [join] : [] },
  );
  return card(await deskCard(turn, id), true);
}
