import { cleanIcc } from '../icc.ts';
import { type DataSet, type Element, elementOf, numbersOf } from './data-set.ts';

/** How many bytes of a value the rest of its data set speaks of; undefined where it says nothing of them. */
type Measure = (dataSet: DataSet, littleEndian: boolean) => number | undefined;

/** Samples of every channel (PS3.3, C.10.9.1). */
const waveform: Measure = (dataSet, littleEndian) => {
  const [channels, samples, bits] = [0x003a0005, 0x003a0010, 0x54001004].map(
    (tag) => numbersOf(dataSet, tag, littleEndian)[0],
  );
  return channels && samples && bits ? channels * samples * Math.ceil(bits / 8) : undefined;
};

/** As many entries as the table's descriptor says, 0 for 65,536, in a word each; in a byte each where there are no more bytes than that (PS3.3, C.7.6.3.1.5 and C.11). */
const table =
  (descriptor: number, data: number): Measure =>
  (dataSet, littleEndian) => {
    const said = elementOf(dataSet, descriptor)?.bytes;
    // 'US or SS': signed are only its second word's.
    if (!said || said.length < 6) return undefined;
    const entries = new DataView(said.buffer, said.byteOffset, said.length).getUint16(0, littleEndian) || 65_536;
    const written = elementOf(dataSet, data)?.bytes?.length ?? 0;
    return written < 2 * entries ? entries + (entries % 2) : 2 * entries;
  };

const measures = new Map<number, Measure>([
  [0x54001010, waveform],
  [0x00283006, table(0x00283002, 0x00283006)],
  ...[1, 2, 3, 4].map((one) => [0x00281200 + one, table(0x00281100 + one, 0x00281200 + one)] as const),
]);
const ICC_PROFILE = 0x00282000;
const bounded = [...measures.keys(), ICC_PROFILE];

/** Gives the elements of one level without what stands behind values whose length the others tell: no viewer shows it. Samples of which nothing tells how many they are go, and of a colour profile all that turns no colours. */
export function withoutTails(dataSet: DataSet, littleEndian: boolean, count: (kind: string) => void): DataSet {
  if (!bounded.some((tag) => elementOf(dataSet, tag))) return dataSet;
  const found = dataSet.map((element) => {
    const bytes = bounded.includes(element.tag) ? element.bytes : undefined;
    if (!bytes || bytes.length === 0) return element;
    const kept = element.tag === ICC_PROFILE ? profile(bytes) : told(element, bytes, dataSet, littleEndian);
    if (kept?.length === bytes.length && Buffer.compare(kept, bytes) === 0) return element;
    count('trailing-data');
    return kept ? { tag: element.tag, vr: element.vr, bytes: kept } : undefined;
  });
  return found.every((element, index) => element === dataSet[index])
    ? dataSet
    : found.filter((one) => one !== undefined);
}

function told({ tag }: Element, bytes: Uint8Array, dataSet: DataSet, littleEndian: boolean): Uint8Array | undefined {
  const length = measures.get(tag)?.(dataSet, littleEndian);
  return length === undefined ? undefined : bytes.subarray(0, length);
}

function profile(bytes: Uint8Array): Uint8Array | undefined {
  const clean = cleanIcc(bytes);
  return clean && clean.length % 2 === 1 ? Buffer.concat([clean, Buffer.alloc(1)]) : clean;
}
