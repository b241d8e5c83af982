import type { DataSet } from '../data-set.ts';
import { readDicom } from '../read.ts';
import {
  bigEndian,
  CT,
  dataSetOf,
  deflatedLittle,
  fileOf,
  implicitLittle,
  pixels,
  sequence,
  ULTRASOUND,
  words,
} from './made.ts';

/** What stands in each of `planted` and may be in no output. */
export const HIDDEN = ['ROEWOODLY', 'H-4471129', 'PRIVATEWORD', 'NORTHMOORISH', '7433.77.12345678'];
const dataSet: DataSet = dataSetOf(
  CT,
  words(0x00080080, 'NORTHMOORISH'),
  words(0x00091001, 'PRIVATEWORD', 'LO'),
  words(0x00100010, 'ROEWOODLY^JANE'),
  words(0x00100020, 'H-4471129'),
  words(0x0020000e, '1.2.826.0.1.3680043.9.7433.77.12345678'),
  sequence(0x00400275, [words(0x00400007, 'NORTHMOORISH'), sequence(0x00400008, [words(0x00080104, 'ROEWOODLY')])]),
  sequence(0x52009229, [sequence(0x00209071, [words(0x00081090, 'ROEWOODLY AGAIN')])]),
  ...pixels(24, 20, 3, 1, (x, y) => x * y),
);

/** Files that hold `HIDDEN`, one in each encoding, and an ultrasound. */
export const planted: readonly Buffer[] = [
  fileOf(dataSet),
  fileOf(dataSet, implicitLittle),
  fileOf(dataSet, bigEndian),
  fileOf(dataSet, deflatedLittle),
  fileOf(dataSetOf(ULTRASOUND, ...dataSet.slice(3))),
].map((file) => Buffer.from(file));

const LENGTHS = [0, 1, 2, 8, 0xff, 0xfffe, 0xffff, 0x7fffffff, 0xfffffffe, 0xffffffff];
const VRS = ['SQ', 'UN', 'OB', 'OW', 'LO', 'UT', 'PN', 'US', 'XX', 'UI', 'AT'];

/** Damages a file as a bad disk, a cut transfer or an attacker does: lengths, VRs and tags above all. */
export function mutated(file: Buffer, other: Buffer, roll: (limit: number) => number): Buffer {
  let bytes = Buffer.from(file);
  for (let turns = 1 + roll(3); turns > 0; turns--) {
    const at = bytes.length > 140 ? 132 + roll(Math.min(bytes.length - 132, 3000)) : roll(Math.max(1, bytes.length));
    const length = 1 + roll(64);
    switch (roll(14)) {
      case 1:
        bytes = bytes.subarray(0, roll(4) === 0 ? at : bytes.length - roll(40));
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
        break;
      case 3:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at)]);
        break;
      case 4:
        if (at + 4 <= bytes.length) bytes.writeUInt32LE(LENGTHS[roll(LENGTHS.length)] as number, at);
        break;
      case 5: {
        // A VR becomes another one.
        const text = bytes.toString('latin1', at, at + 400);
        const vr = /(?:SQ|UN|OB|OW|LO|SH|PN|UI|CS|DA|US|DS)/.exec(text);
        if (vr) bytes.write(VRS[roll(VRS.length)] as string, at + vr.index, 'latin1');
        break;
      }
      case 6: {
        const start = roll(Math.max(1, other.length));
        bytes = Buffer.concat([bytes.subarray(0, at), other.subarray(start, start + length * 8), bytes.subarray(at)]);
        break;
      }
      case 7: {
        // A piece of the file as the value of an element that stays, and as a sequence without an end.
        const head = Buffer.from('08000000534800000000ffffffff'.slice(0, 16 + 12 * roll(2)), 'hex');
        bytes = Buffer.concat([bytes.subarray(0, at), head, bytes.subarray(at)]);
        break;
      }
      default:
        bytes[at] = roll(256);
    }
    if (bytes.length === 0) bytes = Buffer.from(file);
  }
  return bytes;
}

/** Whether the input says a thing where readers find it: damage may make an identifier's tag another one, and its words those of an element that stays. */
export function toldElsewhere(file: Buffer, text: string): boolean {
  try {
    return says(readDicom(file).dataSet, text);
  } catch {
    return false;
  }
}

const TABLED = new Set([0x00080080, 0x00100010, 0x00100020, 0x0020000e, 0x00400275]);

function says(dataSet: DataSet, text: string): boolean {
  return dataSet.some(
    ({ tag, bytes, items, fragments }) =>
      !TABLED.has(tag) &&
      (tag >>> 16) % 2 === 0 &&
      (items?.some((item) => says(item, text)) ||
        [...(bytes ? [bytes] : []), ...(fragments ?? [])].some((one) => Buffer.from(one).includes(text))),
  );
}
