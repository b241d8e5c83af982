import { type Tally, tally, type Walked } from './tally.ts';

/** What a page of pixels is made of (TIFF 6.0, sections 8, 15 and 22). */
const NEEDED = new Set([
  254, 255, 256, 257, 258, 259, 262, 263, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 292, 293, 296, 317,
  318, 319, 320, 322, 323, 324, 325, 332, 338, 339, 347, 512, 513, 514, 515, 529, 530, 531, 532,
]);
const KINDS: Readonly<Record<number, string>> = {
  269: 'metadata',
  270: 'comment',
  271: 'metadata',
  272: 'metadata',
  285: 'metadata',
  297: 'metadata',
  305: 'metadata',
  306: 'metadata',
  315: 'metadata',
  316: 'metadata',
  330: 'thumbnail',
  700: 'xmp',
  33432: 'metadata',
  33723: 'iptc',
  34377: 'private-data',
  34665: 'exif',
  34675: 'icc-profile',
  34853: 'gps',
};
const MOST_PAGES = 10_000;

/** Walks the directories of a TIFF, classic or BigTIFF. Throws RangeError where one lies outside of the file, or where they run in a circle. What lies between them is not told. */
export function walkTiff(file: Uint8Array): Walked {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const little = view.getUint16(0) === 0x4949;
  const big = view.getUint16(2, little) === 43;
  const pointer = (at: number) => (big ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little));
  const found = tally();
  const seen = new Set<number>();
  for (let at = pointer(big ? 8 : 4); at !== 0; ) {
    if (seen.has(at) || seen.size >= MOST_PAGES) throw new RangeError('directories run in a circle');
    seen.add(at);
    const entries = big ? Number(view.getBigUint64(at, little)) : view.getUint16(at, little);
    const first = at + (big ? 8 : 2);
    const size = big ? 20 : 12;
    if (entries > 4096) throw new RangeError('too many tags');
    for (let entry = 0; entry < entries; entry++) meet(found, view.getUint16(first + entry * size, little));
    at = pointer(first + entries * size);
  }
  if (seen.size === 0) throw new RangeError('no page');
  return found.done(0);
}

function meet(found: Tally, tag: number): void {
  if (NEEDED.has(tag)) return;
  found.foreign(`tag ${tag}`, KINDS[tag] ?? 'private-data');
}
