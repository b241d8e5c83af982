import { inflateRawSync } from 'node:zlib';
import { Refusal } from '../refusal.ts';
import {
  type DataSet,
  type DicomFile,
  type Element,
  type Encoding,
  groupOf,
  isPrivate,
  plain,
  tags,
} from './data-set.ts';
import type { Earlier, earlierElements, Standing } from './earlier.ts';
import { joined } from './parts.ts';
import { inPartsWithSafeVrs, withSafeVrs } from './private.ts';
import { vrOf } from './standard/dictionary.ts';
import { type WrittenVr, writtenVr } from './standard/vrs.ts';

const MB = 1024 * 1024;
const DEEPEST = 40;
const MOST_ELEMENTS = 2_000_000;
/** While it is put together it is there twice, what comes out is as large again, and a process has 512 MB for all. */
const MOST_INFLATED = 120 * MB;
const UNDEFINED = 0xffffffff;
const ITEM = 0xfffee000;
const ITEM_END = 0xfffee00d;
const SEQUENCE_END = 0xfffee0dd;
const IMPLICIT = '1.2.840.10008.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';
const DEFLATED = '1.2.840.10008.1.2.1.99';
const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const meta: Encoding = { explicit: true, littleEndian: true, deflated: false };

/** A piece of the file that is being read, with what may still be read of it. */
interface Source {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
  /** Elements left to read. */
  readonly budget: { elements: number };
}

/**
 * Reads a file of PS3.10, or a bare data set as older devices wrote it. Every length is held against what is there, depth and number of elements are bounded, pixels are not copied. Refuses with 'corrupt',
 * 'dicom-directory', 'dicom-syntax' (a transfer syntax that is not of PS3.5, or a film). Parts that `earlier` gives for the encoding may be given again.
 */
export function readDicom(given: Uint8Array, earlier?: ReturnType<typeof earlierElements>): DicomFile {
  // A Buffer's slices are no copies, as those of its class are.
  const file = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  const source = sourceOf(file);
  const hasPreamble = file.length > 132 && plain(file.subarray(128, 132)) === 'DICM';
  if (hasPreamble) source.at = 132;
  const preamble = hasPreamble ? file.subarray(0, 128).filter((byte) => byte !== 0).length : 0;
  const head = readMeta(source);
  const named = plain(head.find(({ tag }) => tag === tags.transferSyntax)?.bytes ?? new Uint8Array());
  const { syntax, encoding } = syntaxOf(named, source);
  const body = encoding.deflated ? inflated(source) : source;
  const before = earlier?.(`${encoding.explicit} ${encoding.littleEndian}`);
  const dataSet = before ? readParts(body, encoding, before) : readDataSet(body, body.bytes.length, encoding, 0);
  if (dataSet.some(({ tag }) => tag >>> 16 === 0x0004)) throw new Refusal('dicom-directory');
  if (dataSet.length === 0) throw new Refusal('corrupt');
  return { syntax, encoding, dataSet, meta: head, stray: preamble };
}

function sourceOf(bytes: Uint8Array, budget = { elements: MOST_ELEMENTS }): Source {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0, budget };
}

function readMeta(source: Source): Element[] {
  const elements: Element[] = [];
  while (source.at + 8 <= source.bytes.length && source.view.getUint16(source.at, true) === 2)
    elements.push(readElement(source, source.bytes.length, meta, 0));
  return elements;
}

/** The encoding by name, held against how the first element looks: some writers name another one than they use. */
function syntaxOf(named: string, source: Source): { readonly syntax: string; readonly encoding: Encoding } {
  if (named === DEFLATED) return { syntax: named, encoding: { ...meta, deflated: true } };
  if (named !== '' && !/^1\.2\.840\.10008\.1\.2(?:\.[\d.]+)?$/.test(named)) throw new Refusal('dicom-syntax');
  // MPEG, H.264, H.265: a film's words cannot be read nor covered frame by frame. JPIP: the pixels are elsewhere.
  if (/^1\.2\.840\.10008\.1\.2\.(?:4\.(?:9[45]|10[0-8]|20[45])|6\.|7\.)/.test(named)) throw new Refusal('dicom-syntax');
  const { bytes, view, at } = source;
  if (at + 8 > bytes.length) throw new Refusal('corrupt');
  const explicit = writtenVr(bytes, at + 4)?.isKnown === true;
  // A group of the standard is a small number: read the wrong way round it is a large one.
  const littleEndian = view.getUint16(at, true) <= view.getUint16(at, false);
  if (!explicit && !littleEndian) throw new Refusal('dicom-syntax');
  const native = explicit ? (littleEndian ? EXPLICIT : BIG_ENDIAN) : IMPLICIT;
  const isNative = [IMPLICIT, EXPLICIT, BIG_ENDIAN, ''].includes(named);
  if (!isNative && native !== EXPLICIT) throw new Refusal('dicom-syntax');
  return { syntax: isNative ? native : named, encoding: { explicit, littleEndian, deflated: false } };
}

function inflated(source: Source): Source {
  try {
    return sourceOf(
      inflateRawSync(source.bytes.subarray(source.at), { maxOutputLength: MOST_INFLATED }),
      source.budget,
    );
  } catch {
    throw new Refusal('corrupt');
  }
}

/** Reads elements up to `end`, or up to the end of an item where `open` says so. Of two with one tag the first is taken: a second would be what some readers see and others not. */
function readDataSet(source: Source, end: number, encoding: Encoding, depth: number, open = false): DataSet {
  if (depth > DEEPEST) throw new Refusal('corrupt');
  const elements: Element[] = [];
  let ended = !open;
  let ascending = true;
  while (source.at < end) {
    if (open && peek(source, end, encoding) === ITEM_END) {
      header(source, end, encoding);
      ended = true;
      break;
    }
    // Zeros behind the last element are a medium's filling.
    if (depth === 0 && source.bytes[source.at] === 0 && isAllZero(source.bytes, source.at, end)) break;
    const element = readElement(source, end, encoding, depth);
    if (element.tag <= (elements.at(-1)?.tag ?? -1)) ascending = false;
    elements.push(element);
  }
  if (!ended) throw new Refusal('corrupt');
  const ordered = ascending ? elements : inOrder(elements);
  return encoding.explicit ? ordered : withSafeVrs(ordered);
}

/** Reads a whole data set as `readDataSet` does, but what stood so in the file before. */
function readParts(source: Source, encoding: Encoding, earlier: Earlier): DataSet {
  const { bytes } = source;
  const end = bytes.length;
  const standing: Standing[] = [];
  let last = -1;
  let ascending = true;
  while (source.at < end) {
    if (bytes[source.at] === 0 && isAllZero(bytes, source.at, end)) break;
    const one = readPart(source, encoding, earlier);
    if ((one.part[0] as Element).tag <= last) ascending = false;
    last = (one.part.at(-1) as Element).tag;
    standing.push(one);
  }
  const dataSet = ascending ? joined(earlier.parts(standing)) : inOrder(standing.flatMap(({ part }) => part));
  return encoding.explicit ? dataSet : inPartsWithSafeVrs(dataSet);
}

function readPart(source: Source, encoding: Encoding, earlier: Earlier): Standing {
  const { bytes, budget, at } = source;
  const found = earlier.find(peek(source, bytes.length, encoding), bytes, at);
  if (found) {
    source.at += found.bytes.length;
    budget.elements -= found.part.length;
    if (budget.elements < 0) throw new Refusal('corrupt');
    return found;
  }
  const element = readElement(source, bytes.length, encoding, 0);
  const length = source.at - at;
  if (element.tag === tags.pixelData || !earlier.takes(length)) return { part: [element], bytes: NONE, ends: [] };
  // Read again from memory that stays.
  const own = bytes.slice(at, source.at);
  return earlier.keep(readElement(sourceOf(own), length, encoding, 0), own);
}
const NONE = new Uint8Array();

function inOrder(elements: readonly Element[]): Element[] {
  const byTag = new Map<number, Element>();
  for (const element of elements) if (!byTag.has(element.tag)) byTag.set(element.tag, element);
  return [...byTag.values()].sort((one, other) => one.tag - other.tag);
}

function isAllZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 0) return false;
  return true;
}

function peek({ view, at }: Source, end: number, { littleEndian }: Encoding): number {
  if (at + 8 > end) throw new Refusal('corrupt');
  return ((view.getUint16(at, littleEndian) << 16) | view.getUint16(at + 2, littleEndian)) >>> 0;
}

/** An item's or a delimiter's tag and length. */
function header(source: Source, end: number, encoding: Encoding): { readonly tag: number; readonly length: number } {
  const tag = peek(source, end, encoding);
  const length = source.view.getUint32(source.at + 4, encoding.littleEndian);
  source.at += 8;
  return { tag, length };
}

function readElement(source: Source, end: number, encoding: Encoding, depth: number): Element {
  if (--source.budget.elements < 0) throw new Refusal('corrupt');
  const tag = peek(source, end, encoding);
  if (groupOf(tag) === 0xfffe) throw new Refusal('corrupt');
  const { view, bytes } = source;
  const { littleEndian } = encoding;
  const written = encoding.explicit ? writtenVr(bytes, source.at + 4) : undefined;
  source.at += 4;
  let length: number;
  if (written?.isLong) {
    if (source.at + 8 > end) throw new Refusal('corrupt');
    length = view.getUint32(source.at + 4, littleEndian);
    source.at += 8;
  } else if (written) {
    length = view.getUint16(source.at + 2, littleEndian);
    source.at += 4;
  } else {
    // Without a VR: an implicit element, which some writers put between explicit ones.
    length = view.getUint32(source.at, littleEndian);
    source.at += 4;
  }
  const vr = written?.isKnown && written.vr !== 'UN' ? written.vr : unwrittenVr(tag);
  if (length === UNDEFINED) return readOpen(source, end, encoding, depth, tag, vr, written);
  if (length > end - source.at) throw new Refusal('corrupt');
  const start = source.at;
  source.at += length;
  const value = bytes.subarray(start, start + length);
  return vr === 'SQ'
    ? { tag, vr, items: readSequence(source, value, encoding, depth, written) }
    : { tag, vr, bytes: value };
}

function readSequence(
  { budget }: Source,
  value: Uint8Array,
  encoding: Encoding,
  depth: number,
  written: WrittenVr | undefined,
): DataSet[] {
  // Of unknown kind means implicit and little-endian within (PS3.5, 6.2.2).
  const within = written?.vr === 'UN' ? { ...encoding, explicit: false, littleEndian: true } : encoding;
  return readItems(sourceOf(value, budget), value.length, within, depth, false);
}

/** The VR by the dictionary where it is unknown or absent. What is private and implicit stays unknown until its creator was read. */
function unwrittenVr(tag: number): string {
  if (isPrivate(tag)) return (tag & 0xffff) <= 0xff && (tag & 0xffff) >= 0x10 ? 'LO' : 'UN';
  return vrOf(tag) ?? 'UN';
}

function readOpen(
  source: Source,
  end: number,
  encoding: Encoding,
  depth: number,
  tag: number,
  vr: string,
  written: WrittenVr | undefined,
): Element {
  if (tag === tags.pixelData && (written?.vr === 'OB' || written?.vr === 'OW'))
    return { tag, vr: 'OB', fragments: readFragments(source, end, encoding) };
  if (vr !== 'SQ' && vr !== 'UN') throw new Refusal('corrupt');
  const within = written?.vr === 'UN' ? { ...encoding, explicit: false, littleEndian: true } : encoding;
  return { tag, vr: 'SQ', items: readItems(source, end, within, depth, true) };
}

function readItems(source: Source, end: number, encoding: Encoding, depth: number, open: boolean): DataSet[] {
  const items: DataSet[] = [];
  while (source.at < end) {
    const { tag, length } = header(source, end, encoding);
    if (open && tag === SEQUENCE_END) return items;
    if (!open && tag === SEQUENCE_END && length === 0 && source.at === end) return items;
    if (tag !== ITEM || --source.budget.elements < 0) throw new Refusal('corrupt');
    if (length === UNDEFINED) items.push(readDataSet(source, end, encoding, depth + 1, true));
    else {
      const itemEnd = source.at + length;
      if (itemEnd > end) throw new Refusal('corrupt');
      items.push(readDataSet(source, itemEnd, encoding, depth + 1));
    }
  }
  if (open) throw new Refusal('corrupt');
  return items;
}

function readFragments(source: Source, end: number, encoding: Encoding): Uint8Array[] {
  const fragments: Uint8Array[] = [];
  while (source.at < end) {
    const { tag, length } = header(source, end, encoding);
    if (tag === SEQUENCE_END) return fragments;
    if (tag !== ITEM || length > end - source.at || --source.budget.elements < 0) throw new Refusal('corrupt');
    fragments.push(source.bytes.subarray(source.at, source.at + length));
    source.at += length;
  }
  throw new Refusal('corrupt');
}
