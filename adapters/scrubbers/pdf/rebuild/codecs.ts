import { byteWriter } from './bytes.ts';
import type { CleanPicture } from './jpeg.ts';

const JP2_BOXES = new Set(['jP  ', 'ftyp', 'jp2h', 'jp2c']);
/**
 * Takes a JPEG 2000 stream and gives it without metadata: of a JP2 file only the boxes that the picture needs (ISO/IEC 15444-1, I.4; XML, UUID,
 * IPR and free boxes go), of the codestream all but its comment segments (A.9.2). Gives undefined for what is neither.
 */
export function cleanJpx(data: Uint8Array): CleanPicture | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (data.length > 4 && view.getUint32(0) === 0xff4fff51) return cleanCodestream(data);
  const out = byteWriter(data.length);
  let dropped = 0;
  let streams = 0;
  let at = 0;
  while (at + 8 <= data.length) {
    const type = Buffer.from(data.subarray(at + 4, at + 8)).toString('latin1');
    const short = view.getUint32(at);
    const header = short === 1 ? 16 : 8;
    if (short === 1 && at + 16 > data.length) break;
    const size = short === 0 ? data.length - at : short === 1 ? Number(view.getBigUint64(at + 8)) : short;
    if (size < header || size > data.length - at) break;
    const body = data.subarray(at + header, at + size);
    if (!JP2_BOXES.has(type)) dropped++;
    else {
      const clean = type === 'jp2c' ? cleanCodestream(body) : undefined;
      if (clean) streams++;
      dropped += clean?.dropped ?? 0;
      writeBox(out, type, clean?.data ?? body);
    }
    at += size;
  }
  return streams === 0 ? undefined : { data: out.done(), dropped };
}

function writeBox(out: ReturnType<typeof byteWriter>, type: string, body: Uint8Array): void {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 8);
  out.bytes(length);
  out.text(type);
  out.bytes(body);
}

/** Segments of the main header up to the first tile part; COM (FF64) goes. */
function cleanCodestream(data: Uint8Array): CleanPicture | undefined {
  if (data[0] !== 0xff || data[1] !== 0x4f) return undefined;
  const out = byteWriter(data.length);
  out.bytes(data.subarray(0, 2));
  let at = 2;
  let dropped = 0;
  while (at + 4 <= data.length && data[at] === 0xff && data[at + 1] !== 0x90) {
    const end = at + 2 + (((data[at + 2] as number) << 8) | (data[at + 3] as number));
    if (data[at + 1] === 0x64) dropped++;
    else out.bytes(data.subarray(at, end));
    at = end;
  }
  out.bytes(data.subarray(at));
  return { data: out.done(), dropped };
}

/**
 * Takes an embedded JBIG2 stream (PDF 32000-1, 7.4.7) and gives it without extension segments (ITU-T T.88, 7.4.14), which hold comments.
 * Comes back as it is when its segment headers cannot be followed.
 */
export function cleanJbig2(data: Uint8Array): CleanPicture {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const out = byteWriter(data.length);
  let dropped = 0;
  let at = 0;
  try {
    while (at + 11 <= data.length) {
      const from = at;
      const number = view.getUint32(at);
      const flags = data[at + 4] as number;
      at += 5;
      let referred = (data[at] as number) >> 5;
      if (referred === 7) {
        referred = view.getUint32(at) & 0x1fffffff;
        at += 4 + Math.ceil((referred + 1) / 8);
      } else at += 1;
      at += referred * (number <= 256 ? 1 : number <= 65536 ? 2 : 4) + (flags & 0x40 ? 4 : 1);
      const length = view.getUint32(at);
      at += 4;
      // An unknown length (7.2.7) is only allowed for the last region: everything from here on is kept.
      if (length === 0xffffffff || at + length > data.length) {
        out.bytes(data.subarray(from));
        return { data: out.done(), dropped };
      }
      at += length;
      if ((flags & 63) === 62) dropped++;
      else out.bytes(data.subarray(from, at));
    }
  } catch {
    return { data, dropped: 0 };
  }
  return { data: out.done(), dropped };
}
