import type { Layout } from './layout.ts';

/** More samples are not decoded: a decoder holds them several times. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Whether a frame may be given to a decoder: no larger than is borne, and of a code stream that names no more pixels than the file does. A decoder makes room for what the stream says. */
export function mayDecode(encoded: Uint8Array, { width, height, samples, bitsAllocated }: Layout): boolean {
  if ((width * height * samples * bitsAllocated) / 8 > MOST_BYTES) return false;
  const claimed = jpegSize(encoded) ?? jpeg2000Size(encoded);
  return claimed === undefined || claimed <= 2 * width * height;
}

/** Pixels by the frame header of JPEG (ITU-T T.81, B.2.2) or JPEG-LS (ITU-T T.87, C.2.2); undefined where there is none. */
function jpegSize(data: Uint8Array): number | undefined {
  if (data[0] !== 0xff || data[1] !== 0xd8) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let at = 2; at + 9 <= data.length && data[at] === 0xff; ) {
    const marker = data[at + 1] as number;
    if (marker === 0xff) at++;
    else if (marker === 0xf7 || (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)))
      return view.getUint16(at + 5) * view.getUint16(at + 7);
    else at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** Pixels by the size of JPEG 2000's image (ITU-T T.800, A.5.1); undefined where there is none. */
function jpeg2000Size(data: Uint8Array): number | undefined {
  if (data.length < 24 || data[0] !== 0xff || data[1] !== 0x4f || data[2] !== 0xff || data[3] !== 0x51)
    return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return (view.getUint32(8) - view.getUint32(16)) * (view.getUint32(12) - view.getUint32(20));
}
