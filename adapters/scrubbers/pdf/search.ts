/** Texts to look for, and whether two bytes can open one of them: most of a haystack is passed over by that alone. */
export interface Needles {
  /** The indices of the texts that stand in `haystack` in one of their encodings. */
  findIn(haystack: Uint8Array): Set<number>;
}

/**
 * Takes texts and gives a search that looks for all of them in one pass over the bytes: as Latin-1, UTF-8, UTF-16 of either byte order, and
 * hexadecimal (PDF 32000-1, 7.9.2). Texts whose encoding is shorter than 4 bytes are never found.
 */
export function needles(texts: readonly string[]): Needles {
  const openers = new Uint8Array(65536);
  const byStart = new Map<number, { readonly bytes: Buffer; readonly index: number }[]>();
  const add = (bytes: Buffer, index: number) => {
    if (bytes.length < 4) return;
    openers[bytes.readUInt16BE(0)] = 1;
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
  return {
    findIn: (haystack) => {
      const found = new Set<number>();
      const bytes = Buffer.from(haystack.buffer, haystack.byteOffset, haystack.byteLength);
      for (let at = 0; at + 4 <= bytes.length; at++) {
        if (openers[((bytes[at] as number) << 8) | (bytes[at + 1] as number)] === 0) continue;
        const list = byStart.get(bytes.readUInt32BE(at));
        if (!list) continue;
        for (const needle of list)
          if (
            bytes.compare(
              needle.bytes,
              0,
              needle.bytes.length,
              at,
              Math.min(bytes.length, at + needle.bytes.length),
            ) === 0
          )
            found.add(needle.index);
      }
      return found;
    },
  };
}
