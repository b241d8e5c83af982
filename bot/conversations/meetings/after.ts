import { z } from 'zod';
import { denied } from '../../../domain/access.ts';
import { refuse } from '../../../domain/decider.ts';
import { type Meeting, outcomes } from '../../../domain/meetings/meeting.ts';
import type { Answer } from '../../interaction.ts';
import { card, end, type Turn } from '../../turn.ts';
import type { Form, Values } from '../../view.ts';
import { peopleToChoose } from '../../who.ts';
import { checked, fields, guarded, wordedOptions } from '../fields.ts';
import { textRow } from './asking.ts';
import { meetingCard } from './cards.ts';
import { deskHour, meetingDeskCard } from './desk-cards.ts';

const yesOrNo = ['yes', 'no'] as const;
const remarkLength = 500;
/** More than one can invite at once, and others after them. */
const peopleAtMost = 500;

/** The helpdesk's form once a meeting was held: who was there, whether the case was discussed. */
export async function took(turn: Turn, id: string): Promise<Answer> {
  turn.mustSee('queue', {});
  const state = await turn.thing('meeting', id);
  if (state.stage !== 'scheduled') end(refuse('meeting.wrong-stage', { stage: state.stage }));
  if (state.slot.instant > turn.now) end(refuse('meeting.not-yet'));
  return { form: await heldForm(turn, id, state) };
}

async function heldForm(turn: Turn, id: string, { invites, slot, caseId, agenda = [] }: Meeting): Promise<Form> {
  const { say, ports, language } = turn;
  const people = await peopleToChoose(ports, Object.keys(invites));
  return {
    form: 'scheduling.held',
    ref: id,
    title: say('meetings:held.title', { id }),
    intro: say('meetings:held.intro', { hour: deskHour(say, slot, language) }),
    fields: [
      {
        kind: 'choices',
        name: 'attended',
        label: say('meetings:held.attended'),
        hint: say('meetings:held.attended-hint'),
        options: people.toSorted((a, b) => a.label.localeCompare(b.label)),
        value: people.flatMap(({ value }) => (invites[value] === 'accepted' ? [value] : [])),
        optional: true,
      },
      ...(agenda.length > 0
        ? [
            {
              kind: 'choices' as const,
              name: 'cases',
              label: say('meetings:held.cases'),
              options: agenda.map((value) => ({ value, label: value })),
              value: agenda,
              optional: true,
            },
          ]
        : []),
      ...(caseId
        ? [
            {
              kind: 'choice' as const,
              name: 'discussed',
              label: say('meetings:held.discussed'),
              options: wordedOptions(turn, 'meetings:held', yesOrNo),
            },
          ]
        : []),
    ],
    submit: say('meetings:held.submit'),
    open: { label: say('meetings:desk.buttons.held'), action: 'scheduling.held', ref: id },
  };
}

/** The submitted form of `took`. */
export async function held(turn: Turn, id: string, values: Values): Promise<Answer> {
  turn.mustSee('queue', {});
  const { caseId, agenda = [] } = await turn.thing('meeting', id);
  const shape = z.object({
    attended: fields.several(peopleAtMost),
    cases: fields.several(agenda.length),
    discussed: caseId ? fields.choice(yesOrNo) : fields.optionalChoice(yesOrNo),
  });
  const { attended, cases, discussed } = checked(turn, shape, values);
  await turn.act(
    [
      {
        kind: 'meeting',
        id,
        command: {
          type: 'meeting.held',
          attended,
          ...(caseId || agenda.length > 0
            ? { discussed: [...(caseId && discussed === 'yes' ? [caseId] : []), ...cases] }
            : {}),
        },
      },
    ],
    { kind: 'desk', id },
  );
  return card(await meetingDeskCard(turn.ports, turn.say, id, turn.language), true);
}

/** The form for the one who asked for a meeting: was the question answered, shall there be another. */
export async function how(turn: Turn, id: string): Promise<Answer> {
  const { say, actor } = turn;
  const { requester, stage, review } = await turn.thing('meeting', id);
  const refusal = denied(actor, 'meeting.review', requester ? { owner: requester } : {});
  if (refusal) end(requester === actor.id ? refusal : refuse('meeting.not-yours'));
  if (stage !== 'held') end(refuse('meeting.wrong-stage', { stage }));
  return {
    form: {
      form: 'meeting.how',
      ref: id,
      title: say('meetings:how.title', { id }),
      fields: [
        {
          kind: 'choice',
          name: 'outcome',
          label: say('meetings:how.outcome'),
          options: wordedOptions(turn, 'meetings:how.outcomes', outcomes),
          ...(review ? { value: review.outcome } : {}),
        },
        {
          kind: 'choice',
          name: 'again',
          label: say('meetings:how.again'),
          options: wordedOptions(turn, 'meetings:held', yesOrNo),
          ...(review ? { value: review.again ? 'yes' : 'no' } : {}),
        },
        {
          kind: 'text',
          name: 'comment',
          label: say('meetings:how.comment'),
          hint: say('meetings:ask.note-hint'),
          max: remarkLength,
          optional: true,
        },
      ],
      submit: say('meetings:how.submit'),
      open: { label: say('meetings:how.button'), action: 'meeting.how', ref: id },
    },
  };
}

/** The submitted form of `how`. */
export async function reviewed(turn: Turn, id: string, values: Values): Promise<Answer> {
  const shape = z.object({
    outcome: fields.choice(outcomes),
    again: fields.choice(yesOrNo),
    comment: fields.optionalLine(remarkLength),
  });
  const { outcome, again, comment } = checked(turn, shape, values);
  guarded(turn, { comment });
  const text = textRow(turn, id, comment);
  await turn.act(
    [
      {
        kind: 'meeting',
        id,
        command: {
          type: 'meeting.review',
          outcome,
          again: again === 'yes',
          ...(text ? { comment: text.id } : {}),
        },
      },
    ],
    { kind: 'meeting', id },
    { rows: text ? [text] : [] },
  );
  const shown = await meetingCard(turn, id);
  return card({ ...shown, body: [{ kind: 'text', text: turn.say('meetings:how.thanks') }, ...shown.body] }, true);
}
