import type { Ask, Decider, Fact, Refusal } from '../decider.ts';
import { isRefusal } from '../decider.ts';
import type { Commands, EntityFacts, Kind } from '../entities.ts';

/** The instant of the tests' acts, unless they say another: a Monday. */
export const noon = '2026-03-02T12:00:00.000Z';

/** An instant a number of days (and hours) after `noon`. */
export function later(days: number, hours = 0): string {
  return new Date(Date.parse(noon) + days * 86_400_000 + hours * 3_600_000).toISOString();
}

/** The same value, which throws (in strict mode) when somebody tries to change any part of it. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** One command of a history, with the facts that were other than usual then. */
export type Told<C, F> = readonly [command: C, facts?: Partial<F>];

/** How each kind of entity comes to each of its states: histories of commands, by the state's name in the field's words. */
export type Paths = { readonly [K in Kind]: Readonly<Record<string, readonly Told<Commands<K>, EntityFacts<K>>[]>> };

/**
 * The given–when–then of a decider. `given` is a history of commands, which must all succeed, so that no test starts from a state
 * that nobody can reach; `when` decides one more. Everything is frozen, so an impure decision fails.
 */
export function telling<S, C extends Ask, E extends Fact, F>(decider: Decider<S, C, E, F>, usual: F) {
  const facts = (other: Partial<F> | undefined): F => frozen(usual === null ? usual : { ...usual, ...other });

  const decide = (state: S, command: C, other?: Partial<F>) =>
    decider.decide(frozen(state), frozen(command), facts(other));

  const given = (history: readonly Told<C, F>[]): S =>
    history.reduce<S>((state, [command, other]) => {
      const outcome = decide(state, command, other);
      if (isRefusal(outcome)) throw new Error(`${command.type} was refused in the given history: ${outcome.refused}`);
      return outcome.reduce((before, event) => frozen(decider.evolve(frozen(before), frozen(event))), state);
    }, frozen(decider.initial));

  const when = (history: readonly Told<C, F>[], command: C, other?: Partial<F>): readonly E[] | Refusal =>
    decide(given(history), command, other);

  /** The code of the refusal, or the types of the events: what a table of transitions shows. */
  const outcome = (history: readonly Told<C, F>[], command: C, other?: Partial<F>): string => {
    const decided = when(history, command, other);
    if (isRefusal(decided)) return `refused: ${decided.refused}`;
    return decided.map((event) => event.type).join(' + ') || 'nothing';
  };

  /**
   * The outcome of each command in each state, beside what the table says: `table[command][state]`, or `'*'` for every
   * state that it does not name. A test expects the two to be equal.
   */
  const compared = (
    states: Readonly<Record<string, readonly Told<C, F>[]>>,
    commands: Readonly<Record<string, C>>,
    table: Readonly<Record<string, Readonly<Record<string, string>>>>,
    otherwise: (state: string) => string,
  ) => {
    const actual: Record<string, Record<string, string>> = {};
    const expected: Record<string, Record<string, string>> = {};
    for (const [name, command] of Object.entries(commands)) {
      const inStates = Object.keys(states);
      actual[name] = Object.fromEntries(inStates.map((state) => [state, outcome(states[state] ?? [], command)]));
      expected[name] = Object.fromEntries(
        inStates.map((state) => [state, table[name]?.[state] ?? table[name]?.['*'] ?? otherwise(state)]),
      );
    }
    return { actual, expected };
  };

  return { given, when, outcome, compared };
}
