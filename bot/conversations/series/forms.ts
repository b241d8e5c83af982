import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { localHour } from '../../../domain/meetings/hours.ts';
import type { Rule } from '../../../domain/meetings/series-rule.ts';
import { weeks } from '../../../domain/meetings/series-rule.ts';
import type { Slot } from '../../../domain/meetings/slots.ts';
import { fieldErrors, type Turn } from '../../turn.ts';
import type { Field, Form, Values } from '../../view.ts';
import { checked, fields, wordedOptions } from '../fields.ts';
import { joinShape } from '../meetings/scheduling.ts';
import { joinField } from '../meetings/scheduling-forms.ts';
import { lengthField, lengths } from '../meetings/words.ts';
import { clockHours } from '../polls/forms.ts';
import { dateFrom } from './cards.ts';

const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const;
const everyMonths = ['1', '2', '3'] as const;

const ruleShape = z.object({
  week: fields.choice(weeks),
  weekday: fields.choice(weekdays),
  every: fields.choice(everyMonths),
  clock: fields.one,
  minutes: fields.choice(lengths),
  until: z.preprocess((value) => (value === '' ? undefined : value), fields.date.optional()),
});
const startShape = ruleShape.extend({ group: fields.one, from: fields.date, join: joinShape });

/** What the form of a new series says. Ends the turn where a field is wrong. */
export function startedFrom(turn: Turn, values: Values) {
  const asked = checked(turn, startShape, values);
  const { group, join } = asked;
  return { group, join, rule: ruleFrom(turn, asked, asked.from) };
}

/** The rule that the form says, from now on. */
export function newRule(turn: Turn, values: Values): Rule {
  return ruleFrom(turn, checked(turn, ruleShape, values), today(turn));
}

function ruleFrom(turn: Turn, asked: z.infer<typeof ruleShape>, from: string): Rule {
  if (!clockHours.includes(asked.clock)) fieldErrors({ clock: turn.say('fields:choose') });
  if (asked.until !== undefined && asked.until < from) fieldErrors({ until: turn.say('series:start.until-early') });
  return {
    week: asked.week,
    weekday: Number(asked.weekday),
    everyMonths: Number(asked.every),
    clock: asked.clock,
    zone: turn.zone,
    minutes: Number(asked.minutes),
    from,
    ...(asked.until ? { until: asked.until } : {}),
  };
}

const today = ({ now, zone }: Turn) => Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDate().toString();

function ruleFields(turn: Turn, rule?: Rule): Field[] {
  const { say, zone } = turn;
  return [
    {
      kind: 'choice',
      name: 'week',
      ...(rule ? { value: rule.week } : {}),
      label: say('series:start.week'),
      options: wordedOptions(turn, 'series:weeks', weeks),
    },
    {
      kind: 'choice',
      name: 'weekday',
      ...(rule ? { value: String(rule.weekday) } : {}),
      label: say('series:start.weekday'),
      options: wordedOptions(turn, 'series:weekdays', weekdays),
    },
    {
      kind: 'choice',
      name: 'every',
      label: say('series:start.every'),
      options: wordedOptions(turn, 'series:every', everyMonths),
      value: String(rule?.everyMonths ?? 1),
    },
    {
      kind: 'choice',
      name: 'clock',
      ...(rule ? { value: rule.clock } : {}),
      label: say('series:start.clock'),
      hint: say('meetings:ask.zone', { zone }),
      options: clockHours.map((value) => ({ value, label: value })),
    },
    lengthField(turn),
  ];
}

/** The form that starts a series. */
export function startForm(turn: Turn): Form {
  const { say, zone } = turn;
  return {
    form: 'series.start',
    ref: '',
    title: say('series:start.title'),
    intro: say('series:start.intro', { zone }),
    fields: [
      { kind: 'search', source: 'group', name: 'group', label: say('meetings:ask.group') },
      ...ruleFields(turn),
      { kind: 'date', name: 'from', label: say('series:start.from'), value: today(turn) },
      { kind: 'date', name: 'until', label: say('series:start.until'), optional: true },
      joinField(turn),
    ],
    submit: say('series:start.submit'),
    open: { label: say('series:start.title'), action: 'series.start', ref: '' },
  };
}

/** The form that gives a series another rule, filled with the one that it has. */
export function ruleForm(turn: Turn, id: string, rule: Rule): Form {
  const { say, zone } = turn;
  return {
    form: 'series.rule',
    ref: id,
    title: say('series:change.title', { id }),
    intro: say('series:change.intro', { zone }),
    fields: [
      ...ruleFields(turn, rule),
      {
        kind: 'date',
        name: 'until',
        label: say('series:start.until'),
        optional: true,
        ...(rule.until ? { value: rule.until } : {}),
      },
    ],
    submit: say('series:change.submit'),
    open: { label: say('series:buttons.rule'), action: 'series.rule', ref: id },
  };
}

/** The form that moves one date, filled with an hour that was proposed. */
export function moveForm({ say, zone }: Turn, ref: string, proposed?: Slot): Form {
  const { id, date } = dateFrom(ref);
  return {
    form: 'series.move',
    ref,
    title: say('series:move.title', { id }),
    intro: say('series:move.intro', { date }),
    fields: [
      {
        kind: 'datetime',
        name: 'other',
        label: say('meetings:move.hour'),
        ...(proposed ? { value: localHour(proposed.instant, zone) } : {}),
        hint: say('meetings:ask.zone', { zone }),
        zone,
      },
    ],
    submit: say('meetings:move.submit'),
    open: { label: say('series:buttons.move'), action: 'series.move', ref },
  };
}
