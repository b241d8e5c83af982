/** Texts to look for. */
export interface Needles {
  /** The indices of the texts that stand in `haystack` in one of their encodings. */
  findIn(haystack: Uint8Array): Set<number>;
}

/** So many first bytes of the texts tell how far a search may step. */
const LONGEST_START = 8;

/**
 * Takes texts and gives a search that looks for all of them in one pass over the bytes: as Latin-1, UTF-8, UTF-16 of either byte order, and
 * hexadecimal (PDF 32000-1, 7.9.2). Texts whose encoding is shorter than 4 bytes are never found. Most of a haystack is passed over in steps of as many bytes as the shortest text has, up to seven,
 * by what two bytes tell about the beginnings of the texts (Wu and Manber, 'A fast algorithm for multi-pattern searching', 1994).
 */
export function needles(texts: readonly string[]): Needles {
  const byStart = new Map<number, { readonly bytes: Buffer; readonly index: number }[]>();
  const add = (bytes: Buffer, index: number) => {
    if (bytes.length < 4) return;
    const start = bytes.readUInt32BE(0);
    const list = byStart.get(start) ?? [];
    byStart.set(start, list);
    if (!list.some((other) => other.index === index && other.bytes.equals(bytes))) list.push({ bytes, index });
  };
  for (const [index, text] of texts.entries()) {
    const utf8 = Buffer.from(text, 'utf8');
    const little = Buffer.from(text, 'utf16le');
    const big = Buffer.from(little).swap16();
    add(utf8, index);
    if (/^[\0-\xff]*$/.test(text)) add(Buffer.from(text, 'latin1'), index);
    add(little, index);
    add(big, index);
    for (const bytes of [utf8, big]) {
      add(Buffer.from(bytes.toString('hex'), 'latin1'), index);
      add(Buffer.from(bytes.toString('hex').toUpperCase(), 'latin1'), index);
    }
  }
  if (byStart.size === 0) return { findIn: () => new Set() };
  const all = [...byStart.values()].flat().map(({ bytes }) => bytes);
  const pair = Math.min(LONGEST_START, ...all.map(({ length }) => length)) - 2;
  const steps = new Uint8Array(65536).fill(pair + 1);
  for (const bytes of all)
    for (let offset = 0; offset <= pair; offset++) {
      const at = bytes.readUInt16BE(offset);
      steps[at] = Math.min(steps[at] as number, pair - offset);
    }
  return {
    findIn: (haystack) => {
      const found = new Set<number>();
      const bytes = Buffer.from(haystack.buffer, haystack.byteOffset, haystack.byteLength);
      const last = bytes.length - pair - 2;
      let at = 0;
      while (at <= last) {
        const step = steps[((haystack[at + pair] as number) << 8) | (haystack[at + pair + 1] as number)] as number;
        if (step > 0) {
          at += step;
          continue;
        }
        const start = at++;
        const list = byStart.get(bytes.readUInt32BE(start));
        if (!list) continue;
        for (const needle of list)
          if (
            bytes.compare(
              needle.bytes,
              0,
              needle.bytes.length,
              start,
              Math.min(bytes.length, start + needle.bytes.length),
            ) === 0
          )
            found.add(needle.index);
      }
      return found;
    },
  };
}
