import type { DataSet } from './data-set.ts';

/** Elements of a data set that stand in a row. Those of a file that stood so in the file before are the same object as there (`earlier.ts`). */
export type Part = DataSet;

/** By the data set itself: another one that is made of it has no parts, and nothing that was remembered of them is taken for what it says. */
const parts = new WeakMap<DataSet, readonly Part[]>();
const kept = new WeakSet<Part>();

const NONE: DataSet = [];

/** The data set of these parts, which are known of it from then on. */
export function joined(own: readonly Part[]): DataSet {
  const dataSet = NONE.concat(...own);
  parts.set(dataSet, own);
  return dataSet;
}

/** The parts that a data set was joined of; one where it was not. */
export function partsOf(dataSet: DataSet): readonly Part[] {
  return parts.get(dataSet) ?? [dataSet];
}

/** Keeps a part for the next file: its values are its own, and nobody changes them. */
export function keep(part: Part): Part {
  kept.add(part);
  return part;
}

/** Whether the next file may have this very part: for no other is anything to be remembered. */
export const isKept = (part: Part): boolean => kept.has(part);

/** Gives what is worked out of a part, once of one that the next file may have. */
export function ofParts<Found extends object>(find: (part: Part) => Found): (part: Part) => Found {
  const known = new WeakMap<Part, Found>();
  return (part) => {
    let found = known.get(part);
    if (!found) {
      found = find(part);
      if (isKept(part)) known.set(part, found);
    }
    return found;
  };
}

/** The same of what is worked out of a part with something else, such as how its words are decoded. */
export function ofPartsWith<With extends object, Found extends object>(
  find: (part: Part, other: With) => Found,
): (part: Part, other: With) => Found {
  const known = new WeakMap<With, (part: Part) => Found>();
  return (part, other) => {
    let own = known.get(other);
    if (!own) {
      own = ofParts((one) => find(one, other));
      known.set(other, own);
    }
    return own(part);
  };
}
