import codecs from 'dcmjs-codecs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Element, elementOf, tags } from '../data-set.ts';
import { put } from '../method.ts';
import { readDicom } from '../read.ts';
import {
  bigEndian,
  CT,
  dataSetOf,
  dicom,
  dicomBench,
  explicitLittle,
  fileOf,
  pixels,
  shorts,
} from '../testing/made.ts';
import { writeDicom } from '../write.ts';
import { storedAlone } from './beside.ts';
import { encodeRle, loadCodecs, RLE } from './codecs.ts';
import { openFrames } from './frames.ts';
import { layoutOf } from './layout.ts';

const [WIDTH, HEIGHT] = [40, 30];
const JPEG_2000 = '1.2.840.10008.1.2.4.90';
const words = Buffer.from('Roewood^Jane Ada');
const plain = dataSetOf(CT, ...pixels(WIDTH, HEIGHT, 1, 1, (x, y) => (x * 7 + y * 3) & 255));
const samples = elementOf(plain, tags.pixelData)?.bytes ?? new Uint8Array();

beforeAll(loadCodecs);

const packed = (syntax: string, ...fragments: Uint8Array[]) =>
  writeDicom({
    dataSet: put(plain, [{ tag: tags.pixelData, vr: 'OB', fragments: fragments.map((one) => new Uint8Array(one)) }]),
    encoding: explicitLittle,
    syntax,
  });

function encoded(syntax: string): Uint8Array {
  const layout = layoutOf({ dataSet: plain, encoding: explicitLittle });
  if (!layout) throw new Error('no pixels');
  if (syntax === RLE) return encodeRle(samples, layout) ?? new Uint8Array();
  const context = new codecs.Context({
    width: WIDTH,
    height: HEIGHT,
    bitsAllocated: 8,
    bitsStored: 8,
    samplesPerPixel: 1,
    pixelRepresentation: 0,
    planarConfiguration: 0,
    photometricInterpretation: 'MONOCHROME2',
    decodedBuffer: samples,
  });
  return Uint8Array.from(codecs.NativeCodecs.encodeJpeg2000(context, { lossy: false }).getEncodedBuffer() ?? []);
}

async function cleaned(file: Uint8Array) {
  const output = (await dicom.prepare(file, dicomBench())).file;
  const frame = (await openFrames(readDicom(output)))?.frame(0)?.bytes;
  return { output: Buffer.from(output), frame: frame && Buffer.from(frame) };
}

describe.each([
  ['run lengths', RLE],
  ['JPEG 2000', JPEG_2000],
])('a frame of %s', (_, syntax) => {
  it.each<readonly [string, () => Uint8Array[]]>([
    ['behind its end', () => [new Uint8Array(), Buffer.concat([encoded(syntax), words])]],
    ['in its table of offsets', () => [words, encoded(syntax)]],
    ['as offsets that are none', () => [words.subarray(0, 4), encoded(syntax)]],
  ])('loses words %s, and decodes to the same', async (_place, fragments) => {
    const { output, frame } = await cleaned(packed(syntax, ...fragments()));
    expect(output.includes('Roew')).toBe(false);
    expect(frame).toEqual(Buffer.from(samples));
  });

  it('stays byte for byte where it holds nothing else', async () => {
    // The encoder names itself in a comment, which goes at the first time.
    const once = await cleaned(packed(syntax, new Uint8Array(), encoded(syntax)));
    const whole = elementOf(readDicom(once.output).dataSet, tags.pixelData)?.fragments?.[1] ?? new Uint8Array();
    for (const table of [new Uint8Array(), new Uint8Array(4)]) {
      const { output } = await cleaned(packed(syntax, table, whole));
      const [first, second] = elementOf(readDicom(output).dataSet, tags.pixelData)?.fragments ?? [];
      expect(first).toHaveLength(table.length);
      expect(Buffer.from(second ?? []).subarray(0, whole.length)).toEqual(Buffer.from(whole));
    }
  });
});

it('words between the segments of run lengths go', async () => {
  const frame = Buffer.from(encoded(RLE));
  const header = Buffer.from(frame.subarray(0, 64));
  header.writeUInt32LE(64 + words.length, 4);
  const { output, frame: decoded } = await cleaned(
    packed(RLE, new Uint8Array(), Buffer.concat([header, words, frame.subarray(64)])),
  );
  expect(output.includes('Roew')).toBe(false);
  expect(decoded).toEqual(Buffer.from(samples));
});

describe('bits beside those that are stored', () => {
  const file = (value: (at: number) => number, encoding: typeof explicitLittle, signed: number) => {
    const bytes = Buffer.alloc(WIDTH * HEIGHT * 2);
    for (let at = 0; at < WIDTH * HEIGHT; at++) bytes.writeUInt16LE(value(at), at * 2);
    if (!encoding.littleEndian) bytes.swap16();
    const more: Element[] = [
      shorts(0x00280100, 16),
      shorts(0x00280101, 12),
      shorts(0x00280102, 11),
      shorts(0x00280103, signed),
      { tag: tags.pixelData, vr: 'OW', bytes: new Uint8Array(bytes) },
    ];
    // The numbers of the head are written as they stand.
    const order = encoding.littleEndian
      ? more
      : more.map((one) => (one.vr === 'US' && one.bytes ? { ...one, bytes: one.bytes.slice().reverse() } : one));
    const dataSet = put(plain, order).map((one) =>
      !encoding.littleEndian && one.vr === 'US' && !more.some(({ tag }) => tag === one.tag)
        ? ({ ...one, bytes: (one.bytes ?? new Uint8Array()).slice().reverse() } as Element)
        : one,
    );
    return fileOf(dataSet, encoding);
  };
  const stored = (at: number) => (at * 13) & 0xfff;
  const overlay = (at: number) => (at % 5 === 0 ? 0x1000 : 0) | (at % 7 === 0 ? 0x8000 : 0);
  const wordsOf = async (given: Uint8Array, littleEndian: boolean) => {
    const { output } = await cleaned(given);
    const bytes = Buffer.from(elementOf(readDicom(output).dataSet, tags.pixelData)?.bytes ?? []);
    return Array.from({ length: bytes.length / 2 }, (_, at) =>
      littleEndian ? bytes.readUInt16LE(at * 2) : bytes.readUInt16BE(at * 2),
    );
  };
  const all = (value: (at: number) => number) => Array.from({ length: WIDTH * HEIGHT }, (_, at) => value(at));

  it.each([
    ['little-endian', explicitLittle],
    ['big-endian', bigEndian],
  ])('are blank, where overlays were kept, %s', async (_, encoding) => {
    const given = file((at) => stored(at) | overlay(at), encoding, 0);
    expect(await wordsOf(given, encoding.littleEndian)).toEqual(all(stored));
  });

  it('are found wherever one of them stands, however many samples there are', () => {
    const layout = { height: 1, frames: 1, samples: 1, planar: false, photometric: 'MONOCHROME2', signed: false };
    const bits = { bitsAllocated: 16, bitsStored: 12, highBit: 11 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), fc.integer({ min: 12, max: 15 }), (width, where, bit) => {
        const samples = new Uint16Array(width).fill(0xabc);
        const bytes = new Uint8Array(samples.buffer);
        expect(storedAlone(bytes, { ...layout, ...bits, width }, false)).toBeUndefined();
        samples[where % width] = 0xabc | (1 << bit);
        expect(storedAlone(bytes, { ...layout, ...bits, width }, false)).toEqual(
          new Uint8Array(new Uint16Array(width).fill(0xabc).buffer),
        );
      }),
    );
  });

  it('may repeat the sign of a number, and nothing else', async () => {
    const negative = (at: number) => (stored(at) & 0x800 ? stored(at) | 0xf000 : stored(at));
    expect(await wordsOf(file(negative, explicitLittle, 1), true)).toEqual(all(negative));
    expect(
      await wordsOf(
        file((at) => stored(at) | overlay(at), explicitLittle, 1),
        true,
      ),
    ).toEqual(all(stored));
  });
});
