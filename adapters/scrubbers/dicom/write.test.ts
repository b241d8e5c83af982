import { expect, it } from 'vitest';
import {
  bigEndian,
  CT,
  dataSetOf,
  deflatedLittle,
  explicitLittle,
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
