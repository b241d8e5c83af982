import { deflateRawSync } from 'node:zlib';
import { Refusal } from '../refusal.ts';
import { newRoom, type Room } from '../room.ts';
import { type DataSet, type DicomFile, type Element, type Encoding, isPrivate, stringOf, tags } from './data-set.ts';
import { isKept, ofParts, type Part, partsOf } from './parts.ts';
import { longVrs } from './standard/vrs.ts';

/** Who wrote the file: a UID of PS3.5, B.2 that stands for this scrubber, and its name (PS3.10, 7.1). */
const IMPLEMENTATION = '2.25.187530487926411938467285310746152098341';
const IMPLEMENTATION_NAME = 'CPMS_SCRUB_1';
const UNDEFINED = 0xffffffff;
const SHORT_MOST = 0xfffe;

/**
 * Writes a file of PS3.10 anew: an empty preamble, meta information of its own, every length defined but of private sequences without VRs, no group lengths, nothing behind the last element. Writes over all of the room that it asks for, or refuses
 * with 'not-verified'. In a room where the last element's bytes lie already, all that is read is read before anything is written: no other element may be asked for its bytes afterwards.
 */
export function writeDicom(
  { syntax, encoding, dataSet }: Pick<DicomFile, 'syntax' | 'encoding' | 'dataSet'>,
  room: Room = newRoom,
): Uint8Array {
  const explicit: Encoding = { explicit: true, littleEndian: true, deflated: false };
  const meta: DataSet = [
    { tag: 0x00020001, vr: 'OB', bytes: Uint8Array.of(0, 1) },
    { tag: 0x00020002, vr: 'UI', bytes: ascii(stringOf(dataSet, tags.sopClass)) },
    { tag: 0x00020003, vr: 'UI', bytes: ascii(stringOf(dataSet, tags.sopInstance)) },
    { tag: tags.transferSyntax, vr: 'UI', bytes: ascii(syntax) },
    { tag: 0x00020012, vr: 'UI', bytes: ascii(IMPLEMENTATION) },
    { tag: 0x00020013, vr: 'SH', bytes: ascii(IMPLEMENTATION_NAME) },
  ];
  const metaLength = sizeOf(meta, explicit);
  const body = encoding.deflated ? deflated(dataSet, encoding) : undefined;
  const length = 132 + 12 + metaLength + (body ? body.length : sizeInParts(dataSet, encoding));
  const last = body ? undefined : endOf(dataSet);
  const file = room(length, last);
  const lying = last && liesAtEnd(last, file) ? last : undefined;
  const written = lying ? new Uint8Array(length - lying.length) : file;
  const view = new DataView(written.buffer, written.byteOffset, written.length);
  const sink: Sink = { bytes: written, view, at: 132, lying };
  written.fill(0, 0, 128);
  written.set(ascii('DICM'), 128);
  const counted = new Uint8Array(4);
  new DataView(counted.buffer).setUint32(0, metaLength, true);
  writeElement(sink, { tag: 0x00020000, vr: 'UL', bytes: counted }, explicit);
  writeDataSet(sink, meta, explicit);
  if (body) {
    written.set(body, sink.at);
    sink.at += body.length;
  } else writeParts(sink, dataSet, encoding);
  // What was not written over may be of another file.
  if (sink.at !== length) throw new Refusal('not-verified', { check: 'length' });
  if (lying) file.set(written);
  return file;
}

/** The bytes of the last element, where a file ends with them as they are. */
function endOf(dataSet: DataSet): Uint8Array | undefined {
  const bytes = dataSet.at(-1)?.bytes;
  return bytes && bytes.length % 2 === 0 ? bytes : undefined;
}

const liesAtEnd = (last: Uint8Array, file: Uint8Array): boolean =>
  last.buffer === file.buffer && last.byteOffset + last.length === file.byteOffset + file.length;

interface Sink {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
  /** They are where they belong. */
  readonly lying?: Uint8Array | undefined;
}

function deflated(dataSet: DataSet, encoding: Encoding): Uint8Array {
  const packed = deflateRawSync(plainly(dataSet, encoding));
  const even = new Uint8Array(packed.length + (packed.length % 2));
  even.set(packed);
  return even;
}

function plainly(dataSet: DataSet, encoding: Encoding): Uint8Array {
  const bytes = new Uint8Array(sizeOf(dataSet, encoding));
  writeDataSet({ bytes, view: new DataView(bytes.buffer), at: 0 }, dataSet, encoding);
  return bytes;
}

const forms = ofParts((): Uint8Array[] => []);

/** A part as it is written, where the next file may have it: it is written once. */
function writtenOnce(part: Part, encoding: Encoding): Uint8Array | undefined {
  if (!isKept(part)) return undefined;
  const own = forms(part);
  return (own[(encoding.explicit ? 2 : 0) + (encoding.littleEndian ? 1 : 0)] ??= plainly(part, encoding));
}

function sizeInParts(dataSet: DataSet, encoding: Encoding): number {
  return partsOf(dataSet).reduce(
    (sum, part) => sum + (writtenOnce(part, encoding)?.length ?? sizeOf(part, encoding)),
    0,
  );
}

function writeParts(sink: Sink, dataSet: DataSet, encoding: Encoding): void {
  for (const part of partsOf(dataSet)) {
    const bytes = writtenOnce(part, encoding);
    if (!bytes) writeDataSet(sink, part, encoding);
    else {
      sink.bytes.set(bytes, sink.at);
      sink.at += bytes.length;
    }
  }
}

const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const even = (length: number) => length + (length % 2);

/** What is too long for a length of two bytes is written as unknown (PS3.5, 6.2.2). */
function writtenVr({ vr, bytes }: Element): string {
  return bytes && bytes.length > SHORT_MOST && !longVrs.has(vr) ? 'UN' : vr;
}

function valueSize(element: Element, encoding: Encoding): number {
  if (element.bytes) return even(element.bytes.length);
  if (element.items)
    return element.items.reduce((sum, item) => sum + 8 + sizeOf(item, encoding), isOpen(element, encoding) ? 8 : 0);
  return element.fragments.reduce((sum, one) => sum + 8 + even(one.length), 8);
}

/** Whether a sequence says its end by a delimiter: without a VR it is known by that where no dictionary has it. */
const isOpen = ({ tag, items }: Element, { explicit }: Encoding) => items !== undefined && !explicit && isPrivate(tag);

function headSize(element: Element, { explicit }: Encoding): number {
  return explicit && longVrs.has(writtenVr(element)) ? 12 : 8;
}

function sizeOf(dataSet: DataSet, encoding: Encoding): number {
  return dataSet.reduce((sum, element) => sum + headSize(element, encoding) + valueSize(element, encoding), 0);
}

function writeDataSet(sink: Sink, dataSet: DataSet, encoding: Encoding): void {
  for (const element of dataSet) writeElement(sink, element, encoding);
}

function writeTag(sink: Sink, tag: number, { littleEndian }: Encoding): void {
  sink.view.setUint16(sink.at, tag >>> 16, littleEndian);
  sink.view.setUint16(sink.at + 2, tag & 0xffff, littleEndian);
  sink.at += 4;
}

function writeLength(sink: Sink, length: number, { littleEndian }: Encoding): void {
  sink.view.setUint32(sink.at, length, littleEndian);
  sink.at += 4;
}

function writeElement(sink: Sink, element: Element, encoding: Encoding): void {
  const vr = writtenVr(element);
  const length = element.fragments || isOpen(element, encoding) ? UNDEFINED : valueSize(element, encoding);
  writeTag(sink, element.tag, encoding);
  if (encoding.explicit) {
    sink.bytes[sink.at] = vr.charCodeAt(0);
    sink.bytes[sink.at + 1] = vr.charCodeAt(1);
    sink.at += 2;
    sink.view.setUint16(sink.at, longVrs.has(vr) ? 0 : length, encoding.littleEndian);
    sink.at += 2;
    if (longVrs.has(vr)) writeLength(sink, length, encoding);
  } else writeLength(sink, length, encoding);
  if (element.bytes) writeBytes(sink, element.bytes, vr);
  for (const item of element.items ?? []) {
    writeTag(sink, 0xfffee000, encoding);
    writeLength(sink, sizeOf(item, encoding), encoding);
    writeDataSet(sink, item, encoding);
  }
  if (length !== UNDEFINED) return;
  for (const fragment of element.fragments ?? []) {
    writeTag(sink, 0xfffee000, encoding);
    writeLength(sink, even(fragment.length), encoding);
    writeBytes(sink, fragment, 'OB');
  }
  writeTag(sink, 0xfffee0dd, encoding);
  writeLength(sink, 0, encoding);
}

/** Padded to an even length: words with a space, all else with a zero (PS3.5, 6.2). */
function writeBytes(sink: Sink, bytes: Uint8Array, vr: string): void {
  if (bytes !== sink.lying) sink.bytes.set(bytes, sink.at);
  sink.at += bytes.length;
  if (bytes.length % 2 === 0) return;
  sink.bytes[sink.at] = vr === 'UI' || vr === 'UN' || vr.startsWith('O') ? 0 : 0x20;
  sink.at++;
}
