import { type DataSet, type Element, groupOf, isPrivate, plain, stringOf } from './data-set.ts';
import { keptForAMoment } from './moment.ts';
import { isKept, joined, keep, ofParts, type Part, partsOf } from './parts.ts';
import { ascii } from './replace.ts';
import { type SafePrivate, safePrivate } from './standard/safe-private.ts';
import { wordVrs } from './standard/vrs.ts';

/** Whether an element names the creator of a private block (PS3.5, 7.8.1). */
export const isCreator = (tag: number): boolean =>
  isPrivate(tag) && (tag & 0xffff) >= FIRST_BLOCK && (tag & 0xffff) <= 0xff;
const FIRST_BLOCK = 0x10;

/** Where the creator of an element's block stands: each data set gives its blocks numbers of its own. */
const creatorTag = (tag: number) => ((tag & 0xffff0000) | ((tag & 0xffff) >>> 8)) >>> 0;

/** What table E.3.10-1 says of a private element of a data set, whatever number its block has there; undefined where it is not known to be safe. */
export function safeRow(dataSet: DataSet, tag: number): SafePrivate | undefined {
  const at = creatorTag(tag);
  return isPrivate(tag) && isCreator(at) ? safePrivate(stringOf(dataSet, at), groupOf(tag), tag & 0xff) : undefined;
}

/** Gives private elements of a data set without VRs those that the table has for them. */
export function withSafeVrs(dataSet: DataSet): DataSet {
  return dataSet.some(({ tag }) => isPrivate(tag)) ? safelyTyped(dataSet, dataSet) : dataSet;
}

const creatorsIn = ofParts((part) =>
  part.flatMap(({ tag, bytes }) => (isCreator(tag) && bytes ? [`${tag} ${plain(bytes)}`] : [])),
);
const typed = keptForAMoment<(part: Part) => Part>();

/** The same for a whole file, whose parts stay what they are for those of the next that has the same creators. */
export function inPartsWithSafeVrs(dataSet: DataSet): DataSet {
  const parts = partsOf(dataSet);
  const creators = parts.flatMap(creatorsIn).join('\n');
  if (creators === '') return dataSet;
  const own = typed(creators, () =>
    ofParts((part) => {
      const other = safelyTyped(part, dataSet);
      return isKept(part) ? keep(other) : other;
    }),
  );
  return joined(parts.map(own));
}

function safelyTyped(elements: readonly Element[], within: DataSet): Element[] {
  return elements.map((element) => {
    const { tag, bytes, vr } = element;
    const known = bytes && vr === 'UN' ? safeRow(within, tag)?.vr : undefined;
    // Of a sequence whose end nobody told the items are not known.
    return bytes && known && known !== 'SQ' && !known.startsWith('O') ? { tag, vr: known, bytes } : element;
  });
}

/**
 * The private elements of a data set that are known to be safe (PS3.15, E.3.10), with the creators of their blocks, by their tags. Only such as are what the table says: numbers, codes, words and sequences. Bytes that nobody can read (OB,
 * OW) are not among them, though the table has some.
 */
export function safeElements(dataSet: DataSet, littleEndian: boolean): ReadonlyMap<number, Element> {
  const safe = new Map<number, Element>();
  for (const element of dataSet) {
    const row = safeRow(dataSet, element.tag);
    const fit = row && fitting(element, row.vr, littleEndian);
    if (!fit) continue;
    const tag = creatorTag(element.tag);
    safe.set(tag, { tag, vr: 'LO', bytes: ascii(stringOf(dataSet, tag)) });
    safe.set(element.tag, fit);
  }
  return safe;
}

/** Bytes of one number. */
const sizes: Readonly<Record<string, number>> = { AT: 4, FD: 8, FL: 4, SL: 4, SS: 2, UL: 4, US: 2 };
const shapes: Readonly<Record<string, RegExp>> = {
  CS: /^[A-Z\d_ ]{0,16}$/,
  DS: /^[\d+\-.eE ]{0,16}$/,
  IS: /^[\d+\- ]{0,12}$/,
  UI: /^[\d.]{0,64}$/,
};
/** What is longer is no parameter of a scan. */
const LONGEST = 1_000_000;

function fitting(element: Element, vr: string | undefined, littleEndian: boolean): Element | undefined {
  const { tag, bytes, items } = element;
  // What was written as unknown has little-endian numbers (PS3.5, 6.2.2).
  const own = element.vr === 'UN' && littleEndian ? vr : element.vr;
  if (vr === undefined ? sizes[element.vr] === undefined : own !== vr) return undefined;
  if (items) return { tag, vr: 'SQ', items };
  if (!bytes || !own || bytes.length > LONGEST) return undefined;
  const [size, shape] = [sizes[own], shapes[own]];
  const isFit = size
    ? bytes.length % size === 0
    : shape
      ? plain(bytes)
          .split('\\')
          .every((value) => shape.test(value))
      : wordVrs.has(own);
  return isFit ? { tag, vr: own, bytes } : undefined;
}
