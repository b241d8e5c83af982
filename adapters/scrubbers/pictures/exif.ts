import type { Tally } from './tally.ts';

const GPS = 0x8825;

/** Counts what an EXIF block says (a TIFF structure, CIPA DC-008): the block itself, a place (GPS) and a preview picture. Never throws: a broken block is counted as one. */
export function countExif(block: Uint8Array, into: Tally): void {
  into.count('exif');
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const little = block[0] === 0x49;
  const directory = (at: number): { readonly tags: readonly number[]; readonly next: number } => {
    const entries = view.getUint16(at, little);
    const tags = Array.from({ length: entries }, (_, index) => view.getUint16(at + 2 + index * 12, little));
    return { tags, next: view.getUint32(at + 2 + entries * 12, little) };
  };
  try {
    const { tags, next } = directory(view.getUint32(4, little));
    if (tags.includes(GPS)) into.count('gps');
    if (next > 0 && directory(next).tags.length > 0) into.count('thumbnail');
  } catch {
    // What cannot be read goes all the same.
  }
}
