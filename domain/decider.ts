/** Every event carries when it happened (ISO 8601, UTC) and whose act it was: a person's id, or 'system'. */
export interface Fact {
  readonly type: string;
  readonly at: string;
  readonly by: string;
}

/** Every command carries the same two; they become those of its events. */
export interface Ask {
  readonly type: string;
  readonly at: string;
  readonly by: string;
}

/** Why a command was not done: a code that the bot words, and what its sentence needs. A refusal is a value, never thrown. */
export interface Refusal {
  readonly refused: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** A pure, total rule: what a command means for a state, and what an event makes of it. */
export interface Decider<State, Command, Event, Facts> {
  readonly initial: State;
  readonly decide: (state: State, command: Command, facts: Facts) => readonly Event[] | Refusal;
  readonly evolve: (state: State, event: Event) => State;
}

/** A refusal with the given code and parameters. */
export function refuse(refused: string, params?: Refusal['params']): Refusal {
  return params ? { refused, params } : { refused };
}

/** Tells a refusal from the events (or any other outcome) of a decision; what else is told under the same name is no code. */
export function isRefusal(outcome: unknown): outcome is Refusal {
  return typeof outcome === 'object' && outcome !== null && 'refused' in outcome && typeof outcome.refused === 'string';
}
