import { byteWriter } from './bytes.ts';
import type { CleanPicture } from './jpeg.ts';

const JP2_BOXES = new Set(['jP  ', 'ftyp', 'jp2h', 'jp2c']);
const ICC_TAGS = new Set(
  'rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 gamt lumi D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3'.split(
    ' ',
  ),
);

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

/**
 * Takes an ICC profile and gives it with the tags that turn colours only (ICC.1, 7): names, makers, copyright, dates and private tags go.
 * Gives undefined for what is no profile.
 */
export function cleanIcc(data: Uint8Array): Uint8Array | undefined {
  if (data.length < 132 || Buffer.from(data.subarray(36, 40)).toString('latin1') !== 'acsp') return undefined;
  const source = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const count = source.readUInt32BE(128);
  if (count > 200 || 132 + count * 12 > data.length) return undefined;
  const tags: { readonly name: string; readonly body: Uint8Array }[] = [];
  for (let index = 0; index < count; index++) {
    const entry = 132 + index * 12;
    const name = source.toString('latin1', entry, entry + 4);
    const from = source.readUInt32BE(entry + 4);
    const size = source.readUInt32BE(entry + 8);
    if (ICC_TAGS.has(name) && from + size <= data.length) tags.push({ name, body: source.subarray(from, from + size) });
  }
  const start = 132 + tags.length * 12;
  const header = Buffer.alloc(start);
  // Kept of the header: version, class, colour spaces, signature, intent, illuminant. Not: CMM, date, platform, maker, model, creator, id.
  source.copy(header, 8, 8, 24);
  source.copy(header, 36, 36, 40);
  source.copy(header, 64, 64, 80);
  header.writeUInt32BE(tags.length, 128);
  const bodies: Buffer[] = [];
  const placed = new Map<string, number>();
  let at = start;
  tags.forEach(({ name, body }, index) => {
    const key = Buffer.from(body).toString('latin1');
    const known = placed.get(key);
    const entry = 132 + index * 12;
    header.write(name, entry, 'latin1');
    header.writeUInt32BE(known ?? at, entry + 4);
    header.writeUInt32BE(body.length, entry + 8);
    if (known !== undefined) return;
    placed.set(key, at);
    const padded = Buffer.alloc(Math.ceil(body.length / 4) * 4);
    padded.set(body);
    bodies.push(padded);
    at += padded.length;
  });
  header.writeUInt32BE(at, 0);
  return Uint8Array.from(Buffer.concat([header, ...bodies]));
}
