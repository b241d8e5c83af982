import type { Walk } from './deidentify.ts';
import { isKept, keep, ofParts, type Part } from './parts.ts';
import { newRemoved, type RemovedValues } from './removed.ts';
import type { Replacer } from './replace.ts';

/** What became of a part, with all that was noted of it. */
interface Outcome {
  readonly kept: Part;
  readonly counted: readonly (readonly [kind: string, many: number])[];
  readonly noted: readonly (readonly [of: keyof RemovedValues, values: readonly string[]])[];
}

type Clean = (part: Part, walk: Walk) => Part;

/** Goes with the replacer of a case, and with how words are decoded. */
const known = new WeakMap<Replacer, Map<string, WeakMap<object, (part: Part) => Outcome>>>();
/** Sets of options that are used in turn. */
const MOST = 8;

/** Gives how a part is cleaned that may have been in the file before: as it was then, by the same options and characters, with the same notes. */
export function outcomesFor(walk: Walk, decode: object, clean: Clean): (part: Part) => Part {
  const outcomeOf = outcomesOf(walk, decode, clean);
  return (part) => {
    // Of a long one there may be millions of notes.
    if (!isKept(part)) return clean(part, walk);
    const { kept, counted, noted } = outcomeOf(part);
    for (const [kind, many] of counted) walk.count(kind, many);
    for (const [of, values] of noted) for (const value of values) walk.removed[of].add(value);
    return kept;
  };
}

function outcomesOf(walk: Walk, decode: object, clean: Clean): (part: Part) => Outcome {
  const { replacer } = walk;
  const options = [...walk.options].join();
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
    outcomes = ofParts((part) => observed(part, walk, clean));
    byDecoder.set(decode, outcomes);
  }
  return outcomes;
}

function observed(part: Part, walk: Walk, clean: Clean): Outcome {
  const counted = new Map<string, number>();
  const removed = newRemoved();
  const count = (kind: string, many = 1) => counted.set(kind, (counted.get(kind) ?? 0) + many);
  const kept = keep(clean(part, { ...walk, removed, count }));
  const noted = Object.entries(removed) as readonly (readonly [keyof RemovedValues, Set<string>])[];
  return {
    kept,
    counted: [...counted],
    noted: noted.flatMap(([of, values]) => (values.size > 0 ? [[of, [...values]] as const] : [])),
  };
}
