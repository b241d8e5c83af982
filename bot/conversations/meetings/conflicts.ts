import { type Conflict, conflictsAt, endOf } from '../../../domain/meetings/conflicts.ts';
import { sayHour } from '../../../domain/meetings/hours.ts';
import { longest, type Slot } from '../../../domain/meetings/slots.ts';
import type { Ports } from '../../context.ts';
import { fieldErrors, type Turn, ticked } from '../../turn.ts';
import type { Field, Values } from '../../view.ts';
import { nameOf } from '../../who.ts';
import type { Say } from '../../words.ts';

/** More meetings than run at one time in all groups together. */
const atOneTime = 500;

/** The planned meetings of these people that an hour would collide with. `except` is a meeting that is being moved. */
export async function conflictsWith(
  ports: Ports,
  slot: Slot,
  people: readonly string[],
  except?: string,
): Promise<readonly Conflict[]> {
  const from = new Date(Date.parse(slot.instant) - longest * 60_000).toISOString();
  const to = new Date(endOf(slot)).toISOString();
  const found = await ports.store.find('meeting', { status: ['scheduled'], from, to }, { limit: atOneTime });
  return conflictsAt(slot, people, found, except);
}

/** 'M-… Tue … 15:00: Dr A, Dr B' for each conflict, a line each; '' where there is none. No case is named. */
export async function conflictWords(
  ports: Ports,
  say: Say,
  conflicts: readonly Conflict[],
  zone: string,
  language: string,
): Promise<string> {
  const lines = await Promise.all(
    conflicts.map(async ({ meeting, slot, people }) =>
      say('meetings:conflicts.one', {
        id: meeting,
        hour: sayHour(slot.instant, zone, language),
        names: (await Promise.all(people.map((person) => nameOf(ports, person)))).join(', '),
      }),
    ),
  );
  return lines.join('\n');
}

/** The box with which the helpdesk schedules although somebody has another meeting then. */
export function despiteField(say: Say): Field {
  return {
    kind: 'check',
    name: 'despite',
    label: say('meetings:conflicts.despite'),
    hint: say('meetings:conflicts.despite-hint'),
    optional: true,
  };
}

/** Ends the turn with what is in the way of the hour, on its field, unless the box of `despiteField` is ticked. */
export async function mustBeFree(
  turn: Turn,
  field: string,
  slot: Slot,
  people: readonly string[],
  values: Values,
  except?: string,
): Promise<void> {
  if (ticked(values, 'despite')) return;
  const { ports, say, zone, language } = turn;
  const found = await conflictsWith(ports, slot, people, except);
  if (found.length === 0) return;
  fieldErrors({
    [field]: say('meetings:conflicts.in-the-way', {
      conflicts: await conflictWords(ports, say, found, zone, language),
    }),
  });
}
