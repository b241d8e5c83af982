import { countExif } from './exif.ts';
import { tally, type Walked } from './tally.ts';

const SIGNATURE = 8;
/** Critical chunks, and the size of a pixel, which every writer adds (PNG, third edition, 11). */
const NEEDED = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'pHYs']);
const KINDS: Readonly<Record<string, string>> = {
  tRNS: 'transparency',
  iCCP: 'icc-profile',
  tEXt: 'comment',
  zTXt: 'comment',
  iTXt: 'comment',
  tIME: 'metadata',
  gAMA: 'metadata',
  cHRM: 'metadata',
  sRGB: 'metadata',
  sBIT: 'metadata',
  bKGD: 'metadata',
  hIST: 'metadata',
};

/** Walks the chunks of a PNG. Throws RangeError where it is cut off or its end is missing. */
export function walkPng(file: Uint8Array): Walked {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const found = tally();
  let animated = false;
  for (let at = SIGNATURE; ; ) {
    const length = view.getUint32(at);
    const type = Buffer.from(file.subarray(at + 4, at + 8)).toString('latin1');
    const end = at + 12 + length;
    if (end > file.length) throw new RangeError('a chunk is cut off');
    const body = file.subarray(at + 8, at + 8 + length);
    if (type === 'acTL') animated = true;
    else if (type === 'eXIf') {
      found.foreign(type);
      countExif(body, found);
    } else if (!NEEDED.has(type)) {
      const xmp = type === 'iTXt' && Buffer.from(body.subarray(0, 17)).toString('latin1') === 'XML:com.adobe.xmp';
      found.foreign(type, xmp ? 'xmp' : (KINDS[type] ?? 'private-data'));
    }
    if (type === 'IEND') return found.done(file.length - end, animated);
    at = end;
  }
}
