import { Refusal } from '../refusal.ts';

/** Up to so many values each is looked for by itself, which takes no preparing. */
const FEW = 100;
/** All values together have no more characters than this: more is no file of a scanner. */
const MOST_CHARACTERS = 4_000_000;

/** Hears where a value stands; gives true when that is enough. */
type Heard = (start: number, end: number) => boolean;

/**
 * Gives how values are looked for in a text, all at once (Aho and Corasick, 1975): the time grows with the text and with what is found, however many values there are. The search gives whether it was told that it is enough. Refuses
 * with 'memory' values of more than four million characters.
 */
export function severalIn(values: readonly string[]): (text: string, heard: Heard) => boolean {
  return values.length <= FEW ? (text, heard) => eachIn(text, values, heard) : automaton(values);
}

function eachIn(text: string, values: readonly string[], heard: Heard): boolean {
  return values.some((value) => {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1))
      if (heard(at, at + value.length)) return true;
    return false;
  });
}

function automaton(values: readonly string[]): (text: string, heard: Heard) => boolean {
  if (values.reduce((sum, { length }) => sum + length, 0) > MOST_CHARACTERS) throw new Refusal('memory');
  // A state's number and a character's make the key of the next state.
  const steps = new Map<number, number>();
  const step = (state: number, code: number) => steps.get(state * 0x10000 + code);
  /** By state: the value that ends there, the longest end of it that begins a value, and the next of those that is a value. */
  const [lengths, ends, shorter] = [[0], [0], [0]];
  const order: (readonly [from: number, code: number, state: number])[][] = [];
  for (const value of values) {
    let state = 0;
    for (let at = 0; at < value.length; at++) {
      const code = value.charCodeAt(at);
      let next = step(state, code);
      if (next === undefined) {
        next = lengths.push(0) - 1;
        steps.set(state * 0x10000 + code, next);
        (order[at] ??= []).push([state, code, next]);
      }
      state = next;
    }
    lengths[state] = value.length;
  }
  const after = (from: number, code: number): number => {
    for (let state = from; ; state = ends[state] as number) {
      const next = step(state, code);
      if (next !== undefined) return next;
      if (state === 0) return 0;
    }
  };
  for (const level of order)
    for (const [from, code, state] of level) {
      const end = from === 0 ? 0 : after(ends[from] as number, code);
      ends[state] = end;
      shorter[state] = lengths[end] ? end : (shorter[end] as number);
    }
  return (text, heard) => {
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      state = after(state, text.charCodeAt(at));
      for (
        let found = lengths[state] ? state : (shorter[state] as number);
        found !== 0;
        found = shorter[found] as number
      )
        if (heard(at + 1 - (lengths[found] as number), at + 1)) return true;
    }
    return false;
  };
}
