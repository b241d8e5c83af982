import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Redaction } from '../../../../domain/ports.ts';
import { scrub } from '../../engine.ts';
import type { Bench } from '../../format.ts';
import { formats } from '../../formats.ts';
import { written } from '../../ocr/testing.ts';
import { plantedPdf } from '../../pdf/testing/planted.ts';
import { type DataSet, type Element, elementOf, stringOf, tags } from '../data-set.ts';
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
  SECONDARY_CAPTURE,
  sequence,
  shorts,
  ULTRASOUND,
  words,
} from '../testing/made.ts';
import { writeDicom } from '../write.ts';
import { encapsulated } from './bitstream.ts';
import { RLE } from './codecs.ts';
import { openFrames } from './frames.ts';
import { mayHoldWriting, sampled } from './reading.ts';

const WIDTH = 64;
const HEIGHT = 48;
const shade = (x: number, y: number, frame: number) => ((x * 3 + y * 5 + frame * 7) % 200) + 40;
/** The middle of the picture, and the pixels that are covered with the margin of a mask. */
const box = { left: 0.25, top: 0.25, width: 0.25, height: 0.25 };
const isFarOut = (x: number, y: number) => x < 8 || x >= 40 || y < 4 || y >= 32;
const boxOn = (page: number): Redaction => ({ page, kind: 'drawn', boxes: [box] });

async function samples(file: Uint8Array): Promise<Uint8Array[]> {
  const frames = await openFrames(readDicom(file));
  return Array.from(
    { length: frames?.layout.frames ?? 0 },
    (_, index) => frames?.frame(index)?.bytes ?? new Uint8Array(),
  );
}

async function redacted(file: Uint8Array, redactions: readonly Redaction[], bench: Partial<Bench> = {}) {
  const prepared = await dicom.prepare(file, dicomBench(bench));
  return (await dicom.redact(prepared.file, redactions, false, dicomBench())).file;
}

/** A stream of JPEG for each frame, with a comment in it where one is given. */
async function jpegs(frames: number, comment = ''): Promise<DataSet> {
  const own = dataSetOf(SECONDARY_CAPTURE, ...pixels(WIDTH, HEIGHT, frames, 3, shade));
  const bytes = elementOf(own, tags.pixelData)?.bytes ?? new Uint8Array();
  const size = WIDTH * HEIGHT * 3;
  const streams = await Promise.all(
    Array.from({ length: frames }, async (_, index) => {
      const raw = { width: WIDTH, height: HEIGHT, channels: 3 } as const;
      const stream = await sharp(bytes.subarray(index * size, (index + 1) * size), { raw })
        .jpeg({ quality: 95 })
        .toBuffer();
      const said = Buffer.from(comment);
      const segment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, said.length + 2]), said]);
      return comment === '' ? stream : Buffer.concat([stream.subarray(0, 2), segment, stream.subarray(2)]);
    }),
  );
  return put(own, [encapsulated(streams), words(0x00280004, 'YBR_FULL_422')]);
}

const jpegFile = (dataSet: DataSet) =>
  writeDicom({ dataSet, encoding: explicitLittle, syntax: '1.2.840.10008.1.2.4.50' });

/** Samples of colours that are not black where the mask is, or not as before where it is not. */
function wrongIn(frame: Uint8Array, before: Uint8Array): number {
  let wrong = 0;
  for (let at = 0; at < frame.length; at++) {
    const pixel = Math.floor(at / 3);
    const [x, y] = [pixel % WIDTH, Math.floor(pixel / WIDTH)];
    if (x >= 16 && x < 32 && y >= 12 && y < 24) wrong += frame[at] === 0 ? 0 : 1;
    else if (isFarOut(x, y)) wrong += frame[at] === before[at] ? 0 : 1;
  }
  return wrong;
}

describe('masks', () => {
  it.each([
    ['grey', fileOf(dataSetOf(ULTRASOUND, ...pixels(WIDTH, HEIGHT, 3, 1, shade)))],
    ['colours', fileOf(dataSetOf(ULTRASOUND, ...pixels(WIDTH, HEIGHT, 3, 3, shade)))],
    [
      'inverse grey',
      fileOf(put(dataSetOf(ULTRASOUND, ...pixels(WIDTH, HEIGHT, 3, 1, shade)), [words(0x00280004, 'MONOCHROME1')])),
    ],
  ])('in %s lie on all frames, and every other sample stays', async (_, file) => {
    const [before, after] = [await samples(file), await samples(await redacted(file, [boxOn(2)]))];
    expect(after).toHaveLength(3);
    for (const [index, frame] of after.entries()) {
      const was = before[index] as Uint8Array;
      const each = frame.length / (WIDTH * HEIGHT);
      const blank = new Set<number>();
      let changed = 0;
      for (let at = 0; at < frame.length; at++) {
        const pixel = Math.floor(at / each);
        const [x, y] = [pixel % WIDTH, Math.floor(pixel / WIDTH)];
        if (x >= 16 && x < 32 && y >= 12 && y < 24) blank.add(frame[at] as number);
        if (isFarOut(x, y) && frame[at] !== was[at]) changed++;
      }
      expect([blank.size, changed]).toEqual([1, 0]);
    }
  });

  it('in 16 bits of the other order are blank too', async () => {
    const values = Uint16Array.from({ length: WIDTH * HEIGHT }, (_, at) => 300 + (at % 900));
    const swapped = Buffer.from(values.buffer.slice(0)).swap16();
    const dataSet = put(dataSetOf(ULTRASOUND, ...pixels(WIDTH, HEIGHT, 1, 1, shade)), [
      shorts(0x00280100, 16),
      shorts(0x00280101, 12),
      shorts(0x00280102, 11),
      { tag: tags.pixelData, vr: 'OW', bytes: new Uint8Array(swapped) },
    ]);
    const big = dataSet.map((element): Element => {
      const { tag, vr, bytes } = element;
      return vr === 'US' && bytes ? { tag, vr, bytes: new Uint8Array(Buffer.from(bytes).swap16()) } : element;
    });
    const [after] = await samples(await redacted(fileOf(big, bigEndian), [boxOn(1)]));
    const shades = new Uint16Array((after as Uint8Array).slice().buffer);
    expect(shades[20 * WIDTH + 20]).toBe(300);
    expect(shades[40 * WIDTH + 60]).toBe(values[40 * WIDTH + 60]);
  });

  it('in compressed frames come out with run lengths, the same outside, and the file says so', async () => {
    const file = jpegFile(await jpegs(2));
    const output = await redacted(file, [boxOn(1)]);
    const { syntax, dataSet } = readDicom(output);
    expect([syntax, stringOf(dataSet, 0x00280004), stringOf(dataSet, 0x00280301)]).toEqual([RLE, 'RGB', 'NO']);
    const codes = elementOf(dataSet, 0x00120064)?.items?.map((item) => stringOf(item, 0x00080100));
    expect(codes).toEqual(['113100', '113101']);
    const [before, after] = [await samples(file), await samples(output)];
    expect(after).toHaveLength(2);
    expect(after.map((frame, index) => wrongIn(frame, before[index] as Uint8Array))).toEqual([0, 0]);
  });

  it('are refused on frames that nobody here can decode', async () => {
    const dataSet = put(await jpegs(1), [encapsulated([Buffer.from('no picture at all!')])]);
    await expect(redacted(jpegFile(dataSet), [boxOn(1)])).rejects.toMatchObject({ code: 'dicom-masking' });
  });
});

describe('pixels that are not masked', () => {
  it('stay byte for byte, compressed too', async () => {
    const dataSet = await jpegs(3);
    const { file } = await dicom.prepare(jpegFile(dataSet), dicomBench());
    const fragments = (of: DataSet) =>
      elementOf(of, tags.pixelData)?.fragments?.map((one) => Buffer.from(one).toString('base64').replace(/A*=*$/, ''));
    expect(fragments(readDicom(file).dataSet)).toEqual(fragments(dataSet));
  });

  it('lose the comments in their streams, and decode to the same', async () => {
    const file = jpegFile(await jpegs(2, 'scanned for Jane Roewood'));
    const output = (await dicom.prepare(file, dicomBench())).file;
    expect(Buffer.from(output).includes('Roewood')).toBe(false);
    expect(await samples(output)).toEqual(await samples(file));
  });

  it('lose what lies behind the last frame', async () => {
    const dataSet = dataSetOf(CT, ...pixels(WIDTH, HEIGHT, 2, 1, shade));
    const bytes = elementOf(dataSet, tags.pixelData)?.bytes ?? new Uint8Array();
    const longer = put(dataSet, [
      { tag: tags.pixelData, vr: 'OB', bytes: Buffer.concat([bytes, Buffer.from('Jane Roewood')]) },
    ]);
    const output = (await dicom.prepare(fileOf(longer), dicomBench())).file;
    expect(elementOf(readDicom(output).dataSet, tags.pixelData)?.bytes).toHaveLength(bytes.length);
    expect(Buffer.from(output).includes('Roewood')).toBe(false);
  });

  it.each([
    ['frames', words(0x00280008, '900000')],
    ['rows', shorts(0x00280010, 60_000)],
  ])('that are fewer than the number of %s says are refused', async (_, lie) => {
    const file = fileOf(put(dataSetOf(CT, ...pixels(WIDTH, HEIGHT, 2, 1, shade)), [lie]));
    await expect(dicom.prepare(file, dicomBench())).rejects.toMatchObject({
      code: expect.stringMatching(/corrupt|too-many-pages/),
    });
  });
});

it('what an ultrasound shows outside of its regions is blank on all frames', async () => {
  const region: DataSet = [0x00186018, 0x0018601a, 0x0018601c, 0x0018601e].map((tag, index) => ({
    tag,
    vr: 'UL',
    bytes: new Uint8Array(Uint32Array.of([8, 10, 55, 40][index] as number).buffer),
  }));
  const file = fileOf(dataSetOf(ULTRASOUND, ...pixels(WIDTH, HEIGHT, 3, 1, shade), sequence(0x00186011, region)));
  const prepared = await dicom.prepare(file, dicomBench());
  expect(prepared.removed['dicom-outside-regions']).toBeGreaterThan(0);
  const [before, after] = [await samples(file), await samples(prepared.file)];
  for (const [index, frame] of after.entries()) {
    const outside = new Set([0, 30, 5 * WIDTH + 20, 47 * WIDTH + 63, 20 * WIDTH + 2].map((at) => frame[at]));
    expect(outside.size).toBe(1);
    expect(frame[20 * WIDTH + 30]).toBe(before[index]?.[20 * WIDTH + 30]);
  }
});

describe('frames that are looked at', () => {
  it('are all of a few, and the ends and some between of many', () => {
    expect(sampled(3)).toEqual([0, 1, 2]);
    expect(sampled(101)).toEqual([0, 25, 50, 75, 100]);
  });

  it.each([
    [ULTRASOUND, [], true],
    [CT, [], false],
    [CT, [words(0x00280301, 'YES')], true],
    [CT, [words(0x00080008, 'DERIVED\\SECONDARY\\SCREEN SAVE')], true],
    [ULTRASOUND, [words(0x00280301, 'NO')], true],
    [SECONDARY_CAPTURE, [words(0x00080060, 'CT')], true],
  ] as readonly (readonly [string, Element[], boolean])[])('of class %s: %#', (sopClass, more, read) => {
    expect(mayHoldWriting(readDicom(fileOf(put(dataSetOf(sopClass), more))))).toBe(read);
  });

  it('give their writing as findings of each page, and what stands on several once', async () => {
    const at = (y: number) => Float32Array.from([0.1, y, 0.1, 0.1, 0.2, y, 0.1, 0.1]);
    let read = 0;
    const reader = {
      read: () =>
        Promise.resolve(
          ++read === 1
            ? { text: 'AB', places: at(0.1), frame: true }
            : { text: 'XY', places: at(read === 2 ? 0.1 : 0.6), frame: true },
        ),
    };
    const file = fileOf(dataSetOf(ULTRASOUND, ...pixels(WIDTH, HEIGHT, 2, 1, () => 10)));
    const prepared = await dicom.prepare(file, dicomBench({ reader }));
    expect(prepared.texts.map(({ page, text }) => [page, text.trim()])).toEqual([[1, 'AB']]);
    expect(prepared.frames).toEqual([1, 2]);
    const [first, second] = prepared.pages;
    expect(first).toMatchObject({ width: WIDTH, height: HEIGHT, picture: true });
    // Both are of one series, one after the other.
    expect(second?.frame?.series).toBe(first?.frame?.series);
    expect(second?.frame?.at).toBeGreaterThan(first?.frame?.at ?? Infinity);
  });

  it('that were not read are told', async () => {
    const prepared = await dicom.prepare(fileOf(dataSetOf(CT, ...pixels(WIDTH, HEIGHT, 2, 1, shade))), dicomBench());
    expect(prepared.notSearched).toEqual([{ what: 'frames-tested', pages: [1, 2] }]);
    expect(prepared.frames).toEqual([]);
  });

  it('that a scanner computed are covered where they look written on, read or not', async () => {
    const size = { width: 256, height: 256 };
    const picture = await written(size, [{ text: 'ANNA KARL 4711', x: 20, y: 14, height: 14 }], [0, 255]);
    let noise = 7;
    // Tissue with grain, and a ring of bone brighter than anything but the writing.
    const tissue = (x: number, y: number) => {
      noise = (Math.imul(noise, 1664525) + 1013904223) >>> 0;
      const radius = Math.hypot(x - 128, y - 140);
      return radius > 100 ? 0 : (radius > 92 ? 225 : 90) + (noise >>> 28);
    };
    const both = (x: number, y: number) => Math.max(picture.data[y * size.width + x] as number, tissue(x, y));
    const ct = (shade: (x: number, y: number) => number) =>
      fileOf(
        put(dataSetOf(CT, ...pixels(size.width, size.height, 1, 1, shade)), [
          words(0x00080008, 'ORIGINAL\\PRIMARY\\AXIAL'),
        ]),
      );
    const plain = await dicom.prepare(ct(tissue), dicomBench());
    expect([plain.texts, plain.notSearched]).toEqual([[], [{ what: 'frames-tested', pages: [1] }]]);
    for (const readMs of [0, 60_000]) {
      const job = { file: ct(both), maxPages: 50, readMs, redact: 'all', flatten: false } as const;
      const outcome = await scrub(formats(), job, () => {});
      if (outcome.outcome !== 'scrubbed') throw new Error(outcome.reason);
      const [after] = await samples(outcome.file);
      const ink = [...picture.data].flatMap((shade, at) => (shade > 128 ? [after?.[at] as number] : []));
      expect(ink.filter((shade) => shade > 0)).toEqual([]);
      expect(Math.max(...(after ?? []))).toBeGreaterThan(200);
      expect(outcome.report.notSearched).toEqual(readMs === 0 ? [{ what: 'pictures', pages: [1] }] : []);
    }
  }, 60_000);
});

it.each([
  ['8 bits', 8, 0],
  ['12 bits of 16', 12, 0],
  ['numbers below zero', 12, 1],
])(
  'dark writing over tissue is found and covered, light tissue with dark places is left, %s',
  async (_, stored, signed) => {
    const size = { width: 256, height: 256 };
    const picture = await written(size, [{ text: 'ANNA KARL 4711', x: 70, y: 120, height: 13 }], [0, 255]);
    let noise = 7;
    const least = signed === 1 ? -1024 : 0;
    const scale = stored === 8 ? 1 : 8;
    // Grain in it, and air: around, and in a windpipe, which is as dark as writing.
    const tissue = (x: number, y: number) => {
      noise = (Math.imul(noise, 1664525) + 1013904223) >>> 0;
      const isAir = Math.hypot(x - 128, y - 128) > 110 || Math.hypot(x - 128, y - 70) < 9;
      return isAir ? noise >>> 30 : (y > 220 ? 225 : 90) + (noise >>> 28);
    };
    const ct = (isWritten: boolean) => {
      const samples = Int16Array.from({ length: 256 * 256 }, (__, at) => {
        const ink = isWritten ? (picture.data[at] as number) / 255 : 0;
        return Math.round(tissue(at % 256, at >> 8) * (1 - ink)) * scale + least;
      });
      const bytes = stored === 8 ? Uint8Array.from(samples) : new Uint8Array(samples.buffer);
      return fileOf(
        put(dataSetOf(CT, ...pixels(256, 256, 1, 1, () => 0)), [
          words(0x00080008, 'ORIGINAL\\PRIMARY\\AXIAL'),
          shorts(0x00280100, stored === 8 ? 8 : 16),
          shorts(0x00280101, signed === 1 ? 16 : stored),
          shorts(0x00280102, signed === 1 ? 15 : stored - 1),
          shorts(0x00280103, signed),
          { tag: tags.pixelData, vr: 'OW', bytes },
        ]),
      );
    };
    const plain = await dicom.prepare(ct(false), dicomBench());
    expect([plain.texts, plain.notSearched]).toEqual([[], [{ what: 'frames-tested', pages: [1] }]]);
    const job = { file: ct(true), maxPages: 50, readMs: 0, redact: 'all', flatten: false } as const;
    const outcome = await scrub(formats(), job, () => {});
    if (outcome.outcome !== 'scrubbed') throw new Error(outcome.reason);
    const [after] = await samples(outcome.file);
    const shades = stored === 8 ? after : after && new Int16Array(after.buffer, after.byteOffset, 256 * 256);
    // Between the letters it is as dark as they were.
    const [top, bottom] = [122, 130];
    const row = (y: number) =>
      Array.from((shades ?? new Int16Array()).slice(y * 256 + 74, y * 256 + 150), (one) => one - least);
    expect(Math.max(...row(top), ...row(bottom))).toBeLessThan(8 * scale);
    expect(Math.max(...row(200))).toBeGreaterThan(80 * scale);
  },
  60_000,
);

it('a frame is drawn through its window', async () => {
  const file = fileOf(
    put(dataSetOf(CT, ...pixels(WIDTH, HEIGHT, 1, 1, (x) => x * 4)), [
      words(0x00281050, '128'),
      words(0x00281051, '2'),
    ]),
  );
  const png = await dicom.picture?.((await dicom.prepare(file, dicomBench())).file, 1, WIDTH, false);
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  const row = Array.from({ length: WIDTH }, (_, x) => data[x * info.channels] as number);
  expect([row[0], row[30], row[34], row[63]]).toEqual([0, 0, 255, 255]);
});

it('a PDF within goes through the scrubber of PDFs, and its pages follow', async () => {
  const { file, hidden } = plantedPdf();
  const even = new Uint8Array(file.length + (file.length % 2));
  even.set(file);
  const dataSet = dataSetOf(
    '1.2.840.10008.5.1.4.1.1.104.1',
    words(0x00100010, 'Roewood^Jane'),
    words(0x00420012, 'application/pdf'),
    {
      tag: 0x00420011,
      vr: 'OB',
      bytes: even,
    },
  );
  const prepared = await dicom.prepare(fileOf(dataSet), dicomBench());
  expect(prepared.people?.names).toContain('Jane Roewood');
  const output = readDicom(prepared.file).dataSet;
  const inner = Buffer.from(elementOf(output, 0x00420011)?.bytes ?? []);
  expect(inner.subarray(0, 5).toString()).toBe('%PDF-');
  for (const gone of hidden.values()) expect(inner.includes(gone)).toBe(false);
  const count = await dicom.pages(prepared.file);
  expect(count).toBe(prepared.pages.length);
  const done = await dicom.redact(prepared.file, [boxOn(count)], false, dicomBench());
  expect(done.verified).toContain('confidentiality-profile');
}, 60_000);

it('writing on a few frames is read, and gone from all of them', async () => {
  const size = { width: 320, height: 160 };
  const picture = await written(size, [{ text: 'ANNA KARL 4711', x: 20, y: 30, height: 26 }], [0, 230]);
  const grey = (x: number, y: number) => picture.data[y * size.width + x] as number;
  const file = fileOf(dataSetOf(ULTRASOUND, ...pixels(size.width, size.height, 7, 1, grey)));
  const outcome = await scrub(
    formats(),
    { file, maxPages: 50, readMs: 60_000, redact: 'all', flatten: false },
    () => {},
  );
  expect(outcome.outcome).toBe('scrubbed');
  if (outcome.outcome !== 'scrubbed') return;
  const after = await samples(outcome.file);
  expect(after.map((frame) => Math.max(...frame))).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(outcome.report.notSearched).toEqual([{ what: 'frames-compared', pages: [2, 5] }]);
}, 90_000);
