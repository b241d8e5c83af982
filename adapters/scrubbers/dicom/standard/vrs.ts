/** Their lengths take four bytes where the VR is written (PS3.5, 7.1.2). */
export const longVrs: ReadonlySet<string> = new Set([
  'OB',
  'OD',
  'OF',
  'OL',
  'OV',
  'OW',
  'SQ',
  'SV',
  'UC',
  'UN',
  'UR',
  'UT',
  'UV',
]);

export const shortVrs: ReadonlySet<string> = new Set([
  'AE',
  'AS',
  'AT',
  'CS',
  'DA',
  'DS',
  'DT',
  'FD',
  'FL',
  'IS',
  'LO',
  'LT',
  'PN',
  'SH',
  'SL',
  'SS',
  'ST',
  'TM',
  'UI',
  'UL',
  'US',
]);

/** Words in the file's own characters (PS3.5, 6.1.2.3). */
export const wordVrs: ReadonlySet<string> = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);
/** Characters of ASCII. */
export const plainVrs: ReadonlySet<string> = new Set(['AE', 'AS', 'CS', 'DA', 'DS', 'DT', 'IS', 'TM', 'UI', 'UR']);

/** A VR as it stands in a file. */
export interface WrittenVr {
  readonly vr: string;
  readonly isKnown: boolean;
  /** What is not known is taken for long, as later VRs are (PS3.5, 6.2.2). */
  readonly isLong: boolean;
}

const A = 0x41;
const LETTERS = 26;
const pairs: readonly WrittenVr[] = Array.from({ length: LETTERS * LETTERS }, (_, index) => {
  const vr = String.fromCharCode(A + Math.floor(index / LETTERS), A + (index % LETTERS));
  return { vr, isKnown: longVrs.has(vr) || shortVrs.has(vr), isLong: !shortVrs.has(vr) };
});

/** The VR of two capital letters at a place in a file; undefined where something else stands. */
export function writtenVr(bytes: Uint8Array, at: number): WrittenVr | undefined {
  const [first, second] = [(bytes[at] ?? 0) - A, (bytes[at + 1] ?? 0) - A];
  if (first < 0 || first >= LETTERS || second < 0 || second >= LETTERS) return undefined;
  return pairs[first * LETTERS + second];
}
