import { Refusal } from '../refusal.ts';
import { type DataSet, isPrivate, latin1, stringOf, tags } from './data-set.ts';
import { earlierElements } from './earlier.ts';
import { stands } from './hunt.ts';
import { saysSafePrivate } from './method.ts';
import { isKept, ofParts, partsOf } from './parts.ts';
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
  const isForbidden = saysSafePrivate(dataSet)
    ? holdsForbidden(dataSet, true, encoding.littleEndian)
    : partsOf(dataSet).some((part) => lookAt(part).holdsForbidden);
  if (isForbidden) throw new Refusal('not-verified', { check: 'no-private' });
  if (!removed) return dataSet;
  if (stands(dataSet, removed)) throw new Refusal('not-verified', { check: 'removed-text-gone' });
  const search = severalIn([...removed.uids].filter(({ length }) => length >= SHORTEST));
  const values = partsOf(dataSet).flatMap(valuesIn).join('');
  if (search(values, (start, end) => isWhole(values, start, end))) throw new Refusal('not-verified', { check: 'uids' });
  if (stringOf(dataSet, tags.sopClass).length > 64) throw new Refusal('not-verified', { check: 'meta' });
  return dataSet;
}

const lookAt = ofParts((part) => ({ holdsForbidden: holdsForbidden(part, false, true) }));

const SEPARATOR = '\0';

const valuesIn = ofParts((part): readonly string[] => {
  const values: string[] = [];
  collect(part, values);
  // What is kept is short.
  return isKept(part) ? [values.join('')] : values;
});

/** The values of all elements but the pixels, each byte as a character, apart from each other. */
function collect(dataSet: DataSet, values: string[]): void {
  for (const { tag, bytes, items } of dataSet) {
    if (items) for (const item of items) collect(item, values);
    else if (bytes && tag !== tags.pixelData) values.push(latin1(bytes), SEPARATOR);
  }
}

/** A UID that is the beginning of another one is not that one. */
function isWhole(values: string, start: number, end: number): boolean {
  return !isOfUid(values.charCodeAt(start - 1)) && !isOfUid(values.charCodeAt(end));
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
