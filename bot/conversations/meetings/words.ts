import { isRefusal, type Refusal } from '../../../domain/decider.ts';
import type { Directory } from '../../../domain/directory.ts';
import { type Reading, readings, sayHour, slotFrom } from '../../../domain/meetings/hours.ts';
import type { Slot } from '../../../domain/meetings/slots.ts';
import { fieldErrors, type Turn, textOf } from '../../turn.ts';
import type { Field, Values } from '../../view.ts';
import { type Say, wordsFor } from '../../words.ts';

export const requestIdShape = /^Q-[0-9A-Z]{8}$/;
export const pollIdShape = /^V-[0-9A-Z]{8}$/;
export const meetingIdShape = /^M-[0-9A-Z]{8}$/;
export const lengths = ['30', '45', '60', '90'] as const;

/** A slot in a reader's zone, with its length: 'Tue 2027-03-09 15:00 …, 60 minutes'. */
export function hourWords(say: Say, slot: Slot, zone: string, language: string): string {
  return say('meetings:hour', { hour: sayHour(slot.instant, zone, language), minutes: slot.minutes });
}

/** A working group's name, or its code where it is not listed any more; what a meeting without a group is called where there is none. */
export function groupWords(say: Say, directory: Directory, group: string | undefined): string {
  if (group === undefined) return say('meetings:no-group');
  return directory.groups[group]?.name ?? group;
}

/**
 * Local hours of a form's fields as slots in the zone, each hour once. Libraries would guess what an hour means that does not exist or
 * exists twice: the person is asked, by a choice that joins the form below the hour. Ends the turn with that, or with a message on
 * the field of an hour that has passed. `values` are the form's, with what was chosen before.
 */
export function slotsFrom(
  turn: Turn,
  hours: Readonly<Record<string, string | undefined>>,
  zone: string,
  minutes: number,
  values: Values,
): Slot[] {
  const errors: Record<string, string> = {};
  const asked: Record<string, Field> = {};
  const slots: Slot[] = [];
  for (const [name, local] of Object.entries(hours)) {
    if (local === undefined) continue;
    const question = `${name}-reading`;
    const slot = slotFrom(local, zone, minutes, readingOf(textOf(values, question), local));
    if (isRefusal(slot)) {
      const field = readingField(turn, question, local, slot);
      if (field) asked[name] = field;
      errors[field ? question : name] = wordsFor(turn.say, slot);
    } else if (slot.instant <= turn.now) errors[name] = turn.say('fields:past');
    else if (!slots.some(({ instant }) => instant === slot.instant)) slots.push(slot);
  }
  if (Object.keys(errors).length > 0) fieldErrors(errors, asked);
  return slots;
}

/** What was chosen, if it was chosen for this very hour. */
function readingOf(chosen: string, local: string): Reading | undefined {
  return readings.find((reading) => chosen === `${local}/${reading}`);
}

/** The choice that asks what an hour means; undefined for an hour that is refused for another reason. */
function readingField(
  { say }: Turn,
  name: string,
  local: string,
  { refused, params = {} }: Refusal,
): Field | undefined {
  const given = (key: string) => String(params[key] ?? '');
  const choices: Partial<Record<string, readonly (readonly [Reading, string])[]>> = {
    'hour.exists-twice': [
      ['first', say('fields:reading.first', { offset: given('first') })],
      ['second', say('fields:reading.second', { offset: given('second') })],
    ],
    'hour.does-not-exist': [
      ['before', given('before').replace('T', ' ')],
      ['after', given('after').replace('T', ' ')],
    ],
  };
  const options = choices[refused]?.map(([reading, label]) => ({ value: `${local}/${reading}`, label }));
  const label = say('fields:reading.which', { hour: local.replace('T', ' '), zone: given('zone') });
  return options && { kind: 'choice', name, label, options };
}

/** The choice of a meeting's length in minutes; the nearest length that is long enough is chosen where one is given. */
export function lengthField({ say }: Pick<Turn, 'say'>, minutes = 60): Field {
  return {
    kind: 'choice',
    name: 'minutes',
    label: say('meetings:length'),
    options: lengths.map((value) => ({ value, label: say('meetings:minutes', { minutes: value }) })),
    value: lengths.find((value) => Number(value) >= minutes) ?? '90',
  };
}
