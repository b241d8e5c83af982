import type { Bench, Format } from '../../format.ts';
import { pdfFormat } from '../../pdf/format.ts';
import { loadPdfium } from '../../pdf/pdfium.ts';
import type { DataSet, Element, Encoding } from '../data-set.ts';
import { dicomFormat } from '../format.ts';
import { put } from '../method.ts';
import { ascii } from '../replace.ts';
import { vrOf } from '../standard/dictionary.ts';
import { writeDicom } from '../write.ts';

export const explicitLittle: Encoding = { explicit: true, littleEndian: true, deflated: false };
export const implicitLittle: Encoding = { explicit: false, littleEndian: true, deflated: false };
export const bigEndian: Encoding = { explicit: true, littleEndian: false, deflated: false };
export const deflatedLittle: Encoding = { explicit: true, littleEndian: true, deflated: true };

const syntaxes = new Map([
  [explicitLittle, '1.2.840.10008.1.2.1'],
  [implicitLittle, '1.2.840.10008.1.2'],
  [bigEndian, '1.2.840.10008.1.2.2'],
  [deflatedLittle, '1.2.840.10008.1.2.1.99'],
]);

export const CT = '1.2.840.10008.5.1.4.1.1.2';
export const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';
export const ULTRASOUND = '1.2.840.10008.5.1.4.1.1.6.1';

/** An element of the dictionary with a value in characters. */
export function words(tag: number, value: string, vr = vrOf(tag) ?? 'LO'): Element {
  return { tag, vr, bytes: new TextEncoder().encode(value) };
}

export function shorts(tag: number, ...values: number[]): Element {
  const bytes = new Uint8Array(new Uint16Array(values).buffer);
  return { tag, vr: 'US', bytes };
}

export function sequence(tag: number, ...items: DataSet[]): Element {
  return { tag, vr: 'SQ', items };
}

/** A small data set of a kind with what each has. */
export function dataSetOf(sopClass: string, ...more: Element[]): DataSet {
  const base: DataSet = [
    { tag: 0x00080016, vr: 'UI', bytes: ascii(sopClass) },
    { tag: 0x00080018, vr: 'UI', bytes: ascii('1.2.826.0.1.3680043.9.7433.1.1') },
    words(0x00080060, sopClass === CT ? 'CT' : sopClass === ULTRASOUND ? 'US' : 'OT'),
    { tag: 0x0020000d, vr: 'UI', bytes: ascii('1.2.826.0.1.3680043.9.7433.1.2') },
    { tag: 0x0020000e, vr: 'UI', bytes: ascii('1.2.826.0.1.3680043.9.7433.1.3') },
  ];
  return put(base, more);
}

export function fileOf(dataSet: DataSet, encoding: Encoding = explicitLittle): Uint8Array {
  return writeDicom({ dataSet, encoding, syntax: syntaxes.get(encoding) ?? '' });
}

/** Frames of grey or colour, 8 bits a sample; `shade` gives a sample. */
export function pixels(
  width: number,
  height: number,
  frames: number,
  samples: 1 | 3,
  shade: (x: number, y: number, frame: number) => number,
): Element[] {
  const bytes = new Uint8Array(width * height * frames * samples);
  for (let at = 0; at < bytes.length; at++) {
    const pixel = Math.floor(at / samples);
    const place = pixel % (width * height);
    bytes[at] = shade(place % width, Math.floor(place / width), Math.floor(pixel / (width * height)));
  }
  return [
    shorts(0x00280002, samples),
    words(0x00280004, samples === 1 ? 'MONOCHROME2' : 'RGB'),
    ...(samples === 3 ? [shorts(0x00280006, 0)] : []),
    words(0x00280008, String(frames)),
    shorts(0x00280010, height),
    shorts(0x00280011, width),
    shorts(0x00280100, 8),
    shorts(0x00280101, 8),
    shorts(0x00280102, 7),
    shorts(0x00280103, 0),
    { tag: 0x7fe00010, vr: 'OB', bytes },
  ];
}

/** A bench that reads no picture. */
export function dicomBench(more: Partial<Bench> = {}): Bench {
  return { maxPages: 500, reader: { read: () => Promise.resolve(undefined) }, progress: () => {}, ...more };
}

/** The scrubber, with that of PDFs within. */
export const dicom: Format = dicomFormat(pdfFormat(await loadPdfium()));
