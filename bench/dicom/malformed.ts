import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import type { Element } from '../../adapters/scrubbers/dicom/data-set.ts';
import { put } from '../../adapters/scrubbers/dicom/method.ts';
import { HIDDEN, mutated, planted, toldElsewhere } from '../../adapters/scrubbers/dicom/testing/damaged.ts';
import {
  CT,
  dataSetOf,
  deflatedLittle,
  explicitLittle,
  fileOf,
  pixels,
  SECONDARY_CAPTURE,
  sequence,
  shorts,
  words,
} from '../../adapters/scrubbers/dicom/testing/made.ts';
import { writeDicom } from '../../adapters/scrubbers/dicom/write.ts';
import { createScrubber } from '../../adapters/scrubbers/scrubber.ts';
import { dice } from '../../domain/seeded.ts';
import { childrenOf, peakBytes, scrubbingChild } from '../../test/processes.ts';

const MB = 1024 * 1024;
const MOST_MS = 10_000;
const MOST_BYTES = 512 * MB;

const person = [words(0x00100010, 'ROEWOODLY^JANE'), words(0x00100020, 'H-4471129')];
const hex = (digits: string) => Buffer.from(digits.replaceAll(' ', ''), 'hex');
const repeated = (piece: Buffer, times: number) => Buffer.alloc(piece.length * times, piece);
const withTail = (tail: Buffer) => Buffer.concat([fileOf(dataSetOf(CT, ...person)), tail]);

/** Files made to take time or memory, or to be believed: each by its name. */
function* crafted(): Generator<readonly [name: string, file: Buffer]> {
  yield ['a length of 4 GB', withTail(hex('e07f1000 4f42 0000 fffffff7'))];
  yield ['an endless sequence', withTail(hex('08001511 5351 0000 ffffffff'))];
  yield [
    '100,000 sequences in each other',
    withTail(repeated(hex('08001511 5351 0000 ffffffff feff00e0 ffffffff'), 1e5)),
  ];
  yield [
    '6 million empty items',
    withTail(Buffer.concat([hex('08001511 5351 0000 ffffffff'), repeated(hex('feff00e0 00000000'), 6e6)])),
  ];
  yield [
    '5 million empty fragments',
    withTail(Buffer.concat([hex('e07f1000 4f42 0000 ffffffff'), repeated(hex('feff00e0 00000000'), 5e6)])),
  ];
  yield ['6 million times one element', withTail(repeated(hex('08001511 5351 0000 00000000').subarray(0, 8), 6e6))];
  for (const size of [40, 140, 390]) yield [`${size} MB deflated to nothing`, deflated(size * MB)];
  yield [
    'pixels that are not there',
    Buffer.from(
      fileOf(
        put(dataSetOf(SECONDARY_CAPTURE, ...person), [
          ...pixels(4, 4, 1, 1, () => 9).filter(({ tag }) => tag !== 0x00280010),
          shorts(0x00280010, 65_535),
        ]),
      ),
    ),
  ];
  for (const [name, syntax, code] of bombs) yield [name, encapsulated(syntax, code)];
  yield [
    '45 MB of words',
    Buffer.from(fileOf(dataSetOf(CT, ...person, words(0x00204000, 'a word of Jane '.repeat(3e6), 'LT')))),
  ];
  yield [
    '25 MB of the name',
    Buffer.from(fileOf(dataSetOf(CT, ...person, words(0x00204000, 'of Jane Roewoodly '.repeat(15e5), 'UT')))),
  ];
  const picture = pixels(4, 4, 1, 1, () => 9);
  const texts = Array.from({ length: 60_000 }, (_, index) => [words(0x00081090, `Model number ${index}`)]);
  yield [
    '60,000 words beside 30,000 private ones',
    Buffer.from(fileOf(dataSetOf(CT, ...person, sequence(0x00081140, ...texts), ...privates(30_000), ...picture))),
  ];
  const uids = Array.from({ length: 60_000 }, (_, index) => [
    words(0x00081155, `1.2.826.0.1.3680043.9.7433.88.${index}`, 'UI'),
  ]);
  yield ['60,000 UIDs', Buffer.from(fileOf(dataSetOf(CT, ...person, sequence(0x00081140, ...uids), ...picture)))];
}

function privates(count: number): Element[] {
  return Array.from({ length: count }, (_, index) => ({
    tag: (0x00091000 + (((index >> 8) * 2) << 16) + (index & 0xff)) >>> 0,
    vr: 'LO',
    bytes: Buffer.from(`private value ${index}`),
  }));
}

function deflated(size: number): Buffer {
  const plain = Buffer.from(
    fileOf(
      put(
        dataSetOf(CT, ...person),
        pixels(1, 1, 1, 1, () => 0),
      ),
      explicitLittle,
    ),
  );
  const empty = Buffer.from(fileOf(dataSetOf(CT, ...person), deflatedLittle));
  const head = 132 + 12 + empty.readUInt32LE(140);
  const start = 132 + 12 + plain.readUInt32LE(140);
  const body = Buffer.concat([plain.subarray(start, plain.length - 2), Buffer.alloc(size)]);
  body.writeUInt32LE(size, plain.length - start - 6);
  return Buffer.concat([empty.subarray(0, head), deflateRawSync(body)]);
}

/** Code streams whose own headers name 20,000 by 20,000 pixels where the file says 64 by 64. */
const side = '4e20';
const bombs: readonly (readonly [string, string, Buffer])[] = [
  [
    'a JPEG of 400 million pixels',
    '1.2.840.10008.1.2.4.50',
    hex(`ffd8 ffc0000b08${side}${side}01011100 ffda0008010100003f00 00 ffd9`),
  ],
  [
    'a lossless JPEG of 400 million pixels',
    '1.2.840.10008.1.2.4.70',
    hex(`ffd8 ffc3000b10${side}${side}01011100 ffda0008010100000000 00 ffd9`),
  ],
  [
    'a JPEG-LS of 400 million pixels',
    '1.2.840.10008.1.2.4.80',
    hex(`ffd8 fff7000b10${side}${side}01011100 ffda00080101000000 00 00 ffd9`),
  ],
  [
    'a JPEG 2000 of 400 million pixels',
    '1.2.840.10008.1.2.4.90',
    hex(
      `ff4f ff51 0029 0000 0000${side} 0000${side} 00000000 00000000 0000${side} 0000${side} 00000000 00000000 0001 0f0101 ff52 000c 00000001 00 05 04 04 00 01 ff5c 0013 40 ${'4848'.repeat(8)} ff90 000a 0000 00000000 00 01 ff93 ffd9`,
    ),
  ],
  [
    'run lengths of nothing',
    '1.2.840.10008.1.2.5',
    Buffer.concat([hex('02000000 40000000 ffffff7f'), Buffer.alloc(52), repeated(hex('81ff'), 2000)]),
  ],
];

function encapsulated(syntax: string, code: Buffer): Buffer {
  const layout = pixels(64, 64, 1, 1, () => 0).filter(({ tag }) => tag !== 0x7fe00010);
  const pixel: Element = { tag: 0x7fe00010, vr: 'OB', fragments: [new Uint8Array(), code] };
  const dataSet = put(dataSetOf(SECONDARY_CAPTURE, ...person), [...layout, pixel]);
  return Buffer.from(writeDicom({ dataSet, encoding: explicitLittle, syntax }));
}

/** Damaged files, planted ones and those of a corpus, by seeds; and each cut off at some place. */
function* damaged(count: number, corpus: string | undefined): Generator<readonly [name: string, file: Buffer]> {
  const real = corpus
    ? readdirSync(corpus, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
    : [];
  const seeds = [...planted, ...real];
  for (let run = 0; run < count; run++) {
    const roll = dice(run);
    const file = seeds[roll(seeds.length)] as Buffer;
    const isCut = roll(3) === 0;
    yield [
      `run ${run}`,
      isCut ? file.subarray(0, roll(file.length)) : mutated(file, seeds[roll(seeds.length)] as Buffer, roll),
    ];
  }
}

/** Scrubs malformed files one after the other in children with the bounds that a file has, and prints how long the slowest took, how much memory a child ever held, and whether anything hidden came out. */
export async function malformed(count: number, corpus: string | undefined, verbose: boolean): Promise<void> {
  const scrubber = createScrubber({ workers: 1 });
  let [files, slowest, most, leaks, within] = [0, 0, 0, 0, 0];
  let [slowestName, mostName] = ['', ''];
  const outcomes = new Map<string, number>();
  const children = new Map<number, number>();
  const look = () => {
    for (const pid of childrenOf(process.pid, scrubbingChild))
      children.set(pid, Math.max(children.get(pid) ?? 0, peakBytes(pid)));
  };
  for (const source of [crafted(), damaged(count, corpus)])
    for (const [name, file] of source) {
      files++;
      const watch = setInterval(look, 20);
      const began = performance.now();
      const outcome = await scrubber.scrub(file);
      const took = performance.now() - began;
      clearInterval(watch);
      look();
      const peak = Math.max(0, ...children.values());
      const told = outcome.outcome === 'refused' ? outcome.reason : 'scrubbed';
      outcomes.set(told, (outcomes.get(told) ?? 0) + 1);
      const leaked =
        outcome.outcome === 'scrubbed' &&
        HIDDEN.some((text) => Buffer.from(outcome.file).includes(text) && !toldElsewhere(file, text));
      if (leaked) leaks++;
      if (took <= MOST_MS && peak <= MOST_BYTES && !leaked) within++;
      if (verbose || leaked || took > MOST_MS || peak > MOST_BYTES)
        if (!name.startsWith('run') || leaked || took > MOST_MS || peak > MOST_BYTES)
          console.log(
            `  ${name}: ${told}, ${(took / 1000).toFixed(2)} s, ${(peak / MB).toFixed(0)} MB${leaked ? ', LEAK' : ''}`,
          );
      if (took > slowest) [slowest, slowestName] = [took, name];
      if (peak > most) [most, mostName] = [peak, name];
      // A child's peak stays with it: what is over the bound is not counted for the next file.
      if (peak > MOST_BYTES) children.clear();
    }
  await scrubber.close();
  console.log(
    `${files} malformed files: within 10 s, 512 MB and without anything unscrubbed ${within}; slowest ${(slowest / 1000).toFixed(1)} s (${slowestName}), most memory ${(most / MB).toFixed(0)} MB (${mostName}), outputs with something hidden ${leaks}; ${[...outcomes].map((one) => one.join(' ')).join(', ')}`,
  );
}
