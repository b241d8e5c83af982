import type { Element } from './data-set.ts';
import type { Walk } from './deidentify.ts';
import { isKept, keepAlso } from './earlier.ts';
import type { Notes, RemovedValues } from './removed.ts';
import type { Replacer } from './replace.ts';

/** What became of an element, with all that was noted of it. */
interface Outcome {
  readonly kept: readonly Element[];
  readonly counted: readonly string[];
  readonly noted: readonly (readonly [of: keyof RemovedValues, value: string])[];
}

type Clean = (element: Element, walk: Walk) => readonly Element[];
type Outcomes = WeakMap<Element, Outcome>;

/** Goes with the replacer of a case, and each outcome with its element. */
const known = new WeakMap<Replacer, Map<string, WeakMap<object, Outcomes>>>();
/** Sets of options that are used in turn. */
const MOST = 8;

/** Gives how an element is cleaned that may have been in the file before: as it was then, by the same options and characters, with the same notes. */
export function outcomesFor(
  { replacer, options }: Walk,
  decode: object,
): (element: Element, walk: Walk, clean: Clean) => readonly Element[] {
  const outcomes = outcomesOf(replacer, [...options].join(), decode);
  return (element, walk, clean) => {
    let outcome = outcomes.get(element);
    if (!outcome) {
      // Of a long one there may be millions of notes.
      if (!isKept(element)) return clean(element, walk);
      outcome = observed(element, walk, clean);
      outcomes.set(element, outcome);
      keepAlso(outcome.kept);
    }
    for (const kind of outcome.counted) walk.count(kind);
    for (const [of, value] of outcome.noted) walk.removed[of].add(value);
    return outcome.kept;
  };
}

function outcomesOf(replacer: Replacer, options: string, decode: object): Outcomes {
  let byOptions = known.get(replacer);
  if (!byOptions || byOptions.size > MOST) {
    byOptions = new Map();
    known.set(replacer, byOptions);
  }
  let byDecoder = byOptions.get(options);
  if (!byDecoder) {
    byDecoder = new WeakMap();
    byOptions.set(options, byDecoder);
  }
  let outcomes = byDecoder.get(decode);
  if (!outcomes) {
    outcomes = new WeakMap();
    byDecoder.set(decode, outcomes);
  }
  return outcomes;
}

function observed(element: Element, walk: Walk, clean: Clean): Outcome {
  const [counted, noted]: [string[], Outcome['noted'][number][]] = [[], []];
  const noting = (of: keyof RemovedValues) => ({ add: (value: string) => noted.push([of, value]) });
  const removed: Notes = {
    names: noting('names'),
    words: noting('words'),
    numbers: noting('numbers'),
    uids: noting('uids'),
    births: noting('births'),
    private: noting('private'),
  };
  const { options, replacer, done, littleEndian } = walk;
  const count = (kind: string) => counted.push(kind);
  const kept = clean(element, { options, replacer, done, littleEndian, removed, count });
  return { kept, counted, noted };
}
