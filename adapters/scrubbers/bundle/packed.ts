import { crc32, inflateRawSync } from 'node:zlib';
import type { Packed } from '../protocol.ts';
import { Refusal } from '../refusal.ts';

/** The bytes of a bundle's file as they were packed (APPNOTE 4.4.5): as they are, or deflated. Refuses with 'corrupt' where they are not what the directory announced: longer, shorter, or others. */
export function unpacked({ bytes, method, size, crc32: sum }: Packed): Uint8Array {
  const file = method === 0 ? bytes : inflated(bytes, size);
  if (file.length !== size || crc32(file) !== sum) throw new Refusal('corrupt');
  return file;
}

function inflated(bytes: Uint8Array, size: number): Uint8Array {
  try {
    // One more than is allowed shows what would be longer, and stops there.
    return new Uint8Array(inflateRawSync(bytes, { maxOutputLength: size + 1 }));
  } catch {
    throw new Refusal('corrupt');
  }
}
