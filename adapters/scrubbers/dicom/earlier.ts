import type { Element } from './data-set.ts';
import { keptForAMoment } from './moment.ts';
import { keep, type Part } from './parts.ts';

/** What is longer is seldom the same in another file. */
const LONGEST = 1024;
/** More elements are no slice's. */
const MOST = 4000;

/** A part as it stands in a file. */
export interface Standing {
  readonly part: Part;
  /** Its bytes, with tags, VRs and lengths. */
  readonly bytes: Uint8Array;
  /** Where in them each of its elements ends. */
  readonly ends: readonly number[];
  /** It stood in two files: what changes with each is not worth remembering anything of. */
  isSame?: boolean;
}

/**
 * Parts of the file before. The slices of a series have most of their elements in common: what is equal, byte for byte, is given as the same part, for which what was worked out of it then still holds. What it holds is its own, not the
 * file's. A part that differs in one element is three from then on: what differs from one slice to the next does so from slice to slice.
 */
export interface Earlier {
  /** Whether an element of so many bytes, its tag included, may be kept. */
  takes(length: number): boolean;
  /** The part that begins at a place in a file with that tag, where it stood in the file before. */
  find(tag: number, bytes: Uint8Array, at: number): Standing | undefined;
  /** Keeps an element for the next file; nobody else may have its bytes. */
  keep(element: Element, bytes: Uint8Array): Standing;
  /** Gives the parts of a file, all of which was read: elements in a row that are new are one. */
  parts(standing: readonly Standing[]): readonly Part[];
}

/** Gives them for files of an encoding of that name, for as long as such come one after the other. */
export function earlierElements(): (encoding: string) => Earlier {
  const kept = keptForAMoment<Earlier & { begin(): void }>();
  return (encoding) => {
    const earlier = kept(encoding, createEarlier);
    earlier.begin();
    return earlier;
  };
}

function createEarlier(): Earlier & { begin(): void } {
  const known = new Map<number, Standing>();
  const fresh = new Set<Standing>();
  let held = 0;
  const forget = (tag: number) => {
    held -= known.get(tag)?.part.length ?? 0;
    known.delete(tag);
  };
  const hold = (one: Standing): Standing => {
    const tag = tagOf(one);
    forget(tag);
    known.set(tag, one);
    held += one.part.length;
    return one;
  };
  const again = (one: Standing): Standing => {
    if (!one.isSame) keep(one.part);
    one.isSame = true;
    return one;
  };
  const inOne = (row: readonly Standing[]): Standing => {
    for (const one of row) forget(tagOf(one));
    return hold(together(row));
  };
  return {
    begin: () => {
      fresh.clear();
      if (held < MOST) return;
      known.clear();
      held = 0;
    },
    takes: (length) => length <= LONGEST && held < MOST,
    find: (tag, bytes, at) => {
      const before = known.get(tag);
      if (!before) return undefined;
      if (isAt(before.bytes, bytes, at)) return again(before);
      const { length } = before.part;
      if (length === 1) return undefined;
      const same = sameAt(before, bytes, at);
      hold(within(before, same, same + 1));
      if (same + 1 < length) hold(within(before, same + 1, length));
      return same > 0 ? again(hold(within(before, 0, same))) : undefined;
    },
    keep: (element, bytes) => {
      const one = { part: [element], bytes, ends: [bytes.length] };
      if (!known.has(element.tag)) fresh.add(one);
      return hold(one);
    },
    parts: (standing) => {
      const rows: Standing[][] = [];
      let isOpen = false;
      for (const one of standing) {
        if (isOpen && fresh.has(one)) rows.at(-1)?.push(one);
        else rows.push([one]);
        isOpen = fresh.has(one);
      }
      return rows.map((row) => (row.length === 1 ? (row[0] as Standing) : inOne(row)).part);
    },
  };
}

const tagOf = ({ part }: Standing) => (part[0] as Element).tag;

function together(row: readonly Standing[]): Standing {
  let length = 0;
  const ends = row.map(({ bytes }) => {
    length += bytes.length;
    return length;
  });
  return { part: row.flatMap(({ part }) => part), bytes: Buffer.concat(row.map(({ bytes }) => bytes)), ends };
}

/** Some of the elements of a part. */
function within({ part, bytes, ends }: Standing, from: number, to: number): Standing {
  const start = from === 0 ? 0 : (ends[from - 1] as number);
  return {
    part: part.slice(from, to),
    bytes: bytes.subarray(start, ends[to - 1]),
    ends: ends.slice(from, to).map((end) => end - start),
  };
}

/** How many elements of a part stand at a place, up to the first that does not. */
function sameAt({ bytes, ends }: Standing, file: Uint8Array, at: number): number {
  let same = 0;
  while (same < bytes.length && bytes[same] === file[at + same]) same++;
  return ends.findIndex((end) => end > same);
}

/** Up to so many bytes are compared here: to ask for it outside of JavaScript takes as long. */
const FEW = 24;

function isAt(value: Uint8Array, bytes: Uint8Array, start: number): boolean {
  const { length } = value;
  if (length > FEW) return Buffer.compare(value, bytes.subarray(start, start + length)) === 0;
  for (let at = 0; at < length; at++) if (value[at] !== bytes[start + at]) return false;
  return true;
}
