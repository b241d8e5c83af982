import { isRefusal } from '../../domain/decider.ts';
import type { Directory } from '../../domain/directory.ts';
import { sayHour, slotFrom } from '../../domain/hours.ts';
import type { Slot } from '../../domain/meetings.ts';
import { fieldErrors, type Turn } from '../turn.ts';
import type { Field } from '../view.ts';
import { type Say, wordsFor } from '../words.ts';

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
 * Local hours of a form's fields as slots in the zone, each hour once. Ends the turn with a message on the field of an hour that
 * does not exist, exists twice or has passed: libraries would guess, the person is asked.
 */
export function slotsFrom(
  turn: Turn,
  hours: Readonly<Record<string, string | undefined>>,
  zone: string,
  minutes: number,
): Slot[] {
  const errors: Record<string, string> = {};
  const slots: Slot[] = [];
  for (const [name, local] of Object.entries(hours)) {
    if (local === undefined) continue;
    const slot = slotFrom(local, zone, minutes);
    if (isRefusal(slot)) errors[name] = wordsFor(turn.say, slot);
    else if (slot.instant <= turn.now) errors[name] = turn.say('fields:past');
    else if (!slots.some(({ instant }) => instant === slot.instant)) slots.push(slot);
  }
  if (Object.keys(errors).length > 0) fieldErrors(errors);
  return slots;
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
