import { Temporal } from 'temporal-polyfill';
import { sayHour } from '../../../domain/meetings/hours.ts';
import { type Poll, votes } from '../../../domain/meetings/polls.ts';
import type { MeetingRequest } from '../../../domain/meetings/requests.ts';
import type { Turn } from '../../turn.ts';
import type { Field, Form } from '../../view.ts';
import { joinField, whoFields } from '../meetings/scheduling-forms.ts';
import { lengthField } from '../meetings/words.ts';

export const daysAtMost = 5;
export const commentLength = 300;
/** Hours of the day that a poll's form offers. */
export const clockHours: readonly string[] = Array.from(
  { length: 27 },
  (_, half) => `${String(7 + Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`,
);

/** Three working days from now at 18:00 in the person's zone: a deadline to begin with. */
function usualDeadline({ now, zone }: Turn): string {
  let day = Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDate();
  for (let left = 3; left > 0; ) {
    day = day.add({ days: 1 });
    if (day.dayOfWeek <= 5) left -= 1;
  }
  return `${day.toString()}T18:00`;
}

/** The form that starts a poll: the request's hours and a grid of days and hours, who is asked, who must be there, how many, until when. */
export async function startForm(
  turn: Turn,
  requestId: string,
  request: MeetingRequest | undefined,
  guests: readonly string[],
): Promise<Form> {
  const { say, zone, language } = turn;
  const proposed = (request?.proposals ?? []).flatMap((slot, index) =>
    slot.instant > turn.now ? [{ value: String(index), label: sayHour(slot.instant, slot.zone, language) }] : [],
  );
  return {
    form: 'poll.start',
    ref: requestId,
    title: requestId ? say('polls:start.title', { id: requestId }) : say('polls:start.title-new'),
    intro: say('polls:start.intro'),
    fields: [
      ...(proposed.length > 0
        ? [
            {
              kind: 'choices' as const,
              name: 'proposed',
              label: say('meetings:facts.hours'),
              options: proposed,
              value: proposed.map(({ value }) => value),
              optional: true,
            },
          ]
        : []),
      ...Array.from(
        { length: daysAtMost },
        (_, index): Field => ({
          kind: 'date',
          name: `day${index + 1}`,
          label: say('polls:start.day', { number: index + 1 }),
          optional: true,
        }),
      ),
      {
        kind: 'choices',
        name: 'hours',
        label: say('polls:start.hours'),
        hint: say('polls:start.hours-hint', { zone }),
        options: clockHours.map((value) => ({ value, label: value })),
        optional: true,
      },
      lengthField(turn, request?.proposals[0]?.minutes),
      ...(await whoFields(turn, requestId, { name: 'voters', label: say('polls:start.voters'), people: guests })),
      {
        kind: 'search',
        source: 'expert',
        several: true,
        name: 'required',
        label: say('polls:start.required'),
        hint: say('polls:start.required-hint'),
        optional: true,
      },
      {
        kind: 'line',
        name: 'quorum',
        label: say('polls:start.quorum'),
        hint: say('polls:start.quorum-hint'),
        value: String(Math.max(1, Math.min(2, guests.length))),
        max: 3,
      },
      {
        kind: 'datetime',
        name: 'deadline',
        label: say('polls:start.deadline'),
        hint: say('meetings:ask.zone', { zone }),
        zone,
        value: usualDeadline(turn),
      },
      { kind: 'check', name: 'hidden', label: say('polls:start.hidden'), optional: true },
      joinField(turn),
    ],
    submit: say('polls:start.submit'),
    open: { label: say('polls:start.button'), action: 'poll.start', ref: requestId },
  };
}

/**
 * The form to answer with: yes, if need be or no for each hour in the person's own zone, a comment, another hour. Who has answered
 * is asked about the hours alone that came in since.
 */
export async function answerForm(turn: Turn, id: string, state: Poll): Promise<Form> {
  const { say, zone, language, actor, ports } = turn;
  const own = state.ballots[actor.id];
  const comment = own?.comment ? await ports.store.text(own.comment) : undefined;
  const again = own !== undefined && own.votes.length < state.slots.length;
  const besides: readonly Field[] = [
    {
      kind: 'datetime',
      name: 'other',
      label: say('polls:answer.other'),
      hint: say('meetings:ask.zone', { zone }),
      zone,
      optional: true,
    },
    {
      kind: 'text',
      name: 'comment',
      label: say('polls:answer.comment'),
      hint: say('meetings:ask.note-hint'),
      max: commentLength,
      optional: true,
      ...(comment ? { value: comment } : {}),
    },
  ];
  return {
    form: 'poll.answer',
    ref: id,
    title: say('polls:answer.title', { id }),
    intro: say(again ? 'polls:answer.intro-again' : 'polls:answer.intro', {
      zone,
      deadline: sayHour(state.deadline, zone, language),
    }),
    fields: [
      ...state.slots.flatMap((slot, index): Field[] => {
        const said = own?.votes[index];
        if (again && said) return [];
        return [
          {
            kind: 'choice',
            name: `hour${index}`,
            label: sayHour(slot.instant, zone, language),
            options: votes.map((value) => ({ value, label: say(`polls:votes.${value}`) })),
            ...(said ? { value: said } : {}),
          },
        ];
      }),
      ...(again ? [] : besides),
    ],
    submit: say('polls:answer.submit'),
    open: { label: say('polls:buttons.answer'), action: 'poll.answer', ref: id },
  };
}

/** The form that adds one hour to a poll. */
export function addForm({ say, zone }: Turn, id: string): Form {
  return {
    form: 'poll.add',
    ref: id,
    title: say('polls:add.title', { id }),
    intro: say('polls:add.intro'),
    fields: [
      {
        kind: 'datetime',
        name: 'other',
        label: say('meetings:plan.hour'),
        hint: say('meetings:ask.zone', { zone }),
        zone,
      },
    ],
    submit: say('polls:add.submit'),
    open: { label: say('polls:desk.add'), action: 'poll.add', ref: id },
  };
}
