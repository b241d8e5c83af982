import { countExif } from './exif.ts';
import { type Tally, tally, type Walked } from './tally.ts';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const COM = 0xfe;
/** What a picture is made of: frames that every reader knows, tables, the restart interval. */
const NEEDED = new Set([0xc0, 0xc1, 0xc2, 0xc4, 0xdb, 0xdd, SOS]);
const JFIF = 0xe0;
const ADOBE = 0xee;

/** Walks the segments of a JPEG (ITU-T T.81, annex B). Throws RangeError where it ends too early or begins otherwise. */
export function walkJpeg(file: Uint8Array): Walked {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const found = tally();
  if (view.getUint16(0) !== 0xff00 + SOI) throw new RangeError('no start of image');
  let at = 2;
  for (;;) {
    if (view.getUint8(at) !== 0xff) {
      found.foreign('bytes between segments', 'private-data');
      while (view.getUint8(at) !== 0xff) at++;
    }
    while (view.getUint8(at + 1) === 0xff) at++;
    const marker = view.getUint8(at + 1);
    if (marker === EOI) return found.done(file.length - at - 2);
    if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= SOI)) {
      at += 2;
      continue;
    }
    const end = at + 2 + Math.max(2, view.getUint16(at + 2));
    if (end > file.length) throw new RangeError('a segment is cut off');
    meet(found, marker, file.subarray(at + 4, end));
    at = marker === SOS ? scanEnd(view, end) : end;
  }
}

/** Entropy-coded data ends at the first marker that is neither a stuffed zero nor a restart. */
function scanEnd(view: DataView, from: number): number {
  for (let at = from; ; at++) {
    if (view.getUint8(at) !== 0xff) continue;
    const next = view.getUint8(at + 1);
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
}

function meet(found: Tally, marker: number, body: Uint8Array): void {
  const text = Buffer.from(body.subarray(0, 40)).toString('latin1');
  const name = `segment ${marker.toString(16)}`;
  if (NEEDED.has(marker)) return;
  if (marker === JFIF && text.startsWith('JFIF\0') && body.length === 14) return;
  if (marker === ADOBE && text.startsWith('Adobe') && body.length === 12) return;
  if (marker === COM) found.foreign(name, 'comment');
  else if (marker === 0xe1 && text.startsWith('Exif\0')) {
    found.foreign(name);
    countExif(body.subarray(6), found);
  } else if (marker === 0xe1 && text.startsWith('http://ns.adobe.com/')) found.foreign(name, 'xmp');
  else if (marker === 0xe2 && text.startsWith('ICC_PROFILE\0')) found.foreign(name, 'icc-profile');
  else if (marker === 0xe2 && text.startsWith('MPF\0')) found.foreign(name, 'second-picture');
  else if (marker === 0xed) found.foreign(name, 'iptc');
  else if (marker === JFIF && /^(?:JFXX|JFIF)\0/.test(text)) found.foreign(name, 'thumbnail');
  else found.foreign(name, 'private-data');
}
