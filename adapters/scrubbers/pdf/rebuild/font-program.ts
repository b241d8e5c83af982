/** The tables that drawing needs (ISO/IEC 14496-22, 5): names, makers, signatures and private tables are not among them. */
const TABLES = new Set(
  'cmap,cvt ,fpgm,prep,glyf,loca,head,hhea,hmtx,maxp,vhea,vmtx,VORG,OS/2,post,gasp,CFF ,EBDT,EBLC,bdat,bloc'.split(','),
);
const SFNT = new Set([0x00010000, 0x74727565, 0x4f54544f]);
const VENDOR = 58;
/** Collections and parts that a CID-keyed font's strings must name (CFF, 18 and 19). */
const COLLECTIONS = new Set('Adobe Identity Japan1 Japan2 GB1 CNS1 Korea1 KR UCS'.split(' '));
const STANDARD_STRINGS = 391;

/**
 * Takes a decoded font program (PDF 32000-1, 9.9) and gives it without the words in it that drawing does not need: the name table and private tables of a TrueType or OpenType font, the
 * names and notices of a CFF font, the names, notices and comments of a Type 1 font's clear part. Names of glyphs stay, for encodings call glyphs by them. What is none of these comes back as it is.
 */
export function cleanFontProgram(data: Uint8Array): Uint8Array {
  const source = Buffer.from(data);
  if (source.length > 12 && SFNT.has(source.readUInt32BE(0))) return cleanSfnt(source);
  if (source.length > 4 && source[0] === 1 && source[1] === 0) return cleanCff(source);
  if (source.subarray(0, 2).toString('latin1') === '%!') return cleanType1(source);
  return data;
}

function cleanSfnt(source: Buffer): Buffer {
  const count = source.readUInt16BE(4);
  const tables: { readonly tag: string; readonly body: Buffer }[] = [];
  for (let index = 0; index < count; index++) {
    const at = 12 + index * 16;
    if (at + 16 > source.length) return source;
    const tag = source.toString('latin1', at, at + 4);
    const [from, length] = [source.readUInt32BE(at + 8), source.readUInt32BE(at + 12)];
    if (!TABLES.has(tag) || from >= source.length) continue;
    const body = Buffer.from(source.subarray(from, from + length));
    if (tag === 'OS/2' && body.length >= VENDOR + 4) body.fill(32, VENDOR, VENDOR + 4);
    tables.push({ tag, body: tag === 'CFF ' ? cleanCff(body) : body });
  }
  const head = Buffer.alloc(12 + tables.length * 16);
  const power = tables.length === 0 ? 0 : 31 - Math.clz32(tables.length);
  head.writeUInt32BE(source.readUInt32BE(0), 0);
  for (const [index, value] of [tables.length, 16 << power, power, tables.length * 16 - (16 << power)].entries())
    head.writeUInt16BE(Math.max(0, value), 4 + index * 2);
  const parts: Buffer[] = [head];
  let at = head.length;
  for (const [index, { tag, body }] of tables.entries()) {
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    const row = 12 + index * 16;
    head.write(tag, row, 'latin1');
    head.writeUInt32BE(sumOf(padded), row + 4);
    head.writeUInt32BE(at, row + 8);
    head.writeUInt32BE(body.length, row + 12);
    parts.push(padded);
    at += padded.length;
  }
  return Buffer.concat(parts);
}

function sumOf(padded: Buffer): number {
  let sum = 0;
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
  return sum;
}

/** Where the items of an INDEX (Adobe Technical Note 5176, 5) begin, the last one's end included; undefined when it is damaged. */
function readIndex(
  source: Buffer,
  at: number,
): { readonly offsets: readonly number[]; readonly end: number } | undefined {
  if (at < 0 || at + 2 > source.length) return undefined;
  const count = source.readUInt16BE(at);
  if (count === 0) return { offsets: [], end: at + 2 };
  const size = source[at + 2] ?? 0;
  const base = at + 2 + (count + 1) * size;
  if (size < 1 || size > 4 || base >= source.length) return undefined;
  const offsets = Array.from({ length: count + 1 }, (_, item) => base + source.readUIntBE(at + 3 + item * size, size));
  const rising = offsets.every((offset, item) => offset >= (offsets[item - 1] ?? base) && offset <= source.length);
  return rising ? { offsets, end: offsets[count] as number } : undefined;
}

/** Blanks a CFF font's names and those of its strings that no glyph is called by; nothing moves. */
function cleanCff(source: Buffer): Buffer {
  const names = readIndex(source, source[2] ?? 4);
  const tops = names && readIndex(source, names.end);
  const strings = tops && readIndex(source, tops.end);
  if (!names || !tops || !strings || tops.offsets.length !== 2) return source;
  const out = Buffer.from(source);
  for (const [item, from] of names.offsets.slice(0, -1).entries()) out.fill(0x46, from, names.offsets[item + 1]);
  const top = readDict(source.subarray(tops.offsets[0], tops.offsets[1]));
  const cid = top.has(1230);
  const used = cid ? new Set<number>() : glyphNames(source, top.get(15)?.[0] ?? 0, top.get(17)?.[0] ?? 0);
  if (!used) return out;
  for (const [item, from] of strings.offsets.slice(0, -1).entries()) {
    const to = strings.offsets[item + 1] as number;
    const kept = cid ? COLLECTIONS.has(source.toString('latin1', from, to)) : used.has(STANDARD_STRINGS + item);
    if (!kept) out.fill(0x46, from, to);
  }
  return out;
}

/** The operands of a DICT's operators (4); those of two bytes are 1200 and the second. */
function readDict(data: Buffer): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, readonly number[]>();
  let operands: number[] = [];
  for (let at = 0; at < data.length; ) {
    const byte = data[at++] as number;
    const next = () => data[at++] ?? 0;
    if (byte <= 21) {
      found.set(byte === 12 ? 1200 + next() : byte, operands);
      operands = [];
    } else if (byte === 28) operands.push(((next() << 24) >> 16) | next());
    else if (byte === 29) operands.push((next() << 24) | (next() << 16) | (next() << 8) | next());
    else if (byte === 30) {
      while (at < data.length && (next() & 0x0f) !== 0x0f);
      operands.push(0);
    } else if (byte >= 32 && byte <= 246) operands.push(byte - 139);
    else if (byte >= 247 && byte <= 250) operands.push((byte - 247) * 256 + next() + 108);
    else if (byte >= 251 && byte <= 254) operands.push(-(byte - 251) * 256 - next() - 108);
  }
  return found;
}

/** The strings that a charset (13) calls glyphs by; undefined when it cannot be read. The predefined ones use none of a font's own. */
function glyphNames(source: Buffer, charset: number, charStrings: number): ReadonlySet<number> | undefined {
  const used = new Set<number>();
  if (charset <= 2) return used;
  const glyphs = readIndex(source, charStrings);
  const format = source[charset];
  if (!glyphs || format === undefined || format > 2) return undefined;
  const wanted = Math.max(0, glyphs.offsets.length - 2);
  const step = [2, 3, 4][format] as number;
  for (let at = charset + 1, seen = 0; seen < wanted; at += step) {
    if (at + step > source.length) return undefined;
    const first = source.readUInt16BE(at);
    const more = format === 0 ? 0 : format === 1 ? (source[at + 2] as number) : source.readUInt16BE(at + 2);
    for (let name = first; name <= first + more; name++) used.add(name);
    seen += more + 1;
  }
  return used;
}

const HEADER = /^%!(?:PS-AdobeFont|FontType)[\d.-]*/;
const TAIL = /^[0\s]*(?:cleartomark)?[\s{}a-z]*$/;

/** Blanks the strings and the comments of a Type 1 font's clear part, and its names; nothing moves. */
function cleanType1(source: Buffer): Buffer {
  const text = source.toString('latin1');
  const start = text.indexOf('eexec');
  const clear = start < 0 ? text : text.slice(0, start);
  const header = HEADER.exec(clear)?.[0] ?? '';
  const blank = (found: string) => ' '.repeat(found.length);
  const cleaned = clear
    .slice(header.length)
    .replace(/\((?:[^()\\]|\\[\s\S]|\((?:[^()\\]|\\[\s\S])*\))*\)/g, (found) => `(${blank(found.slice(2))})`)
    .replace(/%[^\r\n]*/g, blank)
    .replace(/^[^\r\n/]*/, blank)
    .replace(
      /(\/(?:Base)?FontName\s*\/)([^\s/[\](){}<>]+)/g,
      (_, key: string, found: string) => `${key}${'F'.repeat(found.length)}`,
    );
  const zeros = start < 0 ? -1 : tailOf(text);
  const rest =
    start < 0 ? '' : zeros < 0 ? text.slice(start) : `${text.slice(start, zeros)}${'0'.repeat(text.length - zeros)}`;
  return Buffer.from(header + cleaned + rest, 'latin1');
}

/** Where the zeros behind the encrypted part begin, if what follows them is not what belongs there; else -1. */
function tailOf(text: string): number {
  const zeros = text.search(/(?:0{16,}\s*){2}[\s\S]*$/);
  return zeros < 0 || TAIL.test(text.slice(zeros)) ? -1 : zeros;
}
