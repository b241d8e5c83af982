/** What stands in a picture's container beside the picture, by kind, and whether there is anything at all that an output of ours may not hold. */
export interface Walked {
  readonly removed: ReadonlyMap<string, number>;
  /** Names of the parts that a scrubbed picture may not hold. */
  readonly foreign: readonly string[];
  /** Pictures shown one after the other (APNG, animated WebP). */
  readonly animated: boolean;
  /** Bytes behind the picture's end. */
  readonly trailing: number;
}

/** Adds up what a walk meets. */
export interface Tally {
  count(kind: string, more?: number): void;
  /** Notes something that no scrubbed picture may hold, and counts it where a kind is given; `name` is that of the part, never what it says. */
  foreign(name: string, kind?: string): void;
  done(trailing: number, animated?: boolean): Walked;
}

/** Gives a tally for one walk. */
export function tally(): Tally {
  const removed = new Map<string, number>();
  const foreign: string[] = [];
  const count = (kind: string, more = 1) => {
    if (more > 0) removed.set(kind, (removed.get(kind) ?? 0) + more);
  };
  return {
    count,
    foreign: (name, kind) => {
      foreign.push(name);
      if (kind) count(kind);
    },
    done: (trailing, animated = false) => {
      if (trailing > 0) {
        foreign.push('trailing data');
        count('trailing-data');
      }
      return { removed, foreign, animated, trailing };
    },
  };
}
