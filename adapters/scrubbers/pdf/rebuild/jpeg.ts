import { byteWriter } from './bytes.ts';

export interface CleanPicture {
  readonly data: Uint8Array;
  /** How many metadata segments or boxes went. */
  readonly dropped: number;
}

/**
 * Takes a JPEG stream and gives it with what the picture needs only (ITU-T T.81, B.1.1): tables, frames and scans. APPn and COM
 * segments go, and whatever follows EOI. APP14 'Adobe' stays as its 12 defined bytes, for it says how the colours are
 * transformed (PDF 32000-1, 7.4.8). Gives undefined for what has no start of image or no scan.
 */
export function cleanJpeg(data: Uint8Array): CleanPicture | undefined {
  let at = findMarker(data, 0xd8, 0);
  if (at < 0) return undefined;
  const out = byteWriter(data.length);
  out.bytes(Uint8Array.of(0xff, 0xd8));
  at += 2;
  let dropped = 0;
  let scans = 0;
  while (at + 3 < data.length) {
    if (data[at] !== 0xff) {
      at++;
      continue;
    }
    const marker = data[at + 1] as number;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0xd9) break;
    if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
      continue;
    }
    const length = ((data[at + 2] as number) << 8) | (data[at + 3] as number);
    const end = Math.min(data.length, at + 2 + Math.max(2, length));
    const adobe = marker === 0xee && Buffer.from(data.subarray(at + 4, at + 9)).toString('latin1') === 'Adobe';
    if (adobe && end - at >= 16) {
      // Version and flags are fixed to what every writer sets; the last byte is the transform.
      out.bytes(
        Uint8Array.of(0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, data[at + 15] as number),
      );
      if (end - at > 16) dropped++;
    } else if ((marker >= 0xe0 && marker <= 0xef) || marker === 0xfe || marker >= 0xf0) dropped++;
    else out.bytes(data.subarray(at, end));
    at = end;
    if (marker === 0xda) {
      scans++;
      const stop = scanEnd(data, at);
      out.bytes(data.subarray(at, stop));
      at = stop;
    }
  }
  if (scans === 0) return undefined;
  out.bytes(Uint8Array.of(0xff, 0xd9));
  return { data: out.done(), dropped };
}

/** Where a JPEG that starts at `from` ends (behind EOI); the end of the data when there is none. */
export function jpegEnd(data: Uint8Array, from: number): number {
  let at = findMarker(data, 0xd8, from);
  if (at < 0) return data.length;
  at += 2;
  while (at + 3 < data.length) {
    const marker = data[at + 1] as number;
    if (data[at] !== 0xff || marker === 0xff) at++;
    else if (marker === 0xd9) return at + 2;
    else if (marker === 0 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else {
      at += 2 + (((data[at + 2] as number) << 8) | (data[at + 3] as number));
      if (marker === 0xda) at = scanEnd(data, at);
    }
  }
  return data[at] === 0xff && data[at + 1] === 0xd9 ? at + 2 : data.length;
}

/** Entropy-coded data ends at the first marker that is neither a stuffed zero nor a restart. */
function scanEnd(data: Uint8Array, from: number): number {
  for (let at = data.indexOf(0xff, from); at >= 0 && at + 1 < data.length; at = data.indexOf(0xff, at + 1)) {
    const next = data[at + 1] as number;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return data.length;
}

function findMarker(data: Uint8Array, marker: number, from: number): number {
  for (let at = from; at + 1 < data.length; at++) if (data[at] === 0xff && data[at + 1] === marker) return at;
  return -1;
}
