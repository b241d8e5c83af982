import { decoderFor } from './characters.ts';
import { type DataSet, type Element, elementOf, isPrivate, tags } from './data-set.ts';
import { asUtf8 } from './hunt.ts';
import { ofPartsWith, partsOf } from './parts.ts';
import { isCreator, safeRow } from './private.ts';
import { decoderOf, trimmed } from './removed.ts';
import { REMOVED } from './replace.ts';
import { labelOf } from './standard/dictionary.ts';
import { isInTable } from './standard/profile.ts';
import { wordVrs } from './standard/vrs.ts';

/** Words of a file that a person reads, at their place in a page of text. */
export interface Slot {
  readonly label: string;
  /** In UTF-16 units of the page. */
  readonly start: number;
  readonly end: number;
}

export interface SlotPage {
  readonly text: string;
  readonly slots: readonly Slot[];
  /** The number of the page's first slot in the file. */
  readonly first: number;
}

interface Said {
  readonly label: string;
  readonly text: string;
}

const SLOTS = 60;
const UNITS = 4000;
/** Elements of a code (PS3.3, 8.8): its meaning is said with what it codes. */
const coding = new Set([
  0x00080100, 0x00080102, 0x00080103, 0x00080119, 0x00080120, 0x00080105, 0x0008010f, 0x00080112,
]);
const methods = new Set([0x00120063, 0x00120064]);

/** All words that a file says to a reader, in its order: those of a tree of content, descriptions and private words that an option kept, and of a file without pictures every other one. */
export function slotPages(dataSet: DataSet): SlotPage[] {
  const pages: SlotPage[] = [];
  let text = '';
  let slots: Slot[] = [];
  let first = 0;
  const close = () => {
    pages.push({ text, slots, first });
    first += slots.length;
    text = '';
    slots = [];
  };
  for (const { label, text: said } of sayings(dataSet)) {
    const head = label === '' ? '' : `${label}: `;
    if (slots.length > 0 && (slots.length >= SLOTS || text.length + head.length + said.length > UNITS)) close();
    const start = text.length + head.length;
    text += `${head}${said}\n`;
    slots.push({ label, start, end: start + said.length });
  }
  if (slots.length > 0) close();
  return pages;
}

/** Whether an element's words are among what is read. */
type Reads = (element: Element, depthOfContent: boolean) => boolean;

const readsAll: Reads = ({ tag, vr, bytes }) => bytes !== undefined && wordVrs.has(vr) && !coding.has(tag);

const readsBesidePixels: Reads = (element, inContent) => {
  const { tag } = element;
  return readsAll(element, inContent) && (inContent || isInTable(tag) || (isPrivate(tag) && !isCreator(tag)));
};

const readsOf = (dataSet: DataSet): Reads => (elementOf(dataSet, tags.pixelData) ? readsBesidePixels : readsAll);

function sayings(dataSet: DataSet): readonly Said[] {
  const hasPixels = elementOf(dataSet, tags.pixelData) !== undefined;
  // What an element is called may be said by another one.
  const isApart = hasPixels && !elementOf(dataSet, tags.conceptName) && !dataSet.some(({ tag }) => isPrivate(tag));
  if (!isApart) return saidIn(dataSet, readsOf(dataSet), decoderFor([]));
  const decode = decoderOf(dataSet, decoderFor([]));
  return partsOf(dataSet).flatMap((part) => besidePixels(part, decode));
}

function saidIn(dataSet: DataSet, reads: Reads, before: (bytes: Uint8Array) => string): Said[] {
  const said: Said[] = [];
  visit(dataSet, reads, before, (one) => {
    said.push(one);
    return undefined;
  });
  return said;
}

/** What a part says that is read of a file with pixels. */
const besidePixels = ofPartsWith((part, decode: (bytes: Uint8Array) => string): readonly Said[] =>
  saidIn(part, readsBesidePixels, decode),
);

/** Gives the data set with other words in the place of some: `write` is asked for each one that is read. */
export function withWords(dataSet: DataSet, write: (said: Said, index: number) => string | undefined): DataSet {
  let index = 0;
  let foreign = false;
  const change = (one: Said) => {
    const text = write(one, index++);
    if (text !== undefined && /[^\x20-\x7e\n\r\t\f]/.test(text)) foreign = true;
    return text;
  };
  const changed = visit(dataSet, readsOf(dataSet), decoderFor([]), change);
  if (!foreign) return changed;
  index = 0;
  const utf8 = asUtf8(dataSet);
  return visit(utf8, readsOf(utf8), decoderFor([]), change);
}

function visit(
  dataSet: DataSet,
  reads: Reads,
  decoded: (bytes: Uint8Array) => string,
  change: (said: Said) => string | undefined,
): DataSet {
  const walk = (items: DataSet, before: (bytes: Uint8Array) => string, inContent: boolean): DataSet => {
    const decode = decoderOf(items, before);
    const concept = conceptOf(items, decode);
    return items.map((element): Element => {
      const { tag, vr, items: inner, bytes } = element;
      // What the scrubber says of itself needs no reader.
      if (methods.has(tag)) return element;
      if (inner) {
        const within = inContent || tag === tags.contentSequence || tag === GRAPHICS;
        return { tag, vr, items: inner.map((item) => walk(item, decode, within)) };
      }
      if (!bytes || !reads(element, inContent)) return element;
      const text = trimmed(decode(bytes)).replaceAll('\r\n', '\n').replaceAll('\r', '\n');
      if (text === '' || text === REMOVED) return element;
      const label =
        tag === tags.codeMeaning
          ? ''
          : tag === TEXT_VALUE && concept
            ? concept
            : (labelOf(tag) ?? safeRow(items, tag)?.name ?? '');
      const other = change({ label, text });
      return other === undefined ? element : { tag, vr, bytes: new TextEncoder().encode(other) };
    });
  };
  return walk(dataSet, decoded, false);
}

const GRAPHICS = 0x00700001;
const TEXT_VALUE = 0x0040a160;

/** What an item of content is about: the meaning of its concept name (PS3.3, C.17.3). */
function conceptOf(items: DataSet, decode: (bytes: Uint8Array) => string): string | undefined {
  const [name] = elementOf(items, tags.conceptName)?.items ?? [];
  const meaning = name && elementOf(name, tags.codeMeaning)?.bytes;
  return meaning ? trimmed(decode(meaning)) : undefined;
}
