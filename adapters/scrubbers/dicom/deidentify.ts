import type { DicomOption } from '../../../domain/ports.ts';
import { decoderFor } from './characters.ts';
import { type DataSet, type Element, groupOf, isPrivate, plain, tags } from './data-set.ts';
import { outcomesFor } from './outcomes.ts';
import { joined, type Part, partsOf } from './parts.ts';
import { isCreator, safeElements } from './private.ts';
import { decoderOf, type Notes, noteRemoved } from './removed.ts';
import { ascii, dummy, emptied, isStandardUid, isUid, type Replacer } from './replace.ts';
import { vrOf } from './standard/dictionary.ts';
import { type Action, actionOn, isCurve, isOverlay } from './standard/profile.ts';
import { plainVrs, wordVrs } from './standard/vrs.ts';
import { withoutTails } from './tails.ts';

/** What a walk needs, and what it notes. */
export interface Walk {
  readonly options: ReadonlySet<DicomOption>;
  readonly replacer: Replacer;
  readonly removed: Notes;
  readonly count: (kind: string, many?: number) => void;
  /** Elements of the data set itself that somebody else has taken care of: an encapsulated document. */
  readonly done: ReadonlySet<number>;
  /** The order of the bytes of its numbers. */
  readonly littleEndian: boolean;
}

/**
 * Takes a data set through the Basic Application Level Confidentiality Profile (PS3.15, E.2 and table E.1-1) with the options chosen: every item of every sequence by the same rules. Beyond the table: elements that the dictionary
 * does not know go, as do persons, dates and application entities that have no row; UIDs that are no class are replaced. Of private elements those stay that table E.3.10-1 knows, where that option was chosen.
 */
export function deidentify(dataSet: DataSet, walk: Walk): DataSet {
  const decode = decoderOf(dataSet, decoderFor([]));
  const clean = cleanerOf(dataSet, walk, decode, walk.options, 0);
  // What private elements are known to be safe depends on others.
  const kept =
    walk.options.has('retain-safe-private') || walk.done.size > 0
      ? clean(dataSet, walk)
      : joined(partsOf(dataSet).map(outcomesFor(walk, decode, clean)));
  return withoutTails(kept, walk.littleEndian, walk.count);
}

type Decode = (bytes: Uint8Array) => string;

/** Gives how elements of a data set are cleaned. */
function cleanerOf(
  dataSet: DataSet,
  { littleEndian, done }: Walk,
  decode: Decode,
  options: ReadonlySet<DicomOption>,
  depth: number,
): (part: Part, walk: Walk) => DataSet {
  const safe = options.has('retain-safe-private') ? safeElements(dataSet, littleEndian) : undefined;
  return (part, walk) => {
    const all: Element[] = [];
    for (const element of part) {
      if (depth === 0 && done.has(element.tag)) all.push(element);
      else all.push(...cleanedElement(element, walk, decode, options, depth, safe));
    }
    return all;
  };
}

function cleaned(
  dataSet: DataSet,
  walk: Walk,
  before: Decode,
  options: ReadonlySet<DicomOption>,
  depth: number,
): DataSet {
  const kept = cleanerOf(dataSet, walk, decoderOf(dataSet, before), options, depth)(dataSet, walk);
  return withoutTails(kept, walk.littleEndian, walk.count);
}

/** What an element becomes, none or one; notes what is taken away. */
function cleanedElement(
  element: Element,
  walk: Walk,
  decode: Decode,
  options: ReadonlySet<DicomOption>,
  depth: number,
  safe: ReadonlyMap<number, Element> | undefined,
): readonly Element[] {
  const { tag } = element;
  const known = safe?.get(tag);
  const vr = known?.vr ?? vrOf(tag);
  // What the dictionary does not know may be anything. Group lengths went out of use.
  if (isCurve(tag) || isOverlay(tag) || (isPrivate(tag) && !known) || vr === undefined || groupOf(tag) < 8) {
    if (!isBookkeeping(tag)) walk.count(kindOf(tag));
    noteRemoved(walk.removed, element, decode);
    return [];
  }
  if (known && isCreator(tag)) return [known];
  const action = known ? onPrivate(vr, options) : (actionOn(tag, options) ?? withoutRow(element, vr, options));
  const kept = applied(known ?? element, vr, action, walk, decode, options, depth);
  // A value is gone where another one, or none, stands in its place.
  if (kept.length === 0 || (element.bytes && kept[0]?.bytes !== element.bytes) || action === 'D' || action === 'Z') {
    noteRemoved(walk.removed, element, decode);
    if (!isEmpty(element)) walk.count(kindOf(tag, vr, action));
  }
  return kept;
}

const isEmpty = ({ bytes, items }: Element) => bytes?.length === 0 || items?.length === 0;
/** A group's length, and the names that blocks of private elements have. */
const isBookkeeping = (tag: number) => (tag & 0xffff) === 0 || (isPrivate(tag) && (tag & 0xffff) <= 0xff);

function kindOf(tag: number, vr?: string, action?: Action): string {
  if (isPrivate(tag)) return 'dicom-private';
  if (isCurve(tag) || isOverlay(tag)) return 'dicom-overlay';
  if (vr === undefined) return 'dicom-unknown';
  if (action === 'U') return 'dicom-uid';
  if (vr === 'DA' || vr === 'TM' || vr === 'DT') return 'dicom-date';
  return vr === 'PN' ? 'dicom-person' : 'dicom-element';
}

/** UIDs that say what kind of object something is. */
const classes = new Set([
  tags.sopClass,
  0x0008001a,
  0x0008001b,
  0x00080062,
  0x0008010c,
  0x0008010d,
  0x00080117,
  0x00080118,
  0x00081150,
  0x0008115a,
]);

function withoutRow({ tag }: Element, vr: string, options: ReadonlySet<DicomOption>): Action {
  if (vr === 'UI') return classes.has(tag) || options.has('retain-uids') ? 'K' : 'U';
  if (vr === 'PN' || vr === 'AE') return 'Z';
  // An address names a server, and often what is to be had from it.
  if (vr === 'UR') return 'X';
  if (vr !== 'DA' && vr !== 'DT' && vr !== 'TM') return 'K';
  if (options.has('retain-modified-dates')) return 'C';
  return options.has('retain-full-dates') ? 'K' : 'Z';
}

const onPrivate = (vr: string, options: ReadonlySet<DicomOption>): Action =>
  vr === 'UI' && !options.has('retain-uids') ? 'U' : 'K';

function applied(
  element: Element,
  vr: string,
  action: Action,
  walk: Walk,
  decode: Decode,
  options: ReadonlySet<DicomOption>,
  depth: number,
): readonly Element[] {
  const { tag, items, bytes, fragments } = element;
  if (action === 'X') return [];
  if (action === 'Z') return [emptied(tag, vr)];
  if (action === 'D') return [isEmpty(element) ? emptied(tag, vr) : dummy(tag, vr, walk.replacer)];
  if (items) {
    // Words where a sequence belongs, or the other way round, are nobody's to trust.
    if (vr !== 'SQ') return [];
    return [{ tag, vr, items: items.map((item) => cleaned(item, walk, decode, within(tag, options), depth + 1)) }];
  }
  if (fragments) return depth === 0 ? [element] : [];
  if (vr === 'SQ') return bytes.length === 0 ? [{ tag, vr, items: [] }] : [];
  if (action === 'U') return [{ tag, vr, bytes: replacedUids(bytes, walk.replacer) }];
  if (action === 'K') return asDefined(element, bytes, vr, walk.replacer);
  return cleanedValue(element, bytes, vr, walk.replacer);
}

/** Values of numbers, dates and times, several in one: other letters say something else. */
const shapes: Readonly<Record<string, RegExp>> = {
  AS: /^[\dDWMY\\ ]*$/,
  DA: /^[\d.\-\\ ]*$/,
  DS: /^(?:[\d+\-.,eE\\ ]|nan|inf)*$/i,
  DT: /^[\d+\-.\\ ]*$/,
  IS: /^[\d+\-.\\ ]*$/,
  TM: /^[\d:.\-\\ ]*$/,
};

/** Words are searched as words whatever VR their element was written with; words where numbers or UIDs belong are nobody's to trust. */
function asDefined(element: Element, bytes: Uint8Array, vr: string, replacer: Replacer): readonly Element[] {
  const { tag } = element;
  if (vr === 'UI' && !plain(bytes).split('\\').every(isUid)) return [{ tag, vr, bytes: replacedUids(bytes, replacer) }];
  if (shapes[vr]?.test(plain(bytes)) === false) return [emptied(tag, vr)];
  const isText = (one: string) => wordVrs.has(one) || plainVrs.has(one);
  if (isText(vr)) return isText(element.vr) ? [element] : [{ tag, vr, bytes }];
  return isText(element.vr) ? [] : [element];
}

/** What is said in a tree of content is kept for its words to be searched, where the tree is. */
function within(tag: number, options: ReadonlySet<DicomOption>): ReadonlySet<DicomOption> {
  return tag === tags.contentSequence ? new Set([...options, 'clean-descriptors']) : options;
}

function replacedUids(bytes: Uint8Array, replacer: Replacer): Uint8Array {
  const uids = plain(bytes).split('\\');
  return ascii(uids.map((uid) => (uid === '' || isStandardUid(uid) ? uid : replacer.uid(uid))).join('\\'));
}

/** Words stay to be searched, dates are moved, numbers and codes stay; what nobody can read goes. */
function cleanedValue(element: Element, bytes: Uint8Array, vr: string, replacer: Replacer): readonly Element[] {
  const { tag } = element;
  if (vr === 'DA' || vr === 'DT') {
    const moved = plain(bytes)
      .split('\\')
      .map((value) => replacer.date(value.trim()) ?? '');
    return [{ tag, vr, bytes: ascii(moved.join('\\')) }];
  }
  if (vr === 'PN') return [emptied(tag, vr)];
  return vr.startsWith('O') || vr === 'UN' ? [] : asDefined(element, bytes, vr, replacer);
}
