import type { Element } from './data-set.ts';
import { keptForAMoment } from './moment.ts';
import type { WrittenVr } from './standard/vrs.ts';

/** What is longer is seldom the same in another file. */
const LONGEST = 1024;
/** More elements are no slice's. */
const MOST = 4000;

interface Known {
  readonly written: WrittenVr | undefined;
  readonly value: Uint8Array;
  readonly element: Element;
}

/**
 * Elements of the file before, by their tags. The slices of a series have most of theirs in common: where one is equal, byte for byte, the same object is given, for which what was worked out of it then still holds. Its bytes are its own, not the file's.
 */
export interface Earlier {
  /** Whether an element of so many bytes may be kept, or found. */
  takes(length: number): boolean;
  /** The element that stands in these bytes with that tag and VR, where it stood in the file before. */
  find(
    tag: number,
    written: WrittenVr | undefined,
    bytes: Uint8Array,
    start: number,
    length: number,
  ): Element | undefined;
  /** Keeps an element for the next file; nobody else may have its value. */
  keep(written: WrittenVr | undefined, value: Uint8Array, element: Element): void;
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

const all = new WeakSet<Element>();

/** Whether the next file may have this very element: for no other is anything to be remembered. */
export const isKept = (element: Element): boolean => all.has(element);

/** Keeps elements, with all in them, as long as what they were made of is kept. */
export function keepAlso(elements: readonly Element[]): void {
  for (const element of elements) {
    all.add(element);
    for (const item of element.items ?? []) keepAlso(item);
  }
}

function createEarlier(): Earlier & { begin(): void } {
  const known = new Map<number, Known>();
  return {
    begin: () => {
      if (known.size >= MOST) known.clear();
    },
    takes: (length) => length <= LONGEST && known.size < MOST,
    find: (tag, written, bytes, start, length) => {
      const before = known.get(tag);
      if (before === undefined || before.written !== written || before.value.length !== length) return undefined;
      return isAt(before.value, bytes, start) ? before.element : undefined;
    },
    keep: (written, value, element) => {
      known.set(element.tag, { written, value, element });
      keepAlso([element]);
    },
  };
}

/** Up to so many bytes are compared here: to ask for it outside of JavaScript takes as long. */
const FEW = 24;

function isAt(value: Uint8Array, bytes: Uint8Array, start: number): boolean {
  const { length } = value;
  if (length > FEW) return Buffer.compare(value, bytes.subarray(start, start + length)) === 0;
  for (let at = 0; at < length; at++) if (value[at] !== bytes[start + at]) return false;
  return true;
}
