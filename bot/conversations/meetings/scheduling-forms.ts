import { localHour, sayHour } from '../../../domain/meetings/hours.ts';
import type { Slot } from '../../../domain/meetings/slots.ts';
import type { Turn } from '../../turn.ts';
import type { Field, Form, Option } from '../../view.ts';
import { peopleToChoose } from '../../who.ts';
import type { AskPrefill } from './asking.ts';
import { conflictsWith, conflictWords, despiteField } from './conflicts.ts';
import { deskHour } from './desk-cards.ts';
import { lengthField } from './words.ts';

export const joinLength = 500;
export const reasonLength = 1000;
/** The choice of an hour that nobody proposed. */
export const anotherHour = 'other';

export interface PlanOf {
  /** '' for a meeting that nobody asked for. */
  readonly requestId: string;
  readonly proposals: readonly Slot[];
  readonly invitees: readonly string[];
  /** What a sentence said of a new one. */
  readonly said?: AskPrefill;
}

/** The form of a meeting's scheduling: one of the proposed hours or another, who is invited, how to join. */
export async function planForm(turn: Turn, { requestId, proposals, invitees, said }: PlanOf): Promise<Form> {
  const { say, zone, ports, language } = turn;
  const coming = proposals.flatMap((slot, index) =>
    slot.instant > turn.now ? [{ slot, value: String(index), label: sayHour(slot.instant, zone, language) }] : [],
  );
  const inTheWay = await Promise.all(coming.map(({ slot }) => conflictsWith(ports, slot, invitees)));
  const open: Option[] = coming.map(({ value, label }, index) => ({
    value,
    label: inTheWay[index]?.length ? say('meetings:conflicts.option', { hour: label }) : label,
  }));
  const told = await conflictWords(ports, say, inTheWay.flat(), zone, language);
  const hours: Field[] = [
    ...(open.length > 0
      ? [
          {
            kind: 'choice' as const,
            name: 'hour',
            label: say('meetings:plan.hour'),
            options: [...open, { value: anotherHour, label: say('meetings:plan.another') }],
          },
        ]
      : []),
    {
      kind: 'datetime',
      name: 'other',
      label: say(open.length > 0 ? 'meetings:plan.other' : 'meetings:plan.hour'),
      hint: say('meetings:ask.zone', { zone }),
      zone,
      ...(open.length > 0 ? { optional: true } : {}),
      ...(said?.when ? { value: said.when } : {}),
    },
  ];
  return {
    form: 'scheduling.plan',
    ref: requestId,
    title: requestId ? say('meetings:plan.title', { id: requestId }) : say('meetings:plan.title-new'),
    intro: [say('meetings:plan.intro'), ...(told ? [say('meetings:conflicts.known', { conflicts: told })] : [])].join(
      '\n',
    ),
    fields: [
      ...hours,
      lengthField(turn, proposals[0]?.minutes ?? said?.minutes),
      ...(await whoFields(turn, requestId, {
        name: 'invitees',
        label: say('meetings:plan.invitees'),
        people: invitees,
        ...(said?.group ? { group: said.group } : {}),
      })),
      joinField(turn),
      despiteField(say),
    ],
    submit: say('meetings:plan.submit'),
    open: { label: say('meetings:desk.buttons.plan'), action: 'scheduling.plan', ref: requestId },
  };
}

interface Who {
  readonly name: string;
  readonly label: string;
  readonly people: readonly string[];
  /** The code of the group that is filled in. */
  readonly group?: string;
}

/** Who is asked to come: the people of a request, filled in, or a group's and whoever is chosen. `label` is what the people's field says, `name` what it is called. */
export async function whoFields(
  turn: Turn,
  requestId: string,
  { name, label, people, group: code }: Who,
): Promise<Field[]> {
  const { say, ports } = turn;
  const chosen: Option[] = await peopleToChoose(ports, people);
  const known = code === undefined ? undefined : (await turn.directory()).groups[code];
  const group: Field = {
    kind: 'search',
    source: 'group',
    name: 'group',
    label: say('meetings:ask.group'),
    hint: say('meetings:plan.group-hint'),
    optional: true,
    ...(known ? { value: [{ value: known.code, label: known.name }] } : {}),
  };
  return [
    ...(requestId ? [] : [group]),
    {
      kind: 'search',
      source: 'expert',
      several: true,
      name,
      label,
      hint: say('meetings:plan.invitees-hint'),
      ...(requestId ? {} : { optional: true }),
      ...(chosen.length > 0 ? { value: chosen } : {}),
    },
  ];
}

/** How to join: the helpdesk's own room where one is configured, to be kept or replaced. */
export function joinField({ say, ports }: Turn): Field {
  const { joinUrl } = ports.settings;
  return {
    kind: 'url',
    name: 'join',
    label: say('meetings:plan.join'),
    hint: say('meetings:plan.join-hint'),
    placeholder: 'https://',
    max: joinLength,
    ...(joinUrl ? { value: joinUrl } : {}),
  };
}

/** The form that moves a meeting, with the hour filled in that somebody suggested. */
export function moveForm(turn: Turn, id: string, slot: Slot, suggested?: Slot): Form {
  const { say, zone, language } = turn;
  return {
    form: 'scheduling.move',
    ref: id,
    title: say('meetings:move.title', { id }),
    intro: say('meetings:move.intro', { hour: deskHour(say, slot, language) }),
    fields: [
      {
        kind: 'datetime',
        name: 'other',
        label: say('meetings:move.hour'),
        hint: say('meetings:ask.zone', { zone }),
        zone,
        ...(suggested ? { value: localHour(suggested.instant, zone) } : {}),
      },
      lengthField(turn, (suggested ?? slot).minutes),
      despiteField(say),
    ],
    submit: say('meetings:move.submit'),
    open: { label: say('meetings:desk.buttons.move'), action: 'scheduling.move', ref: id },
  };
}

/** The form that invites more people to a planned meeting. */
export function inviteForm({ say, language }: Turn, id: string, slot: Slot): Form {
  return {
    form: 'scheduling.invite',
    ref: id,
    title: say('meetings:invite.title', { id }),
    intro: say('meetings:invite.intro', { hour: deskHour(say, slot, language) }),
    fields: [
      { kind: 'search', source: 'expert', several: true, name: 'invitees', label: say('meetings:plan.invitees') },
      despiteField(say),
    ],
    submit: say('meetings:invite.submit'),
    open: { label: say('meetings:desk.buttons.invite'), action: 'scheduling.invite', ref: id },
  };
}

/** The form that takes people off a planned meeting; `invited` are those who may be. */
export function takeOffForm({ say, language }: Turn, id: string, slot: Slot, invited: readonly Option[]): Form {
  return {
    form: 'scheduling.take-off',
    ref: id,
    title: say('meetings:take-off.title', { id }),
    intro: say('meetings:take-off.intro', { hour: deskHour(say, slot, language) }),
    fields: [{ kind: 'choices', name: 'people', label: say('meetings:take-off.who'), options: invited }],
    submit: say('meetings:take-off.submit'),
    open: { label: say('meetings:desk.buttons.take-off'), action: 'scheduling.take-off', ref: id },
  };
}

/** The form with which the helpdesk asks the requester something, or says why it declines. */
export function textForm({ say }: Turn, what: 'ask' | 'decline', id: string): Form {
  return {
    form: `scheduling.${what}`,
    ref: id,
    title: say(`meetings:desk.${what}.title`, { id }),
    fields: [
      {
        kind: 'text',
        name: 'text',
        label: say(`meetings:desk.${what}.text`),
        hint: say('meetings:ask.note-hint'),
        max: reasonLength,
      },
    ],
    submit: say(`meetings:desk.${what}.submit`),
    open: { label: say(`meetings:desk.buttons.${what}`), action: `scheduling.${what}`, ref: id },
  };
}
