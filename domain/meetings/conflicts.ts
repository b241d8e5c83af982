import type { Meeting } from './meeting.ts';
import type { Slot } from './slots.ts';

/** A meeting that lies in the way of an hour, and for whom. */
export interface Conflict {
  readonly meeting: string;
  readonly slot: Slot;
  readonly people: readonly string[];
}

type Held = Pick<Meeting, 'stage' | 'slot' | 'invites'>;

/** When a slot ends, in milliseconds since 1970. */
export function endOf({ instant, minutes }: Pick<Slot, 'instant' | 'minutes'>): number {
  return Date.parse(instant) + minutes * 60_000;
}

/** Whether two slots share a moment; one that begins when the other ends does not. */
export function overlap(a: Slot, b: Slot): boolean {
  return Date.parse(a.instant) < endOf(b) && Date.parse(b.instant) < endOf(a);
}

/**
 * The planned meetings that share a moment with the hour and a person with those who are to come, soonest first. Who has declined a
 * meeting is free then. `except` is the meeting that is being moved.
 */
export function conflictsAt(
  slot: Slot,
  people: readonly string[],
  meetings: readonly { readonly id: string; readonly state: Held }[],
  except?: string,
): readonly Conflict[] {
  return meetings
    .filter(({ id, state }) => id !== except && state.stage === 'scheduled' && overlap(slot, state.slot))
    .map(({ id, state }) => ({
      meeting: id,
      slot: state.slot,
      people: people.filter((person) => Object.hasOwn(state.invites, person) && state.invites[person] !== 'declined'),
    }))
    .filter((conflict) => conflict.people.length > 0)
    .toSorted((a, b) => a.slot.instant.localeCompare(b.slot.instant));
}
