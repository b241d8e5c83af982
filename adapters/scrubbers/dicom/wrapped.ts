import { Refusal } from '../refusal.ts';
import { type DataSet, elementOf, numberOf, stringOf, tags } from './data-set.ts';
import { put } from './method.ts';

const ENCAPSULATED = '1.2.840.10008.5.1.4.1.1.104.';
const DOCUMENT = 0x00420011;
const KIND = 0x00420012;
const LENGTH = 0x00420015;

/** The PDF that a file wraps (PS3.3, C.24.2), without its padding; undefined where it wraps nothing. Refuses with 'dicom-encapsulated' any other kind of document. */
export function wrappedPdf(dataSet: DataSet, littleEndian: boolean): Uint8Array | undefined {
  const element = elementOf(dataSet, DOCUMENT);
  // In a file of another class the element is foreign, and goes by the table.
  if (!element || !stringOf(dataSet, tags.sopClass).startsWith(ENCAPSULATED)) return undefined;
  const { bytes } = element;
  if (!bytes || stringOf(dataSet, KIND) !== 'application/pdf') throw new Refusal('dicom-encapsulated');
  return bytes.subarray(0, numberOf(dataSet, LENGTH, littleEndian) ?? bytes.length);
}

/** The elements that the walk leaves alone, since their document went through its own scrubber. */
export const wrapping: ReadonlySet<number> = new Set([DOCUMENT, LENGTH]);

export function withPdf(dataSet: DataSet, pdf: Uint8Array, littleEndian: boolean): DataSet {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, pdf.length, littleEndian);
  return put(dataSet, [
    { tag: DOCUMENT, vr: 'OB', bytes: pdf },
    { tag: LENGTH, vr: 'UL', bytes: length },
  ]);
}
