import { expect, it } from 'vitest';
import { createRooms } from '../room.ts';
import { put } from './method.ts';
import { readDicom } from './read.ts';
import {
  bigEndian,
  CT,
  dataSetOf,
  deflatedLittle,
  explicitLittle,
  fileOf,
  implicitLittle,
  sequence,
  words,
} from './testing/made.ts';
import { writeDicom } from './write.ts';

it.each([
  ['explicit', explicitLittle],
  ['implicit', implicitLittle],
  ['big-endian', bigEndian],
  ['deflated', deflatedLittle],
])('a file that is written where another one was has nothing of it (%s)', (_, encoding) => {
  const dataSet = dataSetOf(
    CT,
    words(0x00080008, 'ODD'),
    sequence(0x00081140, [words(0x00081150, '1.2.3', 'UI'), words(0x00204000, 'x'.repeat(70_001), 'LT')], []),
    { tag: 0x7fe00010, vr: 'OB', fragments: [new Uint8Array(), Uint8Array.of(1, 2, 3)] },
  );
  const given = { dataSet, encoding, syntax: '1.2.840.10008.1.2.1' };
  const alone = writeDicom(given);
  expect(writeDicom(given, (bytes) => new Uint8Array(bytes).fill(0xa5))).toEqual(alone);
});

it('writes a header before pixels that lie where they belong, though it reads from where it writes', () => {
  const { given, made } = createRooms();
  const pixels = Uint8Array.from({ length: 200_000 }, (_, at) => at % 251);
  for (const [before, now] of [
    ['long '.repeat(3000), 'short'],
    ['short', 'long '.repeat(3000)],
    ['short', 'long '.repeat(30_000)],
  ] as const) {
    const image = { tag: 0x7fe00010, vr: 'OW', bytes: pixels };
    const first = fileOf(dataSetOf(CT, words(0x00080008, 'AXIAL'), words(0x00204000, before, 'LT'), image));
    const room = given(first.length);
    room.set(first);
    const read = readDicom(room);
    const dataSet = put(read.dataSet, [words(0x00204000, now, 'LT')]);
    const alone = writeDicom({ ...read, dataSet });
    expect(writeDicom({ ...read, dataSet }, made)).toEqual(alone);
  }
});
