// How tests read an output: on their own, without the code that wrote it.
import { inflateSync } from 'node:zlib';
import type { Bench } from '../../format.ts';

/** A bench that reads no picture. */
export function blindBench(maxPages = 500): Bench {
  return { maxPages, reader: { read: async () => undefined }, progress: () => undefined };
}

/** Everything of a PDF's bytes that can be read: the bytes, and each stream that inflates, as Latin-1. */
export function everything(file: Uint8Array): string {
  const bytes = Buffer.from(file);
  const parts = [bytes.toString('latin1')];
  for (let at = bytes.indexOf('stream'); at >= 0; at = bytes.indexOf('stream', at + 6)) {
    let from = at + 6;
    while (bytes[from] === 13 || bytes[from] === 10) from++;
    try {
      parts.push(inflateSync(bytes.subarray(from)).toString('latin1'));
    } catch {
      // Not deflated.
    }
  }
  return parts.join('\n');
}

/** The encodings in which a hidden text could stand, for a search in `everything`. */
export function encodings(text: string): string[] {
  const wide = Buffer.from(text, 'utf16le');
  const narrow = Buffer.from(text, 'latin1');
  const big = Buffer.from(wide).swap16();
  const hex = [narrow, big].map((bytes) => bytes.toString('hex'));
  return [text, wide.toString('latin1'), big.toString('latin1'), ...hex, ...hex.map((digits) => digits.toUpperCase())];
}
