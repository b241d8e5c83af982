import { plain } from './data-set.ts';
import { longVrs, shortVrs } from './standard/vrs.ts';

/** Whether bytes begin like a data set without a preamble: one of the first groups, then a VR or a length that fits (PS3.5, 7.1). */
export function isBareDataSet(bytes: Uint8Array): boolean {
  if (bytes.length < 24) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return [true, false].some((little) => {
    const [group, element] = [view.getUint16(0, little), view.getUint16(2, little)];
    if ((group !== 2 && group !== 8) || element > 0x20) return false;
    const vr = plain(bytes.subarray(4, 6));
    if (shortVrs.has(vr)) return view.getUint16(6, little) < bytes.length;
    if (longVrs.has(vr)) return view.getUint32(8, little) < bytes.length;
    return little && view.getUint32(4, true) < Math.min(1024, bytes.length);
  });
}
