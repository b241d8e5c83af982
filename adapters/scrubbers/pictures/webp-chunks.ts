import { countExif } from './exif.ts';
import { tally, type Walked } from './tally.ts';

const NEEDED = new Set(['VP8 ', 'VP8L', 'VP8X']);

/** Walks the chunks of a WebP file (RFC 9649). Throws RangeError where it is cut off. */
export function walkWebp(file: Uint8Array): Walked {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const found = tally();
  const whole = 8 + view.getUint32(4, true);
  if (whole > file.length + 1) throw new RangeError('the file is cut off');
  let animated = false;
  for (let at = 12; at + 8 <= Math.min(whole, file.length); ) {
    const type = Buffer.from(file.subarray(at, at + 4)).toString('latin1');
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length;
    if (end > file.length) throw new RangeError('a chunk is cut off');
    if (type === 'ANIM' || type === 'ANMF') animated = true;
    else if (type === 'EXIF') {
      found.foreign(type);
      const body = file.subarray(at + 8, end);
      countExif(Buffer.from(body.subarray(0, 4)).toString('latin1') === 'Exif' ? body.subarray(6) : body, found);
    } else if (type === 'XMP ') found.foreign(type, 'xmp');
    else if (type === 'ICCP') found.foreign(type, 'icc-profile');
    else if (type === 'ALPH') found.foreign(type, 'transparency');
    else if (!NEEDED.has(type)) found.foreign(type.replace(/[^A-Za-z0-9 ]/g, '?'), 'private-data');
    at = end + (length % 2);
  }
  return found.done(Math.max(0, file.length - whole), animated);
}
