import { Refusal } from '../refusal.ts';
import { type DataSet, isPrivate, latin1, stringOf, tags } from './data-set.ts';
import { earlierElements } from './earlier.ts';
import { stands } from './hunt.ts';
import { saysSafePrivate } from './method.ts';
import { safeElements } from './private.ts';
import { readDicom } from './read.ts';
import type { RemovedValues } from './removed.ts';
import { severalIn } from './several.ts';
import { vrOf } from './standard/dictionary.ts';
import { isCurve, isOverlay } from './standard/profile.ts';

const SHORTEST = 8;
const earlier = earlierElements();

/**
 * Reads an output again and looks for what may not be in it: private elements (but such as are known to be safe, where the file says that they were kept), curves, overlays, elements that the standard does not know, removed values and old UIDs, as values and in all bytes beside the pixels.
 * Refuses with 'not-verified'.
 */
export function verifyDicom(file: Uint8Array, removed: RemovedValues | undefined): DataSet {
  const { dataSet, encoding } = readDicom(file, earlier);
  if (holdsForbidden(dataSet, saysSafePrivate(dataSet), encoding.littleEndian))
    throw new Refusal('not-verified', { check: 'no-private' });
  if (!removed) return dataSet;
  // What the scrubber itself says of its method is no value of the file's.
  const own = new Set<number>([0x00120063, 0x00120064]);
  if (
    stands(
      dataSet.filter(({ tag }) => !own.has(tag)),
      removed,
    )
  )
    throw new Refusal('not-verified', { check: 'removed-text-gone' });
  const values: Uint8Array[] = [];
  collect(dataSet, values);
  const bytes = Buffer.concat(values);
  const search = severalIn([...removed.uids].filter(({ length }) => length >= SHORTEST));
  if (search(latin1(bytes), (start, end) => isWhole(bytes, start, end)))
    throw new Refusal('not-verified', { check: 'uids' });
  if (stringOf(dataSet, tags.sopClass).length > 64) throw new Refusal('not-verified', { check: 'meta' });
  return dataSet;
}

const SEPARATOR = Uint8Array.of(0);

/** The values of all elements but the pixels, apart from each other. */
function collect(dataSet: DataSet, values: Uint8Array[]): void {
  for (const { tag, bytes, items } of dataSet) {
    if (items) for (const item of items) collect(item, values);
    else if (bytes && tag !== tags.pixelData) values.push(bytes, SEPARATOR);
  }
}

/** A UID that is the beginning of another one is not that one. */
function isWhole(bytes: Uint8Array, start: number, end: number): boolean {
  return !isOfUid(bytes[start - 1] ?? 0) && !isOfUid(bytes[end] ?? 0);
}

const isOfUid = (byte: number) => byte === 0x2e || (byte >= 0x30 && byte <= 0x39);

function holdsForbidden(dataSet: DataSet, keepsSafe: boolean, littleEndian: boolean): boolean {
  const safe = keepsSafe ? safeElements(dataSet, littleEndian) : undefined;
  return dataSet.some(
    ({ tag, items }) =>
      (isPrivate(tag) ? !safe?.has(tag) : isCurve(tag) || isOverlay(tag) || vrOf(tag) === undefined) ||
      items?.some((item) => holdsForbidden(item, keepsSafe, littleEndian)),
  );
}
