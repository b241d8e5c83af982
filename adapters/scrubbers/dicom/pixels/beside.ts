import type { Layout } from './layout.ts';
import { MOST_BYTES, VECTOR, vectors } from './vectors.ts';

/**
 * Gives uncompressed samples without what stands in the bits beside those that are stored, where overlays were kept once (PS3.5, 8.1.2): no viewer shows it, and nobody would find writing in it. Undefined where nothing stands there; bits above a
 * negative number may repeat its sign.
 */
export function storedAlone(bytes: Uint8Array, layout: Layout, swapped: boolean): Uint8Array | undefined {
  const { bitsAllocated, bitsStored, highBit, signed } = layout;
  const low = Math.max(0, highBit + 1 - bitsStored);
  if ((bitsAllocated !== 8 && bitsAllocated !== 16) || bitsStored >= bitsAllocated || highBit >= bitsAllocated)
    return undefined;
  const stored = (2 ** bitsStored - 1) * 2 ** low;
  const above = 2 ** bitsAllocated - 2 ** (highBit + 1);
  const own = (word: number) =>
    signed && word & (1 << highBit) && (word & above) === above ? (word & stored) | above : word & stored;
  // One look at all of them tells of nearly every file that there is nothing.
  if (!isAnythingIn(bytes, bitsAllocated, (2 ** bitsAllocated - 1) & ~stored, swapped)) return undefined;
  if (bitsAllocated === 8) {
    const clean = bytes.map(own);
    return Buffer.compare(clean, bytes) === 0 ? undefined : clean;
  }
  const clean = bytes.slice();
  const view = new DataView(clean.buffer, clean.byteOffset, clean.length);
  let changed = false;
  for (let at = 0; at + 1 < clean.length; at += 2) {
    const word = view.getUint16(at, !swapped);
    const kept = own(word);
    if (kept === word) continue;
    view.setUint16(at, kept, !swapped);
    changed = true;
  }
  return changed ? clean : undefined;
}

function isAnythingIn(bytes: Uint8Array, bitsAllocated: number, beside: number, swapped: boolean): boolean {
  const [first, second] = bitsAllocated === 8 ? [beside, beside] : [beside & 0xff, beside >> 8];
  const [even, odd] = swapped ? [second, first] : [first, second];
  const pair = even | (odd << 8);
  return (bitsOf(bytes) & pair) !== 0;
}

/** The bits that any pair of bytes has. */
function bitsOf(bytes: Uint8Array): number {
  const by = vectors();
  let all = 0;
  let at = 0;
  for (
    let left = bytes.length - (bytes.length % VECTOR);
    by && left > 0;
    left = bytes.length - at - (bytes.length % VECTOR)
  ) {
    const piece = Math.min(left, MOST_BYTES);
    if (!by.take(bytes.subarray(at, at + piece))) break;
    all |= by.bits();
    at += piece;
  }
  for (; at < bytes.length; at++) all |= (bytes[at] as number) << (8 * (at % 2));
  return all;
}
